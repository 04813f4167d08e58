/* test-screen-typed.c: which files a person named, by the keys that they pressed.
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "process/keeper-wire.h"
#include "tui/front/typed.h"
#include "tui/keys.h"

typedef struct {
    char   *root;
    Keeper *keeper;
    Typed  *typed;
    int     line[2];
} Desk;

static void
set_up(Desk *desk, gconstpointer unused)
{
    (void)unused;
    desk->root = g_dir_make_tmp("typed-XXXXXX", NULL);
    g_assert_cmpint(chdir(desk->root), ==, 0);
    g_assert_true(g_file_set_contents("a b.eml", "x", 1, NULL));
    g_assert_true(g_file_set_contents("a.eml", "x", 1, NULL));
    desk->keeper = keeper_new();
    desk->typed = typed_new(desk->keeper);
    g_assert_true(keeper_line(desk->line));
}

static void
tear_down(Desk *desk, gconstpointer unused)
{
    (void)unused;
    typed_free(desk->typed);
    keeper_free(desk->keeper);
    close(desk->line[0]);
    close(desk->line[1]);
    g_unlink("a b.eml");
    g_unlink("a.eml");
    g_assert_cmpint(chdir("/"), ==, 0);
    g_rmdir(desk->root);
    g_free(desk->root);
}

/* Whether the core may have it now. */
static gboolean
may(const Desk *desk, KeeperOp op, const char *path)
{
    const KeeperAsk ask = { .op = op };
    g_autoptr(GByteArray) packet = g_byte_array_new();
    KeeperAnswer answer;

    g_byte_array_append(packet, (const guint8 *)&ask, sizeof ask);
    g_byte_array_append(packet, (const guint8 *)path, (guint)strlen(path));
    g_assert_cmpint((int)write(desk->line[1], packet->data, packet->len), ==, (int)packet->len);
    g_assert_true(keeper_serve(desk->keeper, desk->line[0]));
    g_assert_cmpint((int)read(desk->line[1], &answer, sizeof answer), ==, (int)sizeof answer);
    keeper_left(desk->keeper);
    return answer.number == 0 || answer.number == ENOENT;
}

/* '^' stands for Esc, '\r' for Enter, '\b' for Backspace, '\4' for Ctrl-D, '>' for a key that moves. */
static void
press(const Desk *desk, const char *keys)
{
    for (; *keys; keys++)
        typed_key(desk->typed, *keys == '^'    ? 0x1Bu
                               : *keys == '\b' ? (guint)KEYCODE_BACKSPACE
                               : *keys == '>'  ? (guint)KEYCODE_DOWN
                                               : (guint)*keys);
}

static void
paste(const Desk *desk, const char *text, gboolean marked)
{
    const InputText given = { g_bytes_new(text, strlen(text)), marked, FALSE };

    typed_text(desk->typed, &given);
    g_bytes_unref(given.bytes);
}

static void
test_commands(Desk *desk, gconstpointer unused)
{
    static const struct { const char *keys; KeeperOp op; const char *path; gboolean may; } cases[] = {
        { ":open a b.eml\r", KEEPER_OPEN, "a b.eml", TRUE },
        { ":open /etc/hostname\r", KEEPER_OPEN, "/etc/hostname", TRUE },
        { "jj:op\ta.eml \r", KEEPER_OPEN, "a.eml", TRUE },
        { ":open x\b\ba.eml\r", KEEPER_OPEN, "a.eml", FALSE },
        { ":open x\ba.eml\r", KEEPER_OPEN, "a.eml", TRUE },
        { ":open a.eml", KEEPER_OPEN, "a.eml", FALSE },
        { ":open a.eml^\r", KEEPER_OPEN, "a.eml", FALSE },
        { ":open >a.eml\r", KEEPER_OPEN, "a.eml", FALSE },
        { ": a.eml\r", KEEPER_OPEN, "a.eml", FALSE },
        { "/etc/hostname\r", KEEPER_OPEN, "/etc/hostname", FALSE },
        { "/see /etc/hostname\r", KEEPER_OPEN, "/etc/hostname", FALSE },
        { ":search /etc/hostname\r", KEEPER_OPEN, "/etc/hostname", FALSE },
        { ":what-if ip=/etc/hostname\r", KEEPER_OPEN, "/etc/hostname", FALSE },
        { ":export html /tmp/x.sh\r", KEEPER_NEW, "/tmp/x.sh", TRUE },
        { ":export html /tmp/x.sh\r", KEEPER_OPEN, "/tmp/x.sh", FALSE },
        { ":export /tmp/x.sh\r", KEEPER_NEW, "/tmp/x.sh", FALSE },
        { ":class k.csv owl\r", KEEPER_REPLACE, "k.csv", TRUE },
        { ":class a.eml owl\r", KEEPER_REPLACE, "a.eml", FALSE },
        { ":open a.eml\r", KEEPER_REPLACE, "a.eml", FALSE },
    };

    (void)unused;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Desk other = { .root = desk->root, .keeper = keeper_new(), .line = { desk->line[0], desk->line[1] } };
        other.typed = typed_new(other.keeper);
        g_test_message("%s", cases[i].keys);
        g_assert_false(may(&other, cases[i].op, cases[i].path));
        press(&other, cases[i].keys);
        g_assert_cmpint(may(&other, cases[i].op, cases[i].path), ==, cases[i].may);
        typed_free(other.typed);
        keeper_free(other.keeper);
    }
}

static void
test_dropped(Desk *desk, gconstpointer unused)
{
    (void)unused;
    paste(desk, "a.eml", FALSE);        /* bytes that came fast: not until a key says so */
    g_assert_false(may(desk, KEEPER_OPEN, "a.eml"));
    press(desk, "\4");
    g_assert_true(may(desk, KEEPER_OPEN, "a.eml"));
    paste(desk, "'a b.eml' \n", TRUE);
    g_assert_true(may(desk, KEEPER_OPEN, "a b.eml"));
    press(desk, "^");
    paste(desk, "/etc/host", FALSE);
    paste(desk, "name", FALSE);
    press(desk, "\4");
    g_assert_true(may(desk, KEEPER_OPEN, "/etc/hostname"));
    paste(desk, "file:///etc/passwd", TRUE);
    g_assert_true(may(desk, KEEPER_OPEN, "/etc/passwd"));
}

static void
test_pasted_message(Desk *desk, gconstpointer unused)
{
    (void)unused;
    paste(desk, "X\n:open a.eml\n", TRUE);
    press(desk, "\r");
    g_assert_false(may(desk, KEEPER_OPEN, "a.eml"));
    paste(desk, "a.eml\na.eml", TRUE);
    press(desk, "\4");
    g_assert_false(may(desk, KEEPER_OPEN, "a.eml"));
    press(desk, "ia.eml\4");
    g_assert_true(may(desk, KEEPER_OPEN, "a.eml"));
}

static void
test_long(Desk *desk, gconstpointer unused)
{
    g_autofree char *filler = g_strnfill(5000, 'x');

    (void)unused;
    press(desk, ":open ");
    press(desk, filler);
    press(desk, "\r:open a.eml");
    press(desk, filler);
    press(desk, "\r");
    g_assert_false(may(desk, KEEPER_OPEN, "a.eml"));
    press(desk, ":open a.eml\r");
    g_assert_true(may(desk, KEEPER_OPEN, "a.eml"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/typed/commands", Desk, NULL, set_up, test_commands, tear_down);
    g_test_add("/typed/dropped", Desk, NULL, set_up, test_dropped, tear_down);
    g_test_add("/typed/pasted-message", Desk, NULL, set_up, test_pasted_message, tear_down);
    g_test_add("/typed/long", Desk, NULL, set_up, test_long, tear_down);
    return g_test_run();
}
