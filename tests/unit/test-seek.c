/* test-seek.c: steps found by what they are, and by the answers that they rest on.
 * SPDX-License-Identifier: MIT */
#include "tree/seek.h"

#include "tree/cursor.h"

static Step *
step_under(Step *parent, const char *id, Result result, const char *arg)
{
    Step *step = record_new(&step_type);

    step->id = id;
    step->result = (int)result;
    if (arg)
        g_ptr_array_add(step->args, g_strdup(arg));
    if (parent)
        g_ptr_array_add(parent->children, step);
    return step;
}

static void
rest_on(Step *step, const char *type, const char *name)
{
    Evidence *evidence = record_new(&evidence_type);

    evidence->kind = EVIDENCE_DNS;
    evidence->type = g_strdup(type);
    evidence->name = g_strdup(name);
    g_ptr_array_add(step->evidence, evidence);
}

static const Step *
seek_with(const Step *root, const char *id, const char *arg)
{
    g_autoptr(GPtrArray) args = g_ptr_array_new();

    g_ptr_array_add(args, (gpointer)"");
    g_ptr_array_add(args, (gpointer)arg);
    return seek_step(root, id, args);
}

static void
test_step(void)
{
    Step *root = step_under(NULL, "dmarc", RESULT_FAIL, "");
    Step *first = step_under(root, "alignment", RESULT_YES, "a.example");
    Step *failed = step_under(root, "alignment", RESULT_NO, "b.example");
    Step *named = step_under(step_under(root, "policy", RESULT_YES, NULL), "alignment", RESULT_YES,
                             "c.example");

    g_assert_true(seek_with(root, "alignment", "x.example") == failed);
    g_assert_true(seek_with(root, "alignment", "c.example") == named);
    g_assert_true(seek_with(root, "alignment", "b.example") == failed);
    g_assert_true(seek_step(root, "dmarc", NULL) == root);
    step_under(root, "alignment", RESULT_NO, "b.example");      /* of two alike the first */
    g_assert_true(seek_with(root, "alignment", "b.example") == failed);
    g_assert_null(seek_with(root, "dkim-key", "a.example"));
    step_under(step_under(root, "spf-helo", RESULT_FAIL, NULL), "spf-record", RESULT_FAIL, NULL);
    static const char *const ids[] = { "dmarc", "alignment", "policy", "spf-helo", "spf-record", "dkim-key" };
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
        g_assert_cmpint(seek_any(root, ids[i]) != NULL, ==, seek_step(root, ids[i], NULL) != NULL);
    g_assert_null(seek_any(root, "spf-record"));
    g_assert_null(seek_step(root, NULL, NULL));
    g_assert_null(seek_step(NULL, "dmarc", NULL));
    first->cause = TRUE;
    g_assert_true(seek_with(root, "alignment", "b.example") == first);
    record_free(&step_type, root);
}

static const Step *
used_by(const SeekDns *seek, const char *type, const char *name)
{
    DnsAnswer answer = { .type = (char *)type, .name = (char *)name };

    return seek_dns_step(seek, &answer);
}

static void
test_dns(void)
{
    Step *root = step_under(NULL, "dmarc", RESULT_FAIL, NULL);
    Step *policy = step_under(root, "policy", RESULT_YES, NULL);
    Step *query = step_under(policy, "policy-query", RESULT_YES, NULL);
    Step *later = step_under(root, "alignment", RESULT_YES, NULL);

    rest_on(policy, "TXT", "_dmarc.example.com");
    rest_on(query, "TXT", "_dmarc.example.com");
    rest_on(later, "TXT", "_dmarc.example.com");
    rest_on(later, "A", "example.com");
    SeekDns *seek = seek_dns_new(root);
    g_assert_true(used_by(seek, "TXT", "_dmarc.example.com") == query);
    g_assert_true(used_by(seek, "A", "example.com") == later);
    g_assert_null(used_by(seek, "AAAA", "example.com"));
    g_assert_null(used_by(seek, NULL, NULL));
    seek_dns_free(seek);
    seek = seek_dns_new(NULL);
    g_assert_null(used_by(seek, "A", "example.com"));
    seek_dns_free(seek);
    seek_dns_free(NULL);
    record_free(&step_type, root);
}

/* The cursor goes there, opening what hides it. */
static void
test_cursor(void)
{
    Step *root = step_under(NULL, "dmarc", RESULT_PASS, NULL);
    Step *folded = step_under(root, "policy", RESULT_YES, NULL);
    Step *deep = step_under(step_under(folded, "policy-query", RESULT_YES, NULL), "spf-a",
                            RESULT_YES, NULL);
    Step *stranger = step_under(NULL, "dmarc", RESULT_PASS, NULL);

    folded->folded = TRUE;
    g_autoptr(Cursor) cursor = cursor_new(root);
    g_assert_cmpuint(cursor_rows(cursor)->len, ==, 2);
    g_assert_true(cursor_to(cursor, deep));
    g_assert_true(cursor_step(cursor) == deep);
    g_assert_cmpuint(cursor_rows(cursor)->len, ==, 4);
    g_assert_false(cursor_to(cursor, stranger));
    g_assert_true(cursor_step(cursor) == deep);
    record_free(&step_type, root);
    record_free(&step_type, stranger);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/seek/step", test_step);
    g_test_add_func("/seek/dns", test_dns);
    g_test_add_func("/seek/cursor", test_cursor);
    return g_test_run();
}
