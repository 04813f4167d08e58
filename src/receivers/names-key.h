/* names-key.h: all that questions about names and results look at in a message, as one text.
 * SPDX-License-Identifier: MIT
 *
 * Most of what receivers ask (LOOKS_AT_NAMES) follows from who is named and what SPF, DKIM, ARC and DMARC came to: a
 * sender's messages have the same answers, which are then not asked for again (receivers/kept.h). Whoever lets such a question
 * look at something else adds it here. */
#pragma once

#include "receivers/check.h"

/* NULL: it holds something that came for the first time, or too much. The results that it holds by their place in memory have to
 * be held by whoever keeps it. (transfer full) */
char *names_key(const CheckInput *input);
