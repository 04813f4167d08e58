/* test-screen-move.c: searching, keys of one's own, clipboard and mouse, without a terminal.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "tui/find.h"
#include "tui/keymap.h"
#include "tui/page.h"
#include "tui/terminal/clipboard.h"
#include "tui/terminal/input.h"
#include "tui/terminal/links.h"

/* ---- searching ---- */

static void
test_fold(void)
{
    static const struct { const char *text, *want; } cases[] = {
        { "ABC xyz", "abc xyz" },
        { "\303\234bung", "\303\274bung" },     /* U with two dots: as long as the small one */
        { "\304\260X", "\304\260x" },                   /* dotted I: the small one is shorter */
        { "\377\303(A", "\377\303(a" },                 /* no UTF-8 */
        { "", "" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = find_fold(cases[i].text, strlen(cases[i].text));
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void
test_bytes(void)
{
    static const char text[] = "one two One TWO one";
    static const struct {
        gsize       from;
        const char *needle;
        gboolean    backward;
        int         at;
        gboolean    wrapped;
    } cases[] = {
        { 0, "one", FALSE, 0, FALSE },   { 1, "one", FALSE, 8, FALSE },
        { 9, "one", FALSE, 16, FALSE },  { 17, "one", FALSE, 0, TRUE },
        { 16, "one", TRUE, 8, FALSE },   { 0, "one", TRUE, 16, TRUE },
        { 8, "two", TRUE, 4, FALSE },    { 0, "three", FALSE, -1, TRUE },
        { 99, "two", FALSE, 4, TRUE },   { 0, "", FALSE, -1, FALSE },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        Find find = { .needle = cases[i].needle, .backward = cases[i].backward };
        gsize at = 0;
        const gboolean found = find_bytes(text, sizeof text - 1, cases[i].from, &find, &at);
        g_assert_cmpint(found ? (int)at : -1, ==, cases[i].at);
        g_assert_cmpint(find.wrapped, ==, cases[i].wrapped);
    }
}

/* A match that stands across the border of two pieces, and a text made to be slow. */
static void
test_large(void)
{
    const gsize size = 8u << 20;
    g_autofree char *text = g_malloc(size);
    g_autofree char *needle = g_strnfill(200, 'a');
    gsize at = 0;

    memset(text, 'a', size);
    for (gsize border = 1u << 20; border < size; border += 1u << 20)
        memcpy(text + border - 3, "NEEDLE", 6);
    Find find = { .needle = "needle" };
    for (guint i = 1; i < 8; i++) {
        g_assert_true(find_bytes(text, size, at + (i > 1), &find, &at));
        g_assert_cmpuint(at, ==, ((gsize)i << 20) - 3);
    }
    find.backward = TRUE;
    g_assert_true(find_bytes(text, size, at, &find, &at));
    g_assert_cmpuint(at, ==, ((gsize)6 << 20) - 3);
    needle[199] = 'b';
    find = (Find){ .needle = needle };
    g_assert_false(find_bytes(text, size, 0, &find, &at));
    needle[199] = 'a';
    needle[0] = 'b';
    g_assert_false(find_bytes(text, size, 0, &find, &at));
}

static void
test_page(void)
{
    g_autoptr(Page) page = page_new(20, FALSE);
    PagePlace place = { 0 };
    Find find = { .needle = "needle here" };

    for (guint i = 0; i < 50; i++) {
        const guint row = page_row(page);
        page_wrap(page, row, 0, 20, ROLE_TEXT,
                  i % 20 == 10 ? "some words first, then a NEEDLE here" : "nothing");
        page_item(page, row, GUINT_TO_POINTER(i));
    }
    page_fit(page, &place, 10);
    g_assert_true(page_find(page, &place, 10, &find));
    g_assert_cmpuint(GPOINTER_TO_UINT(page_target(page, &place)), ==, 10);
    g_assert_true(page_find(page, &place, 10, &find));
    g_assert_cmpuint(GPOINTER_TO_UINT(page_target(page, &place)), ==, 30);
    g_assert_false(find.wrapped);
    g_assert_true(page_find(page, &place, 10, &find));
    g_assert_cmpuint(GPOINTER_TO_UINT(page_target(page, &place)), ==, 10);
    g_assert_true(find.wrapped);
    find.backward = TRUE;
    g_assert_true(page_find(page, &place, 10, &find));
    g_assert_cmpuint(GPOINTER_TO_UINT(page_target(page, &place)), ==, 30);
    g_assert_true(find.wrapped);
    g_autofree char *text = page_item_text(page, &place);
    g_assert_cmpstr(text, ==, "some words first, then a NEEDLE here");
    find.needle = "nothingnothing";             /* cells are no one text */
    g_assert_false(page_find(page, &place, 10, &find));
}

/* ---- keys ---- */

static const char *
keys_of(const Keymap *keymap, const char *command)
{
    for (const Binding *binding = keymap_bindings(keymap); binding->keys; binding++)
        if (g_str_equal(binding->command, command))
            return binding->keys;
    return NULL;
}

static void
assert_fault(const Keymap *keymap, const char *command, const char *keys, const char *part)
{
    g_autofree char *fault = keymap_fault(keymap, command, keys);

    if (part)
        g_assert_true(fault && strstr(fault, part));
    else
        g_assert_cmpstr(fault, ==, NULL);
}

static void
test_keymap(void)
{
    g_autoptr(Keymap) keymap = keymap_new();
    const Binding *table = keymap_bindings(keymap);

    keymap_wish(keymap, "overview", "2");       /* these two change keys */
    keymap_wish(keymap, "tree", "1,X");
    keymap_wish(keymap, "results", "1");        /* the later one gives way */
    keymap_wish(keymap, "quit", "F99");
    keymap_wish(keymap, "nobody", "z");
    keymap_wish(keymap, "copy", "z");
    keymap_wish(keymap, "copy", "Z");
    keymap_wish(keymap, "paste-open", "o");     /* a letter is text there */
    keymap_settle(keymap);
    g_assert_cmpstr(keys_of(keymap, "overview"), ==, "2");
    g_assert_cmpstr(keys_of(keymap, "tree"), ==, "1, X");
    g_assert_cmpstr(keys_of(keymap, "results"), ==, "3");
    g_assert_cmpstr(keys_of(keymap, "copy"), ==, "Z");
    g_assert_cmpstr(keys_of(keymap, "paste-open"), ==, "Ctrl-D");
    assert_fault(keymap, "overview", "2", NULL);
    assert_fault(keymap, "tree", "1,X", NULL);
    assert_fault(keymap, "results", "1", "1 is a key of tree");
    assert_fault(keymap, "quit", "F99", "F99");
    assert_fault(keymap, "nobody", "z", "nobody");
    assert_fault(keymap, "copy", "z", NULL);
    assert_fault(keymap, "paste-open", "o", "o");
    g_assert_cmpstr(keys_find_in(table, '2', IN_RESULTS)->command, ==, "overview");
    g_assert_cmpstr(keys_find_in(table, 'X', IN_LIST)->command, ==, "tree");
    g_assert_null(keys_find_in(table, 'y', IN_TREE));
}

/* A wish that is refused gives its command a key back that another one took. */
static void
test_keymap_chain(void)
{
    g_autoptr(Keymap) keymap = keymap_new();

    keymap_wish(keymap, "tree", "3");
    keymap_wish(keymap, "results", "1");
    keymap_settle(keymap);
    g_assert_cmpstr(keys_of(keymap, "tree"), ==, "2");
    g_assert_cmpstr(keys_of(keymap, "results"), ==, "3");
    assert_fault(keymap, "results", "1", "overview");
    assert_fault(keymap, "tree", "3", "results");
}

/* ---- the clipboard ---- */

static void
test_clean(void)
{
    static const struct { const char *text; gboolean lines; const char *want; } cases[] = {
        { "example.jp", FALSE, "example.jp" },
        { "a\r\n b\tc\n", FALSE, "a  b c " },
        { "a\nb", TRUE, "a\nb" },
        { "x\033]52;c;AA\007", FALSE, "x\\x1B]52;c;AA\\x07" },
        { "a\342\200\256b\302\233c\177", TRUE, "a<U+202E>b\\x9Bc\\x7F" },
        { "\377\343\201\202", FALSE, "\\xFF\343\201\202" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = clipboard_clean(cases[i].text, cases[i].lines);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
    g_autofree char *long_text = g_strnfill(3 * CLIPBOARD_MAX, 'x');
    g_autofree char *cut = clipboard_clean(long_text, FALSE);
    g_assert_cmpuint(strlen(cut), ==, CLIPBOARD_MAX);
}

static void
test_sequence(void)
{
    g_autofree char *direct = clipboard_sequence("hello", CLIPBOARD_DIRECT);
    g_autofree char *tmux = clipboard_sequence("hello", CLIPBOARD_TMUX);
    g_autofree char *text = g_strnfill(3000, 'x');
    g_autofree char *screen = clipboard_sequence(text, CLIPBOARD_SCREEN);

    g_assert_cmpstr(direct, ==, "\033]52;c;aGVsbG8=\007");
    g_assert_cmpstr(tmux, ==, "\033]52;c;aGVsbG8=\007\033Ptmux;\033\033]52;c;aGVsbG8=\007\033\\");
    /* What screen passes on is the plain sequence, each piece short enough for it. */
    g_autofree char *plain = clipboard_sequence(text, CLIPBOARD_DIRECT);
    g_autoptr(GString) passed = g_string_new(NULL);
    g_auto(GStrv) pieces = g_strsplit(screen, "\033\\", -1);
    for (char **piece = pieces; *piece && **piece; piece++) {
        g_assert_true(g_str_has_prefix(*piece, "\033P"));
        g_assert_cmpuint(strlen(*piece), <, 768);
        g_string_append(passed, *piece + 2);
    }
    g_assert_cmpstr(passed->str, ==, plain);
}

/* ---- links ---- */

static void
test_links(void)
{
    static const struct { const char *text, *page; gsize length; } cases[] = {
        { "RFC 9989, 4.10.2", "https://www.rfc-editor.org/rfc/rfc9989.html#section-4.10.2", 16 },
        { "RFC 7208 2.4 and", "https://www.rfc-editor.org/rfc/rfc7208.html#section-2.4", 12 },
        { "RFC 6376, 3.5. More", "https://www.rfc-editor.org/rfc/rfc6376.html#section-3.5", 13 },
        { "RFC 5322", "https://www.rfc-editor.org/rfc/rfc5322.html", 8 },
        { "RFC 6376, appendix", "https://www.rfc-editor.org/rfc/rfc6376.html", 8 },
        { "RFC 123456", NULL, 0 }, { "RFC x", NULL, 0 }, { "see RFC 5322", NULL, 0 },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize length = 0;
        g_autofree char *page = links_page(cases[i].text, &length);
        g_assert_cmpstr(page, ==, cases[i].page);
        g_assert_cmpuint(length, ==, cases[i].length);
    }
    const Style style = { -1, -1, 0 };
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_false(links_add(out, 0, 0, &style, 8, "no reference", 0));
    g_assert_cmpuint(out->len, ==, 0);
    g_assert_true(links_add(out, 10, 4, &style, 8, "RFC 1, 2 and RFC 3, 4", 0));
    g_assert_nonnull(strstr(out->str, "\033[5;11H"));
    g_assert_nonnull(strstr(out->str, "\033[5;24H"));
    g_string_truncate(out, 0);
    g_assert_true(links_add(out, 10, 4, &style, 8, "RFC 1, 2\343\200\201RFC 3, 4", 0));   /* U+3001 takes two columns */
    g_assert_nonnull(strstr(out->str, "\033[5;21H"));
}

/* ---- the mouse ---- */

static guint
feed(Input *input, const char *bytes, gboolean typing)
{
    guint code = KEYCODE_NONE;

    input_feed(input, bytes, strlen(bytes), g_get_monotonic_time());
    return input_next(input, typing, TRUE, &code) == INPUT_KEY ? code : KEYCODE_NONE;
}

static void
assert_mouse(Input *input, const char *bytes, MouseKind kind, guint x, guint y)
{
    g_assert_cmpuint(feed(input, bytes, FALSE), ==, KEYCODE_MOUSE);
    const InputMouse mouse = input_mouse(input);
    g_assert_cmpint(mouse.kind, ==, kind);
    g_assert_cmpuint(mouse.x, ==, x);
    g_assert_cmpuint(mouse.y, ==, y);
}

static void
test_mouse(void)
{
    g_autoptr(Input) input = input_new(TRUE);

    assert_mouse(input, "\033[<0;5;2M", MOUSE_PRESS, 4, 1);
    assert_mouse(input, "\033[<0;5;2m", MOUSE_CLICK, 4, 1);
    assert_mouse(input, "\033[<0;5;2m", MOUSE_OTHER, 4, 1);         /* pressed before we came */
    assert_mouse(input, "\033[<0;5;2M", MOUSE_PRESS, 4, 1);
    assert_mouse(input, "\033[<0;9;2m", MOUSE_OTHER, 8, 1);         /* dragged away */
    assert_mouse(input, "\033[<64;1;1M", MOUSE_WHEEL_UP, 0, 0);
    assert_mouse(input, "\033[<69;80;24M", MOUSE_WHEEL_DOWN, 79, 23);  /* with Shift held */
    assert_mouse(input, "\033[<2;1;1M", MOUSE_OTHER, 0, 0);
    assert_mouse(input, "\033[<0;99999999999;99999999999M", MOUSE_PRESS, 65534, 65534);
    static const char *const wrong[] = { "\033[<0;0;1M",   "\033[<;;M",     "\033[<0;1M",
                                         "\033[<0;1;2;3M", "\033[<0:1;2M", "\033[<0;1;2~" };
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
        g_assert_cmpuint(feed(input, wrong[i], FALSE), ==, KEYCODE_OTHER);
    g_assert_cmpuint(feed(input, "j", FALSE), ==, 'j');
}

/* Two of them at once are no text that somebody pastes. */
static void
test_mouse_typing(void)
{
    g_autoptr(Input) input = input_new(TRUE);
    guint code = KEYCODE_NONE;

    g_assert_cmpuint(feed(input, "\033[<0;5;2M\033[<0;5;2m", TRUE), ==, KEYCODE_MOUSE);
    g_assert_cmpint(input_next(input, TRUE, TRUE, &code), ==, INPUT_KEY);
    g_assert_cmpuint(code, ==, KEYCODE_MOUSE);
    g_assert_cmpint(input_mouse(input).kind, ==, MOUSE_CLICK);
    g_assert_cmpint(input_next(input, TRUE, TRUE, &code), ==, INPUT_NOTHING);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/screen/move/fold", test_fold);
    g_test_add_func("/screen/move/bytes", test_bytes);
    g_test_add_func("/screen/move/large", test_large);
    g_test_add_func("/screen/move/page", test_page);
    g_test_add_func("/screen/move/keymap", test_keymap);
    g_test_add_func("/screen/move/keymap-chain", test_keymap_chain);
    g_test_add_func("/screen/move/clean", test_clean);
    g_test_add_func("/screen/move/sequence", test_sequence);
    g_test_add_func("/screen/move/links", test_links);
    g_test_add_func("/screen/move/mouse", test_mouse);
    g_test_add_func("/screen/move/mouse-typing", test_mouse_typing);
    return g_test_run();
}
