/* service-start.h: a fork becomes the process that asks DNS.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <sys/types.h>

#include "dns/live.h"

/* `*fd` is the line to it. -1 where there can be no process. */
pid_t service_fork(const LiveOptions *options, int *fd);
