/* Two trees compared: pairs, what changed, what can be folded, and that it stays linear.
 * SPDX-License-Identifier: MIT */
#include "auth/step.h"
#include "whatif/difference.h"

static Step *
add(Step *parent, const char *id, const char *arg, Result result)
{
    return step_decide(step_add(parent, id, "rule", arg, NULL), result, PROVENANCE_RECOMPUTED);
}

static Step *
tree(Result verdict, Result alignment)
{
    Step *root = add(NULL, "dmarc", "example.jp", verdict);
    Step *spf = add(root, "spf-vouches", "example.com", alignment);

    add(root, "policy", "example.jp", RESULT_YES);
    add(spf, "spf-check", "192.0.2.1", RESULT_PASS);
    add(spf, "alignment", "example.com", alignment);
    return root;
}

static const Difference *
child(const Difference *node, guint index)
{
    return node->children->pdata[index];
}

static void
free_steps(Step *a, Step *b)
{
    record_free(&step_type, a);
    record_free(&step_type, b);
}

static void
test_same(void)
{
    Step *a = tree(RESULT_FAIL, RESULT_NO), *b = tree(RESULT_FAIL, RESULT_NO);
    b->provenance = PROVENANCE_ASSUMED;
    g_autoptr(Difference) all = difference_new(a, b);

    g_assert_true(difference_is_quiet(all));
    g_assert_cmpuint(difference_count(all), ==, 0);
    g_assert_cmpuint(difference_size(all), ==, 5);
    free_steps(a, b);
}

static void
test_changed(void)
{
    Step *a = tree(RESULT_FAIL, RESULT_NO), *b = tree(RESULT_PASS, RESULT_YES);
    g_autoptr(Difference) all = difference_new(a, b);

    g_assert_cmpint(all->kind, ==, DIFFERENCE_CHANGED);
    g_assert_true(all->inside);
    g_assert_cmpuint(difference_count(all), ==, 3);
    g_assert_true(difference_is_quiet(child(all, 1)));
    g_assert_true(difference_is_quiet(child(child(all, 0), 0)));
    g_assert_cmpint(child(child(all, 0), 1)->kind, ==, DIFFERENCE_CHANGED);
    free_steps(a, b);
}

static void
test_inputs(void)
{
    Step *a = tree(RESULT_FAIL, RESULT_NO), *b = tree(RESULT_FAIL, RESULT_NO);
    step_input(a->children->pdata[1], "record", "v=DMARC1; p=none", PROVENANCE_RECOMPUTED);
    step_input(b->children->pdata[1], "record", "v=DMARC1; p=reject", PROVENANCE_RECOMPUTED);
    g_autoptr(Difference) all = difference_new(a, b);

    g_assert_cmpint(all->kind, ==, DIFFERENCE_SAME);
    g_assert_true(all->inside);
    g_assert_cmpint(child(all, 1)->kind, ==, DIFFERENCE_CHANGED);
    free_steps(a, b);
}

/* The outcome of the policy's step is "yes" before and after: what was asked must be seen. */
static void
test_was(void)
{
    Step *a = tree(RESULT_FAIL, RESULT_NO), *b = tree(RESULT_FAIL, RESULT_NO);
    step_arg(a->children->pdata[1], "example.jp");
    step_arg(a->children->pdata[1], "p=reject");
    step_arg(b->children->pdata[1], "example.jp");
    step_arg(b->children->pdata[1], "p=none");
    g_autoptr(Difference) all = difference_new(a, b);
    g_autofree char *was = difference_was(child(all, 1)), *same = difference_was(child(all, 0));

    g_assert_cmpstr(was, ==, "before: Policy  example.jp  p=reject");
    g_assert_null(same);
    free_steps(a, b);
}

/* In a test (t=y) the title is the same: then it is the record. */
static void
test_input_was(void)
{
    Step *a = tree(RESULT_FAIL, RESULT_NO), *b = tree(RESULT_FAIL, RESULT_NO);
    step_input(a->children->pdata[1], "record", "v=DMARC1; p=none", PROVENANCE_RECOMPUTED);
    step_input(b->children->pdata[1], "record", "v=DMARC1; p=none; t=y", PROVENANCE_RECOMPUTED);
    g_autoptr(Difference) all = difference_new(a, b);
    g_autofree char *was = difference_was(child(all, 1));

    g_assert_cmpstr(was, ==, "record: v=DMARC1; p=none; t=y (before: v=DMARC1; p=none)");
    free_steps(a, b);
}

/* One of three is gone, one is new, one changed places with nobody; another engine's word is aside. */
static void
test_added_and_gone(void)
{
    Step *a = add(NULL, "dmarc", "x", RESULT_FAIL), *b = add(NULL, "dmarc", "x", RESULT_FAIL);
    add(a, "dkim-vouches", "a.example", RESULT_NO);
    add(a, "dkim-vouches", "b.example", RESULT_NO);
    add(a, "dkim-none", NULL, RESULT_NONE);
    add(a, "second-opinion", "libspf2", RESULT_INFO);
    add(b, "dkim-vouches", "b.example", RESULT_NO);
    add(b, "arc", NULL, RESULT_NONE);
    g_autoptr(Difference) all = difference_new(a, b);

    g_assert_cmpuint(all->children->len, ==, 4);
    g_assert_cmpint(child(all, 0)->kind, ==, DIFFERENCE_GONE);
    g_assert_cmpstr(child(all, 0)->before->args->pdata[0], ==, "a.example");
    g_assert_cmpint(child(all, 1)->kind, ==, DIFFERENCE_SAME);
    g_assert_cmpint(child(all, 2)->kind, ==, DIFFERENCE_ADDED);
    g_assert_cmpint(child(all, 3)->kind, ==, DIFFERENCE_GONE);
    g_assert_cmpuint(difference_count(all), ==, 3);
    free_steps(a, b);
}

/* What was computed and what is said instead stand in one place. */
static void
test_slots(void)
{
    Step *a = add(NULL, "spf-vouches", "x", RESULT_NO), *b = add(NULL, "spf-vouches", "x", RESULT_YES);
    add(a, "spf-check", "192.0.2.1", RESULT_FAIL);
    add(b, "spf-assumed", "x", RESULT_PASS);
    g_autoptr(Difference) all = difference_new(a, b);

    g_assert_cmpuint(all->children->len, ==, 1);
    g_assert_cmpint(child(all, 0)->kind, ==, DIFFERENCE_CHANGED);
    free_steps(a, b);
}

static Step *
wide(guint count)
{
    Step *root = add(NULL, "dmarc", "x", RESULT_FAIL);

    for (guint i = 0; i < count; i++)
        add(root, "dkim-vouches", "same.example", i % 2 ? RESULT_NO : RESULT_YES);
    return root;
}

/* A hundred times the steps take about a hundred times as long, not ten thousand. */
static void
test_linear(void)
{
    gint64 times[2];

    for (guint k = 0; k < 2; k++) {
        Step *a = wide(k ? 200000 : 2000), *b = wide(k ? 200000 : 2000);
        const gint64 start = g_get_monotonic_time();
        g_autoptr(Difference) all = difference_new(a, b);
        times[k] = g_get_monotonic_time() - start;
        g_assert_true(difference_is_quiet(all));
        free_steps(a, b);
    }
    g_test_message("2000: %" G_GINT64_FORMAT " us, 200000: %" G_GINT64_FORMAT " us", times[0], times[1]);
    g_assert_cmpint(times[1], <, 2000 * MAX(times[0], 500));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/difference/same", test_same);
    g_test_add_func("/difference/changed", test_changed);
    g_test_add_func("/difference/inputs", test_inputs);
    g_test_add_func("/difference/was", test_was);
    g_test_add_func("/difference/input-was", test_input_was);
    g_test_add_func("/difference/added-and-gone", test_added_and_gone);
    g_test_add_func("/difference/slots", test_slots);
    g_test_add_func("/difference/linear", test_linear);
    return g_test_run();
}
