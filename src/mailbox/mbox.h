/* mbox.h: where the messages of an mbox stand.
 * SPDX-License-Identifier: MIT
 *
 * Found bit by bit, so that a mailbox of any size opens at once; only places are kept. */
#pragma once

#include <glib.h>

#include "base/span.h"

typedef struct Mbox Mbox;

typedef struct {
    Span     span;          /* the message alone: no separator, no empty line before the next one */
    gboolean counted;       /* its Content-Length leads exactly to the next separator or the end */
    gboolean unquoted;      /* a mailbox whose bodies hold bare "From " lines: nothing was quoted in it (mboxcl2) */
} MboxPlace;

/* `bytes` begin with a separator (fromline_starts). (transfer full) */
Mbox     *mbox_new(GBytes *bytes);
void      mbox_free(Mbox *mbox);

/* Looks for more messages for about that many microseconds (negative: until the end), or until `enough`
 * separators were seen. FALSE when all are known. */
gboolean  mbox_scan(Mbox *mbox, gint64 microseconds, guint enough);
gboolean  mbox_is_complete(const Mbox *mbox);
double    mbox_progress(const Mbox *mbox);
guint     mbox_count(const Mbox *mbox);
MboxPlace mbox_place(const Mbox *mbox, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mbox, mbox_free)
