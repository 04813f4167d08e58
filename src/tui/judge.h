/* judge.h: verdicts for the rows of a list, one at a time, in the background.
 * SPDX-License-Identifier: MIT
 *
 * Each has its own message and resolver. */
#pragma once

#include "tui/app.h"
#include "tui/mail-list.h"

typedef struct Judge Judge;

Judge   *judge_new(const AppHost *host);        /* (transfer full); `host` is borrowed */
/* Cancels what is under way, and waits for it. */
void     judge_free(Judge *judge);

/* Begins with a message (transfer full), unless one is under way: see judge_busy(). FALSE and
 * `error` where it cannot be analysed so. */
gboolean judge_begin(Judge *judge, Message *message, const AppChoices *choices, guint row,
                     GError **error);
gboolean judge_busy(const Judge *judge);
/* TRUE once when it is done: its row of `list` has its verdict. */
gboolean judge_done(Judge *judge, MailList *list);
/* Readable when one is done. */
int      judge_fd(const Judge *judge);
/* Ends what is under way; nothing comes of it. */
void     judge_cancel(Judge *judge);
/* What the report says, as a row shows it. */
MailVerdict judge_verdict(const Report *report);
