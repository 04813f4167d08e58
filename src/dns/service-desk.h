/* service-desk.h: what the process that asks DNS does all its life.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "dns/live.h"

/* Answers what comes over `fd` until its other end is closed. Before the first question is
 * asked the process gives up files, programs and all but the network. */
void service_desk_run(int fd, const LiveOptions *options);
