/* core-host.c: hears a core, answers it, buries it, starts the next.
 * SPDX-License-Identifier: MIT */
#include "process/core-host.h"

/* Of CPU time, between two signs of life. */
enum { CPU_SECONDS = 60 };

static const PoolLoss nonsense = { .how = POOL_LOST_NONSENSE };

void
core_host_quit(CoreHost *host, int status)
{
    host->quit = TRUE;
    host->status = status;
}

void
core_host_note_life(CoreHost *host)
{
    host->cpu = core_cpu(host->core);
    host->heard = g_get_monotonic_time();
}

gint64
core_host_used(const CoreHost *host)
{
    return core_cpu(host->core) - host->cpu;
}

void
core_host_start(CoreHost *host)
{
    const CoreHostClass *class = host->class;

    if (class->begin)
        class->begin(host->data);
    host->more = host->ending = FALSE;
    host->cpu = 0;
    host->heard = g_get_monotonic_time();
    host->core = core_start(class->core, host->needs, host->keeper, host->data);
    if (!host->core)
        core_host_quit(host, class->over(NULL, host->data));
}

void
core_host_keep(CoreHost *host, Keeper *keeper)
{
    host->keeper = keeper;
    if (host->core)
        core_keep(host->core, keeper);
}

void
core_host_tell(CoreHost *host, guint kind, const void *bytes, gsize length)
{
    line_end_send(core_line(host->core), (LineKind)kind, bytes, length, NULL, 0);
    core_flush(host->core);
}

/* ---- its end ---- */

/* It is the core's to write in while we read. */
static CoreSign
copy_sign(CoreSign *sign)
{
    CoreSign copy;

    for (guint i = 0; i < CORE_DOING; i++)
        copy.doing[i] = g_atomic_int_get(&sign->doing[i]);
    return copy;
}

static void
take_need(CoreHost *host, char *need)
{
    if (!host->needs)
        host->needs = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(host->needs, need);
}

void
core_host_end(CoreHost *host, gboolean kill_it, PoolLoss loss)
{
    const CoreHostClass *class = host->class;
    CoreGone gone = { .loss = loss, .sign = copy_sign(core_sign(host->core)) };
    char *need = NULL;

    gone.planned = core_end(g_steal_pointer(&host->core), kill_it, &gone.loss, &need) == CORE_NEEDS;
    if (need)
        take_need(host, need);
    const gboolean another = class->gone(&gone, host->data);
    if (host->quit)
        return;
    if (another && ++host->starts < class->starts)
        core_host_start(host);
    else
        core_host_quit(host, class->over(&gone, host->data));
}

/* ---- its turn ---- */

/* No more than the class allows: a key may wait to be seen. FALSE: it ended, or all does. */
static gboolean
hear(CoreHost *host)
{
    const guint8 *bytes;
    gsize length;
    guint kind;

    host->more = FALSE;
    for (guint i = 0; i < host->class->frames; i++) {
        const LineState state = line_end_read(core_line(host->core), &kind, &bytes, &length);
        if (state == LINE_NOTHING)
            return TRUE;
        if (state != LINE_GOT || !host->class->take(kind, bytes, length, host->data)) {
            core_host_end(host, state != LINE_CLOSED, nonsense);
            return FALSE;
        }
        if (host->quit)
            return FALSE;
    }
    host->more = TRUE;
    return TRUE;
}

/* Of one that is gone, or talks nonsense elsewhere, what it said before is heard to its end: in
 * several turns, where that is much. */
static void
serve(CoreHost *host)
{
    core_host_note_life(host);
    if (!hear(host))
        return;
    if (!host->ending && !core_serve(host->core)) {
        host->ending = TRUE;
        if (!hear(host))
            return;
    }
    if (host->ending && !host->more)
        core_host_end(host, FALSE, nonsense);
}

gboolean
core_host_turn(CoreHost *host, gboolean readable)
{
    const PoolLoss late = { .how = POOL_LOST_TIME, .number = CPU_SECONDS };

    if (readable || host->more) {
        serve(host);
        return TRUE;
    }
    if (core_host_used(host) <= (gint64)CPU_SECONDS * G_USEC_PER_SEC)
        return FALSE;
    core_host_end(host, TRUE, late);
    return TRUE;
}

int
core_host_leave(CoreHost *host, gboolean kill_it)
{
    PoolLoss loss = { .how = POOL_LOST_EXIT };
    g_autofree char *need = NULL;

    if (host->core)
        core_end(g_steal_pointer(&host->core), kill_it, &loss, &need);
    g_clear_pointer(&host->needs, g_ptr_array_unref);
    return host->status;
}
