/* warm.h: before a worker is confined: what it could not load later.
 * SPDX-License-Identifier: MIT */
#pragma once

/* `needs` as in PoolClass.prepare (process/pool.h). */
void session_warm(const char *const *needs);
