/* handout.c: writes a lesson down, page by page.
 * SPDX-License-Identifier: MIT */
#include "lesson/handout.h"

#include <string.h>

#include "base/translate.h"
#include "lesson/answer.h"
#include "lesson/script-text.h"
#include "lesson/step-path.h"
#include "lesson/task.h"
#include "tree/words.h"

enum { TEXT = 1, INDENT = 4, NAMES = 16 };

typedef struct {
    Paper            *paper;
    const Lesson     *lesson;
    const LessonHost *host;
    gboolean          key;
    guint             question;     /* number of the last one */
    Report           *report;       /* of the message that sections are about; or NULL */
} Handout;

static void
say(const Handout *handout, guint indent, PaperRole role, const char *text)
{
    paper_paragraph(handout->paper, NULL, PAPER_PLAIN, indent, role, text);
}

static void
print_paragraphs(const Handout *handout, const GPtrArray *paragraphs)
{
    gboolean table = FALSE;

    for (guint i = 0; i < paragraphs->len; i++) {
        const ScriptParagraph *paragraph = paragraphs->pdata[i];
        g_autofree char *plain = script_plain(paragraph->text, NULL);
        if (table && !paragraph->verbatim)
            paper_blank(handout->paper);
        if (paragraph->verbatim)
            paper_cells(handout->paper, (const char *const[]){plain}, (const guint[]){TEXT}, 1,
                        PAPER_PLAIN);
        else
            say(handout, TEXT, PAPER_PLAIN, plain);
        table = paragraph->verbatim;
        if (!table)
            paper_blank(handout->paper);
    }
    if (table)
        paper_blank(handout->paper);
}

/* ---- the message ---- */

static void
add_name(const Handout *handout, const char *label, const char *value)
{
    if (value && *value)
        paper_paragraph(handout->paper, label, PAPER_BOLD, NAMES, PAPER_PLAIN, value);
}

/* What everybody needs before them: the names that the questions are about. */
static void
print_names(Handout *handout, guint section)
{
    g_autofree char *path = lesson_message(handout->lesson, section);

    g_clear_pointer(&handout->report, report_free);
    if (handout->host && path)
        handout->report = handout->host->analyse(handout->host->data, handout->lesson, path, NULL,
                                                 NULL);
    if (!handout->report)
        return;
    const Report *report = handout->report;
    for (guint i = 0; i < report->from->addresses->len; i++)
        add_name(handout, "From:", ((const Mailbox *)report->from->addresses->pdata[i])->address);
    add_name(handout, "MAIL FROM", report->envelope->mail_from->value);
    add_name(handout, _("client IP"), report->envelope->client_ip->value);
    for (guint i = 0; i < report->dkim->len; i++)
        add_name(handout, "DKIM d=", ((const DkimResult *)report->dkim->pdata[i])->domain);
    add_name(handout, "Subject:", report->source->subject);
    paper_blank(handout->paper);
}

/* ---- questions ---- */

static Result
outcome_of(const Handout *handout, const ScriptSection *section)
{
    const char *expect = section_value(section, "expect");
    Result result = RESULT_UNKNOWN;

    if (expect)
        result_of_word(expect, &result);
    if (!handout->report || section->kind != SECTION_PREDICT)
        return result;
    const Step *step = step_path_find(handout->report->tree, section->argument);
    return step && answer_of_result((Result)step->result) != GUESSES ? (Result)step->result
                                                                     : result;
}

static void
print_choice(const Handout *handout, guint index, const char *text, gboolean right)
{
    g_autofree char *plain = script_plain(text, NULL);
    g_autofree char *line = g_strdup_printf("[%c] %c  %s", handout->key && right ? 'x' : ' ',
                                            'a' + (char)index, plain);

    say(handout, INDENT, handout->key && right ? PAPER_BOLD : PAPER_PLAIN, line);
}

static void
print_choices(const Handout *handout, const ScriptSection *section)
{
    const Result outcome = outcome_of(handout, section);

    if (section->kind == SECTION_PREDICT)
        for (guint i = 0; i < GUESSES; i++)
            print_choice(handout, i, answer_label((Guess)i, outcome),
                         answer_of_result(outcome) == (Guess)i);
    for (guint i = 0; i < section->choices->len; i++) {
        const ScriptChoice *choice = section->choices->pdata[i];
        print_choice(handout, i, choice->text, choice->right);
    }
    if (!handout->key)
        say(handout, INDENT, PAPER_DIM, _("How sure?  1 a guess   2 fairly sure   3 sure"));
    paper_blank(handout->paper);
}

static void
print_lines(const Handout *handout)
{
    for (guint i = 0; i < 2; i++) {
        say(handout, INDENT, PAPER_DIM,
            "______________________________________________________________");
        paper_blank(handout->paper);
    }
}

static void
print_question(Handout *handout, const ScriptSection *section)
{
    g_autofree char *title = g_strdup_printf(_("Question %u"), ++handout->question);

    say(handout, TEXT, PAPER_BOLD, title);
    print_paragraphs(handout, section->text);
    print_choices(handout, section);
    if (handout->key)
        print_paragraphs(handout, section->why);
    else
        print_lines(handout);
}

static void
print_goal(Handout *handout, const ScriptSection *section)
{
    g_autofree char *title = g_strdup_printf(_("Task %u"), ++handout->question);

    say(handout, TEXT, PAPER_BOLD, title);
    print_paragraphs(handout, section->text);
    if (!handout->key) {
        print_lines(handout);
        return;
    }
    for (guint i = 0; i < section->settings->len; i++) {
        const ScriptSetting *setting = section->settings->pdata[i];
        if (!g_str_equal(setting->key, "solution"))
            continue;
        g_autofree char *line = g_strdup_printf(_("It passes with %s"), setting->value);
        say(handout, INDENT, PAPER_BOLD, line);
    }
    paper_blank(handout->paper);
    print_paragraphs(handout, section->why);
}

/* ---- what is shown ---- */

/* In the words of the screen; as it is typed where it cannot be read, which `--check` tells. */
static void
print_what_if(const Handout *handout, const ScriptSection *section)
{
    g_autoptr(Edits) edits = task_edits(section, NULL);

    for (guint i = 0; edits && i < edits_length(edits); i++) {
        g_autofree char *name = edit_describe(edits_get(edits, i));
        g_autofree char *line = g_strdup_printf(_("What if: %s"), name);
        say(handout, TEXT, PAPER_BOLD, line);
    }
    if (!edits)
        say(handout, TEXT, PAPER_BOLD, section->argument);
    print_paragraphs(handout, section->text);
}

static void
print_again(Handout *handout, const ScriptSection *section)
{
    g_autofree char *name = NULL, *item = NULL;

    if (!lesson_reference(section->argument, &name, &item))
        return;
    g_autoptr(Lesson) other = lesson_beside(handout->lesson, name);
    const ScriptSection *found = other ? script_find_item(other->script, item) : NULL;
    if (!found || found->kind == SECTION_GOAL)
        return;
    Report *report = g_steal_pointer(&handout->report);     /* of another message */
    g_autofree char *line = g_strdup_printf(_("Once more, from lesson %s:"), other->name);
    say(handout, TEXT, PAPER_DIM, line);
    print_question(handout, found);
    handout->report = report;
}

/* What is shown after an answer would give it away. */
static void
print_section(Handout *handout, guint index)
{
    const ScriptSection *section = handout->lesson->script->sections->pdata[index];

    switch (section->kind) {
    case SECTION_READ:
        print_paragraphs(handout, section->text);
        break;
    case SECTION_LOOK:
        if (handout->key)
            print_paragraphs(handout, section->text);
        break;
    case SECTION_WHAT_IF:
        if (handout->key)
            print_what_if(handout, section);
        break;
    case SECTION_PREDICT:
    case SECTION_ASK:
        print_question(handout, section);
        break;
    case SECTION_GOAL:
        print_goal(handout, section);
        break;
    case SECTION_AGAIN:
        print_again(handout, section);
        break;
    case SECTION_OTHER:
        say(handout, TEXT, PAPER_DIM, _("Another message:"));
        print_names(handout, index);
        break;
    case SECTION_KINDS:
        break;
    }
}

void
handout_print(Paper *paper, const Lesson *lesson, gboolean key, const LessonHost *host)
{
    Handout handout = { .paper = paper, .lesson = lesson, .host = host, .key = key };
    const guint minutes = script_minutes(lesson->script);
    g_autofree char *about = g_strdup_printf(_("%s, %u minutes"), lesson->name, minutes);

    say(&handout, TEXT, PAPER_BOLD, lesson_title(lesson));
    say(&handout, TEXT, PAPER_DIM, about);
    paper_rule(paper);
    if (lesson->script->sections->len > 0)
        print_names(&handout, 0);
    for (guint i = 0; i < lesson->script->sections->len; i++)
        print_section(&handout, i);
    g_clear_pointer(&handout.report, report_free);
}
