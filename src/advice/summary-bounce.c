/* summary-bounce.c: the ten-second answer of a bounce: what came back, why, and what to do.
 * SPDX-License-Identifier: MIT */
#include "advice/summary-part.h"

#include "advice/reply.h"
#include "base/translate.h"
#include "tree/words.h"

#define STORY "bounce-"

static gboolean
is_delayed(const DeliveryStatus *status)
{
    return g_strcmp0(status->action, "delayed") == 0;
}

static gboolean
is_report(const DeliveryStatus *status)
{
    return g_strcmp0(status->format, "feedback-report") == 0;
}

/* The findings of the story: the first is the headline. */
static void
take_story(SummaryBounce *bounce, const Report *report)
{
    for (guint i = 0; i < report->findings->len; i++) {
        const Finding *finding = report->findings->pdata[i];
        if (!g_str_has_prefix(finding->id, STORY))
            continue;
        if (g_str_equal(finding->id, "bounce-doubtful"))
            bounce->doubtful = TRUE;
        if (bounce->doubtful && !bounce->itself)
            bounce->itself = words_finding(finding);
        else if (!bounce->sentence)
            bounce->sentence = words_finding(finding);
        else
            g_ptr_array_add(bounce->story, words_finding(finding));
    }
}

/* "550 5.1.1 …"; a code that the words do not hold stands before them. */
static char *
said(const DeliveryStatus *status)
{
    if (!status->diagnostic)
        return g_strdup(status->status);
    g_autofree char *reply = reply_in_one(status->diagnostic);
    if (!status->status || g_strstr_len(reply, -1, status->status))
        return g_steal_pointer(&reply);
    return words_fill(N_("{0} (code {1})"), reply, status->status, NULL);
}

/* The first advice is the fix; the others are a line each. */
static void
take_advice(SummaryBounce *bounce, const Report *report)
{
    for (guint i = 1; i < report->advice->len; i++) {
        const Advice *advice = report->advice->pdata[i];
        g_autofree char *who = words_text(advice->who, NULL);
        g_autofree char *text = words_advice(advice);
        g_ptr_array_add(bounce->also, g_strdup_printf("%s %s", who, text));
    }
}

SummaryBounce *
summary_bounce(const Report *report, const char *verdict)
{
    const DeliveryStatus *status = report->delivery_status;

    if (!status)
        return NULL;
    SummaryBounce *bounce = g_new0(SummaryBounce, 1);
    bounce->label = words_fill(is_report(status)    ? N_("REPORT")
                               : is_delayed(status) ? N_("DELAY")
                                                    : N_("BOUNCE"), NULL);
    bounce->tone = is_report(status) || is_delayed(status) ? SUMMARY_UNKNOWN : SUMMARY_FAIL;
    bounce->story = g_ptr_array_new_with_free_func(g_free);
    bounce->also = g_ptr_array_new_with_free_func(g_free);
    bounce->said = said(status);
    bounce->means =
        status->explained ? words_text(status->explained, status->explained_args) : NULL;
    take_story(bounce, report);
    if (!bounce->sentence)
        bounce->sentence = words_fill(N_("A mail came back."), NULL);
    take_advice(bounce, report);
    if (!bounce->itself && report_has_finding(report, "paste-notice-text"))
        bounce->itself = words_text("paste-notice-text", NULL);
    if (!bounce->itself)
        bounce->itself = words_fill(N_("This notice itself: DMARC {0} for {1}."), verdict,
                                    report->from->domain ? report->from->domain : "From:", NULL);
    bounce->text = g_strdup(status->returned_text);
    return bounce;
}

void
summary_bounce_free(SummaryBounce *bounce)
{
    if (!bounce)
        return;
    g_free(bounce->label);
    g_free(bounce->sentence);
    g_free(bounce->said);
    g_free(bounce->means);
    g_ptr_array_unref(bounce->story);
    g_ptr_array_unref(bounce->also);
    g_free(bounce->itself);
    g_free(bounce->text);
    g_free(bounce);
}
