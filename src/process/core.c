/* core.c: the parent's side: forks the core, answers what it asks for, buries it.
 * SPDX-License-Identifier: MIT */
#include "process/core.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process/child.h"
#include "process/core-part.h"
#include "process/cpu.h"
#include "process/door.h"
#include "process/fork.h"
#include "process/wards.h"

#define CHILDREN_MAX 8
/* So long a process that closed its line may take to be gone. */
#define BURIAL_MS 2000
/* Frames that are looked at before somebody else has a turn. */
#define FRAMES_AT_ONCE 64

struct Core {
    const CoreClass *class;
    gpointer  data;
    Keeper   *keeper;
    pid_t     pid;
    LineEnd  *line, *door;
    int       files;        /* -1: none */
    int       poll;
    gboolean  waits_out;    /* of `line` */
    Wards    *wards;        /* what it had started */
    char     *need;
    CoreSign *sign;
};

/* ---- beginning ---- */

static gboolean
open_pair(int ends[2])
{
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0;
}

static void
watch(const Core *core, int fd)
{
    struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

    if (fd >= 0)
        epoll_ctl(core->poll, EPOLL_CTL_ADD, fd, &event);
}

static void
close_pair(const int ends[2])
{
    for (guint i = 0; i < 2; i++)
        if (ends[i] >= 0)
            close(ends[i]);
}

/* Processes that are started later have no business with it. */
static CoreSign *
share_sign(void)
{
    CoreSign *sign = mmap(NULL, sizeof *sign, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    return sign == MAP_FAILED ? NULL : sign;
}

static Core *
core_new(const CoreClass *class, Keeper *keeper, gpointer data)
{
    Core *core = g_new0(Core, 1);

    core->class = class;
    core->data = data;
    core->keeper = keeper;
    core->files = -1;
    core->poll = epoll_create1(EPOLL_CLOEXEC);
    core->wards = wards_new(CHILDREN_MAX);
    core->sign = share_sign();
    return core;
}

static void
core_free(Core *core)
{
    line_end_free(core->line);
    line_end_free(core->door);
    if (core->files >= 0)
        close(core->files);
    if (core->poll >= 0)
        close(core->poll);
    if (core->sign)
        munmap(core->sign, sizeof *core->sign);
    wards_free(core->wards);
    g_free(core->need);
    g_free(core);
}

static void
take_ends(Core *core, int line, int door, int files)
{
    core->line = line_end_new(line);
    core->door = line_end_new(door);
    core->files = files;
    watch(core, line);
    watch(core, door);
    watch(core, files);
    madvise(core->sign, sizeof *core->sign, MADV_DONTFORK);
}

Core *
core_start(const CoreClass *class, const GPtrArray *needs, Keeper *keeper, gpointer data)
{
    int line[2] = { -1, -1 }, door[2] = { -1, -1 }, files[2] = { -1, -1 };
    Core *core = core_new(class, keeper, data);
    sigset_t before;

    if (core->poll < 0 || !core->sign || !open_pair(line) || !open_pair(door) ||
        ((keeper || class->files) && !keeper_line(files))) {
        close_pair(line);
        close_pair(door);
        core_free(core);
        return NULL;
    }
    const CoreStart start = { class, data, needs, getpid(), { line[1], door[1], files[1] }, core->sign };
    core->pid = fork_start(&before);
    if (core->pid == 0)
        core_be(&start);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(line[1]);
    close(door[1]);
    if (files[1] >= 0)
        close(files[1]);
    take_ends(core, line[0], door[0], files[0]);
    if (core->pid > 0)
        return core;
    core_free(core);
    return NULL;
}

void
core_keep(Core *core, Keeper *keeper)
{
    core->keeper = keeper;
}

/* ---- what it asks for ---- */

static gboolean
take_need(Core *core, const guint8 *bytes, gsize length)
{
    if (!door_is_need((const char *)bytes, length))
        return FALSE;
    g_free(core->need);
    core->need = g_strndup((const char *)bytes, length);
    return TRUE;
}

/* The name of the job, NUL, and what the child must know. */
static gboolean
start_child(Core *core, const guint8 *bytes, gsize length)
{
    const guint8 *end = memchr(bytes, '\0', length);
    pid_t pid = -1;
    int fd = -1;

    if (!end)
        return FALSE;
    if (core->class->start && !wards_is_full(core->wards)) {
        g_autoptr(GBytes) told = g_bytes_new(end + 1, length - (gsize)(end + 1 - bytes));
        fd = core->class->start((const char *)bytes, told, &pid, core->data);
    }
    if (fd >= 0)
        wards_add(core->wards, (const char *)bytes, pid);
    line_end_send(core->door, LINE_FD, NULL, 0, &fd, fd >= 0 ? 1 : 0);
    if (fd >= 0)
        close(fd);
    return TRUE;
}

static gboolean
reap_child(Core *core, const guint8 *bytes, gsize length)
{
    g_autofree char *name = g_strndup((const char *)bytes, length);
    const int status = wards_end(core->wards, name);

    return line_end_send(core->door, LINE_CHILD_END, &status, sizeof status, NULL, 0);
}

/* FALSE: that was nothing a core says. */
static gboolean
take_frame(Core *core, guint kind, const guint8 *bytes, gsize length)
{
    switch (kind) {
    case LINE_NEED:
        return take_need(core, bytes, length);
    case LINE_START:
        return start_child(core, bytes, length);
    case LINE_REAP:
        return reap_child(core, bytes, length);
    default:
        return FALSE;
    }
}

static gboolean
serve_door(Core *core)
{
    const guint8 *bytes;
    gsize length;
    guint kind;

    if (line_end_waits(core->door) && !line_end_flush(core->door))
        return FALSE;
    for (guint i = 0; i < FRAMES_AT_ONCE; i++) {
        const LineState state = line_end_read(core->door, &kind, &bytes, &length);
        if (state == LINE_NOTHING)
            return TRUE;
        if (state != LINE_GOT || !take_frame(core, kind, bytes, length))
            return FALSE;
    }
    return TRUE;
}

gboolean
core_serve(Core *core)
{
    struct epoll_event events[4];
    const int count = epoll_wait(core->poll, events, G_N_ELEMENTS(events), 0);

    for (int i = 0; i < count; i++) {
        if (events[i].data.fd == core->files && !keeper_serve(core->keeper, core->files))
            return FALSE;
        if (events[i].data.fd == line_end_fd(core->door) && !serve_door(core))
            return FALSE;
    }
    core_flush(core);
    return TRUE;
}

void
core_flush(Core *core)
{
    struct epoll_event event = { .events = EPOLLIN, .data.fd = line_end_fd(core->line) };

    if (line_end_waits(core->line))
        line_end_flush(core->line);
    const gboolean waits = line_end_waits(core->line);
    if (waits == core->waits_out)
        return;
    core->waits_out = waits;
    event.events |= waits ? EPOLLOUT : 0u;
    epoll_ctl(core->poll, EPOLL_CTL_MOD, line_end_fd(core->line), &event);
}

int
core_fd(const Core *core)
{
    return core->poll;
}

LineEnd *
core_line(Core *core)
{
    return core->line;
}

CoreSign *
core_sign(Core *core)
{
    return core->sign;
}

pid_t
core_pid(const Core *core)
{
    return core->pid;
}

gint64
core_cpu(const Core *core)
{
    return cpu_of(core->pid);
}

/* ---- its end ---- */

/* It closed its line, or said that it comes to its end, and so should be gone in no time; else it is helped. What it still asks for
 * is answered: it tidies up, and would wait. */
static int
wait_shortly(Core *core)
{
    gboolean serves = TRUE;
    int status = 0;

    for (guint i = 0; i < BURIAL_MS; i++) {
        const pid_t gone = waitpid(core->pid, &status, WNOHANG);
        if (gone == core->pid)
            return status;
        if (gone < 0 && errno != EINTR)
            return 0;
        serves = serves && core_serve(core);
        g_usleep(i < 20 ? 50 : 1000);
    }
    return child_end(core->pid);
}

CoreEnd
core_end(Core *core, gboolean kill_it, PoolLoss *loss, char **need)
{
    const int status = kill_it ? child_end(core->pid) : wait_shortly(core);
    CoreEnd end = CORE_DIED;

    if (!kill_it)
        serve_door(core);       /* its last word */
    if (core->keeper)
        keeper_left(core->keeper);
    wards_end_all(core->wards);
    *need = NULL;
    if (!kill_it && WIFEXITED(status) && core->need) {
        end = CORE_NEEDS;
        *need = g_steal_pointer(&core->need);
    } else if (!kill_it && WIFEXITED(status)) {
        end = CORE_DONE;
        *loss = (PoolLoss){ .how = POOL_LOST_EXIT, .number = WEXITSTATUS(status) };
    } else if (!kill_it) {
        *loss = (PoolLoss){ .how = POOL_LOST_SIGNAL, .number = WTERMSIG(status) };
    }
    core_free(core);
    return end;
}
