/* lookalike-kept.c: the names of a message that were compared before.
 * SPDX-License-Identifier: MIT
 *
 * A mailbox has few owners' names, and its senders come again. Only that nothing was found is kept: a finding has evidence of its
 * own message. */
#include "headers/lookalike-kept.h"

#include <string.h>

#include "base/again-key.h"
#include "base/again.h"

/* So many sets of names in fours, some 200 bytes each. */
#define ROWS       128
#define LENGTH_MAX 1024
#define KEY_USUAL  256

/* What is kept says all by being there. */
static void
nothing(gpointer thing G_GNUC_UNUSED)
{
}

LookalikeKept *
lookalike_kept_new(void)
{
    return again_new(ROWS, nothing);
}

void
lookalike_kept_free(LookalikeKept *kept)
{
    again_free(kept);
}

static void
add_texts(GString *key, const GPtrArray *texts)
{
    again_key_number(key, texts->len);
    for (guint i = 0; i < texts->len && key->len <= LENGTH_MAX; i++)
        again_key_text(key, texts->pdata[i]);
}

/* All that lookalike_find() looks at: more of them than it compares is no fault. */
static void
make_key(GString *key, const Lookalikes *data, const Report *report)
{
    const Mailbox *author = report->from->addresses->len > 0 ? report->from->addresses->pdata[0] : NULL;
    const char *name = author ? author->name : NULL;

    again_key_thing(key, data);
    add_texts(key, report->from->domains);
    /* A name without a dot is not looked at (lookalike-find.c). */
    again_key_text(key, name && strchr(name, '.') ? name : NULL);
    again_key_text(key, report->reply_to ? report->reply_to->domain : NULL);
    again_key_text(key, report->sender ? report->sender->domain : NULL);
    again_key_text(key, report->envelope->mail_from->domain);
    again_key_number(key, report->dkim->len);
    for (guint i = 0; i < report->dkim->len && key->len <= LENGTH_MAX; i++)
        again_key_text(key, ((const DkimResult *)report->dkim->pdata[i])->domain);
    add_texts(key, report->source->recipients);
}

void
lookalike_find_kept(const Lookalikes *data, LookalikeKept *kept, Report *report)
{
    g_autoptr(GString) key = kept && data ? g_string_sized_new(KEY_USUAL) : NULL;
    const guint before = report->findings->len;

    if (key)
        make_key(key, data, report);
    const gboolean keeps = key && key->len <= LENGTH_MAX;
    if (keeps && again_find(kept, key->str))
        return;
    lookalike_find(data, report);
    if (keeps && report->findings->len == before && again_came(kept, key->str))
        again_keep(kept, key->str, kept);
}
