/* spare.h: freed records kept for the next message.
 * SPDX-License-Identifier: MIT
 *
 * A report is 250 records with three hundred lists, most of them empty from beginning to end, and each of them is made again for the
 * next message. A thread that asked for it (heap_keep()) puts records aside with their lists, emptied, and the room that
 * these had. */
#pragma once

#include <glib.h>

/* Kinds of records, numbered by who keeps them, and how many are kept of each: more than a usual report has. */
#define SPARE_KINDS 64
#define SPARE_MAX   128
/* A list that was longer is given back, with its room. */
#define SPARE_LENGTH_MAX 64

typedef struct {
    guint    n[SPARE_KINDS];
    gpointer records[SPARE_KINDS][SPARE_MAX];
} Spare;

/* NULL: nothing is kept. Of a thread, as libc's own lists of free pieces are: whoever makes a record has no place to
 * hand one on. */
extern _Thread_local Spare *spare;

/* The calling thread keeps records from now on. */
void spare_keep(void);

/* One that was put aside; or NULL. (transfer full) */
static inline gpointer
spare_take(guint kind)
{
    return spare && kind < SPARE_KINDS && spare->n[kind] > 0 ? spare->records[kind][--spare->n[kind]] : NULL;
}

/* FALSE: it is not kept. */
static inline gboolean
spare_put(guint kind, gpointer record)
{
    if (!spare || kind >= SPARE_KINDS || spare->n[kind] == SPARE_MAX)
        return FALSE;
    spare->records[kind][spare->n[kind]++] = record;
    return TRUE;
}
