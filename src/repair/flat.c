/* flat.c: header blocks whose line breaks became blanks, or vanished.
 * SPDX-License-Identifier: MIT
 *
 * Nothing but white space is changed, so every byte of header text survives. Line breaks that are
 * still there (a chat wraps at its own width) count as white space, too. */
#include <string.h>

#include "base/translate.h"
#include "repair/body.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/segment.h"

/* Strong fields that begin a line, those that do not, and the lines that hold such. */
typedef struct {
    guint at_line, inner, lines;
} Places;

static Places
count_places(const char *text, const GArray *fields, MarkMode mode)
{
    Places places = { 0 };
    const char *line = NULL;

    for (guint i = 0; i < fields->len; i++) {
        const Mark *mark = &g_array_index(fields, Mark, i);
        if (!mark->strong)
            continue;
        if (mark->start == 0 || text[mark->start - 1] == '\n') {
            places.at_line++;
            continue;
        }
        if (mode == MARK_GLUED && letters_is_space(text[mark->start - 1]))
            continue;
        const char *begin =
            g_strrstr_len(line ? line : text, (gssize)mark->start - (line ? line - text : 0), "\n");
        places.lines += places.inner == 0 || begin ? 1 : 0;
        line = text + mark->start;
        places.inner++;
    }
    return places;
}

/* "Name: …  Topic: …": single words that no mail program uses. */
static gboolean
is_form(const GArray *fields, guint from)
{
    guint words = 0;

    for (; from < fields->len; from++)
        words += g_array_index(fields, Mark, from).class == MARK_WORD ? 1 : 0;
    return words >= 2;
}

/* Where the body begins behind a field that must be one and whose value is over; what looks like
 * fields behind that belongs to the body. */
static gsize
find_body(const char *text, gsize length, GArray *fields)
{
    guint strong = fields->len;

    while (strong > 0 && !g_array_index(fields, Mark, strong - 1).strong)
        strong--;
    for (guint i = strong ? strong - 1 : 0; i < fields->len; i++) {
        const gsize next = i + 1 < fields->len ? g_array_index(fields, Mark, i + 1).start : length;
        const gsize body = body_after(text, &g_array_index(fields, Mark, i), length);
        if (body < next || (body == next && next < length && is_form(fields, i + 1))) {
            g_array_set_size(fields, i + 1);
            return body;
        }
    }
    return length;
}

/* The fields of a block and where the body begins, which may follow in the same line. (transfer full) */
static GArray *
read_fields(const char *text, gsize block, MarkMode mode, gsize *end)
{
    const gsize limit = body_limit(text, block);
    GArray *fields = segment_fields(text, limit, mode);

    *end = limit < block ? limit : find_body(text, block, fields);
    return fields;
}

/* A Subject may quote a header: either as many fields are out of place as are where they belong, or
 * half as many in several lines. */
static gboolean
is_flat(const char *head, gsize length, MarkMode mode)
{
    gsize end;
    g_autoptr(GArray) fields = read_fields(head, draft_block(head, length), mode, &end);
    const Places places = count_places(head, fields, mode);

    if (mode == MARK_BLANKS && places.at_line <= 1 && places.inner >= MARKS_INNER_FEW)
        return TRUE;
    return places.inner >= MARKS_INNER_MIN &&
           (places.inner >= places.at_line ||
            (places.lines >= MARKS_INNER_MIN && places.inner * 2 >= places.at_line));
}

static gboolean
one_line_needed(const char *head, gsize length)
{
    return is_flat(head, length, MARK_BLANKS);
}

static gboolean
glued_needed(const char *head, gsize length)
{
    return is_flat(head, length, MARK_GLUED);
}

static gboolean
flat_possible(const char *block, gsize length)
{
    const MarksInner inner = marks_inner(block, length, MARKS_INNER_MIN);

    return inner.blanks >= MARKS_INNER_FEW || inner.glued == MARKS_INNER_MIN;
}

/* Folded lines left two white spaces side by side: the line end and the indentation. */
static gboolean
is_fold(const char *text, gsize at, gsize end, gsize column)
{
    return column > 40 && text[at] == ' ' && at + 1 < end && letters_is_wsp(text[at + 1]);
}

/* The value, its own line breaks made folding (RFC 5322, 2.2.3), so that no byte but white space
 * differs. */
static void
append_value(GString *out, const char *text, gsize at, gsize end, gsize column)
{
    for (; at < end; at++, column++) {
        if (text[at] == '\n' || is_fold(text, at, end, column)) {
            if (text[at] == '\n' && draft_is_blank(text, at, draft_line_end(text, end, at + 1)))
                continue;
            g_string_append_c(out, '\n');
            if (!letters_is_wsp(text[at + 1]))
                g_string_append_c(out, ' ');
            column = 0;
        } else {
            g_string_append_c(out, text[at]);
        }
    }
}

static gsize
trimmed_end(const char *text, gsize start, gsize end)
{
    while (end > start && letters_is_space(text[end - 1]))
        end--;
    return end;
}

static void
append_fields(GString *out, const char *text, gsize end, const GArray *fields, Mend *mend)
{
    for (guint i = 0; i < fields->len; i++) {
        const Mark *mark = &g_array_index(fields, Mark, i);
        const gsize next = i + 1 < fields->len ? g_array_index(fields, Mark, i + 1).start : end;
        const gsize last = trimmed_end(text, mark->colon + 1, next);
        const gsize written = out->len;
        g_string_append_len(out, text + mark->start, (gssize)(mark->colon + 1 - mark->start));
        append_value(out, text, mark->colon + 1, last, mark->colon + 1 - mark->start);
        g_string_append_c(out, '\n');
        if (mark->start > 0 && text[mark->start - 1] != '\n')
            mend_add(mend, text + mark->start - MIN(mark->start, 60),
                     MIN(mark->start, 60) + last - mark->start, out->str + written,
                     out->len - written - 1);
    }
}

static void
unflatten(Draft *draft, Mend *mend, MarkMode mode)
{
    const char *text = draft->text->str;
    const gsize block = draft_block(text, MIN(draft->text->len, DRAFT_MEND));
    gsize end;
    g_autoptr(GArray) fields = read_fields(text, block, mode, &end);

    if (fields->len == 0)
        return;
    g_autoptr(GString) out = g_string_sized_new(draft->text->len + 1024);

    /* What stands above the first field stays: another step may know it. */
    const gsize first = g_array_index(fields, Mark, 0).start;
    g_string_append_len(out, text, (gssize)first);
    if (first > 0 && text[first - 1] != '\n')
        g_string_append_c(out, '\n');
    append_fields(out, text, end, fields, mend);
    if (end < block)
        g_string_append_c(out, '\n');
    g_string_append_len(out, text + end, (gssize)(draft->text->len - end));
    if (mend->count > 0)
        draft_take(draft, g_steal_pointer(&out));
}

static void
one_line_mend(Draft *draft, Mend *mend)
{
    unflatten(draft, mend, MARK_BLANKS);
}

static void
glued_mend(Draft *draft, Mend *mend)
{
    unflatten(draft, mend, MARK_GLUED);
}

const RepairStep repair_one_line = {
    .id = "one-line",
    .one = N_("1 line break restored: it had become a blank"),
    .many = N_("%s line breaks restored: they had become blanks"),
    .fidelity = "reflowed",
    .needed = one_line_needed,
    .mend = one_line_mend,
    .possible = flat_possible,
};
const RepairStep repair_glued_lines = {
    .id = "glued-lines",
    .one = N_("1 line break restored: it had vanished"),
    .many = N_("%s line breaks restored: they had vanished"),
    .fidelity = "reflowed",
    .needed = glued_needed,
    .mend = glued_mend,
    .possible = flat_possible,
};
