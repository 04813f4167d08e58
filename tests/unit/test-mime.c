/* The parts of a message: types by GMime, places by our own walk.
 * SPDX-License-Identifier: MIT */
#include "message/parts.h"

#include <string.h>

#include "message/gmime-load.h"
#include "message/media.h"

static Message *
from_text(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

    return message_from_bytes(bytes, "test", NULL);
}

static void
test_type(void)
{
    static const struct { const char *text, *type; } cases[] = {
        { "Content-Type: Multipart/Report; report-type=x\n\n", "multipart/report" },
        { "Subject: none\n\n", "text/plain" },
        { "Content-Type:\n\n", "text/plain" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Message) message = from_text(cases[i].text);
        g_autofree char *type = mime_type(message);
        g_assert_cmpstr(type, ==, cases[i].type);
    }
}

/* "TYPE@DEPTH[BODY]" for each leaf, "cut" where its end is missing. */
static char *
describe(const char *text)
{
    g_autoptr(Message) message = from_text(text);
    g_autoptr(Parts) parts = parts_new(message);
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < parts->list->len; i++) {
        const Part *part = parts->list->pdata[i];
        g_autofree char *body = g_strndup(span_in(message_raw(message), part->body), span_length(part->body));
        if (g_str_has_prefix(part->head->type, "multipart/"))
            g_string_append_printf(out, "(%s@%u)", part->head->type + 10, part->depth);
        else
            g_string_append_printf(out, "%s@%u[%s]%s", part->head->type, part->depth, body,
                                   part->cut ? "cut" : "");
    }
    return g_strdup(out->str);
}

#define HEAD "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"

static void
test_places(void)
{
    static const struct { const char *text, *want; } cases[] = {
        { "Subject: x\n\nbody\n", "text/plain@0[body\n]" },
        { HEAD "before\n--B\n\none\n--B\nContent-Type: text/html\n\ntwo\n\n--B--\nafter\n",
          "(mixed@0)text/plain@1[one]text/html@1[two\n]" },
        /* CRLF, and both in one message */
        { "Content-Type: multipart/mixed; boundary=\"B\"\r\n\r\n--B\r\n\r\none\r\n--B\n\ntwo\n--B--\r\n",
          "(mixed@0)text/plain@1[one]text/plain@1[two]" },
        /* no end, in a body and in a header */
        { HEAD "--B\n\none\n--B\n\ntw", "(mixed@0)text/plain@1[one]text/plain@1[tw]cut" },
        { HEAD "--B\n\none\n--B\nContent-Type: text/html\n", "(mixed@0)text/plain@1[one]text/html@1[]cut" },
        /* a boundary that begins like another */
        { "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/alternative; boundary=BB\n\n"
          "--BB\n\none\n--BB--\n--B\n\ntwo\n--B--\n",
          "(mixed@0)(alternative@1)text/plain@2[one]text/plain@1[two]" },
        /* the inner one is never closed */
        { "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/alternative; boundary=I\n\n"
          "--I\n\none\n--B\n\ntwo\n--B--\n",
          "(mixed@0)(alternative@1)text/plain@2[one]text/plain@1[two]" },
        /* the same boundary twice */
        { "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/alternative; boundary=B\n\n"
          "--B\n\none\n--B--\n--B\n\ntwo\n--B--\n",
          "(mixed@0)(alternative@1)text/plain@2[one]text/plain@1[two]" },
        /* blanks behind a boundary; text that looks like one */
        { HEAD "--B \t\n\none\n--Bx\n-- B\n--B--  \n", "(mixed@0)text/plain@1[one\n--Bx\n-- B]" },
        { HEAD "--B\n\none\nx--B\ny --B\n--B--\n", "(mixed@0)text/plain@1[one\nx--B\ny --B]" },
        /* no empty line above the text; no header at all */
        { HEAD "--B\nHello there.\n--B--\n", "(mixed@0)text/plain@1[Hello there.]" },
        { HEAD "--B\n--B\n\ntwo\n--B--\n", "(mixed@0)text/plain@1[]text/plain@1[two]" },
        /* RFC 2046, 5.1.5 */
        { "Content-Type: multipart/digest; boundary=B\n\n--B\n\nSubject: x\n\ny\n--B--\n",
          "(digest@0)message/rfc822@1[Subject: x\n\ny]" },
        /* no boundary is named */
        { "Content-Type: multipart/mixed\n\n--B\n\none\n--B--\n", "(mixed@0)" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = describe(cases[i].text);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

static void
test_head(void)
{
    g_autoptr(MimeHead) head = mime_head_new("Multipart/Report; Report-Type=Delivery-Status; boundary=\" b \"", NULL,
                                             NULL, "text/plain");
    g_autoptr(MimeHead) file = mime_head_new("application/octet-stream; name=a.bin",
                                             "Attachment; filename*=utf-8''%E6%97%A5.eml", " BASE64", "text/plain");
    g_autoptr(MimeHead) none = mime_head_new(NULL, NULL, "8bit", "message/rfc822");

    g_assert_cmpstr(head->type, ==, "multipart/report");
    g_assert_cmpstr(head->report_type, ==, "delivery-status");
    g_assert_cmpstr(head->boundary, ==, "b");
    g_assert_cmpstr(file->name, ==, "日.eml");
    g_assert_true(file->attachment);
    g_assert_cmpint(file->encoding, ==, MIME_BASE64);
    g_assert_cmpstr(none->type, ==, "message/rfc822");
    g_assert_cmpint(none->encoding, ==, MIME_IDENTITY);
}

static void
test_decode(void)
{
    static const struct { const char *text; MimeEncoding encoding; const char *charset, *want; } cases[] = {
        { "SGVs\nbG8h", MIME_BASE64, NULL, "Hello!" },
        { "SGVs*bG8h==", MIME_BASE64, NULL, "Hello!" },
        { "caf=E9 =\nau lait=3D\n", MIME_QUOTED, "iso-8859-1", "café au lait=\n" },
        { "a\r\nb\r\n", MIME_IDENTITY, "utf-8", "a\nb\n" },
        { "x", MIME_IDENTITY, "no-such-charset", "x" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const gsize length = strlen(cases[i].text);
        g_autoptr(GBytes) raw = g_bytes_new_static(cases[i].text, length);
        g_autoptr(GBytes) bytes = mime_decode(raw, (Span){ 0, length }, cases[i].encoding, G_MAXSIZE);
        g_autofree char *text = mime_text(bytes, cases[i].charset);
        g_assert_cmpstr(text, ==, cases[i].want);
    }
}

/* A thousand levels end where the limit is, and say so; ten thousand parts, too. */
static void
test_limits(void)
{
    g_autoptr(GString) deep = g_string_new("From: a@example.com\n");
    g_autoptr(GString) many = g_string_new(HEAD);

    for (int i = 0; i < 1500; i++)
        g_string_append_printf(deep, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
    for (int i = 0; i < 10000; i++)
        g_string_append(many, "--B\n\nx\n");
    g_autoptr(Message) one = from_text(deep->str);
    g_autoptr(Message) other = from_text(many->str);
    g_autoptr(Parts) levels = parts_new(one);
    g_autoptr(Parts) parts = parts_new(other);
    g_assert_true(levels->too_deep && !levels->too_many);
    g_assert_cmpuint(levels->list->len, ==, PARTS_DEPTH_MAX + 1);
    g_assert_true(parts->too_many && !parts->too_deep);
    g_assert_cmpuint(parts->list->len, ==, PARTS_MAX);
}

/* Lines that look like boundaries, under a hundred open levels: each is looked up, not compared with all. */
static void
test_time(void)
{
    g_autoptr(GString) text = g_string_new("From: a@example.com\n");

    for (int i = 0; i < 100; i++)
        g_string_append_printf(text, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
    g_string_append(text, "\n");
    for (int i = 0; i < 1000000; i++)
        g_string_append(text, "--b1000\n");
    g_autoptr(Message) message = from_text(text->str);
    const gint64 start = g_get_monotonic_time();
    g_autoptr(Parts) parts = parts_new(message);
    g_assert_cmpuint(parts->list->len, ==, 101);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 10 * G_USEC_PER_SEC);
}

/* ---- what is read here and what GMime reads ---- */

static const char *const pieces[] = {
    "text", "multipart", "/", "/", "plain", "mixed", ";", "; ", " ; ", "charset", "boundary", "=", "=", "\"", "\"a b\"", "utf-8",
    "x.y", "'", "*", "%20", "=?utf-8?q?a?=", "(c)", " ", "\t", "name", "name*", "NAME", "\\", "?", "--=_1", "a/b", ",", "\xC3\xA9", "@",
};

static char *
random_value(GRand *rand)
{
    g_autoptr(GString) value = g_string_new(g_rand_boolean(rand) ? "text/plain" : NULL);
    const gint32 count = g_rand_int_range(rand, 0, 14);

    for (gint32 i = 0; i < count; i++) {
        if (i % 4 == 0 && g_rand_boolean(rand))
            g_string_append(value, "; charset=utf-8");
        g_string_append(value, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
    }
    return g_strdup(value->str);
}

static void
compare_type(const char *value, const Media *media)
{
    static const char *const names[] = { "charset", "boundary", "name", "NAME", "x.y", "text" };
    GMimeContentType *type = gmime()->content_type_parse(NULL, value);
    g_autofree char *word = gmime()->content_type_get_mime_type(type);

    g_assert_cmpstr(media_word(media), ==, word);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        g_assert_cmpstr(media_parameter(media, names[i]), ==,
                        gmime()->content_type_get_parameter(type, names[i]));
    gmime()->object_unref(type);
}

static void
compare_disposition(const char *value, const Media *media)
{
    GMimeContentDisposition *found = gmime()->content_disposition_parse(NULL, value);

    g_assert_cmpstr(media_word(media), ==, gmime()->content_disposition_get_disposition(found));
    g_assert_cmpstr(media_parameter(media, "name"), ==,
                    gmime()->content_disposition_get_parameter(found, "name"));
    gmime()->object_unref(found);
}

/* Parameters that GMime alone can read change nothing about the word before them. */
static gboolean
compare_word(const char *value)
{
    g_autofree char *plain = media_plain_type(value);

    if (!plain)
        return FALSE;
    GMimeContentType *type = gmime()->content_type_parse(NULL, value);
    g_autofree char *word = gmime()->content_type_get_mime_type(type);
    g_assert_cmpstr(plain, ==, word);
    gmime()->object_unref(type);
    return TRUE;
}

static void
test_plain_is_gmimes(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    guint plain = 0, words = 0;

    for (guint i = 0; i < 100000; i++) {
        g_autofree char *value = random_value(rand);
        g_autoptr(Media) type = media_parse_plain(value, MEDIA_TYPE);
        g_autoptr(Media) disposition = media_parse_plain(value, MEDIA_DISPOSITION);
        if (type)
            compare_type(value, type);
        if (disposition)
            compare_disposition(value, disposition);
        plain += type != NULL;
        words += compare_word(value) ? 1 : 0;
    }
    g_assert_cmpuint(plain, >, 2000);
    g_assert_cmpuint(words, >, 2 * plain);
}

/* These are what messages have; the second half needs a reader who knows more. */
static void
test_plain(void)
{
    static const struct { const char *value; gboolean plain; } cases[] = {
        { "text/plain", TRUE },
        { "text/plain; charset=utf-8", TRUE },
        { "multipart/mixed;\tboundary=\"----=_Part_1.2\"", TRUE },
        { "multipart/signed; micalg=pgp-sha256; protocol=\"application/pgp-signature\"; boundary=x", TRUE },
        { "text/plain; charset=utf-8;", FALSE },
        { "text", FALSE },
        { "text/plain (a comment)", FALSE },
        { "text/plain; name*=utf-8''a", FALSE },
        { "text/plain; name=\"=?utf-8?q?a?=\"", FALSE },
        { "text/plain; name=\"a\\\"b\"", FALSE },
        { "text/plain; charset=a; charset=b", FALSE },
        { "text/plain; charset", FALSE },
        { "", FALSE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Media) media = media_parse_plain(cases[i].value, MEDIA_TYPE);
        g_test_message("%s", cases[i].value);
        g_assert_cmpint(media != NULL, ==, cases[i].plain);
        g_autoptr(Media) any = media_parse(cases[i].value, MEDIA_TYPE);
        g_assert_nonnull(any);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mime/type", test_type);
    g_test_add_func("/mime/head", test_head);
    g_test_add_func("/mime/decode", test_decode);
    g_test_add_func("/parts/places", test_places);
    g_test_add_func("/parts/limits", test_limits);
    g_test_add_func("/parts/time", test_time);
    g_test_add_func("/mime/plain", test_plain);
    g_test_add_func("/mime/plain-is-gmimes", test_plain_is_gmimes);
    return g_test_run();
}
