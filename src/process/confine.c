/* confine.c: seccomp, Landlock and limits for a process that runs somebody else's code.
 * SPDX-License-Identifier: MIT */
#include "process/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/translate.h"

/* The sanitizers reserve terabytes of address space, which no limit on it survives. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#if defined(__x86_64__)
#define OWN_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCH AUDIT_ARCH_AARCH64
#else
#define OWN_ARCH 0
#endif

/* ---- Landlock: linux/landlock.h of Debian 12 is older than the kernels it meets ---- */

#define LANDLOCK_CREATE 444
#define LANDLOCK_RESTRICT 446
#define LANDLOCK_ASK_VERSION 1u

typedef struct {
    guint64 fs, net, scoped;
} LandlockRules;

static int
landlock_version(void)
{
    return (int)syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_ASK_VERSION);
}

/* Every right that this version knows is handled, and none is given back. */
static LandlockRules
landlock_all(int version, gsize *size)
{
    LandlockRules rules = { .fs = (1u << 13) - 1 };

    *size = offsetof(LandlockRules, net);
    if (version >= 2)
        rules.fs |= 1u << 13;       /* linking elsewhere */
    if (version >= 3)
        rules.fs |= 1u << 14;       /* truncating */
    if (version >= 5)
        rules.fs |= 1u << 15;       /* ioctl on devices */
    if (version >= 4) {
        rules.net = 3;              /* bind and connect */
        *size = offsetof(LandlockRules, scoped);
    }
    if (version >= 6) {
        rules.scoped = 3;           /* abstract sockets, signals */
        *size = sizeof rules;
    }
    return rules;
}

/* A kernel without Landlock leaves files to seccomp alone. */
static gboolean
give_up_files(void)
{
    const int version = landlock_version();
    gsize size;

    if (version < 1)
        return TRUE;
    const LandlockRules rules = landlock_all(version, &size);
    const int ruleset = (int)syscall(LANDLOCK_CREATE, &rules, size, 0);
    if (ruleset < 0)
        return FALSE;
    const gboolean done = syscall(LANDLOCK_RESTRICT, ruleset, 0) == 0;
    close(ruleset);
    return done;
}

/* ---- limits ---- */

static gboolean
limit(__rlimit_resource_t what, rlim_t most)
{
    const struct rlimit value = { most, most };

    return setrlimit(what, &value) == 0;
}

/* Pages of address space that the process has: the limit counts what it inherited, too. */
static gsize
address_space(void)
{
    g_autofree char *text = NULL;

    if (!g_file_get_contents("/proc/self/statm", &text, NULL, NULL))
        return 0;
    return (gsize)g_ascii_strtoull(text, NULL, 10) * (gsize)sysconf(_SC_PAGESIZE);
}

static gboolean
set_limits(guint seconds, gsize bytes)
{
    const gsize own = address_space();

    return own > 0 && limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
           limit(RLIMIT_CPU, seconds) && (SANITIZED || limit(RLIMIT_AS, own + bytes)) &&
           prctl(PR_SET_DUMPABLE, 0) == 0;
}

/* ---- seccomp ---- */

#define LOAD(field) \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (guint32)offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, action)
#define UNLESS(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (guint32)(value), 0, skip)
/* The call is allowed; needs the number loaded. */
#define ALLOW(call) UNLESS(__NR_##call, 1), RETURN(SECCOMP_RET_ALLOW)
/* It fails as if there were no such file or right: libraries look for files and go on without. */
#define REFUSE(call) UNLESS(__NR_##call, 1), RETURN(SECCOMP_RET_ERRNO | EPERM)
/* Allowed where argument `n` is `value`, else refused. */
#define ALLOW_WHERE(call, n, value) \
    UNLESS(__NR_##call, 4), LOAD(args[n]), UNLESS(value, 1), RETURN(SECCOMP_RET_ALLOW), \
    RETURN(SECCOMP_RET_ERRNO | EPERM)
/* Memory, as long as it is not executable; argument `n` is the protection. */
#define ALLOW_DATA(call, n) \
    UNLESS(__NR_##call, 4), LOAD(args[n]), \
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0), RETURN(SECCOMP_RET_ALLOW), \
    RETURN(SECCOMP_RET_KILL_PROCESS)

static gboolean
filter_calls(int line)
{
    const guint32 fd = (guint32)line, self = (guint32)getpid();
    const struct sock_filter program[] = {
        LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCH, 1, 0),
        RETURN(SECCOMP_RET_KILL_PROCESS), LOAD(nr),
        ALLOW_WHERE(read, 0, fd), ALLOW_WHERE(write, 0, fd), REFUSE(writev),
        ALLOW_DATA(mmap, 2), ALLOW_DATA(mprotect, 2), ALLOW(munmap), ALLOW(mremap), ALLOW(brk),
        ALLOW(madvise), ALLOW(futex), ALLOW(exit_group), ALLOW(exit), ALLOW(rt_sigreturn),
        ALLOW(rt_sigprocmask), ALLOW(clock_gettime), ALLOW(gettimeofday), ALLOW(getrandom),
        ALLOW(uname), ALLOW(getpid), ALLOW(gettid), ALLOW(sched_yield), ALLOW(restart_syscall),
        /* abort() */
        ALLOW_WHERE(tgkill, 0, self),
        REFUSE(openat), REFUSE(newfstatat), REFUSE(fstat), REFUSE(socket), REFUSE(readlinkat),
        REFUSE(faccessat), REFUSE(close), REFUSE(lseek), REFUSE(ioctl), REFUSE(fcntl),
#ifdef __x86_64__
        ALLOW(time), REFUSE(open), REFUSE(stat), REFUSE(access), REFUSE(readlink),
#endif
#if SANITIZED
        ALLOW(sigaltstack),
#endif
        RETURN(SECCOMP_RET_KILL_PROCESS),
    };
    const struct sock_fprog filter = { G_N_ELEMENTS(program), (struct sock_filter *)program };

    return OWN_ARCH != 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

gboolean
confine_process(int line, guint seconds, gsize bytes)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && set_limits(seconds, bytes) &&
           give_up_files() && filter_calls(line);
}

/* ---- a worker ---- */

/* It ends the process: nobody does so by mistake. */
#define NEVER(call) UNLESS(__NR_##call, 1), RETURN(SECCOMP_RET_KILL_PROCESS)

/* A thread, and nothing else that clone(2) could make. glibc asks clone3() first, whose arguments no filter can see, and goes on
 * with clone() where there is none. */
#define ALLOW_THREAD \
    UNLESS(__NR_clone3, 1), RETURN(SECCOMP_RET_ERRNO | ENOSYS), \
    UNLESS(__NR_clone, 4), LOAD(args[0]), \
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1), RETURN(SECCOMP_RET_ALLOW), \
    RETURN(SECCOMP_RET_KILL_PROCESS)

/* Reading what it has, waiting, computing. Everything else is refused; libraries that look for a file then go on without.
 * No path passes, not even for stat(): what exists is nobody's business in there. */
static gboolean
filter_worker(void)
{
    const guint32 self = (guint32)getpid();
    const struct sock_filter program[] = {
        LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCH, 1, 0),
        RETURN(SECCOMP_RET_KILL_PROCESS), LOAD(nr),
        ALLOW(read), ALLOW(write), ALLOW(pread64), ALLOW(lseek), ALLOW(close), ALLOW(recvmsg),
        ALLOW(recvfrom), ALLOW(sendto), ALLOW(ppoll),
        ALLOW_DATA(mmap, 2), ALLOW_DATA(mprotect, 2), ALLOW(munmap), ALLOW(mremap), ALLOW(brk),
        ALLOW(madvise), ALLOW(futex), ALLOW(exit_group), ALLOW(exit), ALLOW(rt_sigreturn),
        ALLOW(rt_sigprocmask), ALLOW(rt_sigaction), ALLOW(sigaltstack), ALLOW(clock_gettime),
        ALLOW(clock_nanosleep), ALLOW(gettimeofday), ALLOW(getrandom), ALLOW(uname), ALLOW(getpid),
        ALLOW(gettid), ALLOW(sched_yield), ALLOW(restart_syscall), ALLOW(fstat), ALLOW(fstatfs),
        /* The second hash of a large body is computed beside the first (auth/body-pass.c). */
        ALLOW(set_robust_list), ALLOW(rseq), ALLOW_THREAD,
#if SANITIZED
        ALLOW(sched_getaffinity),   /* of each new thread */
#endif
        /* abort() */
        ALLOW_WHERE(tgkill, 0, self),
        NEVER(execve), NEVER(execveat), NEVER(ptrace), NEVER(process_vm_readv),
        NEVER(process_vm_writev), NEVER(kill), NEVER(tkill), NEVER(bpf), NEVER(connect),
#ifdef __x86_64__
        ALLOW(time), ALLOW(poll), NEVER(fork), NEVER(vfork),
#endif
        RETURN(SECCOMP_RET_ERRNO | EPERM),
    };
    const struct sock_fprog filter = { G_N_ELEMENTS(program), (struct sock_filter *)program };

    return OWN_ARCH != 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

/* Of address space a mapped mailbox takes any amount: the limit is on what the process may write to. */
static gboolean
limit_worker(gsize bytes)
{
    return limit(RLIMIT_CORE, 0) && (SANITIZED || limit(RLIMIT_DATA, bytes)) &&
           prctl(PR_SET_DUMPABLE, 0) == 0;
}

/* Valgrind answers this sequence, which does nothing elsewhere (valgrind/valgrind.h: RUNNING_ON_VALGRIND). It is a machine of its
 * own with calls of its own, which a filter for ours would refuse; who runs us in there did so on purpose, and no message can. */
static gboolean
is_emulated(void)
{
#if defined(__x86_64__)
    volatile guint64 arguments[] = { 0x1001, 0, 0, 0, 0, 0 };
    guint64 result = 0;

    __asm__ volatile("rolq $3, %%rdi; rolq $13, %%rdi; rolq $61, %%rdi; rolq $51, %%rdi; xchgq %%rbx, %%rbx"
                     : "=d"(result)
                     : "a"(arguments), "0"(result)
                     : "cc", "memory");
    return result != 0;
#else
    return FALSE;
#endif
}

gboolean
confine_worker(gsize bytes)
{
    if (is_emulated())
        return FALSE;
    const gboolean limited = limit_worker(bytes);
    const gboolean bound = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    const gboolean files = bound && landlock_version() > 0 && give_up_files();

    return (bound && filter_worker()) && files && limited;
}

/* ---- a core ---- */

/* As a worker; besides it may have threads, wait for several things at once, and hand requests to its keeper. */
static gboolean
filter_core(void)
{
    const guint32 self = (guint32)getpid();
    const struct sock_filter program[] = {
        LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCH, 1, 0),
        RETURN(SECCOMP_RET_KILL_PROCESS), LOAD(nr),
        ALLOW(futex), ALLOW(ppoll), ALLOW(read), ALLOW(write), ALLOW(clock_gettime),
        ALLOW(pread64), ALLOW(pwrite64), ALLOW(lseek), ALLOW(close), ALLOW(recvmsg), ALLOW(recvfrom),
        ALLOW(sendmsg), ALLOW(sendto), ALLOW(dup),
        ALLOW_DATA(mmap, 2), ALLOW_DATA(mprotect, 2), ALLOW(munmap), ALLOW(mremap), ALLOW(brk),
        ALLOW(madvise), ALLOW(exit_group), ALLOW(exit), ALLOW(rt_sigreturn),
        ALLOW(rt_sigprocmask), ALLOW(rt_sigaction), ALLOW(sigaltstack),
        ALLOW(clock_nanosleep), ALLOW(gettimeofday), ALLOW(getrandom), ALLOW(uname), ALLOW(getpid),
        ALLOW(gettid), ALLOW(sched_yield), ALLOW(restart_syscall), ALLOW(fstat), ALLOW(fstatfs),
        ALLOW(ftruncate), ALLOW(eventfd2), ALLOW(epoll_create1), ALLOW(epoll_ctl), ALLOW(epoll_pwait),
        ALLOW(timerfd_create), ALLOW(timerfd_settime), ALLOW(set_robust_list), ALLOW(rseq),
        ALLOW_THREAD,
#if SANITIZED
        ALLOW(sched_getaffinity),   /* of each new thread */
#endif
        /* abort() */
        ALLOW_WHERE(tgkill, 0, self),
        NEVER(execve), NEVER(execveat), NEVER(ptrace), NEVER(process_vm_readv),
        NEVER(process_vm_writev), NEVER(kill), NEVER(tkill), NEVER(bpf), NEVER(connect),
#ifdef __x86_64__
        ALLOW(time), ALLOW(poll), ALLOW(epoll_wait), NEVER(fork), NEVER(vfork),
#endif
        RETURN(SECCOMP_RET_ERRNO | EPERM),
    };
    const struct sock_fprog filter = { G_N_ELEMENTS(program), (struct sock_filter *)program };

    return OWN_ARCH != 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

gboolean
confine_core(gsize bytes)
{
    if (is_emulated())
        return FALSE;
    const gboolean limited = limit_worker(bytes);
    const gboolean bound = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    const gboolean files = bound && landlock_version() > 0 && give_up_files();

    return (bound && filter_core()) && files && limited;
}

char *
confine_describe(void)
{
    const guint32 kill_process = SECCOMP_RET_KILL_PROCESS;
    const gboolean seccomp =
        OWN_ARCH != 0 &&
        syscall(__NR_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &kill_process) == 0;
    const int landlock = landlock_version();
    GString *out = g_string_new(seccomp ? "seccomp" : _("no seccomp"));

    if (landlock > 0)
        g_string_append_printf(out, ", Landlock ABI %d", landlock);
    else
        g_string_append(out, _(", no Landlock"));
    g_string_append(out, _(", limits on time and memory"));
    return g_string_free(out, FALSE);
}
