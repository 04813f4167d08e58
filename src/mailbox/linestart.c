/* linestart.c: finds lines by their first character.
 * SPDX-License-Identifier: MIT */
#include "mailbox/linestart.h"

#include <string.h>

#include "base/bits.h"

#define FROM "From "
#define FROM_LENGTH (sizeof FROM - 1)

const char *
linestart_find(const char *at, const char *end, const LineStarts wanted, guint *lines)
{
    guint passed = 0;

    for (; end - at > BITS_BLOCK; at += BITS_BLOCK)
        for (guint64 left = bits_of(at, '\n'); left; left &= left - 1, passed++) {
            const char *start = at + bits_first(left) + 1;
            if (wanted[(guchar)*start]) {
                *lines = passed;
                return start;
            }
        }
    while (at < end && (at = memchr(at, '\n', (gsize)(end - at))) && ++at < end && !wanted[(guchar)*at])
        passed++;
    *lines = passed;
    return at && at < end ? at : NULL;
}

/* "From " right behind an octet `before`. Many lines begin with an F, in base64 one of 64. */
static inline const char *
find_from(const char *at, const char *end, char before)
{
    const char needle[] = { before, 'F', 'r', 'o', 'm', ' ' };

    for (; end - at > (gssize)(BITS_BLOCK + FROM_LENGTH); at += BITS_BLOCK)
        for (guint64 left = bits_of(at, before) & bits_of(at + 1, *FROM); left; left &= left - 1) {
            const char *start = at + bits_first(left) + 1;
            if (memcmp(start, FROM, FROM_LENGTH) == 0)
                return start;
        }
    const char *hit = at < end ? memmem(at, (gsize)(end - at), needle, sizeof needle) : NULL;
    return hit ? hit + 1 : NULL;
}

const char *
linestart_from(const char *at, const char *end)
{
    return find_from(at, end, '\n');
}

const char *
linestart_marked(const char *at, const char *end)
{
    return find_from(at, end, '>');
}

const char *
linestart_body(const char *at, const char *end)
{
    BitsWalk walk = bits_walk(at, (gsize)(end - at), '\n');

    for (const char *lf; (lf = bits_walk_next(&walk));) {
        const char *next = lf + 1 < end && lf[1] == '\r' ? lf + 2 : lf + 1;
        if (next < end && *next == '\n')
            return next + 1;
    }
    return NULL;
}
