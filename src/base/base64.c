/* base64.c: GLib's decoder behind a strict check.
 * SPDX-License-Identifier: MIT */
#include "base/base64.h"

#include <string.h>

guint8 *
base64_decode(const char *text, gsize *length)
{
    gsize digits = strlen(text);

    for (int padding = 0; padding < 2 && digits > 0 && text[digits - 1] == '='; padding++)
        digits--;
    if (digits == 0 || digits % 4 == 1)
        return NULL;
    for (gsize i = 0; i < digits; i++)
        if (!g_ascii_isalnum(text[i]) && text[i] != '+' && text[i] != '/')
            return NULL;
    g_autofree char *padded = g_strdup_printf("%.*s%s", (int)digits, text,
                                              digits % 4 == 2 ? "==" : digits % 4 == 3 ? "=" : "");
    return g_base64_decode(padded, length);
}
