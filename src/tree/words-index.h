/* words-index.h: rows of words by their id.
 * SPDX-License-Identifier: MIT
 *
 * A report asks for the words of 60 steps and 70 rules. Tables are in the order of their readers, and a search by halves
 * guesses wrong at each of its comparisons, so that the looking cost more than the writing (doc/benchmarks.md). */
#pragma once

#include <glib.h>

typedef struct WordsIndex WordsIndex;

/* For so many rows at most. What is never changed again may stay until the program ends. (transfer full) */
WordsIndex *words_index_new(gsize rows);
void        words_index_free(WordsIndex *index);
/* Of several rows with one id the first counts. `id` stays as it is as long as the index. */
void        words_index_add(WordsIndex *index, const char *id, gconstpointer row);
/* NULL where there is none. */
gconstpointer words_index_find(const WordsIndex *index, const char *id);
