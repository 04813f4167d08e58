/* kind.h: what some bytes are, by their content.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef enum {
    KIND_TEXT,          /* a message, or text that was one */
    KIND_MBOX,
    KIND_EMLX,
    KIND_MSG,           /* a compound file, as Outlook saves messages */
    KIND_GZIP,
    KIND_UTF16_LE, KIND_UTF16_BE,
    KIND_BASE64         /* of a whole message */
} Kind;

Kind kind_of(const char *bytes, gsize length);

/* A line "Name: value" as mail has it: letters, digits, "-", "_" and "." before the colon; where no blank follows the
 * colon, a name that mail uses (so that "http://…" is none). */
gboolean kind_is_field(const char *line, gsize length);
/* TRUE where a header begins in the first lines of `bytes`: mail, not merely some text with a colon in it. */
gboolean kind_is_header(const char *bytes, gsize length);
/* The length of the line at `bytes` without its line end; `*after`: where the next one begins. */
gsize    kind_line(const char *bytes, gsize length, gsize *after);
