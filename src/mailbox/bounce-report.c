/* bounce-report.c: the parts of a report that programs read: message/delivery-status (RFC 3464) and
 * message/feedback-report (RFC 5965, 6591).
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "mailbox/bounce-parts.h"

/* More recipients than this are not looked at. */
#define GROUPS_MAX 1000

/* One field of a report; spans are those of the text. */
typedef struct {
    char       *name;
    GString    *all;
    const char *value;      /* unfolded: all->str */
    Span        span;
} ReportField;

static void
field_free(gpointer data)
{
    ReportField *field = data;

    g_free(field->name);
    g_string_free(field->all, TRUE);
    g_free(field);
}

static void
group_free(gpointer data)
{
    g_ptr_array_unref(data);
}

static const ReportField *
find(const GPtrArray *group, const char *name)
{
    for (guint i = 0; group && i < group->len; i++) {
        const ReportField *field = group->pdata[i];
        if (g_ascii_strcasecmp(field->name, name) == 0)
            return field;
    }
    return NULL;
}

/* ---- groups of fields ---- */

static void
add_line(GPtrArray *group, const char *text, Span line)
{
    const char *at = text + line.start, *end = text + line.end;
    ReportField *last = group->len > 0 ? group->pdata[group->len - 1] : NULL;

    if ((*at == ' ' || *at == '\t') && last) {
        g_autofree char *more = g_strstrip(g_strndup(at, (gsize)(end - at)));
        g_string_append_printf(last->all, "%s%s", last->all->len > 0 ? " " : "", more);
        last->value = last->all->str;
        last->span.end = line.end;
        return;
    }
    const char *colon = memchr(at, ':', (gsize)(end - at));
    if (!colon)
        return;
    ReportField *field = g_new0(ReportField, 1);
    field->name = g_strstrip(g_strndup(at, (gsize)(colon - at)));
    g_autofree char *value = g_strstrip(g_strndup(colon + 1, (gsize)(end - colon - 1)));
    field->all = g_string_new(value);
    field->value = field->all->str;
    field->span = line;
    g_ptr_array_add(group, field);
}

/* RFC 3464, 2.1: groups are divided by empty lines; where one is missing, a second recipient begins
 * the next. */
static gboolean
begins_group(const GPtrArray *group, const char *text, Span line)
{
    static const char name[] = "Final-Recipient:";

    return span_length(line) > strlen(name) &&
           g_ascii_strncasecmp(text + line.start, name, strlen(name)) == 0 &&
           find(group, "Final-Recipient");
}

/* Of groups of fields; `text` has no NUL. (transfer full) */
static GPtrArray *
read_groups(const char *text, gsize length)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);
    GPtrArray *group = g_ptr_array_new_with_free_func(field_free);

    for (gsize at = 0; at < length && groups->len < GROUPS_MAX;) {
        const char *end = memchr(text + at, '\n', length - at);
        const gsize next = end ? (gsize)(end - text) + 1 : length;
        Span line = { at, end ? next - 1 : length };
        if (line.end > line.start && text[line.end - 1] == '\r')
            line.end--;
        at = next;
        if (group->len > 0 && (line.end == line.start || begins_group(group, text, line))) {
            g_ptr_array_add(groups, group);
            group = g_ptr_array_new_with_free_func(field_free);
        }
        if (line.end > line.start)
            add_line(group, text, line);
    }
    g_ptr_array_add(groups, group);
    return groups;
}

/* ---- values ---- */

/* "rfc822; a@b", "dns;mx.example.com (192.0.2.1)": what stands behind the type. (transfer full) */
static char *
behind_type(const ReportField *field)
{
    if (!field)
        return NULL;
    const char *semicolon = strchr(field->value, ';');
    const char *colon = strchr(field->value, ':');
    char *value = g_strstrip(g_strdup(semicolon && (!colon || semicolon < colon) ? semicolon + 1
                                                                                  : field->value));
    if (!*value)
        g_clear_pointer(&value, g_free);
    return value;
}

/* A host or an address: the first word, without angle brackets. (transfer full) */
static char *
word_of(const ReportField *field)
{
    g_autofree char *value = behind_type(field);

    if (!value)
        return NULL;
    const char *start = value + strspn(value, "<[\"'");
    char *word = g_strndup(start, strcspn(start, " \t<>[]()\"';,"));
    if (!*word)
        g_clear_pointer(&word, g_free);
    return word;
}

static char *
first_word_of(const GPtrArray *group, const char *const *names)
{
    char *word = NULL;

    for (; *names && !word; names++)
        word = word_of(find(group, *names));
    return word;
}

/* ---- delivery status ---- */

/* One that failed tells more than one that waits, and that more than one that arrived. */
static int
weight(const GPtrArray *group)
{
    const ReportField *action = find(group, "Action");

    if (!find(group, "Final-Recipient") && !find(group, "Original-Recipient") && !action)
        return 0;
    if (action && g_ascii_strncasecmp(action->value, "failed", 6) == 0)
        return 3;
    return action && g_ascii_strncasecmp(action->value, "delayed", 7) == 0 ? 2 : 1;
}

static const GPtrArray *
choose(const GPtrArray *groups, guint *recipients)
{
    const GPtrArray *best = NULL;
    int most = 0;

    *recipients = 0;
    for (guint i = 0; i < groups->len; i++) {
        const int this = weight(groups->pdata[i]);
        *recipients += this > 0;
        if (this > most) {
            most = this;
            best = groups->pdata[i];
        }
    }
    return best;
}

static void
read_diagnostic(Bounce *bounce, const GPtrArray *group, gboolean raw, gsize start)
{
    const ReportField *field = find(group, "Diagnostic-Code");
    g_autofree char *value = behind_type(field);

    if (!value)
        return;
    const char *said = reply_said(value);
    bounce->diagnostic = g_strdup(said);
    bounce->stage = g_strdup(reply_stage(value));
    if (!bounce->remote_mta && said > value)
        bounce->remote_mta = reply_host(value);
    if (raw)
        bounce->evidence = (Span){ start + field->span.start, start + field->span.end };
}

/* `start`: where the text stands in the message, if it stands there unencoded. */
static Bounce *
read_report(const char *text, gsize length, gboolean raw, gsize start)
{
    static const char *const to[] = { "Original-Recipient", "Final-Recipient", NULL };
    static const char *const sender[] = { "X-Postfix-Sender", "X-Original-Sender", "X-Sender",
                                          "Original-Mail-From", NULL };
    static const char *const by[] = { "Reporting-MTA", "Received-From-MTA", NULL };
    g_autoptr(GPtrArray) groups = read_groups(text, length);
    Bounce *bounce = g_new0(Bounce, 1);
    const GPtrArray *one = choose(groups, &bounce->recipients);
    const GPtrArray *all = groups->pdata[0];

    bounce->format = g_strdup("dsn");
    bounce->sender = first_word_of(all, sender);
    bounce->reporting_mta = first_word_of(all, by);
    if (!one)
        return bounce;
    const ReportField *action = find(one, "Action");
    const ReportField *status = find(one, "Status");
    bounce->action =
        action ? g_ascii_strdown(action->value, (gssize)strcspn(action->value, " \t(;")) : NULL;
    bounce->status = reply_status(status ? status->value : NULL);
    bounce->recipient = first_word_of(one, to);
    bounce->remote_mta = word_of(find(one, "Remote-MTA"));
    read_diagnostic(bounce, one, raw, start);
    return bounce;
}

typedef Bounce *(*ReportReader)(const char *text, gsize length, gboolean raw, gsize start);

static Bounce *
read_part(const Message *message, const Part *part, ReportReader reader)
{
    const gboolean raw = part->head->encoding == MIME_IDENTITY;
    g_autoptr(GBytes) bytes = mime_decode(message_raw(message), part->body, part->head->encoding,
                                          BOUNCE_TEXT_MAX);
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);

    length = MIN(length, BOUNCE_TEXT_MAX);
    char *text = g_malloc0(length + 1);
    for (gsize i = 0; i < length; i++)
        text[i] = data[i] ? data[i] : ' ';
    Bounce *bounce = reader(text, length, raw, part->body.start);
    g_free(text);
    return bounce;
}

static Bounce *
first_part(const Message *message, const Parts *parts, const char *const *types,
           ReportReader reader)
{
    for (guint i = 0; i < parts->list->len; i++) {
        const Part *part = parts->list->pdata[i];
        for (const char *const *type = types; *type; type++)
            if (g_str_equal(part->head->type, *type))
                return read_part(message, part, reader);
    }
    return NULL;
}

Bounce *
bounce_delivery_report(const Message *message, const Parts *parts)
{
    static const char *const types[] = { "message/delivery-status",
                                         "message/global-delivery-status", NULL };

    return first_part(message, parts, types, read_report);
}

/* ---- feedback report ---- */

/* RFC 6591, 3.1: what failed; RFC 5965, 3.2: the results as the reporter saw them. */
static char *
feedback_words(const GPtrArray *group)
{
    static const char *const names[] = { "Auth-Failure", "Delivery-Result", "Identity-Alignment",
                                         "Authentication-Results", "SPF-DNS", NULL };
    g_autoptr(GString) out = g_string_new(NULL);

    for (const char *const *name = names; *name; name++) {
        const ReportField *field = find(group, *name);
        if (field && *field->value)
            g_string_append_printf(out, "%s%s: %s", out->len > 0 ? "; " : "", field->name,
                                   field->value);
    }
    return out->len > 0 ? g_strdup(out->str) : NULL;
}

static Bounce *
read_feedback(const char *text, gsize length, gboolean raw, gsize start)
{
    static const char *const to[] = { "Original-Rcpt-To", "Removal-Recipient", NULL };
    static const char *const sender[] = { "Original-Mail-From", "Original-Envelope-From", NULL };
    static const char *const by[] = { "Reporting-MTA", NULL };
    g_autoptr(GPtrArray) groups = read_groups(text, length);
    const GPtrArray *all = groups->pdata[0];
    const ReportField *type = find(all, "Feedback-Type");
    const ReportField *results = find(all, "Authentication-Results");
    Bounce *bounce = g_new0(Bounce, 1);

    bounce->format = g_strdup("feedback-report");
    bounce->action = type && *type->value ? g_ascii_strdown(type->value, -1) : NULL;
    bounce->diagnostic = feedback_words(all);
    bounce->recipient = first_word_of(all, to);
    bounce->sender = first_word_of(all, sender);
    bounce->reporting_mta = first_word_of(all, by);
    bounce->source_ip = word_of(find(all, "Source-IP"));
    bounce->reported_domain = word_of(find(all, "Reported-Domain"));
    if (raw && results)
        bounce->evidence = (Span){ start + results->span.start, start + results->span.end };
    return bounce;
}

Bounce *
bounce_feedback_report(const Message *message, const Parts *parts)
{
    static const char *const types[] = { "message/feedback-report", NULL };

    return first_part(message, parts, types, read_feedback);
}
