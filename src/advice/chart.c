/* chart.c: the rules of the 16 cells, and the cell of a message.
 * SPDX-License-Identifier: MIT */
#include "advice/chart.h"

#include "advice/advice.h"

const char *const chart_state_words[] = { "aligned", "unaligned", "fail", "none", "open", NULL };

/* ---- the cells ---- */

static gboolean
is_pass(ChartState state)
{
    return state == CHART_ALIGNED || state == CHART_UNALIGNED;
}

/* RFC 9989, 5.3: one aligned pass is enough. Without a record nobody asked. */
Result
chart_dmarc(ChartState spf, ChartState dkim, gboolean record)
{
    if (!record)
        return RESULT_NONE;
    return spf == CHART_ALIGNED || dkim == CHART_ALIGNED ? RESULT_PASS : RESULT_FAIL;
}

guint
chart_gmail_lacks(ChartState spf, ChartState dkim, gboolean record)
{
    const gboolean aligned = spf == CHART_ALIGNED || dkim == CHART_ALIGNED;

    return (is_pass(spf) ? 0u : (guint)CHART_LACKS_SPF) |
           (is_pass(dkim) ? 0u : (guint)CHART_LACKS_DKIM) |
           (aligned ? 0u : (guint)CHART_LACKS_ALIGNMENT) |
           (record ? 0u : (guint)CHART_LACKS_RECORD);
}

/* ---- a message ---- */

/* Between which states a check may come out, once what is open is known. */
typedef struct {
    ChartState best, worst;
    const Identifier *by;       /* the one that counts so far */
} Range;

static const DkimResult *
signature_of(const Report *report, const Identifier *identifier)
{
    const gint64 index = identifier->signature;

    return index >= 0 && index < (gint64)report->dkim->len ? report->dkim->pdata[index] : NULL;
}

/* Of a host's word for what did not pass; "hardfail" and the like are fails. */
static Result
failed_result(const char *word)
{
    static const Result known[] = { RESULT_NONE, RESULT_SOFTFAIL, RESULT_NEUTRAL, RESULT_POLICY,
                                    RESULT_PERMERROR };

    for (gsize i = 0; word && i < G_N_ELEMENTS(known); i++)
        if (g_str_equal(word, result_words[known[i]]))
            return known[i];
    return RESULT_FAIL;
}

/* `believe`: where nothing is known here, the receiving host's word is taken; a word that decides
 * nothing leaves it open. */
static Tri
authenticated(const Identifier *identifier, gboolean believe)
{
    static const char *const open[] = { "temperror", "tempfail", "unknown", "timeout", NULL };

    if (identifier->authenticated != TRI_UNKNOWN || !believe || !identifier->reported ||
        g_strv_contains(open, identifier->reported))
        return (Tri)identifier->authenticated;
    return g_str_equal(identifier->reported, "pass") ? TRI_TRUE : TRI_FALSE;
}

/* Whose word it rests on gives the name of the result, too. */
static Result
result_of(const Report *report, const Identifier *identifier, gboolean believe)
{
    const DkimResult *signature = signature_of(report, identifier);
    const Tri proved = authenticated(identifier, believe);

    if (proved == TRI_TRUE)
        return RESULT_PASS;
    if (proved == TRI_UNKNOWN)
        return identifier->temporary ? RESULT_TEMPERROR : RESULT_UNKNOWN;
    if (identifier->basis == PROVENANCE_REPORTED || identifier->authenticated == TRI_UNKNOWN)
        return failed_result(identifier->reported);
    if (advice_is_spf(identifier))
        return (Result)report->spf->mail_from->result;
    return signature ? (Result)signature->result : RESULT_FAIL;
}

static ChartState
best_state(const Identifier *identifier)
{
    return identifier->aligned == TRI_FALSE ? CHART_UNALIGNED : CHART_ALIGNED;
}

/* One that is open may still fail; one that passed may still be for either. */
static Range
range_of(const Report *report, const Identifier *identifier, gboolean believe)
{
    const Tri proved = authenticated(identifier, believe);

    if (proved == TRI_FALSE) {
        const gboolean none = result_of(report, identifier, believe) == RESULT_NONE;
        const ChartState state = none ? CHART_NONE : CHART_FAIL;
        return (Range){ state, state, identifier };
    }
    if (proved == TRI_TRUE)
        return (Range){ best_state(identifier),
                        identifier->aligned == TRI_TRUE ? CHART_ALIGNED : CHART_UNALIGNED,
                        identifier };
    /* RFC 7208, 2.6.1: SPF may also turn out to find no record. */
    return (Range){ best_state(identifier), advice_is_spf(identifier) ? CHART_NONE : CHART_FAIL,
                    identifier };
}

/* Of several the best counts; the first of those that are equal. */
static void
join(Range *all, Range one)
{
    const gboolean better = one.worst < all->worst ||
                            (one.worst == all->worst && one.best < all->best);

    if (!all->by || better)
        all->by = one.by;
    all->best = MIN(all->best, one.best);
    all->worst = MIN(all->worst, one.worst);
}

static ChartState
state_of(const Range *range)
{
    return range->best == range->worst ? range->best : CHART_OPEN;
}

/* A fragment without a signature: nobody knows whether the rest held one. */
static gboolean
hides_signatures(const Report *report)
{
    return report->dkim->len == 0 && g_strcmp0(report->source->fidelity, "fragments") == 0;
}

static void
place_spf(const Report *report, const Range *range, ChartPlace *place)
{
    place->spf = state_of(range);
    place->spf_domain = range->by ? range->by->domain : NULL;
    place->spf_result =
        range->by ? result_of(report, range->by, place->believed) : RESULT_UNKNOWN;
}

static void
place_dkim(const Report *report, const Range *range, ChartPlace *place)
{
    place->dkim = state_of(range);
    place->dkim_result = RESULT_NONE;
    if (range->by) {
        place->dkim_domain = range->by->domain;
        place->dkim_result = result_of(report, range->by, place->believed);
        place->signature = signature_of(report, range->by);
    }
    if (place->dkim != CHART_ALIGNED && hides_signatures(report)) {
        place->dkim = CHART_OPEN;
        place->dkim_result = RESULT_UNKNOWN;
    }
}

static Tri
record_of(const Report *report)
{
    const DmarcResult *dmarc = report_dmarc(report);

    if (!report->from->domain)
        return TRI_UNKNOWN;
    if (dmarc->policy || dmarc->applied)
        return TRI_TRUE;
    return dmarc->result == RESULT_NONE ? TRI_FALSE : TRI_UNKNOWN;
}

gboolean
chart_place(const Report *report, gboolean believe, ChartPlace *place)
{
    const GPtrArray *identifiers = report_identifiers(report);
    Range spf = { CHART_NONE, CHART_NONE, NULL };
    Range dkim = spf;

    *place = (ChartPlace){ .spf = CHART_OPEN, .dkim = CHART_OPEN, .record = record_of(report),
                           .believed = believe };
    /* Alignment is asked of one name; several are several questions. */
    if (!report->from->domain || identifiers->len == 0)
        return FALSE;
    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        const gboolean is_spf = advice_is_spf(identifier);
        join(is_spf ? &spf : &dkim, range_of(report, identifier, believe));
        place->signatures += is_spf ? 0 : 1;
    }
    place_spf(report, &spf, place);
    place_dkim(report, &dkim, place);
    return place->spf != CHART_OPEN && place->dkim != CHART_OPEN;
}

/* ---- many messages ---- */

guint
chart_cell(ChartState spf, ChartState dkim)
{
    return spf == CHART_OPEN || dkim == CHART_OPEN ? (guint)CHART_NO_CELL
                                                   : (guint)spf * CHART_STATES + (guint)dkim;
}

ChartState
chart_cell_spf(guint cell)
{
    return cell < CHART_CELLS ? (ChartState)(cell / CHART_STATES) : CHART_OPEN;
}

ChartState
chart_cell_dkim(guint cell)
{
    return cell < CHART_CELLS ? (ChartState)(cell % CHART_STATES) : CHART_OPEN;
}

ChartSpot
chart_spot(const Report *report)
{
    ChartPlace own, told;

    if (chart_place(report, FALSE, &own)) {
        const guint8 cell = (guint8)chart_cell(own.spf, own.dkim);
        return (ChartSpot){ cell, cell };
    }
    chart_place(report, TRUE, &told);
    return (ChartSpot){ CHART_NO_CELL, (guint8)chart_cell(told.spf, told.dkim) };
}

void
chart_count_add(ChartCount *count, ChartSpot spot)
{
    count->own[spot.own]++;
    if (spot.own == CHART_NO_CELL)
        count->told[spot.told]++;
}

void
chart_count_remove(ChartCount *count, ChartSpot spot)
{
    count->own[spot.own]--;
    if (spot.own == CHART_NO_CELL)
        count->told[spot.told]--;
}

void
chart_count_join(ChartCount *count, const ChartCount *part)
{
    for (guint i = 0; i <= CHART_NO_CELL; i++) {
        count->own[i] += part->own[i];
        count->told[i] += part->told[i];
    }
}
