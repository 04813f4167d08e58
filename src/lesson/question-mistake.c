/* question-mistake.c: which misconception a wrong answer shows, where it shows one.
 * SPDX-License-Identifier: MIT
 *
 * What fits the message best comes first: a guess may be wrong for many reasons, and only one is told. */
#include <string.h>

#include "base/name.h"
#include "lesson/misconception.h"
#include "lesson/question-part.h"

/* Yes, no, cannot know. */
enum { CHOICE_YES, CHOICE_NO };

/* ---- names ---- */

/* One is the other, or stands below it. */
static gboolean
is_related(const char *a, const char *b)
{
    return a && b && (name_is_within(a, b) || name_is_within(b, a));
}

/* What somebody who knows no lists would say. */
static gboolean
same_last_labels(const char *a, const char *b)
{
    return a && b &&
           g_str_equal(name_tail(a, MIN(2, name_labels(a))), name_tail(b, MIN(2, name_labels(b))));
}

static char *
domain_of(const char *address)
{
    const char *at = address ? strrchr(address, '@') : NULL;

    return at ? name_normalise(at + 1) : NULL;
}

/* MAIL FROM is rewritten (SRS). */
static gboolean
is_forwarded(const Report *report)
{
    const char *address = report->envelope->mail_from->address;

    return address && (g_ascii_strncasecmp(address, "SRS0", 4) == 0 ||
                       g_ascii_strncasecmp(address, "SRS1", 4) == 0);
}

/* ---- SPF ---- */

/* A term asked another record, which did not allow the server. */
static gboolean
passed_an_include(const SpfResult *spf)
{
    for (guint i = 0; i < spf->trace->len; i++) {
        const SpfTerm *term = spf->trace->pdata[i];
        const char *name = term->term + (*term->term && strchr("+-~?", *term->term) ? 1 : 0);
        if (term->result == RESULT_NO && g_ascii_strncasecmp(name, "include:", 8) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_half_a_pass(int result)
{
    return result == RESULT_SOFTFAIL || result == RESULT_NEUTRAL;
}

static Belief
spf_mistake(const Question *question, const Report *report, const char *author, guint guess)
{
    const SpfResult *spf = report->spf->mail_from;
    const int result = question->step->result;

    if (guess == GUESS_UNKNOWN)
        return BELIEF_NONE;
    if (!report->envelope->mail_from->value)
        return BELIEF_SENDER_WRITES_RETURN_PATH;
    if (envelope_is_null_sender(report->envelope) && guess == GUESS_NONE)
        return BELIEF_HELO_COUNTS;
    if (guess == GUESS_PASS && is_half_a_pass(result))
        return BELIEF_SOFTFAIL_IS_HALF_A_PASS;
    if (result == RESULT_NONE && spf->domain && name_labels(spf->domain) > 2)
        return BELIEF_SPF_IS_INHERITED;
    if (guess == GUESS_PASS && result != RESULT_PASS && report->spf->helo->result == RESULT_PASS)
        return BELIEF_HELO_COUNTS;
    if (guess != GUESS_NONE && passed_an_include(spf))
        return BELIEF_ALL_IN_INCLUDE_COUNTS;
    return spf->domain && author && !g_str_equal(spf->domain, author) ? BELIEF_SPF_CHECKS_FROM : BELIEF_NONE;
}

/* ---- alignment ---- */

static Belief
not_aligned(const Question *question, const Collect *collect, const About *about,
            const char *domain, const char *author, gboolean strict)
{
    const gboolean spf = question->kind == QUESTION_SPF_ALIGNED;
    const DkimResult *signature = about->signature;
    g_autofree char *identity = signature ? domain_of(signature->identity) : NULL;

    if (spf && is_forwarded(collect->report))
        return BELIEF_SRS_PASSES;
    if (identity && !g_str_equal(identity, domain) && is_related(identity, author))
        return BELIEF_IDENTITY_COUNTS;
    if (strict && (is_related(domain, author) || same_last_labels(domain, author)))
        return BELIEF_RELAXED_IS_PARENT_AND_CHILD;
    if (same_last_labels(domain, author))
        return BELIEF_TWO_LABELS;
    if (!spf)
        return BELIEF_TWO_PASSES_SUFFICE;
    return envelope_is_null_sender(collect->report->envelope) ? BELIEF_HELO_COUNTS : BELIEF_SPF_CHECKS_FROM;
}

static Belief
aligned(const Question *question, const Collect *collect, const About *about, const char *domain,
        const char *author)
{
    const gboolean spf = question->kind == QUESTION_SPF_ALIGNED;

    if (g_str_equal(domain, author)) {
        const DkimResult *signature = about->signature;
        g_autofree char *identity = signature ? domain_of(signature->identity) : NULL;
        if (identity && !g_str_equal(identity, domain))
            return BELIEF_IDENTITY_COUNTS;
        return signature && collect->report->dkim->len > 1 ? BELIEF_FIRST_SIGNATURE_DECIDES : BELIEF_NONE;
    }
    if (!same_last_labels(domain, author))
        return BELIEF_TWO_LABELS;
    return spf && is_related(domain, author) ? BELIEF_NAMES_MUST_BE_THE_SAME : BELIEF_RELAXED_IS_PARENT_AND_CHILD;
}

static Belief
alignment_mistake(const Question *question, const Collect *collect, const About *about, guint guess)
{
    const Step *step = question->step;
    const char *domain = step->args->len > 0 ? step->args->pdata[0] : "";
    const char *author = step->args->len > 1 ? step->args->pdata[1] : "";
    gboolean strict = FALSE;

    for (guint i = 0; i < step->inputs->len; i++)
        strict =
            strict || g_strcmp0(((const StepInput *)step->inputs->pdata[i])->value, "strict") == 0;
    if (guess > CHOICE_NO || !*domain || !*author)
        return BELIEF_NONE;
    if (step->result == RESULT_NO)
        return not_aligned(question, collect, about, domain, author, strict);
    if (step->result == RESULT_YES)
        return aligned(question, collect, about, domain, author);
    return (guess == CHOICE_YES) == same_last_labels(domain, author) ? BELIEF_TWO_LABELS : BELIEF_NONE;
}

/* ---- policy ---- */

/* A record of a name that is not the author's: that of the envelope, of a signature. */
static gboolean
others_ask(const Collect *collect, const char *author, const char *policy)
{
    for (guint i = 0; author && i < collect->dmarc->queries->len; i++) {
        const char *name = collect->dmarc->queries->pdata[i];
        const char *domain = g_str_has_prefix(name, "_dmarc.") ? name + 7 : name;
        g_autofree char *record = question_record(collect->report, name, "v=DMARC1");
        g_autofree char *tag = g_strdup_printf("p=%s", policy);
        if (record && !name_is_within(author, domain) && strstr(record, tag))
            return TRUE;
    }
    return FALSE;
}

/* pct= or t= stands in the record. */
static gboolean
asks_for_less(const DmarcResult *dmarc)
{
    const char *record = dmarc->record;

    return record && (strstr(record, "pct=") || strstr(record, "t=y"));
}

static Belief
policy_mistake(const Question *question, const Collect *collect, const About *about, guint guess)
{
    if (guess > QUESTION_POLICIES)
        return BELIEF_NONE;
    if (guess == QUESTION_POLICIES)
        return question->right == 0 ? BELIEF_NONE_IS_OFF : BELIEF_NONE;
    if (asks_for_less(collect->dmarc) && question->right < QUESTION_POLICIES)
        return BELIEF_PCT_IS_A_SHARE;
    return others_ask(collect, about->author, question_policies[guess]) ? BELIEF_MY_RECORD_DECIDES : BELIEF_NONE;
}

static Belief
asked_mistake(const Question *question, const Collect *collect, const About *about, guint guess)
{
    if (guess >= QUESTION_POLICIES)
        return BELIEF_NONE;
    if (question->step->result == RESULT_PASS)
        return BELIEF_NONE_IS_OFF; /* the wish is for what fails */
    if (asks_for_less(collect->dmarc))
        return BELIEF_PCT_IS_A_SHARE;
    return others_ask(collect, about->author, question_policies[guess]) ? BELIEF_MY_RECORD_DECIDES : BELIEF_NONE;
}

/* ---- the verdict ---- */

typedef struct {
    guint spf, dkim;                 /* names that were proved … */
    guint aligned_spf, aligned_dkim; /* … and are From:'s */
    guint signatures;
    gboolean other_name; /* MAIL FROM is another name than From:, and counts */
} Legs;

static Legs
legs_of(const Collect *collect, const char *author)
{
    Legs legs = {0};

    for (guint i = 0; i < collect->dmarc->identifiers->len; i++) {
        const Identifier *identifier = collect->dmarc->identifiers->pdata[i];
        const gboolean spf = g_str_equal(identifier->mechanism, "spf");
        const gboolean proved = identifier->authenticated == TRI_TRUE;
        const gboolean counts = proved && identifier->aligned == TRI_TRUE;
        *(spf ? &legs.spf : &legs.dkim) += proved ? 1 : 0;
        *(spf ? &legs.aligned_spf : &legs.aligned_dkim) += counts ? 1 : 0;
        legs.signatures += spf ? 0 : 1;
        if (spf && counts && g_strcmp0(identifier->domain, author) != 0)
            legs.other_name = TRUE;
    }
    return legs;
}

/* Sender: or Reply-To: is of a name that was proved. */
static gboolean
other_field_fits(const Collect *collect)
{
    const OtherSender *sender = collect->report->sender, *reply_to = collect->report->reply_to;
    const char *const fields[] = {sender ? sender->domain : NULL,
                                  reply_to ? reply_to->domain : NULL};

    for (gsize f = 0; f < G_N_ELEMENTS(fields); f++)
        for (guint i = 0; i < collect->dmarc->identifiers->len; i++) {
            const Identifier *identifier = collect->dmarc->identifiers->pdata[i];
            if (identifier->authenticated == TRI_TRUE && is_related(fields[f], identifier->domain))
                return TRUE;
        }
    return FALSE;
}

/* Somebody's field says that it passed. */
static gboolean
said_to_pass(const Report *report)
{
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        for (guint j = 0; j < header->results->len; j++) {
            const ReportedResult *result = header->results->pdata[j];
            if (g_strcmp0(result->method, "dmarc") == 0 && g_strcmp0(result->result, "pass") == 0)
                return TRUE;
        }
    }
    return FALSE;
}

static Belief
guessed_pass(const Collect *collect, const Legs *legs)
{
    const Report *report = collect->report;

    if (said_to_pass(report))
        return BELIEF_RESULTS_ARE_TRUE;
    if (other_field_fits(collect))
        return BELIEF_REPLY_TO_COUNTS;
    if (report->arc && report->arc->result == RESULT_PASS)
        return BELIEF_ARC_PASSES;
    if (is_forwarded(report))
        return BELIEF_SRS_PASSES;
    if (legs->spf > 0 || legs->dkim > 0)
        return BELIEF_TWO_PASSES_SUFFICE;
    if (is_half_a_pass(report->spf->mail_from->result))
        return BELIEF_SOFTFAIL_IS_HALF_A_PASS;
    if (report->spf->helo->result == RESULT_PASS)
        return BELIEF_HELO_COUNTS;
    return g_strcmp0(collect->dmarc->policy, "none") == 0 ? BELIEF_NONE_CHANGES_NOTHING : BELIEF_NONE;
}

static Belief
guessed_fail(const Legs *legs)
{
    if (legs->aligned_dkim > 0 && legs->signatures > 1 && legs->aligned_dkim < legs->signatures)
        return BELIEF_FIRST_SIGNATURE_DECIDES;
    if (legs->aligned_spf == 0 || legs->aligned_dkim == 0)
        return BELIEF_BOTH_MUST_PASS;
    return legs->other_name ? BELIEF_NAMES_MUST_BE_THE_SAME : BELIEF_NONE;
}

static Belief
verdict_mistake(const Question *question, const Collect *collect, const About *about, guint guess)
{
    const Legs legs = legs_of(collect, about->author);
    const int result = question->step->result;
    const gboolean asks_nothing = g_strcmp0(collect->dmarc->policy, "none") == 0;

    if (guess == GUESS_NONE)
        return asks_nothing && (result == RESULT_PASS || result == RESULT_FAIL) ? BELIEF_NONE_IS_OFF : BELIEF_NONE;
    if (result == RESULT_FAIL && guess == GUESS_PASS)
        return guessed_pass(collect, &legs);
    if (result == RESULT_PASS && guess == GUESS_FAIL)
        return guessed_fail(&legs);
    if (result == RESULT_NONE && guess != GUESS_UNKNOWN &&
        (others_ask(collect, about->author, "none") ||
         others_ask(collect, about->author, "quarantine") ||
         others_ask(collect, about->author, "reject")))
        return BELIEF_MY_RECORD_DECIDES;
    return BELIEF_NONE;
}

/* ---- all ---- */

/* What the choices of question-words.c show, where they are always the same. */
static const Belief by_choice[QUESTION_KINDS][QUESTION_CHOICES_MAX] = {
    [QUESTION_REFUSED] = { BELIEF_FAIL_IS_SAFER, BELIEF_NONE, BELIEF_BOTH_MUST_PASS },
    [QUESTION_FORGED] = { BELIEF_FAIL_IS_FORGED },
    [QUESTION_BELIEVE] = { BELIEF_RESULTS_ARE_TRUE },
    [QUESTION_MUST] = { BELIEF_REJECT_IS_AN_ORDER },
    [QUESTION_HARMLESS] = { BELIEF_NONE_CHANGES_NOTHING, BELIEF_NONE_IS_OFF },
    [QUESTION_SAFE] = { BELIEF_PASS_IS_SAFE, BELIEF_PASS_IS_SAFE },
    [QUESTION_HELPS] = { BELIEF_VISITOR_SOFTENS, BELIEF_INCLUDE_ALIGNS, BELIEF_NONE, BELIEF_REPLY_TO_COUNTS },
};

static Belief
mistake(const Question *question, const Collect *collect, const About *about, guint guess)
{
    switch (question->kind) {
    case QUESTION_POLICY:
        return policy_mistake(question, collect, about, guess);
    case QUESTION_SPF:
        return spf_mistake(question, collect->report, about->author, guess);
    case QUESTION_SPF_ALIGNED:
    case QUESTION_DKIM_ALIGNED:
        return alignment_mistake(question, collect, about, guess);
    case QUESTION_DMARC:
        return verdict_mistake(question, collect, about, guess);
    case QUESTION_ASKED:
        return asked_mistake(question, collect, about, guess);
    case QUESTION_ARC:
        return guess == GUESS_PASS ? BELIEF_RESULTS_ARE_TRUE : BELIEF_NONE; /* cv=pass is a field like any other */
    case QUESTION_DKIM:
        return BELIEF_NONE;
    default:
        return by_choice[question->kind][guess];
    }
}

void
question_add_mistakes(Question *question, const Collect *collect, const About *about)
{
    for (guint guess = 0; guess < question->choices; guess++)
        if (guess != question->right)
            question->mistakes[guess] = mistake(question, collect, about, guess);
}
