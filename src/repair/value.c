/* value.c: what values look like, kind by kind.
 * SPDX-License-Identifier: MIT
 *
 * In prose "Date: is 3 to 6 hours before Received: date" names two fields and begins none: the
 * value tells. */
#include "repair/value.h"

#include <string.h>

#include "repair/letters.h"

#define LOOK_MAX 200

static const char *
skip_space(const char *at, const char *end)
{
    while (at < end && letters_is_space(*at))
        at++;
    return at;
}

static const char *
word_end(const char *at, const char *end)
{
    while (at < end && !letters_is_space(*at))
        at++;
    return at;
}

static gboolean
begins_with(const char *at, const char *end, const char *word)
{
    const gsize length = strlen(word);

    return (gsize)(end - at) >= length && g_ascii_strncasecmp(at, word, length) == 0;
}

static gboolean
begins_with_any(const char *at, const char *end, const char *const *words)
{
    for (; *words; words++)
        if (begins_with(at, end, *words))
            return TRUE;
    return FALSE;
}

/* `<` … `>` without a blank: an address or an empty path. */
static gboolean
is_angle(const char *at, const char *end)
{
    if (at >= end || *at != '<')
        return FALSE;
    for (at++; at < end && !letters_is_space(*at) && *at != '<'; at++)
        if (*at == '>')
            return TRUE;
    return FALSE;
}

static gboolean
word_is_address(const char *at, const char *end)
{
    const char *stop = word_end(at, end);
    const char *sign = memchr(at, '@', (gsize)(stop - at));

    return sign && sign > at && sign + 1 < stop && (g_ascii_isalnum(sign[1]) || sign[1] == '[') &&
           *at != '(' && !memchr(at, ';', (gsize)(sign - at));
}

/* Words, quoted words or comments, then `<local@domain>`. A field that begins in between would be
 * in the way, and so would a quote that only ends there: then this is the inside of one, `"Fw: To:
 * all" <…>`. */
static gboolean
name_and_angle(const char *at, const char *end)
{
    static const char stops[256] = { ['<'] = 1, ['"'] = 1, ['('] = 1, ['>'] = 1, [':'] = 1 };

    for (; at < end; at++) {
        if (!stops[(guchar)*at])
            continue;
        if (*at == '<')
            return is_angle(at, end);
        if (*at == '"' || *at == '(') {
            at = memchr(at + 1, *at == '"' ? '"' : ')', (gsize)(end - at - 1));
            if (!at)
                return FALSE;
        } else if (*at == '>' || (*at == ':' && at + 1 < end && letters_is_wsp(at[1]))) {
            return FALSE;
        }
    }
    return FALSE;
}

static gboolean
is_address(const char *at, const char *end)
{
    return is_angle(at, end) || begins_with(at, end, "=?") || begins_with(at, end, "undisclosed") ||
           word_is_address(at, end) || name_and_angle(at, end);
}

static gboolean
is_date(const char *at, const char *end)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", NULL };

    if (at < end && g_ascii_isdigit(*at))
        return TRUE;
    if (!begins_with_any(at, end, days))
        return FALSE;
    /* "Tue, 19 Sep" and "Tue Sep 19", not "Monday we meet". */
    for (gsize i = 0; i < 12 && at < end; i++, at++)
        if (g_ascii_isdigit(*at))
            return TRUE;
    return FALSE;
}

static gboolean
is_tags(const char *at, const char *end)
{
    gsize length = 0;

    while (at < end && length < 6 && g_ascii_isalpha(*at)) {
        at++;
        length++;
    }
    at = skip_space(at, end);
    return length > 0 && at < end && *at == '=';
}

static gboolean
is_results(const char *at, const char *end)
{
    static const char *const words[] = { "pass",      "fail",      "softfail", "neutral", "none",
                                         "temperror", "permerror", "error",    "unknown", "i=",
                                         "dkim=",     "spf=",      NULL };
    const char *stop = word_end(at, end);

    if (begins_with_any(at, end, words))
        return TRUE;
    /* An authserv-id, then a semicolon; Microsoft has none. */
    return stop > at &&
           (stop[-1] == ';' || memchr(at, '=', (gsize)(stop - at)) ||
            memchr(at, ';', (gsize)(stop - at)) ||
            (memchr(at, '.', (gsize)(stop - at)) && memchr(at, ';', (gsize)(end - at))));
}

static gboolean
is_type(const char *at, const char *end)
{
    const char *start = at;

    while (at < end && (g_ascii_isalnum(*at) || *at == '-' || *at == '.' || *at == '+'))
        at++;
    return at > start && at + 1 < end && *at == '/' && g_ascii_isalnum(at[1]);
}

/* One word, then the next field or nothing. */
static gboolean
is_lone_word(const char *at, const char *end)
{
    const char *stop = word_end(at, end);
    const char *next = skip_space(stop, end), *name = next;

    while (next < end && letters_in_name(*next))
        next++;
    return stop > at && (name == end || (next > name && next < end && *next == ':'));
}

gboolean
value_fits(ValueKind kind, const char *at, const char *end)
{
    static const char *const encodings[] = { "7bit",   "8bit", "base64", "quoted-printable",
                                             "binary", NULL };
    static const char *const traces[] = { "from ", "by ",    "(",    "from\t",
                                          "by\t",  "from\n", "by\n", NULL };

    if (end - at > LOOK_MAX)
        end = at + LOOK_MAX;
    at = skip_space(at, end);
    switch (kind) {
    case VALUE_ADDRESS: return is_address(at, end);
    case VALUE_DATE: return is_date(at, end);
    case VALUE_ID: return at < end && *at == '<';
    case VALUE_LINKS: return at < end && (*at == '<' || name_and_angle(at, end));
    case VALUE_TRACE: return begins_with_any(at, end, traces);
    case VALUE_TAGS: return is_tags(at, end);
    case VALUE_RESULTS: return is_results(at, end);
    case VALUE_VERSION: return at < end && g_ascii_isdigit(*at);
    case VALUE_TYPE: return is_type(at, end);
    case VALUE_ENCODING: return begins_with_any(at, end, encodings);
    case VALUE_WORD: return is_lone_word(at, end);
    default: return FALSE;
    }
}

/* A name that ends as names do in `h=` or in an address: no type, and no word of a hop. */
static gboolean
is_name_in_list(const char *at, const char *end)
{
    const char *most = end - at > LOOK_MAX ? at + LOOK_MAX : end;

    while (at < most && letters_in_name(*at))
        at++;
    return at < most && (*at == ':' || *at == ';' || *at == '@');
}

/* "base64", "binary", "quoted-printable", or a day: by a letter or two. */
static gboolean
may_begin_code_or_day(const char *at, const char *end)
{
    switch (*at | 32) {
    case 'b': case 'q':
        return TRUE;
    case 'm': case 't': case 'w': case 'f': case 's':
        return end - at > 2 && strchr("neduit", at[2] | 32) != NULL;
    default:
        return FALSE;
    }
}

gboolean
value_may_be_tight(const char *at, const char *end)
{
    if (letters_is_space(*at) || *at == '<' || *at == '(' || g_ascii_isdigit(*at))
        return TRUE;
    return may_begin_code_or_day(at, end) || !is_name_in_list(at, end);
}

/* "+0900", "GMT", "(JST)" */
static gboolean
ends_as_date(const char *at, const char *end)
{
    if (end - at < 5)
        return FALSE;
    return end[-1] == ')' || (g_ascii_isdigit(end[-1]) && (end[-5] == '+' || end[-5] == '-')) ||
           (g_ascii_isupper(end[-1]) && g_ascii_isupper(end[-2]));
}

/* A closing bracket, or a last word that no sentence holds: an identifier, a number, base64. */
static gboolean
is_code(const char *at, const char *end)
{
    const char *word = end;
    gboolean code = FALSE;

    if (strchr(")>}]", end[-1]))
        return TRUE;
    while (word > at && !letters_is_space(word[-1]))
        word--;
    if (end[-1] == ':' || end[-1] == ',' || (word > at && end - word < 16))
        return FALSE;
    for (; word < end; word++)
        code = code || g_ascii_isdigit(*word) || strchr("@=/_", *word);
    return code;
}

gboolean
value_is_complete(ValueKind kind, const char *at, const char *end)
{
    at = skip_space(at, end);
    while (end > at && letters_is_space(end[-1]))
        end--;
    if (end == at)
        return FALSE;
    switch (kind) {
    case VALUE_ADDRESS: return end[-1] == '>' || word_is_address(at, end);
    case VALUE_ID:
    case VALUE_LINKS: return end[-1] == '>';
    case VALUE_DATE:
    case VALUE_TRACE: return ends_as_date(at, end);
    case VALUE_VERSION: return g_ascii_isdigit(end[-1]) || end[-1] == ')';
    case VALUE_TYPE: return end[-1] != ';' && end[-1] != '=';
    case VALUE_TAGS: return end[-1] != ':' && end[-1] != '|';
    case VALUE_ENCODING:
    case VALUE_WORD: return word_end(at, end) == end && end[-1] != ':';
    case VALUE_ANY: return is_code(at, end);
    default: return FALSE;
    }
}
