/* message.c: one message, mapped and split.
 * SPDX-License-Identifier: MIT */
#include "message/message.h"

#include <string.h>

#include "base/file.h"
#include "base/lower.h"
#include "base/translate.h"
#include "message/decode.h"
#include "message/split.h"

struct Message {
    GBytes *raw;
    char   *path;
    Origin *origin;
    Split   split;
    guint64 names;      /* a bit for each field's name (name_class()) */
    guint64 again;      /* the same where two fields are of that class */
    guint   first[64];  /* where the first of that class stands, where there is one */
};

/* Most names that are looked for stand nowhere in a header: by length and first letter that is known at once. */
static inline guint
name_class(const char *name, gsize length)
{
    return (guint)((length * 5 + ((guchar)*name | 0x20)) & 63);
}

static void
note_names(Message *message, const char *data)
{
    message->names = message->again = 0;
    for (guint i = message->split.fields->len; i-- > 0;) {
        const Span at = g_array_index(message->split.fields, Field, i).name;
        if (span_length(at) == 0)
            continue;
        const guint class = name_class(data + at.start, span_length(at));
        message->again |= message->names & (guint64)1 << class;
        message->names |= (guint64)1 << class;
        message->first[class] = i;
    }
}

GQuark
message_error_quark(void)
{
    return g_quark_from_static_string("fromscope-message");
}

Message *
message_load(const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = file_bytes(path, error);

    return bytes ? message_from_bytes(bytes, file_shown(path), error) : NULL;
}

/* Splits them. FALSE: there is nothing to show. */
static gboolean
split_bytes(GBytes *bytes, const char *name, Split *split, GError **error)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);

    if (length == 0) {
        g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, _("%s: the file is empty"), name);
        return FALSE;
    }
    split_message(data, length, split);
    if (split->fields->len > 0)
        return TRUE;
    g_set_error(error, MESSAGE_ERROR, split->binary ? MESSAGE_ERROR_BINARY : MESSAGE_ERROR_NO_HEADER,
                _("%s: no header field found%s"), name, split->binary ? _(" (a binary file?)") : "");
    split_clear(split);
    return FALSE;
}

Message *
message_from_origin(GBytes *bytes, const char *name, Origin *origin, GError **error)
{
    Split split;

    if (!split_bytes(bytes, name, &split, error)) {
        origin_free(origin);
        return NULL;
    }
    Message *message = g_new0(Message, 1);
    message->raw = g_bytes_ref(bytes);
    message->path = g_strdup(name);
    message->split = split;
    note_names(message, g_bytes_get_data(bytes, NULL));
    message_take_origin(message, origin);
    return message;
}

Message *
message_from_bytes(GBytes *bytes, const char *name, GError **error)
{
    return message_from_origin(bytes, name, origin_new("eml"), error);
}

void
message_free(Message *message)
{
    if (!message)
        return;
    g_bytes_unref(message->raw);
    g_free(message->path);
    origin_free(message->origin);
    split_clear(&message->split);
    g_free(message);
}

const Origin *
message_origin(const Message *message)
{
    return message->origin;
}

/* But for the places, the bytes are those of the message: what is signed is never looked up in another text. */
static gboolean
is_of(const Blackened *blackened, const Message *message)
{
    gsize length = 0, written = 0, at = 0;
    const char *ours = g_bytes_get_data(message->raw, &length), *theirs = g_bytes_get_data(blackened->written, &written);

    if (length != written)
        return FALSE;
    for (guint i = 0; i <= blackened->places->len; i++) {
        const Span place = i < blackened->places->len ? g_array_index(blackened->places, Span, i) : (Span){ length, length };
        if (place.start > at && memcmp(ours + at, theirs + at, place.start - at) != 0)
            return FALSE;
        at = MAX(at, place.end);
    }
    return TRUE;
}

void
message_take_origin(Message *message, Origin *origin)
{
    origin_free(message->origin);
    message->origin = origin;
    if (origin->blackened && !is_of(origin->blackened, message))
        origin_drop_blackened(origin);
}

GBytes *
message_raw(const Message *message)
{
    return message->raw;
}

GBytes *
message_written(const Message *message)
{
    const Blackened *blackened = message->origin->blackened;

    return blackened ? blackened->written : message->raw;
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

/* Asked for each field and many names: most differ in length or first letter. */
static inline gboolean
is_named(const Message *message, const Field *field, const char *name, gsize length)
{
    if (span_length(field->name) != length)
        return FALSE;
    const char *here = span_in(message->raw, field->name);
    return length == 0 || (((*here ^ *name) & ~0x20) == 0 &&
                           (memcmp(here, name, length) == 0 || lower_same(here, name, length)));
}

gboolean
message_field_is(const Message *message, const Field *field, const char *name)
{
    return is_named(message, field, name, strlen(name));
}

gboolean
message_field_is_one_of(const Message *message, const Field *field, const char *const *names)
{
    for (; *names; names++)
        if (message_field_is(message, field, *names))
            return TRUE;
    return FALSE;
}

int
message_find(const Message *message, const char *name, guint from)
{
    const gsize length = strlen(name);
    const guint class = length > 0 ? name_class(name, length) : 0;

    if (length > 0 && !((from > message->first[class] ? message->again : message->names) >> class & 1))
        return -1;
    for (guint i = length > 0 ? MAX(from, message->first[class]) : from; i < message_n_fields(message); i++)
        if (is_named(message, message_field(message, i), name, length))
            return (int)i;
    return -1;
}

int
message_find_above(const Message *message, const char *name, gsize length, guint below)
{
    const guint class = length > 0 ? name_class(name, length) : 0;

    if (length == 0 || !(message->names >> class & 1))
        return -1;
    const guint first = message->first[class];
    guint at = message->again >> class & 1 ? below : MIN(below, first + 1);
    while (at-- > first)
        if (is_named(message, message_field(message, at), name, length))
            return (int)at;
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
copy_odd(const char *bytes, gsize length, gboolean unfold)
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

static char *
copy_without_nul(const char *bytes, gsize length, gboolean unfold)
{
    if (memchr(bytes, '\0', length))
        return copy_odd(bytes, length, unfold);
    char *copy = g_malloc(length + 1), *to = copy;
    for (const char *end = bytes + length, *lf; bytes < end; bytes = lf + 1) {
        lf = unfold ? memchr(bytes, '\n', (gsize)(end - bytes)) : NULL;
        if (!lf)
            lf = end;
        const gsize line = (gsize)(lf - bytes) - (lf < end && lf > bytes && lf[-1] == '\r' ? 1 : 0);
        memcpy(to, bytes, line);
        to += line;
        if (lf == end)
            break;
    }
    *to = '\0';
    return copy;
}

char *
field_raw_value(const Message *message, const Field *field)
{
    return copy_without_nul(span_in(message->raw, field->value), span_length(field->value), FALSE);
}

char *
field_value(const Message *message, const Field *field)
{
    const char *start = span_in(message->raw, field->value), *end = start + span_length(field->value);

    while (start < end && g_ascii_isspace(*start))
        start++;
    while (start < end && g_ascii_isspace(end[-1]))
        end--;
    return copy_without_nul(start, (gsize)(end - start), TRUE);
}

char *
field_name(const Message *message, const Field *field)
{
    const gsize length = span_length(field->name);
    char *name = memcpy(g_malloc(length + 1), span_in(message->raw, field->name), length);  /* holds no NUL (split.c) */

    name[length] = '\0';
    return name;
}

/* Printable ASCII in one line, no encoded word. */
static gboolean
is_plain(const char *bytes, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (bytes[i] < ' ' || bytes[i] > '~' || (bytes[i] == '?' && i > 0 && bytes[i - 1] == '='))
            return FALSE;
    return TRUE;
}

/* For readers, the tab that a line was folded with is a blank (RFC 5322, 2.2.3). NULL: there is none. */
static char *
copy_with_blank_folds(const char *bytes, gsize length)
{
    const char *end = bytes + length, *fold = memchr(bytes, '\n', length);

    while (fold && (end - fold < 2 || fold[1] != '\t'))
        fold = memchr(fold + 1, '\n', (gsize)(end - fold - 1));
    if (!fold)
        return NULL;
    char *copy = g_memdup2(bytes, length);
    for (gsize i = (gsize)(fold - bytes) + 1; i < length; i++)
        if (copy[i] == '\t' && copy[i - 1] == '\n')
            copy[i] = ' ';
    return copy;
}

char *
message_decode_value(const char *bytes, gsize length)
{
    while (length > 0 && *bytes == ' ') {
        bytes++;
        length--;
    }
    while (length > 0 && bytes[length - 1] == ' ')
        length--;
    if (length == 0)
        return g_strdup("");    /* of nothing, `bytes` may be NULL */
    if (is_plain(bytes, length))
        return g_strndup(bytes, length);
    g_autofree char *blank = copy_with_blank_folds(bytes, length);
    g_autofree char *value = g_strstrip(copy_without_nul(blank ? blank : bytes, length, TRUE));

    return decode_text(value);
}

char *
field_decoded(const Message *message, const Field *field)
{
    return message_decode_value(span_in(message->raw, field->value), span_length(field->value));
}

char *
message_value(const Message *message, const char *name)
{
    const int at = message_find(message, name, 0);

    return at < 0 ? NULL : field_value(message, message_field(message, (guint)at));
}

char *
message_decoded(const Message *message, const char *name)
{
    const int at = message_find(message, name, 0);

    return at < 0 ? NULL : field_decoded(message, message_field(message, (guint)at));
}
