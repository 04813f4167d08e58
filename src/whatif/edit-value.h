/* edit-value.h: whether the value of an edit can be understood, and its parts.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "whatif/edit.h"

/* FALSE and `error` ("ip=x: not an IP address") where it cannot. */
gboolean edit_value_check(const EditKey *row, const char *key, const char *value, GError **error);

/* ---- parts of values that were checked ---- */

/* "OFFSET" or "OFFSET=HH"; `byte` is -1 where none is said. */
gboolean edit_read_byte(const char *value, gsize *offset, int *byte);
/* "N>M", both from 1. */
gboolean edit_read_move(const char *value, guint *from, guint *to);
/* RFC 3339; RECORD_UNSET where it is no time. */
gint64   edit_read_time(const char *value);
