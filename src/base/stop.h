/* stop.h: one thread's wish that another's work end early.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct Stop Stop;

Stop    *stop_new(void);                /* (transfer full) */
void     stop_free(Stop *stop);
/* From any thread, any number of times. */
void     stop_wish(Stop *stop);
/* NULL never wishes. */
gboolean stop_wished(const Stop *stop);
/* Readable from then on, for poll(); -1 of NULL. */
int      stop_fd(const Stop *stop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stop, stop_free)
