/* decode.h: texts of header fields as UTF-8 (RFC 2047).
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Of an unstructured value, already unfolded; bytes that are no UTF-8 stand as `\xHH`, as everywhere (base/text.h).
 * (transfer full) */
char *decode_text(const char *value);
/* Of a phrase (RFC 5322, 3.2.5), without blanks around it. (transfer full) */
char *decode_phrase(const char *phrase);
