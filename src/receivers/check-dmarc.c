/* check-dmarc.c: rules about the name in From: alignment, DMARC, a receiver's own domains.
 * SPDX-License-Identifier: MIT */
#include "receivers/check.h"

#include "base/name.h"

static CheckAnswer
no_author(void)
{
    return check_answer(RESULT_UNKNOWN, "rule-no-author", NULL, NULL);
}

/* An identifier that proved the name, or that still may (`open`). */
static const Identifier *
vouching(const CheckInput *input, gboolean open)
{
    for (guint i = 0; i < input->identifiers->len; i++) {
        const Identifier *identifier = input->identifiers->pdata[i];
        const gboolean yes = identifier->authenticated == TRI_TRUE &&
                             identifier->aligned == TRI_TRUE;
        const gboolean maybe = identifier->authenticated != TRI_FALSE &&
                               identifier->aligned != TRI_FALSE;
        if (open ? maybe : yes)
            return identifier;
    }
    return NULL;
}

/* Google, FAQ: alignment is not asked of forwarded and list mail; how such mail is told is not
 * published, so the rule stays failed and says so. */
static gboolean
looks_forwarded(const CheckInput *input)
{
    return input->seen[SEEN_LIST_POST].count > 0 || input->report->arc->result == RESULT_PASS;
}

CheckAnswer
check_alignment(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    const char *author = input->report->from->domain;
    const Identifier *found = vouching(input, FALSE);

    if (!author)
        return no_author();
    if (found)
        return check_answer(RESULT_PASS, "rule-aligned", found->domain, author);
    found = vouching(input, TRUE);
    if (found)
        return check_answer(RESULT_UNKNOWN, "rule-alignment-open", found->domain, author);
    if (input->partial && input->report->dkim->len == 0)
        return check_answer(RESULT_UNKNOWN, "rule-partial", "DKIM-Signature", NULL);
    return check_answer(RESULT_FAIL,
                        looks_forwarded(input) ? "rule-unaligned-forwarded" : "rule-unaligned",
                        author, NULL);
}

CheckAnswer
check_dmarc_record(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    const DmarcResult *dmarc = report_dmarc(input->report);
    const char *author = input->report->from->domain;

    if (!author)
        return no_author();
    if (dmarc->policy || dmarc->applied)
        return check_answer(RESULT_PASS, "rule-record-found",
                            dmarc->record_domain ? dmarc->record_domain : author,
                            dmarc->policy ? dmarc->policy : dmarc->applied);
    if (dmarc->result != RESULT_NONE)
        return check_answer(RESULT_UNKNOWN, "rule-record-open", author, NULL);
    return check_answer(RESULT_FAIL, dmarc->record ? "rule-record-unusable" : "rule-record-none",
                        author, NULL);
}

CheckAnswer
check_dmarc(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    const DmarcResult *dmarc = report_dmarc(input->report);
    const char *author = input->report->from->domain ? input->report->from->domain : "?";

    switch (dmarc->result) {
    case RESULT_PASS:
        return check_answer(RESULT_PASS, "rule-dmarc-passed", author, NULL);
    case RESULT_FAIL:
        return check_answer(RESULT_FAIL, "rule-dmarc-failed", author, NULL);
    case RESULT_NONE:
        return input->report->from->domain
                   ? check_answer(RESULT_FAIL, "rule-dmarc-none", author, NULL)
                   : no_author();
    default:
        return check_answer(RESULT_UNKNOWN, "rule-dmarc-open", author,
                            result_words[dmarc->result]);
    }
}

/* Whether the policy asks for `what` and so speaks against this mail. */
static CheckAnswer
policy_asks(const CheckInput *input, const char *what)
{
    const DmarcResult *dmarc = report_dmarc(input->report);
    const char *author = input->report->from->domain ? input->report->from->domain : "?";
    const gboolean asks = g_strcmp0(dmarc->applied, what) == 0;

    if (dmarc->result == RESULT_PASS)
        return check_answer(RESULT_PASS, "rule-dmarc-passed", author, NULL);
    if (dmarc->result == RESULT_NONE)
        return check_answer(RESULT_SKIPPED, "rule-policy-no-record", author, NULL);
    if (dmarc->applied && !asks)
        return check_answer(RESULT_SKIPPED, "rule-policy-other", author, dmarc->applied);
    if (dmarc->result == RESULT_FAIL && asks)
        return check_answer(RESULT_FAIL, "rule-policy-asks", author, dmarc->applied);
    return check_answer(RESULT_UNKNOWN, "rule-dmarc-open", author, result_words[dmarc->result]);
}

CheckAnswer
check_dmarc_reject(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    return policy_asks(input, "reject");
}

CheckAnswer
check_dmarc_quarantine(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    return policy_asks(input, "quarantine");
}

/* The receiver's own domain in From: of a message that its own servers did not send. */
CheckAnswer
check_own_domain(const CheckInput *input, const RuleSpec *rule)
{
    const char *author = input->report->from->domain;
    gboolean own = FALSE;

    if (!author)
        return no_author();
    for (guint i = 0; rule->domains && rule->domains[i]; i++)
        own = own || g_str_equal(author, rule->domains[i]);
    if (!own)
        return check_answer(RESULT_SKIPPED, "rule-not-own-domain", author, NULL);
    if (vouching(input, FALSE))
        return check_answer(RESULT_PASS, "rule-own-domain-proved", author, NULL);
    if (vouching(input, TRUE))
        return check_answer(RESULT_UNKNOWN, "rule-own-domain-open", author, NULL);
    return check_answer(RESULT_FAIL, "rule-own-domain-borrowed", author, NULL);
}

/* RFC 8617, 5.2: a chain that is broken is as good as none. Mail that nobody forwarded needs
 * none. */
CheckAnswer
check_arc(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    switch (input->report->arc->result) {
    case RESULT_PASS:
        return check_answer(RESULT_PASS, "rule-arc-passed", NULL, NULL);
    case RESULT_FAIL:
        return check_answer(RESULT_FAIL, "rule-arc-failed", NULL, NULL);
    case RESULT_NONE:
        return check_answer(RESULT_SKIPPED, "rule-arc-none", NULL, NULL);
    default:
        return check_answer(RESULT_UNKNOWN, "rule-arc-open", NULL, NULL);
    }
}

/* A name below it that exists makes it exist (RFC 8020). */
Tri
check_name_exists(const Report *report, const char *name)
{
    Tri known = TRI_UNKNOWN;

    for (guint i = 0; name && i < report->dns->len; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        if (!answer->name || !name_is_within(answer->name, name))
            continue;
        if (answer->status == DNS_NOERROR || answer->status == DNS_NODATA)
            return TRI_TRUE;
        if (answer->status == DNS_NXDOMAIN && g_str_equal(answer->name, name))
            known = TRI_FALSE;
    }
    return known;
}

CheckAnswer
check_domain_exists(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    const char *names[] = { input->report->from->domain,
                            envelope_spf_domain(input->report->envelope) };
    const char *open = NULL;

    if (!names[0])
        return no_author();
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const Tri known = check_name_exists(input->report, names[i]);
        if (known == TRI_FALSE)
            return check_answer(RESULT_FAIL, "rule-domain-missing", names[i], NULL);
        if (known == TRI_UNKNOWN && !open)
            open = names[i] ? names[i] : "MAIL FROM";
    }
    if (open)
        return check_answer(RESULT_UNKNOWN, "rule-domain-open", open, NULL);
    return check_answer(RESULT_PASS, "rule-domain-exists", names[0], names[1]);
}
