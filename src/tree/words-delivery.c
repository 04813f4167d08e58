/* words-delivery.c: bounces in words: what a refusal means, what happened, what to do.
 * SPDX-License-Identifier: MIT */
#include "tree/words.h"

#include "base/translate.h"

const TextWords words_delivery[] = {
    /* ---- what the refusal means: by text, by code ---- */
    { "delivery-spf", N_("SPF: that server may not send for the domain of the envelope From.") },
    { "delivery-spf-error", N_("SPF could not be checked: the record is in error, or DNS gave no "
                               "answer.") },
    { "delivery-spf-bulk", N_("SPF did not pass, and the receiver demands it of senders of many "
                              "mails.") },
    { "delivery-spf-suspicious", N_("The SPF record holds entries that the receiver takes for "
                                    "suspicious.") },
    { "delivery-dmarc", N_("DMARC: nothing proved the domain in From:, and its owner asks to refuse "
                           "such mail.") },
    { "delivery-dmarc-missing", N_("The domain in From: has no DMARC record, and the receiver demands "
                                   "one.") },
    { "delivery-alignment", N_("What was proved belongs to another domain than the one in From:.") },
    { "delivery-dkim", N_("No good DKIM signature came with the mail, and the receiver wants one.") },
    { "delivery-dkim-bulk", N_("DKIM did not pass, and the receiver demands it of senders of many "
                               "mails.") },
    { "delivery-dkim-unacceptable", N_("There is a good DKIM signature, but none that the receiver "
                                       "accepts.") },
    { "delivery-dkim-author", N_("There is a good DKIM signature, but none of the domain in From:.") },
    { "delivery-arc", N_("The chain of ARC seals that the mail carries is broken.") },
    { "delivery-unauthenticated", N_("Neither SPF nor DKIM proved where the mail comes from.") },
    { "delivery-several-checks", N_("Several checks of the sender failed together.") },
    { "delivery-microsoft-bulk", N_("Outlook.com demands SPF, DKIM and DMARC of domains that send many "
                                    "mails, and one of them did not pass.") },
    { "delivery-ptr", N_("The address of the sending server has no name in reverse DNS, or one that "
                         "does not lead back.") },
    { "delivery-blocklist", N_("The sending server stands on a block list, or has a bad name with the "
                               "receiver.") },
    { "delivery-rate", N_("Too many mails came from there in a short time.") },
    { "delivery-tls", N_("The receiver takes mail by an encrypted connection (TLS) only.") },
    { "delivery-requiretls", N_("The sender asked for encryption all the way, and the next server does "
                                "not promise it.") },
    { "delivery-greylist", N_("Greylisting: a sender that is new is asked to come again after some "
                              "minutes. Mail servers do so by themselves.") },
    { "delivery-user-unknown", N_("There is no such mailbox there.") },
    { "delivery-mailbox-unavailable", N_("The mailbox cannot be used: mostly there is none of that "
                                         "name.") },
    { "delivery-mailbox-full", N_("The mailbox of the recipient is full.") },
    { "delivery-mailbox-disabled", N_("The mailbox of the recipient was closed, or has moved.") },
    { "delivery-domain-unknown", N_("DNS knows no mail server for the domain of the recipient: mostly it "
                                    "is misspelled.") },
    { "delivery-null-mx", N_("The domain of the recipient says that it takes no mail at all.") },
    { "delivery-address-syntax", N_("The address of the recipient is not written as an address must "
                                    "be.") },
    { "delivery-sender-domain", N_("The address of the sender was refused: mostly its domain cannot be "
                                   "found in DNS.") },
    { "delivery-sender-barred", N_("The provider has barred the sender's account from sending: mostly it "
                                   "sent too much, or spam.") },
    { "delivery-send-as", N_("The account that logged in may not send with this address.") },
    { "delivery-login", N_("The server takes mail only from who has logged in.") },
    { "delivery-relay", N_("The server does not receive mail for that domain and will not pass it "
                           "on.") },
    { "delivery-too-large", N_("The mail is too large.") },
    { "delivery-spam", N_("The receiver takes the mail for spam.") },
    { "delivery-virus", N_("The receiver found a virus in the mail, or thinks so.") },
    { "delivery-format", N_("The mail is not built as a mail must be (RFC 5322).") },
    { "delivery-policy", N_("A rule of the receiver forbids it; which one the code does not say.") },
    { "delivery-yahoo-policy", N_("A rule of Yahoo forbids it: often SPF, DKIM or DMARC, or too many "
                                  "complaints.") },
    { "delivery-loop", N_("The mail went round in a circle between servers.") },
    { "delivery-unreachable", N_("The receiving server could not be reached, or broke off.") },
    /* the reply's number alone */
    { "delivery-reply-unavailable", N_("The server was not ready just then.") },
    { "delivery-reply-busy", N_("The server could not take the mail just then.") },
    { "delivery-reply-storage", N_("The server or the mailbox had no room left.") },
    { "delivery-reply-550", N_("Refused for good: there is no such mailbox, or a rule forbids it.") },
    { "delivery-reply-553", N_("Refused for good: an address was not allowed.") },
    { "delivery-reply-554", N_("Refused for good, for no reason that the number tells.") },
    /* the class alone */
    { "delivery-permanent", N_("Refused for good (permanent error). The code says no more.") },
    { "delivery-temporary", N_("Not taken this time (temporary error). The code says no more.") },
    { "delivery-success", N_("It arrived.") },
    /* RFC 5965, 6591 */
    { "delivery-feedback", N_("A feedback report: somebody tells what became of a mail.") },
    { "delivery-feedback-abuse", N_("A feedback report: a recipient marked the mail as spam.") },
    { "delivery-feedback-auth", N_("A failure report: a mail in the name of this domain did not pass SPF, "
                                   "DKIM or DMARC.") },
    { "delivery-feedback-fraud", N_("A feedback report: the mail is said to be fraud.") },
    { "delivery-feedback-virus", N_("A feedback report: a virus was found in the mail.") },
    { "delivery-feedback-not-spam", N_("A feedback report: the mail is no spam after all.") },

    /* ---- messages inside ---- */
    { "mime-too-deep", N_("The message nests parts deeper than {0} levels. What lies below is not looked "
                          "at.") },
    { "mime-too-many", N_("The message has more than {0} parts. Those behind are not looked at.") },
    { "inside-too-many", N_("The message holds more than {0} messages. Those behind are not listed.") },
    { "part-cut", N_("The file ends inside this message: its end may be missing, and then no body hash "
                     "fits.") },
    { "returned-cut", N_("The server returned only the beginning of the body, so no body hash can fit.") },

    /* ---- what happened: {0} {1} {2} as told at each ---- */
    { "bounce-refused", N_("The mail to {0} did not arrive: {1} refused it.") },
    { "bounce-failed", N_("The mail to {0} did not arrive.") },
    { "bounce-failed-mail", N_("A mail did not arrive.") },
    { "bounce-delayed", N_("The mail to {0} has not arrived yet.") },
    { "bounce-delayed-mail", N_("A mail has not arrived yet.") },
    { "bounce-arrived", N_("The mail to {0} arrived, or was passed on.") },
    { "bounce-feedback", N_("{0} reports a mail in the name of {1}.") },
    { "bounce-feedback-plain", N_("Somebody reports a mail.") },
    { "bounce-recipients", N_("The report speaks of {0} recipients; all this is about {1}.") },
    { "bounce-still-trying", N_("The server still tries. Nothing is lost, and nothing need be sent "
                                "again.") },
    { "bounce-gave-up", N_("It was a temporary error, but it lasted: the server tried for a while and gave "
                           "up.") },
    /* {0} client, {1} host */
    { "bounce-client-inferred", N_("No report names the address that was judged; {0} is that of {1}, which "
                                   "reports (inferred).") },
    /* {0} client, {1} the envelope sender, {2} its domain */
    { "bounce-other-server", N_("It was not sent by your server: {0} used your address, {1}, as envelope "
                                "From.") },
    { "bounce-some-server", N_("{0} sent it with your address, {1}, as envelope From.") },
    { "bounce-own-server", N_("{0} sent it, by its name a server of your own ({2}), with {1} as envelope "
                              "From.") },
    { "bounce-own-allowed", N_("{0} sent it with {1} as envelope From, and may do so: your SPF record "
                               "allows it.") },
    /* {0} own server, {1} client, {2} the envelope sender */
    { "bounce-forwarded", N_("Your own server ({0}) had it first. Then {1} passed it on, still with your "
                             "address, {2}, as envelope From: SPF cannot survive that.") },
    /* {0} domain, {1} who refused, {2} "-all" */
    { "bounce-spf-hard", N_("Your SPF record ({0}) ends in {2}: other servers are to be refused. So {1} refused "
                            "it, and the bounce came to you.") },
    { "bounce-spf-soft", N_("Your SPF record ({0}) ends in {2}, which asks for suspicion only: that {1} "
                            "refused is its own rule. The bounce came to you.") },
    { "bounce-spf-refuses", N_("Your SPF record ({0}) refuses that server. So {1} refused it, and the bounce came to "
                               "you.") },
    { "bounce-spf-neutral", N_("Your SPF record ({0}) says nothing about other servers: that {1} refused is "
                               "its own rule. The bounce came to you.") },
    { "bounce-spf-none", N_("{0} has no SPF record: that {1} refused is its own rule. The bounce came to "
                            "you.") },
    { "bounce-spf-broken", N_("Your SPF record ({0}) is in error, so nobody can tell by it which servers may "
                              "send.") },
    { "bounce-spf-passes", N_("Today the SPF record of {0} allows that server: it was changed since, or {1} "
                              "judged another address.") },
    { "bounce-spf-unknown", N_("What the SPF record of {0} says about it could not be found out here: there "
                               "is only the word of {1}.") },
    /* {0} domain in From:, {1} policy, {2} who refused */
    { "bounce-dmarc-fails", N_("From: names {0}, and nothing in the mail proves that name. The DMARC policy for it is "
                               "{1}, and {2} went by it.") },
    { "bounce-dmarc-passes", N_("As it was returned, the mail passes DMARC for {0}: something was changed "
                                "since, or on the way.") },
    { "bounce-dmarc-none", N_("{0} (From:) has no DMARC record today.") },
    { "bounce-dmarc-unknown", N_("Whether the mail passes DMARC for {0} could not be found out here.") },
    /* {0} recipient */
    { "bounce-form", N_("So it was the form's own receiver that refused: the form had sent to {0} in your name "
                        "(a form is likely, not proved).") },
    { "bounce-inquiry-lost", N_("Your inquiry was probably not received by anybody.") },
    { "bounce-others-pass", N_("It works for other visitors whose domains end in ~all or have no SPF.") },
    { "bounce-others-policy", N_("It works for other visitors whose domains ask for nothing (p=none) or have no "
                                 "DMARC record.") },
    /* {0} host, {1} the envelope sender */
    { "bounce-stranger", N_("If you sent nothing, somebody wrote your address on spam; if you filled in a form at "
                            "{0}, it was the form. The returned mail tells: is it yours?") },
    { "bounce-nothing-broken", N_("Nothing on your side is broken: the SPF record of {0} asks to refuse such "
                                  "mail already, and that is what happened.") },
    /* {0} the domain in From: of the notice */
    { "bounce-doubtful", N_("This notice itself fails DMARC for {0}: it may be made up, and all that it tells.") },
    { "bounce-no-names", N_("This has nothing to do with SPF, DKIM or DMARC.") },
    { "bounce-text-below", N_("What was returned stands below.") },
    /* {0} client, {1} domain */
    { "bounce-feedback-yours", N_("{0} sent it, a server that the SPF record of {1} allows: it is mail of your "
                                  "own.") },
    { "bounce-feedback-other", N_("{0} sent it, a server that the SPF record of {1} does not allow: a forgery, a "
                                  "forward, or a server that is missing in the record.") },
    { "bounce-feedback-source", N_("{0} sent it.") },

    /* ---- what to do ---- */
    /* {0} the visitor's domain, {1} recipient */
    { "bounce-form-owner", N_("Let the form use an address of its own as envelope From and in From:, and put the "
                              "visitor in Reply-To:.") },
    { "bounce-form-owner.not", N_("a weaker SPF or DMARC record of {0}: it would open your name to everybody, "
                                  "for one form.") },
    { "bounce-send-yourself", N_("Send your text yourself, from your own mail program, to {0}: it was returned "
                                 "with this notice.") },
    { "bounce-send-anew", N_("Write your text once more and send it yourself, from your own mail program, to "
                             "{0}: this notice does not hold it.") },
    { "bounce-own-record", N_("If {1} is a server of yours, add it to the SPF record of {0}, and sign with "
                              "DKIM.") },
    { "bounce-own-record.not", N_("+all or a wide range: anybody could then send in this name.") },
    { "bounce-own-record.not-why", N_("SPF would pass for every forgery, too, and DMARC with it.") },
    { "bounce-own-prove", N_("Sign with DKIM for {0}, and let the record of every server that sends for it "
                             "stand: one that is proved and aligned is enough.") },
    { "bounce-own-from", N_("Write an address of {0} in From: and put the other in Reply-To:. Nobody can prove the name "
                            "{1} but its owner.") },
    { "bounce-own-from.not", N_("asking {1} for a weaker DMARC policy.") },
    { "bounce-own-from.not-why", N_("A policy that lets your server write in its name lets everybody "
                                    "do so.") },
    { "bounce-forwarder", N_("Forward with an envelope From of your own (SRS), and leave text and header as they "
                             "are, so that the DKIM signature of {0} survives.") },
    { "bounce-forwarder.not", N_("the forwarder in the SPF record of {0}.") },
    { "bounce-forwarder.not-why", N_("Whoever has a mailbox there could then send in the name of "
                                     "{0}, and the next forwarder would be missing again.") },
    { "bounce-never-sent", N_("If you did not send it, do nothing, and open nothing in it. If it was a form, write "
                              "to its owner yourself.") },
    { "bounce-never-sent.not", N_("a weaker SPF record, or another password: nobody needs one to write your "
                                  "address on an envelope.") },
    { "bounce-check-address", N_("Look for a slip in the address {#0}; else ask for it by another way.") },
    { "bounce-other-way", N_("Try again later, or reach {#0} by another way.") },
    { "bounce-server", N_("Mend what the receiver names: reverse DNS, the block list's own page, TLS, or fewer "
                          "mails at a time.") },
    { "bounce-change-mail", N_("Send it to {#0} again in another form: smaller, without the attachment, or in "
                               "plain words.") },
    { "bounce-wait", N_("Wait. If it fails for good, another bounce will say so.") },
    { "bounce-ask", N_("Send what the receiver said to its postmaster, or reach {#0} by another way.") },
    { "bounce-feedback-act", N_("Find what {1} sent, and why somebody complained.") },
    { "bounce-feedback-read", N_("Look whether it is a sender that you know. If not, DMARC does its work.") },
    { "bounce-find-source", N_("Open the mail itself here: the copy that another address received, one with another provider, say, or "
                               "else the one in the folder of sent mail. It shows what proves its From:, and who must change what.") },
    /* in place of a recipient whom nobody names */
    { "the-recipient", N_("the recipient") },
    /* who acts */
    { "visitor", N_("You:") },
    { "mail-forwarder", N_("Whoever forwards the mail:") },
    { "server-owner", N_("Whoever runs the server that sent it:") },
    { NULL, NULL }
};
