/* judge.c: a thread for each row's analysis, and how its end is noticed.
 * SPDX-License-Identifier: MIT */
#include "tui/judge.h"

#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct Judge {
    const AppHost *host;
    GThread       *thread;      /* NULL: nothing is under way */
    Message       *message;
    AppJob         job;
    Report        *report;
    guint          row;
    int            done;        /* atomic */
    int            fd;          /* readable with it */
};

Judge *
judge_new(const AppHost *host)
{
    Judge *judge = g_new0(Judge, 1);

    judge->host = host;
    judge->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return judge;
}

/* Signals stay with the thread that has the terminal. */
static gpointer
work(gpointer data)
{
    Judge *judge = data;
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    judge->report = judge->job.run(judge->job.data);
    g_atomic_int_set(&judge->done, TRUE);
    if (judge->fd >= 0)
        eventfd_write(judge->fd, 1);
    return NULL;
}

gboolean
judge_begin(Judge *judge, Message *message, const AppChoices *choices, guint row, GError **error)
{
    if (!judge->host->prepare(judge->host->data, message, choices, &judge->job, error)) {
        message_free(message);
        return FALSE;
    }
    judge->message = message;
    judge->row = row;
    judge->done = FALSE;
    judge->thread = g_thread_new("verdict", work, judge);
    return TRUE;
}

gboolean
judge_busy(const Judge *judge)
{
    return judge->thread != NULL;
}

static void
finish(Judge *judge)
{
    eventfd_t count;

    g_thread_join(g_steal_pointer(&judge->thread));
    if (judge->fd >= 0)
        eventfd_read(judge->fd, &count);
    judge->job.free(judge->job.data);
    g_clear_pointer(&judge->message, message_free);
}

MailVerdict
judge_verdict(const Report *report)
{
    const DmarcResult *dmarc = report->dmarc->rfc9989;

    switch (dmarc->result) {
    case RESULT_PASS:
        return MAIL_PASS;
    case RESULT_FAIL:
        return MAIL_FAIL;
    case RESULT_NONE:
        return MAIL_NONE;
    case RESULT_TEMPERROR:
    case RESULT_PERMERROR:
        return MAIL_ERROR;
    default:
        return dmarc->claimed == RESULT_PASS   ? MAIL_SAID_PASS
               : dmarc->claimed == RESULT_FAIL ? MAIL_SAID_FAIL
                                               : MAIL_UNKNOWN;
    }
}

gboolean
judge_done(Judge *judge, guint *row, MailVerdict *verdict)
{
    if (!judge->thread || !g_atomic_int_get(&judge->done))
        return FALSE;
    finish(judge);
    *row = judge->row;
    *verdict = judge_verdict(judge->report);
    g_clear_pointer(&judge->report, report_free);
    return TRUE;
}

int
judge_fd(const Judge *judge)
{
    return judge->thread ? judge->fd : -1;
}

void
judge_cancel(Judge *judge)
{
    if (!judge->thread)
        return;
    judge->job.cancel(judge->job.data);
    finish(judge);
    g_clear_pointer(&judge->report, report_free);
}

void
judge_free(Judge *judge)
{
    if (!judge)
        return;
    judge_cancel(judge);
    if (judge->fd >= 0)
        close(judge->fd);
    g_free(judge);
}
