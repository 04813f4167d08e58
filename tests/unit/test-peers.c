/* test-peers.c: which known fault explains which difference, and what second opinions leave alone.
 * SPDX-License-Identifier: MIT */
#include "peers/peers.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "auth/step.h"
#include "example-report.h"
#include "peers/faults.h"
#include "peers/libspf2.h"
#include "peers/opendmarc.h"
#include "peers/suffixes.h"

static Report *
spf_report(Result ours, const char *reason, const char *record)
{
    Report *report = report_new();
    DnsAnswer *answer = record_new(&dns_answer_type);
    DnsRecord *text = record_new(&dns_record_type);

    report->envelope->client_ip->address = g_strdup("192.0.2.1");
    report->spf->mail_from->result = (int)ours;
    report->spf->mail_from->reason = reason;
    report->spf->mail_from->provenance = PROVENANCE_RECOMPUTED;
    report->spf->mail_from->domain = g_strdup("example.com");
    answer->name = g_strdup("example.com");
    answer->type = g_strdup("TXT");
    text->data = g_bytes_new(record, strlen(record));
    g_ptr_array_add(answer->records, text);
    g_ptr_array_add(report->dns, answer);
    return report;
}

/* The same facts explain one answer and not another. */
static void
test_spf_faults(void)
{
    static const struct {
        Result ours;
        const char *reason, *record;
        Result theirs;
        const char *want;
    } cases[] = {
        { RESULT_PERMERROR, "too-many-lookups", "v=spf1", RESULT_PASS, "peer-lookup-limit" },
        { RESULT_PERMERROR, "too-many-void-lookups", "v=spf1", RESULT_FAIL, "peer-void-limit" },
        { RESULT_PERMERROR, "too-many-mx", "v=spf1", RESULT_FAIL, "peer-name-limit" },
        { RESULT_PERMERROR, "syntax", "v=spf1", RESULT_PASS, "peer-bad-grammar" },
        { RESULT_PASS, "matched", "v=spf1 ip4:0.0.0.0/0", RESULT_PERMERROR, "peer-prefix-zero" },
        { RESULT_PASS, "matched", "v=spf1 a//0 -all", RESULT_PERMERROR, "peer-prefix-zero" },
        { RESULT_PASS, "matched", "v=spf1 ip4:0.0.0.0/0", RESULT_FAIL, "peer-unexplained" },
        { RESULT_PASS, "matched", "v=spf1 ip4:10.0.0.0/08", RESULT_PERMERROR, "peer-unexplained" },
        { RESULT_PASS, "matched", "v=spf1 redirect=a.example +all", RESULT_FAIL,
          "peer-redirect-early" },
        { RESULT_PASS, "matched", "v=spf1 +all redirect=a.example", RESULT_FAIL,
          "peer-unexplained" },
        { RESULT_PASS, "matched", "v=spf1 redirect=a.example exp=b.example", RESULT_FAIL,
          "peer-unexplained" },
        { RESULT_PASS, "matched", "v=spf1 exists:%{d2}.x -all", RESULT_FAIL, "peer-macro-cut" },
        { RESULT_PASS, "matched", "v=spf1 exists:%{d}.x -all", RESULT_FAIL, "peer-unexplained" },
        { RESULT_PASS, "matched", "not SPF %{d2} /0", RESULT_PERMERROR, "peer-unexplained" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Report *report = spf_report(cases[i].ours, cases[i].reason, cases[i].record);
        const PeerAnswer answer = { .result = (int)cases[i].theirs };
        g_assert_cmpstr(faults_of_libspf2(report, &answer), ==, cases[i].want);
        report_free(report);
    }
}

static void
test_dmarc_faults(void)
{
    static const struct {
        const char *author, *proved, *mode, *org;
        Result ours, theirs;
        const char *want;
    } cases[] = {
        { "x.com", "evil.com", "r", "x.com", RESULT_FAIL, RESULT_PASS, "peer-first-label" },
        { "evil.com", "x.com", "r", "evil.com", RESULT_FAIL, RESULT_PASS, "peer-first-label" },
        { "xx.com", "evil.com", "r", "xx.com", RESULT_FAIL, RESULT_PASS, "peer-unexplained" },
        { "x.com", "evil.net", "r", "x.com", RESULT_FAIL, RESULT_PASS, "peer-unexplained" },
        { "shop.co.uk", "co.uk", "r", "shop.co.uk", RESULT_FAIL, RESULT_PASS,
          "peer-public-suffix" },
        { "shop.com", "mail.shop.com", "s", "shop.com", RESULT_FAIL, RESULT_PASS, "peer-strict" },
        { "shop.com", "mail.shop.com", "r", "shop.com", RESULT_FAIL, RESULT_PASS,
          "peer-unexplained" },
        { "shop.com", "shop.com", "r", "shop.com", RESULT_PASS, RESULT_PERMERROR,
          "peer-record-refused" },
        { "shop.com", "shop.com", "r", "", RESULT_PASS, RESULT_NONE, "peer-unknown-top" },
        { "one.foo.ck", "two.foo.ck", "r", "foo.ck", RESULT_FAIL, RESULT_PASS, "peer-wildcard-rule" },
        { "shop.com", "shop.com", "r", "shop.com", RESULT_PASS, RESULT_FAIL, "peer-unexplained" },
    };
    g_autoptr(Psl) psl = psl_open(NULL, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Report *report = report_new();
        const PeerAnswer answer = { .result = (int)cases[i].theirs,
                                    .org = (char *)cases[i].org };
        example_author(report, "a@b", cases[i].author);
        report->dmarc->rfc7489->result = (int)cases[i].ours;
        Identifier *id = example_identifier(report->dmarc->rfc7489, "dkim", cases[i].proved,
                                            RESULT_PASS, TRI_FALSE, NULL);
        id->mode = cases[i].mode;
        g_assert_cmpstr(faults_of_opendmarc(report, &answer, psl), ==, cases[i].want);
        report_free(report);
    }
}

/* Of a list only what can matter for the names, in the eyes of a library that reads rules oddly. */
static void
test_suffixes(void)
{
    static const char list[] = "// a comment\n// xn--p1ai (\"rf\")\n// xn--q9jyb4c\ncom\nuk\nco.uk\n*.ck\n"
                               "!www.ck\n!city.ck\nxcom\nblogspot.com\nz.example.com\nexample.com \n";
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    g_ptr_array_add(names, (char *)"a.example.com");
    g_ptr_array_add(names, (char *)"www.ck");
    g_ptr_array_add(names, (char *)"b.xn--p1ai");
    g_autoptr(GString) chosen = suffixes_select(list, names);
    g_assert_cmpstr(chosen->str, ==, "// xn--p1ai (\"rf\")\ncom\n*.ck\n!www.ck\nz.example.com\n"
                                     "example.com \n");
}

static char *
text_list(void)
{
    return suffixes_text_path("/usr/share/publicsuffix/public_suffix_list.dafsa");
}

/* Where the compiled list lies, or none is named, the text is the system's. */
static void
test_suffix_paths(void)
{
    g_autofree char *list = text_list(), *builtin = suffixes_text_path("libpsl");

    g_assert_true(g_str_has_suffix(list, ".dat"));
    g_assert_cmpstr(builtin, ==, list);
}

/* Offline, a library can be asked and has no opinion. */
static void
test_open(void)
{
    g_autoptr(Resolver) resolver = resolver_offline();
    const LibSpf2Question spf = { "192.0.2.1", "example.com", NULL, NULL, resolver };
    PeerAnswer *answer = NULL;

    g_assert_cmpint(libspf2_finish(libspf2_start(&spf), &answer), ==, CHILD_ANSWERED);
    g_assert_true(answer->open);
    g_assert_cmpstr(answer->open_name, ==, "TXT example.com");
    record_free(&peer_answer_type, answer);
}

/* A missing client address or author is said, and nobody is asked. */
static void
test_no_question(void)
{
    Report *report = report_new();
    g_autoptr(Resolver) resolver = resolver_offline();
    g_autoptr(Psl) psl = psl_open(NULL, NULL);

    peers_ask(report, resolver, psl);
    g_assert_cmpuint(report->second_opinions->len, ==, 2);
    for (guint i = 0; i < 2; i++) {
        const SecondOpinion *said = report->second_opinions->pdata[i];
        g_assert_cmpint(said->result, ==, RESULT_UNKNOWN);
        g_assert_false(said->agrees);
        g_assert_cmpstr(said->why, ==, "peer-no-question");
    }
    g_assert_cmpuint(report->findings->len, ==, 0);
    g_assert_cmpuint(report->dns->len, ==, 0);
    report_free(report);
}

/* What it costs, printed; the limit only catches a child that waits for its time to be over. */
/* ---- in pieces ---- */

/* Both libraries have a question, and the tree both steps that their answers stand under. */
static Report *
with_questions(void)
{
    Report *report = spf_report(RESULT_PASS, "matched", "v=spf1 ip4:192.0.2.1 -all");

    report->tree = step_add(NULL, "dmarc", "", NULL);
    step_add(report->tree, "policy", "", NULL);
    step_add(step_add(report->tree, "spf-vouches", "", NULL), "spf-check", "", NULL);
    example_author(report, "a@example.com", "example.com");
    report->dmarc->rfc7489->result = RESULT_PASS;
    return report;
}

static gboolean
has_step(const Step *step, const char *id)
{
    if (g_str_equal(step->id, id))
        return TRUE;
    for (guint i = 0; i < step->children->len; i++)
        if (has_step(step->children->pdata[i], id))
            return TRUE;
    return FALSE;
}

static gboolean
has_children(void)
{
    return waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD;
}

/* Announced, started here and heard in another thread, it is the same as asked at once. */
static gpointer
finish(gpointer peers)
{
    peers_finish(peers);
    return NULL;
}

static void
test_pieces(void)
{
    Report *at_once = with_questions(), *later = with_questions();
    Resolver *resolver = resolver_offline();
    g_autoptr(Psl) psl = psl_open(NULL, NULL);

    resolver_start_log(resolver);
    peers_ask(at_once, resolver, psl);
    peers_announce(later);
    g_assert_true(has_step(later->tree, "second-opinion-asked"));
    for (guint i = 0; i < later->second_opinions->len; i++)
        g_assert_cmpstr(((SecondOpinion *)later->second_opinions->pdata[i])->why, ==, "peer-asked");
    g_thread_join(g_thread_new("peers", finish, peers_start(later, resolver, psl, NULL)));
    g_assert_false(has_step(later->tree, "second-opinion-asked"));
    g_assert_true(has_step(later->tree, "second-opinion"));
    g_assert_true(record_equal(&report_type, at_once, later));
    g_assert_false(has_children());
    report_free(at_once);
    report_free(later);
    resolver_free(resolver);
}

/* Nobody wants to hear them: no process is left, and nothing is waited for. */
static void
test_stop(void)
{
    Report *report = with_questions();
    Resolver *resolver = resolver_offline();
    g_autoptr(Psl) psl = psl_open(NULL, NULL);
    g_autoptr(Stop) stop = stop_new();

    resolver_start_log(resolver);
    peers_announce(report);
    stop_wish(stop);
    peers_finish(peers_start(report, resolver, psl, stop));
    for (guint i = 0; i < report->second_opinions->len; i++)
        g_assert_cmpstr(((SecondOpinion *)report->second_opinions->pdata[i])->version, ==, NULL);
    g_assert_false(has_children());
    report_free(report);
    resolver_free(resolver);
}

static void
test_time(void)
{
    const gint64 start = g_get_monotonic_time();
    const guint runs = 20;

    for (guint i = 0; i < runs; i++)
        g_free(peers_describe());
    const double ms = (double)(g_get_monotonic_time() - start) / 1000 / runs;
    g_test_message("both libraries, started and stopped: %.2f ms", ms);
    g_assert_cmpfloat(ms, <, 500);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/peers/spf-faults", test_spf_faults);
    g_test_add_func("/peers/dmarc-faults", test_dmarc_faults);
    g_test_add_func("/peers/suffixes", test_suffixes);
    g_test_add_func("/peers/suffix-paths", test_suffix_paths);
    g_test_add_func("/peers/open", test_open);
    g_test_add_func("/peers/no-question", test_no_question);
    g_test_add_func("/peers/pieces", test_pieces);
    g_test_add_func("/peers/stop", test_stop);
    g_test_add_func("/peers/time", test_time);
    return g_test_run();
}
