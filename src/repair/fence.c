/* fence.c: text that chats, trackers and boards set apart: ``` fences, [code].
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/span.h"
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

/* "[code]", "[quote=ann;12]": what boards write before the first line of a text. The end of the tag at `at`, or `at`; `name` is
 * where its name ends. */
static gsize
skip_tag(const char *text, gsize at, gsize end, gsize *name)
{
    static const char *const tags[] = { "code", "quote", "pre", "spoiler", "hide", "noparse", "collapse", "size", "font", NULL };
    const char *close = at < end && text[at] == '[' ? memchr(text + at, ']', end - at) : NULL;

    for (*name = at + 1; close && *name < end && g_ascii_isalpha(text[*name]);)
        ++*name;
    for (const char *const *tag = tags; close && *tag; tag++)
        if (strlen(*tag) == *name - at - 1 && g_ascii_strncasecmp(*tag, text + at + 1, strlen(*tag)) == 0)
            return (gsize)(close + 1 - text);
    return at;
}

/* A text that is set apart, and what opens it. */
typedef struct {
    gsize open, begin;
    Span  tag;          /* the name of the tag that opens it last; empty: lines of marks are around it */
} Fence;

/* One or several tags, and a field behind them, or lines of their own. */
static gboolean
opens_by_tags(const char *text, gsize length, gsize at, Fence *fence)
{
    gsize behind = at, name;

    *fence = (Fence){ .open = at };
    do {
        while (behind < length && letters_is_space(text[behind]))
            behind++;
        fence->begin = behind;
        behind = skip_tag(text, behind, draft_line_end(text, length, behind), &name);
        if (behind > fence->begin)
            fence->tag = (Span){ fence->begin + 1, name };
    } while (behind > fence->begin);
    return span_length(fence->tag) > 0 &&
           (memchr(text + at, '\n', behind - at) || names_begins_field(text + behind, text + length, FALSE));
}

static gboolean
opens(const char *text, gsize length, gsize at, Fence *fence)
{
    const gsize end = draft_line_end(text, length, at);

    if (!is_fence(text, at, end))
        return opens_by_tags(text, length, at, fence);
    *fence = (Fence){ .open = at, .begin = end + 1 };
    return TRUE;
}

/* Where the fence opens; a header above it means that it belongs to a body. */
static gboolean
find_fence(const char *text, gsize length, Fence *fence)
{
    gsize at = 0;

    for (guint lines = 0; at < length && lines < FENCE_LINES; lines++) {
        const gsize end = draft_line_end(text, length, at);
        if (opens(text, length, at, fence)) {
            const gsize begin = MIN(fence->begin, length);
            if (draft_count_fields(text + begin, draft_block(text + begin, length - begin)) > 0)
                return TRUE;
            if (span_length(fence->tag) == 0)
                return FALSE;
        }
        if (names_begins_field(text + at, text + end, FALSE))
            return FALSE;
        at = end + 1;
    }
    return FALSE;
}

static gboolean
fence_needed(const char *head, gsize length)
{
    Fence fence;

    return find_fence(head, length, &fence);
}

/* "[/code]", which may stand behind the last line, or the line of marks. */
static gsize
find_close(const char *text, gsize length, const Fence *fence)
{
    const gsize name = span_length(fence->tag);

    for (gsize at = fence->begin; name == 0 && at < length; at = draft_line_end(text, length, at) + 1)
        if (is_fence(text, at, draft_line_end(text, length, at)))
            return at;
    for (const char *at = text + fence->begin, *end = text + length; name > 0 && at < end; at++) {
        at = memchr(at, '[', (gsize)(end - at));
        if (!at)
            break;
        if ((gsize)(end - at) > name + 2 && at[1] == '/' && at[name + 2] == ']' &&
            g_ascii_strncasecmp(at + 2, text + fence->tag.start, name) == 0)
            return (gsize)(at - text);
    }
    return length;
}

static void
fence_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str;
    const gsize length = draft->text->len;
    Fence fence;

    if (!find_fence(text, MIN(length, DRAFT_HEAD), &fence))
        return;
    mend_add(mend, text + fence.open, MIN(length, fence.begin + 59) - fence.open, text + fence.begin, MIN(60, length - fence.begin));
    const gsize close = find_close(text, length, &fence);
    if (close < length)
        mend->count++;
    draft_take(draft, g_string_new_len(text + fence.begin, (gssize)(close - fence.begin)));
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
