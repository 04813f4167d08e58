/* service.c: starting the process that asks DNS, handing questions on, and what is said when it
 * dies.
 * SPDX-License-Identifier: MIT */
#include "dns/service.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/inside.h"
#include "base/translate.h"
#include "dns/service-line.h"
#include "dns/service-start.h"
#include "dns/wire.h"

/* One that dies again and again is not worth more. */
#define STARTS_MAX 5
/* What a question may take beyond the message's time before the process counts as hung. */
#define SLACK ((gint64)10 * G_USEC_PER_SEC)
/* No process has that number (proc(5): pid_max). */
#define OF_PARENT ((pid_t)G_MAXINT)

/* One client's question. */
typedef struct {
    guint32  message;
    gboolean waits;
    gint64   until;
    gboolean lost;          /* the process died on this message: it is not tried again */
} Client;

struct Service {
    LiveOptions  options;   /* its strings are ours */
    char        *server, *anchor;
    ServiceReply reply;
    gpointer     data;
    int          poll, timer;
    pid_t        pid;       /* 0: none; OF_PARENT: our parent's */
    guint        starts;
    char        *death;     /* how the last one ended, or NULL */
    ServiceLine  line;
    gboolean     polled_out;
    GHashTable  *clients;   /* number -> Client, owned */
};

/* ---- replies of our own ---- */

static void
answer_offline(Service *service, guint number)
{
    DnsAnswer *answer = wire_answer_new(DNS_OFFLINE, live_source(&service->options),
                                        service->death ? service->death
                                                       : _("the DNS process could not be started"));
    g_autoptr(GBytes) bytes = wire_answer(answer);

    record_free(&dns_answer_type, answer);
    service->reply(number, bytes, service->data);
}

/* ---- the process ---- */

static void
watch_line(Service *service, int operation)
{
    struct epoll_event event = { .events = EPOLLIN, .data.fd = service->line.fd };

    service->polled_out = service_line_wants_out(&service->line);
    if (service->polled_out)
        event.events |= EPOLLOUT;
    epoll_ctl(service->poll, operation, service->line.fd, &event);
}

/* How it ended, as of wait(2); -1: nobody knows. */
static int
end_process(pid_t pid, gboolean hung)
{
    int status = 0;

    if (pid == OF_PARENT)
        return inside_end_child(SERVICE_CHILD);
    if (hung)
        kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return status;
}

/* "signal 11"; how a process ended that was not asked to. */
static char *
ending_of(pid_t pid, gboolean hung)
{
    const int status = end_process(pid, hung);

    if (status == -1)
        return g_strdup(_("the DNS process is gone"));
    if (hung)
        return g_strdup(_("the DNS process did not answer and was ended"));
    if (WIFSIGNALED(status))
        return g_strdup_printf(_("the DNS process died: signal %d; it was confined"),
                               WTERMSIG(status));
    return g_strdup_printf(_("the DNS process ended: status %d; it was confined"),
                           WEXITSTATUS(status));
}

static void
stop_process(Service *service, gboolean hung)
{
    const pid_t pid = service->pid;

    service->pid = 0;
    epoll_ctl(service->poll, EPOLL_CTL_DEL, service->line.fd, NULL);
    service_line_close(&service->line);     /* where it still lives, it ends by that */
    g_free(service->death);
    service->death = ending_of(pid, hung);
}

/* Those that wait hear of it; their messages are not what the next process is started for. */
static void
bury(Service *service, gboolean hung)
{
    g_autoptr(GList) numbers = g_hash_table_get_keys(service->clients);

    stop_process(service, hung);
    for (GList *item = numbers; item; item = item->next) {
        Client *client = g_hash_table_lookup(service->clients, item->data);
        if (!client || !client->waits)
            continue;
        client->waits = FALSE;
        client->lost = TRUE;
        answer_offline(service, GPOINTER_TO_UINT(item->data));
    }
}

static pid_t
start_process(const Service *service, int *fd)
{
    g_autoptr(GBytes) nothing = g_bytes_new(NULL, 0);

    if (!inside_confined())
        return service_fork(&service->options, fd);
    *fd = inside_start_child(SERVICE_CHILD, nothing);
    return *fd >= 0 ? OF_PARENT : -1;
}

static void
service_start(Service *service)
{
    int fd = -1;

    if (service->pid > 0 || service->starts >= STARTS_MAX)
        return;
    service->starts++;
    service->pid = start_process(service, &fd);
    if (service->pid <= 0) {
        service->pid = 0;
        return;
    }
    service_line_open(&service->line, fd, WIRE_ANSWER_MAX);
    watch_line(service, EPOLL_CTL_ADD);
}

/* ---- questions ---- */

static void
set_timer(Service *service)
{
    struct itimerspec when = { { 0 } };
    gint64 until = G_MAXINT64;
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, service->clients);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (((const Client *)value)->waits)
            until = MIN(until, ((const Client *)value)->until);
    if (until != G_MAXINT64) {
        when.it_value.tv_sec = until / G_USEC_PER_SEC;
        when.it_value.tv_nsec = until % G_USEC_PER_SEC * 1000 + 1;
    }
    timerfd_settime(service->timer, TFD_TIMER_ABSTIME, &when, NULL);
}

static Client *
client_of(Service *service, guint number, guint32 message)
{
    Client *client = g_hash_table_lookup(service->clients, GUINT_TO_POINTER(number));

    if (!client) {
        client = g_new0(Client, 1);
        g_hash_table_insert(service->clients, GUINT_TO_POINTER(number), client);
    } else if (client->message != message) {
        client->lost = FALSE;
    }
    client->message = message;
    return client;
}

void
service_forward(Service *service, guint number, GBytes *question)
{
    Client *client = client_of(service, number, wire_message(question));
    gsize length = g_bytes_get_size(question);

    if (!client->lost)
        service_start(service);
    if (client->lost || service->pid == 0 || length == 0 || length > WIRE_NAME_MAX + 16) {
        answer_offline(service, number);
        return;
    }
    client->waits = TRUE;
    client->until = g_get_monotonic_time() + SLACK +
                    (gint64)(service->options.timeout * G_USEC_PER_SEC);
    service_line_put(&service->line, number, question);
    if (service_line_wants_out(&service->line) != service->polled_out)
        watch_line(service, EPOLL_CTL_MOD);
    set_timer(service);
}

void
service_forget(Service *service, guint number)
{
    g_autoptr(GBytes) nothing = g_bytes_new(NULL, 0);

    if (!g_hash_table_remove(service->clients, GUINT_TO_POINTER(number)) || service->pid == 0)
        return;
    service_line_put(&service->line, number, nothing);
    if (service_line_wants_out(&service->line) != service->polled_out)
        watch_line(service, EPOLL_CTL_MOD);
}

/* ---- answers ---- */

static void
take_answers(Service *service)
{
    guint32 number;

    while (service->pid > 0) {
        g_autoptr(GBytes) answer = service_line_take(&service->line, &number);
        Client *client =
            answer ? g_hash_table_lookup(service->clients, GUINT_TO_POINTER(number)) : NULL;
        if (!answer)
            return;
        if (!client || !client->waits)
            continue;       /* it did not ask, or is gone */
        client->waits = FALSE;
        service->reply(number, answer, service->data);
    }
}

static gboolean
is_hung(const Service *service)
{
    const gint64 now = g_get_monotonic_time();
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, service->clients);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (((const Client *)value)->waits && ((const Client *)value)->until <= now)
            return TRUE;
    return FALSE;
}

void
service_turn(Service *service)
{
    if (service->pid == 0)
        return;
    service_line_flush(&service->line);
    service_line_hear(&service->line);
    take_answers(service);
    if (service->pid > 0 && service->line.broken)
        bury(service, FALSE);
    else if (service->pid > 0 && is_hung(service))
        bury(service, TRUE);
    else if (service->pid > 0 && service_line_wants_out(&service->line) != service->polled_out)
        watch_line(service, EPOLL_CTL_MOD);
    set_timer(service);
}

int
service_fd(const Service *service)
{
    return service->poll;
}

int
service_pid(const Service *service)
{
    return (int)service->pid;
}

/* ---- beginning and end ---- */

Service *
service_new(const LiveOptions *options, ServiceReply reply, gpointer data)
{
    Service *service = g_new0(Service, 1);
    struct epoll_event event = { .events = EPOLLIN };

    service->server = g_strdup(options->server);
    service->anchor = g_strdup(options->trust_anchor);
    service->options = (LiveOptions){ service->server, service->anchor, options->timeout };
    service->reply = reply;
    service->data = data;
    service->poll = epoll_create1(EPOLL_CLOEXEC);
    service->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    event.data.fd = service->timer;
    epoll_ctl(service->poll, EPOLL_CTL_ADD, service->timer, &event);
    service->clients = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    return service;
}

void
service_free(Service *service)
{
    if (!service)
        return;
    if (service->pid > 0) {
        if (service->pid != OF_PARENT)
            kill(service->pid, SIGKILL);
        stop_process(service, FALSE);
    }
    close(service->timer);
    close(service->poll);
    g_hash_table_unref(service->clients);
    g_free(service->death);
    g_free(service->server);
    g_free(service->anchor);
    g_free(service);
}
