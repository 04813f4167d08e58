/* receivers.c: asks each rule of each profile, and says what follows.
 * SPDX-License-Identifier: MIT */
#include "receivers/receivers.h"

#include "receivers/check.h"
#include "receivers/kept.h"
#include "receivers/names-key.h"

typedef struct {
    const RuleSpec    *rule;        /* one of those that ask it */
    const CheckAnswer *answer;      /* NULL: not asked yet */
    KeptAnswer        *kept;        /* or NULL; where it has words of its own, of the same without them */
    CheckLooks         looks;
    CheckAnswer        own;         /* where this message was asked itself */
} Asked;

typedef struct {
    CheckInput    input;
    Asked        *asked;    /* by slot */
    KeptVerdicts *kept;     /* or NULL */
} Judge;

static void
ask_message(const Judge *judge, const RuleSpec *rule, Asked *asked)
{
    asked->rule = rule;
    asked->own = rule->check->ask(&judge->input, rule);
    asked->answer = &asked->own;
    asked->looks = rule->check->looks;
    if (!judge->kept)
        return;
    const CheckAnswer wordless = { .result = asked->own.result, .reason = asked->own.reason };
    asked->kept = kept_answer(judge->kept, rule->slot, asked->looks == LOOKS_AT_OWN_WORDS ? &wordless : &asked->own);
}

static inline const Asked *
ask(Judge *judge, const RuleSpec *rule)
{
    Asked *asked = &judge->asked[rule->slot];

    if (!asked->answer)
        ask_message(judge, rule, asked);
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
    const Result instead = ask(judge, other)->answer->result;
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
    KeptAnswer *kept = asked->looks == LOOKS_AT_OWN_WORDS ? NULL : asked->kept;
    KeptCase found = { rule, asked->answer->result, FALSE };

    found.replaced = is_replaced(judge, profile, rule, &found.result);
    ReceiverRule *verdict = kept ? kept_verdict(kept, &found) : NULL;
    if (verdict)
        return record_share(&receiver_rule_type, verdict);
    verdict = make_verdict(profile, &found, asked->answer);
    if (kept)
        kept_add(kept, &found, verdict);
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

static gboolean
has_own_words(const Profile *profile, guint rule)
{
    return ((const RuleSpec *)profile->rules->pdata[rule])->check->looks == LOOKS_AT_OWN_WORDS;
}

/* The first rule from `rule` on that is answered with a message's own words. */
static guint
own_words_from(const Profile *profile, guint rule)
{
    while (rule < profile->rules->len && !has_own_words(profile, rule))
        rule++;
    return rule;
}

/* The verdict of an earlier message, but for what is answered with this one's own words. No receiver has two rules that are; NULL where
 * a file does. */
static ReceiverVerdict *
renew(Judge *judge, const Profile *profile, ReceiverVerdict *earlier)
{
    const guint own = own_words_from(profile, 0);

    if (own == profile->rules->len)
        return record_share(&receiver_verdict_type, earlier);
    if (own_words_from(profile, own + 1) < profile->rules->len)
        return NULL;
    return record_like_but(&receiver_verdict_type, earlier, own, judge_rule(judge, profile, profile->rules->pdata[own]));
}

/* `kept`: of its answers; or NULL. */
static ReceiverVerdict *
judge_profile(Judge *judge, const Profile *profile, KeptProfile *kept)
{
    ReceiverVerdict *earlier = kept ? kept_profile_verdict(kept) : NULL;
    ReceiverVerdict *verdict = earlier ? renew(judge, profile, earlier) : NULL;

    if (verdict)
        return verdict;
    verdict = make_profile(judge, profile);
    if (kept && !earlier)
        kept_profile_add(kept, verdict);
    return verdict;
}

/* ---- questions about names and results, asked of a sender's earlier message ---- */

static void
know_names(Judge *judge, const KeptNames *names, guint slots)
{
    for (guint i = 0; i < slots; i++)
        if (names->answers[i])
            judge->asked[i] = (Asked){ .answer = kept_said(names->answers[i]), .kept = names->answers[i],
                                        .looks = LOOKS_AT_NAMES };
}

/* What the message itself is asked is answered as by the sender's last one. */
static gboolean
is_like_last(Judge *judge, const KeptJudged *last)
{
    for (guint i = 0; i < last->count; i++)
        if (ask(judge, last->rules[i])->kept != last->answers[i])
            return FALSE;
    return last->count > 0;
}

/* Nothing, where one of the profiles is not kept. */
static void
remember(const Judge *judge, guint slots, KeptProfile *const *profiles, guint count, KeptJudged *last)
{
    last->count = 0;
    for (guint i = 0; i < count; i++) {
        if (!profiles[i])
            return;
        last->profiles[i] = profiles[i];
    }
    for (guint i = 0; i < slots; i++) {
        const Asked *asked = &judge->asked[i];
        if (!asked->answer || asked->looks == LOOKS_AT_NAMES)
            continue;
        last->rules[last->count] = asked->rule;
        last->answers[last->count++] = asked->kept;
    }
}

/* Where each answer came before. */
static void
keep_names(const Judge *judge, const char *key, guint slots)
{
    KeptAnswer *answers[KEPT_SLOTS];

    for (guint i = 0; i < slots; i++) {
        answers[i] = judge->asked[i].looks == LOOKS_AT_NAMES ? judge->asked[i].kept : NULL;
        if (judge->asked[i].looks == LOOKS_AT_NAMES && !answers[i])
            return;
    }
    kept_names_add(judge->kept, key, judge->input.report, answers, slots);
}

static void
judge_profiles(Judge *judge, const ReceiverRules *rules, Report *report)
{
    const guint count = rules->profiles->len;
    const gboolean keeps = judge->kept && rules->slots <= KEPT_SLOTS && count <= KEPT_PROFILES;
    g_autofree char *key = keeps ? names_key(&judge->input) : NULL;
    KeptNames *names = key ? kept_names(judge->kept, key) : NULL;

    if (names)
        know_names(judge, names, rules->slots);
    if (names && is_like_last(judge, &names->last)) {
        for (guint i = 0; i < count; i++)
            g_ptr_array_add(report->receivers, judge_profile(judge, rules->profiles->pdata[i], names->last.profiles[i]));
        return;
    }
    KeptProfile *profiles[KEPT_PROFILES] = { NULL };
    for (guint i = 0; i < count; i++) {
        KeptProfile *kept = find_profile(judge, rules->profiles->pdata[i]);
        g_ptr_array_add(report->receivers, judge_profile(judge, rules->profiles->pdata[i], kept));
        if (keeps)
            profiles[i] = kept;
    }
    if (names)
        remember(judge, rules->slots, profiles, count, &names->last);
    else if (key)
        keep_names(judge, key, rules->slots);
}

/* ---- all ---- */

static void
forget_asked(Judge *judge, guint slots)
{
    for (guint i = 0; i < slots; i++) {
        const Asked *asked = &judge->asked[i];
        for (gsize a = 0; asked->answer == &asked->own && a < G_N_ELEMENTS(asked->own.args); a++)
            g_free(asked->own.args[a]);
    }
    g_free(judge->asked);
}

void
receivers_judge(const ReceiverRules *rules, const Message *message, Report *report)
{
    if (!rules || rules->profiles->len == 0)
        return;
    Judge judge = { .asked = g_new0(Asked, rules->slots), .kept = rules->kept };

    check_look(message, report, &judge.input);
    judge_profiles(&judge, rules, report);
    forget_asked(&judge, rules->slots);
    if (judge.kept)
        kept_make_room(judge.kept);
}
