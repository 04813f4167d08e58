/* words-advice-pass.c: advice on mail that passes, in words: what is optional, and what a pass is worth.
 * SPDX-License-Identifier: MIT */
#include "tree/words.h"

#include "base/translate.h"

const TextWords words_advice_pass[] = {
    /* {0} author, {1} "SPF" where that leg stands, {2} how many signatures do, {3} the leg of which
     * nothing is known, where there is one */
    { "nothing-must-change", N_("Nothing must change.") },
    /* {0} author, {1} the leg that is missing, {2} the one that stands */
    { "second-leg", N_("Optional: let {1} vouch for {0}, too. Today only {2} does; where it "
                       "breaks on the way, the mail fails.") },
    /* {0} author, {1} a name */
    { "leg-spared", N_("Without {1} ({0}) the mail still passes.") },
    { "leg-lost", N_("Without {1} ({0}) the mail fails.") },
    { "leg-open", N_("Without {1} ({0}) it cannot be known.") },

    /* {0} author, {1} in which way it looks like {2} */
    { "lookalike", N_("Do not go by the name that is shown. Write to the sender you know by the address "
                      "you have, not by answering this mail.") },
    { "lookalike.cause", N_("The address in From: is good for {0}, and for no other name. {#1}") },
    /* {0} whom it looks like */
    { "alike-name", N_("But the name shown beside it reads {0}.") },
    { "alike-domain", N_("But it looks like {0}.") },
    { "alike-script", N_("But it is written with letters that look like others.") },
    { "lookalike.not", N_("taking PASS for safe: it proves {0}, not the name it resembles.") },
    /* {0} author, {1} who vouched, {2} the name whose record joins them */
    { "shared-parent", N_("Publish psd=n in a DMARC record of your own: it makes you an organization of "
                          "your own. Whoever runs {2} should publish psd=y there.") },
    { "shared-parent.cause", N_("{1} vouches for {0} only because the record of {2} makes one "
                                "organization of all names below it (RFC 9989). By the public suffix "
                                "list they are strangers to each other.") },
    { "shared-parent.not", N_("taking PASS for a proof here: every neighbor below {2} could write in "
                              "this name.") },
    /* {0} author, {1} who vouched, {2} their organization, {3} the author's name right below it */
    { "sibling-names", N_("If strangers can have names below {2}, as with a hosting company, publish psd=n "
                          "in a DMARC record of {3}: it makes {3} an organization of its own. Whoever runs "
                          "{2} should then publish psd=y there.") },
    { "sibling-names.cause", N_("Not {0} itself vouches for this mail, but {1}. It counts since both belong "
                                "to {2}: right where one organization has all names there, and a way "
                                "to forge where they are given to strangers.") },
    { "sibling-names.not", N_("taking PASS for a proof of {0} itself: every name below {2} can vouch for "
                              "mail in this name.") },
    { "older-receivers", N_("Optional: sign with d={0}. Receivers that still go by RFC 7489 fail this "
                            "mail.") },
    { "spf-plus-all", N_("Name your servers, and end the SPF record of {0} in ~all. {1} lets every server "
                         "in the world write in this name.") },
    { "spf-plus-all.not", N_("+all as a way out of SPF trouble: every forgery passes with it.") },
    /* {0} author, {1} d=, {2} selector, {3} bits */
    { "unsigned-tail", N_("Optional: let {1} sign the whole body (leave l= out). What stands behind the "
                          "signed part anybody may have added.") },
    { "short-key", N_("Optional: sign with an RSA key of 2048 bits under a new selector. The present one "
                      "has {3}; it counts, but is on its way out.") },
    /* {0} MAIL FROM's domain, {1} how many */
    { "spf-crowded", N_("Optional: thin the SPF record of {0} out. All of it asks DNS {1} times, and 10 "
                        "are allowed; this mail matched before the limit, others may not.") },
    /* {0} author, {1} whose record */
    { "policy-none", N_("Optional: the DMARC record of {1} asks for nothing (p=none). Once its reports "
                        "have shown only mail that passes, for a month or so, ask for more.") },
    { "policy-none.not", N_("p=reject at once: reports first, then quarantine, then reject.") },
    { NULL, NULL }
};
