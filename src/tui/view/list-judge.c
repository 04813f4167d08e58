/* list-judge.c: which rows of a list are judged next, and how many of them at once.
 * SPDX-License-Identifier: MIT */
#include "tui/view/list-part.h"

static gboolean
is_open(const MailList *list, guint row)
{
    return mail_list_verdict(list, row) == MAIL_OPEN;
}

/* Where the verdict decides what is seen, or is counted. */
gboolean
list_judges_all(const App *app)
{
    const MailList *list = app->doc->list;

    return mail_list_filtered(list) || mail_list_sorted(list, NULL) == MAIL_BY_VERDICT ||
           app->doc->current == VIEW_CHART || app->doc->current == VIEW_SURVEY;
}

guint
list_row_to_judge(const App *app)
{
    MailList *list = app->doc->list;
    const ListView *self = list_view(app);

    for (guint i = 0; self && i < list_rows_count(self->shown); i++)
        if (is_open(list, list_rows_row(self->shown, i)))
            return list_rows_row(self->shown, i);
    return list_judges_all(app) ? mail_list_next_open(list) : LIST_NO_ROW;
}

/* The first message of a round. */
typedef struct {
    char   *path;
    DnsMode mode;
} Round;

/* All of a round have their answers of DNS from one place: those of a snapshot are a file's own. */
static gboolean
fits_round(const Round *round, const Message *message, DnsMode mode)
{
    return !round->path ||
           (round->mode == mode && (mode != DNS_MODE_SNAPSHOT ||
                                    g_str_equal(round->path, message_path(message))));
}

/* Where answers come from is asked once for a file: that is a question to the file system. */
static DnsMode
mode_of(const App *app, Message *message, const Round *round)
{
    const Document asked = { .message = message };

    return round->path && g_str_equal(round->path, message_path(message)) ? round->mode
                                                                          : app_dns_mode(app, &asked, NULL);
}

/* FALSE: the round ends before it. */
static gboolean
add_row(App *app, guint row, Round *round)
{
    MailList *list = app->doc->list;
    g_autoptr(GError) error = NULL;

    Message *message = mail_list_message(list, row, &error);
    if (!message) {
        mail_list_refuse(list, row, error ? error->message : NULL);
        return TRUE;
    }
    const AppChoices choices = { app->trusted, 0, mode_of(app, message, round), TRUE };
    if (!fits_round(round, message, choices.dns)) {
        message_free(message);
        return FALSE;
    }
    if (!round->path)
        *round = (Round){ g_strdup(message_path(message)), choices.dns };
    if (!judge_add(app->judge, message, &choices, row, &error))
        mail_list_judge(list, row, MAIL_UNKNOWN);
    return TRUE;
}

/* With those behind it, where all are wanted: a round for each would take longer than its check. */
void
list_judge(App *app, guint row)
{
    const MailList *list = app->doc->list;
    const guint room = list_judges_all(app) ? judge_room(app->judge) : 1;
    const guint end = MIN(row + room, mail_list_count(list));
    Round round = { NULL, DNS_MODES };

    while (row < end && is_open(list, row) && add_row(app, row, &round))
        row++;
    g_free(round.path);
    judge_begin(app->judge);
}

void
list_judge_next(App *app)
{
    const guint row = list_row_to_judge(app);

    if (row != LIST_NO_ROW)
        list_judge(app, row);
}
