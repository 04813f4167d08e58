/* zoneword.c: words, TTLs and character-strings of zone files (RFC 1035, 5.1).
 * SPDX-License-Identifier: MIT */
#include "dns/zoneword.h"

#include <string.h>

#include "base/text.h"

#define FAULT_MAX 200           /* a hostile line is quoted in part */
#define TTL_MAX   G_MAXINT32    /* RFC 2181, 8 */

gboolean
zoneword_fault(GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *visible = text_visible(text, (gssize)strnlen(text, FAULT_MAX));
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, visible);
    return FALSE;
}

void
zoneword_pass_blanks(const char **cursor)
{
    while (**cursor == ' ' || **cursor == '\t')
        (*cursor)++;
}

char *
zoneword_next(const char **cursor)
{
    zoneword_pass_blanks(cursor);
    const char *start = *cursor;
    const char *c = start;
    while (*c && *c != ' ' && *c != '\t')
        c += c[0] == '\\' && c[1] ? 2 : 1;
    *cursor = c;
    return c > start ? g_strndup(start, (gsize)(c - start)) : NULL;
}

gboolean
zoneword_ttl(const char *word, gint64 *ttl)
{
    static const struct { char unit; gint64 seconds; } units[] = {
        { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 'w', 604800 },
    };
    gint64 sum = 0;
    gint64 number = 0;
    gboolean digits = FALSE;

    for (; *word; word++) {
        if (g_ascii_isdigit(*word)) {
            number = MIN(number * 10 + (*word - '0'), TTL_MAX + (gint64)1);
            digits = TRUE;
            continue;
        }
        gsize i = 0;
        while (i < G_N_ELEMENTS(units) && units[i].unit != g_ascii_tolower(*word))
            i++;
        if (!digits || i == G_N_ELEMENTS(units))
            return FALSE;
        sum = MIN(sum + number * units[i].seconds, TTL_MAX + (gint64)1);
        number = 0;
        digits = FALSE;
    }
    *ttl = sum + number;        /* a last number without a unit counts seconds */
    return *ttl <= TTL_MAX;
}

gboolean
zoneword_has_long_string(const char *data)
{
    gboolean quoted = FALSE;
    guint octets = 0;

    for (const char *c = data; *c; c++) {
        if (*c == '"' || (!quoted && (*c == ' ' || *c == '\t'))) {
            quoted = quoted != (*c == '"');
            octets = 0;
            continue;
        }
        if (*c == '\\' && g_ascii_isdigit(c[1]) && c[2] && c[3])
            c += 3;
        else if (*c == '\\' && c[1])
            c++;
        if (++octets > 255)
            return TRUE;
    }
    return FALSE;
}
