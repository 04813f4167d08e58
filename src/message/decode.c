/* decode.c: encoded words and 8-bit bytes by GMime; most texts have neither.
 * SPDX-License-Identifier: MIT */
#include "message/decode.h"

#include <string.h>

#include "message/gmime-load.h"

/* Plain ASCII decodes to itself. */
static gboolean
needs_decoding(const char *value)
{
    for (const char *at = value; *at; at++)
        if ((guchar)*at >= 127 || ((guchar)*at < ' ' && *at != '\t') || (*at == '=' && at[1] == '?'))
            return TRUE;
    return FALSE;
}

char *
decode_text(const char *value)
{
    char *decoded = needs_decoding(value) ? gmime()->decode_text(NULL, value) : NULL;

    return decoded ? decoded : g_strdup(value);
}

char *
decode_phrase(const char *phrase)
{
    if (!needs_decoding(phrase))
        return g_strstrip(g_strdup(phrase));
    g_autofree char *decoded = gmime()->decode_phrase(NULL, phrase);
    g_strstrip(decoded);
    if (g_utf8_validate(decoded, -1, NULL))
        return g_steal_pointer(&decoded);
    return gmime()->decode_8bit(NULL, decoded, strlen(decoded));
}
