/* test-cursor.c: rows, folding and the walk, on the tree of the web-form story.
 * SPDX-License-Identifier: MIT */
#include "auth/step.h"
#include "tree/cursor.h"

/* Eleven rows, two of them groups, so nine steps. Below
 * "allowed" lies detail that opens closed. */
static Step *
web_form(void)
{
    Step *root = step_decide(step_add(NULL, "root", "", NULL), RESULT_FAIL, 0);
    Step *from = step_decide(step_add(root, "from", "", NULL), RESULT_INFO, 0);
    step_decide(step_add(root, "policy", "", NULL), RESULT_INFO, 0);
    Step *spf = step_decide(step_add(root, "spf", "", NULL), RESULT_NO, 0);
    step_decide(step_add(spf, "mailfrom", "", NULL), RESULT_INFO, 0);
    Step *allowed = step_decide(step_add(spf, "allowed", "", NULL), RESULT_PASS, 0);
    step_decide(step_add(allowed, "term1", "", NULL), RESULT_NO, 0);
    step_decide(step_add(allowed, "term2", "", NULL), RESULT_YES, 0);
    step_decide(step_add(spf, "spf-same", "", NULL), RESULT_NO, 0);
    Step *dkim = step_decide(step_add(root, "dkim", "", NULL), RESULT_NO, 0);
    step_decide(step_add(dkim, "domain", "", NULL), RESULT_INFO, 0);
    step_decide(step_add(dkim, "signature", "", NULL), RESULT_PASS, 0);
    step_decide(step_add(dkim, "dkim-same", "", NULL), RESULT_NO, 0);

    from->cause = TRUE;
    spf->group = dkim->group = TRUE;
    allowed->folded = TRUE;
    return root;
}

typedef struct {
    Step   *root;
    Cursor *cursor;
} Fixture;

static void
set_up(Fixture *f, gconstpointer data)
{
    (void)data;
    f->root = web_form();
    f->cursor = cursor_new(f->root);
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    (void)data;
    cursor_free(f->cursor);
    record_free(&step_type, f->root);
}

/* The rows as one line: "." a leaf, "-" open, "+" folded, "?" behind what is not revealed. */
static char *
rows_text(Cursor *cursor)
{
    const GArray *rows = cursor_rows(cursor);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < rows->len; i++) {
        const CursorRow *row = &g_array_index(rows, CursorRow, i);
        g_string_append_printf(out, "%s%u%c%s%s", i ? " " : "", row->depth,
                               row->folded ? '+' : row->open ? '-' : '.', row->step->id,
                               row->revealed ? "" : "?");
    }
    return g_string_free(out, FALSE);
}

static void
assert_rows(Cursor *cursor, const char *want)
{
    g_autofree char *got = rows_text(cursor);
    g_assert_cmpstr(got, ==, want);
}

static void
assert_at(Cursor *cursor, const char *id)
{
    const CursorRow *row = &g_array_index(cursor_rows(cursor), CursorRow, cursor_at(cursor));

    g_assert_cmpstr(cursor_step(cursor)->id, ==, id);
    g_assert_true(row->step == cursor_step(cursor));
}

static void
test_opening(Fixture *f, gconstpointer data)
{
    (void)data;
    assert_rows(f->cursor, "0-root 1.from 1.policy 1-spf 2.mailfrom 2+allowed 2.spf-same "
                           "1-dkim 2.domain 2.signature 2.dkim-same");
    assert_at(f->cursor, "from");
    g_assert_false(cursor_walking(f->cursor));
}

static void
test_opening_without_cause(Fixture *f, gconstpointer data)
{
    (void)data;
    Step *from = g_ptr_array_index(f->root->children, 0);
    from->cause = FALSE;
    g_autoptr(Cursor) failing = cursor_new(f->root);
    assert_at(failing, "spf-same");     /* the first step that failed, not its group */

    Step *pass = step_decide(step_add(NULL, "alone", "", NULL), RESULT_PASS, 0);
    g_autoptr(Cursor) single = cursor_new(pass);
    assert_at(single, "alone");
    g_clear_pointer(&single, cursor_free);
    record_free(&step_type, pass);
}

/* Children before what rests on them; groups take no step; the root is last. */
static void
test_walk_order(Fixture *f, gconstpointer data)
{
    static const char *const order[] = { "from", "policy", "mailfrom", "allowed", "spf-same",
                                         "domain", "signature", "dkim-same", "root" };
    (void)data;
    cursor_restart(f->cursor);
    g_assert_true(cursor_walking(f->cursor));
    g_assert_cmpuint(cursor_walk_length(f->cursor), ==, 9);
    for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
        g_assert_cmpuint(cursor_walk_at(f->cursor), ==, i);
        g_assert_true(cursor_next(f->cursor));
        assert_at(f->cursor, order[i]);
    }
    g_assert_cmpuint(cursor_walk_at(f->cursor), ==, 9);
    g_assert_false(cursor_next(f->cursor));
    assert_at(f->cursor, "root");
}

static void
test_groups_follow_their_children(Fixture *f, gconstpointer data)
{
    (void)data;
    cursor_restart(f->cursor);
    for (guint i = 0; i < 4; i++)
        cursor_next(f->cursor);
    assert_rows(f->cursor, "0-root? 1.from 1.policy 1-spf? 2.mailfrom 2+allowed 2.spf-same? "
                           "1-dkim? 2.domain? 2.signature? 2.dkim-same?");
    cursor_next(f->cursor);
    assert_rows(f->cursor, "0-root? 1.from 1.policy 1-spf 2.mailfrom 2+allowed 2.spf-same "
                           "1-dkim? 2.domain? 2.signature? 2.dkim-same?");
}

/* A step has the same number whether one walks or not; a group that is open has none. */
static void
test_walk_numbers(Fixture *f, gconstpointer data)
{
    (void)data;
    g_assert_cmpuint(cursor_walk_step(f->cursor, cursor_at(f->cursor)), ==, 1);
    cursor_restart(f->cursor);
    for (guint step = 1; cursor_next(f->cursor); step++) {
        g_assert_cmpuint(cursor_walk_row(f->cursor, step), ==, cursor_at(f->cursor));
        g_assert_cmpuint(cursor_walk_step(f->cursor, cursor_at(f->cursor)), ==, step);
    }
    g_assert_cmpuint(cursor_walk_row(f->cursor, 9), ==, 0);     /* the root */
    g_assert_cmpuint(cursor_walk_row(f->cursor, 10), ==, 0);
    g_assert_cmpuint(cursor_walk_step(f->cursor, 3), ==, 0);    /* the open group of SPF */
    g_assert_cmpuint(cursor_walk_step(f->cursor, 99), ==, 0);
}

static void
test_back(Fixture *f, gconstpointer data)
{
    (void)data;
    cursor_restart(f->cursor);
    g_assert_false(cursor_back(f->cursor));
    cursor_next(f->cursor);
    cursor_next(f->cursor);
    g_assert_true(cursor_back(f->cursor));
    assert_at(f->cursor, "from");
    g_assert_cmpuint(cursor_walk_at(f->cursor), ==, 1);
    g_assert_true(cursor_back(f->cursor));
    assert_at(f->cursor, "root");
    g_assert_cmpuint(cursor_walk_at(f->cursor), ==, 0);
}

/* Back from the whole tree takes its last step away and is a walk again. */
static void
test_end_and_back(Fixture *f, gconstpointer data)
{
    (void)data;
    cursor_restart(f->cursor);
    cursor_end(f->cursor);
    g_assert_false(cursor_walking(f->cursor));
    g_assert_cmpuint(cursor_walk_at(f->cursor), ==, 9);
    g_assert_true(cursor_back(f->cursor));
    g_assert_true(cursor_walking(f->cursor));
    g_assert_cmpuint(cursor_walk_at(f->cursor), ==, 8);
    assert_at(f->cursor, "dkim-same");
}

static void
test_fold(Fixture *f, gconstpointer data)
{
    (void)data;
    cursor_go(f->cursor, 6);
    assert_at(f->cursor, "spf-same");
    g_assert_true(cursor_fold(f->cursor));      /* a leaf: to its parent */
    assert_at(f->cursor, "spf");
    g_assert_true(cursor_fold(f->cursor));
    assert_rows(f->cursor, "0-root 1.from 1.policy 1+spf 1-dkim 2.domain 2.signature 2.dkim-same");
    g_assert_true(cursor_fold(f->cursor));      /* closed: to its parent */
    assert_at(f->cursor, "root");
    g_assert_true(cursor_fold(f->cursor));
    assert_rows(f->cursor, "0+root");
    g_assert_false(cursor_fold(f->cursor));
    g_assert_true(cursor_unfold(f->cursor));
    g_assert_true(cursor_unfold(f->cursor));
    assert_at(f->cursor, "from");
    g_assert_false(cursor_unfold(f->cursor));
}

/* A closed group takes the one step of all that it hides. */
static void
test_walk_over_folded(Fixture *f, gconstpointer data)
{
    (void)data;
    cursor_go(f->cursor, 3);
    cursor_fold(f->cursor);
    cursor_restart(f->cursor);
    g_assert_cmpuint(cursor_walk_length(f->cursor), ==, 7);
    for (guint i = 0; i < 3; i++)
        cursor_next(f->cursor);
    assert_at(f->cursor, "spf");
    cursor_unfold(f->cursor);                   /* what it hid is known with it */
    assert_rows(f->cursor, "0-root? 1.from 1.policy 1-spf 2.mailfrom 2+allowed 2.spf-same "
                           "1-dkim? 2.domain? 2.signature? 2.dkim-same?");
    g_assert_cmpuint(cursor_walk_at(f->cursor), ==, 5);
    cursor_next(f->cursor);
    assert_at(f->cursor, "domain");
}

static void
test_unfolded_detail_walks_too(Fixture *f, gconstpointer data)
{
    (void)data;
    cursor_go(f->cursor, 5);
    cursor_unfold(f->cursor);
    cursor_restart(f->cursor);
    g_assert_cmpuint(cursor_walk_length(f->cursor), ==, 11);
    for (guint i = 0; i < 4; i++)
        cursor_next(f->cursor);
    assert_at(f->cursor, "term1");
}

static void
test_cause_unfolds(Fixture *f, gconstpointer data)
{
    (void)data;
    cursor_go(f->cursor, 0);
    cursor_fold(f->cursor);
    g_assert_true(cursor_cause(f->cursor));
    assert_at(f->cursor, "from");
    g_assert_cmpuint(cursor_rows(f->cursor)->len, ==, 11);
}

/* Only rows that are seen: the mechanisms of a closed SPF record are no failures. */
static void
test_failing(Fixture *f, gconstpointer data)
{
    static const char *const down[] = { "spf", "spf-same", "dkim", "dkim-same" };
    (void)data;

    cursor_go(f->cursor, 0);
    for (guint i = 0; i < G_N_ELEMENTS(down); i++) {
        g_assert_true(cursor_failing(f->cursor, 1));
        assert_at(f->cursor, down[i]);
    }
    g_assert_false(cursor_failing(f->cursor, 1));
    g_assert_true(cursor_failing(f->cursor, -1));
    assert_at(f->cursor, "dkim");
    cursor_restart(f->cursor);
    g_assert_false(cursor_failing(f->cursor, 1));       /* nothing is known yet */
}

/* Terms of SPF that did not match are none, where another one did. */
static void
test_filter(Fixture *f, gconstpointer data)
{
    (void)data;
    cursor_go(f->cursor, 2);
    g_assert_true(cursor_filter(f->cursor, TRUE));
    g_assert_true(cursor_filtered(f->cursor));
    assert_rows(f->cursor, "0-root 1.from 1-spf 2.spf-same 1-dkim 2.dkim-same");
    assert_at(f->cursor, "root");                       /* "policy" is hidden */
    cursor_go(f->cursor, 2);
    g_assert_true(cursor_unfold(f->cursor));
    assert_at(f->cursor, "spf-same");                   /* not the hidden first child */
    cursor_fold(f->cursor);
    cursor_fold(f->cursor);
    assert_rows(f->cursor, "0-root 1.from 1+spf 1-dkim 2.dkim-same");
    g_assert_true(cursor_filter(f->cursor, FALSE));
    g_assert_true(cursor_filter(f->cursor, TRUE));
    assert_rows(f->cursor, "0-root 1.from 1-spf 2.spf-same 1-dkim 2.dkim-same");
    cursor_restart(f->cursor);                          /* a walk is through all of it */
    g_assert_false(cursor_filtered(f->cursor));
    g_assert_false(cursor_filter(f->cursor, TRUE));     /* nothing is known to have failed yet */
}

static gboolean
has_name(const CursorRow *row, gconstpointer name)
{
    return g_str_has_prefix(row->step->id, (const char *)name);
}

static void
test_find(Fixture *f, gconstpointer data)
{
    gboolean wrapped = TRUE;

    (void)data;
    g_assert_true(cursor_find(f->cursor, has_name, "term", FALSE, &wrapped));
    assert_at(f->cursor, "term1");                      /* it was folded away */
    g_assert_false(wrapped);
    g_assert_true(cursor_find(f->cursor, has_name, "term", FALSE, &wrapped));
    assert_at(f->cursor, "term2");
    g_assert_true(cursor_find(f->cursor, has_name, "term", FALSE, &wrapped));
    assert_at(f->cursor, "term1");
    g_assert_true(wrapped);
    g_assert_true(cursor_find(f->cursor, has_name, "root", TRUE, &wrapped));
    assert_at(f->cursor, "root");
    g_assert_false(wrapped);
    g_assert_true(cursor_find(f->cursor, has_name, "dkim-same", TRUE, &wrapped));
    g_assert_true(wrapped);
    g_assert_true(cursor_find(f->cursor, has_name, "root", FALSE, &wrapped));
    g_assert_true(wrapped);
    g_assert_false(cursor_find(f->cursor, has_name, "nobody", FALSE, &wrapped));
    assert_at(f->cursor, "root");
    g_assert_true(cursor_filter(f->cursor, TRUE));
    g_assert_false(cursor_find(f->cursor, has_name, "term", FALSE, &wrapped));
}

static void
test_no_tree(void)
{
    g_autoptr(Cursor) cursor = cursor_new(NULL);

    g_assert_cmpuint(cursor_rows(cursor)->len, ==, 0);
    g_assert_null(cursor_step(cursor));
    cursor_go(cursor, 3);
    cursor_restart(cursor);
    g_assert_false(cursor_next(cursor));
    g_assert_false(cursor_back(cursor));
    g_assert_false(cursor_fold(cursor));
    g_assert_false(cursor_unfold(cursor));
    g_assert_false(cursor_cause(cursor));
    g_assert_false(cursor_failing(cursor, 1));
}

/* The same tree with other words: nothing moves. One of another shape is refused. */
static void
test_follow(Fixture *f, gconstpointer data)
{
    Step *again = web_form(), *other = web_form();

    (void)data;
    cursor_fold(f->cursor);
    cursor_restart(f->cursor);
    cursor_next(f->cursor);
    cursor_next(f->cursor);
    g_autofree char *before = rows_text(f->cursor);
    const guint at = cursor_at(f->cursor), walked = cursor_walk_at(f->cursor);
    step_add(other, "more", "", NULL);
    g_assert_false(cursor_follow(f->cursor, other));
    g_autofree char *same = rows_text(f->cursor);
    g_assert_cmpstr(same, ==, before);
    g_assert_true(cursor_follow(f->cursor, again));
    g_autofree char *after = rows_text(f->cursor);
    g_assert_cmpstr(after, ==, before);
    g_assert_cmpuint(cursor_at(f->cursor), ==, at);
    g_assert_cmpuint(cursor_walk_at(f->cursor), ==, walked);
    g_assert_true(g_array_index(cursor_rows(f->cursor), CursorRow, 0).step == again);
    record_free(&step_type, other);
    record_free(&step_type, f->root);
    f->root = again;
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void      (*test)(Fixture *, gconstpointer);
    } tests[] = {
        { "/cursor/opening", test_opening },
        { "/cursor/opening-without-cause", test_opening_without_cause },
        { "/cursor/walk-order", test_walk_order },
        { "/cursor/walk-numbers", test_walk_numbers },
        { "/cursor/groups-follow", test_groups_follow_their_children },
        { "/cursor/back", test_back },
        { "/cursor/end-and-back", test_end_and_back },
        { "/cursor/fold", test_fold },
        { "/cursor/walk-over-folded", test_walk_over_folded },
        { "/cursor/unfolded-detail-walks", test_unfolded_detail_walks_too },
        { "/cursor/cause-unfolds", test_cause_unfolds },
        { "/cursor/failing", test_failing },
        { "/cursor/filter", test_filter },
        { "/cursor/find", test_find },
        { "/cursor/follow", test_follow },
    };

    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
    g_test_add_func("/cursor/no-tree", test_no_tree);
    return g_test_run();
}
