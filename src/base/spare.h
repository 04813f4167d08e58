/* spare.h: empty lists kept for the next record.
 * SPDX-License-Identifier: MIT
 *
 * A report has five hundred lists, most of them empty from beginning to end. GLib makes and frees each in some 250
 * instructions; here a thread that asked for it (heap_keep()) puts them aside, with the room that they had. */
#pragma once

#include <glib.h>

#include "base/span.h"

/* More than one report's. */
#define SPARE_MAX 1024
/* A list that was longer is given back, with its room. */
#define SPARE_LENGTH_MAX 64

typedef struct {
    guint      n_lists, n_texts, n_spans;
    GPtrArray *lists[SPARE_MAX];    /* without a function that frees */
    GPtrArray *texts[SPARE_MAX];    /* g_free */
    GArray    *spans[SPARE_MAX];    /* of Span */
} Spare;

/* NULL: nothing is kept. Of a thread, as libc's own lists of free pieces are: whoever makes a record has no place to
 * hand one on. */
extern _Thread_local Spare *spare;

/* The calling thread keeps lists from now on. */
void spare_keep(void);
/* As g_ptr_array_new(). (transfer full) */
static inline GPtrArray *
spare_list(void)
{
    return spare && spare->n_lists > 0 ? spare->lists[--spare->n_lists] : g_ptr_array_new();
}

/* As g_ptr_array_new_with_free_func(g_free). (transfer full) */
static inline GPtrArray *
spare_texts(void)
{
    return spare && spare->n_texts > 0 ? spare->texts[--spare->n_texts]
                                       : g_ptr_array_new_with_free_func(g_free);
}

/* Of a list that nobody else holds, made as above; what is in it is not freed. */
static inline void
spare_free_list(GPtrArray *list)
{
    if (!spare || spare->n_lists == SPARE_MAX || list->len > SPARE_LENGTH_MAX) {
        g_ptr_array_unref(list);
        return;
    }
    list->len = 0;
    spare->lists[spare->n_lists++] = list;
}

/* With the texts in it. */
static inline void
spare_free_texts(GPtrArray *list)
{
    if (!spare || spare->n_texts == SPARE_MAX || list->len > SPARE_LENGTH_MAX) {
        g_ptr_array_unref(list);
        return;
    }
    for (guint i = 0; i < list->len; i++)
        g_free(list->pdata[i]);
    list->len = 0;      /* g_ptr_array_set_size() would go through them once more */
    spare->texts[spare->n_texts++] = list;
}

/* As g_array_new() of Span. (transfer full) */
static inline GArray *
spare_spans(void)
{
    return spare && spare->n_spans > 0 ? spare->spans[--spare->n_spans]
                                       : g_array_new(FALSE, FALSE, sizeof(Span));
}

static inline void
spare_free_spans(GArray *spans)
{
    if (!spare || spare->n_spans == SPARE_MAX || spans->len > SPARE_LENGTH_MAX) {
        g_array_unref(spans);
        return;
    }
    spans->len = 0;
    spare->spans[spare->n_spans++] = spans;
}
