/* hypothesis.c: the checks of a message that does not exist yet, from what is assumed of it.
 * SPDX-License-Identifier: MIT */
#include "analysis/hypothesis-part.h"

#include "analysis/cause.h"
#include "analysis/inputs.h"
#include "analysis/prove.h"
#include "analysis/spf-identities.h"
#include "base/text.h"
#include "receivers/receivers.h"

/* Nothing was asked: the step says whose word the result is. */
static Step *
spf_step(const Report *report)
{
    const SpfResult *spf = report->spf->mail_from;
    Step *step = step_add(NULL, "spf-assumed", "RFC 7208, 2.6", spf->domain ? spf->domain : "?",
                          result_words[spf->result], NULL);

    step_evidence(step, evidence_option("--spf"));
    step->folded = TRUE;
    return step_decide(step, (Result)spf->result, (Provenance)spf->provenance);
}

static GPtrArray *
dkim_steps(const Report *report)
{
    GPtrArray *steps = g_ptr_array_new();

    for (guint i = 0; i < report->dkim->len; i++) {
        const DkimResult *signature = report->dkim->pdata[i];
        Step *step = step_add(NULL, "dkim-assumed", "RFC 6376, 3.9", signature->domain,
                              result_words[signature->result], NULL);
        evidence_copy_into(step->evidence, signature->evidence);
        step->folded = TRUE;
        g_ptr_array_add(steps, step_decide(step, (Result)signature->result,
                                           (Provenance)signature->provenance));
    }
    return steps;
}

/* An SPF record may really have been asked, but nobody sent this envelope: the verdict is assumed. */
static void
rest_on_assumptions(gpointer *slot, Step *tree)
{
    DmarcResult *result = record_own(&dmarc_result_type, slot);

    result->basis = provenance_words[PROVENANCE_ASSUMED];
    if (tree->provenance == PROVENANCE_RECOMPUTED)
        tree->provenance = PROVENANCE_ASSUMED;
}

/* The one cure, whatever SPF and DKIM say here: every other would ask all visitors to change their
 * DNS, or let a form send in anybody's name. */
static void
advise_form(const Hypothesis *hypothesis, Report *report)
{
    const Mailbox *visitor = report->from->addresses->pdata[0];
    const char *reply = visitor->address ? visitor->address : visitor->domain;
    Advice *advice = record_new(&advice_type);

    advice->pattern = "form-own-address";
    advice->who = "form-owner";
    advice->turns = g_strdup("author");
    if (hypothesis->own_address) {
        g_autofree char *own = text_visible(hypothesis->own_address, -1);
        g_autofree char *other = text_visible(reply, -1);
        advice->record = g_strdup_printf("From:     %s\nReply-To: %s", own, other);
    }
    g_ptr_array_add(report->advice, advice);
}

/* SPF as it is said, by an edit before all others, or as it is evaluated. */
static void
ask_spf(const Hypothesis *hypothesis, Inputs *inputs, Report *report, gint64 at, DmarcNotes *notes)
{
    notes->spf_mail_from = inputs_spf(inputs, report);
    if (!notes->spf_mail_from && hypothesis->spf_said) {
        g_free(report->spf->mail_from->domain);
        report->spf->mail_from->domain = g_strdup(envelope_spf_domain(report->envelope));
        notes->spf_mail_from = spf_step(report);
    } else if (!notes->spf_mail_from) {
        notes->spf_mail_from = spf_of_mail_from(report, inputs->resolver, at);
        notes->spf_helo = spf_of_helo(report, inputs->resolver, at);
    }
}

typedef struct {
    const Hypothesis *hypothesis;
    Resolver         *resolver;
} Again;

static Report *
run_again(const AnalysisOptions *options, gboolean *looked, gpointer data)
{
    const Again *again = data;

    *looked = TRUE;
    return hypothesis_run(again->hypothesis, again->resolver, options);
}

/* What stands on the verdict: who has to change what, what receivers would say. */
static void
conclude(const Again *again, const AnalysisOptions *asked, Report *report)
{
    prove_advice(report, asked, NULL, run_again, (gpointer)again);
    cause_mark(report);
    receivers_judge(asked->receivers, NULL, report);
    presentation_tell(asked->programs, report);
}

Report *
hypothesis_run(const Hypothesis *hypothesis, Resolver *resolver, const AnalysisOptions *asked)
{
    Report *report = record_copy(&report_type, hypothesis->premise);
    Inputs inputs;

    inputs_open(&inputs, NULL, resolver, asked, report);
    inputs_edit_premise(&inputs, report);
    const AnalysisOptions *options = &inputs.options;
    const gint64 at = options->at != RECORD_UNSET ? options->at : options->now;
    DmarcNotes notes = { .dkim = dkim_steps(report), .edited = TRUE };
    report->source->dns_source = g_strdup(resolver_source(resolver));
    ask_spf(hypothesis, &inputs, report, at, &notes);
    inputs_edit_signatures(&inputs, report, &notes);
    report->arc->result = RESULT_NONE;
    report->arc->reason = "no-arc";
    dmarc_check(report, inputs.resolver, options->psl, &notes);
    inputs_settle(&inputs, report);
    rest_on_assumptions((gpointer *)&report->dmarc->rfc9989, report->tree);
    rest_on_assumptions((gpointer *)&report->dmarc->rfc7489, report->tree_7489);
    if (hypothesis->form && report_dmarc(report)->result != RESULT_PASS)
        advise_form(hypothesis, report);
    if (asked->trial) {
        analysis_clear_notes(&notes);
    } else {
        lookalike_find(options->lookalikes, report);
        analysis_finish(NULL, inputs.resolver, &notes, report);
        conclude(&(Again){ hypothesis, resolver }, asked, report);
    }
    inputs_list(&inputs, report);
    /* Of an SPF result that was never computed other engines could only differ. */
    if (!hypothesis->spf_said && !hypothesis->form)
        analysis_opinions(report, inputs.resolver, options);
    inputs_close(&inputs);
    return report;
}
