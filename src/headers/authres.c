/* authres.c: all results fields of a message, whose they are, and what they claim.
 * SPDX-License-Identifier: MIT */
#include "headers/authres.h"

#include <string.h>

#include "base/name.h"
#include "headers/address.h"
#include "headers/authres-parts.h"
#include "headers/host.h"

/* A long chain of forwarders leaves a few dozen. */
#define FIELDS_MAX 1000

/* What lies around the topmost Authentication-Results field. */
typedef struct {
    const ReportedHeader *top;
    gint64   above;         /* line of the Received field over it; 0 for none */
    gint64   below;         /* line of the next Received field under it */
    gint64   border;        /* line of the border hop; G_MAXINT64 where none is known */
    gint64   outside;       /* line of the Received field under it: from there on the sender wrote */
    GHashTable *methods;    /* that the host's own block speaks of */
} Region;

static gboolean
is_received_spf(const ReportedHeader *header)
{
    return g_ascii_strcasecmp(header->header, "Received-SPF") == 0;
}

static gboolean
is_plain(const ReportedHeader *header)
{
    return g_ascii_strcasecmp(header->header, "Authentication-Results") == 0;
}

/* X-Original-Authentication-Results, Authentication-Results-Original, ARC-… and the plain one. */
static gboolean
is_results_field(const char *name)
{
    g_autofree char *lower = g_ascii_strdown(name, -1);

    return strstr(lower, "authentication-results") || g_str_equal(lower, "received-spf");
}

static gboolean
is_trusted(const ReportedHeader *header, const char *const *trusted)
{
    for (; header->authserv_id && trusted && *trusted; trusted++)
        if (g_ascii_strcasecmp(header->authserv_id, *trusted) == 0)
            return TRUE;
    return FALSE;
}

static ReportedHeader *
read_field(const Message *message, const Field *field, const char *name)
{
    g_autofree char *value = field_value(message, field);
    ReportedHeader *header = g_ascii_strcasecmp(name, "Received-SPF") == 0
                             ? authres_parse_received_spf(value) : authres_parse(name, value);

    g_free(header->header);
    header->header = g_strdup(name);
    header->line = field->line;
    g_ptr_array_add(header->evidence, host_field_evidence(message, field));
    return header;
}

/* Lines where a Received field stands, next to the topmost results. */
static Region
find_region(const Report *report)
{
    Region region = { .below = G_MAXINT64, .border = G_MAXINT64, .outside = G_MAXINT64 };

    region.methods = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < report->reported->len && !region.top; i++)
        if (is_plain(report->reported->pdata[i]))
            region.top = report->reported->pdata[i];
    for (guint i = 0; i < report->reported->len && !region.top; i++)
        if (is_received_spf(report->reported->pdata[i]))
            region.top = report->reported->pdata[i];
    for (guint i = 0; i < report->route->len; i++) {
        const Hop *hop = report->route->pdata[i];
        if (!region.top || hop->line < region.top->line)
            region.above = hop->line;
        else if (hop->line < region.below)
            region.below = hop->line;
        if (hop->border)
            region.border = hop->line;
        else if (region.border != G_MAXINT64 && region.outside == G_MAXINT64)
            region.outside = hop->line;
    }
    return region;
}

static gboolean
same_id(const ReportedHeader *a, const ReportedHeader *b)
{
    if (!a->authserv_id || !b->authserv_id)
        return !a->authserv_id && !b->authserv_id;
    return g_ascii_strcasecmp(a->authserv_id, b->authserv_id) == 0;
}

/* Apple stamps one field a method: spf.icloud.com, dmarc.icloud.com … */
static gboolean
sibling_id(const ReportedHeader *a, const ReportedHeader *b)
{
    g_autofree char *one = a->authserv_id ? name_normalise(a->authserv_id) : NULL;
    g_autofree char *other = b->authserv_id ? name_normalise(b->authserv_id) : NULL;

    return one && other && g_strcmp0(name_parent(one), name_parent(other)) == 0 &&
           host_same_organization(one, other);
}

/* Where the host stamps under its own Received field, the sender's header follows at once: a second
 * verdict by the same method is then rather the sender's. */
static gboolean
repeats_below_border(const ReportedHeader *header, const Region *region)
{
    if (header == region->top || region->top->line < region->border)
        return FALSE;
    for (guint i = 0; i < header->results->len; i++)
        if (g_hash_table_contains(region->methods,
                                  ((const ReportedResult *)header->results->pdata[i])->method))
            return TRUE;
    return FALSE;
}

static void
join_block(ReportedHeader *header, const Region *region)
{
    header->topmost_block = TRUE;
    for (guint i = 0; i < header->results->len; i++)
        g_hash_table_add(region->methods,
                         ((const ReportedResult *)header->results->pdata[i])->method);
}

static void
mark_block(Report *report, const Region *region)
{
    for (guint i = 0; i < report->reported->len; i++) {
        ReportedHeader *header = report->reported->pdata[i];
        if (is_plain(header) && header->line >= region->top->line &&
            header->line < region->below &&
            (same_id(header, region->top) || sibling_id(header, region->top)) &&
            !repeats_below_border(header, region))
            join_block(header, region);
    }
    for (guint i = 0; i < report->reported->len; i++) {
        ReportedHeader *header = report->reported->pdata[i];
        if (is_received_spf(header) && header->line > region->above &&
            header->line < region->below && !g_hash_table_contains(region->methods, "spf"))
            join_block(header, region);
    }
}

/* The receiving host's name on a field that came with the message (RFC 8601, 5 and 7.1). */
static gboolean
is_forged_copy(const ReportedHeader *header, const Region *region)
{
    const gint64 outside = region->border != G_MAXINT64 ? region->border : region->below;

    return (is_plain(header) || is_received_spf(header)) && !header->topmost_block &&
           header->authserv_id && same_id(header, region->top) && header->line > outside &&
           header->line > region->top->line;
}

/* What a host has renamed to …-Original is what it does not vouch for. */
static gboolean
is_set_aside(const ReportedHeader *header)
{
    g_autofree char *lower = g_ascii_strdown(header->header, -1);

    return strstr(lower, "original") != NULL;
}

static void
judge(Report *report, const char *const *trusted)
{
    const Region region = find_region(report);

    if (region.top)
        mark_block(report, &region);
    for (guint i = 0; i < report->reported->len; i++) {
        ReportedHeader *header = report->reported->pdata[i];
        header->suspicious = region.top && is_forged_copy(header, &region);
        /* What stands below a Received field from outside came with the message: no name makes it ours. */
        header->trusted = !header->suspicious && !is_set_aside(header) &&
                          header->line < region.outside && is_trusted(header, trusted);
    }
    g_hash_table_unref(region.methods);
}

void
authres_collect(const Message *message, const char *const *trusted, Report *report)
{
    const guint count = message_n_fields(message);

    for (guint i = 0; i < count; i++) {
        const Field *field = message_field(message, i);
        if (span_length(field->name) > 100)
            continue;
        g_autofree char *name = field_name(message, field);
        if (!is_results_field(name))
            continue;
        if (report->reported->len >= FIELDS_MAX) {
            report_add_finding(report, "reported-too-many", SEVERITY_WARNING, NULL);
            break;
        }
        g_ptr_array_add(report->reported, read_field(message, field, name));
    }
    judge(report, trusted);
}

/* ---- what they claim ---- */

/* A host may check both names of the envelope; DMARC goes by MAIL FROM's. */
static gboolean
is_helo_only(const ReportedResult *result)
{
    return g_str_equal(result->method, "spf") && !pairs_get(result->properties, "smtp.mailfrom") &&
           pairs_get(result->properties, "smtp.helo");
}

static const ReportedResult *
find_result(const ReportedHeader *header, const char *method, const ReportedResult *second)
{
    for (guint i = 0; i < header->results->len; i++) {
        const ReportedResult *result = header->results->pdata[i];
        if (!g_str_equal(result->method, method))
            continue;
        if (!is_helo_only(result))
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
        if (found && !is_helo_only(found))
            return found;
    }
    return found;
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
    g_autofree char *bare = g_strdup(value);
    const gsize length = strlen(bare);
    char *start = bare;
    if (*start == '<' && bare[length - 1] == '>') {
        bare[length - 1] = '\0';
        start++;
    }
    const char *at = strrchr(start, '@');
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
    static const char *const keys[] = { "smtp.mailfrom", "smtp.mail", "envelope-from",
                                        "smtp.helo", "helo" };
    const gboolean helo = g_strcmp0(pairs_get(result->properties, "identity"), "helo") == 0;

    for (gsize i = helo ? 3 : 0; i < G_N_ELEMENTS(keys); i++) {
        char *domain = domain_of(pairs_get(result->properties, keys[i]));
        if (domain)
            return domain;
        if (i == 2) {
            g_autofree char *sender = authres_comment_sender(result->comment);
            domain = domain_of(sender);
            if (domain)
                return domain;
        }
    }
    return NULL;
}
