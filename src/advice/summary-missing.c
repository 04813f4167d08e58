/* summary-missing.c: what would have to be known for a verdict, and how to supply it.
 * SPDX-License-Identifier: MIT */
#include "advice/summary-part.h"

#include "base/translate.h"
#include "headers/identities.h"
#include "headers/no-author.h"
#include "tree/words.h"

#define NAMES_MAX 3

static void
need(GPtrArray *what, GPtrArray *lines, const char *words, const char *option)
{
    g_ptr_array_add(what, words_fill(words, NULL));
    if (option)
        g_ptr_array_add(lines, g_strdup(option));
}

/* SPF asks three things: who, as whom, and DNS. */
static void
need_envelope(const Report *report, GPtrArray *what, GPtrArray *lines)
{
    const Envelope *envelope = report->envelope;
    const gboolean null_sender = envelope_is_null_sender(envelope);

    if (report->spf->mail_from->result != RESULT_UNKNOWN)
        return;
    if (!envelope->client_ip->value)
        need(what, lines, N_("the client's IP address"), "--ip ADDRESS");
    if (!envelope->mail_from->address && !envelope->mail_from->domain)
        need(what, lines, N_("MAIL FROM (Return-Path)"), "--mail-from ADDRESS");
    if (null_sender && !envelope->helo->domain)
        need(what, lines, N_("HELO, since MAIL FROM is empty"), "--helo NAME");
}

/* TRUE where it was not asked at all. */
static gboolean
need_dns(const Report *report, GPtrArray *what, GPtrArray *lines)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    gboolean offline = FALSE, lacking = FALSE;

    for (guint i = 0; i < report->dns->len; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        offline = offline || answer->status == DNS_OFFLINE;
        lacking = lacking || answer->status == DNS_NOT_IN_SNAPSHOT;
        if (answer->status == DNS_NOT_IN_SNAPSHOT && names->len < NAMES_MAX)
            g_ptr_array_add(names, g_strdup_printf("%s %s", answer->type, answer->name));
    }
    if (offline) {
        need(what, lines, report_has_finding(report, "dns-canceled") ? N_("DNS answers (canceled)")
                                                                     : N_("DNS answers (offline)"),
             "--dns FILE");
    } else if (lacking) {
        g_ptr_array_add(what, words_fill_list(N_("DNS answers that the snapshot lacks ({*})"),
                                              names));
        g_ptr_array_add(lines, g_strdup("--dns FILE"));
    }
    return offline;
}

static gboolean
any_signature(const Report *report, const char *reason)
{
    for (guint i = 0; i < report->dkim->len; i++)
        if (g_strcmp0(((const DkimResult *)report->dkim->pdata[i])->reason, reason) == 0)
            return TRUE;
    return FALSE;
}

/* Of a mail that is only in part here. */
static void
need_whole(const Report *report, GPtrArray *what, GPtrArray *lines)
{
    if (!identities_signatures_lost(report))
        return;
    g_ptr_array_add(what, words_text("signature-not-pasted", NULL));
    g_ptr_array_add(lines, words_fill(N_("the original, saved or forwarded as an attachment"), NULL));
}

static void
need_original(const Report *report, GPtrArray *what, GPtrArray *lines)
{
    const gboolean body = any_signature(report, "body-unavailable");

    if (!body && !any_signature(report, "text-repaired"))
        return;
    need(what, lines, body ? N_("the body (the header signature is valid)")
                           : N_("the message as it was sent (this text is not)"), NULL);
    g_ptr_array_add(lines, words_fill(body ? N_("the saved message, not its header alone")
                                           : N_("the original, saved or forwarded as an attachment"),
                                      NULL));
}

static void
need_all(const Report *report, GPtrArray *what, GPtrArray *lines, gboolean *lacks_dns)
{
    need_whole(report, what, lines);        /* which has the envelope, too */
    *lacks_dns = need_dns(report, what, lines);
    need_envelope(report, what, lines);
    need_original(report, what, lines);
}

/* What DNS failed to answer: nobody here can supply that. */
static char *
trouble(const Report *report)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < report->dns->len && names->len < NAMES_MAX; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        if (answer->status == DNS_SERVFAIL || answer->status == DNS_TIMEOUT ||
            answer->status == DNS_BOGUS)
            g_ptr_array_add(names, g_strdup_printf("%s %s (%s)", answer->type, answer->name,
                                                   dns_status_words[answer->status]));
    }
    return names->len > 0 ? words_fill_list(N_("No answer from DNS for {*}."), names) : NULL;
}

/* No record asks for anything, and whether the mail is the author's is open all the same. */
static gboolean
is_unexplained(const Report *report)
{
    return report_dmarc(report)->result == RESULT_NONE && report->from->domain && report->advice->len == 0;
}

char *
summary_missing(const Report *report, GPtrArray *lines, gboolean *lacks_dns)
{
    /* All authors that can be judged passed, and the others stay what they are. */
    static const char *const settled[] = { "several-authors", "author-unread", NULL };
    const DmarcResult *dmarc = report_dmarc(report);
    g_autoptr(GPtrArray) what = g_ptr_array_new_with_free_func(g_free);

    if (dmarc->result == RESULT_TEMPERROR)
        return trouble(report);
    if (is_unexplained(report)) {
        need_all(report, what, lines, lacks_dns);
        return what->len > 0 ? words_fill_list(N_("Missing: {*}."), what) : trouble(report);
    }
    if (dmarc->result != RESULT_UNKNOWN)
        return NULL;
    if (dmarc->reason && g_strv_contains(settled, dmarc->reason))
        return words_fill(N_("An author of From: cannot be judged, so that the others pass is no pass. Nothing that could be "
                             "supplied would change it."), NULL);
    if (no_author_is_reason(dmarc->reason)) {
        g_ptr_array_add(lines, words_fill(N_("the whole header, with From: as it was sent"), NULL));
    } else {
        need_all(report, what, lines, lacks_dns);
    }
    if (what->len > 0)
        return words_fill_list(N_("Missing: {*}."), what);
    g_autofree char *why = dmarc->reason ? words_text(dmarc->reason, NULL) : NULL;
    return why ? words_fill(N_("Missing: {0}."), why, NULL) : NULL;
}
