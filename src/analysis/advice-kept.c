/* advice-kept.c: advice on mail that somebody vouches for, kept.
 * SPDX-License-Identifier: MIT */
#include "analysis/advice-kept.h"

#include "advice/advice.h"
#include "analysis/trial-kept.h"
#include "auth/earlier.h"
#include "base/again-key.h"
#include "base/again.h"

typedef struct {
    DmarcResult *rfc9989, *rfc7489; /* held, as the answers: the key has their places in memory */
    GPtrArray   *answers;           /* DnsAnswer */
    GPtrArray   *advice;            /* Advice */
} Found;

static Again *
store_of(Resolver *resolver)
{
    return earlier_store(resolver, "advice");
}

/* ---- what it follows from ---- */

static gboolean
is_shared(const DmarcResult *result)
{
    return g_atomic_int_get(&result->shared.others) > 0;
}

/* Something aligned passed. Where SPF would vouch but failed, advice goes by the whole route. */
static gboolean
is_vouched(const Report *report)
{
    const GPtrArray *identifiers = report_identifiers(report);
    gboolean vouched = FALSE;

    for (guint i = 0; i < identifiers->len; i++) {
        const Identifier *identifier = identifiers->pdata[i];
        const Vouch vouch = advice_vouch(identifier, FALSE);
        if (vouch == VOUCH_FAILED && advice_is_spf(identifier))
            return FALSE;
        vouched = vouched || vouch == VOUCH_YES;
    }
    return vouched && !advice_believes(report);
}

static gboolean
can_be_kept(const Report *report, const AnalysisOptions *options)
{
    return edits_length(options->edits) == 0 && !options->proofs_later && report->advice->len == 0 && report->from->domain &&
           is_shared(report->dmarc->rfc9989) && is_shared(report->dmarc->rfc7489) && is_vouched(report);
}

static void
add_findings(GString *key, const Report *report)
{
    static const char *const ids[] = { "lookalike-domain", "lookalike-brand", "mixed-script", "display-name-address" };

    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
        again_key_number(key, report_has_finding(report, ids[i]));
    /* The cause names them. */
    again_key_text(key, report_finding_arg(report, "display-name-address", 0));
    again_key_text(key, report_finding_arg(report, "lookalike-domain", 1));
}

static void
add_spf(GString *key, const SpfResult *spf)
{
    again_key_number(key, spf->result);
    again_key_text(key, spf->record);
    again_key_text(key, spf->matched);
    again_key_number(key, spf->record_lookups);
}

static void
add_signatures(GString *key, const GPtrArray *signatures)
{
    again_key_number(key, signatures->len);
    for (guint i = 0; i < signatures->len; i++) {
        const DkimResult *signature = signatures->pdata[i];
        again_key_text(key, signature->domain);
        again_key_text(key, signature->selector);
        again_key_text(key, signature->algorithm);
        again_key_number(key, signature->key_bits);
        again_key_number(key, signature->unsigned_tail);
    }
}

/* By which a sending service, and its server, is known. */
static void
add_border(GString *key, const Report *report)
{
    const Hop *border = NULL;

    for (guint i = 0; i < report->route->len && !border; i++)
        if (((const Hop *)report->route->pdata[i])->border)
            border = report->route->pdata[i];
    again_key_text(key, report->envelope->client_ip->value);
    again_key_text(key, border ? border->ptr : NULL);
    again_key_text(key, border ? border->from : NULL);
    again_key_text(key, border ? border->helo : NULL);
}

/* Records of DMARC that DNS showed: some advice changes them. */
static gboolean
is_policy(const DnsAnswer *answer)
{
    return g_str_has_prefix(answer->name, "_dmarc.") && g_str_equal(answer->type, "TXT");
}

static void
add_answers(GString *key, const GPtrArray *answers)
{
    for (guint i = 0; i < answers->len; i++)
        if (is_policy(answers->pdata[i]))
            again_key_thing(key, answers->pdata[i]);
    again_key_thing(key, NULL);
}

/* NULL where nothing is kept of such a message. (transfer full) */
static char *
key_of(Resolver *resolver, const Report *report, const AnalysisOptions *options)
{
    if (!can_be_kept(report, options) || !store_of(resolver))
        return NULL;
    GString *key = g_string_sized_new(400);
    again_key_thing(key, report->dmarc->rfc9989);
    again_key_thing(key, report->dmarc->rfc7489);
    again_key_thing(key, options->providers);
    again_key_number(key, options->brief);
    again_key_text(key, report->from->domain);
    add_findings(key, report);
    add_spf(key, report->spf->mail_from);
    add_signatures(key, report->dkim);
    add_border(key, report);
    add_answers(key, report->dns);
    if (report->dmarc->rfc9989->result != RESULT_PASS)  /* else nothing is tried */
        trial_kept_known(report, options, key);
    return g_string_free(key, FALSE);
}

/* ---- kept ---- */

/* The steps that it names are looked for in each message's own tree. */
static gboolean
turns_the_same(const Found *found, const Report *report)
{
    for (guint i = 0; i < found->advice->len; i++)
        if (!advice_turns_the_same(report, found->advice->pdata[i]))
            return FALSE;
    return TRUE;
}

static gboolean
take(Resolver *resolver, const char *key, Report *report)
{
    const EarlierFound *kept = key ? again_find(store_of(resolver), key) : NULL;
    const Found *found = earlier_again(kept, resolver, NULL);

    if (!found || !turns_the_same(found, report))
        return FALSE;
    for (guint i = 0; i < found->advice->len; i++)
        g_ptr_array_add(report->advice, record_share(&advice_type, found->advice->pdata[i]));
    return TRUE;
}

static void
found_free(gpointer data)
{
    Found *found = data;

    record_free(&dmarc_result_type, found->rfc9989);
    record_free(&dmarc_result_type, found->rfc7489);
    g_ptr_array_unref(found->answers);
    g_ptr_array_unref(found->advice);
    g_free(found);
}

static void
free_answer(gpointer answer)
{
    record_free(&dns_answer_type, answer);
}

static void
free_advice(gpointer advice)
{
    record_free(&advice_type, advice);
}

static Found *
found_new(const Report *report)
{
    Found *found = g_new(Found, 1);

    found->rfc9989 = record_share(&dmarc_result_type, report->dmarc->rfc9989);
    found->rfc7489 = record_share(&dmarc_result_type, report->dmarc->rfc7489);
    found->answers = g_ptr_array_new_with_free_func(free_answer);
    for (guint i = 0; i < report->dns->len; i++)
        if (is_policy(report->dns->pdata[i]))
            g_ptr_array_add(found->answers, record_share(&dns_answer_type, report->dns->pdata[i]));
    found->advice = g_ptr_array_new_with_free_func(free_advice);
    for (guint i = 0; i < report->advice->len; i++)
        g_ptr_array_add(found->advice, record_share(&advice_type, report->advice->pdata[i]));
    return found;
}

void
advice_kept_find(Report *report, const AnalysisOptions *options, Resolver *resolver, ProveRun run, gpointer data)
{
    g_autofree char *key = key_of(resolver, report, options);

    if (!key) {
        prove_advice(report, options, resolver, run, data);
    } else if (!take(resolver, key, report)) {
        Earlier earlier = earlier_begin(resolver, NULL);
        const gboolean bound = !prove_advice(report, options, resolver, run, data);
        again_keep(store_of(resolver), key, earlier_hold(&earlier, bound ? NULL : found_new(report), found_free));
    }
}
