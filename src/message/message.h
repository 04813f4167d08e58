/* message.h: one message as bytes: its header fields and its body, never changed.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "base/span.h"
#include "message/origin.h"

/* One header field as it stands. Spans are offsets into the source. */
typedef struct {
    Span  all;          /* from the first byte of the name to the last of the value, the line end after it included */
    Span  name;         /* without the colon and blanks before it */
    Span  value;        /* behind the colon, folding included, the closing line end excluded */
    guint line;         /* of the first byte, from 1 */
} Field;

typedef enum { MESSAGE_EOL_CRLF, MESSAGE_EOL_LF, MESSAGE_EOL_MIXED, MESSAGE_EOL_NONE } MessageEol;

/* What was wrong with the bytes; ids of findings, each with its line. */
typedef struct {
    const char *id;
    guint       line;
    Span        span;
} MessageFault;

typedef struct Message Message;

/* Maps `path`, or reads standard input for "-", and splits it. A broken message still loads: its
 * faults are data. NULL and `error` only where there is nothing to show: no file, a folder, no permission,
 * empty, or not one header field. Errors name the file and the fault. For tests: the program opens files as
 * mailboxes (mailbox/store.h). (transfer full) */
Message *message_load(const char *path, GError **error);

/* The same from bytes; `name` stands in errors and in the report. (transfer full) */
Message *message_from_bytes(GBytes *bytes, const char *name, GError **error);
/* The same from where it is known to come. (transfer full: origin, in any case) */
Message *message_from_origin(GBytes *bytes, const char *name, Origin *origin, GError **error);
void     message_free(Message *message);

/* Where the bytes came from: an `eml`, the first of its file, until somebody knows better. (transfer none) */
const Origin *message_origin(const Message *message);
/* (transfer full: origin) */
void          message_take_origin(Message *message, Origin *origin);

GBytes      *message_raw(const Message *message);       /* (transfer none) */
/* The same with what was struck out of it (repair/redact.c) in its place: what signatures are checked against. */
GBytes      *message_written(const Message *message);   /* (transfer none) */
const char  *message_path(const Message *message);
guint        message_n_fields(const Message *message);  /* topmost first */
const Field *message_field(const Message *message, guint index);
/* The index of the first field of that name at or after `from`, or -1. ASCII case is ignored. */
int          message_find(const Message *message, const char *name, guint from);
/* The index of the last one before `below`, of a name that may have no NUL behind it; or -1. */
int          message_find_above(const Message *message, const char *name, gsize length, guint below);
gboolean     message_field_is(const Message *message, const Field *field, const char *name);
/* `names` is NULL-terminated. */
gboolean     message_field_is_one_of(const Message *message, const Field *field, const char *const *names);

/* Empty span at the end of the source where there is no body; `has_body` is FALSE only where
 * not even the empty line that ends the header was seen: then nobody knows the body. */
Span         message_body(const Message *message);
gboolean     message_has_body(const Message *message);
MessageEol   message_eol(const Message *message);
guint        message_n_faults(const Message *message);
const MessageFault *message_fault(const Message *message, guint index);
/* Line of a byte offset, from 1. */
guint        message_line_at(const Message *message, gsize offset);

/* The value's raw bytes, folding included / unfolded: line ends removed, ends trimmed; NULs as they are not wanted in
 * a C string become U+FFFD. (transfer full) */
char        *field_raw_value(const Message *message, const Field *field);
char        *field_value(const Message *message, const Field *field);
char        *field_name(const Message *message, const Field *field);
/* Unfolded and RFC 2047 decoded by GMime, as UTF-8. (transfer full) */
char        *field_decoded(const Message *message, const Field *field);
/* field_value() and field_decoded() of the first field of that name; NULL where there is none. (transfer full) */
char        *message_value(const Message *message, const char *name);
char        *message_decoded(const Message *message, const char *name);
/* As field_decoded(), of a value that is not part of a Message (yet). (transfer full) */
char        *message_decode_value(const char *bytes, gsize length);

#define MESSAGE_ERROR message_error_quark()
GQuark       message_error_quark(void);
/* NO_HEADER is a text, BINARY is none. */
typedef enum { MESSAGE_ERROR_EMPTY, MESSAGE_ERROR_NO_HEADER, MESSAGE_ERROR_READ, MESSAGE_ERROR_BINARY } MessageErrorCode;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Message, message_free)
