/* bytes.c: a byte of the body altered, header fields moved, in a copy of the message.
 * SPDX-License-Identifier: MIT */
#include "whatif/bytes.h"

#include <string.h>

#include "whatif/edit-value.h"

static gboolean
is_byte_edit(const WhatIf *edit)
{
    return g_str_equal(edit->key, "body-byte") || g_str_equal(edit->key, "header-order");
}

static gboolean
bytes_are_edited(const Edits *edits)
{
    for (guint i = 0; i < edits_length(edits); i++)
        if (is_byte_edit(edits_get(edits, i)))
            return TRUE;
    return FALSE;
}

/* Never makes a line end or a blank, which a canonicalization might forgive. */
static char
altered(char byte)
{
    return byte == 'x' ? 'y' : 'x';
}

/* The body keeps its place and size, whatever else is edited. */
static gboolean
alter_byte(const Message *message, const WhatIf *edit, char *data)
{
    const Span body = message_body(message);
    gsize offset = 0;
    int byte = -1;

    if (!edit_read_byte(edit->value, &offset, &byte) || offset >= span_length(body))
        return FALSE;
    char *at = data + body.start + offset;
    *at = byte >= 0 ? (char)byte : altered(*at);
    return TRUE;
}

/* `order` holds the indexes of the fields as they stand now. */
static gboolean
move_field(const WhatIf *edit, GArray *order)
{
    guint from = 0, to = 0;

    if (!edit_read_move(edit->value, &from, &to) || from > order->len || to > order->len)
        return FALSE;
    const guint index = g_array_index(order, guint, from - 1);
    g_array_remove_index(order, from - 1);
    g_array_insert_val(order, to - 1, index);
    return TRUE;
}

static GArray *
order_new(const Message *message)
{
    GArray *order = g_array_sized_new(FALSE, FALSE, sizeof(guint), message_n_fields(message));

    for (guint i = 0; i < message_n_fields(message); i++)
        g_array_append_val(order, i);
    return order;
}

static const char *
line_end(const Message *message)
{
    return message_eol(message) == MESSAGE_EOL_CRLF ? "\r\n" : "\n";
}

/* What stands between two fields (a line that is none) keeps its place; a last field without line
 * end gets one where it moves up. */
static void
write_fields(const Message *message, const GArray *order, const char *data, GString *out)
{
    gsize at = 0;

    for (guint i = 0; i < order->len; i++) {
        const Field *place = message_field(message, i);
        const Field *field = message_field(message, g_array_index(order, guint, i));
        const gsize length = span_length(field->all);
        g_string_append_len(out, data + at, (gssize)(place->all.start - at));
        g_string_append_len(out, data + field->all.start, (gssize)length);
        if (i + 1 < order->len && (length == 0 || data[field->all.end - 1] != '\n'))
            g_string_append(out, line_end(message));
        at = place->all.end;
    }
    g_string_append_len(out, data + at,
                        (gssize)(g_bytes_get_size(message_raw(message)) - at));
}

static GBytes *
edited_bytes(const Message *message, const Edits *edits, GPtrArray *refused)
{
    gsize length = 0;
    const char *raw = g_bytes_get_data(message_raw(message), &length);
    g_autofree char *data = g_memdup2(raw, length);
    g_autoptr(GArray) order = order_new(message);
    gboolean moved = FALSE;

    for (guint i = 0; i < edits_length(edits); i++) {
        const WhatIf *edit = edits_get(edits, i);
        const gboolean order_edit = g_str_equal(edit->key, "header-order");
        if (!is_byte_edit(edit))
            continue;
        const gboolean done = order_edit ? move_field(edit, order) : alter_byte(message, edit, data);
        moved = moved || (order_edit && done);
        if (!done && refused)
            g_ptr_array_add(refused, (gpointer)edit);
    }
    if (!moved)
        return g_bytes_new_take(g_steal_pointer(&data), length);
    GString *out = g_string_sized_new(length + 2);
    write_fields(message, order, data, out);
    return g_string_free_to_bytes(out);
}

Message *
bytes_edit(const Message *message, const Edits *edits, GPtrArray *refused)
{
    if (!bytes_are_edited(edits))
        return NULL;
    g_autoptr(GBytes) bytes = edited_bytes(message, edits, refused);
    Message *edited = message_from_bytes(bytes, message_path(message), NULL);
    if (!edited)
        return NULL;
    Origin *origin = origin_copy(message_origin(message));
    origin_drop_blackened(origin);      /* an edit within such a place would change nothing */
    message_take_origin(edited, origin);
    return edited;
}
