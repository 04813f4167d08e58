/* check.c: the table of checks, and what they look at in a message.
 * SPDX-License-Identifier: MIT */
#include "receivers/check.h"

#include <string.h>

#include "base/lower.h"
#include "headers/identities.h"

const char *const seen_names[SEEN_KINDS + 1] = {
    "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID", "In-Reply-To",
    "References", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Post", "Return-Path", NULL
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

/* Without a record RFC 9989 has no reason to ask whose organization is whose; RFC 7489's
 * identifiers, by the public suffix list, say what a record would find. */
static const GPtrArray *
identifiers_of(const Report *report)
{
    const DmarcResult *dmarc = report_dmarc(report);
    const GPtrArray *listed = report->dmarc->rfc7489->identifiers;
    const gboolean no_record = g_strcmp0(dmarc->reason, "no-record") == 0;

    return no_record && listed->len > 0 ? listed : dmarc->identifiers;
}

static void
count_field(CheckInput *input, const char *name, gsize length, guint index)
{
    for (guint k = 0; k < SEEN_KINDS; k++) {
        const char *known = seen_names[k];
        if ((known[0] | 0x20) != (name[0] | 0x20) || strlen(known) != length ||
            !lower_same(known, name, length))
            continue;
        if (input->seen[k].count++ == 0)
            input->seen[k].first = index;
        return;
    }
}

/* A page's summary, or a few lines that somebody copied: a header without body and without
 * Received, or one that ends before From:. */
static gboolean
is_excerpt(const Report *report)
{
    const char *fidelity = report->source->fidelity ? report->source->fidelity : "";

    return g_str_equal(fidelity, "fragments") ||
           g_strcmp0(identities_author_lost(report), "author-not-pasted") == 0 ||
           (report->route->len == 0 &&
            (g_str_equal(fidelity, "headers") || g_str_equal(fidelity, "reflowed")));
}

void
check_look(const Message *message, const Report *report, CheckInput *input)
{
    *input = (CheckInput){ .report = report, .message = message,
                           .identifiers = identifiers_of(report) };
    if (!message)
        return;
    gsize size;
    const char *bytes = g_bytes_get_data(message_raw(message), &size);

    input->partial = is_excerpt(report);
    for (guint i = 0; i < message_n_fields(message); i++) {
        const Span name = message_field(message, i)->name;
        if (name.start < name.end && name.end <= size)
            count_field(input, bytes + name.start, name.end - name.start, i);
    }
}

/* ---- the table ---- */

const ReceiverCheck receiver_checks[] = {
    { "spf", check_spf, FALSE, FALSE, FALSE },
    { "dkim", check_dkim, FALSE, FALSE, FALSE },
    { "spf-or-dkim", check_either, FALSE, FALSE, FALSE },
    { "dkim-key", check_dkim_key, TRUE, FALSE, FALSE },
    { "alignment", check_alignment, FALSE, FALSE, FALSE },
    { "dmarc-record", check_dmarc_record, FALSE, FALSE, FALSE },
    { "dmarc", check_dmarc, FALSE, FALSE, FALSE },
    { "dmarc-reject", check_dmarc_reject, FALSE, FALSE, FALSE },
    { "dmarc-quarantine", check_dmarc_quarantine, FALSE, FALSE, FALSE },
    { "own-domain", check_own_domain, FALSE, TRUE, FALSE },
    { "arc", check_arc, FALSE, FALSE, FALSE },
    { "domain-exists", check_domain_exists, FALSE, FALSE, FALSE },
    { "tls", check_tls, FALSE, FALSE, FALSE },
    { "ptr", check_ptr, FALSE, FALSE, FALSE },
    { "one-click", check_one_click, FALSE, FALSE, FALSE },
    { "unsubscribe", check_unsubscribe, FALSE, FALSE, FALSE },
    { "single-from", check_single_from, FALSE, FALSE, FALSE },
    { "message-id", check_message_id, FALSE, FALSE, TRUE },
    { "format", check_format, FALSE, FALSE, FALSE },
    { "encoded-words", check_encoded_words, FALSE, FALSE, FALSE },
    { "idn", check_idn, FALSE, FALSE, FALSE },
    { "elsewhere", check_elsewhere, FALSE, FALSE, FALSE },
};

const ReceiverCheck *
receiver_check_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(receiver_checks); i++)
        if (g_str_equal(receiver_checks[i].name, name))
            return &receiver_checks[i];
    return NULL;
}
