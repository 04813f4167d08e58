/* export.c: x: a menu of what can be written to a file, and the writing of it.
 * SPDX-License-Identifier: MIT */
#include "tui/export.h"

#include <string.h>

#include "base/disk.h"
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/predict/predict.h"

/* How many names are tried beside files that are there. */
enum { NAMES_MAX = 99, WORD = 2, ABOUT = 14, NAME_AT = 52 };

/* It is the survey's that is wanted. */
static gboolean
of_survey(const App *app, const ExportKind *kind)
{
    return app->doc->current == VIEW_SURVEY && kind->make_survey;
}

static gboolean
is_there(const App *app, const ExportKind *kind)
{
    if (of_survey(app, kind))
        return TRUE;
    return export_has_make(kind) && (app->doc->summary || (kind->list && app->doc->list));
}

/* The menu offers what can be written of what is seen, and nothing else: a survey's table is no row of one message's. NULL
 * behind the last one. */
static const ExportKind *
kind_at(const App *app, guint row)
{
    for (const ExportKind *kind = export_kinds; kind->word; kind++)
        if (is_there(app, kind) && row-- == 0)
            return kind;
    return NULL;
}

static guint
count_kinds(const App *app)
{
    guint count = 0;

    while (kind_at(app, count))
        count++;
    return count;
}

static gboolean
is_snapshot(const ExportKind *kind)
{
    return g_str_equal(kind->word, "snapshot");
}

const char *
export_about(const App *app, const ExportKind *kind)
{
    return translate(of_survey(app, kind) ? kind->survey_about : kind->about);
}

/* ---- names of files ---- */

/* A file of the person's own: what a lesson or the chart brought along stands in the program's
 * folder, where nothing is put. */
static gboolean
has_place(const App *app)
{
    const char *path = app->doc->report->source->path;

    return path && disk_is_file(path) && !app->doc->example &&
           !app_in_lesson(app);
}

/* Beside the message; what came by a pipe, or with a lesson, gets a place here. A name may tell who
 * wrote what. */
static char *
base_path(const App *app)
{
    const char *path = app->doc->report->source->path;
    const gboolean file = path && disk_is_file(path);
    g_autofree char *folder = has_place(app) ? g_path_get_dirname(path) : g_strdup(".");
    g_autofree char *name = file && !app->redact ? g_path_get_basename(path)
                                                 : g_strdup(app->redact ? "redacted" : "message");
    char *dot = strrchr(name, '.');

    if (dot && dot > name)
        *dot = '\0';
    return g_str_equal(folder, ".") ? g_strdup(name) : g_build_filename(folder, name, NULL);
}

/* MESSAGE.dns, whole name and all, is looked for first when the message is opened again. */
static char *
snapshot_path(const App *app)
{
    const char *path = app->doc->report->source->path;

    return has_place(app) ? g_strconcat(path, ".dns", NULL) : g_strdup("message.dns");
}

/* The first of NAME.html, NAME-2.html … that is free. (transfer full) */
static char *
proposed_path(const App *app, const ExportKind *kind)
{
    if (is_snapshot(kind))
        return snapshot_path(app);
    g_autofree char *base = of_survey(app, kind) ? g_strdup("survey") : base_path(app);
    const View *view = app->doc->views[app->doc->current];
    g_autofree char *suffix =
        kind->suffix ? g_strdup(kind->suffix) : g_strconcat("-", view->class->name, ".txt", NULL);
    char *path = g_strconcat(base, suffix, NULL);

    for (guint i = 2; i <= NAMES_MAX && disk_exists(path); i++) {
        g_free(path);
        path = g_strdup_printf("%s-%u%s", base, i, suffix);
    }
    return path;
}

/* ---- writing ---- */

static void
say_written(App *app, const ExportKind *kind, const char *path)
{
    if (is_snapshot(kind))
        app_status(app, _("Saved as %s: it answers when this message is opened again"), path);
    else if (of_survey(app, kind) && export_survey_is_part(app))
        app_status(app, _("Written to %s: a part, of the messages that were judged so far"), path);
    else
        app_status(app, app->redact ? _("Written to %s, with names masked") : _("Written to %s"),
                   path);
}

static void
write_kind(App *app, const ExportKind *kind, const char *given)
{
    if (!is_there(app, kind)) {
        app_status(app, export_has_make(kind) ? _("There is no message to show")
                                              : _("Only a survey can be written so: W shows that of a list"));
        return;
    }
    app_prove(app);     /* typed ahead */
    GString *text = of_survey(app, kind) ? kind->make_survey(app) : export_make(app, kind);
    if (!text)
        return;
    g_autofree char *path = given ? g_strdup(given) : proposed_path(app, kind);
    g_autoptr(GError) error = NULL;
    if (disk_write_new(path, text->str, text->len, &error))
        say_written(app, kind, path);
    else if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_EXIST))
        app_status(app, _("%s is there already, and stays as it is"), path);
    else if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        app_status(app, _("%s: that folder is not there"), path);
    else
        app_status(app, "%s", error->message);
    g_string_free(text, TRUE);
}

/* ---- by words ---- */

void
export_redact(App *app)
{
    if (app->input->redact)
        app_status(app, _("--redact was given: names stay masked"));
    else
        app->redact = !app->redact;
}

void
command_export(App *app, const char *argument)
{
    const char *blank = strchr(argument, ' ');
    g_autofree char *word =
        blank ? g_strndup(argument, (gsize)(blank - argument)) : g_strdup(argument);
    g_autofree char *file = g_strstrip(g_strdup(blank ? blank : ""));

    if (predict_blocks(app))
        return;
    if (g_str_equal(word, "redact")) {
        export_redact(app);
        if (!app->status)
            app_status(app,
                       app->redact
                           ? _("Names, local parts and subjects are masked in what is exported")
                           : _("Nothing is masked in what is exported"));
        return;
    }
    for (const ExportKind *kind = export_kinds; kind->word; kind++) {
        if (g_str_equal(kind->word, word)) {
            write_kind(app, kind, *file ? file : NULL);
            return;
        }
    }
    app_status(app,
               _("%s is none of view, html, markdown, text, json, csv, steps, letter, snapshot, redact"),
               word);
}

/* ---- the menu ---- */

/* Where the answers of DNS are seen, they are what is wanted. */
void
app_export(App *app)
{
    if (predict_blocks(app))
        return;
    if (!app->doc->summary && !app->doc->list) {
        app_status(app, _("There is no message to show"));
        return;
    }
    app->chosen = 0;
    for (guint i = 0; app->doc->current == VIEW_DNS && kind_at(app, i); i++)
        if (is_snapshot(kind_at(app, i)))
            app->chosen = i;
    app->modal = MODAL_EXPORT;
}

void
export_up(App *app)
{
    app->chosen -= app->chosen > 0;
}

void
export_down(App *app)
{
    app->chosen = MIN(app->chosen + 1, MAX(count_kinds(app), 1) - 1);
}

void
export_enter(App *app)
{
    const ExportKind *kind = kind_at(app, app->chosen);

    app->modal = MODAL_NONE;
    if (kind)
        write_kind(app, kind, NULL);
}

void
export_leave(App *app)
{
    app->modal = MODAL_NONE;
}

/* ---- on the screen ---- */

/* The rows that fit, the chosen one among them. */
typedef struct {
    guint first, room, y;
} Window;

static Window
window_of(const App *app, Rect body)
{
    const guint room = MIN(count_kinds(app), body.height - 2);

    return (Window){app->chosen >= room ? app->chosen + 1 - room : 0, room,
                    body.y + body.height - room};
}

void
export_click(App *app, guint y)
{
    const Window window = window_of(app, frame_body(app->width, app->height));

    if (y < window.y || y >= window.y + window.room)
        return;
    const guint row = window.first + y - window.y;
    if (row == app->chosen)
        export_enter(app);
    else
        app->chosen = row;
}

static void
draw_kind(const App *app, Canvas *canvas, const ExportKind *kind, guint y, gboolean chosen)
{
    const guint width = canvas->width;
    const guint limit = width >= 70 ? NAME_AT - 1 : width;
    g_autofree char *path = proposed_path(app, kind);
    g_autofree char *name = g_path_get_basename(path);

    canvas_fill(canvas, 0, y, width, ROLE_TEXT, ' ');
    canvas_put(canvas, 0, y, WORD, ROLE_TEXT, chosen ? ">" : "");
    canvas_put_cut(canvas, WORD, y, ABOUT - 1, ROLE_LABEL, kind->word);
    canvas_put_cut(canvas, ABOUT, y, limit, ROLE_TEXT, export_about(app, kind));
    if (width >= 70)
        canvas_put_cut(canvas, NAME_AT, y, width, ROLE_DIM, name);
    if (chosen)
        canvas_tint(canvas, 0, y, width, ROLE_CURSOR);
}

void
export_draw(const App *app, Canvas *canvas, Rect body)
{
    const Window window = window_of(app, body);
    const guint y = window.y;

    canvas_fill(canvas, 0, y - 2, canvas->width, ROLE_RULE, '-');
    canvas_put(canvas, WORD, y - 2, canvas->width, ROLE_HEADING, _(" Export to a file "));
    canvas_fill(canvas, 0, y - 1, canvas->width, ROLE_TEXT, ' ');
    canvas_put_cut(canvas, WORD, y - 1, canvas->width, app->redact ? ROLE_OTHER : ROLE_DIM,
                   app->redact ? _("Masked: names of people, what stands before the @, subjects")
                               : _("Nothing is masked"));
    for (guint i = 0; i < window.room; i++)
        draw_kind(app, canvas, kind_at(app, window.first + i), y + i, window.first + i == app->chosen);
}
