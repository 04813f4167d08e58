/* split.c: where a list and its detail stand.
 * SPDX-License-Identifier: MIT */
#include "tui/view/split.h"

enum { TWO_PANES = 100, LIST_MIN = 3, DETAIL_MIN = 5 };

Split
split_stacked(guint width, guint height, guint rows, guint most, gboolean in_detail)
{
    Split split = { { 0, 0, width, height }, { 0, 0, 0, 0 }, FALSE };

    if (height >= LIST_MIN + 1 + DETAIL_MIN) {
        const guint least = MIN(rows, LIST_MIN);
        split.list.height = CLAMP(rows, least, MAX(MIN(most, height - 1 - DETAIL_MIN), least));
        split.detail =
            (Rect) { 0, split.list.height + 1, width, height - split.list.height - 1 };
    } else if (in_detail) {
        split.detail = split.list;
        split.list.height = 0;
    }
    return split;
}

Split
split_for(guint width, guint height, guint rows, gboolean in_detail)
{
    if (width < TWO_PANES)
        return split_stacked(width, height, rows, height / 2, in_detail);
    Split split = { { 0, 0, MIN(width * 48 / 100, 84), height }, { 0, 0, 0, 0 }, TRUE };
    split.detail = (Rect) { split.list.width + 1, 0, width - split.list.width - 1, height };
    return split;
}

void
split_place(Split *split, Canvas *canvas, Rect area)
{
    split->list.x += area.x;
    split->list.y += area.y;
    split->detail.x += area.x;
    split->detail.y += area.y;
    if (split->beside)
        for (guint y = 0; y < area.height; y++)
            canvas_put(canvas, split->detail.x - 1, area.y + y, split->detail.x, ROLE_RULE, "|");
    else if (split->list.height > 0 && split->detail.height > 0)
        canvas_fill(canvas, area.x, split->detail.y - 1, area.x + area.width, ROLE_RULE, '-');
}

guint
split_scroll(guint top, guint at, guint shown)
{
    if (at < top)
        return at;
    return at >= top + shown ? at + 1 - shown : top;
}
