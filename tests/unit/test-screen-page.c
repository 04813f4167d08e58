/* test-screen-page.c: moving in a list, labels with values on a page, the panes of the signatures.
 * SPDX-License-Identifier: MIT */
#include "tui/page.h"
#include "tui/view/signature-panes.h"

/* ---- a list ---- */

static void
test_moves(void)
{
    static const struct {
        Move  move;
        guint at, count, page, to;
    } cases[] = {
        { MOVE_UP, 5, 10, 4, 4 },          { MOVE_UP, 0, 10, 4, 0 },
        { MOVE_DOWN, 5, 10, 4, 6 },        { MOVE_DOWN, 9, 10, 4, 9 },
        { MOVE_PAGE_UP, 5, 10, 4, 1 },     { MOVE_PAGE_UP, 3, 10, 4, 0 },
        { MOVE_PAGE_DOWN, 5, 10, 4, 9 },   { MOVE_PAGE_DOWN, 1, 10, 4, 5 },
        { MOVE_PAGE_DOWN, 7, 10, 4, 9 },   { MOVE_FIRST, 5, 10, 4, 0 },
        { MOVE_LAST, 5, 10, 4, 9 },        { MOVE_PAGE_DOWN, 5, 10, G_MAXUINT, 9 },
        { MOVE_PAGE_UP, 5, 10, G_MAXUINT, 0 },
        /* The list became shorter, or there is none. */
        { MOVE_UP, 20, 10, 4, 8 },         { MOVE_DOWN, 20, 10, 4, 9 },
        { MOVE_UP, 3, 0, 4, 0 },           { MOVE_DOWN, 0, 0, 4, 0 },
        { MOVE_PAGE_DOWN, 0, 0, 4, 0 },    { MOVE_LAST, 0, 0, 4, 0 },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpuint(move_row(cases[i].move, cases[i].at, cases[i].count, cases[i].page), ==,
                         cases[i].to);
}

/* ---- labels and values ---- */

static void
assert_cell(const Page *page, guint index, guint row, guint x, const char *text)
{
    const PageCell cell = page_cell(page, index);

    g_assert_cmpuint(cell.row, ==, row);
    g_assert_cmpuint(cell.x, ==, x);
    g_autofree char *found = g_strndup(cell.text, cell.length);
    g_assert_cmpstr(found, ==, text);
}

/* A long label and a long value are wrapped side by side; the next pair stands below both. */
static void
test_pairs(void)
{
    g_autoptr(Page) page = page_new(20, 0);

    page_pair(page, 2, 8, ROLE_LABEL, "label", ROLE_TEXT, "a value that is long");
    g_assert_cmpuint(page_length(page), ==, 2);
    page_pair(page, 2, 8, ROLE_LABEL, "one two three", ROLE_TEXT, "value");
    g_assert_cmpuint(page_length(page), ==, 5);
    g_assert_cmpuint(page_cells(page), ==, 4);
    assert_cell(page, 0, 0, 2, "label");
    assert_cell(page, 1, 0, 8, "a value that is long");
    assert_cell(page, 2, 2, 2, "one two three");
    assert_cell(page, 3, 2, 8, "value");
}

static void
test_facts(void)
{
    g_autoptr(Page) page = page_new(20, 0);

    page_fact(page, 8, "none", ROLE_TEXT, NULL);
    page_fact(page, 8, "empty", ROLE_TEXT, "");
    g_assert_cmpuint(page_length(page), ==, 0);
    page_fact(page, 8, "d=", ROLE_TEXT, "example");
    g_assert_cmpuint(page_length(page), ==, 1);
    assert_cell(page, 0, 0, 1, "d=");
    assert_cell(page, 1, 0, 8, "example");
}

/* A line to copy stays in one row where it can; else one sees that its rows are one line. */
static void
test_settings(void)
{
    static const struct { const char *line, *shown; } cases[] = {
        { "sixteen bytes ..", "    sixteen bytes ..\n" },
        { "twenty bytes of text", "twenty bytes of text\n" },      /* whole from the edge only */
        { "twenty-one bytes, text", "    twenty-one\n      bytes, text\n" },
        { "  (\"v=spf1 a mx -all\" )", "      (\"v=spf1 a\n        mx -all\" )\n" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Page) page = page_new(20, 0);
        g_autoptr(Canvas) canvas = canvas_new(20, 2);
        PagePlace place = { 0, 0, 0 };
        page_setting(page, 4, ROLE_LABEL, cases[i].line);
        page_fit(page, &place, 2);
        page_draw(page, &place, canvas, (Rect){ 0, 0, 20, 2 });
        g_autofree char *seen = canvas_text(canvas);
        g_assert_true(g_str_has_prefix(seen, cases[i].shown));
        const PageCell cell = page_cell(page, 0);
        g_autofree char *copied = g_strndup(cell.text, cell.length);
        g_assert_cmpstr(copied, ==, cases[i].line);
    }
}

/* ---- the panes of the signatures ---- */

/* Tab goes round all that is on the screen, and comes back. */
static void
test_round(void)
{
    const Panes wide = panes_for(160, 40, 4, SIDE_FACTS, FOCUS_LIST);
    const Panes facts = panes_for(80, 24, 4, SIDE_FACTS, FOCUS_LIST);
    const Panes bytes = panes_for(80, 24, 4, SIDE_BODY, FOCUS_LIST);
    const Panes small = panes_for(40, 7, 4, SIDE_FACTS, FOCUS_LIST);

    g_assert_cmpint(wide.side, ==, SIDE_COVERED);       /* the facts stand beside */
    g_assert_cmpint(panes_next(&wide, SIDE_FACTS, FOCUS_LIST), ==, FOCUS_FACTS);
    g_assert_cmpint(panes_next(&wide, SIDE_FACTS, FOCUS_FACTS), ==, FOCUS_SHEET);
    g_assert_cmpint(panes_next(&wide, SIDE_FACTS, FOCUS_SHEET), ==, FOCUS_LIST);
    g_assert_cmpint(panes_next(&facts, SIDE_FACTS, FOCUS_LIST), ==, FOCUS_FACTS);
    g_assert_cmpint(panes_next(&facts, SIDE_FACTS, FOCUS_FACTS), ==, FOCUS_LIST);
    g_assert_cmpint(panes_next(&bytes, SIDE_BODY, FOCUS_LIST), ==, FOCUS_SHEET);
    g_assert_cmpint(panes_next(&bytes, SIDE_BODY, FOCUS_SHEET), ==, FOCUS_LIST);
    /* Only the list is there: what is asked for comes in its place. */
    g_assert_cmpuint(small.facts.height + small.sheet.height, ==, 0);
    g_assert_cmpint(panes_next(&small, SIDE_FACTS, FOCUS_LIST), ==, FOCUS_FACTS);
    g_assert_cmpint(panes_next(&small, SIDE_BODY, FOCUS_LIST), ==, FOCUS_SHEET);
}

/* What left the screen has no keys. */
static void
test_keys(void)
{
    const Panes facts = panes_for(80, 24, 4, SIDE_FACTS, FOCUS_LIST);
    const Panes bytes = panes_for(80, 24, 4, SIDE_BODY, FOCUS_LIST);
    const Panes small = panes_for(40, 7, 4, SIDE_BODY, FOCUS_SHEET);

    g_assert_cmpint(panes_focus(&facts, FOCUS_SHEET), ==, FOCUS_FACTS);
    g_assert_cmpint(panes_focus(&bytes, FOCUS_FACTS), ==, FOCUS_LIST);
    g_assert_cmpuint(small.list.height, ==, 0);
    g_assert_cmpint(panes_focus(&small, FOCUS_FACTS), ==, FOCUS_SHEET);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/page/moves", test_moves);
    g_test_add_func("/page/pairs", test_pairs);
    g_test_add_func("/page/facts", test_facts);
    g_test_add_func("/page/settings", test_settings);
    g_test_add_func("/page/panes-round", test_round);
    g_test_add_func("/page/panes-keys", test_keys);
    return g_test_run();
}
