/* filter.c: from the table of system calls to a program that the kernel runs at each of them.
 * SPDX-License-Identifier: MIT
 *
 * The numbers are parted into ranges that come to the same; a binary tree of comparisons finds the
 * range, and leads to the piece that decides. To compare with each number in turn reads as easily,
 * but the kernel tries all numbers when it takes a filter over: that took it twice as long. */
#include "process/filter.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(field) \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (guint32)offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, action)
#define MASK(bits) BPF_STMT(BPF_ALU | BPF_AND | BPF_K, (guint32)(bits))
/* Where the value is this one, or is another, so many that follow are skipped. */
#define WHERE(value, skip) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (guint32)(value), skip, 0)
#define UNLESS(value, skip) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (guint32)(value), 0, skip)
/* From this value on `above` are skipped, else `below`. */
#define FROM(value, above, below) \
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, value, (guint8)(above), (guint8)(below))

#define ALLOWED SECCOMP_RET_ALLOW
#define REFUSED (SECCOMP_RET_ERRNO | EPERM)
#define LACKING (SECCOMP_RET_ERRNO | ENOSYS)
#define ENDED SECCOMP_RET_KILL_PROCESS

typedef struct {
    struct sock_filter *code;
    guint               length;
    guint16             bounds[CALLS_MAX + 1];  /* where each range begins; the last has no end */
    guint8              rules[CALLS_MAX + 1];   /* of each range */
    guint               n_ranges;
    guint16             pieces[CALL_RULES];     /* where the piece of a rule begins; 0: nowhere */
} Program;

/* ---- what decides about a call ---- */

static void
add(Program *program, const struct sock_filter *code, gsize n)
{
    g_assert(program->length + n <= FILTER_MAX);
    memcpy(program->code + program->length, code, n * sizeof *code);
    program->length += (guint)n;
}

static void
add_return(Program *program, guint32 action)
{
    const struct sock_filter code[] = { RETURN(action) };

    add(program, code, G_N_ELEMENTS(code));
}

/* Allowed where these bits of an argument are as they shall be. */
static void
add_where(Program *program, guint argument, guint32 bits, guint32 value, guint32 otherwise)
{
    const struct sock_filter code[] = {
        LOAD(args[argument]), MASK(bits), UNLESS(value, 1), RETURN(ALLOWED), RETURN(otherwise),
    };

    add(program, code, G_N_ELEMENTS(code));
}

static void
add_internet(Program *program)
{
    static const struct sock_filter code[] = {
        LOAD(args[0]), WHERE(AF_INET, 2), WHERE(AF_INET6, 1), RETURN(REFUSED),
        LOAD(args[1]), MASK(0xFF), UNLESS(SOCK_DGRAM, 1), RETURN(ALLOWED),
        UNLESS(SOCK_STREAM, 1), RETURN(ALLOWED), RETURN(REFUSED),
    };

    add(program, code, G_N_ELEMENTS(code));
}

static void
add_piece(Program *program, CallRule rule, int line)
{
    const guint32 any = ~0u, thread = CLONE_THREAD, thread_of = CLONE_THREAD | CLONE_VM;

    switch (rule) {
    case CALL_YES:         add_return(program, ALLOWED); break;
    case CALL_NO:          add_return(program, REFUSED); break;
    case CALL_LACKS:       add_return(program, LACKING); break;
    case CALL_ENDS:        add_return(program, ENDED); break;
    case CALL_LINE_NO:     add_where(program, 0, any, (guint32)line, REFUSED); break;
    case CALL_SELF_NO:     add_where(program, 0, any, (guint32)getpid(), REFUSED); break;
    case CALL_DATA_ENDS:   add_where(program, 2, PROT_EXEC, 0, ENDED); break;
    case CALL_DATA_NO:     add_where(program, 2, PROT_EXEC, 0, REFUSED); break;
    case CALL_THREAD_ENDS: add_where(program, 0, thread, thread, ENDED); break;
    case CALL_THREAD_NO:   add_where(program, 0, thread_of, thread_of, REFUSED); break;
    case CALL_FLAGS_NO:    add_where(program, 1, ~7u, 0, REFUSED); break;
    case CALL_INTERNET_NO: add_internet(program); break;
    case CALL_RULES:       g_assert_not_reached();
    }
}

/* ---- which call it is ---- */

static void
find_ranges(Program *program, CallsOf of)
{
    guint8 rules[CALLS_MAX + 1];

    calls_table(of, rules);
    for (guint number = 0; number <= CALLS_MAX; number++) {
        if (number > 0 && rules[number] == rules[number - 1])
            continue;
        program->bounds[program->n_ranges] = (guint16)number;
        program->rules[program->n_ranges++] = rules[number];
    }
}

/* The ranges from `first` to before `last`, as a tree that begins at `at`: its root parts them in
 * two; one range alone has no tree, but its piece. Returns what follows the tree. */
static guint
grow(Program *program, guint first, guint last, guint at)
{
    const guint middle = (first + last) / 2;
    const guint below = middle - first > 1 ? at + 1 : program->pieces[program->rules[first]];
    const guint after = middle - first > 1 ? grow(program, first, middle, at + 1) : at + 1;
    const guint above = last - middle > 1 ? after : program->pieces[program->rules[middle]];

    program->code[at] = (struct sock_filter)FROM(program->bounds[middle], above - at - 1,
                                                 below - at - 1);
    return last - middle > 1 ? grow(program, middle, last, after) : after;
}

guint
filter_make(CallsOf of, int line, struct sock_filter code[FILTER_MAX])
{
    static const struct sock_filter head[] = {
        LOAD(arch), WHERE(FILTER_ARCH, 1), RETURN(ENDED), LOAD(nr),
    };
    Program program = { .code = code };

    add(&program, head, G_N_ELEMENTS(head));
    find_ranges(&program, of);
    g_assert(program.n_ranges > 1);
    program.length += program.n_ranges - 1;     /* so many comparisons part them */
    for (guint i = 0; i < program.n_ranges; i++) {
        const guint8 rule = program.rules[i];
        if (program.pieces[rule] != 0)
            continue;
        program.pieces[rule] = (guint16)program.length;
        add_piece(&program, rule, line);
    }
    grow(&program, 0, program.n_ranges, G_N_ELEMENTS(head));
    return program.length;
}

gboolean
filter_enter(CallsOf of, int line)
{
    struct sock_filter code[FILTER_MAX];

    if (FILTER_ARCH == 0)
        return FALSE;
    const struct sock_fprog filter = { (gushort)filter_make(of, line, code), code };
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

gboolean
filter_known(void)
{
    const guint32 kill_process = SECCOMP_RET_KILL_PROCESS;

    return FILTER_ARCH != 0 &&
           syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &kill_process) == 0;
}
