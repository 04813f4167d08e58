/* words-repair.c: findings about pasted and damaged text, in words.
 * SPDX-License-Identifier: MIT */
#include "tree/words.h"

#include "base/translate.h"

const TextWords words_repairs[] = {
    { "text-redacted",
      N_("Places that somebody blackened before showing this text: {0}, the first one in {1}. What is "
         "hidden cannot be evaluated, and is never read as a domain.") },
    { "signature-lost",
      N_("The text names a DKIM-Signature that no repair made a field again, so it cannot be checked. Paste the source once more, "
         "as it is.") },
    { "paste-table-only",
      N_("Only the summary table of a page was pasted, not the message's source below it. What "
         "the table says is a claim; nothing can be recomputed from it. In Gmail, choose "
         "\"Copy to clipboard\" on the same page and paste again.") },
    { "paste-forwarded-text",
      N_("These are the few lines that a mail program shows of a mail that is forwarded or answered, not the mail's source. "
         "Route, envelope and signatures were left out, so nothing can be said of them. Ask for the source, or for the mail "
         "forwarded as an attachment.") },
    { "paste-notice-text",
      N_("This is what a mail server answered, without the mail that it refused. What the answer means is told; to judge the mail "
         "itself, its source is needed: of the copy that was sent, or of one that arrived elsewhere.") },
    { "paste-reply-above",
      N_("Above the header stood what a mail server answered: \"{0}\". Paste it alone, from its code on, to see what it means.") },
    { "paste-two-messages",
      N_("Two messages were pasted one behind the other. The first one is shown; paste the "
         "other by itself.") },
    { NULL, NULL }
};
