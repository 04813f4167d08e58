/* chart-changes.c: where a message stands and stood; what edits could do, and where real changes lead.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/ui.h"
#include "tui/view/chart-page.h"
#include "tui/view/views.h"

enum { FACT = 9 };

/* ---- where the message stands ---- */

gboolean
chart_is_here(const ChartStand *stand, ChartState spf, ChartState dkim)
{
    return (stand->placed || stand->claimed) && stand->place.spf == spf && stand->place.dkim == dkim;
}

gboolean
chart_was_here(const ChartStand *stand, ChartState spf, ChartState dkim)
{
    return stand->moved && stand->was.spf == spf && stand->was.dkim == dkim;
}

/* Second best: what follows if the receiving host is right, a cell or only a line of them. */
static void
place_report(const Report *report, ChartStand *stand)
{
    ChartPlace told;

    stand->placed = chart_place(report, FALSE, &stand->own);
    stand->place = stand->own;
    stand->claimed = !stand->placed && chart_place(report, TRUE, &told);
    if (!stand->placed && (told.spf != stand->own.spf || told.dkim != stand->own.dkim))
        stand->place = told;
}

/* Where it stood before the edits stays as a shadow. */
static void
place_shadow(const Report *base, ChartStand *stand)
{
    ChartStand before = { 0 };

    place_report(base, &before);
    stand->was = before.place;
    stand->moved = (before.placed || before.claimed) &&
                   !chart_is_here(stand, before.place.spf, before.place.dkim);
}

ChartStand
chart_stand(const Report *report, const Report *base)
{
    ChartStand stand = { 0 };

    place_report(report, &stand);
    if (base)
        place_shadow(base, &stand);
    return stand;
}

/* ---- edits ---- */

static void
add_was(Page *page, const ChartCell *cell)
{
    const ChartStand *stand = cell->stand;
    g_autofree char *name = chart_cell_name(chart_cell(stand->was.spf, stand->was.dkim));

    if (!stand->moved)
        return;
    if (chart_was_here(stand, cell->spf, cell->dkim)) {
        chart_add_fact(page, _("BEFORE"), ROLE_LABEL,
                       _("Here this message stands without the edits."));
    } else if (chart_is_here(stand, cell->spf, cell->dkim)) {
        g_autofree char *told = words_fill(N_("Without the edits it stands elsewhere: {0}."), name, NULL);
        chart_add_fact(page, _("BEFORE"), ROLE_LABEL, told);
    }
}

char *
chart_way_text(const Edits *edits)
{
    GString *out = g_string_new(edits_length(edits) > 0 ? NULL : _("take the edits back"));

    for (guint i = 0; i < edits_length(edits); i++) {
        g_autofree char *text = edit_text(edits_get(edits, i));
        g_string_append_printf(out, "%s%s", i > 0 ? _(" and ") : "", text);
    }
    return g_string_free(out, FALSE);
}

static void
add_ways(Page *page, const GPtrArray *ways)
{
    if (!ways)
        return;
    chart_add_fact(page, _("WHAT IF"), ROLE_HEADING,
                   ways->len == 0
                       ? _("No change that is known here leads this message to this cell.")
                       : _("Each of these, tried already, leads this message here (Enter makes it):"));
    for (guint i = 0; i < ways->len; i++) {
        const Edits *edits = ways->pdata[i];
        g_autofree char *text = chart_way_text(edits);
        const guint row = page_length(page);
        page_text(page, FACT + 2, ROLE_TEXT, text);
        page_item(page, row, edits);
    }
}

void
chart_add_edits(Page *page, const ChartCell *cell)
{
    add_was(page, cell);
    add_ways(page, cell->ways);
}

/* ---- where changes lead ---- */

/* How a mail gets from one state of a check to another: what helps first, then what happens. */
static const struct {
    gboolean    spf;
    ChartState  from, to;
    const char *id;
} moves[] = {
    { TRUE, CHART_UNALIGNED, CHART_ALIGNED, "chart-move-own-envelope" },
    { TRUE, CHART_FAIL, CHART_ALIGNED, "chart-move-own-host" },
    { TRUE, CHART_NONE, CHART_ALIGNED, "chart-move-new-record" },
    { FALSE, CHART_UNALIGNED, CHART_ALIGNED, "chart-move-own-signature" },
    { FALSE, CHART_FAIL, CHART_ALIGNED, "chart-move-whole-signature" },
    { FALSE, CHART_NONE, CHART_ALIGNED, "chart-move-own-signature" },
    { TRUE, CHART_ALIGNED, CHART_UNALIGNED, "chart-move-other-envelope" },
    { TRUE, CHART_ALIGNED, CHART_FAIL, "chart-move-forward" },
    { TRUE, CHART_UNALIGNED, CHART_FAIL, "chart-move-forward" },
    { TRUE, CHART_FAIL, CHART_UNALIGNED, "chart-move-relay-envelope" },
    { FALSE, CHART_ALIGNED, CHART_FAIL, "chart-move-altered" },
    { FALSE, CHART_UNALIGNED, CHART_FAIL, "chart-move-altered" },
};

/* "two columns to the left" (transfer none) */
static const char *
way_words(gboolean rows, int from, int to)
{
    static const char *const words[4][3] = {
        { N_("one row up"), N_("two rows up"), N_("three rows up") },
        { N_("one row down"), N_("two rows down"), N_("three rows down") },
        { N_("one column to the left"), N_("two columns to the left"), N_("three columns to the left") },
        { N_("one column to the right"), N_("two columns to the right"),
          N_("three columns to the right") },
    };
    const int by = from > to ? from - to : to - from;

    return translate(words[(rows ? 0 : 2) + (to > from ? 1 : 0)][CLAMP(by, 1, 3) - 1]);
}

void
chart_add_moves(Page *page, const App *app, const ChartCell *cell)
{
    const char *label = _("CHANGES");

    for (gsize i = 0; i < G_N_ELEMENTS(moves); i++) {
        const ChartState now = moves[i].spf ? cell->spf : cell->dkim;
        if (now != moves[i].from)
            continue;
        const ChartState spf = moves[i].spf ? moves[i].to : cell->spf;
        const ChartState dkim = moves[i].spf ? cell->dkim : moves[i].to;
        const Result result = chart_dmarc(spf, dkim, cell->record);
        g_autofree char *what = words_text(moves[i].id, NULL);
        g_autofree char *word = chart_dmarc_word(result);
        g_autofree char *line = words_fill(N_("{0}: {1}, DMARC {2} {3}."), what,
                                           way_words(moves[i].spf, (int)moves[i].from, (int)moves[i].to),
                                           chart_dmarc_mark(app, result), word, NULL);
        chart_add_fact(page, label, ROLE_TEXT, line);
        label = "";
    }
}
