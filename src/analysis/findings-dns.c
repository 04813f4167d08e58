/* findings-dns.c: answers that are missing, that came from a stranger, or that a stranger sees.
 * SPDX-License-Identifier: MIT */
#include "analysis/findings-dns.h"

#include "dns/resolver.h"
#include "receivers/check.h"

#define NAMES_MAX 5

static gboolean
is_refused(const DnsAnswer *answer)
{
    return answer->status == DNS_TIMEOUT && g_strcmp0(answer->why, DNS_TOO_MANY) == 0;
}

/* Adds `id` with the questions whose answer has this status (timeouts of either kind apart), behind an argument of its
 * own where `first` is given; nothing where there are none. */
static void
report_status(Report *report, DnsStatus status, const char *id, const char *first)
{
    const gboolean refused = g_str_equal(id, "dns-question-limit");
    g_autoptr(GString) names = NULL;
    guint listed = 0;

    for (guint i = 0; i < report->dns->len; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        if (answer->status != (int)status || is_refused(answer) != refused)
            continue;
        names = names ? names : g_string_new(NULL);
        if (listed++ < NAMES_MAX)
            g_string_append_printf(names, "%s%s %s", names->len ? ", " : "", answer->type,
                                   answer->name);
    }
    if (listed == 0)
        return;
    if (listed > NAMES_MAX)
        g_string_append_printf(names, " (+%u)", listed - NAMES_MAX);
    if (first)
        report_add_finding(report, id, SEVERITY_WARNING, first, names->str, NULL);
    else
        report_add_finding(report, id, SEVERITY_WARNING, names->str, NULL);
}

/* Forged or broken, says DNSSEC: each with the reason that the validator gave. */
static void
report_bogus(Report *report)
{
    for (guint i = 0; i < report->dns->len; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        if (answer->status == DNS_BOGUS && answer->why)
            report_add_finding(report, "dns-bogus", SEVERITY_WARNING, answer->name, answer->why,
                               NULL);
    }
}

/* Nothing was asked although live DNS was wanted: a person stopped it, or it cannot be had. */
static void
report_unasked(Report *report)
{
    for (guint i = 0; i < report->dns->len; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        if (answer->status != DNS_OFFLINE || !answer->why)
            continue;
        if (g_str_equal(answer->why, "canceled"))
            report_status(report, DNS_OFFLINE, "dns-canceled", NULL);
        else
            report_status(report, DNS_OFFLINE, "dns-unavailable", answer->why);
        return;
    }
    report_status(report, DNS_OFFLINE, "dns-offline", NULL);
}

static const DnsAnswer *
answer_absent(const Report *report, const char *domain)
{
    for (guint i = 0; i < report->dns->len; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        if (answer->status == DNS_NXDOMAIN && g_str_equal(answer->name, domain))
            return answer;
    }
    return NULL;
}

/* A domain in From: or MAIL FROM that DNS does not know, where its own name was asked for. */
static void
report_absent(Report *report, const char *domain)
{
    const DnsAnswer *answer = domain ? answer_absent(report, domain) : NULL;

    if (!answer || check_name_exists(report, domain) != TRI_FALSE)
        return;
    Finding *finding = report_add_finding(report, "domain-absent", SEVERITY_WARNING, domain, NULL);
    g_ptr_array_add(finding->evidence, evidence_dns(answer));
}

void
findings_dns(Report *report)
{
    const char *source = report->source->dns_source;

    report_unasked(report);
    report_status(report, DNS_TIMEOUT, "dns-question-limit", G_STRINGIFY(DNS_QUESTIONS_MAX));
    report_status(report, DNS_NOT_IN_SNAPSHOT, "dns-not-in-snapshot", NULL);
    if (g_str_equal(source, "live")) {
        report_status(report, DNS_TIMEOUT, "dns-time-limit", NULL);
        report_add_finding(report, "dns-live", SEVERITY_INFO, NULL);
    }
    report_bogus(report);
    report_absent(report, report->from->domain);
    if (g_strcmp0(report->envelope->mail_from->domain, report->from->domain) != 0)
        report_absent(report, report->envelope->mail_from->domain);
    if (g_str_equal(source, "snapshot-beside"))
        report_add_finding(report, "dns-beside-message", SEVERITY_INFO, NULL);
}
