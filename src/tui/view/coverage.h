/* coverage.h: which fields of a message a DKIM signature covers, and where its hash went wrong.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"
#include "message/message.h"

typedef enum {
    FIELD_UNSIGNED,
    FIELD_SIGNED,
    FIELD_ADDED,        /* h= names it less often than it stands there: this one is not covered */
    FIELD_OWN           /* the signature's own field */
} FieldCover;

typedef struct {
    GArray    *fields;      /* FieldCover, by field of the message */
    GPtrArray *sealed;      /* char *: names that nobody can add another of: h= has one more */
    GPtrArray *open;        /* char *: signed names that readers see, and another could be added */
    GPtrArray *unsigned_;   /* char *: names that readers see, not signed */
    guint      others;      /* fields of other names that are not signed */
} Coverage;

/* (transfer full) */
Coverage *coverage_new(const Message *message, const DkimResult *result);
void      coverage_free(Coverage *coverage);

/* The step "dkim-check" of the signature whose field begins at each place: gsize → Step, borrowed
 * from `tree`, which may be NULL. (transfer full) */
GHashTable *coverage_steps(const Step *tree);
/* The first byte of a signature's field. */
gsize       coverage_place(const DkimResult *result);
/* The step of that id below `check`, which may be NULL; or NULL. */
const Step *coverage_step(const Step *check, const char *id);

/* Whether a diagnosis ("dkim-diagnosis", or NULL) blames the fields of that name. */
gboolean    coverage_blames(const Step *diagnosis, const char *name);
/* The bytes of the body that it blames; empty where it names none. */
Span        coverage_blamed_body(const Step *diagnosis, const Message *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Coverage, coverage_free)
