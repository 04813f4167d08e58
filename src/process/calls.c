/* calls.c: the table of system calls. Who wants to know what a process can still do reads it here.
 * SPDX-License-Identifier: MIT
 *
 *   peer     a second opinion (child.h): knows one line, computes
 *   worker   looks at messages (pool.h): reads what it has, waits, computes. No path passes, not
 *            even for stat(): what exists is nobody's business in there
 *   core     the same for the screen (core.h); besides it waits for several things at once, and
 *            hands requests to its keeper
 *   dns      asks name servers (dns/service.h). It has to bear a large library with a thread of its
 *            own, in versions that we do not know: only what no resolver ever does ends it */
#include "process/calls.h"

#include <string.h>
#include <sys/syscall.h>

/* CONDITION_OTHERWISE, as calls.h explains them. */
enum {
    YES = CALL_YES, NO = CALL_NO, LACKS = CALL_LACKS, ENDS = CALL_ENDS,
    LINE_NO = CALL_LINE_NO, SELF_NO = CALL_SELF_NO, FLAGS_NO = CALL_FLAGS_NO,
    INTERNET_NO = CALL_INTERNET_NO, DATA_ENDS = CALL_DATA_ENDS, DATA_NO = CALL_DATA_NO,
    THREAD_ENDS = CALL_THREAD_ENDS, THREAD_NO = CALL_THREAD_NO,
    ASAN_ENDS = CALLS_SANITIZED ? CALL_YES : CALL_ENDS,
    ASAN_NO = CALLS_SANITIZED ? CALL_YES : CALL_NO
};

#define CALLS_IN_ROW 12
#define NO_CALL (-1)

typedef struct {
    guint8 rules[CALLS_KINDS];
    gint16 calls[CALLS_IN_ROW + 1];     /* to NO_CALL */
} Row;

#define ROW(peer, worker, core, dns, ...) { { peer, worker, core, dns }, { __VA_ARGS__, NO_CALL } }

static const Row rows[] = {
    /*  peer       worker       core         dns                                                  */
    ROW(LINE_NO,   YES,         YES,         YES,         SYS_read, SYS_write),
    ROW(NO,        NO,          NO,          YES,         SYS_writev),
    ROW(NO,        YES,         YES,         YES,         SYS_close),
    ROW(NO,        YES,         YES,         NO,          SYS_lseek, SYS_fstat),
    ROW(ENDS,      YES,         YES,         NO,          SYS_pread64, SYS_fstatfs),
    ROW(ENDS,      NO,          YES,         NO,          SYS_pwrite64, SYS_ftruncate, SYS_dup),
    ROW(NO,        NO,          NO,          FLAGS_NO,    SYS_fcntl),
    ROW(NO,        NO,          NO,          NO,          SYS_openat, SYS_newfstatat, SYS_ioctl,
                                                          SYS_faccessat, SYS_readlinkat),
    /* memory, itself, the time */
    ROW(DATA_ENDS, DATA_ENDS,   DATA_ENDS,   DATA_NO,     SYS_mmap, SYS_mprotect),
    ROW(YES,       YES,         YES,         YES,         SYS_munmap, SYS_mremap, SYS_brk,
        SYS_madvise, SYS_uname, SYS_getpid, SYS_gettid, SYS_getrandom, SYS_exit, SYS_exit_group),
    ROW(YES,       YES,         YES,         YES,         SYS_rt_sigreturn, SYS_rt_sigprocmask,
        SYS_restart_syscall, SYS_clock_gettime, SYS_gettimeofday, SYS_sched_yield, SYS_futex),
    ROW(ENDS,      YES,         YES,         YES,         SYS_rt_sigaction, SYS_clock_nanosleep),
    ROW(ASAN_ENDS, YES,         YES,         YES,         SYS_sigaltstack),
    ROW(SELF_NO,   SELF_NO,     SELF_NO,     SELF_NO,     SYS_tgkill),
    ROW(ENDS,      NO,          NO,          YES,         SYS_nanosleep, SYS_getuid, SYS_geteuid,
                                                          SYS_getgid, SYS_getegid),
    /* threads: those of a large body's hashes (auth/body-pass.c). glibc asks clone3() first,
     * whose flags no filter can see, and goes on with clone() where there is none. */
    ROW(ENDS,      THREAD_ENDS, THREAD_ENDS, THREAD_NO,   SYS_clone),
    ROW(ENDS,      LACKS,       LACKS,       LACKS,       SYS_clone3),
    ROW(ENDS,      YES,         YES,         YES,         SYS_set_robust_list, SYS_rseq),
    ROW(ENDS,      ASAN_NO,     ASAN_NO,     YES,         SYS_sched_getaffinity),
    /* waiting, and sockets */
    ROW(ENDS,      YES,         YES,         YES,         SYS_ppoll, SYS_recvmsg, SYS_recvfrom,
                                                          SYS_sendto),
    ROW(ENDS,      NO,          YES,         YES,         SYS_sendmsg, SYS_eventfd2,
                                             SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_pwait),
    ROW(ENDS,      NO,          YES,         NO,          SYS_timerfd_create, SYS_timerfd_settime),
    ROW(NO,        NO,          NO,          INTERNET_NO, SYS_socket),
    ROW(ENDS,      ENDS,        ENDS,        YES,         SYS_connect),
    ROW(ENDS,      NO,          NO,          YES,         SYS_bind, SYS_shutdown, SYS_getsockopt,
                                SYS_setsockopt, SYS_getsockname, SYS_getpeername, SYS_pipe2),
    /* programs, other processes */
    ROW(ENDS,      ENDS,        ENDS,        ENDS,        SYS_execve, SYS_execveat, SYS_ptrace,
                                SYS_process_vm_readv, SYS_process_vm_writev, SYS_kill),
    ROW(ENDS,      ENDS,        ENDS,        NO,          SYS_tkill, SYS_bpf),
#ifdef __x86_64__   /* older names of the same */
    ROW(NO,        NO,          NO,          NO,          SYS_open, SYS_stat, SYS_access,
                                                          SYS_readlink),
    ROW(YES,       YES,         YES,         YES,         SYS_time),
    ROW(ENDS,      YES,         YES,         YES,         SYS_poll),
    ROW(ENDS,      NO,          YES,         YES,         SYS_epoll_wait),
    ROW(ENDS,      NO,          NO,          YES,         SYS_epoll_create, SYS_select, SYS_pipe),
    ROW(ENDS,      ENDS,        ENDS,        ENDS,        SYS_fork, SYS_vfork),
#endif
};

/* All that stands nowhere above. */
static const guint8 rest[CALLS_KINDS] = { ENDS, NO, NO, NO };

void
calls_table(CallsOf of, guint8 rules[CALLS_MAX + 1])
{
    memset(rules, rest[of], CALLS_MAX + 1);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        for (const gint16 *call = rows[i].calls; *call != NO_CALL; call++)
            rules[*call] = rows[i].rules[of];
}
