/* test-plain.c: what is told quickly of plain forms is what the long way tells of them.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "auth/canon.h"
#include "base/bits.h"
#include "headers/address.h"
#include "headers/authres-parts.h"
#include "headers/authres.h"
#include "headers/host.h"
#include "headers/ip.h"
#include "headers/redaction.h"
#include "headers/taglist.h"
#include "message/message.h"

#define ROUNDS 20000

/* Up to `most` of these pieces, one behind the other. (transfer full) */
static char *
draw(GRand *random, const char *const *pieces, guint count, gint32 most)
{
    GString *out = g_string_new(NULL);

    for (gint32 i = g_rand_int_range(random, 0, most + 1); i > 0; i--)
        g_string_append(out, pieces[g_rand_int_range(random, 0, (gint32)count)]);
    return g_string_free(out, FALSE);
}

/* ---- addresses ---- */

static gboolean
is_same(const Mailbox *a, const Mailbox *b)
{
    return (a == NULL) == (b == NULL) && (!a || record_equal(&mailbox_type, a, b));
}

/* A semicolon behind it ends the mailbox, as the end of the field does, and makes the field one that takes a lexer. */
static void
test_address(void)
{
    static const char *const pieces[] = { "Ann", " ", "  ", "\t", "<", ">", "@", "a.example", "ann", ".", "-", "_", "+", "=", "\"",
                                          "(", ")", "<ann@a.example>", "<ann@a.example>", "Baker 3", "redacted", "xxx", "\xC3\xA9",
                                          "=?utf-8?q?a?=", "\\", "[", "'", "*" };
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    guint found = 0;

    for (guint i = 0; i < ROUNDS; i++) {
        g_autofree char *value = draw(random, pieces, G_N_ELEMENTS(pieces), 5);
        g_autofree char *longer = g_strconcat(value, ";", NULL);
        Mailbox *one = address_first(value), *other = address_first(longer);
        if (!is_same(one, other))
            g_test_message("\"%s\"", value);
        /* Where a quote or a comment is open, the semicolon may stand in it. */
        if (!strpbrk(value, "\"(\\"))
            g_assert_true(is_same(one, other));
        found += one && one->name && one->domain ? 1 : 0;
        record_free(&mailbox_type, one);
        record_free(&mailbox_type, other);
    }
    g_assert_cmpuint(found, >, 500);
}

/* ---- hosts ---- */

static void
test_host(void)
{
    static const char *const pieces[] = { "mail", "a", ".", ".", "example", "net", "NET", "co", "jp", "xn--wgv71a", "\xE6\x97\xA5",
                                          "\xE3\x80\x82", "-", "1", "192.0.2.1", "[", "]", " ", ".example.net", ".co.jp" };
    g_autoptr(GRand) random = g_rand_new_with_seed(2);
    guint same = 0;

    for (guint i = 0; i < ROUNDS * 5; i++) {
        g_autofree char *a = draw(random, pieces, G_N_ELEMENTS(pieces), 5);
        g_autofree char *b = draw(random, pieces, G_N_ELEMENTS(pieces), 5);
        g_autofree char *one = host_suffix(a), *other = host_suffix(b);
        const gboolean wanted = one && other && g_str_equal(one, other);
        g_assert_true(host_same_organization(a, b) == wanted);
        same += wanted ? 1 : 0;
        g_autofree char *ip = ip_canonical(a);
        g_assert_true(!ip || ip_may_begin(a));
    }
    g_assert_cmpuint(same, >, 50);
    g_assert_false(host_same_organization(NULL, "a.example") || host_same_organization("a.example", NULL));
    g_assert_true(ip_may_begin("[IPv6:::1]") && ip_may_begin(" [192.0.2.1]:25") && ip_may_begin("::1"));
    g_assert_false(ip_may_begin("mail.example") || ip_may_begin(""));
}

/* ---- places of an octet ---- */

static void
test_walk(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(8);

    for (guint i = 0; i < ROUNDS; i++) {
        const gsize length = (gsize)g_rand_int_range(random, 0, 300);
        const char wanted = "\n:\0\xFF"[i % 4];
        g_autofree char *text = g_malloc(MAX(length, 1));
        for (gsize k = 0; k < length; k++)
            text[k] = g_rand_int_range(random, 0, i % 3 ? 40 : 2) ? 'a' : wanted;
        BitsWalk walk = bits_walk(text, length, wanted);
        for (gsize k = 0; k < length; k++)
            if (text[k] == wanted)
                g_assert_true(bits_walk_next(&walk) == text + k);
        g_assert_null(bits_walk_next(&walk));
        g_assert_null(bits_walk_next(&walk));
    }
}

/* ---- fields ---- */

/* Each field is found by its name in any case, and no other. */
static void
test_find(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(3);

    for (guint i = 0; i < 500; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint k = 0; k < 12; k++) {
            for (gint32 left = g_rand_int_range(random, 1, 90); left > 0; left--)
                g_string_append_c(text, "aBcZz-X_"[g_rand_int_range(random, 0, 8)]);
            g_string_append(text, ": v\n");
        }
        g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
        g_autoptr(Message) message = message_from_bytes(bytes, "drawn", NULL);
        for (guint k = 0; message && k < message_n_fields(message); k++) {
            g_autofree char *name = field_name(message, message_field(message, k));
            g_autofree char *upper = g_ascii_strup(name, -1);
            g_autofree char *other = g_strconcat(name, "q", NULL);
            const int at = message_find(message, upper, 0);
            g_assert_cmpint(at, >=, 0);
            g_assert_cmpint(at, <=, (int)k);
            g_assert_true(message_field_is(message, message_field(message, (guint)at), name));
            g_assert_cmpint(message_find(message, name, k), ==, (int)k);
            g_assert_cmpint(message_find(message, other, 0), ==, -1);
        }
    }
}

static int
above_by_all(const Message *message, const char *name, guint below)
{
    for (guint i = MIN(below, message_n_fields(message)); i-- > 0;)
        if (message_field_is(message, message_field(message, i), name))
            return (int)i;
    return -1;
}

/* Names of few letters, so that many come again and share a class. */
static void
test_find_above(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(4);

    for (guint i = 0; i < 500; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint k = 0; k < 20; k++) {
            for (gint32 left = g_rand_int_range(random, 1, 4) + (k % 5 ? 0 : 64); left > 0; left--)
                g_string_append_c(text, "aAb"[g_rand_int_range(random, 0, 3)]);
            g_string_append(text, ": v\n");
        }
        g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
        g_autoptr(Message) message = message_from_bytes(bytes, "drawn", NULL);
        for (guint k = 0; k < message_n_fields(message); k++) {
            g_autofree char *name = field_name(message, message_field(message, k));
            g_autofree char *other = g_strconcat(name, "a", NULL);
            const guint below = (guint)g_rand_int_range(random, 0, 21);
            g_assert_cmpint(message_find_above(message, name, strlen(name), below), ==, above_by_all(message, name, below));
            g_assert_cmpint(message_find_above(message, other, strlen(other), below), ==, above_by_all(message, other, below));
            g_assert_cmpint(message_find_above(message, other, strlen(name), below), ==, above_by_all(message, name, below));
        }
        g_assert_cmpint(message_find_above(message, "", 0, 20), ==, -1);
    }
}

/* Unfolded letter by letter, then without blanks at its ends. */
static char *
unfolded(const char *bytes, gsize length)
{
    GString *out = g_string_new(NULL);

    for (gsize i = 0; i < length; i++) {
        if (bytes[i] == '\0')
            g_string_append(out, "\xEF\xBF\xBD");
        else if (bytes[i] != '\n' && !(bytes[i] == '\r' && i + 1 < length && bytes[i + 1] == '\n'))
            g_string_append_c(out, bytes[i]);
    }
    return g_strstrip(g_string_free(out, FALSE));
}

static gboolean
has_fault(const Message *message, const char *id, const Field *field)
{
    for (guint i = 0; i < message_n_faults(message); i++)
        if (g_str_equal(message_fault(message, i)->id, id) && message_fault(message, i)->line == field->line)
            return TRUE;
    return FALSE;
}

static gboolean
holds_bare_cr(const char *value, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (value[i] == '\r' && (i + 1 == length || value[i + 1] != '\n'))
            return TRUE;
    return FALSE;
}

/* The value of each field, and whether it holds what no field should. */
static void
test_values(void)
{
    static const char *const pieces[] = { "a", "some more words", " ", "\t", "\n ", "\r\n\t", "\r", "\r\n", "\n", "0", "\f", "\nX-B: " };
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    guint odd = 0;

    for (guint i = 0; i < ROUNDS; i++) {
        g_autofree char *drawn = draw(random, pieces, G_N_ELEMENTS(pieces), 12);
        g_autofree char *text = g_strconcat("X-A:", drawn, i % 3 ? "\n\nbody\r" : "", NULL);
        const gsize length = strlen(text);
        for (gsize k = 0; i % 2 && k < length; k++)
            text[k] = text[k] == '0' ? '\0' : text[k];
        g_autoptr(GBytes) bytes = g_bytes_new(text, length);
        g_autoptr(Message) message = message_from_bytes(bytes, "drawn", NULL);
        for (guint k = 0; k < message_n_fields(message); k++) {
            const Field *field = message_field(message, k);
            const char *raw = text + field->value.start;
            g_autofree char *value = field_value(message, field), *wanted = unfolded(raw, span_length(field->value));
            g_assert_cmpstr(value, ==, wanted);
            g_assert_true(has_fault(message, "header-nul", field) == (memchr(raw, '\0', span_length(field->value)) != NULL));
            g_assert_true(has_fault(message, "header-bare-cr", field) == holds_bare_cr(raw, span_length(field->value)));
            odd += message_n_faults(message) > 0 ? 1 : 0;
        }
    }
    g_assert_cmpuint(odd, >, 1000);
}

/* ---- redactions ---- */

/* A mark is seen wherever it stands, in whatever case, and nothing else is taken for one. */
static void
test_redaction(void)
{
    static const char *const marks[] = { "redacted", "RedActed", "[email\xC2\xA0protected]", "email-Protection", "<Removed", "(hidden",
                                         "[snip", "[Domain]", "\u25CF", "protected]", "\u2588", "\u4F0F\u5B57" };
    static const char *const others[] = { "redacte", "red acted", "cted", "[re", "removed", "hidden", "\u25CE", "re", "RED", "r", "\xC3\xA9" };
    static const char letters[] = "abRE09+/=";
    g_autoptr(GRand) random = g_rand_new_with_seed(9);

    for (gsize length = 0; length < 80; length++) {
        for (gsize at = 0; at <= length + 1; at++) {
            g_autoptr(GString) sound = g_string_new("q"), marked = NULL;
            for (gsize i = 0; i < length; i++)
                g_string_append_c(sound, letters[g_rand_int_range(random, 0, (gint32)strlen(letters))]);
            marked = g_string_new(sound->str);
            g_string_insert(sound, (gssize)at, others[(at + length) % G_N_ELEMENTS(others)]);
            g_string_insert(marked, (gssize)at, marks[(at + length) % G_N_ELEMENTS(marks)]);
            g_assert_false(redaction_in(sound->str));
            g_assert_true(redaction_in(marked->str));
        }
    }
}

/* What is crossed out: of any letters that matter there, against the rules one by one. */
static gboolean
all_x(const char *text, gsize length)
{
    return length > 0 && strspn(text, "xX") >= length;
}

static gboolean
crossed_out(const char *text)
{
    const char *at = strrchr(text, '@'), *domain = at ? at + 1 : text;
    const gsize length = strcspn(domain, ".>");

    if (!at)
        return strlen(text) > 2 && all_x(text, strlen(text));
    if (strchr(domain, '*') || strstr(domain, "..."))
        return TRUE;
    if (!all_x(domain, length))
        return FALSE;
    if (domain[length] != '.')
        return length > 1;
    const char *rest = domain + length + 1;
    return length > 3 || (length > 1 && (all_x(text, (gsize)(at - text)) || all_x(rest, strcspn(rest, ">"))));
}

static void
test_crossed_out(void)
{
    static const char *const pieces[] = { "x", "x", "X", "xx", "xxx", "@", "@", ".", "...", "*", "a", ">", "com", "some.longer-name.example" };
    g_autoptr(GRand) random = g_rand_new_with_seed(10);
    guint found = 0;

    for (guint i = 0; i < ROUNDS * 5; i++) {
        g_autofree char *text = draw(random, pieces, G_N_ELEMENTS(pieces), 8);
        g_assert_true(redaction_in(text) == crossed_out(text));
        found += crossed_out(text) ? 1 : 0;
    }
    g_assert_cmpuint(found, >, 1000);
}

/* ---- results fields ---- */

/* A control character is told wherever it stands; what folds a line is none. */
static void
test_controls(void)
{
    for (gsize length = 1; length < 70; length++) {
        for (gsize at = 0; at < length; at++) {
            for (const char *odd = "\x01\x1F\x7F\x1B\t\n\r\f \x80"; *odd; odd++) {
                g_autoptr(GString) value = g_string_new("mx.example.net; ");
                for (gsize i = 0; i < length; i++)
                    g_string_append_c(value, i == at ? *odd : 'a');
                ReportedHeader *header = authres_parse("Authentication-Results", value->str);
                const gboolean control = *odd == '\x7F' || ((guchar)*odd < 0x20 && !g_ascii_isspace(*odd));
                g_assert_true(authres_has_deviation(header, "control-character") == control);
                record_free(&reported_header_type, header);
            }
        }
    }
}

/* ---- tags and signed fields ---- */

static const char *const signed_pieces[] = { "b=", "bh=", ";", " ", "  ", "\t", "\r\n ", "\n\t", "abcdefghijklmnop", "QRSTUVWXYZ012345678901234+/=",
                                             "x", "\r", "\x01", "\x7F", "\xE3\x81\x82", "h=from:to" };

static void
test_compact(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(4);

    for (guint i = 0; i < ROUNDS; i++) {
        g_autofree char *value = draw(random, signed_pieces, G_N_ELEMENTS(signed_pieces), 12);
        g_autofree char *compact = taglist_compact(value);
        g_autoptr(GString) wanted = g_string_new(NULL);
        for (const char *c = value; *c; c++)
            if (!strchr(" \t\r\n", *c))
                g_string_append_c(wanted, *c);
        g_assert_cmpstr(compact, ==, wanted->str);
    }
}

/* A control character is a fault wherever it stands, and so is a line end that folds nothing. */
static void
test_clean(void)
{
    static const char odd[] = "\x01\x7F\x1F\r\n";

    for (gsize length = 1; length < 200; length++) {
        for (gsize at = 0; at <= length; at++) {
            const char put = odd[(length + at) % strlen(odd)];
            g_autoptr(GString) text = g_string_new("a=");
            for (gsize i = 0; i < length; i++)
                g_string_append_c(text, i == at ? put : 'b');
            TagList *list = taglist_parse(text->str, text->len);
            /* A line end may end the whole. */
            g_assert_true((list->problem != NULL) == (at + 1 < length || (at < length && put != '\r' && put != '\n')));
            taglist_free(list);
        }
    }
}

/* ---- tag lists, word by word ---- */

static char *
without_ends(const char *text, gsize length)
{
    static const char blanks[] = " \t\r\n";

    while (length > 0 && strchr(blanks, *text)) {
        text++;
        length--;
    }
    while (length > 0 && strchr(blanks, text[length - 1]))
        length--;
    return g_strndup(text, length);
}

static void
assert_same_tags(const TagList *list, const char *text)
{
    g_auto(GStrv) specs = g_strsplit(text, ";", -1);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const Tag *repeated = NULL;
    gsize count = 0, start = 0;

    for (guint i = 0; specs[i]; start += strlen(specs[i]) + 1, i++) {
        const char *equals = strchr(specs[i], '=');
        g_autofree char *name = equals ? without_ends(specs[i], (gsize)(equals - specs[i])) : NULL;
        if (!name || !*name)
            continue;
        g_autofree char *value = without_ends(equals + 1, strlen(equals + 1));
        g_assert_cmpuint(count, <, list->count);
        const Tag *tag = &list->tags[count++];
        g_assert_cmpstr(tag->name, ==, name);
        g_assert_cmpstr(tag->value, ==, value);
        g_assert_cmpuint(tag->value_span.start, ==, start + (gsize)(equals + 1 - specs[i]));
        g_assert_cmpuint(tag->value_span.end, ==, start + strlen(specs[i]));
        g_assert_true(g_hash_table_contains(seen, name) || taglist_find(list, name) == tag);
        if (!g_hash_table_add(seen, g_steal_pointer(&name)) && !repeated)
            repeated = tag;
    }
    g_assert_cmpuint(count, ==, list->count);
    g_assert_true(list->repeated == repeated);
    g_assert_true(!repeated || list->problem);
}

static void
test_tags(void)
{
    static const char *const pieces[] = { "b=", "bh=", "b", "v=1", "=", ";", ";", ";", " ", "\t", "\r\n ", "\r\n", "xy=", "xyz=", "xyza=",
                                          "none", "\xC3\xA9", "\x01", "h=a:b" };
    g_autoptr(GRand) random = g_rand_new_with_seed(6);
    guint many = 0, repeated = 0;

    for (guint i = 0; i < ROUNDS; i++) {
        g_autofree char *text = draw(random, pieces, G_N_ELEMENTS(pieces), i % 10 ? 20 : 200);
        g_autoptr(TagList) list = taglist_parse(text, strlen(text));
        assert_same_tags(list, text);
        many += list->count > TAGLIST_FEW ? 1 : 0;
        repeated += list->repeated ? 1 : 0;
    }
    g_assert_cmpuint(many, >, 100);
    g_assert_cmpuint(repeated, >, 1000);
}

/* RFC 6376, 3.4.2, letter by letter. */
static void
relaxed(const char *field, GString *out)
{
    const char *colon = strchr(field, ':');
    gboolean blank = FALSE;

    for (const char *c = field; c < colon; c++)
        if (strspn(c, " \t") < (gsize)(colon - c))
            g_string_append_c(out, g_ascii_tolower(*c));
    g_string_append_c(out, ':');
    const gsize start = out->len;
    for (const char *c = colon + 1; *c; c++) {
        if (*c == '\n' || (*c == '\r' && c[1] == '\n'))
            continue;
        if (*c == ' ' || *c == '\t') {
            blank = TRUE;
            continue;
        }
        if (blank && out->len > start)
            g_string_append_c(out, ' ');
        blank = FALSE;
        g_string_append_c(out, *c);
    }
    g_string_append(out, "\r\n");
}

static void
test_relaxed(void)
{
    static const char *const names[] = { "From:", "DKIM-Signature :", "X-A-Name-Of-More-Than-Sixteen-Letters \t:", "a:" };
    g_autoptr(GRand) random = g_rand_new_with_seed(5);

    for (guint i = 0; i < ROUNDS; i++) {
        g_autofree char *value = draw(random, signed_pieces, G_N_ELEMENTS(signed_pieces), 12);
        g_autofree char *field = g_strconcat(names[i % G_N_ELEMENTS(names)], value, NULL);
        g_autoptr(GString) got = g_string_new(NULL), wanted = g_string_new(NULL);
        canon_field(CANON_RELAXED, field, strlen(field), got);
        relaxed(field, wanted);
        g_assert_cmpstr(got->str, ==, wanted->str);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plain/address", test_address);
    g_test_add_func("/plain/host", test_host);
    g_test_add_func("/plain/walk", test_walk);
    g_test_add_func("/plain/find", test_find);
    g_test_add_func("/plain/find-above", test_find_above);
    g_test_add_func("/plain/values", test_values);
    g_test_add_func("/plain/redaction", test_redaction);
    g_test_add_func("/plain/crossed-out", test_crossed_out);
    g_test_add_func("/plain/controls", test_controls);
    g_test_add_func("/plain/compact", test_compact);
    g_test_add_func("/plain/clean", test_clean);
    g_test_add_func("/plain/tags", test_tags);
    g_test_add_func("/plain/relaxed", test_relaxed);
    return g_test_run();
}
