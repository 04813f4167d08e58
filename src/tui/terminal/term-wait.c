/* term-wait.c: what comes from the terminal: keys, answers, another size, and the wish to be stopped.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/term-part.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "tui/terminal/keycode.h"
#include "tui/terminal/over.h"
#include "tui/terminal/rescue.h"
#include "tui/terminal/shade.h"

/* xterm's OSC 11; tmux and most others answer, too. */
#define GROUND_QUESTION "\x1B]11;?\x1B\\"

enum { CTRL_L = 0x0C, CTRL_Z = 0x1A };

enum {
    PROBE_CLOSE_MS = 500,   /* somebody quits before the answer is here */
    PROBE_LAST_MS = 3000    /* but not that late */
};

/* FALSE when the terminal is gone. */
static gboolean
read_bytes(const Term *term)
{
    enum { CHUNK = 65536 };
    g_autofree char *bytes = g_malloc(CHUNK);
    const ssize_t count = read(term->input_fd, bytes, CHUNK);

    if (count < 0)
        return errno == EINTR || errno == EAGAIN;
    if (count > 0)
        input_feed(term->input, bytes, (gsize)count, g_get_monotonic_time());
    return count > 0;
}

int
term_fd(const Term *term)
{
    return term->input_fd;
}

gboolean
term_is_pressed(Term *term, char key)
{
    char bytes[4096];
    const ssize_t count = read(term->input_fd, bytes, sizeof bytes);

    if (count < 0)
        return errno != EINTR && errno != EAGAIN;
    if (count == 0 || (count == 1 && *bytes == key))
        return TRUE;
    input_feed(term->input, bytes, (gsize)count, g_get_monotonic_time());
    return FALSE;
}

/* It comes before the other one, which was asked for behind it. */
static gboolean
take_ground(Term *term)
{
    guint rgb;

    if (!term->asks_ground || !input_take_background(term->input, &rgb))
        return FALSE;
    term->asks_ground = FALSE;
    if (shade_is_light(rgb))
        term_turn_light(term);
    return term->light;
}

/* TRUE where an answer is here, and changes what is seen. */
static gboolean
take_answer(Term *term)
{
    const gboolean was = term->wide;
    guint column;

    if (term->asked == 0)
        return FALSE;
    const gboolean turned = take_ground(term);
    if (g_get_monotonic_time() - term->asked > PROBE_LAST_MS * G_TIME_SPAN_MILLISECOND)
        term->asked = 0;
    else if (input_take_report(term->input, &column)) {
        term->asked = 0;
        term->wide = term->probes ? column == OVER_ANSWER_TWO : term->wide;
    }
    return turned || term->wide != was;
}

/* Until the answer is here, at most so long after the question; what is here already is read in any case. */
static void
await_answer(Term *term, gint64 ms)
{
    while (term->asked) {
        struct pollfd polled = { term->input_fd, POLLIN, 0 };
        const gint64 passed = g_get_monotonic_time() - term->asked;
        const gint64 left = ms - passed / G_TIME_SPAN_MILLISECOND;
        if (poll(&polled, 1, (int)MAX(left, 0)) <= 0 || !read_bytes(term))
            return;
        take_answer(term);
    }
}

/* Nobody waits for the answer: what is on the screen by then is painted again. */
void
term_probe(Term *term)
{
    if (!g_str_equal(nl_langinfo(CODESET), "UTF-8"))
        return;
    term_send(term, term->asks_ground ? GROUND_QUESTION OVER_QUESTION : OVER_QUESTION);
    term->asked = g_get_monotonic_time();
}

/* Keys that were pressed meanwhile stay where they are. */
gboolean
term_wide(Term *term)
{
    await_answer(term, 0);
    return term->wide;
}

void
term_await_close(Term *term)
{
    await_answer(term, PROBE_CLOSE_MS);
}

void
term_forget_keys(Term *term)
{
    await_answer(term, 0);
    if (!term->asked)
        tcflush(term->input_fd, TCIFLUSH);
    input_forget(term->input);
}

/* Stops the whole job, as the terminal's own Ctrl-Z would, and comes back to a fresh screen, which may have another
 * size by now. */
static void
suspend(Term *term)
{
    term_leave(term, FALSE);
    kill(0, SIGTSTP);
    kill(0, SIGCONT);       /* whoever woke us may have meant one process; those that we started stopped, too */
    rescue_watch();
    tcgetattr(term->fd, &term->found);
    term_enter(term);
    term_measure(term);
}

static guint
next_event(Term *term, gboolean typing, gboolean silent)
{
    guint code = KEYCODE_NONE;

    if (take_answer(term))
        return KEYCODE_RESIZE;
    if (rescue_stop_wished()) {
        suspend(term);
        return KEYCODE_RESIZE;
    }
    switch (input_next(term->input, typing, silent, &code)) {
    case INPUT_TEXT:
        return KEYCODE_TEXT;
    case INPUT_KEY:
        if (code != CTRL_L && code != CTRL_Z)
            return code;
        if (code == CTRL_Z)
            suspend(term);
        g_clear_pointer(&term->shown, canvas_free);     /* somebody else wrote there */
        return KEYCODE_RESIZE;
    case INPUT_NOTHING:
        break;
    }
    return KEYCODE_NONE;
}

/* Milliseconds until `end` (negative: never), or until what is half here counts as whole. */
static int
time_left(const Term *term, gint64 end, gboolean typing, gboolean *patient)
{
    const int patience = (int)input_patience(term->input, typing);
    const int left =
        end < 0 ? -1 : (int)(MAX(end - g_get_monotonic_time(), 0) / G_TIME_SPAN_MILLISECOND);

    *patient = patience > 0;
    return *patient ? patience : left;
}

enum { WAIT_RESIZED = -2 };

/* poll() for so many milliseconds (negative: for ever). Signals may come at any moment but between the look and
 * the sleep: there nobody would notice it. */
static int
poll_or_resize(Term *term, struct pollfd *polled, nfds_t count, int ms)
{
    const struct timespec limit = { ms / 1000, ms % 1000 * 1000000L };
    sigset_t signals, before;

    sigemptyset(&signals);
    sigaddset(&signals, SIGWINCH);
    sigaddset(&signals, SIGTSTP);
    pthread_sigmask(SIG_BLOCK, &signals, &before);
    const int ready = term_measure(term) || rescue_stop_waits() ? WAIT_RESIZED
                                       : ppoll(polled, count, ms < 0 ? NULL : &limit, &before);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ready;
}

guint
term_wait(Term *term, int ms, int fd, gboolean typing)
{
    const gint64 end = ms < 0 ? -1 : g_get_monotonic_time() + ms * G_TIME_SPAN_MILLISECOND;
    guint code = next_event(term, typing, FALSE);

    while (code == KEYCODE_NONE) {
        struct pollfd polled[] = { { term->input_fd, POLLIN, 0 }, { fd, POLLIN, 0 } };
        gboolean patient;
        const int left = time_left(term, end, typing, &patient);
        const int ready = poll_or_resize(term, polled, 2, left);
        if (ready == WAIT_RESIZED)
            return KEYCODE_RESIZE;
        if (ready > 0 && polled[0].revents && !read_bytes(term))
            return KEYCODE_GONE;
        if (ready > 0 && !polled[0].revents)
            return KEYCODE_NONE;
        code = next_event(term, typing, ready == 0 && patient);
        if (ready == 0 && !patient)
            return code;
    }
    return code;
}

InputText
term_text(Term *term)
{
    return input_take_text(term->input);
}

InputMouse
term_mouse(const Term *term)
{
    return input_mouse(term->input);
}
