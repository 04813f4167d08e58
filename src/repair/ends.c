/* ends.c: marks that viewers show where a line ends: "$", "^M", "¶", and the bars of a frame.
 * SPDX-License-Identifier: MIT
 *
 * Of `cat -A`, of editors, of a shell's command that goes on, and of a window drawn with characters. Only where every line of the
 * header has the same. */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"

/* So many lines, and so many fields among them. */
#define LINES_MIN 4
#define FIELDS_MIN 3

/* The longer one first. */
static const char *const marks[] = { "^M$", "^M", "$", "\\", "\u00B6", "\u21B5", "\u23CE", "\u240D\u240A", "\u240D", "\u240A",
                                     "|", "\u2502" };

/* Lines are filled up with blanks to where a frame stands. */
static gboolean
is_frame(const char *mark)
{
    return g_str_equal(mark, "|") || g_str_equal(mark, "\u2502");
}

/* How many bytes of `mark` the line [at, end) ends with; a blank before it belongs to it, and all before a frame. */
static gsize
tail_of(const char *text, gsize at, gsize end, const char *mark)
{
    const gsize length = strlen(mark), most = is_frame(mark) ? G_MAXSIZE : 1;
    gsize blanks = 0;

    if (end - at < length || memcmp(text + end - length, mark, length) != 0)
        return 0;
    while (blanks < most && end - at > length + blanks && letters_is_wsp(text[end - length - blanks - 1]))
        blanks++;
    return length + blanks;
}

static const char *
mark_of_line(const char *text, gsize at, gsize end)
{
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        if (tail_of(text, at, end, marks[i]))
            return marks[i];
    return NULL;
}

/* The mark of all lines down to the first that is empty without it. NULL: there is none. */
static const char *
find_mark(const char *text, gsize length)
{
    const char *mark = mark_of_line(text, 0, draft_line_end(text, length, 0));
    guint lines = 0;
    gsize at = 0;

    for (gsize end; mark && at < length; at = end + 1, lines++) {
        end = draft_line_end(text, length, at);
        const gsize tail = tail_of(text, at, end, mark);
        if (tail == end - at)
            break;
        if (tail == 0)
            return NULL;
    }
    return mark && lines >= LINES_MIN && draft_count_fields(text, MIN(at, length)) >= FIELDS_MIN ? mark : NULL;
}

static gboolean
ends_needed(const char *head, gsize length)
{
    return find_mark(head, length) != NULL;
}

static gboolean
ends_possible(const char *block, gsize length)
{
    return mark_of_line(block, 0, draft_line_end(block, length, 0)) != NULL;
}

/* What shows line ends as "$" shows tabs as "^I". */
static void
append_shown(GString *out, const char *text, gsize length, gboolean tabs)
{
    for (gsize at = 0; at < length; at++)
        if (tabs && text[at] == '^' && at + 1 < length && text[at + 1] == 'I') {
            g_string_append_c(out, '\t');
            at++;
        } else {
            g_string_append_c(out, text[at]);
        }
}

static gboolean
without_mark(GString *out, const char *text, gsize at, gsize end, gconstpointer mark)
{
    const gsize tail = tail_of(text, at, end, mark);

    append_shown(out, text + at, end - at - tail, g_str_has_suffix(mark, "$"));
    return tail > 0;
}

static void
ends_mend(Draft *draft, Mend *mend)
{
    const char *mark = find_mark(draft->text->str, MIN(draft->text->len, DRAFT_HEAD));

    if (mark)
        draft_rewrite_lines(draft, mend, 0, draft->text->len, without_mark, mark);
}

const RepairStep repair_ends = {
    .id = "line-end-marks",
    .one = N_("1 line freed of the mark at its end"),
    .many = N_("%s lines freed of the marks at their ends"),
    .fidelity = "reencoded",
    .needed = ends_needed,
    .mend = ends_mend,
    .possible = ends_possible,
};
