/* store.h: a file or folder that was opened, as the messages in it.
 * SPDX-License-Identifier: MIT
 *
 * What it is, its content says, never its name: a message, an mbox, a Maildir, a folder of messages, an Apple .emlx, an
 * Outlook .msg, any of these gzip-compressed, in UTF-16 or as base64, or pasted text that must be repaired first. A mailbox is
 * read bit by bit (store_scan), so that the first screen need not wait for the last message. */
#pragma once

#include "base/span.h"
#include "message/message.h"

typedef struct Store Store;

/* `path`: a file, a folder, or "-" for standard input. NULL and `error` only where there is nothing at all to show; a
 * broken message is data. (transfer full) */
Store *store_open(const char *path, GError **error);
/* A file whose bytes are there already; `name` as errors and reports call it. (transfer full) */
Store *store_from_bytes(GBytes *bytes, const char *name, GError **error);
/* The same from bytes; `paste`: a person put them in, so that they are no raw bytes whatever they look like.
 * `undone` as in repair_text(). (transfer full) */
Store *store_from_text(GBytes *bytes, const char *name, const char *const *undone, GError **error);
void   store_free(Store *store);

/* ---- a mailbox taken apart: who finds its messages, and who looks at one (batch/apart.c) ---- */

/* A mailbox whose messages are found, and not looked at; NULL where it is none. (transfer full) */
Store *store_mailbox(GBytes *bytes, const char *name);
/* In which bytes the messages stand: those that were given, or what was packed in them. (transfer none) */
GBytes *store_box(const Store *store);
/* Where in them; `*unquoted` as in MboxPlace. */
Span   store_span(const Store *store, guint index, gboolean *unquoted);
/* What is true of all its messages: octets for store_from_part(). (transfer full) */
GBytes *store_facts(const Store *store);

typedef struct {
    guint    index;         /* in its mailbox, from 0 */
    gboolean unquoted;
    gboolean last;          /* there */
} StorePart;

/* A store of one message, which is what it is in its mailbox. (transfer full) */
Store *store_from_part(GBytes *bytes, const char *name, GBytes *facts, const StorePart *part);

/* TRUE for a folder, a Maildir, and an mbox of two messages or more: it opens as a list. An mbox of one opens
 * as that message. */
gboolean    store_is_mailbox(const Store *store);
const char *store_path(const Store *store);

/* Looks for more messages for about that many microseconds (negative: until the end). FALSE when all are known. */
gboolean store_scan(Store *store, gint64 microseconds);
gboolean store_is_complete(const Store *store);
/* How much of the store was looked through, 0 to 1. */
double   store_progress(const Store *store);
/* Messages known so far. */
guint    store_count(const Store *store);

/* What a list shows of a message, without opening more than its header. */
typedef struct {
    char    *date;          /* the Date field's value, unfolded; NULL where there is none */
    char    *from;          /* decoded */
    char    *subject;       /* decoded */
    char    *fault;         /* why it cannot be read: the rest is NULL; or NULL */
} StoreLine;
/* `index` from 0. (transfer full) */
StoreLine *store_line(Store *store, guint index);
void       store_line_free(StoreLine *line);

/* Opens a message; its path is the file that it stands in. NULL and `error` for an unreadable one. (transfer full) */
Message *store_message(Store *store, guint index, GError **error);
/* Where an unreadable one stands: path, kind and index for its report. (transfer full) */
SourceInfo *store_source(Store *store, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreLine, store_line_free)
