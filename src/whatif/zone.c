/* zone.c: edits of DNS answers, read and put before a resolver.
 * SPDX-License-Identifier: MIT */
#include "whatif/zone.h"

#include <string.h>

#include "base/fault.h"
#include "base/hash.h"
#include "base/name.h"
#include "tree/words.h"

static gboolean
fault(GError **error, const char *text, const char *value)
{
    g_autofree char *message = words_fill(text, value, NULL);

    return fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s", message);
}

/* The next word of `*at`, which then stands behind it and the blanks. (transfer full) */
static char *
next_word(const char **at)
{
    const char *start = *at + strspn(*at, " \t");
    const gsize length = strcspn(start, " \t");

    *at = start + length + strspn(start + length, " \t");
    return g_strndup(start, length);
}

static gboolean
is_number(const char *word)
{
    return *word && strspn(word, "0123456789") == strlen(word);
}

/* A TTL and a class say nothing here. */
static char *
next_type(const char **at)
{
    for (;;) {
        char *word = next_word(at);
        if (!is_number(word) && g_ascii_strcasecmp(word, "IN") != 0)
            return word;
        g_free(word);
    }
}

/* FALSE: it is data of a record. */
static gboolean
read_status(const char *data, DnsStatus *status)
{
    static const DnsStatus statuses[] = { DNS_NXDOMAIN, DNS_NODATA, DNS_SERVFAIL, DNS_TIMEOUT,
                                          DNS_BOGUS };

    for (gsize i = 0; i < G_N_ELEMENTS(statuses); i++) {
        if (g_ascii_strcasecmp(data, dns_status_words[statuses[i]]) == 0) {
            *status = statuses[i];
            return TRUE;
        }
    }
    return FALSE;
}

/* One string in quotation marks, of nothing that a zone file writes in another way: what it says, else NULL. Most edits
 * are such, and ldns takes thirty times as long to find that out. (transfer full) */
static char *
plain_text(const char *data)
{
    const gsize length = strlen(data);

    if (length < 3 || length > 250 || data[0] != '"' || data[length - 1] != '"')
        return NULL;
    for (const char *c = data + 1; c < data + length - 1; c++)
        if (*c < ' ' || *c >= 0x7F || *c == '"' || *c == '\\')
            return NULL;
    return g_strndup(data + 1, length - 2);
}

/* What stands behind the type. */
static gboolean
read_data(ZoneEdit *edit, const char *value, const char *type, const char *data, GError **error)
{
    if (!*data)
        return fault(error, N_("dns={0}: what the answer says is missing"), value);
    if (read_status(data, &edit->status))
        return TRUE;
    if (edit->type == DNS_TXT)
        edit->text = *data == '"' ? plain_text(data) : g_strdup(data);
    if (edit->text)
        return TRUE;
    g_autoptr(Overlay) trial = overlay_new("");
    g_autofree char *owner = name_escaped(edit->name);
    edit->line = g_strdup_printf("%s 300 IN %s %s", owner, type, data);
    if (overlay_add(trial, edit->line, NULL))
        return TRUE;
    return fault(error, N_("dns={0}: not a record as in a zone file, nor nxdomain, nodata, "
                           "servfail or timeout"), value);
}

ZoneEdit *
zone_edit_read(const char *value, GError **error)
{
    const char *at = value;
    g_autofree char *word = next_word(&at);
    g_autofree char *type = next_type(&at);
    g_autofree char *data = g_strstrip(g_strdup(at));
    g_autofree char *name = name_normalise(word);

    if (!name || strpbrk(value, "\r\n")) {
        fault(error, N_("dns={0}: it begins with no domain name"), value);
        return NULL;
    }
    if (!dns_type_of(type)) {
        fault(error, N_("dns={0}: the type is none of A, AAAA, CNAME, MX, NS, PTR, SOA, TXT"),
              value);
        return NULL;
    }
    ZoneEdit *edit = g_new0(ZoneEdit, 1);
    edit->name = g_steal_pointer(&name);
    edit->type = dns_type_of(type);
    if (read_data(edit, value, type, data, error))
        return edit;
    zone_edit_free(edit);
    return NULL;
}

void
zone_edit_free(ZoneEdit *edit)
{
    if (!edit)
        return;
    g_free(edit->name);
    g_free(edit->line);
    g_free(edit->text);
    g_free(edit);
}

gboolean
zone_edit_check(const char *value, GError **error)
{
    ZoneEdit *edit = zone_edit_read(value, error);
    const gboolean good = edit != NULL;

    zone_edit_free(edit);
    return good;
}

/* Calls for each edit of DNS that can be read. */
typedef void (*ZoneVisit)(const ZoneEdit *edit, gpointer data);

static void
each(const Edits *edits, ZoneVisit visit, gpointer data)
{
    for (guint i = 0; i < edits_length(edits); i++) {
        const WhatIf *edit = edits_get(edits, i);
        ZoneEdit *read = g_str_equal(edit->key, "dns") ? zone_edit_read(edit->value, NULL) : NULL;
        if (read)
            visit(read, data);
        zone_edit_free(read);
    }
}

static void
tell(const ZoneEdit *edit, gpointer data)
{
    Overlay **overlay = data;

    if (!*overlay)
        *overlay = overlay_new(EDIT_EVIDENCE);
    if (edit->status != DNS_NOERROR)
        overlay_add_status(*overlay, edit->name, edit->type, edit->status);
    else if (edit->text)
        overlay_add_txt(*overlay, edit->name, edit->text);
    else
        overlay_add(*overlay, edit->line, NULL);
}

Overlay *
zone_overlay(const Edits *edits)
{
    Overlay *overlay = NULL;

    each(edits, tell, &overlay);
    return overlay;
}

static void
note_name(const ZoneEdit *edit, gpointer names)
{
    g_hash_table_add(names, g_strdup(edit->name));
}

GHashTable *
zone_names(const Edits *edits)
{
    GHashTable *names = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);

    each(edits, note_name, names);
    return names;
}

char **
zone_edit_lines(const DnsAnswer *answer)
{
    GPtrArray *lines = g_ptr_array_new();

    for (guint i = 0; i < answer->records->len; i++)
        g_ptr_array_add(lines, g_strconcat(answer->name, " ", answer->type, " ",
                                           ((const DnsRecord *)answer->records->pdata[i])->text,
                                           NULL));
    if (lines->len == 0)
        g_ptr_array_add(lines, g_strconcat(answer->name, " ", answer->type, " ",
                                           dns_is_unknown(answer) ? "nodata"
                                               : answer->status == DNS_NOERROR
                                                   ? "nodata" : dns_status_words[answer->status],
                                           NULL));
    g_ptr_array_add(lines, NULL);
    return (char **)g_ptr_array_free(lines, FALSE);
}
