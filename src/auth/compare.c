/* compare.c: reported against recomputed.
 * SPDX-License-Identifier: MIT */
#include "auth/compare.h"

#include "headers/authres.h"
#include "headers/client-ip.h"

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

    if (!differs(ours->result, reported->result))
        return;
    g_autofree char *domain = authres_spf_domain(reported);
    if (domain && g_strcmp0(domain, ours->domain) != 0)
        return;     /* it speaks of another envelope */
    add(report, "spf-report-differs", header, reported->result, ours->result, ours->domain);
}

static gboolean
any_differs(const Report *report, const char *reported)
{
    for (guint i = 0; i < report->dkim->len; i++)
        if (differs(((const DkimResult *)report->dkim->pdata[i])->result, reported))
            return TRUE;
    return FALSE;
}

/* The host may have checked any of several signatures of that domain: one that agrees is enough. */
static void
compare_dkim(Report *report, const ReportedHeader *header, const ReportedResult *reported)
{
    const DkimResult *other = NULL;

    if (!any_differs(report, reported->result))
        return;
    g_autofree char *domain = authres_dkim_domain(reported);
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

/* ---- a pass of which nothing is in the message ---- */

static gboolean
is_signed_by(const Report *report, const char *domain)
{
    for (guint i = 0; i < report->dkim->len; i++)
        if (g_strcmp0(((const DkimResult *)report->dkim->pdata[i])->domain, domain) == 0)
            return TRUE;
    return FALSE;
}

/* Of a part, or of a header alone, the signature may be what was left out. */
static gboolean
is_whole(const Report *report)
{
    const char *fidelity = report->source->fidelity;

    return g_strcmp0(fidelity, "raw") == 0 || g_strcmp0(fidelity, "reencoded") == 0;
}

/* Where a host is trusted, such a pass decides: whoever can write a field in its name has that pass, too. */
static void
see_unfounded(Report *report, const ReportedHeader *header, const ReportedResult *reported)
{
    if (!header->trusted || !g_str_equal(reported->result, "pass") || !g_str_equal(reported->method, "dkim") || !is_whole(report))
        return;
    g_autofree char *domain = authres_dkim_domain(reported);
    if (!domain || is_signed_by(report, domain))
        return;
    Finding *finding = report_add_finding(report, "reported-unfounded", SEVERITY_WARNING, host_of(header), domain, NULL);
    evidence_copy_into(finding->evidence, header->evidence);
}

static void
compare_dmarc(Report *report, const ReportedHeader *header, const ReportedResult *reported)
{
    const DmarcResult *ours = report->dmarc->rfc9989;

    if (differs(ours->result, reported->result))
        add(report, "dmarc-report-differs", header, reported->result, ours->result,
            report->from->domain);
}

static void
compare_header(Report *report, const ReportedHeader *header)
{
    for (guint i = 0; i < header->results->len; i++) {
        const ReportedResult *reported = header->results->pdata[i];
        if (g_str_equal(reported->method, "spf"))
            compare_spf(report, header, reported);
        else if (g_str_equal(reported->method, "dkim"))
            compare_dkim(report, header, reported);
        else if (g_str_equal(reported->method, "dmarc"))
            compare_dmarc(report, header, reported);
        see_unfounded(report, header, reported);
    }
}

/* ---- what a page said, against the fields of the message that was copied from it ---- */

/* Of DKIM any passing signature counts (RFC 6376, 6.1), so a page that sums up shows the best. */
static const ReportedResult *
best_of(const ReportedHeader *header, const char *method)
{
    const ReportedResult *found = NULL;

    for (guint i = 0; i < header->results->len; i++) {
        const ReportedResult *result = header->results->pdata[i];
        if (g_str_equal(result->method, method) &&
            (!found || g_str_equal(result->result, "pass")))
            found = result;
    }
    return found;
}

static void
compare_words(Report *report, const ReportedHeader *page, const ReportedHeader *header)
{
    static const struct { const char *method, *shown; } methods[] = {
        { "spf", "SPF" }, { "dkim", "DKIM" }, { "dmarc", "DMARC" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++) {
        const ReportedResult *said = best_of(page, methods[i].method);
        const ReportedResult *stands = best_of(header, methods[i].method);
        if (!said || !stands || g_str_equal(said->result, stands->result))
            continue;
        Finding *finding = report_add_finding(report, "page-says-otherwise", SEVERITY_WARNING,
                                              host_of(page), methods[i].shown, said->result,
                                              host_of(header), stands->result, NULL);
        evidence_copy_into(finding->evidence, header->evidence);
    }
}

static void
compare_clients(Report *report, const ReportedHeader *page, const ReportedHeader *header)
{
    g_autofree char *said = client_ip_stated(page);
    g_autofree char *stands = client_ip_stated(header);

    if (!said || !stands || g_str_equal(said, stands))
        return;
    Finding *finding = report_add_finding(report, "page-names-other-client", SEVERITY_WARNING,
                                          host_of(page), said, host_of(header), stands, NULL);
    evidence_copy_into(finding->evidence, header->evidence);
}

static void
compare_page(Report *report, const ReportedHeader *page)
{
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        if (!header->topmost_block || authres_is_from_page(header))
            continue;
        compare_words(report, page, header);
        compare_clients(report, page, header);
    }
}

void
compare_reports(Report *report)
{
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        const gboolean page = authres_is_from_page(header);
        if (header->topmost_block || header->trusted || page)
            compare_header(report, header);
        if (page)
            compare_page(report, header);
    }
}
