/* inbox.h: memory that the parent fills and a worker reads: the bytes of a job's small files.
 * SPDX-License-Identifier: MIT
 *
 * The parent reads a small file itself, which is cheaper than handing a descriptor over that the worker has to read and to
 * close. A worker can never write here (where the kernel knows how to see to that: Linux 5.1), so that who comes after one that was
 * taken over finds what was put in. */
#pragma once

#include <glib.h>

typedef struct Inbox Inbox;

/* What may lie there at the same time: the bytes of a few jobs. Each of its pages takes 4 microseconds of both processes when it is
 * touched for the first time. */
#define INBOX_BYTES (384u << 10)

/* Shared by the process and its later forks. NULL where there is no memory. (transfer full) */
Inbox      *inbox_new(void);
void        inbox_free(Inbox *inbox);

/* ---- the parent ---- */

/* FALSE: there is no room for so many. */
gboolean    inbox_has_room(const Inbox *inbox, gsize length);
/* Where so many could be written at once, and put without a copy. There is room; until the next are put. */
guint8     *inbox_room(Inbox *inbox, gsize length);
/* Where they lie then. There is room. */
guint64     inbox_put(Inbox *inbox, const void *bytes, gsize length);
/* All that was put before `until` is done with. */
void        inbox_drop(Inbox *inbox, guint64 until);
/* All that was ever put is nowhere any more. */
void        inbox_wipe(Inbox *inbox);

/* ---- a worker ---- */

/* From now on it can only be read. FALSE: it could not be done, and there is no inbox any more. */
gboolean    inbox_shut(Inbox *inbox);
/* Bytes that were put there; NULL: there are none such. (transfer none) */
const void *inbox_at(const Inbox *inbox, guint64 at, gsize length);
