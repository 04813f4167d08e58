/* player.h: a lesson being played: which page, what is asked, what was answered. No screen in it.
 * SPDX-License-Identifier: MIT
 *
 * Each section but `other` is a page. Items that were missed come once more behind the last
 * section; then comes the end, with the score. */
#pragma once

#include "lesson/answer.h"
#include "lesson/lesson.h"
#include "lesson/progress.h"

typedef enum {
    PLAYER_TEXT,        /* read, look, what-if */
    PLAYER_GUESS,       /* a question that waits for an answer */
    PLAYER_SURE,        /* … and for how sure it is */
    PLAYER_REVEAL,      /* what is right, and why */
    PLAYER_TASK,        /* a goal that is not reached yet */
    PLAYER_REACHED,     /* it is, or the learner wanted to see the solution */
    PLAYER_END
} PlayerPhase;

typedef struct Player Player;

/* (transfer full: lesson) `keep`: progress is written down. */
Player        *player_new(Lesson *lesson, gboolean keep);
void           player_free(Player *player);
const Lesson  *player_lesson(const Player *player);
void           player_keep(Player *player, gboolean keep);

/* ---- where ---- */
PlayerPhase    player_phase(const Player *player);
guint          player_page(const Player *player);           /* from 0 */
guint          player_pages(const Player *player);          /* the end included */
/* The same for people, from 1: what was missed and is asked once more is no page of the lesson and counted for itself, so that
 * the end comes no nearer and goes no further. */
typedef struct {
    guint    page, pages;
    gboolean again;         /* it is asked once more */
} PlayerPlace;
PlayerPlace    player_place(const Player *player);
/* Which of the script's sections; the last one at the end. */
guint          player_section_index(const Player *player);
/* What the page shows: of `again` the section that it leads to. NULL at the end. (transfer none) */
const ScriptSection *player_section(const Player *player);
/* It is asked once more: by `again`, or since it was missed. */
gboolean       player_repeats(const Player *player);
/* What it asks is about the message that is seen: not so for an item of another lesson. */
gboolean       player_is_here(const Player *player);
/* Where the page asks an item of another lesson, and it was found; else NULL. (transfer none) */
const Lesson  *player_from(const Player *player);
/* FALSE where a question or a task waits, and at the end. */
gboolean       player_next(Player *player);
gboolean       player_back(Player *player);
/* To the end, for those who know it: nothing more is asked, and it does not count as done. */
void           player_finish(Player *player);
/* To the page of that number; what is on the way counts as skipped. */
void           player_go(Player *player, guint page);

/* ---- questions ---- */
/* How the step that is asked about really comes out, where that is known. */
void           player_set_outcome(Player *player, Result outcome);
guint          player_choices(const Player *player);
/* With its {terms}. (transfer none) */
const char    *player_choice(const Player *player, guint choice);
gboolean       player_choice_right(const Player *player, guint choice);
guint          player_right_choice(const Player *player);
/* The choice that was taken; -1: none. */
int            player_guessed(const Player *player);
/* FALSE where nothing is asked, or there is no such choice. */
gboolean       player_guess(Player *player, guint choice);
/* Reveals. `seconds` from the question to the guess. */
gboolean       player_sure(Player *player, guint sure, double seconds);
/* Reveals without an answer: it is asked again. */
gboolean       player_skip(Player *player);
/* Reveals for a room: nobody answered, nothing is asked again. */
gboolean       player_reveal(Player *player);
/* The answer to the page that is shown, or NULL. (transfer none) */
const Answer  *player_answer(const Player *player);
/* All answers, in order. (transfer none: GPtrArray of Answer) */
const GPtrArray *player_answers(const Player *player);

/* ---- tasks ---- */
/* A change was tried. */
void           player_tried(Player *player, gboolean reached);

/* ---- all ---- */
/* A prediction about the message that is shown waits still: no verdict is seen anywhere. */
gboolean       player_hides(const Player *player);
/* The step of the N-th answered prediction about that message (from 0); NULL: there are no more.
 * (transfer none) */
const char    *player_told_step(const Player *player, guint number);
guint          player_right(const Player *player);          /* of the first answers to each item */
guint          player_asked(const Player *player);
/* Why progress could not be written, once; or NULL. (transfer full) */
char          *player_fault(Player *player);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Player, player_free)
