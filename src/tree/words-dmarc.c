/* words-dmarc.c: the alignment tree in words.
 * SPDX-License-Identifier: MIT
 *
 * Titles are one line of a narrow pane: the outcome stands behind them. Arguments stand
 * in src/auth/dmarc.c, dmarc-policy.c and treewalk.c, where the steps are made. */
#include "tree/words.h"

#include "base/translate.h"

const StepWords words_dmarc[] = {
    { "dmarc", N_("DMARC for {0}"), N_("Did {0} stand behind this mail?"),
      { { RESULT_PASS, N_("Yes. At least one name that was proved belongs to the same organization "
                          "as {0}. One is enough.") },
        { RESULT_FAIL, N_("No. Nothing that was proved belongs to {0}. What was proved for other "
                          "names does not count, however many ticks it got.") },
        { RESULT_NONE, N_("{0} publishes no DMARC record, so the question was not asked. "
                          "That is neither good nor bad.") },
        { RESULT_TEMPERROR, N_("DNS did not answer a question that matters. That is neither pass nor "
                               "fail: ask again later.") },
        { RESULT_UNKNOWN, N_("This cannot be told from what is at hand. The steps above say what is "
                             "missing.") } } },
    { "dmarc-several", N_("DMARC for several author domains"),
      N_("Did every domain in From: stand behind this mail?"),
      { { RESULT_PASS, N_("Each of them is vouched for.") },
        { RESULT_FAIL, N_("At least one of them is not vouched for, and its policy counts.") },
        { RESULT_UNKNOWN, N_("DMARC is made for one author domain. Receivers may check each, or "
                             "refuse such mail.") } } },
    { "dmarc-no-author", N_("DMARC: no author domain"), N_("Whose name is to be proved?"),
      { { RESULT_UNKNOWN, N_("From: names no domain, so there is nothing to prove and DMARC does not "
                             "apply. Most receivers refuse such mail.") } } },
    { "dmarc-redacted", N_("DMARC: the author is blacked out"), N_("Whose name is to be proved?"),
      { { RESULT_UNKNOWN, N_("The address in From: was made unreadable before the message came here. "
                             "Whose name it was, nobody can tell, so nothing can be judged.") } } },
    { "dmarc-not-pasted", N_("DMARC: From: is not in this text"), N_("Whose name is to be proved?"),
      { { RESULT_UNKNOWN, N_("This is a part of a message, and From: is not in it. Paste the whole header, "
                             "or ask for the original.") } } },
    { "dmarc-garbled", N_("DMARC: From: cannot be read"), N_("Whose name is to be proved?"),
      { { RESULT_UNKNOWN, N_("From: cannot be read, and this text is not as it was sent: that may be the cause. Copy the "
                             "source as it is, or ask for the original.") } } },
    { "author", N_("From: {0}"), N_("Whose name does the reader see?"),
      { { RESULT_INFO, N_("Readers see {0}. So {1} is the name to be proved. The other names in "
                          "this mail matter only if they belong to it.") },
        { RESULT_UNKNOWN, N_("From: does not name one domain.") } } },
    { "policy", N_("Policy  {1}  {2}"), N_("What does the owner of {0} ask receivers to do?"),
      { { RESULT_YES, N_("The record at {1} governs here: {2}. That is a wish for mail that fails; "
                         "the receiver decides.") },
        { RESULT_NONE, N_("There is no usable DMARC record for {0}, so nothing is asked.") },
        { RESULT_TEMPERROR, N_("DNS did not answer, so nobody knows what is asked.") },
        { RESULT_UNKNOWN, N_("The record could not be looked up here. Give DNS answers (a snapshot, or "
                             "--dns FILE).") } } },
    { "policy-query", N_("{0}"), N_("Is there a DMARC record at this name?"),
      { { RESULT_YES, N_("Yes: {1}") },
        { RESULT_NONE, N_("No usable record here. The search goes on one label higher.") },
        { RESULT_PERMERROR, N_("A record stands here, but a tag is repeated in it: {1}. Such a list is "
                               "not valid and does not count.") },
        { RESULT_TEMPERROR, N_("DNS did not answer. The search stops: what stands higher would depend "
                               "on it.") },
        { RESULT_SKIPPED, N_("The name would be too long to exist.") },
        { RESULT_UNKNOWN, N_("Nobody knows: this answer is not at hand.") } } },
    { "spf-vouches", N_("SPF   vouches for From:?"), N_("Does the SPF result count for {1}?"),
      { { RESULT_YES, N_("Yes: the sending server was allowed, by a name of the same organization.") },
        { RESULT_NO, N_("No. To count, SPF must pass and its name must belong to {1}.") },
        { RESULT_UNKNOWN, N_("This cannot be told.") } } },
    { "dkim-vouches", N_("DKIM  vouches for From:?"), N_("Does the signature of {0} count for {1}?"),
      { { RESULT_YES, N_("Yes: the signature is valid, by a name of the same organization.") },
        { RESULT_NO, N_("No. To count, the signature must be valid and its name must belong to {1}.") },
        { RESULT_UNKNOWN, N_("This cannot be told.") } } },
    { "reported-vouches", N_("{0}  vouches for From:?"),
      N_("Does {0} count for {1}? Only the receiving host speaks of it ({2})."),
      { { RESULT_YES, N_("Yes, by the word of a host that you trust.") },
        { RESULT_NO, N_("No.") },
        { RESULT_UNKNOWN, N_("That is somebody's word, and nothing in the message to check it by. It "
                             "counts only if you trust that host (--trust).") } } },
    { "dkim-none", N_("DKIM  no signature"), N_("Did anybody sign this mail?"),
      { { RESULT_UNKNOWN, N_("Nobody signed it. SPF alone can vouch for the author, and SPF breaks when "
                             "mail is forwarded.") } } },
    { "dkim-not-pasted", N_("DKIM  not in this text"), N_("Did anybody sign this mail?"),
      { { RESULT_UNKNOWN, N_("This is a part of a message, and no signature is in it. There may be one in "
                             "the rest.") } } },
    { "spf-identity", N_("MAIL FROM  {0}"), N_("Which name did the sending server give on the envelope?"),
      { { RESULT_INFO, N_("{1} is the envelope's sender: bounces go there. Readers do not see it. "
                          "SPF checks this name, not From:.") },
        { RESULT_UNKNOWN, N_("The envelope's sender is not in the message (a copy from a Sent folder "
                             "has none). Give it with --mail-from.") } } },
    { "spf-identity-null", N_("HELO  {0}"), N_("Which name stands for an empty envelope sender?"),
      { { RESULT_INFO, N_("The envelope's sender is empty, as in bounces. SPF then checks the name that "
                          "the server gave in HELO: {0}.") },
        { RESULT_UNKNOWN, N_("The envelope's sender is empty and HELO is not known. Give it with "
                             "--helo.") } } },
    { "spf-check", N_("{0} allowed there"), N_("May {0} send mail for {1}?"),
      { { RESULT_PASS, N_("Yes: the SPF record of {1} allows {0}. That says nothing about any other "
                          "name.") },
        { RESULT_FAIL, N_("No: the SPF record of {1} forbids it.") },
        { RESULT_SOFTFAIL, N_("Rather not: the record of {1} ends in ~all. That is no pass.") },
        { RESULT_NONE, N_("{1} publishes no SPF record. It does not inherit one from a parent domain.") },
        { RESULT_TEMPERROR, N_("DNS did not answer. That is neither pass nor fail.") },
        { RESULT_UNKNOWN, N_("This cannot be settled: open the branch to see why.") } } },
    { "spf-helo", N_("HELO  {1}"), N_("May {0} call itself {1}?"),
      { { RESULT_PASS, N_("Yes. A pass for HELO alone does not count for DMARC.") },
        { RESULT_UNKNOWN, N_("This says something about the server, not about From:.") } } },
    { "alignment", N_("same organization?"), N_("Does {0} belong to the same organization as {1}?"),
      { { RESULT_YES, N_("Yes: {0} and {1} count as one organization, so what was proved for the one "
                         "holds for the other.") },
        { RESULT_NO, N_("No. What was proved for {0} says nothing about {1}.") },
        { RESULT_UNKNOWN, N_("DNS answers are missing that would tell.") } } },
    { NULL, NULL, NULL, { { RESULT_UNKNOWN, NULL } } }
};
