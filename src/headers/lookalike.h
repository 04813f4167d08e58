/* lookalike.h: names that are made to be taken for others.
 * SPDX-License-Identifier: MIT
 *
 * DMARC proves the name that is there, not the one that a reader believes to see (RFC 9989,
 * 11.4). What looks like what, and whose names are often imitated, stands in files of data. */
#pragma once

#include "facts/report.h"

typedef struct Lookalikes Lookalikes;

/* Of each kind the first file (NULL-terminated lists) that has no fault counts; without any, the
 * names within the message are compared letter by letter. `faults` (char *) gets what is wrong
 * in the others, with file and line. Never fails. (transfer full) */
Lookalikes *lookalikes_load(const char *const *confusables, const char *const *brands,
                            GPtrArray *faults);
void        lookalikes_free(Lookalikes *data);

typedef enum {
    LIKENESS_NONE,
    LIKENESS_CONFUSABLE,    /* reads the same: rn for m, 1 for l, a Cyrillic a */
    LIKENESS_TYPO,          /* one letter more, less, another, or two swapped */
    LIKENESS_ADDED,         /* the whole name, and a word by a hyphen */
    LIKENESS_SUBDOMAIN      /* the whole name in front of somebody else's */
} Likeness;

/* Whether `name` looks like `model`; both normalised. Names of one organization never do. */
Likeness    lookalike_compare(const Lookalikes *data, const char *name, const char *model);

/* UTS #39, 4: what a reader sees of a label or name; equal for names that look alike. (transfer
 * full) */
char       *lookalike_skeleton(const Lookalikes *data, const char *text);

/* Adds findings about the names of From: and Reply-To:. `data` NULL: nothing happens. */
void        lookalike_find(const Lookalikes *data, Report *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lookalikes, lookalikes_free)
