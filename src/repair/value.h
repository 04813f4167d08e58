/* value.h: does this text look like the value of that kind of field?
 * SPDX-License-Identifier: MIT */
#pragma once

#include "repair/names.h"

/* TRUE where what begins at `at` (behind the colon) can only be, or is most likely, such a value.
 * Never TRUE for free text, which fits everything. Looks at a few hundred bytes at most. */
gboolean value_fits(ValueKind kind, const char *at, const char *end);

/* FALSE where no value stands at `at` whose form proves its field even right behind the colon: a date, an identifier, a hop, a
 * type, an encoding, a version, an address in angle brackets. A cheap look: some that get TRUE are none. */
gboolean value_may_be_tight(const char *at, const char *end);    /* at < end */

/* TRUE where [at, end) could stop here: an address list at its `>`, a date at its zone. What
 * follows such a value may be a field whose name nobody knows. */
gboolean value_is_complete(ValueKind kind, const char *at, const char *end);
