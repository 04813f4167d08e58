/* nameless.h: a temporary file that is gone with whoever holds it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* An empty file to be written and read. It loses its name at once, so that nothing is left whatever
 * becomes of this process. -1 and `error`: there is none. Not in a confined process (base/inside.h). */
int nameless_open(GError **error);
