/* test-screen-list.c: rows of a list: found, sorted, filtered, searched.
 * SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <string.h>

#include "tui/list/list-rows.h"
#include "tui/list/mail-list.h"

#define MAIL(day, from, subject)                                                                   \
    "From x@example.com Tue Sep  1 10:00:00 2026\nFrom: " from "\nSubject: " subject               \
    "\nDate: Tue, " day " Sep 2026 10:00:00 +0000\nMessage-ID: <" day "@example.com>\n\ntext\n\n"

static const char box[] = MAIL("3", "\"carol\" <c@example.com>", "banana")
    MAIL("1", "Alice <a@example.com>", "Cherry") MAIL("4", "bob <b@example.com>", "apple pie")
        MAIL("2", "Dan <d@example.com>", "=?UTF-8?B?5pel5pys6Kqe?=");

typedef struct {
    char     *folder, *box, *missing;
    MailList *list;
} Fixture;

static void
work(MailList *list)
{
    while (mail_list_busy(list))
        mail_list_work(list, 1000);
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->folder = g_dir_make_tmp("list-XXXXXX", NULL);
    fixture->box = g_build_filename(fixture->folder, "box", NULL);
    fixture->missing = g_build_filename(fixture->folder, "missing", NULL);
    g_assert_true(g_file_set_contents(fixture->box, box, -1, NULL));
    char *const files[] = { fixture->box, NULL };
    fixture->list = mail_list_new(files, NULL);
    work(fixture->list);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
    (void)data;
    mail_list_free(fixture->list);
    g_unlink(fixture->box);
    g_rmdir(fixture->folder);
    g_free(fixture->box);
    g_free(fixture->missing);
    g_free(fixture->folder);
}

/* Rows in sight, from 1, as "1 2 3". */
static char *
shown(const MailList *list)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < mail_list_shown(list); i++) {
        g_string_append_printf(out, "%s%u", i > 0 ? " " : "", mail_list_row(list, i) + 1);
        g_assert_cmpuint(mail_list_position(list, mail_list_row(list, i)), ==, i);
    }
    return g_string_free(out, FALSE);
}

#define expect(list, want) \
    G_STMT_START { \
        g_autofree char *got_ = shown(list); \
        g_assert_cmpstr(got_, ==, want); \
    } G_STMT_END

static void
test_found(Fixture *fixture, gconstpointer data)
{
    (void)data;
    g_autoptr(StoreLine) line = mail_list_line(fixture->list, 3);
    g_autofree char *progress = mail_list_progress(fixture->list);
    g_autoptr(Message) message = mail_list_message(fixture->list, 1, NULL);

    expect(fixture->list, "1 2 3 4");
    g_assert_cmpstr(line->subject, ==, "日本語");
    g_assert_cmpstr(progress, ==, "4 messages");
    g_assert_nonnull(message);
    g_assert_null(mail_list_file(fixture->list, 0));
    g_assert_true(mail_list_is_complete(fixture->list));
}

static void
test_sort(Fixture *fixture, gconstpointer data)
{
    static const struct { MailSort sort; const char *want, *reversed; } cases[] = {
        { MAIL_BY_DATE, "2 4 1 3", "3 1 4 2" },
        { MAIL_BY_FROM, "2 3 1 4", "4 1 3 2" },
        { MAIL_BY_SUBJECT, "3 1 2 4", "4 2 1 3" },
        { MAIL_BY_NUMBER, "1 2 3 4", "4 3 2 1" },
    };

    (void)data;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        gboolean reverse;
        mail_list_sort(fixture->list, cases[i].sort, FALSE);
        work(fixture->list);
        expect(fixture->list, cases[i].want);
        mail_list_sort(fixture->list, cases[i].sort, TRUE);
        work(fixture->list);
        expect(fixture->list, cases[i].reversed);
        g_assert_cmpint(mail_list_sorted(fixture->list, &reverse), ==, cases[i].sort);
        g_assert_true(reverse);
    }
}

static void
test_verdicts(Fixture *fixture, gconstpointer data)
{
    MailList *list = fixture->list;

    (void)data;
    mail_list_judge(list, 0, MAIL_PASS);
    mail_list_judge(list, 2, MAIL_FAIL);
    g_assert_cmpuint(mail_list_judged(list), ==, 2);
    mail_list_sort(list, MAIL_BY_VERDICT, FALSE);
    work(list);
    expect(list, "3 1 2 4");
    mail_list_judge(list, 1, MAIL_UNKNOWN);
    mail_list_judge(list, 3, MAIL_SAID_FAIL);       /* now all have one: in order at once */
    work(list);
    expect(list, "3 4 2 1");
    mail_list_forget_verdicts(list);
    g_assert_cmpuint(mail_list_judged(list), ==, 0);
    g_assert_cmpint(mail_list_verdict(list, 2), ==, MAIL_OPEN);
}

/* What the process died on has no verdict, and gets none when verdicts are wanted anew. */
static void
test_buried(Fixture *fixture, gconstpointer data)
{
    MailList *list = fixture->list;

    (void)data;
    mail_list_bury(list, 0, "it died");
    mail_list_judge(list, 1, MAIL_PASS);
    g_assert_cmpuint(mail_list_next_open(list), ==, 2);
    mail_list_forget_verdicts(list);
    g_assert_cmpint(mail_list_verdict(list, 0), ==, MAIL_UNREADABLE);
    g_assert_cmpint(mail_list_verdict(list, 1), ==, MAIL_OPEN);
    g_assert_cmpuint(mail_list_next_open(list), ==, 1);
    g_assert_cmpuint(mail_list_judged(list), ==, 1);
    g_assert_cmpuint(mail_list_unreadable(list), ==, 1);
    g_assert_cmpint(survey_totals(mail_list_survey(list))->unreadable, ==, 1);
    g_autoptr(StoreLine) line = mail_list_line(list, 0);
    g_assert_cmpstr(line->fault, ==, "it died");
}

static void
test_filter(Fixture *fixture, gconstpointer data)
{
    MailList *list = fixture->list;

    (void)data;
    mail_list_filter(list, TRUE);
    expect(list, "");
    mail_list_judge(list, 3, MAIL_FAIL);
    mail_list_judge(list, 0, MAIL_PASS);
    mail_list_judge(list, 1, MAIL_SAID_FAIL);
    expect(list, "2 4");
    mail_list_sort(list, MAIL_BY_DATE, TRUE);
    work(list);
    expect(list, "4 2");
    mail_list_judge(list, 2, MAIL_FAIL);            /* into its place */
    expect(list, "3 4 2");
    mail_list_judge(list, 3, MAIL_PASS);
    expect(list, "3 2");
    mail_list_filter(list, FALSE);
    work(list);
    expect(list, "3 1 4 2");
}

/* How the last search went around. */
static int around;

/* The chart counts what was judged; only one cell's rows, as verdicts come and are forgotten. */
static void
test_cells(Fixture *fixture, gconstpointer data)
{
    MailList *list = fixture->list;
    const guint8 first = (guint8)chart_cell(CHART_ALIGNED, CHART_NONE);
    const ChartSpot here = { first, first }, nowhere = { CHART_NO_CELL, first };

    (void)data;
    g_assert_cmpuint(mail_list_next_open(list), ==, 0);
    mail_list_place(list, 0, MAIL_PASS, here);
    mail_list_place(list, 2, MAIL_UNKNOWN, nowhere);
    g_assert_cmpuint(mail_list_next_open(list), ==, 1);
    mail_list_judge(list, 1, MAIL_UNREADABLE);
    g_assert_cmpuint(mail_list_next_open(list), ==, 3);
    g_assert_cmpuint(mail_list_unreadable(list), ==, 1);
    g_assert_cmpuint(mail_list_chart(list)->own[first], ==, 1);
    g_assert_cmpuint(mail_list_chart(list)->told[first], ==, 1);
    g_assert_cmpuint(mail_list_chart(list)->own[CHART_NO_CELL], ==, 1);
    mail_list_filter_cell(list, first);
    g_assert_true(mail_list_filtered(list));
    expect(list, "1");
    mail_list_place(list, 3, MAIL_PASS, here);              /* into its place */
    expect(list, "1 4");
    g_assert_cmpuint(mail_list_next_open(list), ==, LIST_NO_ROW);
    mail_list_place(list, 0, MAIL_UNKNOWN, nowhere);
    expect(list, "4");
    mail_list_filter_cell(list, CHART_NO_CELL);             /* not what cannot be read */
    expect(list, "1 3");
    mail_list_forget_verdicts(list);
    expect(list, "");
    g_assert_cmpuint(mail_list_next_open(list), ==, 0);
    g_assert_cmpuint(mail_list_chart(list)->own[first] + mail_list_unreadable(list), ==, 0);
    mail_list_filter(list, FALSE);
    g_assert_cmpuint(mail_list_cell(list), ==, LIST_ANY_CELL);
    expect(list, "1 2 3 4");
}

static guint
search(MailList *list, const char *text, guint from, gboolean backward)
{
    guint position = 0;

    mail_list_search(list, text, from, backward);
    while (!mail_list_found(list, &position, &around)) {
        g_assert_true(mail_list_searching(list));
        mail_list_work(list, 100);
    }
    g_assert_false(mail_list_searching(list));
    return position;
}

static void
test_search(Fixture *fixture, gconstpointer data)
{
    MailList *list = fixture->list;

    (void)data;
    g_assert_cmpuint(search(list, "APPLE", 0, FALSE), ==, 2);
    g_assert_cmpint(around, ==, 0);
    g_assert_cmpuint(search(list, "apple", 2, FALSE), ==, 2);       /* around, to itself */
    g_assert_cmpint(around, ==, 1);
    g_assert_cmpuint(search(list, "example.com", 0, FALSE), ==, 1);
    g_assert_cmpuint(search(list, "example.com", 3, FALSE), ==, 0);
    g_assert_cmpint(around, ==, 1);
    g_assert_cmpuint(search(list, "example.com", 2, TRUE), ==, 1);
    g_assert_cmpint(around, ==, 0);
    g_assert_cmpuint(search(list, "example.com", 0, TRUE), ==, 3);
    g_assert_cmpint(around, ==, -1);
    g_assert_cmpuint(search(list, "日本", 0, FALSE), ==, 3);
    g_assert_cmpuint(search(list, "4 Sep", 0, FALSE), ==, 2);
    g_assert_cmpuint(search(list, "nothing", 1, FALSE), ==, LIST_NO_ROW);
    g_assert_cmpuint(search(list, "nothing", 1, TRUE), ==, LIST_NO_ROW);
    mail_list_filter(list, TRUE);
    g_assert_cmpuint(search(list, "apple", 0, FALSE), ==, LIST_NO_ROW);
    mail_list_judge(list, 2, MAIL_FAIL);
    g_assert_cmpuint(search(list, "apple", 0, FALSE), ==, 0);
}

static void
test_files(Fixture *fixture, gconstpointer data)
{
    char *const files[] = { fixture->missing, fixture->box, fixture->missing, NULL };
    g_autoptr(MailList) list = mail_list_new(files, NULL);
    g_autoptr(GError) error = NULL;

    (void)data;
    g_assert_true(mail_list_busy(list));
    work(list);
    g_assert_cmpuint(mail_list_count(list), ==, 6);
    g_autoptr(StoreLine) line = mail_list_line(list, 0);
    g_assert_nonnull(line->fault);
    g_assert_null(mail_list_message(list, 5, &error));
    g_assert_nonnull(strstr(error->message, "missing"));
    g_assert_cmpstr(mail_list_file(list, 2), ==, fixture->box);
    mail_list_sort(list, MAIL_BY_DATE, FALSE);
    work(list);
    expect(list, "3 5 2 4 1 6");                    /* what has no date stands last */
    g_assert_cmpint(mail_list_verdict(list, 0), ==, MAIL_UNREADABLE);
}

static void
test_senders(Fixture *fixture, gconstpointer data)
{
    static const struct { const char *from, *shown; } cases[] = {
        { "\"Sato, Hanako\" <h@example.com>", "Sato, Hanako <h@example.com>" },
        { "\"\\\"Pat\\\" O\\\\Hara\" <p@example.com>", "\"Pat\" O\\Hara <p@example.com>" },
        { "\"ceo@bank.example\" <a@evil.example>", "<a@evil.example> ceo@bank.example" },
        { "<ceo@bank.example> <a@evil.example> ", "<a@evil.example> <ceo@bank.example>" },
        { "\"ceo\xEF\xBC\xA0" "bank.example\" <a@evil.example>", "<a@evil.example> ceo\xEF\xBC\xA0" "bank.example" },
        { "a@example.com (b@example.net)", "a@example.com (b@example.net)" },
        { "\"never closed <p@example.com>", "\"never closed <p@example.com>" },
        { "\"ends in \\", "\"ends in \\" },
        { "plain@example.com", "plain@example.com" },
        { "", "" },
        { NULL, "-" },
    };

    (void)fixture, (void)data;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *from = g_strdup(cases[i].from);
        const StoreLine line = { .from = from };
        g_autofree char *shown = list_rows_from(&line);
        g_assert_cmpstr(shown, ==, cases[i].shown);
    }
}

#define add(name, test) g_test_add("/screen/list/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("found", test_found);
    add("sort", test_sort);
    add("verdicts", test_verdicts);
    add("buried", test_buried);
    add("filter", test_filter);
    add("cells", test_cells);
    add("search", test_search);
    add("files", test_files);
    add("senders", test_senders);
    return g_test_run();
}
