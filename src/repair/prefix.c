/* prefix.c: the same marks at the beginning of every line: quoting, line numbers, indentation.
 * SPDX-License-Identifier: MIT
 *
 * They go only where what is left is a header: a quoted reply in a body is none of our business. */
#include <string.h>

#include "base/translate.h"
#include "repair/letters.h"
#include "repair/marks.h"
#include "repair/region.h"

/* "> > " and "| ": up to `depth` marks, a blank in between, and `blanks` behind the last one. */
static gsize
skip_quotes(const char *text, gsize at, gsize end, const Prefix *prefix)
{
    gsize place = region_wsp(text, at, end, 3);

    for (guint depth = 0; depth < prefix->depth; depth++) {
        const gsize mark = depth ? region_wsp(text, place, end, 1) : place;
        if (mark >= end || (text[mark] != '>' && text[mark] != '|'))
            return depth ? place : at;
        place = mark + 1;
    }
    return region_wsp(text, place, end, prefix->blanks);
}

/* "12: ", "  7\t", "3. " */
static gsize
skip_number(const char *text, gsize at, gsize end, const Prefix *prefix)
{
    gsize place = region_wsp(text, at, end, 10);
    const gsize digits = place;

    while (place < end && place - digits < 7 && g_ascii_isdigit(text[place]))
        place++;
    if (place == digits)
        return at;
    if (place < end && strchr(":.)|", text[place]))
        place++;
    return region_wsp(text, place, end, prefix->blanks);
}

/* White space that all lines of the region have behind their prefix; lines with nothing else do not
 * count. */
static guint
common_blanks(const char *text, const Region *region, PrefixSkip skip, guint most)
{
    for (gsize at = region->from; at < region->to && most > 0;) {
        const gsize end = draft_line_end(text, region->to, at);
        const gsize begin = skip(text, at, end, &region->prefix);
        if (!draft_is_blank(text, begin, end))
            most = MIN(most, (guint)(region_wsp(text, begin, end, most) - begin));
        at = end + 1;
    }
    return most;
}

/* The first line that holds a field behind its prefix, where none stands without one above it. */
static gboolean
first_field(const char *text, gsize length, PrefixSkip skip, const Prefix *prefix, gsize *place)
{
    for (gsize at = 0; at < length;) {
        const gsize end = draft_line_end(text, length, at);
        if (region_field(text, at, end))
            return FALSE;
        gsize begin = skip(text, at, end, prefix);
        const gboolean has = begin > at;
        begin = region_wsp(text, begin, end, 8);
        if (has && region_field(text, begin, end)) {
            *place = at;
            return TRUE;
        }
        at = end + 1;
    }
    return FALSE;
}

static guint
quote_depth(const char *text, gsize at, gsize end)
{
    for (guint depth = 1;; depth++) {
        const Prefix less = { .depth = depth }, more = { .depth = depth + 1 };
        if (depth > 20 || skip_quotes(text, at, end, &more) == skip_quotes(text, at, end, &less))
            return depth;
    }
}

static gboolean
find_quotes(const char *text, gsize length, gsize head, Region *region)
{
    const Prefix any = { .depth = 50 };

    *region = (Region){ 0 };
    if (!first_field(text, head, skip_quotes, &any, &region->from))
        return FALSE;
    region->prefix.depth =
        quote_depth(text, region->from, draft_line_end(text, head, region->from));
    region->to = region_end(text, length, region->from, skip_quotes, &region->prefix);
    region->prefix.blanks = common_blanks(text, region, skip_quotes, 1);
    region->prefix.close = region_bar(text, region);
    if (region_reveals(text, region, skip_quotes))
        return TRUE;
    return draft_is_blank(text, 0, region->from) && region_is_header(text, region, skip_quotes);
}

/* Numbers that grow by one from line to line. Where only lines with a field in them were picked, as a search does, by any number:
 * `picked`. */
static gboolean
numbers_grow(const char *text, const Region *region, gboolean *picked)
{
    guint64 before = 0;
    guint lines = 0;
    gboolean fields = TRUE;

    *picked = FALSE;
    for (gsize at = region->from; at < region->to && lines < 200; lines++) {
        const gsize end = draft_line_end(text, region->to, at);
        const guint64 number = g_ascii_strtoull(text + at, NULL, 10);
        fields = fields && region_field(text, skip_number(text, at, end, &region->prefix), end);
        *picked = *picked || (lines > 0 && number != before + 1);
        if (lines > 0 && (number <= before || (*picked && !fields)))
            return FALSE;
        before = number;
        at = end + 1;
    }
    return lines >= REGION_FIELDS_MIN;
}

static gboolean
find_numbers(const char *text, gsize length, gsize head, Region *region)
{
    const Prefix none = { 0 };

    *region = (Region){ 0 };
    if (!first_field(text, head, skip_number, &none, &region->from))
        return FALSE;
    region->to = region_end(text, length, region->from, skip_number, &none);
    region->prefix.blanks = common_blanks(text, region, skip_number, 8);
    return numbers_grow(text, region, &region->partial) && region_reveals(text, region, skip_number);
}

/* Nine lines of ten must begin so: who indents by hand misses some. */
static gboolean
is_shared(const char *text, gsize from, gsize to, const Prefix *prefix)
{
    guint with = 0, all = 0;

    for (gsize at = from; at < to;) {
        const gsize end = draft_line_end(text, to, at);
        if (!draft_is_blank(text, at, end)) {
            all++;
            with += region_skip(text, at, end, prefix) > at ? 1 : 0;
        }
        at = end + 1;
    }
    return with * 10 >= all * 9;
}

static gboolean
find_indentation(const char *text, gsize length, gsize head, Region *region)
{
    const gsize block = draft_block(text, head);
    gsize at = 0;

    *region = (Region){ .to = length };
    while (at < block && draft_is_blank(text, at, draft_line_end(text, block, at)))
        at = draft_line_end(text, block, at) + 1;
    const gsize end = draft_line_end(text, block, at), begin = region_wsp(text, at, end, 200);
    if (begin == at || !region_field(text, begin, end))
        return FALSE;
    region->prefix.indent = g_strndup(text + at, begin - at);
    const Region first = { at, block, region->prefix };
    if (is_shared(text, at, block, &region->prefix) && region_is_header(text, &first, region_skip))
        return TRUE;
    g_clear_pointer(&region->prefix.indent, g_free);
    return FALSE;
}

static gboolean
quotes_needed(const char *head, gsize length)
{
    return region_needed(head, length, find_quotes);
}

static void
quotes_mend(Draft *draft, Mend *done)
{
    region_mend(draft, done, find_quotes, skip_quotes);
}

static gboolean
numbers_needed(const char *head, gsize length)
{
    return region_needed(head, length, find_numbers);
}

static void
numbers_mend(Draft *draft, Mend *done)
{
    region_mend(draft, done, find_numbers, skip_number);
}

static gboolean
indentation_needed(const char *head, gsize length)
{
    return region_needed(head, length, find_indentation);
}

static void
indentation_mend(Draft *draft, Mend *done)
{
    region_mend(draft, done, find_indentation, region_skip);
}

const RepairStep repair_quote_marks = {
    .id = "quote-marks",
    .one = N_("1 line freed of its quote mark"),
    .many = N_("%s lines freed of their quote marks"),
    .fidelity = "reencoded",
    .needed = quotes_needed,
    .mend = quotes_mend,
    .possible = draft_is_covered,
};
const RepairStep repair_line_numbers = {
    .id = "line-numbers",
    .one = N_("1 line number removed"),
    .many = N_("%s line numbers removed"),
    .fidelity = "reencoded",
    .needed = numbers_needed,
    .mend = numbers_mend,
    .possible = draft_is_covered,
};
const RepairStep repair_indentation = {
    .id = "indentation",
    .one = N_("1 line moved to the left margin"),
    .many = N_("%s lines moved to the left margin"),
    .fidelity = "reencoded",
    .needed = indentation_needed,
    .mend = indentation_mend,
    .possible = draft_is_covered,
};
