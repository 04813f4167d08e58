/* line.h: frames on the socket between a worker and its parent, with descriptors from there to here.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef enum {
    /* from the parent */
    LINE_JOB = 'j',         /* with descriptors */
    LINE_ANSWER = 'a',
    LINE_FD = 'f',          /* what was asked for, or none */
    LINE_CHILD_END = 'e',
    LINE_NO_MORE = 'q',     /* jobs: end when the last is done */
    /* from the worker */
    LINE_WAKE = 'w',        /* there is something in the ring */
    LINE_ASK = '?',
    LINE_NOTE = 'n',
    LINE_NEED = '!',        /* ends: another process shall have this loaded */
    LINE_START = 's',       /* a child */
    LINE_REAP = 'r',
    LINE_FILE = 't'         /* a temporary file */
} LineKind;

#define LINE_FDS_MAX 64
/* From a worker; answers to it are as large as DNS makes them. */
#define LINE_FRAME_MAX (256u << 10)

typedef struct {
    guint  kind;
    guint  n_fds;
    gsize  length;
    guint8 *bytes;          /* length + 1, the last is NUL */
    int    fds[LINE_FDS_MAX];
} LineFrame;

void     line_frame_clear(LineFrame *frame);    /* closes descriptors that are left (not -1) */

/* ---- the worker: plain calls that wait ---- */

gboolean line_put(int fd, LineKind kind, const void *bytes, gsize length);
gboolean line_get(int fd, LineFrame *frame);

/* Several frames that go out at once. */
void     line_append(GByteArray *frames, guint kind, const void *bytes, gsize length);
gboolean line_put_frames(int fd, const GByteArray *frames);

/* ---- the parent: never waits ---- */

typedef struct LineEnd LineEnd;

/* Takes `fd` over. (transfer full) */
LineEnd *line_end_new(int fd);
void     line_end_free(LineEnd *end);
int      line_end_fd(const LineEnd *end);
/* As soon as there is room; descriptors are handed over as they are now and stay ours. FALSE: the line is broken. */
gboolean line_end_send(LineEnd *end, LineKind kind, const void *bytes, gsize length, const int *fds, guint n_fds);
/* Sends what waits; and whether some is left. */
gboolean line_end_flush(LineEnd *end);
gboolean line_end_waits(const LineEnd *end);

typedef enum { LINE_NOTHING, LINE_GOT, LINE_CLOSED, LINE_NONSENSE } LineState;

/* The next frame, if it is there whole; its bytes live until the next call. */
LineState line_end_read(LineEnd *end, guint *kind, const guint8 **bytes, gsize *length);
/* No frame is left of what came until the descriptor was read last: who is told by poll(2) of what came since need not try. */
gboolean line_end_is_dry(const LineEnd *end);
