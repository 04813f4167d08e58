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

static inline int
digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "utf-8" or "us-ascii", ended by a question mark; moves behind that. */
static gboolean
take_charset(const char **at, gboolean *ascii)
{
    *ascii = (*at)[1] == 's' || (*at)[1] == 'S';
    if (g_ascii_strncasecmp(*at, *ascii ? "us-ascii?" : "utf-8?", *ascii ? 9 : 6) != 0)
        return FALSE;
    *at += *ascii ? 9 : 6;
    return TRUE;
}

/* RFC 2047, 4.2. Where the text ends that [at, end) says; NULL. What is written is never longer than what was read. */
static char *
put_quoted(char *out, const char *at, const char *end)
{
    for (; at < end; at++) {
        if (*at != '=') {
            *out++ = (char)(*at == '_' ? ' ' : *at);
            continue;
        }
        const int high = end - at > 2 ? digit(at[1]) : -1, low = high >= 0 ? digit(at[2]) : -1;
        if (low < 0)
            return NULL;
        *out++ = (char)(high << 4 | low);
        at += 2;
    }
    return out;
}

/* 4.1: whole groups of four letters. */
static char *
put_base64(char *out, const char *at, const char *end)
{
    gsize length;

    if ((end - at) % 4 != 0 || !base64_decode_into(at, (gsize)(end - at), (guint8 *)out, &length))
        return NULL;
    return out + length;
}

/* What a word says: UTF-8 by itself, nothing in it that does not show. */
static gboolean
is_clear(const char *text, gsize length, gboolean ascii)
{
    guchar high = 0;

    for (gsize i = 0; i < length; i++) {
        if ((guchar)text[i] < ' ' || text[i] == 127)
            return FALSE;
        high |= (guchar)text[i];
    }
    return length > 0 && (high < 128 || (!ascii && g_utf8_validate(text, (gssize)length, NULL)));
}

/* The word [at, end), no blank in it. */
static char *
put_word(char *out, const char *at, const char *end)
{
    char *to = NULL;
    gboolean ascii;

    if (end - at < 8 || memcmp(end - 2, "?=", 2) != 0)
        return NULL;
    at += 2;
    end -= 2;
    if (!take_charset(&at, &ascii) || end - at < 3 || at[1] != '?' ||
        memchr(at + 2, '?', (gsize)(end - at - 2)))
        return NULL;
    if (*at == 'b' || *at == 'B')
        to = put_base64(out, at + 2, end);
    else if (*at == 'q' || *at == 'Q')
        to = put_quoted(out, at + 2, end);
    return to && is_clear(out, (gsize)(to - out), ascii) ? to : NULL;
}

/* Of a word that is none: nothing that another reader would take for the beginning of one. */
static gboolean
is_plain(const char *at, const char *end)
{
    guchar high = 0;

    for (const char *c = at; c < end; c++) {
        if ((guchar)*c <= ' ' || *c == 127 || *c == '"' || *c == '(' || *c == ')' || *c == '\\' ||
            (*c == '=' && c + 1 < end && c[1] == '?'))
            return FALSE;
        high |= (guchar)*c;
    }
    return high < 128 || g_utf8_validate(at, end - at, NULL);
}

static char *
put_plain(char *out, const char *at, const char *end)
{
    if (!is_plain(at, end))
        return NULL;
    memcpy(out, at, (gsize)(end - at));
    return out + (end - at);
}

/* Blanks between two encoded words belong to the encoding (6.2). */
char *
words_decode(const char *value)
{
    char *const text = g_malloc(strlen(value) + 4);
    char *out = text;
    const char *at = value;
    gboolean encoded = FALSE;

    while (*at && out) {
        const char *word = at, *end;
        while (is_blank(*word))
            word++;
        for (end = word; *end && !is_blank(*end); end++)
            continue;
        const gboolean opens = end - word > 2 && word[0] == '=' && word[1] == '?';
        if (!(encoded && opens)) {
            memcpy(out, at, (gsize)(word - at));
            out += word - at;
        }
        out = opens ? put_word(out, word, end) : put_plain(out, word, end);
        encoded = opens;
        at = end;
    }
    if (out) {
        *out = '\0';
        return text;
    }
    g_free(text);
    return NULL;
}
