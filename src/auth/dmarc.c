/* dmarc.c: every author domain judged, and their verdicts made one.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc.h"

#include "auth/dmarc-author.h"
#include "auth/dmarc-branches.h"
#include "auth/dmarc-notes.h"
#include "auth/dmarc-trial.h"
#include "auth/dmarc-why.h"
#include "auth/identifiers.h"
#include "headers/no-author.h"

/* RFC 9989, 11.5 asks to cap the author domains that are looked at. */
#define AUTHOR_DOMAINS_MAX 10

/* ---- several author domains (RFC 9989, 5.3.1 and 11.5) ---- */

/* … and alone where that is the only one. */
typedef struct {
    AuthorVerdict of[AUTHOR_DOMAINS_MAX];
    guint         count;
    gboolean      alone;
} Verdicts;

/* The strictest: fail, then what is open, then pass, then none; among fails the strictest policy. */
static int
severity_of(const DmarcResult *result)
{
    switch (result->result) {
    case RESULT_FAIL:
        if (g_strcmp0(result->applied, "reject") == 0)
            return 9;
        return g_strcmp0(result->applied, "quarantine") == 0 ? 8 : 7;
    case RESULT_UNKNOWN:
        return 6;
    case RESULT_TEMPERROR:
        return 5;
    case RESULT_PERMERROR:
        return 4;
    case RESULT_PASS:
        return 2;
    default:
        return 3;   /* none: nobody vouches for that name, so all the others together are no pass */
    }
}

static void
add_per_domain(DmarcResult *to, const char *domain, const DmarcResult *result)
{
    DmarcPerDomain *line = record_new(&dmarc_per_domain_type);

    line->domain = g_strdup(domain);
    line->result = result->result;
    line->claimed = result->claimed;
    line->policy = result->policy;
    line->applied = result->applied;
    line->applied_sampled = result->applied_sampled;
    line->record_domain = g_strdup(result->record_domain);
    g_ptr_array_add(to->per_domain, line);
}

/* Some author of From: is not judged: nobody can read the domain, a second From: field names nobody, or there are too many. */
static gboolean
passes_over(const Report *report)
{
    static const char *const unread[] = { "from-malformed", "from-redacted", "from-field-empty" };

    for (guint i = 0; i < G_N_ELEMENTS(unread); i++)
        if (report_has_finding(report, unread[i]))
            return TRUE;
    return report->from->domains->len > AUTHOR_DOMAINS_MAX;
}

/* Some author was not looked at: that the others passed is no pass. */
static void
leave_open(DmarcResult *result, const char *reason)
{
    if (result->claimed == RESULT_PASS)
        result->claimed = RESULT_UNKNOWN;
    if (result->result != RESULT_PASS)
        return;
    result->result = RESULT_UNKNOWN;
    result->reason = reason;
    result->basis = "unknown";
}

static DmarcResult *
result_of(const AuthorVerdict *verdict, gboolean legacy)
{
    return legacy ? verdict->rfc7489 : verdict->rfc9989;
}

/* (transfer full) */
static DmarcResult *
strictest(const Verdicts *verdicts, const GPtrArray *domains, gboolean legacy)
{
    const DmarcResult *worst = result_of(verdicts->of, legacy);

    if (verdicts->alone)
        return record_share(&dmarc_result_type, result_of(verdicts->of, legacy));
    for (guint i = 1; i < verdicts->count; i++) {
        const DmarcResult *result = result_of(&verdicts->of[i], legacy);
        if (severity_of(result) > severity_of(worst))
            worst = result;
    }
    DmarcResult *out = record_copy(&dmarc_result_type, worst);
    for (guint i = 0; i < verdicts->count; i++)
        add_per_domain(out, domains->pdata[i], result_of(&verdicts->of[i], legacy));
    return out;
}

/* The tree of the only author domain, or one branch for each of several. */
static Step *
join_trees(const Verdicts *verdicts, const DmarcResult *result, gboolean legacy)
{
    if (verdicts->alone)
        return legacy ? verdicts->of->tree_7489 : verdicts->of->tree;
    Step *root = step_add(NULL, "dmarc-several", "RFC 9989, 5.3.1 and 11.5", result->reason, NULL);
    for (guint i = 0; i < verdicts->count; i++)
        step_hang(root, legacy ? verdicts->of[i].tree_7489 : verdicts->of[i].tree);
    return step_decide(root, (Result)result->result, branches_provenance(result));
}

static void
judge_authors(Report *report, Resolver *resolver, const Psl *psl, const GPtrArray *identifiers,
              DmarcNotes *notes)
{
    g_autoptr(GPtrArray) findings = g_ptr_array_new();
    const GPtrArray *domains = report->from->domains;
    const gboolean open = passes_over(report);
    Verdicts verdicts = { .count = MIN(domains->len, AUTHOR_DOMAINS_MAX), .alone = domains->len == 1 && !open };

    for (guint i = 0; i < verdicts.count; i++) {
        const DmarcQuestion ask = {
            .report = report, .resolver = resolver, .psl = psl, .identifiers = identifiers,
            .author = domains->pdata[i], .findings = findings, .edited = notes->edited,
        };
        verdicts.of[i] = author_judge(&ask, i == 0 ? notes : NULL);
    }
    dmarc_notes_report(findings, report);
    record_free(&dmarc_result_type, report->dmarc->rfc9989);
    record_free(&dmarc_result_type, report->dmarc->rfc7489);
    report->dmarc->rfc9989 = strictest(&verdicts, domains, FALSE);
    report->dmarc->rfc7489 = strictest(&verdicts, domains, TRUE);
    if (open) {
        const char *reason = report_has_finding(report, "from-redacted") ? "author-redacted"
                             : domains->len > 1                         ? "several-authors"
                                                                        : "author-unread";
        leave_open(report->dmarc->rfc9989, reason);     /* a copy: this author is not alone */
        leave_open(report->dmarc->rfc7489, reason);
    }
    report->tree = join_trees(&verdicts, report->dmarc->rfc9989, FALSE);
    report->tree_7489 = join_trees(&verdicts, report->dmarc->rfc7489, TRUE);
    for (guint i = 0; i < verdicts.count; i++) {
        record_free(&dmarc_result_type, verdicts.of[i].rfc9989);
        record_free(&dmarc_result_type, verdicts.of[i].rfc7489);
    }
    if (domains->len > AUTHOR_DOMAINS_MAX)
        report_add_finding(report, "from-too-many-domains", SEVERITY_WARNING,
                           G_STRINGIFY(AUTHOR_DOMAINS_MAX), NULL);
}

/* ---- no author domain ---- */

static Step *
empty_tree(const Report *report, const NoAuthor *none, const char *rule, DmarcNotes *notes)
{
    Step *root = step_add(NULL, none->step, rule, NULL);

    branches_author(root, report, NULL, g_str_has_prefix(rule, "RFC 7489"));
    if (notes) {
        step_hang(root, g_steal_pointer(&notes->spf_mail_from));
        step_hang(root, g_steal_pointer(&notes->spf_helo));
        step_hang(root, g_steal_pointer(&notes->arc));
        for (guint i = 0; i < notes->dkim->len; i++)
            step_hang(root, g_steal_pointer(&notes->dkim->pdata[i]));
    }
    return no_author_is_lost(none) ? step_decide(root, RESULT_UNKNOWN, PROVENANCE_UNKNOWN)
                                   : step_decide(root, RESULT_NONE, PROVENANCE_MESSAGE);
}

/* A message without author is none of DMARC's business; one whose author was blacked out had one. */
static void
leave_without(const NoAuthor *none, DmarcResult *result)
{
    const gboolean lost = no_author_is_lost(none);

    result->result = lost ? RESULT_UNKNOWN : RESULT_NONE;
    result->claimed = RESULT_UNKNOWN;
    result->reason = none->reason;
    result->basis = lost ? "unknown" : "recomputed";
}

/* ---- all ---- */

static void
mark_author_signatures(Report *report)
{
    const GPtrArray *identifiers = report->dmarc->rfc9989->identifiers;

    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        if (identifier->signature != RECORD_UNSET && identifier->aligned == TRI_TRUE)
            ((DkimResult *)report->dkim->pdata[identifier->signature])->author_signature = TRUE;
    }
}

void
dmarc_check(Report *report, Resolver *resolver, const Psl *psl, DmarcNotes *notes)
{
    guint passed_over = 0;
    GPtrArray *identifiers = identifiers_collect(report, &passed_over);

    if (passed_over > 0)
        report_add_finding(report, "identifiers-too-many", SEVERITY_WARNING,
                           G_STRINGIFY(IDENTIFIERS_REPORTED_MAX), NULL);

    if (notes->unread && report->from->domains->len == 1 && !passes_over(report)) {
        const DmarcQuestion ask = { .report = report, .resolver = resolver, .psl = psl, .identifiers = identifiers,
                                    .author = report->from->domains->pdata[0] };
        dmarc_trial(&ask, report->dmarc);
    } else if (report->from->domains->len > 0) {
        judge_authors(report, resolver, psl, identifiers, notes);
    } else {
        const NoAuthor *none = no_author_find(report);
        leave_without(none, report->dmarc->rfc9989);
        leave_without(none, report->dmarc->rfc7489);
        report->tree = empty_tree(report, none, "RFC 9989, 5.3.1", notes);
        report->tree_7489 = empty_tree(report, none, "RFC 7489, 6.6.1", NULL);
    }
    for (guint i = 0; i < identifiers->len; i++)
        record_free(&identifier_type, identifiers->pdata[i]);
    g_ptr_array_unref(identifiers);
    mark_author_signatures(report);
    dmarc_explain_difference(report->dmarc);
}
