/* lesson.c: `lesson`: the list of lessons, one of them, its handout, and what is wrong with
 * it. SPDX-License-Identifier: MIT */
#include "command/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/place.h"
#include "base/text.h"
#include "base/translate.h"
#include "lesson/handout.h"
#include "lesson/progress.h"
#include "lesson/script-check.h"
#include "mailbox/store.h"
#include "session/apart.h"

/* ---- analysing a lesson's messages ---- */

/* Of a mailbox the first message. */
static Report *
analyse(gpointer data, const Lesson *lesson, const char *path, const Edits *edits, GError **error)
{
    const Session *session = data;
    g_autoptr(Store) store = store_open(path, error);
    g_autoptr(Message) message = store ? store_message(store, 0, error) : NULL;
    Resolver *own = NULL;
    Resolver *resolver = message ? session_resolver(session, path, &own, error) : NULL;

    if (!resolver)
        return NULL;
    AnalysisOptions options = session_analysis_options(session);
    g_auto(GStrv) trusted = session_all_trusted(session, NULL, &lesson->options);
    options.trusted = (const char *const *)trusted;
    options.second_opinions = OPINIONS_NONE;
    options.edits = edits;
    session_add_lesson(&options, &lesson->options);
    Report *report = analysis_run(message, resolver, &options);
    if (own)
        resolver_free(own);
    if (!session_refuses(NULL, report, error))
        return report;
    report_free(report);
    return NULL;
}

/* ---- the list ---- */

static char *
progress_text(const ProgressLesson *progress)
{
    const guint right = progress ? progress_right(progress) : 0;
    const guint asked = progress ? right + progress_wrong(progress) : 0;

    if (!progress || (asked == 0 && !progress->done && progress->page < 2))
        return g_strdup("-");
    if (asked == 0)
        return g_strdup(progress->done ? _("done") : _("begun"));
    if (!progress->done)
        return g_strdup_printf(_("begun, %u of %u right"), right, asked);
    return g_strdup_printf(_("done, %u of %u right"), right, asked);
}

static void
append_padded(GString *out, const char *text, guint columns)
{
    const guint has = paper_columns(text);

    g_string_append_printf(out, "%s%*s", text, (int)(MAX(columns, has) - has), "");
}

/* On a narrow terminal its number is name enough: that opens it, too. */
static void
append_lesson(GString *out, const Lesson *lesson, const Progress *progress, gboolean narrow)
{
    g_autofree char *state = progress_text(progress_of(progress, lesson->name));
    g_autofree char *name =
        narrow ? g_strndup(lesson->name, strspn(lesson->name, "0123456789")) : NULL;
    g_autofree char *shown = text_visible(name && *name ? name : lesson->name, -1);
    g_autofree char *title = text_visible(lesson_title(lesson), -1);

    append_padded(out, shown, narrow ? 2 : 28);
    g_string_append(out, "  ");
    append_padded(out, title, 44);
    g_string_append_printf(out, _("  %2u min  %s\n"), script_minutes(lesson->script), state);
}

/* Lines for people fit into 80 columns; a program gets the whole names. */
static int
list(const Session *session, Apart *apart)
{
    enum { WITH_NAMES = 110 };
    const gboolean narrow = apart->terminal && apart->style.width < WITH_NAMES;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) lessons = lesson_list(faults);
    g_autoptr(Progress) progress = progress_load(faults);

    (void)session;
    for (guint i = 0; i < lessons->len; i++)
        append_lesson(apart->out, lessons->pdata[i], progress, narrow);
    if (apart->terminal && lessons->len > 0)
        g_string_append_printf(apart->out, "\n%s\n", _("fromscope lesson 01 opens the first one."));
    for (guint i = 0; i < faults->len; i++)
        apart_warn(apart, faults->pdata[i]);
    if (lessons->len > 0)
        return EXIT_PASS;
    g_autofree char *none = lesson_none();
    apart_warn(apart, none);
    return EXIT_TROUBLE;
}

/* ---- checking ---- */

/* Folders of `path`, where it is no lesson itself. */
static void
add_folders(GPtrArray *folders, const char *path)
{
    g_auto(GStrv) texts = lesson_texts(path);
    g_autoptr(DiskNames) names = texts[0] ? NULL : disk_names(path, NULL);
    const guint before = folders->len;

    for (DiskName name; names && disk_names_next(names, &name);) {
        g_autofree char *folder = g_build_filename(path, name.name, NULL);
        g_auto(GStrv) inside = lesson_texts(folder);
        if (inside[0])
            g_ptr_array_add(folders, g_steal_pointer(&folder));
    }
    if (folders->len == before)
        g_ptr_array_add(folders, g_strdup(path));
}

static int
by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
folders_to_check(char **files)
{
    GPtrArray *folders = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *shipped = place_data("samples/lessons");

    for (char **file = files; *file; file++) {
        g_autoptr(Lesson) lesson =
            disk_exists(*file) ? NULL : lesson_find(*file, NULL);
        add_folders(folders, lesson ? lesson->folder : *file);
    }
    if (!files[0] && shipped)
        add_folders(folders, shipped);
    g_ptr_array_sort(folders, by_text);
    return folders;
}

static void
append_lines(GString *out, const char *label, const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++) {
        g_autofree char *visible = text_visible(lines->pdata[i], -1);
        g_string_append_printf(out, "%s%s\n", label, visible);
    }
}

static int
check(const Session *session, Apart *apart)
{
    const LessonHost host = { analyse, (gpointer)session };
    g_autoptr(ScriptCheck) found = script_check_new();
    g_autoptr(GPtrArray) folders = folders_to_check(session->options->files);

    for (guint i = 0; i < folders->len; i++) {
        script_check_lesson(found, folders->pdata[i], &host);
        apart_alive(apart);
    }
    append_lines(apart->out, "", found->faults);
    append_lines(apart->out, _("warning: "), found->warnings);
    g_string_append_printf(apart->out, _("lessons %u, texts %u, analyses %u: faults %u, warnings %u\n"),
                           found->lessons, found->texts, found->analyses, found->faults->len,
                           found->warnings->len);
    return found->faults->len == 0 && folders->len > 0 ? EXIT_PASS : EXIT_TROUBLE;
}

/* ---- one lesson ---- */

/* NULL and what is wrong, as a warning. */
static Lesson *
find(const Session *session, Apart *apart)
{
    g_autoptr(GError) error = NULL;
    Lesson *lesson = lesson_find(session->options->files[0], &error);

    if (!lesson)
        apart_warn(apart, error->message);
    return lesson;
}

static int
is_there(const Session *session, Apart *apart)
{
    g_autoptr(Lesson) lesson = find(session, apart);

    return lesson ? EXIT_PASS : EXIT_TROUBLE;
}

static int
print(const Session *session, Apart *apart)
{
    const LessonHost host = { analyse, (gpointer)session };
    g_autoptr(Lesson) lesson = find(session, apart);
    const PrinterStyle style = apart->style;
    Paper paper = { apart->out, style.color, style.ascii, MIN(style.width, 80) };

    if (!lesson)
        return EXIT_TROUBLE;
    handout_print(&paper, lesson, session->options->handout != LESSON_BLANKS, &host);
    return EXIT_PASS;
}

/* A lesson may be a stranger's, its messages are: all of it is read in a confined process. */
int
command_lesson(const Session *session)
{
    const Options *o = session->options;
    const gboolean played = o->handout == LESSON_PLAYED && (o->plain || isatty(STDOUT_FILENO));

    if (o->check)
        return session_apart(session, check, NULL);
    if (!o->files[0])
        return session_apart(session, list, NULL);
    if (!played)
        return session_apart(session, print, NULL);
    const int status = session_apart(session, is_there, NULL);
    return status == EXIT_PASS ? command_view(session) : status;
}
