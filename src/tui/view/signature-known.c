/* signature-known.c: a signature with its step, its coverage and what was hashed.
 * SPDX-License-Identifier: MIT */
#include "tui/view/signature-known.h"

static void
read_coverage(Known *known, const App *app, const DkimResult *result, guint at)
{
    if (known->coverage && known->coverage_of == at)
        return;
    g_clear_pointer(&known->coverage, coverage_free);
    known->coverage = coverage_new(app->doc->message, result);
    known->coverage_of = at;
}

static void
read_hashed(Known *known, const App *app, const DkimResult *result, guint at)
{
    if (known->hashed_known && known->hashed_of == at)
        return;
    g_clear_pointer(&known->hashed, hashed_free);
    if (app->input->host.hashed && !app->input->redact)
        known->hashed = app->input->host.hashed(app->doc->message, coverage_place(result));
    known->hashed_of = at;
    known->hashed_known = TRUE;
}

Signature
known_signature(Known *known, const App *app, guint at, gboolean hashed)
{
    const GPtrArray *all = app->doc->report->dkim;
    const DkimResult *result = all->pdata[at];

    if (!known->steps)
        known->steps = coverage_steps(app->doc->report->tree);
    read_coverage(known, app, result, at);
    if (hashed)
        read_hashed(known, app, result, at);
    return (Signature) {
        .result = result,
        .step = g_hash_table_lookup(known->steps, GSIZE_TO_POINTER(coverage_place(result))),
        .coverage = known->coverage,
        .hashed = hashed ? known->hashed : NULL,
        .number = at + 1,
        .count = all->len,
    };
}

void
known_clear(Known *known)
{
    g_clear_pointer(&known->steps, g_hash_table_unref);
    g_clear_pointer(&known->coverage, coverage_free);
    g_clear_pointer(&known->hashed, hashed_free);
    known->hashed_known = FALSE;
}
