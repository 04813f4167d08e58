/* second.c: two messages pasted one behind the other: the first is taken.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/marks.h"

/* What a message's own header has, and a few lines quoted in a body have not. */
typedef struct {
    gboolean trace, from, date;
    guint    strong;
} Signs;

static Signs
read_signs(const char *text, gsize length)
{
    g_autoptr(GArray) marks = marks_find(text, length, MARK_LINES);
    Signs signs = { 0 };

    for (guint i = 0; i < marks->len; i++) {
        const Mark *mark = &g_array_index(marks, Mark, i);
        if (!mark->strong)
            continue;
        signs.strong++;
        signs.trace = signs.trace || mark->kind == VALUE_TRACE;
        signs.from = signs.from || g_strcmp0(mark->known, "From") == 0;
        signs.date = signs.date || g_strcmp0(mark->known, "Date") == 0;
    }
    return signs;
}

static gboolean
is_whole(const Signs *signs)
{
    return signs->trace && signs->from && signs->date && signs->strong >= 5;
}

/* Headers only: the second one begins where the first one's body would. */
static gboolean
find_second(const char *text, gsize length, gsize *place)
{
    const gsize block = draft_block(text, length);
    gsize next = block;

    while (next < length && draft_is_blank(text, next, draft_line_end(text, length, next)))
        next = draft_line_end(text, length, next) + 1;
    if (next >= length || block == 0)
        return FALSE;
    const Signs first = read_signs(text, block);
    if (!is_whole(&first) || !names_begins_field(text + next, text + length, FALSE))
        return FALSE;
    const Signs second = read_signs(text + next, draft_block(text + next, length - next));
    *place = next;
    return is_whole(&second);
}

/* A body that begins with a header is no damage of its own: only what was damaged elsewhere, or
 * pasted, comes here. */
static gboolean
second_needed(const char *head, gsize length)
{
    gsize place;

    return find_second(head, length, &place);
}

static void
second_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str;
    gsize place;

    if (!find_second(text, MIN(draft->text->len, DRAFT_HEAD), &place))
        return;
    mend_add(mend, text + place, MIN(200, draft->text->len - place), "", 0);
    origin_note(draft->origin, "paste-two-messages", SEVERITY_WARNING, NULL);
    draft_take(draft, g_string_new_len(text, (gssize)place));
}

const RepairStep repair_second_message = {
    .id = "second-message",
    .one = N_("a second message behind the first left out"),
    .many = N_("%s messages behind the first left out"),
    .fidelity = "reencoded",
    .needed = second_needed,
    .mend = second_mend,
    .minor = TRUE,
};
