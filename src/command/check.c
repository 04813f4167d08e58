/* check.c: `check`: would a message that does not exist yet pass?
 * SPDX-License-Identifier: MIT
 *
 * DNS answers are a stranger's, too: they are judged in a confined worker (process/pool.h), which asks through this process. */
#include "command/command.h"

#include <string.h>

#include "base/translate.h"
#include "command/check-print.h"
#include "command/run.h"

/* What is asked may be about a form: about so many messages, and no more. */
#define CASES_MOST 64

typedef struct {
    CommandRun      base;
    AnalysisOptions options;
    PrinterStyle    style;
    Resolver       *named;      /* read before there is a worker: the user's own word, or none; else NULL: live DNS */
    gboolean        given;      /* the only job */
} Run;

/* What the only piece begins with; what is printed follows, or the fault. */
typedef struct {
    gint32 status;
    gint32 good;
} Head;

/* ---- the worker ---- */

static void
work(const PoolJob *job, PoolLine *line, gpointer data)
{
    const Run *run = data;
    const LiveOptions live = session_live_options(run->base.session->options, run->base.session->config);
    g_autoptr(Resolver) own = run->named ? NULL : resolver_pool(line, &live);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GArray) results = g_array_new(FALSE, FALSE, sizeof(int));
    Head head = { EXIT_PASS, TRUE };

    if (job->first > 0)
        return;         /* who did it died */
    pool_begin(line, 0, 0);
    g_string_append_len(out, (const char *)&head, sizeof head);
    head.good = check_print(run->base.session->options, run->named ? run->named : own, &run->options, &run->style, out, results,
                            &error);
    if (!head.good) {
        g_string_truncate(out, sizeof head);
        g_string_append(out, error->message);
    }
    for (guint i = 0; i < results->len; i++)
        head.status = status_worse(head.status, status_of_result(g_array_index(results, int, i)));
    memcpy(out->str, &head, sizeof head);
    pool_piece(line, out->str, out->len);
}

/* ---- the parent ---- */

static PoolNext
next(PoolJob *job, gpointer data)
{
    Run *run = data;

    (void)job;
    if (run->given)
        return POOL_END;
    run->given = TRUE;
    return POOL_JOB;
}

static void
piece(const PoolJob *job, guint index, const void *bytes, gsize length, gpointer data)
{
    Run *run = data;
    const char *behind = (const char *)bytes + sizeof(Head);
    Head head;

    (void)job;
    (void)index;
    if (length < sizeof head)
        return;
    memcpy(&head, bytes, sizeof head);
    if (!head.good)
        command_run_warn_piece(&run->base, behind, length - sizeof head);
    else if (!standard_write_bytes(behind, length - sizeof head))
        command_run_status(&run->base, EXIT_TROUBLE);
    else if (run->base.session->options->exit_code)
        command_run_status(&run->base, head.status);
}

static void
lost(const PoolJob *job, guint index, const PoolLoss *loss, gpointer data)
{
    g_autofree char *how = pool_loss_text(loss);
    g_autofree char *text = g_strdup_printf(_("The check died: %s; it was confined."), how);

    (void)job;
    (void)index;
    command_run_warn(data, text);
}

/* FALSE and `error` where the named source cannot be read. */
static gboolean
open_named(Run *run, GError **error)
{
    const Options *o = run->base.session->options;

    if (o->dns)
        run->named = resolver_snapshot((const char *const *)o->dns, FALSE, error);
    else if (session_is_silent(run->base.session))
        run->named = resolver_offline();
    return run->named || !o->dns;
}

int
command_check(const Session *session)
{
    static const PoolClass class = { .next = next, .piece = piece, .lost = lost, .asked = command_run_asked,
                                     .gone = command_run_gone, .child = command_run_child, .work = work };
    g_autoptr(GError) error = NULL;
    Run run = { .base = { .session = session, .status = EXIT_PASS }, .options = session_analysis_options(session),
                .style = session_printer_style(session->options) };

    if (!command_run_serve(&run.base, CASES_MOST, &error) || !open_named(&run, &error))
        command_run_fault(error, &run);
    else if (pool_run(&class, 1, POOL_PLAIN, NULL, &run) == POOL_FAILED)
        command_run_warn(&run.base, _("no process can be started"));
    if (run.named)
        resolver_free(run.named);
    service_pool_free(run.base.served);
    return run.base.status;
}
