/* service-probe.c: several clients ask one DNS process at once, for tests: one JSON object a
 * line.
 * SPDX-License-Identifier: MIT
 *
 * service-probe SERVER TIMEOUT ANCHOR QUESTIONS
 * Each line of the file QUESTIONS is a client: TYPE NAME pairs, asked one after the other;
 * "START -" begins another message, "PAUSE ms" waits, "KILL signal" is sent to the DNS process,
 * "FORGET -" takes the next question back at once. The last line says the most memory that the
 * DNS process had, in KB. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/service.h"
#include "dns/wire.h"

typedef struct {
    char   **words;     /* what is left: the next word */
    char   **all;
    guint    number, message;
    gboolean waits, forget;
    gint64   since, until;
    char    *name, *type;
} Client;

typedef struct {
    Service *service;
    Client  *clients;
    guint    n_clients;
    guint    memory, seccomp;
} Probe;

static void
watch_memory(Probe *probe)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/status", service_pid(probe->service));
    g_autofree char *text = NULL;

    if (service_pid(probe->service) <= 0 || !g_file_get_contents(path, &text, NULL, NULL))
        return;
    const char *line = strstr(text, "RssAnon:"), *confined = strstr(text, "Seccomp:");
    if (line)
        probe->memory = MAX(probe->memory, (guint)g_ascii_strtoull(line + 8, NULL, 10));
    if (confined)
        probe->seccomp = (guint)g_ascii_strtoull(confined + 8, NULL, 10);
}

static void
heard(guint number, GBytes *bytes, gpointer data)
{
    Probe *probe = data;
    Client *client = &probe->clients[number - 1];
    DnsAnswer *answer = wire_read_answer(bytes, client->name, dns_type_of(client->type));
    const double ms = (double)(g_get_monotonic_time() - client->since) / 1000;
    g_autofree char *name = g_strescape(client->name, NULL);
    g_autofree char *why = answer && answer->why ? g_strescape(answer->why, NULL) : NULL;
    gsize octets = 0;

    for (guint i = 0; answer && i < answer->records->len; i++)
        octets += g_bytes_get_size(((const DnsRecord *)answer->records->pdata[i])->data);
    printf("{\"client\": %u, \"name\": \"%s\", \"type\": \"%s\", \"status\": \"%s\", \"records\": %u, \"octets\": %"
           G_GSIZE_FORMAT ", \"dnssec\": \"%s\", \"why\": \"%s\", \"ms\": %.1f}\n", number, name, client->type,
           answer ? dns_status_words[answer->status] : "nonsense", answer ? answer->records->len : 0, octets,
           answer ? answer->dnssec : "", why ? why : "", ms);
    record_free(&dns_answer_type, answer);
    client->waits = FALSE;
}

static void
do_next(Probe *probe, Client *client)
{
    const char *type = *client->words++, *word = *client->words++;

    if (g_str_equal(type, "START")) {
        client->message++;
    } else if (g_str_equal(type, "PAUSE")) {
        client->until = g_get_monotonic_time() + (gint64)g_ascii_strtoull(word, NULL, 10) * 1000;
    } else if (g_str_equal(type, "KILL")) {
        if (service_pid(probe->service) > 0)
            kill(service_pid(probe->service), (int)g_ascii_strtoull(word, NULL, 10));
    } else if (g_str_equal(type, "FORGET")) {
        client->forget = TRUE;
    } else {
        g_free(client->name);
        g_free(client->type);
        client->name = g_strcompress(word);
        client->type = g_strdup(type);
        client->since = g_get_monotonic_time();
        client->waits = !client->forget;
        g_autoptr(GBytes) question = wire_question(client->message, client->name, dns_type_of(type));
        service_forward(probe->service, client->number, question);
        if (client->forget)
            service_forget(probe->service, client->number);
        client->forget = FALSE;
    }
}

/* FALSE: all is asked and answered. */
static gboolean
turn(Probe *probe)
{
    struct pollfd polled = { service_fd(probe->service), POLLIN, 0 };
    gboolean busy = FALSE;

    for (guint i = 0; i < probe->n_clients; i++) {
        Client *client = &probe->clients[i];
        while (!client->waits && *client->words && client->until <= g_get_monotonic_time())
            do_next(probe, client);
        busy = busy || client->waits || *client->words;
    }
    if (busy && poll(&polled, 1, 5) > 0)
        service_turn(probe->service);
    watch_memory(probe);
    return busy;
}

int
main(int argc, char **argv)
{
    g_autofree char *text = NULL;

    if (argc != 5 || !g_file_get_contents(argv[4], &text, NULL, NULL))
        return 2;
    const LiveOptions options = { .server = argv[1], .timeout = g_ascii_strtod(argv[2], NULL),
                                  .trust_anchor = argv[3][0] == '-' ? NULL : argv[3] };
    g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
    Probe probe = { .n_clients = g_strv_length(lines) };
    probe.clients = g_new0(Client, probe.n_clients);
    for (guint i = 0; i < probe.n_clients; i++) {
        Client *client = &probe.clients[i];
        client->words = client->all = g_strsplit(lines[i], " ", -1);
        client->number = i + 1;
        client->message = 1;
    }
    probe.service = service_new(&options, heard, &probe);
    while (turn(&probe))
        fflush(stdout);
    printf("{\"memory_kb\": %u, \"seccomp\": %u, \"pid\": %d}\n", probe.memory, probe.seccomp,
           service_pid(probe.service));
    service_free(probe.service);
    for (guint i = 0; i < probe.n_clients; i++) {
        g_strfreev(probe.clients[i].all);
        g_free(probe.clients[i].name);
        g_free(probe.clients[i].type);
    }
    g_free(probe.clients);
    return 0;
}
