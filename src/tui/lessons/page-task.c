/* page-task.c: changed inputs on a page of a lesson: what they make of the steps, and the task to find some.
 * SPDX-License-Identifier: MIT */
#include "tui/lessons/page-part.h"

#include <string.h>

#include "base/translate.h"
#include "tree/words.h"
#include "whatif/difference.h"

enum { CHANGES_MAX = 4 };

static void
add_changes(const LessonSheet *sheet)
{
    const ScriptSection *section = player_section(sheet->play->player);
    g_autoptr(Edits) edits = task_edits(section, NULL);

    for (guint i = 0; edits && i < edits_length(edits); i++) {
        g_autofree char *name = edit_describe(edits_get(edits, i));
        g_autofree char *line = g_strdup_printf(_("What if: %s"), name);
        lesson_add_text(sheet, ROLE_LABEL, line);
    }
}

static void
add_outcome(const LessonSheet *sheet, const char *label, const Step *step, gboolean root)
{
    g_autofree char *outcome = step ? mark_outcome(step, root, sheet->app->glyphs) : NULL;

    if (step)
        page_pair(sheet->page, sheet->x + 2, sheet->x + LESSON_NAME, ROLE_DIM, label,
                  mark_result_role(step, root), outcome);
}

/* A title as it stands in a sentence: in the tree some have columns of their own. (transfer full) */
static char *
title_in_text(const Step *step)
{
    g_autofree char *title = words_title(step);
    GString *out = g_string_new(NULL);

    for (const char *at = title; *at; at++)
        if (*at != ' ' || !g_str_has_suffix(out->str, " "))
            g_string_append_c(out, *at);
    return g_string_free(out, FALSE);
}

/* "signature, body: pass, now FAIL", "same organization? yes, now NO". A pair with two names, say terms of two records, is no step
 * that came out otherwise. */
static void
add_changed(const LessonSheet *sheet, const Difference *difference, guint *left)
{
    const Step *before = difference->before, *after = difference->after;
    g_autofree char *was_title = before ? title_in_text(before) : NULL;
    g_autofree char *title = after ? title_in_text(after) : NULL;

    if (before && after && before->result != after->result && *left > 0 &&
        g_str_equal(was_title, title)) {
        const gboolean glyphs = sheet->app->glyphs;
        g_autofree char *was = mark_outcome(before, FALSE, glyphs);
        g_autofree char *is = mark_outcome(after, FALSE, glyphs);
        const char *from = *was ? was : "-", *to = *is ? is : "-";
        g_autofree char *line = g_str_has_suffix(title, "?")
                                    ? g_strdup_printf(_("%s %s, now %s"), title, from, to)
                                    : g_strdup_printf(_("%s: %s, now %s"), title, from, to);
        page_wrap(sheet->page, page_row(sheet->page), sheet->x + 2, sheet->limit, ROLE_TEXT, line);
        --*left;
    }
    for (guint i = 0; i < difference->children->len; i++)
        add_changed(sheet, difference->children->pdata[i], left);
}

/* The verdict, and the steps that come out otherwise. */
static void
add_difference(const LessonSheet *sheet)
{
    const Report *before = sheet->play->before;

    if (!before)
        return;
    add_outcome(sheet, _("before"), before->tree, TRUE);
    add_outcome(sheet, _("now"), sheet->play->doc->report->tree, TRUE);
    g_autoptr(Difference) difference =
        difference_new(before->tree, sheet->play->doc->report->tree);
    guint left = CHANGES_MAX;
    for (guint i = 0; i < difference->children->len; i++)
        add_changed(sheet, difference->children->pdata[i], &left);
}

void
lesson_add_what_if(const LessonSheet *sheet)
{
    add_changes(sheet);
    add_difference(sheet);
    lesson_add_gap(sheet);
    lesson_add_paragraphs(sheet, player_section(sheet->play->player)->text);
}

/* "sender", "dns example.com": a role, and its domain where one is named. */
static void
add_actor(const LessonSheet *sheet, const ScriptSection *section)
{
    static const struct { const char *role, *words, *named; } actors[] = {
        { "sender", N_("You send this mail."), N_("You send this mail, and {0} is your domain.") },
        { "dns", "", N_("You run the DNS of {0}.") },
        { "service", N_("You run the sending service."),
          N_("You run the sending service, and {0} is its domain.") },
        { "receiver", N_("You run the receiving server."), N_("You run the receiving server.") },
        { "visitor", N_("Your address stands in From:, and you sent nothing."),
          N_("Your address stands in From:, and you sent nothing.") },
    };
    const char *actor = section_value(section, "actor");
    g_auto(GStrv) words = g_strsplit(actor ? actor : "", " ", 2);

    for (gsize i = 0; words[0] && i < G_N_ELEMENTS(actors); i++) {
        if (!g_str_equal(actors[i].role, words[0]))
            continue;
        const char *domain = words[1] ? g_strstrip(words[1]) : "";
        g_autofree char *text = *domain ? words_fill(actors[i].named, domain, NULL)
                                        : g_strdup(translate(actors[i].words));
        lesson_add_text(sheet, ROLE_LABEL, text);
    }
}

/* For those who did not find one. */
static void
add_solutions(const LessonSheet *sheet, const ScriptSection *section)
{
    if (sheet->play->record)
        return;
    for (guint i = 0; i < section->settings->len; i++) {
        const ScriptSetting *setting = section->settings->pdata[i];
        if (!g_str_equal(setting->key, "solution"))
            continue;
        g_autofree char *line = g_strdup_printf(_("It passes with %s"), setting->value);
        lesson_add_text(sheet, ROLE_PASS, line);
    }
    lesson_add_gap(sheet);
}

void
lesson_add_task(const LessonSheet *sheet)
{
    const ScriptSection *section = player_section(sheet->play->player);
    const gboolean over = player_phase(sheet->play->player) == PLAYER_REACHED;

    if (sheet->play->told) {
        lesson_add_text(sheet, over ? ROLE_PASS : ROLE_OTHER, sheet->play->told);
        lesson_add_gap(sheet);
    }
    if (!over) {
        add_actor(sheet, section);
        lesson_add_paragraphs(sheet, section->text);
        lesson_add_gap(sheet);
        lesson_add_text(sheet, ROLE_DIM, sheet->app->plain
                 ? _("w: what can be changed. try KEY=VALUE: try a change. s: the solution.")
                 : _("w: what can be changed. Enter: type a change (KEY=VALUE). s: the solution."));
        return;
    }
    add_solutions(sheet, section);
    if (sheet->play->record) {
        g_auto(GStrv) lines = g_strsplit(sheet->play->record, "\n", -1);
        for (char **line = lines; *line; line++)
            if (**line)
                lesson_add_verbatim(sheet, *line);
        lesson_add_gap(sheet);
    }
    lesson_add_paragraphs(sheet, section->why);
}
