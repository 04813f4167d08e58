/* rescue.c: handlers of the signals that end a program.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/rescue.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* All that end a process and can be caught: what people send, our own faults (GLib ends with SIGTRAP), limits, seccomp. */
static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS,
                               SIGPIPE, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ, SIGPOLL };

/* A handler can be given nothing, so what it needs lies here; the only such state in the
 * program. Filled before the handlers are set, and not changed while one could run. */
static struct {
    int            fd;
    struct termios found;
    char           sequence[256];
    size_t         length;
    volatile sig_atomic_t stop;
} rescue;

/* write, tcsetattr, sigaction and raise are async-signal-safe (POSIX.1-2008, 2.4.3). */
static void
on_signal(int number)
{
    const ssize_t written = write(rescue.fd, rescue.sequence, rescue.length);

    (void)written;      /* a terminal that is gone needs no rescue */
    tcsetattr(rescue.fd, TCSANOW, &rescue.found);
    raise(number);      /* SA_RESETHAND: now with its usual effect */
}

void
rescue_change(const char *sequence)
{
    sigset_t all, before;

    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    rescue.length = g_strlcpy(rescue.sequence, sequence, sizeof rescue.sequence);
    rescue.length = MIN(rescue.length, sizeof rescue.sequence - 1);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

void
rescue_arm(int fd, const struct termios *found, const char *sequence)
{
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND }, before;

    rescue.fd = fd;
    rescue.found = *found;
    rescue_change(sequence);
    sigemptyset(&action.sa_mask);
    /* What whoever started us ignores (nohup) stays so. */
    for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
}

static void
on_stop(int number)
{
    (void)number;
    rescue.stop = 1;
}

static void
on_size(int number)
{
    (void)number;
}

/* Who is not to be stopped (nohup's kin) stays so. */
void
rescue_watch(void)
{
    struct sigaction stop = { .sa_handler = on_stop }, size = { .sa_handler = on_size }, before;

    sigemptyset(&stop.sa_mask);
    sigemptyset(&size.sa_mask);
    sigaction(SIGWINCH, &size, NULL);
    if (sigaction(SIGTSTP, NULL, &before) == 0 && before.sa_handler == SIG_DFL)
        sigaction(SIGTSTP, &stop, NULL);
}

gboolean
rescue_stop_waits(void)
{
    return rescue.stop != 0;
}

gboolean
rescue_stop_wished(void)
{
    const gboolean wished = rescue.stop != 0;

    rescue.stop = 0;
    return wished;
}

void
rescue_unwatch(void)
{
    struct sigaction now;

    if (sigaction(SIGTSTP, NULL, &now) == 0 && now.sa_handler == on_stop)
        signal(SIGTSTP, SIG_DFL);
    rescue.stop = 0;
}

void
rescue_disarm(void)
{
    struct sigaction now;

    for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
        if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler == on_signal)
            signal(signals[i], SIG_DFL);
}
