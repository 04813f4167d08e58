/* words.c: `=?UTF-8?B?…?=` and `=?UTF-8?Q?…?=`, where there is one reading only.
 * SPDX-License-Identifier: MIT */
#include "message/words.h"

#include <string.h>

#include "base/base64.h"

static gboolean
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* "utf-8" or "us-ascii", ended by a question mark; moves behind that. */
static gboolean
take_charset(const char **at, gboolean *ascii)
{
    *ascii = g_ascii_strncasecmp(*at, "us-ascii?", 9) == 0;
    if (!*ascii && g_ascii_strncasecmp(*at, "utf-8?", 6) != 0)
        return FALSE;
    *at += *ascii ? 9 : 6;
    return TRUE;
}

/* RFC 2047, 4.2 */
static gboolean
append_quoted(GString *out, const char *at, const char *end)
{
    for (; at < end; at++) {
        const int high = *at == '=' && end - at > 2 ? g_ascii_xdigit_value(at[1]) : -1;
        const int low = high >= 0 ? g_ascii_xdigit_value(at[2]) : -1;
        if (*at == '=' && low < 0)
            return FALSE;
        g_string_append_c(out, *at == '_' ? ' ' : low >= 0 ? (char)(high << 4 | low) : *at);
        at += low >= 0 ? 2 : 0;
    }
    return TRUE;
}

/* 4.1: whole groups of four letters. */
static gboolean
append_base64(GString *out, const char *at, const char *end)
{
    gsize length = 0;
    g_autofree char *text = g_strndup(at, (gsize)(end - at));
    g_autofree guint8 *bytes = (end - at) % 4 == 0 ? base64_decode(text, &length) : NULL;

    if (bytes)
        g_string_append_len(out, (const char *)bytes, (gssize)length);
    return bytes != NULL;
}

/* What a word says: UTF-8 by itself, nothing in it that does not show. */
static gboolean
is_clear(const char *text, gsize length, gboolean ascii)
{
    for (gsize i = 0; i < length; i++)
        if ((guchar)text[i] < ' ' || text[i] == 127 || (ascii && (guchar)text[i] > 127))
            return FALSE;
    return length > 0 && g_utf8_validate(text, (gssize)length, NULL);
}

/* The word [at, end), no blank in it. */
static gboolean
append_word(GString *out, const char *at, const char *end)
{
    const gsize written = out->len;
    gboolean ascii, good = FALSE;

    if (end - at < 8 || memcmp(end - 2, "?=", 2) != 0)
        return FALSE;
    at += 2;
    end -= 2;
    if (!take_charset(&at, &ascii) || end - at < 3 || at[1] != '?' ||
        memchr(at + 2, '?', (gsize)(end - at - 2)))
        return FALSE;
    if (*at == 'b' || *at == 'B')
        good = append_base64(out, at + 2, end);
    else if (*at == 'q' || *at == 'Q')
        good = append_quoted(out, at + 2, end);
    return good && is_clear(out->str + written, out->len - written, ascii);
}

/* Of a word that is none: nothing that another reader would take for the beginning of one. */
static gboolean
is_plain(const char *at, const char *end)
{
    for (const char *c = at; c < end; c++)
        if ((guchar)*c <= ' ' || *c == 127 || strchr("\"()\\", *c) ||
            (*c == '=' && c + 1 < end && c[1] == '?'))
            return FALSE;
    return g_utf8_validate(at, end - at, NULL);
}

/* Blanks between two encoded words belong to the encoding (6.2). */
char *
words_decode(const char *value)
{
    GString *out = g_string_sized_new(strlen(value));
    const char *at = value;
    gboolean encoded = FALSE, good = TRUE;

    while (*at && good) {
        const char *word = at + strspn(at, " \t"), *end = word;
        while (*end && !is_blank(*end))
            end++;
        const gboolean opens = end - word > 2 && word[0] == '=' && word[1] == '?';
        if (!(encoded && opens))
            g_string_append_len(out, at, word - at);
        if (opens)
            good = append_word(out, word, end);
        else if ((good = is_plain(word, end)))
            g_string_append_len(out, word, end - word);
        encoded = opens;
        at = end;
    }
    return g_string_free(out, !good);
}
