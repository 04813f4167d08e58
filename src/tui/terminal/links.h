/* links.h: references to an RFC as links (OSC 8) to its page.
 * SPDX-License-Identifier: MIT
 *
 * Only our own references (ROLE_LINK) become links, never a text of a message. */
#pragma once

#include "tui/terminal/theme.h"

/* Whether this terminal is known to cope with them, by what the environment says of it. */
gboolean links_known(void);
/* The page of the RFC that `text` begins with ("RFC 9989, 4.10.2"), at its section; `*length`: of
 * the reference. NULL: it does not begin with one. (transfer full) */
char    *links_page(const char *text, gsize *length);
/* Writes the references in `text`, which stands at a place of a canvas of that GlyphMode, once more as links (as
 * over_add()). FALSE: there is none. */
gboolean links_add(GString *out, guint x, guint y, const Style *style, int depth, const char *text, int mode);
