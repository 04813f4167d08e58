/* misconception.c: the table of what learners believe.
 * SPDX-License-Identifier: MIT */
#include "lesson/misconception.h"

#include "base/translate.h"

static const Misconception table[MISCONCEPTIONS + 1] = {
    [BELIEF_SPF_CHECKS_FROM] =
        { N_("SPF checks the From: that I see."),
          N_("SPF checks a name of the envelope: MAIL FROM, or HELO where that is empty. Only DMARC "
             "compares it with From:."),
          "RFC 7208, 2.4; RFC 9989, 3.2.4" },
    [BELIEF_TWO_PASSES_SUFFICE] =
        { N_("If SPF and DKIM both pass, DMARC passes."),
          N_("A pass counts only for the name that passed. For DMARC that name must belong to the "
             "organization in From:."),
          "RFC 9989, 4.4 and 5.3.5" },
    [BELIEF_BOTH_MUST_PASS] =
        { N_("SPF and DKIM must both pass."),
          N_("One is enough: a single pass by a name that belongs to From:'s organization makes DMARC "
             "pass."),
          "RFC 9989, 5.3.5" },
    [BELIEF_PASS_IS_SAFE] =
        { N_("What passes DMARC is safe, or goes to the inbox."),
          N_("A pass says that the domain in From: stood behind the mail. Criminals have domains, too, "
             "and a receiver may still put such mail aside."),
          "RFC 9989, 5.4" },
    [BELIEF_NONE_IS_OFF] =
        { N_("p=none means that DMARC is off."),
          N_("p= is what the owner wishes for mail that fails. Pass or fail is found out all the same, "
             "and stands in reports."),
          "RFC 9989, 4.7 and 5.3.6" },
    [BELIEF_REJECT_IS_AN_ORDER] =
        { N_("p=reject means that the receiver must reject."),
          N_("It is the owner's wish. The receiver decides, and should look at more than this one "
             "wish."),
          "RFC 9989, 7.4 and 8" },
    [BELIEF_SENDER_WRITES_RETURN_PATH] =
        { N_("Return-Path is written by the sender, so it can be relied on."),
          N_("The last server writes it, from MAIL FROM, when it delivers. A saved file may lack it, "
             "or hold one that somebody put there."),
          "RFC 5321, 4.4" },
    [BELIEF_REPLY_TO_COUNTS] =
        { N_("Reply-To: or Sender: can make DMARC pass."),
          N_("DMARC looks at From: alone. No other field of the header counts."),
          "RFC 9989, 4.2 and A.3" },
    [BELIEF_INCLUDE_ALIGNS] =
        { N_("An include of the sending service in my domain's SPF record aligns SPF."),
          N_("SPF is looked up at the domain in MAIL FROM. As long as that is the service's, the "
             "record of my own domain is never asked: MAIL FROM must become mine, or a signature must "
             "carry my name."),
          "RFC 7208, 2.4; RFC 9989, 4.4.2" },
    [BELIEF_IDENTITY_COUNTS] =
        { N_("DKIM's i=, or the selector, is compared with From:."),
          N_("The d= of a valid signature is compared, nothing else of it."),
          "RFC 6376, 3.5; RFC 9989, 4.4.1" },
    [BELIEF_FIRST_SIGNATURE_DECIDES] =
        { N_("The first signature decides, and a bad one spoils the rest."),
          N_("Each signature is judged by itself. One that is valid and of From:'s organization is "
             "enough, whatever the others do."),
          "RFC 9989, 4.4.1" },
    [BELIEF_SOFTFAIL_IS_HALF_A_PASS] =
        { N_("Softfail or neutral is half a pass."),
          N_("Only pass proves a name. Everything else counts for DMARC as if SPF had said nothing "
             "good."),
          "RFC 7208, 2.6; RFC 9989, 4.4.2" },
    [BELIEF_HELO_COUNTS] =
        { N_("An SPF pass for HELO counts."),
          N_("DMARC goes by MAIL FROM. HELO takes its place only where MAIL FROM is empty, as in "
             "bounces."),
          "RFC 7208, 2.4; RFC 9989, 3.2.4" },
    [BELIEF_ALL_IN_INCLUDE_COUNTS] =
        { N_("The ~all or -all inside an include matters."),
          N_("An include asks one thing: would that record say pass? If not, the search goes on in the "
             "outer record, whose own end counts."),
          "RFC 7208, 5.2" },
    [BELIEF_FAIL_IS_SAFER] =
        { N_("-all is simply safer than ~all."),
          N_("Some receivers refuse on -all before they look at anything else. Mail with a good "
             "signature of the right domain is then lost, and no report tells."),
          "RFC 9989, 7.1" },
    [BELIEF_RELAXED_IS_PARENT_AND_CHILD] =
        { N_("Relaxed means parent and child only."),
          N_("Relaxed asks for the same organization: siblings are, too (a.example.com and "
             "b.example.com). Strict asks for the very same name."),
          "RFC 9989, 3.2.10.1 and 3.2.10.2" },
    [BELIEF_TWO_LABELS] =
        { N_("The organization is the last two labels of a name."),
          N_("RFC 9989 finds it by asking DNS for DMARC records upward; RFC 7489 by a list of public "
             "suffixes. It may be three labels (shop.co.jp), or another name than expected."),
          "RFC 9989, 4.10; RFC 7489, 3.2" },
    [BELIEF_SRS_PASSES] =
        { N_("SRS makes forwarded mail pass DMARC."),
          N_("SRS makes SPF pass for the forwarder's domain, which is not From:'s. Only a signature "
             "that arrives whole helps."),
          "RFC 9989, 4.4.2 and 7.4; RFC 7960" },
    [BELIEF_ARC_PASSES] =
        { N_("arc=pass means that DMARC passes."),
          N_("ARC is what earlier hosts say they saw. A receiver may believe them and make an "
             "exception; DMARC's result stays what it is."),
          "RFC 8617, 7.2" },
    [BELIEF_RESULTS_ARE_TRUE] =
        { N_("Whatever an Authentication-Results field says is true."),
          N_("Anybody can write one. Only those count that your own receiving hosts wrote."),
          "RFC 8601, 5 and 7.1" },
    [BELIEF_FAIL_IS_FORGED] =
        { N_("dkim=fail means that the mail is forged."),
          N_("Most often something changed on the way: a footer of a list, a gateway. The signature "
             "counts as if it were not there; it proves nothing bad."),
          "RFC 6376, 6.1" },
    [BELIEF_PCT_IS_A_SHARE] =
        { N_("pct=50 asks for half of the mail."),
          N_("RFC 9989 has no pct. Who wants to test says t=y, which asks for one level less: reject "
             "becomes quarantine, quarantine becomes none."),
          "RFC 9989, 4.7 and A.6" },
    [BELIEF_MY_RECORD_DECIDES] =
        { N_("My DMARC record decides about the mail that I send in another's name."),
          N_("The record of the domain in From: decides, whoever sent it."),
          "RFC 9989, 4.10.1" },
    [BELIEF_SPF_IS_INHERITED] =
        { N_("A domain inherits the SPF record of the one above it."),
          N_("It does not: www.example.com needs a record of its own. (A DMARC record is looked for "
             "upward; an SPF record is not.)"),
          "RFC 7208, 4.5" },
    [BELIEF_NONE_CHANGES_NOTHING] =
        { N_("Publishing p=none changes nothing."),
          N_("It asks receivers for nothing, and yet mail that nothing vouches for now reads fail, in "
             "reports and at receivers."),
          "RFC 9989, 4.7" },
    [BELIEF_NAMES_MUST_BE_THE_SAME] =
        { N_("MAIL FROM and From: must be the same."),
          N_("In relaxed mode the same organization is enough; and with a signature of that "
             "organization, MAIL FROM may be anybody's."),
          "RFC 9989, 3.2.10.1" },
    [BELIEF_VISITOR_SOFTENS] =
        { N_("The person in From: should soften the SPF record to ~all."),
          N_("The record of a visitor's domain is right as it is. The form, or the service, must stop "
             "using that name: its own goes into From:, the visitor's into Reply-To:."),
          "RFC 9989, 7.1" },
};

const Misconception *
misconception_get(guint number)
{
    return number >= 1 && number <= MISCONCEPTIONS ? &table[number] : NULL;
}

const char *
misconception_belief(guint number)
{
    const Misconception *found = misconception_get(number);

    return found ? translate(found->belief) : "";
}

const char *
misconception_truth(guint number)
{
    const Misconception *found = misconception_get(number);

    return found ? translate(found->truth) : "";
}
