/* test-screen-opinions.c: second opinions that come when the screen is there already: nothing moves under the person's
 * hands. SPDX-License-Identifier: MIT */
#include <string.h>

#include "advice/advice.h"
#include "auth/step.h"
#include "peers/peers.h"
#include "tui/ui.h"
#include "tui/view/views.h"

#include "at-screen.h"
#include "offline-host.h"

static const char mail[] = "From: a@example.com\nSubject: one\n\ntext\n";

/* Who is asked, and waits until the test lets it answer. */
typedef struct {
    GMutex   mutex;
    GCond    cond;
    gboolean may_answer, canceled, refuse, other_shape;
    guint    prepared, asked, freed, runs, proved;
    gboolean later, advises, dropped;
} Asked;

typedef struct {
    Asked    asked;
    AppInput input;
    App     *app;
    char    *none[1];
} Fixture;

typedef struct {
    Asked  *asked;
    Report *report;
    const Report *unproved;
} Job;

/* ---- the host ---- */

static void
add_advice(Report *report, const char *pattern, const char *tried)
{
    Advice *advice = record_new(&advice_type);

    advice->pattern = pattern;
    advice->who = "form-owner";
    advice->record = g_strdup("From: form@example.net");
    advice->tried = tried;
    advice->proved = g_str_equal(tried, "tried-pass") ? TRI_TRUE : TRI_UNKNOWN;
    g_ptr_array_add(report->advice, advice);
}

static Report *
example(const Asked *asked)
{
    Report *report = report_new();

    report->source->path = g_strdup("x");
    report->source->fidelity = g_strdup("raw");
    report->from->domain = g_strdup("example.com");
    report->tree = step_decide(step_add(NULL, "dmarc", "", NULL), RESULT_FAIL, 0);
    for (guint i = 0; i < 40; i++) {
        g_autofree char *name = g_strdup_printf("host%u.example.com", i);
        step_decide(step_add(report->tree, "from", "", name, NULL), RESULT_INFO, 0);
    }
    g_ptr_array_add(((Step *)report->tree->children->pdata[0])->evidence,
                    evidence_header("From", 1, (Span){ 0, 19 }));
    Step *spf = step_decide(step_add(report->tree, "spf-check", "", NULL), RESULT_PASS, 0);
    spf->folded = TRUE;
    step_decide(step_add(report->tree, "policy", "", NULL), RESULT_INFO, 0);
    report->dmarc->rfc9989->result = asked->advises ? RESULT_FAIL : RESULT_UNKNOWN;
    if (asked->advises)
        add_advice(report, "form-own-address", asked->later ? ADVICE_ANNOUNCED : "tried-pass");
    if (asked->later)
        peers_announce(report);
    return report;
}

static Report *
prove(Asked *asked, const Report *unproved)
{
    Report *report = record_copy(&report_type, unproved);

    asked->proved++;
    g_assert_cmpuint(report->advice->len, ==, 1);
    record_free(&advice_type, report->advice->pdata[0]);
    g_ptr_array_set_size(report->advice, 0);
    add_advice(report, asked->dropped ? "form-or-forgery" : "form-own-address", asked->dropped ? "tried-open" : "tried-pass");
    return report;
}

static Report *
run(gpointer data)
{
    const Job *job = data;

    if (job->unproved)
        return prove(job->asked, job->unproved);
    return example(((Job *)data)->asked);
}

static void
job_free(gpointer data)
{
    Job *job = data;

    job->asked->freed++;
    report_free(job->report);
    g_free(job);
}

static gboolean
prepare(gpointer data, const Message *message, const AppChoices *choices, AppJob *job,
        GError **error)
{
    Asked *asked = data;
    Job *made = g_new0(Job, 1);

    (void)message;
    (void)error;
    asked->prepared++;
    asked->later = choices->later;
    made->asked = asked;
    made->unproved = choices->unproved;
    *job = (AppJob){ .run = run, .free = job_free, .data = made };
    return TRUE;
}

/* What a receiver would say, in place of "being asked". */
static void
answer(Step *step)
{
    if (g_str_equal(step->id, "second-opinion-asked")) {
        step->id = "second-opinion";
        g_free(step->args->pdata[3]);
        step->args->pdata[3] = g_strdup("second-opinion-agrees");
    }
    for (guint i = 0; i < step->children->len; i++)
        answer(step->children->pdata[i]);
}

static Report *
opinions_run(gpointer data)
{
    Job *job = data;
    Asked *asked = job->asked;

    g_mutex_lock(&asked->mutex);
    while (!asked->may_answer && !asked->canceled)
        g_cond_wait(&asked->cond, &asked->mutex);
    asked->runs++;
    const gboolean canceled = asked->canceled;
    g_mutex_unlock(&asked->mutex);
    if (canceled)
        return NULL;
    answer(job->report->tree);
    for (guint i = 0; i < job->report->second_opinions->len; i++)
        g_clear_pointer(&((SecondOpinion *)job->report->second_opinions->pdata[i])->why, g_free);
    if (asked->other_shape)
        step_decide(step_add(job->report->tree, "from", "", "new.example.com", NULL), RESULT_INFO, 0);
    return g_steal_pointer(&job->report);
}

static void
opinions_cancel(gpointer data)
{
    Asked *asked = ((Job *)data)->asked;

    g_mutex_lock(&asked->mutex);
    asked->canceled = TRUE;
    g_cond_signal(&asked->cond);
    g_mutex_unlock(&asked->mutex);
}

static gboolean
opinions(gpointer data, const Report *report, AppJob *job)
{
    Asked *asked = data;

    asked->asked++;
    if (asked->refuse)
        return FALSE;
    asked->canceled = FALSE;
    Job *made = g_new0(Job, 1);
    made->asked = asked;
    made->report = record_copy(&report_type, report);
    *job = (AppJob){ .run = opinions_run, .cancel = opinions_cancel, .free = job_free,
                     .data = made };
    return TRUE;
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->input = (AppInput){ .host = { prepare, host_offline, &fixture->asked, NULL, opinions },
                                 .files = fixture->none, .ascii = TRUE };
    fixture->app = app_new(&fixture->input, TRUE);
    fixture->app->later = TRUE;
    app_start(fixture->app);
    app_resize(fixture->app, 200, 24);
    g_autoptr(GBytes) bytes = g_bytes_new_static(mail, strlen(mail));
    app_push(fixture->app,
             document_of_message(message_from_bytes(bytes, "x", NULL), NULL, g_strdup("x")));
    app_resize(fixture->app, 200, 24);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
    (void)data;
    app_free(fixture->app);
    g_assert_cmpuint(fixture->asked.freed, >, 0);
}

/* ---- what is seen ---- */

static void
let_answer(Fixture *fixture)
{
    g_mutex_lock(&fixture->asked.mutex);
    fixture->asked.may_answer = TRUE;
    g_cond_signal(&fixture->asked.cond);
    g_mutex_unlock(&fixture->asked.mutex);
}

static void
work_until_quiet(App *app)
{
    while (app->asking || app_busy(app))
        app_work(app, 1000);
}

#define ASKED "is being asked"
#define SAID "the same as here"

/* ---- cases ---- */

/* The screen needs no answer, and asking begins when nobody presses a key. */
static void
test_first_screen(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    g_assert_cmpuint(fixture->asked.asked, ==, 0);
    g_assert_true(app->doc->asking);
    g_assert_true(app_busy(app));
    app_work(app, 1000);
    g_assert_cmpuint(fixture->asked.asked, ==, 1);
    g_assert_false(app_busy(app));
    g_assert_cmpint(app_fd(app), >=, 0);
    press(app, "2");
    cursor_go(app->doc->cursor, 41);
    press(app, "l");
    press(app, "j");
    g_assert_true(sees(app, ASKED));
    let_answer(fixture);
    work_until_quiet(app);
    g_assert_true(sees(app, SAID));
    g_assert_false(sees(app, ASKED));
    g_assert_false(app->doc->asking);
    g_assert_cmpint(app_fd(app), ==, -1);
    g_assert_cmpuint(fixture->asked.asked, ==, 1);
}

/* Nothing but the words changes: scrolled to here, unfolded there, in the middle of a walk. */
static void
test_place_stays(Fixture *fixture, gconstpointer data)
{
    static const char *const journeys[] = { "2", "2jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj", "2Gh", "2Gkl", "2  ",
                                            "2jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjkkkkk", "0jj", "1", "9", "7" };

    (void)data;
    for (gsize i = 0; i < G_N_ELEMENTS(journeys); i++) {
        App *app = fixture->app;
        app_analyse(app);
        fixture->asked.may_answer = FALSE;
        app_work(app, 1000);
        press(app, journeys[i]);
        g_autofree char *before = screen(app);
        const guint at = cursor_at(app->doc->cursor);
        const gboolean walking = cursor_walking(app->doc->cursor);
        const Report *old = app->doc->report;
        let_answer(fixture);
        work_until_quiet(app);
        g_assert_true(app->doc->report != old);
        g_autofree char *after = screen(app);
        if (!strstr(before, ASKED))
            g_assert_cmpstr(before, ==, after);
        g_assert_cmpuint(at, ==, cursor_at(app->doc->cursor));
        g_assert_cmpint(walking, ==, cursor_walking(app->doc->cursor));
    }
}

/* What was jumped to stays marked. */
static void
test_jump_stays(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    app_work(app, 1000);
    press(app, "2gj\r");
    g_assert_cmpint(app->doc->current, ==, VIEW_SOURCE);
    g_assert_cmpuint(source_jumped(app)->len, ==, 1);
    let_answer(fixture);
    work_until_quiet(app);
    g_assert_cmpuint(source_jumped(app)->len, ==, 1);
}

/* A tree of another shape cannot keep the place, but must be whole. */
static void
test_other_shape(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->asked.other_shape = TRUE;
    app_work(fixture->app, 1000);
    press(fixture->app, "2G");
    const guint rows = cursor_rows(fixture->app->doc->cursor)->len;
    let_answer(fixture);
    work_until_quiet(fixture->app);
    press(fixture->app, "G");
    g_assert_cmpuint(cursor_rows(fixture->app->doc->cursor)->len, ==, rows + 1);
    g_assert_cmpuint(cursor_at(fixture->app->doc->cursor), ==, rows);
}

/* Another analysis, another document, the end: who is asked is told so, and is gone. */
static void
test_stops(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    app_work(app, 1000);
    g_assert_nonnull(app->asking);
    app_analyse(app);
    g_assert_null(app->asking);
    g_assert_true(fixture->asked.canceled);
    g_assert_true(app->doc->asking);
    app_work(app, 1000);
    g_assert_cmpuint(fixture->asked.asked, ==, 2);

    app_push(app, document_of_fault("nothing", g_strdup("y")));
    g_assert_null(app->asking);
    g_assert_false(app_busy(app));
    app_pop(app);
    g_assert_true(app_busy(app));
    app_work(app, 1000);
    g_assert_cmpuint(fixture->asked.asked, ==, 3);
    app_pop(app);
    g_assert_null(app->asking);
    g_assert_cmpuint(fixture->asked.runs, ==, 3);
}

/* The first screen says that it is being tried; then the bracket alone changes. Nothing else is asked before that. */
static void
test_proof(Fixture *fixture, gconstpointer data)
{
    static const char being[] = "(being tried here)", tried[] = "(tried here: PASS)";
    App *app = fixture->app;

    (void)data;
    G_STATIC_ASSERT(sizeof being == sizeof tried);
    fixture->asked.advises = TRUE;
    app_analyse(app);
    app_resize(app, 200, 24);
    g_assert_true(app_busy(app));
    g_autofree char *before = screen(app);
    g_assert_nonnull(strstr(before, being));
    app_work(app, 1000);
    g_assert_cmpuint(fixture->asked.proved, ==, 1);
    g_assert_cmpuint(fixture->asked.asked, ==, 0);
    g_autofree char *after = screen(app);
    g_assert_nonnull(strstr(after, tried));
    memcpy(strstr(before, being), tried, strlen(tried));
    g_assert_cmpstr(before, ==, after);
    app_work(app, 1000);
    g_assert_cmpuint(fixture->asked.asked, ==, 1);
    let_answer(fixture);
    work_until_quiet(app);
    g_assert_cmpuint(fixture->asked.proved, ==, 1);
    g_assert_true(sees(app, tried));
}

/* Advice that does not help is not said any more. */
static void
test_no_proof(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    fixture->asked.advises = fixture->asked.dropped = TRUE;
    app_analyse(app);
    app_work(app, 1000);
    g_assert_cmpuint(fixture->asked.proved, ==, 1);
    g_assert_false(sees(app, "tried here"));
    g_assert_false(app->doc->proving);
}

static void
test_nobody(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->asked.refuse = TRUE;
    app_work(fixture->app, 1000);
    g_assert_false(app_busy(fixture->app));
    app_work(fixture->app, 1000);
    g_assert_cmpuint(fixture->asked.asked, ==, 1);
}

/* A screen without a loop under it (tests, --plain) gets them with the report. */
static void
test_not_later(Fixture *fixture, gconstpointer data)
{
    (void)data;
    opinions_stop(fixture->app);
    fixture->app->later = FALSE;
    app_analyse(fixture->app);
    g_assert_false(fixture->app->doc->asking);
    g_assert_false(app_busy(fixture->app));
}

int
main(int argc, char **argv)
{
    static const struct { const char *name; void (*test)(Fixture *, gconstpointer); } tests[] = {
        { "/opinions/first-screen", test_first_screen }, { "/opinions/place-stays", test_place_stays },
        { "/opinions/jump-stays", test_jump_stays },
        { "/opinions/other-shape", test_other_shape },   { "/opinions/stops", test_stops },
        { "/opinions/proof", test_proof }, { "/opinions/no-proof", test_no_proof },
        { "/opinions/nobody", test_nobody },             { "/opinions/not-later", test_not_later },
    };

    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
    return g_test_run();
}
