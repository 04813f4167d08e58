/* what-if-rows.c: the edits that were made, and every input that can be edited, with its value now.
 * SPDX-License-Identifier: MIT */
#include "tui/view/what-if-part.h"

#include <string.h>

#include "base/translate.h"
#include "headers/taglist.h"
#include "whatif/zone.h"

static void
free_row(gpointer data)
{
    WhatIfRow *row = data;

    g_free(row->label);
    g_free(row->key);
    g_free(row->value);
    g_free(row->prompt);
    goal_free(row->goal);
    g_free(row);
}

static WhatIfRow *
row_new(GPtrArray *rows, WhatIfKind kind, const char *label)
{
    WhatIfRow *row = g_new0(WhatIfRow, 1);

    row->kind = kind;
    row->label = g_strdup(label);
    g_ptr_array_add(rows, row);
    return row;
}

static WhatIfRow *
add_input(GPtrArray *rows, const Document *document, const char *key, const char *label,
          const char *value)
{
    WhatIfRow *row = row_new(rows, WHAT_IF_INPUT, label);

    row->key = g_strdup(key);
    row->value = g_strdup(value);
    row->prompt = g_strdup(value ? value : "");
    row->actors = edit_key_find(key)->actors;
    row->edited = edits_value(document->edits, key) != NULL;
    return row;
}

/* ---- names ---- */

static const char *
author_of(const Report *report)
{
    const Mailbox *mailbox = report->from->addresses->len > 0 ? report->from->addresses->pdata[0]
                                                              : NULL;

    return mailbox ? mailbox->address ? mailbox->address : mailbox->domain : NULL;
}

static const char *
path_of(const EnvelopeItem *item)
{
    if (item->address && !*item->address)
        return "<>";
    return item->address ? item->address : item->value;
}

static void
add_names(GPtrArray *rows, const Document *document)
{
    const Report *report = document->report;
    const Envelope *envelope = report->envelope;

    add_input(rows, document, "from", "From:", author_of(report));
    add_input(rows, document, "sender", "Sender:",
              report->sender ? report->sender->address : NULL);
    add_input(rows, document, "reply-to", "Reply-To:",
              report->reply_to ? report->reply_to->address : NULL);
    add_input(rows, document, "mail-from", "MAIL FROM", path_of(envelope->mail_from));
    add_input(rows, document, "helo", "HELO", envelope->helo->value);
    add_input(rows, document, "ip", _("client IP"), envelope->client_ip->address);
}

/* ---- signatures: numbered as in the message without edits ---- */

static void
add_signatures(GPtrArray *rows, const Document *document)
{
    const GPtrArray *dkim = (document->base ? document->base : document->report)->dkim;

    for (guint i = 0; i < dkim->len; i++) {
        const DkimResult *signature = dkim->pdata[i];
        g_autofree char *key = g_strdup_printf("dkim.%u.d", i + 1);
        g_autofree char *label = g_strdup_printf("DKIM %u d=", i + 1);
        const char *said = edits_value(document->edits, key);
        add_input(rows, document, key, label, said ? said : signature->domain);
    }
    WhatIfRow *row = add_input(rows, document, "dkim.add", _("one more DKIM"), NULL);
    row->edited = FALSE;
}

static void
add_results(GPtrArray *rows, const Document *document)
{
    const GPtrArray *dkim = (document->base ? document->base : document->report)->dkim;
    const SpfResult *spf = document->report->spf->mail_from;

    add_input(rows, document, "spf", _("SPF result"), result_words[spf->result]);
    for (guint i = 0; i < dkim->len; i++) {
        g_autofree char *key = g_strdup_printf("dkim.%u", i + 1);
        g_autofree char *label = g_strdup_printf(_("DKIM %u result"), i + 1);
        const char *said = edits_value(document->edits, key);
        add_input(rows, document, key, label,
                  said ? said : result_words[((const DkimResult *)dkim->pdata[i])->result]);
    }
}

/* ---- DNS ---- */

static void
add_tags(GPtrArray *rows, const Document *document)
{
    static const char *const keys[] = { "p", "sp", "np", "aspf", "adkim", "psd", "t", "pct" };
    const DmarcResult *dmarc = report_dmarc(document->report);
    const char *text = dmarc->record ? dmarc->record : "";
    g_autoptr(TagList) tags = taglist_parse(text, strlen(text));

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *label = g_strconcat("DMARC ", keys[i], "=", NULL);
        add_input(rows, document, keys[i], label, taglist_get(tags, keys[i]));
    }
}

/* "TXT example.jp": one row for each answer; the prompt has the whole line. */
static void
add_answers(GPtrArray *rows, const Document *document)
{
    const GPtrArray *dns = document->report->dns;

    for (guint i = 0; i < dns->len; i++) {
        const DnsAnswer *answer = dns->pdata[i];
        g_auto(GStrv) lines = zone_edit_lines(answer);
        for (char **line = lines; *line; line++) {
            WhatIfRow *row = add_input(rows, document, "dns", "DNS", *line);
            row->edited = g_strcmp0(answer->source, EDIT_EVIDENCE) == 0;
        }
    }
    WhatIfRow *other = add_input(rows, document, "dns", _("another answer"), NULL);
    other->edited = FALSE;
}

/* ---- the rest ---- */

static void
add_receiver(GPtrArray *rows, const Document *document)
{
    const char *rfc = edits_value(document->edits, "rfc");

    add_input(rows, document, "rfc", _("goes by RFC"), rfc ? rfc : "9989");
    add_input(rows, document, "trust", _("trusts host"), edits_value(document->edits, "trust"));
}

static void
add_on_the_way(GPtrArray *rows, const Document *document)
{
    static const struct { const char *key, *label; } rest[] = {
        { "at", N_("judged as of") }, { "body-byte", N_("body byte") },
        { "header-order", N_("header order") },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rest); i++)
        add_input(rows, document, rest[i].key, translate(rest[i].label),
                  edits_value(document->edits, rest[i].key));
}

static void
add_edits(GPtrArray *rows, const Document *document)
{
    for (guint i = 0; i < edits_length(document->edits); i++) {
        if (!edits_counts(document->edits, i))
            continue;
        g_autofree char *text = edit_describe(edits_get(document->edits, i));
        WhatIfRow *row = row_new(rows, WHAT_IF_EDIT, text);
        row->edit = i;
    }
}

static void
add_people(GPtrArray *rows, const Document *document)
{
    g_autoptr(GPtrArray) goals = goal_choices(document->base ? document->base : document->report);

    for (guint i = 0; i < goals->len; i++) {
        g_autofree char *text = goal_describe(goals->pdata[i]);
        WhatIfRow *row = row_new(rows, WHAT_IF_WHO, text);
        row->goal = goal_copy(goals->pdata[i]);
    }
}

GPtrArray *
what_if_rows(const Document *document)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(free_row);

    if (document->goal_asked) {
        add_people(rows, document);
        return rows;
    }
    add_edits(rows, document);
    add_names(rows, document);
    add_signatures(rows, document);
    add_tags(rows, document);
    add_answers(rows, document);
    add_receiver(rows, document);
    add_results(rows, document);
    add_on_the_way(rows, document);
    return rows;
}
