/* test-screen-lesson.c: a lesson on the screen, without a terminal: what is seen, what is hidden,
 * and any keys in any order at any size. SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <string.h>

#include "analysis/analysis.h"
#include "tui/lessons/lesson.h"
#include "tui/lessons/part.h"
#include "tui/way.h"

#include "at-screen.h"
#include "scratch.h"

static const char text[] =
    "title: A test of lessons\nminutes: 5\n"
    "--- read\nA word about a {relay}.\n"
    "--- predict spf-check\nid: spf\nexpect: pass\nHow does SPF come out?\nwhy: It is allowed.\n"
    "--- look tree spf-vouches\nNot all is told yet.\n"
    "--- predict dmarc\nid: verdict\nmisconception: 2\nexpect: fail\nAnd DMARC?\nwhy: Another "
    "name.\n"
    "--- look overview\nHere it is.\n"
    "--- what-if from=form@example.com\nexpect: dmarc pass\nNow it passes.\n"
    "--- goal\nid: fix\nactor: sender example.com\nsolution: from=form@example.com\nMake it pass.\nwhy: Own "
    "name.\n"
    "--- other second.eml\n"
    "--- ask\nid: which\nWhose record?\n- his\n* hers\nwhy: Hers.\n";

typedef struct {
    App      *app;
    AppInput  input;
    Psl      *psl;
    char     *folder;
    char     *none[1];
} Fixture;

typedef struct {
    const Message  *message;
    Resolver       *resolver;
    AnalysisOptions options;
} Job;

/* ---- the host ---- */

static Report *
job_run(gpointer data)
{
    const Job *job = data;

    return analysis_run(job->message, job->resolver, &job->options);
}

static char *
job_waiting(gpointer data)
{
    (void)data;
    return NULL;
}

static void
job_cancel(gpointer data)
{
    (void)data;
}

static void
job_free(gpointer data)
{
    Job *job = data;

    resolver_free(job->resolver);
    g_free(job);
}

static gboolean
prepare(gpointer data, const Message *message, const AppChoices *choices, AppJob *job,
        GError **error)
{
    const Fixture *fixture = data;
    g_autofree char *beside = snapshot_path_beside(message_path(message));
    const char *const paths[] = { beside, NULL };
    Resolver *resolver = beside ? resolver_snapshot(paths, TRUE, error) : resolver_offline();

    if (!resolver)
        return FALSE;
    Job *made = g_new0(Job, 1);
    made->message = message;
    made->resolver = resolver;
    made->options = (AnalysisOptions){ .at = 1795000000, .now = 1795000000, .psl = fixture->psl,
                                       .edits = choices->edits };
    *job = (AppJob){ job_run, job_waiting, job_cancel, job_free, made };
    return TRUE;
}

static DnsMode
dns(gpointer data, const char *path, guint *modes)
{
    (void)data;
    (void)path;
    *modes = 1u << DNS_MODE_SNAPSHOT | 1u << DNS_MODE_OFFLINE;
    return DNS_MODE_SNAPSHOT;
}

static void
copy(const char *from, const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *content = NULL;
    gsize length = 0;

    g_assert_true(g_file_get_contents(from, &content, &length, NULL));
    g_assert_true(g_file_set_contents(path, content, (gssize)length, NULL));
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *home = g_dir_make_tmp("lesson-XXXXXX", NULL);

    (void)unused;
    g_setenv("XDG_STATE_HOME", home, TRUE);
    g_setenv("XDG_DATA_HOME", home, TRUE);
    fixture->folder = g_build_filename(home, "fromscope", "lessons", "90-test", NULL);
    g_autofree char *words = g_build_filename(home, "fromscope", "glossary.en.txt", NULL);
    g_autofree char *script = g_build_filename(fixture->folder, "lesson.txt", NULL);
    g_assert_cmpint(g_mkdir_with_parents(fixture->folder, 0700), ==, 0);
    g_assert_true(g_file_set_contents(
        words, "--- relay\nsee: spf\nPasses mail on.\n--- spf\nServers.\n", -1, NULL));
    g_assert_true(g_file_set_contents(script, text, -1, NULL));
    copy("samples/webform.eml", fixture->folder, "message.eml");
    copy("samples/webform.dns", fixture->folder, "message.dns");
    copy("samples/webform-fixed.eml", fixture->folder, "second.eml");
    copy("samples/webform-fixed.dns", fixture->folder, "second.dns");
    fixture->psl = psl_open(NULL, NULL);
    fixture->input = (AppInput){ .host = { prepare, dns, fixture }, .files = fixture->none,
                                 .lesson = fixture->folder, .ascii = TRUE };
    fixture->app = app_new(&fixture->input, TRUE);
    app_start(fixture->app);
    app_resize(fixture->app, 80, 24);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    app_free(fixture->app);
    psl_close(fixture->psl);
    scratch_remove(g_getenv("XDG_STATE_HOME"));
    g_free(fixture->folder);
}

/* ---- what is seen ---- */

static void
type(App *app, const char *line)
{
    press(app, line);
    app_press(app, '\r');
}

/* No view tells what is to be guessed; afterwards all do. */
static void
test_hides(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;

    (void)unused;
    g_assert_true(sees(app, "A word about a relay."));
    g_assert_true(sees(app, "DMARC: ?"));
    press(app, "\t");
    g_assert_true(sees(app, "This view tells the answer"));
    for (const char *view = "1478"; *view; view++) {
        app_press(app, (guint)*view);
        g_assert_false(sees(app, "FAIL"));
        g_assert_true(sees(app, "This view tells the answer") || *view == '4');
    }
    press(app, "2");
    g_assert_false(sees(app, "FAIL"));
    g_assert_false(sees(app, "NO"));
    press(app, "L aa3");
    g_assert_true(sees(app, "Right."));
    press(app, " ");
    g_assert_true(sees(app, "allowed there"));
    g_assert_true(sees(app, "pass"));              /* of SPF alone */
    g_assert_false(sees(app, "FAIL"));
    press(app, " b");
    g_assert_true(sees(app, "How sure are you?"));
    g_assert_true(sees(app, "> b"));
    press(app, "a");                                /* another one, as long as it is not sure */
    g_assert_true(sees(app, "> a"));
    g_assert_false(sees(app, "> b"));
    press(app, "?");
    g_assert_true(sees(app, "Keys of the lesson"));
    g_assert_true(sees(app, "more below"));         /* of the help, not of the page */
    press(app, "?");
    g_assert_false(sees(app, "more below"));
    press(app, "f");
    g_assert_true(sees(app, "There is no such answer here"));
    press(app, "1");
    g_assert_true(sees(app, "Not this time."));
    g_assert_true(sees(app, "DMARC: x FAIL"));
    press(app, " ");
    g_assert_true(sees(app, "Here it is."));
    g_assert_true(sees(app, "This mail speaks in the name of"));
}

/* From pane to pane, and behind the last one back to the text. */
static void
test_tab(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;

    (void)unused;
    g_assert_true(lesson_has_keys(app));
    press(app, "\t\t");                             /* the overview has one pane, and is covered */
    g_assert_true(lesson_has_keys(app));
    for (const char *view = "259"; *view; view++) { /* these have two */
        app_press(app, '\t');
        app_press(app, (guint)*view);
        g_assert_false(lesson_has_keys(app));
        app_press(app, '\t');
        g_assert_false(lesson_has_keys(app));
        g_assert_true(app_view(app)->in_detail);
        app_press(app, '\t');
        g_assert_true(lesson_has_keys(app));
    }
    press(app, "\t7\t");                            /* two, but covered */
    g_assert_true(lesson_has_keys(app));
    press(app, "\t2?\t");                           /* the help is not beside it */
    g_assert_false(lesson_has_keys(app));
    g_assert_true(sees(app, "This key does nothing here"));
    press(app, "?\t\t");
    g_assert_true(lesson_has_keys(app));
}

static void
test_what_if(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;

    (void)unused;
    press(app, " a1  b1 ");                         /* … to the overview */
    g_assert_true(sees(app, "Here it is."));
    press(app, " ");
    g_assert_true(sees(app, "What if: "));
    g_assert_true(sees(app, "before"));
    g_assert_true(sees(app, "SPF vouches for From:? x NO, now + yes"));
    g_assert_cmpint(app->doc->report->tree->result, ==, RESULT_PASS);
    press(app, " ");
    g_assert_cmpint(app->doc->report->tree->result, ==, RESULT_FAIL);
    g_assert_true(sees(app, "Make it pass."));
}

static void
test_task(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;

    (void)unused;
    press(app, " a1  b1   ");
    g_assert_true(sees(app, "Make it pass."));
    g_assert_true(sees(app, "You send this mail, and example.com is your domain."));
    press(app, " ");
    g_assert_true(sees(app, "Enter tries a change"));
    press(app, "\r");
    type(app, "reply-to=a@example.com");
    g_assert_true(sees(app, "Make it pass."));
    press(app, "\r");
    type(app, "rfc=7489");                          /* nothing that a sender decides */
    g_assert_cmpint(player_phase(app->lesson->player), ==, PLAYER_TASK);
    press(app, "\r");
    type(app, "no=such");
    g_assert_cmpint(player_phase(app->lesson->player), ==, PLAYER_TASK);
    press(app, "\r");
    type(app, "from=form@example.com");
    g_assert_cmpint(player_phase(app->lesson->player), ==, PLAYER_REACHED);
    g_assert_true(sees(app, "Own name."));
    g_assert_cmpint(app->doc->report->tree->result, ==, RESULT_PASS);
    press(app, "  ");                               /* the rest of the page, and on */
    while (player_phase(app->lesson->player) == PLAYER_REACHED)
        press(app, " ");
    g_assert_true(sees(app, "Whose record?"));
    g_assert_true(g_str_has_suffix(message_path(app->doc->message), "second.eml"));
}

/* What solves the task is not seen before: in no view, and not in the line about typing. */
static void
test_task_hides(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;

    (void)unused;
    press(app, " a1  b1 ");
    g_assert_true(sees(app, "support@example.com"));           /* the overview of a page before */
    press(app, "  ");
    for (const char *view = "1238"; *view; view++) {
        app_press(app, (guint)*view);
        g_assert_true(sees(app, "Make it pass."));
        g_assert_false(sees(app, "support@example.com"));
        g_assert_false(sees(app, "tried here"));
        g_assert_false(sees(app, "from=you"));
    }
    g_assert_true(sees(app, "This view tells the answer. It opens when the task is done"));
    press(app, "s");
    g_assert_true(sees(app, "It passes with from=form@example.com"));
    press(app, "1");
    g_assert_true(sees(app, "support@example.com"));
    press(app, "8");
    g_assert_false(sees(app, "This view tells the answer"));
}

/* What was missed is asked once more with its inputs, and the verdict is hidden again. */
static void
test_once_more(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;

    (void)unused;
    press(app, " a1  a1");
    g_assert_true(sees(app, "Not this time."));
    g_assert_true(sees(app, "DMARC: x FAIL"));
    for (guint i = 0; i < 40 && !sees(app, "Once more:"); i++)
        press(app, player_phase(app->lesson->player) == PLAYER_TEXT ||
                           player_phase(app->lesson->player) == PLAYER_REVEAL ||
                           player_phase(app->lesson->player) == PLAYER_REACHED ? " " : "s");
    g_assert_true(sees(app, "And DMARC?"));
    g_assert_true(sees(app, "DMARC: ?"));
    g_assert_true(sees(app, "MAIL FROM"));
    press(app, "2");                                /* SPF is told already */
    g_assert_true(sees(app, "pass"));
    g_assert_false(sees(app, "FAIL"));
    press(app, "La1");
    g_assert_true(sees(app, "DMARC: x FAIL"));
    g_assert_true(sees(app, "Nothing that was proved belongs to example.jp"));
}

/* End: nothing more is asked, and it is not done by that. */
static void
test_finish(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;

    (void)unused;
    press(app, " ");
    app_press(app, KEYCODE_END);
    g_assert_true(sees(app, "This is the end of the lesson."));
    g_assert_true(sees(app, "DMARC: + PASS"));         /* of the message behind `other` */
    g_autoptr(Progress) progress = progress_load(NULL);
    const ProgressLesson *known = progress_of(progress, "90-test");
    g_assert_nonnull(known);
    g_assert_null(known->done);
    g_assert_cmpint(known->page, ==, 2);
    app_press(app, KEYCODE_BACKSPACE);
    g_assert_true(sees(app, "Whose record?"));
    g_assert_true(sees(app, "Hers."));
}

/* What a key opens is seen, also where it was open behind the page, or is opened from the glossary; a
 * question lets one look, too, at what does not tell. */
static void
test_opened(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;

    (void)unused;
    press(app, " 0");
    g_assert_true(sees(app, "Return-Path:"));
    g_assert_true(sees(app, "How does SPF come out?"));
    press(app, "w");
    g_assert_true(sees(app, "This view tells the answer"));
    press(app, "V");
    g_assert_true(sees(app, "This view tells the answer"));
    press(app, "L");
    g_assert_false(lesson_is_aside(app));
    press(app, "V");
    g_assert_true(sees(app, "[V Receivers]"));
    g_assert_true(lesson_is_aside(app));
    press(app, "Le");
    g_assert_true(sees(app, "ALL WORDS"));
    press(app, "0");
    g_assert_true(sees(app, "Return-Path:"));
    press(app, "Lee");
    g_assert_true(sees(app, "How does SPF come out?"));
    g_assert_false(lesson_is_aside(app));
    press(app, "a");
    g_assert_true(sees(app, "How sure are you?"));
    press(app, "e");
    g_assert_true(sees(app, "ALL WORDS"));
    press(app, "e3");
    g_assert_true(sees(app, "Right."));
}

static void
test_end(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;

    (void)unused;
    for (guint i = 0; i < 60 && player_phase(app->lesson->player) != PLAYER_END; i++)
        press(app, player_phase(app->lesson->player) == PLAYER_TEXT ||
                           player_phase(app->lesson->player) == PLAYER_REVEAL ||
                           player_phase(app->lesson->player) == PLAYER_REACHED ? " " : "s");
    g_assert_true(sees(app, "This is the end of the lesson."));
    g_autoptr(Progress) progress = progress_load(NULL);
    g_assert_nonnull(progress_of(progress, "90-test")->done);
    app_press(app, 0x1B);
    g_assert_null(app->lesson);
    g_assert_true(sees(app, "   done"));
    press(app, "\r");
    g_assert_nonnull(app->lesson);
    g_assert_cmpuint(app->stack->len, ==, 1);      /* in the place of the one before */
}

/* Another process goes on, in the place of one that had to load something, or that died of a file. */
static void
replace(Fixture *fixture, char *died)
{
    Heard heard = { 0 };

    listen_to(fixture->app, &heard);
    way_say(fixture->app);
    app_free(fixture->app);
    fixture->app = app_new(&fixture->input, TRUE);
    listen_to(fixture->app, &heard);
    const Back back = { .way = heard.way, .died = died };
    way_follow(fixture->app, &back);
    app_resize(fixture->app, 80, 24);
    while (app_busy(fixture->app))
        app_work(fixture->app, 10000);
    fixture->app->waiter = NULL;
    fixture->app->say_way = NULL;
    fixture->app->keep = NULL;
    heard_clear(&heard);
}

/* Left early or at its end, a lesson is not begun again by itself, and what was to be guessed is not told. */
static void
test_left(Fixture *fixture, gconstpointer early)
{
    if (!early)
        app_press(fixture->app, KEYCODE_END);
    app_press(fixture->app, 0x1B);
    g_assert_null(fixture->app->lesson);
    replace(fixture, NULL);
    g_assert_null(fixture->app->lesson);
    g_assert_true(sees(fixture->app, "[L Lessons]"));
    g_assert_true(sees(fixture->app, "(recomputed)") == !early);
    press(fixture->app, ":open samples/webform.eml\r");
    g_assert_cmpuint(fixture->app->stack->len, ==, 2);
    replace(fixture, (char[]) { "signal 11" });
    g_assert_null(fixture->app->lesson);
    g_assert_cmpuint(fixture->app->stack->len, ==, 1);
    g_assert_true(sees(fixture->app, "The parser died"));
}

static void
test_glossary(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;

    (void)unused;
    press(app, "e");
    g_assert_true(sees(app, "ON THIS PAGE"));
    g_assert_true(sees(app, "Passes mail on."));
    press(app, "\r");
    g_assert_true(sees(app, "Servers."));
    press(app, "e");
    g_assert_true(sees(app, "A word about a relay."));
    g_assert_true(lesson_has_keys(app));
    press(app, "??");
    g_assert_true(lesson_has_keys(app));
    press(app, ":");
    type(app, "glossary spf");
    g_assert_true(sees(app, "Servers."));
    press(app, ":");
    type(app, "glossary nothing");
    g_assert_true(sees(app, "has no word nothing"));
}

static void
test_room(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;

    (void)unused;
    press(app, " :");
    type(app, "room");
    press(app, "aabA");
    g_assert_true(sees(app, "a   1  #"));
    g_assert_true(sees(app, "b   1  #"));
    press(app, "tD");
    g_assert_true(sees(app, "Time left: 1:00"));
    g_assert_true(sees(app, "d   0"));
    g_assert_true(room_ticks(app));
    press(app, " ");
    g_assert_true(sees(app, "It is allowed."));
    g_assert_false(room_ticks(app));
    g_assert_cmpuint(player_asked(app->lesson->player), ==, 0);
}

/* Over a message that was open: closing the lesson's message closes the lesson. */
static void
test_over(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;
    g_autofree char *other = g_build_filename(fixture->folder, "second.eml", NULL);

    (void)unused;
    app_press(app, 0x1B);
    app_open_paths(app, (char *const[]){ other, NULL });
    press(app, ":lesson 90\r");
    g_assert_nonnull(app->lesson);
    g_assert_true(sees(app, "A word about a relay."));
    const guint depth = app->stack->len;
    press(app, "2");
    g_assert_true(sees(app, "L: back to the lesson"));
    for (guint i = 0; i < 3; i++)
        app_press(app, 0x1B);
    g_assert_null(app->lesson);
    g_assert_cmpuint(app->stack->len, <, depth);
}

/* The mouse presses what it points at. */
static void
test_mouse(Fixture *fixture, gconstpointer unused)
{
    App *app = fixture->app;
    g_autoptr(Canvas) canvas = NULL;
    guint y = 0;

    (void)unused;
    press(app, " ");
    canvas = app_paint(app);
    while (y < canvas->height && canvas_cell(canvas, 10, y)->code != 'c')
        y++;
    g_assert_cmpuint(y, <, canvas->height);
    const InputMouse click = { .kind = MOUSE_CLICK, .x = 10, .y = y };
    app_mouse(app, &click);
    g_assert_cmpint(player_guessed(app->lesson->player), ==, 2);
}

/* ---- any keys ---- */

static void
test_any_keys(Fixture *fixture, gconstpointer unused)
{
    static const guint sizes[][2] = { { 80, 24 }, { 60, 16 }, { 160, 50 }, { 40, 12 }, { 20, 5 } };
    static const guint keys[] = {' ',
                                 ' ',
                                 ' ',
                                 'a',
                                 'b',
                                 'c',
                                 '1',
                                 '2',
                                 '3',
                                 's',
                                 '\t',
                                 'L',
                                 'e',
                                 0x1B,
                                 '\r',
                                 'w',
                                 'u',
                                 '?',
                                 'j',
                                 'k',
                                 'G',
                                 'g',
                                 KEYCODE_BACKSPACE,
                                 KEYCODE_HOME,
                                 KEYCODE_END,
                                 KEYCODE_PAGE_DOWN,
                                 KEYCODE_PAGE_UP,
                                 '0',
                                 '5',
                                 '7',
                                 '9',
                                 'A',
                                 't',
                                 'm',
                                 '!',
                                 'n',
                                 'y',
                                 'x',
                                 'P',
                                 'v',
                                 'd'};
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    g_autofree char *second = g_strdup_printf(":open %s/second.eml\r", fixture->folder);
    g_autofree char *here = g_get_current_dir();
    App *app = fixture->app;

    (void)unused;
    /* What `x` writes of a lesson's message goes where the person is. */
    g_assert_cmpint(g_chdir(fixture->folder), ==, 0);
    for (guint i = 0; i < 6000 && !app->quit; i++) {
        const gint32 what = g_rand_int_range(random, 0, 100);
        const guint size = (guint)g_rand_int_range(random, 0, (gint32)G_N_ELEMENTS(sizes));
        if (what < 2)
            app_resize(app, sizes[size][0], sizes[size][1]);
        else if (what < 3)
            press(app, ":lesson 90\r");
        else if (what < 4)
            press(app, ":room\r");
        else if (what < 5 && app->stack->len < 3)
            press(app, second);
        else if (what < 6)
            press(app, ":try from=form@example.com\r");
        else
            app_press(app, keys[g_rand_int_range(random, 0, (gint32)G_N_ELEMENTS(keys))]);
        canvas_free(app_paint(app));
        g_assert_cmpuint(app->stack->len, <=, 5);
    }
    g_assert_cmpint(g_chdir(here), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add("/lesson/" name, Fixture, NULL, set_up, function, tear_down)
    ADD("hides", test_hides);
    ADD("tab", test_tab);
    ADD("what-if", test_what_if);
    ADD("task", test_task);
    ADD("task-hides", test_task_hides);
    ADD("once-more", test_once_more);
    ADD("finish", test_finish);
    ADD("opened", test_opened);
    ADD("end", test_end);
    g_test_add("/lesson/left-early", Fixture, "", set_up, test_left, tear_down);
    g_test_add("/lesson/left", Fixture, NULL, set_up, test_left, tear_down);
    ADD("glossary", test_glossary);
    ADD("room", test_room);
    ADD("over", test_over);
    ADD("mouse", test_mouse);
    ADD("any-keys", test_any_keys);
    return g_test_run();
}
