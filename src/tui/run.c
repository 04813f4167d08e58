/* run.c: the program with a terminal under it: a key, what it does, the screen, again.
 * SPDX-License-Identifier: MIT */
#include <langinfo.h>

#include "base/text.h"
#include "base/translate.h"
#include "tui/clipboard.h"
#include "tui/term.h"
#include "tui/ui.h"
#include "tui/waiting.h"

enum { QUICK_BYTES = 65536, SLICE_US = 4000, FRAME_US = 60000, TICK_MS = 500 };

/* The terminal is taken when something can be seen, or must be waited for. */
typedef struct {
    const AppInput *input;
    GPtrArray      *faults;     /* char *: of the theme */
    Term           *term;       /* NULL: not taken yet */
} Screen;

/* Seen before the screen is taken, and again when it is left. */
static void
say_faults(const GPtrArray *faults)
{
    for (guint i = 0; i < faults->len; i++) {
        g_autofree char *fault = text_visible(faults->pdata[i], -1);
        g_printerr("fromscope: %s\n", fault);
    }
}

/* FALSE where there is no terminal. */
static gboolean
take_terminal(Screen *screen, App *app)
{
    if (screen->term)
        return TRUE;
    g_autoptr(Theme) theme = theme_new(screen->input->theme, screen->input->no_color,
                                       screen->faults);
    say_faults(screen->faults);
    screen->term = term_open(theme, screen->input->ambiguous);
    if (screen->term)
        app_set_wide(app, term_wide(screen->term));
    return screen->term != NULL;
}

/* Done in the time of a frame, wherever its answers come from: a thread would only be another thing to wait for, which
 * on a busy machine takes longer than the analysis. */
static gboolean
is_quick(const App *app, gboolean live)
{
    const Message *message = app->doc->message;

    return !live && message && g_bytes_get_size(message_raw(message)) <= QUICK_BYTES;
}

static Report *
wait_for_job(App *app, const AppJob *job, gboolean live)
{
    Screen *screen = app->waiter;

    if (!take_terminal(screen, app))
        return NULL;
    return is_quick(app, live) ? job->run(job->data)
                               : waiting_run(screen->term, app, job, live, &app->canceled);
}

static void
show(App *app, Term *term)
{
    term_show(term, app_paint(app));
}

/* A little work at a time, so that a key that comes is answered at once. The screen follows at the
 * pace of eyes. */
static guint
work_until_key(App *app, Term *term)
{
    gint64 shown = g_get_monotonic_time();

    for (;;) {
        const gboolean busy = app_busy(app);
        const guint code = term_wait(term, busy ? 0 : room_ticks(app) ? TICK_MS : -1, app_fd(app), app_typing(app));
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

static void
run_screen(App *app, const Screen *screen)
{
    guint width, height;

    if (screen->faults->len > 0)
        app_status(app, "%s", (const char *)screen->faults->pdata[0]);
    term_size(screen->term, &width, &height);
    app_set_wide(app, term_wide(screen->term));
    app_resize(app, width, height);
    run(app, screen->term);
}

static int
no_terminal(void)
{
    const char *name = g_getenv("TERM");

    g_printerr(_("fromscope: no terminal that can show it (TERM=%s)\n"
                 "'fromscope report FILE' prints the same\n"), name ? name : "");
    return 2;
}

int
app_run(const AppInput *input)
{
    const gboolean utf8 = g_str_equal(nl_langinfo(CODESET), "UTF-8");
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    Screen screen = { .input = input, .faults = faults };
    g_autoptr(App) app = app_new(input, utf8);

    app->wait = wait_for_job;
    app->waiter = &screen;
    app->later = TRUE;
    app_start(app);
    if (!take_terminal(&screen, app))
        return no_terminal();
    if (!app->quit)
        run_screen(app, &screen);
    const int status = app->exit_status;
    term_close(screen.term);
    return status;
}
