/* spf-identities.c: SPF asked for the two names of an envelope, MAIL FROM and HELO.
 * SPDX-License-Identifier: MIT */
#include "analysis/spf-identities.h"

#include "auth/earlier.h"
#include "auth/spf.h"
#include "base/again-key.h"
#include "base/name.h"
#include "base/room.h"

static SpfQuestion
mail_from_question(const Report *report, gint64 now, char **local)
{
    const Envelope *envelope = report->envelope;

    *local = envelope_local_part(envelope);
    return (SpfQuestion){
        .ip = envelope->client_ip->address,
        .domain = envelope_spf_domain(envelope),
        .local_part = *local,
        .helo = envelope_helo(envelope),
        .now = now,
    };
}

/* RFC 7208, 4.6.4: what this evaluation used, what the whole record would, and where a limit was crossed. */
static void
note_counts(const SpfResult *spf, Step *step)
{
    if (!spf->record)
        return;
    g_autofree char *here = g_strdup_printf("%" G_GINT64_FORMAT " of 10", spf->lookups);
    g_autofree char *whole = spf->record_lookups == RECORD_UNSET
                                 ? NULL : room_int_text(spf->record_lookups);
    step_input(step, "record", spf->record, PROVENANCE_RECOMPUTED);
    step_input(step, "lookups", here, PROVENANCE_RECOMPUTED);
    step_input(step, "record-lookups", whole, PROVENANCE_RECOMPUTED);
    step_input(step, "crossed", spf->crossed, PROVENANCE_RECOMPUTED);
}

static Step *
of_mail_from(Report *report, Resolver *resolver, gint64 now, gboolean *personal)
{
    g_autofree char *local = NULL;
    SpfQuestion question = mail_from_question(report, now, &local);
    const EnvelopeItem *ip = report->envelope->client_ip;
    Step *step = step_add(NULL, "spf-check", "RFC 7208, 4", ip->address ? ip->address : "?",
                          question.domain ? question.domain : "?", NULL);

    question.personal = personal;
    step_input(step, "client-ip", ip->address, (Provenance)ip->provenance);
    evidence_copy_into(step->evidence, ip->evidence);
    step->folded = TRUE;
    record_free(&spf_result_type, report->spf->mail_from);
    report->spf->mail_from = spf_check(&question, resolver, step);
    note_counts(report->spf->mail_from, step);
    step_arg(step, report->spf->mail_from->reason);
    return step_decide(step, (Result)report->spf->mail_from->result,
                       (Provenance)report->spf->mail_from->provenance);
}

/* 2.3: the HELO identity, where it is a name of several labels. It is never a DMARC identifier by
 * itself. */
static Step *
of_helo(Report *report, Resolver *resolver, gint64 now, gboolean *personal)
{
    const EnvelopeItem *helo = report->envelope->helo;
    const SpfQuestion question = { .ip = report->envelope->client_ip->address,
                                   .domain = helo->domain, .helo = helo->domain, .now = now,
                                   .personal = personal };

    if (!helo->domain || name_labels(helo->domain) < 2) {
        report->spf->helo->reason = helo->value ? "bad-domain" : "no-domain";
        return NULL;
    }
    Step *step = step_add(NULL, "spf-helo", "RFC 7208, 2.3",
                          question.ip ? question.ip : "?", helo->domain, NULL);
    step_input(step, "client-ip", question.ip,
               (Provenance)report->envelope->client_ip->provenance);
    step->folded = TRUE;
    record_free(&spf_result_type, report->spf->helo);
    report->spf->helo = spf_check(&question, resolver, step);
    return step_decide(step, (Result)report->spf->helo->result,
                       (Provenance)report->spf->helo->provenance);
}

Step *
spf_of_mail_from(Report *report, Resolver *resolver, gint64 now)
{
    return of_mail_from(report, resolver, now, NULL);
}

Step *
spf_of_helo(Report *report, Resolver *resolver, gint64 now)
{
    return of_helo(report, resolver, now, NULL);
}

/* ---- both, kept ---- */

typedef struct {
    SpfResult *mail_from, *helo;
    Step      *mail_from_step, *helo_step;      /* the latter may be NULL */
} Found;

/* Fields of the message: what an option or an edit gives is marked in the notes. */
static gboolean
is_read(const EnvelopeItem *item)
{
    for (guint i = 0; i < item->evidence->len; i++)
        if (((const Evidence *)item->evidence->pdata[i])->kind != EVIDENCE_HEADER)
            return FALSE;
    return TRUE;
}

/* All that both follow from, where no macro asks for more. (transfer full) */
static char *
key_of(const Report *report)
{
    const Envelope *envelope = report->envelope;
    GString *key = g_string_sized_new(200);

    again_key_text(key, envelope->client_ip->address);
    again_key_number(key, envelope->client_ip->provenance);
    again_key_text(key, envelope_spf_domain(envelope));
    again_key_text(key, envelope->helo->domain);
    again_key_number(key, envelope->helo->value != NULL);
    return g_string_free(key, FALSE);
}

static Step *
share_step(Step *step)
{
    return step ? record_share(&step_type, step) : NULL;
}

static void
found_free(gpointer data)
{
    Found *found = data;

    record_free(&spf_result_type, found->mail_from);
    record_free(&spf_result_type, found->helo);
    record_free(&step_type, found->mail_from_step);
    record_free(&step_type, found->helo_step);
    g_free(found);
}

static Found *
found_new(const SpfPair *spf, Step *mail_from, Step *helo)
{
    Found *found = g_new(Found, 1);

    *found = (Found){ record_share(&spf_result_type, spf->mail_from), record_share(&spf_result_type, spf->helo),
                      step_bare(mail_from), share_step(helo) };
    return found;
}

/* Where the client's address stands is each message's own. */
static void
take(const Found *found, const EnvelopeItem *client_ip, SpfPair *spf, Step **mail_from, Step **helo)
{
    record_free(&spf_result_type, spf->mail_from);
    record_free(&spf_result_type, spf->helo);
    spf->mail_from = record_share(&spf_result_type, found->mail_from);
    spf->helo = record_share(&spf_result_type, found->helo);
    *mail_from = step_again(found->mail_from_step);
    step_children_like(*mail_from, found->mail_from_step);
    evidence_copy_into((*mail_from)->evidence, client_ip->evidence);
    *helo = share_step(found->helo_step);
}

void
spf_of_envelope(Report *report, Resolver *resolver, gint64 now, Step **mail_from, Step **helo)
{
    Again *store = earlier_store(resolver, "spf");
    g_autofree char *key = store && is_read(report->envelope->client_ip) ? key_of(report) : NULL;
    const Found *found = key ? earlier_again(again_find(store, key), resolver, NULL) : NULL;
    gboolean personal = FALSE;

    if (found) {
        take(found, report->envelope->client_ip, report->spf, mail_from, helo);
        return;
    }
    Earlier earlier = earlier_begin(resolver, NULL);
    *mail_from = of_mail_from(report, resolver, now, &personal);
    *helo = of_helo(report, resolver, now, &personal);
    const gboolean keeps = key && !personal && again_came(store, key);
    EarlierFound *kept = earlier_hold(&earlier, keeps ? found_new(report->spf, *mail_from, *helo) : NULL, found_free);
    if (kept)
        again_keep(store, key, kept);
}
