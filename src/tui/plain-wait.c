/* plain-wait.c: an analysis in a thread, and one line that says what is waited for.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/translate.h"
#include "tui/plain-part.h"

/* An analysis that is done by then needs no words. */
enum { GRACE_MS = 150 };

typedef struct {
    const AppJob *job;
    Report       *report;
    int           done;     /* atomic */
    int           fd;       /* readable with it */
} Wait;

/* Signals are for the thread that reads them. */
static gpointer
work(gpointer data)
{
    Wait *wait = data;
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    wait->report = wait->job->run(wait->job->data);
    g_atomic_int_set(&wait->done, TRUE);
    if (wait->fd >= 0)
        eventfd_write(wait->fd, 1);
    return NULL;
}

static void
say_waiting(const Plain *plain, const AppJob *job, gboolean live)
{
    g_autofree char *question = live ? job->waiting(job->data) : NULL;

    if (!live)
        plain_out_say(plain->out, "%s", _("Checking the message .."));
    else
        plain_out_say(plain->out,
                      _("Asking DNS: %s .. (the sender of the message may see these questions; "
                        "Ctrl-C stops)"), question ? question : "");
}

static void
wait_here(const Plain *plain, Wait *wait, gboolean live, gboolean *canceled)
{
    gboolean said = FALSE;

    while (!g_atomic_int_get(&wait->done)) {
        const gboolean stop = plain_in_wait(plain->in, wait->fd, said && wait->fd >= 0 ? -1
                                                                                       : GRACE_MS);
        if (stop && !*canceled) {
            *canceled = TRUE;
            wait->job->cancel(wait->job->data);
            plain_out_say(plain->out, "%s", _("Stopped: what was not answered yet is unknown"));
        } else if (!said && !*canceled && !g_atomic_int_get(&wait->done)) {
            say_waiting(plain, wait->job, live);
            said = TRUE;
        }
    }
}

Report *
plain_wait(App *app, const AppJob *job, gboolean live)
{
    Wait wait = { .job = job, .fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) };
    GThread *thread = g_thread_new("analysis", work, &wait);

    wait_here(app->waiter, &wait, live, &app->canceled);
    g_thread_join(thread);
    if (wait.fd >= 0)
        close(wait.fd);
    return wait.report;     /* cppcheck-suppress memleak ; g_thread_join() frees it */
}
