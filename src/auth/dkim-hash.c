/* dkim-hash.c: the two hashes of a DKIM signature, judged apart (RFC 6376, 3.7 and 6.1.3).
 * SPDX-License-Identifier: MIT */
#include "auth/dkim-check.h"
#include "auth/dkim-diagnose.h"

/* ---- the body hash (3.7, 6.1.3) ---- */

/* The hash as the verdict sees it: where the bytes are not those that were sent, one that does not
 * fit says nothing. */
static const char *
weigh_body(const DkimCheck *check, const BodyHash *hash)
{
    if (!fidelity_allows_body(check->common->message))
        return "unavailable";
    if (check->grade != GRADE_RAW && !g_str_equal(hash->outcome, "ok"))
        return "unknown";
    return hash->outcome;
}

static void
decide_body(DkimCheck *check, const char *outcome, Step *step)
{
    const gboolean open = g_str_equal(outcome, "unavailable") || g_str_equal(outcome, "unknown");

    step_arg(step, outcome);
    fidelity_note_body(step, check->common->message);
    if (open)
        step_arg(step, g_str_equal(outcome, "unknown") ? "hash-of-copy"
                       : check->grade == GRADE_TEXT ? "body-of-copy" : "no-body");
    else
        step_evidence(step, evidence_body(message_body(check->common->message)));
    step_decide(step, open ? RESULT_UNKNOWN : g_str_equal(outcome, "ok") ? RESULT_YES : RESULT_NO,
                open ? PROVENANCE_UNKNOWN : PROVENANCE_RECOMPUTED);
}

const char *
dkim_check_body(DkimCheck *check)
{
    g_autofree char *claimed = taglist_compact(taglist_get(check->sig->tags, "bh"));
    Step *step = step_add(check->step, "dkim-body", "RFC 6376, 3.7 and 6.1.3",
                          check->result->canonicalization, NULL);
    BodyHash hash = { .outcome = "unavailable" };

    if (fidelity_allows_body(check->common->message))
        body_hashes_check(check->common->bodies, check->sig, &hash);
    const char *outcome = weigh_body(check, &hash);
    step_input(step, "body-hash", claimed, PROVENANCE_MESSAGE);
    step_input(step, "computed-hash", hash.computed, PROVENANCE_RECOMPUTED);
    decide_body(check, outcome, step);
    check->result->body_hash = g_str_equal(outcome, "l-exceeds-body") ? "mismatch" : outcome;
    check->result->unsigned_tail = hash.tail;
    if (g_str_equal(outcome, "mismatch"))
        dkim_diagnose_body(check->common->message, check->sig, check->common->bodies,
                           &check->common->effort, step, check->common->report);
    body_hash_clear(&hash);
    return outcome;
}

/* ---- the header hash ---- */

static void
note_covered(DkimCheck *check, const GArray *selected, Step *step)
{
    for (guint i = 0; i < selected->len; i++) {
        const int index = g_array_index(selected, int, i);
        if (index < 0)
            continue;
        g_array_append_val(check->result->covered, message_field(check->common->message, (guint)index)->all);
    }
    g_autofree char *names = taglist_compact(taglist_get(check->sig->tags, "h"));
    step_input(step, "signed-fields", names, PROVENANCE_MESSAGE);
}

/* What does not fit in a copy stays open: the text may have been damaged after it was received. */
static void
decide_header(DkimCheck *check, gboolean good, Step *step)
{
    DkimCommon *common = check->common;

    if (good || check->grade == GRADE_RAW) {
        check->result->header_hash = good ? "ok" : "mismatch";
        step_decide(step, good ? RESULT_YES : RESULT_NO, PROVENANCE_RECOMPUTED);
    } else {
        step_arg(step, fidelity_allows_header(common->message, check->sig->header_canon)
                           ? "hash-of-copy" : "simple-of-copy");
        step_decide(step, RESULT_UNKNOWN, PROVENANCE_UNKNOWN);
    }
    if (!good && check->grade == GRADE_RAW)
        dkim_diagnose_header(common->message, check->sig, check->index, common->fields,
                             &check->key, &common->effort, step, common->report);
}

static gboolean
verify_header(DkimCheck *check, const GArray *selected)
{
    const DkimSig *sig = check->sig;

    if (!fidelity_allows_header(check->common->message, sig->header_canon))
        return FALSE;
    g_autoptr(GString) data =
        dkim_sig_signed_data(sig, check->common->message, check->index, selected);
    return key_fetch_verify(&check->key, sig->signature, sig->signature_length, data);
}

gboolean
dkim_check_header(DkimCheck *check)
{
    Step *step = step_add(check->step, "dkim-header", "RFC 6376, 3.7 and 6.1.3",
                          check->result->canonicalization, NULL);
    g_autoptr(GArray) selected = dkim_sig_select(check->sig, check->common->fields);

    note_covered(check, selected, step);
    fidelity_note_header(step, check->common->message, check->sig->header_canon);
    step_evidence(step, record_share(&evidence_type, check->result->evidence->pdata[0]));
    if (check->key.keys->len == 0) {
        step_decide(step, RESULT_SKIPPED, PROVENANCE_UNKNOWN);
        return FALSE;
    }
    const gboolean good = verify_header(check, selected);
    decide_header(check, good, step);
    return good;
}
