/* prove.c: runs the analysis with the edits of an advice, and says what came out.
 * SPDX-License-Identifier: MIT */
#include "analysis/prove.h"

#include "whatif/outcome.h"

/* A message that fails in more ways than this has other troubles. */
#define TRIALS_MAX 12

typedef struct {
    const Report          *report;
    const AnalysisOptions *options;
    ProveRun               run;
    gpointer               data;
    guint                  trials;
} Proof;

/* The edits there are, and those of the advice; NULL where one of them cannot be made. */
static Edits *
all_edits(const Edits *base, const Advice *advice)
{
    Edits *edits = base ? edits_copy(base) : edits_new();

    for (guint i = 0; i < advice->edits->len; i++) {
        const WhatIf *edit = advice->edits->pdata[i];
        if (!edits_add(edits, edit->key, edit->value, NULL)) {
            edits_free(edits);
            return NULL;
        }
    }
    return edits;
}

static gboolean
vouched(const Report *report)
{
    const GPtrArray *identifiers = advice_identifiers(report);

    for (guint i = 0; i < identifiers->len; i++)
        if (advice_vouch(identifiers->pdata[i], FALSE) == VOUCH_YES)
            return TRUE;
    return FALSE;
}

/* A domain without a record asks for no verdict: that it vouches is all that can be had. An answer
 * of DNS that is not at hand leaves it open, which is no proof, and nothing against it. */
static gboolean
settle(Advice *advice, const Report *after)
{
    switch (report_dmarc(after)->result) {
    case RESULT_PASS:
        advice->proved = TRI_TRUE;
        advice->tried = g_strdup("tried-pass");
        return TRUE;
    case RESULT_NONE:
        advice->tried = g_strdup("tried-none");
        return vouched(after);
    case RESULT_UNKNOWN: case RESULT_TEMPERROR:
        advice->tried = g_strdup("tried-open");
        return TRUE;
    default:
        return FALSE;
    }
}

/* Told as likely until it was tried. */
static gboolean
announce(Advice *advice, gpointer data)
{
    Proof *proof = data;

    if (proof->trials++ >= TRIALS_MAX)
        return TRUE;
    g_autoptr(Edits) edits = all_edits(proof->options->edits, advice);
    if (!edits)
        return FALSE;
    advice->tried = g_strdup(ADVICE_ANNOUNCED);
    return TRUE;
}

static gboolean
prove(Advice *advice, gpointer data)
{
    Proof *proof = data;
    AnalysisOptions options = *proof->options;

    if (proof->trials++ >= TRIALS_MAX)
        return TRUE;
    g_autoptr(Edits) edits = all_edits(options.edits, advice);
    if (!edits)
        return FALSE;
    options.known = options.edits ? options.known : proof->report;
    options.edits = edits;
    options.second_opinions = OPINIONS_NONE;
    options.trial = TRUE;
    Report *after = proof->run(&options, proof->data);
    const gboolean helps = !edits_refusal(after) && settle(advice, after);
    report_free(after);
    return helps;
}

void
prove_advice(Report *report, const AnalysisOptions *options, ProveRun run, gpointer data)
{
    Proof proof = { .report = report, .options = options, .run = run, .data = data };
    const AdviceMeans means = {
        .providers = options->providers,
        .prove = !run ? NULL : options->proofs_later ? announce : prove,
        .data = &proof,
        .leading = options->brief,
    };

    if (report->advice->len == 0)   /* a bounce, or a form, has its own */
        advice_find(report, &means);
}

/* Advice that does not help makes room for another of its pattern: so all of it is looked for again. */
gboolean
prove_announced(Report *report, const AnalysisOptions *options, ProveRun run, gpointer data)
{
    AnalysisOptions now = *options;

    if (!advice_is_announced(report))
        return FALSE;
    for (guint i = 0; i < report->advice->len; i++)
        record_free(&advice_type, report->advice->pdata[i]);
    g_ptr_array_set_size(report->advice, 0);
    now.proofs_later = FALSE;
    prove_advice(report, &now, run, data);
    return TRUE;
}
