/* task.c: tries changes for a lesson.
 * SPDX-License-Identifier: MIT */
#include "lesson/task.h"

#include "tree/words.h"
#include "whatif/goal.h"
#include "whatif/outcome.h"

Edits *
task_edits(const ScriptSection *section, GError **error)
{
    g_autoptr(Edits) edits = edits_new();

    if (*section->argument && !edits_add_text(edits, section->argument, error))
        return NULL;
    for (guint i = 0; i < section->settings->len; i++) {
        const ScriptSetting *setting = section->settings->pdata[i];
        if (g_str_equal(setting->key, "edit") && !edits_add_text(edits, setting->value, error))
            return NULL;
    }
    return g_steal_pointer(&edits);
}

void
task_try_free(TaskTry *tried)
{
    if (!tried)
        return;
    g_clear_pointer(&tried->report, report_free);
    g_free(tried->words);
    g_free(tried);
}

static TaskTry *
refuse(char *words)
{
    TaskTry *tried = g_new0(TaskTry, 1);

    tried->words = words;
    return tried;
}

/* Who the learner may be: with a domain that one, "sender" alone anybody who could be meant by the
 * message. (transfer full: GPtrArray of Goal) */
static GPtrArray *
goals_of(const ScriptSection *section, const Report *before)
{
    const char *actor = section_value(section, "actor");
    GPtrArray *goals = g_ptr_array_new_with_free_func((GDestroyNotify)goal_free);
    g_autoptr(GPtrArray) choices = actor ? goal_choices(before) : NULL;

    for (guint i = 0; choices && i < choices->len; i++) {
        const Goal *choice = choices->pdata[i];
        if (g_str_equal(goal_role_words[choice->role], actor))
            g_ptr_array_add(goals, goal_copy(choice));
    }
    Goal *named = actor && goals->len == 0 ? goal_read(actor, NULL) : NULL;
    if (named)
        g_ptr_array_add(goals, named);
    return goals;
}

/* The last reason, where nobody of them could make it. */
static char *
refusal(const GPtrArray *goals, const Report *before, const WhatIf *edit)
{
    g_autofree char *why = NULL;

    for (guint i = 0; i < goals->len; i++) {
        char *reason = NULL;
        if (goal_allows(goals->pdata[i], before, edit, &reason))
            return NULL;
        g_free(why);
        why = reason;
    }
    return g_steal_pointer(&why);
}

char *
task_refused(const ScriptSection *section, const Edits *edits, const Report *before)
{
    g_autoptr(GPtrArray) goals = goals_of(section, before);

    for (guint i = 0; i < edits_length(edits); i++) {
        char *reason = refusal(goals, before, edits_get(edits, i));
        if (reason)
            return reason;
    }
    return NULL;
}

gboolean
task_reached(const Report *before, const Report *after)
{
    g_autoptr(GoalOutcome) outcome = goal_judge(before, after);

    return outcome->state == GOAL_REACHED && !edits_refusal(after);
}

char *
task_words(const Report *before, const Report *after)
{
    const Finding *refusal = edits_refusal(after);
    g_autoptr(GoalOutcome) outcome = goal_judge(before, after);

    if (refusal)
        return words_finding(refusal);
    return outcome->why ? g_strdup_printf("%s %s", outcome->text, outcome->why)
                        : g_strdup(outcome->text);
}

char *
task_record(const Report *before, const Report *after)
{
    g_autoptr(GoalOutcome) outcome = goal_judge(before, after);

    return g_steal_pointer(&outcome->record);
}

TaskTry *
task_try(const ScriptSection *section, const char *text, const Report *before,
         const Lesson *lesson, const char *path, const LessonHost *host)
{
    g_autoptr(Edits) edits = edits_new();
    g_autoptr(GError) error = NULL;

    if (!edits_add_text(edits, text, &error))
        return refuse(g_strdup(error->message));
    char *refused = task_refused(section, edits, before);
    if (refused)
        return refuse(refused);
    TaskTry *tried = g_new0(TaskTry, 1);
    tried->report = host->analyse(host->data, lesson, path, edits, &error);
    if (!tried->report) {
        tried->words = g_strdup(error->message);
        return tried;
    }
    tried->reached = task_reached(before, tried->report);
    tried->words = task_words(before, tried->report);
    return tried;
}
