/* arc.c: validating a chain (RFC 8617, 5.2).
 * SPDX-License-Identifier: MIT */
#include "auth/arc.h"

#include <string.h>

#include "auth/arc-set.h"
#include "auth/body-hash.h"
#include "auth/fidelity.h"
#include "auth/key-fetch.h"
#include "auth/seal-hash.h"

typedef struct {
    const Message *message;
    Resolver      *resolver;
    FieldIndex    *fields;
    BodyHashes    *bodies;
    SealHashes     seals;
    DkimSig       *sig[ARC_INSTANCES_MAX + 1];  /* the message signatures, read before any body is hashed */
    ArcChain       chain;
    ArcResult     *out;
    Step          *root;
    Step          *hop[ARC_INSTANCES_MAX + 1];
    Grade          grade;
} Check;

/* One signature's outcome: pass, fail or unknown, and why. */
typedef struct {
    Result      result;
    const char *reason;
} Outcome;

static Outcome
outcome_of_key(const KeyFetch *key)
{
    const gboolean open = key->result == RESULT_UNKNOWN || key->result == RESULT_TEMPERROR;

    return (Outcome){ open ? RESULT_UNKNOWN : RESULT_FAIL, key->reason };
}

/* ---- the message signature of one hop ---- */

/* A fail that the copy of the text may have caused is none. */
static Outcome
failed(const Check *check, const char *reason)
{
    if (fidelity_may_cause(check->grade, reason))
        return (Outcome){ RESULT_UNKNOWN, "text-repaired" };
    return (Outcome){ RESULT_FAIL, reason };
}

static gboolean
header_holds(const Check *check, int index, const DkimSig *sig, const KeyFetch *key)
{
    if (!fidelity_allows_header(check->message, sig->header_canon))
        return FALSE;
    g_autoptr(GArray) selected = dkim_sig_select(sig, check->fields);
    g_autoptr(GString) data = dkim_sig_signed_data(sig, check->message, (guint)index, selected);

    return key_fetch_verify(key, sig->signature, sig->signature_length, data);
}

static Outcome
judge_message_signature(Check *check, int index, const DkimSig *sig, Step *step)
{
    const KeyQuestion question = { .selector = sig->selector, .domain = sig->domain,
                                   .key_type = sig->key_type };
    KeyFetch key;
    BodyHash body = { .outcome = "unavailable" };

    if (sig->redacted)
        return (Outcome){ RESULT_UNKNOWN, "text-repaired" };
    if (sig->problem)
        return failed(check, sig->problem);
    key_fetch(&question, check->resolver, step, &key);
    if (fidelity_allows_body(check->message))
        body_hashes_check(check->bodies, sig, &body);
    Outcome outcome = { RESULT_PASS, "ok" };
    if (key.keys->len == 0)
        outcome = outcome_of_key(&key);
    else if (!header_holds(check, index, sig, &key))
        outcome = failed(check, "signature");
    else if (g_str_equal(body.outcome, "unavailable"))
        outcome = (Outcome){ RESULT_UNKNOWN, "body-unavailable" };
    else if (!g_str_equal(body.outcome, "ok"))
        outcome = failed(check, "body-hash");
    fidelity_note_header(step, check->message, sig->header_canon);
    key_fetch_clear(&key);
    body_hash_clear(&body);
    return outcome;
}

static Outcome
check_message_signature(Check *check, int instance)
{
    const int index = check->chain.set[instance].ams;
    const Field *field = message_field(check->message, (guint)index);
    const DkimSig *sig = check->sig[instance];
    Step *step = step_add(check->hop[instance], "arc-message-signature", "RFC 8617, 4.1.2 and 5.2",
                          sig->domain ? sig->domain : "?", NULL);

    step_evidence(step, evidence_header("ARC-Message-Signature", field->line, field->all));
    const Outcome outcome = judge_message_signature(check, index, sig, step);
    step_arg(step, outcome.reason);
    step_decide(step, outcome.result,
                outcome.result == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN : PROVENANCE_RECOMPUTED);
    return outcome;
}

/* ---- the seal of one hop ---- */

static Outcome
judge_seal(Check *check, int instance, Step *step)
{
    ArcSeal seal;
    KeyFetch key;
    Outcome outcome = failed(check, "syntax");

    fidelity_note_header(step, check->message, CANON_RELAXED);
    if (arc_seal_read(check->chain.set[instance].seal_tags, &seal)) {
        const KeyQuestion question = { .selector = seal.selector, .domain = seal.domain,
                                       .key_type = seal.key_type };
        key_fetch(&question, check->resolver, step, &key);
        if (key.keys->len == 0)
            outcome = outcome_of_key(&key);
        else if (check->seals.there[instance] &&
                 key_fetch_verify_digest(&key, seal.signature, seal.length,
                                         check->seals.digest[instance]))
            outcome = (Outcome){ RESULT_PASS, "ok" };
        else
            outcome = failed(check, "signature");
        key_fetch_clear(&key);
    }
    arc_seal_clear(&seal);
    return outcome;
}

static Outcome
check_seal(Check *check, int instance)
{
    const ArcSet *set = &check->chain.set[instance];
    const Field *field = message_field(check->message, (guint)set->seal);
    Step *step = step_add(check->hop[instance], "arc-seal", "RFC 8617, 4.1.3 and 5.2",
                          set->sealer ? set->sealer : "?", set->cv ? set->cv : "", NULL);

    step_evidence(step, evidence_header("ARC-Seal", field->line, field->all));
    const Outcome outcome = judge_seal(check, instance, step);
    step_arg(step, outcome.reason);
    step_decide(step, outcome.result,
                outcome.result == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN : PROVENANCE_RECOMPUTED);
    return outcome;
}

/* ---- the chain ---- */

static const ReportedHeader *
reported_by(const Report *report, int instance)
{
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        if (header->instance == instance)
            return header;
    }
    return NULL;
}

static void
list_instances(Check *check, const Report *report)
{
    for (int i = 1; i <= check->chain.highest; i++) {
        const ArcSet *set = &check->chain.set[i];
        const ReportedHeader *reported = reported_by(report, i);
        ArcInstance *instance = record_new(&arc_instance_type);
        g_autofree char *number = g_strdup_printf("%d", i);

        instance->i = i;
        instance->ams = instance->seal = "unknown";
        instance->cv = g_strdup(set->cv);
        instance->sealer = g_strdup(set->sealer);
        instance->reported = reported ? record_copy(&reported_header_type, reported) : NULL;
        g_ptr_array_add(check->out->instances, instance);
        check->hop[i] = step_add(check->root, "arc-instance", "RFC 8617, 4.2", number,
                                 set->sealer ? set->sealer : "?", set->cv ? set->cv : "", NULL);
        check->hop[i]->folded = TRUE;
        step_decide(check->hop[i], RESULT_INFO, PROVENANCE_MESSAGE);
    }
}

static void
note(const char **slot, Outcome outcome)
{
    *slot = result_words[outcome.result];
}

/* A fail is final; what is open stays open only while nothing failed. */
static void
weigh(Outcome *sum, Outcome outcome, const char *failed)
{
    if (outcome.result == RESULT_PASS || sum->result == RESULT_FAIL)
        return;
    if (outcome.result == RESULT_FAIL)
        *sum = (Outcome){ RESULT_FAIL, failed };
    else if (sum->result == RESULT_PASS)
        *sum = outcome;
}

/* 5.2, step 5: the first that fails on the way back ends it; a list that changed the body
 * breaks older ones by design, and that is no fault. */
static void
check_older_signatures(Check *check)
{
    check->out->oldest_pass = 0;
    for (int i = check->chain.highest - 1; i >= 1; i--) {
        const Outcome outcome = check_message_signature(check, i);
        note(&((ArcInstance *)check->out->instances->pdata[i - 1])->ams, outcome);
        if (outcome.result != RESULT_PASS && check->out->oldest_pass == 0)
            check->out->oldest_pass = i + 1;
    }
}

static void
read_signatures(Check *check)
{
    check->fields = field_index_new(check->message);
    for (int i = 1; i <= check->chain.highest; i++) {
        const Field *field = message_field(check->message, (guint)check->chain.set[i].ams);
        check->sig[i] = dkim_sig_parse(check->message, field, SIG_ARC);
        body_hashes_want(check->bodies, check->sig[i]);
    }
}

static void
clear(Check *check)
{
    for (int i = 1; i <= check->chain.highest; i++)
        dkim_sig_free(check->sig[i]);
    field_index_free(check->fields);
    arc_chain_clear(&check->chain);
}

static Outcome
validate(Check *check)
{
    const int highest = check->chain.highest;
    Outcome sum = { RESULT_PASS, "ok" };

    read_signatures(check);

    const Outcome newest = check_message_signature(check, highest);
    note(&((ArcInstance *)check->out->instances->pdata[highest - 1])->ams, newest);
    weigh(&sum, newest, "message-signature");
    check_older_signatures(check);
    if (newest.result != RESULT_PASS)
        check->out->oldest_pass = RECORD_UNSET;
    seal_hashes_make(check->message, &check->chain, &check->seals);
    for (int i = highest; i >= 1; i--) {
        const Outcome seal = check_seal(check, i);
        note(&((ArcInstance *)check->out->instances->pdata[i - 1])->seal, seal);
        weigh(&sum, seal, "seal");
    }
    return sum;
}

/* Fields may have been lost with a copy; a newest seal that says "fail" was written so. */
static Outcome
broken(const Check *check)
{
    const char *problem = check->chain.problem;

    return g_str_equal(problem, "cv-fail") ? (Outcome){ RESULT_FAIL, problem }
                                           : failed(check, problem);
}

Step *
arc_check(const Message *message, Resolver *resolver, BodyHashes *bodies, Report *report)
{
    Check check = { .message = message, .resolver = resolver, .bodies = bodies, .out = report->arc,
                    .grade = fidelity_grade(message) };
    Outcome outcome = { RESULT_NONE, "no-arc" };

    arc_chain_read(message, &check.chain);
    if (check.chain.beyond)
        report_add_finding(report, "arc-too-many", SEVERITY_WARNING,
                           G_STRINGIFY(ARC_INSTANCES_MAX), NULL);
    if (check.chain.any) {
        check.root = step_add(NULL, "arc", "RFC 8617, 5.2", NULL);
        check.root->folded = TRUE;
        list_instances(&check, report);
        outcome = check.chain.problem ? broken(&check) : validate(&check);
        step_arg(check.root, outcome.reason);
        step_decide(check.root, outcome.result,
                    outcome.result == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN : PROVENANCE_RECOMPUTED);
    }
    clear(&check);
    report->arc->result = (int)outcome.result;
    report->arc->reason = outcome.reason;
    return check.root;
}
