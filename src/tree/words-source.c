/* words-source.c: findings about the file that a message stands in, in words.
 * SPDX-License-Identifier: MIT
 *
 * Behind each id stand its arguments, in the order in which the readers give them. */
#include "tree/words.h"

#include "base/translate.h"

const TextWords words_source[] = {
    /* ---- gzip, folders: {0} is how many bytes there were ---- */
    { "gzip-cut", N_("The compressed file ends early. What could be unpacked ({0} bytes) was read, the rest is "
                     "missing.") },
    { "gzip-damaged", N_("The compressed file is damaged. Only what stands before the damage ({0} bytes) was "
                         "read.") },
    { "unpacked-too-large", N_("The compressed file holds more than is unpacked: only the first {0} bytes were "
                               "read.") },
    { "folder-too-deep", N_("There are more folders inside folders than are looked at. What stands in the others "
                            "was left out.") },
    /* ---- mailboxes ---- */
    { "mbox-unquoted", N_("A mailbox puts \">\" before lines that begin with \"From \". It was taken off again "
                          "({0} lines), since the message came without it.") },
    /* ---- Apple Mail ---- */
    { "emlx-count", N_("The count in the first line of this Apple Mail file is wrong. The message was read up to "
                       "the property list.") },
    { "emlx-cut", N_("This Apple Mail file ends before its message does. The rest is missing.") },
    { "emlx-partial", N_("Apple Mail kept this message without its attachments. The header is as it came; the body "
                         "is not, and was not used.") },
    /* ---- Outlook ---- */
    { "msg-headers-only", N_("Outlook saved this message (.msg). Its header is as it came; its body was rewritten "
                             "by Outlook, and was not used.") },
    { "msg-no-headers", N_("This Outlook message (.msg) has no transport headers, as those that were sent, not "
                           "received, or that never left the organization. The fields shown are made of what "
                           "Outlook noted of sender, subject and time. Ask a recipient outside for "
                           "the original.") },
    { NULL, NULL }
};
