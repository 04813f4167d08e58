/* origin.h: where a message's bytes came from, and what was done to them before they were read.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "base/span.h"
#include "facts/report.h"

/* Places that somebody blackened in a text that was whole otherwise. A sender may have written them so, then the
 * signatures fit what was `written`. */
typedef struct {
    GArray  *places;        /* Span, in the header */
    gboolean body;          /* the body has such places, too */
    GBytes  *written;       /* the message before what would be read as a domain was struck out: as long, to the octet */
} Blackened;

typedef struct {
    char      *kind;        /* source.kind: eml mbox maildir emlx msg paste part */
    gint64     index;       /* source.index: the place in its mailbox, from 1 */
    char      *fidelity;    /* source.fidelity: reencoded reflowed fragments; NULL: the bytes are as they were sent, so
                             * "raw", or "headers" where there is no body */
    GPtrArray *repairs;     /* Repair, in the order in which they were done */
    GPtrArray *claims;      /* ReportedHeader: what the text around the message says of it (a page's summary table) */
    GPtrArray *notes;       /* Finding: what is to be said of the source itself */
    GBytes    *original;    /* the bytes before repairs; NULL where nothing was changed */
    Blackened *blackened;   /* NULL where nothing was, or more was repaired than that */
    gint       holders;     /* besides the first: of origin.c alone */
} Origin;

/* Everything empty, index 1. (transfer full) */
Origin *origin_new(const char *kind);
void    origin_free(Origin *origin);
/* (transfer full) */
Origin *origin_copy(const Origin *origin);
/* The same one for one more holder, who frees it as the others do: what one of them changes, all see. (transfer full) */
Origin *origin_share(Origin *origin);
/* Appends a finding without evidence; `args` NULL-terminated strings. */
void    origin_note(Origin *origin, const char *id, Severity severity, ...) G_GNUC_NULL_TERMINATED;
/* Appends a repair that was done `count` times; nothing where that is 0. `text` says in English what was done.
 * (transfer none) */
Repair *origin_repair(Origin *origin, const char *id, gint64 count, const char *text);

/* What is known of blackened places is dropped: something else was repaired, or is. */
void origin_drop_blackened(Origin *origin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Origin, origin_free)
