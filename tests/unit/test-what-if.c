/* What if: each key where it changes the verdict and where it must not; what is taken from a known run is
 * the same as what is found anew; nothing unknown becomes known, no file is touched.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "analysis/hypothesis.h"
#include "report/printer.h"
#include "whatif/outcome.h"

typedef struct {
    Message  *message;
    Resolver *resolver;
    Psl      *psl;
} Bench;

static Bench
open_text(const char *text, const char *zone)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "what-if-XXXXXX", NULL);
    g_autoptr(GError) error = NULL;
    Bench bench = { .message = message_from_bytes(bytes, "mail.eml", &error),
                    .psl = psl_open(NULL, &error) };

    g_assert_no_error(error);
    if (zone) {
        const int file = g_mkstemp(path);
        g_assert_cmpint(file, >=, 0);
        close(file);
        g_assert_true(g_file_set_contents(path, zone, -1, NULL));
        bench.resolver = resolver_snapshot((const char *const[]){ path, NULL }, FALSE, &error);
        g_assert_no_error(error);
        g_remove(path);
    } else {
        bench.resolver = resolver_offline();
    }
    return bench;
}

static Bench
open_sample(const char *name)
{
    g_autofree char *path = g_strdup_printf("samples/%s.eml", name);
    g_autofree char *zone = snapshot_path_beside(path);
    g_autoptr(GError) error = NULL;
    Bench bench = { .message = message_load(path, &error), .psl = psl_open(NULL, &error) };

    g_assert_no_error(error);
    bench.resolver = resolver_snapshot((const char *const[]){ zone, NULL }, FALSE, &error);
    g_assert_no_error(error);
    return bench;
}

static void
bench_close(Bench *bench)
{
    message_free(bench->message);
    resolver_free(bench->resolver);
    psl_close(bench->psl);
}

static AnalysisOptions
options_of(const Bench *bench, const Edits *edits, const Report *known)
{
    return (AnalysisOptions){ .at = RECORD_UNSET, .now = 1795305600, .psl = bench->psl,
                              .edits = edits, .known = known };
}

static Report *
run(const Bench *bench, const Edits *edits, const Report *known)
{
    const AnalysisOptions options = options_of(bench, edits, known);
    Report *report = analysis_run(bench->message, bench->resolver, &options);

    for (guint i = 0; i < report->dns->len; i++)
        ((DnsAnswer *)report->dns->pdata[i])->ms = 0;
    return report;
}

/* "from=a@example.jp & p=none" */
static Edits *
edits_of(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, " & ", -1);
    Edits *edits = edits_new();

    for (char **part = parts; *part && **part; part++) {
        g_autoptr(GError) error = NULL;
        edits_add_text(edits, *part, &error);
        g_assert_no_error(error);
    }
    return edits;
}

/* ---- every key ---- */

/* `want`: the result by RFC 9989 with the edits, a blank, by RFC 7489. */
static const struct { const char *sample, *edits, *want; } cases[] = {
    { "webform", "", "fail fail" },
    { "webform", "from=support@example.com", "pass pass" },
    { "webform", "from=other@example.jp", "fail fail" },
    { "webform", "from=a@nowhere.example", "unknown unknown" },
    { "webform", "sender=support@example.com", "fail fail" },
    { "webform", "reply-to=support@example.com", "fail fail" },
    { "webform-fixed", "sender=user@example.jp & reply-to=", "pass pass" },
    { "webform", "mail-from=user@example.jp", "fail fail" },        /* aligned, but SPF says no */
    { "webform", "mail-from=user@example.jp & spf=pass", "pass pass" },
    { "webform", "mail-from=a@nowhere.example", "fail fail" },      /* another TLD: never aligned */
    { "webform", "mail-from=<> & helo=mail.example.jp", "fail fail" },
    { "webform", "helo=mail.example.jp", "fail fail" },             /* MAIL FROM is asked first */
    { "webform", "ip=203.0.113.9", "fail fail" },
    { "webform-fixed", "ip=203.0.113.9 & dkim.1=fail", "fail fail" },
    { "webform-fixed", "ip=203.0.113.9", "pass pass" },             /* the signature still vouches */
    { "webform-fixed", "spf=fail", "pass pass" },
    { "webform-fixed", "spf=fail & dkim.1=none", "fail fail" },
    { "webform-fixed", "spf=unknown & dkim.1=none", "unknown unknown" },
    { "webform-fixed", "spf=temperror & dkim.1=fail", "temperror temperror" },
    { "webform", "dkim.1.d=example.jp", "pass pass" },
    { "webform", "dkim.1.d=example.net", "fail fail" },
    { "webform", "dkim.add=mail.example.jp", "pass pass" },
    { "webform", "dkim.add=example.net", "fail fail" },
    { "webform", "dkim.1=fail & dkim.1.d=example.jp", "pass pass" }, /* the later one counts */
    { "webform", "dns=_dmarc.example.jp TXT nxdomain", "none none" },
    { "webform", "dns=_dmarc.example.jp TXT servfail", "temperror temperror" },
    { "webform", "dns=_dmarc.example.jp TXT v=DMARC1; p=none", "fail fail" },
    { "webform", "dns=example.net A 192.0.2.9", "fail fail" },
    { "webform-fixed", "dns=www.example.com TXT v=spf1 -all & dkim.1=fail", "fail fail" },
    { "webform-fixed", "dns=form2026._domainkey.example.com TXT nxdomain", "pass pass" },
    { "webform-fixed", "dns=form2026._domainkey.example.com TXT nxdomain & spf=fail", "fail fail" },
    { "webform-fixed", "dns=form2026._domainkey.example.com TXT servfail & spf=fail",
      "temperror temperror" },
    { "webform", "p=none", "fail fail" },
    { "webform-fixed", "aspf=s & adkim=s", "pass pass" },           /* d= is the very name */
    { "webform-fixed", "aspf=s & dkim.1=fail", "fail fail" },       /* MAIL FROM is a name below */
    { "webform-fixed", "adkim=s & from=a@mail.example.com", "pass pass" },
    { "webform-fixed", "adkim=s & aspf=s & from=a@mail.example.com", "fail fail" },
    { "webform-fixed", "rfc=7489", "pass pass" },
    { "webform", "body-byte=0", "fail fail" },
    { "webform-fixed", "body-byte=0 & spf=fail", "fail fail" },
    { "webform-fixed", "body-byte=0", "pass pass" },
    { "webform-fixed", "header-order=1>5", "pass pass" },
    { "webform-fixed", "at=2026-11-18T01:15:07Z & spf=none", "pass pass" },
    { "webform-fixed", "at=2020-01-01T00:00:00Z", "pass pass" },    /* t= is ahead then */
    { "campaign", "trust=mx.example.net", NULL },
    { "ses-default", "trust=mx.example.com & t=y & pct=0 & np=none & sp=none & psd=n", NULL },
};

static char *
results(const Report *report)
{
    return g_strdup_printf("%s %s", result_words[report->dmarc->rfc9989->result],
                           result_words[report->dmarc->rfc7489->result]);
}

static void
test_keys(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Bench bench = open_sample(cases[i].sample);
        g_autoptr(Edits) edits = edits_of(cases[i].edits);
        g_autoptr(GBytes) before = g_bytes_ref(message_raw(bench.message));
        Report *report = run(&bench, edits, NULL);
        g_autofree char *got = results(report);
        const Finding *refusal = edits_refusal(report);
        g_test_message("%s %s: %s %s", cases[i].sample, cases[i].edits, got,
                       refusal ? refusal->id : "");
        g_assert_null(refusal);
        if (cases[i].want)
            g_assert_cmpstr(got, ==, cases[i].want);
        g_assert_cmpuint(report->what_if->len, <=, edits_length(edits));
        g_assert_true(g_bytes_equal(before, message_raw(bench.message)));
        report_free(report);
        bench_close(&bench);
    }
}

/* Every key of the table is among the cases. */
static void
test_all_keys(void)
{
    for (const EditKey *row = edit_keys; row->key; row++) {
        gboolean seen = FALSE;
        for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
            g_autoptr(Edits) edits = edits_of(cases[i].edits);
            for (guint k = 0; k < edits_length(edits); k++)
                seen = seen || edit_key_find(edits_get(edits, k)->key) == row;
        }
        g_test_message("%s", row->key);
        g_assert_true(seen);
    }
}

/* What a known run gives is what would be found anew, but for the word on the verdict before. */
static void
test_known(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Bench bench = open_sample(cases[i].sample);
        g_autoptr(Edits) edits = edits_of(cases[i].edits);
        Report *known = run(&bench, NULL, NULL);
        Report *fresh = run(&bench, edits, NULL);
        Report *quick = run(&bench, edits, known);
        g_autoptr(GString) a = g_string_new(NULL), b = g_string_new(NULL);

        g_test_message("%s %s", cases[i].sample, cases[i].edits);
        if (edits_length(edits) > 0)
            g_assert_cmpint(quick->what_if_before, ==, known->dmarc->rfc9989->result);
        quick->what_if_before = fresh->what_if_before;
        g_clear_pointer(&quick->what_if_asked, g_free);
        printer_json(a, fresh);
        printer_json(b, quick);
        g_assert_cmpstr(a->str, ==, b->str);
        g_assert_true(record_equal(&report_type, fresh, quick));
        report_free(known);
        report_free(fresh);
        report_free(quick);
        bench_close(&bench);
    }
}

/* ---- what it rests on ---- */

static const Step *
find(const Step *step, const char *id)
{
    if (g_str_equal(step->id, id))
        return step;
    for (guint i = 0; i < step->children->len; i++) {
        const Step *found = find(step->children->pdata[i], id);
        if (found)
            return found;
    }
    return NULL;
}

static void
test_assumed(void)
{
    static const struct { const char *edits, *step; } steps[] = {
        { "from=support@example.com", "author" }, { "from=support@example.com", "alignment" },
        { "from=support@example.com", "dkim-check" }, { "spf=fail", "spf-assumed" },
        { "dkim.1=fail", "dkim-assumed" }, { "p=none", "policy-query" }, { "p=none", "policy" },
        { "p=none", "dmarc" }, { "mail-from=a@example.jp", "dmarc" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        Bench bench = open_sample("webform");
        g_autoptr(Edits) edits = edits_of(steps[i].edits);
        Report *report = run(&bench, edits, NULL);
        const Step *step = find(report->tree, steps[i].step);
        g_test_message("%s: %s", steps[i].edits, steps[i].step);
        g_assert_nonnull(step);
        g_assert_cmpint(step->provenance, ==, PROVENANCE_ASSUMED);
        g_assert_cmpstr(report->dmarc->rfc9989->basis, ==, "assumed");
        report_free(report);
        bench_close(&bench);
    }
}

/* What failed stays failed when From: is another; what held holds, assumed. */
static void
test_from_and_signatures(void)
{
    Bench bench = open_sample("webform");
    g_autoptr(Edits) broken = edits_of("body-byte=3 & from=support@example.com");
    g_autoptr(Edits) whole = edits_of("from=support@example.com");
    Report *report = run(&bench, broken, NULL);
    g_assert_cmpint(((DkimResult *)report->dkim->pdata[0])->result, ==, RESULT_FAIL);
    g_assert_cmpint(((DkimResult *)report->dkim->pdata[0])->provenance, ==, PROVENANCE_RECOMPUTED);
    report_free(report);
    report = run(&bench, whole, NULL);
    g_assert_cmpint(((DkimResult *)report->dkim->pdata[0])->result, ==, RESULT_PASS);
    g_assert_cmpint(((DkimResult *)report->dkim->pdata[0])->provenance, ==, PROVENANCE_ASSUMED);
    g_assert_cmpstr(report->from->domain, ==, "example.com");
    report_free(report);
    bench_close(&bench);
}

/* The RFC that counts gives tree and verdict; the other is still there. */
static void
test_rfc(void)
{
    Bench bench = open_text("From: a@mail.example.com\r\nReturn-Path: <b@example.com>\r\n\r\nx\r\n",
                            ";! complete .\n_dmarc.example.com. TXT \"v=DMARC1; p=reject; psd=y\"\n"
                            "example.com. TXT \"v=spf1 +all\"\n");
    g_autoptr(Edits) edits = edits_of("rfc=7489 & ip=192.0.2.1");
    Report *report = run(&bench, edits, NULL);

    g_assert_true(report_dmarc(report) == report->dmarc->rfc7489);
    g_assert_cmpint(report->dmarc->rfc7489->result, ==, RESULT_PASS);
    g_assert_cmpint(report->dmarc->rfc9989->result, ==, RESULT_FAIL);
    g_assert_cmpint(report->tree->result, ==, RESULT_PASS);
    g_assert_nonnull(find(report->tree, "spf-check"));
    g_assert_null(find(report->tree_7489, "spf-check"));
    report_free(report);
    bench_close(&bench);
}

/* ---- a wrong pass is the worst fault ---- */

#define TRUSTED                                                                                   \
    "Authentication-Results: mx.example.net; spf=pass; dkim=pass header.d=example.jp;"            \
    " dmarc=pass header.from=example.jp\r\n"                                                      \
    "Return-Path: <a@example.jp>\r\nFrom: a@example.jp\r\n\r\nx\r\n"

/* What a trusted host said of the real message proves nothing about an edited one. */
static void
test_trusted_report(void)
{
    static const struct { const char *edits; int want; } stacks[] = {
        { "trust=mx.example.net", RESULT_PASS },
        { "trust=mx.example.net & from=a@mail.example.jp", RESULT_UNKNOWN },
        { "trust=mx.example.net & from=a@example.com", RESULT_UNKNOWN },
        { "trust=mx.example.net & mail-from=a@example.com", RESULT_UNKNOWN },
        { "trust=mx.example.net & dns=example.jp TXT nxdomain", RESULT_UNKNOWN },
        { "trust=mx.example.net & p=reject & body-byte=0", RESULT_PASS },   /* SPF, as reported */
        { "trust=mx.example.net & p=reject & body-byte=0 & mail-from=b@example.jp", RESULT_UNKNOWN },
        { "trust=mx.example.net & p=reject & body-byte=0 & ip=192.0.2.1", RESULT_UNKNOWN },
        { "trust=mx.example.net & p=reject & mail-from=b@example.com", RESULT_PASS },   /* DKIM, likewise */
        { "trust=mx.example.net & p=none & spf=fail & body-byte=0", RESULT_FAIL },
        { "from=a@example.com", RESULT_UNKNOWN },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(stacks); i++) {
        Bench bench = open_text(TRUSTED, NULL);
        g_autoptr(Edits) edits = edits_of(stacks[i].edits);
        Report *report = run(&bench, edits, NULL);
        g_test_message("%s: %s", stacks[i].edits,
                       result_words[report->dmarc->rfc9989->result]);
        g_assert_cmpint(report->dmarc->rfc9989->result, ==, stacks[i].want);
        g_assert_cmpuint(report->reported->len, ==, 1);
        g_assert_cmpuint(((ReportedHeader *)report->reported->pdata[0])->results->len, ==, 3);
        report_free(report);
        bench_close(&bench);
    }
}

/* Nothing known but what is said: the rest stays unknown. */
static void
test_unknown(void)
{
    static const struct { const char *edits; int want; } stacks[] = {
        { "from=b@example.com", RESULT_UNKNOWN },
        { "p=reject", RESULT_UNKNOWN },             /* a record, but no SPF answer */
        { "p=reject & spf=pass", RESULT_PASS },     /* the same name: aligned without DNS */
        { "p=reject & spf=fail", RESULT_FAIL },
        { "p=reject & spf=fail & dkim.add=mail.example.jp", RESULT_UNKNOWN },
        { "spf=pass", RESULT_UNKNOWN },             /* nobody knows the record */
        { "p=reject & aspf=s & spf=fail & dkim.add=example.jp", RESULT_PASS },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(stacks); i++) {
        Bench bench = open_text("Return-Path: <a@example.jp>\r\nFrom: a@example.jp\r\n\r\nx\r\n", NULL);
        g_autoptr(Edits) edits = edits_of(stacks[i].edits);
        Report *report = run(&bench, edits, NULL);
        g_test_message("%s: %s", stacks[i].edits,
                       result_words[report->dmarc->rfc9989->result]);
        g_assert_cmpint(report->dmarc->rfc9989->result, ==, stacks[i].want);
        report_free(report);
        bench_close(&bench);
    }
}

/* ---- what does not fit ---- */

static void
test_refused(void)
{
    static const struct { const char *edits, *id; } stacks[] = {
        { "dkim.2=pass", "what-if-no-signature" }, { "dkim.2.d=a.example", "what-if-no-signature" },
        { "body-byte=100000", "what-if-no-byte" }, { "header-order=100>1", "what-if-no-field" },
        { "header-order=1>100", "what-if-no-field" },
        { "from=a@nowhere.example & sp=none", "what-if-record-unknown" },
        { "dns=_dmarc.example.jp TXT nxdomain & sp=none", "what-if-no-record" },
        { "dns=nobody.example A 192.0.2.1", "what-if-unasked" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(stacks); i++) {
        Bench bench = open_sample("webform");
        g_autoptr(Edits) edits = edits_of(stacks[i].edits);
        Report *report = run(&bench, edits, NULL);
        const Finding *refusal = edits_refusal(report);
        g_test_message("%s", stacks[i].edits);
        g_assert_true(report_has_finding(report, stacks[i].id));
        g_assert_true((refusal != NULL) == !g_str_equal(stacks[i].id, "what-if-unasked"));
        report_free(report);
        bench_close(&bench);
    }
    Bench bench = open_text("From: a@example.jp\r\n\r\n", NULL);
    g_autoptr(Edits) edits = edits_of("spf=pass");
    Report *report = run(&bench, edits, NULL);
    g_assert_true(report_has_finding(report, "what-if-no-domain"));
    report_free(report);
    bench_close(&bench);
}

/* ---- a message that does not exist yet ---- */

static void
test_hypothesis(void)
{
    static const struct { const char *edits; int want; } stacks[] = {
        { "", RESULT_FAIL }, { "from=a@example.com", RESULT_PASS },
        { "mail-from=a@example.jp & spf=pass", RESULT_PASS }, { "dkim.1.d=example.jp", RESULT_PASS },
        { "dkim.add=example.jp", RESULT_PASS }, { "dns=_dmarc.example.jp TXT nxdomain", RESULT_NONE },
        { "p=none", RESULT_FAIL }, { "dkim.1=none", RESULT_FAIL },
    };
    Bench bench = open_sample("webform");
    const char *const dkim[] = { "example.com", NULL };
    const Assumptions said = { .from = "user@example.jp", .dkim = dkim,
                               .envelope = { .mail_from = "a@www.example.com", .ip = "192.0.2.10" } };

    for (gsize i = 0; i < G_N_ELEMENTS(stacks); i++) {
        g_autoptr(Edits) edits = edits_of(stacks[i].edits);
        g_autoptr(Hypothesis) hypothesis = hypothesis_read(&said, NULL);
        const AnalysisOptions options = options_of(&bench, edits, NULL);
        Report *report = hypothesis_run(hypothesis, bench.resolver, &options);
        g_test_message("%s: %s", stacks[i].edits, result_words[report->dmarc->rfc9989->result]);
        g_assert_cmpint(report->dmarc->rfc9989->result, ==, stacks[i].want);
        report_free(report);
    }
    g_autoptr(Edits) edits = edits_of("body-byte=0");
    g_autoptr(Hypothesis) hypothesis = hypothesis_read(&said, NULL);
    const AnalysisOptions options = options_of(&bench, edits, NULL);
    Report *report = hypothesis_run(hypothesis, bench.resolver, &options);
    g_assert_true(report_has_finding(report, "what-if-no-message"));
    report_free(report);
    bench_close(&bench);
}

/* ---- speed ---- */

static double
cpu(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* 75 to 145 us were measured, 300 for a whole analysis; the limit is for shared machines. */
static void
test_speed(void)
{
    static const char *const stacks[] = { "from=a@example.net", "p=none", "dkim.1=fail" };
    Bench bench = open_sample("ses-default");
    AnalysisOptions options = options_of(&bench, NULL, NULL);
    options.trial = TRUE;
    Report *known = analysis_run(bench.message, bench.resolver, &options);

    options.known = known;
    for (gsize i = 0; i < G_N_ELEMENTS(stacks); i++) {
        g_autoptr(Edits) edits = edits_of(stacks[i]);
        options.edits = edits;
        const double start = cpu();
        for (guint k = 0; k < 100; k++)
            report_free(analysis_run(bench.message, bench.resolver, &options));
        const double each = (cpu() - start) / 100;
        g_test_message("%s: %.0f us", stacks[i], each);
        g_assert_cmpfloat(each, <, 20 * 150);
    }
    report_free(known);
    bench_close(&bench);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/what-if/keys", test_keys);
    g_test_add_func("/what-if/all-keys", test_all_keys);
    g_test_add_func("/what-if/known", test_known);
    g_test_add_func("/what-if/assumed", test_assumed);
    g_test_add_func("/what-if/from-and-signatures", test_from_and_signatures);
    g_test_add_func("/what-if/rfc", test_rfc);
    g_test_add_func("/what-if/trusted-report", test_trusted_report);
    g_test_add_func("/what-if/unknown", test_unknown);
    g_test_add_func("/what-if/refused", test_refused);
    g_test_add_func("/what-if/hypothesis", test_hypothesis);
    g_test_add_func("/what-if/speed", test_speed);
    return g_test_run();
}
