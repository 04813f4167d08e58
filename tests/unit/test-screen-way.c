/* test-screen-way.c: what is handed to the process that takes the place of another: all that was done
 * where something was to be loaded, no more than the place where it died; and anything else is no
 * harm. SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <string.h>

#include "tui/ui.h"
#include "tui/view/what-if.h"
#include "tui/way.h"

#include "at-screen.h"

enum { LETTERS = 40 };

typedef struct {
    char    *folder, *box, *files[2];
    AppInput input;
    App     *app;
    Heard    heard;         /* the way, and what was pasted */
} Fixture;

static Report *
run(gpointer data)
{
    (void)data;
    Report *report = report_new();
    report->source->path = g_strdup("x");
    report->source->fidelity = g_strdup("raw");
    return report;
}

static void
job_nothing(gpointer data)
{
    (void)data;
}

static gboolean
prepare(gpointer data, const Message *message, const AppChoices *choices, AppJob *job, GError **error)
{
    (void)data, (void)message, (void)choices, (void)error;
    *job = (AppJob){ .run = run, .cancel = job_nothing, .free = job_nothing };
    return TRUE;
}

static DnsMode
dns(gpointer data, const char *path, guint *modes)
{
    (void)data, (void)path;
    *modes = 1u << DNS_MODE_OFFLINE | 1u << DNS_MODE_LIVE;
    return DNS_MODE_OFFLINE;
}

/* Another process, in the place of this one. */
static void
begin(Fixture *fixture, const Back *back)
{
    g_clear_pointer(&fixture->app, app_free);
    fixture->app = app_new(&fixture->input, TRUE);
    listen_to(fixture->app, &fixture->heard);
    way_follow(fixture->app, back);
    app_resize(fixture->app, 80, 24);
    while (app_busy(fixture->app))
        app_work(fixture->app, 10000);
    way_say(fixture->app);
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
    const Back none = { 0 };
    g_autoptr(GString) text = g_string_new(NULL);

    (void)unused;
    for (guint i = 1; i <= LETTERS; i++)
        g_string_append_printf(text, "From a@example.com Tue Sep  1 10:00:00 2026\nFrom: a@example.com\nSubject: letter %02u\n"
                               "Date: Tue, 1 Sep 2026 10:00:00 +0000\n\ntext\n\n", i);
    fixture->folder = g_dir_make_tmp("way-XXXXXX", NULL);
    fixture->box = g_build_filename(fixture->folder, "box.mbox", NULL);
    g_assert_true(g_file_set_contents(fixture->box, text->str, -1, NULL));
    fixture->files[0] = fixture->box;
    fixture->input = (AppInput){ .host = { prepare, dns, fixture }, .files = fixture->files, .ascii = TRUE };
    begin(fixture, &none);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    app_free(fixture->app);
    g_unlink(fixture->box);
    g_rmdir(fixture->folder);
    g_free(fixture->box);
    g_free(fixture->folder);
    heard_clear(&fixture->heard);
}

/* All is as before, to the last character and to the last word of the way. */
static void
check_replaced(Fixture *fixture)
{
    app_resize(fixture->app, 80, 24);
    way_say(fixture->app);
    g_autofree char *before = screen(fixture->app), *way = g_strdup(fixture->heard.way);
    g_autoptr(GBytes) pasted = fixture->heard.kept ? g_bytes_ref(fixture->heard.kept) : NULL;
    const Back back = { .way = way, .pasted = pasted };

    begin(fixture, &back);
    g_autofree char *after = screen(fixture->app);
    g_assert_cmpstr(after, ==, before);
    g_assert_cmpstr(fixture->heard.way, ==, way);
}

static void
press_all(Fixture *fixture, const char *keys)
{
    press(fixture->app, keys);
    while (app_busy(fixture->app))
        app_work(fixture->app, 10000);
}

static void
test_list(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    press_all(fixture, "sss");
    press_all(fixture, "Sjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjkkkkk");
    check_replaced(fixture);
    press_all(fixture, "&");
    check_replaced(fixture);
    press_all(fixture, "&");
    press_all(fixture, "?");
    check_replaced(fixture);
    app_back(fixture->app);
    app_enter(fixture->app);
    g_assert_nonnull(fixture->app->doc->message);
    check_replaced(fixture);
    press_all(fixture, "029");
    check_replaced(fixture);
    app_back(fixture->app);
    app_back(fixture->app);
    check_replaced(fixture);
}

static void
test_search(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    command_search(fixture->app, "letter 17");
    way_say(fixture->app);
    g_assert_true(mail_list_searching(fixture->app->doc->list));
    g_autofree char *way = g_strdup(fixture->heard.way);
    const Back back = { .way = way };
    begin(fixture, &back);
    app_enter(fixture->app);
    g_assert_cmpuint(fixture->app->doc->row, ==, 16);
    g_assert_cmpstr(fixture->app->search, ==, "letter 17");
}

static gboolean
change(App *app, const char *text)
{
    g_autoptr(Edits) edits = edits_copy(app->doc->edits);

    return edits_add_text(edits, text, NULL) && what_if_set(app, g_steal_pointer(&edits));
}

static void
test_undo(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;

    (void)unused;
    app_trust_host(app, "mx.example.net");
    app_enter(app);
    app_set_border(app, 2);
    g_assert_true(change(app, "ip=192.0.2.7"));
    g_assert_true(change(app, "mail-from=b@example.org"));
    g_assert_cmpuint(edits_length(app->doc->edits), ==, 2);
    check_replaced(fixture);
    app = fixture->app;
    g_assert_cmpuint(edits_length(app->doc->edits), ==, 2);
    app_undo_last(app);
    g_assert_cmpuint(edits_length(app->doc->edits), ==, 1);
    check_replaced(fixture);
    app = fixture->app;
    app_undo_last(app);
    g_assert_cmpuint(edits_length(app->doc->edits), ==, 0);
    g_assert_cmpuint(app->doc->border, ==, 2);
    app_undo_last(app);
    g_assert_cmpuint(app->doc->border, ==, 0);
    g_assert_cmpuint(app->trusted->len, ==, 1);
    app_undo_last(app);
    g_assert_cmpuint(app->trusted->len, ==, 0);
}

/* A repair that was undone stays so, and can be done again. */
static void
test_repairs(Fixture *fixture, gconstpointer unused)
{
    static const char text[] = "Received: from a.example\nby b.example;\nMon, 2 Nov 2026 10:00:00 +0900\nFrom: Ann\u00A0<ann@example.com>\n"
                               "To: bob@example.net\nMessage-ID: <1@example.com>\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));

    (void)unused;
    g_assert_true(app_open_bytes(fixture->app, bytes));
    g_assert_cmpuint(fixture->app->doc->repairs->len, ==, 2);
    app_toggle_repair(fixture->app, "folding");
    app_toggle_repair(fixture->app, "characters");
    app_toggle_repair(fixture->app, "nonsense");
    g_assert_cmpuint(fixture->app->doc->undone->len, ==, 2);
    check_replaced(fixture);
    app_repairs(fixture->app);
    check_replaced(fixture);
    g_assert_true(document_is_undone(fixture->app->doc, "folding"));
    app_undo_last(fixture->app);
    g_assert_false(document_is_undone(fixture->app->doc, "characters"));
    check_replaced(fixture);
    app_undo_last(fixture->app);
    g_assert_cmpuint(fixture->app->doc->undone->len, ==, 0);
    check_replaced(fixture);
}

/* Of a process that died nothing is taken but where it was. */
static void
test_death(Fixture *fixture, gconstpointer unused)
{
    gboolean reverse = TRUE;

    (void)unused;
    press_all(fixture, "ssS");
    app_enter(fixture->app);
    g_assert_true(change(fixture->app, "ip=192.0.2.7"));
    way_say(fixture->app);
    g_autofree char *way = g_strdup(fixture->heard.way);
    char died[] = "signal 11";
    const Back back = { .way = way, .died = died };
    begin(fixture, &back);
    g_assert_nonnull(fixture->app->doc->list);
    g_assert_cmpint(mail_list_sorted(fixture->app->doc->list, &reverse), ==, MAIL_BY_NUMBER);
    g_assert_false(reverse);
    g_assert_null(strstr(fixture->heard.way, "chosen"));
    g_assert_nonnull(strstr(fixture->heard.way, "dead"));
}

/* Whatever is said: there is something to be seen, and nothing that nobody did. */
static void
test_nonsense(Fixture *fixture, gconstpointer unused)
{
    static const char *const ways[] = {
        "files\t\t12\t1\nseen\t99 9 9 4294967295 4294967294 4294967295 1\n",
        "files\t\t12\t1\nseen\t4294967295 1 1 16 7 99999999 1\nback\t1\nback\t4294967296\nback\t12\nback\t-1\n",
        "files\t\t1\t1\nback\t1\nback\t2\nback\t12\nback\t1\nborder\t4294967295\nedit\tip=192.0.2.1\nedit\tnothing\n",
        "files\t\t12\t1\nrow\t4294967295\t1\t0\n",
        "files\t\t12\t1\nrow\t3\t12\t1\nseen\t1 1 1 1 1 1 1\nback\t12\nborder\t9\nedit\t\\377\\001=\\n\n",
        "chosen\t4 1 0 ip=192.0.2.1\\\\n\nchosen\t4 2 0 \nchosen\t0 0 0 \\377\nchosen\t1 0 99 x\nchosen\t3 1 0 x\nchosen\t2 1 -5 \n"
        "chosen\t9 0 0 \nchosen\t4\nchosen\t\nchosen\t18446744073709551615 1 1 1\nfiles\t\t12\t1\nrow\t3\t0\t0\n",
        "seeking\t\\000\nsought\t\nsearch\t\nseen\t1 1 1 1 1 1 1\nback\t1\nedit\tip=x\n\t\t\t\nfiles\t\t12\t1\n",
        "files\t\t12\t1\nfiles\t\t12\t1\nopen\t/etc/nothing/there\t0\t0\n", "\xff\xfe\t\x01\n",
    };

    (void)unused;
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        g_autofree char *way = g_strdup(ways[i]);
        const Back back = { .way = way };
        begin(fixture, &back);
        g_autofree char *text = screen(fixture->app);
        g_assert_cmpuint(strlen(text), >, 100);
        for (guint k = 0; k < 5; k++)
            app_undo_last(fixture->app);
        press_all(fixture, "jjkG");
        app_back(fixture->app);
        app_back(fixture->app);
        app_back(fixture->app);
        press_all(fixture, "jk");
    }
}

/* Every view, of a list and of a message: each can be had, or is not gone to. */
static void
test_views(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    for (guint view = 0; view < VIEWS; view++) {
        for (guint deep = 0; deep < 2; deep++) {
            g_autofree char *way = g_strdup_printf("files\t\t%u\t1\nback\t%u\n%s", deep ? VIEW_LIST : view, deep ? VIEW_LIST : view,
                                                   deep ? "row\t3\t0\t0\n" : "");
            g_autofree char *more = g_strdup_printf("%sback\t%u\nback\t%u\n", way, view, (view + 1) % VIEWS);
            const Back back = { .way = more };
            begin(fixture, &back);
            g_autofree char *text = screen(fixture->app);
            g_assert_cmpuint(strlen(text), >, 100);
            press_all(fixture, "jjkG");
            app_back(fixture->app);
            app_back(fixture->app);
            press_all(fixture, "jk");
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/way/list", Fixture, NULL, set_up, test_list, tear_down);
    g_test_add("/way/search", Fixture, NULL, set_up, test_search, tear_down);
    g_test_add("/way/undo", Fixture, NULL, set_up, test_undo, tear_down);
    g_test_add("/way/repairs", Fixture, NULL, set_up, test_repairs, tear_down);
    g_test_add("/way/death", Fixture, NULL, set_up, test_death, tear_down);
    g_test_add("/way/views", Fixture, NULL, set_up, test_views, tear_down);
    g_test_add("/way/nonsense", Fixture, NULL, set_up, test_nonsense, tear_down);
    return g_test_run();
}
