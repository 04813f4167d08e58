/* words-spf.c: the steps of an SPF check (src/auth/spf*.c) in words.
 * SPDX-License-Identifier: MIT
 *
 * Arguments of a term: {0} as it stands in the record, {1} its network or name, {2} the client's
 * address, {3} whose record, {4} what a match means (pass, fail, softfail, neutral). */
#include "tree/words.h"

#include "base/translate.h"

/* What every term that asks DNS can come to besides yes and no. */
#define SKIPPED { RESULT_SKIPPED, N_("Not tried: the answer stood before this term was reached.") }
#define TEMPERROR { RESULT_TEMPERROR, \
    N_("DNS gave no usable answer for {1}. The receiver cannot know whether this term matches, " \
       "and should try again later.") }
#define LIMIT { RESULT_PERMERROR, \
    N_("Here the check went over a limit: at most 10 terms may ask DNS, at most 2 answers may be " \
       "empty, and one mx may name at most 10 servers. The record must be made smaller.") }
#define UNKNOWN { RESULT_UNKNOWN, \
    N_("Nobody here knows what DNS says about {1}, so whether this term matches is not known. It " \
       "is neither a pass nor a fail.") }

const StepWords words_spf[] = {
    { "spf-record", N_("SPF record of {0}"),
      N_("Which servers does {0} allow to send its mail? It says so in a TXT record of DNS that "
         "begins with v=spf1."),
      { { RESULT_YES, N_("{0} publishes \"{1}\". Its terms are tried from left to right; the "
                         "first that matches this server decides.") },
        { RESULT_NONE, N_("{0} publishes no SPF record, so it says nothing about who may send for "
                          "it. A record of another name, even of the domain above, does not "
                          "count.") },
        { RESULT_PERMERROR, N_("What {0} publishes cannot be used as an SPF record; the step below "
                               "says why. Receivers get nothing from it.") },
        { RESULT_TEMPERROR, N_("DNS gave no usable answer for {0}. A receiver should try again "
                               "later.") },
        { RESULT_UNKNOWN, N_("Nobody here knows whether {0} has an SPF record: the question was "
                             "not asked, or the snapshot has no answer to it.") } } },
    { "spf-several", N_("Several SPF records at {0}"),
      N_("Has {0} exactly one SPF record?"),
      { { RESULT_UNKNOWN, N_("No. {0} has more than one TXT record that begins with v=spf1. "
                             "Receivers do not choose: this is an error. Merge them into "
                             "one.") } } },
    { "spf-syntax", N_("Not SPF: {1}"),
      N_("Is every term of the record written as SPF wants it?"),
      { { RESULT_UNKNOWN, N_("No. \"{1}\" is no term of SPF. One faulty term makes the whole "
                             "record of {0} an error, even where another term would have "
                             "matched.") } } },
    { "spf-all", N_("{0}"),
      N_("What does {3} say about all other servers?"),
      { { RESULT_YES, N_("\"all\" stands for every address that no earlier term matched, and "
                         "{2} is one. The answer is {4}.") },
        SKIPPED, UNKNOWN } },
    { "spf-ip4", N_("{0}"),
      N_("Is {2} inside {1}?"),
      { { RESULT_YES, N_("This server's address {2} is inside {1}, so this term matches and the "
                         "record's answer is {4}.") },
        { RESULT_NO, N_("This server's address {2} is not inside {1}. The next term is tried.") },
        SKIPPED, UNKNOWN } },
    { "spf-ip6", N_("{0}"),
      N_("Is {2} inside {1}?"),
      { { RESULT_YES, N_("This server's address {2} is inside {1}, so this term matches and the "
                         "record's answer is {4}.") },
        { RESULT_NO, N_("This server's address {2} is not inside {1}. The next term is tried.") },
        SKIPPED, UNKNOWN } },
    { "spf-a", N_("{0}"),
      N_("Does {2} fit an address of {1}?"),
      { { RESULT_YES, N_("This server's address {2} fits an address that DNS gives for {1}, so "
                         "this term matches and the record's answer is {4}.") },
        { RESULT_NO, N_("This server's address {2} fits no address that DNS gives for {1}. The "
                        "next term is tried.") },
        TEMPERROR, LIMIT, SKIPPED, UNKNOWN } },
    { "spf-mx", N_("{0}"),
      N_("Does {2} fit an address of a server that receives mail for {1}?"),
      { { RESULT_YES, N_("{2} fits an address of a server that receives mail for {1}, so this term "
                         "matches and the record's answer is {4}.") },
        { RESULT_NO, N_("{2} fits no address of a server that receives mail for {1}. The next term "
                        "is tried.") },
        TEMPERROR, LIMIT, SKIPPED, UNKNOWN } },
    { "spf-ptr", N_("{0}"),
      N_("Does reverse DNS name {2} as {1} or something below it, and does that name lead back?"),
      { { RESULT_YES, N_("Reverse DNS gives {2} a name within {1}, and that name leads back to it, "
                         "so this term matches and the record's answer is {4}.") },
        { RESULT_NO, N_("Reverse DNS gives {2} no name within {1} that leads back to it. The next "
                        "term is tried. (ptr is slow and unreliable; new records should not use "
                        "it.)") },
        LIMIT, SKIPPED, UNKNOWN } },
    { "spf-exists", N_("{0}"),
      N_("Is there any address under the name {1}?"),
      { { RESULT_YES, N_("DNS has an address for {1}. Which one does not matter: this term matches "
                         "and the record's answer is {4}.") },
        { RESULT_NO, N_("DNS has no address for {1}. The next term is tried.") },
        TEMPERROR, LIMIT, SKIPPED, UNKNOWN } },
    { "spf-include", N_("{0}"),
      N_("Would {1} itself allow {2}? Then {3} does, too."),
      { { RESULT_YES, N_("The record of {1} allows {2}, so this term matches and the record's "
                         "answer is {4}.") },
        { RESULT_NO, N_("The record of {1} does not allow {2}. That is no refusal: an include only "
                        "ever adds servers. The next term of {3} is tried.") },
        { RESULT_TEMPERROR, N_("DNS gave no usable answer that the record of {1} needs. A receiver "
                               "should try again later.") },
        { RESULT_PERMERROR, N_("The record of {1} is missing or faulty, or a limit was crossed "
                               "in it. That makes the record of {3} an error, too: take the "
                               "include out, or let the owner of {1} mend it.") },
        SKIPPED, UNKNOWN } },
    { "spf-redirect", N_("{0}"),
      N_("No term of {3} matched. What does the record of {1} say, which stands in for it?"),
      { { RESULT_YES, N_("The record of {3} hands the question over to {1}, whose answer "
                         "counts.") },
        { RESULT_TEMPERROR, N_("DNS gave no usable answer that the record of {1} needs. A receiver "
                               "should try again later.") },
        { RESULT_PERMERROR, N_("The record of {3} hands the question over to {1}, where the record "
                               "is missing or faulty, or a limit was crossed. That is an error.") },
        SKIPPED, UNKNOWN } },
    { "spf-exp", N_("explanation: {0}"),
      N_("What does the domain tell the senders that it refuses?"),
      { { RESULT_INFO, N_("The domain's own words, which the receiver may pass on: {1}") },
        { RESULT_UNKNOWN, N_("The record points to an explanation that is missing or cannot be "
                             "read. The result is the same without it.") } } },
    { NULL }
};
