/* compare.c: reported against recomputed.
 * SPDX-License-Identifier: MIT */
#include "auth/compare.h"

#include "headers/authres.h"

static const char *
host_of(const ReportedHeader *header)
{
    return header->authserv_id ? header->authserv_id : header->header;
}

/* Only what both sides know can differ: trouble with DNS today says nothing about that day. */
static gboolean
differs(int ours, const char *reported)
{
    if (ours == RESULT_UNKNOWN || ours == RESULT_TEMPERROR || g_str_equal(reported, "unknown"))
        return FALSE;
    return !g_str_equal(result_words[ours], reported);
}

static void
add(Report *report, const char *id, const ReportedHeader *header, const char *reported, int ours,
    const char *about)
{
    Finding *finding = report_add_finding(report, id, SEVERITY_WARNING, host_of(header), reported,
                                          result_words[ours], about ? about : "", NULL);

    evidence_copy_into(finding->evidence, header->evidence);
}

static void
compare_spf(Report *report, const ReportedHeader *header, const ReportedResult *reported)
{
    const SpfResult *ours = report->spf->mail_from;
    g_autofree char *domain = authres_spf_domain(reported);

    if (domain && g_strcmp0(domain, ours->domain) != 0)
        return;     /* it speaks of another envelope */
    if (differs(ours->result, reported->result))
        add(report, "spf-report-differs", header, reported->result, ours->result, ours->domain);
}

/* The host may have checked any of several signatures of that domain: one that agrees is enough. */
static void
compare_dkim(Report *report, const ReportedHeader *header, const ReportedResult *reported)
{
    g_autofree char *domain = authres_dkim_domain(reported);
    const DkimResult *other = NULL;

    for (guint i = 0; domain && i < report->dkim->len; i++) {
        const DkimResult *ours = report->dkim->pdata[i];
        if (g_strcmp0(ours->domain, domain) != 0)
            continue;
        /* No key today is told by a finding of its own, with what the host said. */
        if (ours->key_gone || !differs(ours->result, reported->result))
            return;
        other = ours;
    }
    if (other)
        add(report, "dkim-report-differs", header, reported->result, other->result, domain);
}

static void
compare_dmarc(Report *report, const ReportedHeader *header, const ReportedResult *reported)
{
    const DmarcResult *ours = report->dmarc->rfc9989;

    if (differs(ours->result, reported->result))
        add(report, "dmarc-report-differs", header, reported->result, ours->result,
            report->from->domain);
}

void
compare_reports(Report *report)
{
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        if (!header->topmost_block && !header->trusted)
            continue;
        for (guint j = 0; j < header->results->len; j++) {
            const ReportedResult *reported = header->results->pdata[j];
            if (g_str_equal(reported->method, "spf"))
                compare_spf(report, header, reported);
            else if (g_str_equal(reported->method, "dkim"))
                compare_dkim(report, header, reported);
            else if (g_str_equal(reported->method, "dmarc"))
                compare_dmarc(report, header, reported);
        }
    }
}
