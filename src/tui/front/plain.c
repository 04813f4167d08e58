/* plain.c: where there is no screen: the process that has the terminal hands lines on, writes what is said, and
 * outlives the one that parses. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"
#include "base/translate.h"
#include "mailbox/gsf.h"
#include "message/gmime-load.h"
#include "tui/front/front.h"
#include "tui/front/tty.h"
#include "tui/front/typed.h"
#include "tui/plain/part.h"

enum {
    LOOK_MS = 1000,
    HOLD_MS = 100,          /* so long what is said waits for the rest of it */
    SILENT_SECONDS = 300,   /* so long it may say nothing, and do nothing either */
    IDLE_MS = 50,           /* CPU time that is nothing */
    STARTS_MAX = 40,        /* because something was to be loaded */
    FRAMES = 256            /* in a turn */
};

typedef struct {
    const AppInput *input;
    CoreHost  host;
    PlainTty *tty;          /* NULL: nobody says anything */
    PlainSeat seat;
    Back      back;
    GString  *held;         /* said, not written yet: it is said again where a core gives way to another */
    gboolean  asked;        /* for a line */
    gint64    interrupted;  /* by the person, when; 0: never */
} PlainFront;

/* ---- writing ---- */

/* A pipe whose reader is gone needs no words. */
static void
write_out(PlainFront *front, const char *at, gsize length)
{
    while (length > 0 && !front->host.quit) {
        const gssize wrote = write(STDOUT_FILENO, at, length);
        if (wrote < 0 && errno == EAGAIN)
            (void)poll(&(struct pollfd){ .fd = STDOUT_FILENO, .events = POLLOUT }, 1, -1);
        if (wrote < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (wrote < 0 && errno != EPIPE)
            g_printerr(_("fromscope: standard output: %s\n"), g_strerror(errno));
        if (wrote < 0)
            core_host_quit(&front->host, 2);
        at += MAX(wrote, 0);
        length -= (gsize)MAX(wrote, 0);
    }
}

/* Who says it may have been taken over: nothing gets through but text. */
static void
say(PlainFront *front, const char *text, gsize length)
{
    g_autoptr(GString) safe = g_string_sized_new(length + 1);

    text_append_terminal(safe, text, length, FALSE);
    g_string_append_len(front->held, safe->str, (gssize)safe->len);
}

static void
release(PlainFront *front)
{
    write_out(front, front->held->str, front->held->len);
    g_string_truncate(front->held, 0);
}

/* ---- the core's frames ---- */

static void
look_at_seat(PlainSeat *seat)
{
    struct winsize size = { 0 };

    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        size = (struct winsize){ 0 };
    seat->width = size.ws_row > 0 ? size.ws_col : 0;
    seat->height = size.ws_col > 0 ? size.ws_row : 0;
}

/* The core was told, and did not say a word since. */
static gboolean
is_interrupted(const PlainFront *front)
{
    return front->interrupted && front->interrupted >= front->host.heard;
}

static void
hand_on(PlainFront *front, PlainRead read, const GString *line)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();

    look_at_seat(&front->seat);
    const PlainHeard heard = { read, (guint32)front->asked, front->seat.width, front->seat.height };
    g_byte_array_append(bytes, (const guint8 *)&heard, sizeof heard);
    if (line->len > 0)
        g_byte_array_append(bytes, (const guint8 *)line->str, (guint)line->len);
    core_host_tell(&front->host, PLAIN_HEARD, bytes->data, bytes->len);
    front->asked = FALSE;
    if (read != PLAIN_INTERRUPT)
        core_host_note_life(&front->host);
    else
        front->interrupted = g_get_monotonic_time();
}

static gboolean
take_frame(guint kind, const guint8 *bytes, gsize length, gpointer data)
{
    PlainFront *front = data;

    switch (kind) {
    case PLAIN_SAY:
        if (length > PLAIN_SAY_MAX)
            return FALSE;
        say(front, (const char *)bytes, length);
        if (front->held->len > PLAIN_SAY_MAX)
            release(front);
        return TRUE;
    case PLAIN_ASK:
        release(front);
        front->asked = front->tty != NULL;
        return front->tty && length == 0;
    case PLAIN_PASTING:
        if (length == 1 && front->tty)
            plain_tty_pasting(front->tty, *bytes != 0);
        return length == 1;
    case PLAIN_WAY:
        return back_take_way(&front->back, bytes, length);
    case PLAIN_KEEP:
        return back_keep(&front->back, length == 0, bytes, length);
    case PLAIN_QUIT:
        release(front);
        if (length == 1 && !front->host.quit)
            core_host_quit(&front->host, *bytes);
        return length == 1;
    default:
        return FALSE;
    }
}

/* ---- the life of a core ---- */

/* Most of what could be lacking is loaded at once: coming back costs a reader more than that. */
static void
prepare_core(const char *const *needs, gpointer data)
{
    const AppInput *input = ((const PlainFront *)data)->input;
    static const char *const usual[] = { GMIME_NEED, GSF_NEED, NULL };

    if (!input->host.warm)
        return;
    input->host.warm(input->host.data, usual);
    input->host.warm(input->host.data, needs);
}

static int
run_core(int line, CoreSign *sign, gpointer data)
{
    const PlainFront *front = data;
    PlainTie *tie = plain_tie_new(line, &front->seat);

    const int status = plain_run(tie, front->input, &front->back, sign);
    plain_tie_free(tie);
    return status;
}

static int
start_child(const char *name, GBytes *told, pid_t *pid, gpointer data)
{
    const AppHost *host = &((const PlainFront *)data)->input->host;

    return host->start ? host->start(host->data, name, told, pid) : -1;
}

static void
begin_core(gpointer data)
{
    PlainFront *front = data;

    if (front->tty)
        plain_tty_pasting(front->tty, FALSE);
    look_at_seat(&front->seat);
    front->asked = FALSE;
    back_hand_on(&front->back);
}

/* What one said that gives way to another is said again by that; what one said that died is all there will be. */
static gboolean
core_gone(const CoreGone *gone, gpointer data)
{
    PlainFront *front = data;
    const gboolean stopped = !gone->planned && gone->loss.how == POOL_LOST_TIME && is_interrupted(front);
    const gboolean another = back_take_end(&front->back, gone, stopped);

    if (gone->planned) {
        g_string_truncate(front->held, 0);
    } else {
        say(front, "\n", 1);
        release(front);
    }
    return another;
}

static int
say_over(const CoreGone *gone, gpointer data)
{
    return back_say_over(&((const PlainFront *)data)->back, gone);
}

static const CoreClass core_class = { .prepare = prepare_core, .run = run_core, .start = start_child,
                                      .name = "fromscope-core" };
static const CoreHostClass host_class = { &core_class, FRAMES, STARTS_MAX, begin_core, take_frame, core_gone, say_over };

/* ---- the loop ---- */

/* A line names files that the core may then have; while something is pasted none does. */
static void
hear_person(PlainFront *front)
{
    g_autoptr(GString) line = g_string_new(NULL);
    PlainRead what = PLAIN_END;
    gboolean by_hand = FALSE;

    if (!plain_tty_take(front->tty, line, &what, &by_hand))
        return;
    if (what == PLAIN_LINE && by_hand && front->input->keeper) {
        g_autofree char *text = g_strdup(line->str);
        typed_line(front->input->keeper, g_strchomp(text));
    }
    front->back.deaths = 0;
    hand_on(front, what, line);
}

static void
look_at_core(PlainFront *front)
{
    const PoolLoss silent = { .how = POOL_LOST_TIME, .number = SILENT_SECONDS };
    const gint64 passed = g_get_monotonic_time() - front->host.heard;

    if (!front->asked && passed > (gint64)SILENT_SECONDS * G_USEC_PER_SEC &&
        core_host_used(&front->host) < IDLE_MS * G_TIME_SPAN_MILLISECOND)
        core_host_end(&front->host, TRUE, silent);
}

/* The first is for the core, which may have something to stop; if it does not answer, the second ends it. */
static void
take_interrupt(PlainFront *front)
{
    const gint64 passed = g_get_monotonic_time() - front->host.heard;
    const PoolLoss late = { .how = POOL_LOST_TIME, .number = (int)(passed / G_USEC_PER_SEC) };
    g_autoptr(GString) nothing = g_string_new(NULL);

    if (is_interrupted(front))
        core_host_end(&front->host, TRUE, late);
    else
        hand_on(front, PLAIN_INTERRUPT, nothing);
}

static void
wait_for_both(PlainFront *front)
{
    CoreHost *host = &front->host;
    struct pollfd polled[] = { { core_fd(host->core), POLLIN, 0 },
                               { front->asked ? plain_tty_fd(front->tty) : -1, POLLIN, 0 },
                               { front->tty ? plain_tty_signals(front->tty) : -1, POLLIN, 0 } };

    const int ready = poll(polled, G_N_ELEMENTS(polled), host->more ? 0 : front->held->len > 0 ? HOLD_MS : LOOK_MS);
    if (ready < 0)
        return;
    if (ready == 0 && !host->more)
        release(front);
    if (!host->quit && polled[2].revents && plain_tty_interrupted(front->tty))
        take_interrupt(front);
    if (host->quit)
        return;
    if (polled[1].revents)
        plain_tty_read(front->tty);
    if (!core_host_turn(host, polled[0].revents != 0))
        look_at_core(front);
}

static int
leave(PlainFront *front)
{
    const int status = core_host_leave(&front->host, FALSE);

    plain_tty_free(front->tty);
    back_clear(&front->back);
    g_string_free(front->held, TRUE);
    return status;
}

static gboolean
reads_standard_input(char **files)
{
    return g_strv_contains((const char *const *)files, "-");
}

int
app_run_plain(const AppInput *input)
{
    PlainFront front = { .input = input };

    front.host = (CoreHost){ .class = &host_class, .data = &front, .keeper = input->keeper };
    front.held = g_string_new(NULL);
    front.tty = plain_tty_new(reads_standard_input(input->files));
    front.seat.input = front.tty != NULL;
    front.seat.terminal = front.tty && plain_tty_is_terminal(front.tty);
    front.seat.interactive = front.seat.terminal && isatty(STDOUT_FILENO);
    core_host_start(&front.host);
    while (!front.host.quit) {
        if (front.asked)
            hear_person(&front);
        if (!front.host.quit)
            wait_for_both(&front);
    }
    return leave(&front);
}
