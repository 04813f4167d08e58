/* question.c: goes through the tree and asks at each step that decides.
 * SPDX-License-Identifier: MIT */
#include "lesson/question.h"

#include <string.h>

#include "lesson/question-part.h"
#include "lesson/step-path.h"

/* What is behind an item where a step asks more than once; by kind. */
static const char *const suffixes[QUESTION_KINDS] = {
    [QUESTION_ASKED] = "/asked",   [QUESTION_REFUSED] = "/refused",
    [QUESTION_FORGED] = "/forged", [QUESTION_BELIEVE] = "/believe",
    [QUESTION_MUST] = "/must",     [QUESTION_HARMLESS] = "/harmless",
    [QUESTION_SAFE] = "/safe",     [QUESTION_HELPS] = "/helps",
};

const char *const question_policies[QUESTION_POLICIES] = {"none", "quarantine", "reject"};

/* The choices behind them, of QUESTION_POLICY and of QUESTION_ASKED. */
enum {
    POLICY_ABSENT = QUESTION_POLICIES,
    POLICY_UNKNOWN,
    ASKED_UNKNOWN = QUESTION_POLICIES
};

/* Of what follows: how many choices there are, and which is right (question-words.c has their
 * texts, question-mistake.c what the others show). */
static const struct {
    guint choices, right;
} meanings[QUESTION_KINDS] = {
    [QUESTION_REFUSED] = {3, 1}, [QUESTION_FORGED] = {3, 2},   [QUESTION_BELIEVE] = {3, 1},
    [QUESTION_MUST] = {3, 1},    [QUESTION_HARMLESS] = {3, 2}, [QUESTION_SAFE] = {3, 2},
    [QUESTION_HELPS] = {4, 2},
};

static void
free_input(gpointer input)
{
    record_free(&step_input_type, input);
}

static void
free_question(gpointer data)
{
    Question *question = data;

    g_free(question->item);
    g_ptr_array_unref(question->args);
    g_ptr_array_unref(question->inputs);
    g_free(question);
}

gboolean
question_is_about_meaning(const Question *question)
{
    return question->kind >= QUESTION_REFUSED;
}

/* ---- one question ---- */

static Question *
add(Collect *collect, QuestionKind kind, const Step *step, guint choices, guint right,
    const About *about)
{
    Question *question = g_new0(Question, 1);
    g_autofree char *path = step_path_of(collect->report->tree, step);

    question->kind = kind;
    question->step = step;
    question->item = g_strconcat(path, suffixes[kind] ? suffixes[kind] : "", NULL);
    question->after = -1;
    question->choices = choices;
    question->right = right;
    question->args = g_ptr_array_new_with_free_func(g_free);
    question->inputs = g_ptr_array_new_with_free_func(free_input);
    question_add_inputs(question, collect, about);
    question_add_mistakes(question, collect, about);
    question->mistakes[question->right] = 0;
    g_ptr_array_add(collect->questions, question);
    return question;
}

static void
add_arg(Question *question, const char *arg)
{
    if (question)
        g_ptr_array_add(question->args, g_strdup(arg ? arg : "?"));
}

static gboolean
is_full(const Collect *collect)
{
    return collect->questions->len >= QUESTIONS_MAX;
}

/* One of the four answers; NULL for a step that has no outcome. */
static Question *
add_outcome(Collect *collect, QuestionKind kind, const Step *step, const About *about)
{
    const Guess right = answer_of_result((Result)step->result);

    if (is_full(collect) || right == GUESSES)
        return NULL;
    return add(collect, kind, step, GUESSES, right, about);
}

/* Yes, no, cannot know. */
static void
add_aligned(Collect *collect, const Step *step, const About *about)
{
    const gboolean spf = step->args->len > 2 && g_str_equal(step->args->pdata[2], "spf");
    const guint right = step->result == RESULT_YES ? 0 : step->result == RESULT_NO ? 1 : 2;

    if (!is_full(collect))
        add(collect, spf ? QUESTION_SPF_ALIGNED : QUESTION_DKIM_ALIGNED, step, 3, right, about);
}

/* Asked at once behind the outcome that it is about. */
static Question *
add_meaning(Collect *collect, QuestionKind kind, const Step *step, const About *about)
{
    const int after = (int)collect->questions->len - 1;

    if (is_full(collect) || after < 0)
        return NULL;
    Question *question =
        add(collect, kind, step, meanings[kind].choices, meanings[kind].right, about);
    question->after = after;
    return question;
}

/* ---- policies ---- */

static guint
policy_index(const char *policy, guint otherwise)
{
    for (guint i = 0; policy && i < QUESTION_POLICIES; i++)
        if (g_str_equal(question_policies[i], policy))
            return i;
    return otherwise;
}

/* "p=reject" as the step has it; "" where nobody knows which tag counts. */
static guint
policy_right(const Step *step)
{
    const char *asked = step->args->len > 2 ? step->args->pdata[2] : "";
    const char *value = strchr(asked, '=');

    if (step->result == RESULT_NONE)
        return POLICY_ABSENT;
    return step->result == RESULT_YES ? policy_index(value ? value + 1 : NULL, POLICY_UNKNOWN)
                                      : POLICY_UNKNOWN;
}

static void
add_policy(Collect *collect, const Step *step, const About *about)
{
    if (is_full(collect))
        return;
    Question *question =
        add(collect, QUESTION_POLICY, step, POLICY_UNKNOWN + 1, policy_right(step), about);
    add_arg(question, step->args->len > 0 ? step->args->pdata[0] : NULL);
}

/* What the owner asks for this mail: nothing where it passed, `applied` where it failed. */
static guint
asked_right(const Step *root, const DmarcResult *dmarc)
{
    const guint asked = policy_index(dmarc->applied, ASKED_UNKNOWN);

    if (root->result == RESULT_PASS || asked == 0)
        return 0;
    return root->result == RESULT_FAIL ? asked : ASKED_UNKNOWN;
}

/* ---- what follows ---- */

/* It was refused by the `all` at the record's end. */
static gboolean
fails_by_all(const SpfResult *spf)
{
    return spf->result == RESULT_FAIL && spf->matched &&
           g_ascii_strcasecmp(spf->matched, "-all") == 0;
}

static gboolean
has_dkim_pass(const DmarcResult *dmarc)
{
    for (guint i = 0; i < dmarc->identifiers->len; i++) {
        const Identifier *identifier = dmarc->identifiers->pdata[i];
        if (!g_str_equal(identifier->mechanism, "spf") && identifier->authenticated == TRI_TRUE &&
            identifier->aligned == TRI_TRUE)
            return TRUE;
    }
    return FALSE;
}

/* The first that is nobody's whom the reader trusts. */
static const ReportedHeader *
somebodys_word(const Report *report)
{
    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        if (!header->trusted && header->authserv_id && header->instance == RECORD_UNSET)
            return header;
    }
    return NULL;
}

static gboolean
asks(Collect *collect, QuestionKind kind)
{
    for (guint i = 0; i < collect->questions->len; i++)
        if (((const Question *)collect->questions->pdata[i])->kind == kind)
            return TRUE;
    return FALSE;
}

/* Only where SPF asks a name that is not From:'s: else the record of From:'s domain may well be
 * what is missing. */
static gboolean
asks_another_name(const DmarcResult *dmarc)
{
    for (guint i = 0; i < dmarc->identifiers->len; i++) {
        const Identifier *identifier = dmarc->identifiers->pdata[i];
        if (g_str_equal(identifier->mechanism, "spf") && identifier->aligned != TRI_FALSE)
            return FALSE;
    }
    return dmarc->identifiers->len > 0;
}

/* The verdict and all that can follow from it (below): asked even where there are too many steps before it. */
enum { VERDICT_ROOM = 5 };

/* Of the verdict: whose wish it is, what a failure means, what a pass does not say. */
static void
add_consequences(Collect *collect, const Step *root, const About *about)
{
    const DmarcResult *dmarc = collect->dmarc;
    const ReportedHeader *header = somebodys_word(collect->report);
    const guint applied = policy_index(dmarc->applied, ASKED_UNKNOWN);
    const int verdict = (int)collect->questions->len - 1;
    const guint first = collect->questions->len;

    if (dmarc->applied && !is_full(collect)) {
        Question *question =
            add(collect, QUESTION_ASKED, root, ASKED_UNKNOWN + 1, asked_right(root, dmarc), about);
        add_arg(question, about->author);
        add_arg(question, dmarc->record_domain);
        add_arg(question, dmarc->policy);
    }
    if (root->result == RESULT_FAIL && applied < QUESTION_POLICIES) {
        Question *question =
            add_meaning(collect, applied > 0 ? QUESTION_MUST : QUESTION_HARMLESS, root, about);
        add_arg(question, about->author);
        add_arg(question, dmarc->applied);
    }
    if (root->result == RESULT_FAIL && asks_another_name(dmarc))
        add_arg(add_meaning(collect, QUESTION_HELPS, root, about), about->author);
    if (root->result == RESULT_PASS)
        add_arg(add_meaning(collect, QUESTION_SAFE, root, about), about->author);
    if (root->result == RESULT_PASS && fails_by_all(collect->report->spf->mail_from) &&
        has_dkim_pass(dmarc))
        add_arg(add_meaning(collect, QUESTION_REFUSED, root, about),
                collect->report->spf->mail_from->domain);
    if (header) {
        Question *question = add_meaning(collect, QUESTION_BELIEVE, root, about);
        add_arg(question, header->header);
        add_arg(question, header->authserv_id);
    }
    for (guint i = first; i < collect->questions->len; i++)
        ((Question *)collect->questions->pdata[i])->after = verdict;
}

/* ---- the tree ---- */

/* Branches stand in the order of the identifiers, where there is one author domain. */
static const Identifier *
branch_identifier(const Collect *collect)
{
    const GPtrArray *identifiers = collect->dmarc->identifiers;
    const guint at = collect->identifiers;

    if (g_strcmp0(collect->report->tree->id, "dmarc") != 0)
        return NULL;
    return at > 0 && at <= identifiers->len ? identifiers->pdata[at - 1] : NULL;
}

static const DkimResult *
signature_at(const Collect *collect, const Identifier *identifier)
{
    const GPtrArray *dkim = collect->report->dkim;
    const gint64 index = identifier && identifier->signature != RECORD_UNSET
                             ? identifier->signature
                             : (gint64)collect->signatures - 1;

    return index >= 0 && index < (gint64)dkim->len ? dkim->pdata[index] : NULL;
}

static gboolean
is_branch(const Step *step)
{
    return g_str_has_suffix(step->id, "-vouches");
}

static void
ask(Collect *collect, const Step *step, About *about)
{
    about->identifier = branch_identifier(collect);
    if (g_str_equal(step->id, "policy")) {
        add_policy(collect, step, about);
    } else if (g_str_equal(step->id, "spf-check")) {
        add_outcome(collect, QUESTION_SPF, step, about);
    } else if (g_str_equal(step->id, "dkim-check")) {
        collect->signatures++;
        about->signature = signature_at(collect, about->identifier);
        Question *question = add_outcome(collect, QUESTION_DKIM, step, about);
        if (question && step->result == RESULT_FAIL && !asks(collect, QUESTION_FORGED))
            add_arg(add_meaning(collect, QUESTION_FORGED, step, about),
                    about->signature ? about->signature->domain : NULL);
    } else if (g_str_equal(step->id, "alignment")) {
        about->signature = about->identifier && about->identifier->signature != RECORD_UNSET
                               ? signature_at(collect, about->identifier)
                               : NULL;
        add_aligned(collect, step, about);
    } else if (g_str_equal(step->id, "arc")) {
        add_outcome(collect, QUESTION_ARC, step, about);
    }
}

/* Children before what rests on them; below a step that asks are its details. */
static void
walk(Collect *collect, const Step *step, const char *author)
{
    About about = {NULL, NULL, author};
    const gboolean verdict = g_str_has_prefix(step->id, "dmarc");

    if (g_str_equal(step->id, "dmarc") && step->args->len > 0)
        about.author = step->args->pdata[0];
    if (is_branch(step))
        collect->identifiers++;
    for (guint i = 0; (verdict || is_branch(step)) && i < step->children->len; i++)
        walk(collect, step->children->pdata[i], about.author);
    if (verdict && step != collect->report->tree)
        add_outcome(collect, QUESTION_DMARC, step, &about);
    else if (!verdict)
        ask(collect, step, &about);
}

GPtrArray *
questions_of(const Report *report)
{
    Collect collect = {.report = report,
                       .dmarc = report_dmarc(report),
                       .questions = g_ptr_array_new_with_free_func(free_question)};

    if (!report->tree)
        return collect.questions;
    walk(&collect, report->tree, NULL);
    About about = {NULL, NULL, report->from->domain};
    if (collect.questions->len > QUESTIONS_MAX - VERDICT_ROOM)
        g_ptr_array_set_size(collect.questions, QUESTIONS_MAX - VERDICT_ROOM);
    if (add_outcome(&collect, QUESTION_DMARC, report->tree, &about))
        add_consequences(&collect, report->tree, &about);
    return collect.questions;
}

/* ---- names ---- */

char *
questions_key(const GPtrArray *questions)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    for (guint i = 0; i < questions->len; i++) {
        const Question *question = questions->pdata[i];
        g_checksum_update(sum, (const guchar *)question->item, (gssize)strlen(question->item) + 1);
        for (guint j = 0; j < question->inputs->len; j++) {
            const StepInput *input = question->inputs->pdata[j];
            g_checksum_update(sum, (const guchar *)input->value, (gssize)strlen(input->value) + 1);
        }
    }
    return g_strndup(g_checksum_get_string(sum), 8);
}

guint
question_misconception(const Question *question)
{
    for (guint i = 0; i < question->choices; i++)
        if (question->mistakes[i] > 0)
            return question->mistakes[i];
    return 0;
}

char *
question_word(const Question *question, guint choice)
{
    static const char *const aligned[] = {"pass", "fail", "unknown"};

    if (choice >= question->choices)
        return g_strdup("");
    switch (question->kind) {
    case QUESTION_POLICY:
        return g_strdup(choice < POLICY_ABSENT    ? question_policies[choice]
                        : choice == POLICY_ABSENT ? "absent"
                                                  : "unknown");
    case QUESTION_ASKED:
        return g_strdup(choice < ASKED_UNKNOWN ? question_policies[choice] : "unknown");
    case QUESTION_SPF_ALIGNED:
    case QUESTION_DKIM_ALIGNED:
        return g_strdup(aligned[choice]);
    case QUESTION_SPF:
    case QUESTION_DKIM:
    case QUESTION_ARC:
    case QUESTION_DMARC:
        return g_strdup(guess_words[choice]);
    default:
        return g_strdup_printf("%c", 'a' + (char)choice);
    }
}
