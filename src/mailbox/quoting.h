/* quoting.h: the ">" that an mbox puts before lines that begin with "From ", taken off again.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* The message as it was delivered; `bytes` itself where nothing was quoted. `*lines`: how many were. (transfer full) */
GBytes *quoting_undo(GBytes *bytes, guint *lines);
