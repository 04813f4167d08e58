/* Tag lists: RFC 6376, 3.2 and the examples of its section 3.5 and of RFC 9989, 4.8.
 * SPDX-License-Identifier: MIT */
#include "headers/taglist.h"

#include <string.h>

static TagList *
parse(const char *text)
{
    return taglist_parse(text, strlen(text));
}

static void
test_values(void)
{
    static const char text[] = "v=1; a=rsa-sha256; d=example.net;\r\n\tb = dzdV\r\n  yOfA ; h=From : To ;";
    g_autoptr(TagList) list = parse(text);

    g_assert_null(list->problem);
    g_assert_cmpuint(list->count, ==, 5);
    g_assert_cmpstr(taglist_get(list, "a"), ==, "rsa-sha256");
    g_assert_cmpstr(taglist_get(list, "b"), ==, "dzdV\r\n  yOfA");
    g_assert_cmpstr(taglist_get(list, "h"), ==, "From : To");
    g_assert_null(taglist_get(list, "V"));          /* names are case-sensitive */
}

static void
test_spans(void)
{
    static const char text[] = "v=1; b= AB \r\n CD ;x=";
    g_autoptr(TagList) list = parse(text);
    const Tag *b = taglist_find(list, "b");
    const Tag *x = taglist_find(list, "x");
    g_autofree char *slice = g_strndup(text + b->value_span.start, span_length(b->value_span));

    g_assert_cmpstr(slice, ==, " AB \r\n CD ");
    g_assert_cmpstr(x->value, ==, "");              /* tag-value may be empty */
    g_assert_cmpuint(x->value_span.start, ==, strlen(text));
    g_assert_cmpuint(x->value_span.end, ==, strlen(text));
}

static void
test_equals_in_value(void)
{
    g_autoptr(TagList) list = parse("p=MIGf==; n=a=b");

    g_assert_null(list->problem);
    g_assert_cmpstr(taglist_get(list, "p"), ==, "MIGf==");
    g_assert_cmpstr(taglist_get(list, "n"), ==, "a=b");
}

static void
test_problems(void)
{
    static const struct { const char *text, *problem; guint tags; } cases[] = {
        { "v=DMARC1;p=none",        NULL,           2 },
        { "v = DMARC1 ; p = none;", NULL,           2 },
        { "v=1;\r\n ",              NULL,           1 },
        { "a_1=x",                  NULL,           1 },
        { "d=b\303\274cher.example", NULL,          1 },    /* RFC 8616, 5 */
        { "",                       "tag-syntax",   0 },
        { " \t",                    "tag-syntax",   0 },
        { ";",                      "tag-syntax",   0 },
        { "v=1;;a=2",               "tag-syntax",   2 },
        { ";v=1",                   "tag-syntax",   1 },
        { "v=1; ;",                 "tag-syntax",   1 },
        { "v=1; junk; a=2",         "tag-syntax",   2 },
        { "v=1; =2",                "tag-syntax",   1 },
        { "v=1; 1a=2",              "tag-syntax",   2 },
        { "v=1; a-b=2",             "tag-syntax",   2 },
        { "v=1; a b=2",             "tag-syntax",   2 },
        { "v=1; a=\0012",           "tag-syntax",   2 },
        { "v=1; a=\1772",           "tag-syntax",   2 },
        { "v=1; a=x\ny",            "tag-syntax",   2 },    /* no blank after the line end */
        { "v=1; a=x\r y",           "tag-syntax",   2 },
        { "v=1; a=2; a=3",          "tag-repeated", 3 },
        { "v=1; a=2; A=3",          NULL,           3 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(TagList) list = parse(cases[i].text);
        g_test_message("[%s]", cases[i].text);
        g_assert_cmpstr(list->problem, ==, cases[i].problem);
        g_assert_cmpuint(list->count, ==, cases[i].tags);
    }
}

static void
test_nul(void)
{
    g_autoptr(TagList) list = taglist_parse("v=1; a=x\0y; b=2", 15);

    g_assert_cmpstr(list->problem, ==, "tag-syntax");
    g_assert_cmpstr(taglist_get(list, "a"), ==, "x\001y");
    g_assert_cmpstr(taglist_get(list, "b"), ==, "2");
}

/* A value or a name that a NUL ends is not the one without it. */
static void
test_nul_at_end(void)
{
    g_autoptr(TagList) list = taglist_parse("v=DMARC1; p=reject\0; q\0=2", 25);

    g_assert_cmpstr(taglist_get(list, "p"), ==, "reject\001");
    g_assert_null(taglist_get(list, "q"));
    g_assert_cmpstr(taglist_get(list, "q\001"), ==, "2");
}

static void
test_first_of_repeated(void)
{
    g_autoptr(TagList) list = parse("p=reject; p=none");

    g_assert_cmpstr(taglist_get(list, "p"), ==, "reject");
}

static void
test_compact(void)
{
    g_autofree char *compact = taglist_compact(" dzdV\r\n\t yO fA= ");

    g_assert_cmpstr(compact, ==, "dzdVyOfA=");
}

static void
test_large(void)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < 200000; i++)
        g_string_append_printf(text, "t%u=x;", i);
    g_test_timer_start();
    g_autoptr(TagList) list = taglist_parse(text->str, text->len);
    g_assert_cmpuint(list->count, ==, 200000);
    g_assert_cmpfloat(g_test_timer_elapsed(), <, 60.0);
}

/* Each name by a look at all tags, as it would be found without the places of the one-letter names. */
static void
test_found_as_by_all(void)
{
    static const char *const names[] = { "a", "b", "bh", "z", "y", "A", "aa", "a1", "x", "_" };
    g_autoptr(GRand) dice = g_rand_new_with_seed(5);

    for (guint i = 0; i < 2000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (gint32 k = g_rand_int_range(dice, 0, i % 10 ? 9 : 40); k >= 0; k--)
            g_string_append_printf(text, "%s=%d;", names[g_rand_int_range(dice, 0, G_N_ELEMENTS(names))], k);
        g_autoptr(TagList) list = parse(text->str);
        for (gsize n = 0; n < G_N_ELEMENTS(names); n++) {
            const Tag *wanted = NULL;
            for (gsize k = list->count; k-- > 0;)
                wanted = g_str_equal(list->tags[k].name, names[n]) ? &list->tags[k] : wanted;
            g_assert_true(taglist_find(list, names[n]) == wanted);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/taglist/values", test_values);
    g_test_add_func("/taglist/spans", test_spans);
    g_test_add_func("/taglist/equals-in-value", test_equals_in_value);
    g_test_add_func("/taglist/problems", test_problems);
    g_test_add_func("/taglist/nul", test_nul);
    g_test_add_func("/taglist/nul-at-end", test_nul_at_end);
    g_test_add_func("/taglist/first-of-repeated", test_first_of_repeated);
    g_test_add_func("/taglist/compact", test_compact);
    g_test_add_func("/taglist/large", test_large);
    g_test_add_func("/taglist/found-as-by-all", test_found_as_by_all);
    return g_test_run();
}
