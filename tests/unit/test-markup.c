/* test-markup.c: strangers' bytes in HTML and Markdown.
 * SPDX-License-Identifier: MIT */
#include "base/markup.h"

#include <string.h>

static void
test_html(void)
{
    static const struct { const char *text, *want; } cases[] = {
        { "plain text", "plain text" },
        { "<b onclick=\"x\">&'", "&lt;b onclick=&quot;x&quot;&gt;&amp;&#39;" },
        { "\033[31m\r\n", "\\x1B[31m\\x0D\\x0A" },
        { "\342\200\256gnp.exe", "&lt;U+202E&gt;gnp.exe" },
        { "\377\300\200", "\\xFF\\xC0\\x80" },
        { "\343\203\206\343\202\271\343\203\210", "\343\203\206\343\202\271\343\203\210" },
        { NULL, "" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        markup_append_html(out, cases[i].text);
        g_assert_cmpstr(out->str, ==, cases[i].want);
    }
}

static void
test_html_template(void)
{
    g_autoptr(GString) out = g_string_new(NULL);

    /* What replaces a placeholder is no template itself. */
    markup_html(out, "<a href=\"$\">$</a>$", "\"$", "<$>", NULL);
    g_assert_cmpstr(out->str, ==, "<a href=\"&quot;$\">&lt;$&gt;</a>");
}

static void
test_long(void)
{
    g_autofree char *text = g_strnfill(MARKUP_TEXT_MAX + 100, 'a');
    g_autoptr(GString) out = g_string_new(NULL);

    markup_append_html(out, text);
    g_assert_cmpuint(out->len, <, MARKUP_TEXT_MAX + 50);
    g_assert_true(g_str_has_suffix(out->str, "... (+100)"));
}

static void
test_markdown(void)
{
    static const struct { const char *text, *flow; } cases[] = {
        { "No. It is the same, isn't it?", "No. It is the same, isn't it?" },
        { "for example.jp (From:)", "for `example.jp` (From:)" },
        { "ask user@example.jp.", "ask `user@example.jp`." },
        { "@team #12 !3 ~bug", "`@team` `#12` `!3` `~bug`" },
        { "[a](http://x) ![b](c)", "`[a](http://x)` `![b](c)`" },
        { "<img src=x>", "`<img` `src=x>`" },
        { "a|b", "`a|b`" },
        { "x `y` ``z", "x `` `y` `` ``` ``z ```" },
        { "*b* _i_ ~~s~~", "`*b*` `_i_` `~~s~~`" },
        { ":smile: www.example.com", "`:smile:` `www.example.com`" },
        { "GH-12 JIRA-7 deadbeef 1234567", "`GH-12` `JIRA-7` `deadbeef` `1234567`" },
        { "192.0.2.1 and 3 of 10", "192.0.2.1 and 3 of 10" },
        { "\346\274\242@user\345\255\227", "\346\274\242`@user`\345\255\227" },
        { "end  \n# head", "end `\\x0A#` head" },
        { "&amp; \\", "`&amp`; `\\`" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new("x");
        markup_append_markdown(out, cases[i].text, MARKUP_FLOW);
        g_assert_cmpstr(out->str + 1, ==, cases[i].flow);
    }
}

static void
test_cell(void)
{
    g_autoptr(GString) out = g_string_new(NULL);

    markup_markdown(out, "| $ | @ |\n", "a|b c", "d|`e\\");
    g_assert_cmpstr(out->str, ==, "| `a\\|b` c | ``d\\|`e\\`` |\n");
}

static void
test_fence(void)
{
    g_autoptr(GString) out = g_string_new(NULL);

    markup_append_fence(out, "one\n````\n</details>\033");
    g_assert_cmpstr(out->str, ==, "`````text\none\n````\n</details>\\x1B\n`````\n");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/markup/html", test_html);
    g_test_add_func("/markup/html-template", test_html_template);
    g_test_add_func("/markup/long", test_long);
    g_test_add_func("/markup/markdown", test_markdown);
    g_test_add_func("/markup/cell", test_cell);
    g_test_add_func("/markup/fence", test_fence);
    return g_test_run();
}
