/* receivers.c: asks each rule of each profile, and says what follows.
 * SPDX-License-Identifier: MIT */
#include "receivers/receivers.h"

#include "receivers/check.h"
#include "receivers/kept.h"

typedef struct {
    CheckAnswer answer;     /* no reason: not asked yet */
    KeptAnswer *kept;
} Asked;

typedef struct {
    CheckInput    input;
    Asked        *asked;    /* by slot */
    KeptVerdicts *kept;     /* or NULL */
} Judge;

static const Asked *
ask(Judge *judge, const RuleSpec *rule)
{
    Asked *asked = &judge->asked[rule->slot];

    if (!asked->answer.reason) {
        asked->answer = rule->check->ask(&judge->input, rule);
        asked->kept = judge->kept && !rule->check->own_words ? kept_answer(judge->kept, rule->slot, &asked->answer) : NULL;
    }
    return asked;
}

static const RuleSpec *
find_rule(const Profile *profile, const char *id)
{
    for (guint i = 0; i < profile->rules->len; i++) {
        const RuleSpec *rule = profile->rules->pdata[i];
        if (g_str_equal(rule->id, id))
            return rule;
    }
    return NULL;
}

/* "SPF or DKIM": of two rules that stand for each other one is enough. */
static gboolean
is_replaced(Judge *judge, const Profile *profile, const RuleSpec *rule, Result *result)
{
    const RuleSpec *other = rule->instead ? find_rule(profile, rule->instead) : NULL;

    if (!other || *result == RESULT_PASS)
        return FALSE;
    const Result instead = ask(judge, other)->answer.result;
    if (instead == RESULT_PASS) {
        *result = RESULT_SKIPPED;
        return TRUE;
    }
    if (instead == RESULT_UNKNOWN && *result == RESULT_FAIL) {
        *result = RESULT_UNKNOWN;
        return TRUE;
    }
    return FALSE;
}

/* What a failure would cost is told where it is one, or may be. */
static void
tell_consequence(const RuleSpec *rule, ReceiverRule *verdict)
{
    verdict->code = rule->code;
    verdict->clash = rule->clash;
    verdict->since = rule->since;
}

static void
tell_reason(const RuleSpec *rule, const CheckAnswer *answer, gboolean replaced,
            ReceiverRule *verdict)
{
    if (replaced) {
        verdict->reason = verdict->result == RESULT_SKIPPED ? "rule-instead" : "rule-instead-open";
        verdict->args[0] = g_strdup(rule->instead);
        return;
    }
    verdict->reason = answer->reason;
    for (gsize i = 0; i < G_N_ELEMENTS(answer->args) && answer->args[i]; i++)
        verdict->args[i] = g_strdup(answer->args[i]);
}

static ReceiverRule *
make_verdict(const Profile *profile, const KeptCase *found, const CheckAnswer *answer)
{
    const RuleSpec *rule = found->rule;
    ReceiverRule *verdict = record_new(&receiver_rule_type);

    verdict->id = rule->id;
    verdict->result = (int)found->result;
    verdict->effect = (int)rule->effect;
    verdict->source = rule->source ? rule->source : profile->source;
    verdict->title = g_strdup(rule->title);
    if (!g_str_equal(rule->check->name, rule->id))
        verdict->check = rule->check->name;
    if (found->result == RESULT_FAIL || found->result == RESULT_UNKNOWN)
        tell_consequence(rule, verdict);
    tell_reason(rule, answer, found->replaced, verdict);
    return verdict;
}

static ReceiverRule *
judge_rule(Judge *judge, const Profile *profile, const RuleSpec *rule)
{
    const Asked *asked = ask(judge, rule);
    KeptCase found = { rule, asked->answer.result, FALSE };

    found.replaced = is_replaced(judge, profile, rule, &found.result);
    ReceiverRule *verdict = asked->kept ? kept_verdict(asked->kept, &found) : NULL;
    if (verdict)
        return record_share(&receiver_rule_type, verdict);
    verdict = make_verdict(profile, &found, &asked->answer);
    if (asked->kept)
        kept_add(asked->kept, &found, verdict);
    return verdict;
}

/* What costs only support, or is advice, does not decide. */
static void
count_in(ReceiverVerdict *verdict, const RuleSpec *rule, const ReceiverRule *one)
{
    if (rule->effect > EFFECT_SPAM)
        return;
    if (one->result == RESULT_FAIL) {
        if (!verdict->code && rule->effect == EFFECT_REJECT)
            verdict->code = rule->code;
        verdict->result = RESULT_FAIL;
    } else if (one->result == RESULT_UNKNOWN && verdict->result != RESULT_FAIL) {
        verdict->result = RESULT_UNKNOWN;
    }
}

static ReceiverVerdict *
make_profile(Judge *judge, const Profile *profile)
{
    ReceiverVerdict *verdict = record_new(&receiver_verdict_type);

    verdict->profile = profile->id;
    verdict->as_of = profile->as_of;
    verdict->name = profile->name ? profile->name : profile->id;
    verdict->result = RESULT_PASS;
    for (guint i = 0; i < profile->rules->len; i++) {
        const RuleSpec *rule = profile->rules->pdata[i];
        ReceiverRule *one = judge_rule(judge, profile, rule);
        g_ptr_array_add(verdict->rules, one);
        count_in(verdict, rule, one);
    }
    return verdict;
}

/* More rules than any receiver has; the files may be anybody's. */
#define RULES_USUAL 64

/* What is kept of its answers, where all of them are; else NULL. */
static KeptProfile *
find_profile(Judge *judge, const Profile *profile)
{
    KeptAnswer *answers[RULES_USUAL];

    if (!judge->kept || profile->rules->len > RULES_USUAL)
        return NULL;
    for (guint i = 0; i < profile->rules->len; i++) {
        answers[i] = ask(judge, profile->rules->pdata[i])->kept;
        if (!answers[i])
            return NULL;
    }
    return kept_profile(judge->kept, profile, answers);
}

static ReceiverVerdict *
judge_profile(Judge *judge, const Profile *profile)
{
    KeptProfile *kept = find_profile(judge, profile);
    ReceiverVerdict *verdict = kept ? kept_profile_verdict(kept) : NULL;

    if (verdict)
        return record_share(&receiver_verdict_type, verdict);
    verdict = make_profile(judge, profile);
    if (kept)
        kept_profile_add(kept, verdict);
    return verdict;
}

void
receivers_judge(const ReceiverRules *rules, const Message *message, Report *report)
{
    if (!rules || rules->profiles->len == 0)
        return;
    Judge judge = { .asked = g_new0(Asked, rules->slots), .kept = rules->kept };

    check_look(message, report, &judge.input);
    for (guint i = 0; i < rules->profiles->len; i++)
        g_ptr_array_add(report->receivers, judge_profile(&judge, rules->profiles->pdata[i]));
    for (guint i = 0; i < rules->slots; i++)
        for (gsize a = 0; a < G_N_ELEMENTS(judge.asked[i].answer.args); a++)
            g_free(judge.asked[i].answer.args[a]);
    g_free(judge.asked);
    if (judge.kept)
        kept_make_room(judge.kept);
}
