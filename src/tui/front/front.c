/* front.c: the process that has the terminal: shows what the core paints, hands it what is typed, and outlives it.
 * SPDX-License-Identifier: MIT
 *
 * No byte of a message is looked at in here. What the core says is a stranger's: cells are checked again (cells.h), sequences
 * for the terminal are made here, sizes and rates have bounds. */
#include "tui/front/front-part.h"

#include <langinfo.h>
#include <poll.h>
#include <string.h>

#include "base/text.h"
#include "base/translate.h"
#include "tui/keys.h"

enum {
    CTRL_C = 0x03,
    LOOK_MS = 1000,         /* at a core that works */
    HANG_MS = 5000,         /* somebody pressed a key, and nothing came of it */
    LEAVE_MS = 5000,        /* so long it may take to end when the terminal is gone */
    STARTS_MAX = 100,       /* for whatever reason, without a key between them */
    FRAMES = 4096           /* in a turn */
};

/* ---- the terminal ---- */

/* Seen before the screen is taken, and again when it is left. */
static void
say_faults(const GPtrArray *faults)
{
    for (guint i = 0; i < faults->len; i++) {
        g_autofree char *fault = text_visible(faults->pdata[i], -1);
        g_printerr("fromscope: %s\n", fault);
    }
}

/* While the core looks at its message. */
static void
open_terminal(Front *front)
{
    front->faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Theme) theme = theme_new(front->input->theme, front->input->no_color, front->faults);
    front->term = term_open(theme, front->input->ambiguous);
}

gboolean
front_take_terminal(Front *front)
{
    g_autofree char *name = text_visible(g_getenv("TERM") ? g_getenv("TERM") : "", -1);

    if (front->taken)
        return TRUE;
    open_terminal(front);
    say_faults(front->faults);
    front->taken = front->term != NULL;
    if (front->taken) {
        term_take(front->term);
        front->ready = canvas_new(front->sizes[0], front->sizes[1]);
        return TRUE;
    }
    g_printerr(_("fromscope: no terminal that can show it (TERM=%s)\n"
                 "'fromscope --plain FILE' shows it line by line, 'fromscope report FILE' prints it\n"), name);
    core_host_quit(&front->host, 2);
    return FALSE;
}

/* ---- the life of a core ---- */

static void
prepare_core(const char *const *needs, gpointer data)
{
    const Front *front = data;
    const AppHost *host = &front->input->host;

    if (host->warm)
        host->warm(host->data, needs);
    if (!front->taken && front->input->faults)      /* it is seen again when the screen is left */
        say_faults(front->input->faults);
}

static int
run_core(int line, CoreSign *sign, gpointer data)
{
    const Front *front = data;
    Window *window = window_new(line, front->sizes[0], front->sizes[1], front->wide);
    const int status = screen_run(window, front->input, &front->back, sign);

    window_free(window);
    return status;
}

static int
start_child(const char *name, GBytes *told, pid_t *pid, gpointer data)
{
    const AppHost *host = &((const Front *)data)->input->host;

    return host->start ? host->start(host->data, name, told, pid) : -1;
}

/* What the last one painted is not the next one's, nor what it asked for. */
static void
begin_core(gpointer data)
{
    Front *front = data;

    back_hand_on(&front->back);
    front->waits = FALSE;
    front->piled = 0;
    g_clear_pointer(&front->model, canvas_free);
}

/* What is not needed for the fork is made while the core begins. */
static void
open_files(Front *front)
{
    const AppHost *host = &front->input->host;
    Keeper *keeper = host->keeper(host->data);

    front->typed = typed_new(keeper);
    core_host_keep(&front->host, keeper);
}

static gboolean
core_gone(const CoreGone *gone, gpointer data)
{
    Front *front = data;
    const gboolean another = back_take_end(&front->back, gone, front->stopped);

    front->stopped = FALSE;
    front->lost = gone->planned && front->sent;
    if (front->gone)
        core_host_quit(&front->host, 0);
    if (front->taken && front->back.died)
        term_forget_keys(front->term);
    return another;
}

static int
say_over(const CoreGone *gone, gpointer data)
{
    Front *front = data;

    g_clear_pointer(&front->term, term_close);
    return back_say_over(&front->back, gone);
}

static const CoreClass core_class = { .prepare = prepare_core, .run = run_core, .start = start_child,
                                      .name = "fromscope-core", .files = TRUE };
static const CoreHostClass host_class = { &core_class, FRAMES, STARTS_MAX, begin_core, front_take, core_gone, say_over };

/* ---- the loop ---- */

/* Over what the core painted last, which comes back when it paints again. */
static void
note_hang(Front *front)
{
    if (front->noted || !front->model || front->gone)
        return;
    g_autoptr(Canvas) canvas = canvas_copy(front->model);
    const guint y = canvas->height > 0 ? canvas->height - 1 : 0;
    canvas_fill(canvas, 0, y, canvas->width, ROLE_STATUS, ' ');
    canvas_put_cut(canvas, 1, y, canvas->width, ROLE_STATUS,
                   _("No answer for 5 seconds. Ctrl-C ends what is under way, and comes back here"));
    term_show(front->term, canvas);
    front->noted = TRUE;
}

/* It says nothing: does somebody wait for it? */
static void
look_at_core(Front *front)
{
    const gint64 now = g_get_monotonic_time();
    const gint64 waited = front->piled ? (now - front->piled) / G_TIME_SPAN_MILLISECOND : 0;
    const PoolLoss late = { .how = POOL_LOST_TIME, .number = LEAVE_MS / 1000 };

    if (front->gone && waited >= LEAVE_MS)
        core_host_end(&front->host, TRUE, late);
    else if (waited >= HANG_MS)
        note_hang(front);
}

/* Keys stay where they are until they are asked for; that somebody pressed one is seen all the same. */
static void
wait_for_core(Front *front)
{
    const PoolLoss late = { .how = POOL_LOST_TIME, .number = HANG_MS / 1000 };
    const gboolean listen = front->taken && !front->gone && (front->noted || !front->piled);
    struct pollfd polled[] = { { core_fd(front->host.core), POLLIN, 0 },
                               { listen ? term_fd(front->term) : -1, POLLIN, 0 } };

    if (poll(polled, G_N_ELEMENTS(polled), front->host.more ? 0 : LOOK_MS) < 0)
        return;
    if (polled[1].revents && !front->noted)
        front->piled = g_get_monotonic_time();
    else if (polled[1].revents && term_is_pressed(front->term, CTRL_C)) {
        front->stopped = TRUE;
        core_host_end(&front->host, TRUE, late);
        return;
    }
    if (!core_host_turn(&front->host, polled[0].revents != 0))
        look_at_core(front);
}

static void
wait_for_person(Front *front)
{
    const guint code = term_wait(front->term, front->host.more ? 0 : -1, core_fd(front->host.core), front->typing);

    if (code != KEYCODE_NONE)
        front_pass_on(front, code);
    else
        core_host_turn(&front->host, TRUE);
}

static int
leave(Front *front)
{
    if (front->term)
        term_close(front->term);
    const int status = core_host_leave(&front->host, !front->done);
    canvas_free(front->model);
    canvas_free(front->ready);
    typed_free(front->typed);
    keeper_free(front->host.keeper);
    back_clear(&front->back);
    if (front->sent)
        g_byte_array_unref(front->sent);
    if (front->faults)
        g_ptr_array_unref(front->faults);
    return status;
}

int
app_run(const AppInput *input)
{
    Front front = { .input = input, .mode = g_str_equal(nl_langinfo(CODESET), "UTF-8") ? 0 : GLYPH_ASCII };

    front.host = (CoreHost){ .class = &host_class, .data = &front };
    front.wide = input->ambiguous == 2;
    term_look(&front.sizes[0], &front.sizes[1]);
    memcpy(front.sizes + 2, front.sizes, 2 * sizeof *front.sizes);  /* no core may paint 0 by 0 */
    core_host_start(&front.host);
    if (!front.host.quit)
        open_files(&front);
    while (!front.host.quit)
        if (front.waits)
            wait_for_person(&front);
        else
            wait_for_core(&front);
    return leave(&front);
}
