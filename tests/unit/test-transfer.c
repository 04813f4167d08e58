/* Encodings of bodies and of words: our own reading against GMime's.
 * SPDX-License-Identifier: MIT */
#include "message/transfer.h"

#include <string.h>

#include "message/decode.h"
#include "message/gmime-load.h"
#include "message/words.h"

typedef gsize (*Undo)(const char *in, gsize length, char *out);

static void
compare(const char *in, gsize length, Undo undo, GMimeContentEncoding encoding)
{
    g_autofree char *bare = g_memdup2(in, MAX(length, 1));
    g_autofree char *ours = g_malloc(length + 1);
    const gsize got = undo(bare, length, ours);
    GMimeEncoding state;

    gmime()->encoding_init_decode(&state, encoding);
    g_autofree char *theirs = g_malloc(gmime()->encoding_outlen(&state, length) + 1);
    const gsize want = gmime()->encoding_flush(&state, bare, length, theirs);
    g_test_message("%.*s", (int)length, in);
    g_assert_cmpuint(got, ==, want);
    g_assert_true(memcmp(ours, theirs, got) == 0);
}

static void
test_bodies(void)
{
    static const char *const pieces[] = {
        "QUJD", "QQ==", "QUI=", "=", "==", "\n", "\r\n", " ", "A", "\xFF", "-", "=41", "=C3=A4", "=4", "=zz", "=\n", "=\r\n", "=\r", "=a=b", "x",
        "hello", "=3d", "QUJDREVGR0hJSktM\r\n",
    };
    g_autoptr(GRand) dice = g_rand_new_with_seed(2045);

    for (guint i = 0; i < 30000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (gint32 k = g_rand_int_range(dice, 0, 12); k > 0; k--)
            g_string_append(text, pieces[g_rand_int_range(dice, 0, G_N_ELEMENTS(pieces))]);
        if (g_rand_int_range(dice, 0, 20) == 0)
            g_string_append_c(text, '\0');
        compare(text->str, text->len, transfer_base64, GMIME_CONTENT_ENCODING_BASE64);
        compare(text->str, text->len, transfer_quoted, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    }
}

static void
test_known_words(void)
{
    static const struct { const char *value, *want; } cases[] = {
        { "=?UTF-8?B?5aCx5ZGK?=", "\xE5\xA0\xB1\xE5\x91\x8A" },
        { "Re: =?utf-8?q?S=C3=A4tze_a?= =?utf-8?q?b?= c  d", "Re: S\xC3\xA4tze ab c  d" },
        { "=?us-ascii?Q?a=3Db?=\t=?UTF-8?B?YQ==?=", "a=ba" },
        { "S\xC3\xA4tze", "S\xC3\xA4tze" },
        { "=?UTF-8?B?YQ==?= =?UTF-8?B?Yg==?= =?UTF-8?B?5aCx5ZGK?=", "ab\xE5\xA0\xB1\xE5\x91\x8A" },
        { "=?utf-8?q?a?=b", NULL },
        { "x=?utf-8?q?a?=", NULL },
        { "=?iso-8859-1?q?a?=", NULL },
        { "=?utf-8*en?q?a?=", NULL },
        { "=?us-ascii?q?=C3=A4?=", NULL },
        { "=?utf-8?q?=C3?= =?utf-8?q?=A4?=", NULL },    /* a character in two words */
        { "=?utf-8?q?=E4?=", NULL },
        { "=?utf-8?q?=0A?=", NULL },
        { "=?utf-8?q?" "?=", NULL },
        { "=?utf-8?b?YQ?=", NULL },
        { "=?utf-8?x?YQ==?=", NULL },
        { "=?utf-8?q?a b?=", NULL },
        { "\"=?utf-8?q?a?=\"", NULL },
        { "\xE4", NULL },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = words_decode(cases[i].value);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* Where there is an answer at all, it is GMime's, for a text and for a phrase; but for words of base64 side by side, where
 * GMime stops at the padding of the first. */
static void
test_words(void)
{
    static const char *const pieces[] = {
        " ", " ", " ", "  ", "\t", "=?UTF-8?B?5aCx5ZGK?=", "=?utf-8?q?S=C3=A4tze_a?=", "=?us-ascii?Q?abc?=", "=?utf-8?Q?=C3?=", "=?utf-8?Q?=A4?=",
        "=?utf-8?Q?a=20b?=", "=?UTF-8?B?YQ==?= x", "=?UTF-8?B?YWJj?=", "=?UTF-8?B?YQ?=", "=?utf-8?q?" "?=", "=?", "?=", "=", "?", "word", "S\xC3\xA4tze", "\xE4", "\"", "(", ")",
        "\\", "<a@b.example>", ",", "=?utf-8?q?a?b?=", "=?x?q?a?=", "=?iso-2022-jp?B?GyRCJCIbKEI=?=", "=?utf-8?q?=3D=3F?=", "a.b", "=?utf-8?Q?\"x\"?=",
        "=?utf-8?Q?(x)?=", "=?utf-8?q?a_?=", "=?utf-8?q?_a?=", "=?utf-8?B?IGEg?=", "=?utf-8?q?=7F?=", "[", ":", ";", "@",
    };
    g_autoptr(GRand) dice = g_rand_new_with_seed(2047);
    guint answers = 0;

    for (guint i = 0; i < 60000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (gint32 k = g_rand_int_range(dice, 1, 7); k > 0; k--)
            g_string_append(text, pieces[g_rand_int_range(dice, 0, G_N_ELEMENTS(pieces))]);
        if (g_rand_int_range(dice, 0, 10) == 0)
            text->str[g_rand_int_range(dice, 0, (gint32)text->len)] = "=?_Bq \tx"[g_rand_int_range(dice, 0, 8)];
        g_autofree char *value = g_rand_int_range(dice, 0, 4) ? g_strstrip(g_strdup(text->str)) : g_strdup(text->str);
        g_autofree char *got = words_decode(value);
        if (!got)
            continue;
        answers++;
        g_autofree char *as_text = gmime()->decode_text(NULL, value);
        g_autofree char *as_phrase = g_strstrip(gmime()->decode_phrase(NULL, value));
        g_test_message("%s", value);
        g_assert_cmpstr(got, ==, as_text);
        g_assert_cmpstr(g_strstrip(got), ==, as_phrase);
    }
    g_assert_cmpuint(answers, >, 10000);
}

/* What stands behind a NUL is read, too; where octets of zero are part of the character set, they are no NUL. */
static void
test_nul(void)
{
    static const struct { const char *value, *want; } cases[] = {
        { "Bank =?iso-8859-1?q?=00?= of <eve@evil.example>", "Bank ? of <eve@evil.example>" },
        { "=?iso-8859-1?Q?a=00=E9?= b", "a?\xC3\xA9 b" },
        { "=?iso-8859-1?B?YQDp?= b =?iso-8859-1?b?YQA=?=", "a?\xC3\xA9 b a?" },
        { "=?utf-8?q?a=00b?= c", "a?b c" },
        { "=?utf-16be?B?AGEAYg==?= =?iso-8859-1?q?=00?=", "ab?" },
        { "=?iso-8859-1?q?=00", "=?iso-8859-1?q?=00" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = decode_text(cases[i].value);
        g_autofree char *phrase = decode_phrase(cases[i].value);
        g_assert_cmpstr(text, ==, cases[i].want);
        g_assert_cmpstr(phrase, ==, cases[i].want);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/transfer/bodies", test_bodies);
    g_test_add_func("/transfer/known-words", test_known_words);
    g_test_add_func("/transfer/words", test_words);
    g_test_add_func("/transfer/nul", test_nul);
    return g_test_run();
}
