/* way.c: says how one comes back to what is open, and goes that way.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tree/words.h"
#include "tui/lessons/lesson.h"
#include "tui/predict/predict.h"
#include "tui/view/list.h"
#include "tui/view/views.h"
#include "tui/view/what-if.h"
#include "tui/way-part.h"

enum { ROWS_MAX = 1000, FIND_US = 300000 };

static void
say(App *app)
{
    if (!app->say_way)
        return;
    g_autofree char *text = way_text(app);
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

void
way_last_words(App *app)
{
    say(app);
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
    else if (before == 0 && g_str_equal(step->kind, WAY_LEFT))
        lesson_left(app, step->name);
    else if (g_str_equal(step->kind, "open"))
        command_open(app, step->name);
    else if (g_str_equal(step->kind, "lesson"))
        lesson_open(app, step->name);
    else if (g_str_equal(step->kind, "pasted") && back->pasted)
        app_open_bytes(app, back->pasted);
    else if (g_str_equal(step->kind, "row") && app->doc && app->doc->list && number < G_MAXUINT &&
             find_row(app->doc->list, (guint)number)) {
        if (back->died)     /* else the cursor is there (recall()) */
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
    if (way->predicts)      /* whatever it ended of: nothing may be told that somebody is to guess */
        predict_begin(app);
}

/* A key that was typed meanwhile is for the list in its order; but of one that is found bit by bit a
 * person waits for no more than the blink of an eye: a cursor that is not there yet comes later. */
static void
recall_list(App *app, const WayList *seen)
{
    MailList *list = app->doc->list;
    const gint64 end = g_get_monotonic_time() + FIND_US;

    if (seen->sort != MAIL_BY_NUMBER || seen->reverse)
        mail_list_sort(list, (MailSort)seen->sort, seen->reverse);
    if (seen->cell != LIST_ANY_CELL)
        mail_list_filter_cell(list, seen->cell);
    else if (seen->failed)
        mail_list_filter(list, TRUE);
    else if (seen->group)
        mail_list_filter_like(list, seen->row);
    while (mail_list_busy(list) && g_get_monotonic_time() < end)
        mail_list_work(list, FIND_US / 10);
    list_recall(app, seen->row, seen->above);
}

static void
recall_edits(App *app, const GPtrArray *texts)
{
    Edits *edits = texts->len > 0 && app->doc->message ? edits_new() : NULL;

    for (guint i = 0; edits && i < texts->len; i++)
        edits_add_text(edits, texts->pdata[i], NULL);
    if (edits)
        what_if_set(app, edits);
}

static void
recall_undone(App *app, const char *id)
{
    if (!document_is_undone(app->doc, id))
        app_toggle_repair(app, id);
}

/* As a key does, so that a view that cannot be had is not; no key leads to a list that there is not. */
static void
show_again(App *app, guint view)
{
    if (view >= VIEWS || app->lesson || (view == VIEW_LIST && !app->doc->list))
        return;
    app_view(app);      /* nobody saw it yet, and the next one may look at it */
    app_show(app, (ViewId)view);
}

/* What is open again, as it was seen. */
static void
recall(App *app, const WayStep *step)
{
    const Document *doc = app->doc;

    for (guint i = 0; i < step->undone->len; i++)
        recall_undone(app, step->undone->pdata[i]);
    if (step->border > 0 && doc->message)
        app_set_border(app, step->border);
    recall_edits(app, step->edits);
    if (step->guessing && app->predict && doc->summary)
        guessing_recall(app, step->guessing);
    if (doc->list && step->has_seen)
        recall_list(app, &step->seen);
    for (guint i = 0; i < step->back->len; i++)
        show_again(app, g_array_index(step->back, guint, i));
    if (step->seen.group && step->view == VIEW_LIST && doc->current == VIEW_SURVEY)
        app_descend(app, VIEW_LIST);    /* Esc leads back to the survey */
    else
        show_again(app, step->view);
    g_clear_pointer(&app->status, g_free);
}

/* All is open again: what was searched for, and what can be taken back. */
static void
finish(App *app, const Way *way)
{
    g_free(app->search);
    app->search = g_strdup(way->search);
    app->highlight = way->highlight;
    if (way->searching && way->search && app->doc->list && app->doc->current == VIEW_LIST)
        list_search(app, app->search, FALSE);
    undo_recall(app, way->choices);
    class_recall(app, way->answers);
    g_free(app->status);
    app->status = g_strdup(way->told);
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

/* The first steps of the way that can be gone. */
static guint
follow(App *app, const Way *way, const Back *back, guint safe)
{
    gboolean marked = FALSE;
    guint done = 0;

    while (done < safe && !app->quit && follow_step(app, way->steps->pdata[done], back)) {
        if (app->doc->list && !marked)
            mark_all_dead(app);
        marked = marked || app->doc->list;
        if (!back->died)
            recall(app, way->steps->pdata[done]);
        done++;
    }
    return done;
}

/* The one before us may have been taken over, whatever it ended of, so that its way is believed in
 * nothing: what it names is opened by the keeper's rules as if we had thought of it, and is parsed and
 * judged again; no verdict is in it. After a death no more is taken than where one was, since
 * anything else may be what it died of. Where something was to be loaded nothing is known to be wrong,
 * and all that a person did is done again, by the same functions as of a key: what these refuse is
 * refused here, too. */
void
way_follow(App *app, const Back *back)
{
    Way way = way_read(back->way);
    const guint safe = safe_steps(&way, back);
    const guint row = back->died ? row_of(&way, back, safe) : 0;

    if (row > 0)
        add_dead(&way, row - 1, back->died);
    take_choices(app, &way);
    const guint done = follow(app, &way, back, safe);
    if (!back->died && !app->doc && !app->quit)     /* there was none, or it was nonsense */
        app_start(app);
    else if (!back->died && done == safe && !app->quit)
        finish(app, &way);
    if (row > 0 && app->doc && app->doc->list)
        list_go_to(app, row - 1);
    if (back->died)
        say_death(app, back, row);
    way_say(app);
    way_clear(&way);
}
