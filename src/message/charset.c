/* charset.c: keeps tables of character sets loaded.
 * SPDX-License-Identifier: MIT */
#include "message/charset.h"

#include <iconv.h>
#include <string.h>

#include "base/inside.h"
#include "message/gmime-load.h"

#define NEED "charset:"
#define NAME_MAX_LENGTH 50

/* "=?charset*language?" (RFC 2047, 2; RFC 2231, 5) */
static gsize
name_length(const char *name, gsize length)
{
    gsize count = 0;

    while (count < length && name[count] != '*')
        count++;
    return count;
}

/* GMime knows what mail means by its names. A descriptor that is open keeps the tables loaded. */
static iconv_t
open_set(const char *name)
{
    return iconv_open("UTF-8", gmime()->charset_iconv_name(name));
}

void
charset_ready(const char *name, gsize length)
{
    const gsize count = name_length(name, length);

    if (!inside_confined() || count == 0 || count > NAME_MAX_LENGTH)
        return;
    g_autofree char *set = g_ascii_strdown(name, (gssize)count);
    const iconv_t open = open_set(set);
    if (open != (iconv_t)-1) {
        iconv_close(open);
        return;
    }
    g_autofree char *need = g_strconcat(NEED, set, NULL);
    inside_need(need);
}

void
charset_ready_words(const char *value)
{
    if (!inside_confined())
        return;
    for (const char *at = strstr(value, "=?"); at; at = strstr(at, "=?")) {
        at += 2;
        const char *end = strpbrk(at, "? \t\r\n");
        if (end && *end == '?')
            charset_ready(at, (gsize)(end - at));
    }
}

gboolean
charset_warm(const char *need)
{
    if (!g_str_has_prefix(need, NEED))
        return FALSE;
    (void)open_set(need + strlen(NEED));
    return TRUE;
}

void
charset_warm_usual(void)
{
    static const char *const names[] = {
        "iso-8859-1", "iso-8859-2", "iso-8859-15", "windows-1250", "windows-1251", "windows-1252",
        "koi8-r", "iso-2022-jp", "shift_jis", "euc-jp", "gb2312", "gb18030", "big5", "euc-kr",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        (void)open_set(names[i]);
}
