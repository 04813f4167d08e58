/* words-peers.c: second opinions (src/peers) in words.
 * SPDX-License-Identifier: MIT
 *
 * The reasons complete a sentence: "A receiver that runs … would say …, …". */
#include "tree/words.h"

#include "base/translate.h"

/* Arguments: library and version, method, its result, id of the reason. */
const StepWords words_peers[] = {
    { "second-opinion-asked", N_("{0} is being asked"),
      N_("What would a receiver that runs {0} have said?"),
      { { RESULT_INFO, N_("Its answer will stand here in a moment. The verdict does not wait for it: what it says is "
                          "never our verdict.") } } },
    { "second-opinion", N_("{0} would say {1}={2}: {#3}"),
      N_("What would a receiver that runs {0} have said?"),
      { { RESULT_INFO, N_("Many receivers leave this check to {0}. What it says is never our "
                          "verdict; it explains what such a receiver did.") } } },
    { NULL, NULL, NULL, { { RESULT_UNKNOWN, NULL } } }
};

const TextWords words_peer_reasons[] = {
    { "second-opinion-agrees", N_("the same as here") },
    /* ---- no opinion ---- */
    { "peer-asked", N_("not known yet, since it is being asked now") },
    { "peer-missing", N_("not asked, since the library is not installed or cannot be confined "
                         "here") },
    { "peer-crashed", N_("not known, since it crashed over this question") },
    { "peer-timed-out", N_("not known, since it did not come to an end") },
    { "peer-nonsense", N_("not known, since it gave no readable answer") },
    { "peer-open", N_("not known, since it wants a DNS answer that is not at hand") },
    { "peer-inputs-open", N_("not known, since a result of SPF or DKIM is not known that it "
                             "goes by") },
    { "peer-own-open", N_("not asked, since there is no verdict of our own to compare with") },
    { "peer-no-question", N_("not asked, since the message lacks what the question needs") },
    /* ---- libspf2 1.2.10 ---- */
    { "peer-loopback", N_("wrongly, because it lets every client on the loopback address pass "
                          "without reading a record") },
    { "peer-lookup-limit", N_("wrongly, because it counts DNS lookups for each include anew, "
                              "so more than 10 go unnoticed") },
    { "peer-void-limit", N_("wrongly, because it does not count lookups that found nothing") },
    { "peer-name-limit", N_("wrongly, because it drops the names beyond the tenth in silence") },
    { "peer-bad-grammar", N_("wrongly, because it accepts a record that breaks the grammar") },
    { "peer-prefix-zero", N_("wrongly, because it refuses the prefix length /0") },
    { "peer-many-terms", N_("wrongly, because it reads only the first 63 or so ip4: terms of a "
                            "record") },
    { "peer-redirect-early", N_("wrongly, because it follows redirect= where it stands, not "
                                "after all other terms") },
    { "peer-macro-cut", N_("wrongly, because it cuts a macro with a number of labels, as "
                           "%{{d2}, one character short") },
    { "peer-ptr-limit", N_("wrongly, because more than ten names of an address are an error to "
                             "it") },
    { "peer-ptr-trouble", N_("wrongly, because DNS trouble with a ptr term ends its check") },
    { "peer-exp-blanks", N_("with a broken explanation, because it takes a blank in exp= for a "
                            "macro") },
    /* ---- OpenDMARC 1.4.2 ---- */
    { "peer-first-label", N_("wrongly, because it drops a first label of one character, so "
                             "that x.com and evil.com are related") },
    { "peer-public-suffix", N_("wrongly, because it takes a public suffix for an organization, "
                               "so that one name under it vouches for another") },
    { "peer-strict", N_("wrongly, because in strict mode it lets other names of the "
                        "organization pass") },
    { "peer-unknown-top", N_("wrongly, because it knows no organization under a top-level "
                             "domain that is not in its list") },
    { "peer-wildcard-rule", N_("wrongly, because it does not understand the rules with * and ! "
                               "of the public suffix list") },
    { "peer-version-anywhere", N_("wrongly, because it takes a record that does not begin with "
                                  "v=DMARC1") },
    { "peer-policy-word", N_("wrongly, because it takes a policy that does not exist for the "
                             "one whose first letters it has") },
    { "peer-several-records", N_("wrongly, because it takes the first of several records, none "
                                 "of which counts") },
    { "peer-record-refused", N_("because it refuses a record for one tag that it cannot read, "
                                "which RFC 7489 would pass over") },
    { "peer-unexplained", N_("for a reason that is not among its known faults") },
    { NULL, NULL }
};
