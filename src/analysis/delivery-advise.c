/* delivery-advise.c: who can do what about a returned mail.
 * SPDX-License-Identifier: MIT */
#include "analysis/delivery-story.h"

#include <string.h>

#include "base/text.h"
#include "headers/host.h"

static Advice *
advise(const Story *story, const char *pattern, const char *who, const char *a, const char *b)
{
    Advice *advice = record_new(&advice_type);
    const char *const args[] = { a, b };

    advice->pattern = pattern;
    advice->who = who;
    for (gsize i = 0; i < G_N_ELEMENTS(args); i++)
        g_ptr_array_add(advice->args, g_strdup(args[i] ? args[i] : ""));
    g_ptr_array_add(story->report->advice, advice);
    return advice;
}

static const char *
recipient(const Story *story)
{
    return story->bounce->recipient ? story->bounce->recipient : "the-recipient";
}

/* What was returned can be sent again; of many notices only the header comes back (RFC 6522, 3). */
static void
advise_send(const Story *story)
{
    const gboolean held = story->returned && message_has_body(story->returned);

    advise(story, held ? "bounce-send-yourself" : "bounce-send-anew", "visitor",
           story->bounce->recipient, NULL);
}

/* The form's owner writes its own address where the visitor's stood, in both places. */
static void
advise_form(const Story *story)
{
    const char *to = story->bounce->recipient;
    g_autofree char *own = text_visible(to, -1);
    g_autofree char *visitor = text_visible(story->mine, -1);
    Advice *advice = advise(story, "bounce-form-owner", "form-owner", story->domain, to);

    advice->record =
        g_strdup_printf("MAIL FROM  %s\nFrom:      %s\nReply-To:  %s", own, own, visitor);
    advise_send(story);
}

/* One's own server wrote somebody else in From:, as forms do. */
static gboolean
advise_own_from(const Story *story)
{
    const char *author = story->again ? story->again->from->domain : NULL;

    if (!author || !story->mine || story->reason.kind == REASON_SPF ||
        host_same_organization(author, story->domain))
        return FALSE;
    Advice *advice = advise(story, "bounce-own-from", "form-owner", story->domain, author);
    const Mailbox *first = story->again->from->addresses->pdata[0];
    g_autofree char *own = text_visible(story->mine, -1);
    g_autofree char *other = text_visible(first->address, -1);
    advice->record = g_strdup_printf("From:     %s\nReply-To: %s", own, other);
    return TRUE;
}

/* A server of one's own that the record does not name. */
static void
advise_own(const Story *story)
{
    const Result spf = story_spf(story);

    if (advise_own_from(story))
        return;

    if (spf == RESULT_PASS || !story->client || story->reason.kind != REASON_SPF) {
        advise(story, "bounce-own-prove", "domain-owner", story->domain, NULL);
        return;
    }
    Advice *advice = advise(story, "bounce-own-record", "domain-dns", story->domain, story->client);
    advice->record =
        g_strdup_printf("%s:%s", strchr(story->client, ':') ? "ip6" : "ip4", story->client);
}

static void
advise_names(const Story *story)
{
    switch (story->plot) {
    case STORY_FORM:
        if (story->mine) {
            advise_form(story);
            return;
        }
        break;
    case STORY_OWN:
        advise_own(story);
        return;
    case STORY_FORWARD:
        advise(story, "bounce-forwarder", "mail-forwarder", story->domain, story->host);
        advise_send(story);
        return;
    case STORY_STRANGER:
        advise(story, "bounce-never-sent", "nobody", story->mine, story->host);
        return;
    default:
        break;
    }
    if (story->returned)
        advise(story, "bounce-ask", "visitor", recipient(story), NULL);
    else
        advise(story, "bounce-find-source", "visitor", NULL, NULL);
}

static void
advise_feedback(const Story *story)
{
    if (story_spf(story) == RESULT_PASS)
        advise(story, "bounce-feedback-act", "domain-owner", story->domain, story->client);
    else
        advise(story, "bounce-feedback-read", "nobody", story->domain, NULL);
}

void
story_advise(const Story *story)
{
    const char *to = recipient(story);

    if (story_is_feedback(story)) {
        advise_feedback(story);
        return;
    }
    if (story_is_delayed(story)) {
        advise(story, "bounce-wait", "nobody", to, NULL);
        return;
    }
    if (story_is_about_names(story)) {
        advise_names(story);
        return;
    }
    switch (story->reason.kind) {
    case REASON_ADDRESS:
        advise(story, "bounce-check-address", "visitor", to, NULL);
        break;
    case REASON_MAILBOX: case REASON_ROUTE: case REASON_WAIT:
        advise(story, "bounce-other-way", "visitor", to, NULL);
        break;
    case REASON_SERVER:
        advise(story, "bounce-server", "server-owner", story->bounce->reporting_mta, NULL);
        break;
    case REASON_CONTENT:
        advise(story, "bounce-change-mail", "visitor", to, NULL);
        break;
    default:
        if (story->bounce->diagnostic)
            advise(story, "bounce-ask", "visitor", to, NULL);
    }
}
