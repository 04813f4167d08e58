/* goal-rules.h: who can change what, as a table.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "whatif/goal.h"

/* What of a value must be one's own. */
typedef enum {
    GOAL_ANYTHING,      /* any value */
    GOAL_OWN_ADDRESS,   /* an address at, or a name of, one's own domain */
    GOAL_OWN_NAME,      /* dns: a name at or below one's own domain */
    GOAL_OWN_POLICY,    /* tags: the record that governs stands at or below one's own domain */
    GOAL_NEVER
} GoalLimit;

typedef struct {
    const char *key;    /* of edit_keys, "*" the rest of a role, "tag" any tag of the policy record */
    GoalLimit   limit;
    const char *reason; /* N_(): why not, where it is refused; {0} is the value, {1} one's own domain */
} GoalRule;

/* The first rule of a role that fits the key; there is always one. */
const GoalRule *goal_rule(GoalRole role, const char *key);
