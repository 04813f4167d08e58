/* outcome.c: what became of edits.
 * SPDX-License-Identifier: MIT */
#include "whatif/outcome.h"

#include "base/translate.h"
#include "tree/words.h"
#include "whatif/zone.h"

static const char *const refusals[] = {
    "what-if-no-signature", "what-if-no-field", "what-if-no-byte", "what-if-no-record",
    "what-if-record-unknown", "what-if-no-domain", "what-if-no-message", NULL
};

void
outcome_refuse(Report *report, const char *id, const WhatIf *edit, const char *arg)
{
    g_autofree char *text = edit_text(edit);

    report_add_finding(report, id, SEVERITY_PROBLEM, text, arg, NULL);
}

const Finding *
edits_refusal(const Report *report)
{
    for (guint i = 0; i < report->findings->len; i++) {
        const Finding *finding = report->findings->pdata[i];
        if (g_strv_contains(refusals, finding->id))
            return finding;
    }
    return NULL;
}

static gboolean
outcome_is_edited(const GPtrArray *evidence)
{
    for (guint i = 0; i < evidence->len; i++) {
        const Evidence *e = evidence->pdata[i];
        if ((e->kind == EVIDENCE_OPTION && g_str_equal(e->name, EDIT_EVIDENCE)) ||
            (e->kind == EVIDENCE_DNS && g_strcmp0(e->source, EDIT_EVIDENCE) == 0))
            return TRUE;
    }
    return FALSE;
}

gboolean
outcome_mark_assumed(Step *step)
{
    const gboolean own = outcome_is_edited(step->evidence);
    gboolean rests = own;

    for (guint i = 0; i < step->children->len; i++)
        if (outcome_mark_assumed(step->children->pdata[i]))
            rests = TRUE;
    for (guint i = 0; own && i < step->inputs->len; i++) {
        StepInput *input = step->inputs->pdata[i];
        if (input->provenance == PROVENANCE_RECOMPUTED)
            input->provenance = PROVENANCE_ASSUMED;
    }
    if (rests && step->provenance == PROVENANCE_RECOMPUTED)
        step->provenance = PROVENANCE_ASSUMED;
    return rests;
}

void
outcome_rest_on_edits(DmarcResult *result, Step *tree)
{
    if (result->result != RESULT_UNKNOWN && g_strcmp0(result->basis, "unknown") != 0)
        result->basis = provenance_words[PROVENANCE_ASSUMED];
    if (tree && (tree->provenance == PROVENANCE_RECOMPUTED || tree->provenance == PROVENANCE_REPORTED))
        tree->provenance = PROVENANCE_ASSUMED;
}

void
outcome_list(const Edits *edits, Report *report)
{
    for (guint i = 0; i < edits_length(edits); i++)
        if (edits_counts(edits, i))
            g_ptr_array_add(report->what_if, record_copy(&what_if_type, edits_get(edits, i)));
}

static const char *
policy_words(const char *applied)
{
    return applied ? applied : _("none published");
}

/* An edit of p=, sp= or t= changes what is asked, and seldom the verdict. (takes `verdict`, transfer
 * full) */
static char *
with_policy(const Report *report, char *verdict)
{
    const char *now = report_dmarc(report)->applied;

    if (report->what_if_before == RECORD_UNSET || g_strcmp0(now, report->what_if_asked) == 0)
        return verdict;
    g_autofree char *first = verdict;
    return words_fill(N_("{0}; policy: {1} with them, {2} without"), first, policy_words(now),
                      policy_words(report->what_if_asked), NULL);
}

static char *
verdict_words(const Report *report)
{
    const char *now = words_result((Result)report_dmarc(report)->result);

    if (report->what_if_before == RECORD_UNSET)
        return words_fill(N_("DMARC: {0} with these edits"), now, NULL);
    const char *before = words_result((Result)report->what_if_before);
    return words_fill(report->what_if_before == report_dmarc(report)->result
                          ? N_("DMARC: {0} with these edits, as without them")
                          : N_("DMARC: {0} with these edits, {1} without them"), now, before, NULL);
}

char *
what_if_verdict(const Report *report)
{
    return with_policy(report, verdict_words(report));
}

static gboolean
was_asked(const Report *report, const ZoneEdit *edit)
{
    for (guint i = 0; i < report->dns->len; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        /* An alias answers all types. */
        if (g_str_equal(answer->name, edit->name) &&
            (edit->type == DNS_CNAME || g_str_equal(answer->type, dns_type_word(edit->type))))
            return TRUE;
    }
    return FALSE;
}

void
outcome_note_unasked(const Edits *edits, Report *report)
{
    for (guint i = 0; i < edits_length(edits); i++) {
        const WhatIf *edit = edits_get(edits, i);
        g_autoptr(ZoneEdit) read = g_str_equal(edit->key, "dns")
                                       ? zone_edit_read(edit->value, NULL) : NULL;
        if (read && !was_asked(report, read))
            report_add_finding(report, "what-if-unasked", SEVERITY_INFO, read->name,
                               dns_type_word(read->type), NULL);
    }
}
