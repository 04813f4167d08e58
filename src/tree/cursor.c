/* cursor.c: moving through the alignment tree.
 * SPDX-License-Identifier: MIT */
#include "tree/cursor-part.h"

/* Opens every branch above `index`, so that it is a row. */
static void
go_to_place(Cursor *cursor, guint index)
{
    gboolean opened = FALSE;

    index = cursor_outside_of_seals(cursor, index);
    for (guint i = place_at(cursor, index)->parent; i != index; i = place_at(cursor, i)->parent) {
        opened |= place_at(cursor, i)->folded;
        place_at(cursor, i)->folded = FALSE;
        if (i == place_at(cursor, i)->parent)
            break;
    }
    cursor->at = index;
    if (opened)
        cursor_rebuild(cursor);
    else if (cursor->filtered)
        cursor_leave_hidden(cursor);
}

static gboolean
find_cause(const Cursor *cursor, guint *index)
{
    for (guint i = 0; i < cursor->places->len; i++) {
        if (place_at(cursor, i)->step->cause) {
            *index = i;
            return TRUE;
        }
    }
    return FALSE;
}

/* Steps that every failing tree has above its cause (the root, groups) say nothing new. */
static guint
first_failure(const Cursor *cursor)
{
    for (guint row = 1; row < cursor->row_places->len; row++) {
        const guint index = g_array_index(cursor->row_places, guint, row);
        const Step *step = place_at(cursor, index)->step;
        if (!step->group && cursor_is_failure(step->result))
            return index;
    }
    return 0;
}

Cursor *
cursor_new(const Step *root)
{
    Cursor *cursor = g_new0(Cursor, 1);
    guint start = 0;

    cursor->places = g_array_new(FALSE, FALSE, sizeof(Place));
    cursor->rows = g_array_new(FALSE, FALSE, sizeof(CursorRow));
    cursor->row_places = g_array_new(FALSE, FALSE, sizeof(guint));
    cursor->walk = g_array_new(FALSE, FALSE, sizeof(guint));
    if (!root)
        return cursor;
    cursor_add_places(cursor, root, 0, 0);
    cursor_rebuild(cursor);
    /* What passed has no cause to show: the answer itself is the place to begin. */
    if (!find_cause(cursor, &start) && root->result != RESULT_PASS)
        start = first_failure(cursor);
    go_to_place(cursor, start);
    return cursor;
}

static gboolean
same_shape(const GArray *a, const GArray *b)
{
    if (a->len != b->len)
        return FALSE;
    for (guint i = 0; i < a->len; i++)
        if (g_array_index(a, Place, i).below != g_array_index(b, Place, i).below)
            return FALSE;
    return TRUE;
}

gboolean
cursor_follow(Cursor *cursor, const Step *root)
{
    GArray *old = cursor->places;

    cursor->places = g_array_new(FALSE, FALSE, sizeof(Place));
    cursor_add_places(cursor, root, 0, 0);
    if (!same_shape(old, cursor->places)) {
        g_array_unref(cursor->places);
        cursor->places = old;
        return FALSE;
    }
    for (guint i = 0; i < old->len; i++) {
        const Step *step = place_at(cursor, i)->step;
        *place_at(cursor, i) = g_array_index(old, Place, i);
        place_at(cursor, i)->step = step;
    }
    g_array_unref(old);
    cursor_rebuild(cursor);
    return TRUE;
}

void
cursor_free(Cursor *cursor)
{
    if (!cursor)
        return;
    g_array_unref(cursor->places);
    g_array_unref(cursor->rows);
    g_array_unref(cursor->row_places);
    g_array_unref(cursor->walk);
    g_free(cursor);
}

const GArray *
cursor_rows(Cursor *cursor)
{
    return cursor->rows;
}

guint
cursor_at(const Cursor *cursor)
{
    return cursor_row_of(cursor, cursor->at);
}

const Step *
cursor_step(Cursor *cursor)
{
    return cursor->places->len > 0 ? place_at(cursor, cursor->at)->step : NULL;
}

void
cursor_go(Cursor *cursor, guint row)
{
    if (cursor->rows->len == 0)
        return;
    cursor->at = g_array_index(cursor->row_places, guint, MIN(row, cursor->rows->len - 1));
}

gboolean
cursor_fold(Cursor *cursor)
{
    if (cursor->places->len == 0)
        return FALSE;
    Place *place = place_at(cursor, cursor->at);
    if (place->below > 0 && !place->folded && !place->sealed) {
        place->folded = TRUE;
        cursor_rebuild(cursor);
        return TRUE;
    }
    if (place->parent == cursor->at)
        return FALSE;
    cursor->at = place->parent;
    return TRUE;
}

gboolean
cursor_unfold(Cursor *cursor)
{
    if (cursor->places->len == 0)
        return FALSE;
    Place *place = place_at(cursor, cursor->at);
    if (place->below == 0 || place->sealed)
        return FALSE;
    if (place->folded) {
        place->folded = FALSE;
        cursor_rebuild(cursor);
    } else if (cursor_has_rows_below(cursor, cursor->at)) {
        cursor_go(cursor, cursor_at(cursor) + 1);
    }
    return TRUE;
}

gboolean
cursor_cause(Cursor *cursor)
{
    guint index;

    if (!find_cause(cursor, &index))
        return FALSE;
    go_to_place(cursor, index);
    return TRUE;
}

gboolean
cursor_to(Cursor *cursor, const Step *step)
{
    for (guint i = 0; i < cursor->places->len; i++) {
        if (place_at(cursor, i)->step == step) {
            go_to_place(cursor, i);
            return TRUE;
        }
    }
    return FALSE;
}

gboolean
cursor_failing(Cursor *cursor, int direction)
{
    const int step = direction < 0 ? -1 : 1;

    for (int row = (int)cursor_at(cursor) + step; row >= 0 && row < (int)cursor->rows->len;
         row += step) {
        const CursorRow *seen = &g_array_index(cursor->rows, CursorRow, row);
        if (seen->revealed && cursor_is_failure(seen->step->result)) {
            cursor_go(cursor, (guint)row);
            return TRUE;
        }
    }
    return FALSE;
}

/* What failed is not hidden in a closed branch. */
static void
unfold_kept(Cursor *cursor)
{
    for (guint i = cursor->places->len; i-- > 1;)
        if (place_at(cursor, i)->kept)
            place_at(cursor, place_at(cursor, i)->parent)->folded = FALSE;
}

gboolean
cursor_filter(Cursor *cursor, gboolean only_failed)
{
    if (only_failed && (cursor->places->len == 0 || cursor_keep(cursor) == 0))
        return FALSE;
    if (only_failed)
        unfold_kept(cursor);
    cursor->filtered = only_failed;
    if (cursor->places->len > 0)
        cursor_rebuild(cursor);
    return TRUE;
}

gboolean
cursor_filtered(const Cursor *cursor)
{
    return cursor->filtered;
}

static gboolean
place_matches(const Cursor *cursor, guint index, CursorMatch matches, gconstpointer data)
{
    const Place *place = place_at(cursor, index);
    const CursorRow row = { .step = place->step, .depth = place->depth,
                            .revealed = place->revealed,
                            .concealed = cursor_conceals(cursor, place) };

    return (!cursor->filtered || place->kept) && cursor_outside_of_seals(cursor, index) == index &&
           matches(&row, data);
}

gboolean
cursor_find(Cursor *cursor, CursorMatch matches, gconstpointer data, gboolean backward,
            gboolean *wrapped)
{
    const guint count = cursor->places->len;
    guint at = cursor->at;

    *wrapped = FALSE;
    for (guint i = 0; i < count; i++) {
        *wrapped |= backward ? at == 0 : at + 1 == count;
        at = (backward ? at + count - 1 : at + 1) % count;
        if (place_matches(cursor, at, matches, data)) {
            go_to_place(cursor, at);
            return TRUE;
        }
    }
    return FALSE;
}
