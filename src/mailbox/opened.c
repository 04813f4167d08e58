/* opened.c: one file, unpacked, cut out and repaired as it needs.
 * SPDX-License-Identifier: MIT */
#include "mailbox/opened.h"

#include <string.h>

#include "base/fault.h"
#include "base/file.h"
#include "base/translate.h"
#include "mailbox/emlx.h"
#include "mailbox/form.h"
#include "mailbox/line.h"
#include "mailbox/mbox.h"
#include "mailbox/msg.h"
#include "mailbox/part-facts.h"
#include "mailbox/quoting.h"
#include "mailbox/unpack.h"
#include "repair/repair.h"

struct Opened {
    char       *path;
    Origin     *origin;     /* of each message, but for index and what only that one has */
    const char *cut;        /* id of a note that belongs to the last message; or NULL */
    gsize       whole;      /* bytes that were unpacked */
    GBytes     *bytes;
    Message    *first;      /* made when the file was opened, until somebody asks for it */
    Mbox       *mbox;       /* NULL: the file is one message */
    const StorePart *part;  /* `bytes` are that one of a mailbox; or NULL */
    gboolean    several;
};

void
opened_free(Opened *opened)
{
    if (!opened)
        return;
    g_free(opened->path);
    origin_free(opened->origin);
    g_clear_pointer(&opened->bytes, g_bytes_unref);
    message_free(opened->first);
    mbox_free(opened->mbox);
    g_free((gpointer)opened->part);
    g_free(opened);
}

static void
set_kind(Opened *opened, const char *kind)
{
    g_free(opened->origin->kind);
    opened->origin->kind = g_strdup(kind);
}

static void
set_bytes(Opened *opened, GBytes *bytes)
{
    g_clear_pointer(&opened->bytes, g_bytes_unref);
    opened->bytes = bytes;
}

/* What the layers looked like stays the original, not what the repair began with. */
static void
repair(Opened *opened, const char *const *undone)
{
    GBytes *before = g_steal_pointer(&opened->origin->original);

    set_bytes(opened, repair_text(opened->bytes, undone, opened->origin));
    if (before) {
        g_clear_pointer(&opened->origin->original, g_bytes_unref);
        opened->origin->original = before;
    }
    set_kind(opened, "paste");
}

/* A byte order mark is no damage: it hides no field from split.h. */
static GBytes *
without_mark(GBytes *bytes)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    const gsize mark = length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    return g_bytes_new_from_bytes(bytes, mark, length - mark);
}

static void
repair_where_needed(Opened *opened, gboolean paste, const char *const *undone)
{
    g_autoptr(GBytes) text = without_mark(opened->bytes);

    if (!paste && !repair_needed(text))
        return;
    set_bytes(opened, g_steal_pointer(&text));
    repair(opened, undone);
}

/* An mbox of one message opens as that message: its separator is no part of it. */
static void
open_mbox(Opened *opened)
{
    opened->mbox = mbox_new(opened->bytes);
    while (mbox_scan(opened->mbox, -1, 2) && mbox_count(opened->mbox) < 1)
        continue;
    opened->several = !mbox_is_complete(opened->mbox) || mbox_count(opened->mbox) > 1;
    set_kind(opened, "mbox");
}

/* Who copies header fields copies the line below them, too: that is no empty body, and none was hashed. */
static gboolean
is_header_only(const Message *message)
{
    const Span body = message_body(message);
    const char *text = span_in(message_raw(message), body);
    const gsize length = span_length(body);
    gsize at = 0;

    while (at < length && g_ascii_isspace(text[at]))
        at++;
    return at == length;
}

/* Text that a person put in has line ends and blanks that no server wrote; what was in base64 kept them. */
static void
grade_paste(Opened *opened)
{
    Origin *origin = opened->origin;

    if (repairs_have(origin->repairs, "base64-message"))
        return;
    if (!origin->fidelity && (opened->several || message_has_body(opened->first)))
        origin->fidelity = g_strdup(!opened->several && is_header_only(opened->first) ? "headers" : "reencoded");
}

static gboolean
open_kind(Opened *opened, Kind kind, GError **error)
{
    GBytes *inner = NULL;

    if (kind == KIND_EMLX) {
        inner = emlx_message(opened->bytes, opened->origin);
        set_kind(opened, "emlx");
    } else if (kind == KIND_MSG) {
        inner = msg_header(opened->bytes, opened->origin, error);
        set_kind(opened, "msg");
        if (!inner) {
            g_prefix_error(error, "%s: ", opened->path);
            return FALSE;
        }
    } else if (kind == KIND_MBOX) {
        open_mbox(opened);
    }
    if (inner)
        set_bytes(opened, inner);
    return TRUE;
}

/* Where a message stands in the bytes that we have. */
static MboxPlace
place_of(const Opened *opened, guint index)
{
    if (!opened->part)
        return mbox_place(opened->mbox, index);
    return (MboxPlace){ { 0, g_bytes_get_size(opened->bytes) }, FALSE, opened->part->unquoted };
}

/* As it counts in the mailbox. */
static guint
number_of(const Opened *opened, guint index)
{
    return index + 1 + (opened->part ? opened->part->index : 0);
}

static GBytes *
bytes_in_mbox(const Opened *opened, guint index, guint *lines)
{
    const MboxPlace place = place_of(opened, index);
    g_autoptr(GBytes) part =
        g_bytes_new_from_bytes(opened->bytes, place.span.start, span_length(place.span));

    *lines = 0;
    return place.unquoted ? g_steal_pointer(&part) : quoting_undo(part, lines);
}

static void
note_cut(const Opened *opened, Origin *origin)
{
    g_autofree char *whole = g_strdup_printf("%" G_GSIZE_FORMAT, opened->whole);

    origin_note(origin, opened->cut, SEVERITY_WARNING, whole, NULL);
}

static void
note_unquoted(Origin *origin, guint lines)
{
    if (lines == 0)
        return;
    g_autofree char *count = g_strdup_printf("%u", lines);
    origin_note(origin, "mbox-unquoted", SEVERITY_INFO, count, NULL);
}

static const Form *
form_in(GBytes *bytes)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);

    return form_of(data, length);
}

/* Who saved or copied what a mail program shows has no header: what it is instead, and where the source is to be had. */
static void
say_what_is_needed(const Opened *opened, GBytes *file, GError **error)
{
    const Form *form = form_in(file);

    if (!form && !g_error_matches(*error, MESSAGE_ERROR, MESSAGE_ERROR_NO_HEADER))
        return;
    const int code = (*error)->code;
    g_clear_error(error);
    if (form)
        fault_set(error, MESSAGE_ERROR, code, _("%s: no header field found. It seems to be %s. %s"), opened->path,
                  translate(form->what), translate(form->way ? form->way : form_source));
    else
        fault_set(error, MESSAGE_ERROR, code,
                  _("%s: no header field found (what is needed is the source of the message, not its text alone: Gmail: Show "
                    "original; Outlook: File > Properties; Apple Mail: View > Message > Raw Source)"), opened->path);
}

/* What a program wrote for itself may begin as a field does ("BEGIN:VCALENDAR"): no field that mail has is among them. */
static gboolean
is_other_form(const Message *message, GBytes *file)
{
    static const char *const names[] = { "Received", "Return-Path", "Delivered-To", "From", "To", "Subject", "Date", "Message-ID",
                                         "MIME-Version", "DKIM-Signature", "Authentication-Results", NULL };

    for (guint i = 0; i < message_n_fields(message); i++)
        if (message_field_is_one_of(message, message_field(message, i), names))
            return FALSE;
    return form_in(file) != NULL;
}

/* One message: it must be one. Where it came cut, the error says that, too. */
static gboolean
open_single(Opened *opened, gboolean paste, const char *const *undone, Kind kind, GError **error)
{
    g_autoptr(GBytes) file = g_bytes_ref(opened->bytes);
    guint lines = 0;

    if (opened->mbox) {
        set_bytes(opened, bytes_in_mbox(opened, 0, &lines));
        g_clear_pointer(&opened->mbox, mbox_free);
        note_unquoted(opened->origin, lines);
        if (g_bytes_get_size(opened->bytes) == 0)
            return fault_set(error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, _("%s: a separator line, and no message behind it"),
                             opened->path);
    }
    if (kind != KIND_MSG && kind != KIND_EMLX)
        repair_where_needed(opened, paste, undone);
    if (opened->cut)
        note_cut(opened, opened->origin);
    opened->first = message_from_origin(opened->bytes, opened->path, origin_share(opened->origin), error);
    if (opened->first && is_other_form(opened->first, file)) {
        g_clear_pointer(&opened->first, message_free);
        fault_set(error, MESSAGE_ERROR, MESSAGE_ERROR_NO_HEADER, _("%s: no header field found%s"), opened->path, "");
    }
    if (!opened->first && error && *error && opened->cut) {
        g_autofree char *fault = g_strdup_printf(_("%s; what could be unpacked holds no message"),
                                                 (*error)->message);
        g_clear_error(error);
        fault_set(error, MESSAGE_ERROR, MESSAGE_ERROR_NO_HEADER, "%s", fault);
    } else if (!opened->first && error && *error && !paste) {
        say_what_is_needed(opened, file, error);
    }
    return opened->first != NULL;
}

/* ---- messages ---- */

/* "box.mbox, message 3: no header field found" */
static void
name_message(const Opened *opened, guint index, GError **error)
{
    if (!error || !*error)
        return;
    const gboolean empty = g_error_matches(*error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY);
    const int code = (*error)->code;
    g_autofree char *old = g_strdup((*error)->message);
    g_autofree char *prefix = g_strconcat(opened->path, ": ", NULL);
    const char *fault = empty                             ? _("the message is empty")
                        : g_str_has_prefix(old, prefix) ? old + strlen(prefix)
                                                          : old;
    g_clear_error(error);
    fault_set(error, MESSAGE_ERROR, code, _("%s, message %u: %s"), opened->path, number_of(opened, index), fault);
}

static Message *
message_of_mbox(Opened *opened, guint index, GError **error)
{
    guint lines = 0;
    g_autoptr(GBytes) bytes = bytes_in_mbox(opened, index, &lines);
    Message *message = message_from_bytes(bytes, opened->path, error);

    if (!message) {
        name_message(opened, index, error);
        return NULL;
    }
    Origin *origin = origin_copy(opened->origin);
    note_unquoted(origin, lines);
    message_take_origin(message, origin);
    return message;
}

static Message *
message_of_file(Opened *opened, GError **error)
{
    return opened->first ? g_steal_pointer(&opened->first)
                         : message_from_origin(opened->bytes, opened->path, origin_share(opened->origin), error);
}

/* The last one may end where the bytes ended. */
static gboolean
is_last(Opened *opened, guint index)
{
    if (opened->part)
        return opened->part->last;
    while (index + 1 >= opened_count(opened) && opened_scan(opened, 100000))
        continue;
    return index + 1 == opened_count(opened);
}

Message *
opened_message(Opened *opened, guint index, GError **error)
{
    Message *message = opened->mbox || opened->part ? message_of_mbox(opened, index, error)
                                                    : message_of_file(opened, error);

    if (!message || !opened->several)
        return message;
    Origin *origin = origin_copy(message_origin(message));
    origin->index = number_of(opened, index);
    if (opened->cut && is_last(opened, index))
        note_cut(opened, origin);
    message_take_origin(message, origin);
    return message;
}

gboolean
opened_line(Opened *opened, guint index, StoreLine *line)
{
    if (!opened->mbox && !opened->part)
        return FALSE;
    const Span span = place_of(opened, index).span;
    line_read_fast(span_in(opened->bytes, span), MIN(span_length(span), LINE_HEADER_MAX), line);
    return TRUE;
}

/* ---- what is known ---- */

const char *
opened_path(const Opened *opened)
{
    return opened->path;
}

const char *
opened_kind(const Opened *opened)
{
    return opened->origin->kind;
}

gboolean
opened_is_mailbox(const Opened *opened)
{
    return opened->several;
}

gboolean
opened_scan(Opened *opened, gint64 microseconds)
{
    return opened->mbox && mbox_scan(opened->mbox, microseconds, G_MAXUINT);
}

gboolean
opened_is_complete(const Opened *opened)
{
    return !opened->mbox || mbox_is_complete(opened->mbox);
}

double
opened_progress(const Opened *opened)
{
    return opened->mbox ? mbox_progress(opened->mbox) : 1;
}

guint
opened_count(const Opened *opened)
{
    return opened->mbox ? mbox_count(opened->mbox) : 1;
}

/* ---- a mailbox that is taken apart ---- */

GBytes *
opened_box(const Opened *opened, guint index, MboxPlace *place)
{
    *place = place_of(opened, index);
    return opened->bytes;
}

GBytes *
opened_facts(const Opened *opened)
{
    return part_facts_save(opened->origin, opened->cut, opened->whole);
}

Opened *
opened_part(GBytes *bytes, const char *name, GBytes *facts, const StorePart *part)
{
    Opened *opened = g_new0(Opened, 1);

    opened->path = g_strdup(name);
    opened->origin = part_facts_load(facts, &opened->cut, &opened->whole);
    opened->bytes = g_bytes_ref(bytes);
    opened->part = g_memdup2(part, sizeof *part);
    opened->several = TRUE;
    return opened;
}

/* ---- opening ---- */

/* What it is, with all layers taken off. */
static Opened *
unpacked(GBytes *bytes, const char *name, Kind *kind, GError **error)
{
    g_autoptr(Opened) opened = g_new0(Opened, 1);

    opened->path = g_strdup(name);
    opened->origin = origin_new("eml");
    opened->bytes = unpack(bytes, kind, opened->origin, &opened->cut, error);
    if (!opened->bytes) {
        g_prefix_error(error, "%s: ", name);
        return NULL;
    }
    opened->whole = g_bytes_get_size(opened->bytes);
    return g_steal_pointer(&opened);
}

Opened *
opened_mailbox(GBytes *bytes, const char *name)
{
    Kind kind;
    g_autoptr(Opened) opened = unpacked(bytes, name, &kind, NULL);

    if (!opened || kind != KIND_MBOX)
        return NULL;
    open_mbox(opened);
    g_clear_pointer(&opened->origin->original, g_bytes_unref);
    return opened->several ? g_steal_pointer(&opened) : NULL;
}

Opened *
opened_bytes(GBytes *bytes, const char *name, gboolean paste, const char *const *undone,
             GError **error)
{
    Kind kind;
    g_autoptr(Opened) opened = unpacked(bytes, name, &kind, error);

    if (!opened)
        return NULL;
    if (!open_kind(opened, kind, error))
        return NULL;
    if (opened->several)
        g_clear_pointer(&opened->origin->original, g_bytes_unref);
    else if (!open_single(opened, paste, undone, kind, error))
        return NULL;
    if (paste)
        grade_paste(opened);
    return g_steal_pointer(&opened);
}

Opened *
opened_file(const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = file_bytes(path, error);

    return bytes ? opened_bytes(bytes, file_shown(path), FALSE, NULL, error) : NULL;
}
