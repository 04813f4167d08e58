/* door.h: how a worker and a core ask whoever started them for what base/inside.h promises.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "process/line.h"

/* One word of letters, digits and "-_.:", not longer than such words are. */
gboolean door_is_need(const char *what, gsize length);
/* TRUE: it may be asked for, is not in `known`, and these are not too many. */
gboolean door_is_new(const char *what, const char *const *known);

/* Says a frame and hears its answer. FALSE: nobody is there any more. */
typedef gboolean DoorAsk(LineKind kind, const void *bytes, gsize length, LineFrame *answer);

/* A descriptor, or -1. */
int      door_ask_fd(DoorAsk *ask, LineKind kind, const void *bytes, gsize length);
int      door_start_child(DoorAsk *ask, const char *name, GBytes *told);
/* How it ended, as of wait(2), or -1. */
int      door_end_child(DoorAsk *ask, const char *name);
