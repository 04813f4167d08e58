/* plain-in.c: lines from a file descriptor, and SIGINT as one more thing to read.
 * SPDX-License-Identifier: MIT */
#include "tui/plain-in.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

enum { CTRL_D = 0x04, BACKSPACE = 0x08, DELETE = 0x7F, PIECE = 65536 };

struct PlainIn {
    int            fd;
    int            signals;     /* readable after Ctrl-C */
    gboolean       terminal;
    gboolean       ended;
    gboolean       pasting;
    struct termios usual;       /* of the terminal, while something is pasted */
    sigset_t       before;      /* of this thread */
    int          (*other)(gpointer);    /* what else is waited for: plain_in_meanwhile() */
    void         (*work)(gpointer);
    gpointer       data;
    GString       *bytes;       /* read, not yet handed out */
    gsize          scanned;     /* no line ends before */
};

PlainIn *
plain_in_new(gboolean elsewhere)
{
    const int fd = elsewhere ? open("/dev/tty", O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    sigset_t interrupt;

    if (fd < 0)
        return NULL;
    PlainIn *in = g_new0(PlainIn, 1);
    in->fd = fd;
    in->terminal = isatty(fd) != 0;
    in->bytes = g_string_new(NULL);
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupt, &in->before);
    in->signals = signalfd(-1, &interrupt, SFD_CLOEXEC | SFD_NONBLOCK);
    return in;
}

void
plain_in_free(PlainIn *in)
{
    if (!in)
        return;
    plain_in_paste(in, FALSE);
    if (in->signals >= 0)
        close(in->signals);
    pthread_sigmask(SIG_SETMASK, &in->before, NULL);
    if (in->fd != STDIN_FILENO)
        close(in->fd);
    g_string_free(in->bytes, TRUE);
    g_free(in);
}

gboolean
plain_in_is_terminal(const PlainIn *in)
{
    return in->terminal;
}

void
plain_in_paste(PlainIn *in, gboolean on)
{
    if (!in->terminal || on == in->pasting)
        return;
    if (on && tcgetattr(in->fd, &in->usual) != 0)
        return;
    struct termios wanted = in->usual;
    if (on)
        wanted.c_lflag &= ~(tcflag_t)ICANON;
    in->pasting = on;
    tcsetattr(in->fd, TCSANOW, &wanted);
}

static gboolean
interrupted(const PlainIn *in)
{
    struct signalfd_siginfo signal;

    return read(in->signals, &signal, sizeof signal) == (ssize_t)sizeof signal;
}

gboolean
plain_in_wait(const PlainIn *in, int fd, int ms)
{
    struct pollfd fds[] = { { in->signals, POLLIN, 0 }, { fd, POLLIN, 0 } };

    poll(fds, G_N_ELEMENTS(fds), ms);
    return interrupted(in);
}

void
plain_in_meanwhile(PlainIn *in, int (*fd)(gpointer), void (*work)(gpointer), gpointer data)
{
    in->other = fd;
    in->work = work;
    in->data = data;
}

/* TRUE after Ctrl-C. Else something can be read, unless other work was done. */
static gboolean
wait_for_bytes(const PlainIn *in, gboolean *ready)
{
    struct pollfd fds[] = { { in->signals, POLLIN, 0 }, { in->fd, POLLIN, 0 },
                            { in->work ? in->other(in->data) : -1, POLLIN, 0 } };

    poll(fds, G_N_ELEMENTS(fds), -1);
    if (interrupted(in))
        return TRUE;
    *ready = fds[2].revents == 0 || fds[1].revents != 0;
    if (in->work && fds[2].revents != 0)
        in->work(in->data);
    return FALSE;
}

/* What the terminal does with lines, as long as it does not: see plain_in_paste(). */
static void
add_pasted(PlainIn *in, const char *bytes, gsize length)
{
    for (gsize i = 0; i < length && !in->ended; i++) {
        const gboolean start = in->bytes->len == 0 || in->bytes->str[in->bytes->len - 1] == '\n';
        if (bytes[i] == CTRL_D)
            in->ended = TRUE;
        else if (bytes[i] != DELETE && bytes[i] != BACKSPACE)
            g_string_append_c(in->bytes, bytes[i]);
        else if (!start)
            g_string_truncate(in->bytes, in->bytes->len - 1);
    }
    in->scanned = 0;
}

static void
read_more(PlainIn *in)
{
    char piece[PIECE];
    const ssize_t length = read(in->fd, piece, sizeof piece);

    if (length > 0 && in->pasting)
        add_pasted(in, piece, (gsize)length);
    else if (length > 0)
        g_string_append_len(in->bytes, piece, length);
    else if (length == 0 || (errno != EINTR && errno != EAGAIN))
        in->ended = TRUE;
}

/* The line that is here, or what is left at the end. */
static gboolean
take_line(PlainIn *in, GString *line)
{
    const char *from = in->bytes->str + in->scanned;
    const char *end = memchr(from, '\n', in->bytes->len - in->scanned);

    in->scanned = in->bytes->len;
    if (!end && (!in->ended || in->bytes->len == 0))
        return FALSE;
    const gsize length = end ? (gsize)(end - in->bytes->str) : in->bytes->len;
    g_string_truncate(line, 0);
    g_string_append_len(line, in->bytes->str, (gssize)length);
    g_string_erase(in->bytes, 0, (gssize)(end ? length + 1 : length));
    in->scanned = 0;
    return TRUE;
}

/* After Ctrl-D in a terminal more can follow: it ended one text only. */
PlainRead
plain_in_line(PlainIn *in, GString *line)
{
    while (!take_line(in, line)) {
        if (in->ended) {
            in->ended = !in->terminal || !in->pasting;
            return PLAIN_END;
        }
        gboolean ready = FALSE;
        if (wait_for_bytes(in, &ready))
            return PLAIN_INTERRUPT;
        if (ready)
            read_more(in);
    }
    return PLAIN_LINE;
}
