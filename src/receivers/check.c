/* check.c: the table of checks, and what they look at in a message.
 * SPDX-License-Identifier: MIT */
#include "receivers/check.h"

#include "headers/no-author.h"

const char *const seen_names[SEEN_KINDS] = {
    "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID", "In-Reply-To", "References",
    "List-Unsubscribe", "List-Unsubscribe-Post", "List-Post", "Return-Path"
};

CheckAnswer
check_answer(Result result, const char *reason, const char *first, const char *second)
{
    return (CheckAnswer){ result, reason, { g_strdup(first), first ? g_strdup(second) : NULL } };
}

CheckAnswer
check_no_message(void)
{
    return check_answer(RESULT_SKIPPED, "rule-no-message", NULL, NULL);
}

char *
check_value(const CheckInput *input, SeenField kind)
{
    return field_value(input->message, message_field(input->message, input->seen[kind].first));
}

/* What no single message shows. */
static CheckAnswer
check_elsewhere(const CheckInput *input, const RuleSpec *rule)
{
    (void)input;
    (void)rule;
    return check_answer(RESULT_SKIPPED, "rule-elsewhere", NULL, NULL);
}

static void
count_fields(const Message *message, const char *name, Seen *seen)
{
    for (int at = message_find(message, name, 0); at >= 0; at = message_find(message, name, (guint)at + 1))
        if (seen->count++ == 0)
            seen->first = (guint)at;
}

/* A page's summary, or a few lines that somebody copied: a header without body and without
 * Received, or one that ends before From:. */
static gboolean
is_excerpt(const Report *report)
{
    const char *fidelity = report->source->fidelity ? report->source->fidelity : "";
    const NoAuthor *none = no_author_find(report);

    return g_str_equal(fidelity, "fragments") || (none && none->lack == AUTHOR_NOT_PASTED) ||
           (report->route->len == 0 &&
            (g_str_equal(fidelity, "headers") || g_str_equal(fidelity, "reflowed")));
}

void
check_look(const Message *message, const Report *report, CheckInput *input)
{
    *input = (CheckInput){ .report = report, .message = message,
                           .identifiers = report_identifiers(report) };
    if (!message)
        return;
    input->partial = is_excerpt(report);
    for (guint i = 0; i < SEEN_KINDS; i++)
        count_fields(message, seen_names[i], &input->seen[i]);
}

/* ---- the table ---- */

const ReceiverCheck receiver_checks[] = {
    { "spf", check_spf, FALSE, FALSE, LOOKS_AT_NAMES },
    { "dkim", check_dkim, FALSE, FALSE, LOOKS_AT_NAMES },
    { "spf-or-dkim", check_either, FALSE, FALSE, LOOKS_AT_NAMES },
    { "dkim-key", check_dkim_key, TRUE, FALSE, LOOKS_AT_NAMES },
    { "alignment", check_alignment, FALSE, FALSE, LOOKS_AT_NAMES },
    { "dmarc-record", check_dmarc_record, FALSE, FALSE, LOOKS_AT_NAMES },
    { "dmarc", check_dmarc, FALSE, FALSE, LOOKS_AT_NAMES },
    { "dmarc-reject", check_dmarc_reject, FALSE, FALSE, LOOKS_AT_NAMES },
    { "dmarc-quarantine", check_dmarc_quarantine, FALSE, FALSE, LOOKS_AT_NAMES },
    { "own-domain", check_own_domain, FALSE, TRUE, LOOKS_AT_NAMES },
    { "arc", check_arc, FALSE, FALSE, LOOKS_AT_NAMES },
    { "domain-exists", check_domain_exists, FALSE, FALSE, LOOKS_AT_NAMES },
    { "tls", check_tls, FALSE, FALSE, LOOKS_AT_MESSAGE },
    { "ptr", check_ptr, FALSE, FALSE, LOOKS_AT_MESSAGE },
    { "one-click", check_one_click, FALSE, FALSE, LOOKS_AT_MESSAGE },
    { "unsubscribe", check_unsubscribe, FALSE, FALSE, LOOKS_AT_MESSAGE },
    { "single-from", check_single_from, FALSE, FALSE, LOOKS_AT_MESSAGE },
    { "message-id", check_message_id, FALSE, FALSE, LOOKS_AT_OWN_WORDS },
    { "format", check_format, FALSE, FALSE, LOOKS_AT_MESSAGE },
    { "encoded-words", check_encoded_words, FALSE, FALSE, LOOKS_AT_MESSAGE },
    { "idn", check_idn, FALSE, FALSE, LOOKS_AT_NAMES },
    { "elsewhere", check_elsewhere, FALSE, FALSE, LOOKS_AT_NAMES },
};

const ReceiverCheck *
receiver_check_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(receiver_checks); i++)
        if (g_str_equal(receiver_checks[i].name, name))
            return &receiver_checks[i];
    return NULL;
}
