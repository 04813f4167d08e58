/* base64.h: base64 as keys, hashes and signatures carry it (RFC 6376, 2.10).
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Decodes text without white space; padding may be missing, as the grammar allows. NULL where
 * anything outside the alphabet stands in it or it is empty: GLib's own decoder
 * skips what it does not know, which would verify damaged signatures. (transfer full) */
guint8  *base64_decode(const char *text, gsize *length);
/* The same of `size` octets of text into `out`, which has room for three for every four that are begun, and may begin
 * where the text does. FALSE, and anything written, where that has NULL. */
gboolean base64_decode_into(const char *text, gsize size, guint8 *out, gsize *length);
