/* bullet.c: a header pasted as a list: "- From: ...", "* To: ...".
 * SPDX-License-Identifier: MIT
 *
 * Trackers and notes show the fields so, or were told to. Only the marks of the header go: a list in a body is text. */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/names.h"

/* So far down may the list begin, and so many fields must it hold. */
#define LIST_LINES 40
#define FIELDS_MIN 3

/* Hyphen, star; bullet, middle dot, white and triangular bullet in UTF-8; headings of Markdown. */
static const char *const bullets[] = { "-", "*", "\u2022", "\u00B7", "\u25E6", "\u2023", "####", "###", "##", "#" };

/* Where the text of the line [at, end) begins behind its mark, which stands at the margin and has a blank behind it; `at` if
 * there is none. */
static gsize
skip_bullet(const char *text, gsize at, gsize end)
{
    for (gsize i = 0; i < G_N_ELEMENTS(bullets); i++) {
        const gsize mark = at + strlen(bullets[i]);
        gsize place = mark, blank = 1;
        if (mark > end || memcmp(text + at, bullets[i], mark - at) != 0)
            continue;
        while (place < end && blank > 0) {
            blank = letters_is_wsp(text[place]) ? 1 : letters_blank(text + place, text + end);
            place += blank;
        }
        return place > mark ? place : at;
    }
    return at;
}

static void
append_without(GString *out, const char *text, gsize from, gsize to, Mend *mend)
{
    for (gsize at = from; at < to;) {
        const gsize end = draft_line_end(text, to, at);
        const gsize begin = skip_bullet(text, at, end);
        if (begin > at && mend)
            mend_add(mend, text + at, end - at, text + begin, end - begin);
        g_string_append_len(out, text + begin, (gssize)(MIN(end + 1, to) - begin));
        at = end + 1;
    }
}

static gboolean
is_header(const char *text, gsize from, gsize to)
{
    g_autoptr(GString) inside = g_string_sized_new(to - from);

    append_without(inside, text, from, to, NULL);
    return draft_count_fields(inside->str, inside->len) >= FIELDS_MIN;
}

/* The lines [from, to) of a list that holds a header; a field above it means that it belongs to a body. */
static gboolean
find_list(const char *text, gsize length, gsize *from, gsize *to)
{
    gboolean inside = FALSE;
    gsize at = 0;

    for (guint lines = 0; at < length && lines < LIST_LINES; lines++) {
        const gsize end = draft_line_end(text, length, at), begin = skip_bullet(text, at, end);
        if (names_begins_field(text + at, text + end, FALSE))
            return FALSE;
        if (begin > at && !inside)
            *from = at;
        inside = begin > at;
        if (inside && names_begins_field(text + begin, text + end, FALSE)) {
            *to = *from + draft_block(text + *from, length - *from);
            return is_header(text, *from, *to);
        }
        at = end + 1;
    }
    return FALSE;
}

static gboolean
bullets_needed(const char *head, gsize length)
{
    gsize from, to;

    return find_list(head, length, &from, &to);
}

static void
bullets_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str;
    const gsize length = draft->text->len;
    gsize from, to;

    if (!find_list(text, MIN(length, DRAFT_HEAD), &from, &to))
        return;
    GString *out = g_string_sized_new(length);
    g_string_append_len(out, text, (gssize)from);
    append_without(out, text, from, to, mend);
    g_string_append_len(out, text + to, (gssize)(length - to));
    draft_take(draft, out);
}

const RepairStep repair_bullets = {
    .id = "bullets",
    .one = N_("1 line freed of its list mark"),
    .many = N_("%s lines freed of their list marks"),
    .fidelity = "reflowed",
    .needed = bullets_needed,
    .mend = bullets_mend,
    .possible = draft_is_covered,
};
