/* words-index.c: rows of words by their id.
 * SPDX-License-Identifier: MIT */
#include "tree/words-index.h"

#include <string.h>

typedef struct {
    const char   *id;       /* NULL: nothing stands here */
    gconstpointer row;
} Place;

struct WordsIndex {
    guint  mask;            /* places, less one: a power of two, at least twice as many as rows */
    Place *places;
};

WordsIndex *
words_index_new(gsize rows)
{
    WordsIndex *index = g_new0(WordsIndex, 1);
    gsize places = 8;

    while (places < 2 * rows)
        places *= 2;
    index->mask = (guint)places - 1;
    index->places = g_new0(Place, places);
    return index;
}

void
words_index_free(WordsIndex *index)
{
    g_free(index->places);
    g_free(index);
}

/* FNV-1a; ids are the program's own, nobody chooses them to fall together. */
static guint
hash_of(const char *id)
{
    guint hash = 2166136261u;

    for (; *id; id++)
        hash = (hash ^ (guchar)*id) * 16777619u;
    return hash ^ hash >> 15;
}

/* Where it stands, or would. */
static Place *
place_of(const WordsIndex *index, const char *id)
{
    guint at = hash_of(id) & index->mask;

    while (index->places[at].id && strcmp(index->places[at].id, id) != 0)
        at = (at + 1) & index->mask;
    return &index->places[at];
}

void
words_index_add(WordsIndex *index, const char *id, gconstpointer row)
{
    Place *place = place_of(index, id);

    if (!place->id)
        *place = (Place){ id, row };
}

gconstpointer
words_index_find(const WordsIndex *index, const char *id)
{
    return place_of(index, id)->row;
}
