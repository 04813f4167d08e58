/* words.h: invented English and Japanese for subjects and texts.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "draw.h"

/* `count` English words with blanks between, appended. */
void words_english(GString *out, Draw *draw, guint count);
/* A sentence of Japanese in UTF-8. (transfer none) */
const char *words_japanese(Draw *draw);
/* (transfer none) */
const char *words_name(Draw *draw);
