/* spf-note.c: an SPF check's notes: the steps of the tree, and the trace.
 * SPDX-License-Identifier: MIT */
#include "auth/spf-check.h"

#include "base/room.h"

#include <string.h>

/* Terms behind a match are shown up to this many; a hostile record has tens of thousands. */
#define SKIPPED_MAX 100

/* By SpfKind. */
static const struct {
    const char *id, *rule;
} notes[] = {
    [SPF_ALL]      = { "spf-all",      "RFC 7208, 5.1" },
    [SPF_INCLUDE]  = { "spf-include",  "RFC 7208, 5.2" },
    [SPF_A]        = { "spf-a",        "RFC 7208, 5.3" },
    [SPF_MX]       = { "spf-mx",       "RFC 7208, 5.4" },
    [SPF_PTR]      = { "spf-ptr",      "RFC 7208, 5.5" },
    [SPF_IP4]      = { "spf-ip4",      "RFC 7208, 5.6" },
    [SPF_IP6]      = { "spf-ip6",      "RFC 7208, 5.6" },
    [SPF_EXISTS]   = { "spf-exists",   "RFC 7208, 5.7" },
    [SPF_REDIRECT] = { "spf-redirect", "RFC 7208, 6.1" },
    [SPF_EXP]      = { "spf-exp",      "RFC 7208, 6.2" },
};

void
spf_decide(Step *step, Result result)
{
    step_decide(step, result,
                result == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN : PROVENANCE_RECOMPUTED);
}

static void
note_count(Step *step, const char *name, gint64 count, int limit)
{
    char text[2 * ROOM_INT + 5];
    char *end = room_put(room_put_int(text, count), " of ", 4);

    *room_put_int(end, limit) = '\0';
    step_input(step, name, text, PROVENANCE_RECOMPUTED);
}

static void
note_counts(SpfCheck *check, Step *step)
{
    note_count(step, "lookups", check->out->lookups, SPF_LOOKUPS_MAX);
    note_count(step, "void-lookups", check->out->void_lookups, SPF_VOIDS_MAX);
}

/* The network of ip4 or ip6 as written, and what a name stands for until it is expanded. */
static const char *
plain_target(const SpfClause *clause, const char *domain)
{
    if (clause->kind == SPF_IP4 || clause->kind == SPF_IP6)
        return strchr(clause->text, ':') + 1;
    return clause->target ? clause->target : domain;
}

void
spf_note_args(const SpfCheck *check, Step *step, const SpfClause *clause, const char *name,
              const char *domain)
{
    step_arg(step, name ? name : plain_target(clause, domain));
    step_arg(step, check->ip_text);
    step_arg(step, domain);
    step_arg(step, result_words[clause->outcome]);
}

Step *
spf_note_term(Step *parent, const SpfClause *clause)
{
    return step_add(parent, notes[clause->kind].id, notes[clause->kind].rule, clause->text, NULL);
}

static void
note_skipped(const SpfCheck *check, Step *parent, const SpfClause *clause, const char *domain)
{
    Step *step = spf_note_term(parent, clause);

    spf_note_args(check, step, clause, NULL, domain);
    spf_decide(step, RESULT_SKIPPED);
}

SpfTerm *
spf_trace(SpfCheck *check, const SpfClause *clause, const char *domain, guint depth)
{
    SpfTerm *term = record_new(&spf_term_type);

    term->term = g_strdup(clause->text);
    term->domain = g_strdup(domain);
    term->depth = depth;
    g_ptr_array_add(check->out->trace, term);
    check->term = clause->text;
    return term;
}

void
spf_note_end(SpfCheck *check, SpfTerm *term, Step *step, Result result)
{
    term->result = result;
    term->lookups = check->out->lookups;
    term->void_lookups = check->out->void_lookups;
    step_input(step, "client-ip", check->ip_text, check->ip_provenance);
    note_counts(check, step);
    spf_decide(step, result);
}

void
spf_note_rest(const SpfCheck *check, const SpfRecord *record, guint from, const char *domain,
               Step *parent)
{
    const guint end = MIN(record->mechanisms->len, from + SKIPPED_MAX);

    for (guint i = from; i < end; i++)
        note_skipped(check, parent, record->mechanisms->pdata[i], domain);
    if (record->redirect)
        note_skipped(check, parent, record->redirect, domain);
}
