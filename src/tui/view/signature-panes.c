/* signature-panes.c: list, facts and bytes in the room that there is.
 * SPDX-License-Identifier: MIT */
#include "tui/view/signature-panes.h"

#include "tui/view/split.h"

enum { TWO_PANES = 100 };

/* Where it is narrow, the bytes take the place of the facts, and more of the height. */
static Panes
narrow_panes(guint width, guint height, guint rows, Side side, Focus focus)
{
    const gboolean facts = side == SIDE_FACTS;
    const Split split = split_stacked(width, height, rows, facts ? height / 3 : height / 5,
                                      focus != FOCUS_LIST);
    Panes panes = { split.list, split.detail, { 0, 0, 0, 0 }, side, FALSE };

    if (!facts) {
        panes.sheet = split.detail;
        panes.facts = (Rect) { 0, 0, 0, 0 };
    }
    return panes;
}

Panes
panes_for(guint width, guint height, guint rows, Side side, Focus focus)
{
    if (width < TWO_PANES)
        return narrow_panes(width, height, rows, side, focus);
    const guint left = MIN(width * 45 / 100, 76);
    const Split split = split_stacked(left, height, rows, height / 3, focus == FOCUS_FACTS);
    Panes panes = { split.list, split.detail, { left + 1, 0, width - left - 1, height },
                    side == SIDE_FACTS ? SIDE_COVERED : side, TRUE };
    return panes;
}

Focus
panes_focus(const Panes *panes, Focus focus)
{
    if (focus == FOCUS_SHEET && panes->sheet.height == 0)
        return panes->facts.height > 0 ? FOCUS_FACTS : FOCUS_LIST;
    if (focus == FOCUS_FACTS && panes->facts.height == 0)
        return panes->sheet.height > 0 && panes->list.height == 0 ? FOCUS_SHEET : FOCUS_LIST;
    return focus;
}

Focus
panes_next(const Panes *panes, Side side, Focus focus)
{
    const Focus had = panes_focus(panes, focus);

    if (panes->facts.height == 0 && panes->sheet.height == 0)
        return side == SIDE_FACTS ? FOCUS_FACTS : FOCUS_SHEET;
    if (had == FOCUS_LIST && panes->facts.height > 0)
        return FOCUS_FACTS;
    if (had != FOCUS_SHEET && panes->sheet.height > 0)
        return FOCUS_SHEET;
    return FOCUS_LIST;
}

static void
move_rect(Rect *rect, Rect area)
{
    rect->x += area.x;
    rect->y += area.y;
}

void
panes_move(Panes *panes, Rect area)
{
    move_rect(&panes->list, area);
    move_rect(&panes->facts, area);
    move_rect(&panes->sheet, area);
}

void
panes_draw_rules(const Panes *panes, Canvas *canvas, Rect area)
{
    const Rect lower = panes->facts.height > 0 ? panes->facts : panes->sheet;

    if (panes->beside)
        for (guint y = 0; y < area.height; y++)
            canvas_put(canvas, panes->sheet.x - 1, area.y + y, panes->sheet.x, ROLE_RULE, "|");
    if (panes->list.height > 0 && lower.height > 0 && lower.y > area.y)
        canvas_fill(canvas, area.x, lower.y - 1, area.x + lower.width, ROLE_RULE, '-');
}
