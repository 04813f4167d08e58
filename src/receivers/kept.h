/* kept.h: verdicts of receivers' rules, kept for the next message of which the same was seen.
 * SPDX-License-Identifier: MIT
 *
 * A rule's verdict follows from the rule and from what its question was answered: thousands of messages of the same few
 * domains get the same ones, dozens each. They are made, and printed as JSON, once. */
#pragma once

#include "receivers/check.h"

typedef struct KeptVerdicts KeptVerdicts;

/* An answer, and the verdicts that were made of it. */
typedef struct KeptAnswer KeptAnswer;

/* The answers to all rules of a profile, and the verdict that follows from them; what is answered with a message's own words
 * counts without these. */
typedef struct KeptProfile KeptProfile;

/* While fewer are kept, what comes is kept at once, as base/again.h does it: answers of the first senders, and their profiles. */
#define KEPT_ANSWERS_EARLY  128
#define KEPT_PROFILES_EARLY 64

/* (transfer full) */
KeptVerdicts *kept_verdicts_new(void);
void          kept_verdicts_free(KeptVerdicts *kept);

/* What is kept of this answer to the question of this slot, made the second time, or early (base/again.h); NULL before that, and where it is
 * too long to be kept. Stays until kept_make_room(). */
KeptAnswer   *kept_answer(KeptVerdicts *kept, guint slot, const CheckAnswer *answer);
/* What it says. (transfer none, as long as it stays) */
const CheckAnswer *kept_said(const KeptAnswer *answer);
/* What a rule's verdict follows from, besides the answer. */
typedef struct {
    const RuleSpec *rule;
    Result          result;
    gboolean        replaced;   /* by the rule that stands for it */
} KeptCase;

/* The verdict, where it was added before; else NULL. (transfer none) */
ReceiverRule *kept_verdict(const KeptAnswer *answer, const KeptCase *wanted);
/* Keeps it. (transfer none: one more holder) */
void          kept_add(KeptAnswer *answer, const KeptCase *found, ReceiverRule *verdict);

/* What is kept of a profile whose rules, in their order, were answered so; made where there is nothing yet. No answer may be
 * NULL. Stays until kept_make_room(). */
KeptProfile     *kept_profile(KeptVerdicts *kept, const Profile *profile, KeptAnswer *const *answers);
/* The verdict, where it was added before; else NULL. (transfer none) */
ReceiverVerdict *kept_profile_verdict(const KeptProfile *profile);
/* Keeps it from the second time on, or early: what comes once is not worth its JSON. (transfer none: one more holder) */
void             kept_profile_add(KeptProfile *profile, ReceiverVerdict *verdict);

/* A sender's messages are asked the same questions besides, and most are answered as before: then all profiles' answers are. */
#define KEPT_SLOTS    64
#define KEPT_PROFILES 16
typedef struct {
    guint           count;      /* of the questions that look at the message; 0: not judged yet */
    const RuleSpec *rules[KEPT_SLOTS];
    KeptAnswer     *answers[KEPT_SLOTS];
    KeptProfile    *profiles[KEPT_PROFILES];
} KeptJudged;

/* The answers to all questions about names and results (names-key.h). */
typedef struct {
    DmarcResult *rfc9989, *rfc7489;     /* held: the key has their places in memory */
    SpfResult   *spf;
    KeptJudged   last;          /* what followed the last time */
    KeptAnswer  *answers[];     /* by slot; the others are NULL */
} KeptNames;

/* NULL: not kept. (transfer none, until the next kept_names_add() or kept_make_room()) */
KeptNames  *kept_names(const KeptVerdicts *kept, const char *key);
/* Keeps them, with the results in `report` that the key names by their place. */
void               kept_names_add(KeptVerdicts *kept, const char *key, const Report *report, KeptAnswer *const *answers, guint slots);

/* Between two messages: strangers choose what is seen, so all is forgotten where there is too much. */
void          kept_make_room(KeptVerdicts *kept);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeptVerdicts, kept_verdicts_free)
