/* run.c: the program with a terminal under it: a key, what it does, the screen, again.
 * SPDX-License-Identifier: MIT */
#include <langinfo.h>

#include "base/text.h"
#include "base/translate.h"
#include "tui/clipboard.h"
#include "tui/term.h"
#include "tui/ui.h"
#include "tui/waiting.h"

enum { SLICE_US = 4000, FRAME_US = 60000 };

static Report *
wait_for_job(App *app, const AppJob *job, gboolean live)
{
    return waiting_run(app->waiter, app, job, live, &app->canceled);
}

static void
show(App *app, Term *term)
{
    g_autoptr(Canvas) canvas = app_paint(app);

    term_show(term, canvas);
}

/* A little work at a time, so that a key that comes is answered at once. The screen follows at the
 * pace of eyes. */
static guint
work_until_key(App *app, Term *term)
{
    gint64 shown = g_get_monotonic_time();

    for (;;) {
        const gboolean busy = app_busy(app);
        const guint code = term_wait(term, busy ? 0 : -1, app_fd(app), app_typing(app));
        if (code != KEYCODE_NONE)
            return code;
        app_work(app, SLICE_US);
        if (app_busy(app) && g_get_monotonic_time() - shown < FRAME_US)
            continue;
        show(app, term);
        shown = g_get_monotonic_time();
    }
}

static void
take_text(App *app, Term *term)
{
    const InputText text = term_text(term);

    app_text(app, &text);
    g_bytes_unref(text.bytes);
}

/* What a key asked of the terminal itself. */
static void
tell_terminal(App *app, Term *term)
{
    term_use_mouse(term, app->mouse);
    if (!app->clipboard)
        return;
    g_autofree char *sequence = clipboard_sequence(app->clipboard, clipboard_way());
    term_send(term, sequence);
    g_clear_pointer(&app->clipboard, g_free);
}

static void
run(App *app, Term *term)
{
    guint width, height;

    tell_terminal(app, term);
    while (!app->quit) {
        show(app, term);
        const guint code = work_until_key(app, term);
        if (code == KEYCODE_GONE)
            return;
        if (code == KEYCODE_RESIZE) {
            term_size(term, &width, &height);
            app_set_wide(app, term_wide(term));
            app_resize(app, width, height);
        } else if (code == KEYCODE_TEXT) {
            take_text(app, term);
        } else if (code == KEYCODE_MOUSE) {
            const InputMouse mouse = term_mouse(term);
            app_mouse(app, &mouse);
        } else {
            app_press(app, code);
        }
        tell_terminal(app, term);
    }
}

static int
open_and_run(const AppInput *input, Term *term, gboolean utf8, const char *note)
{
    g_autoptr(App) app = app_new(input, utf8);
    guint width, height;

    app->wait = wait_for_job;
    app->waiter = term;
    app_set_wide(app, term_wide(term));
    app_start(app);
    if (app->quit)
        return app->exit_status;
    if (note)
        app_status(app, "%s", note);
    term_size(term, &width, &height);
    app_resize(app, width, height);
    run(app, term);
    return app->exit_status;
}

/* Seen before the screen is taken, and again when it is left. */
static void
say_faults(const GPtrArray *faults)
{
    for (guint i = 0; i < faults->len; i++) {
        g_autofree char *fault = text_visible(faults->pdata[i], -1);
        g_printerr("fromscope: %s\n", fault);
    }
}

int
app_run(const AppInput *input)
{
    const gboolean utf8 = g_str_equal(nl_langinfo(CODESET), "UTF-8");
    const char *term_name = g_getenv("TERM");
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Theme) theme = theme_new(input->theme, input->no_color, faults);

    say_faults(faults);
    Term *term = term_open(theme, input->ambiguous);

    if (!term) {
        g_printerr(_("fromscope: no terminal that can show it (TERM=%s)\n"
                     "'fromscope report FILE' prints the same\n"), term_name ? term_name : "");
        return 2;
    }
    const int status = open_and_run(input, term, utf8, faults->len > 0 ? faults->pdata[0] : NULL);
    term_close(term);
    return status;
}
