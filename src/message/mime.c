/* mime.c: GMime's reading of the same bytes.
 * SPDX-License-Identifier: MIT */
#include "message/mime.h"

#include <string.h>

#include "message/gmimeptr.h"

/* GMime itself stops nesting near 1,024; nobody reads that deep. */
#define DEPTH_MAX 50

char *
mime_type(const Message *message)
{
    const int at = message_find(message, "Content-Type", 0);
    g_autofree char *value =
        at < 0 ? NULL : field_value(message, message_field(message, (guint)at));

    if (!value || !*value)
        return g_strdup("text/plain");
    gmime_ready();
    g_autoptr(GMimeContentType) type = g_mime_content_type_parse(NULL, value);
    g_autofree char *text = type ? g_mime_content_type_get_mime_type(type) : NULL;
    return text ? g_ascii_strdown(text, -1) : g_strdup("text/plain");
}

static void
part_free(gpointer data)
{
    MimePart *part = data;

    g_free(part->type);
    g_free(part->from);
    g_free(part->subject);
    g_free(part);
}

typedef struct {
    GPtrArray *parts;
    guint      limit;
} Walk;

static MimePart *
add_part(Walk *walk, GMimeObject *object, guint depth)
{
    MimePart *part = g_new0(MimePart, 1);
    GMimeContentType *type = g_mime_object_get_content_type(object);
    g_autofree char *text = type ? g_mime_content_type_get_mime_type(type) : g_strdup("text/plain");

    part->type = g_ascii_strdown(text, -1);
    part->depth = depth;
    g_ptr_array_add(walk->parts, part);
    return part;
}

static char *
from_of(GMimeMessage *inner)
{
    InternetAddressList *list = g_mime_message_get_from(inner);

    return list && internet_address_list_length(list) > 0
               ? internet_address_list_to_string(list, NULL, FALSE) : NULL;
}

/* text/rfc822-headers holds a header block as plain text: it is read as a message without a body. */
static void
read_headers_part(GMimeObject *object, MimePart *part)
{
    GMimeDataWrapper *content = GMIME_IS_PART(object) ? g_mime_part_get_content(GMIME_PART(object)) : NULL;
    if (!content)
        return;
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new();
    if (g_mime_data_wrapper_write_to_stream(content, stream) < 0)
        return;
    g_mime_stream_reset(stream);
    g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
    g_autoptr(GMimeMessage) inner = g_mime_parser_construct_message(parser, NULL);
    if (!inner)
        return;
    part->from = from_of(inner);
    part->subject = g_strdup(g_mime_message_get_subject(inner));
}

static void
walk_object(Walk *walk, GMimeObject *object, guint depth)
{
    if (!object || depth > DEPTH_MAX || walk->parts->len >= walk->limit)
        return;
    MimePart *part = add_part(walk, object, depth);
    if (g_str_equal(part->type, "text/rfc822-headers"))
        read_headers_part(object, part);
    if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        if (!inner)
            return;
        part->from = from_of(inner);
        part->subject = g_strdup(g_mime_message_get_subject(inner));
        walk_object(walk, g_mime_message_get_mime_part(inner), depth + 1);
    } else if (GMIME_IS_MULTIPART(object)) {
        const int count = g_mime_multipart_get_count(GMIME_MULTIPART(object));
        for (int i = 0; i < count; i++)
            walk_object(walk, g_mime_multipart_get_part(GMIME_MULTIPART(object), i), depth + 1);
    }
}

GPtrArray *
mime_parts(const Message *message, guint limit)
{
    Walk walk = { g_ptr_array_new_with_free_func(part_free), limit };
    gsize length = 0;
    const char *raw = g_bytes_get_data(message_raw(message), &length);

    gmime_ready();
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(raw, length);
    g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
    g_autoptr(GMimeMessage) parsed = g_mime_parser_construct_message(parser, NULL);
    if (parsed)
        walk_object(&walk, g_mime_message_get_mime_part(parsed), 0);
    return walk.parts;
}
