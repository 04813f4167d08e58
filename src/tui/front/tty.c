/* tty.c: lines from a file descriptor, and SIGINT as one more thing to read.
 * SPDX-License-Identifier: MIT */
#include "tui/front/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

enum { CTRL_D = 0x04, BACKSPACE = 0x08, DELETE = 0x7F, PIECE = 65536, HAND_US = 30000, SETTLE_MS = 20 };

struct PlainTty {
    int            fd;
    int            signals;     /* readable after Ctrl-C */
    gboolean       terminal;
    gboolean       ended;
    gboolean       pasting;
    struct termios usual;       /* of the terminal, while something is pasted */
    sigset_t       before;      /* of this thread */
    gint64         last;        /* when the last line was taken */
    gboolean       behind;      /* more stood behind it then */
    GString       *bytes;       /* read, not yet handed out */
    gsize          scanned;     /* no line ends before */
};

PlainTty *
plain_tty_new(gboolean elsewhere)
{
    const int fd = elsewhere ? open("/dev/tty", O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    sigset_t interrupt;

    if (fd < 0)
        return NULL;
    PlainTty *tty = g_new0(PlainTty, 1);
    tty->fd = fd;
    tty->terminal = isatty(fd) != 0;
    tty->bytes = g_string_new(NULL);
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupt, &tty->before);
    tty->signals = signalfd(-1, &interrupt, SFD_CLOEXEC | SFD_NONBLOCK);
    return tty;
}

void
plain_tty_free(PlainTty *tty)
{
    if (!tty)
        return;
    plain_tty_pasting(tty, FALSE);
    if (tty->signals >= 0)
        close(tty->signals);
    pthread_sigmask(SIG_SETMASK, &tty->before, NULL);
    if (tty->fd != STDIN_FILENO)
        close(tty->fd);
    g_string_free(tty->bytes, TRUE);
    g_free(tty);
}

gboolean
plain_tty_is_terminal(const PlainTty *tty)
{
    return tty->terminal;
}

void
plain_tty_pasting(PlainTty *tty, gboolean on)
{
    if (!tty->terminal || on == tty->pasting)
        return;
    if (on && tcgetattr(tty->fd, &tty->usual) != 0)
        return;
    struct termios wanted = tty->usual;
    if (on)
        wanted.c_lflag &= ~(tcflag_t)ICANON;
    tty->pasting = on;
    tcsetattr(tty->fd, TCSANOW, &wanted);
}

gboolean
plain_tty_interrupted(const PlainTty *tty)
{
    struct signalfd_siginfo signal;

    return read(tty->signals, &signal, sizeof signal) == (ssize_t)sizeof signal;
}

int
plain_tty_fd(const PlainTty *tty)
{
    return tty->fd;
}

int
plain_tty_signals(const PlainTty *tty)
{
    return tty->signals;
}

/* What the terminal does with lines, as long as it does not: see plain_tty_pasting(). */
static void
add_pasted(PlainTty *tty, const char *bytes, gsize length)
{
    for (gsize i = 0; i < length && !tty->ended; i++) {
        const gboolean start = tty->bytes->len == 0 || tty->bytes->str[tty->bytes->len - 1] == '\n';
        if (bytes[i] == CTRL_D)
            tty->ended = TRUE;
        else if (bytes[i] != DELETE && bytes[i] != BACKSPACE)
            g_string_append_c(tty->bytes, bytes[i]);
        else if (!start)
            g_string_truncate(tty->bytes, tty->bytes->len - 1);
    }
    tty->scanned = 0;
}

void
plain_tty_read(PlainTty *tty)
{
    char piece[PIECE];
    const ssize_t length = read(tty->fd, piece, sizeof piece);

    if (length > 0 && tty->pasting)
        add_pasted(tty, piece, (gsize)length);
    else if (length > 0)
        g_string_append_len(tty->bytes, piece, length);
    else if (length == 0 || (errno != EINTR && errno != EAGAIN))
        tty->ended = TRUE;
}

/* The line that is here, or what is left at the end. */
static gboolean
take_line(PlainTty *tty, GString *line)
{
    const char *from = tty->bytes->str + tty->scanned;
    const char *end = memchr(from, '\n', tty->bytes->len - tty->scanned);

    tty->scanned = tty->bytes->len;
    if (!end && (!tty->ended || tty->bytes->len == 0))
        return FALSE;
    const gsize length = end ? (gsize)(end - tty->bytes->str) : tty->bytes->len;
    g_string_truncate(line, 0);
    g_string_append_len(line, tty->bytes->str, (gssize)length);
    g_string_erase(tty->bytes, 0, (gssize)(end ? length + 1 : length));
    tty->scanned = 0;
    return TRUE;
}

/* Nobody writes so fast by hand: lines that come together were pasted. A script is its writer's own. */
static gboolean
is_by_hand(PlainTty *tty, const char *line)
{
    struct pollfd more = { tty->fd, POLLIN, 0 };
    const int patience = strchr(line, ' ') ? SETTLE_MS : 0;     /* only such a line can name a file */
    const gboolean was_behind = tty->behind;
    const gint64 before = tty->last;

    if (!tty->terminal)
        return TRUE;
    tty->last = g_get_monotonic_time();
    tty->behind = tty->bytes->len > 0 || poll(&more, 1, patience) != 0;
    return !tty->behind && !was_behind && !tty->pasting && tty->last - before > HAND_US;
}

/* After Ctrl-D in a terminal more can follow: it ended one text only. */
gboolean
plain_tty_take(PlainTty *tty, GString *line, PlainRead *what, gboolean *by_hand)
{
    *by_hand = FALSE;
    *what = PLAIN_END;
    g_string_truncate(line, 0);
    if (take_line(tty, line)) {
        *what = PLAIN_LINE;
        *by_hand = is_by_hand(tty, line->str);
        return TRUE;
    }
    if (!tty->ended)
        return FALSE;
    tty->ended = !tty->terminal || !tty->pasting;
    return TRUE;
}
