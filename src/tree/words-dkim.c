/* words-dkim.c: the checks of a DKIM signature in words.
 * SPDX-License-Identifier: MIT
 *
 * Arguments stand in src/auth/dkim.c, where the steps are made. */
#include "tree/words.h"

#include "base/translate.h"

const StepWords words_dkim[] = {
    { "dkim-domain", N_("d=  {0}"), N_("Which name signed this mail?"),
      { { RESULT_UNKNOWN, N_("{0} put a signature on the mail. What counts is d=, whatever the selector "
                             "or i= say.") } } },
    { "dkim-check", N_("signature, body"), N_("Is the signature of {0} good?"),
      { { RESULT_PASS, N_("Yes: {0} signed this mail, and what it signed arrived unchanged. That says "
                          "nothing about any other name.") },
        { RESULT_FAIL, N_("No: {#2}. It counts as if it were not there.") },
        { RESULT_PERMERROR, N_("The signature or its key cannot be used: {#2}. It counts as if it were "
                               "not there.") },
        { RESULT_TEMPERROR, N_("The key could not be fetched: DNS did not answer. That is neither pass "
                               "nor fail.") },
        { RESULT_UNKNOWN, N_("This cannot be settled with what is at hand: {#2}.") } } },
    { "dkim-tags", N_("signature field"), N_("Can the signature field be read, and does it sign From:?"),
      { { RESULT_YES, N_("Yes: every tag that is needed is there.") },
        { RESULT_NO, N_("No: {#1}.") },
        { RESULT_UNKNOWN, N_("As it stands here, no: {#1}. But this text is not as it was sent, so the copy "
                             "may be to blame.") } } },
    { "dkim-key", N_("key  {0}"), N_("Is there a key to check it with?"),
      { { RESULT_YES, N_("Yes: DNS holds a public key that fits.") },
        { RESULT_TEMPERROR, N_("DNS did not answer.") },
        { RESULT_PERMERROR, N_("No usable key: {#1}. Keys are changed from time to time: for an old "
                               "message this is no sign of forgery.") },
        { RESULT_UNKNOWN, N_("The key is not at hand: {#1}.") } } },
    { "dkim-header", N_("header fields"), N_("Are the signed header fields as they were signed?"),
      { { RESULT_YES, N_("Yes: the signature fits the fields that h= lists, and the key.") },
        { RESULT_NO, N_("No: a signed field was changed, added or moved, or another key made this "
                        "signature.") },
        { RESULT_SKIPPED, N_("Not checked: there is no key.") },
        { RESULT_UNKNOWN, N_("Not known: {#1}.") } } },
    { "dkim-body", N_("body"), N_("Is the body as it was signed?"),
      { { RESULT_YES, N_("Yes: its hash is the one that was signed.") },
        { RESULT_NO, N_("No: the body was changed after signing; a footer, another encoding or a "
                        "rewritten link is enough.") },
        { RESULT_UNKNOWN, N_("Nobody can tell: {#2}.") } } },
    { "dkim-diagnosis", N_("what likely happened"), N_("What change would explain it?"),
      { { RESULT_INFO, N_("Likely: {#0}") }, { RESULT_UNKNOWN, N_("Likely: {#0}") } } },
    { NULL, NULL, NULL, { { RESULT_UNKNOWN, NULL } } }
};
