/* test-child.c: a process that may do its worst, and ours goes on.
 * SPDX-License-Identifier: MIT */
#include "process/child.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dns/resolver.h"
#include "process/confine.h"
#include "process/fork.h"
#include "peers/talk.h"

#define LINE 3      /* the only descriptor that a child has */

static GBytes *
text(const char *words)
{
    return g_bytes_new(words, strlen(words));
}

static GBytes *
echo(GBytes *question, gpointer data)
{
    guint *served = data;

    if (served)
        (*served)++;
    return g_bytes_ref(question);
}

/* No process of ours is left behind, whatever happened in it. */
static void
assert_reaped(void)
{
    g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1);
}

static ChildEnd
run(GBytes *(*work)(ChildLine *, gpointer), guint time_ms)
{
    const ChildJob job = { NULL, work, echo, time_ms, 3 };
    g_autoptr(GBytes) answer = NULL;
    const ChildEnd end = child_run(&job, NULL, &answer);

    g_assert_true((end == CHILD_ANSWERED) == (answer != NULL));
    assert_reaped();
    return end;
}

/* ---- the talk ---- */

static GBytes *
asks_twice(ChildLine *line, gpointer data G_GNUC_UNUSED)
{
    g_autoptr(GBytes) first = text("first"), second = text("second");
    g_autoptr(GBytes) got = child_ask(line, first), got2 = child_ask(line, second);

    return g_bytes_equal(got, first) && g_bytes_equal(got2, second) ? text("both") : NULL;
}

static void
test_talk(void)
{
    guint served = 0;
    const ChildJob job = { NULL, asks_twice, echo, 5000, 2 };
    g_autoptr(GBytes) answer = NULL, want = text("both");

    g_assert_cmpint(child_run(&job, &served, &answer), ==, CHILD_ANSWERED);
    g_assert_true(g_bytes_equal(answer, want));
    g_assert_cmpuint(served, ==, 2);
    assert_reaped();
}

static GBytes *
asks_much(ChildLine *line, gpointer data G_GNUC_UNUSED)
{
    g_autofree char *big = g_strnfill(200 * 1024, 'x');
    g_autoptr(GBytes) question = text(big);
    g_autoptr(GBytes) got = child_ask(line, question);

    return got && g_bytes_equal(got, question) ? text("same") : NULL;
}

static GBytes *
asks_without_end(ChildLine *line, gpointer data G_GNUC_UNUSED)
{
    g_autoptr(GBytes) question = text("again");

    for (;;)
        g_bytes_unref(child_ask(line, question));
    return NULL;
}

/* ---- ends of many kinds ---- */

static GBytes *
hangs(ChildLine *line G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    for (volatile guint i = 0;; i++)
        ;
    return NULL;
}

static GBytes *
crashes(ChildLine *line G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    raise(SIGSEGV);
    return NULL;
}

static GBytes *
aborts(ChildLine *line G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    abort();
}

static GBytes *
says_nothing(ChildLine *line G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    return NULL;
}

static GBytes *
says_garbage(ChildLine *line G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    static const char garbage[] = "\377\377\377\377\377garbage on the line";

    if (write(LINE, garbage, sizeof garbage) < 0)
        return NULL;
    return text("late");
}

/* An answer of 4 GB is announced and never comes. */
static GBytes *
says_too_much(ChildLine *line G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    static const char head[] = { '!', '\377', '\377', '\377', '\377' };

    if (write(LINE, head, sizeof head) < 0)
        return NULL;
    for (;;)
        ;
    return NULL;
}

/* Half a frame, then silence. */
static GBytes *
stops_halfway(ChildLine *line G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    static const char head[] = { '!', 0, 0, 1, 0, 'x' };

    if (write(LINE, head, sizeof head) < 0)
        return NULL;
    for (;;)
        ;
    return NULL;
}

static G_GNUC_UNUSED GBytes *
eats_memory(ChildLine *line G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    for (guint i = 0; i < 400; i++) {
        volatile char *block = malloc(1 << 20);
        if (!block)
            abort();
        memset((char *)block, 1, 1 << 20);
    }
    return text("ate 400 MB");
}

static void
test_ends(void)
{
    g_assert_cmpint(run(asks_much, 5000), ==, CHILD_ANSWERED);
    g_assert_cmpint(run(asks_without_end, 5000), ==, CHILD_NONSENSE);
    g_assert_cmpint(run(crashes, 5000), ==, CHILD_CRASHED);
    g_assert_cmpint(run(aborts, 5000), ==, CHILD_CRASHED);
    g_assert_cmpint(run(says_nothing, 5000), ==, CHILD_NONSENSE);
    g_assert_cmpint(run(says_garbage, 5000), ==, CHILD_NONSENSE);
    g_assert_cmpint(run(says_too_much, 1000), ==, CHILD_NONSENSE);     /* before its CPU time is over */
}

static void
test_hanging(void)
{
    const gint64 start = g_get_monotonic_time();

    g_assert_cmpint(run(hangs, 100), ==, CHILD_TIMED_OUT);
    g_assert_cmpint(run(stops_halfway, 100), ==, CHILD_TIMED_OUT);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 10 * G_USEC_PER_SEC);
}

static gboolean
unprepared(gpointer data G_GNUC_UNUSED)
{
    return FALSE;
}

static void
test_not_started(void)
{
    const ChildJob job = { unprepared, says_nothing, echo, 5000, 0 };
    g_autoptr(GBytes) answer = NULL;

    g_assert_cmpint(child_run(&job, NULL, &answer), ==, CHILD_NOT_STARTED);
    g_assert_null(answer);
    assert_reaped();
}

static void
test_memory(void)
{
#ifdef __SANITIZE_ADDRESS__
    g_test_skip("no limit on address space under AddressSanitizer");
#else
    g_assert_cmpint(run(eats_memory, 5000), ==, CHILD_CRASHED);
#endif
}

/* ---- confinement: each of these succeeds outside ---- */

static gboolean
opens_file(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0;
}

static gboolean
opens_socket(void)
{
    return socket(AF_INET, SOCK_DGRAM, 0) >= 0;
}

static gboolean
forks(void)
{
    const pid_t pid = fork();

    if (pid == 0)
        _exit(0);
    return pid > 0;
}

static gboolean
executes(void)
{
    char *const arguments[] = { (char *)"true", NULL };

    execv("/bin/true", arguments);
    return FALSE;
}

static gboolean
makes_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}

static gboolean
kills_parent(void)
{
    return kill(getppid(), 0) == 0;
}

static gboolean
writes_elsewhere(void)
{
    return write(STDERR_FILENO, "", 0) >= 0;
}

typedef gboolean Deed(void);

/* The deed stands behind the job's data; what it may not do fails or kills. */
static GBytes *
tries(ChildLine *line G_GNUC_UNUSED, gpointer data)
{
    Deed *deed;

    memcpy(&deed, data, sizeof deed);
    return text(deed() ? "did it" : "refused");
}

static void
assert_confined(Deed *deed)
{
    const ChildJob job = { NULL, tries, NULL, 5000, 0 };
    g_autoptr(GBytes) answer = NULL, refused = text("refused");
    const ChildEnd end = child_run(&job, &deed, &answer);

    if (end == CHILD_ANSWERED)
        g_assert_true(g_bytes_equal(answer, refused));
    else
        g_assert_cmpint(end, ==, CHILD_NONSENSE);
    assert_reaped();
}

/* The same deed in a child that is not confined yet: a test of what cannot be done anyway would prove nothing. */
static gboolean
can_do(gpointer data)
{
    Deed *deed;

    memcpy(&deed, data, sizeof deed);
    return deed();
}

static void
assert_possible(Deed *deed)
{
    const ChildJob job = { can_do, says_nothing, NULL, 5000, 0 };
    g_autoptr(GBytes) answer = NULL;

    g_assert_cmpint(child_run(&job, &deed, &answer), ==, CHILD_NONSENSE);
}

static void
test_possible_outside(void)
{
    assert_possible(opens_file);
    assert_possible(opens_socket);
    assert_possible(forks);
    assert_possible(makes_code);
    assert_possible(kills_parent);
    assert_possible(writes_elsewhere);
}

static void
test_confined(void)
{
    assert_confined(opens_file);
    assert_confined(opens_socket);
    assert_confined(forks);
    assert_confined(executes);
    assert_confined(makes_code);
    assert_confined(kills_parent);
    assert_confined(writes_elsewhere);
}

static void
test_describe(void)
{
    g_autofree char *text_of = confine_describe();

    g_test_message("this kernel gives: %s", text_of);
    g_assert_nonnull(strstr(text_of, "seccomp"));
}

/* Before confinement already, nothing but the line is open: a leaked descriptor would be a way out. */
static gboolean
only_line_open(gpointer data)
{
    gboolean *leaked = data;

    for (int fd = 4; fd < 256; fd++)
        *leaked = *leaked || fcntl(fd, F_GETFD) >= 0;
    return !*leaked;
}

static void
test_descriptors(void)
{
    gboolean leaked = FALSE;
    const int fd = open("/dev/null", O_RDONLY), far = fcntl(fd, F_DUPFD, 200);
    const ChildJob job = { only_line_open, says_nothing, NULL, 5000, 0 };
    g_autoptr(GBytes) answer = NULL;

    g_assert_cmpint(child_run(&job, &leaked, &answer), ==, CHILD_NONSENSE);
    close(fd);
    close(far);
}

/* ---- signals ---- */

static void
handler(int number G_GNUC_UNUSED)
{
    _exit(3);
}

/* How a child ends to which this signal came before it knew what to do with it. */
static int
end_by_signal(int number, void (*begin)(void))
{
    sigset_t before;
    int status = 0;
    const pid_t pid = fork_start(&before);

    if (pid == 0) {
        raise(number);
        begin();
        _exit(0);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    return status;
}

static void
forget_all(void)
{
    fork_forget_handlers(NULL);
}

static void
test_signals(void)
{
    static const int of_group[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE };

    for (gsize i = 0; i < G_N_ELEMENTS(of_group); i++) {
        signal(of_group[i], handler);
        const int left = end_by_signal(of_group[i], fork_leave_signals);
        const int forgot = end_by_signal(of_group[i], forget_all);
        signal(of_group[i], SIG_DFL);
        g_assert_cmpint(left, ==, 0);
        g_assert_true(WIFSIGNALED(forgot) && WTERMSIG(forgot) == of_group[i]);
    }
    signal(SIGUSR1, handler);
    const int other = end_by_signal(SIGUSR1, fork_leave_signals);
    signal(SIGUSR1, SIG_DFL);
    g_assert_true(WIFSIGNALED(other) && WTERMSIG(other) == SIGUSR1);
}

/* ---- what arrives is not trusted ---- */

static GBytes *
answers_badly(ChildLine *line G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    return text("no record at all");
}

/* "yes" is a step's outcome, not a verdict. */
static GBytes *
answers_yes(ChildLine *line G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    PeerAnswer answer = { .result = RESULT_YES };

    return record_save(&peer_answer_type, &answer);
}

static void
test_bad_answers(void)
{
    static GBytes *(*const works[])(ChildLine *, gpointer) = { answers_badly, answers_yes };

    for (gsize i = 0; i < G_N_ELEMENTS(works); i++) {
        const ChildJob job = { NULL, works[i], NULL, 5000, 0 };
        PeerAnswer *answer = NULL;
        g_assert_cmpint(peer_finish(child_start(&job, NULL, NULL), &answer), ==, CHILD_NONSENSE);
        g_assert_null(answer);
    }
}

/* A question that is none ends the talk; a name that DNS cannot hold is not asked. */
static void
test_bad_questions(void)
{
    g_autoptr(Resolver) resolver = resolver_offline();
    const PeerAsk odd = { (char *)"..", PEER_TXT }, good = { (char *)"example.com", PEER_MX };
    g_autoptr(GBytes) garbage = text("?"), odd_bytes = record_save(&peer_ask_type, &odd);
    g_autoptr(GBytes) good_bytes = record_save(&peer_ask_type, &good);

    g_assert_null(peer_serve_dns(garbage, resolver));
    g_autoptr(GBytes) none = peer_serve_dns(odd_bytes, resolver);
    DnsAnswer *answer = record_load(&dns_answer_type, none);
    g_assert_cmpint(answer->status, ==, DNS_NXDOMAIN);
    record_free(&dns_answer_type, answer);
    g_assert_cmpuint(resolver_log(resolver)->len, ==, 0);
    g_autoptr(GBytes) asked = peer_serve_dns(good_bytes, resolver);
    answer = record_load(&dns_answer_type, asked);
    g_assert_cmpstr(answer->type, ==, "MX");
    g_assert_cmpint(answer->status, ==, DNS_OFFLINE);
    record_free(&dns_answer_type, answer);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/child/talk", test_talk);
    g_test_add_func("/child/ends", test_ends);
    g_test_add_func("/child/hanging", test_hanging);
    g_test_add_func("/child/not-started", test_not_started);
    g_test_add_func("/child/memory", test_memory);
    g_test_add_func("/child/possible-outside", test_possible_outside);
    g_test_add_func("/child/confined", test_confined);
    g_test_add_func("/child/signals", test_signals);
    g_test_add_func("/child/describe", test_describe);
    g_test_add_func("/child/descriptors", test_descriptors);
    g_test_add_func("/child/bad-answers", test_bad_answers);
    g_test_add_func("/child/bad-questions", test_bad_questions);
    return g_test_run();
}
