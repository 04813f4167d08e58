/* opened.h: one file that was opened, or text that was pasted: a message, or an mbox of several.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "mailbox/mbox.h"
#include "mailbox/store.h"

typedef struct Opened Opened;

/* `path` as file_bytes() takes it. NULL and `error` where not even one message can be shown. (transfer full) */
Opened     *opened_file(const char *path, GError **error);
/* `paste` and `undone` as in store_from_text(). (transfer full) */
Opened     *opened_bytes(GBytes *bytes, const char *name, gboolean paste, const char *const *undone,
                         GError **error);
void        opened_free(Opened *opened);
/* A mailbox, of which no message is looked at; NULL where it is none. (transfer full) */
Opened     *opened_mailbox(GBytes *bytes, const char *name);
/* One message of a mailbox. (transfer full) */
Opened     *opened_part(GBytes *bytes, const char *name, GBytes *facts, const StorePart *part);

/* As the functions of store.h. */
const char *opened_path(const Opened *opened);
const char *opened_kind(const Opened *opened);
gboolean    opened_is_mailbox(const Opened *opened);
gboolean    opened_scan(Opened *opened, gint64 microseconds);
gboolean    opened_is_complete(const Opened *opened);
double      opened_progress(const Opened *opened);
guint       opened_count(const Opened *opened);
Message    *opened_message(Opened *opened, guint index, GError **error);
GBytes     *opened_facts(const Opened *opened);
/* Of a mailbox: in which bytes that message stands (transfer none), and where. */
GBytes     *opened_box(const Opened *opened, guint index, MboxPlace *place);
/* FALSE where the message must be opened for it. */
gboolean    opened_line(Opened *opened, guint index, StoreLine *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Opened, opened_free)
