/* html.c: a header copied out of a page's source: &lt;, <br>, <pre>.
 * SPDX-License-Identifier: MIT */
#include "repair/html.h"

#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/entity.h"
#include "repair/letters.h"
#include "repair/marks.h"
#include "repair/names.h"

/* Elements that pages set text in. A header's own <…> holds an address, never one of these. */
static const char *const elements[] = { "a",     "b",    "blockquote", "body", "br",     "code",   "div",
                                        "em",    "font", "html",       "i",    "li",     "ol",
                                        "p",     "pre",  "s",          "span", "strong", "table",
                                        "tbody", "td",   "textarea",   "th",   "tr",     "tt",
                                        "u",     "ul",   "wbr",        NULL };
/* The end of one of these ends a line. */
static const char *const lines[] = { "blockquote", "div", "li", "p", "pre", "tr", NULL };

static gboolean
is_one_of(const char *const *words, const char *word, gsize length)
{
    for (; *words; words++)
        if (((**words ^ *word) & ~0x20) == 0 && strlen(*words) == length && g_ascii_strncasecmp(*words, word, length) == 0)
            return TRUE;
    return FALSE;
}

typedef struct {
    gsize    length;    /* of the whole tag; 0: none */
    gboolean breaks;    /* a line ends here */
    gboolean empty;     /* and what ended before it leaves an empty one */
} Tag;

/* The end of the element's name behind the `<` at `at`. NULL: none of those that pages set text in. */
static const char *
element_end(const char *at, const char *end)
{
    const char *name = at + 1 + (at + 1 < end && at[1] == '/' ? 1 : 0), *stop = name;

    while (stop < end && g_ascii_isalnum(*stop))
        stop++;
    if (stop == name || (stop < end && *stop != '>' && *stop != ' ' && *stop != '/'))
        return NULL;
    return is_one_of(elements, name, (gsize)(stop - name)) ? stop : NULL;
}

gboolean
html_may_be_tag(const char *at, const char *end)
{
    return element_end(at, end) != NULL;
}

static Tag
read_tag(const char *at, const char *end)
{
    const char *stop = element_end(at, end);
    const char *close = stop ? memchr(stop, '>', MIN((gsize)(end - stop), 2000)) : NULL;

    if (!close)
        return (Tag){ 0 };
    const gboolean closes = at[1] == '/';
    const char *name = at + 1 + closes;
    const gsize length = (gsize)(stop - name);
    const gboolean is_break = length == 2 && g_ascii_strncasecmp(name, "br", 2) == 0;
    return (Tag){ (gsize)(close + 1 - at), is_break || (closes && is_one_of(lines, name, length)), is_break };
}

/* &lt;x@y&gt; in place of <x@y>: counted as many times, and as often the real thing stands. */
static void
count_angles(const char *at, const char *end, guint *escaped, guint *plain)
{
    for (; at < end; at++) {
        const gboolean entity = end - at > 4 && g_ascii_strncasecmp(at, "&lt;", 4) == 0;
        if (!entity && *at != '<')
            continue;
        const char *stop = at + (entity ? 4 : 1);
        const char *sign = NULL;
        while (stop < end && stop - at < 300 && !letters_is_space(*stop) && *stop != '>' &&
               *stop != '<') {
            sign = *stop == '@' ? stop : sign;
            if (entity && end - stop >= 4 && g_ascii_strncasecmp(stop, "&gt;", 4) == 0)
                break;
            stop++;
        }
        *escaped += entity && sign && stop < end && *stop == '&' ? 1 : 0;
        *plain += !entity && sign && stop < end && *stop == '>' ? 1 : 0;
    }
}

/* "From:</b>", "From</b>:" */
static gboolean
begins_set_field(const char *at, const char *end)
{
    const char *stop = at;
    FieldName found;

    while (stop < end && letters_in_name(*stop))
        stop++;
    if (!names_find(at, (gsize)(stop - at), &found))
        return FALSE;
    const gboolean inside = stop < end && *stop == ':';
    stop += inside;
    const Tag tag = stop < end && *stop == '<' ? read_tag(stop, end) : (Tag){ 0 };
    return tag.length > 0 && stop[1] == '/' && (inside || (stop + tag.length < end && stop[tag.length] == ':'));
}

/* Blanks and line ends aside. */
static gboolean
stands_behind_tag(const char *block, const char *at)
{
    const char *stop = at;

    while (stop > block && letters_is_space(stop[-1]))
        stop--;
    const char *tag = stop > block && stop[-1] == '>' ? memrchr(block, '<', (gsize)(stop - block)) : NULL;
    return tag && read_tag(tag, stop).length == (gsize)(stop - tag);
}

/* "From: ann@example.com<br>", "To: …": but for the first, no field begins a line of its own. A message as it was sent has such
 * lines, whatever its Subject says. */
static gboolean
ends_lines_by_tags(const char *block, const char *end)
{
    gboolean first = TRUE;

    for (const char *at = block, *stop; at < end; at = stop ? stop + 1 : end) {
        stop = memchr(at, '\n', (gsize)(end - at));
        if (!names_begins_field(at, end, FALSE))
            continue;
        if (!first && !stands_behind_tag(block, at))
            return FALSE;
        first = FALSE;
    }
    return TRUE;
}

/* Tags that a field begins right behind. Where the first field of a text stands as it should, none is set apart by tags. */
static guint
count_tags(const char *block, const char *end)
{
    gboolean asked = FALSE, covered = FALSE, page = FALSE;
    guint count = 0;

    for (const char *at = block; (at = memchr(at, '<', (gsize)(end - at))); at++) {
        const Tag tag = read_tag(at, end);
        if (!tag.length)
            continue;
        const char *next = at + tag.length;
        while (next < end && letters_is_space(*next))
            next++;
        const gboolean begins = names_begins_field(next, end, FALSE);
        if (!begins && !begins_set_field(next, end))
            continue;
        covered = asked ? covered : draft_is_covered(block, (gsize)(end - block));
        page = asked ? page : covered || ends_lines_by_tags(block, end);
        asked = TRUE;
        count += (begins ? page : covered) ? 1 : 0;
    }
    return count;
}

/* So far down the fields of a text are looked for of which each stands in a paragraph of its own. */
#define SPREAD_MAX 8192UL

/* Side by side, glued, or with empty lines between them behind a tag. */
static gboolean
has_fields(const char *head, gsize length, gsize block)
{
    return draft_count_fields(head, block) >= 2 || marks_inner(head, block, 2).glued >= 2 ||
           (draft_is_covered(head, block) && draft_count_fields(head, MIN(length, SPREAD_MAX)) >= 2);
}

static gboolean
html_needed(const char *head, gsize length)
{
    const gsize block = draft_block(head, length);
    guint escaped = 0, plain = 0;

    if (!memchr(head, '&', block) && !memchr(head, '<', block))
        return FALSE;
    count_angles(head, head + block, &escaped, &plain);
    /* Where From: and To: are escaped, neither is a field that must be one. */
    if (plain == 0 && (escaped >= 2 || (escaped >= 1 && has_fields(head, length, block))))
        return TRUE;
    return count_tags(head, head + block) >= 2;
}

static gboolean
html_possible(const char *block, gsize length)
{
    const char *end = block + length;

    for (const char *at = block; (at = memchr(at, '&', (gsize)(end - at))); at++)
        if (end - at > 4 && g_ascii_strncasecmp(at, "&lt;", 4) == 0)
            return TRUE;
    return count_tags(block, end) >= 2;
}

/* `ended`: how much there was when a tag last ended a line. Line ends of the page itself say nothing. */
static void
end_line(GString *out, const Tag *tag, gsize *ended, const char **at, const char *end)
{
    if (out->len > 0 && (out->str[out->len - 1] != '\n' || (tag->empty && out->len == *ended)))
        g_string_append_c(out, '\n');
    *ended = out->len;
    if (*at < end && **at == '\n')
        (*at)++;
}

static void
html_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str, *end = text + draft->text->len;
    GString *out = g_string_sized_new(draft->text->len);
    gsize ended = 0;
    const gboolean tags =
        count_tags(text, text + draft_block(text, MIN(draft->text->len, DRAFT_HEAD))) > 0;

    for (const char *at = text; at < end;) {
        const gsize written = out->len;
        const Tag tag = tags && *at == '<' ? read_tag(at, end) : (Tag){ 0 };
        gsize length = tag.length;
        if (!length && *at == '&')
            length = entity_append(out, at, end);
        if (!length) {
            g_string_append_c(out, *at++);
            continue;
        }
        mend_add(mend, at, (gsize)MIN(end - at, 80), out->str + written, out->len - written);
        at += length;
        if (tag.breaks)
            end_line(out, &tag, &ended, &at, end);
    }
    draft_take(draft, out);
}

const RepairStep repair_html = {
    .id = "html",
    .one = N_("1 HTML escape or tag undone"),
    .many = N_("%s HTML escapes and tags undone"),
    .fidelity = "reflowed",
    .needed = html_needed,
    .mend = html_mend,
    .possible = html_possible,
};
