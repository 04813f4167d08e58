/* translated.c: a header whose best known names a mail program shows in its user's language: "差出人: …", "Von: …".
 * SPDX-License-Identifier: MIT
 *
 * With all headers shown, Apple Mail writes these four so, and the others as they are. A message on its way begins with what a
 * server wrote: only where such a label is the very first line has a program shown the text. */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/labels.h"
#include "repair/marks.h"

/* Besides those that are translated. */
#define FIELDS_MIN 3

static gboolean
names_needed(const char *head, gsize length)
{
    const gsize block = draft_block(head, length);
    guint kinds = 0;
    gsize value;

    if (!labels_find_own(head, 0, draft_line_end(head, block, 0), &value) || draft_names_author(head, block))
        return FALSE;
    for (gsize at = 0; at < block; at = draft_line_end(head, block, at) + 1) {
        const Label *label = labels_find_own(head, at, draft_line_end(head, block, at), &value);
        if (label && (kinds & (guint)label->kind))
            return FALSE;       /* whose is it, then? */
        kinds |= label ? (guint)label->kind : 0;
    }
    return (kinds & LABEL_FROM) && draft_count_fields(head, block) >= FIELDS_MIN;
}

static gboolean
as_field(GString *out, const char *text, gsize at, gsize end, gconstpointer data)
{
    (void)data;
    return labels_append_field(out, text, at, end, TRUE);
}

static void
names_mend(Draft *draft, Mend *mend)
{
    const gsize block = draft_block(draft->text->str, MIN(draft->text->len, DRAFT_HEAD));

    draft_rewrite_lines(draft, mend, 0, block, as_field, NULL);
}

const RepairStep repair_translated = {
    .id = "field-names",
    .one = N_("1 field name written as mail has it"),
    .many = N_("%s field names written as mail has them"),
    .fidelity = "reflowed",
    .needed = names_needed,
    .mend = names_mend,
    .possible = names_needed,
};
