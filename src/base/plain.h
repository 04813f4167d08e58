/* plain.h: text that stands in JSON as it is, looked at sixteen bytes at a time.
 * SPDX-License-Identifier: MIT
 *
 * Most of what a report prints is such: printable ASCII without quotation mark and backslash. */
#pragma once

#include <glib.h>
#include <string.h>

typedef guint8 PlainChunk __attribute__((vector_size(16)));
typedef guint64 PlainHalves __attribute__((vector_size(16)));

static inline gboolean
plain_byte(char c)
{
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
}

static inline gboolean
plain_chunk(PlainChunk chunk)
{
    const PlainHalves strange = (PlainHalves)((chunk < ' ') | (chunk >= 0x7F) | (chunk == '"') |
                                              (chunk == '\\'));

    return (strange[0] | strange[1]) == 0;
}

static inline gboolean
plain_at(const char *at)
{
    PlainChunk chunk;

    memcpy(&chunk, at, sizeof chunk);
    return plain_chunk(chunk);
}

/* A text of less than a chunk, from both ends, which may overlap: nothing beside it is read. */
static inline gboolean
plain_short(const char *bytes, gsize length)
{
    guint64 first = 0, last = 0;
    guint32 head, tail;

    if (length >= sizeof first) {
        memcpy(&first, bytes, sizeof first);
        memcpy(&last, bytes + length - sizeof last, sizeof last);
        return plain_chunk((PlainChunk)(PlainHalves){ first, last });
    }
    if (length >= sizeof head) {
        memcpy(&head, bytes, sizeof head);
        memcpy(&tail, bytes + length - sizeof tail, sizeof tail);
        first = head | (guint64)tail << 32;
        return plain_chunk((PlainChunk)(PlainHalves){ first, first });
    }
    for (gsize at = 0; at < length; at++)
        if (!plain_byte(bytes[at]))
            return FALSE;
    return TRUE;
}

static inline gboolean
plain_text(const char *bytes, gsize length)
{
    if (length < sizeof(PlainChunk))
        return plain_short(bytes, length);
    for (gsize at = 0; at + sizeof(PlainChunk) < length; at += sizeof(PlainChunk))
        if (!plain_at(bytes + at))
            return FALSE;
    return plain_at(bytes + length - sizeof(PlainChunk));
}
