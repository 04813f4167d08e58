/* pattern-fill.c: what patterns write into an advice: arguments, text to copy, edits, side effects.
 * SPDX-License-Identifier: MIT */
#include "advice/pattern.h"

#include <string.h>

#include "base/text.h"

#define TXT_MAX 255
/* A longer record goes to two lines, so that its text can be copied whole. */
#define LINE_MAX_COLUMNS 60

void
pattern_args(Advice *advice, const char *a, const char *b, const char *d)
{
    const char *const all[] = { a, b, d };

    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        g_ptr_array_add(advice->args, g_strdup(all[i] ? all[i] : ""));
}

/* A line of a setting to copy: a stranger's line end must not make two of it. */
void
pattern_record(Advice *advice, const char *label, const char *value)
{
    g_autofree char *visible = text_visible(value, -1);
    g_autofree char *line = g_strdup_printf("%s%s", label, visible);
    char *all = advice->record ? g_strconcat(advice->record, "\n", line, NULL) : g_strdup(line);

    g_free(advice->record);
    advice->record = all;
}

/* RFC 1035, 3.3 and 5.1: strings of at most 255 octets, quotes and backslashes escaped. */
static void
append_strings(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (gsize i = 0; text[i]; i++) {
        if (i > 0 && i % TXT_MAX == 0)
            g_string_append(out, "\" \"");
        if (text[i] == '"' || text[i] == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, text[i]);
    }
    g_string_append_c(out, '"');
}

void
pattern_record_txt(Advice *advice, const char *owner, const char *text)
{
    g_autoptr(GString) line = g_string_new(owner);

    g_string_append(line, ". IN TXT ");
    const gboolean open = line->len + strlen(text) > LINE_MAX_COLUMNS;
    if (open) {
        g_string_append_c(line, '(');
        pattern_record(advice, "", line->str);
        g_string_assign(line, "    ");
    }
    append_strings(line, text);
    if (open)
        g_string_append(line, " )");
    pattern_record(advice, "", line->str);
}

void
pattern_edit(Advice *advice, const char *key, const char *value)
{
    WhatIf *edit = record_new(&what_if_type);

    edit->key = g_strdup(key);
    edit->value = g_strdup(value);
    g_ptr_array_add(advice->edits, edit);
}

void
pattern_edit_txt(Advice *advice, const char *owner, const char *text)
{
    g_autoptr(GString) value = g_string_new(owner);

    g_string_append(value, " TXT ");
    append_strings(value, text);
    pattern_edit(advice, "dns", value->str);
}

void
pattern_edit_signature(Advice *advice, const Identifier *dkim, const char *domain)
{
    g_autofree char *key = g_strdup_printf("dkim.%u.d", (guint)dkim->signature + 1);

    pattern_edit(advice, key, domain);
}

void
pattern_sign_as_author(const Case *c, Advice *advice)
{
    pattern_record(advice, "DKIM d=    ", c->author);
    pattern_edit(advice, "dkim.add", c->author);
}

void
pattern_effect(Advice *advice, const char *id)
{
    g_ptr_array_add(advice->effects, g_strdup(id));
}

/* ---- the service's own settings ---- */

/* The names in which a service's region may stand. */
static void
add_lines(const Case *c, Advice *advice, const GPtrArray *lines, const char *domain)
{
    const Hop *border = report_border(c->report);
    const char *names[5] = { NULL };
    guint count = 0;
    const char *const candidates[] = { c->spf ? c->spf->domain : NULL, border ? border->ptr : NULL,
                                       border ? border->from : NULL,
                                       border ? border->helo : NULL };

    for (gsize i = 0; i < G_N_ELEMENTS(candidates); i++)
        if (candidates[i])
            names[count++] = candidates[i];
    for (guint i = 0; i < lines->len; i++) {
        g_autofree char *line = provider_line(c->carrier, lines->pdata[i], domain, names);
        pattern_record(advice, "", line);
    }
}

static void
name_service(const Case *c, Advice *advice)
{
    advice->provider = g_strdup(c->carrier->id);
    advice->console = g_strdup(c->carrier->console);
    advice->console_ja = g_strdup(c->carrier->console_ja);
}

gboolean
pattern_service_dkim(const Case *c, Advice *advice, const char *domain)
{
    if (!c->carrier)
        return FALSE;
    name_service(c, advice);
    add_lines(c, advice, c->carrier->dkim, domain);
    return c->carrier->dkim->len > 0;
}

gboolean
pattern_service_mail_from(const Case *c, Advice *advice, const char *domain)
{
    if (!c->carrier || c->carrier->mail_from->len == 0)
        return FALSE;
    name_service(c, advice);
    add_lines(c, advice, c->carrier->mail_from, domain);
    for (guint i = 0; i < c->carrier->effects->len; i++)
        pattern_effect(advice, c->carrier->effects->pdata[i]);
    return TRUE;
}

char *
pattern_service_name(const Case *c, const char *domain)
{
    if (!c->carrier)
        return g_strdup(domain);
    return g_strdup_printf("%s (%s)", c->carrier->name, domain);
}
