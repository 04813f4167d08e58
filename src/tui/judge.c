/* judge.c: the analysis of one row after the other.
 * SPDX-License-Identifier: MIT */
#include "tui/judge.h"

#include "base/stop.h"
#include "tui/background.h"

/* A round ends at the first message that is done after so long; the next one has more where this one
 * took less than half of it. */
enum { ROUND_US = 40000, ROUND_MAX = 32 };

/* One row: what is asked, then what came of it. */
typedef struct {
    guint       row;
    Message    *message;
    AppJob      job;
    SurveyRow  *taken;      /* NULL: there was no time for it */
    MailVerdict verdict;
    ChartSpot   spot;
    char       *dns;
} Task;

struct Judge {
    const AppHost   *host;
    const Providers *providers;
    Background      *background;    /* NULL: nothing is under way */
    GArray          *tasks;         /* Task: of this round */
    guint            room;
    gint64           took;          /* microseconds */
    Stop            *stop;
    int              at;            /* atomic: the task that is worked at */
};

static void
clear_task(gpointer data)
{
    Task *task = data;

    task->job.free(task->job.data);
    message_free(task->message);
    survey_row_free(task->taken);
    g_free(task->dns);
}

Judge *
judge_new(const AppHost *host, const Providers *providers)
{
    Judge *judge = g_new0(Judge, 1);

    judge->host = host;
    judge->providers = providers;
    judge->tasks = g_array_new(FALSE, TRUE, sizeof(Task));
    g_array_set_clear_func(judge->tasks, clear_task);
    judge->room = 1;
    return judge;
}

gboolean
judge_add(Judge *judge, Message *message, const AppChoices *choices, guint row, GError **error)
{
    Task task = { .row = row, .message = message };

    if (!judge->host->prepare(judge->host->data, message, choices, &task.job, error)) {
        message_free(message);
        return FALSE;
    }
    g_array_append_val(judge->tasks, task);
    return TRUE;
}

guint
judge_room(const Judge *judge)
{
    return judge->room;
}

/* ---- in the thread ---- */

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

static void
run_task(const Judge *judge, Task *task)
{
    Report *report = task->job.run(task->job.data);

    task->taken = survey_row_new(report, judge->providers);
    task->verdict = judge_verdict(report);
    task->spot = chart_spot(report);
    task->dns = g_strdup(report->source->dns_source);
    report_free(report);
}

static Report *
run_round(gpointer data)
{
    Judge *judge = data;
    const gint64 begin = g_get_monotonic_time();

    for (guint i = 0; i < judge->tasks->len && judge->took < ROUND_US; i++) {
        g_atomic_int_set(&judge->at, (int)i);
        if (stop_wished(judge->stop))
            break;
        run_task(judge, &g_array_index(judge->tasks, Task, i));
        judge->took = g_get_monotonic_time() - begin;
    }
    return NULL;
}

/* ---- a round ---- */

void
judge_begin(Judge *judge)
{
    const AppJob job = { .run = run_round, .data = judge };

    if (judge->tasks->len == 0)
        return;
    judge->took = 0;
    judge->at = 0;
    judge->stop = stop_new();
    judge->background = background_begin("verdict", &job);
}

gboolean
judge_busy(const Judge *judge)
{
    return judge->background != NULL;
}

/* Waits for it. */
static void
finish(Judge *judge)
{
    report_free(background_end(g_steal_pointer(&judge->background)));
    g_clear_pointer(&judge->stop, stop_free);
}

gboolean
judge_done(Judge *judge, MailList *list)
{
    if (!judge->background || !background_done(judge->background))
        return FALSE;
    finish(judge);
    for (guint i = 0; i < judge->tasks->len; i++) {
        const Task *task = &g_array_index(judge->tasks, Task, i);
        if (!task->taken)
            break;
        mail_list_note_dns(list, task->dns);
        mail_list_take(list, task->row, task->taken);
        mail_list_place(list, task->row, task->verdict, task->spot);
    }
    if (judge->took < ROUND_US / 2 && judge->tasks->len >= judge->room)
        judge->room = MIN(2 * judge->room, ROUND_MAX);
    else if (judge->took >= ROUND_US)
        judge->room = MAX(judge->room / 2, 1);
    g_array_set_size(judge->tasks, 0);
    return TRUE;
}

int
judge_fd(const Judge *judge)
{
    return judge->background ? background_fd(judge->background) : -1;
}

/* The wish comes first: a task that begins after it is none, and one that began before is the one
 * that is ended. Canceling it ends the resolver of all. */
void
judge_cancel(Judge *judge)
{
    if (!judge->background)
        return;
    stop_wish(judge->stop);
    const guint at = (guint)g_atomic_int_get(&judge->at);
    const Task *task = &g_array_index(judge->tasks, Task, at);
    task->job.cancel(task->job.data);
    finish(judge);
    g_array_set_size(judge->tasks, 0);
}

void
judge_free(Judge *judge)
{
    if (!judge)
        return;
    judge_cancel(judge);
    g_array_unref(judge->tasks);
    g_free(judge);
}
