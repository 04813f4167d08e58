/* link.c: links that only say their text again, and the step that takes them out.
 * SPDX-License-Identifier: MIT
 *
 * Only what is written twice goes: a link that leads elsewhere than its text says stays, whatever it is. Tags of HTML are html.c's,
 * but for one that stands inside a value. */
#include "repair/link.h"

#include <string.h>

#include "base/lower.h"
#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"

/* Longer texts, targets and tags are none that a header holds. */
#define LINK_MAX 2000
/* So many, or one in From:; a Subject may hold one by chance. */
#define LINKS_MIN 2

/* What is written at a place, and what of it stays; length 0: no link. */
typedef struct {
    gsize       length;
    const char *kept;
    gsize       kept_length;
    gboolean    angled;         /* what is kept is an address that lost its angle brackets */
} Link;

static gboolean
begins(const char *at, const char *end, const char *what)
{
    const gsize length = strlen(what);

    return (gsize)(end - at) >= length && lower_same(at, what, length);
}

/* Bytes of "mailto:" or "https://"; 0: none. */
static gsize
scheme_length(const char *at, const char *end)
{
    static const char *const schemes[] = { "mailto:", "http://", "https://" };

    for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++)
        if (begins(at, end, schemes[i]))
            return strlen(schemes[i]);
    return 0;
}

/* Whether the target [from, to) says nothing but `text`. */
static gboolean
leads_to(const char *from, const char *to, const char *text, gsize length)
{
    const gsize scheme = scheme_length(from, to);

    if (!scheme || length == 0)
        return FALSE;
    if ((gsize)(to - from) == length && lower_same(from, text, length))
        return TRUE;
    from += scheme;
    if (to > from && to[-1] == '/')
        to--;
    return (gsize)(to - from) == length && lower_same(from, text, length);
}

/* The place of `last` behind `at` in the same line; NULL: none. */
static const char *
find_close(const char *at, const char *end, char last)
{
    const gsize most = MIN((gsize)(end - at), LINK_MAX);
    const char *close = memchr(at, last, most);

    return close && !memchr(at, '\n', (gsize)(close - at)) ? close : NULL;
}

/* "[text](target)", "[mailto:ann@example.com]" */
static Link
read_bracket(const char *at, const char *end)
{
    const char *text = at + 1, *close = find_close(text, end, ']');

    if (!close)
        return (Link){ 0 };
    if (close + 1 < end && close[1] == '(' && scheme_length(close + 2, end)) {
        const char *stop = find_close(close + 2, end, ')');
        if (stop && leads_to(close + 2, stop, text, (gsize)(close - text)))
            return (Link){ (gsize)(stop + 1 - at), text, (gsize)(close - text), FALSE };
    }
    if (!begins(text, close, "mailto:") || !memchr(text, '@', (gsize)(close - text)) || memchr(text, ' ', (gsize)(close - text)))
        return (Link){ 0 };
    return (Link){ (gsize)(close + 1 - at), text + 7, (gsize)(close - text) - 7, TRUE };
}

/* <a href="target">text</a>, with the angle brackets around it that the page had to escape. */
static Link
read_anchor(const char *at, const char *end)
{
    const char *open = find_close(at, end, '>');
    const char *text = open ? open + 1 : NULL, *close = text ? find_close(text, end, '<') : NULL;
    const char *target = open ? g_strstr_len(at, open - at, "href=\"") : NULL;
    const char *stop = target ? memchr(target + 6, '"', (gsize)(open - target - 6 > 0 ? open - target - 6 : 0)) : NULL;

    if (!close || !stop || !begins(close, end, "</a>") || !leads_to(target + 6, stop, text, (gsize)(close - text)))
        return (Link){ 0 };
    return (Link){ (gsize)(close + 4 - at), text, (gsize)(close - text), FALSE };
}

static gboolean
in_name(char c)
{
    return g_ascii_isalnum(c) || (c && strchr("@.-_+=", c));
}

/* "text<target>", which ends what was read so far; "<target|text>". */
static Link
read_angle(const char *block, const char *at, const char *end)
{
    const char *close = scheme_length(at + 1, end) ? find_close(at + 1, end, '>') : NULL;
    const char *text = at;

    if (!close)
        return begins(at, end, "<a ") ? read_anchor(at, end) : (Link){ 0 };
    const char *bar = memchr(at, '|', (gsize)(close - at));
    if (bar && leads_to(at + 1, bar, bar + 1, (gsize)(close - bar - 1)))
        return (Link){ (gsize)(close + 1 - at), bar + 1, (gsize)(close - bar - 1), FALSE };
    while (text > block && in_name(text[-1]))
        text--;
    if (leads_to(at + 1, close, text, (gsize)(at - text)))
        return (Link){ (gsize)(close + 1 - at), at, 0, FALSE };
    return (Link){ 0 };
}

static Link
read_link(const char *block, const char *at, const char *end)
{
    return *at == '[' ? read_bracket(at, end) : *at == '<' ? read_angle(block, at, end) : (Link){ 0 };
}

static const char *
next_link(const char *block, const char *at, const char *end, Link *link)
{
    for (; at < end; at++)
        if ((*at == '[' || *at == '<') && (*link = read_link(block, at, end)).length)
            return at;
    return NULL;
}

/* "From:", whatever quotes or indents the line. */
static gboolean
stands_in_from(const char *block, const char *at)
{
    while (at > block && at[-1] != '\n')
        at--;
    while (letters_is_wsp(*at) || *at == '>')
        at++;
    return g_ascii_strncasecmp(at, "From:", 5) == 0;
}

static gboolean
links_needed(const char *head, gsize length)
{
    const char *end = head + draft_block(head, length);
    guint count = 0;
    Link link;

    for (const char *at = head; (at = next_link(head, at, end, &link)); at += link.length)
        if (++count == LINKS_MIN || stands_in_from(head, at))
            return TRUE;
    return FALSE;
}

gboolean
link_begins(const char *text, const char *at, const char *end)
{
    if (end - at < 2)
        return FALSE;
    if (*at == '[')
        return in_name(at[1]) && read_bracket(at, end).length;
    return strchr("aAhHmM", at[1]) && read_angle(text, at, end).length;
}

/* Each form has one of these at a place that headers seldom have. */
static gboolean
links_possible(const char *block, gsize length)
{
    const char *end = block + length;

    for (const char *at = block; (at = memchr(at, '[', (gsize)(end - at))); at++)
        if (link_begins(block, at, end))
            return TRUE;
    for (const char *at = block; (at = memchr(at, '<', (gsize)(end - at))); at++)
        if (link_begins(block, at, end))
            return TRUE;
    return FALSE;
}

static void
append_link(GString *out, const Link *link)
{
    if (link->angled)
        g_string_append_c(out, '<');
    g_string_append_len(out, link->kept, (gssize)link->kept_length);
    if (link->angled)
        g_string_append_c(out, '>');
}

static void
links_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str;
    const char *end = text + draft_block(text, MIN(draft->text->len, DRAFT_MEND)), *at = text;
    GString *out = g_string_sized_new(draft->text->len);
    Link link;

    for (const char *found; (found = next_link(text, at, end, &link)); at = found + link.length) {
        g_string_append_len(out, at, found - at);
        const gsize written = out->len;
        append_link(out, &link);
        mend_add(mend, found, link.length, out->str + written, out->len - written);
    }
    g_string_append_len(out, at, text + draft->text->len - at);
    draft_take(draft, out);
}

const RepairStep repair_links = {
    .id = "links",
    .one = N_("1 link written as its text again"),
    .many = N_("%s links written as their texts again"),
    .fidelity = "reflowed",
    .needed = links_needed,
    .mend = links_mend,
    .possible = links_possible,
};
