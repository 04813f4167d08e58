/* test-overlay.c: answers as told, all other questions go below.
 * SPDX-License-Identifier: MIT */
#include "dns/overlay.h"

#include <string.h>

/* ---- what stands below: answers every TXT question with one word, and counts ---- */

typedef struct {
    guint    asked, started, canceled;
    gboolean closed;
} Below;

static DnsAnswer *
below_lookup(gpointer self, const char *name, DnsType type G_GNUC_UNUSED)
{
    DnsAnswer *answer = record_new(&dns_answer_type);
    DnsRecord *record = record_new(&dns_record_type);

    ((Below *)self)->asked++;
    answer->status = DNS_NOERROR;
    answer->source = g_strdup("below");
    answer->dnssec = g_strdup("secure");
    record->data = g_bytes_new(name, strlen(name));
    record->text = g_strdup(name);
    g_ptr_array_add(answer->records, record);
    return answer;
}

static void
below_close(gpointer self)
{
    ((Below *)self)->closed = TRUE;
}

static void
below_start(gpointer self)
{
    ((Below *)self)->started++;
}

static void
below_cancel(gpointer self)
{
    ((Below *)self)->canceled++;
}

static char *
below_waiting(gpointer self G_GNUC_UNUSED)
{
    return g_strdup("TXT slow.example");
}

static const ResolverClass below_class = {
    .name = "below-source", .lookup = below_lookup, .close = below_close,
    .start = below_start, .cancel = below_cancel, .waiting = below_waiting,
};

typedef struct {
    Below     state;
    Resolver *below, *resolver;
    Overlay  *overlay;
} Fixture;

static void
set_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    f->below = resolver_new(&below_class, &f->state);
    f->overlay = overlay_new("assumed");
    f->resolver = resolver_overlay(f->overlay, f->below);
}

static void
tear_down(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    resolver_free(f->resolver);
    g_assert_false(f->state.closed);    /* it is borrowed */
    resolver_free(f->below);
    g_assert_true(f->state.closed);
}

static const char *
text_of(const DnsAnswer *answer, guint index)
{
    g_assert_cmpint(answer->status, ==, DNS_NOERROR);
    g_assert_cmpuint(answer->records->len, >, index);
    return ((const DnsRecord *)answer->records->pdata[index])->text;
}

static void
assert_data(const DnsAnswer *answer, const char *want)
{
    const DnsRecord *record = answer->records->pdata[0];
    g_autoptr(GBytes) bytes = g_bytes_new(want, strlen(want));

    g_assert_true(g_bytes_equal(record->data, bytes));
}

static void
test_passes_on(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    overlay_add_txt(f->overlay, "given.example", "v=spf1 -all");
    const DnsAnswer *answer = resolver_ask(f->resolver, "other.example", DNS_TXT);

    g_assert_cmpstr(answer->source, ==, "below");
    g_assert_cmpstr(answer->dnssec, ==, "secure");
    g_assert_cmpstr(text_of(answer, 0), ==, "other.example");
    /* Another type of a given name, too: only what is told is replaced. */
    g_assert_cmpstr(resolver_ask(f->resolver, "given.example", DNS_A)->source, ==, "below");
    g_assert_cmpuint(f->state.asked, ==, 2);
    g_assert_cmpuint(resolver_log(f->resolver)->len, ==, 2);
}

static void
test_answers(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    overlay_add_txt(f->overlay, "given.example", "say \"hi\" \\ there");
    overlay_add_txt(f->overlay, "given.example", "second");
    const DnsAnswer *answer = resolver_ask(f->resolver, "given.example", DNS_TXT);

    g_assert_cmpuint(answer->records->len, ==, 2);
    g_assert_cmpstr(text_of(answer, 0), ==, "\"say \\\"hi\\\" \\\\ there\"");
    assert_data(answer, "say \"hi\" \\ there");
    g_assert_cmpstr(text_of(answer, 1), ==, "\"second\"");
    g_assert_cmpstr(answer->source, ==, "assumed");
    g_assert_cmpstr(answer->dnssec, ==, "unknown");
    g_assert_cmpstr(answer->name, ==, "given.example");
    g_assert_cmpstr(answer->type, ==, "TXT");
    g_assert_cmpuint(f->state.asked, ==, 0);
}

/* RFC 1035, 3.3: strings of at most 255 octets; what a check reads is the whole. */
static void
test_long_text(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *text = g_strnfill(256, 'x');

    overlay_add_txt(f->overlay, "given.example", text);
    const DnsAnswer *answer = resolver_ask(f->resolver, "given.example", DNS_TXT);
    assert_data(answer, text);
    g_assert_true(g_str_has_suffix(text_of(answer, 0), "x\" \"x\""));
}

static void
test_lines(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(overlay_add(f->overlay, "Mail.Example.COM. 60 IN A 192.1.2.7", &error));
    g_assert_true(overlay_add(f->overlay, "mail.example.com. 30 IN A 192.1.2.8", &error));
    g_assert_true(overlay_add(f->overlay, "mail.example.com. IN MX 10 mx.example.com.", &error));
    g_assert_no_error(error);
    const DnsAnswer *a = resolver_ask(f->resolver, "mail.example.com", DNS_A);
    const DnsAnswer *mx = resolver_ask(f->resolver, "mail.example.com", DNS_MX);
    g_assert_cmpuint(a->records->len, ==, 2);
    g_assert_cmpint(a->ttl, ==, 30);
    assert_data(a, "\300\001\002\007");
    g_assert_cmpint(((const DnsRecord *)mx->records->pdata[0])->preference, ==, 10);
    g_assert_cmpuint(f->state.asked, ==, 0);
}

static void
test_bad_lines(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const lines[] = {
        "", "example.com.", "example.com. IN A 192.0.2", "example.com. IN NOSUCHTYPE x",
        "example.com. IN TXT \"open", "; a comment only",
        " IN A 192.0.2.1", "example.com. CH TXT x", "example.com. IN A 192.0.2.1 x",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(overlay_add(f->overlay, lines[i], &error));
        g_assert_nonnull(error);
    }
    g_assert_cmpstr(resolver_ask(f->resolver, "example.com", DNS_A)->source, ==, "below");
}

static void
test_status(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    overlay_add_status(f->overlay, "gone.example", 0, DNS_NXDOMAIN);
    overlay_add_status(f->overlay, "part.example", 0, DNS_NODATA);
    overlay_add_txt(f->overlay, "part.example", "here");
    overlay_add_status(f->overlay, "slow.example", DNS_TXT, DNS_TIMEOUT);
    g_assert_cmpint(resolver_ask(f->resolver, "gone.example", DNS_TXT)->status, ==, DNS_NXDOMAIN);
    g_assert_cmpint(resolver_ask(f->resolver, "gone.example", DNS_MX)->status, ==, DNS_NXDOMAIN);
    g_assert_cmpstr(text_of(resolver_ask(f->resolver, "part.example", DNS_TXT), 0), ==, "\"here\"");
    g_assert_cmpint(resolver_ask(f->resolver, "part.example", DNS_A)->status, ==, DNS_NODATA);
    g_assert_cmpint(resolver_ask(f->resolver, "slow.example", DNS_TXT)->status, ==, DNS_TIMEOUT);
    g_assert_cmpuint(f->state.asked, ==, 0);
    g_assert_cmpstr(resolver_ask(f->resolver, "slow.example", DNS_A)->source, ==, "below");
    /* Not what lies below a name. */
    g_assert_cmpstr(resolver_ask(f->resolver, "a.gone.example", DNS_TXT)->source, ==, "below");
}

/* The last word on a name and type holds. */
static void
test_replaces(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    overlay_add_txt(f->overlay, "a.example", "old");
    overlay_add_status(f->overlay, "a.example", DNS_TXT, DNS_NXDOMAIN);
    overlay_add_status(f->overlay, "b.example", DNS_TXT, DNS_NXDOMAIN);
    overlay_add_txt(f->overlay, "b.example", "new");
    g_assert_cmpint(resolver_ask(f->resolver, "a.example", DNS_TXT)->status, ==, DNS_NXDOMAIN);
    const DnsAnswer *answer = resolver_ask(f->resolver, "b.example", DNS_TXT);
    g_assert_cmpuint(answer->records->len, ==, 1);
    g_assert_cmpstr(text_of(answer, 0), ==, "\"new\"");
}

static void
test_alias(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    overlay_add(f->overlay, "a.example. IN CNAME b.example.", NULL);
    overlay_add(f->overlay, "b.example. IN CNAME c.example.", NULL);
    overlay_add_txt(f->overlay, "c.example", "end");
    overlay_add(f->overlay, "out.example. IN CNAME elsewhere.example.", NULL);
    overlay_add(f->overlay, "loop.example. IN CNAME pool.example.", NULL);
    overlay_add(f->overlay, "pool.example. IN CNAME loop.example.", NULL);
    g_assert_cmpstr(text_of(resolver_ask(f->resolver, "a.example", DNS_TXT), 0), ==, "\"end\"");
    g_assert_cmpstr(resolver_ask(f->resolver, "a.example", DNS_TXT)->name, ==, "a.example");
    g_assert_cmpstr(text_of(resolver_ask(f->resolver, "out.example", DNS_TXT), 0), ==,
                    "elsewhere.example");
    g_assert_cmpint(resolver_ask(f->resolver, "loop.example", DNS_TXT)->status, ==, DNS_SERVFAIL);
    g_assert_cmpstr(text_of(resolver_ask(f->resolver, "a.example", DNS_CNAME), 0), ==,
                    "b.example.");
}

static void
test_waits_below(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *waiting = resolver_waiting(f->resolver);

    g_assert_cmpstr(waiting, ==, "TXT slow.example");
    g_assert_cmpstr(resolver_source(f->resolver), ==, "below-source");
    resolver_start_log(f->resolver);
    g_assert_cmpuint(f->state.started, ==, 0);  /* the caller's to do */
    resolver_cancel(f->resolver);
    g_assert_cmpuint(f->state.canceled, ==, 1);
}

static void
test_free_unused(void)
{
    g_autoptr(Overlay) overlay = overlay_new("assumed");

    overlay_add_txt(overlay, "a.example", "x");
    overlay_free(NULL);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void      (*test)(Fixture *f, gconstpointer data);
    } tests[] = {
        { "/overlay/passes-on", test_passes_on }, { "/overlay/answers", test_answers },
        { "/overlay/long-text", test_long_text }, { "/overlay/lines", test_lines },
        { "/overlay/bad-lines", test_bad_lines }, { "/overlay/status", test_status },
        { "/overlay/replaces", test_replaces },   { "/overlay/alias", test_alias },
        { "/overlay/waits-below", test_waits_below },
    };

    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
    g_test_add_func("/overlay/free-unused", test_free_unused);
    return g_test_run();
}
