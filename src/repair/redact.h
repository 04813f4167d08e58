/* redact.h: places that somebody blackened before showing the text.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "base/bits.h"

/* Two octets that every hidden place has side by side, sixteen times: the "dd" of "hidden", the "ed" that all other words
 * and "protected" end with, the "cd" of "/cdn-cgi", "xx", "**"; or the first octet of another bar. Case is not looked at,
 * and 17 octets may be read. */
static inline BitsChunk
redact_tells(const char *at)
{
    BitsChunk here, next;

    memcpy(&here, at, sizeof here);
    memcpy(&next, at + 1, sizeof next);
    const BitsChunk low = here | 0x20, then = next | 0x20;
    return (BitsChunk)(((BitsChunk)(low - 'c' < 3) & (then == 'd')) | ((low == then) & ((low == 'x') | (here == '*'))) |
                       (here == 0xE2));
}

/* Whether a place that redact_tells() of some block named has more of it than the two octets at `at`. */
gboolean redact_is_told(const char *block, const char *at, const char *end);
