/* zone-key.c: names of DNS as keys, from the top down.
 * SPDX-License-Identifier: MIT */
#include "dns/zone-key.h"

#include <string.h>

/* One label in presentation format (RFC 1035, 5.1), so that a dot or a NUL
 * inside a label cannot be taken for something else. */
static void
append_label(GString *key, const guint8 *label, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        const guint8 octet = label[i];

        if (octet == '.' || octet == '\\')
            g_string_append_printf(key, "\\%c", octet);
        else if (octet > 0x20 && octet < 0x7F)
            g_string_append_c(key, g_ascii_tolower((char)octet));
        else
            g_string_append_printf(key, "\\%03u", octet);
    }
    g_string_append_c(key, '.');
}

char *
zone_key_wire(const guint8 *wire, gsize length)
{
    gsize starts[128];      /* 255 octets hold no more labels */
    gsize labels = 0;
    GString *key = g_string_new(NULL);

    for (gsize at = 0; at < length && wire[at] != 0 && labels < G_N_ELEMENTS(starts);) {
        if (wire[at] >= length - at)
            break;
        starts[labels++] = at;
        at += (gsize)wire[at] + 1;
    }
    while (labels-- > 0)
        append_label(key, wire + starts[labels] + 1, wire[starts[labels]]);
    return g_string_free(key, FALSE);
}

char *
zone_key_name(const char *name)
{
    GString *key = g_string_new(NULL);
    const char *end = name + strlen(name);

    while (end > name) {
        const char *start = end;

        while (start > name && start[-1] != '.')
            start--;
        append_label(key, (const guint8 *)start, (gsize)(end - start));
        end = start > name ? start - 1 : name;
    }
    return g_string_free(key, FALSE);
}

/* A dot inside a label stands behind an odd number of backslashes. */
static gboolean
is_escaped(const char *key, gsize at)
{
    gsize slashes = 0;

    while (slashes < at && key[at - slashes - 1] == '\\')
        slashes++;
    return slashes % 2 == 1;
}

gsize
zone_key_up(const char *key, gsize length)
{
    for (gsize at = length - 1; at > 0; at--)
        if (key[at - 1] == '.' && !is_escaped(key, at - 1))
            return at;
    return 0;
}
