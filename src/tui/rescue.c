/* rescue.c: handlers of the signals that end a program.
 * SPDX-License-Identifier: MIT */
#include "tui/rescue.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE,
                               SIGILL };

/* A handler can be given nothing, so what it needs lies here; the only such state in the
 * program. Filled before the handlers are set, and not changed while they are. */
static struct {
    int            fd;
    struct termios found;
    char           sequence[256];
    size_t         length;
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
rescue_arm(int fd, const struct termios *found, const char *sequence)
{
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };

    rescue.fd = fd;
    rescue.found = *found;
    rescue.length = g_strlcpy(rescue.sequence, sequence, sizeof rescue.sequence);
    rescue.length = MIN(rescue.length, sizeof rescue.sequence - 1);
    sigemptyset(&action.sa_mask);
    for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
        sigaction(signals[i], &action, NULL);
}

void
rescue_disarm(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
        signal(signals[i], SIG_DFL);
}
