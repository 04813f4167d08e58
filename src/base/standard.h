/* standard.h: what the program says to whoever called it: standard output, standard error, exit status.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <sys/uio.h>

/* INTERFACE.md, "Exit status". */
enum { EXIT_PASS = 0, EXIT_FAIL = 1, EXIT_TROUBLE = 2, EXIT_NONE = 3, EXIT_OPEN = 4 };

/* On standard error; nothing else in the program prints there. */
void     standard_complain(const GError *error);
void     standard_warn(const char *text);
gboolean standard_print(const char *text);
/* All or nothing on standard output. */
gboolean standard_write(const GString *text);
/* The same of what is no GString: a worker made it, which may have been taken over, so that on a terminal only colors get
 * through. */
gboolean standard_write_bytes(const void *bytes, gsize length);
/* The same of several pieces at once, where standard output is no terminal (FALSE: it is one). `parts` are used up. */
gboolean standard_writes_parts(void);
gboolean standard_write_parts(struct iovec *parts, guint n);
/* For whoever is going to write much: where standard output is a pipe, two reports fill it, and the program waits for its reader
 * again and again. It may hold more then; elsewhere, or where that is refused, nothing. */
void     standard_widen(void);
/* The same of a message itself: on a terminal nothing gets through but text. */
gboolean standard_write_foreign(const void *bytes, gsize length);
