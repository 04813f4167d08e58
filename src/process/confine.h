/* confine.h: a process gives up files, network and everything else it does not need.
 * SPDX-License-Identifier: MIT
 *
 * What each of them can still ask of the kernel stands in calls.c. */
#pragma once

#include <glib.h>

/* From here on the calling process computes and talks over `line`, nothing else: no files
 * (Landlock, seccomp), no network, no processes, no executable memory, `seconds` of CPU time,
 * `bytes` of memory more than it has. What it may not do fails or kills it. FALSE where the
 * kernel cannot promise that; then nothing hostile may be touched. */
gboolean confine_process(int line, guint seconds, gsize bytes);

/* The same for a worker (pool.h): descriptors that it has or is handed may be read and mapped, none
 * can be opened; no network, no process, no executable memory, `bytes` of memory that it may write
 * to. Where the kernel lacks a part it does without (FALSE); `info` says so. */
gboolean confine_worker(gsize bytes);

/* The same for a core (core.h). */
gboolean confine_core(gsize bytes);

/* From here on the calling process and the threads that it starts may talk over sockets that
 * are open, and over new ones to the Internet (UDP; TCP only to `port`); no files (Landlock,
 * seccomp), no listening, no programs, no other processes, no executable memory, a bound on
 * memory. What it may not do fails; starting programs and looking into other processes kills
 * it. FALSE where the kernel cannot promise all of that; what it can, holds. */
gboolean confine_network(guint port);

/* What this kernel gives, for `fromscope info`: "seccomp, Landlock ABI 7, limits". (transfer
 * full) */
char    *confine_describe(void);
