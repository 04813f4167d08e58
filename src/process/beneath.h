/* beneath.h: what stands below a folder, reached without ever leaving it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* The rest of the way from `folder`, which is opened as it is named. -1 and `errno`; DISK_REFUSED:
 * it, or a link on it, leads elsewhere. */
int beneath_open(const char *folder, const char *rest, int flags);
/* The same; but a link in cur or new of a Maildir, as programs that search mail make folders of them, is followed to a file
 * in cur or new of another one. */
int beneath_open_mail(const char *folder, const char *rest, int flags);
