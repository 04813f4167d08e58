/* advice.c: the walk over the patterns.
 * SPDX-License-Identifier: MIT */
#include "advice/advice.h"

#include <string.h>

#include "advice/pattern.h"
#include "tree/seek.h"

/* A service signs at the top, or not at all. */
#define SIGNERS_MAX 10

gboolean
advice_is_announced(const Report *report)
{
    for (guint i = 0; i < report->advice->len; i++)
        if (g_strcmp0(((const Advice *)report->advice->pdata[i])->tried, ADVICE_ANNOUNCED) == 0)
            return TRUE;
    return FALSE;
}

/* The first of these that is in the tree and did not hold, else the first that is there. */
static const char *
first_turned(const Report *report, const char *turns, const GPtrArray *args)
{
    if (!turns || !report->tree)
        return NULL;
    if (!strchr(turns, '|')) {
        const Step *only = seek_any(report->tree, turns);
        return only ? only->id : NULL;
    }
    g_auto(GStrv) ids = g_strsplit(turns, "|", -1);
    const Step *first = NULL;

    for (char **id = ids; *id; id++) {
        const Step *step = seek_step(report->tree, *id, args);
        if (step && seek_went_wrong(step))
            return step->id;
        first = first ? first : step;
    }
    return first ? first->id : NULL;
}

/* Tells what it changes, but a step that is not in the tree it cannot turn. */
static void
name_advice(const Report *report, const Pattern *pattern, Advice *advice)
{
    advice->pattern = pattern->id;
    advice->who = pattern->who;
    if (report->tree)
        advice->turns = g_strdup(first_turned(report, pattern->turns, advice->args));
    else if (pattern->turns)    /* it grows */
        advice->turns = g_strndup(pattern->turns, strcspn(pattern->turns, "|"));
}

gboolean
advice_turns_the_same(const Report *report, const Advice *advice)
{
    const Pattern *pattern = pattern_table;

    while (pattern->id && !g_str_equal(pattern->id, advice->pattern))
        pattern++;
    return g_strcmp0(first_turned(report, pattern->turns, advice->args), advice->turns) == 0;
}

/* What has edits claims that the mail passes with them: that is tried, unless it passes anyway. */
static gboolean
holds(const Case *c, const AdviceMeans *means, Advice *advice)
{
    if (c->dmarc->result == RESULT_PASS)
        advice->tried = "tried-needless";
    if (advice->edits->len == 0 || !means || !means->prove || c->dmarc->result == RESULT_PASS)
        return TRUE;
    return means->prove(advice, means->data);
}

/* Most patterns look, and leave it as it was: then the next may have it. */
static gboolean
is_untouched(const Advice *advice)
{
    return !advice->pattern && !advice->record && !advice->provider && advice->args->len == 0 &&
           advice->edits->len == 0 && advice->effects->len == 0 && advice->legs->len == 0;
}

typedef struct {
    const Case        *c;
    const AdviceMeans *means;
    GPtrArray         *list;
    Advice            *spare;   /* untouched */
} Search;

static gboolean
try_pattern(Search *search, const Pattern *pattern)
{
    Advice *advice = search->spare ? search->spare : record_new(&advice_type);

    search->spare = NULL;
    if (pattern->fits(search->c, advice)) {
        name_advice(search->c->report, pattern, advice);
        if (holds(search->c, search->means, advice)) {
            g_ptr_array_add(search->list, advice);
            return TRUE;
        }
    }
    if (is_untouched(advice))
        search->spare = advice;
    else
        record_free(&advice_type, advice);
    return FALSE;
}

/* The service that carries it, by the best of its names: the envelope's, a signature's, the host's. */
static const Provider *
carrier_of(const Case *c)
{
    const Hop *border = report_border(c->report);
    const Provider *found =
        c->spf ? providers_by_envelope(c->providers, c->spf->domain) : NULL;

    for (guint i = 0; i < c->dkim->len && i < SIGNERS_MAX && !found; i++) {
        const Identifier *dkim = c->dkim->pdata[i];
        if (dkim->aligned != TRI_TRUE)
            found = providers_by_signer(c->providers, dkim->domain);
    }
    if (!found && border)
        found = providers_by_host(c->providers, border->ptr ? border->ptr : border->from);
    return found;
}

static void
open_case(Case *c, const Report *report, const AdviceMeans *means)
{
    const GPtrArray *addresses = report->from->addresses;

    c->report = report;
    c->dmarc = report_dmarc(report);
    c->author = report->from->domain;
    if (c->author && addresses->len > 0)
        c->author_address = ((const Mailbox *)addresses->pdata[0])->address;
    c->believe = advice_believes(report);
    c->others = advice_others(report);
    c->dkim = g_ptr_array_new();
    c->identifiers = report_identifiers(report);
    for (guint i = 0; i < c->identifiers->len; i++) {
        Identifier *identifier = c->identifiers->pdata[i];
        if (!advice_is_spf(identifier))
            g_ptr_array_add(c->dkim, identifier);
        else if (!c->spf && identifier->domain)
            c->spf = identifier;
        c->vouched = c->vouched || advice_vouch(identifier, c->believe) == VOUCH_YES;
    }
    c->providers = means ? means->providers : NULL;
    c->carrier = carrier_of(c);
}

/* Where nothing is decided, nobody need change anything yet. */
static gboolean
is_decided(const Case *c)
{
    switch (c->dmarc->result) {
    case RESULT_PASS: case RESULT_FAIL: case RESULT_NONE: case RESULT_PERMERROR:
        return TRUE;
    default:
        return c->believe;
    }
}

/* It explains nothing that what hangs by a thread hangs so: that needs something else beside it. */
static gboolean
explains(const Pattern *pattern)
{
    return *pattern->id != 'h' || !g_str_has_prefix(pattern->id, "hangs-");
}

void
advice_find(Report *report, const AdviceMeans *means)
{
    Case c = { 0 };
    Search search = { .c = &c, .means = means, .list = report->advice };
    const char *last = NULL;        /* rows of one id are alternatives */
    gboolean found = FALSE;

    open_case(&c, report, means);
    for (const Pattern *p = pattern_table; p->id && is_decided(&c); p++) {
        if (last && g_str_equal(p->id, last))
            continue;
        if (!explains(p) && !found)
            found = try_pattern(&search, &pattern_fallback);
        if (found && means && means->leading)
            break;
        if (!try_pattern(&search, p))
            continue;
        found = TRUE;
        last = p->id;
        if (means && means->leading)
            break;
    }
    if (!found && is_decided(&c))
        try_pattern(&search, &pattern_fallback);
    if (search.spare)
        record_free(&advice_type, search.spare);
    g_ptr_array_unref(c.others);
    g_ptr_array_unref(c.dkim);
}
