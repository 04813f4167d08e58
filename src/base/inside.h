/* inside.h: what code that runs in a confined worker can ask of the world outside.
 * SPDX-License-Identifier: MIT
 *
 * That this process is a worker is a fact of the process, as its confinement is: it is the one thing here that is no
 * parameter. Everywhere else these functions say "no" and cost a comparison. */
#pragma once

#include <glib.h>

/* TRUE in a confined worker: nothing can be opened or loaded any more. */
gboolean inside_confined(void);

/* In a confined worker: does not return, unless this was loaded or tried already. It ends, and the message under way is
 * done again by a worker whose `prepare` was told that this is needed: one word of letters, digits and "-_.:", at most 64. */
void     inside_need(const char *what);

/* Has the parent start the child of that name (process/child.h): a socket to it, or -1. */
int      inside_start_child(const char *name, GBytes *told);
/* Has the child that was started last of that name ended; how it ended, as of wait(2), or -1. */
int      inside_end_child(const char *name);

/* An empty temporary file without a name, to be written and read; -1 where there is none. */
int      inside_open_file(void);

/* For who confines the process (process/worker.c): how all this is done. (transfer none) */
typedef struct {
    void (*need)(const char *what);
    int  (*start_child)(const char *name, GBytes *told);
    int  (*end_child)(const char *name);
    int  (*open_file)(void);
} InsideDoor;
void     inside_enter(const InsideDoor *door);
