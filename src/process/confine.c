/* confine.c: seccomp, Landlock and limits for a process that reads what a stranger wrote.
 * SPDX-License-Identifier: MIT */
#include "process/confine.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/translate.h"
#include "process/filter.h"
#include "process/landlock.h"

/* For the network: the caches of libunbound have 4 MB each; a thread's heap and stack are address
 * space that is hardly used. */
#define NETWORK_BYTES ((gsize)512 << 20)

/* Of those who have none. */
#define NO_LINE (-1)

/* ---- limits ---- */

static gboolean
limit(__rlimit_resource_t what, rlim_t most)
{
    const struct rlimit value = { most, most };

    return setrlimit(what, &value) == 0;
}

/* What it has is nobody's to see. */
static gboolean
leave_no_trace(void)
{
    return limit(RLIMIT_CORE, 0) && prctl(PR_SET_DUMPABLE, 0) == 0;
}

/* Address space that the process has: the limit counts what it inherited, too. */
static gsize
address_space(void)
{
    g_autofree char *text = NULL;

    if (!g_file_get_contents("/proc/self/statm", &text, NULL, NULL))
        return 0;
    return (gsize)g_ascii_strtoull(text, NULL, 10) * (gsize)sysconf(_SC_PAGESIZE);
}

/* Of files it may write to none, of address space it may have so many bytes more. */
static gboolean
limit_space(gsize bytes)
{
    const gsize own = address_space();

    return limit(RLIMIT_FSIZE, 0) &&
           (CALLS_SANITIZED || (own > 0 && limit(RLIMIT_AS, own + bytes)));
}

/* Of address space a mapped mailbox takes any amount: the limit is on what the process may write
 * to. */
static gboolean
limit_data(gsize bytes)
{
    return CALLS_SANITIZED || limit(RLIMIT_DATA, bytes);
}

/* ---- each kind of process ---- */

static gboolean
bind_forever(void)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

/* A kernel without Landlock leaves files to seccomp alone. */
gboolean
confine_process(int line, guint seconds, gsize bytes)
{
    return bind_forever() && limit(RLIMIT_CPU, seconds) && limit_space(bytes) && leave_no_trace() &&
           (landlock_version() < 1 || landlock_enter(0)) && filter_enter(CALLS_PEER, line);
}

/* Valgrind answers this sequence, which does nothing elsewhere (valgrind/valgrind.h:
 * RUNNING_ON_VALGRIND). It is a machine of its own with calls of its own, which a filter for ours
 * would refuse; who runs us in there did so on purpose, and no message can. */
static gboolean
is_emulated(void)
{
#if defined(__x86_64__)
    volatile guint64 arguments[] = { 0x1001, 0, 0, 0, 0, 0 };
    guint64 result = 0;

    __asm__ volatile("rolq $3, %%rdi; rolq $13, %%rdi; rolq $61, %%rdi; rolq $51, %%rdi; "
                     "xchgq %%rbx, %%rbx"
                     : "=d"(result)
                     : "a"(arguments), "0"(result)
                     : "cc", "memory");
    return result != 0;
#else
    return FALSE;
#endif
}

/* Each part is tried, whatever became of the others. */
static gboolean
confine_parser(CallsOf of, gsize bytes)
{
    if (is_emulated())
        return FALSE;
    const gboolean limited = leave_no_trace() && limit_data(bytes);
    const gboolean bound = bind_forever();
    const gboolean files = bound && landlock_enter(0);

    return bound && filter_enter(of, NO_LINE) && files && limited;
}

gboolean
confine_worker(gsize bytes)
{
    return confine_parser(CALLS_WORKER, bytes);
}

gboolean
confine_core(gsize bytes)
{
    return confine_parser(CALLS_CORE, bytes);
}

/* No limit on time: it lives as long as the run, and whoever waits for it ends it when it hangs. */
gboolean
confine_network(guint port)
{
    const gboolean bound = bind_forever();
    const gboolean limited = limit_space(NETWORK_BYTES);
    const gboolean silent = leave_no_trace();
    const gboolean landlocked = bound && landlock_enter(port);

    return bound && filter_enter(CALLS_DNS, NO_LINE) && limited && silent && landlocked;
}

char *
confine_describe(void)
{
    const int landlock = landlock_version();
    GString *out = g_string_new(filter_known() ? "seccomp" : _("no seccomp"));

    if (landlock > 0)
        g_string_append_printf(out, ", Landlock ABI %d", landlock);
    else
        g_string_append(out, _(", no Landlock"));
    g_string_append(out, _(", limits on time and memory"));
    return g_string_free(out, FALSE);
}
