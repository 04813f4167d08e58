/* page.c: a page of a lesson: its text, or what its phase adds to it; the last page.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "lesson/misconception.h"
#include "lesson/script-text.h"
#include "tui/lessons/page-part.h"

enum { EDGE = 1, TEXT_WIDE = 84 };

/* ---- text ---- */

void
lesson_add_text(const LessonSheet *sheet, Role role, const char *text)
{
    page_wrap(sheet->page, page_row(sheet->page), sheet->x, sheet->limit, role, text);
}

void
lesson_add_gap(const LessonSheet *sheet)
{
    page_row(sheet->page);
}

void
lesson_add_verbatim(const LessonSheet *sheet, const char *text)
{
    const guint indent = (guint)strspn(text, " \t");

    page_wrap(sheet->page, page_row(sheet->page), sheet->x + indent, sheet->limit,
              ROLE_SOURCE_HEADER, text + indent);
}

void
lesson_add_paragraphs(const LessonSheet *sheet, const GPtrArray *paragraphs)
{
    gboolean before = FALSE;

    for (guint i = 0; i < paragraphs->len; i++) {
        const ScriptParagraph *paragraph = paragraphs->pdata[i];
        g_autofree char *plain = script_plain(paragraph->text, NULL);
        if (i > 0 && !(before && paragraph->verbatim))
            lesson_add_gap(sheet);
        if (paragraph->verbatim)
            lesson_add_verbatim(sheet, plain);
        else
            lesson_add_text(sheet, ROLE_TEXT, plain);
        before = paragraph->verbatim;
    }
}

/* ---- the end ---- */

/* What is true, for each belief that a wrong answer showed. */
static void
add_truths(const LessonSheet *sheet)
{
    const GPtrArray *answers = player_answers(sheet->play->player);
    guint32 told = 0;

    for (guint i = 0; i < answers->len; i++) {
        const Answer *answer = answers->pdata[i];
        const char *truth = misconception_truth((guint)answer->misconception);
        if (answer->right || !*truth || told & 1u << answer->misconception)
            continue;
        if (told == 0)
            lesson_add_text(sheet, ROLE_LABEL, _("To remember:"));
        told |= 1u << answer->misconception;
        page_pair(sheet->page, sheet->x, sheet->x + 2, ROLE_DIM, "-", ROLE_TEXT, truth);
    }
    if (told)
        lesson_add_gap(sheet);
}

static void
add_end(const LessonSheet *sheet)
{
    const Player *player = sheet->play->player;
    g_autofree char *score = g_strdup_printf(_("%u of %u right at the first try."),
                                             player_right(player), player_asked(player));

    lesson_add_text(sheet, ROLE_LABEL, _("This is the end of the lesson."));
    lesson_add_gap(sheet);
    if (player_asked(player) > 0) {
        lesson_add_text(sheet, ROLE_TEXT, score);
        lesson_add_gap(sheet);
    }
    add_truths(sheet);
    lesson_add_text(sheet, ROLE_TEXT,
             _("Space goes on to the next lesson, L shows all of them. Esc leaves the lesson; its "
               "message stays open until then, so look around."));
}

static void
fill(const LessonSheet *sheet)
{
    switch (player_phase(sheet->play->player)) {
    case PLAYER_TEXT:
        if (player_section(sheet->play->player)->kind == SECTION_WHAT_IF)
            lesson_add_what_if(sheet);
        else
            lesson_add_paragraphs(sheet, player_section(sheet->play->player)->text);
        break;
    case PLAYER_GUESS:
        lesson_add_question(sheet);
        break;
    case PLAYER_SURE:
        lesson_add_question(sheet);
        lesson_add_sure(sheet);
        break;
    case PLAYER_REVEAL:
        lesson_add_reveal(sheet);
        break;
    case PLAYER_TASK:
    case PLAYER_REACHED:
        lesson_add_task(sheet);
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
    const LessonSheet sheet = {app, app->lesson, page, margin,
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
