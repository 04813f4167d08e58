/* nowhere.h: what stands in the place of a standard stream that a process must not have.
 * SPDX-License-Identifier: MIT */
#pragma once

/* /dev/null; where there is none (a bare chroot), something that can be neither read nor written. Close-on-exec. -1: no descriptor is
 * left. */
int nowhere_open(void);
