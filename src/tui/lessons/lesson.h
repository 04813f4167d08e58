/* lesson.h: a lesson beside the view: what the rest of the screen asks of it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

/* lessons/pane.c, lessons/play.c: a lesson beside the view. */
Rect  app_body(const App *app);                 /* where the view stands */
gboolean app_in_lesson(const App *app);         /* its message is the one that is seen */
/* Somebody is to guess the verdict, so it is seen nowhere. */
gboolean app_hides(const App *app);
gboolean app_covers(const App *app);            /* the view that is open would tell it */
const char *app_cover_text(const App *app);
gboolean lesson_asks_task(const App *app);      /* what would solve it is seen nowhere */
void  app_cover_draw(const App *app, Canvas *canvas, Rect area);
gboolean lesson_has_keys(const App *app);
Context lesson_context(const App *app);
gboolean lesson_is_aside(const App *app);       /* the view has the keys */
void  lesson_fit(App *app);
void  lesson_draw(const App *app, Canvas *canvas);
char *lesson_note(const App *app);              /* (transfer full) */
gboolean lesson_is_over(ViewId view);           /* it hides text and view, and leads back */
Page *lesson_pane(const App *app, PagePlace **place, Rect *area);
gboolean lesson_open(App *app, const char *name);
/* As it was when that lesson had been left; "": one whose outcome was still to be guessed. */
void  lesson_left(App *app, const char *name);
void  lesson_conceal(App *app);
void  lesson_analysed(App *app);                /* the report is another one */
const LessonOptions *lesson_options(const App *app, const Document *document);
void  lesson_free_play(LessonPlay *play);
void  lesson_forget(App *app, const Document *document);    /* it is closed */
/* A key of the view was pressed beside the text, which `before` was the view of. */
void  lesson_pressed(App *app, ViewId before, const Binding *binding);
/* Tab, where the view has no other pane. FALSE: there is no lesson beside it. */
gboolean lesson_take_back(App *app);
gboolean room_ticks(const App *app);            /* lessons/room.c */

void  lesson_up(App *app);
void  lesson_down(App *app);
