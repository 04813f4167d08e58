/* markup.c: a stranger's bytes as HTML and as Markdown.
 * SPDX-License-Identifier: MIT */
#include "base/markup.h"

#include <string.h>

#include "base/text.h"

/* What text.h makes of it, cut where it is too long. (transfer full) */
static char *
visible(const char *text)
{
    const gsize length = strlen(text);
    const gsize shown = text_cut(text, length, MARKUP_TEXT_MAX);
    GString *out = g_string_new(NULL);
    text_append_visible(out, text, (gssize)shown);
    if (shown < length)
        g_string_append_printf(out, "... (+%" G_GSIZE_FORMAT ")", length - shown);
    return g_string_free(out, FALSE);
}

/* ---- HTML ---- */

void
markup_append_html(GString *out, const char *text)
{
    g_autofree char *shown = visible(text ? text : "");

    for (const char *at = shown; *at; at++) {
        switch (*at) {
        case '&':
            g_string_append(out, "&amp;");
            break;
        case '<':
            g_string_append(out, "&lt;");
            break;
        case '>':
            g_string_append(out, "&gt;");
            break;
        case '"':
            g_string_append(out, "&quot;");
            break;
        case '\'':
            g_string_append(out, "&#39;");
            break;
        default:
            g_string_append_c(out, *at);
        }
    }
}

void
markup_html(GString *out, const char *template, ...)
{
    va_list args;

    va_start(args, template);
    for (const char *at = template; *at; at++) {
        if (*at == '$')
            markup_append_html(out, va_arg(args, const char *));
        else
            g_string_append_c(out, *at);
    }
    va_end(args);
}

/* ---- Markdown ---- */

static gsize
longest_run(const char *text, char of)
{
    gsize longest = 0, run = 0;

    for (; *text; text++) {
        run = *text == of ? run + 1 : 0;
        longest = MAX(longest, run);
    }
    return longest;
}

static void
append_repeated(GString *out, char c, gsize count)
{
    while (count-- > 0)
        g_string_append_c(out, c);
}

/* CommonMark 0.31, 6.1: a span is closed by as many backticks as opened it; a blank on both sides
 * keeps those of the text apart, and is not shown. A pipe in a cell of a table (GFM, 4.10) is
 * escaped even here. */
static void
append_code(GString *out, const char *shown, gsize length, MarkupPlace place)
{
    g_autofree char *code = g_strndup(shown, length);
    const gsize ticks = longest_run(code, '`') + 1;
    const gboolean apart = code[0] == '`' || g_str_has_suffix(code, "`") ||
                           (code[0] == ' ' && g_str_has_suffix(code, " "));

    append_repeated(out, '`', ticks);
    g_string_append(out, apart ? " " : "");
    for (const char *at = code; *at; at++) {
        if (*at == '|' && place == MARKUP_CELL)
            g_string_append_c(out, '\\');
        g_string_append_c(out, *at);
    }
    g_string_append(out, apart ? " " : "");
    append_repeated(out, '`', ticks);
}

void
markup_append_code(GString *out, const char *text, MarkupPlace place)
{
    g_autofree char *shown = visible(text ? text : "");
    /* Blanks alone would be no code span. */
    const gsize length = strlen(g_strchomp(shown));

    if (length > 0)
        append_code(out, shown, length, place);
}

static gboolean
is_edge(char c)
{
    return strchr(".,;:?()\"'", c) != NULL;
}

/* What GitHub and GitLab look up as a commit. */
static gboolean
is_commit(const char *word, gsize length)
{
    return length >= 7 && strspn(word, "0123456789abcdefABCDEF") >= length;
}

/* Letters with at most an apostrophe or hyphen between, or digits with a dot: no reader of Markdown
 * makes more of it. A hyphen beside digits (GH-12, ABC-12) and letters among them may be
 * references. */
static gboolean
is_harmless(const char *word, gsize length)
{
    gboolean letters = FALSE, digits = FALSE, hyphen = FALSE;

    if (is_commit(word, length))
        return FALSE;
    for (gsize i = 0; i < length; i++) {
        if (g_ascii_isalpha(word[i]))
            letters = TRUE;
        else if (g_ascii_isdigit(word[i]))
            digits = TRUE;
        else if (word[i] == '-' && i > 0 && i + 1 < length)
            hyphen = TRUE;
        else if (word[i] == '\'' && letters)
            continue;
        else if (word[i] != '.' || letters || !digits)
            return FALSE;
    }
    return !(digits && (letters || hyphen));
}

/* A run of ASCII without blanks: punctuation at its edges, and a word or a value between. */
static void
append_run(GString *out, const char *run, gsize length, MarkupPlace place)
{
    gsize start = 0, end = length;

    while (start < end && is_edge(run[start]))
        start++;
    while (end > start && is_edge(run[end - 1]) &&
           !(run[end - 1] == ')' && memchr(run + start, '(', end - start)))
        end--;
    /* Brackets and colons that belong to the value: "From:" is a word, ":smile:" a picture. */
    if (start < end && start > 0 && run[start - 1] == ':') {
        start = 0;
        end = length;
    }
    g_string_append_len(out, run, (gssize)start);
    if (is_harmless(run + start, end - start) || end - start == 0)
        g_string_append_len(out, run + start, (gssize)(end - start));
    else if (end - start == 1 && strchr("-/=+%", run[start]) && out->len > 0)
        g_string_append_c(out, run[start]);
    else
        append_code(out, run + start, end - start, place);
    g_string_append_len(out, run + end, (gssize)(length - end));
}

static gboolean
is_run(char c)
{
    return c > ' ' && c < 0x7F;
}

void
markup_append_markdown(GString *out, const char *text, MarkupPlace place)
{
    g_autofree char *shown = visible(text ? text : "");

    for (const char *at = shown; *at;) {
        const char *end = at;
        while (is_run(*end))
            end++;
        if (end > at) {
            append_run(out, at, (gsize)(end - at), place);
        } else {
            /* Blanks in a row mean nothing here, but at a line's end they would break it. */
            if (*at != ' ' || at[1] != ' ')
                g_string_append_c(out, *at);
            end = at + 1;
        }
        at = end;
    }
}

void
markup_append_fence(GString *out, const char *text)
{
    const gsize ticks = MAX(longest_run(text ? text : "", '`') + 1, 3);
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);

    append_repeated(out, '`', ticks);
    g_string_append(out, "text\n");
    for (char **line = lines; *line; line++) {
        g_autofree char *shown = visible(*line);
        if (*shown || line[1])
            g_string_append_printf(out, "%s\n", shown);
    }
    append_repeated(out, '`', ticks);
    g_string_append(out, "\n");
}

void
markup_markdown(GString *out, const char *template, ...)
{
    const MarkupPlace place = *template == '|' ? MARKUP_CELL : MARKUP_FLOW;
    va_list args;

    va_start(args, template);
    for (const char *at = template; *at; at++) {
        if (*at == '$')
            markup_append_markdown(out, va_arg(args, const char *), place);
        else if (*at == '@')
            markup_append_code(out, va_arg(args, const char *), place);
        else
            g_string_append_c(out, *at);
    }
    va_end(args);
}
