/* summary-names.c: the table of names: domain, check, and whether it vouches for From:.
 * SPDX-License-Identifier: MIT */
#include "advice/summary-part.h"

#include "advice/advice.h"
#include "base/name.h"
#include "base/translate.h"
#include "headers/identities.h"
#include "headers/no-author.h"
#include "tree/words.h"

/* Domains of From: that are listed one by one. */
#define AUTHORS_MAX 5
/* Anybody can add signatures and reports of them: beyond these only what vouches is listed. */
#define NAMES_MAX 30

static SummaryName *
add_name(GPtrArray *names, const char *name, const char *domain, const GPtrArray *evidence)
{
    SummaryName *row = g_new0(SummaryName, 1);

    row->name = g_strdup(name);
    row->domain = g_strdup(domain);
    row->evidence = evidence;
    row->tone = SUMMARY_PLAIN;
    g_ptr_array_add(names, row);
    return row;
}

/* Whom the findings say that it looks like; what they only note is left to them. (transfer none, or NULL) */
static const char *
looks_like(const Report *report, const char *domain)
{
    g_autofree char *seen = name_to_unicode(domain);

    for (guint i = 0; i < report->findings->len; i++) {
        const Finding *finding = report->findings->pdata[i];
        if (g_str_has_prefix(finding->id, "lookalike-") && finding->severity == SEVERITY_WARNING &&
            finding->args->len > 1 && g_strcmp0(finding->args->pdata[0], seen) == 0)
            return finding->args->pdata[1];
    }
    return NULL;
}

static void
add_left_out(GPtrArray *names, const char *name, guint count)
{
    g_autofree char *domain = words_more(count, 0);
    SummaryName *row = add_name(names, name, domain, NULL);

    row->check = g_strdup("-");
    row->vouches = words_fill(N_("not listed"), NULL);
}

static void
add_authors(const Report *report, GPtrArray *names)
{
    const GPtrArray *domains = report->from->domains;
    const char *label = _("From: (seen)");

    for (guint i = 0; i < domains->len && i < AUTHORS_MAX; i++)
        add_name(names, label, domains->pdata[i], report->from->evidence);
    if (domains->len == 0)
        add_name(names, label, _("(none)"), report->from->evidence);
    for (guint i = 0; i < names->len; i++) {
        SummaryName *row = names->pdata[i];
        row->check = g_strdup("-");
        const char *like = domains->len > 0 ? looks_like(report, row->domain) : NULL;
        row->vouches = words_fill(like               ? N_("looks like {0}")
                                  : domains->len > 0 ? N_("the name to be proved")
                                                     : N_("no name to be proved"), like, NULL);
    }
    if (domains->len > AUTHORS_MAX)
        add_left_out(names, label, domains->len - AUTHORS_MAX);
}

/* "pass for another domain" is its own thing: it has no share in green. */
static const char *
other_words(const Report *report, const Identifier *identifier)
{
    const GPtrArray *authors = report->from->domains;

    /* Of several authors the strictest verdict is shown, but a name may stand for another. */
    if (authors->len > 1 && identifier->domain &&
        g_ptr_array_find_with_equal_func((GPtrArray *)authors, identifier->domain, g_str_equal,
                                         NULL))
        return N_("only for that name");
    if (g_strcmp0(identifier->mode, "s") == 0 &&
        advice_same_house(advice_house(report, identifier), report->from->domain))
        return N_("NO - not identical (strict)");
    return N_("NO - other domain");
}

/* Where nothing is known yet the receiving host's word is shown, named as such. */
static char *
unknown_words(const Identifier *identifier)
{
    if (identifier->authenticated == TRI_UNKNOWN && identifier->reported)
        return words_fill(N_("unknown - reported: {0}"), identifier->reported, NULL);
    if (identifier->aligned == TRI_UNKNOWN)
        return words_fill(N_("unknown - related?"), NULL);
    return words_fill(N_("unknown - if it passes"), NULL);
}

static void
judge(SummaryName *row, const Report *report, const Identifier *identifier)
{
    if (!identifier) {
        const gboolean lost = no_author_is_lost(no_author_find(report));
        row->tone = lost ? SUMMARY_UNKNOWN : row->tone;
        row->vouches = words_fill(lost ? N_("unknown") : N_("NO - no name to vouch for"), NULL);
        return;
    }
    switch (advice_vouch(identifier, FALSE)) {
    case VOUCH_YES:
        row->tone = SUMMARY_PASS;
        row->vouches = words_fill(g_strcmp0(identifier->domain, report->from->domain) == 0
                                      ? N_("yes - the same name")
                                      : N_("yes - same organization"), NULL);
        break;
    case VOUCH_OTHER:
        row->tone = SUMMARY_OTHER;
        row->vouches = words_fill(other_words(report, identifier), NULL);
        break;
    case VOUCH_FAILED:
        row->tone = SUMMARY_FAIL;
        row->vouches = words_fill(N_("NO - did not pass"), NULL);
        break;
    case VOUCH_NEITHER:
        row->tone = identifier->authenticated == TRI_FALSE ? SUMMARY_FAIL : SUMMARY_OTHER;
        row->vouches = words_fill(identifier->aligned == TRI_FALSE ? N_("NO - other domain")
                                                                   : N_("NO - did not pass"), NULL);
        break;
    case VOUCH_UNKNOWN:
        row->tone = SUMMARY_UNKNOWN;
        row->vouches = unknown_words(identifier);
        break;
    }
}

/* "SPF  pass"; what a trusted host reported instead of us says so. */
static char *
check_words(const char *mechanism, Result result, const Identifier *identifier)
{
    if (identifier && identifier->basis == PROVENANCE_REPORTED && identifier->reported)
        return words_fill(N_("{0} {1}, reported"), mechanism, identifier->reported, NULL);
    return g_strdup_printf("%s %s", mechanism, words_result(result));
}

static void
add_mail_from(const Report *report, const Identifier *identifier, GPtrArray *names)
{
    const EnvelopeItem *mail_from = report->envelope->mail_from;
    const SpfResult *spf = report->spf->mail_from;
    const char *domain = identifier ? identifier->domain : mail_from->domain;
    const gboolean null_sender = envelope_is_null_sender(report->envelope);
    SummaryName *row;

    if (!domain)
        domain = spf->domain ? spf->domain : _("(unknown)");
    /* RFC 7208, 2.4: the null reverse-path stands for postmaster at HELO's name. */
    row = add_name(names, null_sender ? "MAIL FROM <>" : "MAIL FROM", domain, mail_from->evidence);
    row->check = check_words("SPF ", (Result)spf->result, identifier);
    if (identifier || report->from->domains->len == 0) {
        judge(row, report, identifier);
        return;
    }
    row->tone = spf->result == RESULT_UNKNOWN ? SUMMARY_UNKNOWN : SUMMARY_PLAIN;
    row->vouches = words_fill(spf->result == RESULT_UNKNOWN ? N_("unknown")
                                                            : N_("NO - proves no name"), NULL);
}

static void
add_signature(const Report *report, const DkimResult *dkim, const Identifier *identifier,
              GPtrArray *names)
{
    SummaryName *row = add_name(names, "DKIM d=",
                                dkim->domain ? dkim->domain : _("(unreadable)"),
                                dkim->evidence);

    row->check = check_words("DKIM", (Result)dkim->result, identifier);
    judge(row, report, identifier);
    if (!identifier && report->from->domains->len > 0) {
        g_free(row->vouches);
        row->vouches = words_fill(N_("NO - cannot be read"), NULL);
    }
}

void
summary_name_free(SummaryName *row)
{
    g_free(row->name);
    g_free(row->domain);
    g_free(row->check);
    g_free(row->vouches);
    g_free(row);
}

/* Takes the last row back where the table is long enough without it. */
static guint
drop_excess(GPtrArray *names)
{
    SummaryName *last = names->pdata[names->len - 1];

    if (names->len <= NAMES_MAX || last->tone == SUMMARY_PASS)
        return 0;
    summary_name_free(g_ptr_array_steal_index(names, names->len - 1));
    return 1;
}

/* Signatures in message order, then those that are known by report alone. */
static void
add_signatures(const Report *report, GPtrArray *names)
{
    const GPtrArray *identifiers = report_identifiers(report);
    g_autoptr(GPtrArray) of = g_ptr_array_new();    /* the Identifier of each signature, or NULL */
    guint left = 0;

    g_ptr_array_set_size(of, (int)report->dkim->len);
    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        if (identifier->signature >= 0 && identifier->signature < (gint64)report->dkim->len)
            of->pdata[identifier->signature] = identifiers->pdata[i];
    }
    for (guint i = 0; i < report->dkim->len; i++) {
        add_signature(report, report->dkim->pdata[i], of->pdata[i], names);
        left += drop_excess(names);
    }
    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        if (advice_is_spf(identifier) || identifier->signature >= 0)
            continue;
        SummaryName *row = add_name(names, "DKIM d=", identifier->domain, NULL);
        row->check = check_words("DKIM", RESULT_UNKNOWN, identifier);
        judge(row, report, identifier);
        left += drop_excess(names);
    }
    if (left > 0)
        add_left_out(names, "DKIM d=", left);
}

void
summary_names(const Report *report, GPtrArray *names)
{
    const GPtrArray *identifiers = report_identifiers(report);
    const Identifier *spf = NULL;

    add_authors(report, names);
    for (guint i = 0; i < identifiers->len && !spf; i++)
        if (advice_is_spf(identifiers->pdata[i]))
            spf = identifiers->pdata[i];
    add_mail_from(report, spf, names);
    const guint before = names->len;
    add_signatures(report, names);
    if (names->len > before)
        return;
    const gboolean lost = identities_signatures_lost(report);
    SummaryName *row = add_name(names, "DKIM d=", lost ? _("(not in this text)") : _("(no signature)"), NULL);
    row->check = check_words("DKIM", lost ? RESULT_UNKNOWN : RESULT_NONE, NULL);
    row->vouches = lost ? words_fill(N_("unknown"), NULL) : words_fill(N_("NO - not signed"), NULL);
}
