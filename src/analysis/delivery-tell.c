/* delivery-tell.c: the story of a returned mail as findings, in the order in which a reader asks.
 * SPDX-License-Identifier: MIT
 *
 * Nothing is told that was not read in the report or computed here; what is inferred says so in its
 * words. */
#include "analysis/delivery-story.h"

#include "headers/received.h"

static Finding *
tell(const Story *story, const char *id, const char *a, const char *b, const char *c)
{
    return report_add_finding(story->report, id, SEVERITY_INFO, a ? a : "", b ? b : "", c ? c : "",
                              NULL);
}

/* The same of what the report says. */
static void
tell_read(const Story *story, const char *id, const char *a, const char *b, const char *c)
{
    evidence_copy_into(tell(story, id, a, b, c)->evidence,
                       story->report->delivery_status->evidence);
}

/* It rests on a TXT record, which was asked before. */
static void
add_record(const Story *story, Finding *finding, const char *name)
{
    if (name)
        g_ptr_array_add(finding->evidence,
                        evidence_dns(resolver_ask(story->resolver, name, DNS_TXT)));
}

/* ---- what came back ---- */

static gboolean
arrived(const Bounce *bounce)
{
    static const char *const actions[] = { "delivered", "relayed", "expanded" };

    for (gsize i = 0; i < G_N_ELEMENTS(actions); i++)
        if (g_strcmp0(bounce->action, actions[i]) == 0)
            return TRUE;
    return FALSE;
}

static void
tell_headline(const Story *story)
{
    const Bounce *bounce = story->bounce;
    const char *domain = story->report->from->domain;

    if (story_is_feedback(story))
        tell_read(story, domain && story->domain ? "bounce-feedback" : "bounce-feedback-plain",
                  domain, story->domain, NULL);
    else if (story_is_delayed(story))
        tell_read(story, bounce->recipient ? "bounce-delayed" : "bounce-delayed-mail",
                  bounce->recipient, NULL, NULL);
    else if (arrived(bounce))
        tell_read(story, "bounce-arrived", bounce->recipient, NULL, NULL);
    else if (bounce->recipient && bounce->remote_mta && bounce->diagnostic)
        tell_read(story, "bounce-refused", bounce->recipient, bounce->remote_mta, NULL);
    else
        tell_read(story, bounce->recipient ? "bounce-failed" : "bounce-failed-mail",
                  bounce->recipient, NULL, NULL);
}

static void
tell_count(const Story *story)
{
    g_autofree char *count = g_strdup_printf("%u", story->bounce->recipients);

    if (story->bounce->recipients > 1)
        tell_read(story, "bounce-recipients", count, story->bounce->recipient, NULL);
}

/* A code of 4.x.x in a mail that says "failed": it was tried for days. */
static void
tell_time(const Story *story)
{
    const Bounce *bounce = story->bounce;

    if (story_is_delayed(story))
        tell_read(story, "bounce-still-trying", NULL, NULL, NULL);
    else if (g_strcmp0(bounce->action, "failed") == 0 && bounce->status && *bounce->status == '4')
        tell_read(story, "bounce-gave-up", NULL, NULL, NULL);
}

/* ---- SPF ---- */

/* The `all` in some terms: "-all" "~all" "?all" "+all"; NULL where there is none. */
static const char *
all_in(const char *terms)
{
    static const char *const ends[] = { "-all", "~all", "?all", "+all" };
    g_auto(GStrv) words = g_strsplit(terms ? terms : "", " ", -1);

    for (char **word = words; *word; word++) {
        if (g_ascii_strcasecmp(*word, "all") == 0)
            return "+all";
        for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
            if (g_ascii_strcasecmp(*word, ends[i]) == 0)
                return ends[i];
    }
    return NULL;
}

/* What the record ends in: of the one that decided, which a redirect may have named. */
static const char *
record_end(const SpfResult *spf)
{
    const char *matched = all_in(spf->matched);

    return matched ? matched : all_in(spf->record);
}

static void
tell_sender(const Story *story)
{
    const Result spf = story_spf(story);

    if (!story->who || !story->mine)
        return;
    if (story->inferred)
        tell(story, "bounce-client-inferred", story->client, story->host, NULL);
    if (story->plot == STORY_FORWARD)
        tell(story, "bounce-forwarded", story->relay, story->who, story->mine);
    else if (story->plot == STORY_OWN)
        tell(story, spf == RESULT_PASS ? "bounce-own-allowed" : "bounce-own-server", story->who,
             story->mine, story->domain);
    else if (spf == RESULT_FAIL || spf == RESULT_SOFTFAIL || spf == RESULT_NEUTRAL)
        tell(story, "bounce-other-server", story->who, story->mine, story->domain);
    else
        tell(story, "bounce-some-server", story->who, story->mine, NULL);
}

static void
tell_record(const Story *story)
{
    const char *refuser = story_refuser(story);
    const Result spf = story_spf(story);
    const char *id = "bounce-spf-unknown";

    if (!story->again || !story->domain)
        return;
    const char *end = record_end(story->again->spf->mail_from);
    if (spf == RESULT_PASS)
        id = "bounce-spf-passes";
    else if (spf == RESULT_NONE)
        id = "bounce-spf-none";
    else if (spf == RESULT_PERMERROR)
        id = "bounce-spf-broken";
    else if (spf == RESULT_FAIL)
        id = end ? "bounce-spf-hard" : "bounce-spf-refuses";
    else if (spf == RESULT_SOFTFAIL)
        id = end ? "bounce-spf-soft" : "bounce-spf-refuses";
    else if (spf == RESULT_NEUTRAL)
        id = "bounce-spf-neutral";
    add_record(story, tell(story, id, story->domain, refuser ? refuser : story->domain, end),
               story->domain);
}

/* ---- DMARC ---- */

static void
tell_dmarc(const Story *story)
{
    const Report *again = story->again;
    const char *author = again ? again->from->domain : NULL;
    const char *refuser = story_refuser(story);

    if (!author || story->reason.kind == REASON_SPF)
        return;
    const DmarcResult *dmarc = again->dmarc->rfc9989;
    g_autofree char *name =
        dmarc->record_domain ? g_strconcat("_dmarc.", dmarc->record_domain, NULL) : NULL;
    if (dmarc->result == RESULT_FAIL)
        add_record(story,
                   tell(story, "bounce-dmarc-fails", author,
                        dmarc->applied ? dmarc->applied : "none", refuser ? refuser : author),
                   name);
    else if (dmarc->result == RESULT_PASS)
        tell(story, "bounce-dmarc-passes", author, NULL, NULL);
    else if (dmarc->result == RESULT_NONE)
        tell(story, "bounce-dmarc-none", author, NULL, NULL);
    else
        tell(story, "bounce-dmarc-unknown", author, NULL, NULL);
}

/* ---- what it means for the reader ---- */

static void
tell_form(const Story *story)
{
    const Result spf = story_spf(story);

    tell(story, "bounce-form", story->bounce->recipient, NULL, NULL);
    tell(story, "bounce-inquiry-lost", NULL, NULL, NULL);
    if (story->reason.kind == REASON_SPF && spf == RESULT_FAIL)
        tell(story, "bounce-others-pass", NULL, NULL, NULL);
    else if (story->reason.kind == REASON_DMARC)
        tell(story, "bounce-others-policy", NULL, NULL, NULL);
}

static void
tell_stranger(const Story *story)
{
    tell(story, "bounce-stranger", story->host, story->mine, NULL);
    if (story_spf(story) == RESULT_FAIL)
        tell(story, "bounce-nothing-broken", story->domain, NULL, NULL);
}

static void
tell_feedback(const Story *story)
{
    const Result spf = story_spf(story);

    if (!story->client)
        return;
    if (spf == RESULT_PASS)
        tell(story, "bounce-feedback-yours", story->client, story->domain, NULL);
    else if (spf == RESULT_FAIL || spf == RESULT_SOFTFAIL || spf == RESULT_NEUTRAL)
        tell(story, "bounce-feedback-other", story->client, story->domain, NULL);
    else
        tell(story, "bounce-feedback-source", story->client, NULL, NULL);
}

static gboolean
is_no_matter_of_names(const Story *story)
{
    switch (story->reason.kind) {
    case REASON_ADDRESS:
    case REASON_MAILBOX:
    case REASON_CONTENT:
    case REASON_ROUTE:
    case REASON_WAIT:
        return TRUE;
    default:
        return FALSE;
    }
}

static void
tell_names(const Story *story)
{
    tell_sender(story);
    if (story->reason.kind != REASON_DMARC || story_spf(story) != RESULT_PASS)
        tell_record(story);
    tell_dmarc(story);
    if (story->plot == STORY_FORM)
        tell_form(story);
    if (story->plot == STORY_STRANGER)
        tell_stranger(story);
}

/* Notices are a favorite costume of phishing. */
static void
tell_doubt(const Story *story)
{
    if (story->report->dmarc->rfc9989->result == RESULT_FAIL)
        report_add_finding(
            story->report, "bounce-doubtful", SEVERITY_WARNING,
            story->report->from->domain ? story->report->from->domain : "From:", NULL);
}

void
story_tell(const Story *story)
{
    tell_headline(story);
    tell_doubt(story);
    tell_count(story);
    tell_time(story);
    if (story_is_feedback(story)) {
        tell_feedback(story);
        return;
    }
    if (story_is_about_names(story))
        tell_names(story);
    else if (is_no_matter_of_names(story))
        tell(story, "bounce-no-names", NULL, NULL, NULL);
    if (story->report->delivery_status->returned_text && story->plot == STORY_UNKNOWN)
        tell(story, "bounce-text-below", NULL, NULL, NULL);
}
