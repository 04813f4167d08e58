/* test-screen-survey.c: the survey of a list: groups as they are counted, their order, their messages, what
 * is written of them; with a host that says what the test wants. SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <string.h>

#include "tui/export.h"
#include "tui/list/group-order.h"
#include "tui/view/list.h"
#include "tui/view/survey-part.h"
#include "tui/view/views.h"
#include "tui/way.h"

#include "at-screen.h"
#include "offline-host.h"

/* From: names the sender, Subject the verdict. */
#define MAIL(from, verdict)                                                                        \
    "From x@example.com Tue Sep  1 10:00:00 2026\nFrom: a@" from "\nSubject: " verdict             \
    "\nDate: Tue, 1 Sep 2026 10:00:00 +0000\n\ntext\n\n"

static const char box[] = MAIL("one.example", "pass") MAIL("two.example", "fail")
    MAIL("one.example", "pass") MAIL("three.example", "none") MAIL("one.example", "pass")
        MAIL("two.example", "fail") MAIL("four.example", "fail") MAIL("four.example", "pass");
enum { MESSAGES = 8, GROUPS = 5 };

typedef struct {
    guint asked, canceled, runs;
    GCond going;
    GMutex lock;
    gboolean held; /* run() waits until it is canceled */
} Asked;

typedef struct {
    Asked asked;
    AppInput input;
    App *app;
    char *folder, *path;
    char *files[2];
} Fixture;

/* What run() works at. */
typedef struct {
    Asked *asked;
    const Message *message;
} Job;

static char *
field(const Message *message, const char *name)
{
    gsize length = 0;
    const char *text = g_bytes_get_data(message_raw(message), &length);
    const char *at = g_strstr_len(text, (gssize)length, name) + strlen(name);

    return g_strndup(at, strcspn(at, "\n"));
}

static Report *
run(gpointer data)
{
    const Job *job = data;
    Report *report = report_new();
    g_autofree char *from = field(job->message, "From: a@");
    g_autofree char *verdict = field(job->message, "Subject: ");

    g_mutex_lock(&job->asked->lock);
    job->asked->runs++;
    g_cond_broadcast(&job->asked->going);
    while (job->asked->held)
        g_cond_wait(&job->asked->going, &job->asked->lock);
    g_mutex_unlock(&job->asked->lock);
    report->source->path = g_strdup("box");
    report->source->index = 1;
    report->source->dns_source = g_strdup("offline");
    report->from->domain = g_strdup(from);
    report->envelope->mail_from->domain = g_strdup(from);
    report->envelope->client_ip->address = g_strdup("192.0.2.7");
    report->dmarc->rfc9989->result = g_str_equal(verdict, "pass")   ? RESULT_PASS
                                       : g_str_equal(verdict, "fail") ? RESULT_FAIL
                                                                  : RESULT_NONE;
    return report;
}

static void
job_cancel(gpointer data)
{
    Asked *asked = ((const Job *)data)->asked;

    g_mutex_lock(&asked->lock);
    asked->canceled++;
    asked->held = FALSE;
    g_cond_broadcast(&asked->going);
    g_mutex_unlock(&asked->lock);
}

static gboolean
prepare(gpointer data, const Message *message, const AppChoices *choices, AppJob *job,
        GError **error)
{
    Asked *asked = data;
    Job *made = g_new0(Job, 1);

    (void)choices;
    (void)error;
    asked->asked++;
    *made = (Job){asked, message};
    *job = (AppJob){.run = run, .cancel = job_cancel, .free = g_free, .data = made};
    return TRUE;
}

/* `data`: how many threads judge rows. */
static void
set_up_with(Fixture *fixture, gconstpointer data, const char *text, const Lookalikes *lookalikes)
{
    fixture->folder = g_dir_make_tmp("survey-XXXXXX", NULL);
    fixture->path = g_build_filename(fixture->folder, "box", NULL);
    g_assert_true(g_file_set_contents(fixture->path, text, -1, NULL));
    fixture->files[0] = fixture->path;
    fixture->input = (AppInput){
        .host = {prepare, host_offline, &fixture->asked}, .lanes = GPOINTER_TO_UINT(data), .files = fixture->files,
        .ascii = TRUE, .lookalikes = lookalikes};
    fixture->app = app_new(&fixture->input, TRUE);
    app_start(fixture->app);
    app_resize(fixture->app, 80, 24);
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
    set_up_with(fixture, data, box, NULL);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
    (void)data;
    app_free(fixture->app);
    g_unlink(fixture->path);
    g_rmdir(fixture->folder);
    g_free(fixture->path);
    g_free(fixture->folder);
}

static const char *
judged(const App *app)
{
    return mail_list_judged(app->doc->list) == MESSAGES ? "all" : "some";
}

/* Until there is nothing more to do. */
static void
work(App *app)
{
    for (guint i = 0; i < 10000 && (app_busy(app) || judge_busy(app->judge)); i++) {
        app_work(app, 1000);
        if (judge_busy(app->judge))
            g_usleep(500);
    }
    app_work(app, 1000);
}

/* "one.example=3 two.example=2", as the view has them. */
static char *
groups(const App *app)
{
    const SurveyView *self = (const SurveyView *)app->doc->views[VIEW_SURVEY];
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < group_order_count(self->order); i++) {
        const SurveyGroup *group = survey_at(self, i);
        g_string_append_printf(out, "%s%s=%d", i > 0 ? " " : "", group->author_domain,
                               (int)group->count);
    }
    return g_string_free(out, FALSE);
}

#define expect_groups(app, want) \
    G_STMT_START { \
        g_autofree char *got_ = groups(app); \
        g_assert_cmpstr(got_, ==, want); \
    } G_STMT_END

static void
test_counted(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    press(app, "W");
    work(app);
    g_assert_cmpstr(judged(app), ==, "all");
    expect_groups(app, "one.example=3 two.example=2 three.example=1 four.example=1 four.example=1");
    g_assert_cmpint((int)survey_totals(mail_list_survey(app->doc->list))->messages, ==, MESSAGES);
    g_assert_true(sees(app, "groups: 5, judged: 8"));
    press(app, "mW");
    work(app);
    g_assert_cmpuint(fixture->asked.asked, ==, MESSAGES); /* once each */
}

/* A count that its column cannot hold is never cut to another one. */
static void
test_large_counts(Fixture *fixture, gconstpointer data)
{
    static const struct { gint64 count; const char *shown; } cases[] = {
        { 999999, "> 999,999 #" }, { 1234567, "> 1234567 #" }, { 12345678, ">12345678 #" },
        { 1234567890, ">1234567k #" },
    };
    App *app = fixture->app;

    (void)data;
    press(app, "W");
    work(app);
    SurveyGroup *group = (SurveyGroup *)survey_at((const SurveyView *)app->doc->views[VIEW_SURVEY], 0);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        group->count = cases[i].count;
        if (!sees(app, cases[i].shown))
            g_error("%s is not shown", cases[i].shown);
    }
}

static void
test_order(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    press(app, "W");
    work(app);
    press(app, "s");
    expect_groups(app, "two.example=2 four.example=1 one.example=3 three.example=1 four.example=1");
    press(app, "S");
    expect_groups(app, "four.example=1 three.example=1 one.example=3 four.example=1 two.example=2");
    press(app, "Ss&");
    expect_groups(app, "two.example=2 four.example=1");
    press(app, "&s");
    expect_groups(app, "one.example=3 two.example=2 three.example=1 four.example=1 four.example=1");
}

/* Enter, a message, and all the way back: the list is whole, the place is kept. */
static void
test_messages(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;
    MailList *list = app->doc->list;

    (void)data;
    press(app, "W");
    work(app);
    press(app, "j\r");
    g_assert_cmpint(app->doc->current, ==, VIEW_LIST);
    g_assert_cmpuint(mail_list_shown(list), ==, 2);
    g_assert_cmpuint(mail_list_row(list, 0), ==, 1);
    g_assert_cmpuint(mail_list_row(list, 1), ==, 5);
    press(app, "\r");
    g_assert_null(app->doc->list);
    press(app, "\x1b");
    g_assert_cmpuint(mail_list_shown(list), ==, 2);
    press(app, "\x1b");
    g_assert_cmpint(app->doc->current, ==, VIEW_SURVEY);
    g_assert_cmpuint(mail_list_shown(list), ==, MESSAGES);
    g_assert_cmpuint(((const SurveyView *)app->doc->views[VIEW_SURVEY])->at, ==, 1);
    press(app, "\x1b");
    g_assert_cmpint(app->doc->current, ==, VIEW_LIST);
    g_assert_cmpuint(app->doc->back->len, ==, 0);
    g_assert_cmpint((int)survey_totals(mail_list_survey(list))->messages, ==, MESSAGES);
}

/* Another process in the place of this one judges anew, and finds the group by the row under the cursor. */
static void
test_replaced(Fixture *fixture, gconstpointer data)
{
    Heard heard = { NULL, NULL };

    (void)data;
    press(fixture->app, "W");
    work(fixture->app);
    press(fixture->app, "j\rj");
    listen_to(fixture->app, &heard);
    way_say(fixture->app);
    const Back back = { .way = heard.way };
    g_clear_pointer(&fixture->app, app_free);
    App *app = fixture->app = app_new(&fixture->input, TRUE);
    way_follow(app, &back);
    app_resize(app, 80, 24);
    g_assert_cmpuint(mail_list_group(app->doc->list), ==, LIST_ANY_GROUP);
    work(app);
    g_assert_cmpuint(mail_list_group(app->doc->list), !=, LIST_ANY_GROUP);
    g_assert_cmpuint(mail_list_shown(app->doc->list), ==, 2);
    g_assert_cmpuint(mail_list_row(app->doc->list, 0), ==, 1);
    g_assert_cmpuint(mail_list_row(app->doc->list, 1), ==, 5);
    press(app, "\r");
    g_assert_cmpuint(app->doc->row, ==, 5);
    press(app, "\x1b\x1b");
    g_assert_cmpint(app->doc->current, ==, VIEW_SURVEY);
    g_assert_cmpuint(mail_list_shown(app->doc->list), ==, MESSAGES);
    heard_clear(&heard);
}

/* Who asks for other rows meanwhile has those. */
static void
test_replaced_filter(Fixture *fixture, gconstpointer data)
{
    const Back back = { .way = (char[]){ "files\t\t12\t1\nseen\t0 0 0 4294967295 5 0 1\n" } };

    (void)data;
    g_clear_pointer(&fixture->app, app_free);
    App *app = fixture->app = app_new(&fixture->input, TRUE);
    way_follow(app, &back);
    app_resize(app, 80, 24);
    press(app, "&&");
    work(app);
    g_assert_cmpuint(mail_list_group(app->doc->list), ==, LIST_ANY_GROUP);
    g_assert_cmpuint(mail_list_shown(app->doc->list), ==, MESSAGES);
}

/* & in a group's list shows all, whatever they are. */
static void
test_unfiltered(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    press(app, "W");
    work(app);
    press(app, "\r&");
    g_assert_cmpuint(mail_list_shown(app->doc->list), ==, MESSAGES);
}

/* What is left is left alone: only rows in sight are judged then, and nothing while a round runs. */
static void
test_left(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    press(app, "W");
    work(app);
    mail_list_forget_verdicts(app->doc->list);
    g_assert_cmpuint(survey_groups(mail_list_survey(app->doc->list)), ==, 0);
    app_resize(app, 80, 24);
    expect_groups(app, "");
    g_assert_true(sees(app, "No message is judged yet"));
    work(app);
    expect_groups(app, "one.example=3 two.example=2 three.example=1 four.example=1 four.example=1");
    mail_list_forget_verdicts(app->doc->list);
    press(app, "m");
    g_assert_false(list_judges_all(app));
    press(app, "W");
    g_assert_true(list_judges_all(app));
}

/* A round that was canceled counts nothing, and can be asked again. */
static void
test_canceled(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    fixture->asked.held = TRUE;
    press(app, "W");
    for (guint i = 0; i < 1000 && !judge_busy(app->judge); i++)
        app_work(app, 1000);
    g_assert_true(judge_busy(app->judge));
    g_mutex_lock(&fixture->asked.lock);
    while (fixture->asked.runs == 0)
        g_cond_wait(&fixture->asked.going, &fixture->asked.lock);
    g_mutex_unlock(&fixture->asked.lock);
    judge_cancel(app->judge);
    g_assert_false(judge_busy(app->judge));
    g_assert_cmpuint(fixture->asked.canceled, ==, 1);
    g_assert_cmpuint(mail_list_judged(app->doc->list), ==, 0);
    work(app);
    g_assert_cmpint((int)survey_totals(mail_list_survey(app->doc->list))->messages, ==, MESSAGES);
    g_assert_cmpuint(fixture->asked.runs, ==, MESSAGES + 1);
}

/* Several are under way at once, and all of them end. */
static void
test_canceled_all(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    press(app, "W");
    work(app);
    mail_list_forget_verdicts(app->doc->list);
    fixture->asked.held = TRUE;
    fixture->asked.runs = 0;
    for (guint i = 0; i < 1000 && !judge_busy(app->judge); i++)
        app_work(app, 1000);
    g_mutex_lock(&fixture->asked.lock);
    while (fixture->asked.runs < 3)
        g_cond_wait(&fixture->asked.going, &fixture->asked.lock);
    g_mutex_unlock(&fixture->asked.lock);
    judge_cancel(app->judge);
    g_assert_cmpuint(fixture->asked.canceled, >=, 1);
    g_assert_cmpuint(fixture->asked.canceled, <=, 3);
    g_assert_cmpuint(fixture->asked.runs, ==, 3);   /* none was begun afterwards */
    g_assert_cmpuint(mail_list_judged(app->doc->list), ==, 0);
    work(app);
    expect_groups(app, "one.example=3 two.example=2 three.example=1 four.example=1 four.example=1");
}

/* Written before the end it says so. */
static void
test_part(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    while (!mail_list_is_complete(app->doc->list))
        mail_list_work(app->doc->list, 1000);
    press(app, "W");
    GString *part = export_survey_json(app);
    work(app);
    GString *whole = export_survey_json(app);
    g_assert_nonnull(strstr(part->str, "\"part\":true"));
    g_assert_null(strstr(whole->str, "\"part\":true"));
    g_assert_nonnull(strstr(whole->str, "\"messages\":8"));
    g_string_free(part, TRUE);
    g_string_free(whole, TRUE);
    app->redact = TRUE;
    g_assert_null(export_survey_csv(app));
    g_assert_nonnull(strstr(app->status, "--redact"));
}

static void
test_refused(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;
    MailList *list = app->doc->list;

    (void)data;
    press(app, "W");
    while (!mail_list_is_complete(list))
        mail_list_work(list, 1000);
    mail_list_refuse(list, 0, "no mail");
    mail_list_refuse(list, 0, "no mail");
    work(app);
    const SurveyTotals *totals = survey_totals(mail_list_survey(list));
    g_assert_cmpint((int)totals->unreadable, ==, 1);
    g_assert_cmpint((int)totals->messages, ==, MESSAGES - 1);
    g_assert_true(sees(app, "unreadable: 1"));
}

/* Every size is painted, whatever has the keys. */
static void
test_sizes(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;
    static const guint sizes[][2] = {{40, 12}, {60, 16}, {80, 24}, {100, 30}, {129, 40}, {130, 40}, {160, 50}, {400, 100}};

    (void)data;
    press(app, "W");
    work(app);
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        app_resize(app, sizes[i][0], sizes[i][1]);
        for (const char *key = "jkG g\t G\t"; *key; key++) {
            app_press(app, (guint)*key);
            g_autoptr(Canvas) canvas = app_paint(app);
            g_assert_nonnull(canvas);
        }
        g_assert_true(sees(app, "Survey]"));
    }
}

/* Fifty thousand groups are put in order within what a key may take (here with room for slow
 * machines). */
static void
test_many(Fixture *fixture, gconstpointer data)
{
    enum { MANY = 40000 };
    MailList *list = fixture->app->doc->list;
    g_autoptr(GString) large = g_string_new(NULL);
    g_autoptr(GroupOrder) order = group_order_new();

    (void)data;
    (void)list;
    for (guint i = 0; i < MANY; i++)
        g_string_append(large, "From x@example.com Tue Sep  1 10:00:00 2026\nFrom: a@b.example\n\nx\n\n");
    g_assert_true(g_file_set_contents(fixture->path, large->str, (gssize)large->len, NULL));
    g_autoptr(MailList) many = mail_list_new(fixture->files, NULL);
    while (mail_list_busy(many))
        mail_list_work(many, 100000);
    g_assert_cmpuint(mail_list_count(many), ==, MANY);
    for (guint i = 0; i < MANY; i++) {
        Report *report = report_new();
        report->from->domain = g_strdup_printf("s%u.example", i);
        SurveyRow *row = survey_row_new(report, NULL);
        mail_list_take(many, i, row);
        mail_list_judge(many, i, MAIL_PASS);
        survey_row_free(row);
        report_free(report);
    }
    const gint64 begin = g_get_monotonic_time();
    group_order_update(order, many);
    const gint64 took = g_get_monotonic_time() - begin;
    g_test_message("%u groups in order in %d us", MANY, (int)took);
    g_assert_cmpuint(group_order_count(order), ==, MANY);
    g_assert_cmpint((int)took, <, 20 * 16000);
}

/* What looks like another is marked in the list before it was judged, where it is known; and in both when all were. */
static void
test_alike(void)
{
    const char *const confusables[] = { "src/data/confusables.ini", NULL }, *const brands[] = { "src/data/brands.ini", NULL };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Lookalikes) data = lookalikes_load(confusables, brands, faults);
    Fixture fixture = { .folder = NULL };

    set_up_with(&fixture, NULL, MAIL("paypa1.com", "pass") MAIL("one.example", "pass") MAIL("one.example", "pass")
                MAIL("0ne.example", "fail"), data);
    App *app = fixture.app;
    while (mail_list_busy(app->doc->list))
        mail_list_work(app->doc->list, 1000);
    app_resize(app, 81, 24);
    g_assert_true(sees(app, "! a@paypa1.com"));
    g_assert_true(sees(app, "looks like paypal.com, "));
    g_assert_false(sees(app, "! a@0ne.example"));
    work(app);
    g_assert_true(sees(app, "! a@0ne.example"));
    g_assert_false(sees(app, "! a@one.example"));
    press(app, "j");
    g_assert_false(sees(app, "looks like"));
    press(app, "G");
    g_assert_true(sees(app, "looks like one.example, "));
    app_survey(app);
    g_assert_true(sees(app, "! paypa1.com"));
    g_assert_true(sees(app, "! 0ne.example"));
    g_assert_false(sees(app, "! one.example"));
    g_assert_false(sees(app, "looks like"));
    press(app, "j");
    g_assert_true(sees(app, "looks like"));
    mail_list_forget_verdicts(app->doc->list);
    work(app);
    g_assert_true(sees(app, "! 0ne.example"));
    tear_down(&fixture, NULL);
}

#define add(name, test) g_test_add("/screen/survey/" name, Fixture, NULL, set_up, test, tear_down)
#define add_threads(name, count, test) \
    g_test_add("/screen/survey/" name "-by-" #count, Fixture, GUINT_TO_POINTER(count), set_up, test, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("counted", test_counted);
    add("large-counts", test_large_counts);
    add("order", test_order);
    add("messages", test_messages);
    add("replaced", test_replaced);
    add("replaced-filter", test_replaced_filter);
    add("unfiltered", test_unfiltered);
    add("left", test_left);
    add("canceled", test_canceled);
    add("part", test_part);
    add("refused", test_refused);
    add("sizes", test_sizes);
    add("many", test_many);
    g_test_add_func("/screen/survey/alike", test_alike);
    add_threads("counted", 3, test_counted);
    add_threads("left", 3, test_left);
    add_threads("canceled", 3, test_canceled);
    add_threads("canceled-all", 3, test_canceled_all);
    return g_test_run();
}
