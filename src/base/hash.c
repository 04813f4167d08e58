/* hash.c: texts of strangers as keys of a GHashTable: SipHash-1-3 with a key of this run.
 * SPDX-License-Identifier: MIT
 *
 * SipHash is Aumasson and Bernstein's keyed function for just this (https://www.aumasson.jp/siphash/): who does not know the
 * key cannot find texts that fall together. One round a word and three at the end are what other hash tables take. */
#include "base/hash.h"

#include <string.h>
#include <sys/auxv.h>

typedef struct {
    guint64 a, b, c, d;
} State;

/* Sixteen bytes that the kernel hands to every program when it starts. */
static guint64 key[2];

/* Before main(), and never again: workers are copies of this process, and threads only read it. */
__attribute__((constructor)) static void
take_key(void)
{
    const void *given = (const void *)getauxval(AT_RANDOM); /* NOLINT(performance-no-int-to-ptr): so it is given */

    if (given)
        memcpy(key, given, sizeof key);
}

static inline guint64
turn(guint64 word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

static inline void
mix(State *s)
{
    s->a += s->b;
    s->c += s->d;
    s->b = turn(s->b, 13) ^ s->a;
    s->d = turn(s->d, 16) ^ s->c;
    s->a = turn(s->a, 32);
    s->c += s->b;
    s->a += s->d;
    s->b = turn(s->b, 17) ^ s->c;
    s->d = turn(s->d, 21) ^ s->a;
    s->c = turn(s->c, 32);
}

static inline void
take(State *s, guint64 word)
{
    s->d ^= word;
    mix(s);
    s->a ^= word;
}

/* The up to seven bytes that are left at `at`; where there are eight, they are the end of these. */
static inline guint64
rest_of(const char *at, gsize length)
{
    const guint left = length & 7;
    guint64 word = 0;

    if (left == 0)
        return 0;
    if (length >= sizeof word) {
        memcpy(&word, at + left - sizeof word, sizeof word);
        return GUINT64_FROM_LE(word) >> (64 - 8 * left);
    }
    for (guint i = 0; i < left; i++)
        word |= (guint64)(guchar)at[i] << (8 * i);
    return word;
}

guint
hash_text(gconstpointer text)
{
    const gsize length = strlen(text);
    const char *at = text, *end = at + (length & ~(gsize)7);
    State s = { key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d, key[0] ^ 0x6c7967656e657261,
                key[1] ^ 0x7465646279746573 };
    guint64 word = 0;

    for (; at < end; at += sizeof word) {
        memcpy(&word, at, sizeof word);
        take(&s, word);
    }
    take(&s, rest_of(at, length) | (guint64)length << 56);
    s.c ^= 0xff;
    mix(&s);
    mix(&s);
    mix(&s);
    const guint64 all = s.a ^ s.b ^ s.c ^ s.d;
    return (guint)(all ^ all >> 32);
}
