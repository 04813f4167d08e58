/* app.h: the terminal program's front door.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "dns/resolver.h"
#include "facts/report.h"
#include "message/message.h"

/* An analysis that takes its time, done in a thread while the screen says what is waited for. */
typedef struct {
    Report *(*run)(gpointer data);      /* (transfer full) */
    char   *(*waiting)(gpointer data);  /* what for, now; or NULL. From another thread. (transfer full) */
    void    (*cancel)(gpointer data);   /* run() returns soon with what it has. Likewise */
    gpointer data;
} AppJob;

typedef struct {
    Message  *message;          /* borrowed; NULL where nothing could be opened */
    Report   *report;           /* borrowed; NULL likewise */
    const char *fault;          /* one line for the status bar: what could not be opened; or NULL */
    gboolean  ascii;            /* --ascii */
    gboolean  no_color;         /* --color never, NO_COLOR */
    const char *notice;         /* one line for the status bar at first; or NULL */
    const AppJob *job;          /* makes the report, where it is NULL; or NULL */
} AppInput;

/* Runs until the user quits. Keys come from the terminal even where the message came by a pipe.
 * Returns the exit status of the program: 0, or 2 where no terminal could be opened. */
int app_run(const AppInput *input);
