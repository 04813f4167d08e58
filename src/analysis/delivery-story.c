/* delivery-story.c: who sent the returned mail, and what SPF and DMARC say of it.
 * SPDX-License-Identifier: MIT */
#include "analysis/delivery-story.h"

#include <string.h>

#include "analysis/spf-identities.h"
#include "auth/dkim.h"
#include "headers/address.h"
#include "headers/authres.h"
#include "headers/host.h"
#include "headers/ip.h"
#include "headers/received.h"
#include "message/parts.h"

/* Of the returned text so much is shown: an inquiry, not an archive. */
#define TEXT_BYTES 4000
#define TEXT_LINES 60

/* ---- questions about the story ---- */

Result
story_spf(const Story *story)
{
    return story->again ? (Result)story->again->spf->mail_from->result : RESULT_UNKNOWN;
}

const char *
story_refuser(const Story *story)
{
    return story->bounce->remote_mta ? story->bounce->remote_mta : story->bounce->reporting_mta;
}

gboolean
story_is_delayed(const Story *story)
{
    return g_strcmp0(story->bounce->action, "delayed") == 0;
}

gboolean
story_is_feedback(const Story *story)
{
    return g_str_equal(story->bounce->format, "feedback-report");
}

gboolean
story_is_about_names(const Story *story)
{
    return story->reason.kind == REASON_SPF || story->reason.kind == REASON_DMARC ||
           story->reason.kind == REASON_AUTH;
}

/* ---- the envelope sender ---- */

/* (transfer full) */
static char *
address_in(const Message *message, const char *name)
{
    g_autofree char *value = message ? message_value(message, name) : NULL;

    if (!value)
        return NULL;
    Mailbox *first = address_first(value);
    char *address = first && first->domain ? g_strdup(first->address) : NULL;
    record_free(&mailbox_type, first);
    return address;
}

/* A bounce goes to the envelope sender (RFC 5321, 6.1): where no report names it, it is whom the
 * bounce came to. */
static void
find_sender(Story *story)
{
    const GPtrArray *to = story->report->source->recipients;

    if (story->bounce->sender && strchr(story->bounce->sender, '@'))
        story->mine = g_strdup(story->bounce->sender);
    if (!story->mine)
        story->mine = address_in(story->returned, "Return-Path");
    if (!story->mine && !story_is_feedback(story) && to->len > 0)
        story->mine = g_strdup(to->pdata[0]);
    story->domain = address_domain(story->mine);
    if (!story->domain && story->bounce->reported_domain)
        story->domain = address_host(story->bounce->reported_domain);
}

/* ---- the client ---- */

/* The first public address in the text of the refusal that is not the refuser's. (transfer full) */
static char *
address_named(const char *text, const char *not_this)
{
    g_auto(GStrv) words = g_strsplit_set(text ? text : "", " \t[]()<>;,=\"'", -1);

    for (char **word = words; *word; word++) {
        gsize length = strlen(*word);
        while (length > 0 && strchr(".:", (*word)[length - 1]))
            (*word)[--length] = '\0';
        g_autofree char *ip = length >= 3 && length < 50 ? ip_canonical(*word) : NULL;
        if (ip && !ip_is_internal(ip) && g_strcmp0(ip, not_this) != 0)
            return g_steal_pointer(&ip);
    }
    return NULL;
}

/* The bounce itself came from the server that reports, or from another of its organization. */
static char *
address_of_reporter(const Story *story, Resolver *resolver)
{
    const Envelope *envelope = story->report->envelope;
    const char *host = story->bounce->reporting_mta;
    g_autofree char *name = host ? address_host(host) : NULL;

    if (!name)
        return NULL;
    if (envelope->client_ip->address && g_strcmp0(envelope->helo->domain, name) == 0)
        return g_strdup(envelope->client_ip->address);
    const DnsAnswer *answer = resolver_ask(resolver, name, DNS_A);
    const DnsRecord *record = answer->records->len > 0 ? answer->records->pdata[0] : NULL;
    return record ? ip_canonical(record->text) : NULL;
}

/* A notice in plain text may not say who wrote it: its own From: does. */
static const char *
reporter(const Story *story)
{
    if (story_is_feedback(story))
        return NULL;
    return story->bounce->reporting_mta ? story->bounce->reporting_mta
                                        : story->report->from->domain;
}

static void
find_client(Story *story, Resolver *resolver)
{
    g_autofree char *refuser = story->bounce->remote_mta ? ip_canonical(story->bounce->remote_mta)
                                                         : NULL;

    story->client = story->bounce->source_ip ? ip_canonical(story->bounce->source_ip) : NULL;
    if (!story->client && !story_is_feedback(story))
        story->client = address_named(story->bounce->diagnostic, refuser);
    if (!story->client && !story_is_feedback(story)) {
        story->client = address_of_reporter(story, resolver);
        story->inferred = story->client != NULL;
    }
    story->host = reporter(story);
    if (story->client && story->host)
        story->who = g_strdup_printf("%s (%s)", story->client, story->host);
    else
        story->who = g_strdup(story->client ? story->client : story->host);
}

/* ---- the plot ---- */

/* A server of the sender's own organization among those that the returned mail passed. (transfer
 * full) */
static char *
own_relay(const Story *story)
{
    Report *scratch = report_new();
    char *relay = NULL;

    if (story->returned)
        received_route(story->returned, 0, scratch);
    for (guint i = 0; i < scratch->route->len && !relay; i++) {
        const Hop *hop = scratch->route->pdata[i];
        if (host_same_organization(hop->by, story->domain))
            relay = g_strdup(hop->by);
    }
    report_free(scratch);
    return relay;
}

static StoryPlot
find_plot(Story *story)
{
    g_autofree char *to = address_domain(story->bounce->recipient);

    if (!story->domain || story_is_feedback(story))
        return STORY_UNKNOWN;
    if (story->host && host_same_organization(story->host, story->domain))
        return STORY_OWN;
    if (story_spf(story) == RESULT_PASS)
        return STORY_OWN;
    story->relay = own_relay(story);
    if (story->relay)
        return STORY_FORWARD;
    if (story->host && to && host_same_organization(story->host, to) &&
        !host_same_organization(to, story->domain))
        return STORY_FORM;
    return story->host ? STORY_STRANGER : STORY_UNKNOWN;
}

/* ---- the checks, as the receiver could have made them ---- */

static void
check_again(Story *story, Resolver *resolver, const AnalysisOptions *options, gint64 at)
{
    static const char *const nobody[] = { NULL };
    const IdentityOverrides envelope = { .ip = story->client, .mail_from = story->mine,
                                         .helo = story->host };
    const DkimTimes times = { .at = at, .now = options->now, .received = at };
    Report *again = story->again = report_new();
    DmarcNotes notes = { 0 };

    if (story->returned) {
        identities_authors(story->returned, again);
        received_route(story->returned, 0, again);
        authres_collect(story->returned, nobody, again);
    }
    identities_envelope(story->returned, &envelope, again);
    notes.spf_mail_from = spf_of_mail_from(again, resolver, at);
    notes.spf_helo = spf_of_helo(again, resolver, at);
    g_autoptr(BodyHashes) bodies = story->returned ? body_hashes_new(story->returned) : NULL;
    notes.dkim = story->returned ? dkim_check(story->returned, resolver, &times, bodies, again)
                                 : g_ptr_array_new();
    if (story->returned)
        dmarc_check(again, resolver, options->psl, &notes);
    analysis_clear_notes(&notes);
}

/* ---- the text that was returned ---- */

static const Part *
text_part(const Parts *parts)
{
    for (guint i = 0; i < parts->list->len; i++) {
        const Part *part = parts->list->pdata[i];
        if (g_str_equal(part->head->type, "text/plain") && !part->head->attachment)
            return part;
    }
    return NULL;
}

static char *
limit_lines(const char *text)
{
    const char *end = text;

    for (guint line = 0; line < TEXT_LINES && *end; line++) {
        const char *next = strchr(end, '\n');
        end = next ? next + 1 : end + strlen(end);
    }
    char *kept = g_strchomp(g_strndup(text, (gsize)(end - text)));
    if (!*end || !*kept)
        return kept;
    char *marked = g_strconcat(kept, "\n[...]", NULL);
    g_free(kept);
    return marked;
}

static void
take_text(Story *story)
{
    if (!story->returned || !message_has_body(story->returned) || story_is_feedback(story))
        return;
    g_autoptr(Parts) parts = parts_new(story->returned);
    const Part *part = text_part(parts);
    if (!part)
        return;
    g_autoptr(GBytes) bytes = mime_decode(message_raw(story->returned), part->body,
                                          part->head->encoding, TEXT_BYTES);
    g_autofree char *text = mime_text(bytes, part->head->charset);
    g_autofree char *kept = limit_lines(text);
    if (*kept) {
        g_free(story->report->delivery_status->returned_text);  /* of a run that is known */
        story->report->delivery_status->returned_text = g_steal_pointer(&kept);
    }
}

void
story_ask(Story *story, Resolver *resolver, const AnalysisOptions *options, gint64 at)
{
    const gboolean names = story_is_about_names(story) || story_is_feedback(story);

    find_sender(story);
    if (names)
        find_client(story, resolver);
    if (names && story->domain && story->client)
        check_again(story, resolver, options, at);
    story->plot = names ? find_plot(story) : STORY_UNKNOWN;
    take_text(story);
}

void
story_clear(Story *story)
{
    g_free(story->mine);
    g_free(story->domain);
    g_free(story->client);
    g_free(story->who);
    g_free(story->relay);
    report_free(story->again);
}
