/* heap.h: small pieces of memory kept for the next message.
 * SPDX-License-Identifier: MIT
 *
 * A report is thousands of small pieces that are all freed at once, and the next message's report wants the same
 * sizes again. libc keeps seven freed pieces of a size at hand; the others are sorted, joined and cut anew, which
 * was a fifth of the time of a run over many messages (doc/benchmarks.md). */
#pragma once

#include <glib.h>

/* From now on this thread keeps small pieces that it freed, up to a few megabytes, and takes the next ones
 * from there. For whoever analyzes many messages; to ask again changes nothing. Without effect where another
 * allocator has been put in libc's place (sanitizers), or libc is another one. */
void heap_keep(void);
