/* edit-value.c: what the values of edits may be.
 * SPDX-License-Identifier: MIT */
#include "whatif/edit-value.h"

#include <string.h>

#include "base/fault.h"
#include "base/instant.h"
#include "headers/address.h"
#include "headers/ip.h"
#include "tree/words.h"
#include "whatif/zone.h"

#define fault(error, ...) fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, __VA_ARGS__)

/* ---- parts ---- */

/* Digits only: no sign, no blank. */
static gboolean
read_number(const char *text, const char *end, guint64 max, guint64 *number)
{
    *number = 0;
    if (text == end || end - text > 12)
        return FALSE;
    for (; text < end; text++) {
        if (!g_ascii_isdigit(*text))
            return FALSE;
        *number = *number * 10 + (guint64)(*text - '0');
    }
    return *number <= max;
}

gboolean
edit_read_byte(const char *value, gsize *offset, int *byte)
{
    const char *equals = strchr(value, '=');
    const char *end = equals ? equals : value + strlen(value);
    guint64 number;

    *byte = -1;
    if (!read_number(value, end, G_MAXINT32, &number))
        return FALSE;
    *offset = (gsize)number;
    if (!equals)
        return TRUE;
    if (strlen(equals + 1) != 2 || !g_ascii_isxdigit(equals[1]) || !g_ascii_isxdigit(equals[2]))
        return FALSE;
    *byte = g_ascii_xdigit_value(equals[1]) * 16 + g_ascii_xdigit_value(equals[2]);
    return TRUE;
}

gboolean
edit_read_move(const char *value, guint *from, guint *to)
{
    const char *arrow = strchr(value, '>');
    guint64 a, b;

    if (!arrow || !read_number(value, arrow, G_MAXINT32, &a) ||
        !read_number(arrow + 1, value + strlen(value), G_MAXINT32, &b) || a < 1 || b < 1)
        return FALSE;
    *from = (guint)a;
    *to = (guint)b;
    return TRUE;
}

gint64
edit_read_time(const char *value)
{
    gint64 seconds = RECORD_UNSET;

    instant_read(value, &seconds);
    return seconds;
}

/* ---- kinds of values ---- */

typedef struct {
    guint    count;
    gboolean good;
} Reading;

static void
see_mailbox(Mailbox *mailbox, gpointer data)
{
    Reading *reading = data;

    reading->count++;
    reading->good = reading->good && mailbox->address && mailbox->domain;
    record_free(&mailbox_type, mailbox);
}

/* One address, with or without a name before it. */
static gboolean
is_address(const char *value)
{
    Reading reading = { 0, TRUE };

    if (strpbrk(value, "\r\n"))
        return FALSE;
    address_each(value, see_mailbox, &reading);
    return reading.count == 1 && reading.good;
}

static gboolean
is_domain(const char *value)
{
    g_autofree char *domain = address_host(value);

    return domain != NULL;
}

/* As --mail-from: a bare domain will do. */
static gboolean
is_path(const char *value)
{
    g_autofree char *domain = address_domain(value);

    return domain || g_str_equal(value, "<>") || (!strchr(value, '@') && is_domain(value));
}

static gboolean
check_ip(const char *value)
{
    g_autofree char *ip = ip_canonical(value);

    return ip != NULL;
}

static gboolean
check_percent(const char *value)
{
    guint64 number;

    return !*value || read_number(value, value + strlen(value), 100, &number);
}

static gboolean
check_word(const char *value)
{
    return *value && !strpbrk(value, " \t\r\n");
}

static gboolean
check_time(const char *value)
{
    return edit_read_time(value) != RECORD_UNSET;
}

static gboolean
check_byte(const char *value)
{
    gsize offset;
    int byte;

    return edit_read_byte(value, &offset, &byte);
}

static gboolean
check_move(const char *value)
{
    guint from, to;

    return edit_read_move(value, &from, &to);
}

static gboolean
is_address_or_empty(const char *value)
{
    return !*value || is_address(value);
}

static const struct {
    const char *key;
    gboolean  (*check)(const char *value);
    const char *fault;
} rules[] = {
    { "from", is_address, N_("{0}: not one address") },
    { "sender", is_address_or_empty, N_("{0}: not one address (nothing behind the = takes the field away)") },
    { "reply-to", is_address_or_empty, N_("{0}: not one address (nothing behind the = takes the field away)") },
    { "mail-from", is_path, N_("{0}: not an address, a domain or <>") },
    { "helo", check_word, N_("{0}: not a name") },
    { "ip", check_ip, N_("{0}: not an IP address") },
    { "dkim.N.d", is_domain, N_("{0}: not a domain") },
    { "dkim.add", is_domain, N_("{0}: not a domain") },
    { "pct", check_percent, N_("{0}: not a number from 0 to 100") },
    { "trust", check_word, N_("{0}: not the name of a host (authserv-id)") },
    { "at", check_time, N_("{0}: not a time like 2026-11-22T04:00:00Z") },
    { "body-byte", check_byte, N_("{0}: not a number from 0, or one with the new byte in hex: 12=41") },
    { "header-order", check_move, N_("{0}: not two numbers from 1, like 3>1") },
};

static gboolean
check_words(const EditKey *row, const char *text, const char *value, GError **error)
{
    if (g_strv_contains(row->words, value))
        return TRUE;
    g_autoptr(GString) known = g_string_new(NULL);
    for (guint i = 0; row->words[i]; i++)
        if (*row->words[i])
            g_string_append_printf(known, "%s%s", known->len ? ", " : "", row->words[i]);
    g_autofree char *message = words_fill(N_("{0}: not one of {1}"), text, known->str, NULL);
    return fault(error, "%s", message);
}

gboolean
edit_value_check(const EditKey *row, const char *key, const char *value, GError **error)
{
    g_autofree char *text = g_strconcat(key, "=", value, NULL);

    if (row->words)
        return check_words(row, text, value, error);
    if (g_str_equal(row->key, "dns"))
        return zone_edit_check(value, error);
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
        if (!g_str_equal(rules[i].key, row->key) || rules[i].check(value))
            continue;
        g_autofree char *message = words_fill(rules[i].fault, text, NULL);
        return fault(error, "%s", message);
    }
    return TRUE;
}
