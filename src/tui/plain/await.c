/* await.c: verdicts of a list's rows that come while somebody may type.
 * SPDX-License-Identifier: MIT
 *
 * A name server that does not answer keeps a row waiting for seconds. The prompt is there meanwhile; when the last
 * of the missing verdicts is known, their rows are said again, all at once: a line that is being typed is
 * disturbed once, and nothing of it is lost. */
#include "tui/list/list-rows.h"
#include "tui/plain/part.h"
#include "tui/view/list.h"

void
plain_await(Plain *plain, guint row)
{
    if (plain->awaited.in != plain->app->doc)
        g_array_set_size(plain->awaited.rows, 0);
    plain->awaited.in = plain->app->doc;
    for (guint i = 0; i < plain->awaited.rows->len; i++)
        if (g_array_index(plain->awaited.rows, guint, i) == row)
            return;
    g_array_append_val(plain->awaited.rows, row);
}

void
plain_await_no_more(Plain *plain, guint row)
{
    for (guint i = plain->awaited.rows->len; i-- > 0;)
        if (plain->awaited.in == plain->app->doc && g_array_index(plain->awaited.rows, guint, i) == row)
            g_array_remove_index(plain->awaited.rows, i);
}

static gboolean
is_awaiting(const Plain *plain)
{
    return plain->awaited.in == plain->app->doc && plain->awaited.rows->len > 0;
}

/* The first that has no verdict yet; LIST_NO_ROW: all have. */
static guint
next_row(const Plain *plain)
{
    const MailList *list = plain->app->doc->list;

    for (guint i = 0; i < plain->awaited.rows->len; i++) {
        const guint row = g_array_index(plain->awaited.rows, guint, i);
        if (row < mail_list_count(list) && mail_list_verdict(list, row) == MAIL_OPEN)
            return row;
    }
    return LIST_NO_ROW;
}

/* In predict mode they are known, but not to be seen. */
static void
say(Plain *plain)
{
    const MailList *list = plain->app->doc->list;
    g_autoptr(GArray) rows = g_array_copy(plain->awaited.rows);
    gboolean said = FALSE;

    g_array_set_size(plain->awaited.rows, 0);
    plain_out_begin(plain->out);
    for (guint i = 0; i < rows->len && !plain_out_stopped(plain->out); i++) {
        const guint row = g_array_index(rows, guint, i);
        if (row >= mail_list_count(list) || mail_list_seen_verdict(list, row) == MAIL_OPEN)
            continue;
        if (!said && plain->awaited.prompt)
            plain_out_echo(plain->out, "");
        plain_list_row(plain, row);
        said = TRUE;
    }
    if (said && plain->awaited.prompt)
        plain_out_prompt(plain->out, plain->awaited.prompt);
}

static int
awaited_fd(gpointer data)
{
    const Plain *plain = data;

    return is_awaiting(plain) ? judge_fd(plain->app->judge) : -1;
}

static void
work(gpointer data)
{
    Plain *plain = data;
    App *app = plain->app;

    if (!is_awaiting(plain))
        return;
    judge_done(app->judge, app->doc->list);
    /* A row that cannot be judged has its verdict at once. */
    for (guint row; !judge_busy(app->judge) && (row = next_row(plain)) != LIST_NO_ROW;)
        list_judge(app, row);
    if (!judge_busy(app->judge) && next_row(plain) == LIST_NO_ROW)
        say(plain);
}

/* Before a command is waited for. */
void
plain_await_begin(Plain *plain, const char *prompt)
{
    plain->awaited.prompt = NULL;   /* what is known by now stands before it */
    work(plain);
    plain->awaited.prompt = prompt;
    plain_tie_meanwhile(plain->tie, awaited_fd, work, plain);
}

/* Before it is done: what it asks may come more than once. */
void
plain_await_end(Plain *plain)
{
    plain_tie_meanwhile(plain->tie, NULL, NULL, NULL);
}
