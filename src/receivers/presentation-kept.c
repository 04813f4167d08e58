/* presentation-kept.c: what mail programs show of a sender, kept for the sender's next message.
 * SPDX-License-Identifier: MIT
 *
 * It follows from the name and address in From:, from Sender:, and from what DMARC made of both, which messages of one domain
 * share (auth/dmarc-kept.h): where that came once, nothing is kept. */
#include "base/again-key.h"
#include "base/again.h"
#include "receivers/presentation-part.h"

/* So many senders in fours, some 5 KB each with the JSON. */
#define ROWS 64

typedef struct {
    DmarcResult *rfc9989, *rfc7489; /* held: the key has their places in memory */
    GPtrArray   *shown;
} Found;

static void
free_shown(gpointer shown)
{
    record_free(&shown_type, shown);
}

static void
found_free(gpointer data)
{
    Found *found = data;

    record_free(&dmarc_result_type, found->rfc9989);
    record_free(&dmarc_result_type, found->rfc7489);
    g_ptr_array_unref(found->shown);
    g_free(found);
}

static gpointer
store_new(void)
{
    return again_new(ROWS, found_free);
}

static void
store_free(gpointer store)
{
    again_free(store);
}

static Again *
store_of(Resolver *resolver)
{
    return resolver_store(resolver, "shown", store_new, store_free);
}

static gboolean
is_shared(const DmarcResult *result)
{
    return g_atomic_int_get(&result->shared.others) > 0;
}

/* All that it follows from; NULL where nothing is kept. (transfer full) */
static char *
key_of(const Programs *programs, Resolver *resolver, const Report *report)
{
    const DmarcPair *dmarc = report->dmarc;

    if (!programs || report->from->addresses->len == 0 || !is_shared(dmarc->rfc9989) || !is_shared(dmarc->rfc7489) ||
        report_dmarc(report) != dmarc->rfc9989 || !store_of(resolver))
        return NULL;
    const Mailbox *author = report->from->addresses->pdata[0];
    GString *key = g_string_sized_new(200);
    again_key_thing(key, programs);
    again_key_thing(key, dmarc->rfc9989);
    again_key_thing(key, dmarc->rfc7489);
    again_key_text(key, author->name);
    again_key_text(key, author->address);
    again_key_text(key, author->domain);
    again_key_text(key, report->sender ? report->sender->address : NULL);
    again_key_text(key, presentation_claimed(report));
    return g_string_free(key, FALSE);
}

static void
share_all(GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, record_share(&shown_type, from->pdata[i]));
}

static void
keep(Again *store, const char *key, const Report *report)
{
    Found *found = g_new(Found, 1);

    found->rfc9989 = record_share(&dmarc_result_type, report->dmarc->rfc9989);
    found->rfc7489 = record_share(&dmarc_result_type, report->dmarc->rfc7489);
    found->shown = g_ptr_array_new_with_free_func(free_shown);
    share_all(found->shown, report->shown);
    again_keep(store, key, found);
}

void
presentation_tell_kept(const Programs *programs, Resolver *resolver, Report *report)
{
    g_autofree char *key = key_of(programs, resolver, report);
    const Found *found = key ? again_find(store_of(resolver), key) : NULL;

    if (found) {
        share_all(report->shown, found->shown);
        return;
    }
    presentation_tell(programs, report);
    if (key && again_came(store_of(resolver), key))
        keep(store_of(resolver), key, report);
}
