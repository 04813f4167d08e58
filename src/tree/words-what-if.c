/* words-what-if.c: what became of a person's edits, in words.
 * SPDX-License-Identifier: MIT */
#include "tree/words.h"

#include "base/translate.h"

const TextWords words_what_if[] = {
    { "what-if-no-signature",
      N_("{0}: the message has no such signature; it has {1}, counted from the top.") },
    { "what-if-no-field",
      N_("{0}: the message has no such header field; it has {1}, counted from the top.") },
    { "what-if-no-byte", N_("{0}: the body has no such byte; it has {1}, counted from 0.") },
    { "what-if-no-record",
      N_("{0}: {1} has no DMARC record whose tag could be changed; p=none, p=quarantine or p=reject "
         "makes one.") },
    { "what-if-record-unknown",
      N_("{0}: nobody knows here which DMARC record {1} has, so its tag cannot be changed. Say the "
         "answer of DNS first (dns=…), or p=…, which makes a record.") },
    { "what-if-no-domain",
      N_("{0}: whose SPF? The message does not tell MAIL FROM; say it, too (mail-from=…).") },
    { "what-if-no-message", N_("{0}: there is no message yet in which this could be changed.") },
    { "what-if-unasked",
      N_("What if: no check asked DNS for {0}, type {1}, so what you say about it changes "
         "nothing.") },
    { NULL, NULL }
};
