/* command-view.c: a message on the screen, or as text where there is none.
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "session.h"
#include "tui/app.h"

/* Live DNS takes its time: the screen runs this in a thread of its own. */
typedef struct {
    const Session *session;
    const Message *message;
    Resolver      *resolver;
} LiveJob;

static Report *
job_run(gpointer data)
{
    const LiveJob *job = data;

    return session_analyse(job->session, job->message, job->resolver);
}

static char *
job_waiting(gpointer data)
{
    return resolver_waiting(((const LiveJob *)data)->resolver);
}

static void
job_cancel(gpointer data)
{
    resolver_cancel(((const LiveJob *)data)->resolver);
}

static int
view_file(const Session *session)
{
    g_autoptr(Message) message = NULL;
    g_autoptr(Resolver) own = NULL;
    g_autoptr(GError) error = NULL;
    const char *path = session->options->files[0];
    message = path ? message_load(path, &error) : NULL;
    Resolver *resolver = message ? session_resolver(session, path, &own, &error) : NULL;
    const gboolean live = resolver && resolver == session->live;
    LiveJob data = { session, message, resolver };
    const AppJob job = { job_run, job_waiting, job_cancel, &data };
    Report *report = resolver && !live ? session_analyse(session, message, resolver) : NULL;
    g_autofree char *fault = error ? text_visible(error->message, -1) : NULL;
    const AppInput input = {
        .message = message,
        .report = report,
        .fault = fault,
        .ascii = session_wants_ascii(session->options),
        .no_color = session->options->no_color,
        .notice = path && session->options->files[1]
                      ? "Only the first file is open; fromscope report FILE... takes them all" : NULL,
        .job = live ? &job : NULL,
    };

    const int status = app_run(&input);
    report_free(report);
    return status != 0 ? status : fault ? EXIT_TROUBLE : EXIT_PASS;
}

int
command_view(const Session *session)
{
    if (isatty(STDOUT_FILENO))
        return view_file(session);
    if (session->options->files[0])
        return command_report(session);
    fprintf(stderr, "fromscope: no FILE given; --help lists what there is\n");
    return EXIT_TROUBLE;
}
