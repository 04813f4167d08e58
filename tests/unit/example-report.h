/* example-report.h: Reports as the checks would leave them, made by hand for tests.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/advice.h"
#include "auth/step.h"
#include "facts/report.h"

static inline void
example_author(Report *report, const char *address, const char *domain)
{
    Mailbox *mailbox = record_new(&mailbox_type);

    mailbox->address = g_strdup(address);
    mailbox->domain = g_strdup(domain);
    g_ptr_array_add(report->from->addresses, mailbox);
    g_ptr_array_add(report->from->domains, g_strdup(domain));
    g_free(report->from->domain);
    report->from->domain = report->from->domains->len == 1 ? g_strdup(domain) : NULL;
    g_ptr_array_add(report->from->evidence, evidence_header("From", 14, (Span){ 200, 230 }));
}

static inline Tri
example_proved(Result result)
{
    return result == RESULT_PASS      ? TRI_TRUE
           : result == RESULT_UNKNOWN ? TRI_UNKNOWN
                                      : TRI_FALSE;
}

static inline Identifier *
example_identifier(DmarcResult *dmarc, const char *mechanism, const char *domain, Result result,
                   Tri aligned, const char *org)
{
    Identifier *identifier = record_new(&identifier_type);

    identifier->mechanism = mechanism;
    identifier->domain = g_strdup(domain);
    identifier->authenticated = example_proved(result);
    identifier->basis = PROVENANCE_RECOMPUTED;
    identifier->aligned = aligned;
    identifier->mode = "r";
    identifier->org_domain = g_strdup(org);
    g_ptr_array_add(dmarc->identifiers, identifier);
    return identifier;
}

static inline Identifier *
example_spf(Report *report, const char *address, const char *domain, Result result, Tri aligned,
            const char *org)
{
    report->envelope->mail_from->address = g_strdup(address);
    report->envelope->mail_from->domain = g_strdup(domain);
    report->envelope->client_ip->value = g_strdup("192.0.2.10");
    report->spf->mail_from->domain = g_strdup(domain);
    report->spf->mail_from->result = result;
    example_identifier(report->dmarc->rfc7489, "spf", domain, result, aligned, org);
    return example_identifier(report->dmarc->rfc9989, "spf", domain, result, aligned, org);
}

static inline DkimResult *
example_dkim(Report *report, const char *domain, Result result, const char *reason, Tri aligned,
             const char *org)
{
    DkimResult *dkim = record_new(&dkim_result_type);

    dkim->domain = g_strdup(domain);
    dkim->selector = g_strdup("s1");
    dkim->result = result;
    dkim->reason = reason;
    dkim->body_hash = g_strcmp0(reason, "body-hash") == 0 ? "mismatch" : "ok";
    example_identifier(report->dmarc->rfc7489, "dkim", domain, result, aligned, org)->signature =
        report->dkim->len;
    example_identifier(report->dmarc->rfc9989, "dkim", domain, result, aligned, org)->signature =
        report->dkim->len;
    g_ptr_array_add(report->dkim, dkim);
    return dkim;
}

static inline void
example_verdict(Report *report, Result result, const char *reason, const char *record_domain,
                const char *policy)
{
    DmarcResult *both[] = { report->dmarc->rfc9989, report->dmarc->rfc7489 };

    for (gsize i = 0; i < 2; i++) {
        both[i]->result = result;
        both[i]->reason = reason;
        g_free(both[i]->record_domain);
        g_free(both[i]->org_domain);
        both[i]->record_domain = g_strdup(record_domain);
        both[i]->policy = policy;
        both[i]->applied = policy;
        both[i]->policy_tag = policy ? "p" : NULL;
        both[i]->org_domain = g_strdup(record_domain);
        both[i]->basis = result == RESULT_UNKNOWN ? "unknown" : "recomputed";
    }
}

static inline ReportedHeader *
example_said(Report *report, const char *host, const char *spf, const char *dkim,
             const char *dmarc)
{
    const char *const results[][2] = { { "spf", spf }, { "dkim", dkim }, { "dmarc", dmarc } };
    ReportedHeader *header = record_new(&reported_header_type);

    header->header = g_strdup("Authentication-Results");
    header->line = 3;
    header->authserv_id = g_strdup(host);
    header->topmost_block = report->reported->len == 0;
    for (gsize i = 0; i < G_N_ELEMENTS(results); i++) {
        if (!results[i][1])
            continue;
        ReportedResult *result = record_new(&reported_result_type);
        result->method = g_strdup(results[i][0]);
        result->result = g_strdup(results[i][1]);
        g_ptr_array_add(header->results, result);
    }
    g_ptr_array_add(report->reported, header);
    return header;
}

static inline void
example_dns(Report *report, const char *name, const char *type, DnsStatus status, const char *text)
{
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->name = g_strdup(name);
    answer->type = g_strdup(type);
    answer->status = status;
    answer->source = g_strdup("snapshot");
    answer->dnssec = g_strdup("insecure");
    if (text) {
        DnsRecord *record = record_new(&dns_record_type);
        record->text = g_strdup(text);
        g_ptr_array_add(answer->records, record);
    }
    g_ptr_array_add(report->dns, answer);
}

/* A form at example.com writes its visitor into From:. */
static inline Report *
example_webform(void)
{
    Report *report = report_new();

    report->source->path = g_strdup("webform.eml");
    report->source->kind = g_strdup("eml");
    report->source->fidelity = g_strdup("raw");
    report->source->dns_source = g_strdup("snapshot-beside");
    g_ptr_array_add(report->source->recipients, g_strdup("support@example.com"));
    example_author(report, "user@example.jp", "example.jp");
    example_spf(report, "webmaster@www.example.com", "www.example.com", RESULT_PASS, TRI_FALSE,
                "example.com");
    example_dkim(report, "example.com", RESULT_PASS, "ok", TRI_FALSE, "example.com");
    example_verdict(report, RESULT_FAIL, "no-aligned-pass", "example.jp", "reject");
    example_said(report, "mx.example.com", "pass", "pass", "fail");
    example_dns(report, "_dmarc.example.jp", "TXT", DNS_NOERROR, "\"v=DMARC1; p=reject\"");
    report->tree = step_add(NULL, "dmarc", "RFC 9989, 5.3", "example.jp", NULL);
    step_decide(report->tree, RESULT_FAIL, PROVENANCE_RECOMPUTED);
    Step *author = step_add(report->tree, "author", "RFC 9989, 5.3.1", "user@example.jp",
                            "example.jp", NULL);
    step_evidence(author, evidence_header("From", 14, (Span){ 200, 230 }));
    step_input(author, "author-domain", "example.jp", PROVENANCE_MESSAGE);
    step_decide(author, RESULT_INFO, PROVENANCE_MESSAGE)->cause = TRUE;
    advice_find(report, NULL);
    return report;
}
