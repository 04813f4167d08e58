/* twin.h: the tree by the other RFC, with what both rest on.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* The report keeps the notes of SPF, DKIM and ARC once, in the tree that counts (`tree`): a copy of `other` with
 * copies of these in the same branches. (transfer full: record_free(&step_type, …)) */
Step *twin_tree(const Step *other, const Step *tree);
