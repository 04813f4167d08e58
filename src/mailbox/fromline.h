/* fromline.h: the lines that part the messages of an mbox.
 * SPDX-License-Identifier: MIT
 *
 * "From ann@example.com Mon Jan  5 10:00:00 2026". RFC 4155 gives the form; real mailboxes also have zones, names with
 * blanks, or no date at all. The same words may stand in a body, so the form alone does not decide. */
#pragma once

#include <glib.h>

typedef enum {
    FROMLINE_NONE,      /* no "From " line, or one that a person wrote */
    FROMLINE_BARE,      /* a sender and no date */
    FROMLINE_DATED      /* a sender and a date, to the end of the line */
} FromLine;

FromLine fromline_form(const char *line, gsize length);

/* TRUE where a separator stands at `at`, which is the start of a line: by its form and by what follows it. `*next`: where
 * its message begins. Whether an empty line stands before it is the caller's to ask. */
gboolean fromline_parts(const char *bytes, gsize length, gsize at, gsize *next);
/* TRUE where the bytes begin with such a line (behind a byte order mark and blank lines). The first line of a file need
 * not be as good as one among the bodies. */
gboolean fromline_starts(const char *bytes, gsize length);
/* Where that line stands. */
gsize    fromline_first(const char *bytes, gsize length);
