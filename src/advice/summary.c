/* summary.c: puts the ten-second answer together.
 * SPDX-License-Identifier: MIT */
#include "advice/summary.h"

#include "advice/advice.h"
#include "advice/summary-part.h"
#include "advice/told.h"
#include "base/translate.h"
#include "tree/words.h"

static const struct {
    SummaryTone tone;
    const char *word;
} verdicts[] = {
    [RESULT_UNKNOWN] = { SUMMARY_UNKNOWN, N_("UNKNOWN") },
    [RESULT_NONE] = { SUMMARY_NONE, N_("NONE") },
    [RESULT_PASS] = { SUMMARY_PASS, N_("PASS") },
    [RESULT_FAIL] = { SUMMARY_FAIL, N_("FAIL") },
    [RESULT_TEMPERROR] = { SUMMARY_UNKNOWN, N_("TEMPERROR") },
    [RESULT_PERMERROR] = { SUMMARY_UNKNOWN, N_("PERMERROR") },
};

static void
set_verdict(Summary *summary, const Report *report)
{
    const DmarcResult *dmarc = report_dmarc(report);
    const gsize result = (gsize)dmarc->result;
    const gsize index = result < G_N_ELEMENTS(verdicts) && verdicts[result].word ? result : 0;

    summary->tone = verdicts[index].tone;
    summary->verdict = g_strdup(translate(verdicts[index].word));
    summary->rfc = dmarc == report->dmarc->rfc7489 ? "7489" : "9989";
    summary->basis = g_strdup(dmarc->basis ? dmarc->basis : provenance_words[PROVENANCE_UNKNOWN]);
}

static const Advice *
advice_named(const Report *report, const char *pattern)
{
    for (guint i = 0; i < report->advice->len; i++) {
        const Advice *advice = report->advice->pdata[i];
        if (g_strcmp0(advice->pattern, pattern) == 0)
            return advice;
    }
    return NULL;
}

static void
add_lines(GPtrArray *lines, const char *record)
{
    g_auto(GStrv) split = g_strsplit(record, "\n", -1);

    for (char **line = split; *line; line++)
        g_ptr_array_add(lines, g_strdup(*line));
}

/* On how many independent legs a pass stands: one is soon lost. */
static char *
legs(const Advice *pass)
{
    const char *spf = pass->args->pdata[1], *keys = pass->args->pdata[2];
    const gboolean signer = !g_str_equal(keys, "0");

    if (!*spf && !signer)
        return words_fill(N_("Nothing must change. It stands on the word of a trusted host alone."), NULL);
    if (pass->args->len > 3)
        return words_fill(N_("Nothing must change. {0} vouches for it; whether {1} does, too, "
                             "cannot be known here."), *spf ? spf : "DKIM", pass->args->pdata[3],
                          NULL);
    if (*spf && signer)
        return words_fill(N_("Nothing must change. It stands on two legs: SPF and DKIM."), NULL);
    if (*spf)
        return words_fill(N_("Nothing must change. By SPF alone: a forward breaks it."), NULL);
    if (g_str_equal(keys, "1"))
        return words_fill(N_("Nothing must change. By DKIM alone: lose the key, lose the mail."),
                          NULL);
    return words_fill(N_("Nothing must change. By DKIM alone, with {0} signatures."), keys, NULL);
}

/* As long as it is being tried, as much room is taken as by what will stand there. */
static void
tell_tried(Summary *summary, const Advice *advice)
{
    char *told = NULL;

    if (advice->proved == TRI_TRUE)
        told = words_fill(N_("{0} (tried here: {1})"), summary->fix_who,
                          _("PASS"), NULL);
    else if (g_strcmp0(advice->tried, ADVICE_ANNOUNCED) == 0)
        told = words_fill(N_("{0} (being tried here)"), summary->fix_who, NULL);
    if (!told)
        return;
    g_free(summary->fix_who);
    summary->fix_who = told;
}

static void
set_fix(Summary *summary, const Report *report)
{
    const Advice *advice = report->advice->len > 0 ? report->advice->pdata[0] : NULL;

    if (!advice)
        return;
    g_autofree char *cause = told_words(advice, ".cause");
    if (cause && advice_believes(report)) {
        char *told = words_fill(N_("If {0} is right: {1}"), summary_claimant(report), cause, NULL);
        g_free(cause);
        cause = told;
    }
    if (cause && summary->cause) {
        char *both = words_fill(N_("{0} {1}"), summary->cause, cause, NULL);
        g_free(summary->cause);
        summary->cause = both;
    } else if (cause) {
        summary->cause = g_steal_pointer(&cause);
    }
    g_ptr_array_set_size(summary->fix_lines, 0);
    g_free(summary->fix_who);
    summary->fix_who = told_who(advice);
    tell_tried(summary, advice);
    summary->fix_literal = advice->record != NULL;
    if (advice->record)
        add_lines(summary->fix_lines, advice->record);
    else
        g_ptr_array_add(summary->fix_lines, words_advice(advice));
    g_autofree char *useless = told_words(advice, ".not");
    summary->fix_not = useless ? words_fill(N_("Not: {0}"), useless, NULL) : NULL;
}

static void
set_pass(Summary *summary, const Report *report)
{
    const Advice *pass = advice_named(report, "nothing-must-change");
    const Advice *second = advice_named(report, "second-leg");

    /* Several authors, each of them vouched for: still one From: too many. A name that looks like
     * another: what to do about that comes first. */
    if (!pass || pass->args->len < 3 || pass != report->advice->pdata[0]) {
        set_fix(summary, report);
        return;
    }
    const Advice *siblings = advice_named(report, "sibling-names");
    if (siblings && siblings->args->len > 2) {  /* one organization, or strangers? DNS does not say */
        summary->fix_who = words_fill(N_("Nothing must change, as long as all names below {0} "
                                         "belong to one organization."),
                                      siblings->args->pdata[2], NULL);
        g_ptr_array_add(summary->fix_lines, words_advice(siblings));
        return;
    }
    summary->fix_who = legs(pass);
    if (second && second->record) {     /* the first line says what; the Advice view has the rest */
        g_auto(GStrv) lines = g_strsplit(second->record, "\n", 2);
        const gboolean begun = g_str_has_suffix(lines[0], "(");     /* a record of several lines */
        g_ptr_array_add(summary->fix_lines,
                        begun ? words_advice(second) : words_fill(N_("Optional: {0}"), lines[0], NULL));
    }
}

Summary *
summary_new(const Report *report)
{
    Summary *summary = g_new0(Summary, 1);

    summary->names = g_ptr_array_new_with_free_func((GDestroyNotify)summary_name_free);
    summary->fix_lines = g_ptr_array_new_with_free_func(g_free);
    summary->said_by = g_ptr_array_new_with_free_func(g_free);
    set_verdict(summary, report);
    summary->sentence = summary_sentence(report);
    summary->cause = summary_missing(report, summary->fix_lines, &summary->lacks_dns);
    if (summary->fix_lines->len > 0)
        summary->fix_who = words_fill(N_("To find out, give what is missing:"), NULL);
    if (summary->tone == SUMMARY_PASS)
        set_pass(summary, report);
    else
        set_fix(summary, report);
    summary->vouches_title = words_fill(N_("VOUCHES FOR {0}?"),
                                        report->from->domain ? report->from->domain : "From:",
                                        NULL);
    summary_names(report, summary->names);
    summary->policy = summary_policy(report);
    summary_said(report, summary->said_by);
    summary->notes = summary_notes(report);
    summary->bounce = summary_bounce(report, summary->verdict);
    return summary;
}

void
summary_free(Summary *summary)
{
    if (!summary)
        return;
    g_free(summary->verdict);
    g_free(summary->basis);
    g_free(summary->sentence);
    g_free(summary->cause);
    g_free(summary->vouches_title);
    g_ptr_array_unref(summary->names);
    g_free(summary->policy);
    g_free(summary->fix_who);
    g_ptr_array_unref(summary->fix_lines);
    g_free(summary->fix_not);
    g_ptr_array_unref(summary->said_by);
    g_ptr_array_unref(summary->notes);
    summary_bounce_free(summary->bounce);
    g_free(summary);
}
