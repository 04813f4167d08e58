/* waiting.c: the screen while an analysis takes its time: what for, how long, and how to stop it.
 * SPDX-License-Identifier: MIT */
#include "tui/waiting.h"

#include <poll.h>

#include "base/translate.h"
#include "process/core.h"
#include "tui/background.h"
#include "tui/keys.h"

enum {
    GRACE_MS = 150,     /* an analysis that is done by then never shows this screen */
    TICK_MS = 100,
    ESCAPE = 0x1B,
    CTRL_C = 0x03
};

typedef struct {
    Window       *window;
    const App    *app;
    const AppJob *job;
    gboolean      live;
    Background   *background;
} Wait;

static void
draw_rule(Canvas *canvas, guint y)
{
    canvas_fill(canvas, 0, y, canvas->width, ROLE_RULE, '-');
}

static char *
activity(const Wait *wait, gboolean canceled)
{
    if (!wait->live)
        return g_strdup(canceled ? _("Leaving ..") : _("Checking the message .."));
    g_autofree char *question = wait->job->waiting(wait->job->data);
    return g_strdup_printf(canceled ? _("Leaving DNS: %s") : _("Asking DNS: %s"),
                           question ? question : "...");
}

static Canvas *
paint(const Wait *wait, guint width, guint height, gboolean canceled)
{
    Canvas *canvas = canvas_new(width, height);
    g_autofree char *text = activity(wait, canceled);

    canvas->mode = wait->app->mode;
    canvas->glyphs = wait->app->glyphs;
    if (height < 6)
        return canvas;
    canvas_fill(canvas, 0, 0, width, ROLE_TITLE, ' ');
    const guint x = canvas_put(canvas, 0, 0, width, ROLE_TITLE, " fromscope ");
    canvas_put_cut(canvas, x + 1, 0, width, ROLE_TITLE, wait->app->doc->title);
    draw_rule(canvas, 1);
    canvas_put_cut(canvas, 1, 3, width, ROLE_TEXT, text);
    if (height > 8 && wait->live)
        canvas_put_cut(canvas, 1, 5, width, ROLE_DIM,
                       _("The sender of the message may see these questions."));
    draw_rule(canvas, height - 2);
    const guint y = height - 1;
    guint at = canvas_put(canvas, 1, y, width, ROLE_FOOTER_KEY, "Esc");
    at = canvas_put(canvas, at, y, width, ROLE_FOOTER, _(" cancels: what is open stays unknown"));
    at = canvas_put(canvas, at + 2, y, width, ROLE_FOOTER_KEY, "q");
    canvas_put(canvas, at, y, width, ROLE_FOOTER, _(" quit"));
    return canvas;
}

/* What is pasted meanwhile is for no view, and lost. */
static guint
next_key(const Wait *wait, int ms)
{
    const guint code = window_wait(wait->window, ms, background_fd(wait->background), FALSE);

    if (code == KEYCODE_TEXT) {
        const InputText text = window_text(wait->window);
        g_bytes_unref(text.bytes);
    }
    return code;
}

/* What is typed ahead is not for this screen, as long as nobody has seen it. */
static void
wait_unseen(const Wait *wait)
{
    struct pollfd done = { background_fd(wait->background), POLLIN, 0 };

    poll(&done, 1, GRACE_MS);
}

/* FALSE when the person, or the terminal, is gone. */
static gboolean
wait_here(const Wait *wait, gboolean *canceled)
{
    gboolean stay = TRUE;
    guint code = KEYCODE_NONE;

    wait_unseen(wait);
    while (!background_done(wait->background)) {
        if (code == 'q' || code == CTRL_C || code == KEYCODE_GONE)
            stay = FALSE;
        if ((!stay || code == ESCAPE) && !*canceled) {
            wait->job->cancel(wait->job->data);
            *canceled = TRUE;
        }
        if (code == KEYCODE_GONE)
            return FALSE;
        guint width, height;
        window_size(wait->window, &width, &height);
        window_show(wait->window, paint(wait, width, height, *canceled));
        code = next_key(wait, TICK_MS);
    }
    return stay;
}

Report *
waiting_run(Window *window, const App *app, const AppJob *job, gboolean live, gboolean *canceled)
{
    const Wait wait = { window, app, job, live, background_begin("analysis", job) };
    const gboolean held = core_release();   /* what is being opened was said (way.h) */
    const gboolean stay = wait_here(&wait, canceled);
    Report *report = background_end(wait.background);

    if (held)
        core_hold();
    if (!stay)
        g_clear_pointer(&report, report_free);
    return report;
}
