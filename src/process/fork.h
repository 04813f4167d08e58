/* fork.h: a fork of ours becomes a process for one purpose: what it has to forget first.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <signal.h>
#include <sys/types.h>

/* A fork of the calling thread. A signal that came before the child forgot our handlers would run
 * them in there: signals wait until then. `before`: the mask to put back here. */
pid_t    fork_start(sigset_t *before);

/* A handler of ours (it restores the terminal) must not run in there. `ignored`: 0 ends them; NULL:
 * none. */
void     fork_forget_handlers(const int *ignored);
/* The same; what is meant for the whole group (Ctrl-C, a hang-up) is the parent's to answer, who
 * ends us by leaving. */
void     fork_leave_signals(void);

/* Standard streams go nowhere. */
gboolean fork_close_streams(void);
/* The same, and all else but `fd` is closed. Its new number, or -1. */
int      fork_keep_only(int fd);
