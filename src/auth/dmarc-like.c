/* dmarc-like.c: results and trees of DMARC, kept for messages that are alike.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-like.h"

#include "auth/dmarc-author.h"
#include "auth/fidelity.h"
#include "auth/kept-key.h"
#include "base/again-key.h"

/* Strangers choose how many names and results there are. */
#define KEY_MAX 2000

typedef struct {
    DmarcResult *rfc9989, *rfc7489;
    Step        *tree;          /* without what was found out about signatures and ARC */
    Step        *tree_7489;
    SpfResult   *spf;           /* held, as it is part of the key */
    GPtrArray   *reported;      /* ReportedResult, likewise */
} Found;

/* ---- what it follows from ---- */

static gboolean
add_author(GString *key, const Author *from)
{
    again_key_text(key, from->domains->pdata[0]);
    again_key_number(key, from->assumed_exists);
    again_key_number(key, from->addresses->len);
    for (guint i = 0; i < from->addresses->len && i < AUTHOR_SHOWN_MAX; i++) {
        const Mailbox *mailbox = from->addresses->pdata[i];
        again_key_text(key, mailbox->address);
        again_key_text(key, mailbox->domain);
    }
    return kept_key_fields(key, from->evidence);
}

static gboolean
add_envelope(GString *key, const Envelope *envelope)
{
    const EnvelopeItem *from = envelope->mail_from, *helo = envelope->helo;

    again_key_text(key, from->address);
    again_key_text(key, from->value);
    again_key_number(key, from->provenance);
    again_key_text(key, helo->value);
    again_key_number(key, helo->provenance);
    return kept_key_fields(key, from->evidence);
}

static gboolean
add_reported(GString *key, const GPtrArray *reported)
{
    gboolean keeps = TRUE;

    again_key_number(key, reported->len);
    for (guint i = 0; keeps && i < reported->len && key->len <= KEY_MAX; i++) {
        const ReportedHeader *header = reported->pdata[i];
        again_key_number(key, header->trusted);
        again_key_number(key, header->topmost_block);
        again_key_number(key, header->instance == RECORD_UNSET);
        again_key_number(key, header->results->len);
        for (guint k = 0; keeps && k < header->results->len; k++) {
            const ReportedResult *result = header->results->pdata[k];
            keeps = kept_key_held(key, result, &result->shared);
        }
    }
    return keeps;
}

/* A note that stands in the tree as it is; or NULL. */
static gboolean
add_note(GString *key, const Step *note)
{
    if (note)
        return kept_key_held(key, note, &note->shared);
    again_key_number(key, 0);
    return TRUE;
}

static gboolean
add_signatures(GString *key, const GPtrArray *signatures, const GPtrArray *notes)
{
    gboolean keeps = notes->len == signatures->len;

    again_key_number(key, signatures->len);
    for (guint i = 0; keeps && i < signatures->len && key->len <= KEY_MAX; i++) {
        const DkimResult *signature = signatures->pdata[i];
        again_key_text(key, signature->domain);
        again_key_text(key, signature->selector);
        again_key_text(key, signature->identity);
        again_key_number(key, signature->result);
        again_key_number(key, signature->provenance);
        again_key_number(key, signature->key_gone);
        keeps = notes->pdata[i] && kept_key_fields(key, signature->evidence);
    }
    return keeps;
}

static gboolean
add_all(GString *key, const Report *report, const Psl *psl, const DmarcNotes *notes)
{
    again_key_thing(key, psl);
    again_key_number(key, fidelity_hides_signatures(report));
    return kept_key_held(key, report->spf->mail_from, &report->spf->mail_from->shared) &&
           add_note(key, notes->spf_mail_from) && add_note(key, notes->spf_helo) &&
           add_reported(key, report->reported) && add_author(key, report->from) &&
           add_envelope(key, report->envelope) && add_signatures(key, report->dkim, notes->dkim) && key->len <= KEY_MAX;
}

static Again *
store_of(Resolver *resolver)
{
    return earlier_store(resolver, "dmarc-like");
}

char *
dmarc_like_key(const Report *report, Resolver *resolver, const Psl *psl, const DmarcNotes *notes)
{
    if (notes->edited || report->from->domains->len != 1 || !store_of(resolver))
        return NULL;
    GString *key = g_string_sized_new(400);
    const gboolean keeps = add_all(key, report, psl, notes);
    return g_string_free(key, !keeps);
}

/* ---- notes on signatures, taken out of the tree and put into it ---- */

/* The branch that the notes on a signature stand in, which is this tree's own from then on; NULL: this identifier is none. */
static GPtrArray *
branch_of(Step *tree, const DmarcResult *result, guint identifier, gint64 *signature)
{
    *signature = ((const Identifier *)result->identifiers->pdata[identifier])->signature;
    if (*signature == RECORD_UNSET)
        return NULL;
    return step_own_child(tree, AUTHOR_BRANCHES + identifier)->children;
}

static void
drop_step(GPtrArray *children, guint index)
{
    record_free(&step_type, g_ptr_array_remove_index(children, index));
}

/* A tree that others have as well, without what is this message's own. (transfer full) */
static Step *
strip(Step *tree, const DmarcResult *result)
{
    Step *stripped = record_copy_sharing(&step_type, tree);
    const guint last = stripped->children->len - 1;
    gint64 signature;

    if (g_str_equal(((const Step *)stripped->children->pdata[last])->id, "arc"))
        drop_step(stripped->children, last);
    for (guint i = 0; i < result->identifiers->len; i++) {
        GPtrArray *branch = branch_of(stripped, result, i, &signature);
        if (branch)
            drop_step(branch, AUTHOR_SIGNATURE_NOTES);
    }
    return stripped;
}

/* (transfer full) */
static Step *
fill(Step *stripped, const DmarcResult *result, DmarcNotes *notes)
{
    Step *tree = record_copy_sharing(&step_type, stripped);
    gint64 signature;

    for (guint i = 0; i < result->identifiers->len; i++) {
        GPtrArray *branch = branch_of(tree, result, i, &signature);
        if (branch)
            g_ptr_array_insert(branch, AUTHOR_SIGNATURE_NOTES, g_steal_pointer(&notes->dkim->pdata[signature]));
    }
    author_hang(tree, g_steal_pointer(&notes->arc));
    return tree;
}

/* ---- kept ---- */

gboolean
dmarc_like_take(const char *key, Resolver *resolver, Report *report, DmarcNotes *notes)
{
    const Found *found = key ? earlier_again(again_find(store_of(resolver), key), resolver, NULL) : NULL;

    if (!found)
        return FALSE;
    record_free(&dmarc_result_type, report->dmarc->rfc9989);
    record_free(&dmarc_result_type, report->dmarc->rfc7489);
    report->dmarc->rfc9989 = record_share(&dmarc_result_type, found->rfc9989);
    report->dmarc->rfc7489 = record_share(&dmarc_result_type, found->rfc7489);
    report->tree = fill(found->tree, found->rfc9989, notes);
    report->tree_7489 = record_share(&step_type, found->tree_7489);
    return TRUE;
}

static void
found_free(gpointer data)
{
    Found *found = data;

    record_free(&dmarc_result_type, found->rfc9989);
    record_free(&dmarc_result_type, found->rfc7489);
    record_free(&step_type, found->tree);
    record_free(&step_type, found->tree_7489);
    record_free(&spf_result_type, found->spf);
    for (guint i = 0; i < found->reported->len; i++)
        record_free(&reported_result_type, found->reported->pdata[i]);
    g_ptr_array_unref(found->reported);
    g_free(found);
}

static Found *
found_new(const Report *report)
{
    Found *found = g_new(Found, 1);

    *found = (Found){ .rfc9989 = record_share(&dmarc_result_type, report->dmarc->rfc9989),
                      .rfc7489 = record_share(&dmarc_result_type, report->dmarc->rfc7489),
                      .tree = strip(report->tree, report->dmarc->rfc9989),
                      .tree_7489 = record_share(&step_type, report->tree_7489),
                      .spf = record_share(&spf_result_type, report->spf->mail_from),
                      .reported = g_ptr_array_new() };
    for (guint i = 0; i < report->reported->len; i++) {
        const GPtrArray *results = ((const ReportedHeader *)report->reported->pdata[i])->results;
        for (guint k = 0; k < results->len; k++)
            g_ptr_array_add(found->reported, record_share(&reported_result_type, results->pdata[k]));
    }
    return found;
}

void
dmarc_like_end(const char *key, Earlier *earlier, const Report *report, gboolean whole)
{
    const gboolean keeps = key && whole;
    EarlierFound *kept = earlier_hold(earlier, keeps ? found_new(report) : NULL, found_free);

    if (kept)
        again_keep(store_of(earlier->resolver), key, kept);
}
