/* core-self.c: the core's own side: it is confined, runs, and asks its parent through a door.
 * SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/disk-ahead.h"
#include "base/inside.h"
#include "base/nowhere.h"
#include "process/child.h"
#include "process/confine.h"
#include "process/core-part.h"

#define MEMORY ((gsize)1 << 30)
#define NEED_MAX 64
/* Descriptors from here on are files that were opened ahead. */
#define AHEAD 64
/* Whoever needs this often something else does so on purpose. */
#define NEEDS_MAX 32

/* The door of this process, once it is a confined core. Threads share it. */
static struct {
    int          fd;
    GMutex       mutex;
    char       **needs;
} own;

gboolean
core_is_need(const char *what, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isalnum(what[i]) && !(what[i] && strchr("-_.:", what[i])))
            return FALSE;
    return length > 0 && length <= NEED_MAX;
}

/* ---- the door (base/inside.h) ---- */

static void
need(const char *what)
{
    if (!core_is_need(what, strlen(what)) || g_strv_contains((const char *const *)own.needs, what) ||
        g_strv_length(own.needs) >= NEEDS_MAX)
        return;
    g_mutex_lock(&own.mutex);
    line_put(own.fd, LINE_NEED, what, strlen(what));
    _exit(0);
}

/* Says it and waits for the answer; FALSE: nobody is there any more. */
static gboolean
ask(LineKind kind, const void *bytes, gsize length, LineFrame *answer)
{
    g_mutex_lock(&own.mutex);
    const gboolean good = line_put(own.fd, kind, bytes, length) && line_get(own.fd, answer);
    g_mutex_unlock(&own.mutex);
    return good;
}

static int
start_child(const char *name, GBytes *told)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(told, &length);
    LineFrame frame;

    if (length > LINE_FRAME_MAX / 2)
        return -1;
    g_byte_array_append(bytes, (const guint8 *)name, (guint)strlen(name) + 1);
    if (length > 0)
        g_byte_array_append(bytes, data, (guint)length);
    if (!ask(LINE_START, bytes->data, bytes->len, &frame))
        return -1;
    const int fd = frame.kind == LINE_FD && frame.n_fds == 1 ? frame.fds[0] : -1;
    if (fd >= 0)
        frame.n_fds = 0;
    line_frame_clear(&frame);
    return fd;
}

static int
end_child(const char *name)
{
    LineFrame frame;
    int status = -1;

    if (!ask(LINE_REAP, name, strlen(name), &frame))
        return -1;
    if (frame.kind == LINE_CHILD_END && frame.length == sizeof status)
        memcpy(&status, frame.bytes, sizeof status);
    line_frame_clear(&frame);
    return status;
}

static const InsideDoor door = { need, start_child, end_child, keeper_temporary };

/* ---- beginning ---- */

/* What is meant for the whole group (Ctrl-C, a hang-up) is the parent's to answer: it ends us by leaving. */
static void
forget_handlers(void)
{
    static const int ignored[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE };

    child_forget_handlers();
    for (gsize i = 0; i < G_N_ELEMENTS(ignored); i++)
        signal(ignored[i], SIG_IGN);
}

/* Standard streams go nowhere; all else but these is closed. They are the numbers from 3 on now. */
static gboolean
keep_only(int *fds, guint count)
{
    const guint ahead = disk_ahead_keep(AHEAD);
    const int nowhere = nowhere_open();
    gboolean good = nowhere >= 0;

    for (guint i = 0; i < count; i++)
        fds[i] = fds[i] >= 0 ? fcntl(fds[i], F_DUPFD_CLOEXEC, 16) : -1;
    for (int i = 0; i < 3; i++)
        good = dup2(nowhere, i) == i && good;
    for (guint i = 0; i < count; i++) {
        const int number = 3 + (int)i;
        if (fds[i] >= 0)
            good = dup2(fds[i], number) == number && good;
        else
            close(number);
        fds[i] = fds[i] >= 0 ? number : -1;
    }
    return syscall(__NR_close_range, 3u + count, AHEAD - 1u, 0u) == 0 && syscall(__NR_close_range, AHEAD + ahead, ~0u, 0u) == 0 && good;
}

static char **
copy_needs(const GPtrArray *needs)
{
    GPtrArray *copy = g_ptr_array_new();

    for (guint i = 0; needs && i < needs->len; i++)
        g_ptr_array_add(copy, g_strdup(needs->pdata[i]));
    g_ptr_array_add(copy, NULL);
    return (char **)g_ptr_array_free(copy, FALSE);
}

void
core_be(const CoreStart *start)
{
    const CoreClass *class = start->class;
    int fds[] = { start->fds[0], start->fds[1], start->fds[2] };

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, class->name);
    forget_handlers();
    own.needs = copy_needs(start->needs);
    if (class->prepare)         /* what it complains of is still heard */
        class->prepare((const char *const *)own.needs, start->data);
    if (!keep_only(fds, G_N_ELEMENTS(fds)) || getppid() != start->parent)
        _exit(1);
    own.fd = fds[1];
    if (fds[2] >= 0)
        keeper_enter(fds[2]);
    confine_core(class->memory ? class->memory : MEMORY);
    inside_enter(&door);
    _exit(class->run(fds[0], start->sign, start->data));
}
