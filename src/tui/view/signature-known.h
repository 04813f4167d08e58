/* signature-known.h: what is known of a report's signatures, read when it is asked for and kept.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/view/signature-part.h"

/* Zeroes: nothing yet. */
typedef struct {
    GHashTable *steps;          /* coverage_steps() of the report; or NULL */
    Coverage   *coverage;       /* of `coverage_of` */
    guint       coverage_of;
    Hashed     *hashed;         /* of `hashed_of` */
    guint       hashed_of;
    gboolean    hashed_known;
} Known;

/* The signature at that place of the report, topmost first; `hashed`: with what it was made over.
 * Valid until the next is asked for. */
Signature known_signature(Known *known, const App *app, guint at, gboolean hashed);
/* Forgets all: the report is another one. */
void      known_clear(Known *known);
