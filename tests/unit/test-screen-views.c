/* test-screen-views.c: Chart, Advice and DNS of a report made for the purpose, at several sizes,
 * without a terminal. SPDX-License-Identifier: MIT */
#include <string.h>

#include "tui/ui.h"

#include "at-screen.h"
#include "offline-host.h"

static const char mail[] = "From: a@example.com\nSubject: one\n\ntext\n";

enum { ANSWERS = 10000 };

typedef struct {
    guint    answers;       /* DNS answers that the report has */
    guint    deep;          /* steps of the tree that stand each below the one before */
    gboolean advice;
    const char *alone;      /* who acts, of an advice that stands alone; NULL: two that have somebody to write to */
    char    *record;        /* of the first advice; or NULL */
    int      spf;           /* Result */
    Tri      aligned;
    gboolean no_record;
} Wanted;

typedef struct {
    Wanted   wanted;
    AppInput input;
    App     *app;
    char    *none[1];
} Fixture;

static Step *
add_step(Step *parent, const char *id, Result result)
{
    Step *step = record_new(&step_type);

    step->id = id;
    step->result = (int)result;
    if (parent)
        g_ptr_array_add(parent->children, step);
    return step;
}

static void
add_answers(Report *report, Step *step, guint count)
{
    for (guint i = 0; i < count; i++) {
        DnsAnswer *answer = record_new(&dns_answer_type);
        DnsRecord *record = record_new(&dns_record_type);
        answer->name = g_strdup_printf("host%u.example.com", i + 1);
        answer->type = g_strdup("TXT");
        answer->source = g_strdup("snapshot");
        answer->dnssec = g_strdup("unknown");
        answer->status = i % 10 == 9 ? DNS_NXDOMAIN : i % 10 == 8 ? DNS_TIMEOUT : DNS_NOERROR;
        answer->ms = i == 4 ? 700.0 : 0.0;
        record->text = i == 0 ? g_strnfill(9000, 'x') : g_strdup_printf("\"text %u\"", i + 1);
        if (answer->status == DNS_NOERROR)
            g_ptr_array_add(answer->records, record);
        else
            record_free(&dns_record_type, record);
        g_ptr_array_add(report->dns, answer);
        if (i % 2 == 0)
            g_ptr_array_add(step->evidence, evidence_dns(answer));
    }
}

static void
add_advice(Report *report, const Wanted *wanted)
{
    Advice *advice = record_new(&advice_type);

    advice->pattern = "sending-service";
    advice->who = wanted->alone ? wanted->alone : "service-customer";
    advice->turns = g_strdup("dkim-vouches");
    advice->record = g_strdup(wanted->record);
    g_ptr_array_add(advice->args, g_strdup("example.com"));
    g_ptr_array_add(advice->args, g_strdup("esp.example"));
    g_ptr_array_add(report->advice, advice);
    if (wanted->alone)
        return;
    Advice *other = record_new(&advice_type);
    other->pattern = "no-dmarc-record";
    other->who = "domain-dns";
    g_ptr_array_add(other->args, g_strdup("example.com"));
    g_ptr_array_add(other->args, g_strdup("example.com"));
    g_ptr_array_add(report->advice, other);
}

static void
add_identifier(Report *report, const Wanted *wanted)
{
    Identifier *identifier = record_new(&identifier_type);

    identifier->mechanism = "spf";
    identifier->domain = g_strdup("esp.example");
    identifier->aligned = (int)wanted->aligned;
    identifier->basis = PROVENANCE_RECOMPUTED;
    identifier->authenticated = wanted->spf == RESULT_PASS      ? TRI_TRUE
                                : wanted->spf == RESULT_UNKNOWN ? TRI_UNKNOWN
                                                                : TRI_FALSE;
    report->spf->mail_from->result = wanted->spf;
    g_ptr_array_add(report->dmarc->rfc9989->identifiers, identifier);
}

static Report *
run(gpointer data)
{
    const Wanted *wanted = data;
    Report *report = report_new();

    report->source->path = g_strdup("x");
    report->source->fidelity = g_strdup("raw");
    report->from->domain = g_strdup("example.com");
    report->dmarc->rfc9989->result = wanted->no_record ? RESULT_NONE : RESULT_FAIL;
    report->dmarc->rfc9989->policy = wanted->no_record ? NULL : "reject";
    report->tree = add_step(NULL, "dmarc", RESULT_FAIL);
    Step *vouches = add_step(report->tree, "dkim-vouches", RESULT_NO);
    vouches->folded = TRUE;
    add_identifier(report, wanted);
    add_answers(report, add_step(vouches, "dkim-key", RESULT_NO), wanted->answers);
    if (wanted->advice)
        add_advice(report, wanted);
    Step *below = report->tree;
    for (guint i = 0; i < wanted->deep; i++)
        below = add_step(below, "dkim-key", RESULT_NO);
    return report;
}

static gboolean
prepare(gpointer data, const Message *message, const AppChoices *choices, AppJob *job,
        GError **error)
{
    (void)message;
    (void)choices;
    (void)error;
    *job = (AppJob){ .run = run, .free = host_nothing, .data = data };
    return TRUE;
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->wanted = (Wanted){ .answers = 25, .advice = TRUE, .spf = RESULT_PASS,
                                .aligned = TRI_FALSE };
    fixture->input = (AppInput){ .host = { prepare, host_offline, &fixture->wanted },
                                 .files = fixture->none, .ascii = TRUE };
    fixture->app = app_new(&fixture->input, TRUE);
    app_start(fixture->app);
    app_resize(fixture->app, 80, 24);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
    (void)data;
    app_free(fixture->app);
    g_free(fixture->wanted.record);
}

static App *
open_mail(Fixture *fixture)
{
    App *app = fixture->app;
    const InputText input = { g_bytes_new_static(mail, strlen(mail)), TRUE, FALSE };

    app_text(app, &input);
    while (app_busy(app))
        app_work(app, 1000);
    g_bytes_unref(input.bytes);
    press(app, "^D");
    return app;
}

/* ---- Chart ---- */

static void
test_chart(Fixture *fixture, gconstpointer data)
{
    App *app = open_mail(fixture);

    (void)data;
    press(app, "7");
    g_assert_true(sees(app, "[7 Chart]"));
    g_assert_true(sees(app, "[>DMARC x FAIL ]"));
    g_assert_true(sees(app, "SPF passed for esp.example, which is not example.com. Nobody signed"));
    press(app, "k");
    g_assert_true(sees(app, ">DMARC + pass"));
    g_assert_true(sees(app, "[ DMARC x FAIL ]"));       /* this message stays where it is */
    g_assert_true(sees(app, "CELL    SPF passed for the domain in From:, and not signed"));
    press(app, "hhhhjjjj");
    g_assert_true(sees(app, "no SPF record, and a signature of the domain in From: is good"));
    press(app, "G");
    g_assert_true(sees(app, "no SPF record, and not signed"));
    press(app, "g");
    g_assert_true(sees(app, "[>DMARC x FAIL ]"));
    press(app, "r");
    g_assert_true(sees(app, "[>DMARC - none ]"));
    g_assert_false(sees(app, "+ pass"));
    press(app, "r");
    g_assert_true(sees(app, "+ pass"));
    press(app, "\r");
    g_assert_true(sees(app, "[2 Tree]"));
}

static void
test_chart_open(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->wanted.spf = RESULT_UNKNOWN;
    fixture->wanted.no_record = TRUE;
    App *app = open_mail(fixture);
    press(app, "7");
    g_assert_true(sees(app, "Only the column of this message is known."));
    g_assert_true(sees(app, "Without a DMARC record"));
    g_assert_false(sees(app, "[ ] this message"));
}

/* ---- Advice ---- */

static void
test_advice(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->wanted.record =
        g_strdup("s1._domainkey.example.com. IN CNAME s1.example-com.the.keys.esp.example.");
    App *app = open_mail(fixture);
    press(app, "8");
    g_assert_true(sees(app, "1 of 2   Whoever uses the service"));
    /* Too long for its usual place, so it begins at the edge: one line to copy. */
    g_assert_true(sees(app, "\ns1._domainkey.example.com. IN CNAME "
                            "s1.example-com.the.keys.esp.example.\n"));
    g_assert_true(sees(app, "MAIL FROM stays the service's, esp.example"));
    g_assert_true(sees(app, "PROVED   not tried here"));
    press(app, "\r");
    g_assert_true(sees(app, "[2 Tree]"));
    g_assert_cmpstr(cursor_step(app->doc->cursor)->id, ==, "dkim-vouches");
    press(app, "8j\r");
    g_assert_true(sees(app, "It turns no single step"));
    app_resize(app, 140, 30);
    press(app, "k^I");
    g_assert_true(sees(app, "Tab: back to the advice"));
    app_resize(app, 60, 16);
    g_assert_true(sees(app, "1 of 2   Whoever uses the service"));
}

/* Nobody to write to: why. */
static void
test_no_letter(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->wanted.alone = "reader";
    App *app = open_mail(fixture);
    press(app, "8:letter\r");
    g_assert_true(sees(app, "nobody to write to: only who reads the mail now"));
    fixture->wanted.alone = "nobody";
    open_mail(fixture);
    press(app, "8:letter\r");
    g_assert_true(sees(app, "nobody to write to: nothing must change"));
}

static void
test_no_advice(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->wanted.advice = FALSE;
    App *app = open_mail(fixture);
    app_resize(app, 140, 24);
    g_assert_false(sees(app, "8 Advice"));
    press(app, "8");
    g_assert_true(sees(app, "[8 Advice]"));             /* it stays reachable */
    press(app, "\rjG ^I");
}

/* ---- the status line ---- */

/* What is said of a file is seen behind a path of any length; a sentence is cut at its end. */
static void
test_long_status(Fixture *fixture, gconstpointer data)
{
    static const char folder[] = "/home/somebody/Documents/Customers/Example & Sons/2026/November";
    App *app = open_mail(fixture);

    (void)data;
    app_status(app, "%s/mail.html: is there already", folder);
    g_assert_true(sees(app, "\n /home/somebody/Documents/Customers/Example & Sons../mail.html: is there already\n"));
    app_status(app, "Written to %s/\xE3\x83\xA1\xE3\x83\xBC\xE3\x83\xAB\xE3\x83\xA1\xE3\x83\xBC\xE3\x83\xAB.html", folder);
    g_assert_true(sees(app, " Written to /home/"));
    g_assert_true(sees(app, "../\xE3\x83\xA1\xE3\x83\xBC\xE3\x83\xAB\xE3\x83\xA1\xE3\x83\xBC\xE3\x83\xAB.html\n"));
    app_status(app, "%s/mine.theme, line 3: \"grean\" is neither a color nor bold, dim, underline or reverse", folder);
    g_assert_true(sees(app, "\n ../mine.theme, line 3: \"grean\" is neither a color nor bold, dim, underline or..\n"));
    app_status(app, "%0100d", 1);
    g_assert_true(sees(app, "000..\n"));
}

/* ---- views without anything in them ---- */

/* No key is offered that could do nothing there, and one that is pressed all the same says so. */
static void
test_bare(Fixture *fixture, gconstpointer data)
{
    static const struct { const char *view, *row, *acts; } cases[] = {
        { "3", "[3 Results]", "trust" },         { "5", "[5 Route]", "border" },
        { "6", "[6 Signatures]", "signed bytes" }, { "R", "[R Repairs]", "undo" },
    };
    App *app = open_mail(fixture);

    (void)data;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        press(app, cases[i].view);
        g_autofree char *shown = screen(app);
        g_assert_nonnull(strstr(shown, cases[i].row));
        g_assert_null(strstr(shown, "Enter"));
        g_assert_null(strstr(shown, cases[i].acts));
    }
    press(app, "3\r");
    g_assert_true(sees(app, "There is nothing here to open"));
    press(app, "6c");
    g_assert_true(sees(app, "There is no signature here"));
    press(app, "8");
    g_assert_true(sees(app, "Enter step"));
}

/* ---- Help ---- */

/* What only this view has stands above what all know: moving, searching, back. */
static void
test_help(Fixture *fixture, gconstpointer data)
{
    static const struct { const char *view, *own; } cases[] = {
        { "1", "walk through the tree" },     { "2", "show the bytes" },
        { "2", "only what failed" },          { "7", "the chart without a DMARC record" },
        { "8", "the step of the tree" },      { "9", "to the other pane" },
        { "6", "what it covers" },            { "5", "the border is at this hop" },
    };
    App *app = open_mail(fixture);

    (void)data;
    app_resize(app, 80, 120);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        press(app, cases[i].view);
        press(app, "?");
        g_autofree char *shown = screen(app);
        const char *own = strstr(shown, cases[i].own);
        const char *down = strstr(shown, "j, Down");
        const char *all = strstr(shown, "Keys everywhere");
        g_assert_true(own && down && all);
        g_assert_true(own < down && down < all);
    }
}

/* Looked up, then another view: help is about that one, and Esc leads there. */
static void
test_help_again(Fixture *fixture, gconstpointer data)
{
    App *app = open_mail(fixture);

    (void)data;
    press(app, "?7?");
    g_assert_true(sees(app, "Keys in Chart"));
    app_press(app, 0x1B);
    g_assert_true(sees(app, "[7 Chart]"));
    press(app, "?e2?");
    g_assert_true(sees(app, "Keys in Tree"));
    press(app, "e");
    app_press(app, 0x1B);
    g_assert_true(sees(app, "Keys in Tree"));           /* the words were those of the help */
    app_press(app, 0x1B);
    g_assert_true(sees(app, "[2 Tree]"));
    app_press(app, 0x1B);
    g_assert_true(sees(app, "[7 Chart]"));
}

/* ---- DNS ---- */

static void
test_answers(Fixture *fixture, gconstpointer data)
{
    App *app = open_mail(fixture);

    (void)data;
    press(app, "9");
    g_assert_true(sees(app, "Questions: 25; void: 2; not answered: 2; slow: 1; 700.0 ms in all"));
    press(app, "jj");
    g_assert_true(sees(app, ">    3 TXT   host3.example.com"));
    g_assert_true(sees(app, "\"text 3\""));
    press(app, "\r");
    g_assert_cmpstr(cursor_step(app->doc->cursor)->id, ==, "dkim-key");
    press(app, "9j\r");
    g_assert_true(sees(app, "No step of the tree rests on this answer"));
    press(app, "G");
    g_assert_true(sees(app, ">   25 TXT   host25.example.com"));
    app_resize(app, 60, 16);
    g_assert_true(sees(app, ">   25 TXT   host25.example.com"));
    app_resize(app, 40, 12);
    press(app, "^I");
    g_assert_true(sees(app, "\"text 25\""));
}

/* A record of 9,000 bytes is there to its end, at whatever width. */
static void
test_long_record(Fixture *fixture, gconstpointer data)
{
    App *app = open_mail(fixture);
    PagePlace *place = NULL;
    Rect area;
    guint total = 0;

    (void)data;
    press(app, "9^I");
    const Page *page = app_view(app)->class->pane(app_view(app), &place, &area);
    for (guint i = 0; i < page_cells(page); i++) {
        const PageCell cell = page_cell(page, i);
        if (cell.length > 0 && strspn(cell.text, "x") >= cell.length)
            total += (guint)cell.length;
    }
    g_assert_cmpuint(total, ==, 9000);
}

/* A key is answered at once: neither moving nor drawing looks at all of them. */
static void
test_many_answers(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->wanted.answers = ANSWERS;
    App *app = open_mail(fixture);
    press(app, "9");
    g_assert_true(sees(app, "Questions: 10000; void: 1000; not answered: 1000"));
    g_test_timer_start();
    for (guint i = 0; i < 500; i++) {
        press(app, i % 100 == 99 ? "G" : i % 100 == 98 ? "g" : "j");
        g_autoptr(Canvas) canvas = app_paint(app);
    }
    const double each = g_test_timer_elapsed() / 500.0 * 1000.0;
    g_test_message("%.3f ms a key", each);
    g_assert_cmpfloat(each, <, 40.0);
    press(app, "G");
    g_assert_true(sees(app, ">10000 TXT   host10000.example.com"));
}

static gboolean
click(App *app, guint x, guint y)
{
    View *view = app_view(app);
    const gboolean moved = view->class->click(view, x, y);

    app_resize(app, app->width, app->height);
    return moved;
}

static gboolean
find(App *app, const char *needle, gboolean backward)
{
    Find wanted = { .needle = needle, .backward = backward };
    View *view = app_view(app);
    const gboolean found = view->class->find(view, &wanted);

    app_resize(app, app->width, app->height);
    return found;
}

/* Mouse, search and copying: what the other keys of the program ask of a view. */
static void
test_asked(Fixture *fixture, gconstpointer data)
{
    App *app = open_mail(fixture);

    (void)data;
    press(app, "9");
    g_assert_true(click(app, 10, 4));                   /* below two headings the third row */
    g_assert_true(sees(app, ">    3 TXT"));
    g_assert_false(click(app, 10, 4));
    g_assert_true(find(app, "text 21", FALSE));
    g_assert_true(sees(app, ">   21 TXT"));
    g_assert_true(find(app, "timeout", TRUE));
    g_assert_true(sees(app, ">   19 TXT"));
    g_assert_false(find(app, "nowhere", FALSE));
    press(app, "gj");
    g_autofree char *zone = app_view(app)->class->value(app_view(app));
    g_assert_cmpstr(zone, ==, "host2.example.com. IN TXT \"text 2\"");
    press(app, "7");
    g_assert_true(click(app, 20, 2));
    g_autofree char *cell = app_view(app)->class->value(app_view(app));
    g_assert_cmpstr(cell, ==, "SPF aligned, DKIM aligned: DMARC pass");
    g_assert_true(find(app, "newsletter", FALSE));
    g_autofree char *found = app_view(app)->class->value(app_view(app));
    g_assert_cmpstr(found, ==, "SPF unaligned, DKIM aligned: DMARC pass");
    press(app, "8");
    g_autofree char *advice = app_view(app)->class->value(app_view(app));
    g_assert_true(g_str_has_prefix(advice, "Have the service sign with d=example.com"));
}

/* Far down in the tree titles stand at the middle of its pane; their marks are still opened and closed by a click. */
static void
test_deep_tree(Fixture *fixture, gconstpointer data)
{
    enum { DEPTH = 12, PANE = 39 /* columns of the tree at 80 */ };

    (void)data;
    fixture->wanted.deep = DEPTH;
    App *app = open_mail(fixture);
    press(app, "2");
    const guint rows = cursor_rows(app->doc->cursor)->len;
    click(app, PANE / 2 - 2, rows - 2);
    g_assert_cmpuint(cursor_rows(app->doc->cursor)->len, ==, rows - 1);
    click(app, PANE / 2 - 2, rows - 2);
    g_assert_cmpuint(cursor_rows(app->doc->cursor)->len, ==, rows);
}

/* Every key at every size, in all three: nothing breaks. */
static void
test_all_keys(Fixture *fixture, gconstpointer data)
{
    static const guint sizes[][2] = { { 80, 24 }, { 60, 16 }, { 40, 12 }, { 120, 40 },
                                      { 200, 60 }, { 41, 13 }, { 99, 18 } };
    App *app = open_mail(fixture);

    (void)data;
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        for (const char *view = "789"; *view; view++) {
            app_resize(app, sizes[i][0], sizes[i][1]);
            for (guint code = ' '; code < 0x7F; code++) {
                if (strchr("qx", (int)code))
                    continue;
                app_press(app, 0x1B);
                app_press(app, 0x1B);
                app_press(app, (guchar)*view);
                app_press(app, code);
                g_autoptr(Canvas) canvas = app_paint(app);
            }
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    static const struct { const char *path; void (*run)(Fixture *, gconstpointer); } tests[] = {
        { "/views/chart", test_chart },
        { "/views/chart-open", test_chart_open },
        { "/views/advice", test_advice },
        { "/views/no-letter", test_no_letter },
        { "/views/no-advice", test_no_advice },
        { "/views/long-status", test_long_status },
        { "/views/bare", test_bare },
        { "/views/help", test_help },
        { "/views/help-again", test_help_again },
        { "/views/answers", test_answers },
        { "/views/long-record", test_long_record },
        { "/views/many-answers", test_many_answers },
        { "/views/asked", test_asked },
        { "/views/deep-tree", test_deep_tree },
        { "/views/all-keys", test_all_keys },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
    return g_test_run();
}
