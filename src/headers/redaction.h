/* redaction.h: text that somebody blacked out before passing the message on.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Of a text longer than this nothing is said. */
#define REDACTION_MAX 1000
/* An address or name of which nobody can tell any more what domain it had: "[redacted]", "xxx@xxx", "ann@...", blots, and what
 * Cloudflare puts in place of addresses on web pages. A local part alone that is hidden is none. */
gboolean redaction_in(const char *text);
/* A field's value that is one address without its sign, as archives of lists show it: "ann at example.com (Ann)",
 * "Ann <ann(a)example.com>". It was another one when it was sent, and is not put together again by guessing. */
gboolean redaction_of_sign(const char *value);
