/* linebreak.h: where a line may end besides at a blank.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Whether a line may end between two characters that stand together: between wide ones (Chinese,
 * Japanese, Korean), apart from marks that may not begin or end a line. After UAX 14, by GLib's
 * tables. */
gboolean linebreak_between(gunichar before, gunichar after);
