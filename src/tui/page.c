/* page.c: filling, scrolling and painting a page.
 * SPDX-License-Identifier: MIT */
#include "base/linebreak.h"
#include "base/text.h"
#include "base/translate.h"
#include "tui/page-part.h"

#include <string.h>

guint
move_row(Move move, guint at, guint count, guint page)
{
    const guint last = count > 0 ? count - 1 : 0;

    at = MIN(at, last);
    switch (move) {
    case MOVE_UP:
        return at - MIN(at, 1);
    case MOVE_DOWN:
        return at + MIN(last - at, 1);
    case MOVE_PAGE_UP:
        return at - MIN(at, page);
    case MOVE_PAGE_DOWN:
        return at + MIN(last - at, page);
    case MOVE_FIRST:
        return 0;
    case MOVE_LAST:
        return last;
    }
    return at;
}

Page *
page_new(guint width, int mode)
{
    Page *page = g_new0(Page, 1);

    page->width = width;
    page->mode = mode;
    page->text = g_string_new(NULL);
    page->pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    page->items = g_array_new(FALSE, FALSE, sizeof(Item));
    page->texts = g_array_new(FALSE, FALSE, sizeof(Text));
    return page;
}

void
page_free(Page *page)
{
    if (!page)
        return;
    g_string_free(page->text, TRUE);
    g_array_unref(page->pieces);
    g_array_unref(page->items);
    g_array_unref(page->texts);
    g_free(page);
}

guint
page_row(Page *page)
{
    return page->rows++;
}

guint
page_length(const Page *page)
{
    return page->rows;
}

/* A page is for reading: of a giant value the beginning is enough, Source has all of it. */
static char *
readable(const char *text)
{
    enum { TEXT_MAX = 4096 };
    const gsize length = strlen(text);
    const gsize cut = text_cut(text, length, TEXT_MAX);

    if (cut == length)
        return g_strdup(text);
    return g_strdup_printf(_("%.*s .. (%lu bytes more)"), (int)cut, text,
                           length - cut);
}

/* The rows below the first begin `hang` columns further right. */
static guint
wrap(Page *page, guint row, guint x, guint hang, guint limit, Role role, const char *value)
{
    limit = MIN(limit, page->width);
    if (x >= limit)
        x = limit > 0 ? limit - 1 : 0;
    g_autofree char *text = readable(value);
    hang = MIN(hang, limit > x ? limit - x - 1 : 0);
    g_autoptr(GArray) lines = glyph_wrap(text, limit - x - hang, page->mode);
    const gsize base = page->text->len;

    const Text whole = { row, x, base, strlen(text) };
    g_array_append_val(page->texts, whole);
    g_string_append(page->text, text);
    for (guint i = 0; i < lines->len; i++) {
        const Span *line = &g_array_index(lines, Span, i);
        const Piece piece = { row + i, i > 0 ? x + hang : x, role, base + line->start,
                              span_length(*line) };
        g_array_append_val(page->pieces, piece);
    }
    page->rows = MAX(page->rows, row + lines->len);
    page->sorted = FALSE;
    return lines->len;
}

guint
page_wrap(Page *page, guint row, guint x, guint limit, Role role, const char *text)
{
    return wrap(page, row, x, 0, limit, role, text);
}

void
page_setting(Page *page, guint x, Role role, const char *line)
{
    const guint columns = glyph_columns(line, page->mode);

    if (x + columns > page->width && columns <= page->width)
        x = 0;
    wrap(page, page_length(page), x, x + columns > page->width ? linebreak_hang(line) : 0, G_MAXUINT, role, line);
}

guint
page_text(Page *page, guint x, Role role, const char *text)
{
    return page_wrap(page, page_length(page), x, page->width, role, text);
}

void
page_pair(Page *page, guint x, guint column, Role label_role, const char *label, Role role,
          const char *text)
{
    const guint row = page_row(page);

    page_wrap(page, row, x, column - 1, label_role, label);
    page_wrap(page, row, column, G_MAXUINT, role, text);
}

void
page_fact(Page *page, guint column, const char *label, Role role, const char *value)
{
    enum { EDGE = 1 };

    if (value && *value)
        page_pair(page, EDGE, column, ROLE_DIM, label, role, value);
}

void
page_item(Page *page, guint row, gconstpointer target)
{
    const Item item = { row, MAX(page->rows, 1) - 1, target };

    g_array_append_val(page->items, item);
}

guint
page_items(const Page *page)
{
    return page->items->len;
}

gconstpointer
page_target(const Page *page, const PagePlace *place)
{
    return place->item < page->items->len ? g_array_index(page->items, Item, place->item).target
                                          : NULL;
}

guint
page_last_top(const Page *page, guint height)
{
    return page->rows > height ? page->rows - height : 0;
}

static void
show_item(const Page *page, PagePlace *place, guint height)
{
    const Item *item = &g_array_index(page->items, Item, place->item);

    if (item->last >= place->top + height)
        place->top = item->last + 1 - height;
    if (item->first < place->top)
        place->top = item->first;
}

static int
by_row(gconstpointer a, gconstpointer b)
{
    const guint left = ((const Piece *)a)->row;
    const guint right = ((const Piece *)b)->row;

    return left < right ? -1 : left > right;
}

/* Cells of a table arrive column by column, so pieces are sorted once, when all are there. */
void
page_fit(Page *page, PagePlace *place, guint height)
{
    if (!page->sorted)
        g_array_sort(page->pieces, by_row);
    page->sorted = TRUE;
    place->top = MIN(place->top, page_last_top(page, height));
    if (page->items->len > 0)
        place->item = MIN(place->item, page->items->len - 1);
}

static void
scroll(const Page *page, PagePlace *place, guint height, int by)
{
    const int top = (int)place->top + by;

    place->top = MIN((guint)MAX(top, 0), page_last_top(page, height));
}

/* After a scroll the selection follows into sight. */
static void
select_seen(const Page *page, PagePlace *place, guint height)
{
    const guint bottom = place->top + height;

    while (place->item + 1 < page->items->len &&
           g_array_index(page->items, Item, place->item).first < place->top)
        place->item++;
    while (place->item > 0 && g_array_index(page->items, Item, place->item).last >= bottom)
        place->item--;
}

/* One line: to the next item where there is one in or next to the window, else the text scrolls,
 * so that long stretches without items can be read. */
static void
move_line(const Page *page, PagePlace *place, guint height, int by)
{
    const guint next = by < 0 ? place->item - 1 : place->item + 1;

    if (next >= page->items->len) {         /* place->item - 1 wraps: no item above */
        scroll(page, place, height, by);
        return;
    }
    const Item *item = &g_array_index(page->items, Item, next);
    const guint far = by < 0 ? place->top : place->top + height - 1;
    if ((by > 0 && item->first > far + 1) || (by < 0 && item->last + 1 < far)) {
        scroll(page, place, height, by);
        return;
    }
    place->item = next;
    show_item(page, place, height);
}

void
page_move(const Page *page, PagePlace *place, guint height, Move move)
{
    const int screen = MAX((int)height - 1, 1);

    place->found = 0;
    switch (move) {
    case MOVE_UP:
        move_line(page, place, height, -1);
        return;
    case MOVE_DOWN:
        move_line(page, place, height, 1);
        return;
    case MOVE_PAGE_UP:
        scroll(page, place, height, -screen);
        break;
    case MOVE_PAGE_DOWN:
        scroll(page, place, height, screen);
        break;
    case MOVE_FIRST:
        place->top = 0;
        place->item = 0;
        return;
    case MOVE_LAST:
        place->top = page_last_top(page, height);
        place->item = page->items->len > 0 ? page->items->len - 1 : 0;
        return;
    }
    select_seen(page, place, height);
}

static guint
first_piece(const Page *page, guint row)
{
    guint low = 0;
    guint high = page->pieces->len;

    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (g_array_index(page->pieces, Piece, middle).row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void
page_draw(const Page *page, const PagePlace *place, Canvas *canvas, Rect area)
{
    const guint limit = area.x + area.width;

    for (guint i = first_piece(page, place->top); i < page->pieces->len; i++) {
        const Piece *piece = &g_array_index(page->pieces, Piece, i);
        if (piece->row >= place->top + area.height)
            break;
        canvas_put_span(canvas, area.x + piece->x, area.y + piece->row - place->top, limit,
                        piece->role, page->text->str + piece->start, piece->length);
    }
    if (place->item >= page->items->len)
        return;
    const Item *item = &g_array_index(page->items, Item, place->item);
    for (guint row = MAX(item->first, place->top);
         row <= item->last && row < place->top + area.height; row++)
        canvas_tint(canvas, area.x, area.y + row - place->top, limit, ROLE_CURSOR);
}

gboolean
page_more(const Page *page, const PagePlace *place, guint height)
{
    return place->top < page_last_top(page, height);
}

guint
page_item_at(const Page *page, guint row)
{
    for (guint i = 0; i < page->items->len; i++) {
        const Item *item = &g_array_index(page->items, Item, i);
        if (row >= item->first && row <= item->last)
            return i;
    }
    return PAGE_NO_ITEM;
}

char *
page_item_text(const Page *page, const PagePlace *place)
{
    Item item = { place->top, place->top, NULL };
    g_autoptr(GString) out = g_string_new(NULL);

    if (place->item < page->items->len)
        item = g_array_index(page->items, Item, place->item);
    for (guint i = 0; i < page->texts->len; i++) {
        const Text *text = &g_array_index(page->texts, Text, i);
        if (text->row < item.first || text->row > item.last || text->length == 0)
            continue;
        g_string_append(out, out->len > 0 ? "  " : "");
        g_string_append_len(out, page->text->str + text->start, (gssize)text->length);
    }
    return g_strdup(out->str);
}

guint
page_cells(const Page *page)
{
    return page->texts->len;
}

PageCell
page_cell(const Page *page, guint index)
{
    const Text *text = &g_array_index(page->texts, Text, index);

    return (PageCell) { text->row, text->x, page->text->str + text->start, text->length };
}

guint
page_item_row(const Page *page, guint item)
{
    return g_array_index(page->items, Item, item).first;
}
