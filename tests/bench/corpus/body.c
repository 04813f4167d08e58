/* body.c: bodies as mail programs and sending services write them.
 * SPDX-License-Identifier: MIT */
#include "body.h"

#include <string.h>

#include "words.h"

void
body_add_lines(GString *out, Draw *draw, gsize size)
{
    while (out->len < size) {
        words_english(out, draw, 6 + draw_below(draw, 5));
        g_string_append(out, draw_below(draw, 6) == 0 ? ".\r\n\r\n" : "\r\n");
    }
}

static void
add_encoded(GString *out, const guchar *bytes, gsize length)
{
    for (gsize at = 0; at < length; at += 57) {
        g_autofree char *line = g_base64_encode(bytes + at, MIN(length - at, 57));
        g_string_append_printf(out, "%s\r\n", line);
    }
}

void
body_add_base64(GString *out, Draw *draw, gsize size)
{
    guint64 bytes[57];

    while (out->len < size) {
        for (guint i = 0; i < G_N_ELEMENTS(bytes); i++)
            bytes[i] = GUINT64_TO_LE(draw_bits(draw));
        add_encoded(out, (const guchar *)bytes, sizeof bytes);
    }
}

/* A page as newsletters have them, quoted-printable: "=" as =3D, soft line ends. */
static void
add_quoted_html(GString *out, Draw *draw, gsize size)
{
    g_string_append(out,
                    "<html><head><meta charset=3D\"utf-8\"></head><body style=3D\"margin:0\">\r\n");
    while (out->len < size) {
        g_string_append(out, "<p style=3D\"font-family:sans-serif;color:#333\">");
        words_english(out, draw, 4);
        g_string_append(out, "=\r\n ");
        words_english(out, draw, 9);
        g_string_append_printf(out, " caf=C3=A9=\r\n <a href=3D\"https://www.example.com/%u\">",
                               draw_below(draw, 100000));
        words_english(out, draw, 2);
        g_string_append(out, "</a></p>\r\n");
    }
    g_string_append(out, "</body></html>\r\n");
}

static GString *
japanese_text(Draw *draw, gsize size)
{
    GString *text = g_string_new(NULL);

    while (text->len < size)
        g_string_append_printf(text, "%s\r\n", words_japanese(draw));
    return text;
}

static void
add_jis(GString *out, Draw *draw, gsize size)
{
    g_autoptr(GString) text = japanese_text(draw, size * 3 / 2);
    gsize length = 0;
    g_autofree char *jis =
        g_convert(text->str, (gssize)text->len, "ISO-2022-JP", "UTF-8", NULL, &length, NULL);

    if (!jis)
        g_error("this C library cannot write ISO-2022-JP");
    g_string_append_len(out, jis, (gssize)length);
}

static void
add_utf8(GString *out, Draw *draw, gsize size)
{
    g_autoptr(GString) text = japanese_text(draw, size * 3 / 4);

    add_encoded(out, (const guchar *)text->str, text->len);
}

static void
add_html64(GString *out, Draw *draw, gsize size)
{
    g_autoptr(GString) page = g_string_new("<html><body>\n");

    while (page->len < size * 3 / 4) {
        g_string_append(page, "<p>");
        words_english(page, draw, 12);
        g_string_append(page, "</p>\n");
    }
    add_encoded(out, (const guchar *)page->str, page->len);
}

/* A text part, and another one behind it: the same as a page, or an attached file. */
static void
add_parts(GString *out, Draw *draw, gsize size, const char *boundary, gboolean attachment)
{
    g_string_append_printf(out,
                           "--%s\r\nContent-Type: text/plain; charset=utf-8\r\n"
                           "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
                           boundary);
    body_add_lines(out, draw, size / 3);
    g_string_append_printf(out, "\r\n--%s\r\n", boundary);
    if (attachment) {
        g_string_append(out, "Content-Type: application/pdf; "
                             "name=\"report.pdf\"\r\nContent-Transfer-Encoding: base64\r\n"
                             "Content-Disposition: attachment; filename=\"report.pdf\"\r\n\r\n");
        body_add_base64(out, draw, size);
    } else {
        g_string_append(out, "Content-Type: text/html; charset=utf-8\r\n"
                             "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
        add_quoted_html(out, draw, size);
    }
    g_string_append_printf(out, "\r\n--%s--\r\n", boundary);
}

Body
body_new(BodyKind kind, Draw *draw, gsize size)
{
    static const struct {
        const char *type, *encoding;
    } heads[] = {
        [BODY_PLAIN] = {"text/plain; charset=utf-8", "7bit"},
        [BODY_QUOTED] = {"text/html; charset=utf-8", "quoted-printable"},
        [BODY_BASE64] = {"text/html; charset=\"utf-8\"", "base64"},
        [BODY_ALTERNATIVE] = {"multipart/alternative", "7bit"},
        [BODY_ATTACHMENT] = {"multipart/mixed", "7bit"},
        [BODY_JIS] = {"text/plain; charset=ISO-2022-JP", "7bit"},
        [BODY_UTF8] = {"text/plain; charset=UTF-8", "base64"},
    };
    const gboolean parts = kind == BODY_ALTERNATIVE || kind == BODY_ATTACHMENT;
    g_autofree char *boundary = draw_token(draw, 24);
    Body body = {.text = g_string_sized_new(size + 512),
                 .encoding = g_strdup(heads[kind].encoding)};

    body.type = parts ? g_strdup_printf("%s;\r\n\tboundary=\"%s\"", heads[kind].type, boundary)
                      : g_strdup(heads[kind].type);
    switch (kind) {
    case BODY_PLAIN:
        body_add_lines(body.text, draw, size);
        break;
    case BODY_QUOTED:
        add_quoted_html(body.text, draw, size);
        break;
    case BODY_BASE64:
        add_html64(body.text, draw, size);
        break;
    case BODY_JIS:
        add_jis(body.text, draw, size);
        break;
    case BODY_UTF8:
        add_utf8(body.text, draw, size);
        break;
    default:
        add_parts(body.text, draw, size, boundary, kind == BODY_ATTACHMENT);
        break;
    }
    return body;
}

void
body_clear(Body *body)
{
    g_free(body->type);
    g_free(body->encoding);
    if (body->text)
        g_string_free(body->text, TRUE);
}
