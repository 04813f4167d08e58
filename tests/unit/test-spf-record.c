/* test-spf-record.c: the grammar of SPF records and macros.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "auth/spf-macro.h"
#include "auth/spf-record.h"

static void
test_ours(void)
{
    static const struct { const char *text; gboolean want; } cases[] = {
        { "v=spf1", TRUE }, { "v=spf1 ", TRUE }, { "V=SpF1 -all", TRUE },
        { "v=spf10", FALSE }, { " v=spf1", FALSE }, { "v=spf1\t-all", FALSE }, { "v=spf", FALSE },
        { "", FALSE },      /* RFC 7208, 4.5 */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(spf_record_is_ours(cases[i].text, strlen(cases[i].text)), ==,
                        cases[i].want);
}

static char *
fault_of(const char *terms)
{
    g_autofree char *text = g_strconcat("v=spf1 ", terms, NULL);
    g_autoptr(SpfRecord) record = spf_record_parse(text, strlen(text));

    return g_strdup(record->fault);
}

static void
test_sound(void)
{
    static const char *const terms[] = {
        "", "a", "+A", "?mx/24", "-a//64", "~mx/0//0", "a:example.com/24//64", "all  -all ",
        "a:foo:bar/baz.example.com", "a:%{d}", "a:%{d}/24", "exists:%{i}.%{l1r+-}.x.%{d2}",
        "exists:a.%%", "ptr", "ptr:example.com.", "include:_spf.example.com", "a:x.xn--zckzah",
        "a:a.1-2", "ip4:192.0.2.1", "ip4:192.0.2.0/0", "ip6:2001:db8::/32", "ip6:::1",
        "ip6:::ffff:192.0.2.1/128", "redirect=a.example", "exp=%{d}", "moo.cow-far_out=man:dog/cat",
        "x=", "x=1 x=1", "a=b", "Redirect=a.example",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(terms); i++) {
        g_autofree char *fault = fault_of(terms[i]);
        if (fault)
            g_error("%s: refused %s", terms[i], fault);
    }
}

static void
test_broken(void)
{
    static const char *const terms[] = {
        "all.", "all:x", "all/8", "moo", "-", "--all", "=x", "1x=y", "x/y=z", "x:y=z",
        "ip4", "ip4:", "ip4:192.0.2", "ip4:192.0.2.01", "ip4:192.0.2.1/33", "ip4:192.0.2.1/032",
        "ip4:192.0.2.1//32", "ip4:192.0.2.1:80", "ip4:192.0.2.1/99999999999999999999",
        "ip6", "ip6:::1/129", "ip6:::1//64", "ip6::CAFE::BABE", "ip6:192.0.2.1",
        "a:", "a/33", "a//129", "a/24/64", "a/", "a//", "a:museum", "a:museum.", "a:foo-bar",
        "a:example.-com", "a:abc.123", "a:192.0.2.1", "a:example.com:8080", "a:%{d}x",
        "include", "include:", "include:a.example/24", "exists", "exists:", "ptr:", "ptr/0",
        "redirect=", "exp=", "exp=-all", "redirect:a.example",
        "redirect=a.example redirect=a.example",
        "exp=a.example EXP=a.example", "x=%", "x=%{", "x=%{x}", "x=%{d0}", "x=%{dr1}", "x=%{c}",
        "a:%{t}.example", "a:%(d).example", "a\r", "a\xE9", "a:\x7F.example",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(terms); i++) {
        g_autofree char *fault = fault_of(terms[i]);
        if (!fault)
            g_error("%s: accepted", terms[i]);
    }
}

static void
test_fields(void)
{
    static const char text[] = "V=SPF1 ~a:mail.example.com/24//64 -ip6:2001:db8:: ?all  exp=e.%{d}";
    g_autoptr(SpfRecord) record = spf_record_parse(text, sizeof text - 1);

    g_assert_null(record->fault);
    g_assert_cmpuint(record->mechanisms->len, ==, 3);
    const SpfClause *a = record->mechanisms->pdata[0], *six = record->mechanisms->pdata[1];
    const SpfClause *all = record->mechanisms->pdata[2];
    g_assert_cmpint(a->kind, ==, SPF_A);
    g_assert_cmpint(a->outcome, ==, RESULT_SOFTFAIL);
    g_assert_cmpstr(a->target, ==, "mail.example.com");
    g_assert_cmpstr(a->text, ==, "~a:mail.example.com/24//64");
    g_assert_cmpuint(a->prefix4, ==, 24);
    g_assert_cmpuint(a->prefix6, ==, 64);
    g_assert_cmpint(six->outcome, ==, RESULT_FAIL);
    g_assert_cmpuint(six->prefix6, ==, 128);    /* not 32 */
    g_assert_cmpuint(six->network[3], ==, 0xb8);
    g_assert_cmpint(all->outcome, ==, RESULT_NEUTRAL);
    g_assert_cmpstr(record->exp->target, ==, "e.%{d}");
    g_assert_null(record->redirect);
}

/* A NUL ends no string here: it is an octet that no term may hold. */
static void
test_nul(void)
{
    static const char text[] = "v=spf1 a:foo.example.com\0 -all";
    g_autoptr(SpfRecord) record = spf_record_parse(text, sizeof text - 1);

    g_assert_cmpstr(record->fault, ==, "a:foo.example.com\\x00");
    g_assert_cmpstr(record->text, ==, "v=spf1 a:foo.example.com\\x00 -all");
}

/* ---- macros ---- */

static SpfExpansion
no_name(gpointer data G_GNUC_UNUSED, char **name)
{
    *name = g_strdup("mx.example.org");
    return SPF_EXPANDED;
}

/* RFC 7208, 7.4: strong-bad@email.example.com, from 192.0.2.3 */
static SpfMacroValues
example(void)
{
    return (SpfMacroValues) { "strong-bad", "email.example.com", "email.example.com", "192.0.2.3",
                              "192.0.2.3", "in-addr", "helo.example", "receiver.example", 1234,
                              no_name, NULL };
}

static char *
expand(const char *text, SpfMacroWhere where, const SpfMacroValues *values)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (spf_macro_expand(text, where, values, out) != SPF_EXPANDED)
        return NULL;
    return g_strdup(out->str);
}

static void
test_expand(void)
{
    static const struct { const char *macro, *want; } cases[] = {
        { "%{s}", "strong-bad@email.example.com" }, { "%{o}", "email.example.com" },
        { "%{d}", "email.example.com" }, { "%{d4}", "email.example.com" },
        { "%{d3}", "email.example.com" }, { "%{d2}", "example.com" }, { "%{d1}", "com" },
        { "%{dr}", "com.example.email" }, { "%{d2r}", "example.email" }, { "%{l}", "strong-bad" },
        { "%{l-}", "strong.bad" }, { "%{lr}", "strong-bad" }, { "%{lr-}", "bad.strong" },
        { "%{l1r-}", "strong" },
        { "%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com" },
        { "%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com" },
        { "%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}",
          "3.2.0.192.in-addr.strong.lp._spf.example.com" },
        { "%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net" },
        /* and what 7.4 leaves out */
        { "%{S}", "strong-bad%40email.example.com" }, { "%{p2}", "example.org" },
        { "%{h}|%{L1-}", "helo.example|bad" }, { "%%%_%-", "% %20" },
        { "%{c} %{r} %{t}", "192.0.2.3 receiver.example 1234" },
    };
    const SpfMacroValues values = example();

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = expand(cases[i].macro, SPF_MACRO_EXPLAIN, &values);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void
test_odd_parts(void)
{
    SpfMacroValues values = example();

    /* 7.3: leading, trailing and consecutive delimiters make empty parts. */
    values.local_part = ".a..b.";
    g_autofree char *whole = expand("%{l}", SPF_MACRO_DOMAIN, &values);
    g_autofree char *turned = expand("%{l2r}", SPF_MACRO_DOMAIN, &values);
    g_assert_cmpstr(whole, ==, ".a..b.");
    g_assert_cmpstr(turned, ==, "a.");
}

static void
test_unexpandable(void)
{
    SpfMacroValues values = example();
    g_autoptr(GString) out = g_string_new(NULL);

    values.helo = NULL;
    g_assert_cmpint(spf_macro_expand("%{h}", SPF_MACRO_DOMAIN, &values, out), ==,
                    SPF_EXPAND_UNKNOWN);
    values.local_part = "us\xC3\xA9r";      /* RFC 8616, 4 */
    g_assert_cmpint(spf_macro_expand("%{l}.x", SPF_MACRO_DOMAIN, &values, out), ==,
                    SPF_EXPAND_NOTHING);
    g_assert_cmpint(spf_macro_expand("%{o}", SPF_MACRO_DOMAIN, &values, out), ==, SPF_EXPANDED);
}

/* What a record repeats times what a sender wrote is bounded. */
static void
test_much(void)
{
    SpfMacroValues values = example();
    g_autofree char *local = g_strnfill(100000, 'x');
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < 10000; i++)
        g_string_append(text, "%{l}.");
    g_string_append(text, "example.com");
    values.local_part = local;
    g_autofree char *name = expand(text->str, SPF_MACRO_DOMAIN, &values);
    g_autofree char *told = expand(text->str, SPF_MACRO_EXPLAIN, &values);
    g_assert_null(name);
    g_assert_null(told);
}

static void
test_name(void)
{
    static const struct { const char *text, *want; } cases[] = {
        { "Mail.Example.COM.", "mail.example.com" }, { "a b.example", "a b.example" },
        { "", NULL }, { ".", NULL }, { "a..b", NULL }, { ".a", NULL }, { "a.b..", NULL },
        { "caf\xC3\xA9.example", NULL }, { "a\nb.example", NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = spf_macro_name(cases[i].text);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* 7.3: labels go from the left until 253 octets are left. */
static void
test_long_name(void)
{
    GString *text = g_string_new("first.second");

    while (text->len < 300)
        g_string_append(text, ".0123456789");
    g_autofree char *name = spf_macro_name(text->str);
    g_assert_cmpuint(strlen(name), <=, 253);
    g_assert_cmpuint(strlen(name) + strlen("0123456789."), >, 253);
    g_assert_true(g_str_has_suffix(text->str, name));
    g_assert_true(g_str_has_prefix(name, "0123456789."));
    g_string_free(text, TRUE);
    g_autofree char *label = g_strnfill(64, 'a'), *endless = g_strnfill(1000, 'a');
    g_assert_null(spf_macro_name(label));
    g_assert_null(spf_macro_name(endless));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spf-record/ours", test_ours);
    g_test_add_func("/spf-record/sound", test_sound);
    g_test_add_func("/spf-record/broken", test_broken);
    g_test_add_func("/spf-record/fields", test_fields);
    g_test_add_func("/spf-record/nul", test_nul);
    g_test_add_func("/spf-macro/expand", test_expand);
    g_test_add_func("/spf-macro/odd-parts", test_odd_parts);
    g_test_add_func("/spf-macro/unexpandable", test_unexpandable);
    g_test_add_func("/spf-macro/much", test_much);
    g_test_add_func("/spf-macro/name", test_name);
    g_test_add_func("/spf-macro/long-name", test_long_name);
    return g_test_run();
}
