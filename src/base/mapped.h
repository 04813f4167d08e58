/* mapped.h: the bytes of a regular file that is open, in a process that may do little else.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Reads few bytes and maps many, with calls that a confined worker has (base/inside.h): fstat() is none of them, since the C
 * library makes it one that takes a name. The descriptor stays open and is not needed any more. NULL and `error`, without
 * a name. (transfer full) */
GBytes *mapped_bytes(int fd, GError **error);
