/* ip.c: IP addresses read, and brought into one form.
 * SPDX-License-Identifier: MIT */
#include "headers/ip.h"

#include <arpa/inet.h>
#include <string.h>

static gboolean
is_mapped(const guint8 *v6)
{
    static const guint8 prefix[12] = { [10] = 0xFF, [11] = 0xFF };

    return memcmp(v6, prefix, sizeof prefix) == 0;
}

/* Most of what is asked for is a name, or a word of a comment. */
static gboolean
may_be_address(const char *text)
{
    for (; *text; text++)
        if (!g_ascii_isxdigit(*text) && *text != '.' && *text != ':')
            return FALSE;
    return TRUE;
}

gboolean
ip_may_begin(const char *text)
{
    while (g_ascii_isspace(*text) || *text == '[')
        text++;
    return g_ascii_isxdigit(*text) || *text == ':' || (*text | 32) == 'i';
}

/* "[IPv6:2001:db8::1]" (RFC 5321, 4.1.3), "[192.0.2.1]", "192.0.2.1". */
char *
ip_canonical_of(const char *text, gsize length)
{
    char bare[INET6_ADDRSTRLEN + 16], out[INET6_ADDRSTRLEN];
    guint8 raw[16];

    for (; length > 0 && (g_ascii_isspace(*text) || *text == '['); length--)
        text++;
    if (length > 5 && (*text | 32) == 'i' && g_ascii_strncasecmp(text, "IPv6:", 5) == 0) {
        text += 5;
        length -= 5;
    }
    if (length == 0 || length >= sizeof bare || (!g_ascii_isxdigit(*text) && *text != ':'))
        return NULL;                /* most names */
    while (length > 0 && (g_ascii_isspace(text[length - 1]) || text[length - 1] == ']'))
        length--;
    memcpy(bare, text, length);
    bare[length] = '\0';
    /* "fe80::1%5": the interface at the host that wrote it (RFC 4007, 11). */
    char *scope = strchr(bare, '%');
    if (scope)
        *scope = '\0';
    if (!may_be_address(bare))
        return NULL;
    if (inet_pton(AF_INET, bare, raw) == 1)
        return g_strdup(bare);      /* it takes four decimal numbers without leading zeros and nothing else */
    if (inet_pton(AF_INET6, bare, raw) != 1)
        return NULL;
    if (is_mapped(raw))
        return g_strdup(inet_ntop(AF_INET, raw + 12, out, sizeof out));
    return g_strdup(inet_ntop(AF_INET6, raw, out, sizeof out));
}

char *
ip_canonical(const char *text)
{
    return text ? ip_canonical_of(text, strlen(text)) : NULL;
}

/* Loopback, private (RFC 1918), shared (RFC 6598), link-local, "this network", multicast and up. */
static gboolean
is_internal_v4(const guint8 *a)
{
    return a[0] == 0 || a[0] == 10 || a[0] == 127 || a[0] >= 224 ||
           (a[0] == 100 && (a[1] & 0xC0) == 64) || (a[0] == 169 && a[1] == 254) ||
           (a[0] == 172 && (a[1] & 0xF0) == 16) || (a[0] == 192 && a[1] == 168);
}

static gboolean
is_internal_v6(const guint8 *a)
{
    static const guint8 zero[15] = { 0 };

    if (memcmp(a, zero, sizeof zero) == 0 && a[15] <= 1)        /* ::, ::1 */
        return TRUE;
    if (a[0] == 0x20 && a[1] == 0x02)       /* 6to4: Google's inner hosts are 2002:a05:… */
        return is_internal_v4(a + 2);
    return a[0] == 0xFF || (a[0] & 0xFE) == 0xFC || (a[0] == 0xFE && (a[1] & 0xC0) == 0x80);
}

gboolean
ip_is_internal(const char *ip)
{
    guint8 raw[16];

    if (ip && inet_pton(AF_INET, ip, raw) == 1)
        return is_internal_v4(raw);         /* it is what ip_canonical() would make of it */
    g_autofree char *canonical = ip_canonical(ip);
    if (!canonical)
        return FALSE;
    if (inet_pton(AF_INET, canonical, raw) == 1)
        return is_internal_v4(raw);
    return inet_pton(AF_INET6, canonical, raw) == 1 && is_internal_v6(raw);
}
