/* words.h: encoded words (RFC 2047) in the form and the character set that nearly all have.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* A text or a phrase of printable ASCII, UTF-8 and well-formed encoded words in UTF-8 or ASCII, with blanks around each:
 * what GMime makes of it, without its library (tests/unit/test-transfer.c). NULL for everything else: other
 * character sets, words that run into each other, bytes that are nothing. (transfer full) */
char *words_decode(const char *value);
