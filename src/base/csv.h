/* csv.h: one cell of CSV (RFC 4180), for a spreadsheet.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Appends a stranger's text, made visible (base/text.h), in quotation marks where it needs them, or where it has one of the
 * characters `quoted` in it. What a spreadsheet would calculate begins with an apostrophe. NULL is empty. */
void csv_append_cell(GString *out, const char *text, const char *quoted);
