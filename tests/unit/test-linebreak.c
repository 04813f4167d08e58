/* test-linebreak.c: where a line may end besides at a blank.
 * SPDX-License-Identifier: MIT */
#include "base/linebreak.h"

#include <string.h>

/* `text` with a bar wherever a line may end. */
static char *
barred(const char *text)
{
    GString *out = g_string_new(NULL);
    gunichar before = 0;

    for (const char *c = text; *c; c = g_utf8_next_char(c)) {
        const gunichar code = g_utf8_get_char(c);
        if (before && linebreak_between(before, code))
            g_string_append_c(out, '|');
        g_string_append_unichar(out, code);
        before = code;
    }
    return g_string_free(out, FALSE);
}

static void
test_between(void)
{
    static const struct { const char *text, *want; } cases[] = {
        { "plain words, p=reject; a-b/c (d)", "plain words, p=reject; a-b/c (d)" },
        { "署名と本文", "署|名|と|本|文" },
        { "はい。次", "は|い。|次" },                 /* no line begins with a stop */
        { "名（From:）が", "名|（From:）|が" },        /* nor ends with an opening bracket */
        { "「木」、", "「木」、" },
        { "SPFの項", "SPF|の|項" },
        { "サーバー", "サー|バー" },                      /* nor with the mark of a long vowel */
        { "ちょっと", "ちょっ|と" },                   /* nor begins with a small kana */
        { "名 前", "名 前" },                          /* the blank is one already */
        { "か\xCC\x81き", "か\xCC\x81|き" },           /* a mark stays with its letter */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = barred(cases[i].text);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/linebreak/between", test_between);
    return g_test_run();
}
