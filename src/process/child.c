/* child.c: starting, hearing and ending a confined process.
 * SPDX-License-Identifier: MIT */
#include "process/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/inside.h"
#include "process/confine.h"
#include "process/fork.h"

#define CPU_SECONDS 2
#define MEMORY_BYTES (64u << 20)
#define CHILD_FRAME_MAX (256u << 10)    /* from the child; ours are as large as a DNS answer */

typedef enum { FRAME_READY = 'r', FRAME_ASK = '?', FRAME_ANSWER = '!' } FrameKind;

/* A frame is its kind, the length of what follows in four octets, and that. */
#define HEAD 5

struct ChildLine {
    int fd;
};

struct Child {
    const ChildJob *job;
    gpointer        data;
    const Stop     *stop;
    int             fd;
    pid_t           pid;        /* 0: it is the parent's, who was asked to start it */
};

/* ---- the child's end: plain blocking calls, for nothing else is allowed in there ---- */

static gboolean
put_all(int fd, const guint8 *data, gsize length)
{
    while (length > 0) {
        const gssize wrote = write(fd, data, length);
        if (wrote <= 0)
            return FALSE;
        data += wrote;
        length -= (gsize)wrote;
    }
    return TRUE;
}

static gboolean
get_all(int fd, guint8 *data, gsize length)
{
    while (length > 0) {
        const gssize got = read(fd, data, length);
        if (got <= 0)
            return FALSE;
        data += got;
        length -= (gsize)got;
    }
    return TRUE;
}

static void
write_head(guint8 *head, FrameKind kind, gsize length)
{
    const guint32 big = GUINT32_TO_BE((guint32)length);

    head[0] = (guint8)kind;
    memcpy(head + 1, &big, sizeof big);
}

static gsize
read_length(const guint8 *head)
{
    guint32 big;

    memcpy(&big, head + 1, sizeof big);
    return GUINT32_FROM_BE(big);
}

static gboolean
put_frame(int fd, FrameKind kind, GBytes *bytes)
{
    gsize length = 0;
    const guint8 *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    guint8 head[HEAD];

    write_head(head, kind, length);
    return put_all(fd, head, HEAD) && put_all(fd, data, length);
}

GBytes *
child_ask(ChildLine *line, GBytes *question)
{
    guint8 head[HEAD];

    if (!put_frame(line->fd, FRAME_ASK, question) || !get_all(line->fd, head, HEAD))
        return NULL;
    const gsize length = read_length(head);
    g_autofree guint8 *data = g_malloc(length + 1);
    if (!get_all(line->fd, data, length))
        return NULL;
    return g_bytes_new_take(g_steal_pointer(&data), length);
}

static void G_GNUC_NORETURN
be_child(const ChildJob *job, gpointer data, int fd, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    fork_forget_handlers(NULL);
    ChildLine line = { fork_keep_only(fd) };
    if (line.fd < 0 || getppid() != parent || (job->prepare && !job->prepare(data)) ||
        !confine_process(line.fd, CPU_SECONDS, MEMORY_BYTES) ||
        !put_frame(line.fd, FRAME_READY, NULL))
        _exit(1);
    GBytes *answer = job->work(&line, data);
    _exit(answer && put_frame(line.fd, FRAME_ANSWER, answer) ? 0 : 2);
}

/* ---- the parent's end: never waits longer than the child's time ---- */

typedef struct {
    const ChildJob *job;
    gpointer data;
    const Stop *stop;
    int      fd;
    gint64   deadline;      /* monotonic, microseconds */
    guint    questions;
    gboolean ready;
    ChildEnd end;
} Talk;

static gboolean
ends(Talk *talk, ChildEnd end)
{
    talk->end = end;
    return FALSE;
}

static gboolean
wait_for(Talk *talk, short events)
{
    for (;;) {
        const gint64 left = talk->deadline - g_get_monotonic_time();
        struct pollfd polled[] = { { talk->fd, events, 0 }, { stop_fd(talk->stop), POLLIN, 0 } };
        if (stop_wished(talk->stop))
            return ends(talk, CHILD_STOPPED);
        if (left <= 0)
            return ends(talk, CHILD_TIMED_OUT);
        const int ready = poll(polled, G_N_ELEMENTS(polled), (int)(left / 1000) + 1);
        if (ready > 0 && !polled[0].revents)
            continue;
        if (ready > 0)
            return TRUE;
        if (ready < 0 && errno != EINTR)
            return ends(talk, CHILD_NONSENSE);
    }
}

static gboolean
hear(Talk *talk, guint8 *data, gsize length)
{
    while (length > 0) {
        if (!wait_for(talk, POLLIN))
            return FALSE;
        const gssize got = recv(talk->fd, data, length, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (got <= 0)
            return ends(talk, talk->ready ? CHILD_NONSENSE : CHILD_NOT_STARTED);
        data += got;
        length -= (gsize)got;
    }
    return TRUE;
}

static gboolean
say(Talk *talk, const guint8 *data, gsize length)
{
    while (length > 0) {
        if (!wait_for(talk, POLLOUT))
            return FALSE;
        const gssize sent = send(talk->fd, data, length, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (sent <= 0)
            return ends(talk, CHILD_NONSENSE);
        data += sent;
        length -= (gsize)sent;
    }
    return TRUE;
}

static gboolean
serve(Talk *talk, GBytes *question)
{
    const gint64 start = g_get_monotonic_time();
    guint8 head[HEAD];
    gsize length;

    if (!talk->job->serve || ++talk->questions > talk->job->questions_max)
        return ends(talk, CHILD_NONSENSE);
    g_autoptr(GBytes) answer = talk->job->serve(question, talk->data);
    talk->deadline += g_get_monotonic_time() - start;
    if (!answer)
        return ends(talk, CHILD_NONSENSE);
    const guint8 *data = g_bytes_get_data(answer, &length);
    write_head(head, FRAME_ANSWER, length);
    return say(talk, head, HEAD) && say(talk, data, length);
}

/* What follows a head; NULL when the talk is over. (transfer full) */
static GBytes *
hear_bytes(Talk *talk, gsize length)
{
    if (length > CHILD_FRAME_MAX) {
        ends(talk, CHILD_NONSENSE);
        return NULL;
    }
    guint8 *data = g_malloc(length + 1);
    g_autoptr(GBytes) bytes = g_bytes_new_take(data, length);
    return hear(talk, data, length) ? g_steal_pointer(&bytes) : NULL;
}

/* One frame; FALSE when the talk is over. */
static gboolean
listen_once(Talk *talk, GBytes **answer)
{
    guint8 head[HEAD];

    if (!hear(talk, head, HEAD))
        return FALSE;
    g_autoptr(GBytes) bytes = hear_bytes(talk, read_length(head));
    if (!bytes)
        return FALSE;
    if (head[0] == FRAME_READY && !talk->ready && g_bytes_get_size(bytes) == 0)
        return talk->ready = TRUE;
    if (head[0] == FRAME_ASK && talk->ready)
        return serve(talk, bytes);
    if (head[0] != FRAME_ANSWER || !talk->ready)
        return ends(talk, CHILD_NONSENSE);
    *answer = g_steal_pointer(&bytes);
    return ends(talk, CHILD_ANSWERED);
}

/* Its own fault ended it: not us, nor what somebody sent to all of us, nor its confinement
 * (SIGSYS), which no receiver has. */
static gboolean
is_crash(int status)
{
    static const int faults[] = { SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE };

    for (gsize i = 0; WIFSIGNALED(status) && i < G_N_ELEMENTS(faults); i++)
        if (WTERMSIG(status) == faults[i])
            return TRUE;
    return FALSE;
}

int
child_end(pid_t pid)
{
    int status = 0;

    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return 0;
    return status;
}

/* A process at `job`: our end of its line, or -1. `told` is NULL where the child has our own `data`. */
static int
start_process(const ChildJob *job, GBytes *told, gpointer data, gconstpointer own, pid_t *pid)
{
    int ends_of[2];
    sigset_t before;
    const pid_t self = getpid();

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_of) != 0)
        return -1;
    *pid = fork_start(&before);
    if (*pid == 0 && told && !(data = job->told(told, own)))
        _exit(1);
    if (*pid == 0)
        be_child(job, data, ends_of[1], self);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends_of[1]);
    if (*pid > 0)
        return ends_of[0];
    close(ends_of[0]);
    return -1;
}

int
child_spawn(const ChildJob *job, GBytes *told, gconstpointer own, pid_t *pid)
{
    return job->told ? start_process(job, told, NULL, own, pid) : -1;
}

static int
have_it_started(const ChildJob *job, gconstpointer data)
{
    g_autoptr(GBytes) told = job->name ? job->tell(data) : NULL;

    return told ? inside_start_child(job->name, told) : -1;
}

Child *
child_start(const ChildJob *job, gpointer data, const Stop *stop)
{
    Child child = { job, data, stop, -1, 0 };

    child.fd = inside_confined() ? have_it_started(job, data)
                                 : start_process(job, NULL, data, NULL, &child.pid);
    return child.fd >= 0 ? g_memdup2(&child, sizeof child) : NULL;
}

ChildEnd
child_finish(Child *child, GBytes **answer)
{
    *answer = NULL;
    if (!child)
        return CHILD_NOT_STARTED;
    Talk talk = { .job = child->job, .data = child->data, .stop = child->stop, .fd = child->fd,
                  .end = CHILD_NONSENSE,
                  .deadline = g_get_monotonic_time() + (gint64)child->job->time_ms * 1000 };
    while (listen_once(&talk, answer))
        ;
    const gboolean crashed =
        is_crash(child->pid > 0 ? child_end(child->pid) : inside_end_child(child->job->name));
    close(child->fd);
    g_free(child);
    const gboolean over = talk.end == CHILD_ANSWERED || talk.end == CHILD_TIMED_OUT ||
                          talk.end == CHILD_STOPPED;
    return crashed && !over ? CHILD_CRASHED : talk.end;
}

ChildEnd
child_run(const ChildJob *job, gpointer data, GBytes **answer)
{
    return child_finish(child_start(job, data, NULL), answer);
}
