/* words-index.c: rows of words by their id.
 * SPDX-License-Identifier: MIT */
#include "tree/words-index.h"

#include <string.h>

typedef struct {
    const char   *id;       /* NULL: nothing stands here */
    gconstpointer row;
} Place;

/* Whoever asks nearly always has the very literal of the table, since the linker joins equal ones: it is found by where it stands, and no
 * text is looked at. */
struct WordsIndex {
    guint  mask;            /* places, less one: a power of two, at least twice as many as rows */
    Place *by_address;
    Place *by_text;
};

WordsIndex *
words_index_new(gsize rows)
{
    WordsIndex *index = g_new0(WordsIndex, 1);
    gsize places = 8;

    while (places < 2 * rows)
        places *= 2;
    index->mask = (guint)places - 1;
    index->by_address = g_new0(Place, places);
    index->by_text = g_new0(Place, places);
    return index;
}

void
words_index_free(WordsIndex *index)
{
    g_free(index->by_address);
    g_free(index->by_text);
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
place_of_text(const WordsIndex *index, const char *id)
{
    guint at = hash_of(id) & index->mask;

    while (index->by_text[at].id && strcmp(index->by_text[at].id, id) != 0)
        at = (at + 1) & index->mask;
    return &index->by_text[at];
}

static Place *
place_of_address(const WordsIndex *index, const char *id)
{
    guint at = (guint)((gsize)id * 0x9E3779B97F4A7C15u >> 32) & index->mask;

    while (index->by_address[at].id && index->by_address[at].id != id)
        at = (at + 1) & index->mask;
    return &index->by_address[at];
}

void
words_index_add(WordsIndex *index, const char *id, gconstpointer row)
{
    Place *place = place_of_text(index, id);

    if (!place->id)
        *place = (Place){ id, row };
    *place_of_address(index, id) = (Place){ id, place->row };
}

gconstpointer
words_index_find(const WordsIndex *index, const char *id)
{
    const Place *place = place_of_address(index, id);

    return place->id ? place->row : place_of_text(index, id)->row;
}
