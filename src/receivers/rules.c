/* rules.c: reads the files of receivers' rules.
 * SPDX-License-Identifier: MIT */
#include "receivers/rules.h"

#include <string.h>

#include "base/disk.h"
#include "base/ini.h"
#include "base/translate.h"
#include "facts/record.h"
#include "receivers/check.h"
#include "receivers/kept.h"

/* ---- life ---- */

static void
rule_free(gpointer data)
{
    RuleSpec *rule = data;

    g_free(rule->title);
    g_free(rule->instead);
    g_strfreev(rule->domains);
    g_free(rule);
}

static Profile *
profile_new(const char *id)
{
    Profile *profile = g_new0(Profile, 1);

    profile->id = g_intern_string(id);
    profile->order = G_MAXUINT;
    profile->rules = g_ptr_array_new_with_free_func(rule_free);
    return profile;
}

static void
profile_free(gpointer data)
{
    Profile *profile = data;

    g_ptr_array_unref(profile->rules);
    g_free(profile);
}

void
receiver_rules_free(ReceiverRules *rules)
{
    if (!rules)
        return;
    kept_verdicts_free(rules->kept);
    if (!rules->borrowed)
        g_ptr_array_unref(rules->profiles);
    g_free(rules);
}

void
receiver_rules_keep(ReceiverRules *rules)
{
    if (!rules->kept)
        rules->kept = kept_verdicts_new();
}

/* ---- values ---- */

static gboolean
is(const char *key, const char *word)
{
    return *key == *word && strcmp(key, word) == 0;
}

/* YYYY-MM-DD, so that dates can be compared as they stand. */
static gboolean
is_date(const char *value)
{
    static const char form[] = "dddd-dd-dd";

    for (gsize i = 0; form[i]; i++)
        if (form[i] == 'd' ? !g_ascii_isdigit(value[i]) : value[i] != form[i])
            return FALSE;
    return value[strlen(form)] == '\0';
}

static char *
set_date(const char **slot, const char *value)
{
    if (!is_date(value))
        return g_strdup(_("a date as 2026-01-31 is needed"));
    *slot = g_intern_string(value);
    return NULL;
}

static char *
missing(const char *value)
{
    return *value ? NULL : g_strdup(_("the value is missing"));
}

/* One that stays, whatever becomes of the rules; reports hold no longer one (facts/record.h). */
static char *
set_text(const char **slot, const char *value)
{
    *slot = record_id(value);
    return *slot ? missing(value) : g_strdup(_("the text is longer than 256 bytes"));
}

static char *
set_own(char **slot, const char *value)
{
    g_free(*slot);
    *slot = g_strdup(value);
    return missing(value);
}

static char *
set_number(guint *slot, const char *value)
{
    guint64 number;

    if (!g_ascii_string_to_unsigned(value, 10, 0, 1000000, &number, NULL))
        return g_strdup(_("a number is needed"));
    *slot = (guint)number;
    return NULL;
}

static char *
unknown_key(const char *key)
{
    return g_strdup_printf(_("there is no setting \"%s\" here"), key);
}

static char *
set_effect(RuleSpec *rule, const char *value)
{
    for (guint i = 0; effect_words[i]; i++) {
        if (is(value, effect_words[i])) {
            rule->effect = (RuleEffect)i;
            return NULL;
        }
    }
    return g_strdup_printf(_("no effect \"%s\": reject, spam, support or advice"), value);
}

static char *
set_clash(RuleSpec *rule, const char *value)
{
    static const char *const known[] = { "null-mx", "arc", "requiretls", NULL };

    if (!g_strv_contains(known, value))
        return g_strdup_printf(_("no meaning \"%s\": null-mx, arc or requiretls"), value);
    return set_text(&rule->clash, value);
}

static char *
set_check(RuleSpec *rule, const char *value)
{
    rule->check = receiver_check_find(value);
    return rule->check ? NULL : g_strdup_printf(_("there is no check \"%s\""), value);
}

static char *
set_domains(RuleSpec *rule, const char *value)
{
    g_strfreev(rule->domains);
    rule->domains = ini_list(value);
    return *rule->domains ? NULL : missing("");
}

/* ---- sections ---- */

static char *
set_of_profile(Profile *profile, const char *key, const char *value)
{
    if (is(key, "name"))
        return set_text(&profile->name, value);
    if (is(key, "as-of"))
        return set_date(&profile->as_of, value);
    if (is(key, "source"))
        return set_text(&profile->source, value);
    if (is(key, "order"))
        return set_number(&profile->order, value);
    return unknown_key(key);
}

static char *
set_of_rule(RuleSpec *rule, const char *key, const char *value)
{
    if (is(key, "title"))
        return set_own(&rule->title, value);
    if (is(key, "code"))
        return set_text(&rule->code, value);
    if (is(key, "source"))
        return set_text(&rule->source, value);
    if (is(key, "instead"))
        return set_own(&rule->instead, value);
    if (is(key, "check"))
        return set_check(rule, value);
    if (is(key, "effect"))
        return set_effect(rule, value);
    if (is(key, "since"))
        return set_date(&rule->since, value);
    if (is(key, "clash"))
        return set_clash(rule, value);
    if (is(key, "at-least"))
        return set_number(&rule->least, value);
    if (is(key, "domains"))
        return set_domains(rule, value);
    return unknown_key(key);
}

/* A file while it is read. */
typedef struct {
    Profile    *profile;
    GHashTable *rules;      /* RuleSpec by its id; they are the profile's */
} Reading;

/* A rule is named by its section; where that is a check's name, it asks that check. */
static RuleSpec *
rule_add(const Reading *reading, const char *id)
{
    RuleSpec *rule = g_new0(RuleSpec, 1);

    rule->id = g_intern_string(id);
    rule->check = receiver_check_find(id);
    rule->effect = EFFECT_ADVICE;
    g_ptr_array_add(reading->profile->rules, rule);
    g_hash_table_insert(reading->rules, (gpointer)rule->id, rule);
    return rule;
}

static gboolean
is_word(const char *text)
{
    return *text && text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

static char *
set(const char *section, const char *key, const char *value, gpointer data)
{
    const Reading *reading = data;

    if (is(section, "profile"))
        return set_of_profile(reading->profile, key, value);
    RuleSpec *rule = g_hash_table_lookup(reading->rules, section);
    if (!rule && (!is_word(section) || !record_id(section)))
        return g_strdup(_("a section is a word of small letters, digits and hyphens"));
    return set_of_rule(rule ? rule : rule_add(reading, section), key, value);
}

/* ---- files ---- */

static void
add_fault(GPtrArray *faults, const char *path, char *fault)
{
    g_ptr_array_add(faults, g_strdup_printf("%s: %s", path, fault));
    g_free(fault);
}

static void
look_at_rule(const Reading *reading, const RuleSpec *rule, const char *path, GPtrArray *faults)
{
    if (!rule->check)
        add_fault(faults, path, g_strdup_printf(_("[%s] names no check"), rule->id));
    else if (rule->check->takes_least && rule->least == 0)
        add_fault(faults, path, g_strdup_printf(_("[%s] lacks at-least"), rule->id));
    else if (rule->check->takes_domains && !rule->domains)
        add_fault(faults, path, g_strdup_printf(_("[%s] lacks domains"), rule->id));
    const RuleSpec *other = rule->instead ? g_hash_table_lookup(reading->rules, rule->instead)
                                          : NULL;
    if (rule->instead && (!other || other == rule))
        add_fault(faults, path, g_strdup_printf(_("[%s] instead of a rule that is not there"),
                                                rule->id));
}

/* What no single line can tell. */
static void
look_at_whole(const Reading *reading, const char *path, GPtrArray *faults)
{
    const Profile *profile = reading->profile;

    if (!profile->as_of)
        add_fault(faults, path, g_strdup(_("[profile] lacks as-of, the day on which it was true")));
    if (!profile->source)
        add_fault(faults, path, g_strdup(_("[profile] lacks source")));
    if (profile->rules->len == 0)
        add_fault(faults, path, g_strdup(_("there is no rule in it")));
    for (guint i = 0; i < profile->rules->len; i++)
        look_at_rule(reading, profile->rules->pdata[i], path, faults);
}

/* NULL where it has a fault. (transfer full) */
static Profile *
read_profile(const char *path, const char *file, GPtrArray *faults)
{
    g_autofree char *id = g_strndup(file, strlen(file) - strlen(".ini"));
    Profile *profile = profile_new(id);
    g_autoptr(GHashTable) named = g_hash_table_new(g_str_hash, g_str_equal);
    Reading reading = { profile, named };
    g_autoptr(GPtrArray) own = ini_read(path, set, &reading);

    if (own->len == 0)
        look_at_whole(&reading, path, own);
    if (own->len == 0)
        return profile;
    for (guint i = 0; i < own->len; i++)
        g_ptr_array_add(faults, g_strdup(own->pdata[i]));
    profile_free(profile);
    return NULL;
}

static gboolean
has_profile(const ReceiverRules *rules, const char *file)
{
    const gsize length = strlen(file) - strlen(".ini");

    for (guint i = 0; i < rules->profiles->len; i++) {
        const Profile *profile = rules->profiles->pdata[i];
        if (strlen(profile->id) == length && strncmp(profile->id, file, length) == 0)
            return TRUE;
    }
    return FALSE;
}

static void
read_folder(ReceiverRules *rules, const char *folder, GPtrArray *faults)
{
    g_autoptr(DiskNames) names = disk_names(folder, NULL);

    for (DiskName file; names && disk_names_next(names, &file);) {
        if (!g_str_has_suffix(file.name, ".ini") || *file.name == '.' || has_profile(rules, file.name))
            continue;
        g_autofree char *path = g_build_filename(folder, file.name, NULL);
        Profile *profile = read_profile(path, file.name, faults);
        if (profile)
            g_ptr_array_add(rules->profiles, profile);
    }
}

static int
by_order(gconstpointer a, gconstpointer b)
{
    const Profile *one = *(Profile *const *)a;
    const Profile *other = *(Profile *const *)b;

    if (one->order != other->order)
        return one->order < other->order ? -1 : 1;
    return strcmp(one->id, other->id);
}

static gboolean
asks_the_same(const RuleSpec *a, const RuleSpec *b)
{
    const gboolean same_domains =
        a->domains && b->domains
            ? g_strv_equal((const char *const *)a->domains, (const char *const *)b->domains)
            : a->domains == b->domains;

    return a->check == b->check && a->least == b->least && same_domains;
}

/* Five profiles ask much the same: each question is asked once a message. */
static void
share_answers(ReceiverRules *rules)
{
    g_autoptr(GPtrArray) distinct = g_ptr_array_new();

    for (guint p = 0; p < rules->profiles->len; p++) {
        const Profile *profile = rules->profiles->pdata[p];
        for (guint r = 0; r < profile->rules->len; r++) {
            RuleSpec *rule = profile->rules->pdata[r];
            guint slot = 0;
            while (slot < distinct->len && !asks_the_same(distinct->pdata[slot], rule))
                slot++;
            if (slot == distinct->len)
                g_ptr_array_add(distinct, rule);
            rule->slot = slot;
        }
    }
    rules->slots = distinct->len;
}

ReceiverRules *
receiver_rules_load(const char *const *folders, GPtrArray *faults)
{
    ReceiverRules *rules = g_new0(ReceiverRules, 1);

    rules->profiles = g_ptr_array_new_with_free_func(profile_free);
    for (; *folders; folders++)
        read_folder(rules, *folders, faults);
    g_ptr_array_sort(rules->profiles, by_order);
    share_answers(rules);
    return rules;
}

ReceiverRules *
receiver_rules_of(const ReceiverRules *read)
{
    ReceiverRules *rules = g_new0(ReceiverRules, 1);

    rules->profiles = read->profiles;
    rules->slots = read->slots;
    rules->borrowed = TRUE;
    return rules;
}

ReceiverRules *
receiver_rules_some(const ReceiverRules *rules, const char *const *ids)
{
    ReceiverRules *some = g_new0(ReceiverRules, 1);

    some->slots = rules->slots;
    some->profiles = g_ptr_array_new();
    for (guint i = 0; i < rules->profiles->len; i++)
        if (g_strv_contains(ids, ((const Profile *)rules->profiles->pdata[i])->id))
            g_ptr_array_add(some->profiles, rules->profiles->pdata[i]);
    return some;
}

void
receiver_rules_free_some(ReceiverRules *rules)
{
    kept_verdicts_free(rules->kept);
    g_ptr_array_unref(rules->profiles);
    g_free(rules);
}
