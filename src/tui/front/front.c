/* front.c: the process that has the terminal: shows what the core paints, hands it what is typed, and outlives it.
 * SPDX-License-Identifier: MIT
 *
 * No byte of a message is looked at in here. What the core says is a stranger's: cells are checked again (cells.h), sequences
 * for the terminal are made here, sizes and rates have bounds. */
#include "tui/front/front.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <string.h>

#include "base/text.h"
#include "base/translate.h"
#include "tui/front/screen-line.h"
#include "tui/front/typed.h"
#include "tui/keys.h"
#include "tui/terminal/cells.h"
#include "tui/terminal/clipboard.h"
#include "tui/terminal/term.h"

enum {
    CTRL_C = 0x03,
    LOOK_MS = 1000,         /* at a core that works */
    HANG_MS = 5000,         /* somebody pressed a key, and nothing came of it */
    LEAVE_MS = 5000,        /* so long it may take to end when the terminal is gone */
    STARTS_MAX = 100,       /* for whatever reason, without a key between them */
    FRAMES = 4096           /* in a turn */
};

typedef struct {
    const AppInput *input;
    CoreHost  host;
    Back      back;
    int       mode;         /* GlyphMode of this terminal */
    Term     *term;         /* NULL: there is none */
    gboolean  taken;        /* it is ours */
    GPtrArray *faults;      /* char *: of the theme */
    gboolean  told;         /* … which the core was told of */
    Canvas   *model;        /* what the core painted; NULL: nothing yet */
    Canvas   *ready;        /* for its first frame, made while it works; or NULL */
    guint     sizes[4];     /* of the terminal, as the core was told: the last, and the one before */
    gboolean  wide;         /* likewise */
    gboolean  waits, typing;    /* the core asked for an event */
    gboolean  gone;         /* the terminal is */
    Typed    *typed;        /* which of them were named on it */
    gboolean  pressed;      /* since the clipboard was filled */
    GByteArray *sent;       /* the event that it was told last, until it asks for another; or NULL */
    gint64    piled;        /* since when somebody waits for it; 0: nobody does */
    gboolean  noted;        /* the screen says that it does not answer … */
    gboolean  stopped;      /* … and the person ended it */
    gboolean  lost;         /* the core that was told it ended without looking at it: the next one is told */
    gboolean  done;         /* the core says so: it ends by itself */
} Front;

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

static gboolean
take_terminal(Front *front)
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
                 "'fromscope report FILE' prints the same\n"), name);
    core_host_quit(&front->host, 2);
    return FALSE;
}

/* ---- what the core hears ---- */

static void
tell_size(Front *front, ScreenEvent *event)
{
    guint width, height;

    term_size(front->term, &width, &height);
    if (front->sizes[0] != width || front->sizes[1] != height) {
        memmove(front->sizes + 2, front->sizes, 2 * sizeof *front->sizes);
        front->sizes[0] = width;
        front->sizes[1] = height;
    }
    event->width = width;
    event->height = height;
    front->wide = term_wide(front->term);
    event->wide = (guint32)front->wide;
}

static void
tell_event(Front *front, GByteArray *bytes)
{
    if (front->sent)
        g_byte_array_unref(front->sent);
    front->sent = bytes;
    core_host_tell(&front->host, SCREEN_EVENT, bytes->data, bytes->len);
    front->waits = FALSE;
}

static void
send_event(Front *front, guint code, const void *text, gsize length, ScreenEvent *event)
{
    GByteArray *bytes = g_byte_array_new();

    event->code = code;
    tell_size(front, event);
    g_byte_array_append(bytes, (const guint8 *)event, sizeof *event);
    if (length > 0)
        g_byte_array_append(bytes, text, (guint)length);
    tell_event(front, bytes);
    front->pressed = TRUE;
    if (code != KEYCODE_RESIZE && code != KEYCODE_GONE)
        front->back.deaths = front->host.starts = 0;
    front->piled = g_get_monotonic_time();
    core_host_note_life(&front->host);
}

static void
pass_on(Front *front, guint code)
{
    ScreenEvent event = { 0 };

    if (code != KEYCODE_TEXT && code != KEYCODE_RESIZE)
        typed_key(front->typed, code);
    if (code == KEYCODE_TEXT) {
        const InputText text = term_text(front->term);
        gsize length = 0;
        typed_text(front->typed, &text);
        const void *bytes = g_bytes_get_data(text.bytes, &length);
        event.marked = (guint32)text.marked;
        event.cut = (guint32)text.cut;
        send_event(front, code, bytes, length, &event);
        g_bytes_unref(text.bytes);
        return;
    }
    if (code == KEYCODE_MOUSE) {
        const InputMouse mouse = term_mouse(front->term);
        event.mouse = (guint32)mouse.kind;
        event.x = mouse.x;
        event.y = mouse.y;
    }
    front->gone = front->gone || code == KEYCODE_GONE;
    send_event(front, code, NULL, 0, &event);
}

/* ---- what the core says ---- */

static gboolean
is_size(const Front *front, const ScreenShow *show)
{
    return (show->width == front->sizes[0] && show->height == front->sizes[1]) ||
           (show->width == front->sizes[2] && show->height == front->sizes[3]);
}

static void
show_model(Front *front)
{
    if (!front->model || front->gone)
        return;
    term_show(front->term, front->model);
    front->noted = FALSE;
}

/* All blank. */
static Canvas *
take_ready(Front *front, guint width, guint height)
{
    Canvas *ready = g_steal_pointer(&front->ready);

    if (ready && ready->width == width && ready->height == height)
        return ready;
    canvas_free(ready);
    return canvas_new(width, height);
}

static gboolean
take_show(Front *front, ScreenKind kind, const guint8 *bytes, gsize length)
{
    ScreenShow show;

    if (!front->taken || length != sizeof show)
        return FALSE;
    memcpy(&show, bytes, sizeof show);
    if (!is_size(front, &show))
        return FALSE;
    if (kind == SCREEN_CLEAR) {
        canvas_free(front->model);
        front->model = take_ready(front, show.width, show.height);
        front->model->mode = front->mode | (int)(show.mode & GLYPH_WIDE);
        return TRUE;
    }
    if (!front->model || front->model->width != show.width || front->model->height != show.height)
        return FALSE;
    cells_settle(front->model);
    show_model(front);
    return TRUE;
}

/* What it was not told when it began: a size, or a fault of the theme. */
static void
tell_first(Front *front)
{
    const char *fault = front->faults->len > 0 ? front->faults->pdata[0] : NULL;
    const guint width = front->sizes[0], height = front->sizes[1];
    ScreenEvent event = { 0 };
    guint now_width, now_height;

    front->told = TRUE;
    term_size(front->term, &now_width, &now_height);
    if (fault || width != now_width || height != now_height)
        send_event(front, KEYCODE_RESIZE, fault, fault ? strlen(fault) : 0, &event);
}

static gboolean
take_wait(Front *front, const guint8 *bytes, gsize length)
{
    ScreenWait wait;

    if (!front->taken || length != sizeof wait)
        return FALSE;
    memcpy(&wait, bytes, sizeof wait);
    front->waits = TRUE;
    front->typing = wait.typing != 0;
    front->piled = 0;
    if (!front->lost)
        g_clear_pointer(&front->sent, g_byte_array_unref);
    if (front->noted)
        show_model(front);
    if (!front->told)
        tell_first(front);
    else if (front->lost)
        tell_event(front, g_byte_array_ref(front->sent));
    front->lost = FALSE;
    return TRUE;
}

/* Once for what a person did: no text gets into the clipboard by itself. */
static gboolean
take_copy(Front *front, const guint8 *bytes, gsize length)
{
    if (!front->taken || length > CLIPBOARD_MAX)
        return FALSE;
    if (!front->pressed)
        return TRUE;
    front->pressed = FALSE;
    g_autofree char *text = g_strndup((const char *)bytes, length);
    g_autofree char *clean = clipboard_clean(text, TRUE);
    g_autofree char *sequence = clipboard_sequence(clean, clipboard_way());
    term_send(front->term, sequence);
    return TRUE;
}

static gboolean
take_frame(guint kind, const guint8 *bytes, gsize length, gpointer data)
{
    Front *front = data;

    switch (kind) {
    case SCREEN_TAKE:
        return take_terminal(front) || front->host.quit;
    case SCREEN_ROWS:
        return front->model && cells_take(front->model, bytes, length, front->model->mode);
    case SCREEN_CLEAR:
    case SCREEN_SHOW:
        return take_show(front, (ScreenKind)kind, bytes, length);
    case SCREEN_WAIT:
        return take_wait(front, bytes, length);
    case SCREEN_MOUSE:
        if (!front->taken || length != 1)
            return FALSE;
        term_use_mouse(front->term, *bytes != 0);
        return TRUE;
    case SCREEN_COPY:
        return take_copy(front, bytes, length);
    case SCREEN_WAY:
        return back_take_way(&front->back, bytes, length);
    case SCREEN_KEEP:
    case SCREEN_KEEP_MORE:
        return back_keep(&front->back, kind == SCREEN_KEEP, bytes, length);
    case SCREEN_HEARD:
        g_clear_pointer(&front->sent, g_byte_array_unref);
        return length == 0;
    case SCREEN_QUIT:
        if (length != 1)
            return FALSE;
        front->done = TRUE;
        core_host_quit(&front->host, *bytes);
        return TRUE;
    default:
        return FALSE;
    }
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
static const CoreHostClass host_class = { &core_class, FRAMES, STARTS_MAX, begin_core, take_frame, core_gone, say_over };

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
        pass_on(front, code);
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
