/* taglist.c: tag=value lists, read whole and judged (RFC 6376, 3.2).
 * SPDX-License-Identifier: MIT */
#include "headers/taglist.h"

#include <string.h>

static void
tag_free(gpointer data)
{
    Tag *tag = data;

    g_free(tag->name);
    g_free(tag->value);
    g_free(tag);
}

void
taglist_free(TagList *list)
{
    if (!list)
        return;
    g_ptr_array_unref(list->tags);
    g_free(list);
}

static gboolean
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static Span
trim(const char *text, Span span)
{
    while (span.start < span.end && is_blank(text[span.start]))
        span.start++;
    while (span.start < span.end && is_blank(text[span.end - 1]))
        span.end--;
    return span;
}

/* A line end is white space only where a blank follows it (FWS), or where it ends the text. */
static gboolean
is_fold(const char *text, gsize length, gsize at)
{
    if (text[at] == '\r') {
        if (at + 1 >= length)
            return TRUE;
        return text[at + 1] == '\n';
    }
    return at + 1 >= length || text[at + 1] == ' ' || text[at + 1] == '\t';
}

/* Printable and folding white space; octets above 127 are UTF-8 of internationalised mail (RFC
 * 8616, 5). Control characters have no place anywhere. */
static gboolean
is_clean(const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        const guchar c = (guchar)text[i];
        if (c == '\r' || c == '\n') {
            if (!is_fold(text, length, i))
                return FALSE;
        } else if ((c < 0x20 && c != '\t') || c == 0x7F) {
            return FALSE;
        }
    }
    return TRUE;
}

/* tag-name = ALPHA *(ALPHA / DIGIT / "_") */
static gboolean
is_tag_name(const char *text, Span span)
{
    if (span.start == span.end || !g_ascii_isalpha(text[span.start]))
        return FALSE;
    for (gsize i = span.start; i < span.end; i++)
        if (!g_ascii_isalnum(text[i]) && text[i] != '_')
            return FALSE;
    return TRUE;
}

static void
set_problem(TagList *list, const char *problem)
{
    if (!list->problem)
        list->problem = problem;
}

static void
add_tag(TagList *list, GHashTable *seen, const char *text, Span name, Span value)
{
    const Span bare = trim(text, value);
    Tag *tag = g_new0(Tag, 1);

    tag->name = g_strndup(text + name.start, span_length(name));
    tag->value = g_strndup(text + bare.start, span_length(bare));
    tag->value_span = value;
    g_ptr_array_add(list->tags, tag);
    if (!g_hash_table_add(seen, tag->name))
        set_problem(list, "tag-repeated");
}

static void
read_tag(TagList *list, GHashTable *seen, const char *text, Span spec)
{
    const char *equals = memchr(text + spec.start, '=', span_length(spec));

    if (!equals) {
        set_problem(list, "tag-syntax");
        return;
    }
    const gsize at = (gsize)(equals - text);
    const Span name = trim(text, (Span){ spec.start, at });
    if (!is_tag_name(text, name))
        set_problem(list, "tag-syntax");
    if (name.start < name.end)
        add_tag(list, seen, text, name, (Span){ at + 1, spec.end });
}

/* tag-list = tag-spec *( ";" tag-spec ) [ ";" ]: nothing may stand behind the last semicolon,
 * and at least one tag must be there. */
TagList *
taglist_parse(const char *text, gsize length)
{
    TagList *list = g_new0(TagList, 1);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    list->tags = g_ptr_array_new_with_free_func(tag_free);
    if (!is_clean(text, length))
        set_problem(list, "tag-syntax");
    for (gsize start = 0; start <= length;) {
        const char *semicolon = start < length ? memchr(text + start, ';', length - start) : NULL;
        const gsize end = semicolon ? (gsize)(semicolon - text) : length;
        const Span bare = trim(text, (Span){ start, end });
        if (bare.start < bare.end)
            read_tag(list, seen, text, (Span){ start, end });
        else if (semicolon || start == 0)
            set_problem(list, "tag-syntax");
        start = end + 1;
    }
    return list;
}

const Tag *
taglist_find(const TagList *list, const char *name)
{
    for (guint i = 0; i < list->tags->len; i++) {
        const Tag *tag = list->tags->pdata[i];
        if (g_str_equal(tag->name, name))
            return tag;
    }
    return NULL;
}

const char *
taglist_get(const TagList *list, const char *name)
{
    const Tag *tag = taglist_find(list, name);

    return tag ? tag->value : NULL;
}

char *
taglist_compact(const char *value)
{
    char *compact = g_malloc(strlen(value) + 1);
    char *to = compact;

    for (const char *c = value; *c; c++)
        if (!is_blank(*c))
            *to++ = *c;
    *to = '\0';
    return compact;
}
