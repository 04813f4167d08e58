/* plain-front.c: where there is no screen: the process that has the terminal hands lines on, writes what is said, and
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
#include "tui/front.h"
#include "tui/plain-part.h"
#include "tui/plain-tty.h"
#include "tui/typed.h"

enum {
    LOOK_MS = 1000,
    HOLD_MS = 100,          /* so long what is said waits for the rest of it */
    CPU_SECONDS = 60,       /* between two signs of life */
    SILENT_SECONDS = 300,   /* so long it may say nothing, and do nothing either */
    IDLE_MS = 50,           /* CPU time that is nothing */
    DEATHS_MAX = 3,         /* in a row, without a line between them */
    STARTS_MAX = 40,        /* because something was to be loaded */
    FRAMES_AT_ONCE = 256
};

typedef struct {
    const AppInput *input;
    Core     *core;
    PlainTty *tty;          /* NULL: nobody says anything */
    PlainSeat seat;
    GPtrArray *needs;       /* char * */
    Back      back;
    GByteArray *pasted;     /* what the core took for a message last, of what was pasted */
    GString  *held;         /* said, not written yet: it is said again where a core gives way to another */
    gboolean  asked;        /* for a line */
    gboolean  more;         /* frames are here that nobody looked at yet */
    gint64    cpu;          /* of the core, when it was last heard of … */
    gint64    heard;        /* … which is then, by g_get_monotonic_time() */
    gboolean  interrupted;  /* since then */
    guint     deaths, starts;
    gboolean  quit;
    int       status;
} PlainFront;

/* ---- writing ---- */

static void
leave_with(PlainFront *front, int status)
{
    front->quit = TRUE;
    front->status = status;
}

/* A pipe whose reader is gone needs no words. */
static void
write_out(PlainFront *front, const char *at, gsize length)
{
    while (length > 0 && !front->quit) {
        const gssize wrote = write(STDOUT_FILENO, at, length);
        if (wrote < 0 && errno == EAGAIN)
            (void)poll(&(struct pollfd){ .fd = STDOUT_FILENO, .events = POLLOUT }, 1, -1);
        if (wrote < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (wrote < 0 && errno != EPIPE)
            g_printerr(_("fromscope: standard output: %s\n"), g_strerror(errno));
        if (wrote < 0)
            leave_with(front, 2);
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

static void
note_life(PlainFront *front)
{
    front->cpu = core_cpu(front->core);
    front->heard = g_get_monotonic_time();
    front->interrupted = FALSE;
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
    line_end_send(core_line(front->core), (LineKind)PLAIN_HEARD, bytes->data, bytes->len, NULL, 0);
    core_flush(front->core);
    front->asked = FALSE;
    if (read != PLAIN_INTERRUPT)
        note_life(front);
    front->interrupted = read == PLAIN_INTERRUPT;
}

static gboolean
take_way(PlainFront *front, const guint8 *bytes, gsize length)
{
    if (length > PLAIN_WAY_MAX)
        return FALSE;
    g_free(front->back.way);
    front->back.way = g_strndup((const char *)bytes, length);
    return TRUE;
}

static gboolean
take_pasted(PlainFront *front, const guint8 *bytes, gsize length)
{
    if (length == 0)
        g_byte_array_set_size(front->pasted, 0);
    else if (front->pasted->len + length > PLAIN_KEEP_MAX)
        return FALSE;
    else
        g_byte_array_append(front->pasted, bytes, (guint)length);
    return TRUE;
}

/* FALSE: that was nothing a core says. */
static gboolean
take_frame(PlainFront *front, guint kind, const guint8 *bytes, gsize length)
{
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
        return take_way(front, bytes, length);
    case PLAIN_KEEP:
        return take_pasted(front, bytes, length);
    case PLAIN_QUIT:
        release(front);
        if (length == 1 && !front->quit)
            leave_with(front, *bytes);
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
start_core(PlainFront *front)
{
    static const CoreClass class = { prepare_core, run_core, start_child, "fromscope-core", 0 };

    if (front->tty)
        plain_tty_pasting(front->tty, FALSE);
    look_at_seat(&front->seat);
    front->asked = FALSE;
    g_clear_pointer(&front->back.pasted, g_bytes_unref);
    if (front->pasted->len > 0)
        front->back.pasted = g_bytes_new(front->pasted->data, front->pasted->len);
    front->core = core_start(&class, front->needs, front->input->keeper, front);
    if (front->core)
        note_life(front);
    if (front->core)
        return;
    g_printerr("%s", _("fromscope: no process can be started\n"));
    leave_with(front, 2);
}

/* FALSE: there is no point in another one. */
static gboolean
take_end(PlainFront *front, gboolean kill_it, PoolLoss loss)
{
    char *need = NULL;
    const CoreEnd end = core_end(g_steal_pointer(&front->core), kill_it, &loss, &need);

    g_clear_pointer(&front->back.died, g_free);
    front->back.stopped = kill_it && loss.how == POOL_LOST_TIME && front->interrupted;
    if (end == CORE_NEEDS) {
        g_string_truncate(front->held, 0);
        g_ptr_array_add(front->needs, need);
        return ++front->starts < STARTS_MAX;
    }
    front->back.died = pool_loss_text(&loss);
    front->back.again = front->deaths > 0;
    front->deaths += front->back.row == 0;
    say(front, "\n", 1);
    release(front);
    return front->deaths < DEATHS_MAX && ++front->starts < STARTS_MAX;
}

static void
replace_core(PlainFront *front, gboolean kill_it, PoolLoss loss)
{
    back_find(&front->back, front->core);
    if (take_end(front, kill_it, loss) && !front->quit) {
        start_core(front);
        return;
    }
    if (front->quit)
        return;
    g_printerr(_("fromscope: what reads the message died several times: %s; it was confined\n"),
               front->back.died ? front->back.died : "");
    leave_with(front, 2);
}

/* ---- the loop ---- */

static void
hear_core(PlainFront *front)
{
    const PoolLoss nonsense = { .how = POOL_LOST_NONSENSE };
    const guint8 *bytes;
    gsize length;
    guint kind;

    front->more = FALSE;
    for (guint i = 0; i < FRAMES_AT_ONCE && !front->quit; i++) {
        const LineState state = line_end_read(core_line(front->core), &kind, &bytes, &length);
        if (state == LINE_NOTHING)
            return;
        if (state == LINE_GOT && take_frame(front, kind, bytes, length))
            continue;
        replace_core(front, state != LINE_CLOSED, nonsense);
        return;
    }
    front->more = TRUE;
}

static void
serve_core(PlainFront *front)
{
    const PoolLoss nonsense = { .how = POOL_LOST_NONSENSE };
    Core *core = front->core;

    note_life(front);
    hear_core(front);
    if (front->quit || front->core != core || core_serve(core))
        return;
    hear_core(front);       /* what it said before */
    if (!front->quit && front->core == core)
        replace_core(front, FALSE, nonsense);
}

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
    front->deaths = 0;
    hand_on(front, what, line);
}

static void
look_at_core(PlainFront *front)
{
    const PoolLoss late = { .how = POOL_LOST_TIME, .number = CPU_SECONDS };
    const PoolLoss silent = { .how = POOL_LOST_TIME, .number = SILENT_SECONDS };
    const gint64 used = core_cpu(front->core) - front->cpu;
    const gint64 passed = g_get_monotonic_time() - front->heard;

    if (used > (gint64)CPU_SECONDS * G_USEC_PER_SEC)
        replace_core(front, TRUE, late);
    else if (!front->asked && passed > (gint64)SILENT_SECONDS * G_USEC_PER_SEC && used < IDLE_MS * G_TIME_SPAN_MILLISECOND)
        replace_core(front, TRUE, silent);
}

/* The first is for the core, which may have something to stop; if it does not answer, the second ends it. */
static void
take_interrupt(PlainFront *front)
{
    const PoolLoss late = { .how = POOL_LOST_TIME, .number = (int)((g_get_monotonic_time() - front->heard) / G_USEC_PER_SEC) };
    g_autoptr(GString) nothing = g_string_new(NULL);

    if (front->interrupted)
        replace_core(front, TRUE, late);
    else
        hand_on(front, PLAIN_INTERRUPT, nothing);
}

static void
wait_for_both(PlainFront *front)
{
    struct pollfd polled[] = { { core_fd(front->core), POLLIN, 0 },
                               { front->asked ? plain_tty_fd(front->tty) : -1, POLLIN, 0 },
                               { front->tty ? plain_tty_signals(front->tty) : -1, POLLIN, 0 } };

    const int ready = poll(polled, G_N_ELEMENTS(polled), front->more ? 0 : front->held->len > 0 ? HOLD_MS : LOOK_MS);
    if (ready < 0)
        return;
    if (ready == 0 && !front->more)
        release(front);
    if (front->quit)
        return;
    if (polled[2].revents && plain_tty_interrupted(front->tty))
        take_interrupt(front);
    if (front->quit)
        return;
    if (polled[1].revents)
        plain_tty_read(front->tty);
    if (polled[0].revents || front->more)
        serve_core(front);
    else if (ready == 0)
        look_at_core(front);
}

static int
leave(PlainFront *front)
{
    PoolLoss loss = { .how = POOL_LOST_EXIT };
    char *need = NULL;

    if (front->core)
        core_end(front->core, FALSE, &loss, &need);
    g_free(need);
    plain_tty_free(front->tty);
    g_ptr_array_unref(front->needs);
    g_free(front->back.way);
    g_free(front->back.died);
    g_clear_pointer(&front->back.pasted, g_bytes_unref);
    g_byte_array_unref(front->pasted);
    g_string_free(front->held, TRUE);
    return front->status;
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

    front.needs = g_ptr_array_new_with_free_func(g_free);
    front.pasted = g_byte_array_new();
    front.held = g_string_new(NULL);
    front.tty = plain_tty_new(reads_standard_input(input->files));
    front.seat.input = front.tty != NULL;
    front.seat.terminal = front.tty && plain_tty_is_terminal(front.tty);
    front.seat.interactive = front.seat.terminal && isatty(STDOUT_FILENO);
    start_core(&front);
    while (!front.quit) {
        if (front.asked)
            hear_person(&front);
        if (!front.quit)
            wait_for_both(&front);
    }
    return leave(&front);
}
