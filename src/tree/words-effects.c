/* words-effects.c: what a change brings along besides the verdict, in words. The arguments are those of the
 * advice; these sentences need none.
 * SPDX-License-Identifier: MIT */
#include "tree/words.h"

#include "base/translate.h"

const TextWords words_effects[] = {
    { "effect-bounces-move", N_("Bounces then go to the new MAIL FROM: see that somebody, or the service, "
                                "takes them there.") },
    { "effect-ses-one-mx", N_("Amazon SES wants exactly one MX record at that name.") },
    { "effect-unused-subdomain", N_("The subdomain must be unused: no mail of its own, sent or received, "
                                    "and below a domain that the service has verified.") },
    { "effect-ses-mx-fails", N_("Where Amazon SES cannot find the MX record, it uses its own MAIL FROM "
                                "again, or refuses to send: that is a setting of its own.") },
    { "effect-two-copies", N_("A form that also mails a copy to the visitor writes its own address in "
                              "From: of that copy, too.") },
    { "effect-ticket-from", N_("A ticket system that files mail by From: must go by Reply-To: then.") },
    { "effect-reports-come", N_("The address behind rua= gets a report a day from each large receiver. At "
                                "another domain than this one it needs a record there that accepts them.") },
    { "effect-subdomains", N_("The record counts for subdomains, too, unless they have one of their own; "
                              "sp= can ask for something else.") },
    { "effect-shared-server", N_("Where others share that server, they could then write in this name, "
                                 "too.") },
    { "effect-own-server", N_("Only if that server is yours. If somebody forwarded this mail, leave the record as it is: SPF "
                              "breaks with every forward, and the signature carried the mail through.") },
    { "effect-all-servers", N_("Name all other servers that send for this domain, too; what is not named "
                               "does not pass.") },
    { "effect-old-key", N_("Leave the old key in DNS until no mail that it signed is under way, a week or "
                           "so.") },
    { "effect-list-replies", N_("Answers go to the author by Reply-To:, not to the list, unless the list "
                                "is told otherwise.") },
    { "effect-relaxed", N_("Any name below this domain may then vouch for it, those run by others "
                           "included.") },
    { "effect-service-cname", N_("The service can change the key behind a CNAME by itself; the CNAMEs must "
                                 "stay as long as it sends.") },
    { NULL, NULL }
};
