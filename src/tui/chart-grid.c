/* chart-grid.c: the 16 cells as they are painted: as much in each as its room allows.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tree/words.h"
#include "tui/chart-part.h"

enum { ROOMY = 14, INDENT = 1 };

/* Two lines for each cell where there is room, with a blank line between them where there is
 * more. */
ChartGrid
chart_grid_for(Rect pane)
{
    const guint width = pane.width, height = pane.height;
    ChartGrid grid = { .label = width >= 56 ? 14 : 12, .lines = 1, .head = 1 };

    grid.cell = (width - MIN(grid.label, width)) / CHART_STATES;
    if (height >= 1 + 3 * CHART_STATES)
        grid.lines = 3;
    else if (height >= 1 + 2 * CHART_STATES)
        grid.lines = 2;
    if (height > 1 + grid.lines * CHART_STATES)
        grid.head = 2;
    return grid;
}

/* Bracket and cursor side by side, where there is room for both. */
static guint
pad_of(const ChartGrid *grid)
{
    return grid->cell > ROOMY ? 1 : 0;
}

static gboolean
is_here(const ChartView *self, guint spf, guint dkim)
{
    return (self->placed || self->claimed) && self->place.spf == (ChartState)spf &&
           self->place.dkim == (ChartState)dkim;
}

/* The first that fits; the last is taken as it is. (transfer full) */
static char *
first_fit(char *const *texts, guint count, guint room)
{
    guint at = 0;

    while (at + 1 < count && glyph_columns(texts[at], FALSE) > room)
        at++;
    return g_strdup(texts[at]);
}

/* As it fits over a cell or beside it. (transfer full) */
static char *
state_label(guint state, guint room)
{
    static const char *const labels[][CHART_STATES] = {
        { N_("aligned"), N_("other domain"), N_("not passed"), N_("none") },
        { N_("own"), N_("other"), N_("fails"), N_("none") },
    };
    g_autofree char *usual = mark_short(translate(labels[0][state]));
    g_autofree char *brief = mark_short(translate(labels[1][state]));

    return first_fit((char *[]) { usual, brief }, 2, room);
}

/* What a line of a cell says in `room` columns. (transfer full) */
static char *
cell_text(const ChartView *self, guint spf, guint dkim, guint line, const ChartGrid *grid)
{
    const App *app = self->view.app;
    const Result result = chart_dmarc(spf, dkim, !self->without);
    const gboolean met = chart_gmail_lacks(spf, dkim, !self->without) == 0;
    const guint room = grid->cell - MIN(grid->cell, 2 + pad_of(grid));
    const char *mark = chart_dmarc_mark(app, result);
    const char *gmail = mark_tone(met ? SUMMARY_PASS : SUMMARY_FAIL, app->glyphs);
    g_autofree char *long_word = chart_dmarc_word(result);
    g_autofree char *word = mark_short(long_word);
    g_autofree char *yes = mark_short(words_result(met ? RESULT_YES : RESULT_NO));
    g_autofree char *full = g_strdup_printf("DMARC %s %s", mark, word);
    g_autofree char *less = g_strdup_printf("%s %s", mark, word);
    g_autofree char *full_gmail = g_strdup_printf("Gmail %s %s", gmail, yes);
    g_autofree char *close_gmail = g_strdup_printf("Gmail %s%s", gmail, yes);
    g_autofree char *less_gmail = g_strdup_printf("Gmail %s", gmail);
    g_autofree char *both = g_strdup_printf("%s%s G%s", mark, word, gmail);
    g_autofree char *marks = g_strdup_printf("D%s G%s", mark, gmail);

    if (grid->lines == 1)
        return first_fit((char *[]) { both, marks }, 2, room);
    return line == 0 ? first_fit((char *[]) { full, less }, 2, room)
                     : first_fit((char *[]) { full_gmail, close_gmail, less_gmail }, 3, room);
}

static Role
line_role(const ChartView *self, guint spf, guint dkim, gboolean second)
{
    const gboolean met = chart_gmail_lacks(spf, dkim, !self->without) == 0;

    return second ? met ? ROLE_PASS : ROLE_FAIL
                  : chart_dmarc_role(chart_dmarc(spf, dkim, !self->without));
}

static void
draw_cell(const ChartView *self, Canvas *canvas, const ChartGrid *grid, Rect pane, guint spf,
          guint dkim)
{
    const guint x = pane.x + grid->label + dkim * grid->cell;
    const guint y = pane.y + grid->head + spf * grid->lines;
    const guint end = x + grid->cell - 1;
    const gboolean here = is_here(self, spf, dkim);
    const gboolean cursor = self->spf == spf && self->dkim == dkim;
    const guint pad = pad_of(grid);

    for (guint line = 0; line < MIN(grid->lines, 2) && y + line < pane.y + pane.height; line++) {
        g_autofree char *text = cell_text(self, spf, dkim, line, grid);
        canvas_put(canvas, x + 1 + pad, y + line, end, line_role(self, spf, dkim, line == 1), text);
        if (here) {
            canvas_put(canvas, x, y + line, x + 1, ROLE_CAUSE, self->placed ? "[" : "(");
            canvas_put(canvas, end, y + line, end + 1, ROLE_CAUSE, self->placed ? "]" : ")");
        }
        if (cursor)
            canvas_put(canvas, x + pad, y + line, x + pad + 1, ROLE_LABEL, ">");
        if (cursor && !self->in_detail)
            canvas_tint(canvas, x + pad + 1, y + line, end, ROLE_CURSOR);
    }
}

static void
draw_heads(const ChartView *self, Canvas *canvas, const ChartGrid *grid, Rect pane)
{
    const guint y = pane.y + grid->head - 1;
    const guint limit = pane.x + pane.width;
    const char *mark = self->place.believed ? "(" : "[";

    if (grid->head > 1)
        canvas_put_cut(canvas, pane.x + INDENT, pane.y, limit, ROLE_HEADING,
                       self->without ? _("Without a DMARC record (r: with one)")
                                     : _("With a DMARC record (r: without one)"));
    canvas_put(canvas, pane.x + INDENT, y, pane.x + grid->label, ROLE_HEADING, "SPF \\ DKIM");
    for (guint i = 0; i < CHART_STATES; i++) {
        const guint x = pane.x + grid->label + i * grid->cell;
        const guint row = pane.y + grid->head + i * grid->lines;
        const gboolean column_here = self->place.dkim == (ChartState)i;
        const gboolean row_here = self->place.spf == (ChartState)i;
        const guint first = x + 1 + pad_of(grid);
        g_autofree char *column = state_label(i, x + grid->cell - first);
        g_autofree char *line = state_label(i, grid->label - INDENT);
        canvas_put_cut(canvas, first, y, x + grid->cell, column_here ? ROLE_CAUSE : ROLE_HEADING,
                       column);
        canvas_put_cut(canvas, pane.x + INDENT, row, pane.x + grid->label,
                       row_here ? ROLE_CAUSE : ROLE_HEADING, line);
        /* A check that is known leads to its row or column even where the other is not. */
        if (!self->placed && !self->claimed && row_here)
            canvas_put(canvas, pane.x, row, pane.x + 1, ROLE_CAUSE, mark);
        if (!self->placed && !self->claimed && column_here)
            canvas_put(canvas, x, y, x + 1, ROLE_CAUSE, mark);
    }
}

void
chart_grid_draw(const ChartView *self, Canvas *canvas, Rect pane)
{
    const ChartGrid grid = chart_grid_for(pane);

    draw_heads(self, canvas, &grid, pane);
    for (guint spf = 0; spf < CHART_STATES; spf++)
        for (guint dkim = 0; dkim < CHART_STATES; dkim++)
            draw_cell(self, canvas, &grid, pane, spf, dkim);
}
