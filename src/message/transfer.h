/* transfer.h: base64 and quoted-printable of bodies, undone (RFC 2045, 6.7 and 6.8).
 * SPDX-License-Identifier: MIT
 *
 * As leniently as GMime does it, byte for byte (tests/unit/test-transfer.c holds them against each other), without its
 * library: most attachments are looked into for no more than a few bytes. */
#pragma once

#include <glib.h>

/* `out` has room for `length` bytes; how many were written. What is outside the alphabet is passed over. */
gsize transfer_base64(const char *in, gsize length, char *out);
gsize transfer_quoted(const char *in, gsize length, char *out);
