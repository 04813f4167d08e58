/* beneath.h: what stands below a folder, reached without ever leaving it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* The rest of the way from `folder`, which is opened as it is named. -1 and `errno`; DISK_REFUSED:
 * it, or a link on it, leads elsewhere. */
int beneath_open(const char *folder, const char *rest, int flags);
