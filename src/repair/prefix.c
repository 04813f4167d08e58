/* prefix.c: the same marks at the beginning of every line: quoting, line numbers, a transcript's "C: ", indentation.
 * SPDX-License-Identifier: MIT
 *
 * They go only where what is left is a header: a quoted reply in a body is none of our business. */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/names.h"

/* So many fields must come to light, and so much is looked at to count them. */
#define FIELDS_MIN 3
#define SAMPLE_MAX 65536UL

/* How a line begins; what is behind that is kept. */
typedef struct {
    guint depth;        /* quote marks */
    guint blanks;       /* white space behind the last mark or number, the same in every line */
    char *indent;       /* what every line begins with: white space, or a transcript's mark */
    gboolean closed;    /* the mark is a bracket, which ends the line, too */
} Prefix;

typedef gsize (*PrefixSkip)(const char *text, gsize at, gsize end, const Prefix *prefix);

/* Lines [from, to) that have the prefix. */
typedef struct {
    gsize    from, to;
    Prefix   prefix;
    gboolean partial;   /* lines between them are missing */
} Region;

static gsize
skip_wsp(const char *text, gsize at, gsize end, guint most)
{
    while (at < end && letters_is_wsp(text[at]) && most-- > 0)
        at++;
    return at;
}

/* "> > " and "| ": up to `depth` marks, a blank in between, and `blanks` behind the last one. */
static gsize
skip_quotes(const char *text, gsize at, gsize end, const Prefix *prefix)
{
    gsize place = skip_wsp(text, at, end, 3);

    for (guint depth = 0; depth < prefix->depth; depth++) {
        const gsize mark = depth ? skip_wsp(text, place, end, 1) : place;
        if (mark >= end || (text[mark] != '>' && text[mark] != '|'))
            return depth ? place : at;
        place = mark + 1;
    }
    return skip_wsp(text, place, end, prefix->blanks);
}

/* "12: ", "  7\t", "3. " */
static gsize
skip_number(const char *text, gsize at, gsize end, const Prefix *prefix)
{
    gsize place = skip_wsp(text, at, end, 10);
    const gsize digits = place;

    while (place < end && place - digits < 7 && g_ascii_isdigit(text[place]))
        place++;
    if (place == digits)
        return at;
    if (place < end && strchr(":.)|", text[place]))
        place++;
    return skip_wsp(text, place, end, prefix->blanks);
}

static gsize
skip_indent(const char *text, gsize at, gsize end, const Prefix *prefix)
{
    const gsize length = strlen(prefix->indent);

    return end - at >= length && memcmp(text + at, prefix->indent, length) == 0 ? at + length : at;
}

/* The region without its prefix. */
static GString *
strip(const char *text, const Region *region, PrefixSkip skip)
{
    GString *out = g_string_sized_new(region->to - region->from);

    for (gsize at = region->from; at < region->to;) {
        const gsize end = draft_line_end(text, region->to, at);
        const gsize begin = skip(text, at, end, &region->prefix);
        const gsize bracket = region->prefix.closed && end > begin && text[end - 1] == ']' ? 1 : 0;
        g_string_append_len(out, text + begin, (gssize)(end - bracket - begin));
        if (end < region->to)
            g_string_append_c(out, '\n');
        at = end + 1;
    }
    return out;
}

static gboolean
reveals_header(const char *text, const Region *region, PrefixSkip skip)
{
    Region sample = *region;

    sample.to = MIN(sample.to, sample.from + SAMPLE_MAX);
    g_autoptr(GString) inside = strip(text, &sample, skip);
    return draft_count_fields(inside->str, draft_block(inside->str, inside->len)) >= FIELDS_MIN;
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
            most = MIN(most, (guint)(skip_wsp(text, begin, end, most) - begin));
        at = end + 1;
    }
    return most;
}

/* Lines that have a prefix, from `from` on; a blank line inside does not end them. */
static gsize
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

static gboolean
begins_field(const char *text, gsize at, gsize end)
{
    return names_begins_field(text + at, text + end, TRUE);
}

/* The first line that holds a field behind its prefix, where none stands without one above it. */
static gboolean
first_field(const char *text, gsize length, PrefixSkip skip, const Prefix *prefix, gsize *place)
{
    for (gsize at = 0; at < length;) {
        const gsize end = draft_line_end(text, length, at);
        if (begins_field(text, at, end))
            return FALSE;
        gsize begin = skip(text, at, end, prefix);
        const gboolean has = begin > at;
        begin = skip_wsp(text, begin, end, 8);
        if (has && begins_field(text, begin, end)) {
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
    return reveals_header(text, region, skip_quotes);
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
        fields = fields && begins_field(text, skip_number(text, at, end, &region->prefix), end);
        *picked = *picked || (lines > 0 && number != before + 1);
        if (lines > 0 && (number <= before || (*picked && !fields)))
            return FALSE;
        before = number;
        at = end + 1;
    }
    return lines >= FIELDS_MIN;
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
    return numbers_grow(text, region, &region->partial) && reveals_header(text, region, skip_number);
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
            with += skip_indent(text, at, end, prefix) > at ? 1 : 0;
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
    const gsize end = draft_line_end(text, block, at), begin = skip_wsp(text, at, end, 200);
    if (begin == at || !begins_field(text, begin, end))
        return FALSE;
    region->prefix.indent = g_strndup(text + at, begin - at);
    const Region first = { at, block, region->prefix };
    if (is_shared(text, at, block, &region->prefix) && reveals_header(text, &first, skip_indent))
        return TRUE;
    g_clear_pointer(&region->prefix.indent, g_free);
    return FALSE;
}

/* ---- transcripts: "C: From: …", "CLIENT -> SERVER: From: …", "[From: …]" ---- */

#define MARK_MAX 40

/* A mark whose blank at the end went with an empty line is one, too. */
static gsize
skip_mark(const char *text, gsize at, gsize end, const Prefix *prefix)
{
    const gsize length = strlen(prefix->indent);
    const gsize bare = length - (length > 1 && prefix->indent[length - 1] == ' ' ? 1 : 0);

    if (end - at == bare && memcmp(text + at, prefix->indent, bare) == 0)
        return end;
    return skip_indent(text, at, end, prefix);
}

/* What stands before the first field of the line; NULL: no field, or none before it but white space. (transfer full) */
static char *
mark_before(const char *text, gsize at, gsize end)
{
    gsize place = skip_wsp(text, at, end, MARK_MAX);

    if (place == end || place != skip_wsp(text, place, end, 1))
        return NULL;
    while (++place < end && place - at <= MARK_MAX)
        if (!letters_in_name(text[place - 1]) && begins_field(text, place, end))
            return g_strndup(text + at, place - at);
    return NULL;
}

/* A text in one line holds its fields behind one mark. */
static gboolean
marks_fields(const char *text, const Region *region)
{
    guint fields = 0;

    for (gsize at = region->from; at < region->to && fields < FIELDS_MIN; at = draft_line_end(text, region->to, at) + 1) {
        const gsize end = draft_line_end(text, region->to, at), begin = skip_mark(text, at, end, &region->prefix);
        fields += begin > at && begins_field(text, begin, end) ? 1 : 0;
    }
    return fields == FIELDS_MIN;
}

/* A line without the mark may stand in the middle of the header; what is below it would go with it. */
static gboolean
has_field_below(const char *text, gsize length, gsize from)
{
    for (gsize at = from; at < length; at = draft_line_end(text, length, at) + 1) {
        const gsize end = draft_line_end(text, length, at);
        g_autofree char *mark = mark_before(text, at, end);
        if (mark || begins_field(text, skip_wsp(text, at, end, MARK_MAX), end))
            return TRUE;
    }
    return FALSE;
}

/* The lines that begin as the first one with a field in it; none stands without that mark above or below them. */
static gboolean
find_marks(const char *text, gsize length, gsize head, Region *region)
{
    *region = (Region){ 0 };
    for (gsize at = 0; at < head && !region->prefix.indent; at = draft_line_end(text, head, at) + 1) {
        if (begins_field(text, at, draft_line_end(text, head, at)))
            return FALSE;
        region->from = at;
        region->prefix.indent = mark_before(text, at, draft_line_end(text, head, at));
    }
    if (!region->prefix.indent)
        return FALSE;
    region->prefix.closed = g_str_equal(region->prefix.indent, "[");
    region->to = region_end(text, length, region->from, skip_mark, &region->prefix);
    if (marks_fields(text, region) && !has_field_below(text, head, region->to) && reveals_header(text, region, skip_mark))
        return TRUE;
    g_clear_pointer(&region->prefix.indent, g_free);
    return FALSE;
}

typedef gboolean (*RegionFind)(const char *text, gsize length, gsize head, Region *region);

static gboolean
needs(const char *head, gsize length, RegionFind find)
{
    Region region;
    const gboolean found = find(head, length, length, &region);

    g_free(region.prefix.indent);
    return found;
}

static void
mend(Draft *draft, Mend *mend, RegionFind find, PrefixSkip skip)
{
    const char *text = draft->text->str;
    Region region;

    if (!find(text, draft->text->len, MIN(draft->text->len, DRAFT_HEAD), &region))
        return;
    for (gsize at = region.from; at < region.to;) {
        const gsize end = draft_line_end(text, region.to, at);
        const gsize begin = skip(text, at, end, &region.prefix);
        if (begin > at)
            mend_add(mend, text + at, end - at, text + begin, end - begin);
        at = end + 1;
    }
    mend->partial = region.partial;
    draft_take(draft, strip(text, &region, skip));
    g_free(region.prefix.indent);
}

static gboolean
quotes_needed(const char *head, gsize length)
{
    return needs(head, length, find_quotes);
}

static void
quotes_mend(Draft *draft, Mend *done)
{
    mend(draft, done, find_quotes, skip_quotes);
}

static gboolean
numbers_needed(const char *head, gsize length)
{
    return needs(head, length, find_numbers);
}

static void
numbers_mend(Draft *draft, Mend *done)
{
    mend(draft, done, find_numbers, skip_number);
}

static gboolean
marks_needed(const char *head, gsize length)
{
    return needs(head, length, find_marks);
}

static void
marks_mend(Draft *draft, Mend *done)
{
    mend(draft, done, find_marks, skip_mark);
}

static gboolean
indentation_needed(const char *head, gsize length)
{
    return needs(head, length, find_indentation);
}

static void
indentation_mend(Draft *draft, Mend *done)
{
    mend(draft, done, find_indentation, skip_indent);
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
const RepairStep repair_line_marks = {
    .id = "line-marks",
    .one = N_("1 line freed of the mark before it"),
    .many = N_("%s lines freed of the mark before them"),
    .fidelity = "reencoded",
    .needed = marks_needed,
    .mend = marks_mend,
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
