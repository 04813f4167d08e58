/* script-check-text.c: what a lesson's text must have, whatever its message says.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/hash.h"
#include "base/nearest.h"
#include "base/translate.h"
#include "lesson/glossary.h"
#include "lesson/script-check.h"
#include "lesson/script-text.h"
#include "lesson/step-path.h"
#include "whatif/goal.h"

enum { MINUTES_MAX = 60, HOUR_MAX = 20 };

const char *const script_views[] = { "overview", "tree", "results", "arc", "route", "signatures",
                                     "chart", "advice", "dns", "source", NULL };

typedef struct {
    ScriptCheck  *check;
    const Script *script;
    GHashTable   *items;        /* ids so far, borrowed */
    Glossary     *glossary;
} Look;

#define fault(look, line, ...) \
    script_fault((look)->check->faults, (look)->script->path, line, __VA_ARGS__)
#define warn(look, line, ...) \
    script_fault((look)->check->warnings, (look)->script->path, line, __VA_ARGS__)

/* "sender", "sender example.com", "dns example.jp". Whose the mail is says the message: only `dns` must say of which domain. */
static gboolean
names_actor(const char *text)
{
    static const char *const alone[] = { "sender", "service", "receiver", "visitor", NULL };
    g_autoptr(Goal) goal = g_strv_contains(alone, text) ? NULL : goal_read(text, NULL);

    return goal != NULL || g_strv_contains(alone, text);
}

/* ---- the head ---- */

static void
check_number(const Look *look, const char *key, guint last)
{
    const char *text = script_value(look->script, key);
    guint64 value = 0;

    if (text && !g_ascii_string_to_unsigned(text, 10, 1, last, &value, NULL))
        fault(look, 0, _("%s: %s: not a number from 1 to %u"), key, text, last);
}

static void
check_head(const Look *look)
{
    const char *teaches = script_value(look->script, "teaches");
    guint32 bits = 0;

    for (const ScriptKey *key = script_keys; key->key; key++)
        if ((key->required & SCRIPT_HEAD) && !script_value(look->script, key->key))
            fault(look, 0, _("the head has no %s:"), key->key);
    check_number(look, "minutes", MINUTES_MAX);
    check_number(look, "hour", HOUR_MAX);
    if (teaches && !script_numbers(teaches, MISCONCEPTIONS, &bits))
        fault(look, 0, _("teaches: %s: not numbers from 1 to %d"), teaches, MISCONCEPTIONS);
    if (look->script->sections->len == 0)
        fault(look, 0, _("there is no section: a line like `--- read`"));
}

/* ---- one section ---- */

static void
check_keys(const Look *look, const ScriptSection *section)
{
    for (const ScriptKey *key = script_keys; key->key; key++)
        if ((key->required & (1u << section->kind)) && !section_value(section, key->key))
            fault(look, section->line, _("`%s` has no %s:"), script_kinds[section->kind].word,
                  key->key);
    if (section->kind == SECTION_WHAT_IF && *section->argument == '\0' &&
        !section_value(section, "edit"))
        fault(look, section->line, _("`what-if` changes nothing: it needs KEY=VALUE"));
}

static void
check_item(const Look *look, const ScriptSection *section)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    const char *id = section_item(section);
    const char *misconception = section_value(section, "misconception");

    if (id && id[strspn(id, letters)])
        fault(look, section->line, _("id: %s: small letters, digits and dashes only"), id);
    if (id && !g_hash_table_add(look->items, (gpointer)id))
        fault(look, section->line, _("id: %s: an earlier section has it, too"), id);
    if (misconception && section_misconception(section) == 0)
        fault(look, section->line, _("misconception: %s: not a number from 1 to %d"), misconception,
              MISCONCEPTIONS);
}

static const char *
nearest_view(const char *word)
{
    const char *best = script_views[0];

    for (guint i = 1; script_views[i]; i++)
        if (nearest_distance(word, script_views[i]) < nearest_distance(word, best))
            best = script_views[i];
    return best;
}

static void
check_view(const Look *look, const ScriptSection *section)
{
    g_auto(GStrv) words = g_strsplit(section->argument, " ", 2);

    if (words[0] && *words[0] && !g_strv_contains(script_views, words[0]))
        fault(look, section->line, _("there is no view %s; the nearest is %s"), words[0],
              nearest_view(words[0]));
}

/* "fail" of a prediction, "STEP fail" elsewhere. */
static void
check_expect(const Look *look, const ScriptSection *section, const ScriptSetting *setting)
{
    const char *blank = strrchr(setting->value, ' ');
    const char *word = section->kind == SECTION_PREDICT ? setting->value : blank ? blank + 1 : NULL;
    Result result;

    if (!word)
        fault(look, setting->line, _("expect: %s: not a step and its result"), setting->value);
    else if (!result_of_word(word, &result))
        fault(look, setting->line, _("expect: there is no result %s"), word);
}

static void
check_edit(const Look *look, const char *text, guint line)
{
    g_autoptr(Edits) edits = edits_new();
    g_autoptr(GError) error = NULL;

    if (*text && !edits_add_text(edits, text, &error))
        fault(look, line, "%s", error->message);
}

static void
check_settings(const Look *look, const ScriptSection *section)
{
    static const char *const edits[] = { "edit", "solution", "trap", NULL };

    for (guint i = 0; i < section->settings->len; i++) {
        const ScriptSetting *setting = section->settings->pdata[i];
        if (g_str_equal(setting->key, "expect"))
            check_expect(look, section, setting);
        else if (g_strv_contains(edits, setting->key))
            check_edit(look, setting->value, setting->line);
        else if (g_str_equal(setting->key, "actor") && !names_actor(setting->value))
            fault(look, setting->line,
                  _("actor: %s: not sender, dns DOMAIN, service, receiver or visitor"),
                  setting->value);
    }
    if (section->kind == SECTION_WHAT_IF)
        check_edit(look, section->argument, section->line);
}

static void
check_choices(const Look *look, const ScriptSection *section)
{
    guint right = 0;

    if (section->kind != SECTION_ASK)
        return;
    for (guint i = 0; i < section->choices->len; i++)
        right += ((const ScriptChoice *)section->choices->pdata[i])->right ? 1 : 0;
    if (section->choices->len < SCRIPT_CHOICES_MIN || section->choices->len > SCRIPT_CHOICES_MAX)
        fault(look, section->line,
              _("`ask` has %u answers: 2 to 6 are needed (`* right`, `- wrong`)"),
              section->choices->len);
    else if (right != 1)
        fault(look, section->line, _("`ask` has %u right answers (`* right`): one is needed"),
              right);
}

/* ---- words ---- */

/* Names that nobody can own: RFC 2606, RFC 6761, and JPRS's. */
static gboolean
is_reserved(const char *name)
{
    static const char *const reserved[] = { "example.com", "example.net", "example.org",
                                            "example.jp",  "example.co.jp", "example",
                                            "test",        "invalid",       "localhost" };

    for (gsize i = 0; i < G_N_ELEMENTS(reserved); i++) {
        const gsize length = strlen(name), own = strlen(reserved[i]);
        if (length >= own && g_ascii_strcasecmp(name + length - own, reserved[i]) == 0 &&
            (length == own || name[length - own - 1] == '.'))
            return TRUE;
    }
    return FALSE;
}

/* "lesson.txt" is no domain: behind the last dot stands what many names end in. */
static gboolean
looks_owned(const char *name)
{
    static const char *const ends[] = {"com", "net", "org", "jp", "edu", "gov", "info", "biz",
                                       "io",  "de",  "uk",  "fr", "eu",  "us",  NULL};
    const char *dot = strrchr(name, '.');
    g_autofree char *end = dot ? g_ascii_strdown(dot + 1, -1) : NULL;

    return end && dot > name && g_strv_contains(ends, end) && !is_reserved(name);
}

static void
check_names(const Look *look, const char *text, guint line)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";

    for (const char *at = text; *at;) {
        const gsize length = strspn(at, letters);
        g_autofree char *name = g_strndup(at, length);
        while (*name && name[strlen(name) - 1] == '.')
            name[strlen(name) - 1] = '\0';
        if (looks_owned(name))
            warn(look, line,
                 _("%s may be somebody's name; example.com, example.jp and *.example are "
                   "nobody's"),
                 name);
        at += length > 0 ? length : 1;
    }
}

static void
check_words(const Look *look, const char *text, guint line)
{
    g_autoptr(GPtrArray) terms = script_terms_new();
    g_autofree char *plain = script_plain(text, terms);

    for (guint i = 0; i < terms->len && glossary_length(look->glossary) > 0; i++) {
        const ScriptTerm *term = terms->pdata[i];
        if (!glossary_find(look->glossary, term->id))
            fault(look, line, _("{%s}: is not in the glossary"), term->id);
    }
    check_names(look, plain, line);
}

static void
check_text(const Look *look, const ScriptSection *section)
{
    static const guint needed = 1u << SECTION_READ | 1u << SECTION_LOOK | 1u << SECTION_PREDICT |
                                1u << SECTION_ASK | 1u << SECTION_WHAT_IF | 1u << SECTION_GOAL;
    static const guint told = 1u << SECTION_PREDICT | 1u << SECTION_ASK | 1u << SECTION_GOAL;
    const GPtrArray *const lists[] = { section->text, section->why };

    if (((1u << section->kind) & needed) && section->text->len == 0)
        fault(look, section->line, _("`%s` has no text"), script_kinds[section->kind].word);
    if (((1u << section->kind) & told) && section->why->len == 0)
        fault(look, section->line, _("`%s` has no why:"), script_kinds[section->kind].word);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        for (guint j = 0; j < lists[i]->len; j++)
            check_words(look, ((const ScriptParagraph *)lists[i]->pdata[j])->text, section->line);
    for (guint i = 0; i < section->choices->len; i++)
        check_words(look, ((const ScriptChoice *)section->choices->pdata[i])->text, section->line);
}

static void
check_section(const Look *look, const ScriptSection *section)
{
    g_autofree char *lesson = NULL, *item = NULL;

    check_keys(look, section);
    check_item(look, section);
    check_settings(look, section);
    check_choices(look, section);
    check_text(look, section);
    if (section->kind == SECTION_LOOK)
        check_view(look, section);
    if (section->kind == SECTION_AGAIN && *section->argument &&
        !lesson_reference(section->argument, &lesson, &item))
        fault(look, section->line, _("again: %s: not LESSON/ID"), section->argument);
}

void
script_check_text(ScriptCheck *check, const Lesson *lesson)
{
    g_autoptr(GHashTable) items = g_hash_table_new(hash_text, g_str_equal);
    g_autoptr(Glossary) glossary = glossary_open(lesson->language, NULL);
    const Look look = { check, lesson->script, items, glossary };
    const GPtrArray *sections = lesson->script->sections;

    check->texts++;
    check_head(&look);
    for (guint i = 0; i < sections->len; i++)
        check_section(&look, sections->pdata[i]);
    if (glossary_length(glossary) == 0 && check->texts == 1)
        warn(&look, 0, _("there is no glossary, so {terms} were not looked up"));
}

/* ---- two languages ---- */

/* "id=spf misconception=1": what must be the same; titles are translated. */
static char *
settings_text(const GPtrArray *settings)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < settings->len; i++) {
        const ScriptSetting *setting = settings->pdata[i];
        if (!g_str_equal(setting->key, "title"))
            g_string_append_printf(out, "%s: %s\n", setting->key, setting->value);
    }
    return g_strdup(out->str);
}

/* The first line that one has and the other has otherwise. */
static char *
difference(const char *first, const char *other)
{
    g_auto(GStrv) a = g_strsplit(first, "\n", -1), b = g_strsplit(other, "\n", -1);
    guint i = 0;

    while (a[i] && b[i] && g_str_equal(a[i], b[i]))
        i++;
    return g_strdup(a[i] && *a[i] ? a[i] : b[i] ? b[i] : "");
}

static void
same_settings(ScriptCheck *check, const Script *other, guint line, const GPtrArray *first_settings,
              const GPtrArray *other_settings)
{
    g_autofree char *first = settings_text(first_settings);
    g_autofree char *second = settings_text(other_settings);

    if (g_str_equal(first, second))
        return;
    g_autofree char *what = difference(first, second);
    script_fault(check->faults, other->path, line, _("differs from the English text: %s"), what);
}

static gboolean
same_choices(const ScriptSection *first, const ScriptSection *other)
{
    if (first->choices->len != other->choices->len)
        return FALSE;
    for (guint i = 0; i < first->choices->len; i++)
        if (((const ScriptChoice *)first->choices->pdata[i])->right !=
            ((const ScriptChoice *)other->choices->pdata[i])->right)
            return FALSE;
    return TRUE;
}

void
script_check_same(ScriptCheck *check, const Script *first, const Script *other)
{
    const guint count = MIN(first->sections->len, other->sections->len);

    same_settings(check, other, 0, first->head, other->head);
    if (first->sections->len != other->sections->len)
        script_fault(check->faults, other->path, 0, _("has %u sections, the English text %u"),
                     other->sections->len, first->sections->len);
    for (guint i = 0; i < count; i++) {
        const ScriptSection *a = first->sections->pdata[i], *b = other->sections->pdata[i];
        if (a->kind != b->kind || !g_str_equal(a->argument, b->argument)) {
            script_fault(check->faults, other->path, b->line,
                         _("the English text has `%s %s` here"), script_kinds[a->kind].word,
                         a->argument);
            return;             /* all others would follow */
        }
        same_settings(check, other, b->line, a->settings, b->settings);
        if (!same_choices(a, b))
            script_fault(check->faults, other->path, b->line,
                         _("the answers are not those of the English text, in the same order"));
    }
}
