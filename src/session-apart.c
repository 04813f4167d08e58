/* session-apart.c: runs a command in a confined process, prints what it says, tells how it died.
 * SPDX-License-Identifier: MIT */
#include "session-apart.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "dns/service-start.h"
#include "dns/service.h"
#include "peers/peers.h"
#include "process/core.h"
#include "session-keeper.h"
#include "session-warm.h"

enum {
    LOOK_MS = 1000,
    CPU_SECONDS = 60,           /* between two signs of life */
    STARTS_MAX = 40,            /* because something was to be loaded */
    PIECE = 65536
};
/* What is printed is kept until it is known to be all. */
#define OUT_MAX ((gsize)1 << 30)

typedef enum {
    APART_OUT = 'P', APART_WARNING = 'E', APART_ALIVE = 'a', APART_QUIT = 'Q',      /* one byte: the exit status */
    APART_STOP = 's'            /* to the confined process */
} ApartFrame;

typedef struct {
    const Session *session;
    Session    own;             /* of the confined process */
    ApartRun   run;
    const Stop *stop;
    Keeper    *keeper;
    Core      *core;
    GPtrArray *needs;           /* char * */
    GString   *out;
    GPtrArray *warnings;        /* char * */
    gint64     cpu;             /* of the core at the last sign of life */
    PrinterStyle style;
    gboolean   terminal;
    gboolean   told;            /* that it shall stop */
    guint      starts;
    gboolean   quit;
    int        status;
} Run;

/* ---- the confined process ---- */

void
apart_warn(Apart *apart, const char *text)
{
    g_ptr_array_add(apart->warnings, g_strdup(text));
}

void
apart_alive(Apart *apart)
{
    line_put(apart->line, (LineKind)APART_ALIVE, NULL, 0);
}

/* There is nothing else that could come. */
gboolean
apart_stopped(const Apart *apart)
{
    struct pollfd asked = { apart->line, POLLIN, 0 };

    return poll(&asked, 1, 0) > 0;
}

static void
prepare(const char *const *needs, gpointer data)
{
    Run *run = data;

    run->own = *run->session;
    if (!run->own.data)
        run->own.data = session_data_load();
    session_warm(needs);
}

static void
say(int line, ApartFrame kind, const char *text, gsize length)
{
    for (gsize done = 0; done < length; done += PIECE)
        if (!line_put(line, (LineKind)kind, text + done, MIN(length - done, PIECE)))
            _exit(0);
}

static int
run_core(int line, CoreSign *sign, gpointer data)
{
    Run *run = data;
    const LiveOptions live = session_live_options(run->own.options, run->own.config);
    Apart apart = { g_string_new(NULL), g_ptr_array_new_with_free_func(g_free), run->style, run->terminal, line };

    (void)sign;
    run->own.live = resolver_live(&live, NULL);
    const guint8 status = (guint8)run->run(&run->own, &apart);
    for (guint i = 0; i < apart.warnings->len; i++)
        say(line, APART_WARNING, apart.warnings->pdata[i], strlen(apart.warnings->pdata[i]));
    say(line, APART_OUT, apart.out->str, apart.out->len);
    line_put(line, (LineKind)APART_QUIT, &status, 1);
    g_string_free(apart.out, TRUE);
    g_ptr_array_unref(apart.warnings);
    return status;
}

/* ---- the parent ---- */

int
session_start_child(const Session *session, const char *name, GBytes *told, pid_t *pid)
{
    const LiveOptions live = session_live_options(session->options, session->config);
    const ChildJob *job = peers_child(name);
    int fd = -1;

    if (job)
        return child_spawn(job, told, psl_source(session->psl), pid);
    if (g_str_equal(name, SERVICE_CHILD) && (*pid = service_fork(&live, &fd)) > 0)
        return fd;
    return -1;
}

static int
start_child(const char *name, GBytes *told, pid_t *pid, gpointer data)
{
    return session_start_child(((const Run *)data)->session, name, told, pid);
}

static void
leave_with(Run *run, int status)
{
    run->quit = TRUE;
    run->status = status;
}

static void
start_core(Run *run)
{
    static const CoreClass class = { prepare, run_core, start_child, "fromscope-core", 0 };

    g_string_truncate(run->out, 0);
    g_ptr_array_set_size(run->warnings, 0);
    run->cpu = 0;
    run->told = FALSE;
    run->core = core_start(&class, run->needs, run->keeper, run);
    if (run->core)
        return;
    session_warn(_("no process can be started"));
    leave_with(run, EXIT_TROUBLE);
}

/* FALSE: that was nothing it says. */
static gboolean
take_frame(Run *run, guint kind, const char *bytes, gsize length)
{
    run->cpu = core_cpu(run->core);
    switch (kind) {
    case APART_OUT:
        g_string_append_len(run->out, bytes, (gssize)length);
        return run->out->len <= OUT_MAX;
    case APART_WARNING:
        g_ptr_array_add(run->warnings, g_strndup(bytes, length));
        return run->warnings->len <= OUT_MAX / PIECE;
    case APART_ALIVE:
        return length == 0;
    case APART_QUIT:
        if (length == 1)
            leave_with(run, (guint8)*bytes);
        return length == 1;
    default:
        return FALSE;
    }
}

static void
end_core(Run *run, gboolean kill_it, PoolLoss loss)
{
    char *need = NULL;
    const CoreEnd end = core_end(g_steal_pointer(&run->core), kill_it, &loss, &need);

    if (run->quit)
        return;
    if (end == CORE_NEEDS && ++run->starts < STARTS_MAX) {
        g_ptr_array_add(run->needs, need);
        start_core(run);
        return;
    }
    g_free(need);
    g_autofree char *how = pool_loss_text(&loss);
    g_autofree char *text = g_strdup_printf(_("What reads the files died: %s; it was confined."), how);
    session_warn(text);
    g_string_truncate(run->out, 0);
    leave_with(run, EXIT_TROUBLE);
}

static void
hear_core(Run *run)
{
    const PoolLoss nonsense = { .how = POOL_LOST_NONSENSE };
    const guint8 *bytes;
    gsize length;
    guint kind;

    while (!run->quit) {
        const LineState state = line_end_read(core_line(run->core), &kind, &bytes, &length);
        if (state == LINE_NOTHING)
            return;
        if (state == LINE_GOT && take_frame(run, kind, (const char *)bytes, length))
            continue;
        end_core(run, state != LINE_CLOSED, nonsense);
        return;
    }
}

static void
serve_core(Run *run)
{
    const PoolLoss nonsense = { .how = POOL_LOST_NONSENSE };
    Core *core = run->core;

    hear_core(run);
    if (run->quit || run->core != core || core_serve(core))
        return;
    hear_core(run);     /* what it said before */
    if (!run->quit && run->core == core)
        end_core(run, FALSE, nonsense);
}

static void
wait_for_core(Run *run)
{
    const PoolLoss late = { .how = POOL_LOST_TIME, .number = CPU_SECONDS };
    struct pollfd polled[] = { { core_fd(run->core), POLLIN, 0 },
                               { run->told ? -1 : stop_fd(run->stop), POLLIN, 0 } };

    const int ready = poll(polled, G_N_ELEMENTS(polled), LOOK_MS);
    if (ready >= 0 && !run->told && stop_wished(run->stop)) {
        run->told = TRUE;
        line_end_send(core_line(run->core), (LineKind)APART_STOP, NULL, 0, NULL, 0);
        core_flush(run->core);
    }
    if (ready > 0 && polled[0].revents)
        serve_core(run);
    else if (core_cpu(run->core) - run->cpu > (gint64)CPU_SECONDS * G_USEC_PER_SEC)
        end_core(run, TRUE, late);
}

/* Text may come from whoever was taken over: on a terminal nothing but colors and text gets through. */
static void
print(Run *run)
{
    for (guint i = 0; i < run->warnings->len; i++)
        session_warn(run->warnings->pdata[i]);
    if (run->out->len > 0 && !session_write_bytes(run->out->str, run->out->len))
        run->status = EXIT_TROUBLE;
}

int
session_apart(const Session *session, ApartRun what, const Stop *stop)
{
    Run run = { .session = session, .run = what, .stop = stop };
    PoolLoss loss = { .how = POOL_LOST_EXIT };
    char *need = NULL;

    run.keeper = session_keeper(session);
    run.style = session_printer_style(session->options);
    run.terminal = isatty(STDOUT_FILENO) != 0;
    run.needs = g_ptr_array_new_with_free_func(g_free);
    run.warnings = g_ptr_array_new_with_free_func(g_free);
    run.out = g_string_new(NULL);
    start_core(&run);
    while (!run.quit)
        wait_for_core(&run);
    if (run.core)
        core_end(run.core, FALSE, &loss, &need);
    print(&run);
    g_free(need);
    g_ptr_array_unref(run.needs);
    g_ptr_array_unref(run.warnings);
    g_string_free(run.out, TRUE);
    keeper_free(run.keeper);
    return run.status;
}
