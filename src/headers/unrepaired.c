/* unrepaired.c: From: looked for in what repairs were made of, and in what they made.
 * SPDX-License-Identifier: MIT */
#include "headers/unrepaired.h"

#include <string.h>

#include "headers/beside.h"
#include "headers/from-word.h"

typedef struct {
    AddressVisit visit;
    gpointer     data;
    gboolean     cut;       /* of what is read only the beginning is From:'s: its last word names the next field */
} Visitor;

/* "ann@example.com Date", cut. */
static void
see_address(Mailbox *mailbox, gpointer data)
{
    const Visitor *visitor = data;
    const char *at = visitor->cut && !mailbox->domain && mailbox->address ? strchr(mailbox->address, '@') : NULL;
    char *address = at ? address_around(mailbox->address, at) : NULL;

    if (address) {
        g_free(mailbox->address);
        mailbox->address = address;
        mailbox->domain = address_domain(address);
    }
    visitor->visit(mailbox, visitor->data);
}

/* (transfer full: address) */
static void
visit_address(char *address, const Visitor *visitor)
{
    Mailbox *mailbox = record_new(&mailbox_type);

    mailbox->address = address;
    mailbox->domain = address_domain(address);
    visitor->visit(mailbox, visitor->data);
}

/* "Ann <ann@example.com> To: Bob": a header in one line, of which the first value is From:'s. */
static gboolean
cut_at_next_field(char *value)
{
    char *at = strchr(value, '@');
    char *colon = at ? strchr(at, ':') : NULL;

    if (colon)
        *colon = '\0';
    return colon != NULL;
}

static gboolean
has_one_of(const GPtrArray *repairs, const char *const *ids)
{
    while (*ids && !repairs_have(repairs, *ids))
        ids++;
    return *ids != NULL;
}

static void
see_line(const BesideLine *line, gpointer data)
{
    if (line->shown)
        address_each(line->value, see_address, data);
}

static void
read_original(GBytes *original, Visitor *visitor)
{
    g_autoptr(Message) before = message_from_bytes(original, "", NULL);

    for (int i = before ? message_find(before, "From", 0) : -1; i >= 0; i = message_find(before, "From", (guint)i + 1)) {
        g_autofree char *value = field_value(before, message_field(before, (guint)i));
        visitor->cut = cut_at_next_field(value);
        address_each(value, see_address, visitor);
    }
    visitor->cut = FALSE;
    if (before)
        beside_each(before, see_line, visitor);
}

/* ---- lines that a mark did not fit ---- */

#define MARKS "0123456789>|:.) \t"

/* "  12: From: ann@example.com", "> **From:** …"; NULL: none. */
static const char *
behind_marked_from(const char *line)
{
    const char *at = line + strspn(line, " \t");

    if (!g_ascii_isdigit(*at) && *at != '>' && *at != '|')
        return NULL;
    return from_word_behind(at + strspn(at, MARKS FROM_EMPHASIS));
}

/* How much of the line below may belong to a field: nothing where another begins ("> To: bob@example.net"). More than one blank
 * behind its mark folds a line, whatever that looks like. */
static gsize
continued(const char *line)
{
    const char *at = line + strspn(line, MARKS), *end = at;

    while (g_ascii_isalnum(*end) || *end == '-')
        end++;
    const gboolean folded = at - line > 1 && strspn(at - 2, " \t") == 2;
    return end > at && *end == ':' && !folded ? 0 : strcspn(line, "\n");
}

/* Where a line in the middle of a header lacks its quote mark or its number, all behind it goes. */
static void
read_marked_lines(GBytes *original, Visitor *visitor)
{
    gsize length = 0;
    const char *bytes = g_bytes_get_data(original, &length);
    g_autofree char *text = g_strndup(bytes, length);

    for (char *line = text, *end; line; line = end) {
        end = strchr(line, '\n');
        if (end)
            *end++ = '\0';
        const char *value = behind_marked_from(line);
        /* the address may stand in the next line, behind a mark of its own */
        g_autofree char *whole = value ? g_strdup_printf("%s %.*s", value, end ? (int)continued(end) : 0, end ? end : "") : NULL;
        char *address = from_word_address(whole);
        if (address)
            visit_address(address, visitor);
    }
}

/* ---- names and values of a list or a table ---- */

/* So far behind its name the address stands. */
#define LISTED_MAX 400

/* "From" as a name: a quote, a bar, a tab or a mark stands behind it. In a value ("from mail.example.com") a word does. */
static const char *
behind_listed_from(const char *text, const char *at)
{
    if (g_ascii_strncasecmp(at, "From", 4) != 0 || (at > text && (g_ascii_isalnum(at[-1]) || strchr("-._", at[-1]))))
        return NULL;
    at += 4 + strspn(at + 4, " ");
    return *at && strchr("\"'`|\t:*_", *at) ? at : NULL;
}

/* The address of each: before the bracket that ends its object, and in a table in the same line. */
static void
read_listed(GBytes *original, gboolean table, Visitor *visitor)
{
    gsize length = 0;
    const char *bytes = g_bytes_get_data(original, &length);
    g_autoptr(GString) text = g_string_new_len(bytes, (gssize)length);

    for (gsize i = 0; i < length; i++)      /* a NUL would hide the rest */
        text->str[i] = bytes[i] ? bytes[i] : ' ';
    for (const char *at = text->str; (at = strpbrk(at, "Ff")); at++) {
        const char *value = behind_listed_from(text->str, at);
        gsize most = 0;
        while (value && most < LISTED_MAX && value[most] && !strchr(table ? "\n" : "})]", value[most]))
            most++;
        const char *sign = value ? memchr(value, '@', most) : NULL;
        char *address = sign ? address_around(text->str, sign) : NULL;
        if (address)
            visit_address(address, visitor);
    }
}

/* ---- inside other fields ---- */

static void
read_text(const char *value, FromPlace place, Visitor *visitor)
{
    for (const char *at = value; (at = from_word_find(value, at, place));) {
        const gsize length = strcspn(at, ":");
        g_autofree char *text = g_strdelimit(g_strndup(at, length), "\r\n", ' ');
        visitor->cut = TRUE;
        if (strchr(text, '@'))
            address_each(text, see_address, visitor);
    }
}

/* Or goes on with one. */
static gboolean
begins_field(const char *text, const char *end)
{
    const char *at = text;

    if (at < end && (*at == ' ' || *at == '\t'))
        return TRUE;
    while (at < end && (g_ascii_isalnum(*at) || *at == '-'))
        at++;
    while (at > text && at < end && (*at == ' ' || *at == '\t'))
        at++;
    return at > text && at < end && *at == ':';
}

/* The end of a paragraph: where an empty line follows, and a line that begins with no blank. */
static const char *
paragraph_end(const char *text, const char *end)
{
    while (text < end) {
        const char *lf = memchr(text, '\n', (gsize)(end - text));
        if (!lf || lf + 1 == end)
            return lf ? lf : end;
        text = lf + 1;
        while (text < end && (*text == '\n' || *text == '\r'))
            text++;
        if (text > lf + 1 && (text == end || (*text != ' ' && *text != '\t')))
            return lf;
    }
    return end;
}

/* The end of the first line, and of those that go on with it: folded, the address may stand there. */
static const char *
field_end(const char *text, const char *end)
{
    const char *lf = memchr(text, '\n', (gsize)(end - text));

    while (lf && lf + 1 < end && (lf[1] == ' ' || lf[1] == '\t'))
        lf = memchr(lf + 1, '\n', (gsize)(end - lf - 1));
    return lf ? lf : end;
}

/* Where the body was found by guessing, too, the header may go on there: as long as paragraphs begin with a field. Of the first, the
 * first field is enough, unless blank lines were taken out above it (`spread`). */
static void
read_body(const Message *message, gboolean spread, Visitor *visitor)
{
    const Span body = message_body(message);
    const char *text = span_in(message_raw(message), body), *end = text + span_length(body);

    do {
        while (text < end && (spread ? *text == '\n' || *text == '\r' : g_ascii_isspace(*text)))
            text++;
        const char *stop = spread ? paragraph_end(text, end) : field_end(text, end);
        if (spread && !begins_field(text, stop))
            return;
        g_autofree char *lines = g_strndup(text, (gsize)(stop - text));
        read_text(lines, FROM_LINE, visitor);
        text = stop;
    } while (spread && text < end);
}

void
unrepaired_each(const Message *message, AddressVisit visit, gpointer data)
{
    /* The first two take marks off; the others guess where lines ended: "Subject: Plans From: ann@example.com" may be one
     * field or two. */
    static const char *const marks[] = { "line-numbers", "quote-marks", NULL };
    static const char *const marked[] = { "quote-marks", "emphasis", "line-marks", "bullets", NULL };
    static const char *const guesses[] = { "one-line", "glued-lines", "folding", "blank-lines", NULL };
    const Origin *origin = message_origin(message);
    Visitor visitor = { visit, data, FALSE };

    if (!origin->original || origin->repairs->len == 0)
        return;
    read_original(origin->original, &visitor);
    if (message_find(message, "From", 0) < 0)
        return;     /* what stands elsewhere may be anybody's, and would be the only author */
    if (!message_has_body(message) && has_one_of(origin->repairs, marks))
        read_marked_lines(origin->original, &visitor);
    const gboolean table = repairs_have(origin->repairs, "table");
    if (table || repairs_have(origin->repairs, "pairs"))
        read_listed(origin->original, table, &visitor);
    const gboolean guessed = has_one_of(origin->repairs, guesses);
    const FromPlace place = guessed ? FROM_ANYWHERE : has_one_of(origin->repairs, marked) ? FROM_MARKED : FROM_LINE;
    for (guint i = 0; i < message_n_fields(message); i++) {
        const Field *field = message_field(message, i);
        g_autofree char *value = message_field_is(message, field, "From") ? NULL : field_raw_value(message, field);
        if (value)
            read_text(value, place, &visitor);
    }
    if (guessed)
        read_body(message, repairs_have(origin->repairs, "blank-lines"), &visitor);
}
