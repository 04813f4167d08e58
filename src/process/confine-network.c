/* confine-network.c: seccomp, Landlock and limits for the process that asks DNS.
 * SPDX-License-Identifier: MIT
 *
 * Unlike confine.c it has to bear a large library with a thread of its own, in versions that we
 * do not know. So what is not listed fails as if the kernel did not have it, and only what no
 * resolver ever does kills. */
#include "process/confine-network.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The caches of libunbound have 4 MB each; a thread's heap and stack are address space that is
 * hardly used. */
#define MEMORY_BYTES (512u << 20)

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
#define LANDLOCK_ADD 445
#define LANDLOCK_RESTRICT 446
#define LANDLOCK_ASK_VERSION 1u
#define LANDLOCK_PORT 2
#define LANDLOCK_BIND 1
#define LANDLOCK_CONNECT 2

typedef struct {
    guint64 fs, net, scoped;
} LandlockRules;

typedef struct {
    guint64 allowed, port;
} LandlockPort;

/* All rights on files that this version knows; TCP, signals to others, sockets by abstract
 * names. */
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
        rules.net = LANDLOCK_BIND | LANDLOCK_CONNECT;
        *size = offsetof(LandlockRules, scoped);
    }
    if (version >= 6) {
        rules.scoped = 3;
        *size = sizeof rules;
    }
    return rules;
}

static gboolean
give_up_files(guint port)
{
    const int version = (int)syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_ASK_VERSION);
    const LandlockPort server = { LANDLOCK_CONNECT, port };
    gsize size;

    if (version < 1)
        return FALSE;
    const LandlockRules rules = landlock_all(version, &size);
    const int ruleset = (int)syscall(LANDLOCK_CREATE, &rules, size, 0);
    if (ruleset < 0)
        return FALSE;
    const gboolean done =
        (rules.net == 0 || syscall(LANDLOCK_ADD, ruleset, LANDLOCK_PORT, &server, 0) == 0) &&
        syscall(LANDLOCK_RESTRICT, ruleset, 0) == 0;
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

static gsize
address_space(void)
{
    g_autofree char *text = NULL;

    if (!g_file_get_contents("/proc/self/statm", &text, NULL, NULL))
        return 0;
    return (gsize)g_ascii_strtoull(text, NULL, 10) * (gsize)sysconf(_SC_PAGESIZE);
}

/* No limit on time: it lives as long as the run, and whoever waits for it ends it when it hangs. */
static gboolean
set_limits(void)
{
    const gsize own = address_space();

    return limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
           (SANITIZED || (own > 0 && limit(RLIMIT_AS, own + MEMORY_BYTES))) &&
           prctl(PR_SET_DUMPABLE, 0) == 0;
}

/* ---- seccomp ---- */

#define LOAD(field) \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (guint32)offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, action)
#define UNLESS(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (guint32)(value), 0, skip)
#define REFUSED RETURN(SECCOMP_RET_ERRNO | EPERM)
/* Each needs the number loaded, and leaves it so where it does not fit. */
#define ALLOW(call) UNLESS(__NR_##call, 1), RETURN(SECCOMP_RET_ALLOW)
#define KILL(call) UNLESS(__NR_##call, 1), RETURN(SECCOMP_RET_KILL_PROCESS)
#define FAIL(call, error) UNLESS(__NR_##call, 1), RETURN(SECCOMP_RET_ERRNO | (error))
/* Allowed where argument `n` is `value`, else refused. */
#define ALLOW_WHERE(call, n, value) \
    UNLESS(__NR_##call, 4), LOAD(args[n]), UNLESS(value, 1), RETURN(SECCOMP_RET_ALLOW), REFUSED
/* Allowed where none of these bits of argument `n` is set, else refused. */
#define ALLOW_WITHOUT(call, n, bits) \
    UNLESS(__NR_##call, 4), LOAD(args[n]), \
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (guint32)(bits), 1, 0), RETURN(SECCOMP_RET_ALLOW), REFUSED
/* Allowed where they are all set: a thread, never a process. */
#define ALLOW_WITH(call, n, bits) \
    UNLESS(__NR_##call, 5), LOAD(args[n]), \
    BPF_STMT(BPF_ALU | BPF_AND | BPF_K, (guint32)(bits)), UNLESS(bits, 1), \
    RETURN(SECCOMP_RET_ALLOW), REFUSED
/* Internet sockets of the usual kinds; no raw ones, none of the kernel's or of other programs. */
#define ALLOW_SOCKETS \
    UNLESS(__NR_socket, 11), LOAD(args[0]), \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 2, 0), \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 1, 0), REFUSED, \
    LOAD(args[1]), BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xFFu), \
    UNLESS(SOCK_DGRAM, 1), RETURN(SECCOMP_RET_ALLOW), \
    UNLESS(SOCK_STREAM, 1), RETURN(SECCOMP_RET_ALLOW), REFUSED

static gboolean
filter_calls(void)
{
    const guint32 self = (guint32)getpid();
    const struct sock_filter program[] = {
        LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCH, 1, 0),
        RETURN(SECCOMP_RET_KILL_PROCESS), LOAD(nr),
        ALLOW(read), ALLOW(write), ALLOW(writev), ALLOW(close), ALLOW(ppoll), ALLOW(epoll_ctl),
        ALLOW(epoll_pwait), ALLOW(epoll_create1), ALLOW(pipe2), ALLOW(eventfd2),
        ALLOW(sendto), ALLOW(recvfrom), ALLOW(sendmsg), ALLOW(recvmsg), ALLOW(connect), ALLOW(bind),
        ALLOW(setsockopt), ALLOW(getsockopt), ALLOW(getsockname), ALLOW(getpeername),
        ALLOW(shutdown), ALLOW_SOCKETS,
        /* F_GETFL, F_SETFL and what stands near them; F_SETOWN has signals sent to others */
        ALLOW_WITHOUT(fcntl, 1, ~7u),
        ALLOW_WITHOUT(mmap, 2, PROT_EXEC), ALLOW_WITHOUT(mprotect, 2, PROT_EXEC), ALLOW(munmap),
        ALLOW(mremap), ALLOW(brk), ALLOW(madvise), ALLOW(futex), ALLOW(set_robust_list),
        ALLOW(rseq), ALLOW_WITH(clone, 0, CLONE_THREAD | CLONE_VM),
        FAIL(clone3, ENOSYS),       /* its flags cannot be seen from here */
        ALLOW(exit_group), ALLOW(exit), ALLOW(rt_sigreturn), ALLOW(rt_sigprocmask),
        ALLOW(rt_sigaction), ALLOW(sigaltstack), ALLOW(restart_syscall),
        ALLOW(clock_gettime), ALLOW(gettimeofday), ALLOW(clock_nanosleep), ALLOW(nanosleep),
        ALLOW(getrandom), ALLOW(uname), ALLOW(getpid), ALLOW(gettid), ALLOW(getuid), ALLOW(geteuid),
        ALLOW(getgid), ALLOW(getegid), ALLOW(sched_yield), ALLOW(sched_getaffinity),
        ALLOW_WHERE(tgkill, 0, self),     /* abort() */
#ifdef __x86_64__
        ALLOW(time), ALLOW(poll), ALLOW(select), ALLOW(epoll_wait), ALLOW(epoll_create),
        ALLOW(pipe), KILL(fork), KILL(vfork),
#endif
        KILL(execve), KILL(execveat), KILL(ptrace), KILL(process_vm_readv),
        KILL(process_vm_writev), KILL(kill),
        REFUSED,
    };
    const struct sock_fprog filter = { G_N_ELEMENTS(program), (struct sock_filter *)program };

    return OWN_ARCH != 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

gboolean
confine_network(guint port)
{
    const gboolean closed = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    const gboolean limited = set_limits();
    const gboolean landlocked = closed && give_up_files(port);

    return closed && filter_calls() && limited && landlocked;
}
