/* apart.h: a command that reads strangers' files and prints, done in a confined process.
 * SPDX-License-Identifier: MIT
 *
 * This process opens the files that it is asked for and may give (session/keeper.h), and prints what the other one has to say when it
 * is done; it looks into none of them. */
#pragma once

#include "base/stop.h"
#include "session/session.h"

typedef struct {
    GString   *out;         /* for standard output */
    GPtrArray *warnings;    /* char *, for standard error */
    PrinterStyle style;     /* of standard output, which is not this process's … */
    gboolean   terminal;    /* … and whether it is a terminal */
    int        line;
} Apart;

/* In the confined process, with a session of its own: the exit status. */
typedef int (*ApartRun)(const Session *session, Apart *apart);

void     apart_warn(Apart *apart, const char *text);
/* A sign of life in work that makes progress: 60 s of CPU time without one end it. */
void     apart_alive(Apart *apart);
/* Whether the person wants it to end. */
gboolean apart_stopped(const Apart *apart);

/* `stop` may be NULL. */
int      session_apart(const Session *session, ApartRun run, const Stop *stop);

/* ---- what is the same for the screen (command/view.c) ---- */

/* In the parent of a confined process (process/core.h): a child that it may have: second opinions, or what asks DNS. The options are
 * this process's own: what the other one says cannot change whom we ask. */
int      session_start_child(const Session *session, const char *name, GBytes *told, pid_t *pid);
