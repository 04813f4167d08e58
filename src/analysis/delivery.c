/* delivery.c: what a bounce says, explained.
 * SPDX-License-Identifier: MIT */
#include "analysis/delivery.h"

#include "analysis/delivery-reason.h"
#include "analysis/delivery-story.h"
#include "mailbox/bounce.h"
#include "mailbox/inside.h"

static Reason
reason_for(const Bounce *bounce)
{
    g_autofree char *hosts = g_strconcat(bounce->remote_mta ? bounce->remote_mta : "", " ",
                                         bounce->reporting_mta ? bounce->reporting_mta : "", NULL);

    if (g_str_equal(bounce->format, "feedback-report"))
        return reason_of_feedback(bounce->action);
    return reason_of(bounce->diagnostic, bounce->code ? bounce->code : bounce->status, hosts);
}

static void
note_evidence(const Message *message, Span span, GPtrArray *evidence)
{
    if (span.end > span.start)
        g_ptr_array_add(evidence, evidence_header("Diagnostic-Code",
                                                  message_line_at(message, span.start), span));
}

void
delivery_read(const Message *message, const Bounce *bounce, Report *report)
{
    if (!bounce)
        return;
    DeliveryStatus *status = record_new(&delivery_status_type);
    status->action = g_strdup(bounce->action);
    status->status = g_strdup(bounce->status);
    status->diagnostic = g_strdup(bounce->diagnostic);
    status->explained = g_strdup(reason_for(bounce).id);
    status->format = g_strdup(bounce->format);
    status->recipient = g_strdup(bounce->recipient);
    status->remote_mta = g_strdup(bounce->remote_mta);
    status->reporting_mta = g_strdup(bounce->reporting_mta);
    status->stage = g_strdup(bounce->stage);
    note_evidence(message, bounce->evidence, status->evidence);
    report->delivery_status = status;
}

void
delivery_story(const Message *message, Resolver *resolver, const AnalysisOptions *options,
               gint64 at, Report *report)
{
    if (!report->delivery_status)
        return;
    g_autoptr(Bounce) bounce = bounce_read(message);
    g_autoptr(GPtrArray) inside = inside_find(message, 1);
    const InsideMessage *inner = inside->len > 0 ? inside->pdata[0] : NULL;
    Story story = {.report = report,
                   .bounce = bounce,
                   .reason = reason_for(bounce),
                   .resolver = resolver,
                   .returned = inner ? inner->message : NULL};

    story_ask(&story, resolver, options, at);
    story_tell(&story);
    story_advise(&story);
    story_clear(&story);
}
