/* help.h: what --help prints.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Whether `argv` asks for help before anything ends the options. */
gboolean help_wanted(char **argv);
/* GLib's help of `context` in the reader's language, no line wider than 80 columns. (transfer full) */
char *help_text(GOptionContext *context);
