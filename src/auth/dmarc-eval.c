/* dmarc-eval.c: record, alignment and result, by RFC 9989 or RFC 7489.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-eval.h"

#include <string.h>

#include "auth/dmarc-policy.h"
#include "auth/identifiers.h"
#include "auth/treewalk.h"
#include "base/name.h"
#include "headers/authres.h"
#include "headers/identities.h"

/* What one evaluation carries along. */
typedef struct {
    const DmarcQuestion *ask;
    DmarcResult         *out;
    DmarcLog             log;
    DmarcPolicy         *policy;
    gboolean            *align_temporary;   /* for each identifier: its alignment is open for DNS trouble */
} Evaluation;

static const char *
rule_alignment(const Evaluation *run, gboolean strict)
{
    if (run->ask->legacy)
        return strict ? "RFC 7489, 3.1 (strict)" : "RFC 7489, 3.1 and 3.2";
    return strict ? "RFC 9989, 3.2.10.2" : "RFC 9989, 3.2.10.1, 4.10.2";
}

/* ---- alignment ---- */

/* The identifier's organizational domain; NULL where DNS leaves it open. */
static char *
org_of(Evaluation *run, const char *domain, guint index, Step *step)
{
    if (run->ask->legacy)
        return psl_org_domain(run->ask->psl, domain);
    if (run->policy->state != DISCOVERY_FOUND)
        return NULL;    /* nobody would ask: there is no policy to serve */
    /* Faults of somebody else's records are not this author's business. */
    const DmarcLog quiet = { run->log.resolver, run->log.queries, NULL };
    g_autoptr(Walk) walk = treewalk(domain, &quiet, step);
    run->align_temporary[index] = walk->state == FETCH_TROUBLE;
    treewalk_note_border(walk, &run->log);
    return g_strdup(treewalk_org_domain(walk));
}

static Tri
align_relaxed(Evaluation *run, Identifier *identifier, guint index, Step *step)
{
    const char *author_org = run->policy->org;

    if (g_str_equal(identifier->domain, run->ask->author)) {
        identifier->org_domain = g_strdup(author_org);
        return TRI_TRUE;
    }
    identifier->org_domain = org_of(run, identifier->domain, index, step);
    if (identifier->org_domain && author_org)
        return g_str_equal(identifier->org_domain, author_org) ? TRI_TRUE : TRI_FALSE;
    /* Names under different top-level domains have no common parent to share. */
    if (!name_same_top(identifier->domain, run->ask->author))
        return TRI_FALSE;
    run->align_temporary[index] = run->align_temporary[index] || run->policy->org_temporary;
    return TRI_UNKNOWN;
}

static void
note_alignment(const Evaluation *run, const Identifier *identifier, gboolean strict, Step *step)
{
    static const Result outcome[] = { RESULT_UNKNOWN, RESULT_NO, RESULT_YES };

    step->rule = rule_alignment(run, strict);
    step_input(step, "author-domain", run->ask->author,
               evidence_provenance(run->ask->report->from->evidence));
    step_input(step, "identifier-domain", identifier->domain, evidence_provenance(step->evidence));
    step_input(step, "mode",
               strict ? "strict" : g_str_equal(identifier->mode, "r") ? "relaxed" : "relaxed (assumed)",
               PROVENANCE_RECOMPUTED);
    if (!strict) {
        step_input(step, "author-org-domain", run->policy->org, PROVENANCE_RECOMPUTED);
        step_input(step, "identifier-org-domain", identifier->org_domain, PROVENANCE_RECOMPUTED);
    }
    step_decide(step, outcome[identifier->aligned],
                identifier->aligned == TRI_UNKNOWN ? PROVENANCE_UNKNOWN : PROVENANCE_RECOMPUTED);
}

static void
align(Evaluation *run, Identifier *identifier, guint index)
{
    Step *step = run->ask->alignments[index];
    const gboolean spf = g_str_equal(identifier->mechanism, "spf");
    const gboolean known = run->policy->state == DISCOVERY_FOUND;
    const gboolean strict = known && (spf ? run->policy->strict_spf : run->policy->strict_dkim);

    identifier->mode = !known ? "r (assumed)" : strict ? "s" : "r";
    if (!identifier->domain)
        identifier->aligned = TRI_UNKNOWN;
    else if (strict)
        identifier->aligned =
            g_str_equal(identifier->domain, run->ask->author) ? TRI_TRUE : TRI_FALSE;
    else
        identifier->aligned = (int)align_relaxed(run, identifier, index, step);
    note_alignment(run, identifier, strict, step);
}

static void
align_all(Evaluation *run)
{
    const GPtrArray *facts = run->ask->identifiers;

    for (guint i = 0; i < facts->len; i++) {
        Identifier *identifier = record_copy(&identifier_type, facts->pdata[i]);
        g_ptr_array_add(run->out->identifiers, identifier);
        align(run, identifier, i);
    }
}

/* ---- the result (RFC 9989, 5.3; RFC 7489, 6.6.2) ---- */

static void
conclude(Evaluation *run, Result result, const char *reason)
{
    run->out->result = (int)result;
    run->out->reason = reason;
}

/* Some identifier might still turn out to pass: we must not say fail. */
static void
conclude_without_pass(Evaluation *run)
{
    gboolean open = FALSE, all_temporary = TRUE;

    for (guint i = 0; i < run->out->identifiers->len; i++) {
        const Identifier *id = run->out->identifiers->pdata[i];
        if (id->authenticated == TRI_FALSE || id->aligned == TRI_FALSE)
            continue;
        open = TRUE;
        const gboolean authentication_temporary =
            id->authenticated == TRI_TRUE || id->temporary;
        const gboolean alignment_temporary =
            id->aligned == TRI_TRUE || run->align_temporary[i];
        all_temporary = all_temporary && authentication_temporary && alignment_temporary;
    }
    if (!open && identities_signatures_lost(run->ask->report))
        conclude(run, RESULT_UNKNOWN, "signature-not-pasted");
    else if (!open)
        conclude(run, RESULT_FAIL, "no-aligned-pass");
    else if (all_temporary)
        conclude(run, RESULT_TEMPERROR, "dns-trouble");
    else
        conclude(run, RESULT_UNKNOWN, "identifier-undetermined");
}

static gboolean
has_aligned_pass(const DmarcResult *out)
{
    for (guint i = 0; i < out->identifiers->len; i++) {
        const Identifier *id = out->identifiers->pdata[i];
        if (id->authenticated == TRI_TRUE && id->aligned == TRI_TRUE)
            return TRUE;
    }
    return FALSE;
}

/* Some identifier has passed and is aligned, as far as is known. */
static gboolean
may_have_passed(const DmarcResult *out)
{
    for (guint i = 0; i < out->identifiers->len; i++) {
        const Identifier *id = out->identifiers->pdata[i];
        if (id->authenticated != TRI_FALSE && id->aligned != TRI_FALSE)
            return TRUE;
    }
    return FALSE;
}

/* Nobody can tell here what the owner published, but a host that the user trusts could, and gave its verdict. It
 * counts where it is about this author, and nothing that we know ourselves speaks against it. */
static void
conclude_by_trusted(Evaluation *run)
{
    const ReportedResult *dmarc = authres_trusted(run->ask->report, "dmarc");
    const char *word = dmarc && authres_is_about(dmarc, run->ask->author) ? dmarc->result : "";

    if (g_str_equal(word, "pass") && may_have_passed(run->out))
        conclude(run, RESULT_PASS, "trusted-report");
    else if (g_str_equal(word, "fail") && !has_aligned_pass(run->out))
        conclude(run, RESULT_FAIL, "trusted-report");
    else if (g_str_equal(word, "none"))
        conclude(run, RESULT_NONE, "trusted-report");
    else
        conclude(run, RESULT_UNKNOWN, "policy-undetermined");
}

static void
decide_result(Evaluation *run)
{
    switch (run->policy->state) {
    case DISCOVERY_FOUND:
        if (has_aligned_pass(run->out))
            conclude(run, RESULT_PASS, "aligned-pass");
        else
            conclude_without_pass(run);
        break;
    case DISCOVERY_NONE:
        conclude(run, RESULT_NONE, run->policy->several ? "several-records" : "no-record");
        break;
    case DISCOVERY_UNUSABLE:
        conclude(run, RESULT_NONE, "record-invalid");
        break;
    case DISCOVERY_TROUBLE:
        conclude(run, RESULT_TEMPERROR, "dns-trouble");
        break;
    case DISCOVERY_OPEN:
        conclude_by_trusted(run);
        break;
    }
}

/* ---- what would follow if the receiving host's own results hold ---- */

/* A record was found, by us or, as its dmarc result implies, by the receiving host. */
static gboolean
record_is_implied(const Evaluation *run)
{
    const ReportedResult *dmarc = authres_claim(run->ask->report, "dmarc");

    if (dmarc && (g_str_equal(dmarc->result, "pass") || g_str_equal(dmarc->result, "fail")))
        return TRUE;
    return run->policy->state == DISCOVERY_FOUND;
}

/* Where nobody here knows the record, the host is the only one who could tell what is aligned: its dmarc result,
 * if it is about this author, settles what is open. */
static Result
settled_by_host(const Evaluation *run)
{
    const ReportedResult *dmarc = authres_claim(run->ask->report, "dmarc");

    if (!dmarc || run->policy->state != DISCOVERY_OPEN)
        return RESULT_UNKNOWN;
    if (!authres_is_about(dmarc, run->ask->author))
        return RESULT_UNKNOWN;
    if (g_str_equal(dmarc->result, "pass"))
        return RESULT_PASS;
    return g_str_equal(dmarc->result, "fail") ? RESULT_FAIL : RESULT_UNKNOWN;
}

/* The host tells of no check, or of none that has a name. It cannot be right with its own pass and the mail fail; but
 * which name it went by is not known, so that is no pass, either. */
static Result
claimed_without_checks(const Evaluation *run)
{
    const ReportedResult *dmarc = authres_claim(run->ask->report, "dmarc");

    return dmarc && g_str_equal(dmarc->result, "fail") ? RESULT_FAIL : RESULT_UNKNOWN;
}

static Result
claimed(const Evaluation *run)
{
    gboolean open = FALSE, any = FALSE;

    if (!authres_has_own_block(run->ask->report) || !record_is_implied(run))
        return RESULT_UNKNOWN;
    for (guint i = 0; i < run->out->identifiers->len; i++) {
        const Identifier *id = run->out->identifiers->pdata[i];
        any = any || id->reported;
        if (g_strcmp0(id->reported, "pass") != 0)
            continue;
        if (id->aligned == TRI_TRUE)
            return RESULT_PASS;
        open = open || id->aligned == TRI_UNKNOWN;
    }
    if (open)
        return settled_by_host(run);
    return any ? RESULT_FAIL : claimed_without_checks(run);
}

/* ---- what the result rests on ---- */

/* A pass rests on the identifiers that passed, anything else on all that were known. */
static const char *
basis(const DmarcResult *out)
{
    gboolean seen[5] = { FALSE };
    guint kinds = 0;

    if (out->result == RESULT_UNKNOWN || out->result == RESULT_TEMPERROR)
        return out->result == RESULT_UNKNOWN ? "unknown" : "recomputed";
    if (g_str_equal(out->reason, "trusted-report"))
        return "reported";
    for (guint i = 0; i < out->identifiers->len; i++) {
        const Identifier *id = out->identifiers->pdata[i];
        const gboolean counts =
            out->result == RESULT_PASS ? id->authenticated == TRI_TRUE && id->aligned == TRI_TRUE
                                       : id->authenticated != TRI_UNKNOWN;
        if (counts && id->basis != PROVENANCE_UNKNOWN)
            seen[id->basis] = TRUE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(seen); i++)
        kinds += seen[i] ? 1 : 0;
    if (kinds > 1)
        return out->result == RESULT_PASS && seen[PROVENANCE_RECOMPUTED] ? "recomputed" : "mixed";
    for (guint i = 0; i < G_N_ELEMENTS(seen); i++)
        if (seen[i])
            return provenance_words[i];
    return "recomputed";
}

static void
fill_policy(Evaluation *run)
{
    const DmarcPolicy *policy = run->policy;
    DmarcResult *out = run->out;

    out->record = g_strdup(policy->record_text);
    out->record_domain = g_strdup(policy->record_domain);
    out->org_domain = g_strdup(policy->org);
    if (policy->state != DISCOVERY_FOUND)
        return;
    out->policy = policy->published;
    out->policy_tag = policy->tag;
    out->applied = policy->applied;
    out->applied_sampled = policy->applied_sampled;
    out->aspf = policy->strict_spf ? "s" : "r";
    out->adkim = policy->strict_dkim ? "s" : "r";
}

DmarcResult *
dmarc_evaluate(const DmarcQuestion *question)
{
    Evaluation run = { .ask = question, .out = record_new(&dmarc_result_type) };

    if (question->legacy) {
        run.out->psl = record_new(&psl_info_type);
        run.out->psl->source = g_strdup(psl_source(question->psl));
        run.out->psl->rule = psl_rule(question->psl, question->author);
    }
    run.align_temporary = g_new0(gboolean, question->identifiers->len + 1);
    run.log = (DmarcLog){ question->resolver, run.out->queries, question->findings };
    run.policy = dmarc_policy_find(question->author, question->legacy, question->psl,
                                   (Tri)question->report->from->assumed_exists, &run.log,
                                   question->policy);
    align_all(&run);
    decide_result(&run);
    fill_policy(&run);
    run.out->claimed = (int)claimed(&run);
    run.out->basis = basis(run.out);
    dmarc_policy_free(run.policy);
    g_free(run.align_temporary);
    return run.out;
}
