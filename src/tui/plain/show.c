/* show.c: views as paragraphs: pages cell by cell, the tree step by step, anything else as it
 * is painted. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tree/words.h"
#include "tui/lessons/lesson.h"
#include "tui/plain/part.h"
#include "tui/view/views.h"

/* What begins further right on a page belongs to a label. */
enum { INDENT = 2, LABELS_END = 5, CANVAS_MIN = 60, CANVAS_MAX = 79, CANVAS_HEIGHT = 400 };

/* ---- pages ---- */

typedef struct {
    char    *text;
    char    *label;     /* of what stands behind a bar; or NULL */
    guint    indent;
    gboolean bar;       /* a stranger's text, as it stands */
    guint    item;      /* its number, from 1; 0: none */
} Paragraph;

static void
clear_paragraph(gpointer data)
{
    g_free(((Paragraph *)data)->text);
    g_free(((Paragraph *)data)->label);
}

static gboolean
is_dash(const PageCell *cell)
{
    return cell->length == 1 && *cell->text == '-';
}

/* "label: text"; a table's cells with commas between. */
static const char *
separator(const GString *text, const PageCell *cell, guint cells)
{
    if (text->len == 0)
        return "";
    if (strchr(":?", text->str[text->len - 1]) || g_str_has_suffix(text->str, "："))
        return " ";
    if (cell->length > 0 && *cell->text == '(')
        return " ";
    return cells == 2 ? ": " : ", ";
}

/* The cells [first, end) of a row. */
static Paragraph
join(const Page *page, const GArray *order, guint first, guint end)
{
    Paragraph paragraph = { NULL, NULL, 0, FALSE, 0 };
    GString *text = g_string_new(NULL);
    guint cells = 0;

    for (guint i = first; i < end; i++)
        cells += page_cell(page, g_array_index(order, guint, i)).length > 0;
    for (guint i = first; i < end; i++) {
        const PageCell cell = page_cell(page, g_array_index(order, guint, i));
        if (cell.length == 1 && *cell.text == '|') {
            paragraph.bar = TRUE;
            paragraph.label = text->len > 0 ? g_strconcat(text->str, ":", NULL) : NULL;
            g_string_truncate(text, 0);
            continue;
        }
        if (cell.length == 0 || (cells > 2 && is_dash(&cell)))
            continue;
        if (text->len == 0)
            paragraph.indent = cell.x > LABELS_END ? 2 * INDENT : INDENT;
        g_string_append(text, separator(text, &cell, cells));
        g_string_append_len(text, cell.text, (gssize)cell.length);
    }
    paragraph.text = g_string_free(text, FALSE);
    return paragraph;
}

static int
by_row(gconstpointer a, gconstpointer b, gpointer page)
{
    const guint left = *(const guint *)a, right = *(const guint *)b;
    const guint upper = page_cell(page, left).row, lower = page_cell(page, right).row;

    return upper != lower ? (upper < lower ? -1 : 1) : left < right ? -1 : left > right;
}

/* (transfer full) Paragraph: every row that holds something. */
static GArray *
paragraphs(const Page *page)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(Paragraph));
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
    guint item = 0;

    g_array_set_clear_func(all, clear_paragraph);
    for (guint i = 0; i < page_cells(page); i++)
        g_array_append_val(order, i);
    g_array_sort_with_data(order, by_row, (gpointer)page);
    for (guint first = 0, end; first < order->len; first = end) {
        const guint row = page_cell(page, g_array_index(order, guint, first)).row;
        for (end = first + 1; end < order->len; end++)
            if (page_cell(page, g_array_index(order, guint, end)).row != row)
                break;
        Paragraph paragraph = join(page, order, first, end);
        while (item < page_items(page) && page_item_row(page, item) < row)
            item++;
        if (item < page_items(page) && page_item_row(page, item) == row)
            paragraph.item = item + 1;
        g_array_append_val(all, paragraph);
    }
    return all;
}

/* Blanks that make columns on a page say nothing. */
static void
squeeze(char *text)
{
    char *to = text;

    for (const char *at = text; *at; at++)
        if (*at != ' ' || to == text || to[-1] != ' ')
            *to++ = *at;
    *to = '\0';
}

/* "2. MAIL FROM ..."; what a page numbers itself keeps its number once. */
static char *
numbered(const Paragraph *paragraph)
{
    g_autofree char *number = g_strdup_printf("%u: ", paragraph->item);
    const char *text = paragraph->text;

    if (paragraph->item == 0)
        return g_strdup(text);
    return g_strdup_printf("%u. %s", paragraph->item,
                           text + (g_str_has_prefix(text, number) ? strlen(number) : 0));
}

static void
put(Plain *plain, const Paragraph *paragraph)
{
    g_autofree char *text = numbered(paragraph);

    if (paragraph->bar) {
        if (paragraph->label)
            plain_out_text(plain->out, INDENT, NULL, paragraph->label);
        plain_out_text(plain->out, 2 * INDENT, "|", text);
        return;
    }
    squeeze(text);
    if (*text)
        plain_out_text(plain->out, MAX(paragraph->indent, INDENT), NULL, text);
}

void
plain_show_page(Plain *plain, const Page *page)
{
    g_autoptr(GArray) all = paragraphs(page);

    for (guint i = 0; i < all->len && !plain_out_stopped(plain->out); i++)
        put(plain, &g_array_index(all, Paragraph, i));
}

/* ---- what is painted ---- */

static gboolean
is_ruled(const char *line)
{
    return line[strspn(line, " -+|=")] == '\0';
}

/* At a width where everything stands below each other. */
static void
show_painted(Plain *plain, View *view)
{
    const guint width = CLAMP(plain_out_width(plain->out), CANVAS_MIN, CANVAS_MAX);
    g_autoptr(Canvas) canvas = canvas_new(width, CANVAS_HEIGHT);

    canvas->mode = plain->app->mode;
    canvas->glyphs = plain->app->glyphs;
    view->class->fit(view, width, CANVAS_HEIGHT);
    view->class->draw(view, canvas, (Rect) { 0, 0, width, CANVAS_HEIGHT });
    g_autofree char *text = canvas_text(canvas);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        if (!is_ruled(*line))
            plain_out_text(plain->out, INDENT, NULL, *line);
    app_resize(plain->app, plain->app->width, plain->app->height);
}

/* ---- the tree ---- */

/* "5 of 9: same organization? x NO"; an open group is no step (0) of the walk. */
static char *
step_line(const App *app, guint index, guint step)
{
    Cursor *cursor = app->doc->cursor;
    const CursorRow *row = &g_array_index(cursor_rows(cursor), CursorRow, index);
    const gboolean shown = tree_row_shown(row);
    g_autofree char *title = tree_other_title(app, row);
    g_autofree char *outcome = shown ? mark_outcome(row->step, row->depth == 0, app->glyphs)
                                     : g_strdup(tree_row_open(row));
    g_autoptr(GString) out = g_string_new(NULL);

    if (step > 0)
        g_string_append_printf(out, _("%u of %u: "), step, cursor_walk_length(cursor));
    g_string_append(out, title);
    if (*outcome)
        g_string_append_printf(out, "%s %s", strchr(".?:", title[MAX(strlen(title), 1) - 1])
                                                 ? "" : ":", outcome);
    if (tree_row_cause(app, row))
        g_string_append_printf(out, "  %s", _("CAUSE"));
    return g_strdup(out->str);
}

/* The open branches from row `first` on, above the row `end`: steps of two of them may read alike. */
static void
show_branches(Plain *plain, guint first, guint end)
{
    const App *app = plain->app;

    for (guint i = first; i < end && !plain_out_stopped(plain->out); i++) {
        if (!g_array_index(cursor_rows(app->doc->cursor), CursorRow, i).open)
            continue;
        g_autofree char *line = step_line(app, i, 0);
        plain_out_say(plain->out, "%s", line);
    }
}

/* In the order in which the answer is built: the order of the walk. */
static void
show_steps(Plain *plain)
{
    Cursor *cursor = plain->app->doc->cursor;
    const guint length = cursor_walk_length(cursor);
    guint below_root = 1;

    if (length == 0)
        plain_out_say(plain->out, "%s", _("There is no tree."));
    for (guint step = 1; step <= length && !plain_out_stopped(plain->out); step++) {
        const guint row = cursor_walk_row(cursor, step);
        g_autofree char *line = step_line(plain->app, row, step);
        show_branches(plain, below_root, row);
        plain_out_say(plain->out, "%s", line);
        below_root = row + 1;
    }
}

/* "x NO (recomputed)": the outcome, and how it is known. */
static const char *
how_known(const char *outcome, const char *text)
{
    const gsize length = strlen(outcome);

    return length > 0 && strncmp(text, outcome, length) == 0 &&
                   (text[length] == '\0' || g_str_has_prefix(text + length, " ("))
               ? text + length
               : NULL;
}

void
plain_show_step(Plain *plain)
{
    App *app = plain->app;
    const GArray *rows = cursor_rows(app->doc->cursor);
    const guint at = cursor_at(app->doc->cursor);

    if (rows->len == 0)
        return;
    const CursorRow *row = &g_array_index(rows, CursorRow, at);
    g_autofree char *title = words_title(row->step);
    g_autofree char *line = step_line(app, at, cursor_walk_step(app->doc->cursor, at));
    g_autofree char *outcome = mark_outcome(row->step, row->depth == 0, app->glyphs);
    g_autoptr(Page) page = tree_detail(app, plain_out_width(plain->out), FALSE);
    g_autoptr(GArray) all = paragraphs(page);

    const char *known = "";
    for (guint i = 0; i < all->len; i++) {
        const char *how = how_known(outcome, g_array_index(all, Paragraph, i).text);
        known = how ? how : known;
    }
    plain_out_say(plain->out, "%s%s", line, known);
    for (guint i = 0; i < all->len; i++) {
        const Paragraph *paragraph = &g_array_index(all, Paragraph, i);
        if (!g_str_equal(paragraph->text, title) && !how_known(outcome, paragraph->text))
            put(plain, paragraph);
    }
}

/* ---- a list and what is told about one of its rows: row by row ---- */

/* How many rows such a view has; 0: it is no such view. */
guint
plain_rows(const App *app)
{
    switch (app->doc->current) {
    case VIEW_ROUTE:
        return app->doc->report->route->len;
    case VIEW_DNS:
        return app->doc->report->dns->len;
    case VIEW_SURVEY:
        return survey_shown(app);
    default:
        return 0;
    }
}

/* The cursor ends where it was in Route, where its hop matters: the border is set there. */
static void
show_rows(Plain *plain, View *view, guint count)
{
    App *app = plain->app;
    const guint below = app->doc->current == VIEW_ROUTE ? count - route_hop(app) : 0;

    view->class->move(view, MOVE_FIRST);
    for (guint i = 0; i < count && !plain_out_stopped(plain->out); i++) {
        view->class->fit(view, app->width, app->height);
        g_autofree char *of = g_strdup_printf(_("%u of %u:"), i + 1, count);
        if (app->doc->current != VIEW_ROUTE)    /* which says so itself */
            plain_out_text(plain->out, INDENT, NULL, of);
        plain_show_page(plain, view->class->read(view));
        view->class->move(view, MOVE_DOWN);
    }
    view->class->move(view, MOVE_FIRST);
    for (guint i = 0; i < below; i++)
        view->class->move(view, MOVE_DOWN);
    view->class->fit(view, app->width, app->height);
}

/* Views whose footer line says more than where in it one is. */
static void
show_note(Plain *plain, View *view)
{
    g_autofree char *note = NULL;

    if (view->class != &view_source && view->class != &view_inside && view->class != &view_list)
        return;
    note = view->class->note ? view->class->note(view) : NULL;
    if (note && *note)
        plain_out_text(plain->out, INDENT, NULL, note);
}

void
plain_show(Plain *plain)
{
    View *view = app_view(plain->app);

    plain->place.of = NULL;
    if (app_covers(plain->app)) {
        plain_out_say(plain->out, "%s: %s", translate(view->class->label), app_cover_text(plain->app));
        return;
    }
    if (view->class == &view_list)
        plain_list_begin(plain);
    plain_out_say(plain->out, "%s:", translate(view->class->label));
    show_note(plain, view);
    if (app_covers(plain->app)) {
        plain_out_say(plain->out, "%s", app_cover_text(plain->app));
    } else if (view->class == &view_list) {
        plain_list(plain);
    } else if (view->class == &view_source) {
        plain_source(plain);
    } else if (view->class == &view_chart && plain->app->doc->list) {
        plain_chart(plain);
    } else if (view->class == &view_survey) {
        plain_survey(plain);
    } else if (view->class == &view_tree) {
        show_steps(plain);
    } else if (plain_rows(plain->app) > 0 && view->class->read) {
        show_rows(plain, view, plain_rows(plain->app));
    } else if (view->class->read) {
        plain_show_page(plain, view->class->read(view));
    } else {
        show_painted(plain, view);
    }
}
