/* lesson.c: finds and opens lessons.
 * SPDX-License-Identifier: MIT */
#include "lesson/lesson.h"

#include <string.h>

#include "base/disk.h"
#include "base/fault.h"
#include "base/instant.h"
#include "base/nearest.h"
#include "base/place.h"
#include "base/translate.h"

#define ENGLISH "en"
#define FOLDER  "samples/lessons"

static const char *const languages[] = { ENGLISH, "ja", NULL };

const char *
lesson_language(void)
{
    const char *wish = translate_is_english() ? NULL : g_getenv("LANGUAGE");

    for (guint i = 0; wish && languages[i]; i++)
        if (g_str_has_prefix(wish, languages[i]))
            return languages[i];
    return ENGLISH;
}

/* ---- one ---- */

static char *
text_path(const char *folder, const char *language)
{
    g_autofree char *name = g_str_equal(language, ENGLISH)
                                ? g_strdup("lesson.txt")
                                : g_strdup_printf("lesson.%s.txt", language);

    return g_build_filename(folder, name, NULL);
}

char **
lesson_texts(const char *folder)
{
    GPtrArray *found = g_ptr_array_new();

    for (guint i = 0; languages[i]; i++) {
        g_autofree char *path = text_path(folder, languages[i]);
        if (disk_is_file(path))
            g_ptr_array_add(found, g_steal_pointer(&path));
    }
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_free(found, FALSE);
}

static void
clear_options(LessonOptions *options)
{
    g_free(options->ip);
    g_free(options->helo);
    g_free(options->mail_from);
    g_strfreev(options->trust);
}

void
lesson_free(Lesson *lesson)
{
    if (!lesson)
        return;
    clear_options(&lesson->options);
    script_free(lesson->script);
    g_free(lesson->folder);
    g_free(lesson->name);
    g_free(lesson->language);
    g_free(lesson);
}

static gint64
read_time(const char *text, const char *path, GPtrArray *faults)
{
    gint64 seconds = RECORD_UNSET;

    if (text && !instant_read(text, &seconds))
        script_fault(faults, path, 0, _("at: %s: not a time like 2026-11-22T04:00:00Z"), text);
    return seconds;
}

/* "--trust mx.example.net --ip 192.0.2.1", as on the command line. */
static void
read_options(LessonOptions *options, const char *text, const char *path, GPtrArray *faults)
{
    g_auto(GStrv) words = g_strsplit_set(text ? text : "", " =", -1);
    GPtrArray *trust = g_ptr_array_new();
    struct { const char *name; char **value; } known[] = {
        { "--ip", &options->ip }, { "--helo", &options->helo },
        { "--mail-from", &options->mail_from },
    };

    for (char **word = words; *word; word++) {
        gsize i = 0;
        if (**word == '\0')
            continue;
        while (i < G_N_ELEMENTS(known) && !g_str_equal(known[i].name, *word))
            i++;
        if (i == G_N_ELEMENTS(known) && !g_str_equal(*word, "--trust")) {
            script_fault(faults, path, 0, _("options: a lesson takes --trust, --ip, --helo and "
                                            "--mail-from, not %s"), *word);
            break;
        }
        if (!word[1]) {
            script_fault(faults, path, 0, _("options: %s needs a value"), *word);
            break;
        }
        word++;
        if (i == G_N_ELEMENTS(known)) {
            g_ptr_array_add(trust, g_strdup(*word));
        } else {
            g_free(*known[i].value);
            *known[i].value = g_strdup(*word);
        }
    }
    g_ptr_array_add(trust, NULL);
    options->trust = (char **)g_ptr_array_free(trust, FALSE);
}

Lesson *
lesson_read(const char *folder, const char *language, GPtrArray *faults)
{
    g_autofree char *plain = disk_absolute(folder);
    g_autofree char *path = text_path(plain, language);

    if (!g_str_equal(language, ENGLISH) && !disk_exists(path))
        return lesson_read(folder, ENGLISH, faults);
    Script *script = script_read(path, faults);
    if (!script)
        return NULL;
    Lesson *lesson = g_new0(Lesson, 1);
    lesson->folder = g_steal_pointer(&plain);
    lesson->name = g_path_get_basename(lesson->folder);
    lesson->language = g_strdup(language);
    lesson->script = script;
    lesson->options.at = read_time(script_value(script, "at"), path, faults);
    read_options(&lesson->options, script_value(script, "options"), path, faults);
    return lesson;
}

const char *
lesson_title(const Lesson *lesson)
{
    const char *title = script_value(lesson->script, "title");

    return title ? title : lesson->name;
}

/* A lesson may come from a stranger: it names files of its own folder only. */
char *
lesson_file(const Lesson *lesson, const char *name)
{
    if (*name == '\0' || *name == '.' || strchr(name, G_DIR_SEPARATOR))
        return NULL;
    return g_build_filename(lesson->folder, name, NULL);
}

char *
lesson_message(const Lesson *lesson, guint section)
{
    const GPtrArray *sections = lesson->script->sections;
    const char *name = LESSON_MESSAGE;

    for (guint i = 0; i < sections->len && i <= section; i++) {
        const ScriptSection *at = sections->pdata[i];
        if (at->kind == SECTION_OTHER)
            name = at->argument;
    }
    return lesson_file(lesson, name);
}

/* ---- all ---- */

static void
free_lesson(gpointer data)
{
    lesson_free(data);
}

static int
by_name(gconstpointer a, gconstpointer b)
{
    const Lesson *left = *(const Lesson *const *)a, *right = *(const Lesson *const *)b;

    return strcmp(left->name, right->name);
}

static gboolean
has_name(const GPtrArray *lessons, const char *name)
{
    for (guint i = 0; i < lessons->len; i++)
        if (g_str_equal(((const Lesson *)lessons->pdata[i])->name, name))
            return TRUE;
    return FALSE;
}

/* Folders without a text are no lessons; nobody needs to hear of them. */
static void
add_folder(GPtrArray *lessons, const char *place, gboolean own, GPtrArray *faults)
{
    g_autoptr(DiskNames) names = place ? disk_names(place, NULL) : NULL;

    for (DiskName name; names && disk_names_next(names, &name);) {
        g_autofree char *folder = g_build_filename(place, name.name, NULL);
        g_auto(GStrv) texts = lesson_texts(folder);
        if (!texts[0] || has_name(lessons, name.name))
            continue;
        Lesson *lesson = lesson_read(folder, lesson_language(), faults);
        if (!lesson)
            continue;
        lesson->own = own;
        g_ptr_array_add(lessons, lesson);
    }
}

GPtrArray *
lesson_list(GPtrArray *faults)
{
    GPtrArray *lessons = g_ptr_array_new_with_free_func(free_lesson);
    g_autofree char *own = place_home_data("lessons");
    g_autofree char *shipped = place_data(FOLDER);

    add_folder(lessons, own, TRUE, faults);
    add_folder(lessons, shipped, FALSE, faults);
    g_ptr_array_sort(lessons, by_name);
    return lessons;
}

char *
lesson_none(void)
{
    g_autofree char *folder = place_installed(FOLDER);

    return g_strdup_printf(_("there are no lessons here: %s is not there"), folder);
}

/* Behind the digits and the dash. */
static const char *
bare_name(const char *name)
{
    const gsize digits = strspn(name, "0123456789");

    return digits > 0 && name[digits] == '-' ? name + digits + 1 : name;
}

gboolean
lesson_is(const char *lesson, const char *name)
{
    const gsize digits = strspn(name, "0123456789");

    if (g_ascii_strcasecmp(lesson, name) == 0 || g_ascii_strcasecmp(bare_name(lesson), name) == 0)
        return TRUE;
    return digits > 0 && name[digits] == '\0' && g_ascii_isdigit(*lesson) &&
           g_ascii_strtoull(lesson, NULL, 10) == g_ascii_strtoull(name, NULL, 10);
}

static const char *
nearest_lesson(const GPtrArray *lessons, const char *name)
{
    const char *best = NULL;
    guint least = G_MAXUINT;

    for (guint i = 0; i < lessons->len; i++) {
        const char *known = ((const Lesson *)lessons->pdata[i])->name;
        const guint distance = MIN(nearest_distance(name, known),
                                   nearest_distance(name, bare_name(known)));
        if (distance < least) {
            least = distance;
            best = known;
        }
    }
    return best;
}

static Lesson *
find_folder(const char *name, GError **error)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    Lesson *lesson = lesson_read(name, lesson_language(), faults);

    if (!lesson)
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s",
                  faults->len > 0 ? (const char *)faults->pdata[0] : name);
    return lesson;
}

static void
none_here(GError **error)
{
    g_autofree char *none = lesson_none();

    fault_set(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s", none);
}

Lesson *
lesson_find(const char *name, GError **error)
{
    if (strchr(name, G_DIR_SEPARATOR))
        return find_folder(name, error);
    g_autoptr(GPtrArray) lessons = lesson_list(NULL);
    for (guint i = 0; i < lessons->len; i++)
        if (lesson_is(((const Lesson *)lessons->pdata[i])->name, name))
            return g_ptr_array_steal_index(lessons, i);
    if (disk_is_folder(name))
        return find_folder(name, error);
    const gboolean number = name[strspn(name, "0123456789")] == '\0';      /* which is near to none */
    const char *nearest = nearest_lesson(lessons, name);
    if (nearest && number)
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _("there is no lesson %s (`fromscope lesson` lists all)"), name);
    else if (nearest)
        fault_set(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                  _("there is no lesson %s; the nearest is %s (`fromscope lesson` lists all)"), name, nearest);
    else
        none_here(error);
    return NULL;
}

Lesson *
lesson_beside(const Lesson *lesson, const char *name)
{
    g_autofree char *place = g_path_get_dirname(lesson->folder);
    g_autoptr(DiskNames) names = disk_names(place, NULL);

    for (DiskName file; names && disk_names_next(names, &file);) {
        g_autofree char *folder = lesson_is(file.name, name) ? g_build_filename(place, file.name, NULL) : NULL;
        Lesson *found = folder ? lesson_read(folder, lesson->language, NULL) : NULL;
        if (found)
            return found;
    }
    return lesson_find(name, NULL);
}

gboolean
lesson_reference(const char *text, char **lesson, char **item)
{
    const char *slash = strchr(text, '/');

    if (!slash || slash == text || slash[1] == '\0')
        return FALSE;
    *lesson = g_strndup(text, (gsize)(slash - text));
    *item = g_strdup(slash + 1);
    return TRUE;
}
