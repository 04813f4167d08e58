/* signature.c: signature fields with quoted-printable in them, or a plus that became a blank.
 * SPDX-License-Identifier: MIT
 *
 * White space inside b= and bh= is legal (RFC 6376, 3.2) and stays. What is mended here has only one
 * reading. */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/marks.h"

/* Base64 of a SHA-256 hash. */
#define HASH_LENGTH 44

typedef struct {
    gsize    at, count;     /* these bytes … */
    char     with;          /* … become this; NUL: nothing */
} Edit;

/* The value of tag `name`; FALSE where the field has none. */
static gboolean
find_tag(const char *text, gsize at, gsize end, const char *name, gsize *from, gsize *to)
{
    const gsize length = strlen(name);

    while (at < end) {
        while (at < end && letters_is_space(text[at]))
            at++;
        const char *semicolon = memchr(text + at, ';', end - at);
        const gsize stop = semicolon ? (gsize)(semicolon - text) : end;
        if (stop - at > length && memcmp(text + at, name, length) == 0 &&
            text[at + length] == '=') {
            *from = at + length + 1;
            *to = stop;
            return TRUE;
        }
        at = stop + 1;
    }
    return FALSE;
}

/* A hash may begin with 3D by itself; a domain beside it will not. */
static gboolean
begins_encoded(const char *text, gsize at, gsize end, const char *tag)
{
    gsize from, to;

    return find_tag(text, at, end, tag, &from, &to) && to - from > 2 &&
           memcmp(text + from, "3D", 2) == 0;
}

/* RFC 2045, 6.7: "=3D" for "=", a "=" at the end of a line for nothing. */
static void
undo_quoted_printable(const char *text, gsize at, gsize end, GArray *edits)
{
    if (!begins_encoded(text, at, end, "bh") || !begins_encoded(text, at, end, "d"))
        return;
    for (gsize i = at; i + 1 < end; i++) {
        if (text[i] != '=')
            continue;
        const gboolean soft = text[i + 1] == '\n';
        const gboolean byte =
            i + 2 < end && text[i + 1] == '3' && g_ascii_toupper(text[i + 2]) == 'D';
        const Edit edit = { i, soft ? 2 : 3, soft ? '\0' : '=' };
        if (soft || byte) {
            g_array_append_val(edits, edit);
            i += edit.count - 1;
        }
    }
}

/* In bh= the length tells: 44 with its blanks, less without, so that every blank was a plus (as in
 * a web form). */
static void
restore_plus(const char *text, gsize at, gsize end, GArray *edits)
{
    gsize from, to;

    if (!find_tag(text, at, end, "bh", &from, &to))
        return;
    while (from < to && letters_is_space(text[from]))
        from++;
    while (to > from && letters_is_space(text[to - 1]))
        to--;
    if (to - from != HASH_LENGTH || text[to - 1] != '=')
        return;
    for (gsize i = from; i < to; i++) {
        const Edit edit = { i, 1, '+' };
        if (text[i] == ' ')
            g_array_append_val(edits, edit);
        else if (letters_is_space(text[i]))
            return;
    }
}

/* Where a field ends: at the next one. */
static GArray *
find_edits(const char *text, gsize block)
{
    g_autoptr(GArray) marks = marks_find(text, block, MARK_LINES);
    GArray *edits = g_array_new(FALSE, FALSE, sizeof(Edit));

    for (guint i = 0; i < marks->len; i++) {
        const Mark *mark = &g_array_index(marks, Mark, i);
        const gsize end = i + 1 < marks->len ? g_array_index(marks, Mark, i + 1).start : block;
        if (mark->kind != VALUE_TAGS)
            continue;
        const guint before = edits->len;
        undo_quoted_printable(text, mark->colon + 1, end, edits);
        if (edits->len == before)
            restore_plus(text, mark->colon + 1, end, edits);
    }
    return edits;
}

static gboolean
signature_needed(const char *head, gsize length)
{
    g_autoptr(GArray) edits = find_edits(head, draft_block(head, length));

    return edits->len > 0;
}

static void
signature_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str;
    g_autoptr(GArray) edits =
        find_edits(text, draft_block(text, MIN(draft->text->len, DRAFT_MEND)));
    GString *out = g_string_sized_new(draft->text->len);
    gsize at = 0;

    for (guint i = 0; i < edits->len; i++) {
        const Edit *edit = &g_array_index(edits, Edit, i);
        g_string_append_len(out, text + at, (gssize)(edit->at - at));
        const gsize shown = MIN(out->len, 60), from = edit->at - MIN(edit->at, 60);
        if (edit->with)
            g_string_append_c(out, edit->with);
        mend_add(mend, text + from, edit->at + edit->count - from,
                 out->str + out->len - MIN(out->len, shown + 1), shown + 1);
        at = edit->at + edit->count;
    }
    g_string_append_len(out, text + at, (gssize)(draft->text->len - at));
    draft_take(draft, out);
}

const RepairStep repair_signature = {
    .id = "signature",
    .one = N_("1 byte of a signature restored"),
    .many = N_("%s bytes of signatures restored (quoted-printable, or a plus that became a blank)"),
    .fidelity = "reflowed",
    .needed = signature_needed,
    .mend = signature_mend,
    .minor = TRUE,
};
