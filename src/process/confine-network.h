/* confine-network.h: a process gives up everything but the network.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* From here on the calling process and the threads that it starts may talk over sockets that
 * are open, and over new ones to the Internet (UDP; TCP only to `port`); no files (Landlock,
 * seccomp), no listening, no programs, no other processes, no executable memory, a bound on
 * memory. What it may not do fails; starting programs and looking into other processes kills
 * it. FALSE where the kernel cannot promise all of that; what it can, holds. */
gboolean confine_network(guint port);
