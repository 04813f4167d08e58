/* chart-grid.c: the 16 cells as they are painted: as much in each as its room allows.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tree/words.h"
#include "tui/view/chart-part.h"

enum { ROOMY = 14, INDENT = 1 };

/* Two lines for each cell where there is room, with a blank line between them where there is
 * more. */
ChartGrid
chart_grid_for(const ChartView *self, Rect pane)
{
    const guint foot = chart_counted(self) && pane.height > 1 + CHART_STATES ? 1 : 0;
    const guint width = pane.width, height = pane.height - foot;
    ChartGrid grid = { .label = width >= 56 ? 14 : 12, .lines = 1, .head = 1, .foot = foot };

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

/* The first that fits; the last is taken as it is. (transfer full) */
static char *
first_fit(char *const *texts, guint count, guint room)
{
    guint at = 0;

    while (at + 1 < count && glyph_columns(texts[at], FALSE) > room)
        at++;
    return g_strdup(texts[at]);
}

static const char *const labels[][CHART_STATES] = {
    { N_("aligned"), N_("other domain"), N_("not passed"), N_("none") },
    { N_("own"), N_("other"), N_("fails"), N_("none") },
};

char *
chart_state_name(ChartState state)
{
    return mark_short(translate(labels[0][state]));
}

/* As it fits over a cell or beside it. (transfer full) */
static char *
state_label(guint state, guint room)
{
    g_autofree char *usual = chart_state_name((ChartState)state);
    g_autofree char *brief = mark_short(translate(labels[1][state]));

    return first_fit((char *[]) { usual, brief }, 2, room);
}

/* Of a list: how many, and both verdicts behind it or below. (transfer full) */
static char *
count_text(const ChartView *self, guint cell, guint line, const ChartGrid *grid, char *both,
           char *marks)
{
    const guint room = grid->cell - MIN(grid->cell, 2 + pad_of(grid));
    g_autofree char *count = chart_count_text(chart_counted(self), cell);
    const guint64 own = chart_counted(self)->own[cell];
    g_autofree char *alone = words_number((gint64)own), *brief = words_number_within((gint64)own, room);
    g_autofree char *full = g_strdup_printf("%s %s", count, marks);
    g_autofree char *less = g_strdup_printf("%s %s", alone, marks);

    if (line > 0)
        return first_fit((char *[]) { both, marks }, 2, room);
    if (grid->lines > 1)
        return first_fit((char *[]) { count, alone, brief }, 3, room);
    return first_fit((char *[]) { full, less, alone, brief }, 4, room);
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

    if (chart_counted(self))
        return count_text(self, chart_cell((ChartState)spf, (ChartState)dkim), line, grid, both,
                          marks);
    if (grid->lines == 1)
        return first_fit((char *[]) { both, marks }, 2, room);
    return line == 0 ? first_fit((char *[]) { full, less }, 2, room)
                     : first_fit((char *[]) { full_gmail, close_gmail, less_gmail }, 3, room);
}

static Role
line_role(const ChartView *self, guint spf, guint dkim, guint line)
{
    const gboolean met = chart_gmail_lacks(spf, dkim, !self->without) == 0;
    const ChartCount *count = chart_counted(self);
    const guint cell = chart_cell((ChartState)spf, (ChartState)dkim);

    if (count && line == 0 && count->own[cell] + count->told[cell] == 0)
        return ROLE_DIM;
    if (line > 0 && !count)
        return met ? ROLE_PASS : ROLE_FAIL;
    return chart_dmarc_role(chart_dmarc(spf, dkim, !self->without));
}

/* Around the cell of this message, and around the one that it left by an edit. */
static void
draw_mark(const ChartView *self, Canvas *canvas, guint spf, guint dkim, guint x, guint end, guint y)
{
    const char *marks = NULL;
    Role role = ROLE_CAUSE;

    if (chart_is_here(&self->stand, (ChartState)spf, (ChartState)dkim)) {
        marks = self->stand.placed ? "[]" : "()";
    } else if (chart_was_here(&self->stand, (ChartState)spf, (ChartState)dkim)) {
        marks = "{}";
        role = ROLE_DIM;
    } else {
        return;
    }
    const char left[] = { marks[0], '\0' }, right[] = { marks[1], '\0' };
    canvas_put(canvas, x, y, x + 1, role, left);
    canvas_put(canvas, end, y, end + 1, role, right);
}

static void
draw_cell(const ChartView *self, Canvas *canvas, const ChartGrid *grid, Rect pane, guint spf,
          guint dkim)
{
    const guint x = pane.x + grid->label + dkim * grid->cell;
    const guint y = pane.y + grid->head + spf * grid->lines;
    const guint end = x + grid->cell - 1;
    const gboolean cursor = self->spf == spf && self->dkim == dkim;
    const guint pad = pad_of(grid);

    for (guint line = 0; line < MIN(grid->lines, 2) && y + line < pane.y + pane.height; line++) {
        g_autofree char *text = cell_text(self, spf, dkim, line, grid);
        canvas_put(canvas, x + 1 + pad, y + line, end, line_role(self, spf, dkim, line), text);
        draw_mark(self, canvas, spf, dkim, x, end, y + line);
        if (cursor)
            canvas_put(canvas, x + pad, y + line, x + pad + 1, ROLE_LABEL, ">");
        if (cursor && !self->view.in_detail)
            canvas_tint(canvas, x + pad + 1, y + line, end, ROLE_CURSOR);
    }
}

/* Of a list: the messages that have no cell. */
static void
draw_foot(const ChartView *self, Canvas *canvas, const ChartGrid *grid, Rect pane)
{
    const guint y = pane.y + grid->head + CHART_STATES * grid->lines;
    const guint limit = pane.x + pane.width;
    const gboolean cursor = self->spf == CHART_STATES;

    if (grid->foot == 0 || y >= pane.y + pane.height)
        return;
    g_autofree char *count = chart_count_text(chart_counted(self), CHART_NO_CELL);
    g_autofree char *text = g_strdup_printf(_("no cell: %s (SPF or DKIM not determined)"), count);
    canvas_put(canvas, pane.x, y, pane.x + 1, ROLE_LABEL, cursor ? ">" : " ");
    const guint end = canvas_put_cut(canvas, pane.x + INDENT, y, limit, ROLE_UNKNOWN, text);
    if (cursor && !self->view.in_detail)
        canvas_tint(canvas, pane.x + INDENT, y, end, ROLE_CURSOR);
}

/* "softfail": what stands in the row of fails has a name of its own. */
static void
draw_result(const ChartView *self, Canvas *canvas, const ChartGrid *grid, Rect pane)
{
    const ChartPlace *place = &self->stand.place;
    const guint y = pane.y + grid->head + CHART_FAIL * grid->lines + 1;

    if (grid->lines < 2 || place->spf != CHART_FAIL || chart_counted(self) ||
        place->spf_result == RESULT_FAIL)
        return;
    g_autofree char *name = mark_short(words_result(place->spf_result));
    canvas_put_cut(canvas, pane.x + INDENT, y, pane.x + grid->label, ROLE_CAUSE, name);
}

/* (transfer none) */
static const char *
head_text(const ChartView *self, guint width)
{
    enum { LONG = 72 };

    if (width >= LONG)
        return self->without
                   ? _("Without a DMARC record (r: with one). Gmail: its rule for bulk senders")
                   : _("With a DMARC record (r: without one). Gmail: its rule for bulk senders");
    return self->without ? _("Without a DMARC record (r: with one)")
                         : _("With a DMARC record (r: without one)");
}

static void
draw_heads(const ChartView *self, Canvas *canvas, const ChartGrid *grid, Rect pane)
{
    const guint y = pane.y + grid->head - 1;
    const guint limit = pane.x + pane.width;
    const ChartStand *stand = &self->stand;
    const char *mark = stand->place.believed ? "(" : "[";

    if (grid->head > 1)
        canvas_put_cut(canvas, pane.x + INDENT, pane.y, limit, ROLE_HEADING,
                       head_text(self, pane.width));
    canvas_put(canvas, pane.x + INDENT, y, pane.x + grid->label, ROLE_HEADING, "SPF \\ DKIM");
    for (guint i = 0; i < CHART_STATES; i++) {
        const guint x = pane.x + grid->label + i * grid->cell;
        const guint row = pane.y + grid->head + i * grid->lines;
        const gboolean column_here = !chart_counted(self) && stand->place.dkim == (ChartState)i;
        const gboolean row_here = !chart_counted(self) && stand->place.spf == (ChartState)i;
        const guint first = x + 1 + pad_of(grid);
        g_autofree char *column = state_label(i, x + grid->cell - first);
        g_autofree char *line = state_label(i, grid->label - INDENT);
        canvas_put_cut(canvas, first, y, x + grid->cell, column_here ? ROLE_CAUSE : ROLE_HEADING,
                       column);
        canvas_put_cut(canvas, pane.x + INDENT, row, pane.x + grid->label,
                       row_here ? ROLE_CAUSE : ROLE_HEADING, line);
        /* A check that is known leads to its row or column even where the other is not. */
        if (!stand->placed && !stand->claimed && row_here)
            canvas_put(canvas, pane.x, row, pane.x + 1, ROLE_CAUSE, mark);
        if (!stand->placed && !stand->claimed && column_here)
            canvas_put(canvas, x, y, x + 1, ROLE_CAUSE, mark);
    }
}

void
chart_grid_draw(const ChartView *self, Canvas *canvas, Rect pane)
{
    const ChartGrid grid = chart_grid_for(self, pane);

    draw_heads(self, canvas, &grid, pane);
    draw_result(self, canvas, &grid, pane);
    draw_foot(self, canvas, &grid, pane);
    for (guint spf = 0; spf < CHART_STATES; spf++)
        for (guint dkim = 0; dkim < CHART_STATES; dkim++)
            draw_cell(self, canvas, &grid, pane, spf, dkim);
}
