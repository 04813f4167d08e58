/* question-words.c: questions, their choices and their reasons in words.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "headers/no-author.h"
#include "lesson/misconception.h"
#include "lesson/question.h"
#include "tree/words.h"

/* Behind what the step itself asks; {0} {1} are the question's arguments. */
static const struct {
    const char *text;
} leads[QUESTION_KINDS] = {
    [QUESTION_POLICY] = { N_("What does the owner of {0} ask for when mail in its name fails?") },
    [QUESTION_SPF] = { N_("How does SPF come out?") },
    [QUESTION_SPF_ALIGNED] = { N_("Does SPF's name belong to the name in From:?") },
    [QUESTION_DKIM_ALIGNED] = { N_("Does the signer's name belong to the name in From:?") },
    [QUESTION_DKIM] = { N_("How does the check of this signature come out?") },
    [QUESTION_ARC] = { N_("How does the check of the chain come out?") },
    [QUESTION_DMARC] = { N_("How does DMARC come out?") },
    [QUESTION_ASKED] = { N_("What does the owner of {0} ask receivers to do with this very mail?") },
    [QUESTION_REFUSED] = { N_("DMARC passed, though the SPF record of {0} says -all and SPF failed. "
                            "What may happen at a receiver?") },
    [QUESTION_FORGED] = { N_("The signature of {0} does not hold. What does that prove?") },
    [QUESTION_BELIEVE] = { N_("A field of this mail ({0}) gives results in the name of {1}. May you "
                            "believe it?") },
    [QUESTION_MUST] = { N_("The owner of {0} asks for {1}. Must the receiver do that?") },
    [QUESTION_HARMLESS] = { N_("{0} publishes p=none, and nothing vouches for this mail. What "
                             "follows?") },
    [QUESTION_SAFE] = { N_("DMARC passed for {0}. What do you know now?") },
    [QUESTION_HELPS] = { N_("What would make this mail pass DMARC?") },
};

/* The choices of what follows, as many as question.c says. */
static const char *const choices[QUESTION_KINDS][QUESTION_CHOICES_MAX] = {
    [QUESTION_REFUSED] = { N_("nothing: -all is only safer than ~all"),
                           N_("it may be refused for SPF alone, before the signature is looked at"),
                           N_("DMARC should have failed: both must pass") },
    [QUESTION_FORGED] = { N_("the mail is forged"), N_("{0} never signed this mail"),
                          N_("nothing bad: it counts as if it were not there") },
    [QUESTION_BELIEVE] = { N_("yes: results are results"),
                           N_("only if my own receiving host wrote it"),
                           N_("no: such fields are never true") },
    [QUESTION_MUST] = { N_("yes: the owner of the domain decides"),
                        N_("no: it is a wish, the receiver decides"),
                        N_("yes, if SPF fails, too") },
    [QUESTION_HARMLESS] = { N_("nothing: it is as if there were no record"),
                            N_("DMARC is off, so there is no result"),
                            N_("it reads fail, in reports and at receivers, but nothing is asked "
                               "for") },
    [QUESTION_SAFE] = { N_("the mail is safe"), N_("it goes to the inbox"),
                        N_("{0} stood behind it, and nothing more") },
    [QUESTION_HELPS] = { N_("{0} softens its SPF record to ~all"),
                         N_("{0} adds the sending server to its SPF record"),
                         N_("SPF or a signature passes for a name that belongs to From:"),
                         N_("Reply-To: or Sender: names who really sent it") },
};

static const char *const policy_choices[] = {
    N_("none: nothing is asked"), N_("quarantine: put it aside"), N_("reject: refuse it"),
};

/* What is asked for a mail that failed; {1} whose record. */
static const char *const asked_why[] = {
    N_("It failed, but the record of {1} asks for nothing."),
    N_("It failed, and the record of {1} asks to put such mail aside."),
    N_("It failed, and the record of {1} asks to refuse such mail."),
    N_("The verdict is open, so nobody can tell what is asked."),
};

static char *
filled(const char *template, const Question *question)
{
    return template ? words_fill_list(template, question->args) : g_strdup("");
}

char *
question_text(const Question *question)
{
    /* Where nobody is the author, the step asks who is. */
    const gboolean alone = question->kind == QUESTION_POLICY || question->kind >= QUESTION_ASKED ||
                           no_author_is_step(question->step->id);
    g_autofree char *lead = filled(leads[question->kind].text, question);

    if (alone)
        return g_steal_pointer(&lead);
    g_autofree char *asked = words_question(question->step);
    return g_strdup_printf("%s\n%s", asked, lead);
}

char *
question_choice(const Question *question, guint choice)
{
    static const Guess aligned[] = { GUESS_PASS, GUESS_FAIL, GUESS_UNKNOWN };

    if (choice >= question->choices)
        return g_strdup("");
    switch (question->kind) {
    case QUESTION_POLICY:
    case QUESTION_ASKED:
        if (choice < G_N_ELEMENTS(policy_choices))
            return g_strdup(translate(policy_choices[choice]));
        return g_strdup(choice + 1 < question->choices ? _("there is no record that counts")
                                                       : answer_label(GUESS_UNKNOWN, RESULT_UNKNOWN));
    case QUESTION_SPF_ALIGNED:
    case QUESTION_DKIM_ALIGNED:
        return g_strdup(answer_label(aligned[choice], RESULT_YES));
    case QUESTION_SPF:
    case QUESTION_DKIM:
    case QUESTION_ARC:
    case QUESTION_DMARC:
        return g_strdup(answer_label((Guess)choice, RESULT_PASS));
    default:
        return filled(choices[question->kind][choice], question);
    }
}

/* ---- the reason ---- */

/* The other RFC's answer, where it is another one. */
static void
append_legacy(GString *out, const Step *step)
{
    if (step->legacy == RESULT_SKIPPED || step->legacy == step->result)
        return;
    g_autofree char *text = words_fill(N_("By RFC 7489 it is another answer: {0}."),
                                       words_result((Result)step->legacy), NULL);
    g_string_append_printf(out, "%s%s", out->len > 0 ? "\n" : "", text);
}

static char *
asked_reason(const Question *question)
{
    const char *published = question->args->len > 2 ? question->args->pdata[2] : "";
    g_autofree char *now = question_word(question, question->right);

    if (question->step->result == RESULT_PASS)
        return g_strdup(_("It passed, so nothing is asked: a policy is a wish for mail that "
                          "fails."));
    g_autofree char *text = filled(asked_why[question->right], question);
    if (question->step->result != RESULT_FAIL || g_str_equal(published, now))
        return g_steal_pointer(&text);
    return g_strdup_printf("%s\n%s", text, _("The record says t=y (testing): one level less is "
                                             "asked."));
}

char *
question_why(const Question *question)
{
    if (question->kind == QUESTION_ASKED)
        return asked_reason(question);
    if (question->kind == QUESTION_HELPS)
        return g_strdup(_("Only names that belong to From:'s organization count: MAIL FROM with "
                          "such a name, which SPF allows, or a signature of such a name. Or the "
                          "sender writes an address of its own into From:."));
    if (question_is_about_meaning(question))
        return g_strdup(misconception_truth(question_misconception(question)));
    g_autofree char *plain = words_plain(question->step);
    g_autoptr(GString) out = g_string_new(plain);
    append_legacy(out, question->step);
    return g_strdup(out->str);
}

char *
question_rule(const Question *question)
{
    if (question->kind == QUESTION_HELPS)
        return g_strdup("RFC 9989, 4.4");
    const Misconception *known = question_is_about_meaning(question)
                                     ? misconception_get(question_misconception(question)) : NULL;

    if (known)
        return g_strdup(known->reference);
    if (question->kind == QUESTION_ASKED)
        return g_strdup("RFC 9989, 4.7");
    return words_rule(question->step->rule ? question->step->rule : "");
}

/* ---- steps whose outcome is not to be seen ---- */

/* Titles that hold it. */
static const struct { const char *id, *title; } titles[] = {
    { "policy", N_("Policy of {0}") },
    { "spf-assumed", N_("SPF assumed") },
    { "dkim-assumed", N_("signature assumed") },
};

char *
question_title(const Step *step)
{
    if (no_author_is_step(step->id))
        return words_fill(N_("DMARC"), NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
        if (g_strcmp0(titles[i].id, step->id) == 0)
            return words_fill_list(titles[i].title, step->args);
    return words_title(step);
}

/* Second opinions and diagnoses are there, or read so, because of an outcome. */
gboolean
question_step_tells(const Step *step)
{
    return g_strcmp0(step->id, "second-opinion") == 0 || g_strcmp0(step->id, "dkim-diagnosis") == 0;
}
