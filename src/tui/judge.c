/* judge.c: the analysis of one row after the other.
 * SPDX-License-Identifier: MIT */
#include "tui/judge.h"

#include "tui/background.h"

struct Judge {
    const AppHost *host;
    Background    *background;  /* NULL: nothing is under way */
    Message       *message;
    AppJob         job;
    guint          row;
};

Judge *
judge_new(const AppHost *host)
{
    Judge *judge = g_new0(Judge, 1);

    judge->host = host;
    return judge;
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
    judge->background = background_begin("verdict", &judge->job);
    return TRUE;
}

gboolean
judge_busy(const Judge *judge)
{
    return judge->background != NULL;
}

/* Waits for it. (transfer full) */
static Report *
finish(Judge *judge)
{
    Report *report = background_end(g_steal_pointer(&judge->background));

    judge->job.free(judge->job.data);
    g_clear_pointer(&judge->message, message_free);
    return report;
}

MailVerdict
judge_verdict(const Report *report)
{
    const DmarcResult *dmarc = report_dmarc(report);

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
judge_done(Judge *judge, MailList *list)
{
    if (!judge->background || !background_done(judge->background))
        return FALSE;
    Report *report = finish(judge);
    mail_list_note_dns(list, report->source->dns_source);
    mail_list_place(list, judge->row, judge_verdict(report), chart_spot(report));
    report_free(report);
    return TRUE;
}

int
judge_fd(const Judge *judge)
{
    return judge->background ? background_fd(judge->background) : -1;
}

void
judge_cancel(Judge *judge)
{
    if (!judge->background)
        return;
    judge->job.cancel(judge->job.data);
    report_free(finish(judge));
}

void
judge_free(Judge *judge)
{
    if (!judge)
        return;
    judge_cancel(judge);
    g_free(judge);
}
