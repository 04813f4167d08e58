/* mail-survey.c: the rows of a list in groups, as far as they were judged.
 * SPDX-License-Identifier: MIT */
#include "facts/mask.h"
#include "tui/list/mail-list-part.h"

void
mail_survey_reset(MailList *list)
{
    survey_free(list->survey);
    list->survey = survey_new();
    survey_compare_names(list->survey, list->lookalikes);
    list->groups_end = 0;
    list->survey_serial++;
}

void
mail_list_compare_names(MailList *list, const Lookalikes *data)
{
    list->lookalikes = data;
    survey_compare_names(list->survey, data);
}

const char *
mail_list_looks_like(const MailList *list, guint row, const StoreLine *line)
{
    const char *imitated = lookalike_imitated_in(list->lookalikes, line->from);
    const SurveyGroup *group = imitated ? NULL : survey_group_at(list->survey, mail_row(list, row)->group);

    return group ? survey_looks_like(list->survey, group->author_domain) : imitated;
}

void
mail_list_take(MailList *list, guint row, const SurveyRow *taken)
{
    MailRow *at = mail_row(list, row);

    if (at->group != SURVEY_NO_GROUP || at->verdict == MAIL_UNREADABLE)
        return;
    const guint group = survey_add(list->survey, taken);
    at->group = group;
    if (group != SURVEY_NO_GROUP)
        list->groups_end = MAX(list->groups_end, group + 1);
    if (row == list->only_like && group != SURVEY_NO_GROUP)
        mail_list_filter_group(list, group);
}

/* What it says of itself may name somebody. */
void
mail_list_refuse(MailList *list, guint row, const char *fault)
{
    const MailRow *at = mail_row(list, row);
    const char *path = g_array_index(list->files, MailFile, at->file).path;
    const SourceInfo source = { .path = (char *)(list->redact ? MASK_REDACTED : path),
                                .index = (gint64)at->index + 1 };
    g_autoptr(SurveyRow) taken =
        survey_row_unreadable(&source, list->redact || !fault ? MASK_REDACTED : fault);

    mail_list_take(list, row, taken);
    mail_list_judge(list, row, MAIL_UNREADABLE);
}

const Survey *
mail_list_survey(const MailList *list)
{
    return list->survey;
}

guint
mail_list_groups_end(const MailList *list)
{
    return list->groups_end;
}

guint
mail_list_survey_serial(const MailList *list)
{
    return list->survey_serial;
}
