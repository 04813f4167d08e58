/* inputs-signatures.c: SPF and DKIM as they are said to come out.
 * SPDX-License-Identifier: MIT */
#include "analysis/inputs.h"

#include "analysis/spf-identities.h"
#include "headers/address.h"
#include "whatif/edit-value.h"
#include "whatif/outcome.h"

static void
set_text(char **slot, const char *text)
{
    g_free(*slot);
    *slot = g_strdup(text);
}

static Provenance
said(int result)
{
    return result == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN : PROVENANCE_ASSUMED;
}

/* What an edit says that comes out: one of result_words (edit_value_check()). */
static Result
result_said(const WhatIf *edit)
{
    Result result = RESULT_UNKNOWN;

    result_of_word(edit->value, &result);
    return result;
}

/* ---- SPF ---- */

static const WhatIf *
edit_of(const Edits *edits, const char *key)
{
    const WhatIf *found = NULL;

    for (guint i = 0; i < edits_length(edits); i++)
        if (g_str_equal(edits_get(edits, i)->key, key))
            found = edits_get(edits, i);
    return found;
}

Step *
inputs_spf(Inputs *inputs, Report *report)
{
    const WhatIf *edit = edit_of(inputs->edits, "spf");
    const char *domain = envelope_spf_domain(report->envelope);
    SpfResult *spf = report->spf->mail_from;

    if (edit && !domain && g_str_equal(edit->value, "pass")) {
        outcome_refuse(report, "what-if-no-domain", edit, NULL);
        edit = NULL;
    }
    if (!edit)
        return NULL;
    spf->result = (int)result_said(edit);
    set_text(&spf->domain, domain);
    spf->reason = "assumed";
    spf->provenance = said(spf->result);
    Step *step = step_add(NULL, "spf-assumed", "RFC 7208, 2.6", domain ? domain : "?",
                          edit->value, NULL);
    step_evidence(step, evidence_option(EDIT_EVIDENCE));
    step->folded = TRUE;
    return step_decide(step, (Result)spf->result, said(spf->result));
}

/* ---- DKIM ---- */

static void
replace_step(DmarcNotes *notes, guint index, const DkimResult *signature)
{
    Step *step = step_add(NULL, "dkim-assumed", "RFC 6376, 3.9",
                          signature->domain ? signature->domain : "?",
                          result_words[signature->result], NULL);

    step_evidence(step, evidence_option(EDIT_EVIDENCE));
    step->folded = TRUE;
    step_decide(step, (Result)signature->result, (Provenance)signature->provenance);
    record_free(&step_type, notes->dkim->pdata[index]);
    notes->dkim->pdata[index] = step;
}

/* Nobody computed it: the hashes are not known, and no key is missed. */
static void
say_result(DkimResult *signature, int result)
{
    signature->result = result;
    signature->provenance = said(result);
    signature->key_gone = FALSE;
    signature->reason = "assumed";
    signature->header_hash = signature->body_hash = "unknown";
}

static void
say_domain(DkimResult *signature, const char *domain)
{
    g_free(signature->domain);
    signature->domain = address_host(domain);
    g_clear_pointer(&signature->identity, g_free);
    say_result(signature, RESULT_PASS);
    g_ptr_array_insert(signature->evidence, 0, evidence_option(EDIT_EVIDENCE));
}

static void
add_signature(Report *report, DmarcNotes *notes, const char *domain)
{
    DkimResult *signature = record_new(&dkim_result_type);

    signature->unsigned_tail = 0;
    say_domain(signature, domain);
    g_ptr_array_add(report->dkim, signature);
    g_ptr_array_add(notes->dkim, NULL);
    replace_step(notes, notes->dkim->len - 1, signature);
}

/* `gone` says for each signature whether it is taken away. */
static void
edit_signature_said(const WhatIf *edit, Report *report, DmarcNotes *notes, gboolean *gone,
                    guint count)
{
    const guint number = edit_signature(edit->key);
    const gboolean domain = g_str_has_suffix(edit->key, ".d");

    if (number > count) {
        g_autofree char *there = g_strdup_printf("%u", count);
        outcome_refuse(report, "what-if-no-signature", edit, there);
        return;
    }
    DkimResult *signature = report->dkim->pdata[number - 1];
    gone[number - 1] = !domain && g_str_equal(edit->value, "none");
    if (gone[number - 1])
        return;
    if (domain)
        say_domain(signature, edit->value);
    else
        say_result(signature, (int)result_said(edit));
    replace_step(notes, number - 1, signature);
}

static void
take_away(Report *report, DmarcNotes *notes, const gboolean *gone, guint count)
{
    for (guint i = count; i > 0; i--) {
        if (!gone[i - 1])
            continue;
        record_free(&dkim_result_type, g_ptr_array_steal_index(report->dkim, i - 1));
        record_free(&step_type, g_ptr_array_steal_index(notes->dkim, i - 1));
    }
}

/* Whoever sends with another From: signs over that one: what held holds, but nobody verified it. */
static void
assume_signed(const Edits *edits, Report *report, DmarcNotes *notes)
{
    static const char *const fields[] = { "from", "sender", "reply-to" };

    for (guint i = 0; i < report->dkim->len; i++) {
        DkimResult *signature = report->dkim->pdata[i];
        gboolean edited = FALSE;
        for (gsize k = 0; k < G_N_ELEMENTS(fields); k++)
            edited = edited || (edits_value(edits, fields[k]) && dkim_names_field(signature, fields[k]));
        if (!edited || signature->result != RESULT_PASS)
            continue;
        signature->provenance = PROVENANCE_ASSUMED;
        if (notes->dkim->pdata[i])
            step_evidence(notes->dkim->pdata[i], evidence_option(EDIT_EVIDENCE));
    }
    if (notes->arc && edits_value(edits, "from") && report->arc->result == RESULT_PASS)
        step_evidence(notes->arc, evidence_option(EDIT_EVIDENCE));
}

void
inputs_edit_signatures(const Inputs *inputs, Report *report, DmarcNotes *notes)
{
    const Edits *edits = inputs->edits;
    const guint count = report->dkim->len;

    if (!edits)
        return;
    gboolean *gone = g_new0(gboolean, count + 1);
    assume_signed(edits, report, notes);
    for (guint i = 0; i < edits_length(edits); i++) {
        const WhatIf *edit = edits_get(edits, i);
        if (edit_signature(edit->key) > 0 && edits_counts(edits, i))
            edit_signature_said(edit, report, notes, gone, count);
    }
    for (guint i = 0; i < edits_length(edits); i++)
        if (g_str_equal(edits_get(edits, i)->key, "dkim.add"))
            add_signature(report, notes, edits_get(edits, i)->value);
    take_away(report, notes, gone, count);
    g_free(gone);
}
