/* bits.h: which of 64 octets are a given one, as 64 bits.
 * SPDX-License-Identifier: MIT
 *
 * Mail is made of lines, and most of what has to be found in it stands at the beginning of one: looked for octet by
 * octet, that costs more than all that is done with what was found. */
#pragma once

#include <glib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* So many octets are looked at, all of which may be read; the first one is the lowest bit. */
#define BITS_BLOCK 64

#ifdef __SSE2__
static inline guint64
bits_of_16(const char *at, __m128i wanted)
{
    return (guint64)(guint)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)at), wanted));
}

static inline guint64
bits_of(const char *at, char c)
{
    const __m128i wanted = _mm_set1_epi8(c);

    return bits_of_16(at, wanted) | bits_of_16(at + 16, wanted) << 16 | bits_of_16(at + 32, wanted) << 32 |
           bits_of_16(at + 48, wanted) << 48;
}
#else
static inline guint64
bits_of(const char *at, char c)
{
    guint64 bits = 0;

    for (guint i = 0; i < BITS_BLOCK; i++)
        bits |= (guint64)(at[i] == c) << i;
    return bits;
}
#endif

/* Sixteen octets, compared at once: 0xFF where something is so, else 0. */
typedef guint8 BitsChunk __attribute__((vector_size(16)));

/* The bits of four chunks side by side. */
static inline guint64
bits_gather(BitsChunk a, BitsChunk b, BitsChunk c, BitsChunk d)
{
#ifdef __SSE2__
    return (guint64)(guint)_mm_movemask_epi8((__m128i)a) | (guint64)(guint)_mm_movemask_epi8((__m128i)b) << 16 |
           (guint64)(guint)_mm_movemask_epi8((__m128i)c) << 32 | (guint64)(guint)_mm_movemask_epi8((__m128i)d) << 48;
#else
    guint64 bits = 0;

    for (guint i = 0; i < 16; i++)
        bits |= (guint64)(a[i] & 1) << i | (guint64)(b[i] & 1) << (i + 16) | (guint64)(c[i] & 1) << (i + 32) |
                (guint64)(d[i] & 1) << (i + 48);
    return bits;
#endif
}

/* Where the lowest of some bits stands. */
static inline guint
bits_first(guint64 bits)
{
    return (guint)__builtin_ctzll(bits);
}

/* Every place of an octet in some text, one after the other: where lines are short, cheaper than a call for each. */
typedef struct {
    const char *at, *end;
    guint64     left;       /* of the 64 octets at `at`, the places that were not given yet */
    char        c;
} BitsWalk;

static inline void
bits_walk_look(BitsWalk *walk)
{
    const gsize here = (gsize)(walk->end - walk->at);
    char rest[BITS_BLOCK];

    if (here >= BITS_BLOCK) {
        walk->left = bits_of(walk->at, walk->c);
        return;
    }
    memset(rest, ~walk->c, sizeof rest);
    walk->left = bits_of(memcpy(rest, walk->at, here), walk->c);
}

static inline BitsWalk
bits_walk(const char *text, gsize length, char c)
{
    BitsWalk walk = { text, text + length, 0, c };

    if (length > 0)
        bits_walk_look(&walk);
    return walk;
}

/* NULL: there are no more. */
static inline const char *
bits_walk_next(BitsWalk *walk)
{
    while (!walk->left) {
        if (walk->end - walk->at <= BITS_BLOCK)
            return NULL;
        walk->at += BITS_BLOCK;
        bits_walk_look(walk);
    }
    const char *found = walk->at + bits_first(walk->left);
    walk->left &= walk->left - 1;
    return found;
}
