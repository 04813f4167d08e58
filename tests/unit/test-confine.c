/* test-confine.c: what the filters let through, call by call: run here by a small interpreter, and by the kernel.
 * SPDX-License-Identifier: MIT
 *
 * What is expected stands here once more, by process, and not in the table's words: a change of src/process/calls.c that nobody
 * meant has to be made in two places. */
#include "process/filter.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINE 5
#define EPERM_ (SECCOMP_RET_ERRNO | EPERM)
#define ENOSYS_ (SECCOMP_RET_ERRNO | ENOSYS)
#define PASS SECCOMP_RET_ALLOW
#define KILL SECCOMP_RET_KILL_PROCESS

#define LIST(...) (const int[]){ __VA_ARGS__, -1 }
/* Alone, or last in a list. */
#ifdef __x86_64__
#define X86(...) __VA_ARGS__
#else
#define X86(...) -1
#endif

/* ---- what is expected ---- */

typedef struct {
    const char *name;
    guint32     rest;           /* of all that is not listed */
    guint32     not_data, not_thread;
    const int  *pass, *older, *fail, *kill;
} Expected;

#define EVERYWHERE \
    SYS_munmap, SYS_mremap, SYS_brk, SYS_madvise, SYS_futex, SYS_exit_group, SYS_exit, SYS_rt_sigreturn, SYS_rt_sigprocmask, \
    SYS_clock_gettime, SYS_gettimeofday, SYS_getrandom, SYS_uname, SYS_getpid, SYS_gettid, SYS_sched_yield, \
    SYS_restart_syscall
#define WITH_THREADS SYS_rt_sigaction, SYS_sigaltstack, SYS_clock_nanosleep, SYS_set_robust_list, SYS_rseq
#define PARSES \
    EVERYWHERE, WITH_THREADS, SYS_read, SYS_write, SYS_pread64, SYS_lseek, SYS_close, SYS_recvmsg, SYS_recvfrom, SYS_sendto, \
    SYS_ppoll, SYS_fstat, SYS_fstatfs
#define OTHERS \
    SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kill
#if CALLS_SANITIZED
#define ASAN(...) , __VA_ARGS__
#else
#define ASAN(...)
#endif

static const Expected expected[CALLS_KINDS] = {
    [CALLS_PEER] = {
        "peer", KILL, KILL, KILL, LIST(EVERYWHERE ASAN(SYS_sigaltstack)), LIST(X86(SYS_time)),
        LIST(SYS_writev, SYS_openat, SYS_newfstatat, SYS_fstat, SYS_socket, SYS_readlinkat, SYS_faccessat, SYS_close,
             SYS_lseek, SYS_ioctl, SYS_fcntl, X86(SYS_open, SYS_stat, SYS_access, SYS_readlink)),
        LIST(-1),
    },
    [CALLS_WORKER] = {
        "worker", EPERM_, KILL, KILL, LIST(PARSES ASAN(SYS_sched_getaffinity)), LIST(X86(SYS_time, SYS_poll)), LIST(-1),
        LIST(OTHERS, SYS_tkill, SYS_bpf, SYS_connect, X86(SYS_fork, SYS_vfork)),
    },
    [CALLS_CORE] = {
        "core", EPERM_, KILL, KILL,
        LIST(PARSES, SYS_pwrite64, SYS_sendmsg, SYS_dup, SYS_ftruncate, SYS_eventfd2, SYS_epoll_create1, SYS_epoll_ctl,
             SYS_epoll_pwait, SYS_timerfd_create, SYS_timerfd_settime ASAN(SYS_sched_getaffinity)),
        LIST(X86(SYS_time, SYS_poll, SYS_epoll_wait)), LIST(-1),
        LIST(OTHERS, SYS_tkill, SYS_bpf, SYS_connect, X86(SYS_fork, SYS_vfork)),
    },
    [CALLS_DNS] = {
        "dns", EPERM_, EPERM_, EPERM_,
        LIST(EVERYWHERE, WITH_THREADS, SYS_read, SYS_write, SYS_writev, SYS_close, SYS_ppoll, SYS_epoll_ctl, SYS_epoll_pwait,
             SYS_epoll_create1, SYS_pipe2, SYS_eventfd2, SYS_sendto, SYS_recvfrom, SYS_sendmsg, SYS_recvmsg, SYS_connect, SYS_bind,
             SYS_setsockopt, SYS_getsockopt, SYS_getsockname, SYS_getpeername, SYS_shutdown, SYS_nanosleep, SYS_getuid,
             SYS_geteuid, SYS_getgid, SYS_getegid, SYS_sched_getaffinity),
        LIST(X86(SYS_time, SYS_poll, SYS_select, SYS_epoll_wait, SYS_epoll_create, SYS_pipe)), LIST(-1),
        LIST(OTHERS, X86(SYS_fork, SYS_vfork)),
    },
};

static gboolean
stands_in(const int *list, guint32 number)
{
    for (; *list >= 0; list++)
        if ((guint32)*list == number)
            return TRUE;
    return FALSE;
}

/* Those that depend on what they are called with; `*is` FALSE: it is none of them. */
static guint32
expect_by_arguments(CallsOf of, const struct seccomp_data *call, gboolean *is)
{
    const Expected *want = &expected[of];
    const guint32 first = (guint32)call->args[0], second = (guint32)call->args[1];
    const guint32 thread = of == CALLS_DNS ? CLONE_THREAD | CLONE_VM : CLONE_THREAD;

    *is = TRUE;
    if (call->nr == SYS_mmap || call->nr == SYS_mprotect)
        return (call->args[2] & PROT_EXEC) == 0 ? PASS : want->not_data;
    if (call->nr == SYS_tgkill)
        return first == (guint32)getpid() ? PASS : EPERM_;
    if (of == CALLS_PEER && (call->nr == SYS_read || call->nr == SYS_write))
        return first == LINE ? PASS : EPERM_;
    if (of != CALLS_PEER && call->nr == SYS_clone3)
        return ENOSYS_;
    if (of != CALLS_PEER && call->nr == SYS_clone)
        return (first & thread) == thread ? PASS : want->not_thread;
    if (of == CALLS_DNS && call->nr == SYS_fcntl)
        return second <= 7 ? PASS : EPERM_;
    if (of == CALLS_DNS && call->nr == SYS_socket)
        return (first == AF_INET || first == AF_INET6) &&
               ((second & 0xFF) == SOCK_DGRAM || (second & 0xFF) == SOCK_STREAM) ? PASS : EPERM_;
    *is = FALSE;
    return want->rest;
}

static guint32
expect(CallsOf of, const struct seccomp_data *call)
{
    const Expected *want = &expected[of];
    gboolean by_arguments;

    if (call->arch != FILTER_ARCH)
        return KILL;
    const guint32 result = expect_by_arguments(of, call, &by_arguments);
    const guint32 number = (guint32)call->nr;
    return by_arguments                                                      ? result
           : stands_in(want->pass, number) || stands_in(want->older, number) ? PASS
           : stands_in(want->fail, number)                                   ? EPERM_
           : stands_in(want->kill, number)                                   ? KILL
                                                                             : want->rest;
}

/* ---- a machine for filters ---- */

/* Where a comparison leads. */
static guint
jump(const struct sock_filter *at, guint32 value)
{
    switch (BPF_OP(at->code)) {
    case BPF_JA:
        return at->k;
    case BPF_JEQ:
        return value == at->k ? at->jt : at->jf;
    case BPF_JGE:
        return value >= at->k ? at->jt : at->jf;
    case BPF_JSET:
        return (value & at->k) != 0 ? at->jt : at->jf;
    default:
        g_assert_not_reached();
    }
}

static guint32
load(const struct seccomp_data *call, guint32 at)
{
    guint32 value;

    g_assert_cmpuint(at + sizeof value, <=, sizeof *call);
    memcpy(&value, (const guint8 *)call + at, sizeof value);
    return value;
}

/* What the filter says; after how many steps. */
static guint32
run(const struct sock_filter *program, guint length, const struct seccomp_data *call, guint *steps)
{
    guint32 value = 0;

    *steps = 0;
    for (guint i = 0; i < length; i++) {
        const struct sock_filter *at = &program[i];
        ++*steps;
        switch (BPF_CLASS(at->code)) {
        case BPF_LD:
            value = load(call, at->k);
            break;
        case BPF_ALU:
            g_assert_cmpuint(BPF_OP(at->code), ==, BPF_AND);
            value &= at->k;
            break;
        case BPF_JMP:
            i += jump(at, value);
            break;
        case BPF_RET:
            return at->k;
        default:
            g_assert_not_reached();
        }
    }
    g_assert_not_reached();     /* it ran out of the program */
}

/* ---- every number, on every machine, with what matters to some call ---- */

typedef struct {
    CallsOf            of;
    struct sock_filter program[FILTER_MAX];
    guint              length, most_steps;
    guint64            tried;
} Try;

static void
try_call(Try *try, const struct seccomp_data *call)
{
    guint steps;
    const guint32 got = run(try->program, try->length, call, &steps), want = expect(try->of, call);

    if (got != want)
        g_error("%s: call %#x of %#x (%#llx, %#llx, %#llx): %#x, not %#x", expected[try->of].name, (guint)call->nr, call->arch,
                call->args[0], call->args[1], call->args[2], got, want);
    try->most_steps = MAX(try->most_steps, steps);
    try->tried++;
}

/* Each bit alone, all bits but each, and small numbers (of a call that arguments decide about, all that they could be); the
 * upper half of an argument counts for nothing. */
static void
try_arguments(Try *try, struct seccomp_data *call, guint argument)
{
    static const guint64 upper = (guint64)0xABCD << 32;
    gboolean decide;

    expect_by_arguments(try->of, call, &decide);
    for (guint64 value = 0; value < (decide ? 600 : 8); value++) {
        call->args[argument] = value;
        try_call(try, call);
        call->args[argument] = upper | value;
        try_call(try, call);
    }
    for (guint bit = 0; bit < 32; bit++) {
        call->args[argument] = (guint64)1 << bit;
        try_call(try, call);
        call->args[argument] = (guint32)~((guint32)1 << bit);
        try_call(try, call);
    }
    call->args[argument] = 0;
}

static void
try_number(Try *try, guint32 arch, guint32 number)
{
    static const guint64 firsts[] = {
        0, LINE, AF_INET, AF_INET6, CLONE_THREAD, CLONE_THREAD | CLONE_VM, CLONE_VM, ~(guint64)CLONE_THREAD,
    };
    struct seccomp_data call = { .nr = (int)number, .arch = arch };

    for (gsize i = 0; i < G_N_ELEMENTS(firsts); i++) {
        call.args[0] = firsts[i];
        try_arguments(try, &call, 1);
        try_arguments(try, &call, 2);
    }
    try_arguments(try, &call, 0);
    call.args[0] = (guint32)getpid();
    try_call(try, &call);
    call.args[0]++;
    try_call(try, &call);
}

static void
test_all_numbers(gconstpointer data)
{
    static const guint32 machines[] = {
        AUDIT_ARCH_X86_64, AUDIT_ARCH_I386, AUDIT_ARCH_AARCH64, AUDIT_ARCH_ARM, AUDIT_ARCH_RISCV64, 0, ~0u,
    };
    /* Numbers of x32 are those of x86-64 with one bit more. */
    static const guint32 starts[] = { 0, 0x40000000, 0x80000000, 0xFFFFFE00 };
    Try try = { .of = (CallsOf)GPOINTER_TO_INT(data) };

    try.length = filter_make(try.of, LINE, try.program);
    for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
        for (guint32 n = 0; n < CALLS_MAX; n++)
            try_number(&try, FILTER_ARCH, starts[i] + n);
    for (gsize i = 0; i < G_N_ELEMENTS(machines); i++)
        for (guint32 n = 0; n < 1024; n++) {
            const struct seccomp_data call = { .nr = (int)n, .arch = machines[i] };
            try_call(&try, &call);
        }
    for (guint bit = 9; bit < 32; bit++)
        for (gint32 by = -2; by <= 2; by++)
            try_number(&try, FILTER_ARCH, ((guint32)1 << bit) + (guint32)by);
    g_test_message("%u instructions, at most %u steps, %" G_GUINT64_FORMAT " calls tried", try.length, try.most_steps,
                   try.tried);
    g_assert_cmpuint(try.most_steps, <=, 24);
}

/* ---- the kernel says the same ---- */

/* Those of the trampolines that the kernel puts into a process that is traced (x86-64: uretprobe, uprobe). Newer kernels
 * (6.18) ask no filter about them; whoever calls them from elsewhere is ended (SIGILL), or told that there is no such thing. */
static gboolean
is_trampoline(guint32 number)
{
    return FILTER_ARCH == AUDIT_ARCH_X86_64 && (number == 335 || number == 336);
}

/* TRUE when the call failed so. */
static gboolean
fails_with(guint32 number, int error)
{
    errno = 0;
    return syscall(number, 0, 0, 0, 0, 0, 0) == -1 && errno == error;
}

/* All calls that shall fail, in one process. */
static void G_GNUC_NORETURN
be_refused(CallsOf of)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !filter_enter(of, LINE))
        _exit(77);
    for (guint32 number = 0; number < CALLS_MAX; number++) {
        const struct seccomp_data call = { .nr = (int)number, .arch = FILTER_ARCH };
        const guint32 want = expect(of, &call);
        const gboolean refused = (want & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO;
        if (refused && !is_trampoline(number) && !fails_with(number, (int)(want & SECCOMP_RET_DATA)))
            _exit(1);
    }
    _exit(0);
}

/* One that shall end it. */
static void G_GNUC_NORETURN
be_ended(CallsOf of, guint32 number)
{
    const struct rlimit none = { 0, 0 };

    setrlimit(RLIMIT_CORE, &none);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !filter_enter(of, LINE))
        _exit(77);
    syscall(number, 0, 0, 0, 0, 0, 0);
    _exit(1);
}

static int
status_of(pid_t pid)
{
    int status = 0;

    g_assert_cmpint(pid, >, 0);
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    return status;
}

static void
assert_ends(CallsOf of, guint32 number)
{
    const pid_t pid = fork();

    if (pid == 0)
        be_ended(of, number);
    const int status = status_of(pid);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
        g_error("%s: call %u does not end it (%#x)", expected[of].name, number, (guint)status);
}

static void
test_kernel(gconstpointer data)
{
    const CallsOf of = (CallsOf)GPOINTER_TO_INT(data);
    const pid_t pid = fork();

    if (pid == 0)
        be_refused(of);
    const int status = status_of(pid);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
        g_test_skip("this kernel has no such filters");
        return;
    }
    g_assert_cmpint(status, ==, 0);
    for (guint32 number = 0; number < CALLS_MAX; number++) {
        const struct seccomp_data call = { .nr = (int)number, .arch = FILTER_ARCH };
        if (expect(of, &call) == KILL && !is_trampoline(number))
            assert_ends(of, number);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (int of = 0; of < CALLS_KINDS; of++) {
        g_autofree char *numbers = g_strdup_printf("/confine/numbers/%s", expected[of].name);
        g_autofree char *kernel = g_strdup_printf("/confine/kernel/%s", expected[of].name);
        g_test_add_data_func(numbers, GINT_TO_POINTER(of), test_all_numbers);
        g_test_add_data_func(kernel, GINT_TO_POINTER(of), test_kernel);
    }
    return g_test_run();
}
