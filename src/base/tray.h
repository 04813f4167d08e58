/* tray.h: text that is put together where somebody else will read it.
 * SPDX-License-Identifier: MIT
 *
 * A worker's report of 33 KB went into a GString, and from there into the memory that its parent reads: as much as the first
 * cache of a processor holds, written, read and written again. A GString cannot stand over memory that is not its own, so that who prints
 * much writes into the room of a tray himself (facts/record-pen.h); whatever else is said is appended to `text`, which stands behind
 * it. Where the room is too small, all of it is text. */
#pragma once

#include <glib.h>

typedef struct {
    GString *text;      /* the tray's end; all of it where there is no room */
    char    *room;      /* not the tray's own; or NULL */
    gsize    size;      /* of the room */
    gsize    length;    /* what stands there so far */
} Tray;

/* Moves the text into the room, behind what stands there. FALSE: it is too small, or there is none, and all is text now. */
gboolean tray_settle(Tray *tray);
/* All is text from now on. */
void     tray_leave(Tray *tray);
/* Where byte `at` of it stands, of what was written in one piece. */
char    *tray_at(const Tray *tray, gsize at);
/* All of it, in one piece. (transfer none) */
char    *tray_whole(Tray *tray, gsize *length);
