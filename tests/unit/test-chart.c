/* test-chart.c: the 16 cells, and which one a message stands in, whatever its checks came to.
 * SPDX-License-Identifier: MIT */
#include "advice/chart.h"

#include <string.h>

#include "advice/chart-ways.h"
#include "tree/words.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

/* ---- the cells ---- */

/* The chart as it is drawn: rows SPF, columns DKIM; aligned, unaligned, fail, none. */
static const char *const dmarc[] = { "pppp", "pfff", "pfff", "pfff" };
static const char *const gmail[] = { "yynn", "ynnn", "nnnn", "nnnn" };

static void
test_cells(void)
{
    guint passes = 0, met = 0;

    for (guint spf = 0; spf < CHART_STATES; spf++) {
        for (guint dkim = 0; dkim < CHART_STATES; dkim++) {
            const Result result = chart_dmarc(spf, dkim, TRUE);
            const gboolean meets = chart_gmail_lacks(spf, dkim, TRUE) == 0;
            g_assert_cmpint(result, ==, dmarc[spf][dkim] == 'p' ? RESULT_PASS : RESULT_FAIL);
            g_assert_cmpint(meets, ==, gmail[spf][dkim] == 'y');
            passes += result == RESULT_PASS ? 1 : 0;
            met += meets ? 1 : 0;
        }
    }
    g_assert_cmpuint(passes, ==, 7);
    g_assert_cmpuint(met, ==, 3);
}

/* Nothing else changes but the record. */
static void
test_without_record(void)
{
    for (guint spf = 0; spf < CHART_STATES; spf++) {
        for (guint dkim = 0; dkim < CHART_STATES; dkim++) {
            g_assert_cmpint(chart_dmarc(spf, dkim, FALSE), ==, RESULT_NONE);
            g_assert_cmpuint(chart_gmail_lacks(spf, dkim, FALSE), ==,
                             chart_gmail_lacks(spf, dkim, TRUE) | CHART_LACKS_RECORD);
        }
    }
}

static void
test_lacks(void)
{
    static const struct { ChartState spf, dkim; guint lacks; } cases[] = {
        { CHART_ALIGNED, CHART_UNALIGNED, 0 },
        { CHART_UNALIGNED, CHART_UNALIGNED, CHART_LACKS_ALIGNMENT },
        { CHART_ALIGNED, CHART_FAIL, CHART_LACKS_DKIM },
        { CHART_NONE, CHART_ALIGNED, CHART_LACKS_SPF },
        { CHART_UNALIGNED, CHART_NONE, CHART_LACKS_DKIM | CHART_LACKS_ALIGNMENT },
        { CHART_FAIL, CHART_NONE, CHART_LACKS_SPF | CHART_LACKS_DKIM | CHART_LACKS_ALIGNMENT },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpuint(chart_gmail_lacks(cases[i].spf, cases[i].dkim, TRUE), ==,
                         cases[i].lacks);
}

/* Each cell and each state has words of its own. */
static void
test_words(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint spf = 0; spf < CHART_STATES; spf++) {
        for (guint dkim = 0; dkim < CHART_STATES; dkim++) {
            g_autofree char *id = g_strdup_printf("chart-%s-%s", chart_state_words[spf],
                                                  chart_state_words[dkim]);
            char *text = words_text(id, NULL);
            g_assert_cmpstr(text, !=, id);
            g_assert_true(g_hash_table_add(seen, text));
        }
    }
    g_assert_cmpstr(chart_state_words[CHART_OPEN], ==, "open");
}

/* ---- a message ---- */

static Report *
report_with_author(void)
{
    Report *report = report_new();

    report->from->domain = g_strdup("example.com");
    report->source->fidelity = g_strdup("raw");
    report->dmarc->rfc9989->result = RESULT_FAIL;
    report->dmarc->rfc9989->policy = "none";
    return report;
}

static Identifier *
add(Report *report, const char *mechanism, Tri authenticated, Tri aligned)
{
    Identifier *identifier = record_new(&identifier_type);

    identifier->mechanism = mechanism;
    identifier->domain = g_strdup("example.net");
    identifier->authenticated = (int)authenticated;
    identifier->aligned = (int)aligned;
    identifier->basis = PROVENANCE_RECOMPUTED;
    g_ptr_array_add(report->dmarc->rfc9989->identifiers, identifier);
    return identifier;
}

static Identifier *
add_spf(Report *report, Result result, Tri aligned)
{
    report->spf->mail_from->result = (int)result;
    return add(report, "spf",
               result == RESULT_PASS                                         ? TRI_TRUE
               : result == RESULT_UNKNOWN || result == RESULT_TEMPERROR ? TRI_UNKNOWN
                                                                             : TRI_FALSE,
               aligned);
}

static ChartPlace
place_of(const Report *report, gboolean has_cell)
{
    ChartPlace place;

    g_assert_cmpint(chart_place(report, FALSE, &place), ==, has_cell);
    return place;
}

/* Softfail, neutral and permerror stand in the row of fails, and are named; no record is none. */
static void
test_spf_results(void)
{
    static const struct { Result result; Tri aligned; ChartState state; } cases[] = {
        { RESULT_PASS, TRI_TRUE, CHART_ALIGNED },
        { RESULT_PASS, TRI_FALSE, CHART_UNALIGNED },
        { RESULT_PASS, TRI_UNKNOWN, CHART_OPEN },
        { RESULT_FAIL, TRI_TRUE, CHART_FAIL },
        { RESULT_SOFTFAIL, TRI_FALSE, CHART_FAIL },
        { RESULT_NEUTRAL, TRI_UNKNOWN, CHART_FAIL },
        { RESULT_PERMERROR, TRI_TRUE, CHART_FAIL },
        { RESULT_POLICY, TRI_TRUE, CHART_FAIL },
        { RESULT_NONE, TRI_TRUE, CHART_NONE },
        { RESULT_NONE, TRI_UNKNOWN, CHART_NONE },
        { RESULT_TEMPERROR, TRI_FALSE, CHART_OPEN },
        { RESULT_UNKNOWN, TRI_TRUE, CHART_OPEN },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Report) report = report_with_author();
        add_spf(report, cases[i].result, cases[i].aligned);
        const ChartPlace place = place_of(report, cases[i].state != CHART_OPEN);
        g_assert_cmpint(place.spf, ==, cases[i].state);
        g_assert_cmpint(place.dkim, ==, CHART_NONE);
        if (cases[i].state == CHART_FAIL)
            g_assert_cmpint(place.spf_result, ==, cases[i].result);
    }
}

/* What one signature may come to: authenticated, aligned. */
static const struct { Tri authenticated, aligned; ChartState best, worst; } signatures[] = {
    { TRI_TRUE, TRI_TRUE, CHART_ALIGNED, CHART_ALIGNED },
    { TRI_TRUE, TRI_FALSE, CHART_UNALIGNED, CHART_UNALIGNED },
    { TRI_TRUE, TRI_UNKNOWN, CHART_ALIGNED, CHART_UNALIGNED },
    { TRI_FALSE, TRI_TRUE, CHART_FAIL, CHART_FAIL },
    { TRI_FALSE, TRI_FALSE, CHART_FAIL, CHART_FAIL },
    { TRI_FALSE, TRI_UNKNOWN, CHART_FAIL, CHART_FAIL },
    { TRI_UNKNOWN, TRI_TRUE, CHART_ALIGNED, CHART_FAIL },
    { TRI_UNKNOWN, TRI_FALSE, CHART_UNALIGNED, CHART_FAIL },
    { TRI_UNKNOWN, TRI_UNKNOWN, CHART_ALIGNED, CHART_FAIL },
};

/* The best of all of them counts, as far as it is sure which one that is, in any order. */
static void
test_three_signatures(void)
{
    const guint count = G_N_ELEMENTS(signatures);

    for (guint all = 0; all < count * count * count; all++) {
        const guint picks[] = { all % count, all / count % count, all / count / count };
        g_autoptr(Report) report = report_with_author();
        ChartState best = CHART_NONE, worst = CHART_NONE;
        add_spf(report, RESULT_FAIL, TRI_TRUE);
        for (gsize i = 0; i < G_N_ELEMENTS(picks); i++) {
            add(report, "dkim", signatures[picks[i]].authenticated, signatures[picks[i]].aligned);
            best = MIN(best, signatures[picks[i]].best);
            worst = MIN(worst, signatures[picks[i]].worst);
        }
        const ChartPlace place = place_of(report, best == worst);
        g_assert_cmpint(place.dkim, ==, best == worst ? best : CHART_OPEN);
        g_assert_cmpint(place.spf, ==, CHART_FAIL);
        g_assert_cmpuint(place.signatures, ==, 3);
    }
}

/* The cell agrees with DMARC's own rule: pass where something aligned was proved. */
static void
test_agrees_with_dmarc(void)
{
    static const Tri known[] = { TRI_FALSE, TRI_TRUE };

    for (guint bits = 0; bits < 64; bits++) {
        g_autoptr(Report) report = report_with_author();
        gboolean pass = FALSE;
        for (guint i = 0; i < 3; i++) {
            const Tri yes = known[bits >> (2 * i) & 1], aligned = known[bits >> (2 * i + 1) & 1];
            if (i == 0)
                add_spf(report, yes == TRI_TRUE ? RESULT_PASS : RESULT_SOFTFAIL, aligned);
            else
                add(report, "dkim", yes, aligned);
            pass = pass || (yes == TRI_TRUE && aligned == TRI_TRUE);
        }
        const ChartPlace place = place_of(report, TRUE);
        g_assert_cmpint(chart_dmarc(place.spf, place.dkim, TRUE) == RESULT_PASS, ==, pass);
    }
}

static void
test_reported(void)
{
    static const struct { const char *word; ChartState state; Result result; } cases[] = {
        { "none", CHART_NONE, RESULT_NONE },
        { "softfail", CHART_FAIL, RESULT_SOFTFAIL },
        { "hardfail", CHART_FAIL, RESULT_FAIL },
        { "pass", CHART_FAIL, RESULT_FAIL },    /* another host's word: this one said no */
        { NULL, CHART_FAIL, RESULT_FAIL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Report) report = report_with_author();
        Identifier *spf = add(report, "spf", TRI_FALSE, TRI_TRUE);
        spf->basis = PROVENANCE_REPORTED;
        spf->reported = g_strdup(cases[i].word);
        const ChartPlace place = place_of(report, TRUE);
        g_assert_cmpint(place.spf, ==, cases[i].state);
        g_assert_cmpint(place.spf_result, ==, cases[i].result);
    }
}

/* The receiving host's word, where nothing is known: only when asked for. */
static void
test_believed(void)
{
    static const struct { const char *word; ChartState state; Result result; } cases[] = {
        { "pass", CHART_UNALIGNED, RESULT_PASS },    { "none", CHART_NONE, RESULT_NONE },
        { "neutral", CHART_FAIL, RESULT_NEUTRAL },   { "temperror", CHART_OPEN, RESULT_UNKNOWN },
        { NULL, CHART_OPEN, RESULT_UNKNOWN },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Report) report = report_with_author();
        ChartPlace place;
        add(report, "spf", TRI_UNKNOWN, TRI_FALSE)->reported = g_strdup(cases[i].word);
        g_assert_cmpint(place_of(report, FALSE).spf, ==, CHART_OPEN);
        chart_place(report, TRUE, &place);
        g_assert_cmpint(place.spf, ==, cases[i].state);
        g_assert_cmpint(place.spf_result, ==, cases[i].result);
        g_assert_true(place.believed);
    }
    /* What was found here stands, whatever is said. */
    g_autoptr(Report) known = report_with_author();
    ChartPlace place;
    add_spf(known, RESULT_SOFTFAIL, TRI_TRUE)->reported = g_strdup("pass");
    g_assert_true(chart_place(known, TRUE, &place));
    g_assert_cmpint(place.spf, ==, CHART_FAIL);
    g_assert_cmpint(place.spf_result, ==, RESULT_SOFTFAIL);
}

static void
test_no_cell(void)
{
    g_autoptr(Report) nobody = report_with_author();
    g_autoptr(Report) empty = report_new();
    g_autoptr(Report) fragments = report_with_author();

    add_spf(nobody, RESULT_PASS, TRI_TRUE);
    g_clear_pointer(&nobody->from->domain, g_free);
    g_assert_cmpint(place_of(nobody, FALSE).spf, ==, CHART_OPEN);
    g_assert_cmpint(place_of(empty, FALSE).dkim, ==, CHART_OPEN);

    add_spf(fragments, RESULT_PASS, TRI_TRUE);
    g_free(fragments->source->fidelity);
    fragments->source->fidelity = g_strdup("fragments");
    const ChartPlace place = place_of(fragments, FALSE);
    g_assert_cmpint(place.spf, ==, CHART_ALIGNED);
    g_assert_cmpint(place.dkim, ==, CHART_OPEN);
}

static void
test_record(void)
{
    g_autoptr(Report) report = report_with_author();
    DmarcResult *result = report->dmarc->rfc9989;

    add_spf(report, RESULT_PASS, TRI_TRUE);
    g_assert_cmpint(place_of(report, TRUE).record, ==, TRI_TRUE);
    result->policy = NULL;
    g_assert_cmpint(place_of(report, TRUE).record, ==, TRI_UNKNOWN);
    result->result = RESULT_NONE;
    g_assert_cmpint(place_of(report, TRUE).record, ==, TRI_FALSE);
}

/* The signature that counts, by its index; an index that is not there is none. */
static void
test_signature(void)
{
    g_autoptr(Report) report = report_with_author();
    DkimResult *signature = record_new(&dkim_result_type);

    signature->result = RESULT_PERMERROR;
    g_ptr_array_add(report->dkim, signature);
    add_spf(report, RESULT_NONE, TRI_TRUE);
    Identifier *identifier = add(report, "dkim", TRI_FALSE, TRI_TRUE);
    identifier->signature = 0;
    const ChartPlace place = place_of(report, TRUE);
    g_assert_true(place.signature == signature);
    g_assert_cmpint(place.dkim_result, ==, RESULT_PERMERROR);
    identifier->signature = 7;
    g_assert_null(place_of(report, TRUE).signature);
}

/* ---- many messages ---- */

static void
test_cell_numbers(void)
{
    for (guint cell = 0; cell < CHART_CELLS; cell++)
        g_assert_cmpuint(chart_cell(chart_cell_spf(cell), chart_cell_dkim(cell)), ==, cell);
    g_assert_cmpuint(chart_cell(CHART_OPEN, CHART_ALIGNED), ==, CHART_NO_CELL);
    g_assert_cmpuint(chart_cell(CHART_ALIGNED, CHART_OPEN), ==, CHART_NO_CELL);
    g_assert_cmpint(chart_cell_spf(CHART_NO_CELL), ==, CHART_OPEN);
    g_assert_cmpint(chart_cell_dkim(CHART_NO_CELL), ==, CHART_OPEN);
}

/* A cell of its own, one on the receiving host's word, none at all; and out again. */
static void
test_count(void)
{
    g_autoptr(Report) own = report_with_author();
    g_autoptr(Report) told = report_with_author();
    g_autoptr(Report) nowhere = report_with_author();
    ChartCount count = { 0 };
    const ChartCount nothing = { 0 };

    add_spf(own, RESULT_SOFTFAIL, TRI_TRUE)->reported = g_strdup("pass");
    add(told, "spf", TRI_UNKNOWN, TRI_FALSE)->reported = g_strdup("pass");
    add(nowhere, "spf", TRI_UNKNOWN, TRI_FALSE);
    const ChartSpot spots[] = { chart_spot(own), chart_spot(told), chart_spot(nowhere) };
    for (gsize i = 0; i < G_N_ELEMENTS(spots); i++)
        chart_count_add(&count, spots[i]);
    g_assert_cmpuint(count.own[chart_cell(CHART_FAIL, CHART_NONE)], ==, 1);
    g_assert_cmpuint(count.told[chart_cell(CHART_FAIL, CHART_NONE)], ==, 0);
    g_assert_cmpuint(count.own[CHART_NO_CELL], ==, 2);
    g_assert_cmpuint(count.told[chart_cell(CHART_UNALIGNED, CHART_NONE)], ==, 1);
    g_assert_cmpuint(count.told[CHART_NO_CELL], ==, 1);
    for (gsize i = 0; i < G_N_ELEMENTS(spots); i++)
        chart_count_remove(&count, spots[i]);
    g_assert_true(memcmp(&count, &nothing, sizeof count) == 0);
}

/* ---- ways ---- */

/* Edits about other things stay, those about SPF and DKIM give way; nothing stands there twice. */
static void
test_ways(void)
{
    g_autoptr(Report) report = report_with_author();
    g_autoptr(Edits) present = edits_new();

    add_spf(report, RESULT_PASS, TRI_FALSE);
    g_assert_true(edits_add_text(present, "aspf=s", NULL));
    g_assert_true(edits_add_text(present, "spf=none", NULL));
    g_assert_true(edits_add_text(present, "dkim.add=example.net", NULL));
    g_autoptr(GPtrArray) home = chart_ways(report, present, CHART_UNALIGNED, CHART_NONE);
    g_assert_cmpuint(home->len, ==, 1);
    g_assert_cmpuint(edits_length(home->pdata[0]), ==, 1);
    g_assert_cmpstr(edits_get(home->pdata[0], 0)->key, ==, "aspf");
    g_autoptr(GPtrArray) up = chart_ways(report, present, CHART_ALIGNED, CHART_ALIGNED);
    g_assert_cmpuint(up->len, >=, 3);
    for (guint i = 0; i < up->len; i++) {
        g_assert_cmpstr(edits_value(up->pdata[i], "aspf"), ==, "s");
        g_assert_cmpstr(edits_value(up->pdata[i], "spf"), !=, "none");
        g_assert_cmpstr(edits_value(up->pdata[i], "dkim.add"), ==, "example.com");
    }
    g_clear_pointer(&report->from->domain, g_free);
    g_autoptr(GPtrArray) nobody = chart_ways(report, NULL, CHART_ALIGNED, CHART_ALIGNED);
    g_assert_cmpuint(nobody->len, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chart/cells", test_cells);
    g_test_add_func("/chart/without-record", test_without_record);
    g_test_add_func("/chart/lacks", test_lacks);
    g_test_add_func("/chart/words", test_words);
    g_test_add_func("/chart/spf-results", test_spf_results);
    g_test_add_func("/chart/three-signatures", test_three_signatures);
    g_test_add_func("/chart/agrees-with-dmarc", test_agrees_with_dmarc);
    g_test_add_func("/chart/reported", test_reported);
    g_test_add_func("/chart/believed", test_believed);
    g_test_add_func("/chart/no-cell", test_no_cell);
    g_test_add_func("/chart/record", test_record);
    g_test_add_func("/chart/signature", test_signature);
    g_test_add_func("/chart/cell-numbers", test_cell_numbers);
    g_test_add_func("/chart/count", test_count);
    g_test_add_func("/chart/ways", test_ways);
    return g_test_run();
}
