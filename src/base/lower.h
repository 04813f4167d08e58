/* lower.h: ASCII in lower case, sixteen bytes at a time.
 * SPDX-License-Identifier: MIT
 *
 * Names of methods, fields and hosts are compared in lower case a dozen times a message. g_ascii_strdown() calls a function for
 * each byte, behind a g_strndup() that fills with zeros what it copies to. */
#pragma once

#include <glib.h>
#include <string.h>

typedef guint8 LowerChunk __attribute__((vector_size(16)));
typedef guint8 LowerHalf __attribute__((vector_size(8)));

static inline char
lower_byte(char c)
{
    return (char)(c | ((guchar)(c - 'A') < 26 ? 'a' - 'A' : 0));
}

static inline void
lower_chunk(char *to, const char *from)
{
    LowerChunk chunk;

    memcpy(&chunk, from, sizeof chunk);
    chunk |= (LowerChunk)(chunk - 'A' < 26) & ('a' - 'A');
    memcpy(to, &chunk, sizeof chunk);
}

static inline void
lower_half(char *to, const char *from)
{
    LowerHalf half;

    memcpy(&half, from, sizeof half);
    half |= (LowerHalf)(half - 'A' < 26) & ('a' - 'A');
    memcpy(to, &half, sizeof half);
}

/* `length` bytes, from one place to another that does not overlap it. The last sixteen or eight may be some of those before them:
 * done twice is done. */
static inline void
lower_into(char *to, const char *from, gsize length)
{
    gsize at = 0;

    for (; at + sizeof(LowerChunk) <= length; at += sizeof(LowerChunk))
        lower_chunk(to + at, from + at);
    if (at == length)
        return;
    if (at > 0) {
        at = length - sizeof(LowerChunk);
        lower_chunk(to + at, from + at);
    } else if (length >= sizeof(LowerHalf)) {
        at = length - sizeof(LowerHalf);
        lower_half(to, from);
        lower_half(to + at, from + at);
    } else {
        for (; at < length; at++)
            to[at] = lower_byte(from[at]);
    }
}

static inline gboolean
lower_same_chunk(const char *one, const char *other)
{
    LowerChunk left, right;
    guint64 differ[2];

    memcpy(&left, one, sizeof left);
    memcpy(&right, other, sizeof right);
    left |= (LowerChunk)(left - 'A' < 26) & ('a' - 'A');
    right |= (LowerChunk)(right - 'A' < 26) & ('a' - 'A');
    left ^= right;
    memcpy(differ, &left, sizeof differ);
    return (differ[0] | differ[1]) == 0;
}

static inline gboolean
lower_same_half(const char *one, const char *other)
{
    LowerHalf left, right;
    guint64 differ;

    memcpy(&left, one, sizeof left);
    memcpy(&right, other, sizeof right);
    left |= (LowerHalf)(left - 'A' < 26) & ('a' - 'A');
    right |= (LowerHalf)(right - 'A' < 26) & ('a' - 'A');
    left ^= right;
    memcpy(&differ, &left, sizeof differ);
    return differ == 0;
}

/* As g_ascii_strncasecmp() of two pieces that hold no NUL, where only sameness counts. */
static inline gboolean
lower_same(const char *one, const char *other, gsize length)
{
    gsize at = 0;

    for (; at + sizeof(LowerChunk) <= length; at += sizeof(LowerChunk))
        if (!lower_same_chunk(one + at, other + at))
            return FALSE;
    if (at > 0)
        return at == length ||
               lower_same_chunk(one + length - sizeof(LowerChunk), other + length - sizeof(LowerChunk));
    if (length >= sizeof(LowerHalf)) {
        at = length - sizeof(LowerHalf);
        return lower_same_half(one, other) && lower_same_half(one + at, other + at);
    }
    while (at < length && lower_byte(one[at]) == lower_byte(other[at]))
        at++;
    return at == length;
}

/* Of two whole texts. */
static inline gboolean
lower_same_text(const char *one, const char *other)
{
    const gsize length = strlen(one);

    return strlen(other) == length && lower_same(one, other, length);
}

/* As g_ascii_strdown(), of `length` bytes. (transfer full) */
char *lower_bytes(const char *text, gsize length);

/* (transfer full) */
static inline char *
lower_text(const char *text)
{
    return lower_bytes(text, strlen(text));
}
