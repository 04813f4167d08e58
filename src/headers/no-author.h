/* no-author.h: why a message has no author domain, and how DMARC's verdict and notes call that.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

typedef enum {
    AUTHOR_UNNAMED,         /* From: is at hand and names no domain: a result. All others are open. */
    AUTHOR_REDACTED,        /* the address was blacked out */
    AUTHOR_NOT_PASTED,      /* From: is not in the part of the message that is at hand */
    AUTHOR_GARBLED,         /* From: cannot be read in a text that was put together from pieces */
} AuthorLack;

typedef struct {
    AuthorLack  lack;
    const char *reason;     /* of a DmarcResult */
    const char *step;       /* the root of DMARC's tree */
} NoAuthor;

/* By report->from, findings and source. NULL: there is an author domain. (transfer none) */
const NoAuthor *no_author_find(const Report *report);

/* There was an author, and nobody can tell who. */
gboolean no_author_is_lost(const NoAuthor *none);

/* Whether a step is the root of a tree without an author; whether a verdict (a reason may be NULL) is open for want of him. */
gboolean no_author_is_step(const char *id);
gboolean no_author_is_reason(const char *reason);
