/* judge.h: verdicts for the rows of a list, some at a time, in the background.
 * SPDX-License-Identifier: MIT
 *
 * One thread works through a few messages and hands back what came of them, so that a mailbox is not
 * judged at the pace of the screen. Each has its own message; all of one round share a resolver. */
#pragma once

#include "tui/app.h"
#include "tui/mail-list.h"

typedef struct Judge Judge;

/* `host` and `providers` (or NULL) are borrowed. (transfer full) */
Judge   *judge_new(const AppHost *host, const Providers *providers);
/* Cancels what is under way, and waits for it. */
void     judge_free(Judge *judge);

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
