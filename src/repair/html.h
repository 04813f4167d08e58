/* html.h: a header copied out of a page's source: &lt;, <br>, <pre>.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Whether the `<` at `at` begins a tag that pages set text with, if a `>` follows. */
gboolean html_may_be_tag(const char *at, const char *end);
