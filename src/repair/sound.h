/* sound.h: a header that nothing was done to, as most are, told by one pass over its bytes.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* TRUE where no step of the chain that is a reason to call a text damaged may have something to do
 * (RepairStep.possible), line ends of both kinds as they came. FALSE: not known. */
gboolean sound_header(const char *data, gsize length);
