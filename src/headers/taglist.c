/* taglist.c: tag=value lists, read whole and judged (RFC 6376, 3.2).
 * SPDX-License-Identifier: MIT */
#include "headers/taglist.h"

#include <string.h>

#include "base/bits.h"
#include "base/hash.h"
#include "base/solid.h"

void
taglist_free(TagList *list)
{
    if (!list)
        return;
    if (list->tags != list->few)
        g_free(list->tags);
    g_free(list->text);
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

/* Of 64 octets, those that are control characters. */
static inline guint64
controls_in(const char *at)
{
    BitsChunk chunks[4], found[4];

    memcpy(chunks, at, sizeof chunks);
    for (guint i = 0; i < G_N_ELEMENTS(chunks); i++)
        found[i] = (BitsChunk)((chunks[i] < ' ') | (chunks[i] == 0x7F));
    return bits_gather(found[0], found[1], found[2], found[3]);
}

/* Printable and folding white space; octets above 127 are UTF-8 of internationalised mail (RFC
 * 8616, 5). Control characters have no place anywhere. */
static gboolean
is_clean(const char *text, gsize length)
{
    char rest[BITS_BLOCK] = { 0 };

    for (gsize at = 0; at < length; at += BITS_BLOCK) {
        const gsize here = MIN(length - at, BITS_BLOCK);
        guint64 bits = controls_in(here == BITS_BLOCK ? text + at : memcpy(rest, text + at, here));
        for (; bits && bits_first(bits) < here; bits &= bits - 1) {
            const gsize i = at + bits_first(bits);
            const gboolean end = text[i] == '\r' || text[i] == '\n';
            if (end ? !is_fold(text, length, i) : text[i] != '\t')
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

/* Stands where a NUL stood: "reject", a NUL and more is no "reject". No value that means something has it. */
#define NUL_SHOWN '\1'

/* Names that stood before; a table of them only where there are many, for strangers choose how many. */
typedef struct {
    GHashTable *table;
    gsize       repeated;   /* the number of the first tag whose name stood before; 0: none */
} Seen;

static gboolean
seen_before(Seen *seen, const TagList *list, const char *name)
{
    if (list->count < TAGLIST_FEW)
        return taglist_find(list, name) != NULL;
    if (!seen->table) {
        seen->table = g_hash_table_new(hash_text, g_str_equal);
        for (gsize i = 0; i < list->count; i++)
            g_hash_table_add(seen->table, list->tags[i].name);
    }
    return !g_hash_table_add(seen->table, (gpointer)name);
}

/* The place in `lone` of a name of one small letter, as most are; else NOT_LONE. */
#define NOT_LONE (-1)
static inline int
lone_at(const char *name)
{
    return *name >= 'a' && *name <= 'z' && name[1] == '\0' ? *name - 'a' : NOT_LONE;
}

static Tag *
next_tag(TagList *list)
{
    if (list->count == list->room) {
        const gboolean few = list->tags == list->few;
        list->room *= 2;
        list->tags = g_renew(Tag, few ? NULL : list->tags, list->room);
        if (few)
            memcpy(list->tags, list->few, sizeof list->few);
    }
    return &list->tags[list->count++];
}

/* Both texts end where they end in our copy. */
static void
add_tag(TagList *list, Seen *seen, const char *text, Span name, Span value)
{
    const Span bare = trim(text, value);
    const Tag tag = { list->text + name.start, list->text + bare.start, value };

    list->text[name.end] = list->text[bare.end] = '\0';
    const gboolean again = seen_before(seen, list, tag.name);
    const int lone = lone_at(tag.name);
    *next_tag(list) = tag;
    if (lone != NOT_LONE && !again)
        list->lone[lone] = (guint32)list->count;
    if (!again)
        return;
    set_problem(list, "tag-repeated");
    if (!seen->repeated)
        seen->repeated = list->count;
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

static TagList *
begin(const char *text, gsize length)
{
    TagList *list = g_malloc(sizeof *list);

    list->tags = list->few;
    list->count = 0;
    list->room = TAGLIST_FEW;
    list->repeated = NULL;
    list->problem = NULL;
    memset(list->lone, 0, sizeof list->lone);
    list->text = g_malloc(length + 1);
    if (length > 0)
        memcpy(list->text, text, length);
    for (char *nul = list->text; length > 0 && (nul = memchr(nul, '\0', length - (gsize)(nul - list->text)));)
        *nul = NUL_SHOWN;
    return list;
}

/* tag-list = tag-spec *( ";" tag-spec ) [ ";" ]: nothing may stand behind the last semicolon,
 * and at least one tag must be there. */
TagList *
taglist_parse(const char *text, gsize length)
{
    TagList *list = begin(text, length);
    Seen seen = { NULL, 0 };

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
    list->repeated = seen.repeated ? &list->tags[seen.repeated - 1] : NULL;
    g_clear_pointer(&seen.table, g_hash_table_unref);
    return list;
}

/* Nearly all names have one letter or two. */
static inline gboolean
is_same_name(const char *a, const char *b)
{
    return a[0] == b[0] && (a[0] == '\0' || (a[1] == b[1] && (a[1] == '\0' || strcmp(a + 2, b + 2) == 0)));
}

const Tag *
taglist_find(const TagList *list, const char *name)
{
    const int lone = lone_at(name);

    if (lone != NOT_LONE)
        return list->lone[lone] ? &list->tags[list->lone[lone] - 1] : NULL;
    for (gsize i = 0; i < list->count; i++)
        if (is_same_name(list->tags[i].name, name))
            return &list->tags[i];
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

gboolean
taglist_has_word(const char *value, const char *word)
{
    g_auto(GStrv) words = g_strsplit(value, ":", -1);

    for (guint i = 0; words[i]; i++)
        if (g_ascii_strcasecmp(g_strstrip(words[i]), word) == 0)
            return TRUE;
    return FALSE;
}
