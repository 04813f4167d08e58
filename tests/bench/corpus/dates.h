/* dates.h: points in time as mail writes them, whatever the locale.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* As in Date: (RFC 5322, 3.3). (transfer full) */
char *date_of_field(gint64 time);
/* As in the From line of an mbox. (transfer full) */
char *date_of_mbox(gint64 time);
