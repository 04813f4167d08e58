/* wards.h: processes that somebody started for a confined one, which can start none itself.
 * SPDX-License-Identifier: MIT
 *
 * They are children of whoever started them, and so have to be ended by it: when the confined process asks for that, by the
 * name of their job, and all that are left when it is gone. */
#pragma once

#include <glib.h>
#include <sys/types.h>

typedef struct Wards Wards;

/* For `most` at the same time. (transfer full) */
Wards   *wards_new(guint most);
/* Ends those that are left. */
void     wards_free(Wards *wards);
gboolean wards_is_full(const Wards *wards);
void     wards_add(Wards *wards, const char *name, pid_t pid);
/* Ends the one of that name that was added last. How it ended, as of wait(2); -1: there is none. */
int      wards_end(Wards *wards, const char *name);
void     wards_end_all(Wards *wards);
