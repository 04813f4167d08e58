/* fault.h: an error whose text is put together on the spot.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Sets `error` and returns FALSE, so that a check can end in `return fault_set(…)`. */
gboolean fault_set(GError **error, GQuark domain, int code, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
