/* Goals: who can really change what, what is said when something is refused or does not help, and the
 * record when it passes.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "analysis/analysis.h"
#include "whatif/goal.h"
#include "whatif/goal-rules.h"

typedef struct {
    Message  *message;
    Resolver *resolver;
    Psl      *psl;
    Report   *before;
} Bench;

static Report *
run(const Bench *bench, const Edits *edits)
{
    const AnalysisOptions options = { .at = RECORD_UNSET, .now = 1795305600, .psl = bench->psl,
                                      .edits = edits, .known = edits ? bench->before : NULL };

    return analysis_run(bench->message, bench->resolver, &options);
}

static Bench
bench_open(const char *name)
{
    g_autofree char *path = g_strdup_printf("samples/%s.eml", name);
    g_autofree char *zone = snapshot_path_beside(path);
    Bench bench = { .message = message_load(path, NULL), .psl = psl_open(NULL, NULL) };

    bench.resolver = resolver_snapshot((const char *const[]){ zone, NULL }, FALSE, NULL);
    bench.before = run(&bench, NULL);
    return bench;
}

static void
bench_close(Bench *bench)
{
    report_free(bench->before);
    message_free(bench->message);
    resolver_free(bench->resolver);
    psl_close(bench->psl);
}

static Edits *
edits_of(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, " & ", -1);
    Edits *edits = edits_new();

    for (char **part = parts; *part && **part; part++)
        g_assert_true(edits_add_text(edits, *part, NULL));
    return edits;
}

/* ---- who ---- */

/* As goal_read() takes it. (transfer full) */
static char *
as_typed(const Goal *goal)
{
    return g_strjoin(goal->domain ? " " : "", goal_role_words[goal->role], goal->domain ? goal->domain : "", NULL);
}

static void
test_read(void)
{
    static const struct { const char *text; gboolean good; } cases[] = {
        { "sender example.com", TRUE }, { "dns example.jp", TRUE }, { "service example.net", TRUE },
        { "receiver", TRUE }, { "visitor", TRUE }, { "  dns   EXAMPLE.jp ", TRUE },
        { "dns", FALSE }, { "receiver example.jp", FALSE }, { "king", FALSE }, { "", FALSE },
        { "dns not a name", FALSE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Goal) goal = goal_read(cases[i].text, &error);
        g_test_message("%s", cases[i].text);
        g_assert_true((goal != NULL) == cases[i].good);
        g_assert_true((error == NULL) == cases[i].good);
        if (!goal)
            continue;
        g_autofree char *text = as_typed(goal);
        g_autoptr(Goal) again = goal_read(text, NULL);
        g_assert_cmpint(again->role, ==, goal->role);
        g_assert_cmpstr(again->domain, ==, goal->domain);
    }
}

/* The owner of a web form is offered, and so is the visitor's DNS. */
static void
test_choices(void)
{
    static const char *const wanted[] = { "sender example.com", "dns example.com", "dns example.jp",
                                          "service example.com", "receiver", "visitor" };
    Bench bench = bench_open("webform");
    g_autoptr(GPtrArray) goals = goal_choices(bench.before);

    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        gboolean found = FALSE;
        for (guint k = 0; k < goals->len; k++) {
            g_autofree char *text = as_typed(goals->pdata[k]);
            found = found || g_str_equal(text, wanted[i]);
        }
        g_test_message("%s", wanted[i]);
        g_assert_true(found);
    }
    bench_close(&bench);
}

/* ---- what they can change ---- */

static const struct { const char *who, *edit; gboolean allowed; } rules[] = {
    { "sender example.com", "from=support@example.com", TRUE },
    { "sender example.com", "from=support@www.example.com", TRUE },
    { "sender example.com", "from=user@example.jp", FALSE },
    { "sender example.com", "from=user@notexample.com", FALSE },
    { "sender example.com", "reply-to=user@example.jp", TRUE },
    { "sender example.com", "mail-from=user@example.jp", FALSE },
    { "sender example.com", "mail-from=<>", TRUE },
    { "sender example.com", "mail-from=mail.example.com", TRUE },
    { "sender example.com", "helo=mx.example.com", TRUE },
    { "sender example.com", "helo=mx.example.jp", FALSE },
    { "sender example.com", "ip=203.0.113.1", TRUE },
    { "sender example.com", "dkim.1.d=example.com", TRUE },
    { "sender example.com", "dkim.add=example.jp", FALSE },
    { "sender example.com", "dns=_dmarc.example.com TXT v=DMARC1; p=none", FALSE },
    { "sender example.com", "p=none", FALSE },
    { "sender example.com", "spf=pass", FALSE },
    { "sender example.com", "dkim.1=pass", FALSE },
    { "sender example.com", "trust=mx.example.com", FALSE },
    { "sender example.com", "body-byte=1", FALSE },
    { "dns example.jp", "dns=example.jp TXT v=spf1 ip4:192.0.2.10 -all", TRUE },
    { "dns example.jp", "dns=_dmarc.example.jp TXT nxdomain", TRUE },
    { "dns example.jp", "dns=www.example.com TXT v=spf1 -all", FALSE },
    { "dns example.jp", "p=none", TRUE },
    { "dns example.com", "p=none", FALSE },
    { "dns example.jp", "from=a@example.jp", FALSE },
    { "dns example.jp", "spf=pass", FALSE },
    { "dns example.jp", "rfc=7489", FALSE },
    { "service example.com", "from=support@example.com", FALSE },
    { "service example.com", "dkim.add=example.com", TRUE },
    { "service example.com", "mail-from=b@example.com", TRUE },
    { "receiver", "rfc=7489", TRUE },
    { "receiver", "trust=mx.example.com", TRUE },
    { "receiver", "p=none", FALSE },
    { "receiver", "dkim.1=pass", FALSE },
    { "visitor", "from=a@example.jp", FALSE },
    { "visitor", "reply-to=a@example.jp", FALSE },
    { "visitor", "spf=pass", FALSE },
};

static void
test_rules(void)
{
    Bench bench = bench_open("webform");

    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
        g_autoptr(Goal) goal = goal_read(rules[i].who, NULL);
        g_autoptr(Edits) edits = edits_of(rules[i].edit);
        g_autofree char *reason = NULL;
        const gboolean allowed = goal_allows(goal, bench.before, edits_get(edits, 0), &reason);
        g_test_message("%s: %s: %s", rules[i].who, rules[i].edit, reason ? reason : "yes");
        g_assert_cmpint(allowed, ==, rules[i].allowed);
        g_assert_true((reason == NULL) == allowed);
    }
    bench_close(&bench);
}

/* Every role has a rule for every key, with a reason where it limits anything. */
static void
test_table(void)
{
    for (int role = 0; goal_role_words[role]; role++) {
        for (const EditKey *row = edit_keys; row->key; row++) {
            const GoalRule *rule = goal_rule((GoalRole)role, row->key);
            g_assert_nonnull(rule);
            g_assert_true(rule->limit == GOAL_ANYTHING || rule->reason);
            /* What nobody could do, no role may. */
            if (row->actors == EDIT_BY_NOBODY)
                g_assert_cmpint(rule->limit, ==, GOAL_NEVER);
        }
    }
}

/* ---- what it came to ---- */

static void
test_judge(void)
{
    static const struct { const char *edits; GoalState state; const char *record, *turns; } cases[] = {
        { "", GOAL_OPEN, NULL },
        { "from=support@example.com", GOAL_REACHED,
          "From: support@example.com\nReply-To: user@example.jp" },
        { "from=support@example.com & reply-to=user@example.jp", GOAL_TOO_MANY,
          "From: support@example.com\nReply-To: user@example.jp" },
        { "reply-to=user@example.jp", GOAL_NOT_YET, NULL, "alignment" },
        { "mail-from=user@example.jp", GOAL_NOT_YET, NULL, "spf-check" },
        { "p=none", GOAL_NOT_YET, NULL, "alignment" },
        { "dns=_dmarc.example.jp TXT nxdomain", GOAL_NOT_YET, NULL, "policy" },
        { "dkim.add=example.jp", GOAL_REACHED, "DKIM-Signature: d=example.jp" },
    };
    Bench bench = bench_open("webform");

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Edits) edits = edits_of(cases[i].edits);
        Report *after = run(&bench, edits);
        g_autoptr(GoalOutcome) outcome = goal_judge(bench.before, after);
        g_test_message("%s: %s %s", cases[i].edits, outcome->text, outcome->why ? outcome->why : "");
        g_assert_cmpint(outcome->state, ==, cases[i].state);
        g_assert_cmpstr(outcome->record, ==, cases[i].record);
        g_assert_cmpstr(outcome->turns, ==, cases[i].turns);
        g_assert_true((outcome->why != NULL) == (cases[i].state == GOAL_NOT_YET));
        report_free(after);
    }
    bench_close(&bench);
}

static void
test_nothing_to_do(void)
{
    Bench bench = bench_open("webform-fixed");
    g_autoptr(GoalOutcome) outcome = goal_judge(bench.before, bench.before);

    g_assert_cmpint(outcome->state, ==, GOAL_NOTHING_TO_DO);
    bench_close(&bench);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/goal/read", test_read);
    g_test_add_func("/goal/choices", test_choices);
    g_test_add_func("/goal/rules", test_rules);
    g_test_add_func("/goal/table", test_table);
    g_test_add_func("/goal/judge", test_judge);
    g_test_add_func("/goal/nothing-to-do", test_nothing_to_do);
    return g_test_run();
}
