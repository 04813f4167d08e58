/* clipboard.h: what a terminal is told to put into the clipboard (OSC 52).
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* More than that many terminals drop without a word. */
#define CLIPBOARD_MAX 70000u

typedef enum {
    CLIPBOARD_DIRECT,
    CLIPBOARD_TMUX,     /* through tmux */
    CLIPBOARD_SCREEN    /* through GNU screen */
} ClipboardWay;

/* As the environment says ($TMUX, $STY). */
ClipboardWay clipboard_way(void);
/* A text that is safe to paste anywhere: control characters and what changes the direction of
 * writing as visible marks, line ends (of `lines`) as LF, else as blanks; cut at CLIPBOARD_MAX.
 * (transfer full) */
char *clipboard_clean(const char *text, gboolean lines);
/* (transfer full) */
char *clipboard_sequence(const char *text, ClipboardWay way);
