/* utf16.h: characters of UTF-16, as files and Outlook's properties hold them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* The character at `*at`, which moves on; half a pair, or half a unit at the end, is U+FFFD. */
gunichar utf16_next(const guint8 *bytes, gsize length, gsize *at, gboolean big_endian);
