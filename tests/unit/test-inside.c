/* Messages inside messages: which parts are some, and which bytes they are.
 * SPDX-License-Identifier: MIT */
#include "mailbox/inside.h"

#include <string.h>

static Message *
from_text(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

    return message_from_bytes(bytes, "outer.eml", NULL);
}

/* "KIND FIDELITY SUBJECT [RAW]" for each. */
static char *
describe(const Message *message)
{
    g_autoptr(GPtrArray) found = inside_find(message, 100);
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < found->len; i++) {
        const InsideMessage *inside = found->pdata[i];
        const Origin *origin = message_origin(inside->message);
        g_autofree char *raw = g_strndup(g_bytes_get_data(message_raw(inside->message), NULL),
                                         g_bytes_get_size(message_raw(inside->message)));
        g_assert_cmpint(inside->index, ==, i + 1);
        g_assert_cmpint(origin->index, ==, i + 1);
        g_assert_cmpstr(origin->kind, ==, "part");
        g_assert_cmpstr(message_path(inside->message), ==, "outer.eml");
        g_string_append_printf(out, "%s %s %s [%s]", inside->kind, origin->fidelity ? origin->fidelity : "-",
                               inside->subject ? inside->subject : "-", raw);
    }
    return g_strdup(out->str);
}

#define MIXED "From: a@example.com\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\nSee below.\n--B\n"
#define INNER "From: =?utf-8?q?J=C3=BCrgen?= <j@example.net>\nSubject: inner\nMIME-Version: 1.0\n\nHello\n"
#define INNER64 "RnJvbTogPT91dGYtOD9xP0o9QzM9QkNyZ2VuPz0gPGpAZXhhbXBsZS5uZXQ+ClN1YmplY3Q6IGlu\n" \
                "bmVyCk1JTUUtVmVyc2lvbjogMS4wCgpIZWxsbwo=\n"

static void
test_kinds(void)
{
    static const struct { const char *text, *want; } cases[] = {
        { MIXED "Content-Type: message/rfc822\n\n" INNER "\n--B--\n", "message/rfc822 - inner [" INNER "]" },
        { MIXED "Content-Type: message/global\n\n" INNER "\n--B--\n", "message/global - inner [" INNER "]" },
        /* base64, which RFC 2046 forbids; and what only says that it is */
        { MIXED "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" INNER64 "--B--\n",
          "message/rfc822 - inner [" INNER "]" },
        { MIXED "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" INNER "\n--B--\n",
          "message/rfc822 - inner [" INNER "]" },
        { MIXED "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n"
          "Subject: a=3Db\n\nx =\ny\n--B--\n", "message/rfc822 - a=b [Subject: a=b\n\nx y]" },
        { MIXED "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n"
          "DKIM-Signature: v=1; b=AB12\nSubject: c\n\nx\n--B--\n",
          "message/rfc822 - c [DKIM-Signature: v=1; b=AB12\nSubject: c\n\nx]" },
        /* only a header was returned: the empty line at its end must not make a body of it */
        { MIXED "Content-Type: text/rfc822-headers\n\nFrom: k@example.org\nSubject: h\n\n\n--B--\n",
          "text/rfc822-headers headers h [From: k@example.org\nSubject: h\n]" },
        { MIXED "Content-Type: message/rfc822-headers\n\nFrom: k@example.org\nSubject: h\n--B--\n",
          "message/rfc822-headers headers h [From: k@example.org\nSubject: h]" },
        /* files */
        { MIXED "Content-Type: application/octet-stream; name=\"x.EML\"\nContent-Transfer-Encoding: base64\n\n" INNER64
          "--B--\n", "attachment - inner [" INNER "]" },
        { MIXED "Content-Type: application/octet-stream\n\n" INNER "--B--\n",
          "attachment - inner [From: =?utf-8?q?J=C3=BCrgen?= <j@example.net>\nSubject: inner\nMIME-Version: 1.0\n\nHello]" },
        { MIXED "Content-Type: text/plain; name=y.eml\n\nSubject: s\nFrom: a@example.com\n\nt\n--B--\n",
          "attachment - s [Subject: s\nFrom: a@example.com\n\nt]" },
        /* no messages: a text that quotes a header, a file that is none */
        { MIXED "Content-Type: text/plain\n\nFrom: a@example.com\nSent: today\nSubject: x\nTo: b@example.com\n\nt\n--B--\n",
          "" },
        { MIXED "Content-Type: application/octet-stream\n\nkey: value\nother: value\nthird: value\n\n--B--\n", "" },
        { "From: a@example.com\nSubject: x\n\nReceived: a\nFrom: b@example.com\nMessage-ID: <x@example.com>\n\nt\n", "" },
        /* RFC 2046, 5.1.5 */
        { "Content-Type: multipart/digest; boundary=B\n\n--B\n\nSubject: 1\n\nx\n--B\n\nSubject: 2\n\ny\n--B--\n",
          "message/rfc822 - 1 [Subject: 1\n\nx]message/rfc822 - 2 [Subject: 2\n\ny]" },
        { "Content-Type: message/rfc822\nFrom: a@example.com\n\nSubject: alone\n\nx\n",
          "message/rfc822 - alone [Subject: alone\n\nx\n]" },
        /* cut off */
        { MIXED "Content-Type: message/rfc822\n\nSubject: c\n\nx", "message/rfc822 - c [Subject: c\n\nx]" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Message) message = from_text(cases[i].text);
        g_autofree char *got = describe(message);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* Signatures are verified over these bytes: they are the outer one's, not a copy made anew. */
static void
test_same_bytes(void)
{
    g_autoptr(Message) message = from_text(MIXED "Content-Type: message/rfc822\n\n" INNER "\n--B--\n");
    g_autoptr(GPtrArray) found = inside_find(message, 10);
    const InsideMessage *inside = found->pdata[0];
    const char *outer = g_bytes_get_data(message_raw(message), NULL);
    const char *inner = g_bytes_get_data(message_raw(inside->message), NULL);

    g_assert_true(inner > outer && inner < outer + g_bytes_get_size(message_raw(message)));
    g_assert_nonnull(strstr(inside->from, "j@example.net"));
}

static void
test_inside_inside(void)
{
    g_autoptr(Message) message =
        from_text("Content-Type: message/rfc822\n\nSubject: 1\nContent-Type: multipart/mixed; boundary=C\n\n"
                  "--C\nContent-Type: message/rfc822\n\nSubject: 2\n\nx\n--C--\n");
    g_autoptr(GPtrArray) one = inside_find(message, 10);
    g_assert_cmpuint(one->len, ==, 1);
    g_autoptr(GPtrArray) two = inside_find(((InsideMessage *)one->pdata[0])->message, 10);
    g_assert_cmpuint(two->len, ==, 1);
    g_assert_cmpstr(((InsideMessage *)two->pdata[0])->subject, ==, "2");
}

/* What was damaged outside is damaged inside. */
static void
test_fidelity_is_inherited(void)
{
    g_autoptr(Message) message = from_text(MIXED "Content-Type: message/rfc822\n\n" INNER "\n--B--\n");
    Origin *origin = origin_new("paste");

    origin->fidelity = g_strdup("reflowed");
    message_take_origin(message, origin);
    g_autoptr(GPtrArray) found = inside_find(message, 10);
    const InsideMessage *inside = found->pdata[0];
    g_assert_cmpstr(message_origin(inside->message)->fidelity, ==, "reflowed");
}

static gboolean
has_note(const GPtrArray *notes, const char *id)
{
    for (guint i = 0; i < notes->len; i++)
        if (g_str_equal(((const Finding *)notes->pdata[i])->id, id))
            return TRUE;
    return FALSE;
}

static void
note_free(gpointer note)
{
    record_free(&finding_type, note);
}

static void
test_limits(void)
{
    g_autoptr(GString) deep = g_string_new("From: a@example.com\n");
    g_autoptr(GString) many = g_string_new("Content-Type: multipart/digest; boundary=B\n\n");
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(note_free);

    for (int i = 0; i < 1000; i++)
        g_string_append_printf(deep, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
    for (int i = 0; i < 3000; i++)
        g_string_append(many, "--B\n\nSubject: x\n\ny\n");
    g_autoptr(Message) one = from_text(deep->str);
    g_autoptr(Message) other = from_text(many->str);
    g_autoptr(GPtrArray) none = inside_list(one, 200, notes, NULL);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_true(has_note(notes, "mime-too-deep"));
    g_autoptr(GPtrArray) found = inside_list(other, 200, notes, NULL);
    g_assert_cmpuint(found->len, ==, 200);
    g_assert_true(has_note(notes, "mime-too-many"));
    g_assert_true(has_note(notes, "inside-too-many"));
}

/* The end of the file may be missing: its reader must not take a hash that does not fit for a forgery. */
static void
test_cut(void)
{
    g_autoptr(Message) message = from_text(MIXED "Content-Type: message/rfc822\n\nSubject: c\n\nx");
    g_autoptr(Message) whole = from_text(MIXED "Content-Type: message/rfc822\n\nSubject: c\n\nx\n--B--\n");
    g_autoptr(GPtrArray) found = inside_find(message, 10);
    g_autoptr(GPtrArray) other = inside_find(whole, 10);

    g_assert_true(has_note(message_origin(((InsideMessage *)found->pdata[0])->message)->notes, "part-cut"));
    g_assert_cmpuint(message_origin(((InsideMessage *)other->pdata[0])->message)->notes->len, ==, 0);
}

/* A list decodes the beginning only; whoever opens it gets the whole. */
static void
test_list_is_cheap(void)
{
    g_autoptr(GString) inner = g_string_new("Subject: large\nFrom: a@example.com\n\n");
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(note_free);

    for (int i = 0; i < 20000; i++)
        g_string_append(inner, "A line of the body.\n");
    g_autofree char *encoded = g_base64_encode((const guchar *)inner->str, inner->len);
    g_autofree char *text = g_strdup_printf(MIXED "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
                                            "%s\n--B--\n", encoded);
    g_autoptr(Message) message = from_text(text);
    g_autoptr(GPtrArray) list = inside_list(message, 10, notes, NULL);
    g_autoptr(GPtrArray) found = inside_find(message, 10);
    const InsideMessage *shown = list->pdata[0], *opened = found->pdata[0];
    g_assert_cmpstr(shown->subject, ==, "large");
    g_assert_cmpuint(g_bytes_get_size(message_raw(shown->message)), <, 70000);
    g_assert_cmpuint(g_bytes_get_size(message_raw(opened->message)), ==, inner->len);
}

/* Every beginning of a message that carries others ends somewhere odd. */
static void
test_every_beginning(void)
{
    const char *text = MIXED "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" INNER64
        "--B\nContent-Type: text/rfc822-headers\n\nFrom: k@example.org\nSubject: h\n\n--B--\n";

    for (gsize length = 1; length <= strlen(text); length++) {
        g_autoptr(GBytes) bytes = g_bytes_new(text, length);
        g_autoptr(Message) message = message_from_bytes(bytes, "cut", NULL);
        g_autoptr(GPtrArray) found = message ? inside_find(message, 10) : NULL;
        g_assert_true(!found || found->len <= 2);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/inside/kinds", test_kinds);
    g_test_add_func("/inside/same-bytes", test_same_bytes);
    g_test_add_func("/inside/inside", test_inside_inside);
    g_test_add_func("/inside/fidelity", test_fidelity_is_inherited);
    g_test_add_func("/inside/limits", test_limits);
    g_test_add_func("/inside/cut", test_cut);
    g_test_add_func("/inside/list", test_list_is_cheap);
    g_test_add_func("/inside/every-beginning", test_every_beginning);
    return g_test_run();
}
