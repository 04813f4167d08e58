/* What is found fast is what is found slowly: lines of a list, lines by their first character, separators, plain values.
 * SPDX-License-Identifier: MIT */
#include "mailbox/line.h"

#include <string.h>

#include "base/base64.h"
#include "mailbox/fromline.h"
#include "mailbox/linestart.h"
#include "message/message.h"

static void
append_some(GString *text, GRand *dice, const char *const *pieces, guint n, gint32 most)
{
    for (gint32 k = g_rand_int_range(dice, 0, most); k > 0; k--)
        g_string_append(text, pieces[g_rand_int_range(dice, 0, (gint32)n)]);
}

/* A copy without anything behind it, so that a sanitizer sees who reads on. */
static char *
bare(const GString *text)
{
    return g_memdup2(text->len ? text->str : "", MAX(text->len, 1));
}

/* ---- the lines of a list ---- */

static const char *const header[] = {
    "From: ann@example.com\n", "from : bob@example.com\r\n", "Subject: one\n", "SUBJECT:two\n two\n", "Date: today\n", "date:\n\ttomorrow\n",
    "Subject: =?utf-8?q?S=C3=A4tze?=\r\n", "Dear Ann,\n", "From here on\n", "S\n", "D", "F", "X-One: a\n", "X-Two: b\r\n c\n d\n", "Received: from x\n",
    "\xEF\xBB\xBF", "junk\n", " \n", "\r", "\n", "\r\n", "*a\n", "-\n", "To: x\n", ":\n", "From:\n", "Datex: y\n",
};

static void
compare_line(const char *bytes, gsize length)
{
    StoreLine slow = { 0 }, fast = { 0 };

    line_read(bytes, length, &slow);
    line_read_fast(bytes, length, &fast);
    g_test_message("%.*s", (int)length, bytes);
    g_assert_cmpstr(fast.date, ==, slow.date);
    g_assert_cmpstr(fast.from, ==, slow.from);
    g_assert_cmpstr(fast.subject, ==, slow.subject);
    g_assert_cmpstr(fast.fault, ==, slow.fault);
    char *const all[] = { slow.date, slow.from, slow.subject, slow.fault, fast.date, fast.from, fast.subject, fast.fault };
    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        g_free(all[i]);
}

static void
test_lines(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(7);

    for (guint i = 0; i < 40000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        if (i % 16 == 0)
            g_string_append_c(text, '\0');
        append_some(text, dice, header, G_N_ELEMENTS(header), i % 50 == 0 ? 400 : 14);
        if (g_rand_int_range(dice, 0, 20) == 0)
            g_string_append_c(text, '\0');
        g_autofree char *copy = bare(text);
        compare_line(copy, text->len);
    }
}

/* NULs that a disk left before the first field, and a byte order mark behind them. */
static void
test_nuls(void)
{
    static const char text[] = "\0\0\xEF\xBB\xBF" "From: ann@example.com\n";
    StoreLine line = { 0 };

    compare_line(text, sizeof text - 1);
    line_read_fast(text, sizeof text - 1, &line);
    g_assert_cmpstr(line.from, ==, "ann@example.com");
    g_free(line.from);
}

/* A header is over behind more than 100 lines that are no field: nothing is read behind them, and all before. */
static void
test_junk(void)
{
    static const char *const junk[] = { "junk\n", "Silence\n", "Dust\nnoise\n", "X-Other: a\n" };

    for (guint kind = 0; kind < G_N_ELEMENTS(junk); kind++) {
        for (guint n = 40; n < 110; n++) {
            g_autoptr(GString) text = g_string_new("Date: now\n");
            for (guint i = 0; i < n; i++)
                g_string_append(text, junk[kind]);
            g_string_append(text, "From: ann@example.com\n");
            compare_line(text->str, text->len);
            StoreLine line = { 0 };
            line_read_fast(text->str, text->len, &line);
            g_assert_cmpstr(line.from, ==, kind < 3 && n * (kind == 2 ? 2 : 1) > 100 ? NULL : "ann@example.com");
            g_free(line.from);
            g_free(line.date);
        }
    }
}

/* ---- lines by their first character ---- */

static const char *
find_slowly(const char *at, const char *end, const LineStarts wanted, guint *lines)
{
    *lines = 0;
    for (; at < end; at++)
        if (*at == '\n' && at + 1 < end) {
            if (wanted[(guchar)at[1]])
                return at + 1;
            ++*lines;
        }
    return NULL;
}

static const char *
find_body_slowly(const char *at, const char *end)
{
    for (; at < end; at++)
        if (end - at >= 2 && memcmp(at, "\n\n", 2) == 0)
            return at + 2;
        else if (end - at >= 3 && memcmp(at, "\n\r\n", 3) == 0)
            return at + 3;
    return NULL;
}

static void
test_starts(void)
{
    static const char *const pieces[] = { "\n", "From ", "F", "r", "a", "\nFrom ", "\nFrom", "\r\n", "\nD", "0123456789abcdef", "\nF\xE4", ">", ">From " };
    static const LineStarts wanted = { ['D'] = 1, ['\n'] = 1, [0xE4] = 1 };
    g_autoptr(GRand) dice = g_rand_new_with_seed(11);

    for (guint i = 0; i < 60000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        guint got_lines, want_lines;
        append_some(text, dice, pieces, G_N_ELEMENTS(pieces), 40);
        g_autofree char *copy = bare(text);
        const char *end = copy + text->len, *hit = memmem(copy, text->len, "\nFrom ", 6);
        g_assert_true(linestart_from(copy, end) == (hit ? hit + 1 : NULL));
        hit = memmem(copy, text->len, ">From ", 6);
        g_assert_true(linestart_marked(copy, end) == (hit ? hit + 1 : NULL));
        g_assert_true(linestart_body(copy, end) == find_body_slowly(copy, end));
        const char *want = find_slowly(copy, end, wanted, &want_lines);
        g_assert_true(linestart_find(copy, end, wanted, &got_lines) == want);
        if (want)
            g_assert_cmpuint(got_lines, ==, want_lines);
    }
}

/* ---- separators ---- */

/* With a second blank before the date it is not of the usual form, and says the same. */
static void
test_separators(void)
{
    static const char usual[] = "From ann@example.com Thu Jan 12 00:34:56 1970";
    static const char with[] = "0 :aTJ@x\t2A-";
    const gsize blank = strcspn(usual + 5, " ") + 5;
    g_autoptr(GRand) dice = g_rand_new_with_seed(13);
    guint dated = 0;

    g_assert_cmpint(fromline_form(usual, strlen(usual)), ==, FROMLINE_DATED);
    for (guint i = 0; i < 60000; i++) {
        g_autofree char *line = g_strdup(usual);
        for (gint32 k = g_rand_int_range(dice, 0, 4); k > 0; k--) {
            const gint32 at = g_rand_int_range(dice, 5, (gint32)strlen(usual));
            line[at] = with[g_rand_int_range(dice, 0, sizeof with - 1)];
        }
        line[blank] = ' ';
        g_autofree char *wide = g_strdup_printf("%.*s %s", (int)blank, line, line + blank);
        g_test_message("%s", line);
        g_assert_cmpint(fromline_form(line, strlen(line)), ==, fromline_form(wide, strlen(wide)));
        dated += fromline_form(line, strlen(line)) == FROMLINE_DATED;
    }
    g_assert_cmpuint(dated, >, 20000);
    g_assert_cmpuint(dated, <, 59000);
}

/* ---- values ---- */

/* A line end says nothing, but that the value is not plain. */
static void
test_values(void)
{
    static const char *const pieces[] = { " ", "a", "=", "?", "=?", "\"", "\\", "~", "\t", "=?utf-8?q?a_=41?=", "=?us-ascii?b?YQ==?=", "x@example.com", "\x7F", "\xC3\xA4", "\r" };
    g_autoptr(GRand) dice = g_rand_new_with_seed(17);

    for (guint i = 0; i < 40000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        append_some(text, dice, pieces, G_N_ELEMENTS(pieces), 7);
        g_autofree char *copy = bare(text);
        g_autofree char *fast = message_decode_value(copy, text->len);
        if (text->len > 0 && text->str[text->len - 1] == '\r')
            continue;
        g_string_append_c(text, '\n');
        g_autofree char *slow = message_decode_value(text->str, text->len);
        g_assert_cmpstr(fast, ==, slow);
    }
}

static void
check_value(const char *value, const char *want)
{
    g_autofree char *got = message_decode_value(value, strlen(value));

    g_assert_cmpstr(got, ==, want);
}

static void
test_known_values(void)
{
    check_value("", "");
    check_value("   ", "");
    check_value("  a  b ", "a  b");
    check_value(" a\r\n\tb", "a b");
    check_value(" a\n\t\tb\n", "a \tb");
    check_value("a\n b", "a b");
    check_value("=?utf-8?q?a?=\n =?utf-8?q?b?=", "ab");
}

static void
test_base64(void)
{
    static const char *const texts[] = { "QUJD", "QUI=", "QUI", "QQ==", "QQ", "Q", "", "=", "==", "QUJD=", "QUJDRA", "QU D", "QUJ\xC3", "QUJDQ" };

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        gsize length = 0, into = 0;
        guint8 room[16];
        g_autofree guint8 *bytes = base64_decode(texts[i], &length);
        g_assert_cmpint(base64_decode_into(texts[i], strlen(texts[i]), room, &into), ==, bytes != NULL);
        g_assert_true((bytes != NULL) == (i < 5 || i == 9 || i == 10));
        if (bytes)
            g_assert_true(into == length && memcmp(room, bytes, length) == 0);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/line/lines", test_lines);
    g_test_add_func("/line/nuls", test_nuls);
    g_test_add_func("/line/junk", test_junk);
    g_test_add_func("/line/starts", test_starts);
    g_test_add_func("/line/separators", test_separators);
    g_test_add_func("/line/values", test_values);
    g_test_add_func("/line/known-values", test_known_values);
    g_test_add_func("/line/base64", test_base64);
    return g_test_run();
}
