/* page.c: a page of a lesson: text, question, answer, task, end.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "lesson/misconception.h"
#include "lesson/script-text.h"
#include "lesson/step-path.h"
#include "tree/words.h"
#include "tui/lessons/part.h"
#include "whatif/difference.h"

enum { EDGE = 1, CHOICE = 6, NAME = 20, CHANGES_MAX = 4, TEXT_WIDE = 84 };

typedef struct {
    const App        *app;
    const LessonPlay *play;
    Page             *page;
    guint             x;        /* margin */
    guint             limit;
} Sheet;

/* ---- text ---- */

static void
add_text(const Sheet *sheet, Role role, const char *text)
{
    page_wrap(sheet->page, page_row(sheet->page), sheet->x, sheet->limit, role, text);
}

static void
gap(const Sheet *sheet)
{
    page_row(sheet->page);
}

/* A line that stands as it is keeps its indent, too. */
static void
add_verbatim(const Sheet *sheet, const char *text)
{
    const guint indent = (guint)strspn(text, " \t");

    page_wrap(sheet->page, page_row(sheet->page), sheet->x + indent, sheet->limit,
              ROLE_SOURCE_HEADER, text + indent);
}

/* Blank lines between paragraphs, none between the lines of a table. */
static void
add_paragraphs(const Sheet *sheet, const GPtrArray *paragraphs)
{
    gboolean before = FALSE;

    for (guint i = 0; i < paragraphs->len; i++) {
        const ScriptParagraph *paragraph = paragraphs->pdata[i];
        g_autofree char *plain = script_plain(paragraph->text, NULL);
        if (i > 0 && !(before && paragraph->verbatim))
            gap(sheet);
        if (paragraph->verbatim)
            add_verbatim(sheet, plain);
        else
            add_text(sheet, ROLE_TEXT, plain);
        before = paragraph->verbatim;
    }
}

/* ---- questions ---- */

const Step *
lesson_step(const App *app)
{
    const LessonPlay *play = app->lesson;
    const ScriptSection *section = player_section(play->player);

    if (!section || section->kind != SECTION_PREDICT || !player_is_here(play->player))
        return NULL;
    return step_path_find(play->doc->report->tree, section->argument);
}

static void
add_name(const Sheet *sheet, const char *label, const char *value)
{
    if (value && *value)
        page_pair(sheet->page, sheet->x + 2, sheet->x + NAME, ROLE_DIM, label, ROLE_LABEL, value);
}

/* The three identifiers, where the step itself looks at none of them. */
static void
add_names(const Sheet *sheet, const Report *report)
{
    for (guint i = 0; i < report->from->addresses->len; i++)
        add_name(sheet, "From:", ((const Mailbox *)report->from->addresses->pdata[i])->address);
    add_name(sheet, "MAIL FROM", report->envelope->mail_from->value);
    for (guint i = 0; i < report->dkim->len; i++)
        add_name(sheet, "DKIM d=", ((const DkimResult *)report->dkim->pdata[i])->domain);
}

/* What the step looks at, without what comes of it. */
static void
add_inputs(const Sheet *sheet, const Step *step)
{
    static const char *const counts[] = { "lookups", "void-lookups", "record-lookups", NULL };

    for (guint i = 0; i < step->inputs->len; i++) {
        const StepInput *input = step->inputs->pdata[i];
        if (g_strv_contains(counts, input->name))
            continue;
        g_autofree char *label = words_input(input->name);
        g_autofree char *value = words_value(input->value ? input->value : "-");
        add_name(sheet, label, value);
    }
    if (step->inputs->len == 0)
        add_names(sheet, sheet->play->doc->report);
}

static void
add_choices(const Sheet *sheet)
{
    const Player *player = sheet->play->player;
    const gboolean shown = player_phase(player) == PLAYER_REVEAL;

    for (guint i = 0; i < player_choices(player); i++) {
        const gboolean taken = player_guessed(player) == (int)i;
        const gboolean right = shown && player_choice_right(player, i);
        g_autofree char *plain = script_plain(player_choice(player, i), NULL);
        g_autofree char *key = g_strdup_printf("%s %c", right   ? mark_tone(SUMMARY_PASS,
                                                                         sheet->app->glyphs)
                                                         : taken ? shown ? mark_tone(SUMMARY_FAIL,
                                                                         sheet->app->glyphs) : ">"
                                                                 : " ", 'a' + (char)i);
        const guint row = page_row(sheet->page);
        sheet->app->lesson->choice_rows[i] = row;
        page_wrap(sheet->page, row, sheet->x, sheet->x + CHOICE, ROLE_FOOTER_KEY, key);
        page_wrap(sheet->page, row, sheet->x + CHOICE, sheet->limit,
                  right ? ROLE_PASS : taken ? shown ? ROLE_FAIL : ROLE_LABEL : ROLE_TEXT, plain);
    }
}

static void
add_again(const Sheet *sheet)
{
    const Lesson *from = player_from(sheet->play->player);

    if (!player_repeats(sheet->play->player))
        return;
    g_autofree char *text = from ? g_strdup_printf(_("Once more, from lesson %s:"), from->name)
                                 : g_strdup(_("Once more:"));
    add_text(sheet, ROLE_DIM, text);
    if (from)
        add_text(sheet, ROLE_DIM, lesson_title(from));
    gap(sheet);
}

static void
add_question(const Sheet *sheet)
{
    const ScriptSection *section = player_section(sheet->play->player);
    const Step *step = lesson_step(sheet->app);

    add_again(sheet);
    add_paragraphs(sheet, section->text);
    gap(sheet);
    if (step) {
        add_inputs(sheet, step);
        gap(sheet);
    }
    add_choices(sheet);
    gap(sheet);
}

char *
lesson_sure_text(void)
{
    g_autoptr(GString) text = g_string_new(_("How sure are you?"));

    for (guint sure = SURE_MIN; sure <= SURE_MAX; sure++)
        g_string_append_printf(text, "  %u %s", sure, answer_sure_label(sure));
    return g_strdup(text->str);
}

static void
add_sure(const Sheet *sheet)
{
    g_autofree char *text = lesson_sure_text();

    add_text(sheet, ROLE_LABEL, text);
}

/* "x Not this time. You said: pass (fairly sure). It is: fail." */
static void
add_verdict(const Sheet *sheet)
{
    const Player *player = sheet->play->player;
    const Answer *answer = player_answer(player);
    const gboolean glyphs = sheet->app->glyphs;

    if (!answer)
        return;
    g_autofree char *text = g_strdup_printf(
        "%s %s (%s)", mark_tone(answer->right ? SUMMARY_PASS : SUMMARY_FAIL, glyphs),
        answer->right ? _("Right.") : _("Not this time."), answer_sure_label((guint)answer->sure));
    add_text(sheet, answer->right ? ROLE_PASS : ROLE_FAIL, text);
    gap(sheet);
}

/* What the program itself found, then what a person should remember. */
static void
add_reveal(const Sheet *sheet)
{
    const ScriptSection *section = player_section(sheet->play->player);
    const Step *step = lesson_step(sheet->app);

    add_verdict(sheet);
    add_again(sheet);
    add_paragraphs(sheet, section->text);
    gap(sheet);
    add_choices(sheet);
    gap(sheet);
    if (step) {
        g_autofree char *plain = words_plain(step);
        g_autofree char *rule = words_rule(step->rule ? step->rule : "");
        if (plain && *plain) {
            add_text(sheet, ROLE_LABEL, plain);
            gap(sheet);
        }
        if (*rule)
            add_text(sheet, ROLE_LINK, rule);
        if (*rule)
            gap(sheet);
    }
    add_paragraphs(sheet, section->why);
}

/* ---- what if, tasks ---- */

static void
add_changes(const Sheet *sheet)
{
    const ScriptSection *section = player_section(sheet->play->player);
    g_autoptr(Edits) edits = task_edits(section, NULL);

    for (guint i = 0; edits && i < edits_length(edits); i++) {
        g_autofree char *name = edit_describe(edits_get(edits, i));
        g_autofree char *line = g_strdup_printf(_("What if: %s"), name);
        add_text(sheet, ROLE_LABEL, line);
    }
}

static void
add_outcome(const Sheet *sheet, const char *label, const Step *step, gboolean root)
{
    g_autofree char *outcome = step ? mark_outcome(step, root, sheet->app->glyphs) : NULL;

    if (step)
        page_pair(sheet->page, sheet->x + 2, sheet->x + NAME, ROLE_DIM, label,
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
add_changed(const Sheet *sheet, const Difference *difference, guint *left)
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
add_difference(const Sheet *sheet)
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

static void
add_what_if(const Sheet *sheet)
{
    add_changes(sheet);
    add_difference(sheet);
    gap(sheet);
    add_paragraphs(sheet, player_section(sheet->play->player)->text);
}

/* "sender", "dns example.com": a role, and its domain where one is named. */
static void
add_actor(const Sheet *sheet, const ScriptSection *section)
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
        add_text(sheet, ROLE_LABEL, text);
    }
}

/* For those who did not find one. */
static void
add_solutions(const Sheet *sheet, const ScriptSection *section)
{
    if (sheet->play->record)
        return;
    for (guint i = 0; i < section->settings->len; i++) {
        const ScriptSetting *setting = section->settings->pdata[i];
        if (!g_str_equal(setting->key, "solution"))
            continue;
        g_autofree char *line = g_strdup_printf(_("It passes with %s"), setting->value);
        add_text(sheet, ROLE_PASS, line);
    }
    gap(sheet);
}

static void
add_task(const Sheet *sheet)
{
    const ScriptSection *section = player_section(sheet->play->player);
    const gboolean over = player_phase(sheet->play->player) == PLAYER_REACHED;

    if (sheet->play->told) {
        add_text(sheet, over ? ROLE_PASS : ROLE_OTHER, sheet->play->told);
        gap(sheet);
    }
    if (!over) {
        add_actor(sheet, section);
        add_paragraphs(sheet, section->text);
        gap(sheet);
        add_text(sheet, ROLE_DIM, sheet->app->plain
                 ? _("w: what can be changed. try KEY=VALUE: try a change. s: the solution.")
                 : _("w: what can be changed. Enter: type a change (KEY=VALUE). s: the solution."));
        return;
    }
    add_solutions(sheet, section);
    if (sheet->play->record) {
        g_auto(GStrv) lines = g_strsplit(sheet->play->record, "\n", -1);
        for (char **line = lines; *line; line++)
            if (**line)
                add_verbatim(sheet, *line);
        gap(sheet);
    }
    add_paragraphs(sheet, section->why);
}

/* ---- the end ---- */

/* What is true, for each belief that a wrong answer showed. */
static void
add_truths(const Sheet *sheet)
{
    const GPtrArray *answers = player_answers(sheet->play->player);
    guint32 told = 0;

    for (guint i = 0; i < answers->len; i++) {
        const Answer *answer = answers->pdata[i];
        const char *truth = misconception_truth((guint)answer->misconception);
        if (answer->right || !*truth || told & 1u << answer->misconception)
            continue;
        if (told == 0)
            add_text(sheet, ROLE_LABEL, _("To remember:"));
        told |= 1u << answer->misconception;
        page_pair(sheet->page, sheet->x, sheet->x + 2, ROLE_DIM, "-", ROLE_TEXT, truth);
    }
    if (told)
        gap(sheet);
}

static void
add_end(const Sheet *sheet)
{
    const Player *player = sheet->play->player;
    g_autofree char *score = g_strdup_printf(_("%u of %u right at the first try."),
                                             player_right(player), player_asked(player));

    add_text(sheet, ROLE_LABEL, _("This is the end of the lesson."));
    gap(sheet);
    if (player_asked(player) > 0) {
        add_text(sheet, ROLE_TEXT, score);
        gap(sheet);
    }
    add_truths(sheet);
    add_text(sheet, ROLE_TEXT,
             _("Space goes on to the next lesson, L shows all of them. Esc leaves the lesson; its "
               "message stays open until then, so look around."));
}

static void
fill(const Sheet *sheet)
{
    switch (player_phase(sheet->play->player)) {
    case PLAYER_TEXT:
        if (player_section(sheet->play->player)->kind == SECTION_WHAT_IF)
            add_what_if(sheet);
        else
            add_paragraphs(sheet, player_section(sheet->play->player)->text);
        break;
    case PLAYER_GUESS:
        add_question(sheet);
        break;
    case PLAYER_SURE:
        add_question(sheet);
        add_sure(sheet);
        break;
    case PLAYER_REVEAL:
        add_reveal(sheet);
        break;
    case PLAYER_TASK:
    case PLAYER_REACHED:
        add_task(sheet);
        break;
    case PLAYER_END:
        add_end(sheet);
        break;
    }
}

Page *
lesson_page(const App *app, guint width)
{
    const guint margin = app->lesson->room ? MAX(width / 8, EDGE) : EDGE;
    Page *page = page_new(width, app->mode);
    const Sheet sheet = {app, app->lesson, page, margin,
                         MIN(width > 2 * margin ? width - margin : width, TEXT_WIDE)};

    if (app->lesson->room)
        room_add(app, page, margin, sheet.limit);
    fill(&sheet);
    return page;
}

char *
lesson_text(const App *app)
{
    const ScriptSection *section = player_section(app->lesson->player);
    const GPtrArray *const lists[] = {section ? section->text : NULL,
                                      section ? section->why : NULL};
    g_autoptr(GString) out = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        for (guint j = 0; lists[i] && j < lists[i]->len; j++)
            g_string_append_printf(out, "%s\n",
                                   ((const ScriptParagraph *)lists[i]->pdata[j])->text);
    return g_strdup(out->str);
}
