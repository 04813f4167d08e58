/* fence.c: text that chats and trackers set apart: ``` fences.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/names.h"

#define FENCE_LINES 40

/* "```" or "~~~", a word behind it ("```text"). */
static gboolean
is_fence(const char *text, gsize at, gsize end)
{
    while (at < end && letters_is_wsp(text[at]))
        at++;
    return end - at >= 3 && (memcmp(text + at, "```", 3) == 0 || memcmp(text + at, "~~~", 3) == 0);
}

/* Where the fence opens; a header above it means that it belongs to a body. */
static gboolean
find_fence(const char *text, gsize length, gsize *at, gsize *end)
{
    *at = 0;
    for (guint lines = 0; *at < length && lines < FENCE_LINES; lines++) {
        *end = draft_line_end(text, length, *at);
        if (is_fence(text, *at, *end))
            return draft_count_fields(text + *end, draft_block(text + *end, length - *end)) > 0;
        if (names_begins_field(text + *at, text + *end, FALSE))
            return FALSE;
        *at = *end + 1;
    }
    return FALSE;
}

static gboolean
fence_needed(const char *head, gsize length)
{
    gsize at, end;

    return find_fence(head, length, &at, &end);
}

static void
fence_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str;
    const gsize length = draft->text->len;
    gsize open, at;

    if (!find_fence(text, MIN(length, DRAFT_HEAD), &open, &at))
        return;
    const gsize begin = at + 1;
    gsize close = begin;
    mend_add(mend, text + open, MIN(length, at + 60) - open, text + begin, MIN(60, length - begin));
    while (close < length && !is_fence(text, close, draft_line_end(text, length, close)))
        close = draft_line_end(text, length, close) + 1;
    close = MIN(close, length);
    if (close < length)
        mend->count++;
    draft_take(draft, g_string_new_len(text + begin, (gssize)(close - begin)));
}

const RepairStep repair_fence = {
    .id = "fence",
    .one = N_("the fence around the text removed"),
    .many = N_("the %s fences around the text removed"),
    .fidelity = "reencoded",
    .needed = fence_needed,
    .mend = fence_mend,
    .possible = draft_is_covered,
};
