/* words-check.c: what `check` says of a message that does not exist yet.
 * SPDX-License-Identifier: MIT
 *
 * Arguments of the steps: {0} the domain, {1} the assumed result; src/analysis/hypothesis.c. */
#include "tree/words.h"

#include "base/translate.h"

const StepWords words_check[] = {
    { "spf-assumed", N_("SPF assumed: {1}"), N_("What if SPF comes out as {1} for {0}?"),
      { { RESULT_PASS, N_("SPF was not asked: it is assumed that the record of {0} allows the "
                          "server. That says nothing about any other name.") },
        { RESULT_TEMPERROR, N_("SPF was not asked: it is assumed that DNS gives no answer. That is "
                               "neither pass nor fail.") },
        { RESULT_UNKNOWN, N_("SPF was not asked: it is assumed to come out as {1}, which vouches "
                             "for nobody.") } } },
    { "dkim-assumed", N_("signature assumed: {1}"),
      N_("What if the signature of {0} comes out as {1}?"),
      { { RESULT_PASS, N_("There is no signature yet: it is assumed that {0} signs and that the "
                          "signature arrives intact. That says nothing about any other name.") },
        { RESULT_TEMPERROR, N_("There is no signature yet: it is assumed that its key cannot be "
                               "fetched. That is neither pass nor fail.") },
        { RESULT_UNKNOWN, N_("There is no signature yet: it is assumed to come out as {1}, which "
                             "vouches for nobody.") } } },
    { NULL, NULL, NULL, { { RESULT_UNKNOWN, NULL } } }
};

/* `check --form`: the kinds of visitors, then what is said of all of them. */
const TextWords words_form[] = {
    { "given", N_("as given (--from)") },
    { "p-none", N_("p=none") },
    { "p-quarantine", N_("p=quarantine") },
    { "p-reject", N_("p=reject") },
    { "no-dmarc", N_("no DMARC record") },
    { "no-dmarc-spf-fail", N_("no DMARC record, SPF -all") },
    { "form-asks-nothing", N_("nothing") },
    { "form-asks-quarantine", N_("put it aside") },
    { "form-asks-reject", N_("refuse it") },
    { "form-asks-spf", N_("refuse it (SPF)") },
    { "form-answer-fail", N_("No. Mail with a visitor in From: fails DMARC wherever the visitor's "
                             "domain has a DMARC record: nothing in it speaks for that domain. "
                             "Where the policy is reject or quarantine, such mail is lost or put "
                             "aside; that is up to the visitor's domain, not to the form.") },
    { "form-answer-some", N_("Not for every visitor. Where the table says FAIL, nothing in the "
                             "mail speaks for the visitor's domain.") },
    { "form-answer-pass", N_("With what is assumed here it passes. But no form can speak for the "
                             "domain of every visitor: look at what was assumed.") },
    { "form-answer-open", N_("This cannot be told for every visitor from what is at hand. It is no "
                             "pass: a form has no way to speak for a visitor's domain.") },
    { "form-visitor-envelope", N_("The form uses the visitor as the envelope's sender, too (no "
                                  "--mail-from was given). So SPF asks the visitor's domain, which "
                                  "does not know the form's server, and a record that ends in -all "
                                  "gets mail refused even where there is no DMARC record. Bounces "
                                  "go to the visitor.") },
    /* {0} the mechanism, {1} the domain */
    { "form-other-name", N_("{0} passes for {1}. That is another name than the visitor's, so it "
                            "does not count.") },
    { "form-question-arrives", N_("Does mail from the form arrive? (form owner) Fill the form in "
                                  "with an address of your own whose domain publishes p=reject, "
                                  "and look for the mail: inbox, spam folder, quarantine, the "
                                  "server's log.") },
    { "form-question-typed", N_("Is From: what the visitor typed? (form owner) Look at the header "
                                "of a mail that the form sent: From:, Reply-To: and Return-Path. "
                                "Some forms write an address of their own already.") },
    { "form-question-hop", N_("Which hop on its way checks DMARC? (mail administrator) Follow the "
                              "Received fields from the web server to the mailbox. The results "
                              "field on top (Authentication-Results) names the host that checked; "
                              "mail that never leaves the house may not be checked at all.") },
    { "form-question-safe", N_("Is that safe? (mail administrator) If the mail arrives although "
                               "DMARC fails, something makes an exception: an allow list, a "
                               "trusted relay, no check. The same exception lets in everybody who "
                               "writes a stranger into From:, and it ends with the next forward or "
                               "the next change of provider.") },
    { "form-fix", N_("Whoever runs the form: let it write an address of its own into From: and the "
                     "visitor into Reply-To:. Answers still go to the visitor.") },
    /* {0} the address, {1} the verdict */
    { "form-fix-passes", N_("Tried: with {0} in From: the same mail passes DMARC ({1}).") },
    { "form-fix-none", N_("Tried: with {0} in From: nothing asks to refuse it, since its domain "
                          "has no DMARC record ({1}).") },
    { "form-fix-fails", N_("Tried: with {0} in From: the result is {1}. SPF or DKIM must pass for "
                           "that domain, too: check that with --from {0}.") },
    { "form-fix-open", N_("Tried: with {0} in From: the result is {1}.") },
    { "form-fix-unknown", N_("Give --mail-from, --ip or --dkim of the form to see whether its own "
                             "address would pass.") },
    { NULL, NULL }
};
