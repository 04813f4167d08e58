/* Splitting: where fields and body stand, whatever the bytes are.
 * SPDX-License-Identifier: MIT */
#include "message/message.h"

#include <string.h>

static Message *
from_text(const char *text, gssize length, GError **error)
{
    g_autoptr(GBytes) bytes =
        g_bytes_new(text, length < 0 ? strlen(text) : (gsize)length);

    return message_from_bytes(bytes, "test", error);
}

static void
test_spans(void)
{
    g_autoptr(Message) message =
        from_text("From: a@b.example\r\nSubject : one\r\n two\r\n\r\nBody\r\n", -1, NULL);
    const Field *subject = message_field(message, 1);
    g_autofree char *name = field_name(message, subject);
    g_autofree char *value = field_value(message, subject);
    g_autofree char *raw = field_raw_value(message, subject);

    g_assert_cmpuint(message_n_fields(message), ==, 2);
    g_assert_cmpstr(name, ==, "Subject");
    g_assert_cmpstr(value, ==, "one two");
    g_assert_cmpstr(raw, ==, " one\r\n two");
    g_assert_cmpuint(subject->line, ==, 2);
    g_assert_cmpuint(subject->all.start, ==, 19);
    g_assert_cmpuint(subject->all.end, ==, 40);
    g_assert_true(message_has_body(message));
    g_assert_cmpuint(message_body(message).start, ==, 42);
    g_assert_cmpuint(span_length(message_body(message)), ==, 6);
    g_assert_cmpint(message_eol(message), ==, MESSAGE_EOL_CRLF);
}

static void
test_line_ends(void)
{
    g_autoptr(Message) lf = from_text("A: 1\nB: 2\n\nx", -1, NULL);
    g_autoptr(Message) mixed = from_text("A: 1\r\nB: 2\n\nx", -1, NULL);

    g_assert_cmpint(message_eol(lf), ==, MESSAGE_EOL_LF);
    g_assert_cmpint(message_eol(mixed), ==, MESSAGE_EOL_MIXED);
    g_assert_cmpuint(span_length(message_body(lf)), ==, 1);
}

/* Only the empty line says that the header is over: without it nobody knows the body. */
static void
test_no_body(void)
{
    g_autoptr(Message) headers = from_text("A: 1\r\nB: 2", -1, NULL);
    g_autoptr(Message) empty = from_text("A: 1\r\n\r\n", -1, NULL);

    g_assert_false(message_has_body(headers));
    g_assert_cmpuint(message_n_fields(headers), ==, 2);
    g_assert_true(message_has_body(empty));
    g_assert_cmpuint(span_length(message_body(empty)), ==, 0);
}

static gboolean
has_fault(const Message *message, const char *id)
{
    for (guint i = 0; i < message_n_faults(message); i++)
        if (g_str_equal(message_fault(message, i)->id, id))
            return TRUE;
    return FALSE;
}

static void
test_faults(void)
{
    static const struct { const char *text; gssize length; const char *fault; guint fields; } cases[] = {
        { "\xEF\xBB\xBF" "A: 1\n\n", -1, "bom", 1 },
        { "From a@b Mon Nov  2 00:00:00 2026\nA: 1\n\n", -1, "mbox-from-line", 1 },
        { "A: 1\nthis is no field\nB: 2\n\n", -1, "header-junk-line", 2 },
        { "\nA: 1\n\n", -1, "header-below-empty-line", 1 },
        { "\r\n\r\nA: 1\r\n\r\n", -1, "header-below-empty-line", 1 },
        { "junk\n\nA: 1\n\n", -1, "header-below-empty-line", 1 },
        { "A: 1\0x\nB: 2\n\n", 13, "header-nul", 2 },
        { "\0\0" "A: 1\nB: 2\n\n", 13, "header-nul", 2 },
        { "\0\n" "A: 1\n\n", 8, "header-nul", 1 },
        { "A: 1\n\0\0B: 2\n\n", 13, "header-nul", 2 },       /* programs drop it, and see the field */
        { "A: 1\n\0" " junk\nB: 2\n\n", 18, "header-junk-line", 2 },
        { "\0\xEF\xBB\xBF" "A: 1\n\n", 10, "bom", 1 },
        { "A: 1\r\nB: 2\rFrom: 3\r\nC: 4\n\n", -1, "header-bare-cr", 3 },
        { "A: 1\n \r\r\n\n", -1, "header-bare-cr", 1 },
        { "A: 1\r\n\rjunk\r\nB: 2\rFrom: 3\r\n\r\n", -1, "header-bare-cr", 2 },    /* one in no field hides none that is in one */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Message) message = from_text(cases[i].text, cases[i].length, NULL);
        g_assert_nonnull(message);
        g_assert_true(has_fault(message, cases[i].fault));
        g_assert_cmpuint(message_n_fields(message), ==, cases[i].fields);
    }
}

/* However many of another kind stand above. */
static void
test_drowned_fault(void)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (int i = 0; i < 400; i++)
        g_string_append(text, "junk\r\nX: 1\r\n");
    g_string_append(text, "A: 1\rFrom: eve@example.net\r\n\r\n");
    g_autoptr(Message) message = from_text(text->str, -1, NULL);
    g_assert_true(has_fault(message, "header-bare-cr"));
    g_assert_cmpuint(message_n_faults(message), ==, 201);
}

/* What only looks like it. */
static void
test_no_fault(void)
{
    static const char *const texts[] = {
        "A: 1\r\nB: 2\r\n 3\r\n\r\nbody\rFrom: 4\r\n", "A: 1\n\n\r", "A: 1\r\n\r\n", "A: 1\r\n",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(Message) message = from_text(texts[i], -1, NULL);
        g_assert_cmpuint(message_n_faults(message), ==, 0);
    }
}

static void
test_nothing_to_show(void)
{
    static const struct { const char *text; gsize length; int code; } cases[] = {
        { "", 0, MESSAGE_ERROR_EMPTY },
        { "no field here\n", 14, MESSAGE_ERROR_NO_HEADER },
        { "\x7f" "ELF\0\0\0\nA: 1\n\n", 15, MESSAGE_ERROR_BINARY },
        { "\n\n\n", 3, MESSAGE_ERROR_NO_HEADER },
        { "\0\0\0\0", 4, MESSAGE_ERROR_BINARY },
        { "\0\0\0 ftyp\0\nA: 1\n\n", 17, MESSAGE_ERROR_BINARY },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Message) message = from_text(cases[i].text, (gssize)cases[i].length, &error);
        g_assert_null(message);
        g_assert_error(error, MESSAGE_ERROR, cases[i].code);
        g_assert_nonnull(strstr(error->message, "test: "));
    }
}

/* Any bytes at all: spans stay inside, order holds. */
static void
test_random(void)
{
    static const char alphabet[] = "A: \r\n\t\0:xF\xff";
    g_autoptr(GRand) random = g_rand_new_with_seed(20261122);

    for (int round = 0; round < 20000; round++) {
        char text[64];
        const gsize length = (gsize)g_rand_int_range(random, 1, sizeof text);
        for (gsize i = 0; i < length; i++)
            text[i] = alphabet[g_rand_int_range(random, 0, sizeof alphabet - 1)];
        g_autoptr(Message) message = from_text(text, (gssize)length, NULL);
        gsize last = 0;
        for (guint i = 0; message && i < message_n_fields(message); i++) {
            const Field *f = message_field(message, i);
            g_assert_cmpuint(f->all.start, >=, last);
            g_assert_cmpuint(f->name.end, <=, f->value.start);
            g_assert_cmpuint(f->value.start, <=, f->value.end);
            g_assert_cmpuint(f->value.end, <=, f->all.end);
            last = f->all.end;
        }
        if (message) {
            g_assert_cmpuint(message_body(message).start, >=, last);
            g_assert_cmpuint(message_body(message).end, ==, length);
        }
    }
}

static void
test_files(void)
{
    static const struct { const char *path; const char *says; } cases[] = {
        { "/nonexistent/mail.eml", "/nonexistent/mail.eml: No such file or directory" },
        { "/", "/: is a folder, not a message" },
        { "/dev/null", "/dev/null: the file is empty" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(message_load(cases[i].path, &error));
        g_assert_cmpstr(error->message, ==, cases[i].says);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/message/spans", test_spans);
    g_test_add_func("/message/line-ends", test_line_ends);
    g_test_add_func("/message/no-body", test_no_body);
    g_test_add_func("/message/faults", test_faults);
    g_test_add_func("/message/no-fault", test_no_fault);
    g_test_add_func("/message/drowned-fault", test_drowned_fault);
    g_test_add_func("/message/nothing-to-show", test_nothing_to_show);
    g_test_add_func("/message/random", test_random);
    g_test_add_func("/message/files", test_files);
    return g_test_run();
}
