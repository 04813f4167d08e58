/* authres.c: all results fields of a message, and what they claim.
 * SPDX-License-Identifier: MIT */
#include "headers/authres.h"

#include <string.h>

#include "base/lower.h"
#include "headers/address.h"
#include "headers/authres-parts.h"
#include "headers/host.h"

/* A long chain of forwarders leaves a few dozen fields with a handful of results each. */
#define FIELDS_MAX  1000
#define RESULTS_MAX 5000
/* A name that is longer is no results field. */
#define NAME_MAX_LENGTH 100

/* X-Original-Authentication-Results, Authentication-Results-Original, ARC-… and the plain one. */
static gboolean
is_results_field(const char *name, gsize length)
{
    static const char spf[] = "received-spf", results[] = "authentication-results";

    if (length == strlen(spf))
        return lower_same(name, spf, length);
    for (; length >= strlen(results); name++, length--)
        if ((*name | 0x20) == *results && lower_same(name, results, strlen(results)))
            return TRUE;
    return FALSE;
}

static ReportedHeader *
read_field(const Message *message, const Field *field, const char *name, AuthresKept *kept)
{
    g_autofree char *value = field_value(message, field);
    ReportedHeader *header = authres_kept_read(kept, name, value);

    header->line = field->line;
    g_ptr_array_add(header->evidence, host_field_evidence(message, field));
    return header;
}

/* What the text around a pasted message says of it: after all that stands in the message itself. */
static void
take_page(const Message *message, Report *report)
{
    const GPtrArray *claims = message_origin(message)->claims;

    for (guint i = 0; i < claims->len; i++) {
        ReportedHeader *header = record_copy(&reported_header_type, claims->pdata[i]);
        header->line = RECORD_UNSET;
        header->trusted = header->suspicious = header->topmost_block = FALSE;
        g_ptr_array_add(report->reported, header);
    }
}

/* Limits that were hit are said once for the message. */
static void
note_limits(Report *report)
{
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        if (!authres_has_deviation(header, "too-many-results") &&
            !authres_has_deviation(header, "too-many-properties"))
            continue;
        Finding *finding = report_add_finding(report, "results-too-many", SEVERITY_WARNING,
                                              header->header, NULL);
        evidence_copy_into(finding->evidence, header->evidence);
        return;
    }
}

/* FALSE where a flood was cut off. */
static gboolean
take_field(const Message *message, const Field *field, guint *results, AuthresKept *kept, Report *report)
{
    if (span_length(field->name) > NAME_MAX_LENGTH ||
        !is_results_field(span_in(message_raw(message), field->name), span_length(field->name)))
        return TRUE;
    g_autofree char *name = field_name(message, field);
    if (report->reported->len >= FIELDS_MAX || *results >= RESULTS_MAX) {
        report_add_finding(report, "reported-too-many", SEVERITY_WARNING, NULL);
        return FALSE;
    }
    ReportedHeader *header = read_field(message, field, name, kept);
    *results += header->results->len;
    g_ptr_array_add(report->reported, header);
    return TRUE;
}

void
authres_collect_kept(const Message *message, const char *const *trusted, AuthresKept *kept, Report *report)
{
    const guint count = message_n_fields(message);
    guint results = 0;

    for (guint i = 0; i < count; i++)
        if (!take_field(message, message_field(message, i), &results, kept, report))
            break;
    take_page(message, report);
    note_limits(report);
    authres_judge(report, trusted);
}

void
authres_collect(const Message *message, const char *const *trusted, Report *report)
{
    authres_collect_kept(message, trusted, NULL, report);
}

/* ---- what they claim ---- */

static const char *const sender_keys[] = { "smtp.mailfrom", "smtp.mail", "envelope-from" };

static gboolean
names_sender(const ReportedResult *result)
{
    for (gsize i = 0; i < G_N_ELEMENTS(sender_keys); i++) {
        const char *value = pairs_get(result->properties, sender_keys[i]);
        if (value && *value)
            return TRUE;
    }
    g_autofree char *sender = authres_comment_sender(result->comment);
    return sender != NULL;
}

gboolean
authres_is_helo_only(const ReportedResult *result)
{
    if (!g_str_equal(result->method, "spf"))
        return FALSE;
    if (g_strcmp0(pairs_get(result->properties, "identity"), "helo") == 0)
        return TRUE;
    return !names_sender(result) && (pairs_get(result->properties, "smtp.helo") ||
                                     pairs_get(result->properties, "helo"));
}

static const ReportedResult *
find_result(const ReportedHeader *header, const char *method, const ReportedResult *second)
{
    for (guint i = 0; i < header->results->len; i++) {
        const ReportedResult *result = header->results->pdata[i];
        if (!g_str_equal(result->method, method))
            continue;
        if (!authres_is_helo_only(result))
            return result;
        second = second ? second : result;
    }
    return second;
}

static const ReportedResult *
search(const Report *report, const char *method, gboolean trusted)
{
    const ReportedResult *found = NULL;

    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        /* A sealer's copy (AAR) speaks of its own hop, not of this host's. */
        if (trusted ? !header->trusted || header->instance != RECORD_UNSET
                    : !header->topmost_block)
            continue;
        found = find_result(header, method, found);
        if (found && !authres_is_helo_only(found))
            return found;
    }
    return found;
}

gboolean
authres_has_own_block(const Report *report)
{
    for (guint i = 0; i < report->reported->len; i++)
        if (((const ReportedHeader *)report->reported->pdata[i])->topmost_block)
            return TRUE;
    return FALSE;
}

const ReportedResult *
authres_claim(const Report *report, const char *method)
{
    return search(report, method, FALSE);
}

const ReportedResult *
authres_trusted(const Report *report, const char *method)
{
    return search(report, method, TRUE);
}

/* "user@example.com", "@example.com" or "example.com", in <> or not. (transfer full) */
static char *
domain_of(const char *value)
{
    if (!value || !*value || g_ascii_strcasecmp(value, "none") == 0)
        return NULL;
    const gsize length = strlen(value);
    const gboolean wrapped = *value == '<' && value[length - 1] == '>' && length > 1;
    g_autofree char *bare = wrapped ? g_strndup(value + 1, length - 2) : NULL;
    const char *start = bare ? bare : value, *at = strrchr(start, '@');
    return address_host(at ? at + 1 : start);
}

char *
authres_dkim_domain(const ReportedResult *result)
{
    char *domain = domain_of(pairs_get(result->properties, "header.d"));

    /* Gmail names only i=, whose domain may lie below d=. */
    return domain ? domain : domain_of(pairs_get(result->properties, "header.i"));
}

char *
authres_spf_domain(const ReportedResult *result)
{
    const gboolean helo = g_strcmp0(pairs_get(result->properties, "identity"), "helo") == 0;
    g_autofree char *sender = authres_comment_sender(result->comment);
    char *domain = NULL;

    for (gsize i = 0; !helo && !domain && i < G_N_ELEMENTS(sender_keys); i++)
        domain = domain_of(pairs_get(result->properties, sender_keys[i]));
    if (!helo && !domain)
        domain = domain_of(sender);
    if (!domain)
        domain = domain_of(pairs_get(result->properties, "smtp.helo"));
    return domain ? domain : domain_of(pairs_get(result->properties, "helo"));
}

gboolean
authres_is_about(const ReportedResult *dmarc, const char *author)
{
    const char *from = pairs_get(dmarc->properties, "header.from");
    g_autofree char *domain = domain_of(from);

    return !from || !*from || g_strcmp0(domain, author) == 0;
}
