/* authres-trust.c: whose each results field is: the receiving host's own, a stranger's, or one
 * that a sender may have written (RFC 8601, 5 and 7.1).
 * SPDX-License-Identifier: MIT */
#include "headers/authres-parts.h"

#include <string.h>

#include "base/lower.h"
#include "base/wordset.h"
#include "headers/authres.h"

/* What lies around the topmost Authentication-Results field. */
typedef struct {
    const ReportedHeader *top;
    gint64   above;         /* line of the Received field over it; 0 for none */
    gint64   below;         /* line of the next Received field under it */
    gint64   border;        /* line of the border hop; G_MAXINT64 where none is known */
    gint64   outside;       /* line of the Received field under it: from there the sender wrote */
    char    *receiver;      /* the receiving organization, by the border's own name; or NULL */
    WordSet  methods;       /* that the host's own block speaks of */
    WordSet  stampers;      /* organizations that left a Received field at the border or below */
} Region;

gboolean
authres_is_from_page(const ReportedHeader *header)
{
    return header->line == RECORD_UNSET;
}

static gboolean
is_received_spf(const ReportedHeader *header)
{
    return lower_same_text(header->header, "Received-SPF") && !authres_is_from_page(header);
}

static gboolean
is_plain(const ReportedHeader *header)
{
    return lower_same_text(header->header, "Authentication-Results") &&
           !authres_is_from_page(header);
}

/* Who writes "mx.example.com." means the host; in a field it is another word, and nobody's. */
static gboolean
is_host(const char *given, const char *id)
{
    const gsize length = strlen(id);

    return g_ascii_strncasecmp(given, id, length) == 0 && (!given[length] || g_str_equal(given + length, "."));
}

gboolean
authres_names_host(const ReportedHeader *header, const char *const *hosts)
{
    for (; header->authserv_id && hosts && *hosts; hosts++)
        if (is_host(*hosts, header->authserv_id))
            return TRUE;
    return FALSE;
}

/* ---- the region ---- */

static void
see_hop(Region *region, const Hop *hop)
{
    if (hop->border)
        region->border = hop->line;
    else if (region->border != G_MAXINT64 && region->outside == G_MAXINT64)
        region->outside = hop->line;
    if (region->border == G_MAXINT64)
        return;
    char *stamper = authres_organization(hop->by);
    if (hop->border)
        region->receiver = g_strdup(stamper);
    if (stamper)
        wordset_add(&region->stampers, stamper);
}

/* ---- what a sender may have written ---- */

static gboolean
claims_a_pass(const ReportedHeader *header)
{
    for (guint i = 0; i < header->results->len; i++)
        if (g_str_equal(((const ReportedResult *)header->results->pdata[i])->result, "pass"))
            return TRUE;
    return FALSE;
}

/* Only Microsoft stamps without a name. */
static gboolean
is_nameless_stranger(const ReportedHeader *header, const Region *region)
{
    return !header->authserv_id && is_plain(header) && region->border != G_MAXINT64 &&
           !wordset_has(&region->stampers, "outlook.com") && claims_a_pass(header);
}

/* As a receiver it renames what came in, as a sender it stamps that it checked nothing: so below
 * its own stamp a nameless pass is the sender's. */
static gboolean
is_nameless_copy(const ReportedHeader *header, const Region *region)
{
    return !header->authserv_id && is_plain(header) && region->top &&
           !region->top->authserv_id && claims_a_pass(header);
}

/* Who stamps has received the message, and says so in a Received field. (Microsoft stamps what
 * it sends in the name of the recipient, but then it has checked nothing.) */
static gboolean
is_traceless(const ReportedHeader *header, const Region *region)
{
    if (region->border == G_MAXINT64 || !is_plain(header) || !claims_a_pass(header))
        return FALSE;
    g_autofree char *organization = authres_organization(header->authserv_id);
    return organization && !wordset_has(&region->stampers, organization);
}

static gboolean
is_of_receiver(const ReportedHeader *header, const Region *region)
{
    g_autofree char *organization = authres_organization(header->authserv_id);

    return organization && g_strcmp0(organization, region->receiver) == 0 &&
           claims_a_pass(header);
}

/* Its host has put it above its own Received field (RFC 7208, 9.1). */
static gboolean
is_strangers_spf(const ReportedHeader *header, const Region *region)
{
    return is_received_spf(header) && !is_of_receiver(header, region);
}

/* Below a stranger's Received field, from a host that the message never passed. The receiver's
 * own name there is no proof of forgery: some (Proton) put all their results under all Received
 * fields. */
static gboolean
is_from_nowhere(const ReportedHeader *header, const Region *region)
{
    return header->line > region->outside &&
           (is_traceless(header, region) || is_nameless_stranger(header, region) ||
            is_strangers_spf(header, region));
}

/* ---- the topmost results ---- */

static const ReportedHeader *
find_top(const Report *report, const Region *region, gboolean (*is_kind)(const ReportedHeader *))
{
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        if (is_kind(header) && !is_from_nowhere(header, region))
            return header;
    }
    return NULL;
}

/* Lines where a Received field stands, next to the topmost results. The border is the route's: a
 * person may have moved it. */
static void
find_region(const Report *report, Region *region)
{
    region->below = region->border = region->outside = G_MAXINT64;
    for (guint i = 0; i < report->route->len; i++)
        see_hop(region, report->route->pdata[i]);
    region->top = find_top(report, region, is_plain);
    if (!region->top)
        region->top = find_top(report, region, is_received_spf);
    for (guint i = 0; i < report->route->len; i++) {
        const Hop *hop = report->route->pdata[i];
        if (!region->top || hop->line < region->top->line)
            region->above = hop->line;
        else if (hop->line < region->below)
            region->below = hop->line;
    }
}

static void
clear_region(Region *region)
{
    wordset_clear(&region->methods);
    wordset_clear(&region->stampers);
    g_free(region->receiver);
}

/* ---- the host's own block ---- */

/* Apple writes one field a method in names of their own, one a signature, spf's at the end:
 * until then a further dkim is its own. */
static gboolean
is_further_signature(const ReportedHeader *header, const Region *region)
{
    for (guint i = 0; i < header->results->len; i++)
        if (!g_str_equal(((const ReportedResult *)header->results->pdata[i])->method, "dkim"))
            return FALSE;
    return !authres_same_id(header, region->top) && !wordset_has(&region->methods, "spf");
}

static gboolean
repeats_methods(const ReportedHeader *header, const Region *region)
{
    if (is_further_signature(header, region))
        return FALSE;
    for (guint i = 0; i < header->results->len; i++)
        if (wordset_has(&region->methods,
                        ((const ReportedResult *)header->results->pdata[i])->method))
            return TRUE;
    return FALSE;
}

/* Where the host stamps under its own Received field, the sender's header follows at once: a
 * second verdict by the same method is then rather the sender's. Between the host's own Received
 * fields it is an earlier look. */
static gboolean
belongs_to_block(const ReportedHeader *header, const Region *region)
{
    if (header == region->top)
        return TRUE;
    if (header->line < region->top->line ||
        !(authres_same_id(header, region->top) || authres_sibling_id(header, region->top)))
        return FALSE;
    if (header->line < region->below && header->line < region->border)
        return TRUE;
    return header->line < MAX(region->below, region->border == G_MAXINT64 ? 0 : region->border) &&
           !repeats_methods(header, region);
}

static void
join_block(ReportedHeader *header, Region *region)
{
    header->topmost_block = TRUE;
    for (guint i = 0; i < header->results->len; i++)
        wordset_add(&region->methods, ((const ReportedResult *)header->results->pdata[i])->method);
}

static void
mark_block(Report *report, Region *region)
{
    for (guint i = 0; i < report->reported->len; i++) {
        ReportedHeader *header = report->reported->pdata[i];
        if (is_plain(header) && belongs_to_block(header, region))
            join_block(header, region);
    }
    for (guint i = 0; i < report->reported->len; i++) {
        ReportedHeader *header = report->reported->pdata[i];
        if (is_received_spf(header) && header->line > region->above &&
            header->line < region->below && !wordset_has(&region->methods, "spf"))
            join_block(header, region);
    }
}

/* Nobody stamped anything into the message: then the page that it was copied from is all that
 * speaks. */
static void
mark_page(Report *report)
{
    for (guint i = 0; i < report->reported->len; i++) {
        ReportedHeader *header = report->reported->pdata[i];
        if (is_plain(header) || is_received_spf(header))
            return;
    }
    for (guint i = 0; i < report->reported->len; i++) {
        ReportedHeader *header = report->reported->pdata[i];
        header->topmost_block = authres_is_from_page(header);
    }
}

static const char *
spf_word(const ReportedHeader *header)
{
    for (guint i = 0; i < header->results->len; i++) {
        const ReportedResult *result = header->results->pdata[i];
        if (g_str_equal(result->method, "spf"))
            return result->result;
    }
    return NULL;
}

/* Next to results under the border's own field, and of the same opinion: theirs. */
static gboolean
repeats_the_block(const Report *report, const ReportedHeader *header, const Region *region)
{
    if (!is_received_spf(header) || !region->top || region->top->line < region->border ||
        header->line > region->below)
        return FALSE;
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *other = report->reported->pdata[i];
        if (other->topmost_block && spf_word(other))
            return g_strcmp0(spf_word(other), spf_word(header)) == 0;
    }
    return FALSE;
}

/* A field that came with the message from outside: in the name of the receiving organization,
 * which should have removed it (RFC 8601, 5), or of a host that it never passed. What a
 * forwarder found before stays: foreign, but no forgery. */
static gboolean
is_forged_copy(const Report *report, const ReportedHeader *header, const Region *region)
{
    const gint64 outside = region->border != G_MAXINT64 ? region->border : region->below;

    if ((!is_plain(header) && !is_received_spf(header)) || header->topmost_block ||
        header->line < outside || repeats_the_block(report, header, region))
        return FALSE;
    if (region->top && header->authserv_id && header->line > region->top->line &&
        authres_same_id(header, region->top))
        return TRUE;
    return is_of_receiver(header, region) || is_traceless(header, region) ||
           is_nameless_stranger(header, region) || is_nameless_copy(header, region);
}

/* The field that receivers know, and remove where it comes in with their own name: not X-Authentication-Results and the
 * like. Nobody removes Received-SPF: that is the receiver's above its own Received field only (RFC 7208, 9.1). A sealer's
 * copy counts for what it is, in its own field. */
static gboolean
is_kept_clean(const ReportedHeader *header, const Region *region)
{
    if (lower_same_text(header->header, "ARC-Authentication-Results"))
        return header->instance != RECORD_UNSET;
    if (is_received_spf(header))
        return header->line < region->border;
    return is_plain(header) && header->instance == RECORD_UNSET;
}

/* What no host writes of itself. Its own name in encoded words, or a version that is to come, are a sender's way past the
 * receiver that looks for it. A comment or a quote without an end was begun in somebody's name ("bank.example(.other.example"),
 * and what stands before it is not the name that was checked. */
static gboolean
is_disguised(const ReportedHeader *header)
{
    static const char *const marks[] = { "encoded-words", "unknown-version", "unclosed-comment", "unclosed-quote" };
    gboolean found = FALSE;

    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        found = found || authres_has_deviation(header, marks[i]);
    return found;
}

void
authres_judge(Report *report, const char *const *trusted)
{
    Region region = { .stampers.free = g_free };

    find_region(report, &region);
    if (region.top)
        mark_block(report, &region);
    mark_page(report);
    for (guint i = 0; i < report->reported->len; i++) {
        ReportedHeader *header = report->reported->pdata[i];
        if (authres_is_from_page(header))
            continue;
        header->suspicious = is_forged_copy(report, header, &region);
        /* What stands below a Received field from outside came with the message: no name makes it ours. */
        header->trusted = !header->suspicious && is_kept_clean(header, &region) && !is_disguised(header) &&
                          header->line < region.outside && authres_names_host(header, trusted);
    }
    clear_region(&region);
}
