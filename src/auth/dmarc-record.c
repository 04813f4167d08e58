/* dmarc-record.c: DMARC records, read as leniently as the RFCs ask and no more.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-record.h"

#include <string.h>

#include "headers/taglist.h"

const char *const policy_words[] = { NULL, "none", "quarantine", "reject", NULL };

static Policy
read_policy(const TagList *tags, const char *name)
{
    const char *value = taglist_get(tags, name);

    if (!value)
        return POLICY_ABSENT;
    for (Policy policy = POLICY_NONE; policy <= POLICY_REJECT; policy++)
        if (g_ascii_strcasecmp(value, policy_words[policy]) == 0)
            return policy;
    return POLICY_INVALID;
}

/* (transfer full) */
static char *
bad_policy(const TagList *tags, const DmarcRecord *record)
{
    const char *name = record->p == POLICY_INVALID    ? "p"
                       : record->sp == POLICY_INVALID ? "sp"
                       : record->np == POLICY_INVALID ? "np"
                                                      : NULL;

    return name ? g_strdup_printf("%s=%s", name, taglist_get(tags, name)) : NULL;
}

/* A one-letter tag: its value in lower case, or `otherwise` where it is absent or not among `allowed`. */
static char
read_letter(const TagList *tags, const char *name, const char *allowed, char otherwise)
{
    const char *value = taglist_get(tags, name);

    if (!value || strlen(value) != 1 || !strchr(allowed, g_ascii_tolower(*value)))
        return otherwise;
    return g_ascii_tolower(*value);
}

static void
read_pct(const TagList *tags, DmarcRecord *record)
{
    const char *value = taglist_get(tags, "pct");

    record->pct = value ? -1 : 100;     /* -1 until it is read: no number from 0 to 100 */
    if (value && *value && strlen(value) <= 3 && strspn(value, "0123456789") == strlen(value)) {
        const guint64 number = g_ascii_strtoull(value, NULL, 10);
        if (number <= 100)
            record->pct = (int)number;
    }
}

/* scheme ":" something; a mailto needs an address (RFC 9989, 4.7: "syntactically valid"). */
static gboolean
is_report_uri(const char *uri)
{
    const char *colon = strchr(uri, ':');

    if (!colon || colon == uri || !colon[1] || !g_ascii_isalpha(*uri))
        return FALSE;
    for (const char *c = uri; c < colon; c++)
        if (!g_ascii_isalnum(*c) && *c != '+' && *c != '-' && *c != '.')
            return FALSE;
    if (g_ascii_strncasecmp(uri, "mailto:", 7) != 0)
        return TRUE;
    const char *at = strchr(uri + 7, '@');
    return at && at > uri + 7 && at[1];
}

static gboolean
read_rua(const TagList *tags)
{
    const char *value = taglist_get(tags, "rua");
    g_auto(GStrv) uris = value ? g_strsplit(value, ",", -1) : NULL;

    for (guint i = 0; uris && uris[i]; i++)
        if (is_report_uri(g_strstrip(uris[i])))
            return TRUE;
    return FALSE;
}

/* ---- faults ---- */

static void
note_fault(DmarcRecord *record, const Tag *tag)
{
    g_ptr_array_add(record->faults, g_strdup_printf("%s=%s", tag->name, tag->value));
}

/* The first part that is no tag=value: that is where the owner should look. */
static void
note_odd_part(DmarcRecord *record)
{
    g_auto(GStrv) parts = g_strsplit(record->text, ";", -1);

    for (guint i = 0; parts[i]; i++) {
        const char *part = g_strstrip(parts[i]);
        if (*part ? !strchr(part, '=') : parts[i + 1] != NULL) {
            g_ptr_array_add(record->faults, g_strdup(*part ? part : ";;"));
            return;
        }
    }
    g_ptr_array_add(record->faults, g_strdup(record->text));
}

static gboolean
value_is_good(const Tag *tag)
{
    static const struct { const char *name, *letters; } rules[] = {
        { "adkim", "rs" }, { "aspf", "rs" }, { "t", "yn" }, { "psd", "ynu" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++)
        if (g_str_equal(tag->name, rules[i].name))
            return strlen(tag->value) == 1 &&
                   strchr(rules[i].letters, g_ascii_tolower(*tag->value)) != NULL;
    return TRUE;
}

/* RFC 6376, 3.2: names of tags are compared to the letter, so P= is unknown and says nothing. */
static gboolean
is_misspelt(const Tag *tag)
{
    static const char *const known[] = { "v", "p", "sp", "np", "adkim", "aspf", "t", "psd", "fo",
                                         "rua", "ruf", "pct", "rf", "ri", NULL };
    g_autofree char *lower = g_ascii_strdown(tag->name, -1);

    return !g_str_equal(lower, tag->name) && g_strv_contains(known, lower);
}

static void
note_tags(const TagList *tags, DmarcRecord *record)
{
    static const char *const historic[] = { "pct", "rf", "ri", NULL };

    for (gsize i = 0; i < tags->count; i++) {
        const Tag *tag = &tags->tags[i];
        if (g_strv_contains(historic, tag->name))
            g_ptr_array_add(record->historic, g_strdup(tag->name));
        if (!value_is_good(tag) || is_misspelt(tag))
            note_fault(record, tag);
    }
    record->repeated = tags->repeated ? g_strdup(tags->repeated->name) : NULL;
    if (taglist_get(tags, "pct") && record->pct < 0)
        note_fault(record, taglist_find(tags, "pct"));
    if (taglist_get(tags, "rua") && !record->has_rua)
        note_fault(record, taglist_find(tags, "rua"));
    if (g_strcmp0(tags->problem, "tag-syntax") == 0)
        note_odd_part(record);
    record->pct = record->pct < 0 ? 100 : record->pct;
}

/* RFC 9989, 4.7: v is the first tag of all, so nothing but blanks may stand before it. */
static gboolean
begins_with_version(const TagList *tags, const char *text)
{
    const Tag *first = tags->count > 0 ? &tags->tags[0] : NULL;

    return first && g_str_equal(first->name, "v") && g_str_equal(first->value, "DMARC1") &&
           !memchr(text, ';', first->value_span.start);
}

DmarcRecord *
dmarc_record_parse(const char *text, gsize length)
{
    g_autoptr(TagList) tags = taglist_parse(text, length);

    if (!begins_with_version(tags, text))
        return NULL;
    DmarcRecord *record = g_new0(DmarcRecord, 1);
    record->refs = 1;
    record->text = g_strndup(text, length);
    record->p = read_policy(tags, "p");
    record->sp = read_policy(tags, "sp");
    record->np = read_policy(tags, "np");
    record->strict_dkim = read_letter(tags, "adkim", "rs", 'r') == 's';
    record->strict_spf = read_letter(tags, "aspf", "rs", 'r') == 's';
    record->testing = read_letter(tags, "t", "yn", 'n') == 'y';
    record->psd = read_letter(tags, "psd", "ynu", 'u');
    read_pct(tags, record);
    record->has_rua = read_rua(tags);
    record->faults = g_ptr_array_new_with_free_func(g_free);
    record->historic = g_ptr_array_new_with_free_func(g_free);
    record->bad_policy = bad_policy(tags, record);
    note_tags(tags, record);
    return record;
}

DmarcRecord *
dmarc_record_of(Memo *memo, GBytes *text)
{
    static const char kind[] = "dmarc";
    gsize length = 0;
    const char *bytes = g_bytes_get_data(text, &length);
    DmarcRecord *record = memo_find(memo, kind, text);

    if (!record) {
        record = dmarc_record_parse(bytes, length);
        if (!record)
            return NULL;
        memo_keep(memo, kind, text, record, (GDestroyNotify)dmarc_record_free);
    }
    record->refs++;
    return record;
}

void
dmarc_record_free(DmarcRecord *record)
{
    if (!record || --record->refs > 0)
        return;
    g_free(record->text);
    g_free(record->repeated);
    g_free(record->bad_policy);
    g_ptr_array_unref(record->faults);
    g_ptr_array_unref(record->historic);
    g_free(record);
}
