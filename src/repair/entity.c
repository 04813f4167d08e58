/* entity.c: characters that HTML writes by name or number.
 * SPDX-License-Identifier: MIT */
#include "repair/entity.h"

#include <string.h>

static gsize
append_number(GString *out, const char *at, const char *end)
{
    const gboolean hex = at < end && (*at == 'x' || *at == 'X');
    const char *digits = at + hex;
    guint64 code = 0;

    while (digits < end && digits - at < 9 &&
           (hex ? g_ascii_isxdigit(*digits) : g_ascii_isdigit(*digits))) {
        code = code * (hex ? 16 : 10) + (guint64)g_ascii_xdigit_value(*digits);
        digits++;
    }
    if (digits == at + hex || digits >= end || *digits != ';' ||
        !g_unichar_validate((gunichar)code) || code == 0)
        return 0;
    g_string_append_unichar(out, (gunichar)(code == 0xA0 ? ' ' : code));
    return (gsize)(digits + 1 - at);
}

gsize
entity_append(GString *out, const char *at, const char *end)
{
    static const struct {
        const char *name;
        char c;
    } names[] = { { "&lt;", '<' },  { "&gt;", '>' },    { "&quot;", '"' },
                  { "&amp;", '&' }, { "&apos;", '\'' }, { "&nbsp;", ' ' } };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const gsize length = strlen(names[i].name);
        if ((gsize)(end - at) >= length && g_ascii_strncasecmp(at, names[i].name, length) == 0) {
            g_string_append_c(out, names[i].c);
            return length;
        }
    }
    const gsize number = end - at > 3 && at[1] == '#' ? append_number(out, at + 2, end) : 0;
    return number ? number + 2 : 0;
}
