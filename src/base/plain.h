/* plain.h: text that stands in JSON, and in a zone file, as it is, looked at sixteen bytes at a time.
 * SPDX-License-Identifier: MIT
 *
 * Most of what a report prints is such: printable ASCII without quotation mark and backslash. */
#pragma once

#include <glib.h>
#include <string.h>

typedef guint8 PlainChunk __attribute__((vector_size(16)));
typedef gint8 PlainSigned __attribute__((vector_size(16)));
typedef guint64 PlainHalves __attribute__((vector_size(16)));

static inline gboolean
plain_byte(char c)
{
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
}

/* Bits of what is not plain. One more than a byte from 0x7F on is negative, or 0. */
static inline PlainHalves
plain_strange(PlainChunk chunk)
{
    const PlainSigned above = (PlainSigned)(chunk + 1);

    return (PlainHalves)(above <= ' ') | (PlainHalves)(chunk == '"') | (PlainHalves)(chunk == '\\');
}

static inline gboolean
plain_none(PlainHalves strange)
{
    return (strange[0] | strange[1]) == 0;
}

static inline gboolean
plain_chunk(PlainChunk chunk)
{
    return plain_none(plain_strange(chunk));
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

/* Less than a chunk, from both ends. */
static inline char *
plain_put_short(char *to, const char *from, gsize length)
{
    guint64 first, last;
    guint32 head, tail;

    if (length >= sizeof first) {
        memcpy(&first, from, sizeof first);
        memcpy(&last, from + length - sizeof last, sizeof last);
        memcpy(to, &first, sizeof first);
        memcpy(to + length - sizeof last, &last, sizeof last);
        return plain_chunk((PlainChunk)(PlainHalves){ first, last }) ? to + length : NULL;
    }
    if (length >= sizeof head) {
        memcpy(&head, from, sizeof head);
        memcpy(&tail, from + length - sizeof tail, sizeof tail);
        memcpy(to, &head, sizeof head);
        memcpy(to + length - sizeof tail, &tail, sizeof tail);
        first = head | (guint64)tail << 32;
        return plain_chunk((PlainChunk)(PlainHalves){ first, first }) ? to + length : NULL;
    }
    for (gsize at = 0; at < length; at++) {
        if (!plain_byte(from[at]))
            return NULL;
        to[at] = from[at];
    }
    return to + length;
}

/* Copies it while it is looked at; where it ends, or NULL where it is not plain: what was written then is nothing. */
static inline char *
plain_put(char *to, const char *from, gsize length)
{
    PlainChunk chunk;
    PlainHalves strange = { 0 };

    if (length < sizeof chunk)
        return plain_put_short(to, from, length);
    const gsize last = length - sizeof chunk;
    for (gsize at = 0; at < last; at += sizeof chunk) {
        memcpy(&chunk, from + at, sizeof chunk);
        memcpy(to + at, &chunk, sizeof chunk);
        strange |= plain_strange(chunk);
    }
    memcpy(&chunk, from + last, sizeof chunk);
    memcpy(to + last, &chunk, sizeof chunk);
    return plain_none(strange | plain_strange(chunk)) ? to + length : NULL;
}
