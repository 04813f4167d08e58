/* mail-search.c: searching the rows of a list that are seen, a row at once.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "tui/list/mail-list-part.h"

static char *
fold(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);

    return g_utf8_casefold(valid, -1);
}

static gboolean
has_text(const char *text, const char *needle)
{
    g_autofree char *folded = text ? fold(text) : NULL;

    return folded && strstr(folded, needle);
}

void
mail_list_stop_search(MailList *list)
{
    g_clear_pointer(&list->search.needle, g_free);
    list->search.ended = FALSE;
}

void
mail_list_search(MailList *list, const char *text, guint position, gboolean backward)
{
    Search *search = &list->search;

    mail_list_stop_search(list);
    search->needle = fold(text);
    search->start = search->at = position;
    search->backward = backward;
    search->wrapped = FALSE;
    search->around = 0;
    search->found = LIST_NO_ROW;
}

gboolean
mail_list_searching(const MailList *list)
{
    return list->search.needle && !list->search.ended;
}

/* FALSE: only more rows would help. */
static gboolean
next_position(MailList *list, guint *position)
{
    Search *search = &list->search;
    const guint shown = list->order->len;

    if (search->backward && search->at == 0) {
        if (!mail_list_is_complete(list))
            return FALSE;
        search->wrapped = TRUE;
        search->at = shown;
    } else if (!search->backward && search->at + 1 >= shown) {
        if (!mail_list_is_complete(list))
            return FALSE;
        if (!search->wrapped) {
            search->wrapped = TRUE;
            *position = search->at = 0;
            return TRUE;
        }
    }
    search->at += search->backward ? (guint)-1 : 1;
    *position = search->at;
    return TRUE;
}

gboolean
mail_search_more(MailList *list)
{
    Search *search = &list->search;
    guint position = 0;

    if (list->order->len == 0 && mail_list_is_complete(list)) {
        search->ended = TRUE;
        return TRUE;
    }
    if (!next_position(list, &position))
        return FALSE;
    if (position < list->order->len) {
        g_autoptr(StoreLine) line =
            mail_list_line(list, g_array_index(list->order, guint32, position));
        if (has_text(line->from, search->needle) || has_text(line->subject, search->needle) ||
            has_text(line->date, search->needle) || has_text(line->fault, search->needle)) {
            search->found = position;
            search->around = !search->wrapped ? 0 : search->backward ? -1 : 1;
            search->ended = TRUE;
            return TRUE;
        }
    }
    search->ended = search->wrapped &&
                    (search->backward ? position <= search->start : position >= search->start);
    return TRUE;
}

gboolean
mail_list_found(MailList *list, guint *position, int *around)
{
    if (!list->search.needle || !list->search.ended)
        return FALSE;
    *position = list->search.found;
    *around = list->search.around;
    mail_list_stop_search(list);
    return TRUE;
}
