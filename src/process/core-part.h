/* core-part.h: what the two sides of core share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "process/core.h"

typedef struct {
    const CoreClass *class;
    gpointer         data;
    const GPtrArray *needs;     /* char *; or NULL */
    pid_t            parent;
    int              fds[3];    /* the core's ends: line, door, files (-1: none) */
    CoreSign        *sign;
} CoreStart;

/* In the fork. */
void core_be(const CoreStart *start) G_GNUC_NORETURN;
