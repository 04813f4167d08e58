/* zonetext.c: reads the text of a TXT record, and the address of an A record, where they are written in the plainest way.
 * SPDX-License-Identifier: MIT */
#include "dns/zonetext.h"

#include <string.h>

#include "base/plain.h"

/* A character-string (RFC 1035, 3.3), and the whole where a packet's limit is far. */
enum { STRING_MAX = 255, WHOLE_MAX = 4096 };

static gboolean
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Behind the closing mark of the string at `at`; NULL where it is no plain one. A mark that does not close it has a backslash
 * before it, which is not plain. */
static const char *
string_end(const char *at, const char *end)
{
    const char *start = at + 1;
    const char *mark = memchr(start, '"', MIN((gsize)(end - start), STRING_MAX + 1));

    return mark && plain_text(start, (gsize)(mark - start)) ? mark + 1 : NULL;
}

/* The next string, from `*at` on; its end, and `*at` behind the blanks that follow. NULL where it is not plain. */
static const char *
next_string(const char **at, const char *end)
{
    const char *closed = **at == '"' ? string_end(*at, end) : NULL;

    if (!closed || (closed < end && !is_blank(*closed)))
        return NULL;
    for (*at = closed; *at < end && is_blank(**at);)
        (*at)++;
    return closed;
}

gboolean
zonetext_is_plain(const char *data, gsize length)
{
    const char *at = data, *end = data + length;

    if (length == 0 || length > WHOLE_MAX)
        return FALSE;
    while (at < end && next_string(&at, end))
        continue;
    return at == end;
}

DnsRecord *
zonetext_record(const char *data, gsize length)
{
    const char *end = data + length;

    if (!zonetext_is_plain(data, length))
        return NULL;
    char *text = g_malloc(length + 1), *to = text;
    char *octets = g_malloc(length), *octet = octets;
    for (const char *at = data; at < end;) {
        const char *start = at, *closed = next_string(&at, end);
        /* Only where somebody writes into a mapped file just now. */
        if (!closed)
            break;
        const gsize size = (gsize)(closed - start);
        if (to > text)
            *to++ = ' ';
        memcpy(to, start, size);
        memcpy(octet, start + 1, size - 2);
        to += size;
        octet += size - 2;
    }
    *to = '\0';
    DnsRecord *record = record_new(&dns_record_type);
    record->data = g_bytes_new_take(octets, (gsize)(octet - octets));
    record->text = text;
    return record;
}

/* 0 to 255 without zeros in front, up to `*at`; -1: it is none. */
static int
read_number(const char **at, const char *end)
{
    const char *start = *at;
    int number = 0;

    while (*at < end && *at - start < 3 && g_ascii_isdigit(**at))
        number = 10 * number + *(*at)++ - '0';
    return *at == start || number > G_MAXUINT8 || (*at - start > 1 && *start == '0') ? -1 : number;
}

DnsRecord *
zonetext_address(const char *data, gsize length)
{
    const char *at = data, *end = data + length;
    guint8 octets[4];

    for (gsize i = 0; i < sizeof octets; i++) {
        if (i > 0 && (at == end || *at++ != '.'))
            return NULL;
        const int number = read_number(&at, end);
        if (number < 0)
            return NULL;
        octets[i] = (guint8)number;
    }
    if (at != end)
        return NULL;
    DnsRecord *record = record_new(&dns_record_type);
    record->data = g_bytes_new(octets, sizeof octets);
    record->text = g_strndup(data, length);
    return record;
}
