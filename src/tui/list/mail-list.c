/* mail-list.c: finding the rows of a list, a slice of time at once, and asking the store for one.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "facts/mask.h"
#include "tree/words.h"
#include "tui/list/mail-list-part.h"

static MailFile *
file_at(const MailList *list, guint index)
{
    return &g_array_index(list->files, MailFile, index);
}

static void
clear_file(gpointer data)
{
    MailFile *file = data;

    store_free(file->store);
    g_free(file->path);
    g_free(file->fault);
}

MailList *
mail_list_new(char *const *files, Store *first)
{
    MailList *list = g_new0(MailList, 1);

    list->files = g_array_new(FALSE, TRUE, sizeof(MailFile));
    g_array_set_clear_func(list->files, clear_file);
    list->rows = g_array_new(FALSE, FALSE, sizeof(MailRow));
    list->order = g_array_new(FALSE, FALSE, sizeof(guint32));
    list->keys = g_string_new(NULL);
    list->only_cell = LIST_ANY_CELL;
    list->only_group = LIST_ANY_GROUP;
    list->only_like = LIST_NO_ROW;
    list->survey = survey_new();
    for (; *files; files++) {
        const gboolean keep = first || g_str_equal(*files, "-");
        const MailFile file = { g_strdup(*files), g_steal_pointer(&first), NULL, keep };
        g_array_append_val(list->files, file);
    }
    return list;
}

void
mail_list_free(MailList *list)
{
    if (!list)
        return;
    g_array_unref(list->files);
    g_array_unref(list->rows);
    g_array_unref(list->order);
    g_string_free(list->keys, TRUE);
    survey_free(list->survey);
    g_free(list->search.needle);
    if (list->dead)
        g_hash_table_unref(list->dead);
    g_free(list);
}

/* ---- rows and what they show ---- */

static Store *
open_file(MailFile *file, GError **error)
{
    if (!file->store)
        file->store = store_open(file->path, error);
    return file->store;
}

/* A single message is soon opened again, and thousands of them need not all be mapped. */
static void
close_file(MailFile *file)
{
    if (file->store && !file->keep && !store_is_mailbox(file->store))
        g_clear_pointer(&file->store, store_free);
}

void
mail_list_redact(MailList *list)
{
    list->redact = TRUE;
}

static void
redact_line(StoreLine *line)
{
    const char *at = line->from ? strrchr(line->from, '@') : NULL;
    char *from = at ? g_strdup_printf("x%.*s", (int)strcspn(at, "> \t,;)"), at)
                    : line->from ? g_strdup(MASK_REDACTED) : NULL;

    g_free(line->from);
    line->from = from;
    if (line->subject) {
        g_free(line->subject);
        line->subject = g_strdup(MASK_REDACTED);
    }
}

void
mail_list_bury(MailList *list, guint row, const char *fault)
{
    if (!list->dead)
        list->dead = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    g_hash_table_replace(list->dead, GUINT_TO_POINTER(row), g_strdup(fault));
    mail_list_refuse(list, row, fault);
}

void
mail_list_tell(MailList *list, gint *reading)
{
    list->reading = reading;
}

static void
tell_row(const MailList *list, guint number)
{
    if (list->reading)
        g_atomic_int_set(list->reading, (gint)number);
}

StoreLine *
mail_list_line(MailList *list, guint row)
{
    const MailRow *at = mail_row(list, row);
    MailFile *file = file_at(list, at->file);
    const char *died = list->dead ? g_hash_table_lookup(list->dead, GUINT_TO_POINTER(row)) : NULL;
    const char *fault = died ? died : file->fault;
    g_autoptr(GError) error = NULL;
    StoreLine *line = NULL;

    tell_row(list, row + 1);
    if (!fault && open_file(file, &error))
        line = store_line(file->store, at->index);
    tell_row(list, 0);
    if (!line) {
        line = g_new0(StoreLine, 1);
        line->fault = g_strdup(fault ? fault : error ? error->message : "?");
    }
    close_file(file);
    if (list->redact)
        redact_line(line);
    return line;
}

Message *
mail_list_message(MailList *list, guint row, GError **error)
{
    const MailRow *at = mail_row(list, row);
    MailFile *file = file_at(list, at->file);
    Message *message = NULL;

    tell_row(list, row + 1);
    if (file->fault)
        g_set_error_literal(error, MESSAGE_ERROR, MESSAGE_ERROR_READ, file->fault);
    else if (open_file(file, error))
        message = store_message(file->store, at->index, error);
    tell_row(list, 0);
    close_file(file);
    return message;
}

const char *
mail_list_path(const MailList *list)
{
    return file_at(list, 0)->path;
}

const char *
mail_list_file(const MailList *list, guint row)
{
    return list->files->len > 1 ? file_at(list, mail_row(list, row)->file)->path : NULL;
}

/* ---- finding ---- */

static void
add_rows(MailList *list, guint count)
{
    const guint file = list->file;
    guint next = 0;

    if (list->rows->len > 0 && mail_row(list, list->rows->len - 1)->file == file)
        next = mail_row(list, list->rows->len - 1)->index + 1;
    for (; next < count; next++) {
        const MailRow row = { G_MAXINT64, file, next, 0, SURVEY_NO_GROUP, MAIL_OPEN,
                              { CHART_NO_CELL, CHART_NO_CELL } };
        const guint32 number = list->rows->len;
        g_array_append_val(list->rows, row);
        if (mail_row_in_sight(list, number))
            g_array_append_val(list->order, number);
    }
}

static void
find_more(MailList *list, gint64 microseconds)
{
    MailFile *file = file_at(list, list->file);
    g_autoptr(GError) error = NULL;

    if (!open_file(file, &error)) {
        file->fault = g_strdup(error ? error->message : file->path);
        add_rows(list, 1);
        list->file++;
        return;
    }
    const gboolean more = store_scan(file->store, microseconds);
    add_rows(list, store_count(file->store));
    if (more)
        return;
    if (list->files->len > 1)
        close_file(file);
    list->file++;
    list->unsorted = list->unsorted || list->sort != MAIL_BY_NUMBER;
}

/* ---- a slice of work ---- */

static gboolean
is_gathering(const MailList *list)
{
    return list->unsorted && mail_order_needs_keys(list) && list->keyed < list->rows->len;
}

gboolean
mail_list_is_complete(const MailList *list)
{
    return list->file >= list->files->len;
}

gboolean
mail_list_busy(const MailList *list)
{
    return !mail_list_is_complete(list) || list->unsorted || mail_list_searching(list);
}

void
mail_list_work(MailList *list, gint64 microseconds)
{
    const gint64 end = g_get_monotonic_time() + microseconds;

    do {
        if (mail_list_searching(list) && !(list->unsorted && mail_list_is_complete(list)) &&
            mail_search_more(list))
            continue;
        if (!mail_list_is_complete(list))
            find_more(list, MAX(end - g_get_monotonic_time(), 500));
        else if (is_gathering(list))
            mail_order_gather(list);
        else if (list->unsorted)
            mail_order_sort(list);
    } while (mail_list_busy(list) && g_get_monotonic_time() < end);
}

static double
read_so_far(const MailList *list)
{
    const Store *store = file_at(list, list->file)->store;
    const double part = store ? store_progress(store) : 0;

    return ((double)list->file + CLAMP(part, 0, 1)) / (double)list->files->len;
}

char *
mail_list_progress(const MailList *list)
{
    const guint count = list->rows->len;
    g_autofree char *number = words_number(count), *at = words_number(list->search.at + 1);
    const gboolean one = count == 1;

    if (mail_list_searching(list))
        return g_strdup_printf(_("searching: %s of %s, Esc stops"), at, number);
    if (!mail_list_is_complete(list))
        return g_strdup_printf(one ? _("%s message, %d %% read") : _("%s messages, %d %% read"),
                               number, (int)(100 * read_so_far(list)));
    if (is_gathering(list))
        return g_strdup_printf(one ? _("%s message, sorting: %d %%")
                                   : _("%s messages, sorting: %d %%"),
                               number, (int)(100.0 * list->keyed / MAX(count, 1)));
    return g_strdup_printf(one ? _("%s message") : _("%s messages"), number);
}

guint
mail_list_count(const MailList *list)
{
    return list->rows->len;
}

guint
mail_list_shown(const MailList *list)
{
    return list->order->len;
}

guint
mail_list_row(const MailList *list, guint position)
{
    return g_array_index(list->order, guint32, position);
}

guint
mail_list_position(const MailList *list, guint row)
{
    if (row < list->order->len && g_array_index(list->order, guint32, row) == row)
        return row;
    for (guint i = 0; i < list->order->len; i++)
        if (g_array_index(list->order, guint32, i) == row)
            return i;
    return LIST_NO_ROW;
}
