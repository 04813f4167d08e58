/* apart.c: runs a command in a confined process, prints what it says, tells how it died.
 * SPDX-License-Identifier: MIT */
#include "session/apart.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "dns/service-start.h"
#include "dns/service.h"
#include "peers/peers.h"
#include "process/core-host.h"
#include "session/keeper.h"
#include "session/warm.h"

enum {
    LOOK_MS = 1000,
    STARTS_MAX = 40,            /* because something was to be loaded */
    FRAMES = 256,               /* in a turn */
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
    CoreHost   host;
    GString   *out;
    GPtrArray *warnings;        /* char * */
    PrinterStyle style;
    gboolean   terminal;
    gboolean   told;            /* that it shall stop */
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
        run->own.data = session_data_load(NULL);
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
begin_core(gpointer data)
{
    Run *run = data;

    g_string_truncate(run->out, 0);
    g_ptr_array_set_size(run->warnings, 0);
    run->told = FALSE;
}

static gboolean
take_frame(guint kind, const guint8 *bytes, gsize length, gpointer data)
{
    Run *run = data;

    switch (kind) {
    case APART_OUT:
        g_string_append_len(run->out, (const char *)bytes, (gssize)length);
        return run->out->len <= OUT_MAX;
    case APART_WARNING:
        g_ptr_array_add(run->warnings, g_strndup((const char *)bytes, length));
        return run->warnings->len <= OUT_MAX / PIECE;
    case APART_ALIVE:
        return length == 0;
    case APART_QUIT:
        if (length == 1)
            core_host_quit(&run->host, *bytes);
        return length == 1;
    default:
        return FALSE;
    }
}

/* A command that died would die again. */
static gboolean
core_gone(const CoreGone *gone, gpointer data)
{
    (void)data;
    return gone->planned;
}

static int
say_over(const CoreGone *gone, gpointer data)
{
    Run *run = data;

    if (!gone) {
        standard_warn(_("no process can be started"));
        return EXIT_TROUBLE;
    }
    g_autofree char *how = pool_loss_text(&gone->loss);
    g_autofree char *text = g_strdup_printf(_("What reads the files died: %s; it was confined."), how);
    standard_warn(text);
    g_string_truncate(run->out, 0);
    return EXIT_TROUBLE;
}

static const CoreClass core_class = { .prepare = prepare, .run = run_core, .start = start_child, .name = "fromscope-core" };
static const CoreHostClass host_class = { &core_class, FRAMES, STARTS_MAX, begin_core, take_frame, core_gone, say_over };

static void
wait_for_core(Run *run)
{
    CoreHost *host = &run->host;
    struct pollfd polled[] = { { core_fd(host->core), POLLIN, 0 },
                               { run->told ? -1 : stop_fd(run->stop), POLLIN, 0 } };

    const int ready = poll(polled, G_N_ELEMENTS(polled), host->more ? 0 : LOOK_MS);
    if (ready >= 0 && !run->told && stop_wished(run->stop)) {
        run->told = TRUE;
        core_host_tell(host, APART_STOP, NULL, 0);
    }
    core_host_turn(host, ready > 0 && polled[0].revents);
}

/* Text may come from whoever was taken over: on a terminal nothing but colors and text gets through. FALSE: it cannot be written. */
static gboolean
print(const Run *run)
{
    for (guint i = 0; i < run->warnings->len; i++)
        standard_warn(run->warnings->pdata[i]);
    return run->out->len == 0 || standard_write_bytes(run->out->str, run->out->len);
}

int
session_apart(const Session *session, ApartRun what, const Stop *stop)
{
    Run run = { .session = session, .run = what, .stop = stop };

    run.host = (CoreHost){ .class = &host_class, .data = &run, .keeper = session_keeper(session) };
    run.style = session_printer_style(session->options);
    run.terminal = isatty(STDOUT_FILENO) != 0;
    run.warnings = g_ptr_array_new_with_free_func(g_free);
    run.out = g_string_new(NULL);
    core_host_start(&run.host);
    while (!run.host.quit)
        wait_for_core(&run);
    int status = core_host_leave(&run.host, FALSE);
    if (!print(&run))
        status = EXIT_TROUBLE;
    g_ptr_array_unref(run.warnings);
    g_string_free(run.out, TRUE);
    keeper_free(run.host.keeper);
    return status;
}
