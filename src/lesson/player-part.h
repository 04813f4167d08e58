/* player-part.h: pages of a lesson, as the files of the player share them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "lesson/player.h"

typedef struct {
    guint                index;     /* of the script's section */
    const ScriptSection *section;   /* resolved */
    const Lesson        *from;      /* another lesson; or NULL */
    gboolean             repeats;   /* asked before */
    gboolean             last;      /* since it was missed: not a third time */
    gboolean             shown;     /* revealed, or its task is over */
    int                  guess;
    Answer              *answer;
    Result               outcome;   /* of a prediction */
} PlayPage;

struct Player {
    Lesson    *lesson;
    GPtrArray *others;      /* Lesson: what `again` leads to */
    GPtrArray *pages;       /* PlayPage; the end is behind the last */
    GPtrArray *answers;     /* Answer, borrowed from pages, in the order they were given */
    guint      at;
    gboolean   keep;
    gboolean   done;
    char      *fault;
};

gboolean  player_is_question(const ScriptSection *section);
/* At the end of the list. (transfer none) */
PlayPage *player_add(Player *player, guint index, const ScriptSection *section);
/* NULL at the end of the lesson. (transfer none) */
PlayPage *player_now(const Player *player);
/* Remembers why progress could not be written. (transfer full: error) */
void      player_note(Player *player, gboolean good, GError *error);
