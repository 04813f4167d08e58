/* identities.c: who stands in From:, Sender: and Reply-To:.
 * SPDX-License-Identifier: MIT */
#include "headers/identities.h"

#include <string.h>

#include "base/room.h"
#include "base/text.h"
#include "base/wordset.h"
#include "headers/address.h"
#include "headers/beside.h"
#include "headers/from-word.h"
#include "headers/host.h"
#include "headers/no-author.h"
#include "headers/redaction.h"
#include "headers/unrepaired.h"

/* 3,521 addresses were seen in one From field. All are read for their domains. */
#define ADDRESSES_MAX 10000
/* Domains named in a finding. */
#define NAMED_MAX     10

/* A line that says From: and is no field. */
typedef struct {
    char *address;
    gsize start;
    Span  where;
} Beside;

typedef struct {
    Author     *author;
    const char *value;              /* of the field that is being read; NULL: of none */
    WordSet     domains;
    guint       fields;
    guint       mailboxes;
    guint       addresses;
    guint       malformed;
    guint       redacted;
    guint       empty;              /* fields that name nobody */
    gboolean    routed;             /* an address stands behind a route */
    char       *malformed_text;     /* the first */
    char       *redacted_text;
    char       *claimed, *real;     /* the first display name that holds another address */
    char       *hidden;             /* the first address that only the text before its repair names */
    Beside      beside, disguised;  /* the first line of each kind; some programs show the author of a disguised one */
} Reading;

/* It turns around what stands behind it (UAX #9, X4), up to its end (X7) or that of the text. */
#define RIGHT_TO_LEFT_OVERRIDE 0x202E
#define POP_DIRECTION          0x202C

static void
append_turned(GString *text, GString *turned)
{
    g_autofree char *reversed = g_utf8_strreverse(turned->str, (gssize)turned->len);

    g_string_append(text, reversed);
    g_string_truncate(turned, 0);
}

/* A name as an eye has it: without characters that take no room, and what is turned around turned. Full-width signs look like
 * the others (NFKC). (transfer full) */
static char *
as_seen(const char *name)
{
    g_autoptr(GString) text = g_string_new(NULL), turned = g_string_new(NULL);
    const char *at = name, *end = name + strlen(name);
    gboolean turning = FALSE;

    while (at < end) {
        gunichar code;
        const TextClass class = text_next(&at, end, &code);
        if (class == TEXT_PLAIN)
            g_string_append_unichar(turning ? turned : text, code);
        if (class != TEXT_FORMAT || (code != RIGHT_TO_LEFT_OVERRIDE && code != POP_DIRECTION))
            continue;
        append_turned(text, turned);
        turning = code == RIGHT_TO_LEFT_OVERRIDE;
    }
    append_turned(text, turned);
    return g_utf8_normalize(text->str, (gssize)text->len, G_NORMALIZE_ALL_COMPOSE);
}

/* The first address in a display name that is not `own`. (transfer full) */
static char *
address_in_name(const char *name, const char *own)
{
    if (!strchr(name, '@') && g_str_is_ascii(name))
        return NULL;
    g_autofree char *text = as_seen(name);

    for (const char *at = text ? strchr(text, '@') : NULL; at; at = strchr(at + 1, '@')) {
        g_autofree char *found = address_around(text, at);
        if (found && g_ascii_strcasecmp(found, own) != 0)
            return g_steal_pointer(&found);
    }
    return NULL;
}

static void
check_name(Reading *reading, const Mailbox *mailbox)
{
    if (reading->claimed || !mailbox->name || !mailbox->domain)
        return;
    reading->claimed = address_in_name(mailbox->name, mailbox->address);
    reading->real = reading->claimed ? g_strdup(mailbox->address) : NULL;
}

static void
see_domain(Reading *reading, const char *domain)
{
    if (wordset_has(&reading->domains, domain))
        return;
    char *copy = g_strdup(domain);
    wordset_add(&reading->domains, copy);
    g_ptr_array_add(reading->author->domains, copy);
}

/* What somebody blacked out is no fault of the message: it had an author, whom nobody can tell
 * now. */
static void
see_unreadable(Reading *reading, const char *text)
{
    const gboolean redacted = redaction_in(text) || (reading->value && redaction_of_sign(reading->value));
    char **first = redacted ? &reading->redacted_text : &reading->malformed_text;

    if (redacted)
        reading->redacted++;
    else
        reading->malformed++;
    if (!*first)
        *first = g_strdup(text);
}

static void
see_mailbox(Mailbox *mailbox, gpointer data)
{
    Reading *reading = data;

    reading->mailboxes++;
    if (mailbox->address)
        reading->addresses++;
    if (mailbox->domain)
        see_domain(reading, mailbox->domain);
    else
        see_unreadable(reading, mailbox->address ? mailbox->address : mailbox->name);
    check_name(reading, mailbox);
    if (reading->author->addresses->len < ADDRESSES_MAX)
        g_ptr_array_add(reading->author->addresses, mailbox);
    else
        record_free(&mailbox_type, mailbox);
}

static void
problem(Report *report, const char *id, Severity severity, const char *first, const char *second)
{
    Finding *finding = report_add_finding(report, id, severity, first, second, NULL);

    evidence_copy_into(finding->evidence, report->from->evidence);
    g_ptr_array_add(report->from->problems, g_strdup(id));
}

static char *
name_domains(const GPtrArray *domains)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < MIN(domains->len, NAMED_MAX); i++) {
        g_string_append(out, i ? ", " : "");
        g_string_append(out, domains->pdata[i]);
    }
    if (domains->len > NAMED_MAX)
        g_string_append(out, ", …");
    return g_string_free(out, FALSE);
}

/* One field, one address in it, and nothing odd: as nearly always. */
static gboolean
is_usual(const Reading *reading)
{
    return reading->fields == 1 && reading->addresses == 1 && reading->malformed == 0 && reading->redacted == 0 &&
           !reading->claimed && !reading->routed;
}

static void
add_problems(Report *report, const Reading *reading)
{
    g_autofree char *fields = room_int_text(reading->fields);
    g_autofree char *addresses = room_int_text(reading->addresses);
    g_autofree char *malformed = room_int_text(reading->malformed);
    g_autofree char *domains = name_domains(report->from->domains);

    if (reading->fields == 0)
        problem(report, "from-missing", SEVERITY_PROBLEM, NULL, NULL);
    if (reading->fields > 1)
        problem(report, "from-repeated", SEVERITY_PROBLEM, fields, NULL);
    if (reading->redacted > 0)
        problem(report, "from-redacted", SEVERITY_WARNING, reading->redacted_text, NULL);
    else if (reading->fields > 0 && reading->addresses == 0)
        problem(report, "from-empty", SEVERITY_PROBLEM, NULL, NULL);
    else if (reading->empty > 0)
        problem(report, "from-field-empty", SEVERITY_PROBLEM, NULL, NULL);
    if (reading->addresses > 0 && reading->malformed > 0)
        problem(report, "from-malformed", SEVERITY_PROBLEM, reading->malformed_text, malformed);
    if (reading->hidden)
        problem(report, "from-unrepaired", SEVERITY_PROBLEM, reading->hidden, NULL);
    if (reading->addresses > ADDRESSES_MAX)
        problem(report, "from-too-many-addresses", SEVERITY_WARNING, G_STRINGIFY(ADDRESSES_MAX),
                NULL);
    if (reading->addresses > 1)
        problem(report, "from-several-addresses", SEVERITY_INFO, addresses, NULL);
    if (report->from->domains->len > 1)
        problem(report, "from-several-domains", SEVERITY_PROBLEM, domains, NULL);
    if (reading->routed)
        problem(report, "from-route", SEVERITY_WARNING, NULL, NULL);
    if (reading->claimed)
        problem(report, "display-name-address", SEVERITY_WARNING, reading->claimed, reading->real);
}

/* ---- what repairs took away ---- */

/* "ann@mail.exam", as it was before the line that goes on with "ple.com" was joined to it; but bank.example is another
 * name than bank.example.evil.example. */
static gboolean
begins_known_domain(const Reading *reading, const char *domain)
{
    const gsize length = strlen(domain);

    for (guint i = 0; i < reading->author->domains->len; i++) {
        const char *known = reading->author->domains->pdata[i];
        if (g_str_has_prefix(known, domain) && known[length] != '.')
            return TRUE;
    }
    return FALSE;
}

static void
see_unrepaired(Mailbox *mailbox, gpointer data)
{
    Reading *reading = data;

    if (!mailbox->domain || begins_known_domain(reading, mailbox->domain)) {
        record_free(&mailbox_type, mailbox);
        return;
    }
    if (!reading->hidden)
        reading->hidden = g_strdup(mailbox->address);
    see_mailbox(mailbox, reading);
}

/* ---- lines that are no field ---- */

/* Whom some programs show is an author beside the others. */
static void
see_beside(const BesideLine *line, gpointer data)
{
    Reading *reading = data;
    Beside *first = line->shown ? &reading->disguised : &reading->beside;
    const guint before = reading->mailboxes;

    if (line->shown && reading->fields > 0) {
        address_each(line->value, see_mailbox, reading);
        reading->empty += reading->mailboxes == before ? 1 : 0;
    }
    if (!first->address)
        *first = (Beside){ from_word_address(line->value), line->start, line->where };
}

static void
tell_line(const Message *message, Report *report, const char *id, Severity severity, const Beside *line)
{
    const guint number = message_line_at(message, line->start);
    g_autofree char *text = room_int_text(number);
    Finding *finding = report_add_finding(report, id, severity, line->address, text, NULL);

    g_ptr_array_add(finding->evidence, evidence_header("header", (gint64)number, line->where));
}

/* Of an address of the author's own domain nothing is said, unless it became the author's by being folded into another's field. */
static void
tell_beside(const Message *message, Report *report, const Reading *reading)
{
    g_autofree char *domain = address_domain(reading->beside.address);

    if (domain && (g_strcmp0(domain, report->from->domain) != 0 || reading->claimed))
        tell_line(message, report, "from-beside", SEVERITY_WARNING, &reading->beside);
    if (!reading->disguised.address)
        return;
    tell_line(message, report, "from-disguised", SEVERITY_PROBLEM, &reading->disguised);
    g_ptr_array_add(report->from->problems, g_strdup("from-disguised"));
}

static void
read_from(const Message *message, const AuthorOverrides *given, Reading *reading)
{
    if (given->from) {
        reading->fields = 1;
        g_ptr_array_add(reading->author->evidence, evidence_option(given->option));
        reading->routed = address_each(given->from, see_mailbox, reading);
        return;
    }
    for (int i = message_find(message, "From", 0); i >= 0;
         i = message_find(message, "From", (guint)i + 1)) {
        const Field *field = message_field(message, (guint)i);
        g_autofree char *value = field_value(message, field);
        const guint before = reading->mailboxes;
        reading->fields++;
        if (reading->fields <= ADDRESSES_MAX)
            g_ptr_array_add(reading->author->evidence, host_field_evidence(message, field));
        reading->value = value;
        reading->routed = address_each(value, see_mailbox, reading) || reading->routed;
        reading->value = NULL;
        reading->empty += reading->mailboxes == before ? 1 : 0;
    }
    unrepaired_each(message, see_unrepaired, reading);
    beside_each(message, see_beside, reading);
}

/* Sender and Reply-To: the first address. NULL where there is none. (transfer full) */
static OtherSender *
read_other(const Message *message, const char *name, Report *report)
{
    const int index = message ? message_find(message, name, 0) : -1;

    if (index < 0)
        return NULL;
    const Field *field = message_field(message, (guint)index);
    g_autofree char *value = field_value(message, field);
    Mailbox *mailbox = address_first(value);
    if (!mailbox)
        return NULL;
    OtherSender *other = record_new(&other_sender_type);
    other->address = g_strdup(mailbox->address);
    other->domain = g_strdup(mailbox->domain);
    g_ptr_array_add(other->evidence, host_field_evidence(message, field));
    if (!other->domain && redaction_in(other->address)) {
        Finding *finding = report_add_finding(report, "field-redacted", SEVERITY_INFO, name,
                                              other->address, NULL);
        evidence_copy_into(finding->evidence, other->evidence);
    }
    record_free(&mailbox_type, mailbox);
    return other;
}

/* NULL where somebody says that there is none. (transfer full) */
static OtherSender *
other_said(const char *value, const char *option)
{
    Mailbox *mailbox = *value ? address_first(value) : NULL;

    if (!mailbox)
        return NULL;
    OtherSender *other = record_new(&other_sender_type);
    other->address = g_strdup(mailbox->address);
    other->domain = g_strdup(mailbox->domain);
    g_ptr_array_add(other->evidence, evidence_option(option));
    record_free(&mailbox_type, mailbox);
    return other;
}

static void
replace_other(OtherSender **slot, OtherSender *other)
{
    record_free(&other_sender_type, *slot);
    *slot = other;
}

gboolean
identities_only_hidden(const GPtrArray *repairs)
{
    return repairs->len == 1 && g_str_equal(((const Repair *)repairs->pdata[0])->id, "redacted");
}

/* Whoever hides a name leaves no field out; and a sender may write what looks hidden. */
gboolean
identities_signatures_lost(const Report *report)
{
    const NoAuthor *none = no_author_find(report);

    if (report->dkim->len > 0)
        return FALSE;
    return (none && none->lack == AUTHOR_NOT_PASTED) || report_has_finding(report, "signature-lost") ||
           (g_strcmp0(report->source->fidelity, "fragments") == 0 && !identities_only_hidden(report->source->repairs));
}

void
identities_authors(const Message *message, Report *report)
{
    static const AuthorOverrides none = { 0 };

    identities_authors_as(message, &none, report);
}

void
identities_authors_as(const Message *message, const AuthorOverrides *given, Report *report)
{
    Author *author = report->from;
    Reading reading = { .author = author };

    read_from(message, given, &reading);
    /* One Author Domain, or none: what a reader may see beside it must not be guessed away (RFC 9989, 5.3.1 and 11.5).
     * That goes for a From field that names nobody, too: RFC 5322, 3.6.2 wants an author in it, and programs that show the
     * first field show "From: Bank:;" or "From: (Bank)" above a signed one. */
    if (author->domains->len == 1 && reading.malformed == 0 && reading.redacted == 0 && reading.empty == 0 && !reading.disguised.address)
        author->domain = g_strdup(author->domains->pdata[0]);
    if (!is_usual(&reading))
        add_problems(report, &reading);
    tell_beside(message, report, &reading);
    replace_other(&report->sender, given->sender ? other_said(given->sender, given->option)
                                                 : read_other(message, "Sender", report));
    replace_other(&report->reply_to, given->reply_to ? other_said(given->reply_to, given->option)
                                                     : read_other(message, "Reply-To", report));
    wordset_clear(&reading.domains);
    g_free(reading.malformed_text);
    g_free(reading.redacted_text);
    g_free(reading.claimed);
    g_free(reading.real);
    g_free(reading.hidden);
    g_free(reading.beside.address);
    g_free(reading.disguised.address);
}
