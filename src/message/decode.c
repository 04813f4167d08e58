/* decode.c: encoded words and 8-bit bytes; GMime is asked where they are not plain.
 * SPDX-License-Identifier: MIT */
#include "message/decode.h"

#include <string.h>

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

char *
decode_text(const char *value)
{
    if (!needs_decoding(value))
        return g_strdup(value);
    g_autofree char *sound = as_utf8(g_strdup(value));
    char *words = words_decode(sound);
    if (words)
        return words;
    charset_ready_words(sound);
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
    charset_ready_words(sound);
    return as_utf8(g_strstrip(gmime()->decode_phrase(NULL, sound)));
}
