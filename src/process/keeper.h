/* keeper.h: files for a process that may open none: what it asks for is looked at, and opened here if it may have it.
 * SPDX-License-Identifier: MIT
 *
 * The keeper is part of the process that has the terminal: it sees what the person named and typed, and looks into no
 * message. At the other end of a socket is a confined process that may have been taken over: each request is judged alone, is bounded,
 * and says nothing about what the core may not have. What it may have stands in doc/security.md; here it is said by whom:
 *
 *     before the fork     keeper_new(), keeper_opens() for each FILE of the command line …, keeper_line()
 *     in the core         keeper_enter(fd)              (then disk.h goes there; before confinement, before threads)
 *     in the terminal     keeper_serve(keeper, fd)      whenever `fd` can be read */
#pragma once

#include <sys/types.h>
#include <glib.h>

/* ---- the terminal's process ---- */

typedef struct Keeper Keeper;

/* What comes with the program, the person's configuration and data of it, and the public suffix list may be read; the files
 * of state (history, progress) may be read and replaced, by name. Asks for the current folder now. (transfer full) */
Keeper  *keeper_new(void);
void     keeper_free(Keeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keeper, keeper_free)

/* The person named it as a message, a mailbox or a folder (command line, or typed): it may be read, as may its snapshot beside it, or
 * whatever stands below a folder; and new files may be written in the folder where it is, or below it. "-": standard
 * input. */
void     keeper_opens(Keeper *keeper, const char *path);
/* … as the folder of a lesson, or perhaps just as its name: the lessons beside it may be read, too. */
void     keeper_lesson(Keeper *keeper, const char *folder);
/* … as a file that is only read: --dns. */
void     keeper_reads(Keeper *keeper, const char *path);
/* … as a file to be written: a new one of any name. */
void     keeper_writes(Keeper *keeper, const char *path);
/* … as one of theirs that may be replaced: --class. */
void     keeper_replaces(Keeper *keeper, const char *path);

/* A new pair of sockets (SOCK_SEQPACKET, close-on-exec): [0] stays here, [1] is the core's. FALSE: there are none. */
gboolean keeper_line(int line[2]);
/* Answers one request that waits at `fd`; never waits for the other end. FALSE: it closed the line, or said what no honest
 * core says: nothing that came over this line is to be trusted any more. What a core was writing when it went is gone, too:
 * keeper_left(). */
gboolean keeper_serve(Keeper *keeper, int fd);
/* The core is gone: what it had begun to write is forgotten. */
void     keeper_left(Keeper *keeper);
/* For tests: the last thing that was refused, as a path; NULL: nothing since it was asked last. (transfer full) */
char    *keeper_refused(Keeper *keeper);

/* ---- the core ---- */

/* From now on base/disk.h goes through `fd` (kept open, any thread). Remembers the current folder and the program's path,
 * which cannot be asked for later. A line that breaks makes each request fail with EPIPE. */
void     keeper_enter(int fd);
/* An empty file without a name, to be written and read (for InsideDoor.open_file); -1: none. */
int      keeper_temporary(void);

/* System calls that the client's side needs: sendmsg() and recvmsg() on the line, futex(); and of what it gets: read(), pread64(), lseek(),
 * mmap(), close(), ppoll(); write() to a temporary file. */
