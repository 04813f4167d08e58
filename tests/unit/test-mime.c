/* The MIME structure, by GMime from the same bytes.
 * SPDX-License-Identifier: MIT */
#include "message/mime.h"

#include <string.h>

static Message *
from_text(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));

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

static const char bounce[] =
    "From: a@example.com\nMIME-Version: 1.0\n"
    "Content-Type: multipart/report; boundary=B\n\n"
    "--B\n\nIt bounced.\n"
    "--B\nContent-Type: message/rfc822\n\n"
    "From: =?utf-8?q?J=C3=BCrgen?= <j@example.net>\nSubject: inner\n\nHello\n"
    "--B\nContent-Type: text/rfc822-headers\n\n"
    "From: k@example.org\nSubject: =?utf-8?b?5pel5pys?=\n"
    "--B--\n";

static void
test_parts(void)
{
    g_autoptr(Message) message = from_text(bounce);
    g_autoptr(GPtrArray) parts = mime_parts(message, 100);
    g_autoptr(GPtrArray) few = mime_parts(message, 2);

    g_assert_cmpuint(parts->len, ==, 5);
    g_assert_cmpstr(((MimePart *)parts->pdata[0])->type, ==, "multipart/report");
    const MimePart *inner = parts->pdata[2];
    g_assert_cmpstr(inner->type, ==, "message/rfc822");
    g_assert_cmpstr(inner->subject, ==, "inner");
    g_assert_nonnull(strstr(inner->from, "j@example.net"));
    const MimePart *headers = parts->pdata[4];
    g_assert_cmpstr(headers->subject, ==, "日本");
    g_assert_cmpuint(few->len, ==, 2);
}

/* A thousand levels end, and nothing overflows. */
static void
test_deep(void)
{
    g_autoptr(GString) text = g_string_new("From: a@example.com\n");

    for (int i = 0; i < 1500; i++)
        g_string_append_printf(text, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
    g_autoptr(Message) message = from_text(text->str);
    g_autoptr(GPtrArray) parts = mime_parts(message, 10000);
    g_assert_cmpuint(parts->len, <=, 100);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mime/type", test_type);
    g_test_add_func("/mime/parts", test_parts);
    g_test_add_func("/mime/deep", test_deep);
    return g_test_run();
}
