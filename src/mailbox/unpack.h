/* unpack.h: takes off what was put around the bytes: gzip, UTF-16, base64.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "mailbox/kind.h"
#include "message/origin.h"

/* What is inside, after at most four layers; `*kind`: what that is. What was done stands in the origin (repairs, notes,
 * fidelity, original). `*cut`: the id of the note where bytes are missing at the end, else NULL. NULL and `error`, without the
 * name. (transfer full) */
GBytes *unpack(GBytes *bytes, Kind *kind, Origin *origin, const char **cut, GError **error);
/* The first bytes of a gzip stream whose own first bytes these are: enough to see what is in it. (transfer full) */
GBytes *unpack_head(GBytes *bytes);
