/* run.c: the program without the terminal, which another process has: a key, what it does, the screen, again.
 * SPDX-License-Identifier: MIT */
#include <langinfo.h>

#include "base/translate.h"
#include "tui/front/front.h"
#include "tui/keys.h"
#include "tui/lessons/lesson.h"
#include "tui/ui.h"
#include "tui/waiting.h"
#include "tui/way.h"

enum { QUICK_BYTES = 65536, SLICE_US = 4000, FRAME_US = 60000, TICK_MS = 500 };

/* The terminal is taken when something can be seen, or must be waited for. */
static void
take_terminal(App *app, Window *window)
{
    window_take(window);
    app_set_wide(app, window_wide(window));
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
    Window *window = app->waiter;

    take_terminal(app, window);
    return is_quick(app, live) ? job->run(job->data)
                               : waiting_run(window, app, job, live, &app->canceled);
}

static void
show(App *app, Window *window)
{
    window_show(window, app_paint(app));
}

/* Threads may end this process between keys only, when it is known where one is; and not while something
 * is typed, which is known to nobody else. */
static guint
wait_for_key(const App *app, Window *window, int ms)
{
    if (app->modal == MODAL_NONE)
        core_release();
    const guint code = window_wait(window, ms, app_fd(app), app_typing(app));
    core_hold();
    if (code != KEYCODE_NONE)
        window_heard(window);
    return code;
}

/* A little work at a time, so that a key that comes is answered at once. The screen follows at the
 * pace of eyes. */
static guint
work_until_key(App *app, Window *window)
{
    gint64 shown = g_get_monotonic_time();

    for (;;) {
        const gboolean busy = app_busy(app);
        const guint code = wait_for_key(app, window, busy ? 0 : room_ticks(app) ? TICK_MS : -1);
        if (code != KEYCODE_NONE)
            return code;
        app_work(app, SLICE_US);
        if (app_busy(app) && g_get_monotonic_time() - shown < FRAME_US)
            continue;
        show(app, window);
        shown = g_get_monotonic_time();
    }
}

static void
take_text(App *app, Window *window)
{
    const InputText text = window_text(window);

    app_text(app, &text);
    g_bytes_unref(text.bytes);
}

/* What the other process has to say. */
static void
tell(App *app, Window *window)
{
    g_autofree char *text = window_told(window);

    if (text)
        app_status(app, "%s", text);
}

/* What a key asked of the terminal itself. */
static void
tell_terminal(App *app, Window *window)
{
    window_use_mouse(window, app->mouse);
    if (!app->clipboard)
        return;
    window_copy(window, app->clipboard);
    g_clear_pointer(&app->clipboard, g_free);
}

static void
run(App *app, Window *window)
{
    guint width, height;

    tell_terminal(app, window);
    while (!app->quit) {
        show(app, window);
        const guint code = work_until_key(app, window);
        if (code == KEYCODE_GONE)
            return;
        if (code == KEYCODE_RESIZE) {
            window_size(window, &width, &height);
            app_set_wide(app, window_wide(window));
            app_resize(app, width, height);
            tell(app, window);
        } else if (code == KEYCODE_TEXT) {
            take_text(app, window);
        } else if (code == KEYCODE_MOUSE) {
            const InputMouse mouse = window_mouse(window);
            app_mouse(app, &mouse);
        } else {
            app_press(app, code);
        }
        way_say(app);
        tell_terminal(app, window);
    }
}

static void
run_screen(App *app, Window *window)
{
    guint width, height;

    window_size(window, &width, &height);
    app_set_wide(app, window_wide(window));
    app_resize(app, width, height);
    run(app, window);
}

/* Of the person's own files; who takes the place of another has nothing new to say. */
static void
tell_faults(App *app, const Back *back)
{
    const GPtrArray *faults = app->input->faults;

    if (back->way || app->status || !faults || faults->len == 0)
        return;
    if (faults->len == 1)
        app_status(app, "%s", (const char *)faults->pdata[0]);
    else
        app_status(app, _("%s (and %u more, said when you leave)"), (const char *)faults->pdata[0], faults->len - 1);
}

static void
say_way(App *app, const char *way)
{
    window_way(app->waiter, way);
}

static void
say_last_words(gpointer app)
{
    way_last_words(app);
}

static void
keep(App *app, GBytes *text)
{
    window_keep(app->waiter, text);
}

int
screen_run(Window *window, const AppInput *input, const Back *back, CoreSign *sign)
{
    const gboolean utf8 = g_str_equal(nl_langinfo(CODESET), "UTF-8");
    AppInput own = *input;

    if (back->serial)
        own.lanes = 1;
    if (own.host.enter)
        own.host.enter(own.host.data);
    g_autoptr(App) app = app_new(&own, utf8);
    app->wait = wait_for_job;
    app->waiter = window;
    app->later = TRUE;
    app->say_way = say_way;
    app->keep = keep;
    app->reading = &sign->doing[0];
    judge_tell(app->judge, &sign->doing[1], CORE_DOING - 1);
    core_last_words(say_last_words, app);
    way_follow(app, back);
    tell_faults(app, back);
    take_terminal(app, window);
    if (!app->quit)
        run_screen(app, window);
    const int status = app->exit_status;
    window_quit(window, status);    /* what follows nobody has to wait for */
    return status;
}
