/* prove.c: runs the analysis with the edits of an advice, and says what came out.
 * SPDX-License-Identifier: MIT */
#include "analysis/prove.h"

#include "analysis/trial-kept.h"
#include "whatif/outcome.h"

/* A message that fails in more ways than this has other troubles. */
#define TRIALS_MAX 12

typedef struct {
    const Report          *report;
    const AnalysisOptions *options;
    Resolver              *resolver;
    ProveRun               run;
    gpointer               data;
    guint                  trials;
    gboolean               bound;   /* some trial followed from more than can be kept */
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
    const GPtrArray *identifiers = report_identifiers(report);

    for (guint i = 0; i < identifiers->len; i++)
        if (advice_vouch(identifiers->pdata[i], FALSE) == VOUCH_YES)
            return TRUE;
    return FALSE;
}

/* A domain without a record asks for no verdict: that it vouches is all that can be had. An answer
 * of DNS that is not at hand leaves it open, which is no proof, and nothing against it. */
static Trial
outcome_of(const Report *after)
{
    if (edits_refusal(after))
        return (Trial){ FALSE, TRI_UNKNOWN, NULL };
    switch (report_dmarc(after)->result) {
    case RESULT_PASS:
        return (Trial){ TRUE, TRI_TRUE, "tried-pass" };
    case RESULT_NONE:
        return (Trial){ vouched(after), TRI_UNKNOWN, "tried-none" };
    case RESULT_UNKNOWN: case RESULT_TEMPERROR:
        return (Trial){ TRUE, TRI_UNKNOWN, "tried-open" };
    default:
        return (Trial){ FALSE, TRI_UNKNOWN, NULL };
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
    advice->tried = ADVICE_ANNOUNCED;
    return TRUE;
}

/* With these edits instead of those of the options. */
static Trial
try_edits(Proof *proof, const Edits *edits, gboolean *looked)
{
    AnalysisOptions options = *proof->options;

    options.known = options.edits ? options.known : proof->report;
    options.edits = edits;
    options.second_opinions = OPINIONS_NONE;
    options.trial = TRUE;
    Report *after = proof->run(&options, looked, proof->data);
    const Trial came = outcome_of(after);
    report_free(after);
    return came;
}

static Trial
try_or_know(Proof *proof, const Edits *edits)
{
    g_autofree char *key = trial_kept_key(proof->resolver, proof->report, proof->options, edits);
    const Trial *before = trial_kept_find(proof->resolver, key);
    gboolean looked = FALSE;

    if (before)
        return *before;
    if (!key) {
        proof->bound = TRUE;
        return try_edits(proof, edits, &looked);
    }
    Earlier earlier = earlier_begin(proof->resolver, NULL);
    const Trial came = try_edits(proof, edits, &looked);
    trial_kept_end(proof->resolver, key, &earlier, looked ? NULL : &came);
    proof->bound = proof->bound || looked;
    return came;
}

static gboolean
prove(Advice *advice, gpointer data)
{
    Proof *proof = data;

    if (proof->trials++ >= TRIALS_MAX)
        return TRUE;
    g_autoptr(Edits) edits = all_edits(proof->options->edits, advice);
    if (!edits)
        return FALSE;
    const Trial came = try_or_know(proof, edits);
    advice->proved = (int)came.proved;
    advice->tried = came.tried;
    return came.helps;
}

gboolean
prove_advice(Report *report, const AnalysisOptions *options, Resolver *resolver, ProveRun run, gpointer data)
{
    Proof proof = { .report = report, .options = options, .resolver = resolver, .run = run, .data = data };
    const AdviceMeans means = {
        .providers = options->providers,
        .prove = !run ? NULL : options->proofs_later ? announce : prove,
        .data = &proof,
        .leading = options->brief,
    };

    if (report->advice->len == 0)   /* a bounce, or a form, has its own */
        advice_find(report, &means);
    return !proof.bound;
}

/* Advice that does not help makes room for another of its pattern: so all of it is looked for again. */
gboolean
prove_announced(Report *report, const AnalysisOptions *options, Resolver *resolver, ProveRun run, gpointer data)
{
    AnalysisOptions now = *options;

    if (!advice_is_announced(report))
        return FALSE;
    for (guint i = 0; i < report->advice->len; i++)
        record_free(&advice_type, report->advice->pdata[i]);
    g_ptr_array_set_size(report->advice, 0);
    now.proofs_later = FALSE;
    prove_advice(report, &now, resolver, run, data);
    return TRUE;
}
