/* judge.c: the analyses of rows, a round after the other.
 * SPDX-License-Identifier: MIT */
#include "tui/list/judge.h"

#include "base/stop.h"
#include "tui/list/lanes.h"

/* In a round nothing is begun after so long; the next one has more where this one took less than half of it. Rows
 * for each thread. */
enum { ROUND_US = 40000, ROUND_MAX = 64 };

/* One row: what is asked, then what came of it. */
typedef struct {
    guint       row;
    Message    *message;
    AppJob      job;
    int         under_way;  /* atomic */
    SurveyRow  *taken;      /* NULL: there was no time for it */
    MailVerdict verdict;
    ChartSpot   spot;
    char       *dns;
} Task;

struct Judge {
    const AppHost   *host;
    const Providers *providers;
    Lanes           *lanes;
    GArray          *tasks;         /* Task: of this round */
    guint            room;
    gint64           begun;         /* by g_get_monotonic_time() */
    Stop            *stop;          /* NULL: nothing is under way */
    gint            *rows;          /* atomic: those that are judged, plus one, for who wants to know; or NULL */
    guint            n_rows;
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
judge_new(const AppHost *host, const Providers *providers, guint lanes)
{
    Judge *judge = g_new0(Judge, 1);

    judge->host = host;
    judge->providers = providers;
    judge->tasks = g_array_new(FALSE, TRUE, sizeof(Task));
    g_array_set_clear_func(judge->tasks, clear_task);
    judge->lanes = lanes_new("verdict", lanes);
    judge->room = 1;
    return judge;
}

void
judge_tell(Judge *judge, gint *rows, guint room)
{
    judge->rows = rows;
    judge->n_rows = room;
}

/* The place where that was told; NULL: nowhere. */
static gint *
tell_row(const Judge *judge, guint row)
{
    for (guint i = 0; i < judge->n_rows; i++)
        if (g_atomic_int_compare_and_exchange(&judge->rows[i], 0, (gint)row + 1))
            return &judge->rows[i];
    return NULL;
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

/* The wish is looked at behind the mark: who wishes looks at the mark behind the wish. */
static gboolean
work(guint item, gpointer data)
{
    Judge *judge = data;
    Task *task = &g_array_index(judge->tasks, Task, item);

    if (item > 0 && g_get_monotonic_time() - judge->begun >= ROUND_US)
        return FALSE;
    g_atomic_int_set(&task->under_way, TRUE);
    const gboolean wanted = !stop_wished(judge->stop);
    gint *told = wanted ? tell_row(judge, task->row) : NULL;
    if (wanted)
        run_task(judge, task);
    if (told)
        g_atomic_int_set(told, 0);
    g_atomic_int_set(&task->under_way, FALSE);
    return wanted;
}

/* ---- a round ---- */

void
judge_begin(Judge *judge)
{
    if (judge->tasks->len == 0)
        return;
    judge->begun = g_get_monotonic_time();
    judge->stop = stop_new();
    lanes_begin(judge->lanes, judge->tasks->len, work, judge);
}

gboolean
judge_busy(const Judge *judge)
{
    return lanes_busy(judge->lanes);
}

static void
take(const Task *task, MailList *list)
{
    if (!task->taken)
        return;
    mail_list_note_dns(list, task->dns);
    mail_list_take(list, task->row, task->taken);
    mail_list_place(list, task->row, task->verdict, task->spot);
}

gboolean
judge_done(Judge *judge, MailList *list)
{
    if (!lanes_done(judge->lanes))
        return FALSE;
    const gint64 took = g_get_monotonic_time() - judge->begun;
    g_clear_pointer(&judge->stop, stop_free);
    for (guint i = 0; i < judge->tasks->len; i++)
        take(&g_array_index(judge->tasks, Task, i), list);
    if (took < ROUND_US / 2 && judge->tasks->len >= judge->room)
        judge->room = MIN(2 * judge->room, ROUND_MAX * lanes_most(judge->lanes));
    else if (took >= ROUND_US)
        judge->room = MAX(judge->room / 2, 1);
    g_array_set_size(judge->tasks, 0);
    return TRUE;
}

int
judge_fd(const Judge *judge)
{
    return lanes_fd(judge->lanes);
}

/* The wish comes first: a task that begins after it is none, and those that began before are ended. */
void
judge_cancel(Judge *judge)
{
    if (!judge_busy(judge))
        return;
    stop_wish(judge->stop);
    for (guint i = 0; i < judge->tasks->len; i++) {
        Task *task = &g_array_index(judge->tasks, Task, i);
        if (g_atomic_int_get(&task->under_way))
            task->job.cancel(task->job.data);
    }
    lanes_wait(judge->lanes);
    g_clear_pointer(&judge->stop, stop_free);
    g_array_set_size(judge->tasks, 0);
}

void
judge_free(Judge *judge)
{
    if (!judge)
        return;
    judge_cancel(judge);
    lanes_free(judge->lanes);
    g_array_unref(judge->tasks);
    g_free(judge);
}
