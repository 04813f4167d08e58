/* wait.c: an analysis in a thread, and one line that says what is waited for.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/background.h"
#include "tui/plain/part.h"

/* An analysis that is done by then needs no words. */
enum { GRACE_MS = 150 };

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
wait_here(const Plain *plain, const Background *background, const AppJob *job, gboolean live,
          gboolean *canceled)
{
    const int fd = background_fd(background);
    gboolean said = FALSE;

    while (!background_done(background)) {
        const gboolean stop = plain_tie_wait(plain->tie, fd, said && fd >= 0 ? -1 : GRACE_MS);
        if (stop && !*canceled) {
            *canceled = TRUE;
            job->cancel(job->data);
            plain_out_say(plain->out, "%s", _("Stopped: what was not answered yet is unknown"));
        } else if (!said && !*canceled && !background_done(background)) {
            say_waiting(plain, job, live);
            said = TRUE;
        }
    }
}

Report *
plain_wait(App *app, const AppJob *job, gboolean live)
{
    Background *background = background_begin("analysis", job);

    wait_here(app->waiter, background, job, live, &app->canceled);
    return background_end(background);
}
