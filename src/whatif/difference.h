/* difference.h: two trees of steps compared: which nodes an edit changed.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

typedef enum { DIFFERENCE_SAME, DIFFERENCE_CHANGED, DIFFERENCE_ADDED, DIFFERENCE_GONE } DifferenceKind;

/* A pair of steps, or one that has none. The steps are borrowed. */
typedef struct Difference Difference;
struct Difference {
    DifferenceKind kind;
    const Step    *before;      /* NULL: added */
    const Step    *after;       /* NULL: gone */
    gboolean       inside;      /* something below differs */
    GPtrArray     *children;    /* Difference, in the order of `after`, those that are gone in between */
};

/* Pairs the steps of two trees by what they are and where they stand; changed: another outcome,
 * title or input. How a value is known (assumed instead of recomputed) is no change. Takes time in
 * proportion to both trees. (transfer full) */
Difference *difference_new(const Step *before, const Step *after);
void        difference_free(Difference *difference);
/* Nodes that are not the same; the count of one subtree. */
guint       difference_count(const Difference *difference);
/* All nodes of it. */
guint       difference_size(const Difference *difference);
/* Of a changed node with the same outcome: what else was there before, as "title" or "label: value"; NULL
 * where there is none. (transfer full) */
char       *difference_was(const Difference *difference);
/* Neither it nor anything below differs: it can be folded away. */
gboolean    difference_is_quiet(const Difference *difference);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Difference, difference_free)
