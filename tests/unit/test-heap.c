/* test-heap.c: pieces of memory that are kept hold what was written into them, whoever frees them; and things that
 * were made of bytes are kept for the same bytes, and no longer than asked.
 * SPDX-License-Identifier: MIT */
#include <glib.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "auth/dmarc-record.h"
#include "auth/spf-record.h"
#include "base/heap.h"
#include "base/memo.h"

/* ---- memory ---- */

#define PIECES 400

typedef struct {
    guint8 *at;
    gsize   size;
    guint8  mark;
} Piece;

static void
assert_holds(const Piece *piece)
{
    for (gsize i = 0; i < piece->size; i++)
        g_assert_cmpuint(piece->at[i], ==, piece->mark);
}

static gsize
some_size(GRand *rand)
{
    /* Small ones mostly, and both sides of what is kept. */
    return (gsize)g_rand_int_range(rand, 0, g_rand_boolean(rand) ? 80 : 2200);
}

static void
fill(Piece *piece, GRand *rand)
{
    piece->mark = (guint8)g_rand_int(rand);
    memset(piece->at, piece->mark, piece->size);
}

static void
make(Piece *piece, GRand *rand)
{
    piece->size = some_size(rand);
    if (g_rand_boolean(rand)) {
        piece->at = calloc(1, piece->size ? piece->size : 1);
        piece->mark = 0;
        assert_holds(piece);            /* a piece that was kept is not empty by itself */
    } else {
        piece->at = malloc(piece->size ? piece->size : 1);
    }
    g_assert_cmpuint((gsize)piece->at % 16, ==, 0);
    fill(piece, rand);
}

static void
resize(Piece *piece, GRand *rand)
{
    const gsize before = piece->size;

    piece->size = some_size(rand);
    piece->at = realloc(piece->at, piece->size ? piece->size : 1);
    const gsize kept = MIN(before, piece->size);
    assert_holds(&(Piece){ piece->at, kept, piece->mark });
    fill(piece, rand);
}

static void
use_memory(guint32 seed)
{
    Piece pieces[PIECES] = { { NULL, 0, 0 } };
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);

    for (guint turn = 0; turn < 40000; turn++) {
        Piece *piece = &pieces[g_rand_int_range(rand, 0, PIECES)];
        if (!piece->at) {
            make(piece, rand);
            continue;
        }
        assert_holds(piece);
        if (g_rand_int_range(rand, 0, 3) == 0) {
            resize(piece, rand);
        } else {
            free(piece->at);
            piece->at = NULL;
        }
    }
    for (guint i = 0; i < PIECES; i++)
        free(pieces[i].at);
}

/* The shelf takes the size of a piece from where libc keeps it: not an octet more or less than libc says. */
static G_GNUC_UNUSED void
assert_sizes(void)
{
    for (gsize size = 1; size <= 1032; size++) {
        char *piece = malloc(size);
        const gsize had = malloc_usable_size(piece);
        char *same = realloc(piece, had);
        g_assert_true(same == piece);
        if (had < 1032) {
            char *larger = realloc(same, had + 1);
            g_assert_true(larger != piece);
            same = larger;
        }
        free(same);
    }
}

static gpointer
in_thread(gpointer data)
{
    char **given = data;

    use_memory(3);
    for (guint i = 0; given[i]; i++)    /* made by the other thread, which keeps pieces */
        g_free(given[i]);
    g_free(given);
    return g_strdup("made in the thread");
}

static void
test_kept(void)
{
    use_memory(1);
    heap_keep();
    heap_keep();
    use_memory(2);
#ifndef __SANITIZE_ADDRESS__
    assert_sizes();
#endif
    char **given = g_new0(char *, 501);
    for (guint i = 0; i < 500; i++)
        given[i] = g_strdup_printf("%u", i);
    GThread *thread = g_thread_new("other", in_thread, given);
    use_memory(4);
    g_autofree char *made = g_thread_join(thread);
    g_assert_cmpstr(made, ==, "made in the thread");
    g_assert_null(realloc(malloc(100), 0));
#ifndef __SANITIZE_ADDRESS__    /* which ends the program there */
    volatile gsize all = G_MAXSIZE, half = (gsize)1 << 40;
    g_assert_null(malloc(all));
    g_assert_null(malloc(all - 7));
    g_assert_null(calloc(half, half));
#endif
}

/* ---- things made of bytes ---- */

static guint freed;

static void
count_free(gpointer thing)
{
    freed++;
    g_free(thing);
}

static void
test_memo(void)
{
    static const char kind[] = "one", other[] = "other";
    g_autoptr(GBytes) bytes = g_bytes_new("abc", 3), equal = g_bytes_new("abc", 3);
    Memo *memo = memo_new(3);

    freed = 0;
    g_assert_null(memo_find(memo, kind, bytes));
    memo_keep(memo, kind, bytes, g_strdup("thing"), count_free);
    g_assert_cmpstr(memo_find(memo, kind, bytes), ==, "thing");
    g_assert_null(memo_find(memo, other, bytes));
    g_assert_null(memo_find(memo, kind, equal));
    memo_keep(memo, other, bytes, g_strdup("else"), count_free);
    g_assert_cmpstr(memo_find(memo, kind, bytes), ==, "thing");
    g_assert_cmpstr(memo_find(memo, other, bytes), ==, "else");

    Memo *shared = memo_ref(memo);
    memo_unref(shared);
    g_assert_cmpuint(freed, ==, 0);
    for (guint i = 0; i < 100; i++) {           /* bounded, whatever comes */
        g_autoptr(GBytes) many = g_bytes_new(&i, sizeof i);
        memo_keep(memo, kind, many, g_strdup("many"), count_free);
        g_assert_cmpstr(memo_find(memo, kind, many), ==, "many");
        g_assert_cmpuint(i + 3 - freed, <=, 3);
    }
    memo_unref(memo);
    g_assert_cmpuint(freed, ==, 102);
}

/* What somebody still reads outlives the memo that forgot it, and both read the same. */
static void
test_records(void)
{
    static const char dmarc[] = "v=DMARC1; p=reject; aspf=s", spf[] = "v=spf1 ip4:192.0.2.0/24 -all";
    g_autoptr(GBytes) policy = g_bytes_new(dmarc, strlen(dmarc)), sender = g_bytes_new(spf, strlen(spf));
    g_autoptr(GBytes) none = g_bytes_new("nothing", 7);
    Memo *memo = memo_new(1);

    g_autoptr(DmarcRecord) first = dmarc_record_of(memo, policy);
    g_autoptr(DmarcRecord) second = dmarc_record_of(memo, policy);
    g_assert_true(first == second);
    g_autoptr(SpfRecord) other = spf_record_of(memo, sender);
    g_assert_null(dmarc_record_of(memo, none));
    g_autoptr(DmarcRecord) third = dmarc_record_of(memo, policy);
    g_assert_true(third != first);              /* forgotten when the other came */
    memo_unref(memo);
    g_assert_cmpint((int)first->p, ==, POLICY_REJECT);
    g_assert_true(first->strict_spf && third->strict_spf);
    g_assert_cmpstr(third->text, ==, first->text);
    g_assert_cmpuint(other->mechanisms->len, ==, 2);
}

/* A library that gets no memory would make a verdict of it. What is large may be a stranger's wish: that is answered. */
static void
test_no_memory(void)
{
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    if (g_test_subprocess()) {
        const struct rlimit core = { 0, 0 }, limit = { 256u << 20, 256u << 20 };
        setrlimit(RLIMIT_CORE, &core);
        setrlimit(RLIMIT_AS, &limit);
        void *volatile large = malloc((gsize)1 << 30);
        if (large)
            _exit(3);
        for (gsize size = (gsize)1 << 20; ; size = size > 64 ? size / 2 : size)
            for (void *volatile piece = malloc(size); size > 64 && piece; piece = malloc(size))
                continue;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*no memory is left*");
#endif
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/heap/memo", test_memo);
    g_test_add_func("/heap/records", test_records);
    g_test_add_func("/heap/kept", test_kept);
    g_test_add_func("/heap/no-memory", test_no_memory);
    return g_test_run();
}
