/* cursor-walk.c: outcomes, seen one after another in the order in which the answer is built.
 * SPDX-License-Identifier: MIT */
#include "tree/cursor-part.h"

gboolean
cursor_walking(const Cursor *cursor)
{
    return cursor->walking;
}

guint
cursor_walk_at(const Cursor *cursor)
{
    guint revealed = 0;

    for (guint i = 0; i < cursor->walk->len; i++)
        revealed += place_at(cursor, g_array_index(cursor->walk, guint, i))->revealed ? 1 : 0;
    return revealed;
}

guint
cursor_walk_length(Cursor *cursor)
{
    return cursor->walk->len;
}

guint
cursor_walk_row(const Cursor *cursor, guint step)
{
    return step > 0 && step <= cursor->walk->len
               ? cursor_row_of(cursor, g_array_index(cursor->walk, guint, step - 1))
               : 0;
}

guint
cursor_walk_step(const Cursor *cursor, guint row)
{
    for (guint i = 0; i < cursor->walk->len && row < cursor->row_places->len; i++)
        if (g_array_index(cursor->walk, guint, i) ==
            g_array_index(cursor->row_places, guint, row))
            return i + 1;
    return 0;
}

/* What a closed branch hides is as known as the branch itself. */
static void
reveal(Cursor *cursor, guint index, gboolean revealed)
{
    Place *place = place_at(cursor, index);

    place->revealed = revealed;
    if (place->folded)
        for (guint i = index + 1; i <= index + place->below; i++)
            place_at(cursor, i)->revealed = revealed;
    cursor_rebuild(cursor);
}

void
cursor_conceal(Cursor *cursor, gboolean concealed)
{
    for (guint i = 0; i < cursor->places->len; i++) {
        place_at(cursor, i)->revealed = !concealed;
        place_at(cursor, i)->sealed = FALSE;
    }
    cursor->concealed = concealed;
    cursor->walking = FALSE;
    cursor_rebuild(cursor);
}

void
cursor_reveal(Cursor *cursor, const Step *step)
{
    for (guint i = 0; i < cursor->places->len; i++) {
        const Place *place = place_at(cursor, i);
        if (place->step != step)
            continue;
        for (guint below = i; below <= i + place->below; below++) {
            place_at(cursor, below)->revealed = TRUE;
            place_at(cursor, below)->sealed = FALSE;
        }
        cursor_rebuild(cursor);
        return;
    }
}

void
cursor_seal(Cursor *cursor, const Step *step)
{
    for (guint i = 0; i < cursor->places->len; i++) {
        Place *place = place_at(cursor, i);
        if (place->step != step)
            continue;
        for (guint below = i; below <= i + place->below; below++)
            place_at(cursor, below)->revealed = FALSE;
        place->sealed = TRUE;
        cursor->at = cursor_outside_of_seals(cursor, cursor->at);
        cursor_rebuild(cursor);
        return;
    }
}

gboolean
cursor_next(Cursor *cursor)
{
    for (guint i = 0; i < cursor->walk->len; i++) {
        const guint index = g_array_index(cursor->walk, guint, i);
        if (!place_at(cursor, index)->revealed) {
            reveal(cursor, index, TRUE);
            cursor->at = index;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean
cursor_back(Cursor *cursor)
{
    for (guint i = cursor->walk->len; i-- > 0;) {
        const guint index = g_array_index(cursor->walk, guint, i);
        if (place_at(cursor, index)->revealed) {
            cursor->walking = TRUE;
            cursor->filtered = FALSE;
            reveal(cursor, index, FALSE);
            cursor->at = i > 0 ? g_array_index(cursor->walk, guint, i - 1) : 0;
            return TRUE;
        }
    }
    return FALSE;
}

static void
reveal_all(Cursor *cursor, gboolean revealed)
{
    for (guint i = 0; i < cursor->places->len; i++)
        place_at(cursor, i)->revealed = revealed;
    cursor->walking = !revealed;
    cursor->filtered = cursor->filtered && revealed;
    cursor_rebuild(cursor);
}

void
cursor_end(Cursor *cursor)
{
    reveal_all(cursor, TRUE);
}

void
cursor_restart(Cursor *cursor)
{
    reveal_all(cursor, FALSE);
    cursor->at = 0;
}
