/* body.c: the border between header and body where the empty line is lost.
 * SPDX-License-Identifier: MIT */
#include "repair/body.h"

#include <string.h>

#include "repair/letters.h"

/* RFC 2046, 5.1.1 allows 70; some write more. */
#define BOUNDARY_MAX 200
/* Less than this behind the last value is no body. */
#define BODY_MIN 20

static const char *
find(const char *at, const char *end, const char *word)
{
    const gsize length = strlen(word);

    for (; (gsize)(end - at) >= length && at < end; at++)
        if (g_ascii_tolower(*at) == word[0] && g_ascii_strncasecmp(at, word, length) == 0)
            return at;
    return NULL;
}

/* "--" and the boundary's name, behind the parameter that gives it. */
static gsize
first_boundary(const char *text, gsize length)
{
    const char *end = text + length, *at = find(text, end, "boundary=");

    if (!at)
        return length;
    at += strlen("boundary=");
    const gboolean quoted = at < end && *at == '"';
    at += quoted;
    const char *stop = at;
    while (stop < end && stop - at < BOUNDARY_MAX &&
           (quoted ? *stop != '"' : !letters_is_space(*stop) && *stop != ';'))
        stop++;
    if (stop - at < 1 || stop >= end)
        return length;
    g_autofree char *line = g_strdup_printf("--%.*s", (int)(stop - at), at);
    const char *found = g_strstr_len(stop, end - stop, line);
    while (found && found > stop && !letters_is_space(found[-1]))
        found = g_strstr_len(found + 1, end - found - 1, line);
    return found ? (gsize)(found - text) : length;
}

/* A page's first tag, with a blank before it: no header value holds one. */
static gsize
first_page(const char *text, gsize length)
{
    static const char *const tags[] = { "<!doctype", "<html", "<body", "<div", "<table" };
    gsize first = length;

    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
        const char *at = find(text, text + first, tags[i]);
        while (at && (at == text || !letters_is_space(at[-1])))
            at = find(at + 1, text + first, tags[i]);
        if (at)
            first = (gsize)(at - text);
    }
    return first;
}

gsize
body_limit(const char *text, gsize length)
{
    const gsize boundary = first_boundary(text, length);

    return MIN(boundary, first_page(text, boundary));
}

static gsize
skip_blanks(const char *text, gsize at, gsize length)
{
    while (at < length && letters_is_space(text[at]))
        at++;
    return at;
}

static gsize
skip_word(const char *text, gsize at, gsize length)
{
    while (at < length && !letters_is_space(text[at]))
        at++;
    return at;
}

static gsize
skip_comment(const char *text, gsize at, gsize length)
{
    const gsize open = skip_blanks(text, at, length);
    const char *close =
        open < length && text[open] == '(' ? memchr(text + open, ')', length - open) : NULL;

    return close ? (gsize)(close - text) + 1 : at;
}

/* "name=value" and "name = value", quoted or not: its end, or `at` where it is none. */
static gsize
end_of_parameter(const char *text, gsize at, gsize length)
{
    gsize place = skip_blanks(text, at, length);
    const gsize name = place;

    while (place < length && (g_ascii_isalnum(text[place]) || strchr("-_*", text[place])))
        place++;
    const gsize equals = skip_blanks(text, place, length);
    if (place == name || equals >= length || text[equals] != '=')
        return at;
    place = skip_blanks(text, equals + 1, length);
    if (place < length && text[place] == '"') {
        const char *close = memchr(text + place + 1, '"', length - place - 1);
        place = close ? (gsize)(close - text) : place;
    }
    return skip_word(text, place, length);
}

/* One word and its parameters: Content-Type, Content-Disposition. */
static gsize
end_of_words(const char *text, gsize at, gsize length)
{
    gsize end = skip_word(text, skip_blanks(text, at, length), length);

    for (gsize next; (next = end_of_parameter(text, end, length)) > end;)
        end = next;
    return skip_comment(text, end, length);
}

/* <…>, <…>, … */
static gsize
end_of_angles(const char *text, gsize at, gsize length)
{
    for (gsize end = at;;) {
        const gsize next = skip_blanks(text, end, length);
        const char *close =
            next < length && text[next] == '<' ? memchr(text + next, '>', length - next) : NULL;
        if (!close)
            return end == at ? length : end;
        end = (gsize)(close - text) + 1;
        if (end < length && text[end] == ',')
            end++;
    }
}

static gsize
end_of_date(const char *text, gsize at, gsize length)
{
    const gsize limit = MIN(length, at + 60);

    for (; at + 5 <= limit; at++)
        if ((text[at] == '+' || text[at] == '-') && g_ascii_isdigit(text[at + 1]) &&
            g_ascii_isdigit(text[at + 4]))
            return skip_comment(text, at + 5, length);
    return length;
}

gsize
body_after(const char *text, const Mark *last, gsize length)
{
    const gsize at = last->colon + 1;
    gsize end = length;

    switch (last->kind) {
    case VALUE_WORD:
    case VALUE_VERSION:
    case VALUE_ENCODING:
    case VALUE_TYPE: end = end_of_words(text, at, length); break;
    case VALUE_ID:
    case VALUE_LINKS: end = end_of_angles(text, at, length); break;
    case VALUE_DATE: end = end_of_date(text, at, length); break;
    default: return length;
    }
    const gsize body = skip_blanks(text, end, length);
    return body + BODY_MIN <= length && body > end ? body : length;
}
