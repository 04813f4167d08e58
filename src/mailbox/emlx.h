/* emlx.h: a message as Apple Mail keeps it: a line with a count, so many bytes of message, a property list.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "message/origin.h"

gboolean emlx_is(const char *bytes, gsize length);

/* The message in it, a part of `bytes` and no copy. What is odd is noted in the origin. (transfer full) */
GBytes  *emlx_message(GBytes *bytes, Origin *origin);
