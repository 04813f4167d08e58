/* palette-history.h: the commands that were typed behind the ":" in earlier runs.
 * SPDX-License-Identifier: MIT
 *
 * One line each in $XDG_STATE_HOME/fromscope/history, the last one last, for the user's eyes only (mode
 * 0600). Names of commands are kept, and words of the program's own; what a message, a host, a file or an
 * address is called is not: such a line is known in its own run only. */
#pragma once

#include <glib.h>

enum { HISTORY_MAX = 200, HISTORY_LINE_MAX = 200 };

/* Puts `line` at the end of `history` (char *); one that is there already moves. */
void     history_add(GPtrArray *history, const char *line);
/* The lines of the file; none where there is no file, or it cannot be read. (transfer full) */
GPtrArray *history_load(void);
/* Adds `line` to the file, whatever another run wrote meanwhile. What cannot be written is not kept: nobody
 * is bothered with it. */
void     history_keep(const char *line);
