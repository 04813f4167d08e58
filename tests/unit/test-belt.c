/* The belt: octets arrive in their order, all of them, however they were cut; after draining, the other thread is at rest.
 * SPDX-License-Identifier: MIT */
#include "base/belt.h"

#include <string.h>
#include <sys/resource.h>

#define LENGTH ((gsize)3 << 20)

typedef struct {
    GByteArray *got;
    GThread    *thread;
} Arrived;

static void
note(const void *bytes, gsize length, gpointer data)
{
    Arrived *arrived = data;

    g_assert_cmpuint(length, >, 0);
    arrived->thread = g_thread_self();
    g_byte_array_append(arrived->got, bytes, (guint)length);
}

static void
check(const Arrived *arrived, const guint8 *octets, gsize length)
{
    g_assert_cmpuint(arrived->got->len, ==, length);
    g_assert_true(length == 0 || memcmp(arrived->got->data, octets, length) == 0);
}

static guint8 *
random_octets(GRand *dice, gsize length)
{
    guint32 *octets = g_malloc(length);

    for (gsize i = 0; i < length / sizeof *octets; i++)
        octets[i] = g_rand_int(dice);
    return (guint8 *)octets;
}

/* Pieces of nothing, of a few octets, of more than the belt holds; drained now and then, and twice. */
static void
test_order(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(23);
    g_autofree guint8 *octets = random_octets(dice, LENGTH);
    static const gint32 most[] = { 3, 70, 5000, 140000, 900000 };

    for (guint round = 0; round < 40; round++) {
        Arrived arrived = { .got = g_byte_array_new() };
        Belt *belt = belt_new("test", note, &arrived);
        gsize laid = 0;
        g_assert_nonnull(belt);
        for (guint step = 0; step < 200 && laid < LENGTH; step++) {
            const gsize wanted = (gsize)g_rand_int_range(dice, 0, most[(round + step / 40) % G_N_ELEMENTS(most)]);
            const gsize piece = MIN(wanted, LENGTH - laid);
            belt_lay(belt, octets + laid, piece);
            laid += piece;
            for (gint32 k = g_rand_int_range(dice, -8, 3); k > 0; k--) {
                belt_drain(belt);
                check(&arrived, octets, laid);
            }
        }
        belt_free(belt);
        check(&arrived, octets, laid);
        g_assert_true(laid == 0 || arrived.thread != g_thread_self());
        g_byte_array_unref(arrived.got);
    }
}

/* Laid on never, or drained only. */
static void
test_empty(void)
{
    Arrived arrived = { .got = g_byte_array_new() };

    for (guint i = 0; i < 2; i++) {
        Belt *belt = belt_new("test", note, &arrived);
        if (i)
            belt_drain(belt);
        belt_free(belt);
    }
    belt_free(NULL);
    g_assert_cmpuint(arrived.got->len, ==, 0);
    g_byte_array_unref(arrived.got);
}

/* Where no thread can be had there is no belt, and no harm. */
static void
test_no_thread(void)
{
#ifdef __SANITIZE_ADDRESS__
    g_test_skip("its shadow needs more memory than the limit leaves");
#else
    if (g_test_subprocess()) {
        g_autofree char *statm = NULL;
        Arrived arrived = { 0 };
        g_assert_true(g_file_get_contents("/proc/self/statm", &statm, NULL, NULL));
        const rlim_t now = g_ascii_strtoull(statm, NULL, 10) * 4096 + ((rlim_t)2 << 20);
        g_assert_cmpint(setrlimit(RLIMIT_AS, &(struct rlimit){ now, now }), ==, 0);
        g_assert_null(belt_new("test", note, &arrived));
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
#endif
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/belt/order", test_order);
    g_test_add_func("/belt/empty", test_empty);
    g_test_add_func("/belt/no-thread", test_no_thread);
    return g_test_run();
}
