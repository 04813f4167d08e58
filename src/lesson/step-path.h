/* step-path.h: steps of the tree by what lessons call them: `dkim-vouches#2/dkim-body`.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* The step, or NULL where there is none. (transfer none) */
const Step *step_path_find(const Step *root, const char *path);
/* The shortest path that leads to this step of the tree. (transfer full) */
char       *step_path_of(const Step *root, const Step *step);
