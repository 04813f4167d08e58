/* effort.h: how many octets the search for a cause may still hash, for a whole message.
 * SPDX-License-Identifier: MIT
 *
 * A verdict is always computed to the end; only guesses about the reason of a failure are
 * bounded, so that a message with a hundred broken signatures costs hardly more than one with a few. */
#pragma once

#include <glib.h>

#define EFFORT_OCTETS ((gsize)64 << 20)

typedef struct {
    gsize left;
} Effort;

static inline gboolean
effort_take(Effort *effort, gsize octets)
{
    if (octets > effort->left)
        return FALSE;
    effort->left -= octets;
    return TRUE;
}
