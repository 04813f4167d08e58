/* findings.c: what a reader should notice, from the bytes and from finished checks.
 * SPDX-License-Identifier: MIT */
#include "analysis/findings.h"

#include "analysis/findings-dns.h"
#include "auth/compare.h"
#include "auth/fidelity.h"
#include "headers/authres.h"

/* Behind any of them another program may see a field that was not judged: all are told, as far as anybody reads on. */
static void
report_bare_cr(const Message *message, Report *report)
{
    enum { TOLD_MAX = 8 };
    g_autoptr(GString) lines = g_string_new(NULL);
    g_autoptr(GPtrArray) evidence = g_ptr_array_new();

    for (guint i = 0; i < message_n_faults(message); i++) {
        const MessageFault *fault = message_fault(message, i);
        if (!g_str_equal(fault->id, "header-bare-cr"))
            continue;
        if (evidence->len == TOLD_MAX) {
            g_string_append(lines, " ..");
            break;
        }
        g_string_append_printf(lines, "%s%u", lines->len > 0 ? ", " : "", fault->line);
        g_ptr_array_add(evidence, evidence_header("header", fault->line, fault->span));
    }
    if (evidence->len == 0)
        return;
    Finding *finding = report_add_finding(report, "header-bare-cr", SEVERITY_WARNING, lines->str, NULL);
    for (guint i = 0; i < evidence->len; i++)
        g_ptr_array_add(finding->evidence, evidence->pdata[i]);
}

/* Faults of the bytes become findings; of each other kind the first is enough for a reader. */
static void
report_faults(const Message *message, Report *report)
{
    report_bare_cr(message, report);
    for (guint i = 0; i < message_n_faults(message); i++) {
        const MessageFault *fault = message_fault(message, i);
        if (report_has_finding(report, fault->id))
            continue;
        g_autofree char *line = g_strdup_printf("%u", fault->line);
        Finding *finding = report_add_finding(report, fault->id, SEVERITY_INFO, line, NULL);
        g_ptr_array_add(finding->evidence, evidence_header("header", fault->line, fault->span));
    }
    if (!message_has_body(message))
        report_add_finding(report, "body-missing", SEVERITY_INFO, NULL);
    if (message_eol(message) == MESSAGE_EOL_MIXED)
        report_add_finding(report, "mixed-line-ends", SEVERITY_INFO, NULL);
    if (message_eol(message) == MESSAGE_EOL_LF)
        report_add_finding(report, "bare-lf", SEVERITY_INFO, NULL);
}

static void
report_signature(Report *report, const DkimResult *signature)
{
    const char *domain = signature->domain ? signature->domain : "?";
    Finding *finding = NULL;

    if (signature->testing)
        finding = report_add_finding(report, "dkim-testing", SEVERITY_INFO, domain, NULL);
    else if (signature->unsigned_tail > 0 && signature->result == RESULT_PASS) {
        g_autofree char *tail = g_strdup_printf("%" G_GINT64_FORMAT, signature->unsigned_tail);
        finding = report_add_finding(report, "dkim-unsigned-tail", SEVERITY_WARNING, domain, tail, NULL);
    } else if (g_str_equal(signature->reason, "key-weak"))
        finding = report_add_finding(report, "dkim-key-weak", SEVERITY_WARNING, domain, NULL);
    if (finding)
        evidence_copy_into(finding->evidence, signature->evidence);
}

/* What a trusted host said when the key was there, beside what DNS says today. */
static void
report_key_gone(Report *report, const DkimResult *signature, gint64 index)
{
    const GPtrArray *identifiers = report->dmarc->rfc9989->identifiers;
    gboolean vouched = FALSE;

    if (!signature->key_gone)
        return;
    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        vouched = vouched || (identifier->signature == index &&
                              identifier->authenticated == TRI_TRUE &&
                              identifier->basis == PROVENANCE_REPORTED);
    }
    Finding *finding = report_add_finding(report, vouched ? "dkim-key-gone-vouched" : "dkim-key-gone",
                                          vouched ? SEVERITY_INFO : SEVERITY_WARNING,
                                          signature->domain, signature->selector, NULL);
    evidence_copy_into(finding->evidence, signature->evidence);
}

static gboolean
is_covered(const DkimResult *signature, const Field *field)
{
    for (guint i = 0; i < signature->covered->len; i++)
        if (g_array_index(signature->covered, Span, i).start == field->all.start)
            return TRUE;
    return FALSE;
}

static guint
count_covered(const Message *message, const DkimResult *signature, const char *name)
{
    guint count = 0;

    for (int at = message_find(message, name, 0); at >= 0; at = message_find(message, name, (guint)at + 1))
        count += is_covered(signature, message_field(message, (guint)at)) ? 1 : 0;
    return count;
}

/* A second From or Subject above the signed one is what readers see, yet nobody signed it. */
static void
report_added_fields(const Message *message, Report *report, const DkimResult *signature)
{
    static const char *const shown[] = { "From", "Subject", "To", "Cc", "Date", "Reply-To" };

    if (signature->result != RESULT_PASS)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
        guint have = 0;
        int first = -1;
        for (int at = message_find(message, shown[i], 0); at >= 0;
             at = message_find(message, shown[i], (guint)at + 1)) {
            first = have++ == 0 ? at : first;
        }
        if (have < 2)
            continue;       /* as nearly always: it is covered, or nobody meant it to be */
        const guint covered = count_covered(message, signature, shown[i]);
        if (covered == 0 || have <= covered)
            continue;
        const Field *field = message_field(message, (guint)first);
        Finding *finding = report_add_finding(report, "dkim-added-after-signing",
                                              SEVERITY_WARNING, shown[i], signature->domain, NULL);
        g_ptr_array_add(finding->evidence, evidence_header(shown[i], field->line, field->all));
    }
}

static void
report_suspicious(Report *report)
{
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        if (!header->suspicious)
            continue;
        Finding *finding =
            header->authserv_id
                ? report_add_finding(report, "reported-suspicious", SEVERITY_WARNING,
                                     header->authserv_id, NULL)
                : report_add_finding(report, "reported-suspicious-nameless", SEVERITY_WARNING, NULL);
        evidence_copy_into(finding->evidence, header->evidence);
    }
}

void
findings_add(const Message *message, Report *report)
{
    if (message)
        report_faults(message, report);
    findings_dns(report);
    for (guint i = 0; i < report->dkim->len; i++) {
        report_signature(report, report->dkim->pdata[i]);
        report_key_gone(report, report->dkim->pdata[i], i);
        if (message)
            report_added_fields(message, report, report->dkim->pdata[i]);
    }
    if (message)
        fidelity_report(message, report);
    report_suspicious(report);
    compare_reports(report);
}

/* A name that was mistyped would look like a host whose word was heard. */
void
findings_trust(const char *const *trusted, Report *report)
{
    gboolean named = FALSE;

    if (!trusted || !*trusted || report->reported->len == 0)
        return;
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        named = named || (header->instance == RECORD_UNSET && authres_names_host(header, trusted));
    }
    if (named)
        return;
    g_autofree char *hosts = g_strjoinv(", ", (char **)trusted);
    report_add_finding(report, "trust-unheard", SEVERITY_INFO, hosts, NULL);
}
