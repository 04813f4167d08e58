/* core-self.c: the core's own side: it is confined, runs, and asks its parent through a door.
 * SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/disk-ahead.h"
#include "base/inside.h"
#include "process/confine.h"
#include "process/core-part.h"
#include "process/door.h"
#include "process/fork.h"

#define MEMORY ((gsize)1 << 30)
/* Descriptors from here on are files that were opened ahead. */
#define AHEAD 64

/* The door of this process, once it is a confined core. Threads share it. */
static struct {
    int          fd;
    GMutex       mutex;
    char       **needs;
    GRecMutex    turn;          /* core_hold() */
    gboolean     held;          /* of the one thread that does */
    void       (*last_words)(gpointer data);
    gpointer     data;
} own;

/* ---- the door (base/inside.h) ---- */

/* Whoever has both is the thread that holds: the other would have waited. Once: what it says may need
 * something. */
static void
say_last_words(void)
{
    void (*say)(gpointer) = own.last_words;

    own.last_words = NULL;
    if (say)
        say(own.data);
}

static void
need(const char *what)
{
    if (!door_is_new(what, (const char *const *)own.needs))
        return;
    g_rec_mutex_lock(&own.turn);
    if (own.held)
        say_last_words();
    g_mutex_lock(&own.mutex);
    line_put(own.fd, LINE_NEED, what, strlen(what));
    _exit(0);
}

void
core_hold(void)
{
    if (own.held)
        return;
    g_rec_mutex_lock(&own.turn);
    own.held = TRUE;
}

gboolean
core_release(void)
{
    const gboolean held = own.held;

    own.held = FALSE;
    if (held)
        g_rec_mutex_unlock(&own.turn);
    return held;
}

void
core_last_words(void (*say)(gpointer data), gpointer data)
{
    own.last_words = say;
    own.data = data;
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
    return door_start_child(ask, name, told);
}

static int
end_child(const char *name)
{
    return door_end_child(ask, name);
}

static const InsideDoor door = { need, start_child, end_child, keeper_temporary };

/* ---- beginning ---- */

/* Standard streams go nowhere; all else but these is closed. They are the numbers from 3 on now. */
static gboolean
keep_only(int *fds, guint count)
{
    const guint ahead = disk_ahead_keep(AHEAD);

    for (guint i = 0; i < count; i++)
        fds[i] = fds[i] >= 0 ? fcntl(fds[i], F_DUPFD_CLOEXEC, 16) : -1;
    gboolean good = fork_close_streams();
    for (guint i = 0; i < count; i++) {
        const int number = 3 + (int)i;
        if (fds[i] >= 0)
            good = dup2(fds[i], number) == number && good;
        else
            close(number);
        fds[i] = fds[i] >= 0 ? number : -1;
    }
    return syscall(SYS_close_range, 3u + count, AHEAD - 1u, 0u) == 0 &&
           syscall(SYS_close_range, AHEAD + ahead, ~0u, 0u) == 0 && good;
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
    fork_leave_signals();
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
