/* spf-identities.c: SPF asked for the two names of an envelope, MAIL FROM and HELO.
 * SPDX-License-Identifier: MIT */
#include "analysis/spf-identities.h"

#include "auth/spf.h"
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

Step *
spf_of_mail_from(Report *report, Resolver *resolver, gint64 now)
{
    g_autofree char *local = NULL;
    const SpfQuestion question = mail_from_question(report, now, &local);
    const EnvelopeItem *ip = report->envelope->client_ip;
    Step *step = step_add(NULL, "spf-check", "RFC 7208, 4", ip->address ? ip->address : "?",
                          question.domain ? question.domain : "?", NULL);

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
Step *
spf_of_helo(Report *report, Resolver *resolver, gint64 now)
{
    const EnvelopeItem *helo = report->envelope->helo;
    const SpfQuestion question = { .ip = report->envelope->client_ip->address,
                                   .domain = helo->domain, .helo = helo->domain, .now = now };

    if (!helo->domain || name_labels(helo->domain) < 2) {
        report->spf->helo->reason = g_strdup(helo->value ? "bad-domain" : "no-domain");
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
