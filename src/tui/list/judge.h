/* judge.h: verdicts for the rows of a list, some at a time, in the background.
 * SPDX-License-Identifier: MIT
 *
 * Threads work through some messages and hand back what came of them, so that a mailbox is not judged at the pace of the
 * screen. Each has its own message; all of one round have their answers from one place. */
#pragma once

#include "tui/app.h"
#include "tui/list/mail-list.h"

typedef struct Judge Judge;

/* `host` and `providers` (or NULL) are borrowed; up to `lanes` analyses run at once. (transfer full) */
Judge   *judge_new(const AppHost *host, const Providers *providers, guint lanes);
/* Cancels what is under way, and waits for it. */
void     judge_free(Judge *judge);

/* The rows that are judged just now, plus one, are told there (atomic; 0: none), as many as there is room for. */
void     judge_tell(Judge *judge, gint *rows, guint room);

/* A message (transfer full) of the next round, unless one is under way: see judge_busy(). FALSE and
 * `error` where it cannot be analysed so. */
gboolean judge_add(Judge *judge, Message *message, const AppChoices *choices, guint row,
                   GError **error);
/* How many a round should have, so that it takes no longer than eyes do. */
guint    judge_room(const Judge *judge);
void     judge_begin(Judge *judge);
gboolean judge_busy(const Judge *judge);
/* TRUE once when the round is done: its rows of `list` have their verdicts, but for those there was
 * no time for. */
gboolean judge_done(Judge *judge, MailList *list);
/* Readable when one is done. */
int      judge_fd(const Judge *judge);
/* Ends what is under way; nothing comes of it. */
void     judge_cancel(Judge *judge);
/* What the report says, as a row shows it. */
MailVerdict judge_verdict(const Report *report);
