/* line.h: what a list shows of a message, read from its header's bytes alone.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "mailbox/store.h"

/* A header longer than that is not read to its end. */
#define LINE_HEADER_MAX (256UL * 1024)

/* Reads the fields, no body; stops when all is known. Where there is no field, as split.h reads it, `fault` says so.
 * FALSE where what was read is not as servers write it: the text may need repair. */
gboolean line_read(const char *bytes, gsize length, StoreLine *line);
/* The same lines where nobody asks that: only those that may be wanted are looked at. */
void     line_read_fast(const char *bytes, gsize length, StoreLine *line);
/* The same from a message that is open. */
void     line_of_message(const Message *message, StoreLine *line);
