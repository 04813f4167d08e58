/* dkim.c: the check of every DKIM signature of a message (RFC 6376, 6.1).
 * SPDX-License-Identifier: MIT */
#include "auth/dkim.h"

#include "auth/dkim-check.h"
#include "base/instant.h"

/* More signatures than this are listed as a finding and not verified: RFC 6376, 6.1 asks for a
 * limit. */
#define SIGNATURES_MAX 100

/* Selectors are changed every few months, and the old key goes (M3AAWG asks for that): for mail this old a missing key says
 * nothing about the mail. A fresh message without key stays what it is. */
#define KEY_GONE_SECONDS ((gint64)30 * 24 * 3600)

static gboolean
decide(DkimCheck *check, Result result, const char *reason)
{
    check->result->result = (int)result;
    check->result->reason = reason;
    const gboolean known = result != RESULT_UNKNOWN;
    check->result->provenance = known ? PROVENANCE_RECOMPUTED : PROVENANCE_UNKNOWN;
    step_decide(check->step, result, check->result->provenance);
    return FALSE;
}

/* ---- the field itself ---- */

static void
describe(DkimCheck *check, const Field *field)
{
    DkimResult *out = check->result;
    const DkimSig *sig = check->sig;
    static const char *const words[2][2] = { { "simple/simple", "simple/relaxed" },
                                             { "relaxed/simple", "relaxed/relaxed" } };

    out->domain = g_strdup(sig->domain);
    out->selector = g_strdup(sig->selector);
    out->algorithm = g_strdup(sig->algorithm);
    out->identity = g_strdup(sig->identity);
    out->canonicalization = words[sig->header_canon][sig->body_canon];
    out->signed_at = sig->signed_at;
    out->expires_at = sig->expires_at;
    out->header_hash = out->body_hash = "unknown";
    out->unsigned_tail = 0;
    for (guint i = 0; i < sig->fields->len; i++)
        g_ptr_array_add(out->signed_fields, g_strdup(sig->fields->pdata[i]));
    g_ptr_array_add(out->evidence, evidence_header("DKIM-Signature", field->line, field->all));
}

/* What cannot be read was lost after the message was sent, or may have been. */
static gboolean
is_copys_fault(const DkimCheck *check)
{
    const Grade grade = fidelity_ends_in(check->common->message, check->index) ? GRADE_REENCODED : check->grade;

    return check->sig->redacted || fidelity_may_cause(grade, check->sig->problem);
}

static void
note_tags(DkimCheck *check)
{
    const DkimResult *out = check->result;
    g_autofree char *signed_at = instant_text(out->signed_at);
    g_autofree char *expires_at = instant_text(out->expires_at);
    Step *step = step_add(check->step, "dkim-tags", "RFC 6376, 3.5 and 6.1.1", out->domain,
                          check->sig->problem, NULL);

    step_input(step, "identifier-domain", out->domain, PROVENANCE_MESSAGE);
    step_input(step, "selector", out->selector, PROVENANCE_MESSAGE);
    step_input(step, "algorithm", out->algorithm, PROVENANCE_MESSAGE);
    step_input(step, "canonicalization", out->canonicalization, PROVENANCE_MESSAGE);
    step_input(step, "signed-at", signed_at, PROVENANCE_MESSAGE);
    if (expires_at) {
        g_autofree char *at = instant_text(check->common->times->at);
        step_input(step, "expires-at", expires_at, PROVENANCE_MESSAGE);
        step_input(step, "at", at, PROVENANCE_MESSAGE);
    }
    evidence_copy_into(step->evidence, out->evidence);
    if (!check->sig->problem) {
        step_decide(step, RESULT_YES, PROVENANCE_MESSAGE);
    } else if (is_copys_fault(check)) {
        fidelity_note_header(step, check->common->message, CANON_RELAXED);
        step_decide(step, RESULT_UNKNOWN, PROVENANCE_UNKNOWN);
    } else {
        step_decide(step, RESULT_NO, PROVENANCE_MESSAGE);
    }
}

/* ---- the key (6.1.2) ---- */

static void
fetch_key(DkimCheck *check)
{
    const DkimSig *sig = check->sig;
    const KeyQuestion question = { .selector = sig->selector, .domain = sig->domain,
                                   .key_type = sig->key_type,
                                   .identity_domain = sig->identity_domain };

    key_fetch(&question, check->common->resolver, check->step, &check->key);
    if (check->key.bits > 0)
        check->result->key_bits = check->key.bits;
    if (check->key.keys->len > 0)
        check->result->testing = key_is_testing(check->key.keys->pdata[0]);
}

/* ---- all together ---- */

/* x= of a copy may have lost digits: a time before 2001 is no expiry that anybody wrote. */
#define EXPIRY_PLAUSIBLE 1000000000

static gboolean
is_expired(const DkimCheck *check, gboolean header)
{
    const gint64 expires_at = check->sig->expires_at;

    return expires_at != RECORD_UNSET && check->common->times->at > expires_at &&
           (header || check->grade == GRADE_RAW || expires_at >= EXPIRY_PLAUSIBLE);
}

/* The key was there, or nobody would have signed with it; today DNS says that there is none. */
static gboolean
is_key_gone(const DkimCheck *check)
{
    const DkimTimes *times = check->common->times;

    return (g_str_equal(check->key.reason, "no-key") ||
            g_str_equal(check->key.reason, "key-revoked")) &&
           times->received != RECORD_UNSET && times->now - times->received > KEY_GONE_SECONDS;
}

/* A copy can prove, never refute. */
static gboolean
conclude_copy(DkimCheck *check, const char *body, gboolean header)
{
    if (header && g_str_equal(body, "unavailable"))
        return decide(check, RESULT_UNKNOWN, "body-unavailable");
    return decide(check, RESULT_UNKNOWN, "text-repaired");
}

static gboolean
conclude(DkimCheck *check, const char *body, gboolean header)
{
    const DkimSig *sig = check->sig;
    const gboolean body_ok = g_str_equal(body, "ok");

    if (is_expired(check, header))
        return decide(check, RESULT_FAIL, "expired");
    if (check->key.keys->len == 0) {
        check->result->key_gone = is_key_gone(check);
        return decide(check, check->key.result, check->key.reason);
    }
    if (check->grade != GRADE_RAW && !(header && body_ok))
        return conclude_copy(check, body, header);
    if (g_str_equal(body, "unavailable"))
        return header ? decide(check, RESULT_UNKNOWN, "body-unavailable")
                      : decide(check, RESULT_FAIL, "signature");
    if (g_str_equal(body, "l-exceeds-body"))
        return decide(check, RESULT_FAIL, "l-exceeds-body");
    if (!body_ok)
        return decide(check, RESULT_FAIL, header ? "body-hash" : "both");
    if (!header)
        return decide(check, RESULT_FAIL, "signature");
    if (check->result->unsigned_tail > 0)
        return decide(check, RESULT_PASS, "ok-unsigned-tail");
    if (sig->signed_at != RECORD_UNSET && sig->signed_at > check->common->times->at)
        return decide(check, RESULT_PASS, "ok-future");
    return decide(check, RESULT_PASS, "ok");
}

static void
run(DkimCheck *check, const Field *field)
{
    describe(check, field);
    note_tags(check);
    if (check->sig->problem) {
        const gboolean copy = is_copys_fault(check);
        decide(check, copy ? RESULT_UNKNOWN : RESULT_PERMERROR,
               copy ? "text-repaired" : check->sig->problem);
        return;
    }
    fetch_key(check);
    const char *body = dkim_check_body(check);
    const gboolean header = dkim_check_header(check);
    conclude(check, body, header);
}

static Grade
grade_of(const DkimCommon *common, guint index, const DkimSig *sig)
{
    if (!message_origin(common->message)->blackened)
        return fidelity_grade(common->message);
    g_autoptr(GArray) selected = dkim_sig_select(sig, common->fields);
    return fidelity_grade_of(common->message, index, selected);
}

static Step *
check_signature(DkimCommon *common, guint index, const DkimSig *sig)
{
    const Field *field = message_field(common->message, index);
    DkimCheck check = { .common = common, .index = index, .sig = sig,
                    .result = record_new(&dkim_result_type), .grade = grade_of(common, index, sig) };

    check.step = step_add(NULL, "dkim-check", "RFC 6376, 6.1", sig->domain ? sig->domain : "?",
                          sig->selector ? sig->selector : "?", NULL);
    check.step->folded = TRUE;
    g_ptr_array_add(common->report->dkim, check.result);
    run(&check, field);
    key_fetch_clear(&check.key);
    step_arg(check.step, check.result->reason);
    evidence_copy_into(check.step->evidence, check.result->evidence);
    return check.step;
}

/* The indexes of their fields. */
static GArray *
list_signatures(const Message *message, Report *report)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(int));

    for (int i = message_find(message, "DKIM-Signature", 0); i >= 0;
         i = message_find(message, "DKIM-Signature", (guint)i + 1)) {
        if (found->len == SIGNATURES_MAX) {
            report_add_finding(report, "dkim-too-many", SEVERITY_WARNING,
                               G_STRINGIFY(SIGNATURES_MAX), NULL);
            break;
        }
        g_array_append_val(found, i);
    }
    return found;
}

static GPtrArray *
check_all(DkimCommon *common, const GArray *found)
{
    GPtrArray *steps = g_ptr_array_new();
    g_autoptr(GPtrArray) sigs = g_ptr_array_new_with_free_func((GDestroyNotify)dkim_sig_free);

    /* All are read before the first is checked, so that one pass over the body serves them all. */
    for (guint i = 0; i < found->len; i++) {
        const Field *field = message_field(common->message, (guint)g_array_index(found, int, i));
        DkimSig *sig = dkim_sig_parse(common->message, field, SIG_DKIM);
        body_hashes_want(common->bodies, sig);
        g_ptr_array_add(sigs, sig);
    }
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add(steps, check_signature(common, (guint)g_array_index(found, int, i),
                                               sigs->pdata[i]));
    return steps;
}

GPtrArray *
dkim_check(const Message *message, Resolver *resolver, const DkimTimes *times, BodyHashes *bodies,
           Report *report)
{
    g_autoptr(GArray) found = list_signatures(message, report);

    if (found->len == 0)
        return g_ptr_array_new();
    g_autoptr(FieldIndex) fields = field_index_new(message);
    DkimCommon common = { message, resolver, times, report, fields, bodies, { EFFORT_OCTETS } };

    return check_all(&common, found);
}
