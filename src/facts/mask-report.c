/* mask-report.c: which strings of a Report hold what, and all of them masked.
 * SPDX-License-Identifier: MIT */
#include "facts/mask-part.h"

#include <string.h>

/* ---- what is learned ---- */

static void
learn_sender(Mask *mask, const OtherSender *sender)
{
    if (!sender)
        return;
    mask_learn_address(mask, sender->address);
    mask_learn_domain(mask, sender->domain);
}

static void
learn_item(Mask *mask, const EnvelopeItem *item, gboolean address)
{
    mask_learn_domain(mask, item->domain);
    if (address)
        mask_learn_address(mask, item->address);
    else
        mask_learn_domain(mask, item->value);
}

/* "Taro Yamada <taro@example.jp>" */
static void
learn_from_line(Mask *mask, const char *line)
{
    const char *angle = line ? strchr(line, '<') : NULL;

    if (!angle) {
        mask_learn_address(mask, line);
        return;
    }
    g_autofree char *name = g_strndup(line, (gsize)(angle - line));
    g_autofree char *address = g_strndup(angle + 1, strcspn(angle + 1, ">"));
    mask_learn_name(mask, name);
    mask_learn_address(mask, address);
}

/* RFC 8601, 2.7.4: smtp.auth is the name by which the sender logged in, often without a domain. */
static void
learn_logins(Mask *mask, const ReportedHeader *reported)
{
    for (guint i = 0; i < reported->results->len; i++) {
        const ReportedResult *result = reported->results->pdata[i];
        for (guint k = 0; k < result->properties->len; k++) {
            const Pair *pair = result->properties->pdata[k];
            if (g_str_equal(pair->name, "smtp.auth"))
                mask_learn_login(mask, pair->value);
        }
    }
}

static void
learn_people(Mask *mask, const Report *report)
{
    for (guint i = 0; i < report->from->addresses->len; i++) {
        const Mailbox *mailbox = report->from->addresses->pdata[i];
        mask_learn_address(mask, mailbox->address);
        mask_learn_name(mask, mailbox->name);
        mask_learn_domain(mask, mailbox->domain);
    }
    learn_sender(mask, report->sender);
    learn_sender(mask, report->reply_to);
    learn_item(mask, report->envelope->mail_from, TRUE);
    learn_item(mask, report->envelope->helo, FALSE);
    for (guint i = 0; i < report->source->recipients->len; i++) {
        const char *recipient = report->source->recipients->pdata[i];
        if (strchr(recipient, '@'))
            mask_learn_address(mask, recipient);
        else
            mask_learn_domain(mask, recipient);
    }
    if (report->delivery_status)
        mask_learn_address(mask, report->delivery_status->recipient);
    for (guint i = 0; i < report->source->inside->len; i++) {
        const InsidePart *part = report->source->inside->pdata[i];
        learn_from_line(mask, part->from);
        mask_learn_subject(mask, part->subject);
    }
    mask_learn_subject(mask, report->source->subject);
    for (guint i = 0; i < report->reported->len; i++)
        learn_logins(mask, report->reported->pdata[i]);
}

static void
learn_names_of_dns(Mask *mask, const Report *report)
{
    for (guint i = 0; i < report->dkim->len; i++)
        mask_learn_domain(mask, ((const DkimResult *)report->dkim->pdata[i])->domain);
    for (guint i = 0; i < report->route->len; i++) {
        const Hop *hop = report->route->pdata[i];
        mask_learn_domain(mask, hop->from);
        mask_learn_domain(mask, hop->by);
        mask_learn_domain(mask, hop->helo);
        mask_learn_domain(mask, hop->ptr);
    }
    for (guint i = 0; i < report->dns->len; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        for (guint k = 0; k < answer->records->len; k++)
            mask_learn_macros(mask, ((const DnsRecord *)answer->records->pdata[k])->text);
    }
}

void
mask_learn_report(Mask *mask, const Report *report)
{
    learn_people(mask, report);
    learn_names_of_dns(mask, report);
    mask_learn_pieces(mask, report->envelope->mail_from->address);
}

/* ---- what is masked ---- */

typedef enum {
    KEEP,       /* our own words and ids, dates, numbers */
    TEXT,
    NAME,       /* a display name, nothing else */
    HIDE,       /* text of the message, as much as anybody wrote */
    HOST,       /* a domain name */
    PATH        /* a file: without its folders, which tell of the person who has it */
} Treatment;

static const struct {
    const char       *field;
    const RecordType *type;     /* NULL: of every record */
    Treatment         treatment;
} rules[] = {
    { "name", &mailbox_type, NAME },
    { "subject", NULL, HIDE },
    { "returned_text", NULL, HIDE },
    { "before", &repair_type, HIDE },
    { "after", &repair_type, HIDE },
    { "text", &repair_type, KEEP },
    { "path", &source_info_type, PATH },
    { "source", &dns_answer_type, PATH },
    { "source", &evidence_type, PATH },
    { "source", &psl_info_type, PATH },
    { "name", &evidence_type, HOST },
    { "name", &dns_answer_type, HOST },
    { "reason", &reported_result_type, TEXT },
    { "why", &shown_type, TEXT },
};

/* Fields that hold nothing else anywhere, apart from those above. */
static const char *const kept[] = {
    "action", "adkim", "algorithm", "ams", "applied", "applied_sampled", "as_of", "aspf", "basis",
    "body_hash", "canonicalization", "check", "clash", "code", "console", "cv", "date",
    "deviations", "dns_source", "dnssec", "edit", "effect", "effects", "engine", "explained",
    "fidelity", "form", "format", "header", "header_hash", "id", "key", "kind", "mark",
    "mechanism", "method", "mode", "name", "pattern", "policy", "policy_tag", "problems",
    "profile", "program", "protocol", "provider", "question", "reason", "result", "role", "rule",
    "seal", "selector", "signed", "since", "source", "stage", "status", "tls", "tried", "turns",
    "type", "version", "who", "why", NULL
};

static Treatment
treatment_of(const RecordType *type, const RecordField *field)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++)
        if ((!rules[i].type || rules[i].type == type) && g_str_equal(rules[i].field, field->name))
            return rules[i].treatment;
    if (g_strv_contains(kept, field->name))
        return KEEP;
    return field->kind == RECORD_DOMAIN ? HOST : TEXT;
}

/* People name files after subjects: words of these go, as everywhere. The address of a DNS server
 * is no file. */
static char *
mask_path(Mask *mask, const char *path)
{
    if (strspn(path, "0123456789abcdefABCDEF.:@") == strlen(path))
        return NULL;
    g_autofree char *name = g_path_get_basename(path);
    char *dot = strrchr(name, '.');
    g_autofree char *tail = g_strdup(dot && dot > name ? dot : "");

    if (dot && dot > name)
        *dot = '\0';
    g_autofree char *masked = mask_text(mask, name);
    return g_strconcat(masked, tail, NULL);
}

static char *
treat(const RecordType *type, const RecordField *field, const char *value, gpointer data)
{
    Mask *mask = data;

    switch (treatment_of(type, field)) {
    case TEXT:
        return mask_text(mask, value);
    case NAME:
        return mask_name(mask, value);
    case HIDE:
        return g_strdup(*value ? MASK_REDACTED : "");
    case HOST:
        return mask_domain(mask, value);
    case PATH:
        return mask_path(mask, value);
    case KEEP:
        break;
    }
    return NULL;
}

void
mask_report(Mask *mask, Report *report)
{
    mask_learn_report(mask, report);
    record_edit(&report_type, report, treat, mask);
}
