/* test-store.c: what was opened, as messages: bit by bit, by line, by message; and pasted text.
 * SPDX-License-Identifier: MIT */
#include "mailbox/store.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mailbox/fromline.h"
#include "mailbox/kind.h"
#include "mailbox/quoting.h"

#define SEPARATOR "From ann@example.com Mon Jan  5 10:00:00 2026\n"
#define HEADER(n) "From: N" n " <n@example.com>\nSubject: S" n "\nDate: D" n "\n\n"

static Store *
store_of(const char *text, gssize length)
{
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    const int fd = g_file_open_tmp("fromscope-test-XXXXXX", &path, &error);

    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, text, length, &error));
    Store *store = store_open(path, &error);
    g_assert_no_error(error);
    g_unlink(path);
    return store;
}

/* ---- separators ---- */

static void
test_forms(void)
{
    static const struct { const char *line; FromLine want; } cases[] = {
        { "From ann@example.com Mon Jan  5 10:00:00 2026", FROMLINE_DATED },
        { "From ann@example.com Mon Jan 05 10:00:00 +0000 2026", FROMLINE_DATED },
        { "From ann@example.com  Mon Jan  5 10:00:00 UTC 2026", FROMLINE_DATED },
        { "From ann Mon Jan  5 10:00 2026", FROMLINE_DATED },
        { "From Ann Smith Mon Jan  5 10:00:00 2026", FROMLINE_DATED },
        { "From - Mon, 5 Jan 2026 10:00:00 +0900 (JST)", FROMLINE_DATED },
        { "From ann Mon Jan  5 10:00:00 2026 remote from host", FROMLINE_DATED },
        { "From ann@example.com", FROMLINE_BARE },
        { "From MAILER-DAEMON", FROMLINE_BARE },
        { "From -", FROMLINE_BARE },
        { "From ann", FROMLINE_NONE },
        { "From now on", FROMLINE_NONE },
        { "From Mon Jan  5 10:00:00 2026", FROMLINE_NONE },             /* no sender */
        { "From Ann, who came in Jan 2026 at 10:00", FROMLINE_NONE },   /* no day */
        { "From ann on Jan 5 2026 10:00 until we all met again", FROMLINE_NONE },
        { "From: ann@example.com", FROMLINE_NONE },
        { "From : ann@example.com", FROMLINE_NONE },
        { "from ann@example.com Mon Jan  5 10:00:00 2026", FROMLINE_NONE },
        { ">From ann@example.com Mon Jan  5 10:00:00 2026", FROMLINE_NONE },
        { "From ", FROMLINE_NONE },
        { "", FROMLINE_NONE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].line);
        g_assert_cmpint(fromline_form(cases[i].line, strlen(cases[i].line)), ==, cases[i].want);
    }
}

static void
test_kinds(void)
{
    static const struct { const char *text; Kind want; } cases[] = {
        { "From: a\nTo: b\n\n", KIND_TEXT },
        { SEPARATOR HEADER("1"), KIND_MBOX },
        { "From me to you\nSubject: x\nTo: y\n", KIND_MBOX },
        { "From me to you\nwith love\n", KIND_TEXT },
        { "From : me\nSubject: x\n", KIND_TEXT },
        { "From \t: me\nSubject: x\n", KIND_TEXT },
        { "From  :me@example.com\nSubject: x\n", KIND_TEXT },
        { "25\n" HEADER("1") "<?xml", KIND_TEXT },          /* neither count nor list fits */
        { "1\nFrom: a\nTo: b\n", KIND_TEXT },
        { "\x1F\x8B\x08", KIND_GZIP },
        { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", KIND_MSG },
        { "\xFF\xFE" "a", KIND_UTF16_LE },
        { "\xFE\xFF" "a", KIND_UTF16_BE },
        { "UmVjZWl2ZWQ6IGEKRnJvbTogYQpUbzogYgpTdWJqZWN0OiBjCgpib2R5Cg==", KIND_BASE64 },
        { "Tm8gbWFpbCBhdCBhbGwsIGp1c3QgdGV4dCB0aGF0IHNvbWVib2R5IHdyb3RlLg==", KIND_TEXT },
        { "", KIND_TEXT },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%" G_GSIZE_FORMAT " %s", i, cases[i].text);
        g_assert_cmpint(kind_of(cases[i].text, strlen(cases[i].text)), ==, cases[i].want);
    }
}

/* Without a byte order mark: UTF-16 from the first character on, not a message whose long body alone is. */
static void
test_kinds_wide(void)
{
    static const char header[] = "Return-Path: <a@example.com>\nFrom: a@example.com\nTo: b\n\n";
    char wide[4096];

    for (guint low = 0; low < 2; low++) {
        for (gsize i = 0; i < sizeof wide; i++)
            wide[i] = i % 2 == low ? header[i / 2 % (sizeof header - 1)] : '\0';
        g_assert_cmpint(kind_of(wide, sizeof wide), ==, low ? KIND_UTF16_BE : KIND_UTF16_LE);
        memcpy(wide, header, sizeof header - 1);
        g_assert_cmpint(kind_of(wide, sizeof wide), ==, KIND_TEXT);
    }
}

/* ---- quoting ---- */

static void
test_quoting(void)
{
    static const struct { const char *body, *want; guint lines; } cases[] = {
        { "a\n>From b\n", "a\nFrom b\n", 1 },
        { ">From b", "From b", 1 },
        { ">>From b\n>>>From c\n", ">From b\n>>From c\n", 2 },
        { "> From b\n x>From c\n>From: d\n", "> From b\n x>From c\n>From: d\n", 0 },
        { ">a\n>From b\n>c\n", ">a\n>From b\n>c\n", 0 },         /* the author's own: an mboxo left it alone */
        { ">a\n>From b\nc\n", ">a\nFrom b\nc\n", 1 },
        { ">a\n>>From b\n>c\n", ">a\n>From b\n>c\n", 1 },        /* the author's own, and an mboxrd's mark */
        { "> a\n>From b\n> c\n", "> a\nFrom b\n> c\n", 1 },
        { ">From a\n>From b\n>From c\n", "From a\nFrom b\nFrom c\n", 3 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        /* What stands in the header is left alone. */
        g_autofree char *text = g_strconcat("A: b\n>From x\n\n", cases[i].body, NULL);
        g_autofree char *want = g_strconcat("A: b\n>From x\n\n", cases[i].want, NULL);
        g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
        guint lines = 99;
        g_autoptr(GBytes) got = quoting_undo(bytes, &lines);
        gsize length = 0;
        const char *data = g_bytes_get_data(got, &length);

        g_assert_cmpuint(length, ==, strlen(want));
        g_assert_true(memcmp(data, want, length) == 0);
        g_assert_cmpuint(lines, ==, cases[i].lines);
        if (lines == 0)
            g_assert_true(got == bytes);
    }
}

/* ---- mailboxes ---- */

static void
assert_same_value(const Message *message, const char *name, const char *got)
{
    const int at = message_find(message, name, 0);
    g_autofree char *want = at < 0 ? NULL : field_decoded(message, message_field(message, (guint)at));

    g_assert_cmpstr(got, ==, want);
}

/* A line says what the message says. */
static void
assert_line(Store *store, guint index)
{
    g_autoptr(StoreLine) line = store_line(store, index);
    g_autoptr(GError) error = NULL;
    g_autoptr(Message) message = store_message(store, index, &error);

    if (!message) {
        g_assert_nonnull(line->fault);
        g_assert_null(line->from);
        return;
    }
    g_assert_null(line->fault);
    assert_same_value(message, "From", line->from);
    assert_same_value(message, "Subject", line->subject);
    assert_same_value(message, "Date", line->date);
}

static void
test_mailbox(void)
{
    g_autoptr(Store) store = store_of(SEPARATOR HEADER("1") "a\n\n" SEPARATOR "\n" SEPARATOR HEADER("3") "c\n", -1);
    g_autoptr(GError) error = NULL;

    g_assert_true(store_is_mailbox(store));
    while (store_scan(store, 0))
        continue;
    g_assert_true(store_is_complete(store));
    g_assert_cmpfloat(store_progress(store), ==, 1);
    g_assert_cmpuint(store_count(store), ==, 3);
    g_autoptr(StoreLine) first = store_line(store, 0);
    g_assert_cmpstr(first->from, ==, "N1 <n@example.com>");
    g_assert_cmpstr(first->subject, ==, "S1");
    g_assert_cmpstr(first->date, ==, "D1");
    g_autoptr(StoreLine) second = store_line(store, 1);
    g_assert_cmpstr(second->fault, ==, "the message is empty");
    g_assert_null(store_message(store, 1, &error));
    g_assert_true(g_str_has_suffix(error->message, ", message 2: the message is empty"));
    g_autoptr(Message) third = store_message(store, 2, NULL);
    g_assert_cmpint(message_origin(third)->index, ==, 3);
    g_assert_cmpstr(message_origin(third)->kind, ==, "mbox");
    SourceInfo *source = store_source(store, 1);
    g_assert_cmpint(source->index, ==, 2);
    g_assert_cmpstr(source->path, ==, store_path(store));
    record_free(&source_info_type, source);
}

static void
test_one_message(void)
{
    g_autoptr(Store) store = store_of(SEPARATOR HEADER("1") "From here\n", -1);
    g_autoptr(Message) once = store_message(store, 0, NULL), again = NULL;

    g_assert_false(store_is_mailbox(store));
    g_assert_cmpuint(store_count(store), ==, 1);
    g_assert_false(store_scan(store, -1));
    again = store_message(store, 0, NULL);
    g_assert_true(once != again);
    g_assert_cmpstr(message_origin(again)->kind, ==, "mbox");
    assert_line(store, 0);
}

/* What a disk left at the beginning of a file is no part of what stands behind it. */
static void
test_nuls_first(void)
{
    static const char box[] = "\0\0" SEPARATOR HEADER("1") "a\n\n" SEPARATOR HEADER("2") "b\n", one[] = "\0" HEADER("1") "a\n";
    g_autoptr(Store) mailbox = store_of(box, sizeof box - 1), single = store_of(one, sizeof one - 1);

    while (store_scan(mailbox, -1))
        continue;
    g_assert_cmpuint(store_count(mailbox), ==, 2);
    assert_line(mailbox, 0);
    assert_line(mailbox, 1);
    g_assert_false(store_is_mailbox(single));
    g_autoptr(StoreLine) line = store_line(single, 0);
    g_assert_cmpstr(line->from, ==, "N1 <n@example.com>");
    assert_line(single, 0);
    g_assert_true(kind_is_header(one, sizeof one - 1));
}

/* Read a little at a time, whatever stands where one look ends and the next begins, a mailbox is the same. */
static void
test_bit_by_bit(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    double before = 0;

    for (guint i = 0; i < 400; i++) {
        g_string_append(text, SEPARATOR HEADER("1"));
        for (guint k = 0; k < 1000 + i; k++)
            g_string_append(text, k % 7 ? "a line of the body of this message\n" : "\nFrom here on\n");
        g_string_append_c(text, '\n');
    }
    g_autoptr(Store) store = store_of(text->str, (gssize)text->len);
    guint looks = 0;
    for (; store_scan(store, 0); looks++) {
        g_assert_cmpfloat(store_progress(store), >=, before);
        before = store_progress(store);
        g_assert_cmpfloat(before, <, 1);
    }
    g_assert_cmpuint(looks, >, 1);
    g_assert_cmpuint(store_count(store), ==, 400);
    for (guint i = 0; i < 400; i += 57) {
        g_autoptr(Message) message = store_message(store, i, NULL);
        const char *raw = g_bytes_get_data(message_raw(message), NULL);
        g_assert_true(memcmp(raw, "From: N1", 8) == 0);
        assert_line(store, i);
    }
}

/* Pasted text that is saved in a folder: a row shows what opening it shows, after the repairs. */
static void
test_damaged_lines(void)
{
    g_autoptr(Store) store = store_open("samples", NULL);
    guint repaired = 0;

    g_assert_nonnull(store);
    while (store_scan(store, -1))
        continue;
    for (guint i = 0; i < store_count(store); i++) {
        g_autoptr(Message) message = store_message(store, i, NULL);
        repaired += message && message_origin(message)->repairs->len > 0;
        assert_line(store, i);
    }
    g_assert_cmpuint(repaired, >=, 4);
}

/* The list's own reading of headers, against the message's, on random headers. */
static void
test_lines_agree(void)
{
    static const char *const pieces[] = {
        "From: a <a@example.com>\n", "from : b\n", "SUBJECT:=?UTF-8?Q?Caf=C3=A9?=\n", "Subject: \n", "Subject: two\n\tlines\n more\n",
        "Date: Mon, 5 Jan 2026\n", "Date:\r\n", "X: y\r\n", "no colon\n", " continued\n", "\n", "\r\n", "From x\n", ">From y\n",
        "Subject\t: tab\n", "From: caf\xE9\n", "\xEF\xBB\xBF", "Date: x", ": none\n", "A", "\t\n", "Subject: a\rb\n",
    };

    for (guint round = 0; round < 4000; round++) {
        g_autoptr(GString) text = g_string_new(NULL);
        const int count = g_test_rand_int_range(1, 12);
        for (int i = 0; i < count; i++)
            g_string_append(text, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
        g_autofree char *box = g_strconcat(SEPARATOR, "X-First: 1\n", text->str, "\n\n", SEPARATOR, HEADER("2"), NULL);
        g_autoptr(GBytes) bytes = g_bytes_new(box, strlen(box));
        g_autoptr(Store) store = store_from_text(bytes, "box", NULL, NULL);

        g_assert_nonnull(store);
        while (store_scan(store, -1))
            continue;
        g_assert_cmpuint(store_count(store), ==, 2);
        assert_line(store, 0);
        assert_line(store, 1);
    }
}

/* ---- pasted text ---- */

static void
test_paste(void)
{
    static const struct { const char *text, *fidelity; } cases[] = {
        { HEADER("1") "body\n", "reencoded" },
        { "From: a <a@example.com>\nSubject: b\nTo: c\n", NULL },           /* no body: "headers" */
        { HEADER("1"), "headers" },                     /* with the line below it */
        { HEADER("1") "\r\n \n\n", "headers" },
        { HEADER("1") "\n\n.", "reencoded" },
        { "UmVjZWl2ZWQ6IGEKRnJvbTogYQpUbzogYgpTdWJqZWN0OiBjCgpib2R5Cg==", NULL },    /* base64 keeps bytes */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) bytes = g_bytes_new_static(cases[i].text, strlen(cases[i].text));
        g_autoptr(GError) error = NULL;
        g_autoptr(Store) store = store_from_text(bytes, "pasted", NULL, &error);
        g_assert_no_error(error);
        g_autoptr(Message) message = store_message(store, 0, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(message_origin(message)->fidelity, ==, cases[i].fidelity);
        g_assert_cmpstr(message_origin(message)->kind, ==, "paste");
        g_assert_cmpstr(message_path(message), ==, "pasted");
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) nothing = g_bytes_new_static("hello", 5);
    g_assert_null(store_from_text(nothing, "pasted", NULL, &error));
    g_assert_cmpstr(error->message, ==, "pasted: no header field found");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/forms", test_forms);
    g_test_add_func("/store/kinds", test_kinds);
    g_test_add_func("/store/kinds-wide", test_kinds_wide);
    g_test_add_func("/store/quoting", test_quoting);
    g_test_add_func("/store/mailbox", test_mailbox);
    g_test_add_func("/store/one-message", test_one_message);
    g_test_add_func("/store/nuls-first", test_nuls_first);
    g_test_add_func("/store/bit-by-bit", test_bit_by_bit);
    g_test_add_func("/store/lines-agree", test_lines_agree);
    g_test_add_func("/store/damaged-lines", test_damaged_lines);
    g_test_add_func("/store/paste", test_paste);
    return g_test_run();
}
