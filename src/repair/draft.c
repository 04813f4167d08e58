/* draft.c: what the steps of the chain share.
 * SPDX-License-Identifier: MIT */
#include "repair/draft.h"

#include <string.h>

#include "repair/letters.h"
#include "repair/marks.h"

#define SHOWN_MAX 200

/* A beginning that looked like the whole would read as if the repair had lost the rest. */
static GString *
beginning(const char *text, gsize length)
{
    GString *shown = g_string_new_len(text, (gssize)MIN(length, SHOWN_MAX));

    if (length > SHOWN_MAX)
        g_string_append(shown, " ..");
    return shown;
}

void
mend_add(Mend *mend, const char *before, gsize before_length, const char *after, gsize after_length)
{
    if (mend->count++ > 0)
        return;
    mend->before = beginning(before, before_length);
    mend->after = beginning(after, after_length);
}

gsize
draft_line_end(const char *text, gsize length, gsize at)
{
    const char *end = at < length ? memchr(text + at, '\n', length - at) : NULL;

    return end ? (gsize)(end - text) : length;
}

gboolean
draft_is_blank(const char *text, gsize at, gsize end)
{
    while (at < end) {
        const gsize odd =
            letters_invisible(text + at, text + end) + letters_blank(text + at, text + end);
        if (!odd && !letters_is_space(text[at]))
            return FALSE;
        at += odd ? odd : 1;
    }
    return TRUE;
}

gsize
draft_block(const char *text, gsize length)
{
    gsize at = 0;
    gboolean begun = FALSE;

    while (at < length) {
        const gsize end = draft_line_end(text, length, at);
        /* Only an empty line ends a header (RFC 5322, 2.1); blanks are some folding's rest. */
        if (end == at && begun)
            return at;
        begun = begun || !draft_is_blank(text, at, end);
        at = end + 1;
    }
    return length;
}

guint
draft_count_fields(const char *text, gsize length)
{
    g_autoptr(GArray) marks = marks_find(text, length, MARK_BLANKS);
    guint at_line = 0;

    return marks_strong(marks, text, &at_line);
}

/* Of a field above the first known one: "Name:", or a continuation that does not begin as a line of a quoted, numbered
 * or fenced text does. */
static gboolean
is_plain_line(const char *text, gsize at, gsize end, gboolean first)
{
    const gsize start = at;

    if (letters_is_wsp(text[at])) {
        while (at < end && letters_is_wsp(text[at]))
            at++;
        return !first && !draft_is_blank(text, at, end) && !g_ascii_isdigit(text[at]) &&
               !strchr(">|`~", text[at]);
    }
    while (at < end && letters_in_name(text[at]))
        at++;
    return at > start && at < end && text[at] == ':' && !g_ascii_isdigit(text[start]);
}

gboolean
draft_has_field(const char *text, gsize length)
{
    for (gsize at = 0; at < length; at = draft_line_end(text, length, at) + 1)
        if (names_begins_field(text + at, text + length, FALSE))
            return TRUE;
    return FALSE;
}

gboolean
draft_names_author(const char *text, gsize length)
{
    for (gsize at = 0; at < length; at = draft_line_end(text, length, at) + 1)
        if (length - at > 5 && g_ascii_strncasecmp(text + at, "From:", 5) == 0)
            return TRUE;
    return FALSE;
}

gboolean
draft_is_covered(const char *block, gsize length)
{
    for (gsize at = 0; at < length;) {
        const gsize end = draft_line_end(block, length, at);
        if (names_begins_field(block + at, block + end, FALSE))
            return FALSE;
        if (!is_plain_line(block, at, end, at == 0))
            return TRUE;
        at = end + 1;
    }
    return TRUE;
}

gboolean
draft_append_wrap(GString *out, const char *at, const char *end, gboolean written)
{
    const char before = out->len > 0 ? out->str[out->len - 1] : '\n';
    const gboolean ended = before == '\n' || written;

    if (out->len == 0 || at[-1] == '\n' || at + 1 == end || at[1] == '\n' || (!ended && names_begins_field(at + 1, end, FALSE)))
        return FALSE;
    if (!ended && before != ' ' && !letters_is_wsp(at[1]))
        g_string_append_c(out, ' ');
    return TRUE;
}

void
draft_take(Draft *draft, GString *text)
{
    g_string_free(draft->text, TRUE);
    draft->text = text;
}

void
draft_rewrite_lines(Draft *draft, Mend *mend, gsize from, gsize to, DraftLine line, gconstpointer data)
{
    const char *text = draft->text->str;
    const gsize length = draft->text->len;
    GString *out = g_string_sized_new(length);

    g_string_append_len(out, text, (gssize)from);
    for (gsize at = from; at < to;) {
        const gsize end = draft_line_end(text, to, at), written = out->len;
        if (line(out, text, at, end, data))
            mend_add(mend, text + at, end - at, out->str + written, out->len - written);
        if (end < to)
            g_string_append_c(out, '\n');
        at = end + 1;
    }
    g_string_append_len(out, text + to, (gssize)(length - to));
    draft_take(draft, out);
}

gboolean
draft_can_rebuild(const char *head, gsize length, DraftFind find)
{
    gboolean partial;
    guint count;

    if (!draft_is_covered(head, draft_block(head, length)))
        return FALSE;
    GString *found = find(head, length, &count, &partial);
    if (found)
        g_string_free(found, TRUE);
    return found != NULL;
}

void
draft_rebuild(Draft *draft, Mend *mend, DraftFind find)
{
    const gsize length = MIN(draft->text->len, DRAFT_HEAD);
    gboolean partial;
    guint count;
    GString *found = find(draft->text->str, length, &count, &partial);

    if (!found)
        return;
    mend_add(mend, draft->text->str, MIN(length, 200), found->str, MIN(found->len, 200));
    mend->count = count;
    mend->partial = partial;
    draft_take(draft, found);
}
