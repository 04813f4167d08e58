/* region.c: lines that begin alike.
 * SPDX-License-Identifier: MIT */
#include "repair/region.h"

#include <string.h>

#include "repair/forwarded.h"
#include "repair/letters.h"
#include "repair/marks.h"
#include "repair/names.h"

/* So much is looked at to count fields. */
#define SAMPLE_MAX 65536UL

gsize
region_wsp(const char *text, gsize at, gsize end, guint most)
{
    while (at < end && letters_is_wsp(text[at]) && most-- > 0)
        at++;
    return at;
}

gsize
region_skip(const char *text, gsize at, gsize end, const Prefix *prefix)
{
    const gsize length = strlen(prefix->indent);

    return end - at >= length && memcmp(text + at, prefix->indent, length) == 0 ? at + length : at;
}

/* Of the line [begin, end) without what every line ends with, and without the blanks before a frame's bar. */
static gsize
end_of_text(const char *text, gsize begin, gsize end, const char *close)
{
    gsize stop = end;

    while (close && stop > begin && letters_is_wsp(text[stop - 1]))
        stop--;
    const gsize length = close ? strlen(close) : 0;
    if (!close || stop - begin < length || memcmp(text + stop - length, close, length) != 0)
        return end;
    stop -= length;
    while (stop > begin && letters_is_wsp(text[stop - 1]))
        stop--;
    return stop;
}

const char *
region_bar(const char *text, const Region *region)
{
    static const char *const bars[] = { "|", "\u2502", "\u2503", "\u2551", "\u250A", "\u250B", "\u254E", "\u2588", NULL };
    const char *bar = NULL;

    for (gsize at = region->from; at < region->to;) {
        const gsize end = draft_line_end(text, region->to, at);
        const char *const *found = bars;
        while (*found && end_of_text(text, at, end, *found) == end)
            found++;
        if (!draft_is_blank(text, at, end) && (!*found || (bar && bar != *found)))
            return NULL;
        bar = *found ? *found : bar;
        at = end + 1;
    }
    return bar;
}

/* The region without its prefix. (transfer full) */
static GString *
strip(const char *text, const Region *region, PrefixSkip skip)
{
    GString *out = g_string_sized_new(region->to - region->from);

    for (gsize at = region->from; at < region->to;) {
        const gsize end = draft_line_end(text, region->to, at);
        const gsize begin = skip(text, at, end, &region->prefix);
        g_string_append_len(out, text + begin, (gssize)(end_of_text(text, begin, end, region->prefix.close) - begin));
        if (end < region->to)
            g_string_append_c(out, '\n');
        at = end + 1;
    }
    return out;
}

/* What is under the prefix, as far as that is looked at. (transfer full) */
static GString *
sample_of(const char *text, const Region *region, PrefixSkip skip)
{
    Region sample = *region;

    sample.to = MIN(sample.to, sample.from + SAMPLE_MAX);
    return strip(text, &sample, skip);
}

static guint
count_fields(const GString *inside)
{
    return draft_count_fields(inside->str, draft_block(inside->str, inside->len));
}

/* "X-Whatever: ": a name that nobody knows. */
static gboolean
names_something(const char *text, gsize at, gsize end)
{
    const gsize start = at;

    while (at < end && letters_in_name(text[at]))
        at++;
    return at > start && at + 1 < end && text[at] == ':' && letters_is_wsp(text[at + 1]);
}

/* Two known fields or more, and each line begins some field or goes on with one. */
static gboolean
is_all_fields(const char *text, gsize block)
{
    guint known = 0;

    for (gsize at = 0; at < block; at = draft_line_end(text, block, at) + 1) {
        if (names_begins_field(text + at, text + block, FALSE))
            known++;
        else if (at == 0 || (!letters_is_wsp(text[at]) && !names_something(text, at, block)))
            return FALSE;
    }
    return known >= MARKS_INNER_FEW;
}

gboolean
region_is_header(const char *text, const Region *region, PrefixSkip skip)
{
    g_autoptr(GString) inside = sample_of(text, region, skip);

    return count_fields(inside) >= MARKS_INNER_FEW || is_all_fields(inside->str, draft_block(inside->str, inside->len));
}

gboolean
region_reveals(const char *text, const Region *region, PrefixSkip skip)
{
    g_autoptr(GString) inside = sample_of(text, region, skip);
    Heading heading;

    return count_fields(inside) >= REGION_FIELDS_MIN || forwarded_find(inside->str, inside->len, &heading);
}

gsize
region_end(const char *text, gsize length, gsize from, PrefixSkip skip, const Prefix *prefix)
{
    gsize to = from;

    for (gsize at = from; at < length;) {
        const gsize end = draft_line_end(text, length, at);
        if (skip(text, at, end, prefix) > at)
            to = MIN(end + 1, length);
        else if (!draft_is_blank(text, at, end))
            break;
        at = end + 1;
    }
    return to;
}

gboolean
region_field(const char *text, gsize at, gsize end)
{
    return names_begins_field(text + at, text + end, TRUE);
}

gboolean
region_needed(const char *head, gsize length, RegionFind find)
{
    Region region;
    const gboolean found = find(head, length, length, &region);

    g_free(region.prefix.indent);
    return found;
}

void
region_mend(Draft *draft, Mend *mend, RegionFind find, PrefixSkip skip)
{
    const char *text = draft->text->str;
    Region region;

    if (!find(text, draft->text->len, MIN(draft->text->len, DRAFT_HEAD), &region))
        return;
    for (gsize at = region.from; at < region.to;) {
        const gsize end = draft_line_end(text, region.to, at);
        const gsize begin = skip(text, at, end, &region.prefix);
        if (begin > at)
            mend_add(mend, text + at, end - at, text + begin, end_of_text(text, begin, end, region.prefix.close) - begin);
        at = end + 1;
    }
    mend->partial = region.partial;
    draft_take(draft, strip(text, &region, skip));
    g_free(region.prefix.indent);
}
