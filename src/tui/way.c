/* way.c: the documents of the stack as lines, and the stack again from these.
 * SPDX-License-Identifier: MIT
 *
 * A line is a word, what it is about (as g_strescape() has it) and, of a document, its view, with tabs between them. */
#include "tui/way.h"

#include <string.h>

#include "base/translate.h"
#include "tree/words.h"

enum { STEPS_MAX = 60, ROWS_MAX = 1000, TEXT_MAX = 4096 };

typedef struct {
    char  *kind, *name;
    guint  view;
    gboolean list;
} WayStep;

/* What was read of a way. */
typedef struct {
    GPtrArray *steps;       /* WayStep */
    GPtrArray *dead;        /* char *: "17 signal 11" */
    GPtrArray *trusted;     /* char * */
    GPtrArray *edits;       /* char * */
    int        dns;
} Way;

/* ---- writing ---- */

static void
add_line(GString *out, const char *word, const char *about)
{
    g_autofree char *escaped = g_strescape(about, NULL);

    g_string_append_printf(out, "%s\t%s\n", word, escaped);
}

static void
add_document(GString *out, const Document *doc)
{
    g_string_append_printf(out, "%s\t%u\t%d\n", doc->way, (guint)doc->current, doc->list != NULL);
}

/* What was changed of the one that is seen. */
static void
add_edits(GString *out, const Document *doc)
{
    for (guint i = 0; i < edits_length(doc->edits); i++) {
        g_autofree char *text = edit_text(edits_get(doc->edits, i));
        add_line(out, "edit", text);
    }
}

static char *
text_of(const App *app)
{
    GString *out = g_string_new(NULL);
    guint i = 0;

    g_string_append_printf(out, "dns\t%d\n", app->dns);
    for (guint t = 0; t < app->trusted->len; t++)
        add_line(out, "trust", app->trusted->pdata[t]);
    for (guint d = 0; d < app->dead->len; d++)
        add_line(out, "dead", app->dead->pdata[d]);
    for (; i < app->stack->len && ((const Document *)app->stack->pdata[i])->way; i++)
        add_document(out, app->stack->pdata[i]);
    if (i == app->stack->len && app->going)
        g_string_append_printf(out, "%s\t0\t0\n", app->going);
    else if (i == app->stack->len && i > 0)
        add_edits(out, app->doc);
    return g_string_free(out, FALSE);
}

static void
say(App *app)
{
    if (!app->say_way)
        return;
    g_autofree char *text = text_of(app);
    app->say_way(app, text);
}

void
way_begin(App *app, const char *kind, const char *name)
{
    g_autofree char *escaped = g_strescape(name, NULL);

    g_free(app->going);
    app->going = g_strconcat(kind, "\t", escaped, NULL);
    say(app);
}

void
way_begin_number(App *app, const char *kind, guint number)
{
    g_autofree char *name = g_strdup_printf("%u", number);

    way_begin(app, kind, name);
}

void
way_take(App *app, Document *document)
{
    g_free(document->way);
    document->way = g_steal_pointer(&app->going);
}

void
way_say(App *app)
{
    g_clear_pointer(&app->going, g_free);
    say(app);
}

/* ---- reading ---- */

static void
step_free(gpointer data)
{
    WayStep *step = data;

    g_free(step->kind);
    g_free(step->name);
    g_free(step);
}

static void
add_text(GPtrArray *texts, const char *escaped, guint most)
{
    if (texts->len < most && strlen(escaped) < TEXT_MAX)
        g_ptr_array_add(texts, g_strcompress(escaped));
}

static void
read_document(Way *way, char **fields)
{
    if (g_strv_length(fields) != 4 || way->steps->len >= STEPS_MAX || strlen(fields[1]) >= TEXT_MAX)
        return;
    const guint64 view = g_ascii_strtoull(fields[2], NULL, 10);
    WayStep step = { g_strdup(fields[0]), g_strcompress(fields[1]), (guint)MIN(view, VIEWS), fields[3][0] == '1' };
    g_ptr_array_add(way->steps, g_memdup2(&step, sizeof step));
}

static void
read_line(Way *way, const char *line)
{
    g_auto(GStrv) fields = g_strsplit(line, "\t", 5);

    if (!fields[0] || !fields[1])
        return;
    if (g_str_equal(fields[0], "dns"))
        way->dns = (int)CLAMP(g_ascii_strtoll(fields[1], NULL, 10), -1, DNS_MODES - 1);
    else if (g_str_equal(fields[0], "trust"))
        add_text(way->trusted, fields[1], ROWS_MAX);
    else if (g_str_equal(fields[0], "dead"))
        add_text(way->dead, fields[1], ROWS_MAX);
    else if (g_str_equal(fields[0], "edit"))
        add_text(way->edits, fields[1], ROWS_MAX);
    else
        read_document(way, fields);
}

static Way
read_way(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
    Way way = { g_ptr_array_new_with_free_func(step_free), g_ptr_array_new_with_free_func(g_free),
                g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func(g_free), -1 };

    for (char **line = lines; *line; line++)
        read_line(&way, *line);
    return way;
}

static void
clear_way(Way *way)
{
    g_ptr_array_unref(way->steps);
    g_ptr_array_unref(way->dead);
    g_ptr_array_unref(way->trusted);
    g_ptr_array_unref(way->edits);
}

/* ---- following ---- */

/* As a finding says it of a message of a batch. (transfer full) */
static char *
died_text(const Back *back)
{
    Report *report = report_new();

    report_add_finding(report, "parser-died", SEVERITY_PROBLEM, back->died, NULL);
    char *text = back->stopped ? g_strdup_printf(_("What was under way did not end (%s), and was ended by you."), back->died)
                               : words_finding(report->findings->pdata[0]);
    report_free(report);
    return text;
}

/* Found as far as that row; FALSE: there is none. */
static gboolean
find_row(MailList *list, guint row)
{
    while (mail_list_count(list) <= row && mail_list_busy(list))
        mail_list_work(list, G_USEC_PER_SEC);
    return mail_list_count(list) > row;
}

/* It is not opened by itself again; Enter does. */
static void
mark_dead(MailList *list, const char *dead)
{
    char *rest = NULL;
    const guint64 row = g_ascii_strtoull(dead, &rest, 10);

    if (row >= G_MAXUINT || *rest != ' ' || !find_row(list, (guint)row))
        return;
    const Back back = { .died = rest + 1 };
    g_autofree char *text = died_text(&back);
    mail_list_bury(list, (guint)row, text);
}

/* Of the first list on the way. */
static void
mark_all_dead(const App *app)
{
    for (guint i = 0; i < app->dead->len; i++)
        mark_dead(app->doc->list, app->dead->pdata[i]);
}

static void
add_dead(Way *way, guint row, const char *how)
{
    if (way->dead->len < ROWS_MAX)
        g_ptr_array_add(way->dead, g_strdup_printf("%u %s", row, how));
}

/* FALSE: the way ends here. */
static gboolean
follow_step(App *app, const WayStep *step, const Back *back)
{
    const guint64 number = g_ascii_strtoull(step->name, NULL, 10);
    const guint before = app->stack->len;

    if (before == 0 && (g_str_equal(step->kind, "files") || (g_str_equal(step->kind, "lesson") && app->input->lesson)))
        app_start(app);
    else if (g_str_equal(step->kind, "open"))
        command_open(app, step->name);
    else if (g_str_equal(step->kind, "lesson"))
        lesson_open(app, step->name);
    else if (g_str_equal(step->kind, "pasted") && back->pasted)
        app_open_bytes(app, back->pasted);
    else if (g_str_equal(step->kind, "row") && app->doc && app->doc->list && number < G_MAXUINT &&
             find_row(app->doc->list, (guint)number)) {
        list_go_to(app, (guint)number);
        app_open_row(app, (guint)number);
    } else if (g_str_equal(step->kind, "inside") && app->doc && app->doc->message)
        inside_open_at(app, (guint)MIN(number, G_MAXUINT));
    return app->stack->len > before && !app->doc->fault;
}

static void
take_choices(App *app, const Way *way)
{
    app->dns = way->dns;
    for (guint i = 0; i < way->trusted->len; i++)
        g_ptr_array_add(app->trusted, g_strdup(way->trusted->pdata[i]));
    for (guint i = 0; i < way->dead->len; i++)
        g_ptr_array_add(app->dead, g_strdup(way->dead->pdata[i]));
}

/* The view and the edits of what is open again. */
static void
finish(App *app, const Way *way, const WayStep *last)
{
    Edits *edits = way->edits->len > 0 && app->doc->message ? edits_new() : NULL;

    for (guint i = 0; edits && i < way->edits->len; i++)
        edits_add_text(edits, way->edits->pdata[i], NULL);
    if (edits)
        what_if_set(app, edits);
    if (last->view < VIEWS && !app->lesson)
        app_show(app, (ViewId)last->view);
    g_clear_pointer(&app->status, g_free);
}

/* How many steps lead to what the process did not die of. */
static guint
safe_steps(const Way *way, const Back *back)
{
    const guint count = way->steps->len;
    const WayStep *last = count > 0 ? way->steps->pdata[count - 1] : NULL;

    if (!back->died || !last)
        return count;
    /* A list lives on without the message that was checked; died again without one, it is not opened. */
    if (last->list && (back->row > 0 || !back->again))
        return count;
    return count - 1;
}

/* The row of the list that it died on, counted from 1; 0: none, or nobody knows. */
static guint
row_of(const Way *way, const Back *back, guint safe)
{
    const WayStep *last = way->steps->len > 0 ? way->steps->pdata[way->steps->len - 1] : NULL;
    const gboolean opened = last && safe < way->steps->len && g_str_equal(last->kind, "row");

    if (back->row > 0)
        return back->row;
    return opened ? (guint)MIN(g_ascii_strtoull(last->name, NULL, 10), G_MAXINT - 1) + 1 : 0;
}

static void
say_row(App *app, const Back *back, guint row)
{
    if (back->stopped)
        app_status(app, _("Message %u did not end (%s), and was ended by you; changes are lost"), row, back->died);
    else
        app_status(app, _("Message %u: the parser died (%s); it was confined. Changes are lost"), row, back->died);
}

static void
say_death(App *app, const Back *back, guint row)
{
    g_autofree char *text = died_text(back);
    const char *path = app->input->files[0];

    if (app->doc && row > 0) {
        say_row(app, back, row);
    } else if (app->doc) {
        app_status(app, _("%s Changes are lost."), text);
    } else {
        g_autofree char *all = g_strdup_printf(_("%s It is not opened by itself again; other files are not concerned."), text);
        app_push(app, document_of_fault(all, path ? document_name(path) : g_strdup("")));
        app->exit_status = 2;
    }
}

void
way_follow(App *app, const Back *back)
{
    Way way = read_way(back->way);
    const guint safe = safe_steps(&way, back);
    const WayStep *last = way.steps->len > 0 ? way.steps->pdata[way.steps->len - 1] : NULL;
    gboolean marked = FALSE;
    guint done = 0;

    const guint row = back->died ? row_of(&way, back, safe) : 0;

    if (row > 0)
        add_dead(&way, row - 1, back->died);
    take_choices(app, &way);
    while (done < safe && !app->quit && follow_step(app, way.steps->pdata[done], back)) {
        if (app->doc->list && !marked)
            mark_all_dead(app);
        marked = marked || app->doc->list;
        done++;
    }
    if (!back->died && way.steps->len == 0)
        app_start(app);
    else if (!back->died && last && done == safe && !app->quit)
        finish(app, &way, last);
    if (row > 0 && app->doc && app->doc->list)
        list_go_to(app, row - 1);
    if (back->died)
        say_death(app, back, row);
    way_say(app);
    clear_way(&way);
}
