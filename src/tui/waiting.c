/* waiting.c: the screen while live DNS is asked: what for, how long, and how to stop it.
 * SPDX-License-Identifier: MIT */
#include "tui/waiting.h"

#include <pthread.h>
#include <signal.h>

#include "tui/keys.h"

enum {
    GRACE_MS = 150,     /* an analysis that is done by then never shows this screen */
    TICK_MS = 100,
    ESCAPE = 0x1B,
    CTRL_C = 0x03
};

typedef struct {
    const AppJob *job;
    Report       *report;
    int           done;         /* atomic */
} Work;

/* Signals stay with the thread that has the terminal: its handlers put it right again. */
static gpointer
work(gpointer data)
{
    Work *self = data;
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    self->report = self->job->run(self->job->data);
    g_atomic_int_set(&self->done, TRUE);
    return NULL;
}

static char *
file_name(const AppInput *input)
{
    const char *path = message_path(input->message);

    return g_str_equal(path, "-") ? g_strdup("standard input") : g_path_get_basename(path);
}

static void
draw_rule(Canvas *canvas, guint y)
{
    canvas_fill(canvas, 0, y, canvas->width, ROLE_RULE, '-');
}

static Canvas *
paint(const AppInput *input, gboolean utf8, guint width, guint height, gboolean canceled)
{
    Canvas *canvas = canvas_new(width, height);
    g_autofree char *name = file_name(input);
    g_autofree char *question = input->job->waiting(input->job->data);
    g_autofree char *asking = g_strdup_printf("%s DNS: %s", canceled ? "Leaving" : "Asking",
                                              question ? question : "...");

    canvas->ascii = !utf8;
    canvas->glyphs = utf8 && !input->ascii;
    if (height < 6)
        return canvas;
    canvas_fill(canvas, 0, 0, width, ROLE_TITLE, ' ');
    const guint x = canvas_put(canvas, 0, 0, width, ROLE_TITLE, " fromscope ");
    canvas_put_cut(canvas, x + 1, 0, width, ROLE_TITLE, name);
    draw_rule(canvas, 1);
    canvas_put_cut(canvas, 1, 3, width, ROLE_TEXT, asking);
    if (height > 8)
        canvas_put_cut(canvas, 1, 5, width, ROLE_DIM,
                       "The sender of the message may see these questions.");
    draw_rule(canvas, height - 2);
    const guint y = height - 1;
    guint at = canvas_put(canvas, 1, y, width, ROLE_FOOTER_KEY, "Esc");
    at = canvas_put(canvas, at, y, width, ROLE_FOOTER, " cancels: what is open stays unknown");
    at = canvas_put(canvas, at + 2, y, width, ROLE_FOOTER_KEY, "q");
    canvas_put(canvas, at, y, width, ROLE_FOOTER, " quit");
    return canvas;
}

/* FALSE when the person, or the terminal, is gone. */
static gboolean
wait_here(Work *self, Term *term, const AppInput *input, gboolean utf8)
{
    gboolean canceled = FALSE, stay = TRUE;
    guint code = term_key_within(term, GRACE_MS);

    while (!g_atomic_int_get(&self->done)) {
        if (code == 'q' || code == CTRL_C || code == KEYCODE_GONE)
            stay = FALSE;
        if ((!stay || code == ESCAPE) && !canceled) {
            input->job->cancel(input->job->data);
            canceled = TRUE;
        }
        if (code == KEYCODE_GONE)
            return FALSE;
        guint width, height;
        term_size(term, &width, &height);
        g_autoptr(Canvas) canvas = paint(input, utf8, width, height, canceled);
        term_show(term, canvas);
        code = term_key_within(term, TICK_MS);
    }
    return stay;
}

Report *
waiting_run(Term *term, const AppInput *input, gboolean utf8)
{
    Work self = { .job = input->job };
    GThread *thread = g_thread_new("analysis", work, &self);
    const gboolean stay = wait_here(&self, term, input, utf8);

    g_thread_join(thread);
    if (!stay)
        g_clear_pointer(&self.report, report_free);
    return self.report;     /* cppcheck-suppress memleak ; g_thread_join() frees it */
}
