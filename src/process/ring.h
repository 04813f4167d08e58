/* ring.h: memory that a worker fills and its parent empties, entry by entry, without copying through the kernel.
 * SPDX-License-Identifier: MIT
 *
 * The worker may have been taken over: what it writes here, the marks included, is checked at each look, and may still
 * change after it. The ring outlives its worker: the next one goes on where the last whole entry ends. */
#pragma once

#include <glib.h>

typedef struct Ring Ring;

/* An entry, where it lies. */
typedef struct {
    guint       kind;       /* whatever the two agreed */
    const void *bytes;
    gsize       length;
} RingEntry;

/* What may lie there at the same time, and of that one entry. */
#define RING_BYTES (512u << 10)
#define RING_ENTRY_MAX (RING_BYTES / 4)

/* Shared by the process and its later forks. NULL where there is no memory. (transfer full) */
Ring    *ring_new(void);
void     ring_free(Ring *ring);

/* ---- the worker ---- */

/* Waits for room; at most RING_ENTRY_MAX bytes. TRUE where the parent sleeps and must be woken: for the `end` that it waits for, or
 * where much has come together. */
gboolean ring_put(Ring *ring, guint kind, const void *bytes, gsize length, gboolean end);
/* Where the next entry's bytes will lie, and how many find room there now without waiting: what is written there before ring_put()
 * is given that place is not copied. NULL: not even `least`. */
void    *ring_room(const Ring *ring, gsize least, gsize *size);
/* Whether it would wait now. */
gboolean ring_is_short(const Ring *ring, gsize length);
/* TRUE where the parent sleeps and must be woken, whatever it waits for. */
gboolean ring_rouse(Ring *ring);
/* Counts up: a sign of life. */
void     ring_beat(Ring *ring);
/* A job, from 1, and where in it one is; which message of it was begun last, from 1. */
void     ring_start(Ring *ring, guint job, guint number, guint32 place);
void     ring_begin(Ring *ring, guint number, guint32 place);

/* ---- the parent ---- */

typedef enum { RING_EMPTY, RING_FULL, RING_BROKEN } RingState;

/* The entry behind `*at`, which starts at ring_tail(); moves `*at` behind it. FULL: there is one. */
guint64   ring_tail(const Ring *ring);
guint64   ring_head(const Ring *ring);
RingState ring_look(const Ring *ring, guint64 *at, RingEntry *entry);
/* All before `at` is taken; it stays as it is until it is released, and then there is room again. */
void      ring_take(Ring *ring, guint64 at);
void      ring_release(Ring *ring);
/* All that was ever written is nowhere any more, and nobody writes. */
void      ring_wipe(Ring *ring);
/* The worker is gone: what it wrote behind `at` never was; `ends` were put before. */
void      ring_cut(Ring *ring, guint64 at, guint ends);
/* Says that the parent sleeps, and shall be woken when so many bytes lie there, or so many ends were put, ever (0: at none).
 * FALSE where that is so already. */
gboolean  ring_sleep(Ring *ring, gsize bytes, guint ends);
void      ring_wake(Ring *ring);
/* Ends that were put, ever. What the worker says: good for deciding who gets work, nothing else. */
guint     ring_ends(const Ring *ring);
guint64   ring_beats(const Ring *ring);
/* The message of that job that was begun last; 0: none. */
guint     ring_begun(const Ring *ring, guint job, guint32 *place);
/* The worker waits for room that only the parent can make, or will soon. */
gboolean  ring_is_held(const Ring *ring);
/* … it does so now. */
gboolean  ring_is_full(const Ring *ring);
