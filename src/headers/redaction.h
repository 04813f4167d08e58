/* redaction.h: text that somebody blacked out before passing the message on.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* An address or name of which nobody can tell any more what domain it had: "[redacted]", "xxx@xxx", blots, and what
 * Cloudflare puts in place of addresses on web pages. A local part alone that is hidden is none. */
/* Of a text longer than this nothing is said. */
#define REDACTION_MAX 1000
gboolean redaction_in(const char *text);
