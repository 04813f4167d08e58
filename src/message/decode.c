/* decode.c: encoded words and 8-bit bytes; GMime is asked where they are not plain.
 * SPDX-License-Identifier: MIT */
#include "message/decode.h"

#include <string.h>

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

/* GMime hands on words of UTF-8 that are none. */
static char *
as_utf8(char *decoded)
{
    if (g_utf8_validate(decoded, -1, NULL))
        return decoded;
    g_autofree char *broken = decoded;
    g_autofree char *guessed = gmime()->decode_8bit(NULL, broken, strlen(broken));
    return g_utf8_make_valid(guessed ? guessed : broken, -1);
}

char *
decode_text(const char *value)
{
    if (!needs_decoding(value))
        return g_strdup(value);
    char *words = words_decode(value);
    if (words)
        return words;
    charset_ready_words(value);
    char *decoded = gmime()->decode_text(NULL, value);
    return as_utf8(decoded ? decoded : g_strdup(value));
}

char *
decode_phrase(const char *phrase)
{
    if (!needs_decoding(phrase))
        return g_strstrip(g_strdup(phrase));
    char *words = words_decode(phrase);
    if (words)
        return g_strstrip(words);
    charset_ready_words(phrase);
    return as_utf8(g_strstrip(gmime()->decode_phrase(NULL, phrase)));
}
