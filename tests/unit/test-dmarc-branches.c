/* test-dmarc-branches.c: branches made like an earlier message's are those that would be made anew.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-branches.h"

#include <string.h>

#include "analysis/analysis.h"
#include "base/spare.h"
#include "report/printer.h"
#include "whatif/edit.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

/* ---- a world ---- */

static const struct {
    const char *name, *text;
} rows[] = {
    { "a.example", "v=spf1 ip4:192.0.2.1 -all" },
    { "b.example", "v=spf1 ip4:192.0.2.1 -all" },
    { "_dmarc.a.example", "v=DMARC1; p=reject" },
    { "_dmarc.b.example", "v=DMARC1; p=none" },
};

typedef struct {
    const char *silent;     /* this name has no answer */
} World;

static DnsAnswer *
world_lookup(gpointer self, const char *name, DnsType type)
{
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->source = g_strdup("world");
    answer->status = g_strcmp0(((const World *)self)->silent, name) == 0 ? DNS_TIMEOUT : DNS_NXDOMAIN;
    for (gsize i = 0; answer->status == DNS_NXDOMAIN && type == DNS_TXT && i < G_N_ELEMENTS(rows); i++) {
        if (!g_str_equal(rows[i].name, name))
            continue;
        DnsRecord *record = record_new(&dns_record_type);
        answer->status = DNS_NOERROR;
        record->data = g_bytes_new(rows[i].text, strlen(rows[i].text));
        g_ptr_array_add(answer->records, record);
        break;
    }
    return answer;
}

/* A time-out ends with its message. */
static void
world_start(gpointer self G_GNUC_UNUSED)
{
}

static const ResolverClass world_class = { .name = "world", .lookup = world_lookup, .start = world_start };

/* ---- one message, and what may be different ---- */

static const char text[] =
    "Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=a.example;\n dkim=none; dmarc=pass header.from=a.example\n"
    "X-Line: 1\nReturn-Path: <ann@a.example>\n"
    "Received: from out.a.example (out.a.example [192.0.2.1])\n\tby mx.example.net with ESMTPS id 1; Mon, 2 Nov 2026 10:00:00 +0900\n"
    "DKIM-Signature: v=1; a=rsa-sha256; s=s; h=from; bh=Zm9v; b=Zm9v; d=a.example\n"
    "X-Line: 2\nFrom: A <ann@a.example>\nTo: user@example.net\nSubject: s\nDate: Mon, 2 Nov 2026 10:00:00 +0900\n"
    "Message-ID: <1@a.example>\n\nText\n";

typedef struct {
    const char *was, *is;       /* in the text */
    const char *silent;         /* a name without an answer */
    const char *trusted;        /* a host */
    gboolean    late;           /* asked long afterwards */
    const char *edit;           /* what if */
    gboolean    alike;          /* names and results are the same: addresses and places count for nothing */
} Change;

static const Change changes[] = {
    { "spf=pass", "spf=fail" },
    { "dkim=none", "dkim=pass header.d=a.example" },
    { "dmarc=pass", "dmarc=fail" },
    { "header.from=a.example", "header.from=b.example" },
    { "mx.example.net; spf", "mx.else.example; spf", .alike = TRUE },
    { "X-Line: 1", "X-Line: longer", .alike = TRUE },
    { "X-Line: 1", "X-Line: 1\n more", .alike = TRUE },
    { "X-Line: 2", "X-Line: longer", .alike = TRUE },
    { "X-Line: 2", "X-Line:\n 2", .alike = TRUE },
    { "<ann@a.example>\nReceived", "<bob@a.example>\nReceived", .alike = TRUE },
    { "<ann@a.example>\nReceived", "<ann@b.example>\nReceived" },
    { "<ann@a.example>\nReceived", "<>\nReceived" },
    { "Return-Path: <ann@a.example>\n", "", .alike = TRUE },
    { "from out.a.example", "from mx2.a.example", .alike = TRUE },
    { "[192.0.2.1]", "[192.0.2.2]" },
    { "s=s;", "s=t;" },
    { "d=a.example\n", "d=b.example\n" },
    { "d=a.example\n", "d=b.example;i=x@a.example\n" },
    { "d=a.example\n", "d=a.example\nDKIM-Signature: v=1; a=rsa-sha256; s=s; h=from; bh=Zm9v; b=Zm9v; d=a.example\n" },
    { "DKIM-Signature: v=1; a=rsa-sha256; s=s; h=from; bh=Zm9v; b=Zm9v; d=a.example\n", "" },
    { "From: A <ann@a", "From: A <bob@a", .alike = TRUE },
    { "From: A <ann@a", "From: Ann <ann@a", .alike = TRUE },
    { "From: A <ann@a", "From: A <ann@b" },
    { "From: A <ann@a.example>", "From: A <ann@a.example>, B <b@a.example>", .alike = TRUE },
    { "From: A <ann@a.example>", "From: A <ann@a.example>, B <b@b.example>" },
    { "From: A", "Sender: <ann@a.example>\nFrom: A", .alike = TRUE },
    { "From: A <ann@a.example>", "From: nobody" },
    { .silent = "_dmarc.a.example" },
    { .silent = "a.example" },
    { .silent = "s._domainkey.a.example" },
    { .trusted = "mx.example.net" },
    { .late = TRUE, .alike = TRUE },
    { .edit = "mail-from=ann@a.example" },
    { .edit = "mail-from=bob@b.example" },
    { .edit = "ip=192.0.2.1" },
    { .edit = "from=ann@a.example" },
    { .edit = "dkim.1=pass" },
    { .edit = "dkim.add=a.example" },
    { .edit = "rfc=7489" },
    { .edit = "p=none" },
    { "v=1;", "v=2;", .alike = TRUE },
    { "Zm9v", "YmFy", .alike = TRUE },
    { "From: A <ann@a", "From: B <ann@a", .alike = TRUE },
    { "Subject: s", "Subject: another one", .alike = TRUE },
    { "with ESMTPS id 1", "with ESMTPS id 2", .alike = TRUE },
};

static Message *
message_of(const GString *own)
{
    g_autoptr(GBytes) bytes = g_bytes_new(own->str, own->len);

    return message_from_bytes(bytes, "like", NULL);
}

/* Where its result stands in memory: that of a message like it is the same one. `own`: its text, but for the change; or NULL. */
static gsize
report_of(Resolver *resolver, World *world, const Psl *psl, const Change *change, const GString *own, char **out)
{
    g_autoptr(GString) changed = g_string_new(own ? own->str : text);
    const char *const trusted[] = { change->trusted, NULL };
    g_autoptr(Edits) edits = change->edit ? edits_new() : NULL;
    const AnalysisOptions options = { .at = RECORD_UNSET, .now = 1793600000 + (change->late ? 90 * 86400 : 0),
                                      .psl = psl, .trusted = trusted, .edits = edits };
    GString *said = g_string_new(NULL);

    if (edits)
        g_assert_true(edits_add_text(edits, change->edit, NULL));
    if (change->was && !own)
        g_assert_cmpuint(g_string_replace(changed, change->was, change->is, 1), ==, 1);
    g_autoptr(Message) message = message_of(changed);

    world->silent = change->silent;
    resolver_start_log(resolver);
    g_autoptr(Report) report = analysis_run(message, resolver, &options);
    for (guint i = 0; i < report->dns->len; i++)
        ((DnsAnswer *)report->dns->pdata[i])->ms = 0;
    printer_json(said, report);
    *out = g_string_free(said, FALSE);
    return GPOINTER_TO_SIZE(report->dmarc->rfc9989);
}

/* One resolver keeps what was found, the other has as many answers and keeps nothing. */
typedef struct {
    World     keeping_world, plain_world;
    Resolver *keeping, *plain;
    Psl      *psl;
} Worlds;

static void
worlds_open(Worlds *pair)
{
    *pair = (Worlds){ .psl = psl_open(NULL, NULL) };
    pair->keeping = resolver_new(&world_class, &pair->keeping_world);
    pair->plain = resolver_new(&world_class, &pair->plain_world);
    resolver_share_memo(pair->plain, pair->keeping);
}

static void
worlds_close(Worlds *pair)
{
    resolver_free(pair->keeping);
    resolver_free(pair->plain);
    psl_close(pair->psl);
}

/* With what earlier messages left, it is the same as without. */
static gsize
expect_same_of(Worlds *pair, const Change *change, const GString *own)
{
    g_autofree char *alone = NULL, *among = NULL;

    report_of(pair->plain, &pair->plain_world, pair->psl, change, own, &alone);
    const gsize result = report_of(pair->keeping, &pair->keeping_world, pair->psl, change, own, &among);
    g_assert_cmpstr(alone, ==, among);
    return result;
}

static gsize
expect_same(Worlds *pair, const Change *change)
{
    return expect_same_of(pair, change, NULL);
}

static const Change none;

/* Each difference, behind messages that are all alike. */
static void
test_changes(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
        Worlds pair;
        if (changes[i].silent)
            continue;       /* the answer is there already */
        worlds_open(&pair);
        for (guint k = 0; k < 4; k++)
            expect_same(&pair, &none);
        const gsize result = expect_same(&pair, &none);
        g_test_message("%s: %s", changes[i].was ? changes[i].was : "-", changes[i].is ? changes[i].is : changes[i].edit);
        g_assert_cmpuint(expect_same(&pair, &none), ==, result);
        g_assert_cmpint(expect_same(&pair, &changes[i]) == result, ==, changes[i].alike);
        worlds_close(&pair);
    }
}

/* Each alone, and the others behind it, in turn. */
static void
test_turns(void)
{
    for (gsize first = 0; first < G_N_ELEMENTS(changes); first++) {
        Worlds pair;
        worlds_open(&pair);
        for (guint i = 0; i < 5; i++)
            expect_same(&pair, &changes[first]);
        for (guint i = 0; i < 5; i++)
            expect_same(&pair, &none);
        for (gsize i = 0; i < G_N_ELEMENTS(changes); i++)
            expect_same(&pair, &changes[i]);
        expect_same(&pair, &changes[first]);
        worlds_close(&pair);
    }
}

/* Several differences at once, drawn: many of these messages come again, in another order. */
static void
test_drawn(void)
{
    g_autoptr(GRand) draw = g_rand_new_with_seed(1405);
    Worlds pair;

    worlds_open(&pair);
    for (guint i = 0; i < 3000; i++) {
        g_autoptr(GString) own = g_string_new(text);
        const Change *change = &none;
        for (gint more = g_rand_int_range(draw, 0, 4); more > 0; more--) {
            change = &changes[g_rand_int_range(draw, 0, G_N_ELEMENTS(changes))];
            if (change->was)
                g_string_replace(own, change->was, change->is, 1);
        }
        const Change last = { .trusted = change->trusted, .late = change->late, .edit = change->edit };
        expect_same_of(&pair, &last, own);
    }
    worlds_close(&pair);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    spare_keep();       /* what is shared is printed once, as for thousands of messages */
    g_test_add_func("/dmarc-branches/changes", test_changes);
    g_test_add_func("/dmarc-branches/turns", test_turns);
    g_test_add_func("/dmarc-branches/drawn", test_drawn);
    return g_test_run();
}
