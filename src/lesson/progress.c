/* progress.c: reads and writes the file of progress.
 * SPDX-License-Identifier: MIT */
#include "lesson/progress.h"

#include <string.h>

#include "base/disk.h"
#include "base/ini.h"
#include "base/instant.h"
#include "base/place.h"
#include "base/translate.h"

/* More is no answer of a person. */
enum { COUNT_MAX = 1000000, LESSONS_MAX = 1000, MISSED_MAX = 200 };

struct Progress {
    GPtrArray *lessons;         /* ProgressLesson, in the order of the file */
};

static void
free_lesson(gpointer data)
{
    ProgressLesson *lesson = data;

    g_free(lesson->lesson);
    g_free(lesson->done);
    g_ptr_array_unref(lesson->missed);
    g_free(lesson);
}

void
progress_free(Progress *progress)
{
    if (!progress)
        return;
    g_ptr_array_unref(progress->lessons);
    g_free(progress);
}

char *
progress_path(void)
{
    return place_state("progress");
}

const ProgressLesson *
progress_of(const Progress *progress, const char *lesson)
{
    for (guint i = 0; i < progress->lessons->len; i++) {
        const ProgressLesson *at = progress->lessons->pdata[i];
        if (g_str_equal(at->lesson, lesson))
            return at;
    }
    return NULL;
}

static ProgressLesson *
lesson_for(Progress *progress, const char *name)
{
    ProgressLesson *lesson = (ProgressLesson *)progress_of(progress, name);

    if (lesson)
        return lesson;
    lesson = g_new0(ProgressLesson, 1);
    lesson->lesson = g_strdup(name);
    lesson->missed = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(progress->lessons, lesson);
    return lesson;
}

static guint
sum(const guint *counts)
{
    guint total = 0;

    for (guint i = 0; i <= MISCONCEPTIONS; i++)
        total += counts[i];
    return total;
}

guint
progress_right(const ProgressLesson *lesson)
{
    return sum(lesson->right);
}

guint
progress_wrong(const ProgressLesson *lesson)
{
    return sum(lesson->wrong);
}

/* ---- reading ---- */

/* "0:2, 8:1": how often, by misconception. */
static gboolean
read_counts(const char *value, guint *counts)
{
    g_auto(GStrv) words = ini_list(value);

    for (char **word = words; *word; word++) {
        char *colon = strchr(*word, ':');
        guint64 which = 0, count = 0;
        if (!colon)
            return FALSE;
        *colon = '\0';
        if (!g_ascii_string_to_unsigned(*word, 10, 0, MISCONCEPTIONS, &which, NULL) ||
            !g_ascii_string_to_unsigned(colon + 1, 10, 0, COUNT_MAX, &count, NULL))
            return FALSE;
        counts[which] = (guint)count;
    }
    return TRUE;
}

/* The oldest are forgotten: who practices on many messages is asked again what was missed last. */
static void
keep_newest(GPtrArray *missed)
{
    if (missed->len > MISSED_MAX)
        g_ptr_array_remove_range(missed, 0, missed->len - MISSED_MAX);
}

static void
read_missed(const char *value, GPtrArray *missed)
{
    g_auto(GStrv) words = ini_list(value);

    for (char **word = words; *word; word++)
        g_ptr_array_add(missed, g_strdup(*word));
    keep_newest(missed);
}

static char *
read_setting(const char *section, const char *key, const char *value, gpointer data)
{
    Progress *progress = data;

    const gboolean full = progress->lessons->len >= LESSONS_MAX && !progress_of(progress, section);
    if (*section == '\0' || full)
        return g_strdup(_("stands below no lesson"));
    ProgressLesson *lesson = lesson_for(progress, section);
    if (g_str_equal(key, "done")) {
        g_free(lesson->done);
        lesson->done = g_strdup(value);
    } else if (g_str_equal(key, "page")) {
        guint64 page = 0;
        if (!g_ascii_string_to_unsigned(value, 10, 0, COUNT_MAX, &page, NULL))
            return g_strdup(_("is no number"));
        lesson->page = (gint64)page;
    } else if (g_str_equal(key, "right") || g_str_equal(key, "wrong")) {
        if (!read_counts(value, *key == 'r' ? lesson->right : lesson->wrong))
            return g_strdup(_("is no list like 0:2, 8:1"));
    } else if (g_str_equal(key, "missed")) {
        read_missed(value, lesson->missed);
    } else {
        return g_strdup_printf(_("%s: nobody knows this key"), key);
    }
    return NULL;
}

Progress *
progress_load(GPtrArray *faults)
{
    Progress *progress = g_new0(Progress, 1);
    g_autofree char *path = progress_path();

    progress->lessons = g_ptr_array_new_with_free_func(free_lesson);
    g_autoptr(GPtrArray) found = ini_read(path, read_setting, progress);
    for (guint i = 0; faults && i < found->len; i++)
        g_ptr_array_add(faults, g_strdup(found->pdata[i]));
    return progress;
}

/* ---- writing ---- */

static void
append_counts(GString *out, const char *key, const guint *counts)
{
    gboolean first = TRUE;

    for (guint i = 0; i <= MISCONCEPTIONS; i++) {
        if (counts[i] == 0)
            continue;
        if (first)
            g_string_append_printf(out, "%s =", key);
        g_string_append_printf(out, "%s %u:%u", first ? "" : ",", i, counts[i]);
        first = FALSE;
    }
    g_string_append(out, first ? "" : "\n");
}

static void
append_lesson(GString *out, const ProgressLesson *lesson)
{
    g_string_append_printf(out, "\n[%s]\n", lesson->lesson);
    if (lesson->done)
        g_string_append_printf(out, "done = %s\n", lesson->done);
    if (lesson->page > 0)
        g_string_append_printf(out, "page = %u\n", (guint)lesson->page);
    append_counts(out, "right", lesson->right);
    append_counts(out, "wrong", lesson->wrong);
    for (guint i = 0; i < lesson->missed->len; i++)
        g_string_append_printf(out, "%s%s", i == 0 ? "missed = " : ", ",
                               (const char *)lesson->missed->pdata[i]);
    g_string_append(out, lesson->missed->len > 0 ? "\n" : "");
}

static gboolean
save(const Progress *progress, GError **error)
{
    g_autofree char *path = progress_path();
    g_autoptr(GString) out =
        g_string_new("# What was done in the lessons of fromscope. Delete this "
                     "file to begin anew.\n");

    for (guint i = 0; i < progress->lessons->len; i++)
        append_lesson(out, progress->lessons->pdata[i]);
    return disk_replace(path, out->str, out->len, TRUE, error);
}

/* The file knows lines, brackets and commas; a lesson from a stranger may be called anything. */
static gboolean
is_plain(const char *name)
{
    return *name && strlen(name) < 200 && !strpbrk(name, "\n\r[],=#;") &&
           g_utf8_validate(name, -1, NULL);
}

gboolean
progress_answer(const char *lesson, const char *item, const Answer *answer, GError **error)
{
    if (!is_plain(lesson) || !is_plain(item))
        return TRUE;
    g_autoptr(Progress) progress = progress_load(NULL);
    ProgressLesson *at = lesson_for(progress, lesson);
    const gint64 which =
        answer->misconception >= 0 && answer->misconception <= MISCONCEPTIONS
            ? answer->misconception : 0;
    guint *count = answer->right ? &at->right[which] : &at->wrong[which];
    guint index = 0;
    const gboolean known =
        g_ptr_array_find_with_equal_func(at->missed, item, g_str_equal, &index);

    *count = MIN(*count + 1, (guint)COUNT_MAX);
    if (answer->right && known)
        g_ptr_array_remove_index(at->missed, index);
    else if (!answer->right && !known)
        g_ptr_array_add(at->missed, g_strdup(item));
    keep_newest(at->missed);
    return save(progress, error);
}

gboolean
progress_page(const char *lesson, guint page, GError **error)
{
    if (!is_plain(lesson))
        return TRUE;
    g_autoptr(Progress) progress = progress_load(NULL);
    lesson_for(progress, lesson)->page = page;
    return save(progress, error);
}

gboolean
progress_done(const char *lesson, gint64 now, GError **error)
{
    if (!is_plain(lesson))
        return TRUE;
    g_autoptr(Progress) progress = progress_load(NULL);
    ProgressLesson *at = lesson_for(progress, lesson);

    g_free(at->done);
    at->done = instant_text(now);
    at->page = 0;
    return save(progress, error);
}
