/* cursor-rows.c: which steps of the tree are rows, and which of them take a step of the walk.
 * SPDX-License-Identifier: MIT */
#include "tree/cursor-part.h"

void
cursor_add_places(Cursor *cursor, const Step *step, guint depth, guint parent)
{
    const guint index = cursor->places->len;
    const Place place = { .step = step, .depth = depth, .parent = parent,
                          .folded = step->folded && step->children->len > 0, .revealed = TRUE };

    g_array_append_val(cursor->places, place);
    for (guint i = 0; i < step->children->len; i++)
        cursor_add_places(cursor, g_ptr_array_index(step->children, i), depth + 1, index);
    place_at(cursor, index)->below = cursor->places->len - index - 1;
}

/* A closed group stands for the steps inside it, so it takes their step; an open one
 * takes none, its outcome follows. */
static gboolean
takes_step(const Place *place)
{
    return !place->step->group || place->below == 0 || place->folded || place->sealed;
}

/* Children before the branch that rests on them: a visible place is appended when the
 * places below it are done. */
static void
build_walk(Cursor *cursor)
{
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(guint));

    g_array_set_size(cursor->walk, 0);
    for (guint row = 0; row <= cursor->row_places->len; row++) {
        const guint index = row < cursor->row_places->len
                                ? g_array_index(cursor->row_places, guint, row)
                                : cursor->places->len;
        while (open->len > 0) {
            const guint last = g_array_index(open, guint, open->len - 1);
            if (index <= last + place_at(cursor, last)->below)
                break;
            if (takes_step(place_at(cursor, last)))
                g_array_append_val(cursor->walk, last);
            g_array_set_size(open, open->len - 1);
        }
        if (row < cursor->row_places->len)
            g_array_append_val(open, index);
    }
}

/* An open group is known when all below it is; from the last place upward, as children follow
 * their parent. */
static void
settle_groups(Cursor *cursor)
{
    for (guint i = cursor->places->len; i-- > 0;) {
        Place *place = place_at(cursor, i);
        if (takes_step(place))
            continue;
        place->revealed = TRUE;
        for (guint child = i + 1; child <= i + place->below;) {
            const Place *below = place_at(cursor, child);
            if (!below->revealed)
                place->revealed = FALSE;
            child += below->below + 1;
        }
    }
}

gboolean
cursor_is_failure(Result result)
{
    switch (result) {
    case RESULT_FAIL:
    case RESULT_SOFTFAIL:
    case RESULT_POLICY:
    case RESULT_TEMPERROR:
    case RESULT_PERMERROR:
    case RESULT_NO:
        return TRUE;
    default:
        return FALSE;
    }
}

guint
cursor_keep(Cursor *cursor)
{
    guint failed = 0, passed_until = 0;

    for (guint i = 0; i < cursor->places->len; i++) {
        Place *place = place_at(cursor, i);
        const Result result = place->step->result;
        place->kept = i == 0 || (i > passed_until && place->revealed &&
                                 (place->step->cause || cursor_is_failure(result)));
        failed += i > 0 && place->kept;
        if (i > 0 && place->revealed && (result == RESULT_PASS || result == RESULT_YES))
            passed_until = MAX(passed_until, i + place->below);
    }
    for (guint i = cursor->places->len; i-- > 1;)
        if (place_at(cursor, i)->kept)
            place_at(cursor, place_at(cursor, i)->parent)->kept = TRUE;
    return failed;
}

void
cursor_leave_hidden(Cursor *cursor)
{
    while (!place_at(cursor, cursor->at)->kept && cursor->at > 0)
        cursor->at = place_at(cursor, cursor->at)->parent;
}

gboolean
cursor_conceals(const Cursor *cursor, const Place *place)
{
    return (cursor->concealed || place->sealed) && !place->revealed;
}

guint
cursor_outside_of_seals(const Cursor *cursor, guint index)
{
    guint outside = index;

    for (guint i = index;; i = place_at(cursor, i)->parent) {
        if (i != index && place_at(cursor, i)->sealed)
            outside = i;
        if (i == place_at(cursor, i)->parent)
            return outside;
    }
}

gboolean
cursor_has_rows_below(const Cursor *cursor, guint index)
{
    const Place *place = place_at(cursor, index);

    for (guint i = index + 1; cursor->filtered && i <= index + place->below;
         i += place_at(cursor, i)->below + 1)
        if (place_at(cursor, i)->kept)
            return TRUE;
    return place->below > 0 && !cursor->filtered;
}

void
cursor_rebuild(Cursor *cursor)
{
    settle_groups(cursor);
    if (cursor->filtered) {
        cursor_keep(cursor);
        cursor_leave_hidden(cursor);
    }
    g_array_set_size(cursor->rows, 0);
    g_array_set_size(cursor->row_places, 0);
    for (guint i = 0; i < cursor->places->len;) {
        const Place *place = place_at(cursor, i);
        if (cursor->filtered && !place->kept) {
            i += place->below + 1;
            continue;
        }
        const gboolean parent = cursor_has_rows_below(cursor, i);
        const CursorRow row = { .step = place->step, .depth = place->depth,
                                .folded = place->folded && parent && !place->sealed,
                                .open = parent && !place->folded && !place->sealed,
                                .revealed = place->revealed,
                                .concealed = cursor_conceals(cursor, place) };
        g_array_append_val(cursor->rows, row);
        g_array_append_val(cursor->row_places, i);
        i += place->folded || place->sealed ? place->below + 1 : 1;
    }
    build_walk(cursor);
}

guint
cursor_row_of(const Cursor *cursor, guint place)
{
    guint low = 0;
    guint high = cursor->row_places->len;

    while (low + 1 < high) {
        const guint middle = low + (high - low) / 2;
        if (g_array_index(cursor->row_places, guint, middle) <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}
