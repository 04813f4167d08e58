/* chance.h: which of several places is taken next: the free ones in turn, then one by chance.
 * SPDX-License-Identifier: MIT
 *
 * Of five things that come in turn to four places, the one that is forgotten in turn is always the one that comes next, and none is
 * ever found again. By chance, most of them are found most of the time. Each run takes the same places. */
#pragma once

#include <glib.h>

/* Below `count`. `taken` counts how often this was asked, from 0. */
static inline guint
chance_place(guint *taken, guint count)
{
    const guint turn = (*taken)++;
    guint mixed = turn * 2654435769u;

    if (turn < count)
        return turn;
    mixed = (mixed ^ mixed >> 15) * 2246822519u;
    return (mixed >> 16) % count;
}
