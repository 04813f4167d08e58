/* chart-ways.c: which edits may lead a message to another cell of the chart: some for SPF, some for DKIM, and each
 * of the one with each of the other. SPDX-License-Identifier: MIT */
#include "advice/chart-ways.h"

#include "advice/advice.h"

/* A host that stands in nobody's record: a forwarder's (RFC 5737). */
#define OTHER_HOST "203.0.113.254"

/* For one check: lists of KEY=VALUE, each list a way. */
typedef struct {
    const Report *base;
    const char   *author, *other;
    GPtrArray    *ways;         /* GPtrArray of char *: KEY=VALUE */
} Plan;

/* One edit, or two; `second` may be NULL. */
static void
add_way(Plan *plan, const char *first, const char *second)
{
    GPtrArray *way = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(way, g_strdup(first));
    if (second)
        g_ptr_array_add(way, g_strdup(second));
    g_ptr_array_add(plan->ways, way);
}

/* A name in the message that passed for itself; else one whose last label is another than the author's, so that
 * no DNS answer is needed to tell the two apart. (transfer none) */
static const char *
other_domain(const Report *base)
{
    const GPtrArray *identifiers = report_identifiers(base);

    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        if (identifier->aligned == TRI_FALSE && identifier->domain)
            return identifier->domain;
    }
    return g_str_has_suffix(base->from->domain, ".example") ? "service.test" : "service.example";
}

/* ---- SPF ---- */

static void
plan_sender(Plan *plan, const char *domain)
{
    g_autofree char *edit = g_strdup_printf("mail-from=bounce@%s", domain);

    add_way(plan, edit, NULL);
    add_way(plan, "spf=pass", NULL);
    add_way(plan, edit, "spf=pass");
}

static void
plan_spf(Plan *plan, ChartState wish)
{
    const char *domain = plan->base->spf->mail_from->domain;
    g_autofree char *gone = domain ? g_strdup_printf("dns=%s TXT nodata", domain) : NULL;

    switch (wish) {
    case CHART_ALIGNED:
        plan_sender(plan, plan->author);
        break;
    case CHART_UNALIGNED:
        plan_sender(plan, plan->other);
        break;
    case CHART_FAIL:
        add_way(plan, "ip=" OTHER_HOST, NULL);
        add_way(plan, "spf=fail", NULL);
        break;
    case CHART_NONE:
        if (gone)
            add_way(plan, gone, NULL);
        add_way(plan, "spf=none", NULL);
        break;
    case CHART_OPEN:
        break;
    }
}

/* ---- DKIM ---- */

static gboolean
is_good(const Plan *plan, guint signature, Tri aligned)
{
    const GPtrArray *identifiers = report_identifiers(plan->base);

    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        if (!advice_is_spf(identifier) && identifier->signature == (gint64)signature)
            return identifier->authenticated != TRI_FALSE &&
                   (identifier->aligned != TRI_FALSE) == (aligned == TRI_TRUE);
    }
    return FALSE;
}

/* "dkim.NUMBER" with `key` behind it, for each signature that is good for the author, for each other good one, for
 * each that is neither. (transfer full) */
static GPtrArray *
each_signature(const Plan *plan, const char *key, const char *value, gboolean own, gboolean others,
               gboolean failed)
{
    GPtrArray *edits = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < plan->base->dkim->len; i++) {
        const gboolean is_own = is_good(plan, i, TRI_TRUE), is_other = is_good(plan, i, TRI_FALSE);
        if ((own && is_own) || (others && is_other) || (failed && !is_own && !is_other))
            g_ptr_array_add(edits, g_strdup_printf("dkim.%u%s=%s", i + 1, key, value));
    }
    return edits;
}

static void
add_all(Plan *plan, GPtrArray *edits)
{
    g_ptr_array_add(plan->ways, edits);
}

static void
plan_dkim_own(Plan *plan)
{
    g_autofree char *instead = g_strdup_printf("dkim.1.d=%s", plan->author);
    g_autofree char *more = g_strdup_printf("dkim.add=%s", plan->author);

    for (guint i = 0; i < plan->base->dkim->len && i < 3; i++) {
        g_autofree char *mended = g_strdup_printf("dkim.%u=pass", i + 1);
        const DkimResult *signature = plan->base->dkim->pdata[i];
        if (signature->author_signature)
            add_way(plan, mended, NULL);
    }
    if (plan->base->dkim->len > 0)
        add_way(plan, instead, NULL);
    add_way(plan, more, NULL);
}

/* What is good for the author is by the other then, or fails beside one of the other's. */
static void
plan_dkim_other(Plan *plan)
{
    g_autofree char *more = g_strdup_printf("dkim.add=%s", plan->other);
    GPtrArray *with = each_signature(plan, "", "fail", TRUE, FALSE, FALSE);

    add_all(plan, each_signature(plan, ".d", plan->other, TRUE, FALSE, FALSE));
    add_all(plan, each_signature(plan, "", "fail", TRUE, FALSE, FALSE));
    if (plan->base->dkim->len > 0)
        add_all(plan, each_signature(plan, ".d", plan->other, FALSE, FALSE, TRUE));
    g_ptr_array_add(with, g_steal_pointer(&more));
    add_all(plan, with);
}

static void
plan_dkim(Plan *plan, ChartState wish)
{
    switch (wish) {
    case CHART_ALIGNED:
        plan_dkim_own(plan);
        break;
    case CHART_UNALIGNED:
        plan_dkim_other(plan);
        break;
    case CHART_FAIL:
        if (plan->base->dkim->len > 0)
            add_way(plan, "body-byte=0", NULL);
        add_all(plan, each_signature(plan, "", "fail", TRUE, TRUE, FALSE));
        break;
    case CHART_NONE:
        add_all(plan, each_signature(plan, "", "none", TRUE, TRUE, TRUE));
        break;
    case CHART_OPEN:
        break;
    }
}

/* ---- together ---- */

static void
free_way(gpointer data)
{
    g_ptr_array_unref(data);
}

static GPtrArray *
ways_new(void)
{
    return g_ptr_array_new_with_free_func(free_way);
}

/* What the ways are about themselves goes; "from" and a record's tags stay. */
static gboolean
is_kept(const WhatIf *edit)
{
    static const char *const about[] = { "spf", "mail-from", "ip", "helo", "body-byte", "dkim.add",
                                         "header-order", NULL };

    return !g_strv_contains(about, edit->key) && edit_signature(edit->key) == 0;
}

static Edits *
edits_kept(const Edits *present)
{
    Edits *edits = edits_new();

    for (guint i = 0; i < edits_length(present); i++)
        if (is_kept(edits_get(present, i)))
            edits_add(edits, edits_get(present, i)->key, edits_get(present, i)->value, NULL);
    return edits;
}

static gboolean
add_edits(Edits *edits, const GPtrArray *way)
{
    for (guint i = 0; way && i < way->len; i++)
        if (!edits_add_text(edits, way->pdata[i], NULL))
            return FALSE;
    return TRUE;
}

static gboolean
is_listed(const GPtrArray *all, const Edits *edits)
{
    for (guint i = 0; i < all->len; i++) {
        const Edits *one = all->pdata[i];
        gboolean same = edits_length(one) == edits_length(edits);
        for (guint k = 0; same && k < edits_length(edits); k++)
            same = g_str_equal(edits_get(one, k)->key, edits_get(edits, k)->key) &&
                   g_str_equal(edits_get(one, k)->value, edits_get(edits, k)->value);
        if (same)
            return TRUE;
    }
    return FALSE;
}

static void
add_both(GPtrArray *all, const Edits *kept, const GPtrArray *spf, const GPtrArray *dkim)
{
    g_autoptr(Edits) edits = edits_copy(kept);

    if (add_edits(edits, spf) && add_edits(edits, dkim) && !is_listed(all, edits))
        g_ptr_array_add(all, g_steal_pointer(&edits));
}

static int
by_length(gconstpointer a, gconstpointer b)
{
    const guint left = edits_length(*(const Edits *const *)a);
    const guint right = edits_length(*(const Edits *const *)b);

    return left < right ? -1 : left > right;
}

/* Of a check that stands where it should nothing is changed, too. */
GPtrArray *
chart_ways(const Report *base, const Edits *present, ChartState spf, ChartState dkim)
{
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)edits_free);
    g_autoptr(GPtrArray) spf_ways = ways_new(), dkim_ways = ways_new();
    g_autoptr(Edits) kept = edits_kept(present);
    ChartPlace now;

    if (!base->from->domain)
        return all;
    chart_place(base, FALSE, &now);
    Plan plan = { base, base->from->domain, other_domain(base), spf_ways };
    g_ptr_array_add(spf_ways, g_ptr_array_new());
    g_ptr_array_add(dkim_ways, g_ptr_array_new());
    if (now.spf != spf)
        plan_spf(&plan, spf);
    plan.ways = dkim_ways;
    if (now.dkim != dkim)
        plan_dkim(&plan, dkim);
    for (guint i = now.spf != spf ? 1 : 0; i < spf_ways->len; i++)
        for (guint k = now.dkim != dkim ? 1 : 0; k < dkim_ways->len; k++)
            add_both(all, kept, spf_ways->pdata[i], dkim_ways->pdata[k]);
    g_ptr_array_sort(all, by_length);
    return all;
}
