/* tails.c: a blank at the end of every line, as some pages and viewers leave it.
 * SPDX-License-Identifier: MIT
 *
 * The line between header and body holds one, too, so that there is none (RFC 5322, 2.1), and the body would be taken for the
 * rest of the last field. Only where every line down to it ends so: a single blank is somebody's. */
#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"

/* So many lines, and so many fields among them. */
#define LINES_MIN 4
#define FIELDS_MIN 3

/* How many bytes of blanks the line [at, end) ends with. */
static gsize
tail_of(const char *text, gsize at, gsize end)
{
    gsize from = end;

    while (from > at) {
        gsize bytes = letters_is_wsp(text[from - 1]) ? 1 : 0;
        for (gsize n = 2; bytes == 0 && n <= 3 && from - at >= n; n++)
            bytes = letters_blank(text + from - n, text + from) == n ? n : 0;
        if (bytes == 0)
            break;
        from -= bytes;
    }
    return end - from;
}

/* The line of blanks alone that ends such a header, or `length`. */
static gsize
header_end(const char *text, gsize length)
{
    guint lines = 0;

    for (gsize at = 0; at < length; lines++) {
        const gsize end = draft_line_end(text, length, at), tail = tail_of(text, at, end);
        if (tail == 0)
            return length;
        if (tail == end - at && lines > 0)
            return lines >= LINES_MIN && draft_count_fields(text, at) >= FIELDS_MIN ? at : length;
        at = end + 1;
    }
    return length;
}

static gboolean
tails_needed(const char *head, gsize length)
{
    return header_end(head, length) < length;
}

static gboolean
tails_possible(const char *block, gsize length)
{
    return tail_of(block, 0, draft_line_end(block, length, 0)) > 0;
}

static gboolean
without_tail(GString *out, const char *text, gsize at, gsize end, gconstpointer data)
{
    const gsize tail = tail_of(text, at, end);

    (void)data;
    g_string_append_len(out, text + at, (gssize)(end - at - tail));
    return tail > 0;
}

static void
tails_mend(Draft *draft, Mend *mend)
{
    draft_rewrite_lines(draft, mend, 0, draft->text->len, without_tail, NULL);
}

const RepairStep repair_tails = {
    .id = "trailing-blanks",
    .one = N_("1 line freed of the blanks at its end"),
    .many = N_("%s lines freed of the blanks at their ends"),
    .fidelity = "reflowed",
    .needed = tails_needed,
    .mend = tails_mend,
    .possible = tails_possible,
};
