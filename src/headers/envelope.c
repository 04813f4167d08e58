/* envelope.c: MAIL FROM, HELO and the client's address, each from the best source there is.
 * SPDX-License-Identifier: MIT */
#include "headers/identities.h"

#include <string.h>

#include "base/lower.h"
#include "base/translate.h"
#include "headers/address.h"
#include "headers/authres-parts.h"
#include "headers/client-ip.h"
#include "headers/host.h"
#include "headers/ip.h"
#include "headers/redaction.h"

typedef struct {
    const Message *message;
    Report        *report;
    const Hop     *border;      /* NULL where unknown */
    gint64         outside;     /* line of the hop below the border: from there the sender writes */
    gboolean       chosen;      /* a person said which hop is the border */
} Source;

static gboolean
is_known(const EnvelopeItem *item)
{
    return item->provenance != PROVENANCE_UNKNOWN;
}

/* ---- values ---- */

/* "<a@b>" or "a@b" without its brackets, a source route taken off. (transfer full) */
static char *
bare_path(const char *text)
{
    char *path = g_strstrip(g_strdup(text));
    const gsize length = strlen(path);
    const char *start = path;

    if (length >= 2 && *start == '<' && path[length - 1] == '>') {
        path[length - 1] = '\0';
        start++;
    }
    start = address_without_route(start);
    memmove(path, start, strlen(start) + 1);
    return g_strstrip(path);
}

/* A domain literal is a fine address, yet no domain (RFC 5321, 4.1.3). */
static gboolean
is_literal(const char *path)
{
    const char *at = strrchr(path, '@');

    return at && at != path && at[1] == '[' && g_str_has_suffix(path, "]");
}

/* FALSE, and nothing set, where `text` is no reverse-path; `bare` allows a domain alone, as results
 * headers write it. */
static gboolean
set_path(EnvelopeItem *item, const char *text, gboolean bare)
{
    g_autofree char *path = bare_path(text);
    g_autofree char *domain = address_domain(path);
    const gboolean null_path = !*path && strchr(text, '<');

    if (!*path && !null_path)
        return FALSE;
    if (!domain && bare && !null_path && (!strchr(path, '@') || *path == '@')) {
        domain = address_host(path + (*path == '@'));
        if (!domain)
            return FALSE;
        item->domain = g_steal_pointer(&domain);
    } else if (domain || null_path || is_literal(path)) {
        item->address = g_strdup(path);
        item->domain = g_steal_pointer(&domain);
    } else {
        return FALSE;
    }
    item->value = g_strstrip(g_strdup(text));
    return TRUE;
}

static gboolean
set_helo(EnvelopeItem *item, const char *text)
{
    g_autofree char *host = text ? g_strstrip(g_strdup(text)) : NULL;

    if (!host || !*host || redaction_in(host))
        return FALSE;
    g_autofree char *ip = ip_canonical(host);
    item->domain = ip ? NULL : address_shown_host(host);
    item->value = g_steal_pointer(&host);
    return TRUE;
}

static gboolean
set_ip(EnvelopeItem *item, const char *text)
{
    char *ip = ip_canonical(text);

    if (!ip)
        return FALSE;
    item->address = ip;
    item->value = g_strdup(ip);
    return TRUE;
}

static void
known_by_header(EnvelopeItem *item, const ReportedHeader *header)
{
    item->provenance = PROVENANCE_REPORTED;
    evidence_copy_into(item->evidence, header->evidence);
}

static void
known_by_option(EnvelopeItem *item, const char *option)
{
    item->provenance = PROVENANCE_ASSUMED;
    g_ptr_array_add(item->evidence, evidence_option(option));
}

/* ---- results headers as sources ---- */

/* Whether the receiver may have written it: not what lies below the border's own field with
 * another hop in between, nor what contradicts the address that the border saw. */
static gboolean
is_usable(const Source *source, const ReportedHeader *header)
{
    if (header->suspicious || header->line > source->outside)
        return FALSE;
    if (!source->border || header->line < source->border->line)
        return TRUE;
    g_autofree char *ip = client_ip_stated(header);
    return !ip || g_strcmp0(ip, source->border->ip) == 0;
}

/* One value of a results header: the first of `keys` that `set` accepts. */
typedef gboolean (*Setter)(EnvelopeItem *item, const char *text);

static gboolean
set_reported_path(EnvelopeItem *item, const char *text)
{
    return set_path(item, text, TRUE);
}

static gboolean
take_property(EnvelopeItem *item, const ReportedHeader *header, const char *const *keys, Setter set)
{
    for (guint i = 0; i < header->results->len; i++) {
        const ReportedResult *result = header->results->pdata[i];
        for (gsize k = 0; g_str_equal(result->method, "spf") && keys[k]; k++) {
            const char *value = pairs_get(result->properties, keys[k]);
            if (value && set(item, value))
                return TRUE;
        }
    }
    return FALSE;
}

static gboolean
take_ip(EnvelopeItem *item, const ReportedHeader *header, const char *const *keys, Setter set)
{
    g_autofree char *ip = client_ip_stated(header);

    return keys == NULL && ip && set(item, ip);
}

/* "domain of A designates IP as permitted sender": where no property says it. */
static gboolean
take_comment(EnvelopeItem *item, const ReportedHeader *header, const char *const *keys, Setter set)
{
    for (guint i = 0; i < header->results->len; i++) {
        const ReportedResult *result = header->results->pdata[i];
        g_autofree char *sender = authres_comment_sender(result->comment);
        if (keys == NULL && sender && set(item, sender))
            return TRUE;
    }
    return FALSE;
}

typedef gboolean (*Taker)(EnvelopeItem *item, const ReportedHeader *header,
                          const char *const *keys, Setter set);

/* Goes down the fields of that name until one has the value. */
static void
from_fields(EnvelopeItem *item, const Source *source, const char *name, Taker take,
            const char *const *keys, Setter set)
{
    for (guint i = 0; i < source->report->reported->len && !is_known(item); i++) {
        const ReportedHeader *header = source->report->reported->pdata[i];
        if (lower_same_text(header->header, name) && is_usable(source, header) &&
            take(item, header, keys, set))
            known_by_header(item, header);
    }
}

static void
from_results(EnvelopeItem *item, const Source *source, Taker take, const char *const *keys,
             Setter set)
{
    from_fields(item, source, "Received-SPF", take, keys, set);
    from_fields(item, source, "Authentication-Results", take, keys, set);
}

/* ---- the three items ---- */

/* RFC 5321, 4.4: the final host writes it at the top; it is MAIL FROM as that host had it. */
static void
from_return_path(const Source *source)
{
    EnvelopeItem *item = source->report->envelope->mail_from;
    const int index = source->message ? message_find(source->message, "Return-Path", 0) : -1;

    if (is_known(item) || index < 0)
        return;
    const Field *field = message_field(source->message, (guint)index);
    g_autofree char *value = field_value(source->message, field);
    Evidence *evidence = host_field_evidence(source->message, field);
    if (set_path(item, value, FALSE)) {
        item->provenance = PROVENANCE_MESSAGE;
        g_ptr_array_add(item->evidence, evidence);
    } else {
        Finding *finding =
            redaction_in(value)
                ? report_add_finding(source->report, "field-redacted", SEVERITY_INFO, "Return-Path",
                                     value, NULL)
                : report_add_finding(source->report, "return-path-malformed", SEVERITY_WARNING,
                                     value, NULL);
        g_ptr_array_add(finding->evidence, evidence);
    }
}

static void
find_mail_from(const Source *source, const char *override)
{
    static const char *const keys[] = { "smtp.mailfrom", "envelope-from", "smtp.mail", NULL };
    EnvelopeItem *item = source->report->envelope->mail_from;

    if (override && set_path(item, *override ? override : "<>", TRUE))
        known_by_option(item, "--mail-from");
    from_return_path(source);
    from_results(item, source, take_property, keys, set_reported_path);
    from_results(item, source, take_comment, NULL, set_reported_path);
}

/* Which hop is the border is our guess, or a person's word; its server wrote the address. */
static void
from_border(EnvelopeItem *item, const Source *source, const char *text, Setter set)
{
    if (is_known(item) || !source->border || !set(item, text))
        return;
    item->provenance = PROVENANCE_ASSUMED;
    if (source->chosen)
        g_ptr_array_add(item->evidence, evidence_option(N_("border, as chosen")));
    evidence_copy_into(item->evidence, source->border->evidence);
}

/* What results say of a client is about the border that their host saw, not one that a person chose. */
static void
find_helo(const Source *source, const char *override)
{
    static const char *const keys[] = { "smtp.helo", "helo", NULL };
    EnvelopeItem *item = source->report->envelope->helo;

    if (set_helo(item, override))
        known_by_option(item, "--helo");
    if (!source->chosen)
        from_results(item, source, take_property, keys, set_helo);
    from_border(item, source, source->border ? source->border->helo : NULL, set_helo);
}

static void
find_client_ip(const Source *source, const char *override)
{
    EnvelopeItem *item = source->report->envelope->client_ip;

    if (override && set_ip(item, override))
        known_by_option(item, "--ip");
    if (!source->chosen)
        from_results(item, source, take_ip, NULL, set_ip);
    from_border(item, source, source->border ? source->border->ip : NULL, set_ip);
}

static void
find_border(Source *source)
{
    const GPtrArray *route = source->report->route;

    for (guint i = 0; i < route->len; i++) {
        const Hop *hop = route->pdata[i];
        if (source->border) {
            source->outside = hop->line;
            return;
        }
        if (hop->border)
            source->border = hop;
    }
}

static gboolean
is_source(const ReportedHeader *header)
{
    return lower_same_text(header->header, "Received-SPF") ||
           lower_same_text(header->header, "Authentication-Results");
}

/* Results under the border's own field that name another client are not used: say so once. */
static void
note_contradiction(const Source *source)
{
    for (guint i = 0; source->border && i < source->report->reported->len; i++) {
        const ReportedHeader *header = source->report->reported->pdata[i];
        if (!is_source(header) || header->suspicious || header->line > source->outside ||
            is_usable(source, header))
            continue;
        g_autofree char *ip = client_ip_stated(header);
        Finding *finding = report_add_finding(source->report, "client-ip-differs",
                                              SEVERITY_WARNING, ip, source->border->ip, NULL);
        evidence_copy_into(finding->evidence, header->evidence);
        evidence_copy_into(finding->evidence, source->border->evidence);
        return;
    }
}

/* The receiver's own results name another client than the hop where the message came in. */
static void
note_other_client(const Source *source)
{
    const EnvelopeItem *item = source->report->envelope->client_ip;

    if (!source->border || !source->border->ip || item->provenance != PROVENANCE_REPORTED ||
        g_str_equal(item->address, source->border->ip))
        return;
    Finding *finding = report_add_finding(source->report, "client-ip-reported-differs",
                                          SEVERITY_WARNING, item->address, source->border->ip,
                                          NULL);
    evidence_copy_into(finding->evidence, item->evidence);
    evidence_copy_into(finding->evidence, source->border->evidence);
}

void
identities_envelope(const Message *message, const IdentityOverrides *overrides, Report *report)
{
    static const IdentityOverrides none = { 0 };
    Source source = { .message = message, .report = report, .outside = G_MAXINT64 };
    const IdentityOverrides *given = overrides ? overrides : &none;

    find_border(&source);
    source.chosen = source.border && given->border > 0 && given->border <= report->route->len;
    find_mail_from(&source, given->mail_from);
    find_helo(&source, given->helo);
    find_client_ip(&source, given->ip);
    note_contradiction(&source);
    note_other_client(&source);
}
