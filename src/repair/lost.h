/* lost.h: a signature that a text names, and that no repair made a field again.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* The header of `text`, repaired, has no DKIM-Signature, but something in it, or in the first lines of `original`, begins as one
 * does. */
gboolean lost_signature(const char *original, gsize length, const GString *text);
