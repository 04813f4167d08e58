/* store.c: a file or folder, whatever it is, as a row of messages.
 * SPDX-License-Identifier: MIT */
#include "mailbox/store.h"

#include "base/disk.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/translate.h"
#include "mailbox/folder.h"
#include "mailbox/kind.h"
#include "mailbox/line.h"
#include "mailbox/linestart.h"
#include "mailbox/opened.h"
#include "repair/repair.h"

/* Most headers end in so many bytes of a file. */
#define HEAD_FIRST 16384

/* A message of a folder. */
typedef struct {
    const char *path;
    Opened     *box;        /* the mbox that it stands in, or NULL: the file is the message */
    guint       inner;      /* its place there */
    gboolean    maildir;
} Entry;

struct Store {
    char       *path;
    Opened     *file;       /* NULL: a folder */
    Folder     *folder;
    GArray     *entries;    /* Entry */
    GPtrArray  *boxes;      /* Opened, of `entries` */
    Opened     *scanned;    /* the box that is being looked through; or NULL */
    gboolean    complete;
};

void
store_free(Store *store)
{
    if (!store)
        return;
    g_free(store->path);
    opened_free(store->file);
    folder_free(store->folder);
    g_clear_pointer(&store->entries, g_array_unref);
    g_clear_pointer(&store->boxes, g_ptr_array_unref);
    g_free(store);
}

/* ---- opening ---- */

static Store *
store_of_file(Opened *file)
{
    if (!file)
        return NULL;
    Store *store = g_new0(Store, 1);
    store->path = g_strdup(opened_path(file));
    store->file = file;
    return store;
}

Store *
store_from_text(GBytes *bytes, const char *name, const char *const *undone, GError **error)
{
    return store_of_file(opened_bytes(bytes, name, TRUE, undone, error));
}

Store *
store_from_bytes(GBytes *bytes, const char *name, GError **error)
{
    return store_of_file(opened_bytes(bytes, name, FALSE, NULL, error));
}

Store *
store_mailbox(GBytes *bytes, const char *name)
{
    return store_of_file(opened_mailbox(bytes, name));
}

GBytes *
store_box(const Store *store)
{
    MboxPlace place;

    return opened_box(store->file, 0, &place);
}

Span
store_span(const Store *store, guint index, gboolean *unquoted)
{
    MboxPlace place;

    opened_box(store->file, index, &place);
    *unquoted = place.unquoted;
    return place.span;
}

GBytes *
store_facts(const Store *store)
{
    return opened_facts(store->file);
}

Store *
store_from_part(GBytes *bytes, const char *name, GBytes *facts, const StorePart *part)
{
    return store_of_file(opened_part(bytes, name, facts, part));
}

static void
free_opened(gpointer opened)
{
    opened_free(opened);
}

static Store *
open_folder(const char *path, GError **error)
{
    Folder *folder = folder_new(path, error);

    if (!folder)
        return NULL;
    Store *store = g_new0(Store, 1);
    store->path = g_strdup(path);
    store->folder = folder;
    store->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    store->boxes = g_ptr_array_new_with_free_func(free_opened);
    while (store->entries->len == 0 && store_scan(store, 10000))
        continue;
    if (store->entries->len > 0)
        return store;
    store_free(store);
    fault_set(error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, _("%s: no message in this folder"), path);
    return NULL;
}

Store *
store_open(const char *path, GError **error)
{
    if (!g_str_equal(path, "-") && disk_is_folder(path))
        return open_folder(path, error);
    return store_of_file(opened_file(path, error));
}

/* ---- scanning ---- */

static void
add_entry(Store *store, const FolderFile *file, Opened *box, guint inner)
{
    const Entry entry = { file ? file->path : opened_path(box), box, inner, file && file->maildir };

    g_array_append_val(store->entries, entry);
}

/* Takes over what the box that is being looked through has found so far. */
static void
add_from_box(Store *store, gint64 microseconds)
{
    Opened *box = store->scanned;
    const gboolean more = opened_scan(box, microseconds);
    const Entry *last = store->entries->len > 0
                            ? &g_array_index(store->entries, Entry, store->entries->len - 1)
                            : NULL;

    for (guint i = last && last->box == box ? last->inner + 1 : 0; i < opened_count(box); i++)
        add_entry(store, NULL, box, i);
    if (!more)
        store->scanned = NULL;
}

static void
add_file(Store *store, const FolderFile *file)
{
    g_autoptr(Opened) box = file->mbox ? opened_file(file->path, NULL) : NULL;

    if (!box || !opened_is_mailbox(box)) {
        add_entry(store, file, NULL, 0);
        return;
    }
    store->scanned = box;
    g_ptr_array_add(store->boxes, g_steal_pointer(&box));
}

static void
scan_folder(Store *store, gint64 microseconds)
{
    const gint64 until = microseconds < 0 ? G_MAXINT64 : g_get_monotonic_time() + microseconds;
    FolderFile file;
    gboolean found;

    do {
        if (store->scanned) {
            add_from_box(store, microseconds < 0 ? -1 : MAX(until - g_get_monotonic_time(), 1));
        } else if (!folder_next(store->folder, &file, &found)) {
            store->complete = TRUE;
        } else if (found) {
            add_file(store, &file);
        }
    } while (!store->complete && g_get_monotonic_time() < until);
}

gboolean
store_scan(Store *store, gint64 microseconds)
{
    if (store->file)
        return opened_scan(store->file, microseconds);
    if (!store->complete)
        scan_folder(store, microseconds);
    return !store->complete;
}

gboolean
store_is_mailbox(const Store *store)
{
    return !store->file || opened_is_mailbox(store->file);
}

const char *
store_path(const Store *store)
{
    return store->path;
}

gboolean
store_is_complete(const Store *store)
{
    return store->file ? opened_is_complete(store->file) : store->complete;
}

double
store_progress(const Store *store)
{
    if (store->file)
        return opened_progress(store->file);
    return store->complete ? 1 : folder_progress(store->folder);
}

guint
store_count(const Store *store)
{
    return store->file ? opened_count(store->file) : store->entries->len;
}

/* ---- messages ---- */

static const Entry *
entry_at(const Store *store, guint index)
{
    return &g_array_index(store->entries, Entry, index);
}

static Message *
message_of_folder(const Entry *entry, GError **error)
{
    if (entry->box)
        return opened_message(entry->box, entry->inner, error);
    g_autoptr(Opened) file = opened_file(entry->path, error);
    return file ? opened_message(file, 0, error) : NULL;
}

/* The place in the folder, and what the folder says of the message. */
static void
place_in_folder(Store *store, guint index, Message *message)
{
    Origin *origin = origin_copy(message_origin(message));

    origin->index = index + 1;
    if (entry_at(store, index)->maildir && g_str_equal(origin->kind, "eml")) {
        g_free(origin->kind);
        origin->kind = g_strdup("maildir");
    }
    while (index + 1 >= store_count(store) && store_scan(store, 100000))
        continue;
    if (index + 1 == store_count(store) && folder_limit(store->folder))
        origin_note(origin, folder_limit(store->folder), SEVERITY_WARNING, NULL);
    message_take_origin(message, origin);
}

Message *
store_message(Store *store, guint index, GError **error)
{
    if (store->file)
        return opened_message(store->file, index, error);
    Message *message = message_of_folder(entry_at(store, index), error);
    if (message)
        place_in_folder(store, index, message);
    return message;
}

SourceInfo *
store_source(Store *store, guint index)
{
    SourceInfo *source = record_new(&source_info_type);
    const Entry *entry = store->file ? NULL : entry_at(store, index);

    source->path = g_strdup(entry ? entry->path : store->path);
    source->index = index + 1;
    source->kind = g_strdup(!entry           ? opened_kind(store->file)
                            : entry->box     ? "mbox"
                            : entry->maildir ? "maildir"
                                             : "eml");
    return source;
}

/* ---- lines ---- */

static void
line_by_opening(Store *store, guint index, StoreLine *line)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Message) message = store_message(store, index, &error);

    if (message)
        line_of_message(message, line);
    else
        line->fault = g_strdup(error ? error->message : "");
}

/* Most files of a folder are plain messages: their first bytes say it all. A damaged one is shown as it will be
 * opened, and so it is opened. */
static gboolean
line_of_file(const char *path, gsize size, StoreLine *line)
{
    g_autoptr(GBytes) head = file_head(path, size, NULL);
    gsize length = 0;
    const char *data = head ? g_bytes_get_data(head, &length) : NULL;

    if (!data || length == 0 || kind_of(data, length) != KIND_TEXT || !kind_is_header(data, length))
        return FALSE;
    if (length == size && size < LINE_HEADER_MAX && !linestart_body(data, data + length))
        return line_of_file(path, LINE_HEADER_MAX, line);
    return line_read(data, length, line) || !repair_needed(head);
}

StoreLine *
store_line(Store *store, guint index)
{
    StoreLine *line = g_new0(StoreLine, 1);
    const Entry *entry = store->file ? NULL : entry_at(store, index);
    gboolean known;

    if (!entry)
        known = opened_line(store->file, index, line);
    else if (entry->box)
        known = opened_line(entry->box, entry->inner, line);
    else
        known = line_of_file(entry->path, HEAD_FIRST, line);
    if (known)
        return line;
    store_line_free(line);
    line = g_new0(StoreLine, 1);
    line_by_opening(store, index, line);
    return line;
}

void
store_line_free(StoreLine *line)
{
    if (!line)
        return;
    g_free(line->date);
    g_free(line->from);
    g_free(line->subject);
    g_free(line->fault);
    g_free(line);
}
