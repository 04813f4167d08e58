/* fork.c: signals, streams and descriptors of a new process.
 * SPDX-License-Identifier: MIT */
#include "process/fork.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/nowhere.h"

pid_t
fork_start(sigset_t *before)
{
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, before);
    return fork();
}

/* What waited may come only when it is known what to do with it. */
void
fork_forget_handlers(const int *ignored)
{
    sigset_t none;

    for (int number = 1; number < SIGRTMIN; number++)
        signal(number, SIG_DFL);
    for (const int *number = ignored; number && *number; number++)
        signal(*number, SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

void
fork_leave_signals(void)
{
    static const int ignored[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, 0 };

    fork_forget_handlers(ignored);
}

gboolean
fork_close_streams(void)
{
    const int nowhere = nowhere_open();
    gboolean good = nowhere >= 0;

    for (int i = 0; good && i < 3; i++)
        good = dup2(nowhere, i) == i;
    if (nowhere > 2)
        close(nowhere);
    return good;
}

int
fork_keep_only(int fd)
{
    const int line = fcntl(fd, F_DUPFD, 3);

    if (line < 0 || !fork_close_streams())
        return -1;
    const int kept = dup2(line, 3);
    return kept == 3 && syscall(SYS_close_range, 4u, ~0u, 0u) == 0 ? kept : -1;
}
