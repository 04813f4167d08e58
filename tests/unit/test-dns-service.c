/* test-dns-service.c: bytes between the process that asks DNS and its clients, what it
 * remembers, and what it may do.
 * SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dns/remote.h"
#include "dns/rrdata.h"
#include "dns/service-cache.h"
#include "dns/service-line.h"
#include "dns/wire.h"
#include "process/confine.h"

/* ---- questions ---- */

static void
test_question(void)
{
    g_autoptr(GBytes) bytes = wire_question(7, "_dmarc.example.com", DNS_TXT);
    DnsQuestion question;

    g_assert_true(wire_read_question(bytes, &question));
    g_assert_cmpuint(question.message, ==, 7);
    g_assert_cmpuint(question.type, ==, DNS_TXT);
    g_assert_cmpstr(question.name, ==, "_dmarc.example.com");
    g_free(question.name);
    g_assert_cmpuint(wire_message(bytes), ==, 7);
}

static void
test_question_nonsense(void)
{
    g_autofree char *long_name = g_strnfill(WIRE_NAME_MAX + 1, 'x');
    static const struct { const char *bytes; gsize length; } cases[] = {
        { "", 0 }, { "\0\0\0", 3 }, { "\0\0\0\1\0\20", 6 },      /* no name */
        { "\0\0\0\1\0\20a\0b", 9 },                             /* NUL in it */
        { "\0\0\0\1\0\0a", 7 }, { "\0\0\0\1\0\60a", 7 },        /* no type of ours: DNSKEY */
        { "\0\0\0\1\1\20a", 7 },
    };
    DnsQuestion question;

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) bytes = g_bytes_new(cases[i].bytes, cases[i].length);
        g_assert_false(wire_read_question(bytes, &question));
    }
    g_autoptr(GBytes) large = wire_question(1, long_name, DNS_A);
    g_assert_false(wire_read_question(large, &question));
    g_assert_false(wire_can_ask(long_name));
    g_assert_false(wire_can_ask(""));
    g_assert_true(wire_can_ask("a"));
}

/* ---- answers ---- */

static void
add_rdata(DnsAnswer *answer, const void *data, gsize length)
{
    DnsRecord *record = record_new(&dns_record_type);

    record->data = g_bytes_new(data, length);
    g_ptr_array_add(answer->records, record);
}

/* As the DNS process makes it: "x" as the only string of a TXT. */
static DnsAnswer *
answer_new(void)
{
    DnsAnswer *answer = wire_answer_new(DNS_NOERROR, "192.0.2.53", NULL);

    answer->name = g_strdup("example.com");
    answer->type = g_strdup("TXT");
    answer->ttl = 300;
    add_rdata(answer, "\1x", 2);
    return answer;
}

static DnsAnswer *
read_back(DnsAnswer *answer)
{
    g_autoptr(GBytes) bytes = wire_answer(answer);

    record_free(&dns_answer_type, answer);
    return wire_read_answer(bytes, "example.com", DNS_TXT);
}

static void
assert_status(DnsAnswer *answer, DnsStatus status)
{
    DnsAnswer *got = read_back(answer);

    g_assert_nonnull(got);
    g_assert_cmpint(got->status, ==, status);
    g_assert_cmpuint(got->records->len, ==, 0);
    record_free(&dns_answer_type, got);
}

static void
test_answer(void)
{
    DnsAnswer *got = read_back(answer_new());

    g_assert_nonnull(got);
    g_assert_cmpint(got->status, ==, DNS_NOERROR);
    g_assert_cmpint(got->ttl, ==, 300);
    g_assert_cmpuint(got->records->len, ==, 1);
    const DnsRecord *record = got->records->pdata[0];
    g_assert_cmpstr(record->text, ==, "\"x\"");
    g_assert_cmpuint(g_bytes_get_size(record->data), ==, 1);
    g_assert_cmpint(*(const char *)g_bytes_get_data(record->data, NULL), ==, 'x');
    record_free(&dns_answer_type, got);
}

/* Whatever the other process makes of it, a check sees records of the type that it asked for,
 * or none. */
static void
test_answer_that_does_not_fit(void)
{
    DnsAnswer *answer = answer_new();
    add_rdata(answer, "\5x", 2);            /* a string that is longer than its record */
    assert_status(answer, DNS_SERVFAIL);
    answer = answer_new();
    g_ptr_array_add(answer->records, record_new(&dns_record_type));     /* no data */
    assert_status(answer, DNS_SERVFAIL);
    answer = answer_new();
    record_free(&dns_record_type, answer->records->pdata[0]);
    g_ptr_array_set_size(answer->records, 0);
    assert_status(answer, DNS_NODATA);
    answer = answer_new();
    answer->status = DNS_BOGUS;
    g_free(answer->dnssec);
    answer->dnssec = g_strdup("bogus");
    assert_status(answer, DNS_BOGUS);       /* its records are not used */
}

/* ldns takes a record that ends before its last field for a whole one. */
static void
test_record_too_short(void)
{
    static const struct { DnsType type; gsize length; } cut[] = {
        { DNS_TXT, 0 }, { DNS_A, 0 }, { DNS_A, 3 }, { DNS_AAAA, 0 }, { DNS_MX, 0 }, { DNS_MX, 2 }, { DNS_PTR, 0 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cut); i++)
        g_assert_null(rrdata_record_wire(cut[i].type, "\0\0\0", cut[i].length));
}

/* RFC 2181, 8: a time of 31 bits. */
static void
test_ttl(void)
{
    static const gint64 said[] = { 0, G_MAXINT32, -1, (gint64)G_MAXINT32 + 1, G_MAXINT64 };

    for (gsize i = 0; i < G_N_ELEMENTS(said); i++) {
        DnsAnswer *answer = answer_new();
        answer->ttl = said[i];
        DnsAnswer *got = read_back(answer);
        g_assert_cmpint(got->ttl, ==, i < 2 ? said[i] : 0);
        record_free(&dns_answer_type, got);
    }
}

static void
test_answer_to_another_question(void)
{
    g_autoptr(GBytes) bytes = NULL;
    DnsAnswer *answer = answer_new();

    bytes = wire_answer(answer);
    g_assert_null(wire_read_answer(bytes, "example.net", DNS_TXT));
    g_assert_null(wire_read_answer(bytes, "example.com", DNS_A));
    record_free(&dns_answer_type, answer);
}

static void
test_answer_insane(void)
{
    for (guint i = 0; i < 8; i++) {
        DnsAnswer *answer = answer_new();
        switch (i) {
        case 0: answer->status = DNS_NOT_IN_SNAPSHOT; break;
        case 1: answer->beside = TRUE; break;
        case 2: g_clear_pointer(&answer->source, g_free); break;
        case 3: g_clear_pointer(&answer->dnssec, g_free); break;
        case 4: g_free(answer->dnssec); answer->dnssec = g_strdup("very secure"); break;
        case 5: g_free(answer->dnssec); answer->dnssec = g_strdup("bogus"); break;
        case 6: answer->why = g_strnfill(WIRE_WHY_MAX + 1, 'x'); break;
        default: answer->status = DNS_NXDOMAIN; break;      /* with a record */
        }
        g_assert_null(read_back(answer));
    }
}

static void
test_answer_too_large(void)
{
    g_autofree char *data = g_strnfill(WIRE_ANSWER_MAX, 'x');
    DnsAnswer *answer = answer_new();

    add_rdata(answer, data, WIRE_ANSWER_MAX);
    g_autoptr(GBytes) bytes = wire_answer(answer);
    g_assert_cmpuint(g_bytes_get_size(bytes), <, 1000);
    record_free(&dns_answer_type, answer);
    g_autoptr(GBytes) large = g_bytes_new(data, WIRE_ANSWER_MAX + 1);
    g_assert_null(wire_read_answer(large, "example.com", DNS_TXT));
}

/* Bytes of a process that was taken over: an answer with any of them changed is an answer that
 * is in order, or none. */
static void
test_answer_altered(void)
{
    DnsAnswer *answer = answer_new();
    g_autoptr(GBytes) bytes = wire_answer(answer);
    gsize length, read = 0;
    const guint8 *data = g_bytes_get_data(bytes, &length);

    record_free(&dns_answer_type, answer);
    for (guint round = 0; round < 20000; round++) {
        g_autofree guint8 *copy = g_memdup2(data, length);
        for (int i = g_test_rand_int_range(1, 4); i > 0; i--)
            copy[g_test_rand_int_range(0, (gint32)length)] = (guint8)g_test_rand_int_range(0, 256);
        const gsize kept = round % 5 ? length : (gsize)g_test_rand_int_range(0, (gint32)length);
        g_autoptr(GBytes) altered = g_bytes_new(copy, kept);
        DnsAnswer *got = wire_read_answer(altered, "example.com", DNS_TXT);
        if (!got)
            continue;
        read++;
        g_assert_nonnull(got->source);
        g_assert_true(got->records->len == 0 || got->status == DNS_NOERROR);
        for (guint i = 0; i < got->records->len; i++) {
            g_assert_nonnull(((DnsRecord *)got->records->pdata[i])->data);
            g_assert_nonnull(((DnsRecord *)got->records->pdata[i])->text);
        }
        record_free(&dns_answer_type, got);
    }
    g_assert_cmpuint(read, >, 100);     /* most of a name may change */
}

/* ---- the client's end ---- */

typedef struct {
    GBytes *answer;
    guint32 message;
    guint   asked;
} Door;

static GBytes *
door_ask(GBytes *question, gpointer data)
{
    Door *door = data;

    door->asked++;
    door->message = wire_message(question);
    return door->answer ? g_bytes_ref(door->answer) : NULL;
}

static void
test_remote(void)
{
    Door door = { NULL, 0, 0 };
    const RemoteDoor way = { .ask = door_ask, .data = &door, .source = "192.0.2.53" };
    g_autoptr(Resolver) resolver = resolver_remote(&way);
    DnsAnswer *answer = answer_new();

    resolver_start_log(resolver);
    g_assert_cmpint(resolver_ask(resolver, "example.com", DNS_TXT)->status, ==, DNS_OFFLINE);
    g_assert_nonnull(resolver_ask(resolver, "example.com", DNS_TXT)->why);
    g_assert_cmpuint(door.asked, ==, 1);        /* at most once for a message */
    const guint32 first = door.message;
    door.answer = wire_answer(answer);
    resolver_start_log(resolver);
    g_assert_cmpint(resolver_ask(resolver, "example.com", DNS_TXT)->status, ==, DNS_NOERROR);
    g_assert_cmpuint(door.message, !=, first);
    resolver_start_log(resolver);
    resolver_ask(resolver, "example.com", DNS_TXT);
    g_assert_cmpuint(door.asked, ==, 2);        /* an answer holds for the run */
    g_assert_cmpint(resolver_ask(resolver, "example.net", DNS_TXT)->status, ==, DNS_OFFLINE);
    g_assert_cmpint(resolver_ask(resolver, "", DNS_TXT)->status, ==, DNS_SERVFAIL);
    resolver_cancel(resolver);
    g_assert_cmpstr(resolver_ask(resolver, "example.org", DNS_TXT)->why, ==, "canceled");
    g_assert_cmpuint(door.asked, ==, 3);
    record_free(&dns_answer_type, answer);
    g_bytes_unref(door.answer);
}

/* What was trouble is the DNS process's to remember: the next message asks it again. */
static void
test_remote_trouble(void)
{
    static const DnsStatus cases[] = { DNS_SERVFAIL, DNS_TIMEOUT, DNS_BOGUS, DNS_OFFLINE };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Door door = { NULL, 0, 0 };
        const RemoteDoor way = { .ask = door_ask, .data = &door, .source = "192.0.2.53" };
        g_autoptr(Resolver) resolver = resolver_remote(&way);
        DnsAnswer *answer = wire_answer_new(cases[i], "192.0.2.53", NULL);
        answer->name = g_strdup("example.com");
        answer->type = g_strdup("TXT");
        if (cases[i] == DNS_BOGUS) {
            g_free(answer->dnssec);
            answer->dnssec = g_strdup("bogus");
        }
        door.answer = wire_answer(answer);
        for (guint message = 1; message <= 3; message++) {
            resolver_start_log(resolver);
            g_assert_cmpint(resolver_ask(resolver, "example.com", DNS_TXT)->status, ==, cases[i]);
            resolver_ask(resolver, "example.com", DNS_TXT);
            g_assert_cmpuint(door.asked, ==, message);
        }
        record_free(&dns_answer_type, answer);
        g_bytes_unref(door.answer);
    }
}

static void
test_questions_max(void)
{
    Door door = { NULL, 0, 0 };
    const RemoteDoor way = { .ask = door_ask, .data = &door, .source = "192.0.2.53" };
    g_autoptr(Resolver) resolver = resolver_remote(&way);

    for (guint message = 1; message <= 2; message++) {
        resolver_start_log(resolver);
        for (guint i = 0; i < DNS_QUESTIONS_MAX; i++) {
            g_autofree char *name = g_strdup_printf("n%u.example", i);
            g_assert_cmpint(resolver_ask(resolver, name, DNS_A)->status, ==, DNS_OFFLINE);
        }
        g_assert_cmpuint(door.asked, ==, message * DNS_QUESTIONS_MAX);
        const DnsAnswer *over = resolver_ask(resolver, "over.example", DNS_A);
        g_assert_cmpint(over->status, ==, DNS_TIMEOUT);
        g_assert_cmpstr(over->why, ==, DNS_TOO_MANY);
        g_assert_true(over == resolver_ask(resolver, "over.example", DNS_A));
        g_assert_cmpuint(resolver_log(resolver)->len, ==, DNS_QUESTIONS_MAX + 1);
        g_assert_cmpint(resolver_ask(resolver, "n3.example", DNS_A)->status, ==, DNS_OFFLINE);
        g_assert_cmpuint(door.asked, ==, message * DNS_QUESTIONS_MAX);
    }
}

/* ---- memory of the run ---- */

static void
test_cache(void)
{
    ServiceCache *cache = service_cache_new();
    g_autoptr(GBytes) good = g_bytes_new_static("good", 4);
    g_autoptr(GBytes) bad = g_bytes_new_static("bad", 3);

    service_cache_put(cache, "16 a.example", good, FALSE, 0);
    service_cache_put(cache, "16 b.example", bad, TRUE, 0);
    g_autoptr(GBytes) now = service_cache_get(cache, "16 b.example", G_USEC_PER_SEC);
    g_assert_true(now == bad);
    g_assert_null(service_cache_get(cache, "16 b.example", 60 * G_USEC_PER_SEC));
    g_autoptr(GBytes) later = service_cache_get(cache, "16 a.example", (gint64)3600 * G_USEC_PER_SEC);
    g_assert_true(later == good);
    g_assert_null(service_cache_get(cache, "1 a.example", 0));
    service_cache_free(cache);
}

static void
test_cache_is_bounded(void)
{
    ServiceCache *cache = service_cache_new();
    guint kept = 0;

    for (guint i = 0; i < 2000; i++) {
        g_autofree char *key = g_strdup_printf("16 n%u.example", i);
        g_autoptr(GBytes) large = g_bytes_new_take(g_malloc0(64u << 10), 64u << 10);
        service_cache_put(cache, key, large, FALSE, 0);
    }
    for (guint i = 0; i < 2000; i++) {
        g_autofree char *key = g_strdup_printf("16 n%u.example", i);
        g_autoptr(GBytes) got = service_cache_get(cache, key, 0);
        kept += got != NULL;
    }
    g_assert_cmpuint(kept, >, 0);
    g_assert_cmpuint(kept, <=, 512);
    service_cache_free(cache);
}

/* ---- the line ---- */

static void
test_line(void)
{
    ServiceLine a, b;
    int ends[2];
    guint32 client = 0;

    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
    service_line_open(&a, ends[0], 1u << 20);
    service_line_open(&b, ends[1], 1u << 20);
    g_autofree char *text = g_strnfill(1u << 20, 'y');
    g_autoptr(GBytes) large = g_bytes_new(text, 1u << 20);
    g_autoptr(GBytes) empty = g_bytes_new(NULL, 0);
    service_line_put(&a, 3, empty);
    service_line_put(&a, 4, large);
    g_assert_true(service_line_wants_out(&a));      /* more than a socket holds */
    g_assert_true(service_line_hear(&b));
    g_autoptr(GBytes) first = service_line_take(&b, &client);
    g_assert_cmpuint(client, ==, 3);
    g_assert_cmpuint(g_bytes_get_size(first), ==, 0);
    g_autoptr(GBytes) second = NULL;
    while (!(second = service_line_take(&b, &client)))
        g_assert_true(service_line_flush(&a) && service_line_hear(&b));
    g_assert_cmpuint(client, ==, 4);
    g_assert_true(g_bytes_equal(second, large));
    service_line_close(&a);
    g_assert_false(service_line_hear(&b));
    service_line_put(&b, 1, large);
    service_line_close(&b);
}

static void
test_line_too_long(void)
{
    ServiceLine a, b;
    int ends[2];
    guint32 client;

    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
    service_line_open(&a, ends[0], 100);
    service_line_open(&b, ends[1], 100);
    g_autoptr(GBytes) large = g_bytes_new_take(g_malloc0(101), 101);
    service_line_put(&a, 1, large);
    g_assert_true(service_line_hear(&b));
    g_assert_null(service_line_take(&b, &client));
    g_assert_true(b.broken);
    service_line_close(&a);
    service_line_close(&b);
}

/* ---- what the process may do ---- */

static gpointer
in_thread(gpointer data)
{
    return data;
}

static gboolean
tcp_refused(int port)
{
    const struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((guint16)port),
                                    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    const gboolean refused = fd >= 0 && connect(fd, (const struct sockaddr *)&to, sizeof to) != 0 &&
                             (errno == EACCES || errno == EPERM);

    close(fd);
    return refused;
}

/* What has to go on working. */
static gboolean
can_ask(void)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof to;
    pthread_t thread;
    char got[2] = "";
    const int a = socket(AF_INET, SOCK_DGRAM, 0), b = socket(AF_INET6, SOCK_STREAM, 0);

    return a >= 0 && b >= 0 && bind(a, (struct sockaddr *)&to, sizeof to) == 0 &&
           getsockname(a, (struct sockaddr *)&to, &length) == 0 &&
           sendto(a, "x", 1, 0, (struct sockaddr *)&to, length) == 1 && recv(a, got, 1, 0) == 1 &&
           pthread_create(&thread, NULL, in_thread, NULL) == 0 &&
           pthread_join(thread, NULL) == 0 && g_malloc(10u << 20) != NULL;
}

/* What an attacker would try next; each ends the process, or fails. */
typedef gboolean (*Attempt)(void);

static gboolean
read_file(void)
{
    const int fd = open("/etc/passwd", O_RDONLY);

    return fd >= 0;
}

static gboolean
write_file(void)
{
    return open("/tmp/fromscope-must-not-be", O_WRONLY | O_CREAT, 0600) >= 0;
}

static gboolean
look_at_file(void)
{
    struct stat info;

    return stat("/etc/passwd", &info) == 0;
}

static gboolean
run_program(void)
{
    execl("/bin/true", "true", NULL);
    return FALSE;
}

static gboolean
make_process(void)
{
    return fork() >= 0;
}

static gboolean
trace_parent(void)
{
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0;
}

static gboolean
kill_parent(void)
{
    return kill(getppid(), 0) == 0;
}

static gboolean
local_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static gboolean
raw_socket(void)
{
    return socket(AF_INET, SOCK_RAW, IPPROTO_UDP) >= 0;
}

static gboolean
kernel_socket(void)
{
    return socket(AF_NETLINK, SOCK_RAW, 0) >= 0;
}

static gboolean
be_server(void)
{
    const int fd = socket(AF_INET, SOCK_STREAM, 0);

    return listen(fd, 1) == 0;
}

static gboolean
run_memory(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static G_GNUC_UNUSED gboolean
too_much_memory(void)
{
    return mmap(NULL, 2ul << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static gboolean
signals_for_others(void)
{
    return fcntl(0, F_SETOWN, getppid()) == 0;
}

static const struct { const char *name; Attempt attempt; gboolean is_fatal; } attempts[] = {
    { "read a file", read_file, FALSE }, { "write a file", write_file, FALSE },
    { "look at a file", look_at_file, FALSE }, { "run a program", run_program, TRUE },
    { "make a process", make_process, FALSE }, { "trace its parent", trace_parent, TRUE },
    { "signal its parent", kill_parent, TRUE }, { "local socket", local_socket, FALSE },
    { "raw socket", raw_socket, FALSE }, { "kernel's socket", kernel_socket, FALSE },
    { "be a server", be_server, FALSE }, { "run memory", run_memory, FALSE },
#ifndef __SANITIZE_ADDRESS__
    { "2 GB", too_much_memory, FALSE },
#endif
    { "signals for others", signals_for_others, FALSE },
};

/* The status of a child that is confined and then tries it. */
static int
try_in_child(Attempt attempt)
{
    int status = 0;
    const pid_t pid = fork();

    if (pid == 0) {
        if (!confine_network(53))
            _exit(77);
        _exit(attempt() ? 1 : 0);
    }
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    return status;
}

static gboolean
no_other_port(void)
{
    return !tcp_refused(9);
}

static gboolean
cannot_ask(void)
{
    return !can_ask();
}

static void
test_confined(void)
{
    const int status = try_in_child(cannot_ask);

    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
        g_test_skip("this kernel cannot confine it");
        return;
    }
    g_assert_true(WIFEXITED(status));
    g_assert_cmpint(WEXITSTATUS(status), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(attempts); i++) {
        const int end = try_in_child(attempts[i].attempt);
        g_test_message("%s: %x", attempts[i].name, (guint)end);
        if (attempts[i].is_fatal)
            g_assert_true(WIFSIGNALED(end) && WTERMSIG(end) == SIGSYS);
        else
            g_assert_true(WIFEXITED(end) && WEXITSTATUS(end) == 0);
    }
    if (syscall(444, NULL, 0, 1) < 4)
        return;     /* Landlock that knows no ports */
    const int port = try_in_child(no_other_port);
    g_assert_true(WIFEXITED(port) && WEXITSTATUS(port) == 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dns-service/question", test_question);
    g_test_add_func("/dns-service/question-nonsense", test_question_nonsense);
    g_test_add_func("/dns-service/answer", test_answer);
    g_test_add_func("/dns-service/answer-that-does-not-fit", test_answer_that_does_not_fit);
    g_test_add_func("/dns-service/record-too-short", test_record_too_short);
    g_test_add_func("/dns-service/ttl", test_ttl);
    g_test_add_func("/dns-service/answer-to-another-question", test_answer_to_another_question);
    g_test_add_func("/dns-service/answer-insane", test_answer_insane);
    g_test_add_func("/dns-service/answer-too-large", test_answer_too_large);
    g_test_add_func("/dns-service/answer-altered", test_answer_altered);
    g_test_add_func("/dns-service/remote", test_remote);
    g_test_add_func("/dns-service/remote-trouble", test_remote_trouble);
    g_test_add_func("/dns-service/questions-max", test_questions_max);
    g_test_add_func("/dns-service/cache", test_cache);
    g_test_add_func("/dns-service/cache-is-bounded", test_cache_is_bounded);
    g_test_add_func("/dns-service/line", test_line);
    g_test_add_func("/dns-service/line-too-long", test_line_too_long);
    g_test_add_func("/dns-service/confined", test_confined);
    return g_test_run();
}
