/* test-screen-input.c: what is a key, and what is text, whatever a terminal sends.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "tui/keys.h"
#include "tui/terminal/input.h"

#define BEGIN "\x1B[200~"
#define END "\x1B[201~"

typedef struct {
    Input *input;
    gint64 now;
} Terminal;

static void
set_up(Terminal *terminal, gconstpointer data)
{
    (void)data;
    terminal->input = input_new(TRUE);
    terminal->now = 10 * G_USEC_PER_SEC;
}

static void
tear_down(Terminal *terminal, gconstpointer data)
{
    (void)data;
    input_free(terminal->input);
}

static void
feed(Terminal *terminal, const char *bytes)
{
    input_feed(terminal->input, bytes, strlen(bytes), terminal->now);
}

/* What comes out until nothing does: keys as "<61>", texts as "[...]". */
static char *
events(Terminal *terminal, gboolean typing, gboolean silent)
{
    GString *out = g_string_new(NULL);
    guint code = 0;

    for (;;) {
        const InputKind kind = input_next(terminal->input, typing, silent, &code);
        if (kind == INPUT_NOTHING)
            return g_string_free(out, FALSE);
        if (kind == INPUT_KEY) {
            g_string_append_printf(out, "<%X>", code);
            continue;
        }
        const InputText text = input_take_text(terminal->input);
        gsize length = 0;
        const char *bytes = g_bytes_get_data(text.bytes, &length);
        g_string_append(out, text.marked ? "[" : "{");
        g_string_append_len(out, bytes, (gssize)length);
        g_string_append(out, text.marked ? "]" : "}");
        g_bytes_unref(text.bytes);
    }
}

#define expect(terminal, typing, silent, want) \
    G_STMT_START { \
        g_autofree char *got_ = events(terminal, typing, silent); \
        g_assert_cmpstr(got_, ==, want); \
    } G_STMT_END

/* What a terminal says of itself is taken from among the keys; nobody waiting for it, it is nothing. */
static void
test_background(Terminal *terminal, gconstpointer data)
{
    static const struct { const char *bytes; guint rgb; } cases[] = {
        { "\x1B]11;rgb:ffff/8080/0000\x1B\\", 0xFF8000 }, { "\x1B]11;rgb:fd/f6/e3\x07", 0xFDF6E3 },
        { "a\x1B]11;rgba:1234/5678/9abc/ffff\x1B\\b", 0x12569A }, { "\x1B]11;rgb:f/0/8\x07", 0xFF0088 },
    };
    static const char *const none[] = { "\x1B]11;rgb:ffff/ffff\x1B\\", "\x1B]11;white\x07", "\x1B]11;\x07",
                                        "\x1B]11;rgb:ggg/0/0\x07" };
    guint rgb = 0;

    (void)data;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        feed(terminal, cases[i].bytes);
        g_assert_true(input_take_background(terminal->input, &rgb));
        g_assert_cmphex(rgb, ==, cases[i].rgb);
        g_assert_false(input_take_background(terminal->input, &rgb));
    }
    expect(terminal, FALSE, TRUE, "<61><62>");
    for (guint i = 0; i < G_N_ELEMENTS(none); i++) {
        feed(terminal, none[i]);
        g_assert_false(input_take_background(terminal->input, &rgb));
    }
    expect(terminal, FALSE, TRUE, "");
    feed(terminal, "\x1B]11;rgb:ff");                /* its end is still to come */
    g_assert_false(input_take_background(terminal->input, &rgb));
    expect(terminal, FALSE, FALSE, "");
    feed(terminal, "ff/ffff/ffff\x1B");
    expect(terminal, FALSE, FALSE, "");
    feed(terminal, "\\q");
    g_autofree char *late = g_strdup_printf("<%X><71>", KEYCODE_NONE);
    expect(terminal, FALSE, FALSE, late);
    feed(terminal, "\x1B]");                         /* a hand: Esc, and a key */
    expect(terminal, FALSE, FALSE, "");
    expect(terminal, FALSE, TRUE, "<1B><5D>");
}

static void
test_keys(Terminal *terminal, gconstpointer data)
{
    (void)data;
    feed(terminal, "aq\x7F\x03\n\xE3\x81\x82");
    g_autofree char *want = g_strdup_printf("<61><71><%X><3><D><3042>", KEYCODE_BACKSPACE);
    expect(terminal, FALSE, FALSE, want);
    feed(terminal, "\x1B[A\x1BOB\x1B[5~\x1B[1;5C\x1B[Z");
    g_autofree char *arrows = g_strdup_printf("<%X><%X><%X><%X><%X>", KEYCODE_UP, KEYCODE_DOWN,
                                              KEYCODE_PAGE_UP, KEYCODE_OTHER, KEYCODE_OTHER);
    expect(terminal, FALSE, FALSE, arrows);
}

/* A lone Esc is one when nothing follows it; a sequence in two parts is one all the same. */
static void
test_escape(Terminal *terminal, gconstpointer data)
{
    (void)data;
    feed(terminal, "\x1B");
    expect(terminal, FALSE, FALSE, "");
    g_assert_cmpuint(input_patience(terminal->input, FALSE), >, 0);
    expect(terminal, FALSE, TRUE, "<1B>");
    g_assert_cmpuint(input_patience(terminal->input, FALSE), ==, 0);
    feed(terminal, "\x1B[");
    expect(terminal, FALSE, FALSE, "");
    feed(terminal, "B");
    g_autofree char *down = g_strdup_printf("<%X>", KEYCODE_DOWN);
    expect(terminal, FALSE, FALSE, down);
    feed(terminal, "\x1Bq");
    expect(terminal, FALSE, FALSE, "<1B><71>");
}

static void
test_learned(Terminal *terminal, gconstpointer data)
{
    (void)data;
    input_learn(terminal->input, "\x1B[[A!", KEYCODE_HOME);
    feed(terminal, "\x1B[[A!x");
    g_autofree char *want = g_strdup_printf("<%X><78>", KEYCODE_HOME);
    expect(terminal, FALSE, FALSE, want);
}

static void
test_pasted(Terminal *terminal, gconstpointer data)
{
    (void)data;
    feed(terminal, "j" BEGIN "q\x1B\x03\x04\rnext\r\nlast" END);
    expect(terminal, FALSE, FALSE, "<6A>");
    expect(terminal, FALSE, TRUE, "[q\x1B\x03\x04\nnext\nlast]");
    feed(terminal, "k");
    expect(terminal, FALSE, FALSE, "<6B>");
}

/* Marks may come in pieces, and behind them text, too. */
static void
test_pieces(Terminal *terminal, gconstpointer data)
{
    static const char paste[] = BEGIN "a\x1B[20b\x1B[201c" END;

    (void)data;
    for (gsize i = 0; i + 1 < sizeof paste; i++) {
        input_feed(terminal->input, paste + i, 1, terminal->now);
        expect(terminal, FALSE, FALSE, "");
    }
    expect(terminal, FALSE, TRUE, "[a\x1B[20b\x1B[201c]");
}

/* The closing mark within a crafted text, and what was to act as keys behind it. */
static void
test_crafted_end(Terminal *terminal, gconstpointer data)
{
    (void)data;
    feed(terminal, BEGIN "From: a" END "q\rx\x04" END);
    expect(terminal, FALSE, FALSE, "");
    g_assert_cmpuint(input_patience(terminal->input, FALSE), >=, 50);
    expect(terminal, FALSE, TRUE, "[From: aq\nx\x04]");
    feed(terminal, BEGIN "a" END BEGIN "b" END);
    expect(terminal, FALSE, FALSE, "");
    expect(terminal, FALSE, TRUE, "[ab]");
}

/* What came of a paste that stalls is shown; what follows is text all the same, until it ends. */
static void
test_stalled(Terminal *terminal, gconstpointer data)
{
    (void)data;
    feed(terminal, BEGIN "half");
    expect(terminal, FALSE, FALSE, "");
    g_assert_cmpuint(input_patience(terminal->input, FALSE), >=, 500);
    guint code;
    g_assert_cmpint(input_next(terminal->input, FALSE, TRUE, &code), ==, INPUT_TEXT);
    g_bytes_unref(input_take_text(terminal->input).bytes);
    feed(terminal, "q" END);
    expect(terminal, FALSE, FALSE, "");
    expect(terminal, FALSE, TRUE, "[q]");
}

/* A terminal that never sends the end: Esc, alone and late, is a person's. */
static void
test_dead_terminal(Terminal *terminal, gconstpointer data)
{
    (void)data;
    feed(terminal, BEGIN "text\x1B");
    expect(terminal, FALSE, FALSE, "");
    terminal->now += 2 * G_USEC_PER_SEC;
    feed(terminal, "\x1B");
    expect(terminal, FALSE, FALSE, "[text\x1B]");
    feed(terminal, "q");
    expect(terminal, FALSE, FALSE, "<71>");
}

/* Where text is asked for one byte is a key, several at once are text. */
static void
test_typing(Terminal *terminal, gconstpointer data)
{
    (void)data;
    feed(terminal, "a");
    expect(terminal, TRUE, FALSE, "");
    expect(terminal, TRUE, TRUE, "<61>");
    feed(terminal, "\x04");
    expect(terminal, TRUE, TRUE, "<4>");
    feed(terminal, "\x1B[A");
    g_autofree char *up = g_strdup_printf("<%X>", KEYCODE_UP);
    expect(terminal, TRUE, TRUE, up);
    feed(terminal, "ab\x04q\x1B\rx");
    expect(terminal, TRUE, TRUE, "{ab\x04q\x1B\nx}");
    feed(terminal, "\x1B[Aq");
    expect(terminal, TRUE, TRUE, "{\x1B[Aq}");
    feed(terminal, "ab" BEGIN "\x04" END);
    expect(terminal, TRUE, TRUE, "{ab}[\x04]");
}

/* Headers that come at once without marks; held keys that were not read in time are keys. */
static void
test_flood(Terminal *terminal, gconstpointer data)
{
    g_autoptr(GString) held = g_string_new(NULL);
    g_autoptr(GString) want = g_string_new(NULL);

    (void)data;
    feed(terminal,
         "Received: from mail.example.com by mx.example.net with ESMTP id 1\rFrom: q\r\x04");
    expect(terminal, FALSE, FALSE, "");
    expect(terminal, FALSE, TRUE,
           "{Received: from mail.example.com by mx.example.net with ESMTP id 1\nFrom: q\n\x04}");
    /* Many keys and Return, but no colon: no header. */
    feed(terminal, "jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjk\r");
    for (guint i = 0; i < 70; i++)
        g_string_append(want, "<6A>");
    g_string_append(want, "<6B><D>");
    expect(terminal, FALSE, FALSE, want->str);
    g_string_truncate(want, 0);
    for (guint i = 0; i < 100; i++) {
        g_string_append(held, "j");
        g_string_append(want, "<6A>");
    }
    feed(terminal, held->str);
    expect(terminal, FALSE, FALSE, want->str);
}

static void
test_too_long(Terminal *terminal, gconstpointer data)
{
    g_autofree char *chunk = g_strnfill(1 << 20, 'x');
    guint code;

    (void)data;
    feed(terminal, BEGIN);
    for (guint i = 0; i < 33; i++) {
        input_feed(terminal->input, chunk, 1 << 20, terminal->now);
        g_assert_cmpint(input_next(terminal->input, FALSE, FALSE, &code), ==, INPUT_NOTHING);
    }
    feed(terminal, END);
    g_assert_cmpint(input_next(terminal->input, FALSE, FALSE, &code), ==, INPUT_NOTHING);
    g_assert_cmpint(input_next(terminal->input, FALSE, TRUE, &code), ==, INPUT_TEXT);
    const InputText text = input_take_text(terminal->input);
    g_assert_true(text.cut);
    g_assert_cmpuint(g_bytes_get_size(text.bytes), ==, INPUT_TEXT_MAX);
    g_bytes_unref(text.bytes);
}

/* Whatever comes, in whatever pieces, it ends and nothing is read twice. */
static void
test_random(Terminal *terminal, gconstpointer data)
{
    static const char *const pieces[] = {BEGIN,  END,  "\x1B",   "[",     "20",
                                         "~",    "q",  "\r",     "\xE3",  "\x81",
                                         "\x04", "ab", "\x1B[A", "\x1BO", "\x80"};

    (void)data;
    for (guint round = 0; round < 20000; round++) {
        feed(terminal, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
        if (g_test_rand_bit())
            terminal->now += 3 * G_USEC_PER_SEC;
        const gboolean silent = g_test_rand_bit();
        guint code, seen = 0;
        InputKind kind;
        while ((kind = input_next(terminal->input, g_test_rand_bit(), silent, &code)) !=
               INPUT_NOTHING) {
            if (kind == INPUT_TEXT)
                g_bytes_unref(input_take_text(terminal->input).bytes);
            g_assert_cmpuint(++seen, <, 100000);
        }
    }
}

#define add(name, test) g_test_add("/screen/input/" name, Terminal, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("background", test_background);
    add("keys", test_keys);
    add("escape", test_escape);
    add("learned", test_learned);
    add("pasted", test_pasted);
    add("pieces", test_pieces);
    add("crafted-end", test_crafted_end);
    add("stalled", test_stalled);
    add("dead-terminal", test_dead_terminal);
    add("typing", test_typing);
    add("flood", test_flood);
    add("too-long", test_too_long);
    add("random", test_random);
    return g_test_run();
}
