/* plain-line.h: what the process with the terminal and the one that parses say to each other where there is no screen.
 * SPDX-License-Identifier: MIT
 *
 * What the one that parses says is a stranger's: it is made visible again before it is written, and what is typed is handed over only
 * when it is asked for. */
#pragma once

#include <glib.h>

typedef enum {
    /* from the core */
    PLAIN_SAY = 'P',        /* text to be written */
    PLAIN_ASK = 'L',        /* a line is wanted */
    PLAIN_PASTING = 'V',    /* whether lines are a text that is pasted: one byte */
    PLAIN_WAY = 'W',        /* how one comes back to what is open */
    PLAIN_KEEP = 'K',       /* a piece of what was pasted, for the next core; an empty one: it begins */
    PLAIN_QUIT = 'Q',       /* exit status: one byte */
    /* to the core */
    PLAIN_HEARD = 'h'       /* PlainHeard; the line follows */
} PlainFrame;

/* What is written at once. */
#define PLAIN_SAY_MAX 65536u

typedef enum { PLAIN_LINE, PLAIN_END, PLAIN_INTERRUPT } PlainRead;

/* Of the terminal, or what stands in its place. */
typedef struct {
    guint32 input;          /* commands come from somewhere … */
    guint32 terminal;       /* … which is a terminal */
    guint32 interactive;    /* somebody reads and answers */
    guint32 width, height;  /* 0: unknown */
} PlainSeat;

typedef struct {
    guint32 read;           /* PlainRead */
    guint32 asked;          /* it answers a PLAIN_ASK */
    guint32 width, height;  /* as they are now */
} PlainHeard;
