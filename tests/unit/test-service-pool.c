/* test-service-pool.c: a worker that was taken over asks no more questions than a message has, whatever it says of them.
 * SPDX-License-Identifier: MIT */
#include "dns/service-pool.h"

#include <arpa/inet.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dns/wire.h"

/* ---- a name server that knows no name, and counts who asks for a TXT record ---- */

typedef struct {
    pid_t  pid;
    guint *asked;           /* shared */
    char   address[32];
} Server;

static gboolean
is_txt(const guint8 *packet, gsize length)
{
    gsize at = 12;

    while (at < length && packet[at] > 0)
        at += (gsize)packet[at] + 1;
    return at + 2 < length && packet[at + 1] == 0 && packet[at + 2] == DNS_TXT;
}

static void G_GNUC_NORETURN
serve(int fd, guint *asked)
{
    guint8 packet[4096];
    struct sockaddr_in from;
    socklen_t size;

    for (;;) {
        size = sizeof from;
        const gssize got = recvfrom(fd, packet, sizeof packet, 0, (struct sockaddr *)&from, &size);
        if (got < 12)
            continue;
        *asked += is_txt(packet, (gsize)got) ? 1 : 0;
        packet[2] |= 0x80;                  /* an answer … */
        packet[3] = 0x80 | 3;               /* … recursion available, NXDOMAIN */
        memset(packet + 6, 0, 6);
        sendto(fd, packet, (gsize)got, 0, (struct sockaddr *)&from, size);
    }
}

static Server
server_start(void)
{
    Server server = { 0 };
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    g_assert_cmpint(bind(fd, (struct sockaddr *)&address, size), ==, 0);
    g_assert_cmpint(getsockname(fd, (struct sockaddr *)&address, &size), ==, 0);
    server.asked = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    g_assert_true(server.asked != MAP_FAILED);
    g_snprintf(server.address, sizeof server.address, "127.0.0.1@%u", ntohs(address.sin_port));
    server.pid = fork();
    if (server.pid == 0)
        serve(fd, server.asked);
    close(fd);
    return server;
}

static void
server_stop(Server *server)
{
    kill(server->pid, SIGKILL);
    g_assert_cmpint(waitpid(server->pid, NULL, 0), ==, server->pid);
    munmap(server->asked, 4096);
}

/* ---- a worker that lies ---- */

typedef struct {
    ServicePool *served;
    guint        jobs;
    guint        pieces;    /* of the job; before each it asks … */
    guint        questions; /* … so many different names */
    gboolean     forges;    /* each question is of another message, it says */
    guint        answered;
    const LiveOptions *options;
} Lie;

static PoolNext
next(PoolJob *job, gpointer data)
{
    Lie *lie = data;

    if (lie->jobs == 0)
        return POOL_END;
    lie->jobs--;
    job->task = g_bytes_new_static("", 0);
    return POOL_JOB;
}

static void
piece(const PoolJob *job, guint index, const void *bytes, gsize length, gpointer data)
{
    guint answered = 0;

    (void)job;
    (void)index;
    g_assert_cmpuint(length, ==, sizeof answered);
    memcpy(&answered, bytes, sizeof answered);
    ((Lie *)data)->answered += answered;
}

static void
lost(const PoolJob *job, guint index, const PoolLoss *loss, gpointer data)
{
    (void)job;
    (void)index;
    (void)loss;
    (void)data;
    g_assert_not_reached();
}

static void
asked(Pool *pool, guint worker, GBytes *question, gpointer data)
{
    service_pool_asked(((const Lie *)data)->served, pool, worker, question);
}

static void
gone(Pool *pool, guint worker, gpointer data)
{
    service_pool_gone(((const Lie *)data)->served, pool, worker);
}

/* How many of its questions were answered with something. */
static guint
ask_many(const Lie *lie, PoolLine *line, guint number)
{
    guint answered = 0;

    for (guint i = 0; i < lie->questions; i++) {
        g_autofree char *name = g_strdup_printf("q%u.p%u.w%d.example", i, number, (int)getpid());
        g_autoptr(GBytes) question = wire_question(lie->forges ? i + 1 : number + 1, name, DNS_TXT);
        g_autoptr(GBytes) bytes = pool_ask(line, question);
        DnsAnswer *answer = bytes ? wire_read_answer(bytes, name, DNS_TXT) : NULL;
        answered += answer && answer->status == DNS_NXDOMAIN;
        if (answer)
            record_free(&dns_answer_type, answer);
    }
    return answered;
}

static void
work(const PoolJob *job, PoolLine *line, gpointer data)
{
    const Lie *lie = data;

    for (guint i = job->first; i < lie->pieces; i++) {
        pool_begin(line, i, 0);
        for (guint j = 0; lie->forges && j < 5; j++)
            pool_begin(line, i + j, 0);     /* as if the next ones had begun */
        const guint answered = ask_many(lie, line, i);
        pool_piece(line, &answered, sizeof answered);
    }
}

static void
run(Lie *lie, guint workers, guint messages)
{
    static const PoolClass class = { .next = next, .piece = piece, .lost = lost, .asked = asked, .gone = gone, .work = work };
    g_autoptr(GError) error = NULL;

    lie->served = service_pool_new(lie->options, &error);
    g_assert_no_error(error);
    if (messages > 0)
        service_pool_expect(lie->served, messages);
    g_assert_cmpint(pool_run(&class, workers, POOL_PLAIN, NULL, lie), ==, POOL_DONE);
    service_pool_free(lie->served);
}

static void
test_counts(void)
{
    static const struct { guint jobs, pieces, questions, messages, workers; gboolean forges; guint want; } cases[] = {
        { 1, 1, DNS_QUESTIONS_MAX, 0, 1, FALSE, DNS_QUESTIONS_MAX },
        { 1, 1, 1500, 0, 1, FALSE, DNS_QUESTIONS_MAX },
        { 1, 1, 1500, 0, 1, TRUE, DNS_QUESTIONS_MAX },
        { 1, 3, 400, 0, 1, FALSE, 1200 },               /* each piece has its own */
        { 2, 2, 700, 0, 2, TRUE, 4 * DNS_QUESTIONS_MAX },
        { 1, 1, 1500, 2, 1, TRUE, 2 * DNS_QUESTIONS_MAX },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Server server = server_start();
        const LiveOptions options = { .server = server.address, .timeout = 5 };
        Lie lie = { .jobs = cases[i].jobs, .pieces = cases[i].pieces, .questions = cases[i].questions,
                    .forges = cases[i].forges, .options = &options };
        run(&lie, cases[i].workers, cases[i].messages);
        g_assert_cmpuint(lie.answered, ==, cases[i].want);
        g_assert_cmpuint(*server.asked, >=, cases[i].want);
        g_assert_cmpuint(*server.asked, <=, cases[i].want * 5 / 4);     /* the library may ask again when it is slow */
        server_stop(&server);
    }
}

/* Nobody answers, and each question is of another message: the time is counted, too. */
static void
test_time(void)
{
    const int silent = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    char server[32];
    const gint64 start = g_get_monotonic_time();

    g_assert_cmpint(bind(silent, (struct sockaddr *)&address, size), ==, 0);
    g_assert_cmpint(getsockname(silent, (struct sockaddr *)&address, &size), ==, 0);
    g_snprintf(server, sizeof server, "127.0.0.1@%u", ntohs(address.sin_port));
    const LiveOptions options = { .server = server, .timeout = 0.2 };
    Lie lie = { .jobs = 1, .pieces = 1, .questions = 500, .forges = TRUE, .options = &options };
    run(&lie, 1, 0);
    g_assert_cmpuint(lie.answered, ==, 0);
    g_assert_cmpint((g_get_monotonic_time() - start) / G_USEC_PER_SEC, <, 60);     /* 500 times 0.2 s are 100 */
    close(silent);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/service-pool/counts", test_counts);
    g_test_add_func("/service-pool/time", test_time);
    return g_test_run();
}
