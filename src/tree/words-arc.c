/* words-arc.c: the ARC chain in words.
 * SPDX-License-Identifier: MIT
 *
 * Arguments stand in src/auth/arc.c, where the steps are made. */
#include "tree/words.h"

#include "base/translate.h"

const StepWords words_arc[] = {
    { "arc", N_("ARC   chain of custody"), N_("Do the servers that passed this mail on vouch for what they saw?"),
      { { RESULT_PASS, N_("Yes: every seal is whole. What the servers reported is as they wrote it; whether to "
                          "believe them is the receiver's choice. DMARC's result stays as it is.") },
        { RESULT_FAIL, N_("No: the chain is broken ({#0}). It counts as if there were none.") },
        { RESULT_UNKNOWN, N_("This cannot be told ({#0}). A receiver that cannot fetch a key counts the chain as "
                             "broken.") } } },
    { "arc-instance", N_("hop {0}  {1}"), N_("What did hop {0} find when the mail arrived there?"),
      { { RESULT_UNKNOWN, N_("{1} sealed the mail as it found it: chain so far \"{2}\". Its report stands in "
                             "ARC-Authentication-Results.") } } },
    { "arc-message-signature", N_("message as hop saw it"), N_("Is the mail still as this hop passed it on?"),
      { { RESULT_PASS, N_("Yes: unchanged since {0} signed it.") },
        { RESULT_FAIL, N_("No ({#1}). For the newest hop that breaks the chain; for an older one it is usual, since "
                          "a mailing list changes the body.") },
        { RESULT_UNKNOWN, N_("Not known ({#1}).") } } },
    { "arc-seal", N_("seal of {0}"), N_("Is the seal of {0} whole?"),
      { { RESULT_PASS, N_("Yes: the fields of this hop and of all before it are as {0} sealed them.") },
        { RESULT_FAIL, N_("No ({#2}).") },
        { RESULT_UNKNOWN, N_("Not known ({#2}).") } } },
    { NULL, NULL, NULL, { { RESULT_UNKNOWN, NULL } } }
};
