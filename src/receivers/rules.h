/* rules.h: receivers' rules as they stand in files: which check, since when, what a failure costs.
 * SPDX-License-Identifier: MIT
 *
 * One file is one profile (doc/receivers.md). Its language is data only: a rule names one of the
 * checks of check.h, a threshold, an effect and the answer of the receiver. Nothing is computed
 * here, and nothing a receiver could change is written in C. */
#pragma once

#include "facts/report.h"

typedef struct ReceiverCheck ReceiverCheck;

/* Texts that reports hold (RECORD_ID) are const, and never go away. */
typedef struct {
    const char *id;             /* the section's name */
    const ReceiverCheck *check;
    RuleEffect effect;
    char  *title;               /* instead of the check's own words; or NULL */
    const char *code, *clash, *since, *source;
    char  *instead;             /* id of a rule: where it passes, this one is not asked */
    guint  least;               /* threshold, for checks that have one */
    char **domains;             /* for checks of certain domains; or NULL */
    guint  slot;                /* rules that ask the same share the answer */
} RuleSpec;

typedef struct {
    const char *id;             /* the file's name without .ini */
    const char *name, *as_of, *source;
    guint      order;
    GPtrArray *rules;           /* RuleSpec, in the order of the file */
} Profile;

typedef struct {
    GPtrArray *profiles;        /* Profile, in order */
    guint      slots;
    struct KeptVerdicts *kept;  /* NULL: each message's verdicts are made anew */
    gboolean   borrowed;        /* the profiles are somebody else's */
} ReceiverRules;

/* Reads every *.ini of the folders; of files with the same name the one in the first folder that
 * has it counts. A file with a fault is not used: the next folder's takes its place. `faults`
 * (char *) gets each fault with file and line. Never fails. (transfer full) */
ReceiverRules *receiver_rules_load(const char *const *folders, GPtrArray *faults);
/* The same of rules that were read before, and stay. (transfer full) */
ReceiverRules *receiver_rules_of(const ReceiverRules *read);
void           receiver_rules_free(ReceiverRules *rules);

/* From now on verdicts are kept for the next message of which the same was seen. For whoever judges many messages, in one
 * thread; nobody can tell from a report. To ask again changes nothing. */
void           receiver_rules_keep(ReceiverRules *rules);

/* Of these profiles those that `ids` names, NULL-terminated; nothing of them is its own. (transfer container:
 * receiver_rules_free_some) */
ReceiverRules *receiver_rules_some(const ReceiverRules *rules, const char *const *ids);
void           receiver_rules_free_some(ReceiverRules *rules);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReceiverRules, receiver_rules_free)
