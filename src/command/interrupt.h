/* interrupt.h: Ctrl-C and SIGTERM as a wish to stop, for a run that has something to say when it is
 * stopped. SPDX-License-Identifier: MIT */
#pragma once

#include "base/stop.h"

/* From now on; a second signal ends the program as ever. What is ignored (nohup's kin) stays so. */
void interrupt_catch(Stop *stop);
/* In a worker: a terminal's Ctrl-C is for whoever started it, too, who sees to it that all end. */
void interrupt_leave_to_parent(void);
/* Signals do what they did before; answers with the one that came, or 0. */
int interrupt_release(void);
