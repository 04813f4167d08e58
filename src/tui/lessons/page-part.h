/* page-part.h: a page of a lesson while it is filled, as the files of page see it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/lessons/part.h"

enum { LESSON_NAME = 20 };      /* the column behind labels */

typedef struct {
    const App        *app;
    const LessonPlay *play;
    Page             *page;
    guint             x;        /* margin */
    guint             limit;
} LessonSheet;

void lesson_add_text(const LessonSheet *sheet, Role role, const char *text);
void lesson_add_gap(const LessonSheet *sheet);
/* A line that stands as it is keeps its indent, too. */
void lesson_add_verbatim(const LessonSheet *sheet, const char *text);
/* Blank lines between paragraphs, none between the lines of a table. */
void lesson_add_paragraphs(const LessonSheet *sheet, const GPtrArray *paragraphs);

/* page-question.c */
void lesson_add_question(const LessonSheet *sheet);
void lesson_add_sure(const LessonSheet *sheet);
/* What the program itself found, then what a person should remember. */
void lesson_add_reveal(const LessonSheet *sheet);

/* page-task.c */
void lesson_add_what_if(const LessonSheet *sheet);
void lesson_add_task(const LessonSheet *sheet);
