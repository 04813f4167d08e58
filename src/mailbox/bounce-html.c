/* bounce-html.c: a notice that was written as a page only, as the text that a reader sees.
 * SPDX-License-Identifier: MIT
 *
 * One pass, whatever the page is: what is no tag stays as it stands. Nothing is drawn or fetched. */
#include <string.h>

#include "mailbox/bounce-parts.h"
#include "repair/entity.h"

/* Behind (and, most of them, before) these a new line begins. */
static const char *const lines[] = { "address", "blockquote", "br", "div",   "dd", "dl",    "dt", "form", "h1",
                                     "h2",      "h3",         "h4", "hr",    "li", "ol",    "p",  "pre",  "table",
                                     "tbody",   "title",      "tr", "thead", "ul", "head",  NULL };
/* What stands in these nobody reads. */
static const char *const unseen[] = { "script", "style", NULL };

/* A longer tag is none: each `<` is looked at, and no further than this. */
#define TAG_MAX 2000

typedef struct {
    GString    *out;
    const char *end;
    guint       pre;        /* <pre> within <pre> within … */
} Page;

static gboolean
is_one_of(const char *const *words, const char *name, gsize length)
{
    for (; *words; words++)
        if (strlen(*words) == length && g_ascii_strncasecmp(*words, name, length) == 0)
            return TRUE;
    return FALSE;
}

static char
last(const Page *page)
{
    return page->out->len > 0 ? page->out->str[page->out->len - 1] : '\n';
}

static void
break_line(Page *page)
{
    if (last(page) == ' ' && page->pre == 0)
        g_string_truncate(page->out, page->out->len - 1);
    if (last(page) != '\n')
        g_string_append_c(page->out, '\n');
}

static void
put_blank(Page *page)
{
    if (last(page) != ' ' && last(page) != '\n')
        g_string_append_c(page->out, ' ');
}

/* At the "</NAME" that ends an element whose text nobody sees, or at the end of the page.
 * The caller reads that tag next. */
static const char *
pass_unseen(const Page *page, const char *at, const char *name, gsize length)
{
    while ((at = memchr(at, '<', (gsize)(page->end - at)))) {
        if ((gsize)(page->end - at) > length + 2 && at[1] == '/' &&
            g_ascii_strncasecmp(at + 2, name, length) == 0)
            return at;
        at++;
    }
    return page->end;
}

/* Behind "-->"; a comment that does not end takes the rest. */
static const char *
pass_comment(const Page *page, const char *at)
{
    const char *close = g_strstr_len(at, page->end - at, "-->");

    return close ? close + 3 : page->end;
}

/* Behind the tag at `at`; `at` itself where it is none, but a sign in the text ("<a@example.com>"). */
static const char *
pass_tag(Page *page, const char *at)
{
    const gboolean closes = at + 1 < page->end && at[1] == '/';
    const char *name = at + 1 + closes, *stop = name;

    if (page->end - at > 4 && strncmp(at, "<!--", 4) == 0)
        return pass_comment(page, at + 4);
    while (stop < page->end && g_ascii_isalnum(*stop))
        stop++;
    const gsize length = (gsize)(stop - name);
    const gboolean mark = length == 0 && name < page->end && (*name == '!' || *name == '?');
    if ((length == 0 && !mark) || (stop < page->end && !strchr(" \t\r\n/>!?:", *stop)))
        return at;
    const char *close = memchr(stop, '>', MIN((gsize)(page->end - stop), TAG_MAX));
    if (!close)
        return at;
    if (is_one_of(lines, name, length))
        break_line(page);
    else if (length == 2 && (g_ascii_strncasecmp(name, "td", 2) == 0 || g_ascii_strncasecmp(name, "th", 2) == 0))
        put_blank(page);
    if (length == 3 && g_ascii_strncasecmp(name, "pre", 3) == 0)
        page->pre = closes ? page->pre - (page->pre > 0) : page->pre + 1;
    return !closes && is_one_of(unseen, name, length) ? pass_unseen(page, close + 1, name, length) : close + 1;
}

GBytes *
bounce_page_text(const char *html, gsize length)
{
    Page page = { g_string_sized_new(length), html + length, 0 };

    for (const char *at = html; at < page.end;) {
        const char *next = *at == '<' ? pass_tag(&page, at) : at;
        if (next == at && *at == '&')
            next += entity_append(page.out, at, page.end);
        if (next > at) {
            at = next;
        } else if (page.pre == 0 && strchr(" \t\r\n", *at)) {
            put_blank(&page);
            at++;
        } else {
            g_string_append_c(page.out, *at++);
        }
    }
    return g_string_free_to_bytes(page.out);
}
