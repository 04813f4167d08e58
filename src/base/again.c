/* again.c: things kept by a text for when it comes again.
 * SPDX-License-Identifier: MIT */
#include "base/again.h"

#include "base/chance.h"
#include "base/hash.h"

#define WIDTH 4
/* So many that came once are remembered in a row: texts that take turns shall not make each other
 * forgotten. */
#define SEEN  8

typedef struct {
    guint    hash;
    char    *text;      /* or NULL: nothing is kept here */
    gpointer thing;
} Place;

typedef struct {
    guint seen[SEEN];   /* hashes of what came last and was not kept */
    guint remembered;   /* so often one of these was taken … */
    guint taken;        /* … and one of the places */
    Place places[WIDTH];
} Row;

struct Again {
    GDestroyNotify free;
    guint          rows;
    guint          early;       /* so many were worth keeping at once */
    Row            table[];
};

Again *
again_new(guint rows, GDestroyNotify free)
{
    Again *again = g_malloc0(sizeof(Again) + rows * sizeof(Row));

    again->free = free;
    again->rows = rows;
    return again;
}

static void
clear(Again *again, Place *place)
{
    if (place->thing)
        again->free(place->thing);
    g_free(place->text);
    *place = (Place){ 0 };
}

void
again_free(Again *again)
{
    for (guint i = 0; again && i < again->rows; i++)
        for (guint k = 0; k < WIDTH; k++)
            clear(again, &again->table[i].places[k]);
    g_free(again);
}

static Place *
find(Row *row, guint hash, const char *text)
{
    for (guint k = 0; k < WIDTH; k++)
        if (row->places[k].hash == hash && row->places[k].text &&
            g_str_equal(row->places[k].text, text))
            return &row->places[k];
    return NULL;
}

static Row *
row_of(const Again *again, guint hash)
{
    return (Row *)&again->table[hash % again->rows];
}

gpointer
again_find(const Again *again, const char *text)
{
    const guint hash = hash_text(text);
    const Place *place = find(row_of(again, hash), hash, text);

    return place ? place->thing : NULL;
}

gboolean
again_came(Again *again, const char *text)
{
    const guint hash = hash_text(text);
    Row *row = row_of(again, hash);

    if (find(row, hash, text))
        return TRUE;
    for (guint k = 0; k < SEEN; k++)
        if (row->seen[k] == hash)
            return TRUE;
    if (again->early < AGAIN_EARLY) {
        again->early++;
        return TRUE;
    }
    row->seen[chance_place(&row->remembered, SEEN)] = hash;
    return FALSE;
}

void
again_keep(Again *again, const char *text, gpointer thing)
{
    const guint hash = hash_text(text);
    Row *row = row_of(again, hash);
    Place *place = find(row, hash, text);

    if (!place && !thing)
        return;
    if (!place)
        place = &row->places[chance_place(&row->taken, WIDTH)];
    clear(again, place);
    if (thing)
        *place = (Place){ hash, g_strdup(text), thing };
}
