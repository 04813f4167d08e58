/* page-find.c: a word looked for in a page, from a place on.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "tui/page-part.h"

static int
by_place_in_text(gconstpointer a, gconstpointer b)
{
    const gsize left = ((const Piece *)a)->start;
    const gsize right = ((const Piece *)b)->start;

    return left < right ? -1 : left > right;
}

/* The row of each match: of a text that is wrapped, where the match begins. */
static void
add_matches(const Page *page, const Text *text, const char *needle, const GArray *pieces,
            guint *piece, GArray *rows)
{
    const char *start = page->text->str + text->start;
    g_autofree char *folded = find_fold(start, text->length);

    for (const char *at = folded; (at = strstr(at, needle)); at++) {
        const gsize place = text->start + (gsize)(at - folded);
        while (*piece + 1 < pieces->len &&
               g_array_index(pieces, Piece, *piece + 1).start <= place)
            (*piece)++;
        g_array_append_val(rows, g_array_index(pieces, Piece, *piece).row);
    }
}

static GArray *
matching_rows(const Page *page, const char *needle)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) pieces = g_array_copy(page->pieces);
    guint piece = 0;

    g_array_sort(pieces, by_place_in_text);
    for (guint i = 0; *needle && i < page->texts->len; i++)
        add_matches(page, &g_array_index(page->texts, Text, i), needle, pieces, &piece, rows);
    return rows;
}

/* Where a search begins: behind (before) the last match; else at what is selected and seen. */
static guint
search_from(const Page *page, const PagePlace *place, gboolean backward)
{
    guint row = place->top;

    if (place->found > 0)
        return backward ? place->found - 1 : place->found;
    if (place->item < page->items->len)
        row = MAX(row, g_array_index(page->items, Item, place->item).first);
    return row;
}

gboolean
page_find(const Page *page, PagePlace *place, guint height, Find *find)
{
    g_autoptr(GArray) rows = matching_rows(page, find->needle);
    const guint from = search_from(page, place, find->backward);
    guint best = G_MAXUINT;

    /* Around the end every row is at some distance in the direction of the search. */
    for (guint i = 0; i < rows->len; i++) {
        const guint row = g_array_index(rows, guint, i);
        const guint distance = find->backward
                                   ? (row < from ? from - 1 - row : page->rows + from - 1 - row)
                                   : (row >= from ? row - from : page->rows + row - from);
        if (distance >= best)
            continue;
        best = distance;
        place->found = row + 1;
        find->wrapped = find->backward ? row >= from : row < from;
    }
    if (rows->len == 0)
        return FALSE;
    const guint row = place->found - 1;
    const guint item = page_item_at(page, row);
    if (row < place->top || row >= place->top + height)
        place->top = MIN(row > height / 3 ? row - height / 3 : 0, page_last_top(page, height));
    if (item != PAGE_NO_ITEM)
        place->item = item;
    return TRUE;
}
