/* test-screen-contexts.c: every place where a key works has a heading in the manual.
 * SPDX-License-Identifier: MIT */
/* The tables are no part of the program: what is tested is taken in whole. */
#include "tables/contexts.c"

static gboolean
has_title(guint64 context)
{
    for (const ContextTitle *one = context_titles; one->title; one++)
        if (one->context == context)
            return TRUE;
    return FALSE;
}

static void
test_each_context(void)
{
    for (const Binding *binding = bindings; binding->keys; binding++)
        for (guint bit = 0; bit < 64; bit++)
            if ((binding->contexts & (G_GUINT64_CONSTANT(1) << bit)) && !has_title(G_GUINT64_CONSTANT(1) << bit)) {
                g_test_message("keys.c: %s (%s) works in the context 1 << %u of keys.h, for which "
                               "tables/contexts.c has no heading", binding->keys, binding->command, bit);
                g_test_fail();
            }
    g_assert_true(contexts_complete());
}

static void
test_each_title(void)
{
    for (const ContextTitle *one = context_titles; one->title; one++)
        for (const ContextTitle *other = context_titles; other < one; other++)
            g_assert_cmpstr(one->title, !=, other->title);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/contexts/each-has-a-heading", test_each_context);
    g_test_add_func("/contexts/headings-differ", test_each_title);
    return g_test_run();
}
