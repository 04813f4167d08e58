/* filter.h: a process's system calls go through a filter (seccomp), made from the table of calls.h.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <linux/audit.h>
#include <linux/filter.h>

#include "process/calls.h"

/* Calls of another machine than this one end the process: their numbers mean something else. */
#if defined(__x86_64__)
#define FILTER_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define FILTER_ARCH AUDIT_ARCH_AARCH64
#else
#define FILTER_ARCH 0       /* no filter is known for it */
#endif

/* A jump of this machine reaches no further. */
#define FILTER_MAX 255

/* The filter for the calling process, whose line to its parent is `line`; how long it is. */
guint    filter_make(CallsOf of, int line, struct sock_filter program[FILTER_MAX]);

/* From here on it holds for the calling thread and those that it starts. Needs PR_SET_NO_NEW_PRIVS.
 * FALSE: it could not be done. */
gboolean filter_enter(CallsOf of, int line);

/* TRUE: this kernel knows such filters. */
gboolean filter_known(void);
