/* transcript.c: what a transcript writes before each line: "C: From: …", "CLIENT -> SERVER: From: …", "[From: …]",
 * "10:05:31 From: …".
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "repair/letters.h"
#include "repair/region.h"

#define MARK_MAX 40

static const char *
skip_digits(const char *at, const char *end)
{
    while (at < end && g_ascii_isdigit(*at))
        at++;
    return at;
}

/* Behind the mark, of which a number may be another in each line: a time, or a line's number. A mark whose blank at the end went
 * with an empty line is one, too. */
static gsize
skip_mark(const char *text, gsize at, gsize end, const Prefix *prefix)
{
    const char *place = text + at, *stop = text + end;

    for (const char *mark = prefix->indent; *mark;) {
        if (g_ascii_isdigit(*mark) && place < stop && g_ascii_isdigit(*place)) {
            mark = skip_digits(mark, mark + strlen(mark));
            place = skip_digits(place, stop);
        } else if (place < stop && *mark == *place) {
            mark++;
            place++;
        } else {
            return place == stop && place > text + at && g_str_equal(mark, " ") ? end : at;
        }
    }
    return (gsize)(place - text);
}

/* What stands before the first field of the line; NULL: no field, or none before it but white space. (transfer full) */
static char *
mark_before(const char *text, gsize at, gsize end)
{
    gsize place = region_wsp(text, at, end, MARK_MAX);

    if (place == end || place != region_wsp(text, place, end, 1))
        return NULL;
    while (++place < end && place - at <= MARK_MAX)
        if (!letters_in_name(text[place - 1]) && region_field(text, place, end))
            return g_strndup(text + at, place - at);
    return NULL;
}

/* A text in one line holds its fields behind one mark. */
static gboolean
marks_fields(const char *text, const Region *region)
{
    guint fields = 0;

    for (gsize at = region->from; at < region->to && fields < REGION_FIELDS_MIN; at = draft_line_end(text, region->to, at) + 1) {
        const gsize end = draft_line_end(text, region->to, at), begin = skip_mark(text, at, end, &region->prefix);
        fields += begin > at && region_field(text, begin, end) ? 1 : 0;
    }
    return fields == REGION_FIELDS_MIN;
}

/* A line without the mark may stand in the middle of the header; what is below it would go with it. */
static gboolean
has_field_below(const char *text, gsize length, gsize from)
{
    for (gsize at = from; at < length; at = draft_line_end(text, length, at) + 1) {
        const gsize end = draft_line_end(text, length, at);
        g_autofree char *mark = mark_before(text, at, end);
        if (mark || region_field(text, region_wsp(text, at, end, MARK_MAX), end))
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
        if (region_field(text, at, draft_line_end(text, head, at)))
            return FALSE;
        region->from = at;
        region->prefix.indent = mark_before(text, at, draft_line_end(text, head, at));
    }
    if (!region->prefix.indent)
        return FALSE;
    region->to = region_end(text, length, region->from, skip_mark, &region->prefix);
    region->prefix.close = g_str_equal(region->prefix.indent, "[") ? "]" : region_bar(text, region);
    if (marks_fields(text, region) && !has_field_below(text, head, region->to) && region_reveals(text, region, skip_mark))
        return TRUE;
    g_clear_pointer(&region->prefix.indent, g_free);
    return FALSE;
}

static gboolean
marks_needed(const char *head, gsize length)
{
    return region_needed(head, length, find_marks);
}

static void
marks_mend(Draft *draft, Mend *done)
{
    region_mend(draft, done, find_marks, skip_mark);
}

const RepairStep repair_line_marks = {
    .id = "line-marks",
    .one = N_("1 line freed of the mark before it"),
    .many = N_("%s lines freed of the mark before them"),
    .fidelity = "reencoded",
    .needed = marks_needed,
    .mend = marks_mend,
    .possible = draft_is_covered,
};
