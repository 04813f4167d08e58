/* summary-sentence.c: the verdict as sentences about names: who speaks, who vouches, who asks.
 * SPDX-License-Identifier: MIT */
#include "advice/summary-part.h"

#include "advice/advice.h"
#include "base/translate.h"
#include "headers/authres.h"
#include "headers/no-author.h"
#include "tree/words.h"

/* Domains and DNS questions that a sentence names before it says "…". */
#define LIST_MAX 3

char *
summary_join(const GPtrArray *names)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < names->len; i++) {
        g_autofree char *name = NULL;
        if (i == 0)
            name = g_strdup(names->pdata[i]);
        else if (i + 1 == names->len)
            name = words_fill(N_(" and {0}"), names->pdata[i], NULL);
        else
            name = words_fill(N_(", {0}"), names->pdata[i], NULL);
        g_string_append(out, name);
    }
    return g_string_free(out, FALSE);
}

const char *
summary_claimant(const Report *report)
{
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        if (header->topmost_block && header->authserv_id)
            return header->authserv_id;
    }
    return _("the receiving host");
}

char *
summary_two(char *first, char *second)
{
    /* TRANSLATORS: two sentences, one behind the other */
    char *both = first && second ? words_fill(N_("{0} {1}"), first, second, NULL) : NULL;

    if (!both)
        return first ? first : second ? second : g_strdup("");
    g_free(first);
    g_free(second);
    return both;
}

/* What the owner of the record asks receivers to do with this mail; NULL where nobody knows. */
static char *
asks(const DmarcResult *dmarc)
{
    if (!dmarc->applied || !dmarc->record_domain)
        return NULL;
    if (g_str_equal(dmarc->applied, "reject"))
        return words_fill(N_("{0} asks: REJECT such mail."), dmarc->record_domain, NULL);
    if (g_str_equal(dmarc->applied, "quarantine"))
        return words_fill(N_("{0} asks: treat such mail as suspicious (QUARANTINE)."),
                          dmarc->record_domain, NULL);
    return words_fill(N_("{0} asks for nothing (policy none)."), dmarc->record_domain, NULL);
}

static char *
fail_sentence(const Report *report)
{
    const char *author = report->from->domain;
    g_autoptr(GPtrArray) others = advice_others(report);
    g_autofree char *names = summary_join(others);
    char *speaks;

    if (others->len == 0)
        speaks = words_fill(N_("This mail speaks in the name of {0} (From:), but nothing in it "
                               "proves that {0} vouches for it."), author, NULL);
    else if (others->len == 1)
        speaks = words_fill(N_("This mail speaks in the name of {0} (From:), but only {1} "
                               "vouches for it."), author, names, NULL);
    else
        speaks = words_fill(N_("This mail speaks in the name of {0} (From:), but only {1} "
                               "vouch for it."), author, names, NULL);
    return summary_two(speaks, asks(report_dmarc(report)));
}

/* Without a record nothing is asked; what would come out with one is still worth knowing. */
static char *
none_sentence(const Report *report)
{
    const char *author = report->from->domain;
    g_autoptr(GPtrArray) dkim = g_ptr_array_new();
    g_autoptr(GPtrArray) others = advice_others(report);
    const char *spf;
    char *record, *would;

    if (g_strcmp0(report_dmarc(report)->reason, "record-invalid") == 0)
        record = words_fill(N_("The DMARC record for {0} is not valid, so it counts for nothing."),
                            author, NULL);
    else
        record = words_fill(N_("{0} (From:) has no DMARC record: it asks nobody to check its "
                               "name."), author, NULL);
    summary_vouching(report, &spf, dkim);
    if (spf && !g_ptr_array_find_with_equal_func(dkim, spf, g_str_equal, NULL))
        g_ptr_array_insert(dkim, 0, (gpointer)spf);
    const gboolean own = dkim->len > 0;
    g_autofree char *names = summary_join(own ? dkim : others);
    if (own)
        would = words_fill(N_("With one, this mail would pass: {0} was proved."), names, NULL);
    else if (others->len > 0)
        would = words_fill(N_("With one, it would fail: only {0} was proved."), names, NULL);
    else
        would = words_fill(N_("Nothing was proved that would stand for it."), NULL);
    return summary_two(record, would);
}

/* It said that DMARC passed, of names that cannot have made it pass. (INTERFACE.md has `claimed` go by the names.) */
static gboolean
claimant_contradicts_itself(const Report *report)
{
    const ReportedResult *dmarc = authres_claim(report, "dmarc");

    return report_dmarc(report)->claimed == RESULT_FAIL && dmarc && g_str_equal(dmarc->result, "pass");
}

static char *
unknown_sentence(const Report *report)
{
    const DmarcResult *dmarc = report_dmarc(report);
    char *open = words_fill(N_("Whether {0} (From:) vouches for this mail cannot be known from "
                               "what is at hand."), report->from->domain, NULL);

    if (dmarc->claimed == RESULT_UNKNOWN)
        return open;
    if (claimant_contradicts_itself(report))
        return summary_two(open, words_fill(N_("{0} said DMARC pass, but by the names that it found proved it would be fail: none "
                                               "of them belongs to {1}."),
                                            summary_claimant(report), report->from->domain, NULL));
    return summary_two(open, words_fill(N_("If {0} is right: {1}."), summary_claimant(report),
                                words_result((Result)dmarc->claimed), NULL));
}

static char *
several_sentence(const Report *report)
{
    const GPtrArray *each = report_dmarc(report)->per_domain;
    g_autoptr(GPtrArray) verdicts = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *count = g_strdup_printf("%u", report->from->domains->len);

    for (guint i = 0; i < each->len && i < LIST_MAX; i++) {
        const DmarcPerDomain *one = each->pdata[i];
        g_ptr_array_add(verdicts, g_strdup_printf("%s: %s", one->domain,
                                                  words_result((Result)one->result)));
    }
    if (verdicts->len > 0 && report->from->domains->len > verdicts->len)
        g_ptr_array_add(verdicts, words_more(report->from->domains->len, verdicts->len));
    g_autofree char *list = words_fill_list(N_("Each by itself: {*}."), verdicts);
    const char *whose = report->from->domains->len > 1
                            ? N_("From: speaks in the name of {0} domains, and DMARC is made for one.")
                        : report_has_finding(report, "from-field-empty")
                            ? N_("One From: field names nobody, beside one that does.")
                            : N_("From: names an author whose domain cannot be read, beside one whose can.");
    return summary_two(words_fill(whose, count, NULL), verdicts->len > 0 ? g_steal_pointer(&list) : NULL);
}

static char *
author_sentence(const NoAuthor *none)
{
    static const char *const sentences[] = {
        [AUTHOR_UNNAMED] = N_("From: names no domain that could be asked, so there is no name to prove."),
        [AUTHOR_REDACTED] = N_("The address in From: was made unreadable, so nobody can tell whose name is to be proved."),
        [AUTHOR_NOT_PASTED] = N_("From: is not in this text, so nobody can tell whose name is to be proved."),
        [AUTHOR_GARBLED] = N_("From: cannot be read in this text, which is not as it was sent, so nobody can tell whose name is to be "
                              "proved."),
    };

    return words_fill(sentences[none->lack], NULL);
}

char *
summary_sentence(const Report *report)
{
    const NoAuthor *none = no_author_find(report);

    if (!report->from->domain)
        return none ? author_sentence(none) : several_sentence(report);
    switch (report_dmarc(report)->result) {
    case RESULT_PASS:
        return summary_pass(report);
    case RESULT_FAIL:
        return fail_sentence(report);
    case RESULT_NONE: case RESULT_PERMERROR:
        return none_sentence(report);
    case RESULT_TEMPERROR:
        return words_fill(N_("DNS gave no answer, so it stays open whether {0} (From:) vouches for "
                             "this mail. That is no fail: try again later."),
                          report->from->domain, NULL);
    default:
        return unknown_sentence(report);
    }
}

/* ---- the policy ---- */

/* "p=reject", and what is left of it in a test (RFC 9989, 4.7: t=y). */
static char *
policy_words(const DmarcResult *dmarc)
{
    g_autofree char *stated = NULL;

    if (g_strcmp0(dmarc->policy_tag, "forced") == 0)
        stated = words_fill(N_("{0}, for want of a valid one"), dmarc->policy, NULL);
    else
        stated = g_strdup_printf("%s=%s", dmarc->policy_tag ? dmarc->policy_tag : "p",
                                 dmarc->policy);
    if (!dmarc->applied || g_str_equal(dmarc->applied, dmarc->policy))
        return g_steal_pointer(&stated);
    return words_fill(N_("{0}, in test: {1}"), stated, dmarc->applied, NULL);
}

static gboolean
is_form(const Report *report)
{
    const Advice *first = report->advice->len > 0 ? report->advice->pdata[0] : NULL;

    return first && g_strcmp0(first->pattern, "web-form-visitor") == 0;
}

static char *
policy_sentence(const Report *report)
{
    const DmarcResult *dmarc = report_dmarc(report);

    if (g_strcmp0(dmarc->reason, "trusted-report") == 0 && dmarc->result != RESULT_NONE)
        return words_fill(N_("Policy: not known, since the record could not be looked up."), NULL);
    if (!dmarc->record_domain || !dmarc->policy) {
        g_autofree char *why = dmarc->reason ? words_text(dmarc->reason, NULL) : g_strdup("-");
        return words_fill(dmarc->result == RESULT_NONE
                              ? N_("Policy: no DMARC record asks for anything.")
                              : N_("Policy: not known ({0})."), why, NULL);
    }
    g_autofree char *policy = policy_words(dmarc);
    if (dmarc->result == RESULT_PASS)
        return words_fill(N_("Policy: that of {0} ({1}). The mail passed, so it asks for nothing."),
                          dmarc->record_domain, policy, NULL);
    if (g_strcmp0(dmarc->applied, "none") == 0)
        return words_fill(N_("Policy: that of {0} ({1}): it asks for nothing. The receiver "
                             "decides."),
                          dmarc->record_domain, policy, NULL);
    if (is_form(report))
        return words_fill(N_("Policy: the visitor's ({0}, {1}). The receiver decides."),
                          dmarc->record_domain, policy, NULL);
    return words_fill(N_("Policy: that of {0} ({1}). The receiver decides."),
                      dmarc->record_domain, policy, NULL);
}

char *
summary_policy(const Report *report)
{
    const DmarcResult *legacy = report->dmarc->rfc7489;
    char *policy = policy_sentence(report);

    if (!report->dmarc->differ || report_dmarc(report) == legacy)
        return policy;
    if (!legacy->applied)
        return summary_two(policy, words_fill(N_("By the older RFC 7489: {0}."),
                                      words_result((Result)legacy->result), NULL));
    return summary_two(policy, words_fill(N_("By the older RFC 7489: {0}, policy {1}."),
                                  words_result((Result)legacy->result), legacy->applied, NULL));
}
