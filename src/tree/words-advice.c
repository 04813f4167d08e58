/* words-advice.c: patterns of advice in words: what to do (P), why it came so (P.cause), what
 * would not help (P.not), who acts, and where it depends, if what (P.who).
 * SPDX-License-Identifier: MIT */
#include "tree/words.h"

#include "base/translate.h"

const TextWords words_advices[] = {
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
    { "strict-mode", N_("Take {2}=s out of the DMARC record: by default the same organization is "
                        "enough.") },
    { "strict-mode.cause", N_("{1} belongs to the organization of {0}, but {2}=s in the DMARC "
                              "record wants the very same name.") },
    { "strict-mode.not", N_("another SPF record or a new key: the check passed, the name "
                            "differs.") },
    { "strict-mode.not-why", N_("SPF and DKIM are in order. Only the comparison with From: says no, "
                                "and that is what {2}=s asks for.") },

    { "strict-name", N_("Or keep it strict, and sign with d={0} itself instead of a name below it.") },
    { "strict-name.cause", N_("{1} belongs to the organization of {0}, but {2}=s in the DMARC "
                              "record wants the very same name.") },

    /* ---- borders that the tree walk draws: {0} author, {1} the name that was proved, {2} the name
     *      whose record decides ---- */
    { "psd-border", N_("Sign with d={0}, or with a name below {2}.") },
    { "psd-border.cause", N_("The record at {2} says psd=n: what stands below it is an organization "
                             "of its own, and {1} is on the other side of that border.") },
    { "psd-border.not", N_("another SPF record or a new key: what was proved is good, it is another "
                           "organization's.") },
    { "psd-neighbor", N_("Sign with d={0} itself: {1} is a neighbor, not the same house.") },
    { "psd-neighbor.cause", N_("{2} says that it is a public suffix (psd=y): each name below it is "
                               "an organization of its own, so {1} cannot vouch for {0}.") },
    { "psd-neighbor.not", N_("a list of public suffixes in which {2} is missing: receivers that go "
                             "by it still pass this mail, others do not.") },
    { "no-parent-record", N_("Publish a DMARC record for {2}, too. It joins all names below it to one "
                             "organization; the record of {0} stays as it is.") },
    { "no-parent-record.cause", N_("No DMARC record stands at {2}, so for RFC 9989 nothing joins {1} "
                                   "to {0}; only the older RFC 7489 sees one organization.") },
    { "no-parent-record.not", N_("p=reject there at once: it would count for every subdomain that has "
                                 "no record of its own.") },

    /* ---- DKIM: {0} author, {1} d=, {2} selector ---- */
    { "dkim-key", N_("Publish the key that belongs to this signature at {2}._domainkey.{1}, or "
                     "sign with one that is published.") },
    { "dkim-key.cause", N_("{1} signed, but the key at {2}._domainkey.{1} is missing, unusable, or "
                           "not the one that signed, so the signature proves nothing.") },
    { "dkim-key.not", N_("signing twice with the same selector.") },
    { "dkim-key.not-why", N_("Both signatures would look for the same key, and not find it.") },
    { "key-revoked", N_("Sign with a key that is not revoked: make a new one, publish it under a new "
                        "selector, and let the server use it.") },
    { "key-revoked.cause", N_("{1} signed with a key that {1} has revoked: p= is empty at "
                              "{2}._domainkey.{1}.") },
    { "key-revoked.not", N_("publishing the old key again: it was taken back for a reason.") },
    { "key-weak", N_("Sign with an RSA key of 2048 bits, under a new selector.") },
    { "key-weak.cause", N_("{1} signed, but with a key of fewer than 1024 bits. Such a signature does "
                           "not count (RFC 8301).") },
    { "key-weak.not", N_("a longer key under the same selector while mail with the old one is on its "
                         "way: that mail would fail, too.") },
    { "key-gone", N_("Nothing that is published today can prove this old mail. If you trust the host "
                     "that received it, name it with --trust: what it found then counts.") },
    { "key-gone.cause", N_("{1} signed long ago, and the key at {2}._domainkey.{1} is gone today. The "
                           "signature cannot be checked any more, which is no sign of forgery.") },
    { "key-gone.not", N_("publishing another key: only the one that signed can tell.") },
    { "dkim-expired", N_("Have {1} sign with a later expiry (x=), or none. If the file is merely old, that is no fault: --at judges "
                         "the mail as of its day.") },
    { "dkim-expired.cause", N_("The signature of {1} had expired when the mail was judged: it was "
                               "long on its way, sent again, or the file is old.") },
    { "mailing-list", N_("Let the list write its own address in From: and the author in Reply-To:, or "
                         "pass the mail on without a footer, a tag in Subject or any other change.") },
    { "mailing-list.cause", N_("The mailing list at {1} passed this mail on: SPF speaks for the list "
                               "now, and no signature of {0} came through (likely, not proved).") },
    { "mailing-list.not", N_("the list's servers in the SPF record of {0}, or SRS: MAIL FROM is the "
                             "list's, and {0} is not asked. ARC counts only where the receiver trusts "
                             "the list's seal.") },
    { "mailing-list.not-why", N_("DMARC looks at From: alone. A list that changes the text has to "
                                 "answer for it in its own name.") },
    { "text-missing", N_("Save the mail whole, with its text, and open that: the signature covers the text, too. The "
                         "header alone can neither prove the mail nor show that it is forged.") },
    { "text-missing.cause", N_("{1} signed this mail with a text, and nothing follows the header fields here: they "
                               "were saved alone, or the text was taken away.") },
    { "text-missing.not", N_("another key, or another SPF record: nothing here says that these are wrong.") },
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
    { "forward-unsigned", N_("Sign with DKIM, d={0}: a signature is all that can get through a forward. "
                             "This mail brought none along.") },
    { "forward-unsigned.cause", N_("The mail was forwarded by {1}: SPF now speaks for the forwarder, and "
                                   "{0} did not sign it, so nothing is left that could vouch for it "
                                   "(inferred; likely, not proved).") },
    { "forward-unsigned.not", N_("the forwarder in the SPF record of {0}, or another way to forward: SPF "
                                 "does not survive it, with SRS or without.") },
    { "forward-unsigned.not-why", N_("SPF is asked of the envelope and its server, and both are the "
                                     "forwarder's now. You cannot know all forwarders anyway.") },
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
    { "sign-yourself", N_("Sign with DKIM, d={0}: a signature goes with the mail wherever it is sent "
                          "from, and through a forward.") },
    { "sign-yourself.not", N_("SPF alone: it names servers, and breaks with every forward.") },
    { "spf-missing.who", N_("Whoever runs the DNS of {0}, if {1} is their server:") },
    { "spf-missing", N_("Publish an SPF record for {0} that names its servers, and sign with "
                        "DKIM.") },
    { "spf-missing.cause", N_("{0} has no SPF record, so no server is allowed to speak for it. A "
                              "record of the domain above does not count.") },
    /* {0} domain */
    { "spf-two-records", N_("Make one SPF record of the several at {0}; only one may stand there.") },
    { "spf-two-records.cause", N_("{0} has several SPF records. That is an error, and then none of "
                                  "them counts, for any server.") },
    { "spf-two-records.not", N_("deleting one of them unread: each may name servers that the others "
                                "lack.") },
    /* {0} domain, {1} the term, {2} the limit's id */
    { "spf-over-limits", N_("Put the servers that send most at the front, and take out what no longer "
                            "sends: all terms together, with those of every include, may ask DNS 10 "
                            "times.") },
    { "spf-over-limits.cause", N_("The SPF record of {0} is over a limit at {1}: {#2}. From there on "
                                  "it proves nothing.") },
    { "spf-over-limits.not", N_("another include: each costs at least one more question.") },
    /* {0} domain, {1} the term in error, or the record where none is known, {2} the reason's id */
    { "spf-broken", N_("Mend \"{1}\" in the SPF record of {0}.") },
    { "spf-broken.cause", N_("The SPF record of {0} is in error at \"{1}\" ({#2}), so SPF proves nothing for any of its "
                             "servers.") },

    /* {0} author, {1} the name in HELO */
    { "null-sender", N_("Sign such mail (bounces, notices) with d={0}.") },
    { "null-sender.cause", N_("The envelope's sender is empty, so SPF can only speak for the name that "
                              "the server gave in HELO, {1}, and that does not vouch for {0}.") },
    { "null-sender.not", N_("an address in MAIL FROM: it is empty so that bounces do not answer each "
                            "other.") },

    /* ---- other people's names: {0} author, {1} the other, {2} visitor, {3} what agrees, {4} whether
     *      all of it does ---- */
    { "web-form-visitor", N_("Let the form write an address of {1} in From: and put the visitor in "
                             "Reply-To:. Answers then still go to the visitor, and {1} vouches "
                             "for its own name.") },
    { "web-form-visitor.cause", N_("From: is a visitor's address, in a form's mail (inferred: {3} "
                                   "and To: are all {1}; {#4}).") },
    { "form-likely", N_("likely, not proved") },
    { "form-or-forgery", N_("likely, not proved; or a forgery") },
    { "web-form-visitor.not", N_("a whitelist, ARC at the form, or asking {0}.") },
    { "web-form-visitor.not-why", N_("A whitelist helps with one receiver. ARC counts only where the "
                                     "receiver trusts the form's server. And {0} cannot let every "
                                     "server write in its name on which somebody fills in a "
                                     "form.") },
    /* {0} author, {1} the form's domain, {2} visitor, {3} the sending host */
    { "web-form-envelope", N_("Let the form write addresses of {1} in MAIL FROM and From:, put the "
                              "visitor in Reply-To:, and sign with d={1}.") },
    { "web-form-envelope.cause", N_("A form at {1} uses the visitor's address as envelope sender, too "
                                    "(inferred: the mail came from {3} and went to {1}; likely, not "
                                    "proved; or a forgery). No record of {0} allows that server.") },
    { "web-form-envelope.not", N_("a whitelist, ~all instead of -all at {0}, or ARC at the form.") },
    { "web-form-envelope.not-why", N_("A whitelist helps with one receiver only. With ~all SPF is still "
                                      "no pass, so DMARC fails as before. ARC reports what was checked "
                                      "before, and the form's server is where the mail begins: there "
                                      "is nothing to report.") },
    /* {0} author, {1} the visitor's domain, {2} visitor, {3} the sending host */
    { "web-form-half", N_("Let the form write an address of {0} in MAIL FROM, too. From: and Reply-To: are "
                          "right already.") },
    { "web-form-half.cause", N_("A form at {0} names itself in From:, but still uses the visitor's address "
                                "as envelope sender (inferred: MAIL FROM and Reply-To: are the same, and "
                                "the mail came from {3}; likely, not proved; or a forgery). SPF then asks "
                                "{1}, and {1} cannot vouch for {0}.") },
    { "web-form-half.not", N_("a whitelist, ~all instead of -all at {1}, or a weaker policy of {0}.") },
    { "web-form-half.not-why", N_("A whitelist helps with one receiver only. Even a pass for {1} would not "
                                  "count for {0}. And a weaker policy opens {0} to everybody.") },
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
    { "sending-service", N_("Have the service sign with d={0}: it names DNS records to publish.") },
    { "sending-service.cause", N_("A sending service carries this mail under its own name, {1} "
                                  "(likely, not proved; "
                                  "or a forgery).") },
    { "sending-service.not", N_("include: of the service in the SPF record of {0}: SPF is asked of "
                                "MAIL FROM's domain.") },
    { "sending-service.not-why", N_("MAIL FROM stays the service's, {1}; the record of {0} is not "
                                    "even read.") },
    /* the same {0} {1} {2} */
    { "own-mail-from", N_("Give it a MAIL FROM below {0} as well: then SPF vouches, too. A signature "
                          "comes first, since SPF breaks with every forward.") },
    { "own-mail-from.not", N_("include: of the service at {0} itself: MAIL FROM's domain is the one that "
                              "is asked.") },
    { "third-party-signature-only", N_("Sign with d={0}. The signature of {1} may stay beside "
                                       "it.") },
    { "third-party-signature-only.cause", N_("The only good signature is that of {1}, not of {0} "
                                             "(likely its mail provider; or a forgery).") },
    { "third-party-signature-only.not", N_("i= or another selector: only d= counts.") },
    { "third-party-signature-only.not-why", N_("DMARC compares d= with From:. Whatever else a "
                                               "signature says, {1} remains another domain.") },
    /* {0} author, {1} who carried it, {2} to {4} signs */
    { "forgery-likely", N_("This holds if you do not know the sender: DMARC did its work. Only if {0} is "
                           "yours, and {1} sends for you, have it sign with d={0}.") },
    { "forgery-likely.cause", N_("What speaks for a forgery: {#2}{#3}{#4} (likely, not proved).") },
    { "forgery-likely.not", N_("whatever makes {1} pass in the name of {0}, as long as nobody at {0} knows "
                               "why it should.") },
    { "sign-forged-results", N_("a result stands in the name of the receiver, who did not write it") },
    { "sign-lookalike", N_("a name was made to look like another") },
    { "sign-reply-elsewhere", N_("answers would go to a third domain") },
    { "sign-unsigned", N_("; nobody signed it") },
    { "sign-enforced", N_("; the domain asks receivers not to let such mail in") },
    { "forgery-possible", N_("Nothing here shows that {0} had a part in this mail. If you are {0}, "
                             "find out what sent it; if not, take it for a forgery.") },
    { "forgery-possible.cause", N_("Nothing that was checked speaks for {0}: a sender that "
                                   "nobody set up for it, or a forgery.") },

    /* ---- what hangs by a thread: {0} author, {1} whose record, {2} the tag ---- */
    { "hangs-by-policy", N_("Until then it hangs by a thread: it arrives only because {1} asks for "
                            "nothing ({2}=none). With quarantine or reject it would be held back.") },
    { "hangs-by-policy.not", N_("a stricter policy before this mail passes.") },
    { "hangs-by-nothing", N_("Until then it hangs by a thread: no DMARC record asks about {0}. Receivers "
                             "that demand an aligned name of bulk senders refuse it already.") },
    { "hangs-by-nothing.not", N_("a DMARC record first: this mail would be the first to fail.") },

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
    { "list-owner", N_("Whoever runs the mailing list:") },

    /* ---- what came out when it was tried ---- */
    { "tried-needless", N_("the mail passes as it is") },
    { "tried-pass", N_("tried here: with this change the mail passes") },
    { "tried-none", N_("tried here: with this change the name is vouched for; its domain has no DMARC "
                       "record, so there is no verdict to pass") },
    { "tried-later", N_("being tried here") },
    { "tried-open", N_("tried here: it cannot be known yet, since an answer of DNS or a check is missing") },
    { NULL, NULL }
};
