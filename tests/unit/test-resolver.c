/* test-resolver.c: the cache and the log in front of every back end.
 * SPDX-License-Identifier: MIT */
#include "dns/resolver.h"

/* A back end that counts, and answers each question with its number. */
typedef struct {
    guint    asked;
    gboolean closed;
} Counter;

static DnsAnswer *
counter_lookup(gpointer self, const char *name G_GNUC_UNUSED, DnsType type G_GNUC_UNUSED)
{
    Counter *counter = self;
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->ttl = ++counter->asked;
    answer->status = DNS_NXDOMAIN;
    answer->ms = -1;
    return answer;
}

static void
counter_close(gpointer self)
{
    ((Counter *)self)->closed = TRUE;
}

static const ResolverClass counter_class = { "counter", counter_lookup, counter_close };

static void
test_asked_once(void)
{
    Counter counter = { 0 };
    Resolver *resolver = resolver_new(&counter_class, &counter);
    const DnsAnswer *first = resolver_ask(resolver, "example.com", DNS_TXT);

    g_assert_cmpstr(first->name, ==, "example.com");
    g_assert_cmpstr(first->type, ==, "TXT");
    g_assert_cmpfloat(first->ms, >=, 0);
    g_assert_true(resolver_ask(resolver, "example.com", DNS_TXT) == first);
    g_assert_cmpuint(counter.asked, ==, 1);
    g_assert_true(resolver_ask(resolver, "example.com", DNS_A) != first);
    g_assert_true(resolver_ask(resolver, "example.net", DNS_TXT) != first);
    g_assert_cmpuint(counter.asked, ==, 3);
    g_assert_cmpstr(resolver_source(resolver), ==, "counter");
    resolver_free(resolver);
    g_assert_true(counter.closed);
}

/* The second message of a mailbox has a log of its own, in its own order, while the
 * answers still come from the cache. */
static void
test_log_per_message(void)
{
    Counter counter = { 0 };
    g_autoptr(Resolver) resolver = resolver_new(&counter_class, &counter);
    const DnsAnswer *a = resolver_ask(resolver, "a.example", DNS_TXT);
    const DnsAnswer *b = resolver_ask(resolver, "b.example", DNS_TXT);
    const GPtrArray *log = resolver_log(resolver);

    resolver_ask(resolver, "a.example", DNS_TXT);
    g_assert_cmpuint(log->len, ==, 2);
    g_assert_true(log->pdata[0] == a && log->pdata[1] == b);
    resolver_start_log(resolver);
    g_assert_cmpuint(resolver_log(resolver)->len, ==, 0);
    g_assert_true(resolver_ask(resolver, "b.example", DNS_TXT) == b);
    resolver_ask(resolver, "c.example", DNS_MX);
    resolver_ask(resolver, "a.example", DNS_TXT);
    log = resolver_log(resolver);
    g_assert_cmpuint(log->len, ==, 3);
    g_assert_true(log->pdata[0] == b && log->pdata[2] == a);
    g_assert_cmpuint(counter.asked, ==, 3);
}

/* By name, or by the answer itself: the same answers, and the same log. */
static gboolean
ask_by(gboolean again, Resolver *resolver, const DnsAnswer *answer)
{
    if (again)
        return resolver_ask_again(resolver, answer);
    return resolver_ask(resolver, answer->name, dns_type_of(answer->type)) == answer;
}

static void
log_is(const Resolver *resolver, const DnsAnswer *const *answers, guint n)
{
    const GPtrArray *log = resolver_log(resolver);

    g_assert_cmpuint(log->len, ==, n);
    for (guint i = 0; i < n; i++)
        g_assert_true(log->pdata[i] == answers[i]);
}

static void
test_asked_again(gconstpointer again)
{
    const gboolean fast = again != NULL;
    Counter counter = { 0 };
    g_autoptr(Resolver) resolver = resolver_new(&counter_class, &counter);
    g_autoptr(GPtrArray) noted = g_ptr_array_new();
    const DnsAnswer *a = resolver_ask(resolver, "a.example", DNS_TXT), *b = resolver_ask(resolver, "b.example", DNS_A);
    DnsAnswer *stranger = record_copy(&dns_answer_type, a);

    for (guint message = 0; message < 2; message++) {
        resolver_start_log(resolver);
        resolver_note(resolver, noted);
        g_assert_true(ask_by(fast, resolver, b));
        g_assert_true(ask_by(fast, resolver, a));
        g_assert_true(ask_by(fast, resolver, b));
        g_assert_false(ask_by(fast, resolver, stranger));
        log_is(resolver, (const DnsAnswer *[]){ b, a }, 2);
        g_assert_cmpuint(noted->len, ==, 4);
        g_assert_true(noted->pdata[0] == b && noted->pdata[1] == a && noted->pdata[2] == b && noted->pdata[3] == a);
        g_ptr_array_set_size(noted, 0);
    }
    g_assert_cmpuint(counter.asked, ==, 2);
    record_free(&dns_answer_type, stranger);
}

/* Steps of many messages rest on the same; what nobody remembers has evidence of its own, and both say the same. */
static void
test_evidence(void)
{
    Counter counter = { 0 };
    g_autoptr(Resolver) resolver = resolver_new(&counter_class, &counter);
    const DnsAnswer *answer = resolver_ask(resolver, "a.example", DNS_TXT);
    DnsAnswer *stranger = record_copy(&dns_answer_type, answer);
    Evidence *first = resolver_evidence(resolver, answer), *plain = evidence_dns(answer);

    resolver_start_log(resolver);
    g_assert_true(resolver_ask(resolver, "a.example", DNS_TXT) == answer);
    Evidence *second = resolver_evidence(resolver, answer), *other = resolver_evidence(resolver, stranger);
    g_assert_true(first == second && other != first);
    g_assert_true(record_equal(&evidence_type, first, plain));
    g_assert_true(record_equal(&evidence_type, other, plain));
    Evidence *all[] = { first, second, other, plain };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        record_free(&evidence_type, all[i]);
    record_free(&dns_answer_type, stranger);
}

static void
ask_many(Resolver *resolver, const char *word, guint n)
{
    for (guint i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf("%s%u.example", word, i);
        resolver_ask(resolver, name, DNS_TXT);
    }
}

/* Who asks too much gets no answer that is there, either; but for what the message asked before. */
static void
test_asked_again_too_much(gconstpointer again)
{
    const gboolean fast = again != NULL;
    Counter counter = { 0 };
    g_autoptr(Resolver) resolver = resolver_new(&counter_class, &counter);
    const DnsAnswer *a = resolver_ask(resolver, "a.example", DNS_TXT), *b = resolver_ask(resolver, "b.example", DNS_TXT);

    resolver_start_log(resolver);
    ask_many(resolver, "n", DNS_QUESTIONS_MAX - 1);
    g_assert_true(ask_by(fast, resolver, a));
    g_assert_false(ask_by(fast, resolver, b));
    g_assert_true(ask_by(fast, resolver, a));
    g_assert_cmpuint(resolver_log(resolver)->len, ==, DNS_QUESTIONS_MAX + 1);
    resolver_start_log(resolver);
    g_assert_true(ask_by(fast, resolver, b));
}

/* So many that all of them are forgotten. */
static void
test_asked_again_forgotten(gconstpointer again)
{
    const gboolean fast = again != NULL;
    Counter counter = { 0 };
    g_autoptr(Resolver) resolver = resolver_new(&counter_class, &counter);
    DnsAnswer *held = record_share(&dns_answer_type, (DnsAnswer *)resolver_ask(resolver, "a.example", DNS_TXT));

    for (guint i = 0; i < 10100; i += 100) {
        g_autofree char *word = g_strdup_printf("m%u-", i);
        resolver_start_log(resolver);
        ask_many(resolver, word, 100);
    }
    resolver_start_log(resolver);
    g_assert_false(ask_by(fast, resolver, held));
    g_assert_cmpuint(resolver_log(resolver)->len, ==, 1);
    g_assert_true(resolver_log(resolver)->pdata[0] != held);
    record_free(&dns_answer_type, held);
}

static void
test_offline(void)
{
    g_autoptr(Resolver) resolver = resolver_offline();
    const DnsAnswer *answer = resolver_ask(resolver, "example.com", DNS_AAAA);

    g_assert_cmpint(answer->status, ==, DNS_OFFLINE);
    g_assert_cmpstr(answer->source, ==, "offline");
    g_assert_cmpstr(answer->dnssec, ==, "unknown");
    g_assert_cmpstr(answer->type, ==, "AAAA");
    g_assert_cmpstr(resolver_source(resolver), ==, "offline");
    g_assert_cmpuint(resolver_log(resolver)->len, ==, 1);
}

static void
test_kinds_of_answers(void)
{
    static const struct { DnsStatus status; gboolean trouble, unknown, is_void; } cases[] = {
        { DNS_NOERROR, FALSE, FALSE, TRUE },    /* without records: RFC 7208, 4.6.4 */
        { DNS_NODATA, FALSE, FALSE, TRUE },
        { DNS_NXDOMAIN, FALSE, FALSE, TRUE },
        { DNS_SERVFAIL, TRUE, FALSE, FALSE },
        { DNS_TIMEOUT, TRUE, FALSE, FALSE },
        { DNS_BOGUS, TRUE, FALSE, FALSE },
        { DNS_NOT_IN_SNAPSHOT, FALSE, TRUE, FALSE },
        { DNS_OFFLINE, FALSE, TRUE, FALSE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        DnsAnswer *answer = record_new(&dns_answer_type);

        answer->status = (int)cases[i].status;
        g_assert_cmpint(dns_is_trouble(answer), ==, cases[i].trouble);
        g_assert_cmpint(dns_is_unknown(answer), ==, cases[i].unknown);
        g_assert_cmpint(dns_is_void(answer), ==, cases[i].is_void);
        g_ptr_array_add(answer->records, record_new(&dns_record_type));
        if (cases[i].status == DNS_NOERROR)
            g_assert_false(dns_is_void(answer));
        record_free(&dns_answer_type, answer);
    }
}

/* Each message has its log, whoever asks between its questions; the answers are the same. */
static void
test_turns(gconstpointer again)
{
    const gboolean fast = again != NULL;
    Counter counter = { 0 };
    g_autoptr(Resolver) resolver = resolver_new(&counter_class, &counter);
    const DnsAnswer *a = resolver_ask(resolver, "a.example", DNS_TXT), *b = resolver_ask(resolver, "b.example", DNS_A);

    g_assert_true(resolver_takes_turns(resolver));
    for (guint round = 0; round < 3; round++) {
        for (guint turn = 0; turn < RESOLVER_TURNS; turn++) {
            resolver_turn(resolver, turn);
            resolver_start_log(resolver);
            g_assert_true(ask_by(fast, resolver, turn % 2 == 0 ? a : b));
        }
        for (guint turn = RESOLVER_TURNS; turn-- > 0;) {
            resolver_turn(resolver, turn);
            g_assert_true(ask_by(fast, resolver, a));
            if (turn != 2)
                g_assert_true(ask_by(fast, resolver, b));
        }
        for (guint turn = 0; turn < RESOLVER_TURNS; turn++) {
            resolver_turn(resolver, turn);
            log_is(resolver, turn % 2 == 0 ? (const DnsAnswer *[]){ a, b } : (const DnsAnswer *[]){ b, a }, turn == 2 ? 1 : 2);
        }
    }
    resolver_turn(resolver, 0);
    resolver_start_log(resolver);
    log_is(resolver, NULL, 0);
    g_assert_cmpuint(counter.asked, ==, 2);
}

/* One that asks too much has no answer to more; the others have theirs. */
static void
test_turns_too_much(void)
{
    Counter counter = { 0 };
    g_autoptr(Resolver) resolver = resolver_new(&counter_class, &counter);
    const DnsAnswer *refused = NULL;

    for (guint turn = 0; turn < 2; turn++) {
        resolver_turn(resolver, turn);
        resolver_start_log(resolver);
    }
    for (guint i = 0; i <= DNS_QUESTIONS_MAX; i++) {
        g_autofree char *name = g_strdup_printf("%u.example", i);
        refused = resolver_ask(resolver, name, DNS_TXT);
    }
    g_assert_cmpint(refused->status, ==, DNS_TIMEOUT);
    g_assert_true(resolver_ask(resolver, refused->name, DNS_TXT) == refused);
    resolver_turn(resolver, 0);
    const DnsAnswer *given = resolver_ask(resolver, refused->name, DNS_TXT);
    g_assert_cmpint(given->status, ==, DNS_NXDOMAIN);
    log_is(resolver, &given, 1);
    resolver_turn(resolver, 1);
    g_assert_true(resolver_ask(resolver, refused->name, DNS_TXT) == refused);
    g_assert_cmpuint(resolver_log(resolver)->len, ==, DNS_QUESTIONS_MAX + 1);
    resolver_start_log(resolver);
    given = resolver_ask(resolver, "600.example", DNS_TXT);
    g_assert_cmpint(given->status, ==, DNS_NXDOMAIN);
}

/* More than are remembered: what the first message borrows is there until the next first message starts. */
static void
test_turns_remember(void)
{
    Counter counter = { 0 };
    g_autoptr(Resolver) resolver = resolver_new(&counter_class, &counter);

    resolver_start_log(resolver);
    const DnsAnswer *a = resolver_ask(resolver, "a.example", DNS_TXT);
    for (guint round = 0; round < 30; round++) {
        resolver_turn(resolver, 1);
        resolver_start_log(resolver);
        for (guint i = 0; i < 500; i++) {
            g_autofree char *name = g_strdup_printf("%u.%u.example", i, round);
            resolver_ask(resolver, name, DNS_TXT);
        }
    }
    resolver_turn(resolver, 0);
    log_is(resolver, &a, 1);
    g_assert_cmpstr(a->name, ==, "a.example");
    g_assert_true(resolver_ask(resolver, "a.example", DNS_TXT) == a);
    const guint asked = counter.asked;
    resolver_start_log(resolver);
    resolver_ask(resolver, "a.example", DNS_TXT);
    g_assert_cmpuint(counter.asked, ==, asked + 1);
}

static void
start_counting(gpointer self)
{
    (void)self;
}

/* Its time limits begin with a message. */
static void
test_turns_of_live(void)
{
    static const ResolverClass live_class = { .name = "live", .lookup = counter_lookup, .close = counter_close,
                                              .start = start_counting };
    Counter counter = { 0 };
    g_autoptr(Resolver) resolver = resolver_new(&live_class, &counter);

    g_assert_false(resolver_takes_turns(resolver));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/resolver/asked-once", test_asked_once);
    g_test_add_func("/resolver/log-per-message", test_log_per_message);
    for (guint again = 0; again < 2; again++) {
        static const char *const ways[] = { "by-name", "by-answer" };
        static const struct { const char *name; GTestDataFunc test; } cases[] = {
            { "asked-again", test_asked_again },
            { "too-much", test_asked_again_too_much },
            { "forgotten", test_asked_again_forgotten },
            { "turns", test_turns },
        };
        for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
            g_autofree char *path = g_strdup_printf("/resolver/%s/%s", cases[i].name, ways[again]);
            g_test_add_data_func(path, GUINT_TO_POINTER(again), cases[i].test);
        }
    }
    g_test_add_func("/resolver/turns-too-much", test_turns_too_much);
    g_test_add_func("/resolver/turns-remember", test_turns_remember);
    g_test_add_func("/resolver/turns-of-live", test_turns_of_live);
    g_test_add_func("/resolver/evidence", test_evidence);
    g_test_add_func("/resolver/offline", test_offline);
    g_test_add_func("/resolver/kinds-of-answers", test_kinds_of_answers);
    return g_test_run();
}
