/* trial-kept.c: what came of a change that was tried, kept.
 * SPDX-License-Identifier: MIT */
#include "analysis/trial-kept.h"

#include "auth/identifiers.h"
#include "base/again-key.h"
#include "base/again.h"
#include "headers/identities.h"

/* So many outcomes in fours, less than 1 KB each. */
#define ROWS 64

static gpointer
store_new(void)
{
    return again_new(ROWS, earlier_free);
}

static void
store_free(gpointer store)
{
    again_free(store);
}

static Again *
store_of(Resolver *resolver)
{
    return resolver_store(resolver, "trials", store_new, store_free);
}

/* ---- what it follows from ---- */

/* The address itself counts only where SPF is asked again about it: then the message is looked at (Inputs.looked). */
static void
add_envelope(GString *key, const Envelope *envelope)
{
    const EnvelopeItem *const items[] = { envelope->mail_from, envelope->helo, envelope->client_ip };

    for (gsize i = 0; i < G_N_ELEMENTS(items); i++) {
        again_key_text(key, items[i]->domain);
        again_key_number(key, items[i]->provenance);
    }
    again_key_number(key, envelope_is_null_sender(envelope));
    again_key_text(key, envelope->helo->value);
    again_key_text(key, envelope->client_ip->address);
}

/* As auth/identifiers.c makes identifiers of them. */
static void
add_checks(GString *key, const Report *report)
{
    const SpfResult *spf = report->spf->mail_from;

    again_key_text(key, spf->domain);
    again_key_number(key, spf->result);
    again_key_number(key, spf->provenance);
    again_key_number(key, report->dkim->len);
    for (guint i = 0; i < report->dkim->len; i++) {
        const DkimResult *signature = report->dkim->pdata[i];
        again_key_text(key, signature->domain);
        again_key_text(key, signature->selector);
        again_key_text(key, signature->identity);
        again_key_number(key, signature->result);
        again_key_number(key, signature->provenance);
        again_key_number(key, signature->key_gone);
    }
}

void
trial_kept_known(const Report *report, const AnalysisOptions *options, GString *key)
{
    again_key_text(key, report->from->domain);
    again_key_number(key, report->from->assumed_exists);
    again_key_number(key, (gint64)evidence_provenance(report->from->evidence));
    again_key_thing(key, options->psl);
    again_key_number(key, identities_signatures_lost(report));
    add_envelope(key, report->envelope);
    add_checks(key, report);
    identifiers_key_claims(report, key);
}

/* Several authors, or one whom nobody can read, are judged by more than that. */
char *
trial_kept_key(Resolver *resolver, const Report *report, const AnalysisOptions *options, const Edits *edits)
{
    if (!resolver || !store_of(resolver) || edits_length(options->edits) > 0 || !report->from->domain)
        return NULL;
    GString *key = g_string_sized_new(500);
    again_key_number(key, edits_length(edits));
    for (guint i = 0; i < edits_length(edits); i++) {
        again_key_text(key, edits_get(edits, i)->key);
        again_key_text(key, edits_get(edits, i)->value);
    }
    trial_kept_known(report, options, key);
    return g_string_free(key, FALSE);
}

/* ---- kept ---- */

const Trial *
trial_kept_find(Resolver *resolver, const char *key)
{
    return key ? earlier_again(again_find(store_of(resolver), key), resolver, NULL) : NULL;
}

/* At once, and not when it comes again: it is small beside what it saves. */
void
trial_kept_end(Resolver *resolver, const char *key, Earlier *earlier, const Trial *trial)
{
    Trial *found = trial ? g_memdup2(trial, sizeof *trial) : NULL;

    again_keep(store_of(resolver), key, earlier_hold(earlier, found, g_free));
}
