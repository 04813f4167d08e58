/* way-text.c: a way as lines, and the lines read again.
 * SPDX-License-Identifier: MIT
 *
 * A line is a word and what it is about (as g_strescape() has it), with tabs between them. That of a
 * document has its view, too; lines on how it is seen follow it. */
#include <string.h>

#include "tui/predict/predict.h"
#include "tui/view/list.h"
#include "tui/way-part.h"

enum { STEPS_MAX = 60, ROWS_MAX = 1000, UNDONE_MAX = 40, TEXT_MAX = 4096 };

/* ---- writing ---- */

static void
add_line(GString *out, const char *word, const char *about)
{
    g_autofree char *escaped = g_strescape(about, NULL);

    g_string_append_printf(out, "%s\t%s\n", word, escaped);
}

static void
add_seen(GString *out, const Document *doc)
{
    gboolean reverse = FALSE;
    guint row = LIST_NO_ROW, above = 0;
    const guint sort = mail_list_sorted(doc->list, &reverse);
    const gboolean group = mail_list_group(doc->list) != LIST_ANY_GROUP;
    const gboolean failed = mail_list_filtered(doc->list) && mail_list_cell(doc->list) == LIST_ANY_CELL &&
                            !group;

    list_place(doc, &row, &above);
    /* A group has another number where the rows are judged again. */
    g_string_append_printf(out, "seen\t%u %u %u %u %u %u %u\n", sort, reverse != FALSE, failed != FALSE,
                           mail_list_cell(doc->list), row, above, group != FALSE);
}

static void
add_document(GString *out, const Document *doc)
{
    g_string_append_printf(out, "%s\t%u\t%d\n", doc->way, (guint)doc->current, doc->list != NULL);
    for (guint i = 0; i < doc->back->len; i++)
        g_string_append_printf(out, "back\t%u\n", (guint)g_array_index(doc->back, ViewId, i));
    if (doc->list)
        add_seen(out, doc);
    if (doc->border > 0)
        g_string_append_printf(out, "border\t%u\n", doc->border);
    for (guint i = 0; i < edits_length(doc->edits); i++) {
        g_autofree char *text = edit_text(edits_get(doc->edits, i));
        add_line(out, "edit", text);
    }
    for (guint i = 0; i < doc->undone->len; i++)
        add_line(out, "undone", doc->undone->pdata[i]);
    g_autofree char *guessing = guessing_said(doc);
    if (guessing)
        add_line(out, "guessing", guessing);
}

static gboolean
is_searching(const App *app)
{
    return app->doc && app->doc->list && mail_list_searching(app->doc->list);
}

char *
way_text(const App *app)
{
    GString *out = g_string_new(NULL);
    guint i = 0;

    g_string_append_printf(out, "dns\t%d\n", app->dns);
    for (guint t = 0; t < app->trusted->len; t++)
        add_line(out, "trust", app->trusted->pdata[t]);
    for (guint d = 0; d < app->dead->len; d++)
        add_line(out, "dead", app->dead->pdata[d]);
    if (app->search)
        add_line(out, is_searching(app) ? "seeking" : app->highlight ? "sought" : "search", app->search);
    if (app->status)
        add_line(out, "told", app->status);
    if (app->predict)
        add_line(out, "predict", "1");
    class_say(app, add_line, out);
    undo_say(app, add_line, out);
    for (; i < app->stack->len && ((const Document *)app->stack->pdata[i])->way; i++)
        add_document(out, app->stack->pdata[i]);
    if (i == app->stack->len && app->going)
        g_string_append_printf(out, "%s\t0\t0\n", app->going);
    return g_string_free(out, FALSE);
}

/* ---- reading ---- */

static void
step_free(gpointer data)
{
    WayStep *step = data;

    g_free(step->kind);
    g_free(step->name);
    g_array_unref(step->back);
    g_ptr_array_unref(step->edits);
    g_ptr_array_unref(step->undone);
    g_free(step->guessing);
    g_free(step);
}

static void
add_text(GPtrArray *texts, const char *escaped, guint most)
{
    if (texts->len < most && strlen(escaped) < TEXT_MAX)
        g_ptr_array_add(texts, g_strcompress(escaped));
}

static void
take_text(char **text, const char *escaped, gsize most)
{
    if (strlen(escaped) >= most)
        return;
    g_free(*text);
    *text = g_strcompress(escaped);
}

static guint
number(const char *text, guint most)
{
    return (guint)MIN(g_ascii_strtoull(text, NULL, 10), most);
}

static void
read_document(Way *way, char **fields)
{
    if (g_strv_length(fields) != 4 || way->steps->len >= STEPS_MAX || strlen(fields[1]) >= TEXT_MAX)
        return;
    WayStep *step = g_new0(WayStep, 1);
    step->kind = g_strdup(fields[0]);
    step->name = g_strcompress(fields[1]);
    step->view = number(fields[2], VIEWS);
    step->list = fields[3][0] == '1';
    step->back = g_array_new(FALSE, FALSE, sizeof(guint));
    step->edits = g_ptr_array_new_with_free_func(g_free);
    step->undone = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(way->steps, step);
}

static void
read_seen(WayStep *step, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", 8);

    if (g_strv_length(words) != 7)
        return;
    step->seen = (WayList){ .sort = number(words[0], MAIL_SORTS - 1), .reverse = words[1][0] == '1',
                            .failed = words[2][0] == '1', .cell = number(words[3], LIST_ANY_CELL),
                            .row = number(words[4], LIST_NO_ROW), .above = number(words[5], G_MAXINT),
                            .group = words[6][0] == '1' };
    if (step->seen.cell > CHART_NO_CELL)
        step->seen.cell = LIST_ANY_CELL;
    step->has_seen = TRUE;
}

/* FALSE: the line is about no document. */
static gboolean
read_about(WayStep *step, const char *word, const char *text)
{
    const guint view = number(text, VIEWS);

    if (g_str_equal(word, "back") && view < VIEWS && step->back->len < VIEWS)
        g_array_append_val(step->back, view);
    else if (g_str_equal(word, "seen"))
        read_seen(step, text);
    else if (g_str_equal(word, "border"))
        step->border = number(text, ROWS_MAX);
    else if (g_str_equal(word, "edit"))
        add_text(step->edits, text, ROWS_MAX);
    else if (g_str_equal(word, "undone"))
        add_text(step->undone, text, UNDONE_MAX);
    else if (g_str_equal(word, "guessing"))
        take_text(&step->guessing, text, BACK_WAY_MAX);
    else
        return FALSE;
    return TRUE;
}

static gboolean
read_search(Way *way, const char *word, const char *text)
{
    if (!g_str_equal(word, "search") && !g_str_equal(word, "sought") && !g_str_equal(word, "seeking"))
        return FALSE;
    if (strlen(text) >= TEXT_MAX)
        return TRUE;
    take_text(&way->search, text, TEXT_MAX);
    way->searching = g_str_equal(word, "seeking");
    way->highlight = way->searching || g_str_equal(word, "sought");
    return TRUE;
}

static gboolean
read_everywhere(Way *way, const char *word, const char *text)
{
    if (g_str_equal(word, "dns")) {
        way->dns = (int)CLAMP(g_ascii_strtoll(text, NULL, 10), -1, DNS_MODES - 1);
    } else if (g_str_equal(word, "trust")) {
        add_text(way->trusted, text, ROWS_MAX);
    } else if (g_str_equal(word, "dead")) {
        add_text(way->dead, text, ROWS_MAX);
    } else if (g_str_equal(word, "chosen")) {
        add_text(way->choices, text, ROWS_MAX);
    } else if (g_str_equal(word, "class") || g_str_equal(word, "answered")) {
        if (way->answers->len > 0 || *word == 'c')      /* whose they are comes first */
            add_text(way->answers, text, ROWS_MAX);
    } else if (g_str_equal(word, "predict")) {
        way->predicts = TRUE;
    } else if (g_str_equal(word, "told")) {
        take_text(&way->told, text, TEXT_MAX);
    } else {
        return read_search(way, word, text);
    }
    return TRUE;
}

static void
read_line(Way *way, const char *line)
{
    g_auto(GStrv) fields = g_strsplit(line, "\t", 5);
    WayStep *last = way->steps->len > 0 ? way->steps->pdata[way->steps->len - 1] : NULL;

    if (!fields[0] || !fields[1] || read_everywhere(way, fields[0], fields[1]) ||
        (last && read_about(last, fields[0], fields[1])))
        return;
    read_document(way, fields);
}

Way
way_read(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
    g_auto(GStrv) lines = g_strsplit(valid, "\n", -1);
    Way way = { .steps = g_ptr_array_new_with_free_func(step_free), .dead = g_ptr_array_new_with_free_func(g_free),
                .trusted = g_ptr_array_new_with_free_func(g_free), .choices = g_ptr_array_new_with_free_func(g_free),
                .answers = g_ptr_array_new_with_free_func(g_free), .dns = -1 };

    for (char **line = lines; *line; line++)
        read_line(&way, *line);
    return way;
}

void
way_clear(Way *way)
{
    g_ptr_array_unref(way->steps);
    g_ptr_array_unref(way->dead);
    g_ptr_array_unref(way->trusted);
    g_ptr_array_unref(way->choices);
    g_ptr_array_unref(way->answers);
    g_free(way->told);
    g_free(way->search);
}
