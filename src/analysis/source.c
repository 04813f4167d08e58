/* source.c: a message's origin, recipients, and what it carries.
 * SPDX-License-Identifier: MIT */
#include "analysis/source.h"

#include <string.h>

#include "auth/fidelity.h"
#include "headers/address.h"
#include "mailbox/inside.h"

static void
take_recipient(Mailbox *mailbox, gpointer data)
{
    if (mailbox->domain)
        g_ptr_array_add(data, g_strdup(mailbox->address));
    record_free(&mailbox_type, mailbox);
}

static void
take_recipients(const Message *message, GPtrArray *recipients)
{
    static const char *const names[] = { "To", "Cc" };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const int at = message_find(message, names[i], 0);
        if (at < 0)
            continue;
        g_autofree char *value = field_value(message, message_field(message, (guint)at));
        address_each(value, take_recipient, recipients);
    }
}

/* What stands between `before` and the next of `ends`; NULL where that is nothing. (transfer full) */
static char *
between(const char *text, const char *before, const char *ends)
{
    const char *start = text ? strstr(text, before) : NULL;

    if (!start)
        return NULL;
    start += strlen(before);
    const gsize length = strcspn(start, ends);
    return length > 0 ? g_strndup(start, length) : NULL;
}

/* RFC 2369, 3.4 and RFC 2919, 2: where the list takes mail, else what it is called: its name and
 * its domain. Only real lists are told by both: campaigns like to write List-Id, too. */
static char *
mailing_list(const Message *message)
{
    g_autofree char *post = message_value(message, "List-Post");
    g_autofree char *id = message_value(message, "List-Id");
    char *address = between(post, "mailto:", ">?, \t");

    return address || !post ? address : between(id, "<", "> \t");
}

#define INSIDE_MAX 200

static void
list_inside(const Message *message, GPtrArray *inside, GPtrArray *notes, Bounce **bounce)
{
    g_autoptr(GPtrArray) found = inside_list(message, INSIDE_MAX, notes, bounce);

    for (guint i = 0; i < found->len; i++) {
        const InsideMessage *inner = found->pdata[i];
        InsidePart *part = record_new(&inside_part_type);
        part->kind = g_strdup(inner->kind);
        part->index = inner->index;
        part->from = g_strdup(inner->from);
        part->subject = g_strdup(inner->subject);
        g_ptr_array_add(inside, part);
    }
}

static void
take_spans(const Message *message, GArray *spans)
{
    const guint count = message_n_fields(message), before = spans->len;

    g_array_set_size(spans, before + count);
    for (guint i = 0; i < count; i++)
        g_array_index(spans, Span, before + i) = message_field(message, i)->all;
}

void
source_describe(const Message *message, const Resolver *resolver, Report *report, Bounce **bounce)
{
    SourceInfo *source = report->source;
    const Origin *origin = message_origin(message);

    source->path = g_strdup(message_path(message));
    source->index = origin->index;
    source->kind = g_strdup(origin->kind);
    source->bytes = (gint64)g_bytes_get_size(message_raw(message));
    source->fidelity = g_strdup(fidelity_word(message));
    source->unended = !message_has_body(message);
    record_copy_into(&repair_type, source->repairs, origin->repairs);
    record_copy_into(&finding_type, report->findings, origin->notes);
    source->dns_source = g_strdup(resolver_source(resolver));
    source->subject = message_decoded(message, "Subject");
    source->date = message_value(message, "Date");
    take_recipients(message, source->recipients);
    source->list = mailing_list(message);
    list_inside(message, source->inside, report->findings, bounce);
    take_spans(message, source->header_spans);
}
