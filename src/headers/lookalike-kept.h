/* lookalike-kept.h: names of messages in which nothing is made to be taken for others, kept for the next message that has the same.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "headers/lookalike.h"

typedef struct Again LookalikeKept;

/* (transfer full) */
LookalikeKept *lookalike_kept_new(void);
void           lookalike_kept_free(LookalikeKept *kept);

/* As lookalike_find(); `kept` NULL: nothing is kept. `data` lives as long as `kept`. */
void           lookalike_find_kept(const Lookalikes *data, LookalikeKept *kept, Report *report);
