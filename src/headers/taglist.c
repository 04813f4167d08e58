/* taglist.c: tag=value lists, read whole and judged (RFC 6376, 3.2).
 * SPDX-License-Identifier: MIT */
#include "headers/taglist.h"

#include <string.h>

#include "base/hash.h"
#include "base/solid.h"

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
        while (length - i > SOLID_BLOCK && printable_block(text + i))
            i += SOLID_BLOCK;
        const guchar c = (guchar)text[i];
        if (G_LIKELY(c >= 0x20 && c != 0x7F))
            continue;
        if (c == '\r' || c == '\n') {
            if (!is_fold(text, length, i))
                return FALSE;
        } else if (c != '\t') {
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

/* A NUL stands as U+FFFD: "reject", a NUL and more is no "reject". */
#define NUL_SHOWN "\xEF\xBF\xBD"

static gsize
shown_length(const char *text, Span span)
{
    gsize length = span_length(span);

    if (!memchr(text + span.start, '\0', length))
        return length;
    for (gsize i = span.start; i < span.end; i++)
        length += text[i] ? 0 : strlen(NUL_SHOWN) - 1;
    return length;
}

/* Behind what it writes, a closing NUL included. */
static char *
put_shown(char *to, gsize length, const char *text, Span span)
{
    if (length == span_length(span)) {
        memcpy(to, text + span.start, length);
    } else {
        char *at = to;
        for (gsize i = span.start; i < span.end; i++)
            at = text[i] ? (*at = text[i], at + 1) : g_stpcpy(at, NUL_SHOWN);
    }
    to[length] = '\0';
    return to + length + 1;
}

/* Names that stood before; a table of them only where there are many, for strangers choose how many. */
#define TAGS_FEW 24
typedef struct {
    GHashTable *table;
} Seen;

static gboolean
seen_before(Seen *seen, const TagList *list, const char *name)
{
    if (list->tags->len < TAGS_FEW)
        return taglist_find(list, name) != NULL;
    if (!seen->table) {
        seen->table = g_hash_table_new(hash_text, g_str_equal);
        for (guint i = 0; i < list->tags->len; i++)
            g_hash_table_add(seen->table, ((const Tag *)list->tags->pdata[i])->name);
    }
    return !g_hash_table_add(seen->table, (gpointer)name);
}

static void
add_tag(TagList *list, Seen *seen, const char *text, Span name, Span value)
{
    const Span bare = trim(text, value);
    const gsize name_length = shown_length(text, name), value_length = shown_length(text, bare);
    Tag *tag = g_malloc(sizeof *tag + name_length + value_length + 2);      /* its texts behind it */

    tag->name = (char *)(tag + 1);
    tag->value = put_shown(tag->name, name_length, text, name);
    put_shown(tag->value, value_length, text, bare);
    tag->value_span = value;
    const gboolean again = seen_before(seen, list, tag->name);
    g_ptr_array_add(list->tags, tag);
    if (!again)
        return;
    set_problem(list, "tag-repeated");
    if (!list->repeated)
        list->repeated = tag;
}

static void
read_tag(TagList *list, Seen *seen, const char *text, Span spec)
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
    Seen seen = { NULL };

    list->tags = g_ptr_array_new_with_free_func(g_free);
    if (!is_clean(text, length))
        set_problem(list, "tag-syntax");
    for (gsize start = 0; start <= length;) {
        const char *semicolon = start < length ? memchr(text + start, ';', length - start) : NULL;
        const gsize end = semicolon ? (gsize)(semicolon - text) : length;
        const Span bare = trim(text, (Span){ start, end });
        if (bare.start < bare.end)
            read_tag(list, &seen, text, (Span){ start, end });
        else if (semicolon || start == 0)
            set_problem(list, "tag-syntax");
        start = end + 1;
    }
    g_clear_pointer(&seen.table, g_hash_table_unref);
    return list;
}

const Tag *
taglist_find(const TagList *list, const char *name)
{
    for (guint i = 0; i < list->tags->len; i++) {
        const Tag *tag = list->tags->pdata[i];
        if (*tag->name == *name && strcmp(tag->name, name) == 0)
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
    const gsize length = strlen(value);
    const char *end = value + length;
    char *compact = g_malloc(length + 1);
    char *to = compact;

    while (value < end) {
        if (end - value >= SOLID_BLOCK && solid_block(value)) {
            memcpy(to, value, SOLID_BLOCK);
            to += SOLID_BLOCK;
            value += SOLID_BLOCK;
            continue;
        }
        for (const char *stop = end - value > SOLID_BLOCK ? value + SOLID_BLOCK : end; value < stop; value++)
            if (!is_blank(*value))
                *to++ = *value;
    }
    *to = '\0';
    return compact;
}
