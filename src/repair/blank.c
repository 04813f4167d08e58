/* blank.c: line ends of one CR, and blank lines between the lines of a header.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/names.h"

/* So many blocks of one field each, one behind the other, are no header with a body. */
#define BLOCKS_MIN 4

static gboolean
line_ends_needed(const char *head, gsize length)
{
    const char *cr = memchr(head, '\r', length);

    return cr && !memchr(head, '\n', length) && names_begins_field(head, cr, FALSE) &&
           cr + 1 < head + length && memchr(cr + 1, '\r', length - (gsize)(cr + 1 - head));
}

static gboolean
line_ends_possible(const char *block, gsize length)
{
    return !memchr(block, '\n', length);
}

static void
line_ends_mend(Draft *draft, Mend *mend)
{
    for (gsize i = 0; i < draft->text->len; i++) {
        if (draft->text->str[i] != '\r')
            continue;
        draft->text->str[i] = '\n';
        mend_add(mend, draft->text->str, i, draft->text->str, i);
    }
}

static gboolean
begins_some_field(const char *text, gsize at, gsize end)
{
    const gsize start = at;

    while (at < end && letters_in_name(text[at]))
        at++;
    return at > start && at < end && text[at] == ':';
}

/* A block that is a single field, its folded lines included, or a single line. */
static gboolean
is_one_field(const char *text, gsize at, gsize end)
{
    gsize line = draft_line_end(text, end, at);

    if (!letters_is_wsp(text[at]) && !begins_some_field(text, at, line) && line + 1 < end)
        return FALSE;
    for (at = line + 1; at < end; at = line + 1) {
        line = draft_line_end(text, end, at);
        if (!letters_is_wsp(text[at]))
            return FALSE;
    }
    return TRUE;
}

/* [at, end) of the next run of lines without a blank one. */
static gboolean
next_block(const char *text, gsize length, gsize *at, gsize *end)
{
    while (*at < length && draft_is_blank(text, *at, draft_line_end(text, length, *at)))
        *at = draft_line_end(text, length, *at) + 1;
    for (*end = *at; *end < length; *end = draft_line_end(text, length, *end) + 1)
        if (draft_is_blank(text, *end, draft_line_end(text, length, *end)))
            break;
    *end = MIN(*end, length);
    return *at < length;
}

/* The end of the last of such blocks; `blocks` says how many, `known` in how many a known field
 * begins. */
static gsize
spread_end(const char *text, gsize length, guint *blocks, guint *known)
{
    gsize at = 0, end = 0, last = 0;

    *blocks = *known = 0;
    while (next_block(text, length, &at, &end) && is_one_field(text, at, end)) {
        const gboolean field = names_begins_field(text + at, text + end, FALSE);
        *blocks += 1;
        *known += field ? 1 : 0;
        if (begins_some_field(text, at, end) || letters_is_wsp(text[at]))
            last = end;
        at = end;
    }
    return last;
}

static gboolean
blank_lines_needed(const char *head, gsize length)
{
    guint blocks, known;

    spread_end(head, length, &blocks, &known);
    return blocks >= BLOCKS_MIN && known >= BLOCKS_MIN - 1;
}

/* Nothing is spread where a second field, or whatever it is, stands right below the first. */
static gboolean
blank_lines_possible(const char *block, gsize length)
{
    gsize end = draft_line_end(block, length, 0);

    if (draft_is_blank(block, 0, end))
        return TRUE;
    for (gsize at = end + 1; at < length; at = end + 1) {
        end = draft_line_end(block, length, at);
        if (draft_is_blank(block, at, end))
            return TRUE;
        if (!letters_is_wsp(block[at]))
            return FALSE;
    }
    return TRUE;
}

/* TRUE where every second line of the whole text is empty: then nothing has to be guessed. */
static gboolean
is_doubled(const char *text, gsize length)
{
    guint lines = 0;

    for (gsize at = 0; at < length; lines++) {
        const gsize end = draft_line_end(text, length, at);
        if (lines % 2 == 1 && !draft_is_blank(text, at, end))
            return FALSE;
        at = end + 1;
    }
    return lines > 2;
}

static GString *
every_second(const char *text, gsize length, Mend *mend)
{
    GString *out = g_string_sized_new(length);
    guint lines = 0;

    for (gsize at = 0; at < length; lines++) {
        const gsize end = draft_line_end(text, length, at);
        if (lines % 2 == 0)
            g_string_append_len(out, text + at, (gssize)(MIN(end + 1, length) - at));
        else
            mend_add(mend, text, MIN(end, 120), out->str, MIN(out->len, 120));
        at = end + 1;
    }
    return out;
}

static GString *
without_blank(const char *text, gsize length, gsize until, Mend *mend)
{
    GString *out = g_string_sized_new(length);

    for (gsize at = 0; at < until;) {
        const gsize end = draft_line_end(text, until, at);
        if (!draft_is_blank(text, at, end))
            g_string_append_len(out, text + at, (gssize)(MIN(end + 1, until) - at));
        else
            mend_add(mend, text, MIN(end + 60, length), out->str, MIN(out->len, 120));
        at = end + 1;
    }
    g_string_append_len(out, text + until, (gssize)(length - until));
    return out;
}

static void
blank_lines_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str;
    const gsize length = draft->text->len;
    guint blocks, known;

    if (is_doubled(text, length)) {
        draft_take(draft, every_second(text, length, mend));
        return;
    }
    const gsize until = spread_end(text, MIN(length, DRAFT_HEAD), &blocks, &known);
    draft_take(draft, without_blank(text, length, until, mend));
}

const RepairStep repair_line_ends = {
    .id = "line-ends",
    .one = N_("1 line end of an old Macintosh replaced"),
    .many = N_("%s line ends of an old Macintosh (CR alone) replaced"),
    .fidelity = "reencoded",
    .needed = line_ends_needed,
    .mend = line_ends_mend,
    .possible = line_ends_possible,
};
const RepairStep repair_blank_lines = {
    .id = "blank-lines",
    .one = N_("1 blank line between header lines removed"),
    .many = N_("%s blank lines between header lines removed"),
    .fidelity = "reflowed",
    .needed = blank_lines_needed,
    .mend = blank_lines_mend,
    .possible = blank_lines_possible,
};
