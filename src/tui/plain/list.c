/* list.c: the messages of a list, numbered, each with its verdict as soon as it is known.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/list/list-rows.h"
#include "tui/plain/part.h"
#include "tui/view/list.h"
#include "tui/view/views.h"

enum { INDENT = 2, ROWS_AT_ONCE = 20, WORK_US = 50000 };
/* So long a page of a list waits for verdicts before it is said without, where somebody sits there. */
enum { PATIENCE_MS = 800 };

/* Who reads line by line cannot watch rows come: they are here first. FALSE after Ctrl-C. */
static gboolean
read_rows(Plain *plain, MailList *list, gsize wanted)
{
    gboolean stopped = FALSE;

    while (!stopped && mail_list_busy(list) &&
           (mail_list_shown(list) < wanted || mail_list_sorted(list, NULL) != MAIL_BY_NUMBER)) {
        mail_list_work(list, WORK_US);
        stopped = plain_tie_wait(plain->tie, -1, 0);
    }
    return !stopped;
}

/* In milliseconds, for poll(). */
static int
left_until(gint64 until)
{
    return until < 0 ? -1 : (int)(MAX(until - g_get_monotonic_time(), 0) / 1000);
}

/* `until`: by g_get_monotonic_time(); negative: as long as it takes. FALSE after Ctrl-C. */
static gboolean
judge(Plain *plain, MailList *list, guint row, gint64 until)
{
    Judge *judges = plain->app->judge;

    while (mail_list_verdict(list, row) == MAIL_OPEN) {
        if (!judge_busy(judges))
            list_judge(plain->app, row);
        if (judge_busy(judges) && plain_tie_wait(plain->tie, judge_fd(judges), left_until(until))) {
            judge_cancel(judges);
            return FALSE;
        }
        if (!judge_done(judges, list) && left_until(until) == 0)
            break;
    }
    return TRUE;
}

/* "3. x FAIL; 2026-09-01 10:00; user@example.jp; Subject" */
void
plain_list_row(Plain *plain, guint row)
{
    MailList *list = plain->app->doc->list;
    g_autoptr(StoreLine) line = mail_list_line(list, row);
    g_autofree char *verdict = mark_verdict(mail_list_seen_verdict(list, row), plain->app->glyphs);
    g_autofree char *date = list_rows_date(line);
    g_autofree char *from = list_rows_from(line);
    const char *like = mail_list_looks_like(list, row, line);
    g_autofree char *alike = like ? g_strdup_printf(_("looks like %s"), like) : g_strdup("");
    const char *const parts[] = { line->fault ? line->fault : date, line->fault ? "" : from, alike,
                                  line->subject ? line->subject : "" };
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_append_printf(text, "%u. %s", row + 1, verdict);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (*parts[i])
            g_string_append_printf(text, "; %s", parts[i]);
    plain_out_text(plain->out, INDENT, NULL, text->str);
}

/* Where the verdict decides what is seen, all must be known before the first is shown. */
static gboolean
judge_all(Plain *plain, MailList *list)
{
    if (!list_judges_all(plain->app))
        return TRUE;
    for (guint row = 0; row < mail_list_count(list); row++)
        if (!judge(plain, list, row, -1))
            return FALSE;
    while (mail_list_busy(list))
        mail_list_work(list, WORK_US);
    return TRUE;
}

static gboolean
judge_shown(Plain *plain, MailList *list, guint row, gint64 until)
{
    g_autoptr(StoreLine) line = mail_list_line(list, row);

    if (!line->fault)
        return judge(plain, list, row, until);
    mail_list_refuse(list, row, line->fault);
    return TRUE;
}

static void
say_rest(Plain *plain, const MailList *list, gsize position)
{
    const guint count = mail_list_shown(list);

    if (count == 0)
        plain_out_say(plain->out, "%s",
                      mail_list_filtered(list) ? list_nothing(list)
                                               : _("There is no message in it."));
    else if (position < count)
        plain_out_say(plain->out, "%s", _("A number opens that message. Enter: the next ones"));
    else
        plain_out_say(plain->out, "%s", _("That was the last one. A number opens that message"));
}

static gsize
place_of(const Plain *plain)
{
    return plain->place.of == plain->app->doc ? plain->place.next : 0;
}

/* A message that was not found yet, too. */
gboolean
plain_list_has(Plain *plain, guint number)
{
    MailList *list = plain->app->doc->list;

    while (mail_list_count(list) < number && mail_list_busy(list) &&
           !plain_tie_wait(plain->tie, -1, 0))
        mail_list_work(list, WORK_US);
    return number >= 1 && number <= mail_list_count(list);
}

/* FALSE after Ctrl-C. */
static gboolean
settle(Plain *plain)
{
    MailList *list = plain->app->doc->list;

    return read_rows(plain, list, place_of(plain) + ROWS_AT_ONCE + 1) &&
           judge_all(plain, list);
}

void
plain_list_begin(Plain *plain)
{
    const Document *doc = plain->app->doc;

    settle(plain);
    if (plain->opened.in != doc)
        return;
    plain->opened.in = NULL;
    plain->place.of = doc;
    plain->place.next = MIN(plain->opened.first, mail_list_shown(doc->list));
}

/* Said without its verdict, it follows. */
static gboolean
is_late(Plain *plain, guint row)
{
    const gboolean open = mail_list_verdict(plain->app->doc->list, row) == MAIL_OPEN;

    if (open)
        plain_await(plain, row);
    else
        plain_await_no_more(plain, row);
    return open;
}

void
plain_list(Plain *plain)
{
    MailList *list = plain->app->doc->list;
    gsize position = place_of(plain);
    gboolean judging = settle(plain);
    const gint64 until =
        plain->interactive ? g_get_monotonic_time() + PATIENCE_MS * G_TIME_SPAN_MILLISECOND : -1;
    gboolean late = FALSE;

    plain->place.first = position;
    for (guint i = 0; i < ROWS_AT_ONCE && position < mail_list_shown(list); i++, position++) {
        if (i > 0 && !plain_out_room(plain->out))
            break;
        const guint row = mail_list_row(list, (guint)position);
        judging = judging && judge_shown(plain, list, row, until);
        plain_list_row(plain, row);
        late = (judging && is_late(plain, row)) || late;
        if (plain_out_stopped(plain->out))
            break;
    }
    plain->place.of = plain->app->doc;
    plain->place.next = position;
    say_rest(plain, list, position);
    if (late)
        plain_out_say(plain->out, "%s", _("DNS takes its time: the missing verdicts follow when they are known"));
}

/* The chart of a list: its counts are of all messages. */
void
plain_chart(Plain *plain)
{
    MailList *list = plain->app->doc->list;

    if (read_rows(plain, list, G_MAXSIZE))
        judge_all(plain, list);
    g_autoptr(Page) page = chart_many_read(app_view(plain->app), plain_out_width(plain->out));
    plain_show_page(plain, page);
}

/* Likewise. */
void
plain_survey(Plain *plain)
{
    App *app = plain->app;
    MailList *list = app->doc->list;
    View *view = app_view(app);

    if (read_rows(plain, list, G_MAXSIZE))
        judge_all(plain, list);
    view->class->fit(view, app->width, app->height);
    g_autoptr(Page) page = survey_as_page(view, plain_out_width(plain->out));
    plain_show_page(plain, page);
}

void
plain_list_all(Plain *plain)
{
    MailList *list = plain->app->doc->list;

    read_rows(plain, list, G_MAXSIZE);
    for (guint i = 0; i < mail_list_shown(list) && !plain_out_stopped(plain->out) &&
                      !plain_tie_wait(plain->tie, -1, 0); i++)
        plain_list_row(plain, mail_list_row(list, i));
}
