/* script-check.c: a lesson's claims, held against the analysis of its messages.
 * SPDX-License-Identifier: MIT */
#include "lesson/script-check.h"

#include <string.h>

#include "base/disk.h"
#include "base/translate.h"
#include "lesson/answer.h"
#include "lesson/step-path.h"
#include "lesson/task.h"
#include "tree/words.h"

typedef struct {
    ScriptCheck      *check;
    const LessonHost *host;
    const Lesson     *lesson;
    char             *path;     /* of the message that the sections are about now */
    Report           *report;   /* its analysis; NULL where it cannot be opened */
} Trial;

#define fault(trial, line, ...) \
    script_fault((trial)->check->faults, (trial)->lesson->script->path, line, __VA_ARGS__)

ScriptCheck *
script_check_new(void)
{
    ScriptCheck *check = g_new0(ScriptCheck, 1);

    check->faults = g_ptr_array_new_with_free_func(g_free);
    check->warnings = g_ptr_array_new_with_free_func(g_free);
    return check;
}

void
script_check_free(ScriptCheck *check)
{
    if (!check)
        return;
    g_ptr_array_unref(check->faults);
    g_ptr_array_unref(check->warnings);
    g_free(check);
}

/* ---- messages ---- */

static Report *
analyse(const Trial *trial, const Edits *edits, GError **error)
{
    trial->check->analyses++;
    return trial->host->analyse(trial->host->data, trial->lesson, trial->path, edits, error);
}

/* What the snapshot does not say stays unknown: that may be the lesson. */
static void
warn_of_gaps(const Trial *trial)
{
    for (guint i = 0; i < trial->report->findings->len; i++) {
        const Finding *finding = trial->report->findings->pdata[i];
        if (!g_str_equal(finding->id, "dns-not-in-snapshot"))
            continue;
        g_autofree char *text = words_finding(finding);
        script_fault(trial->check->warnings, trial->path, 0, "%s", text);
    }
}

static void
open_message(Trial *trial, char *path, guint line)
{
    g_autoptr(GError) error = NULL;

    g_clear_pointer(&trial->report, report_free);
    g_free(trial->path);
    trial->path = path;
    if (!path) {
        fault(trial, line, _("this names no file of the folder"));
        return;
    }
    g_autofree char *dns = g_strconcat(path, ".dns", NULL);
    const char *dot = strrchr(path, '.');
    g_autofree char *bare = dot ? g_strndup(path, (gsize)(dot - path)) : g_strdup(path);
    g_autofree char *beside = g_strconcat(bare, ".dns", NULL);
    if (!disk_is_file(path)) {
        fault(trial, line, _("there is no file %s"), path);
        return;
    }
    if (!disk_exists(dns) && !disk_exists(beside))
        fault(trial, line, _("the snapshot %s is missing"), beside);
    trial->report = analyse(trial, NULL, &error);
    if (trial->report)
        warn_of_gaps(trial);
    else
        fault(trial, line, "%s", error->message);
}

/* ---- steps ---- */

static const Step *
find_step(const Trial *trial, const Report *report, const char *path, guint line)
{
    const Step *step = step_path_find(report->tree, path);

    if (!step)
        fault(trial, line, _("the tree of this message has no step %s"), path);
    return step;
}

static void
check_result(const Trial *trial, const Report *report, const char *path, const char *word,
             guint line)
{
    const Step *step = find_step(trial, report, path, line);
    Result result;

    if (step && result_of_word(word, &result) && (Result)step->result != result)
        fault(trial, line, _("%s comes out as %s, not as %s"), path, result_words[step->result],
              word);
}

/* "expect: dmarc fail", of a look or a what-if. */
static void
check_expects(const Trial *trial, const Report *report, const ScriptSection *section)
{
    for (guint i = 0; i < section->settings->len; i++) {
        const ScriptSetting *setting = section->settings->pdata[i];
        const char *blank = strrchr(setting->value, ' ');
        if (!g_str_equal(setting->key, "expect") || !blank)
            continue;
        g_autofree char *path = g_strstrip(g_strndup(setting->value,
                                                     (gsize)(blank - setting->value)));
        check_result(trial, report, path, blank + 1, setting->line);
    }
}

static void
check_look(const Trial *trial, const ScriptSection *section)
{
    const char *step = strchr(section->argument, ' ');

    if (step)
        find_step(trial, trial->report, step + 1, section->line);
    check_expects(trial, trial->report, section);
}

static void
check_predict(const Trial *trial, const ScriptSection *section)
{
    const char *expect = section_value(section, "expect");
    Result result;

    if (!expect || !result_of_word(expect, &result))
        return;
    if (answer_of_result(result) == GUESSES)
        fault(trial, section->line, _("%s is no outcome that can be guessed"), expect);
    check_result(trial, trial->report, section->argument, expect, section->line);
}

/* ---- changes ---- */

static void
check_what_if(const Trial *trial, const ScriptSection *section)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Edits) edits = task_edits(section, NULL);

    if (!edits)
        return;                 /* said before */
    Report *report = analyse(trial, edits, &error);
    if (!report) {
        fault(trial, section->line, "%s", error->message);
        return;
    }
    check_expects(trial, report, section);
    report_free(report);
}

static void
check_try(const Trial *trial, const ScriptSection *section, const ScriptSetting *setting,
          gboolean solution)
{
    g_autoptr(TaskTry) tried = task_try(section, setting->value, trial->report, trial->lesson,
                                        trial->path, trial->host);

    trial->check->analyses++;
    if (solution && !tried->reached)
        fault(trial, setting->line, _("solution: %s does not reach the goal: %s"), setting->value,
              tried->words);
    else if (!solution && tried->reached)
        fault(trial, setting->line, _("trap: %s reaches the goal"), setting->value);
}

static void
check_goal(const Trial *trial, const ScriptSection *section)
{
    for (guint i = 0; i < section->settings->len; i++) {
        const ScriptSetting *setting = section->settings->pdata[i];
        const gboolean solution = g_str_equal(setting->key, "solution");
        if (solution || g_str_equal(setting->key, "trap"))
            check_try(trial, section, setting, solution);
    }
}

/* ---- earlier lessons ---- */

static void
check_again(const Trial *trial, const ScriptSection *section)
{
    g_autofree char *name = NULL, *item = NULL;

    if (!lesson_reference(section->argument, &name, &item))
        return;
    g_autoptr(Lesson) other = lesson_beside(trial->lesson, name);
    const ScriptSection *found = other ? script_find_item(other->script, item) : NULL;
    if (!other)
        fault(trial, section->line, _("again: there is no lesson %s"), name);
    else if (!found)
        fault(trial, section->line, _("again: lesson %s has no item %s"), other->name, item);
    else if (found->kind == SECTION_GOAL)
        fault(trial, section->line, _("again: %s is a task; only questions are asked again"), item);
}

/* ---- all ---- */

static void
check_section(Trial *trial, const ScriptSection *section)
{
    if (section->kind == SECTION_AGAIN)
        check_again(trial, section);
    else if (section->kind == SECTION_OTHER)
        open_message(trial, lesson_file(trial->lesson, section->argument), section->line);
    if (!trial->report)
        return;
    if (section->kind == SECTION_LOOK)
        check_look(trial, section);
    else if (section->kind == SECTION_PREDICT)
        check_predict(trial, section);
    else if (section->kind == SECTION_WHAT_IF)
        check_what_if(trial, section);
    else if (section->kind == SECTION_GOAL)
        check_goal(trial, section);
}

static void
check_claims(ScriptCheck *check, const Lesson *lesson, const LessonHost *host)
{
    Trial trial = { .check = check, .host = host, .lesson = lesson };
    const GPtrArray *sections = lesson->script->sections;

    open_message(&trial, lesson_file(lesson, LESSON_MESSAGE), 0);
    for (guint i = 0; i < sections->len; i++)
        check_section(&trial, sections->pdata[i]);
    g_clear_pointer(&trial.report, report_free);
    g_free(trial.path);
}

/* "ja" of ".../lesson.ja.txt". */
static char *
language_of(const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    g_auto(GStrv) parts = g_strsplit(name, ".", 3);

    return g_strdup(parts[1] && parts[2] ? parts[1] : "en");
}

void
script_check_lesson(ScriptCheck *check, const char *folder, const LessonHost *host)
{
    g_auto(GStrv) texts = lesson_texts(folder);
    g_autoptr(Lesson) first = NULL;

    check->lessons++;
    if (!texts[0]) {
        script_fault(check->faults, folder, 0, _("there is no lesson.txt"));
        return;
    }
    for (char **text = texts; *text; text++) {
        g_autofree char *language = language_of(*text);
        Lesson *lesson = lesson_read(folder, language, check->faults);
        if (!lesson)
            continue;
        script_check_text(check, lesson);
        if (first)
            script_check_same(check, first->script, lesson->script);
        if (first)
            lesson_free(lesson);
        else
            first = lesson;
    }
    if (first)
        check_claims(check, first, host);
}
