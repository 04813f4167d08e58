/* cursor.c: moving through the alignment tree: rows, folding and the walk.
 * SPDX-License-Identifier: MIT */
#include "tree/cursor.h"

/* What the cursor remembers about one step of the tree. Places stand in the tree's own
 * order, so the descendants of place i are i + 1 … i + below. */
typedef struct {
    const Step *step;
    guint       depth;
    guint       parent;         /* index of its place; the root is its own */
    guint       below;          /* descendants */
    gboolean    folded;
    gboolean    revealed;
    gboolean    sealed;         /* what lies below it is not seen either */
    gboolean    kept;           /* the filter shows it */
} Place;

struct Cursor {
    GArray  *places;            /* Place */
    GArray  *rows;              /* CursorRow: the visible places */
    GArray  *row_places;        /* guint: the place of each row */
    GArray  *walk;              /* guint: visible places that take a step, in walking order */
    guint    at;                /* place under the cursor, always visible */
    gboolean walking;
    gboolean filtered;
    gboolean concealed;
};

static Place *
place_at(const Cursor *cursor, guint index)
{
    return &g_array_index(cursor->places, Place, index);
}

static void
add_places(Cursor *cursor, const Step *step, guint depth, guint parent)
{
    const guint index = cursor->places->len;
    const Place place = { .step = step, .depth = depth, .parent = parent,
                          .folded = step->folded && step->children->len > 0, .revealed = TRUE };

    g_array_append_val(cursor->places, place);
    for (guint i = 0; i < step->children->len; i++)
        add_places(cursor, g_ptr_array_index(step->children, i), depth + 1, index);
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

static gboolean
is_failure(Result result)
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

/* What failed and is known to, and what leads there; below a step that passed nothing matters (a
 * term of SPF that did not match). Returns how many failed. */
static guint
keep(Cursor *cursor)
{
    guint failed = 0, passed_until = 0;

    for (guint i = 0; i < cursor->places->len; i++) {
        Place *place = place_at(cursor, i);
        const Result result = place->step->result;
        place->kept = i == 0 || (i > passed_until && place->revealed &&
                                 (place->step->cause || is_failure(result)));
        failed += i > 0 && place->kept;
        if (i > 0 && place->revealed && (result == RESULT_PASS || result == RESULT_YES))
            passed_until = MAX(passed_until, i + place->below);
    }
    for (guint i = cursor->places->len; i-- > 1;)
        if (place_at(cursor, i)->kept)
            place_at(cursor, place_at(cursor, i)->parent)->kept = TRUE;
    return failed;
}

/* The nearest place above that is seen. */
static void
leave_hidden(Cursor *cursor)
{
    while (!place_at(cursor, cursor->at)->kept && cursor->at > 0)
        cursor->at = place_at(cursor, cursor->at)->parent;
}

static gboolean
is_concealed(const Cursor *cursor, const Place *place)
{
    return (cursor->concealed || place->sealed) && !place->revealed;
}

/* The outermost place above (or at) `index` that hides what lies below it. */
static guint
outside_of_seals(const Cursor *cursor, guint index)
{
    guint outside = index;

    for (guint i = index;; i = place_at(cursor, i)->parent) {
        if (i != index && place_at(cursor, i)->sealed)
            outside = i;
        if (i == place_at(cursor, i)->parent)
            return outside;
    }
}

static gboolean
has_rows_below(const Cursor *cursor, guint index)
{
    const Place *place = place_at(cursor, index);

    for (guint i = index + 1; cursor->filtered && i <= index + place->below;
         i += place_at(cursor, i)->below + 1)
        if (place_at(cursor, i)->kept)
            return TRUE;
    return place->below > 0 && !cursor->filtered;
}

static void
rebuild(Cursor *cursor)
{
    settle_groups(cursor);
    if (cursor->filtered) {
        keep(cursor);
        leave_hidden(cursor);
    }
    g_array_set_size(cursor->rows, 0);
    g_array_set_size(cursor->row_places, 0);
    for (guint i = 0; i < cursor->places->len;) {
        const Place *place = place_at(cursor, i);
        if (cursor->filtered && !place->kept) {
            i += place->below + 1;
            continue;
        }
        const gboolean parent = has_rows_below(cursor, i);
        const CursorRow row = { .step = place->step, .depth = place->depth,
                                .folded = place->folded && parent && !place->sealed,
                                .open = parent && !place->folded && !place->sealed,
                                .revealed = place->revealed,
                                .concealed = is_concealed(cursor, place) };
        g_array_append_val(cursor->rows, row);
        g_array_append_val(cursor->row_places, i);
        i += place->folded || place->sealed ? place->below + 1 : 1;
    }
    build_walk(cursor);
}

/* Opens every branch above `index`, so that it is a row. */
static void
go_to_place(Cursor *cursor, guint index)
{
    gboolean opened = FALSE;

    index = outside_of_seals(cursor, index);
    for (guint i = place_at(cursor, index)->parent; i != index; i = place_at(cursor, i)->parent) {
        opened |= place_at(cursor, i)->folded;
        place_at(cursor, i)->folded = FALSE;
        if (i == place_at(cursor, i)->parent)
            break;
    }
    cursor->at = index;
    if (opened)
        rebuild(cursor);
    else if (cursor->filtered)
        leave_hidden(cursor);
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
        if (!step->group && is_failure(step->result))
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
    add_places(cursor, root, 0, 0);
    rebuild(cursor);
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
    add_places(cursor, root, 0, 0);
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
    rebuild(cursor);
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

/* The row of a place, or the one that hides it. */
static guint
row_of(const Cursor *cursor, guint place)
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

guint
cursor_at(const Cursor *cursor)
{
    return row_of(cursor, cursor->at);
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
               ? row_of(cursor, g_array_index(cursor->walk, guint, step - 1))
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
    rebuild(cursor);
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
    rebuild(cursor);
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
        rebuild(cursor);
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
        cursor->at = outside_of_seals(cursor, cursor->at);
        rebuild(cursor);
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
    rebuild(cursor);
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

gboolean
cursor_fold(Cursor *cursor)
{
    if (cursor->places->len == 0)
        return FALSE;
    Place *place = place_at(cursor, cursor->at);
    if (place->below > 0 && !place->folded && !place->sealed) {
        place->folded = TRUE;
        rebuild(cursor);
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
        rebuild(cursor);
    } else if (has_rows_below(cursor, cursor->at)) {
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
        if (seen->revealed && is_failure(seen->step->result)) {
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
    if (only_failed && (cursor->places->len == 0 || keep(cursor) == 0))
        return FALSE;
    if (only_failed)
        unfold_kept(cursor);
    cursor->filtered = only_failed;
    if (cursor->places->len > 0)
        rebuild(cursor);
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
                            .concealed = is_concealed(cursor, place) };

    return (!cursor->filtered || place->kept) && outside_of_seals(cursor, index) == index &&
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
