/* told.h: an advice as lines for people: who, what, where, the text to copy, why, what not, side effects,
 * and whether it was tried. All views and reports say it by these.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

typedef enum {
    TOLD_WHO,           /* "Whoever runs the form, in its settings:" */
    TOLD_WHAT,
    TOLD_RECORD,        /* one line to copy, as it is */
    TOLD_WHERE,         /* in whose console */
    TOLD_TRIED,
    TOLD_LEG,           /* what is left without it */
    TOLD_WHY,
    TOLD_NOT,           /* what would not help … */
    TOLD_NOT_WHY,       /* … and why */
    TOLD_EFFECT
} ToldKind;

typedef struct {
    ToldKind kind;
    char    *text;      /* may hold a stranger's bytes: base/text.h */
    gboolean good;      /* it was tried, and passes; a leg that can be spared */
} Told;

/* The pattern's words under `P.suffix`; NULL where there are none. (transfer full) */
char       *told_words(const Advice *advice, const char *suffix);
/* Who has to act. (transfer full) */
char       *told_who(const Advice *advice);

/* In that order. (transfer full: GPtrArray of Told with free function) */
GPtrArray  *advice_told(const Advice *advice);
/* The word before a line ("WHY"); NULL: none, or that of the line above. (transfer none) */
const char *told_label(ToldKind kind);
