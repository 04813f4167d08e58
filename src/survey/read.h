/* read.h: surveys out of the JSON that `survey --format json` prints.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "survey/survey.h"

/* Adds what stands in `bytes` to `survey`: one object, or several, one after another. FALSE and
 * `error`, which names `name` and the line, where that is no survey, or its counts do not add up;
 * then nothing was added. */
gboolean survey_read(Survey *survey, const char *bytes, gsize length, const char *name,
                     GError **error);
