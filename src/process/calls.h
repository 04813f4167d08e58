/* calls.h: what each kind of confined process may ask of the kernel.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* The sanitizers look around at each new thread, and reserve terabytes that no limit survives. */
#if defined(__SANITIZE_ADDRESS__)
#define CALLS_SANITIZED 1
#else
#define CALLS_SANITIZED 0
#endif

typedef enum { CALLS_PEER, CALLS_WORKER, CALLS_CORE, CALLS_DNS, CALLS_KINDS } CallsOf;

/* What comes of a system call. Of a condition that does not hold, the end of the name says it. */
typedef enum {
    CALL_YES,
    CALL_NO,            /* fails for want of a right: libraries look for files and go on without */
    CALL_LACKS,         /* fails as if this kernel did not have it */
    CALL_ENDS,          /* ends the process: nobody does so by mistake */
    CALL_LINE_NO,       /* on the line to the parent */
    CALL_SELF_NO,       /* to the process itself: abort() */
    CALL_DATA_ENDS,     /* memory that is not executable */
    CALL_DATA_NO,
    CALL_THREAD_ENDS,   /* a thread, and nothing else that clone(2) can make */
    CALL_THREAD_NO,
    CALL_FLAGS_NO,      /* F_GETFL, F_SETFL and what stands near them, not F_SETOWN, which has
                         * signals sent to others */
    CALL_INTERNET_NO,   /* a socket of the usual kinds; no raw one, none of the kernel's or of other
                         * programs */
    CALL_RULES
} CallRule;

/* All numbers that there are, with room for some that come. */
#define CALLS_MAX 512

/* What comes of each call: rules[SYS_read] is a CallRule; rules[CALLS_MAX] is that of all numbers
 * from there on. */
void calls_table(CallsOf of, guint8 rules[CALLS_MAX + 1]);
