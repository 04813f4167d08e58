/* goal.h: "make it pass by changing one thing that you could really change": who can change what, and
 * what an attempt came to. No screen: lessons use it, too.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "whatif/edit.h"

typedef enum {
    GOAL_SENDER,        /* sends this mail, with a domain of one's own */
    GOAL_DNS,           /* runs the DNS of a domain */
    GOAL_SERVICE,       /* carries the mail of others, with its own domain */
    GOAL_RECEIVER,
    GOAL_VISITOR        /* somebody whose address stands there, and who sent nothing */
} GoalRole;
extern const char *const goal_role_words[];     /* "sender" …, NULL-terminated */

/* Who somebody is. */
typedef struct {
    GoalRole role;
    char    *domain;    /* what is theirs, with all below it; NULL for receiver and visitor */
} Goal;

/* "sender example.com", "dns example.jp", "receiver". NULL and `error` where it cannot be understood.
 * (transfer full) */
Goal      *goal_read(const char *text, GError **error);
Goal      *goal_copy(const Goal *goal);
void       goal_free(Goal *goal);
/* Those that make sense for a message, the likeliest first: Goal, owned. (transfer full) */
GPtrArray *goal_choices(const Report *report);
/* "I run the DNS of example.jp" (transfer full) */
char      *goal_describe(const Goal *goal);

/* Whether somebody could really make this change to the mail of `report` (without edits). FALSE:
 * `reason`, for people, says why not. (transfer full: reason) */
gboolean   goal_allows(const Goal *goal, const Report *report, const WhatIf *edit, char **reason);

typedef enum {
    GOAL_OPEN,          /* nothing was changed yet */
    GOAL_NOT_YET,       /* what was changed does not help */
    GOAL_REACHED,       /* it passes by one change */
    GOAL_TOO_MANY,      /* it passes, by more than one */
    GOAL_NOTHING_TO_DO  /* it passed before */
} GoalState;

/* What an attempt came to. */
typedef struct {
    GoalState state;
    char     *text;     /* what to say, for people */
    char     *why;      /* not yet: the node that still fails, in words; or NULL */
    char     *turns;    /* its id; or NULL */
    char     *record;   /* reached: what to write, ready to copy; or NULL */
} GoalOutcome;

/* `before` is the report without edits, `after` with them (the same where there is none yet).
 * (transfer full) */
GoalOutcome *goal_judge(const Report *before, const Report *after);
void         goal_outcome_free(GoalOutcome *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Goal, goal_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GoalOutcome, goal_outcome_free)
