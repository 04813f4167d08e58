/* message.c: one message, mapped and split.
 * SPDX-License-Identifier: MIT */
#include "message/message.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message/gmimeptr.h"
#include "message/split.h"

/* Standard input is kept in memory: a limit that no mail reaches, but a runaway pipe does. */
#define STDIN_MAX (1024UL * 1024 * 1024)

struct Message {
    GBytes *raw;
    char   *path;
    Split   split;
};

GQuark
message_error_quark(void)
{
    return g_quark_from_static_string("fromscope-message");
}

static GBytes *
read_descriptor(int fd, const char *name, GError **error)
{
    g_autoptr(GByteArray) all = g_byte_array_new();
    guint8 buffer[65536];

    for (;;) {
        const ssize_t got = read(fd, buffer, sizeof buffer);
        if (got == 0)
            return g_byte_array_free_to_bytes(g_steal_pointer(&all));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_READ, "%s: %s", name,
                        g_strerror(errno));
            return NULL;
        }
        if (all->len + (gsize)got > STDIN_MAX) {
            g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_READ, "%s: larger than %lu bytes",
                        name, STDIN_MAX);
            return NULL;
        }
        g_byte_array_append(all, buffer, (guint)got);
    }
}

static GBytes *
map_file(const char *path, GError **error)
{
    struct stat info;
    g_autoptr(GError) fault = NULL;

    if (stat(path, &info) != 0) {
        g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_READ, "%s: %s", path, g_strerror(errno));
        return NULL;
    }
    if (S_ISDIR(info.st_mode)) {
        g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_READ, "%s: is a folder, not a message",
                    path);
        return NULL;
    }
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_READ, "%s: %s", path, g_strerror(errno));
        return NULL;
    }
    GBytes *bytes = NULL;
    if (S_ISREG(info.st_mode)) {
        GMappedFile *mapped = g_mapped_file_new_from_fd(fd, FALSE, &fault);
        if (mapped) {
            bytes = g_mapped_file_get_bytes(mapped);
            g_mapped_file_unref(mapped);
        } else {
            g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_READ, "%s: %s", path, fault->message);
        }
    } else {
        bytes = read_descriptor(fd, path, error);   /* a pipe, a terminal */
    }
    close(fd);
    return bytes;
}

Message *
message_load(const char *path, GError **error)
{
    const gboolean standard_input = g_str_equal(path, "-");
    const char *name = standard_input ? "standard input" : path;
    g_autoptr(GBytes) bytes = standard_input ? read_descriptor(STDIN_FILENO, name, error)
                                             : map_file(path, error);

    return bytes ? message_from_bytes(bytes, name, error) : NULL;
}

Message *
message_from_bytes(GBytes *bytes, const char *name, GError **error)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    Split split;

    if (length == 0) {
        g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, "%s: the file is empty", name);
        return NULL;
    }
    split_message(data, length, &split);
    if (split.fields->len == 0) {
        g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_NO_HEADER, "%s: no header field found%s",
                    name, split.binary ? " (a binary file?)" : "");
        split_clear(&split);
        return NULL;
    }
    Message *message = g_new0(Message, 1);
    message->raw = g_bytes_ref(bytes);
    message->path = g_strdup(name);
    message->split = split;
    return message;
}

void
message_free(Message *message)
{
    if (!message)
        return;
    g_bytes_unref(message->raw);
    g_free(message->path);
    split_clear(&message->split);
    g_free(message);
}

GBytes *
message_raw(const Message *message)
{
    return message->raw;
}

const char *
message_path(const Message *message)
{
    return message->path;
}

guint
message_n_fields(const Message *message)
{
    return message->split.fields->len;
}

const Field *
message_field(const Message *message, guint index)
{
    return &g_array_index(message->split.fields, Field, index);
}

gboolean
message_field_is(const Message *message, const Field *field, const char *name)
{
    return strlen(name) == span_length(field->name) &&
           g_ascii_strncasecmp(span_in(message->raw, field->name), name,
                               span_length(field->name)) == 0;
}

int
message_find(const Message *message, const char *name, guint from)
{
    for (guint i = from; i < message_n_fields(message); i++)
        if (message_field_is(message, message_field(message, i), name))
            return (int)i;
    return -1;
}

Span
message_body(const Message *message)
{
    return message->split.body;
}

gboolean
message_has_body(const Message *message)
{
    return message->split.has_body;
}

MessageEol
message_eol(const Message *message)
{
    return message->split.eol;
}

guint
message_n_faults(const Message *message)
{
    return message->split.faults->len;
}

const MessageFault *
message_fault(const Message *message, guint index)
{
    return &g_array_index(message->split.faults, MessageFault, index);
}

guint
message_line_at(const Message *message, gsize offset)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(message->raw, &length);
    const char *end = data + MIN(offset, length);
    guint line = 1;

    for (const char *at = data; (at = memchr(at, '\n', (gsize)(end - at))); at++)
        line++;
    return line;
}

/* NUL cannot stand in a C string; readers see that something was there. */
static char *
copy_without_nul(const char *bytes, gsize length, gboolean unfold)
{
    GString *out = g_string_sized_new(length);

    for (gsize i = 0; i < length; i++) {
        if (bytes[i] == '\0')
            g_string_append(out, "\xEF\xBF\xBD");
        else if (!unfold || (bytes[i] != '\n' && !(bytes[i] == '\r' && i + 1 < length && bytes[i + 1] == '\n')))
            g_string_append_c(out, bytes[i]);
    }
    return g_string_free(out, FALSE);
}

char *
field_raw_value(const Message *message, const Field *field)
{
    return copy_without_nul(span_in(message->raw, field->value), span_length(field->value), FALSE);
}

char *
field_value(const Message *message, const Field *field)
{
    return g_strstrip(copy_without_nul(span_in(message->raw, field->value),
                                       span_length(field->value), TRUE));
}

char *
field_name(const Message *message, const Field *field)
{
    return g_strndup(span_in(message->raw, field->name), span_length(field->name));
}

char *
field_decoded(const Message *message, const Field *field)
{
    g_autofree char *value = field_value(message, field);

    gmime_ready();
    return g_mime_utils_header_decode_text(NULL, value);
}
