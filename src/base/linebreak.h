/* linebreak.h: where a line may end besides at a blank, and how far in it goes on.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Whether a line may end between two characters that stand together: between wide ones (Chinese,
 * Japanese, Korean), apart from marks that may not begin or end a line. After UAX 14, by GLib's
 * tables. */
gboolean linebreak_between(gunichar before, gunichar after);

/* Of a line that is to be copied as one and takes several here: how many columns deeper than the first the further ones stand,
 * so that nobody takes them for lines of their own. */
guint    linebreak_hang(const char *line);
