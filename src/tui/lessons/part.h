/* part.h: a lesson on the screen, as its own parts see it.
 * SPDX-License-Identifier: MIT
 *
 * The lesson's text stands in a pane beside the view of the message, or in its place where
 * something is asked. The text has the keys; Tab gives them to the view, and behind its last pane takes them back, as L does. */
#pragma once

#include "lesson/glossary.h"
#include "lesson/player.h"
#include "lesson/task.h"
#include "tui/ui.h"

/* Guesses of a room, counted by hand. */
typedef struct {
    guint  counts[SCRIPT_CHOICES_MAX];
    guint  sum;                 /* changes of them */
    gint64 until;               /* when the timer ends, monotonic; 0: it does not run */
} RoomVotes;

struct LessonPlay {
    Player    *player;
    Document  *doc;             /* the lesson's message, in the app's stack */
    char      *path;            /* which message that is */
    gboolean   aside;           /* the view has the keys */
    gboolean   room;            /* for a projector */
    RoomVotes  votes;
    gboolean   concealed;       /* outcomes are */
    Report    *before;          /* of a what-if: without the changes; or NULL */
    char      *record;          /* of a task that is done: what to write somewhere; or NULL */
    char      *told;            /* what came of the last try; or NULL */
    gint64     asked;           /* when the question was shown, monotonic */
    gint64     guessed;
    Page      *page;
    PagePlace  place;
    guint      choice_rows[SCRIPT_CHOICES_MAX];  /* where the choices stand in `page` */
    guint      shown;           /* the page that `place` is of, from 1 */
    PlayerPhase phase;
    Rect       pane;            /* where the text stood last */
};

/* lessons/page.c: what stands in the pane. (transfer full) */
Page *lesson_page(const App *app, guint width);
/* "02-web-form, page 3 of 14", "02-web-form, once more: 1 of 2" (transfer full) */
char *lesson_place_text(const Player *player);
/* The terms of the page, as text to be looked through. (transfer full) */
char *lesson_text(const App *app);
/* lessons/room.c */
void  room_add(const App *app, Page *page, guint x, guint limit);
/* The step that the question is about, or NULL. (transfer none) */
const Step *lesson_step(const App *app);
/* lessons/play.c: a page was come to: its message, its view, its changes. */
void  lesson_settle(App *app);
/* The message with these changes (transfer full; NULL: none). FALSE: there is no analysis. */
gboolean lesson_change(App *app, Edits *edits);
void  lesson_leave_others(App *app);            /* down to the lesson's own message */
void  lesson_tell_fault(App *app);              /* progress could not be kept */
