/* test-pool.c: order, deaths in every place, hangs, large pieces, stops, confinement.
 * SPDX-License-Identifier: MIT */
#include "process/pool.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/inside.h"

/* What a job is to do: a task is an array of these, one for each message. */
typedef enum {
    DO_SAY, DO_SLOW, DO_LARGE, DO_CRASH, DO_ABORT, DO_EXIT, DO_HANG, DO_SLEEP, DO_EAT, DO_ASK, DO_NEED, DO_CRASH_SAID,
    DO_TRY, DO_READ, DO_NONSENSE, DO_CHILD, DO_FILE, DO_DIE_UNBEGUN,
    DO_CRASH_WITHIN, DO_SHUT, DO_TWO, DO_LEAVE_CHILD, DO_BYTES, DO_KILLED_UNBEGUN, DO_ALWAYS_KILLED
} Deed;

typedef struct {
    const Deed *deeds;
    guint       per_job, jobs, given;
    guint       out;                /* jobs that have not ended */
    GString    *said;               /* "0.0 0.1! 1.0 …": pieces, losses and ends as they came */
    GString    *notes;
    GArray     *losses;             /* PoolLoss */
    guint       stop_after;
    Stop       *stop;
    Pool       *pool;
    guint       asked_by;
    int         wake[2];
    guint       gone, later;
    guint       last_gone[64];      /* numbers of workers: of all others of the run */
    int         fd;                 /* handed to each job; or -1 */
    guint       processes[4096];    /* of pieces: pid that made it */
    guint       pieces;
    gsize       n_bytes;            /* that go with a job */
    guint8     *bytes;
    guint       roomy;      /* jobs whose bytes were written where they lie */
    GArray     *asked_at;           /* guint64: pool_pieces() at each question */
    GArray     *unsettled;          /* Seen */
    guint       settled;
} Try;

/* A piece where it lies, and what it was when it came. */
typedef struct {
    const void *at;
    guint8     *copy;
    gsize       length;
} Seen;

#define LARGE ((gsize)3 << 20)

/* ---- the parent ---- */

static PoolNext
next(PoolJob *job, gpointer data)
{
    Try *try = data;
    const guint size = try->per_job * (guint)sizeof(Deed);

    if (try->later > 0) {
        try->later--;
        return POOL_LATER;
    }
    if (try->given == try->jobs)
        return POOL_END;
    job->task = g_bytes_new(try->deeds + (gsize)try->given * try->per_job, size);
    job->own = GUINT_TO_POINTER(try->given++);
    job->seconds = 1;
    if (try->fd >= 0) {
        job->fds[0] = -1;
        job->fds[1] = dup(try->fd);
        job->n_fds = 2;
    }
    if (try->n_bytes > 0) {
        guint8 *bytes = job->room && try->given % 5 > 0 ? job->room : try->bytes;
        for (gsize i = 0; i < try->n_bytes; i++)
            bytes[i] = (guint8)(try->given * 13 + i * 5 + i / 256);
        job->bytes = bytes;
        job->n_bytes = try->n_bytes;
        try->roomy += bytes == job->room;
    }
    try->out++;
    return POOL_JOB;
}

static void
piece(const PoolJob *job, guint index, const void *bytes, gsize length, gpointer data)
{
    Try *try = data;

    g_string_append_printf(try->said, "%u.%u", GPOINTER_TO_UINT(job->own), index);
    if (length == LARGE) {
        for (gsize i = 0; i < length; i++)
            g_assert_cmpint(((const guint8 *)bytes)[i], ==, (guint8)(i * 7 / 3));
        g_string_append_c(try->said, 'L');
    } else {
        guint32 pid;
        g_assert_cmpuint(length, >=, sizeof pid);
        memcpy(&pid, bytes, sizeof pid);
        if (try->pieces < G_N_ELEMENTS(try->processes))
            try->processes[try->pieces] = pid;
        g_string_append_len(try->said, (const char *)bytes + sizeof pid, (gssize)(length - sizeof pid));
    }
    g_string_append_c(try->said, ' ');
    if (++try->pieces == try->stop_after)
        stop_wish(try->stop);
}

static void
lost(const PoolJob *job, guint index, const PoolLoss *loss, gpointer data)
{
    Try *try = data;

    g_array_append_val(try->losses, *loss);
    g_string_append_printf(try->said, "%u.%u! ", GPOINTER_TO_UINT(job->own), index);
}

static void
ended(const PoolJob *job, gpointer data)
{
    Try *try = data;

    try->out--;
    g_string_append_printf(try->said, "%u| ", GPOINTER_TO_UINT(job->own));
}

static void
note(const PoolJob *job, const void *bytes, gsize length, gpointer data)
{
    (void)job;
    g_string_append_len(((Try *)data)->notes, bytes, (gssize)length);
}

static void
answer(Pool *pool, int fd, short events, gpointer data)
{
    Try *try = data;
    char letter;

    g_assert_cmpint(events & POLLIN, ==, POLLIN);
    g_assert_cmpint(read(fd, &letter, 1), ==, 1);
    g_autoptr(GBytes) bytes = g_bytes_new("answer", 6);
    pool_unwatch(pool, fd);
    pool_reply(pool, try->asked_by, bytes);
}

/* Answered later, when a descriptor says so. */
static void
asked(Pool *pool, guint worker, GBytes *question, gpointer data)
{
    Try *try = data;

    g_assert_true(g_bytes_get_size(question) == 8 && memcmp(g_bytes_get_data(question, NULL), "question", 8) == 0);
    const guint64 pieces = pool_pieces(pool, worker);
    g_array_append_val(try->asked_at, pieces);
    try->asked_by = worker;
    pool_watch(pool, try->wake[0], POLLIN, answer, try);
    g_assert_cmpint(write(try->wake[1], "x", 1), ==, 1);
}

static void
gone(Pool *pool, guint worker, gpointer data)
{
    Try *try = data;

    (void)pool;
    for (guint i = 0; i < MIN(try->gone, G_N_ELEMENTS(try->last_gone)); i++)
        g_assert_cmpuint(try->last_gone[i], !=, worker);
    try->last_gone[try->gone++ % G_N_ELEMENTS(try->last_gone)] = worker;
}

static void hang(void);

static GBytes *
child_work(ChildLine *line, gpointer data)
{
    (void)line;
    if (g_str_equal(data, "stay"))
        hang();
    if (g_str_equal(data, "crash"))
        raise(SIGSEGV);
    return g_bytes_new(data, strlen(data));
}

static GBytes *
child_tell(gconstpointer data)
{
    return g_bytes_new(data, strlen(data) + 1);
}

static gpointer
child_told(GBytes *bytes, gconstpointer own)
{
    g_assert_cmpstr(own, ==, "own");
    return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static const ChildJob echo_child = { NULL, child_work, NULL, 5000, 0, "echo", child_tell, child_told };

static const ChildJob *
child(const char *name, gconstpointer *own, gpointer data)
{
    (void)data;
    *own = "own";
    return g_str_equal(name, "echo") ? &echo_child : NULL;
}

/* ---- a worker ---- */

static void
say(PoolLine *line, const char *text)
{
    const guint32 pid = (guint32)getpid();
    g_autoptr(GString) out = g_string_new(NULL);

    g_string_append_len(out, (const char *)&pid, sizeof pid);
    g_string_append(out, text);
    pool_piece(line, out->str, out->len);
}

static void
say_large(PoolLine *line)
{
    guint8 *bytes = g_malloc(LARGE);

    for (gsize i = 0; i < LARGE; i++)
        bytes[i] = (guint8)(i * 7 / 3);
    pool_piece(line, bytes, LARGE);
    g_free(bytes);
}

/* Two parts of it come; behind them there is nothing to be read. */
static void
die_within(PoolLine *line)
{
    guint8 *bytes = mmap(NULL, LARGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    g_assert_true(bytes != MAP_FAILED && mprotect(bytes + (LARGE >> 1), LARGE >> 1, PROT_NONE) == 0);
    pool_piece(line, bytes, LARGE);
}

static void
hang(void)
{
    for (volatile guint i = 0;; i++)
        continue;
}

/* A head that no frame has; then it would live on. */
static void
talk_nonsense(void)
{
    if (write(3, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8) == 8)
        g_usleep(10000000);
}

/* As if it were gone; but it is not. */
static void
shut(void)
{
    close(3);
    hang();
}

static void
eat(void)
{
    for (;;)
        memset(g_malloc(1 << 20), 1, 1 << 20);
}

static gpointer
give_back(gpointer data)
{
    return data;
}

/* A thread is no process: it may be had (auth/body-pass.c), and is as confined. */
static gboolean
has_thread(void)
{
    GThread *thread = g_thread_try_new("thread", give_back, GUINT_TO_POINTER(7), NULL);

    return thread && GPOINTER_TO_UINT(g_thread_join(thread)) == 7;
}

/* "good": nothing could be done that must not be done. */
static const char *
try_all(void)
{
    struct stat info;

    if (open("/etc/passwd", O_RDONLY) >= 0 || open("/tmp/pool-test", O_CREAT | O_RDWR, 0600) >= 0)
        return "opened";
    if (stat("/etc/passwd", &info) == 0 || access("/etc/passwd", F_OK) == 0)
        return "looked";
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
        return "socket";
    if (unlink("/tmp/pool-test") == 0 || errno != EPERM)
        return "unlinked";
    if (mkdir("/tmp/pool-test", 0700) == 0 || opendir("/"))
        return "folder";
    if (!has_thread())
        return "no thread";
    return inside_confined() ? "good" : "not confined";
}

static const char *
use_child(const char *text)
{
    g_autoptr(GBytes) got = NULL;
    const ChildEnd end = child_run(&echo_child, (gpointer)text, &got);

    if (end == CHILD_CRASHED)
        return "crashed";
    return end == CHILD_ANSWERED && g_bytes_get_size(got) == strlen(text) ? "answered" : "no answer";
}

/* A temporary file that the parent opened holds what is written into it. */
static const char *
use_file(void)
{
    const int fd = inside_open_file();
    char bytes[5];

    return fd >= 0 && write(fd, "bytes", 5) == 5 && pread(fd, bytes, 5, 0) == 5 && memcmp(bytes, "bytes", 5) == 0
               ? "file" : "no file";
}

static const char *
read_handed(const PoolJob *job)
{
    char byte = '?';

    return job->n_fds == 2 && job->fds[0] == -1 && pread(job->fds[1], &byte, 1, 0) == 1 && byte == 'h' ? "read"
                                                                                                      : "not read";
}

static const char *
check_bytes(const PoolJob *job)
{
    const guint8 *bytes = job->bytes;
    const guint8 first = bytes ? *bytes : 0;

    for (gsize i = 0; bytes && i < job->n_bytes; i++)
        if (bytes[i] != (guint8)(first + i * 5 + i / 256))
            return "spoiled";
    return bytes ? "bytes" : "none";
}

/* Shared by all processes: how often one died between two messages. */
static guint *unbegun;

static void
do_deed(Deed deed, const PoolJob *job, PoolLine *line, guint index, const char *const *needs)
{
    if (deed == DO_DIE_UNBEGUN) {
        __atomic_add_fetch(unbegun, 1, __ATOMIC_SEQ_CST);
        raise(SIGSEGV);
    }
    if (deed == DO_ALWAYS_KILLED && __atomic_add_fetch(unbegun, 1, __ATOMIC_SEQ_CST) > 0)
        raise(SIGKILL);
    if (deed == DO_KILLED_UNBEGUN && __atomic_add_fetch(unbegun, 1, __ATOMIC_SEQ_CST) % 8 != 0)
        raise(SIGKILL);
    pool_begin(line, index, 100 + index);
    if (deed == DO_SLOW)
        g_usleep(20000);
    else if (deed == DO_CRASH)
        raise(SIGSEGV);
    else if (deed == DO_ABORT)
        abort();
    else if (deed == DO_EXIT)
        _exit(7);
    else if (deed == DO_HANG)
        hang();
    else if (deed == DO_SHUT)
        shut();
    else if (deed == DO_EAT)
        eat();
    else if (deed == DO_NONSENSE)
        talk_nonsense();
    else if (deed == DO_NEED && !g_strv_contains(needs, "more"))
        inside_need("more");
    if (deed == DO_LEAVE_CHILD) {
        g_autoptr(GBytes) told = g_bytes_new_static("stay", 5);
        g_assert_cmpint(inside_start_child("echo", told), >=, 0);
        raise(SIGSEGV);
    }
    if (deed == DO_CRASH_WITHIN)
        die_within(line);
    if (deed == DO_TWO)
        say(line, "");
    if (deed == DO_LARGE)
        say_large(line);
    else if (deed == DO_TRY)
        say(line, try_all());
    else if (deed == DO_READ)
        say(line, read_handed(job));
    else if (deed == DO_CHILD)
        say(line, use_child(index == 0 ? "something" : "crash"));
    else if (deed == DO_FILE)
        say(line, use_file());
    else if (deed == DO_BYTES)
        say(line, check_bytes(job));
    else if (deed == DO_TWO)
        say(line, "forged");
    else if (deed == DO_ASK) {
        g_autoptr(GBytes) question = g_bytes_new_static("question", 8);
        g_autoptr(GBytes) got = pool_ask(line, question);
        say(line, got && g_bytes_get_size(got) == 6 ? "answered" : "not answered");
    } else
        say(line, "");
    if (deed == DO_CRASH_SAID)
        raise(SIGSEGV);
}

/* The needs of this process; a worker has its own copy. */
static char **own_needs;

static void
prepare(const char *const *needs, gpointer data)
{
    (void)data;
    own_needs = g_strdupv((char **)needs);
}

static void
work(const PoolJob *job, PoolLine *line, gpointer data)
{
    gsize size = 0;
    const Deed *deeds = g_bytes_get_data(job->task, &size);

    (void)data;
    if (job->first > 0 && job->begun != 0 && job->begun != job->first + 1)
        g_assert_cmpuint(job->place, ==, 100 + job->begun - 1);
    for (guint i = job->first; i < size / sizeof(Deed); i++)
        do_deed(deeds[i], job, line, i, (const char *const *)own_needs);
}

/* ---- trying ---- */

static const PoolClass class = {
    .next = next, .piece = piece, .lost = lost, .ended = ended, .note = note, .asked = asked, .gone = gone,
    .child = child, .prepare = prepare, .work = work, .memory = 200 << 20,
};

static void
no_children_left(void)
{
    g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1);
    g_assert_cmpint(errno, ==, ECHILD);
}

static guint
open_files(void)
{
    GDir *dir = g_dir_open("/proc/self/fd", 0, NULL);
    guint n = 0;

    while (g_dir_read_name(dir))
        n++;
    g_dir_close(dir);
    return n;
}

static void
try_begin(Try *try, const Deed *deeds, guint jobs, guint per_job)
{
    *try = (Try){ .deeds = deeds, .jobs = jobs, .per_job = per_job, .said = g_string_new(NULL),
                  .notes = g_string_new(NULL), .losses = g_array_new(FALSE, FALSE, sizeof(PoolLoss)),
                  .stop = stop_new(), .fd = -1, .asked_at = g_array_new(FALSE, FALSE, sizeof(guint64)),
                  .unsettled = g_array_new(FALSE, FALSE, sizeof(Seen)), .bytes = g_malloc(POOL_BYTES_MAX) };
    g_assert_cmpint(pipe2(try->wake, O_CLOEXEC), ==, 0);
}

static void
try_end(Try *try)
{
    g_string_free(try->said, TRUE);
    g_string_free(try->notes, TRUE);
    g_array_unref(try->losses);
    g_array_unref(try->asked_at);
    g_array_unref(try->unsettled);
    g_free(try->bytes);
    stop_free(try->stop);
    close(try->wake[0]);
    close(try->wake[1]);
}

/* What must come: all pieces in order, `!` where a deed kills. */
static char *
expected(const Try *try)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < try->jobs; i++) {
        for (guint j = 0; j < try->per_job; j++) {
            const Deed deed = try->deeds[i * try->per_job + j];
            const gboolean dies = deed == DO_CRASH || deed == DO_ABORT || deed == DO_EXIT || deed == DO_HANG ||
                                  deed == DO_EAT || deed == DO_NONSENSE || deed == DO_CRASH_WITHIN ||
                                  deed == DO_LEAVE_CHILD || deed == DO_SHUT;
            g_string_append_printf(out, "%u.%u%s ", i, j, dies ? "!" : deed == DO_LARGE ? "L" : "");
        }
        g_string_append_printf(out, "%u| ", i);
    }
    return g_string_free(out, FALSE);
}

static void
run_and_compare(Try *try, guint workers, PoolFlags flags)
{
    g_autofree char *want = expected(try);
    const guint files = open_files();

    g_assert_cmpint(pool_run(&class, workers, flags, try->stop, try), ==, POOL_DONE);
    g_assert_cmpstr(try->said->str, ==, want);
    g_assert_cmpuint(try->out, ==, 0);
    g_assert_cmpuint(open_files(), ==, files);
    no_children_left();
}

static void
test_order(void)
{
    static const guint workers[] = { 1, 2, 3, 7 };
    Deed deeds[60 * 5];

    srand(1);
    for (gsize i = 0; i < G_N_ELEMENTS(deeds); i++)
        deeds[i] = rand() % 6 == 0 ? DO_SLOW : DO_SAY;
    for (gsize i = 0; i < G_N_ELEMENTS(workers); i++) {
        Try try;
        try_begin(&try, deeds, 60, 5);
        run_and_compare(&try, workers[i], POOL_PLAIN);
        try_end(&try);
    }
}

/* Short jobs: nobody waits until the parent looks by itself, which it does twenty times a second. */
static void
test_prompt(void)
{
    static const guint workers[] = { 1, 2, 3, 7 };
    static Deed deeds[600];

    for (gsize i = 0; i < G_N_ELEMENTS(deeds); i++)
        deeds[i] = DO_SAY;
    for (gsize i = 0; i < G_N_ELEMENTS(workers); i++) {
        const gint64 start = g_get_monotonic_time();
        Try try;
        try_begin(&try, deeds, G_N_ELEMENTS(deeds), 1);
        try.later = 3;
        run_and_compare(&try, workers[i], POOL_PLAIN);
        try_end(&try);
        g_assert_cmpint(g_get_monotonic_time() - start, <, 2 * G_USEC_PER_SEC);
    }
}

static void
test_nothing(void)
{
    Try try;

    try_begin(&try, NULL, 0, 0);
    run_and_compare(&try, 4, POOL_PLAIN);
    g_assert_cmpuint(try.gone, ==, 0);
    try_end(&try);
}

/* More workers than jobs: no more processes than jobs are started. */
static void
test_few_jobs(void)
{
    static const Deed deeds[2] = { DO_SAY, DO_SAY };
    Try try;

    try_begin(&try, deeds, 2, 1);
    try.later = 3;
    run_and_compare(&try, 50, POOL_PLAIN);
    try_end(&try);
}

/* Every place of a job, one worker and two. */
static void
test_deaths(void)
{
    static const Deed ways[] = { DO_CRASH, DO_ABORT, DO_EXIT, DO_NONSENSE };

    for (guint place = 0; place < 4; place++) {
        for (guint workers = 1; workers <= 2; workers++) {
            Deed deeds[4 * 4] = { DO_SAY };
            Try try;
            deeds[4 + place] = ways[place];
            deeds[12 + place] = DO_CRASH;
            try_begin(&try, deeds, 4, 4);
            run_and_compare(&try, workers, POOL_PLAIN);
            g_assert_cmpuint(try.losses->len, ==, 2);
            g_assert_cmpuint(g_array_index(try.losses, PoolLoss, 0).place, ==, 100 + place);
            try_end(&try);
        }
    }
}

static void
test_says_how(void)
{
    static const Deed deeds[] = { DO_CRASH, DO_EXIT, DO_HANG, DO_NONSENSE };
    static const char *const words[] = { "signal 11", "exit status 7", "no end after 1 s",
                                         "nonsense instead of an answer" };
    Try try;

    try_begin(&try, deeds, 4, 1);
    run_and_compare(&try, 2, POOL_PLAIN);
    g_assert_cmpuint(try.losses->len, ==, 4);
    for (guint i = 0; i < 4; i++) {
        g_autofree char *text = pool_loss_text(&g_array_index(try.losses, PoolLoss, i));
        g_assert_cmpstr(text, ==, words[i]);
    }
    try_end(&try);
}

/* All die: as many processes as messages, and an end. */
static void
test_all_die(void)
{
    Deed deeds[40 * 3];
    Try try;

    for (gsize i = 0; i < G_N_ELEMENTS(deeds); i++)
        deeds[i] = DO_CRASH;
    try_begin(&try, deeds, 40, 3);
    run_and_compare(&try, 2, POOL_PLAIN);
    g_assert_cmpuint(try.losses->len, ==, 120);
    g_assert_cmpuint(try.gone, <=, 122);
    try_end(&try);
}

/* What dies between two messages is tried once more, then the job is given up; the others go on. */
static void
test_unbegun(void)
{
    static const Deed deeds[] = { DO_SAY, DO_DIE_UNBEGUN, DO_SAY, DO_SAY, DO_SAY, DO_SAY };
    Try try;

    try_begin(&try, deeds, 3, 2);
    g_assert_cmpint(pool_run(&class, 2, POOL_PLAIN, NULL, &try), ==, POOL_DONE);
    g_assert_cmpstr(try.said->str, ==, "0.0 0.1! 0| 1.0 1.1 1| 2.0 2.1 2| ");
    g_assert_true(g_array_index(try.losses, PoolLoss, 0).given_up);
    no_children_left();
    try_end(&try);
    const guint before = *unbegun;
    try_begin(&try, deeds, 3, 2);
    g_assert_cmpint(pool_run(&class, 1, POOL_PLAIN, NULL, &try), ==, POOL_DONE);
    g_assert_cmpuint(*unbegun - before, ==, 2);     /* the first, and one more try */
    try_end(&try);
}

/* Killed from outside, as the kernel does that lacks memory: that is no fault of the message, and seven times are not too often. */
static void
test_killed(void)
{
    static const Deed deeds[] = { DO_SAY, DO_KILLED_UNBEGUN, DO_SAY, DO_SAY };
    Try try;

    for (guint workers = 1; workers <= 2; workers++) {
        *unbegun = 0;
        try_begin(&try, deeds, 2, 2);
        run_and_compare(&try, workers, POOL_PLAIN);
        g_assert_cmpuint(*unbegun, ==, 8);
        try_end(&try);
    }
}

/* … always is. */
static void
test_killed_always(void)
{
    static const Deed deeds[] = { DO_SAY, DO_ALWAYS_KILLED, DO_SAY, DO_SAY };
    Try try;

    *unbegun = 0;
    try_begin(&try, deeds, 2, 2);
    g_assert_cmpint(pool_run(&class, 2, POOL_PLAIN, NULL, &try), ==, POOL_DONE);
    g_assert_cmpstr(try.said->str, ==, "0.0 0.1! 0| 1.0 1.1 1| ");
    g_assert_cmpuint(*unbegun, ==, 16);
    try_end(&try);
}

/* As often as a job gets on it is tried again: only death without progress counts. */
static void
test_unbegun_apart(void)
{
    static const Deed deeds[] = { DO_SAY, DO_CRASH, DO_CRASH, DO_SAY, DO_CRASH, DO_DIE_UNBEGUN, DO_SAY, DO_SAY, DO_SAY,
                                  DO_SAY, DO_SAY, DO_SAY };
    Try try;

    for (guint workers = 1; workers <= 3; workers++) {
        try_begin(&try, deeds, 2, 6);
        g_assert_cmpint(pool_run(&class, workers, POOL_PLAIN, NULL, &try), ==, POOL_DONE);
        g_assert_cmpstr(try.said->str, ==, "0.0 0.1! 0.2! 0.3 0.4! 0.5! 0| 1.0 1.1 1.2 1.3 1.4 1.5 1| ");
        g_assert_false(g_array_index(try.losses, PoolLoss, 2).given_up);
        g_assert_true(g_array_index(try.losses, PoolLoss, 3).given_up);
        no_children_left();
        try_end(&try);
    }
}

/* ---- bytes that go with jobs, and pieces where they lie ---- */

/* More of them than memory holds at once; who takes over a job finds them as they were. */
static void
test_bytes(void)
{
    static const gsize sizes[] = { 1, 4096, 100001, POOL_BYTES_MAX };
    PoolClass reading = class;
    Deed deeds[40 * 2];

    reading.reads = TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(deeds); i++)
        deeds[i] = i % 7 == 3 ? DO_CRASH : i % 11 == 5 ? DO_SLOW : DO_BYTES;
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        for (guint workers = 1; workers <= 3; workers++) {
            Try try;
            try_begin(&try, deeds, i == 2 ? 80 : 40, i == 2 ? 1 : 2);
            try.n_bytes = sizes[i];
            g_assert_cmpint(pool_run(&reading, workers, i == 2 ? POOL_ISOLATE : POOL_PLAIN, NULL, &try), ==, POOL_DONE);
            g_assert_null(strstr(try.said->str, "spoiled"));
            g_assert_null(strstr(try.said->str, "none"));
            g_assert_cmpuint(try.out, ==, 0);
            g_assert_cmpuint(try.losses->len, ==, 11);
            g_assert_cmpuint(try.pieces, ==, 80 - 11);
            g_assert_cmpint(try.roomy > 20, ==, i != 2);
            no_children_left();
            try_end(&try);
        }
    }
}

static void
seen(const PoolJob *job, guint index, const void *bytes, gsize length, gpointer data)
{
    Try *try = data;
    const Seen one = { bytes, g_memdup2(bytes, length), length };

    piece(job, index, bytes, length, data);
    g_array_append_val(try->unsettled, one);
}

/* All of them are what they were, whatever has come since. */
static void
settle(gpointer data)
{
    Try *try = data;

    for (guint i = 0; i < try->unsettled->len; i++) {
        Seen *one = &g_array_index(try->unsettled, Seen, i);
        g_assert_true(memcmp(one->at, one->copy, one->length) == 0);
        g_free(one->copy);
        try->settled++;
    }
    g_array_set_size(try->unsettled, 0);
}

static void
test_settles(void)
{
    PoolClass lying = class;
    Deed deeds[300 * 5];

    lying.piece = seen;
    lying.settle = settle;
    lying.shared = TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(deeds); i++)
        deeds[i] = i % 211 == 17 ? DO_LARGE : i % 401 == 12 ? DO_CRASH : DO_SAY;
    for (guint workers = 1; workers <= 3; workers++) {
        Try try;
        try_begin(&try, deeds, 300, 5);
        g_autofree char *want = expected(&try);
        g_assert_cmpint(pool_run(&lying, workers, POOL_PLAIN, NULL, &try), ==, POOL_DONE);
        g_assert_cmpstr(try.said->str, ==, want);
        g_assert_cmpuint(try.unsettled->len, ==, 0);
        g_assert_cmpuint(try.settled, ==, try.pieces);
        try_end(&try);
    }
}

/* Whose question it is, by what the process has put down, not by its word. */
static void
test_pieces(void)
{
    static const Deed deeds[] = { DO_ASK, DO_SAY, DO_ASK, DO_LARGE, DO_ASK, DO_ASK };
    static const guint64 want[] = { 0, 2, 4, 5 };
    Try try;

    try_begin(&try, deeds, 2, 3);
    g_assert_cmpint(pool_run(&class, 1, POOL_PLAIN, NULL, &try), ==, POOL_DONE);
    g_assert_cmpuint(try.asked_at->len, ==, G_N_ELEMENTS(want));
    for (guint i = 0; i < G_N_ELEMENTS(want); i++)
        g_assert_cmpuint(g_array_index(try.asked_at, guint64, i), ==, want[i]);
    try_end(&try);
}

/* The piece was said: its worker's death behind it costs nothing. */
static void
test_dies_behind(void)
{
    static const Deed deeds[] = { DO_CRASH_SAID, DO_SAY, DO_SAY, DO_CRASH_SAID };
    Try try;

    try_begin(&try, deeds, 2, 2);
    run_and_compare(&try, 1, POOL_PLAIN);
    try_end(&try);
}

static void
test_memory(void)
{
#if !defined(__SANITIZE_ADDRESS__)
    static const Deed deeds[] = { DO_SAY, DO_EAT, DO_SAY };
    Try try;

    try_begin(&try, deeds, 1, 3);
    run_and_compare(&try, 1, POOL_PLAIN);
    try_end(&try);
#else
    g_test_skip("no limits on memory under the sanitizers");
#endif
}

/* Larger than the ring, from several at once, and between small ones. */
static void
test_large(void)
{
    Deed deeds[6 * 3];
    Try try;

    for (gsize i = 0; i < G_N_ELEMENTS(deeds); i++)
        deeds[i] = i % 2 == 0 ? DO_LARGE : DO_SAY;
    try_begin(&try, deeds, 6, 3);
    run_and_compare(&try, 3, POOL_PLAIN);
    try_end(&try);
}

/* What came of it is no beginning of the next. */
static void
test_dies_within(void)
{
    static const Deed deeds[] = { DO_SAY, DO_CRASH_WITHIN, DO_SAY, DO_CRASH_WITHIN, DO_LARGE, DO_CRASH_WITHIN };
    Try try;

    for (guint workers = 1; workers <= 2; workers++) {
        try_begin(&try, deeds, 2, 3);
        run_and_compare(&try, workers, POOL_PLAIN);
        try_end(&try);
    }
}

/* An isolated process cannot speak for the message behind its own. */
static void
test_two_pieces(void)
{
    static const Deed deeds[] = { DO_TWO, DO_SAY, DO_SAY, DO_SAY, DO_TWO, DO_SAY };
    Try try;

    for (guint workers = 1; workers <= 2; workers++) {
        try_begin(&try, deeds, 6, 1);
        run_and_compare(&try, workers, POOL_ISOLATE);
        try_end(&try);
    }
}

/* More of them than a worker may have at once, if those of dead ones counted. */
static void
test_left_children(void)
{
    static const Deed deeds[] = { DO_CHILD, DO_LEAVE_CHILD, DO_LEAVE_CHILD, DO_LEAVE_CHILD, DO_LEAVE_CHILD, DO_LEAVE_CHILD };
    Try try;

    try_begin(&try, deeds, 1, 6);
    const gint64 begin = g_get_monotonic_time();
    g_assert_cmpint(pool_run(&class, 1, POOL_PLAIN, NULL, &try), ==, POOL_DONE);
    g_assert_cmpstr(try.said->str, ==, "0.0answered 0.1! 0.2! 0.3! 0.4! 0.5! 0| ");
    g_assert_cmpint((int)(g_get_monotonic_time() - begin), <, 4 * G_USEC_PER_SEC);     /* each would stay for seconds */
    no_children_left();
    try_end(&try);
}

/* A process that only looks gone is helped. */
static void
test_shut(void)
{
    static const Deed deeds[] = { DO_SAY, DO_SHUT, DO_SAY };
    Try try;

    try_begin(&try, deeds, 1, 3);
    run_and_compare(&try, 1, POOL_PLAIN);
    g_assert_cmpint(g_array_index(try.losses, PoolLoss, 0).number, ==, SIGKILL);
    try_end(&try);
}

static void
test_stop(void)
{
    Deed deeds[200 * 4] = { DO_SAY };
    Try try;

    try_begin(&try, deeds, 200, 4);
    try.stop_after = 10;
    g_assert_cmpint(pool_run(&class, 3, POOL_PLAIN, try.stop, &try), ==, POOL_STOPPED);
    g_assert_cmpuint(try.pieces, ==, 10);
    no_children_left();
    try_end(&try);
}

static void
test_isolated(void)
{
    Deed deeds[10 * 3] = { DO_SAY };
    g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);
    Try try;

    deeds[4] = DO_CRASH;
    try_begin(&try, deeds, 30, 1);
    run_and_compare(&try, 2, POOL_ISOLATE);
    g_assert_cmpuint(try.pieces, ==, 29);
    for (guint i = 0; i < try.pieces; i++)
        g_assert_true(g_hash_table_add(seen, GUINT_TO_POINTER(try.processes[i])));
    try_end(&try);
}

static void
test_says(const Deed *deeds, guint n, const char *want)
{
    Try try;
    g_autofree char *path = NULL;

    try_begin(&try, deeds, 1, n);
    try.fd = g_file_open_tmp("pool-XXXXXX", &path, NULL);
    g_assert_cmpint(write(try.fd, "handed", 6), ==, 6);
    const guint files = open_files();
    g_assert_cmpint(pool_run(&class, 1, POOL_PLAIN, NULL, &try), ==, POOL_DONE);
    g_assert_cmpstr(try.said->str, ==, want);
    g_assert_cmpuint(open_files(), ==, files);
    no_children_left();
    unlink(path);
    close(try.fd);
    try_end(&try);
}

static void
test_doors(void)
{
    static const Deed try_it[] = { DO_TRY }, read_it[] = { DO_READ, DO_READ }, ask[] = { DO_ASK, DO_ASK },
                      need[] = { DO_SAY, DO_NEED, DO_NEED }, children[] = { DO_CHILD, DO_CHILD },
                      files[] = { DO_FILE, DO_FILE };

    test_says(try_it, 1, "0.0good 0| ");
    test_says(read_it, 2, "0.0read 0.1read 0| ");
    test_says(ask, 2, "0.0answered 0.1answered 0| ");
    test_says(need, 3, "0.0 0.1 0.2 0| ");
    test_says(children, 2, "0.0answered 0.1crashed 0| ");
    test_says(files, 2, "0.0file 0.1file 0| ");
}

/* ---- each by itself ---- */

/* Shared by all processes. */
typedef struct {
    const guint8 *at[16];       /* where the bytes of jobs lay, and what was said of them … */
    guint         n;
    const guint8 *said[16];
    guint         n_said;
    guint         working, most;    /* … and how many worked at the same time */
} Shared;
static Shared *shared;
enum { SECRET = 100000, APART_JOBS = 60 };

static G_GNUC_UNUSED PoolNext
apart_next(PoolJob *job, gpointer data)
{
    Try *try = data;

    if (try->given == APART_JOBS)
        return POOL_END;
    /* Every other job has little, so that much of what lay there would still be there. */
    job->n_bytes = try->given % 2 ? 1 : SECRET;
    memset(try->bytes, try->given % 2 ? 'x' : 'S', job->n_bytes);
    job->bytes = try->bytes;
    job->task = g_bytes_new_static("", 1);
    job->own = GUINT_TO_POINTER(try->given++);
    try->out++;
    return POOL_JOB;
}

/* What a process said stays where it lies until another one gets the place. */
static G_GNUC_UNUSED void
apart_piece(const PoolJob *job, guint index, const void *bytes, gsize length, gpointer data)
{
    piece(job, index, bytes, length, data);
    if (length == sizeof(guint32) + 3 && memcmp((const guint8 *)bytes + sizeof(guint32), "own", 3) == 0)
        shared->said[shared->n_said++ % G_N_ELEMENTS(shared->said)] = (const guint8 *)bytes + sizeof(guint32);
}

/* What lay there of others. Where there is nothing any more it ends. */
static const char *
look_at_others(void)
{
    const guint n = __atomic_load_n(&shared->n, __ATOMIC_SEQ_CST), n_said = __atomic_load_n(&shared->n_said, __ATOMIC_SEQ_CST);
    const guint which = (guint)getpid();

    if (n_said > 0 && which % 2)
        return memcmp(shared->said[which / 2 % MIN(n_said, G_N_ELEMENTS(shared->said))], "own", 3) == 0 ? "SEEN" : "nothing";
    const guint8 *other = n > 0 ? shared->at[which / 2 % MIN(n, G_N_ELEMENTS(shared->at))] : NULL;
    for (gsize i = 0; other && i < SECRET; i++)
        if (other[i] == 'S')
            return "SEEN";
    return "nothing";
}

static G_GNUC_UNUSED void
apart_work(const PoolJob *job, PoolLine *line, gpointer data)
{
    guint most = __atomic_load_n(&shared->most, __ATOMIC_SEQ_CST);

    (void)data;
    if (job->first > 0)
        return;
    pool_begin(line, 0, 0);
    const guint working = __atomic_add_fetch(&shared->working, 1, __ATOMIC_SEQ_CST);
    while (working > most && !__atomic_compare_exchange_n(&shared->most, &most, working, FALSE, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
        continue;
    g_usleep(3000);
    __atomic_sub_fetch(&shared->working, 1, __ATOMIC_SEQ_CST);
    if (job->n_bytes == SECRET) {
        shared->at[__atomic_fetch_add(&shared->n, 1, __ATOMIC_SEQ_CST) % G_N_ELEMENTS(shared->at)] = job->bytes;
        say(line, "own");
    } else {
        say(line, look_at_others());
    }
}

static void
test_apart(void)
{
#if !defined(__SANITIZE_ADDRESS__)
    PoolClass apart = class;
    guint wiped = 0;

    apart.next = apart_next;
    apart.work = apart_work;
    apart.piece = apart_piece;
    apart.reads = apart.shared = TRUE;
    for (guint workers = 1; workers <= 3; workers++) {
        Try try;
        memset(shared, 0, sizeof *shared);
        try_begin(&try, NULL, 0, 0);
        g_assert_cmpint(pool_run(&apart, workers, POOL_ISOLATE, NULL, &try), ==, POOL_DONE);
        g_assert_null(strstr(try.said->str, "SEEN"));
        g_assert_nonnull(strstr(try.said->str, "own"));
        g_assert_cmpuint(shared->most, >, 0);
        g_assert_cmpuint(shared->most, <=, workers);
        for (guint i = 0; i < try.losses->len; i++)
            g_assert_cmpint(g_array_index(try.losses, PoolLoss, i).number, ==, SIGSEGV);
        wiped += strstr(try.said->str, "nothing") != NULL;
        try_end(&try);
    }
    g_assert_cmpuint(wiped, >, 0);      /* some had the same place, and it was empty */
#else
    g_test_skip("a sanitizer would say more than that it ended");
#endif
}

/* ---- what kills at once ---- */

typedef enum { KILLS_EXEC, KILLS_CONNECT, KILLS_PTRACE, KILLS_KILL, KILLS_FORK, KILLS_CODE, KILLS } Kills;

static void
deadly_work(const PoolJob *job, PoolLine *line, gpointer data)
{
    const guint which = *(const guint8 *)g_bytes_get_data(job->task, NULL);
    struct sockaddr_in address = { .sin_family = AF_INET };

    (void)data;
    if (job->first > 0)
        return;
    pool_begin(line, 0, 0);
    if (which == KILLS_EXEC)
        execl("/bin/true", "true", NULL);
    else if (which == KILLS_CONNECT)
        connect(3, (struct sockaddr *)&address, sizeof address);
    else if (which == KILLS_PTRACE)
        ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
    else if (which == KILLS_KILL)
        kill(getppid(), SIGCONT);
    else if (which == KILLS_FORK)
        fork();
    else
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    pool_piece(line, "    alive", 9);
}

static PoolNext
deadly_next(PoolJob *job, gpointer data)
{
    Try *try = data;
    const guint8 which = (guint8)try->given;

    if (try->given == KILLS)
        return POOL_END;
    job->task = g_bytes_new(&which, 1);
    job->own = GUINT_TO_POINTER(try->given++);
    try->out++;
    return POOL_JOB;
}

static void
test_deadly(void)
{
    PoolClass deadly = class;
    Try try;

    deadly.next = deadly_next;
    deadly.work = deadly_work;
    try_begin(&try, NULL, 0, 0);
    g_assert_cmpint(pool_run(&deadly, 1, POOL_PLAIN, NULL, &try), ==, POOL_DONE);
    g_assert_cmpstr(try.said->str, ==, "0.0! 0| 1.0! 1| 2.0! 2| 3.0! 3| 4.0! 4| 5.0! 5| ");
    for (guint i = 0; i < try.losses->len; i++)
        g_assert_cmpint(g_array_index(try.losses, PoolLoss, i).number, ==, SIGSYS);
    try_end(&try);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    unbegun = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    g_assert_true(unbegun != MAP_FAILED);
    g_test_add_func("/pool/order", test_order);
    g_test_add_func("/pool/prompt", test_prompt);
    g_test_add_func("/pool/nothing", test_nothing);
    g_test_add_func("/pool/few-jobs", test_few_jobs);
    g_test_add_func("/pool/deaths", test_deaths);
    g_test_add_func("/pool/says-how", test_says_how);
    g_test_add_func("/pool/all-die", test_all_die);
    g_test_add_func("/pool/unbegun", test_unbegun);
    g_test_add_func("/pool/unbegun-apart", test_unbegun_apart);
    g_test_add_func("/pool/killed", test_killed);
    g_test_add_func("/pool/killed-always", test_killed_always);
    g_test_add_func("/pool/bytes", test_bytes);
    g_test_add_func("/pool/settles", test_settles);
    g_test_add_func("/pool/pieces", test_pieces);
    g_test_add_func("/pool/dies-behind", test_dies_behind);
    g_test_add_func("/pool/memory", test_memory);
    g_test_add_func("/pool/large", test_large);
    g_test_add_func("/pool/dies-within", test_dies_within);
    g_test_add_func("/pool/two-pieces", test_two_pieces);
    g_test_add_func("/pool/left-children", test_left_children);
    g_test_add_func("/pool/shut", test_shut);
    g_test_add_func("/pool/stop", test_stop);
    g_test_add_func("/pool/isolated", test_isolated);
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    g_assert_true(shared != MAP_FAILED);
    g_test_add_func("/pool/apart", test_apart);
    g_test_add_func("/pool/doors", test_doors);
    g_test_add_func("/pool/deadly", test_deadly);
    return g_test_run();
}
