/* service-start.c: what a fork has to forget before it asks DNS.
 * SPDX-License-Identifier: MIT */
#include "dns/service-start.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "dns/service-desk.h"
#include "process/fork.h"

#define SERVICE_NAME "fromscope-dns"    /* for ps(1) */

/* Memory that the run's processes share (process/ring.h) is none of this one's business. */
static gboolean
leave_shared(void)
{
    g_autofree char *maps = NULL;

    if (!g_file_get_contents("/proc/self/maps", &maps, NULL, NULL))
        return FALSE;
    for (char *line = maps; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        char *end = NULL;
        const guint64 from = g_ascii_strtoull(line, &end, 16);
        const guint64 to = *end == '-' ? g_ascii_strtoull(end + 1, &end, 16) : 0;
        /* "55d0c0000000-55d0c0021000 rw-s …" */
        if (to > from && strlen(end) > 5 && end[4] == 's' &&
            munmap((void *)(guintptr)from, (gsize)(to - from)) != 0)
            return FALSE;
    }
    return TRUE;
}

static void G_GNUC_NORETURN
be_service(const LiveOptions *options, int fd, pid_t parent, gboolean main_thread)
{
    /* What a person types at the terminal goes to all processes of the run; this one is asked by
     * the others until they have ended. */
    static const int ignored[] = { SIGINT, SIGQUIT, SIGPIPE, 0 };

    /* It ends with its line; the kernel's help counts the thread that forked, not the process. */
    if (main_thread)
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, SERVICE_NAME);
    fork_forget_handlers(ignored);
    const int line = fork_keep_only(fd);
    if (line < 0 || getppid() != parent || !leave_shared())
        _exit(1);
    service_desk_run(line, options);
    _exit(0);
}

pid_t
service_fork(const LiveOptions *options, int *fd)
{
    int ends[2];
    sigset_t before;
    const pid_t self = getpid();
    const gboolean main_thread = self == (pid_t)syscall(__NR_gettid);

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return -1;
    const pid_t pid = fork_start(&before);
    if (pid == 0)
        be_service(options, ends[1], self, main_thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (pid < 0)
        close(ends[0]);
    else
        *fd = ends[0];
    return pid;
}
