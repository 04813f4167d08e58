/* sign.c: DKIM signatures and ARC sets (RFC 6376, RFC 8617), made by code that shares nothing with
 * the program. SPDX-License-Identifier: MIT */
#include "sign.h"

#include <string.h>

static gboolean
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* RFC 6376, 3.4.2: name in lower case, unfolded, runs of blanks as one, none at the ends. With its
 * CRLF. */
static void
relax_field(GString *out, const char *field)
{
    const char *colon = strchr(field, ':');
    g_autofree char *name = g_ascii_strdown(field, colon - field);
    gboolean blank = FALSE;

    g_string_append_printf(out, "%s:", g_strchomp(name));
    for (const char *at = colon + 1 + strspn(colon + 1, " \t\r\n"); *at; at++) {
        if (*at == '\r' || *at == '\n')
            continue;
        if (is_blank(*at)) {
            blank = TRUE;
            continue;
        }
        if (blank)
            g_string_append_c(out, ' ');
        blank = FALSE;
        g_string_append_c(out, *at);
    }
    g_string_append(out, "\r\n");
}

/* RFC 6376, 3.4.4: blanks at line ends gone, runs of them as one. */
static void
relax_line(GString *out, const char *at, const char *end)
{
    while (end > at && is_blank(end[-1]))
        end--;
    while (at < end) {
        if (!is_blank(*at)) {
            g_string_append_c(out, *at++);
            continue;
        }
        while (at < end && is_blank(*at))
            at++;
        g_string_append_c(out, ' ');
    }
    g_string_append(out, "\r\n");
}

/* Either form, without the empty lines at the end; an empty body is CRLF to `simple` alone (3.4.3).
 */
static GString *
canonical_body(const GString *body, gboolean simple)
{
    GString *out = g_string_sized_new(body->len);

    for (const char *at = body->str, *end; *at; at = end + 2) {
        end = strstr(at, "\r\n");
        if (simple)
            g_string_append_len(out, at, end + 2 - at);
        else
            relax_line(out, at, end);
    }
    while (out->len >= 4 && memcmp(out->str + out->len - 4, "\r\n\r\n", 4) == 0)
        g_string_truncate(out, out->len - 2);
    if (out->len == 2 && !simple)
        g_string_truncate(out, 0);
    if (out->len == 0 && simple)
        g_string_append(out, "\r\n");
    return out;
}

static char *
body_hash(const Signer *signer, const GString *body)
{
    guchar digest[32];
    g_autoptr(GString) canonical = canonical_body(body, signer->simple_body);

    EVP_Digest(canonical->str, canonical->len, digest, NULL, EVP_sha256(), NULL);
    return g_base64_encode(digest, sizeof digest);
}

/* b=, over as many lines as it needs. (transfer full) */
static char *
signature(EVP_PKEY *key, const GString *data)
{
    guchar bytes[512];
    size_t length = sizeof bytes;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    GString *folded = g_string_new(NULL);

    if (EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) != 1 ||
        EVP_DigestSign(context, bytes, &length, (const guchar *)data->str, data->len) != 1)
        g_error("nothing was signed");
    EVP_MD_CTX_free(context);
    g_autofree char *text = g_base64_encode(bytes, length);
    for (const char *at = text; *at; at += MIN(strlen(at), 72))
        g_string_append_printf(folded, "%s%.72s", at == text ? "" : "\r\n\t", at);
    return g_string_free(folded, FALSE);
}

/* The lowest field of this name that `taken` does not have yet (5.4.2); NULL: signed as absent. */
static const char *
pick(GPtrArray *head, const char *name, GPtrArray *taken)
{
    const gsize length = strlen(name);

    for (guint i = head->len; i-- > 0;) {
        const char *field = head->pdata[i];
        if (g_ascii_strncasecmp(field, name, length) == 0 && field[length] == ':' &&
            !g_ptr_array_find(taken, field, NULL))
            return field;
    }
    return NULL;
}

static void
add_field(GString *data, const char *field, gboolean simple)
{
    if (simple)
        g_string_append(data, field);
    else
        relax_field(data, field);
}

static GString *
signed_header(const Signer *signer, GPtrArray *head)
{
    GString *data = g_string_new(NULL);
    g_auto(GStrv) names = g_strsplit(signer->fields, ":", -1);
    g_autoptr(GPtrArray) taken = g_ptr_array_new();

    for (guint i = 0; names[i]; i++) {
        const char *field = pick(head, names[i], taken);
        if (!field)
            continue;
        g_ptr_array_add(taken, (gpointer)field);
        add_field(data, field, signer->simple_header);
    }
    return data;
}

/* `unsigned_field` ends with "b="; it is hashed so, without its last CRLF, and then completed. */
static char *
complete(const Signer *signer, GString *data, const char *unsigned_field)
{
    g_autofree char *field = g_strconcat(unsigned_field, "\r\n", NULL);

    add_field(data, field, signer->simple_header);
    g_string_truncate(data, data->len - 2);
    g_autofree char *b = signature(signer->key, data);
    return g_strconcat(unsigned_field, b, "\r\n", NULL);
}

static char *
sign_message(const Signer *signer, const char *opening, GPtrArray *head, const GString *body)
{
    g_autofree char *bh = body_hash(signer, body);
    g_autoptr(GString) data = signed_header(signer, head);
    g_autofree char *field =
        g_strdup_printf("%s a=rsa-sha256; c=%s/%s; d=%s;\r\n\ts=%s; t=%" G_GINT64_FORMAT
                        ";\r\n\th=%s;\r\n\tbh=%s;\r\n\tb=",
                        opening, signer->simple_header ? "simple" : "relaxed",
                        signer->simple_body ? "simple" : "relaxed", signer->domain,
                        signer->selector, signer->time, signer->fields, bh);

    return complete(signer, data, field);
}

char *
sign_dkim(const Signer *signer, GPtrArray *head, const GString *body)
{
    return sign_message(signer, "DKIM-Signature: v=1;", head, body);
}

char *
sign_arc_message(const Signer *signer, guint instance, GPtrArray *head, const GString *body)
{
    g_autofree char *opening = g_strdup_printf("ARC-Message-Signature: i=%u;", instance);

    return sign_message(signer, opening, head, body);
}

/* RFC 8617, 5.1.1: the fields of all sets in order, always relaxed, the new seal last. */
char *
sign_arc_seal(const Signer *signer, guint instance, const char *cv, GPtrArray *sets)
{
    g_autoptr(GString) data = g_string_new(NULL);
    g_autofree char *field = g_strdup_printf(
        "ARC-Seal: i=%u; a=rsa-sha256; t=%" G_GINT64_FORMAT "; cv=%s;\r\n\td=%s; s=%s;\r\n\tb=",
        instance, signer->time, cv, signer->domain, signer->selector);

    for (guint i = 0; i < sets->len; i++)
        relax_field(data, sets->pdata[i]);
    return complete(signer, data, field);
}
