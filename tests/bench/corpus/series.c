/* series.c: one message with much of one thing, to see how cost grows; and very large messages.
 * SPDX-License-Identifier: MIT */
#include "series.h"

#include <string.h>

#include "body.h"
#include "draw.h"
#include "sign.h"
#include "world.h"

enum { TIME = 1725235200 };
#define SIGNED_FIELDS "from:to:subject:date:message-id"

typedef struct {
    Keys *keys;
    GPtrArray *head;
    GString *body;
    Draw draw;
    guint count;
} Series;

static void
add(Series *s, char *field)
{
    g_ptr_array_add(s->head, field);
}

static Signer
signer_of(Series *s, WorldWho who, const char *domain)
{
    return (Signer){.domain = domain,
                    .selector = world_selector(who),
                    .key = world_key(s->keys, who),
                    .fields = SIGNED_FIELDS,
                    .time = TIME};
}

/* ---- what there is much of ---- */

static void
many_fields(Series *s)
{
    for (guint i = 0; i < s->count; i++)
        add(s, g_strdup_printf("X-Trace-%u: passed station %u at %u\r\n", i % 50, i, i * 7));
}

static void
many_signatures(Series *s)
{
    for (guint i = 0; i < s->count; i++) {
        const WorldWho who = {WORLD_AUTHOR, i % 20};
        g_autofree char *domain = world_domain(who);
        const Signer signer = signer_of(s, who, domain);
        g_ptr_array_insert(s->head, 0, sign_dkim(&signer, s->head, s->body));
    }
}

static void
many_sets(Series *s)
{
    g_autoptr(GPtrArray) sets = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 1; i <= s->count; i++) {
        const WorldWho who = {WORLD_LIST, i % WORLD_LISTS};
        g_autofree char *domain = world_domain(who);
        const Signer signer = signer_of(s, who, domain);
        g_ptr_array_add(
            sets,
            g_strdup_printf("ARC-Authentication-Results: i=%u; mx.%s; spf=pass\r\n", i, domain));
        g_ptr_array_add(sets, sign_arc_message(&signer, i, s->head, s->body));
        g_ptr_array_add(sets, sign_arc_seal(&signer, i, i == 1 ? "none" : "pass", sets));
        for (guint j = sets->len - 3; j < sets->len; j++)
            g_ptr_array_insert(s->head, 0, g_strdup(sets->pdata[j]));
    }
}

/* `name`: To or From. */
static void
add_addresses(Series *s, const char *name)
{
    GString *field = g_string_new(name);

    g_string_append(field, ": first@maple0.example");
    for (guint i = 1; i < s->count; i++)
        g_string_append_printf(field, ",\r\n Person %u <p%u@birch%u.example>", i, i, i % 10);
    g_string_append(field, "\r\n");
    add(s, g_string_free(field, FALSE));
}

static void
many_recipients(Series *s)
{
    add_addresses(s, "Cc");
}

static void
many_authors(Series *s)
{
    g_ptr_array_remove_index(s->head, 0);
    add_addresses(s, "From");
}

static void
many_received(Series *s)
{
    for (guint i = 0; i < s->count; i++)
        g_ptr_array_insert(
            s->head, 0,
            g_strdup_printf("Received: from h%u.example.com (h%u.example.com [192.0.2.%u])\r\n\tby "
                            "h%u.example.com with ESMTPS id q%u;"
                            " Mon, 02 Sep 2024 %02u:%02u:%02u +0000\r\n",
                            i, i, i % 250 + 1, i + 1, i, i / 3600 % 24, i / 60 % 60, i % 60));
}

static void
many_results(Series *s)
{
    for (guint i = 0; i < s->count; i++)
        g_ptr_array_insert(
            s->head, 0,
            g_strdup_printf("Authentication-Results: mx%u.example.net;\r\n\tspf=pass smtp.mailfrom="
                            "maple0.example; dkim=pass header.d=maple0.example\r\n",
                            i));
}

static void
many_parts(Series *s)
{
    add(s, g_strdup("Content-Type: multipart/mixed; boundary=\"line\"\r\n"));
    for (guint i = 0; i < s->count; i++)
        g_string_append_printf(s->body, "--line\r\nContent-Type: text/plain\r\n\r\npart %u\r\n", i);
    g_string_append(s->body, "--line--\r\n");
}

static void
deep_parts(Series *s)
{
    for (guint i = 0; i < s->count; i++) {
        g_autofree char *type =
            g_strdup_printf("Content-Type: multipart/mixed; boundary=\"b%u\"\r\n", i);
        if (i == 0)
            add(s, g_strdup(type));
        else
            g_string_append_printf(s->body, "%s\r\n", type);
        g_string_append_printf(s->body, "--b%u\r\n", i);
    }
    g_string_append(s->body, "Content-Type: text/plain\r\n\r\nat the bottom\r\n");
}

static void
long_line(Series *s)
{
    for (guint i = 0; i < s->count; i++)
        g_string_append_c(s->body, "a quick brown fox "[i % 18]);
    g_string_append(s->body, "\r\n");
}

static void
long_field(Series *s)
{
    GString *field = g_string_new("X-Long:");

    while (field->len < s->count)
        g_string_append(field, " another word,\r\n\tfolded");
    g_string_append(field, "\r\n");
    add(s, g_string_free(field, FALSE));
}

static const struct {
    const char *name;
    void (*fill)(Series *);
    gboolean sign;
} kinds[] = {
    {"fields", many_fields, TRUE},     {"signatures", many_signatures, FALSE},
    {"arc-sets", many_sets, TRUE},     {"recipients", many_recipients, TRUE},
    {"authors", many_authors, FALSE},  {"received", many_received, TRUE},
    {"results", many_results, TRUE},   {"parts", many_parts, TRUE},
    {"depth", deep_parts, TRUE},       {"line-bytes", long_line, TRUE},
    {"field-bytes", long_field, TRUE},
};
/* ---- writing ---- */

static void
begin(Series *s, Keys *keys, guint count)
{
    *s = (Series){
        .keys = keys, .count = count, .draw = draw_new(3, count), .body = g_string_new(NULL)};
    s->head = g_ptr_array_new_with_free_func(g_free);
    add(s, g_strdup("From: Ann Baker <ann@maple0.example>\r\n"));
    add(s, g_strdup("To: bob@example.net\r\n"));
    add(s, g_strdup("Subject: Much of one thing\r\n"));
    add(s, g_strdup("Date: Mon, 02 Sep 2024 00:00:00 +0000\r\n"));
    add(s, g_strdup("Message-ID: <much@maple0.example>\r\n"));
}

static void
sign(Series *s)
{
    const WorldWho who = {WORLD_AUTHOR, 0};
    g_autofree char *domain = world_domain(who);
    const Signer signer = signer_of(s, who, domain);

    g_ptr_array_insert(s->head, 0, sign_dkim(&signer, s->head, s->body));
}

static void
write_lines(const char *text, gsize length, gboolean lf, FILE *out)
{
    const char *end = text + length, *at = text;

    if (!lf) {
        fwrite(text, 1, length, out);
        return;
    }
    for (const char *line; at < end && (line = memchr(at, '\r', (gsize)(end - at))); at = line + 1)
        fwrite(at, 1, (gsize)(line - at), out);
    fwrite(at, 1, (gsize)(end - at), out);
}

static void
finish(Series *s, gboolean lf, FILE *out)
{
    for (guint i = 0; i < s->head->len; i++)
        write_lines(s->head->pdata[i], strlen(s->head->pdata[i]), lf, out);
    write_lines("\r\n", 2, lf, out);
    write_lines(s->body->str, s->body->len, lf, out);
    g_ptr_array_unref(s->head);
    g_string_free(s->body, TRUE);
}

gboolean
series_write(Keys *keys, const char *kind, guint count, FILE *out)
{
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        Series s;
        if (!g_str_equal(kinds[i].name, kind))
            continue;
        begin(&s, keys, count);
        g_string_append(s.body, kinds[i].fill == many_parts || kinds[i].fill == deep_parts
                                    ? ""
                                    : "A short text.\r\n");
        kinds[i].fill(&s);
        if (kinds[i].sign)
            sign(&s);
        finish(&s, FALSE, out);
        return TRUE;
    }
    return FALSE;
}

gboolean
series_write_large(Keys *keys, const char *kind, gsize size, gboolean lf, FILE *out)
{
    const gboolean base64 = g_str_equal(kind, "base64");
    Series s;

    if (!base64 && !g_str_equal(kind, "text"))
        return FALSE;
    begin(&s, keys, 0);
    if (base64) {
        add(&s, g_strdup("MIME-Version: 1.0\r\n"));
        add(&s, g_strdup("Content-Type: application/octet-stream\r\n"));
        add(&s, g_strdup("Content-Transfer-Encoding: base64\r\n"));
        body_add_base64(s.body, &s.draw, size);
    } else {
        body_add_lines(s.body, &s.draw, size);
    }
    sign(&s);
    finish(&s, lf, out);
    return TRUE;
}
