/* words-advice.c: patterns of advice in words: what to do (P), why it came so (P.cause), what
 * would not help (P.not), who acts, and where it depends, if what (P.who).
 * SPDX-License-Identifier: MIT */
#include "tree/words.h"

#define N_(text) text

const TextWords words_advices[] = {
    /* ---- a pass: {0} author, {1} "SPF" where that leg stands, {2} how many signatures do, {3} the leg of which
     *      nothing is known, where there is one ---- */
    { "nothing-must-change", N_("Nothing must change.") },
    /* {0} author, {1} the leg that is missing, {2} the one that stands */
    { "second-leg", N_("Optional: let {1} vouch for {0}, too. Today only {2} does; where it "
                       "breaks on the way, the mail fails.") },

    /* ---- From: itself ---- */
    { "no-author", N_("Write one address in From:. Without it nobody can be asked whether the mail "
                      "is theirs.") },
    { "several-authors", N_("Name one domain in From:. With several, receivers may refuse the "
                            "mail or hold it to the strictest policy.") },

    /* ---- records: {0} author ---- */
    { "record-broken", N_("Mend the DMARC record of {1}. Until then receivers do as if there were "
                          "none, or as if it said p=none.") },
    { "no-dmarc-record", N_("Publish a DMARC record for {1}. This mail would pass. Begin with "
                            "p=none and put an address that you read behind rua=: reports then "
                            "show who sends in your name.") },
    { "no-dmarc-record.not", N_("p=reject at once: reports first, then quarantine, then reject.") },
    { "no-dmarc-record.not-why", N_("Servers and services that nobody remembered would lose their "
                                    "mail on the first day.") },
    /* {0} author, {1} the name that was proved, {2} aspf or adkim */
    { "strict-mode", N_("Use {0} itself where {1} stands, or take {2}=s out of the DMARC record: "
                        "by default the same organization is enough.") },
    { "strict-mode.cause", N_("{1} belongs to the organization of {0}, but {2}=s in the DMARC "
                              "record wants the very same name.") },
    { "strict-mode.not", N_("another SPF record or a new key: the check passed, the name "
                            "differs.") },
    { "strict-mode.not-why", N_("SPF and DKIM are in order. Only the comparison with From: says no, "
                                "and that is what {2}=s asks for.") },

    /* ---- DKIM: {0} author, {1} d=, {2} selector ---- */
    { "dkim-key", N_("Publish the key that belongs to this signature at {2}._domainkey.{1}, or "
                     "sign with one that is published.") },
    { "dkim-key.cause", N_("{1} signed, but the key at {2}._domainkey.{1} is missing or unusable, "
                           "so the signature proves nothing.") },
    { "dkim-key.not", N_("signing twice with the same selector.") },
    { "dkim-key.not-why", N_("Both signatures would look for the same key, and not find it.") },
    { "key-gone", N_("Nothing that is published today can prove this old mail. If you trust the host "
                     "that received it, name it with --trust: what it found then counts.") },
    { "key-gone.cause", N_("{1} signed long ago, and the key at {2}._domainkey.{1} is gone today. The "
                           "signature cannot be checked any more, which is no sign of forgery.") },
    { "key-gone.not", N_("publishing another key: only the one that signed can tell.") },
    { "dkim-expired", N_("Have {1} sign with a later expiry (x=), or none. If the mail is "
                         "merely old, judge it as of its day with --at.") },
    { "dkim-expired.cause", N_("The signature of {1} had expired when the mail was judged: it was "
                               "long on its way, sent again, or the file is old.") },
    { "altered-in-transit", N_("Whoever changed the text on the way (a mailing list, a gateway, a "
                               "virus scanner) should leave it as it is, or send in a name of its "
                               "own.") },
    { "altered-in-transit.cause", N_("{1} signed this mail, then its body was changed: a footer, a "
                                     "rewritten link, another encoding (likely, not proved).") },
    { "altered-in-transit.not", N_("a new key: the one there is belongs to this signature.") },
    { "altered-in-transit.not-why", N_("The key was found and fits. It is the text that is no longer "
                                       "the one that was signed.") },
    { "header-altered", N_("Whoever changed the header on the way (a mailing list that tags the "
                           "Subject, a gateway) should leave signed fields as they are, or send in "
                           "a name of its own.") },
    { "header-altered.cause", N_("{1} signed this mail, then a signed header field was changed on the "
                                 "way; the findings name it (likely, not proved).") },
    { "header-altered.not", N_("a new key: the one there is belongs to this signature.") },
    { "header-altered.not-why", N_("The key was found and fits. It is a field that no longer reads "
                                   "as it was signed.") },
    /* {0} author, {1} the forwarder's domain */
    { "forwarder", N_("Forward without touching body and signed fields, so that the author's DKIM "
                      "signature survives. SPF cannot survive a forward.") },
    { "forwarder.cause", N_("The mail was forwarded by {1}: SPF now speaks for the forwarder, "
                            "and no signature of {0} came through intact (inferred; likely, not "
                            "proved).") },
    { "forwarder.not", N_("the forwarder in the SPF record of {0}, or SRS: it makes SPF pass for "
                          "the forwarder only.") },
    { "forwarder.not-why", N_("SPF is asked of the envelope, and after SRS that is the forwarder's "
                              "own. It proves nothing about From:.") },

    /* ---- SPF: {0} MAIL FROM's domain, {1} the server's address or the term, {2} result ---- */
    { "spf-lacks-sender", N_("If {1} is a server of yours, add it to the SPF record of {0}, and "
                             "sign with DKIM. If not, somebody else sent this.") },
    { "spf-lacks-sender.cause", N_("The SPF record of {0} does not allow the server {1}: a "
                                   "server is missing there, the mail was forwarded, or it is a "
                                   "forgery.") },
    { "spf-lacks-sender.not", N_("+all or a wide range: anybody could then send in this name.") },
    { "spf-lacks-sender.not-why", N_("SPF would pass for every forgery, too, and DMARC with it.") },
    { "spf-lacks-sender.who", N_("Whoever runs the DNS of {0}, if {1} is their server:") },
    { "spf-missing.who", N_("Whoever runs the DNS of {0}, if {1} is their server:") },
    { "spf-missing", N_("Publish an SPF record for {0} that names its servers, and sign with "
                        "DKIM.") },
    { "spf-missing.cause", N_("{0} has no SPF record, so no server is allowed to speak for it. A "
                              "record of the domain above does not count.") },
    { "spf-broken", N_("Mend the SPF record of {0}: at most 10 terms that ask DNS, counting "
                       "those of every include.") },
    { "spf-broken.cause", N_("The SPF record of {0} is in error, so SPF proves nothing for any "
                             "of its servers. {1}") },

    /* ---- other people's names: {0} author, {1} the other, {2} visitor, {3} what agrees ---- */
    { "web-form-visitor", N_("Let the form write an address of {1} in From: and put the visitor in "
                             "Reply-To:. Answers then still go to the visitor, and {1} vouches "
                             "for its own name.") },
    { "web-form-visitor.cause", N_("From: is a visitor's address, in a form's mail (inferred: {3} "
                                   "and To: are all {1}; likely, not proved).") },
    { "web-form-visitor.not", N_("a whitelist, ARC at the form, or asking {0}.") },
    { "web-form-visitor.not-why", N_("A whitelist helps with one receiver. ARC counts only where the "
                                     "receiver trusts the form's server. And {0} cannot let every "
                                     "server write in its name on which somebody fills in a "
                                     "form.") },
    /* `check --form` */
    { "form-own-address", N_("Let the form write an address of its own in From: and put the visitor in "
                             "Reply-To:. Answers then still go to the visitor.") },
    { "form-own-address.cause", N_("From: is a visitor's, and no form can speak for the domain of "
                                   "its visitors.") },
    { "form-own-address.not", N_("a whitelist, ARC at the form, or asking the visitor's domain to "
                                 "allow the form's server.") },
    { "form-own-address.not-why", N_("A whitelist helps with one receiver. ARC counts only where the "
                                     "receiver trusts the form's server. And visitors have as many "
                                     "domains as there are.") },
    { "sending-service", N_("Have the service sign with d={0}: it names DNS records to publish. "
                            "Better still, give it a MAIL FROM below {0} as well.") },
    { "sending-service.cause", N_("A sending service carries this mail under its own name, {1} "
                                  "(likely, not proved; "
                                  "or a forgery).") },
    { "sending-service.not", N_("include: of the service in the SPF record of {0}: SPF is asked of "
                                "MAIL FROM's domain.") },
    { "sending-service.not-why", N_("MAIL FROM stays the service's, {1}; the record of {0} is not "
                                    "even read.") },
    { "third-party-signature-only", N_("Sign with d={0}. The signature of {1} may stay beside "
                                       "it.") },
    { "third-party-signature-only.cause", N_("The only good signature is that of {1}, not of {0} "
                                             "(likely its mail provider; or a forgery).") },
    { "third-party-signature-only.not", N_("i= or another selector: only d= counts.") },
    { "third-party-signature-only.not-why", N_("DMARC compares d= with From:. Whatever else a "
                                               "signature says, {1} remains another domain.") },
    { "forgery-possible", N_("Nothing here shows that {0} had a part in this mail. If you are {0}, "
                             "find out what sent it; if not, take it for a forgery.") },
    { "forgery-possible.cause", N_("Nothing that was checked speaks for {0}: a sender that "
                                   "nobody set up for it, or a forgery.") },

    /* ---- who acts ---- */
    { "nobody", N_("Nothing must change.") },
    { "domain-owner", N_("Whoever sends for the domain in From:") },
    { "domain-dns", N_("Whoever runs that domain's DNS:") },
    { "form-owner", N_("Whoever runs the form, in its settings:") },
    { "service-customer", N_("Whoever uses the service, in its settings:") },
    { "intermediary", N_("Whoever changed the mail on its way:") },
    { "sender", N_("The sender, in the mail program:") },
    { "receiver", N_("Whoever received it:") },
    { "reader", N_("Whoever reads it now:") },
    { NULL, NULL }
};
