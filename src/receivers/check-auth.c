/* check-auth.c: rules about SPF and DKIM.
 * SPDX-License-Identifier: MIT */
#include "receivers/check.h"

#include "base/room.h"

/* ---- SPF ---- */

static gboolean
is_spf(const Identifier *identifier)
{
    return g_strcmp0(identifier->mechanism, "spf") == 0;
}

static const Identifier *
spf_identifier(const CheckInput *input)
{
    for (guint i = 0; i < input->identifiers->len; i++)
        if (is_spf(input->identifiers->pdata[i]))
            return input->identifiers->pdata[i];
    return NULL;
}

/* RFC 7208, 2.6: what is no answer of the domain's owner is no failure either. */
static Tri
tri_of(int result)
{
    if (result == RESULT_PASS)
        return TRI_TRUE;
    return result == RESULT_UNKNOWN || result == RESULT_TEMPERROR ? TRI_UNKNOWN : TRI_FALSE;
}

static CheckAnswer
spf_open(const SpfResult *spf)
{
    if (spf->result == RESULT_TEMPERROR)
        return check_answer(RESULT_UNKNOWN, "rule-spf-dns", spf->domain, NULL);
    if (!spf->reason)
        return check_answer(RESULT_UNKNOWN, "rule-spf-unknown", NULL, NULL);
    return check_answer(RESULT_UNKNOWN, "rule-spf-missing", spf->reason, spf->domain);
}

CheckAnswer
check_spf(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    const SpfResult *spf = input->report->spf->mail_from;
    const Identifier *identifier = spf_identifier(input);
    const Tri passed = identifier ? (Tri)identifier->authenticated : tri_of(spf->result);
    const char *domain = identifier && identifier->domain ? identifier->domain
                         : spf->domain                    ? spf->domain
                                                          : "?";

    if (passed == TRI_UNKNOWN)
        return spf_open(spf);
    if (identifier && identifier->basis == PROVENANCE_REPORTED)
        return check_answer(passed == TRI_TRUE ? RESULT_PASS : RESULT_FAIL,
                            passed == TRI_TRUE ? "rule-spf-passed-reported"
                                               : "rule-spf-failed-reported",
                            domain, identifier->reported);
    if (passed == TRI_TRUE)
        return check_answer(RESULT_PASS, "rule-spf-passed", domain, NULL);
    if (spf->result == RESULT_NONE)
        return check_answer(RESULT_FAIL, "rule-spf-none", domain, NULL);
    return check_answer(RESULT_FAIL, "rule-spf-failed", domain, result_words[spf->result]);
}

/* ---- DKIM ---- */

static Tri
tri_of_signature(const DkimResult *signature)
{
    return signature->key_gone ? TRI_UNKNOWN : tri_of(signature->result);
}

Tri
check_signature(const CheckInput *input, guint index)
{
    for (guint i = 0; i < input->identifiers->len; i++) {
        const Identifier *identifier = input->identifiers->pdata[i];
        if (!is_spf(identifier) && identifier->signature == (gint64)index)
            return (Tri)identifier->authenticated;
    }
    return tri_of_signature(input->report->dkim->pdata[index]);
}

/* The first that passed, told by a trusted host or recomputed; else the first that is open. */
static const Identifier *
best_reported(const CheckInput *input, Tri wanted)
{
    for (guint i = 0; i < input->identifiers->len; i++) {
        const Identifier *identifier = input->identifiers->pdata[i];
        if (!is_spf(identifier) && identifier->signature == RECORD_UNSET &&
            (Tri)identifier->authenticated == wanted)
            return identifier;
    }
    return NULL;
}

static int
first_signature(const CheckInput *input, Tri wanted)
{
    for (guint i = 0; i < input->report->dkim->len; i++)
        if (check_signature(input, i) == wanted)
            return (int)i;
    return -1;
}

static CheckAnswer
dkim_of(const DkimResult *signature, Tri passed)
{
    const char *domain = signature->domain ? signature->domain : "?";
    const char *reason = signature->reason ? signature->reason : "syntax";

    if (passed == TRI_TRUE)
        return check_answer(RESULT_PASS, "rule-dkim-passed", domain, NULL);
    if (passed == TRI_UNKNOWN && signature->key_gone)
        return check_answer(RESULT_UNKNOWN, "rule-dkim-key-gone", domain, NULL);
    return passed == TRI_FALSE ? check_answer(RESULT_FAIL, "rule-dkim-failed", reason, domain)
                               : check_answer(RESULT_UNKNOWN, "rule-dkim-unknown", reason, domain);
}

CheckAnswer
check_dkim(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    static const Tri order[] = { TRI_TRUE, TRI_UNKNOWN, TRI_FALSE };

    for (gsize i = 0; i < G_N_ELEMENTS(order); i++) {
        const int index = first_signature(input, order[i]);
        const Identifier *told = best_reported(input, order[i]);
        if (index >= 0)
            return dkim_of(input->report->dkim->pdata[index], order[i]);
        if (told && order[i] == TRI_TRUE)
            return check_answer(RESULT_PASS, "rule-dkim-passed-reported", told->domain, NULL);
        if (told)
            return check_answer(order[i] == TRI_FALSE ? RESULT_FAIL : RESULT_UNKNOWN,
                                order[i] == TRI_FALSE ? "rule-dkim-failed-reported"
                                                      : "rule-dkim-not-here",
                                told->domain, NULL);
    }
    if (input->partial)
        return check_answer(RESULT_UNKNOWN, "rule-partial", "DKIM-Signature", NULL);
    return check_answer(RESULT_FAIL, "rule-dkim-none", NULL, NULL);
}

/* ---- both, and keys ---- */

static void
forget(CheckAnswer *answer)
{
    for (gsize i = 0; i < G_N_ELEMENTS(answer->args); i++)
        g_clear_pointer(&answer->args[i], g_free);
}

CheckAnswer
check_either(const CheckInput *input, const RuleSpec *rule)
{
    CheckAnswer spf = check_spf(input, rule);
    CheckAnswer dkim = check_dkim(input, rule);

    const gboolean dkim_decides = dkim.result == RESULT_PASS ||
                                  (dkim.result == RESULT_UNKNOWN && spf.result == RESULT_FAIL);
    if (dkim_decides) {
        forget(&spf);
        return dkim;
    }
    forget(&dkim);
    if (spf.result != RESULT_FAIL)
        return spf;
    forget(&spf);
    return check_answer(RESULT_FAIL, "rule-neither", NULL, NULL);
}

/* RFC 8301, 3.2 speaks of RSA; an Ed25519 key has one length only. */
CheckAnswer
check_dkim_key(const CheckInput *input, const RuleSpec *rule)
{
    const DkimResult *short_one = NULL, *other = NULL;

    if (!input->message)
        return check_no_message();
    for (guint i = 0; i < input->report->dkim->len; i++) {
        const DkimResult *signature = input->report->dkim->pdata[i];
        const gboolean rsa = signature->algorithm && g_str_has_prefix(signature->algorithm, "rsa");
        const gboolean weak = g_strcmp0(signature->reason, "key-weak") == 0;
        const gboolean imagined = signature->provenance == PROVENANCE_ASSUMED &&
                                  signature->key_bits == RECORD_UNSET;
        if (imagined || (!weak && check_signature(input, i) != TRI_TRUE))
            continue;
        g_autofree char *bits = room_int_text(signature->key_bits);
        if (!weak && rsa && signature->key_bits >= (gint64)rule->least)
            return check_answer(RESULT_PASS, "rule-key-long", signature->domain, bits);
        if (rsa && signature->key_bits != RECORD_UNSET && !short_one)
            short_one = signature;
        else if (!other)
            other = signature;
    }
    if (short_one) {
        g_autofree char *bits = room_int_text(short_one->key_bits);
        CheckAnswer answer = check_answer(RESULT_FAIL, "rule-key-short", short_one->domain, bits);
        answer.args[2] = room_int_text(rule->least);
        return answer;
    }
    if (other)
        return check_answer(RESULT_UNKNOWN, "rule-key-unknown", other->domain, NULL);
    return check_answer(RESULT_SKIPPED, "rule-key-none", NULL, NULL);
}
