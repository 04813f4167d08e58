/* decode.c: encoded words and 8-bit bytes; GMime is asked where they are not plain.
 * SPDX-License-Identifier: MIT */
#include "message/decode.h"

#include <string.h>

#include "base/base64.h"
#include "base/text.h"
#include "message/charset.h"
#include "message/gmime-load.h"
#include "message/words.h"

/* Plain ASCII decodes to itself. */
static gboolean
needs_decoding(const char *value)
{
    for (const char *at = value; *at; at++)
        if ((guchar)*at >= 127 || ((guchar)*at < ' ' && *at != '\t') || (*at == '=' && at[1] == '?'))
            return TRUE;
    return FALSE;
}

/* Nobody says in which set bytes are that stand in a header as they are and are no UTF-8: GMime would guess, and so would a
 * reader who saw the guess. Its words of UTF-8 that are none come out so, too. (transfer full) */
static char *
with_visible_bytes(const char *text)
{
    const char *end = text + strlen(text);
    GString *out = g_string_new(NULL);

    for (const char *at = text; at < end;) {
        const char *start = at;
        gunichar code;
        if (text_next(&at, end, &code) == TEXT_INVALID)
            g_string_append_printf(out, "\\x%02X", code);
        else
            g_string_append_len(out, start, at - start);
    }
    return g_string_free(out, FALSE);
}

/* Takes `text` over. */
static char *
as_utf8(char *text)
{
    if (g_utf8_validate(text, -1, NULL))
        return text;
    char *visible = with_visible_bytes(text);
    g_free(text);
    return visible;
}

/* ---- NUL in a word ---- */

/* Octets of zero are part of these. */
static gboolean
is_wide(const char *charset)
{
    static const char *const names[] = { "utf-16", "utf16", "utf-32", "utf32", "ucs", "iso-10646", "csunicode", "unicode" };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strncasecmp(charset, names[i], strlen(names[i])) == 0)
            return TRUE;
    return FALSE;
}

static void
mark_quoted(char *text, const char *end)
{
    for (; end - text >= 3; text++)
        if (memcmp(text, "=00", 3) == 0)
            memcpy(text, "=3F", 3);
}

static void
mark_base64(char *text, gsize size)
{
    gsize length = 0;
    g_autofree char *word = g_strndup(text, size);
    g_autofree guint8 *bytes = base64_decode(word, &length);

    if (!bytes || !memchr(bytes, 0, length))
        return;
    for (gsize i = 0; i < length; i++)
        bytes[i] = bytes[i] ? bytes[i] : '?';
    g_autofree char *marked = g_base64_encode(bytes, length);
    memcpy(text, marked, MIN(size, strlen(marked)));
}

/* GMime ends its text where a word of another set than UTF-8 holds a NUL, and nobody would see the rest. In place of it a
 * question mark is read, as GMime has it in UTF-8. */
static void
mark_nul(char *value)
{
    for (char *word = strstr(value, "=?"); word; word = strstr(word + 2, "=?")) {
        char *kind = strchr(word + 2, '?');
        char *text = kind && kind[1] && kind[2] == '?' ? kind + 3 : NULL;
        const char *end = text ? strchr(text, '?') : NULL;
        if (!end || is_wide(word + 2))
            continue;
        if ((kind[1] | 0x20) == 'q')
            mark_quoted(text, end);
        else if ((kind[1] | 0x20) == 'b')
            mark_base64(text, (gsize)(end - text));
    }
}

/* What GMime is asked to decode. */
static void
make_ready(char *value)
{
    mark_nul(value);
    charset_ready_words(value);
}

char *
decode_text(const char *value)
{
    if (!needs_decoding(value))
        return g_strdup(value);
    g_autofree char *sound = as_utf8(g_strdup(value));
    char *words = words_decode(sound);
    if (words)
        return words;
    make_ready(sound);
    char *decoded = gmime()->decode_text(NULL, sound);
    return decoded ? as_utf8(decoded) : g_steal_pointer(&sound);
}

char *
decode_phrase(const char *phrase)
{
    if (!needs_decoding(phrase))
        return g_strstrip(g_strdup(phrase));
    g_autofree char *sound = as_utf8(g_strdup(phrase));
    char *words = words_decode(sound);
    if (words)
        return g_strstrip(words);
    make_ready(sound);
    return as_utf8(g_strstrip(gmime()->decode_phrase(NULL, sound)));
}
