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

    record->pct = 100;
    record->has_pct = value != NULL;
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

static void
note_ignored(const TagList *tags, DmarcRecord *record)
{
    static const char *const known[] = { "v", "p", "sp", "np", "adkim", "aspf", "t", "psd", "fo",
                                         "rua", "ruf", NULL };

    for (guint i = 0; i < tags->tags->len; i++) {
        const Tag *tag = tags->tags->pdata[i];
        if (!g_strv_contains(known, tag->name))
            g_ptr_array_add(record->ignored, g_strdup(tag->name));
    }
}

DmarcRecord *
dmarc_record_parse(const char *text, gsize length)
{
    g_autoptr(TagList) tags = taglist_parse(text, length);
    const Tag *first = tags->tags->len > 0 ? tags->tags->pdata[0] : NULL;

    if (!first || !g_str_equal(first->name, "v") || !g_str_equal(first->value, "DMARC1"))
        return NULL;
    DmarcRecord *record = g_new0(DmarcRecord, 1);
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
    record->repeated = g_strcmp0(tags->problem, "tag-repeated") == 0;
    record->odd = tags->problem && !record->repeated;
    record->ignored = g_ptr_array_new_with_free_func(g_free);
    note_ignored(tags, record);
    return record;
}

void
dmarc_record_free(DmarcRecord *record)
{
    if (!record)
        return;
    g_free(record->text);
    g_ptr_array_unref(record->ignored);
    g_free(record);
}
