/* link.h: names and addresses that a page or a mail program made links of: "ann@example.com<mailto:ann@example.com>".
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Whether the `[` or `<` at `at` begins a link that only says its text again; that text may begin at `text`. */
gboolean link_begins(const char *text, const char *at, const char *end);
