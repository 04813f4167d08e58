/* segment.h: which of the marks really begin a field.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "repair/marks.h"

/* The fields of a header block whose line breaks cannot be trusted: Mark, in order. (transfer full)
 */
GArray *segment_fields(const char *text, gsize length, MarkMode mode);
