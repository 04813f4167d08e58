/* hypothesis-part.h: what hypothesis-read.c makes of a person's words, for hypothesis.c.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "analysis/hypothesis.h"

struct Hypothesis {
    Report  *premise;       /* author, envelope, signatures, SPF where it is said: assumed */
    gboolean spf_said;
    gboolean form;
    char    *own_address;   /* of the form; NULL where it has none */
};
