/* printer.h: a Report on paper: text and JSON.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

typedef struct {
    gboolean color;     /* SGR sequences in text */
    gboolean ascii;     /* no glyph beyond ASCII */
    guint    width;     /* columns for wrapping; 0: 80 */
} PrinterStyle;

/* One line: the JSON object of INTERFACE.md and a line end. */
void printer_json(GString *out, const Report *report);
void printer_text(GString *out, const Report *report, const PrinterStyle *style);
