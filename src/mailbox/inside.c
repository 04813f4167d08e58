/* inside.c: messages inside a message.
 * SPDX-License-Identifier: MIT
 *
 * A message that stands unencoded in the outer one is its very bytes, so that its signatures can be
 * verified. One in base64 or quoted-printable counts as raw as well: these encodings give back the
 * bytes that went in (RFC 2045, 6.7 and 6.8), whatever happened to the encoded text on its way. */
#include "mailbox/inside.h"

#include <string.h>

#include "message/parts.h"
#include "repair/repair.h"

/* A list shows From: and Subject:, which stand near the top. */
#define LIST_BYTES 65536
/* How far to look for the shape of a header, and how many lines of it. */
#define SNIFF_BYTES 4096
#define SNIFF_FIELDS 3

typedef struct {
    const Message *outer;
    GPtrArray     *found;
    guint          limit;
    gsize          most;        /* bytes of an encoded part to decode */
    gboolean       too_many;
} Search;

static void
inside_free(gpointer data)
{
    InsideMessage *inside = data;

    g_free(inside->kind);
    g_free(inside->from);
    g_free(inside->subject);
    message_free(inside->message);
    g_free(inside);
}

/* Where only headers were returned a body would be invented by the empty line at their end, and its
 * hash would be told to differ. */
static GBytes *
headers_only(GBytes *bytes, const char *path)
{
    g_autoptr(Message) whole = message_from_bytes(bytes, path, NULL);

    if (!whole || !message_has_body(whole))
        return g_bytes_ref(bytes);
    const gsize end = message_body(whole).start;
    const char *raw = g_bytes_get_data(bytes, NULL);
    gsize keep = end;
    while (keep > 0 && (raw[keep - 1] == '\n' || raw[keep - 1] == '\r'))
        keep--;
    keep += keep < end && raw[keep] == '\r';    /* the last field keeps its own line end */
    keep += keep < end && raw[keep] == '\n';
    return g_bytes_new_from_bytes(bytes, 0, keep);
}

static void
describe(InsideMessage *inside, const Search *search, gboolean headers)
{
    const Origin *outer = message_origin(search->outer);
    Origin *origin = origin_new("part");

    origin->index = inside->index;
    /* What was damaged outside is damaged inside. */
    origin->fidelity = outer->fidelity ? g_strdup(outer->fidelity) : headers ? g_strdup("headers")
                                                                             : NULL;
    message_take_origin(inside->message, origin);
}

/* The origin to write to, before anybody else holds the message. */
static Origin *
origin_of(InsideMessage *inside)
{
    return (Origin *)message_origin(inside->message);
}

/* NULL where `bytes` are no message. (transfer none) */
static InsideMessage *
add(Search *search, const char *kind, GBytes *bytes, gboolean headers)
{
    const char *path = message_path(search->outer);
    g_autoptr(GBytes) kept = headers ? headers_only(bytes, path) : g_bytes_ref(bytes);
    Message *message = message_from_bytes(kept, path, NULL);

    if (!message)
        return NULL;
    if (search->found->len >= search->limit) {
        search->too_many = TRUE;
        message_free(message);
        return NULL;
    }
    InsideMessage *inside = g_new0(InsideMessage, 1);
    inside->kind = g_strdup(kind);
    inside->index = (gint64)search->found->len + 1;
    inside->message = message;
    inside->from = message_decoded(message, "From");
    inside->subject = message_decoded(message, "Subject");
    describe(inside, search, headers);
    g_ptr_array_add(search->found, inside);
    return inside;
}

/* ---- which parts are messages ---- */

static gboolean
is_one_of(const char *type, const char *const *types)
{
    for (; *types; types++)
        if (g_str_equal(type, *types))
            return TRUE;
    return FALSE;
}

static gboolean
is_message_type(const char *type)
{
    static const char *const types[] = { "message/rfc822", "message/global", "message/news",
                                         "message/eml", NULL };

    return is_one_of(type, types);
}

static gboolean
is_headers_type(const char *type)
{
    static const char *const types[] = { "text/rfc822-headers", "message/rfc822-headers",
                                         "message/global-headers", "text/rfc822-header", NULL };

    return is_one_of(type, types);
}

static gboolean
is_file_type(const char *type)
{
    return g_str_has_prefix(type, "application/") || g_str_equal(type, "text/plain") ||
           g_str_equal(type, "text/x-mail") || g_str_equal(type, "text/rfc822");
}

static gboolean
is_named_eml(const MimeHead *head)
{
    return head->name && strlen(head->name) > 4 &&
           g_ascii_strcasecmp(head->name + strlen(head->name) - 4, ".eml") == 0;
}

/* A file that begins with header fields that only mail has; people's text may quote "From:" and
 * "Subject:". Of a file that is `named` like a message any will do. */
static gboolean
begins_with_header(GBytes *bytes, const char *path, gboolean named)
{
    static const char *const trace[] = { "Received", "Return-Path", "Message-ID", "MIME-Version",
                                         "DKIM-Signature", "Delivered-To", NULL };
    const gsize length = MIN(g_bytes_get_size(bytes), SNIFF_BYTES);
    g_autoptr(GBytes) start = g_bytes_new_from_bytes(bytes, 0, length);
    g_autoptr(Message) message = message_from_bytes(start, path, NULL);
    gboolean traced = named;

    if (!message || message_n_faults(message) > 1 ||
        message_n_fields(message) < (named ? 2 : SNIFF_FIELDS))
        return FALSE;
    for (const char *const *name = trace; *name; name++)
        traced = traced || message_find(message, *name, 0) >= 0;
    return traced && message_field(message, 0)->line <= 3;
}

/* RFC 2046, 5.2.1 forbids base64 for message/rfc822. Real mail has it, and real mail says so where
 * it is not true: no base64 has a colon in its first line, and in quoted-printable each `=` has two
 * hex digits or ends a line. */
static MimeEncoding
true_encoding(const Message *message, const Part *part)
{
    const char *at = span_in(message_raw(message), part->body);
    const char *end = at + MIN(span_length(part->body), SNIFF_BYTES);

    while (at < end && g_ascii_isspace(*at))
        at++;
    if (part->head->encoding == MIME_BASE64) {
        const char *line = memchr(at, '\n', (gsize)(end - at));
        return memchr(at, ':', (gsize)((line ? line : end) - at)) ? MIME_IDENTITY : MIME_BASE64;
    }
    for (; part->head->encoding == MIME_QUOTED && at + 2 < end; at++)
        if (*at == '=' && !(g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2])) &&
            !g_ascii_isspace(at[1]))
            return MIME_IDENTITY;
    return part->head->encoding;
}

static void
add_part(Search *search, const Part *part, gboolean first)
{
    const char *type = part->head->type;
    const gboolean message = is_message_type(type), headers = is_headers_type(type);
    const gboolean file = is_file_type(type);
    const gboolean named = file && is_named_eml(part->head);
    const gboolean maybe =
        file && (part->head->attachment || !g_str_equal(type, "text/plain")) && !first;

    if (span_length(part->body) == 0 || !(message || headers || named || maybe))
        return;
    const MimeEncoding encoding = true_encoding(search->outer, part);
    const gsize most =
        message || headers || named || search->most == LIST_BYTES ? search->most : SNIFF_BYTES;
    g_autoptr(GBytes) bytes = mime_decode(message_raw(search->outer), part->body, encoding,
                                          encoding == MIME_IDENTITY ? G_MAXSIZE : most);
    if (!message && !headers && !begins_with_header(bytes, message_path(search->outer), named))
        return;
    if (most < search->most) {      /* it is one: now the whole */
        g_bytes_unref(bytes);
        bytes = mime_decode(message_raw(search->outer), part->body, encoding, search->most);
    }
    InsideMessage *inside = add(search, message || headers ? type : "attachment", bytes, headers);
    if (inside && part->cut && !headers)
        origin_note(origin_of(inside), "part-cut", SEVERITY_INFO, NULL);
}

/* Of a body that is one file: a name makes it a message, and it is a parameter of one of these fields. */
static gboolean
may_be_named(const Message *message)
{
    if (message_find(message, "Content-Disposition", 0) >= 0)
        return TRUE;
    g_autofree char *value = message_value(message, "Content-Type");
    for (const char *at = value ? value : ""; *at; at++)
        if ((*at | 0x20) == 'n' && g_ascii_strncasecmp(at, "name", 4) == 0)
            return TRUE;
    return FALSE;
}

/* Bodies of other types hold no message, however large they are. */
static gboolean
can_carry(const Message *message)
{
    g_autofree char *type = mime_type(message);

    return g_str_has_prefix(type, "multipart/") || g_str_has_prefix(type, "message/") ||
           is_headers_type(type) || (is_file_type(type) && may_be_named(message));
}

/* ---- a returned message in plain text ---- */

/* Returned text that was quoted or indented is mended, and is not raw any more. */
static void
add_returned(Search *search, const Bounce *bounce)
{
    g_autoptr(GBytes) bytes =
        bounce->decoded ? g_bytes_ref(bounce->decoded)
                        : mime_decode(message_raw(search->outer), bounce->returned, MIME_IDENTITY,
                                      G_MAXSIZE);
    g_autoptr(Origin) mended = origin_new("part");

    if (g_bytes_get_size(bytes) == 0)
        return;
    if (repair_needed(bytes)) {
        GBytes *better = repair_text(bytes, NULL, mended);
        g_bytes_unref(bytes);
        bytes = better;
    }
    InsideMessage *inside = add(search, "bounce-text", bytes, bounce->headers_only);
    if (!inside)
        return;
    if (mended->repairs->len > 0) {
        mended->index = inside->index;
        if (!mended->fidelity)
            mended->fidelity = g_strdup("reflowed");
        message_take_origin(inside->message, g_steal_pointer(&mended));
    }
    if (bounce->returned_cut)
        origin_note(origin_of(inside), "returned-cut", SEVERITY_INFO, NULL);
}

static void
search_parts(Search *search, const Parts *parts, GPtrArray *notes)
{
    gboolean first = TRUE;

    for (guint i = 0; i < parts->list->len && !search->too_many; i++) {
        const Part *part = parts->list->pdata[i];
        if (g_str_has_prefix(part->head->type, "multipart/"))
            continue;
        add_part(search, part, first);
        first = FALSE;
    }
    if (!notes || (!parts->too_deep && !parts->too_many))
        return;
    g_autoptr(Origin) limits = origin_new("part");
    g_autofree char *count = g_strdup_printf("%d", PARTS_MAX);
    g_autofree char *depth = g_strdup_printf("%d", PARTS_DEPTH_MAX);
    if (parts->too_deep)
        origin_note(limits, "mime-too-deep", SEVERITY_WARNING, depth, NULL);
    if (parts->too_many)
        origin_note(limits, "mime-too-many", SEVERITY_WARNING, count, NULL);
    while (limits->notes->len > 0)
        g_ptr_array_add(notes, g_ptr_array_steal_index(limits->notes, 0));
}

static GPtrArray *
search(const Message *message, guint limit, gsize most, GPtrArray *notes, Bounce **bounce)
{
    Search all = { message, g_ptr_array_new_with_free_func(inside_free), limit, most, FALSE };
    g_autoptr(Parts) parts = can_carry(message) ? parts_new(message) : NULL;

    if (parts)
        search_parts(&all, parts, notes);
    g_autoptr(Bounce) said = bounce || all.found->len == 0 ? bounce_read_parts(message, parts) : NULL;
    if (said && all.found->len == 0)
        add_returned(&all, said);
    if (bounce)
        *bounce = g_steal_pointer(&said);
    if (all.too_many && notes) {
        g_autoptr(Origin) limits = origin_new("part");
        g_autofree char *text = g_strdup_printf("%u", limit);
        origin_note(limits, "inside-too-many", SEVERITY_WARNING, text, NULL);
        g_ptr_array_add(notes, g_ptr_array_steal_index(limits->notes, 0));
    }
    return all.found;
}

GPtrArray *
inside_find(const Message *message, guint limit)
{
    return search(message, limit, G_MAXSIZE, NULL, NULL);
}

GPtrArray *
inside_list(const Message *message, guint limit, GPtrArray *notes, Bounce **bounce)
{
    return search(message, limit, LIST_BYTES, notes, bounce);
}
