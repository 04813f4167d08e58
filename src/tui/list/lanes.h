/* lanes.h: threads that work through a list of things, and how the end of it is noticed.
 * SPDX-License-Identifier: MIT
 *
 * A list of them is a round. Each thread takes the next thing that nobody has; all stay for the next round, with what they
 * keep for it (base/heap.h). */
#pragma once

#include <glib.h>

typedef struct Lanes Lanes;

/* Does thing number `item`; FALSE: this thread begins no other of this round. In several threads at once. */
typedef gboolean (*LaneWork)(guint item, gpointer data);

/* Up to `most` threads, which are started when there is so much to do. (transfer full) */
Lanes   *lanes_new(const char *name, guint most);
/* Waits for what is under way. */
void     lanes_free(Lanes *lanes);

guint    lanes_most(const Lanes *lanes);
/* A round of `items`, when none is under way. */
void     lanes_begin(Lanes *lanes, guint items, LaneWork work, gpointer data);
/* A round was begun and is not taken notice of yet. */
gboolean lanes_busy(const Lanes *lanes);
/* TRUE once, when it is over. */
gboolean lanes_done(Lanes *lanes);
/* The same, waiting for it. */
void     lanes_wait(Lanes *lanes);
/* Readable when it is over; -1 where the system has none to give: then lanes_done() is to be asked. */
int      lanes_fd(const Lanes *lanes);
