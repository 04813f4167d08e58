/* words-findings.c: findings, reasons and the names of inputs, in words.
 * SPDX-License-Identifier: MIT
 *
 * Behind each id stand its arguments, in the order in which the checks give them. */
#include "tree/words.h"

#include "base/translate.h"

const TextWords words_findings[] = {
    /* ---- From: (RFC 5322, 3.6.2; RFC 9989, 5.3.1 and 11.5) ---- */
    { "from-missing", N_("There is no From: field here: no author is named, so there is no name to prove.") },
    { "from-repeated", N_("The message has several From: fields, though only one is allowed. "
                          "Programs differ in which one they show.") },
    { "from-several-addresses", N_("From: holds several addresses.") },
    { "from-several-domains", N_("From: names several domains ({*}). DMARC is made for one; a "
                                 "receiver may check each, or refuse the message.") },
    { "from-malformed", N_("An address in From: cannot be read: {0}") },
    { "from-empty", N_("From: is there, but holds no address.") },
    { "from-field-empty", N_("One From: field names nobody, beside one that does. Programs that show only that one show no "
                             "author, or the words that stand there.") },
    { "from-route", N_("In From: a route of other hosts stands in front of an address (\"<@a.example:b@c.example>\"), an old form. It is "
                       "no part of the address and DMARC does not judge it, but programs that do not know the form may show its "
                       "names.") },
    { "display-name-address", N_("The name shown in From: looks like an address ({0}), but it "
                                 "is not the address that sent. Many programs show only the "
                                 "name.") },
    /* ---- names that look like others (UTS #39; RFC 9989, 11.4) ---- */
    { "lookalike-domain", N_("{0} looks like {1} ({#2}): {#3}. It is another domain, and DMARC "
                             "proves only the one that is really there.") },
    { "lookalike-brand", N_("{0} looks like {1}, a name that is often imitated: {#3}. It is another "
                            "domain, and DMARC proves only the one that is really there.") },
    { "mixed-script", N_("{0} ({#2}; really {1}) mixes letters of several scripts within a name: "
                         "{3}. Some of them look alike.") },
    { "whole-script", N_("{0} ({#2}; really {1}) has not one Latin letter, but reads as \"{3}\".") },
    { "from-too-many-domains", N_("From: names more domains than are looked at: only the first {0} "
                                  "were.") },
    { "from-too-many-addresses", N_("From: holds more addresses than are listed: only the first {0} "
                                    "are. The domains of all were read.") },
    { "from-redacted", N_("The address in From: was made unreadable ({0}) before the message came "
                          "here. It cannot be evaluated.") },
    { "from-unrepaired", N_("The text names {0} in From:, too, and what was mended in it would have hidden that. Whoever reads "
                            "the message as it stood sees another author.") },
    { "from-beside", N_("Line {1} says \"From:\" and names {0}, but begins no header field, and mail programs read it as none. If "
                        "lines of this text were moved or joined, the message had a second author.") },
    { "from-disguised", N_("Line {1} names {0} behind \"From:\", but the name holds control characters, or a line end before the colon. "
                           "It is no From field; programs that drop these show another author.") },
    { "field-redacted", N_("The address in {0} was made unreadable ({1}) before the message came "
                           "here. It is not used.") },
    { "message-unreadable", N_("This message cannot be read: {0}") },
    { "inner-too-deep", N_("There are messages inside this one, too. They are not reported: it stands {0} messages "
                           "deep already.") },
    { "inner-too-many", N_("There are more than {0} messages inside. The others are not reported.") },
    { "parser-died", N_("The parser died on this message: {0}; it was confined.") },
    { "mailbox-died", N_("This file could not be opened, for the parser died on it: {0}; it was confined. If it is a mailbox, "
                         "messages from this one on may be missing.") },
    { "received-too-many", N_("There are more Received fields than are looked at: only the first "
                              "{0} were.") },
    { "received-clock-differs", N_("By the times that the servers wrote, {0} had the message {1} s "
                                   "before it left {2}: their clocks differ.") },
    { "border-chosen", N_("A person said that the message came in at the hop of {0}; client IP and "
                          "HELO are read there.") },
    { "identifiers-too-many", N_("A results field names more domains than are looked at: only the "
                                 "first {0} were.") },
    { "results-too-many", N_("{0} holds more results or properties than are read.") },
    { "reported-too-many", N_("There are more results fields than are looked at.") },
    { "dkim-too-many", N_("There are more DKIM signatures than are looked at: only the first {0} "
                          "were.") },
    /* ---- the bytes ---- */
    { "return-path-malformed", N_("Return-Path cannot be read as an address: {0}") },
    { "header-junk-line", N_("Line {0} stands among the header fields, but is none. It was "
                            "passed over.") },
    { "header-no-colon", N_("The header field in line {0} has no colon. It was passed "
                           "over.") },
    { "header-nul", N_("The header holds a NUL byte (line {0}).") },
    { "header-bare-cr", N_("A carriage return by itself stands in the header (line {0}), which is no line end. Some programs take it "
                           "for one, and may show other fields than were judged here.") },
    { "header-too-long", N_("Line {0} of the header is longer than 998 bytes (RFC 5322, 2.1.1); "
                            "servers on the way may have cut it.") },
    { "mixed-line-ends", N_("Some lines end in CRLF, others in LF alone. The file was changed "
                            "after it was sent, so body hashes may not match.") },
    { "bare-lf", N_("Lines end in LF alone, as files on Unix do. For hashing they were read as the "
                    "CRLF of the network.") },
    { "body-missing", N_("The message ends with its header: no body, so no body hash can be "
                         "checked.") },
    { "bom", N_("The file begins with a byte order mark, which is no part of the message.") },
    { "header-below-empty-line", N_("Line {0} is empty and stands above the header. It was passed over; strictly read, the header ends there "
                                    "(RFC 5322, 2.1), and the message has no From field.") },
    { "mbox-from-line", N_("The file begins with a \"From \" line of a mailbox, which is no part "
                           "of the message.") },
    /* ---- reported and recomputed: host, its word, ours ---- */
    { "spf-report-differs", N_("{0} said SPF {1}, here it is {2}. Likely: the SPF record has "
                               "changed since, or the server saw another address or MAIL FROM.") },
    { "dkim-report-differs", N_("{0} said DKIM {1} for {3}, here it is {2}. Likely: the key has "
                                "changed since, or the message was altered after that server.") },
    { "dmarc-report-differs", N_("{0} said DMARC {1}, here it is {2}. Look at SPF and DKIM first; "
                                 "else the DMARC record has changed, or the server goes by the "
                                 "older RFC 7489.") },
    { "reported-unfounded", N_("{0} said DKIM pass for {1}, but there is no signature of {1} in the message: it was taken out on the "
                               "way, or this field is forged. Count on it only if {0} removes fields in its name that come from "
                               "outside.") },
    { "reported-suspicious", N_("A results field in the name of {0} stands where a sender could "
                                "have written it. It is not counted.") },
    { "reported-suspicious-nameless", N_("A results field that names no host stands where a sender "
                                         "could have written it. It is not counted.") },
    { "trust-unheard", N_("No results field of this message is by a host that is trusted ({0}), so nothing that is reported in it "
                          "counts as evidence. A results field begins with the name of its host.") },
    { "page-says-otherwise", N_("{0} said {1} {2}, but {3} in the message says {4}. One of them was "
                                "changed, or they belong to different messages.") },
    { "page-names-other-client", N_("{0} said that the message came from {1}, but {2} in the message "
                                    "says {3}.") },
    { "forged-results", N_("A results field carries the name of the receiving host, {0}, but came "
                           "with the message from outside: likely forged.") },
    { "client-ip-differs", N_("A results field speaks of the client {0}, but the message came in "
                              "from {1}. Such a field is not used: it may be forged.") },
    { "client-ip-reported-differs", N_("The receiver's results speak of the client {0}, but by the Received "
                                       "fields the message came in from {1}. SPF is checked for {0}. "
                                       "Look at the route: a gateway may stand between.") },
    /* ---- DNS ---- */
    { "dns-beside-message", N_("DNS answers come from a file beside the message. Whoever gave "
                               "you the message may have written it.") },
    { "dns-offline", N_("DNS was not asked (offline), so what needs it stays unknown.") },
    { "dns-not-in-snapshot", N_("The snapshot does not say what DNS answers for: {*}") },
    { "dns-trouble", N_("DNS gave no usable answer for: {*}") },
    { "dns-live", N_("DNS was asked live. The sender may see these questions at their own name "
                     "servers, and so learn that somebody looked at the mail. --offline asks "
                     "nothing.") },
    { "dns-time-limit", N_("DNS did not answer in time: {0}. The limit is this program's "
                           "(--dns-timeout), not the receiver's, which may wait 20 s (RFC 7208, "
                           "4.6.4).") },
    { "dns-question-limit", N_("This message needs more than {0} questions to DNS. No more are asked for "
                               "one message, so what needs the others was not checked: {1}") },
    { "dns-canceled", N_("The questions to DNS were canceled, so what needs them stays unknown: "
                         "{0}") },
    { "dns-unavailable", N_("DNS could not be asked ({0}), so what needs it stays unknown: "
                            "{1}") },
    { "domain-absent", N_("DNS says that there is no domain {0}: nothing is published for it, and an answer to it reaches nobody. Many "
                          "receivers refuse such mail. If there is one, the resolver that was asked is wrong.") },
    { "dns-bogus", N_("DNSSEC says that the answer for {0} is forged or broken, so it was not "
                      "used: {1}") },
    /* ---- DMARC records (RFC 9989, 4.7, 4.10) ---- */
    { "dmarc-several-records", N_("There are several DMARC records at {0}. All of them are "
                                  "discarded there.") },
    { "dmarc-record-syntax", N_("The DMARC record at {0} has an error: {1}") },
    { "dmarc-tag-ignored", N_("The DMARC record uses \"{0}\", which RFC 9989 ignores. Receivers "
                              "that still go by RFC 7489 act on it.") },
    { "dmarc-policy-invalid", N_("The DMARC record of {0} asks for a policy that does not "
                                  "exist. It counts as p=none.") },
    { "dmarc-p-missing", N_("The DMARC record of {0} has no valid policy (p=) and no address for "
                            "reports (rua=), so it counts for nothing. RFC 9989 is ambiguous "
                            "here: some receivers read p=none.") },
    { "dmarc-policy-unusable", N_("The DMARC record of {0} asks for a policy that does not exist "
                                  "({1}), and has no address for reports (rua=), so it counts for "
                                  "nothing.") },
    { "dmarc-p-absent", N_("The DMARC record of {0} names no policy (p=). It counts as p=none.") },
    { "dmarc-duplicate-tag", N_("The DMARC record of {1} has the tag \"{0}\" twice, so it is not "
                                "valid and counts for nothing. Some receivers read it all the "
                                "same.") },
    { "dmarc-existence-unknown", N_("The DMARC record of {0} asks for another policy (np=) where a "
                                    "name does not exist, and DNS left open whether {1} does: "
                                    "which policy applies is not known.") },
    { "psd-walk", N_("The record at {0} decides where an organization begins (psd=).") },
    /* ---- DKIM (RFC 6376, 8301) ---- */
    { "dkim-testing", N_("The key of {0} is marked as a test (t=y).") },
    { "dkim-unsigned-tail", N_("The signature of {0} covers the body in part only (l=). Anybody "
                               "could have added the rest ({1} bytes).") },
    { "dkim-key-weak", N_("The key of {0} is shorter than 1024 bits, the least that is allowed; "
                          "2048 are recommended.") },
    { "dkim-added-after-signing", N_("A second {0} field stands above the one that {1} signed. A "
                                     "reader may see the one that is not signed.") },
    { "dkim-key-gone", N_("The key {1} of {0} is not in DNS today. The message is old, and keys "
                          "are changed: that it cannot be checked any more is no sign of "
                          "forgery, and no proof either.") },
    { "dkim-key-gone-vouched", N_("The key {1} of {0} is not in DNS today. A trusted host checked "
                                  "the signature when the message came, and found it good: its "
                                  "word counts here.") },
    { "dkim-body-cause", N_("Why the body hash of {0} does not fit: {#1}") },
    { "dkim-header-cause", N_("Why the header signature of {0} does not fit: {#1}") },
    { "signature-needs-original", N_("A signature could not be checked to the end on what is at hand "
                                     "({#0}). Ask for the original: forwarded as an attachment, or "
                                     "saved by the mail program (\"Download original\", \"Save as\").") },
    { "arc-too-many", N_("An ARC field has an instance number beyond {0}, the most that is allowed: "
                         "the chain does not count.") },
    /* ---- SPF (RFC 7208, 4.5, 4.6.4) ---- */
    { "spf-several-records", N_("{0} has several SPF records, though only one is allowed: SPF "
                                "cannot be checked.") },
    { "spf-over-limit", N_("The SPF record of {0} needs more DNS lookups than the 10 allowed; {1} "
                           "crossed the limit.") },
    /* ---- second opinions (src/peers): library, method, its result, ours, why ---- */
    { "second-opinion-differs", N_("A receiver that runs {0} would say {1}={2}, {#4} ({3}).") },
    { "second-opinion-crashed", N_("{0} crashed over the DNS records that this message leads to, or had not memory enough for them. "
                                   "A receiver that runs it for {1} may be unable to take the message.") },
    { "at-assumed", N_("The time of receipt is not known. Expiry was judged as of {0}.") },
    { NULL, NULL }
};

const TextWords words_reasons[] = {
    /* ---- DKIM: INTERFACE.md's table ---- */
    { "ok", N_("the signature is good") },
    { "ok-unsigned-tail", N_("the signature is good, but the end of the body is not signed (l=)") },
    { "ok-future", N_("the signature is good, but dated in the future (t=)") },
    { "body-hash", N_("the body was altered after signing") },
    { "signature", N_("signed header fields were altered, or another key signed") },
    { "both", N_("body and signed header fields were altered") },
    { "expired", N_("the signature had expired (x=)") },
    { "l-exceeds-body", N_("the body is shorter than what was signed (l=)") },
    { "syntax", N_("it cannot be read: syntax error") },
    { "missing-tag", N_("a required tag is missing") },
    { "version", N_("the version is not known") },
    { "i-outside-d", N_("i= lies outside d=") },
    { "from-unsigned", N_("From: is not signed") },
    { "no-key", N_("DNS has no key under that name") },
    { "key-syntax", N_("the key record cannot be read") },
    { "key-revoked", N_("the key was revoked (empty p=)") },
    { "key-weak", N_("the key is shorter than 1024 bits") },
    { "key-mismatch", N_("the key is not meant for this use") },
    { "algorithm-historic", N_("rsa-sha1 no longer counts (RFC 8301)") },
    { "algorithm-unknown", N_("the algorithm is not known") },
    { "key-dns", N_("DNS gave no answer for the key") },
    { "body-unavailable", N_("the header signature is valid, the body is not at hand") },
    { "not-in-snapshot", N_("the snapshot lacks a DNS answer that is needed") },
    { "offline", N_("DNS was not asked (offline)") },
    /* ---- what likely happened to a signed message; {0} is how much, or what ---- */
    { "cause-canonicalization", N_("it fits by {0} canonicalization, which is not what c= "
                                   "says.") },
    { "cause-footer", N_("lines were added at the end of the body: {0}. Without them it fits. "
                         "Mailing lists and gateways do that.") },
    { "cause-banner", N_("lines were added at the top of the body: {0}. Without them it fits.") },
    { "cause-lf-signed", N_("the signer hashed lines that end in LF, not in CRLF as on the "
                            "wire.") },
    { "cause-uncanonical", N_("the signer hashed the body as it stood, without any "
                              "canonicalization.") },
    { "cause-last-line-end", N_("the signer hashed the body without the line end of its last "
                                "line.") },
    { "cause-body-empty", N_("nothing follows the header fields here, and what was signed was not empty. The text "
                             "was left out when this was saved, or taken away later.") },
    { "cause-encoding", N_("the body was encoded on the way ({0}). Decoded, it fits.") },
    { "cause-from", N_("\">\" was put before lines that begin with \"From \": {0}. Without it "
                       "the body fits.") },
    { "cause-blanks", N_("blanks were added at line ends. Without them the body fits.") },
    { "cause-signature-blank", N_("the blank behind \"--\" was lost. With it the body "
                                  "fits.") },
    { "cause-cr", N_("CRs without LF stand in the body. Taken as line ends, or left out, the "
                     "body fits.") },
    { "cause-dots", N_("dots at the start of lines were doubled, or one was lost. With that "
                       "undone the body fits.") },
    { "cause-wrapped", N_("the message was wrapped into a part of a larger one. That part alone "
                          "fits: mailing lists do that to add a footer.") },
    { "cause-subject-tag", N_("\"{0}\" was put into Subject. Without it the signature fits.") },
    { "cause-typography", N_("quotes, dashes or blanks in {0} are no longer those that are typed: copying a text through a word "
                             "processor or a chat does that. With those that are typed the signature fits.") },
    { "cause-from-rewritten", N_("From was rewritten. With the address that {0} holds the "
                                 "signature fits.") },
    { "cause-field-added", N_("a field {0} was added after signing. Without it the signature "
                              "fits.") },
    { "cause-folding", N_("{0} was folded otherwise after signing, which c=simple does not "
                          "forgive.") },
    { "cause-order", N_("fields of one name changed places after signing. In the other order "
                        "the signature fits.") },
    { "cause-copied", N_("fields were changed after signing: {0}. With the copies that z= keeps "
                         "the signature fits.") },
    { "cause-two-changes", N_("two signed fields were changed: {0}. With both undone the signature "
                              "fits.") },
    { "cause-other-key", N_("the key in DNS is not the one that signed, or the signature itself "
                            "(b=) was damaged.") },
    { "cause-field-untold", N_("the key is the one that signed, so a signed field was changed. "
                               "Which one cannot be told. Where this text was copied, not saved, copying may have done it.") },
    { "cause-untold", N_("cannot be told: none of the usual changes, undone, makes it fit. Where this text was copied, not saved, "
                         "copying may have done it.") },
    { "cause-untried", N_("not looked for to the end: the message is too large for it.") },
    { "text-repaired", N_("it does not fit, but this text is not as it was sent, so that is no proof "
                          "of a change") },
    { "no-body", N_("the body is not at hand") },
    { "body-of-copy", N_("the text was pasted or repaired, so its body is not what was sent, and its "
                         "hash would say nothing") },
    { "hash-of-copy", N_("it does not fit, but this text is not as it was sent, so the copy may be to "
                         "blame") },
    { "simple-of-copy", N_("c=simple forgives not even a blank, and this text is not as it was sent") },
    { "fidelity-raw", N_("raw bytes") },
    { "fidelity-headers", N_("headers only") },
    { "fidelity-reencoded", N_("re-encoded but complete") },
    { "fidelity-reflowed", N_("re-flowed headers") },
    { "fidelity-fragments", N_("fragments") },
    /* ---- a hop's part in the way of a message ---- */
    { "submission", N_("handed in") },
    { "relay", N_("passed on") },
    { "border", N_("border") },
    { "internal", N_("inside") },
    { "delivery", N_("delivered") },
    { "assumed", N_("assumed, not checked") },
    /* ---- SPF ---- */
    { "matched", N_("a term of the record matched") },
    { "no-match", N_("no term of the record matched") },
    { "no-record", N_("there is no record") },
    { "several-records", N_("there are several records, though only one is allowed") },
    { "too-many-lookups", N_("more than 10 terms ask DNS") },
    { "too-many-void-lookups", N_("more than 2 lookups found nothing") },
    { "too-many-mx", N_("an mx term found more than 10 servers") },
    { "include-none", N_("an included domain has no SPF record") },
    { "redirect-none", N_("the record redirects to a domain without SPF record") },
    { "dns", N_("DNS gave no answer") },
    { "no-ip", N_("the client's IP address is not known") },
    { "no-domain", N_("the domain to check is not known") },
    { "bad-domain", N_("that is not a domain name DNS could be asked for") },
    /* ---- DMARC ---- */
    { "aligned-pass", N_("a name that was proved belongs to the organization in From:") },
    { "no-aligned-pass", N_("no name that was proved belongs to the organization in From:") },
    { "record-invalid", N_("the DMARC record is not valid") },
    { "dns-trouble", N_("DNS gave no answer") },
    { "no-author", N_("From: names no domain") },
    { "author-redacted", N_("the address in From: was made unreadable") },
    { "author-not-pasted", N_("From:, which is not in this text") },
    { "author-garbled", N_("From:, which cannot be read in this text") },
    { "several-authors", N_("From: names several domains") },
    { "author-unread", N_("From: names another author, who cannot be judged") },
    { "signature-not-pasted", N_("whether the mail was signed, since this text is only a part of it") },
    { "identifier-undetermined", N_("whether SPF or DKIM passed cannot be known") },
    { "trusted-report", N_("a trusted host says so; the record itself could not be looked up") },
    { "policy-undetermined", N_("whether there is a DMARC record cannot be known") },
    { "no-helo", N_("the client's HELO name is not known") },
    { "no-arc", N_("there is no ARC chain") },
    { "cv-fail", N_("the newest seal says that the chain was broken before") },
    { "structure", N_("the ARC fields do not make up whole sets") },
    { "message-signature", N_("the newest ARC-Message-Signature does not hold") },
    { "seal", N_("a seal of the chain does not hold") },
    /* ---- RFC 9989 and RFC 7489 disagree: dmarc-why.c ---- */
    { "why-walk-open", N_("RFC 9989 asks more names, and DNS left one of them open ({0}); RFC 7489 "
                          "came to an end without it ({1}).") },
    { "why-list-open", N_("DNS left a question open that only RFC 7489 asks ({1}); RFC 9989 "
                          "came to an end without it ({0}).") },
    { "why-record-by-walk-only", N_("Only the tree walk of RFC 9989 finds a record, at {0}; by the "
                                    "public suffix list that name is not asked.") },
    { "why-record-by-list-only", N_("Only RFC 7489 finds a record, at {0}; for the tree walk of "
                                    "RFC 9989 it does not count.") },
    { "why-other-record", N_("The RFCs find different records: RFC 9989 that of {0}, RFC 7489 that "
                             "of {1}.") },
    { "why-aligned-by-walk-only", N_("{0} belongs to the organization of From: by the records "
                                     "in DNS ({1}, RFC 9989), not by the public suffix list "
                                     "({2}).") },
    { "why-aligned-by-list-only", N_("{0} belongs to the organization of From: by the public "
                                     "suffix list ({2}, RFC 7489), not by the records in DNS "
                                     "({1}).") },
    { "why-both-open", N_("DNS left a question open for either RFC, not the same one: RFC 9989 comes "
                          "to {0}, RFC 7489 to {1}.") },
    { "why-search-ends", N_("What stands at {0} counts for nothing. RFC 9989 goes on and finds the "
                            "record of {1}; by RFC 7489 the search ends there.") },
    { "why-np-invalid", N_("In the record of {0} np= asks for a policy that does not exist, which "
                           "spoils it for RFC 9989. RFC 7489 does not know np= and asks for "
                           "{1}.") },
    { "why-existence-open", N_("The record of {0} asks for another policy where a name does not "
                               "exist (np=), and whether it does is not known. RFC 7489 does not "
                               "know np= and asks for {1}.") },
    { "why-policy-tag", N_("RFC 9989 goes by {0}= in the record, RFC 7489 by {1}=.") },
    { "why-testing", N_("The record is in test (t=y): RFC 9989 asks for {0} only. RFC 7489 does "
                        "not know t= and asks for {1}.") },
    { "why-pct", N_("RFC 7489 goes by pct= and asks for {1}; RFC 9989 ignores it and asks for "
                    "{0}.") },
    /* ---- departures from RFC 8601 in a results field ---- */
    { "no-authserv-id", N_("does not name the host that wrote it") },
    { "unknown-version", N_("an unknown version") },
    { "bare-domain", N_("a domain stands where a result should") },
    { "stray-text", N_("text that belongs to no result") },
    { "unclosed-comment", N_("a comment is not closed") },
    { "unclosed-quote", N_("a quoted text is not closed") },
    { "property-without-ptype", N_("a property without its kind (as smtp. or header.)") },
    { "unknown-ptype", N_("a property of unknown kind") },
    { "property-segment", N_("a property stands where a result should") },
    { "empty-property", N_("a property without value") },
    { "property-without-result", N_("a property that belongs to no result") },
    { "too-many-properties", N_("more properties than were read") },
    { "missing-semicolon", N_("a semicolon is missing between results") },
    { "unregistered-method", N_("a method that is not registered") },
    { "unregistered-result", N_("a result that is not registered") },
    { "empty-result", N_("a method without result") },
    { "too-many-results", N_("more results than were read") },
    { "trailing-semicolon", N_("a semicolon at the end") },
    { "empty-segment", N_("nothing between two semicolons") },
    { "encoded-words", N_("written in encoded words") },
    { "no-results", N_("no results in it") },
    { "control-character", N_("control characters in it") },
    { NULL, NULL }
};

const TextWords words_inputs[] = {
    { "client-ip", N_("client IP") },
    { "lookups", N_("DNS lookups") },
    { "record-lookups", N_("DNS lookups of the whole record") },
    { "crossed", N_("crossed by") },
    { "void-lookups", N_("lookups without answer") },
    { "author-domain", N_("reader sees (From:)") },
    { "identifier-domain", N_("proved") },
    { "mode", N_("mode") },
    { "org-domain", N_("organization") },
    { "record", N_("record") },
    { "record-domain", N_("record of") },
    { "policy", N_("policy") },
    { "tag", N_("tag") },
    { "key-bits", N_("key size in bits") },
    { "algorithm", N_("algorithm") },
    { "canonicalization", N_("canonicalization") },
    { "selector", N_("selector") },
    { "body-hash", N_("body hash, signed (bh=)") },
    { "computed-hash", N_("body hash, computed") },
    { "signed-fields", N_("signed fields") },
    { "mail-from", N_("MAIL FROM") },
    { "helo", N_("HELO") },
    { "authenticated", N_("authenticated?") },
    { "at", N_("as of") },
    { "author-org-domain", N_("organization of From") },
    { "identifier-org-domain", N_("organization of the proved name") },
    { "signed-at", N_("signed (t=)") },
    { "expires-at", N_("expires (x=)") },
    { "mailing-list", N_("passed on by the list") },
    { "fidelity", N_("fidelity of this text") },
    { "fidelity-needed", N_("needed") },
    { NULL, NULL }
};
