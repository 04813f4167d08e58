/* address.c: mailboxes, read token by token so that none can hide.
 * SPDX-License-Identifier: MIT */
#include "headers/address.h"

#include <string.h>

#include "base/name.h"
#include "headers/lexer.h"
#include "headers/redaction.h"
#include "message/decode.h"

/* One mailbox while it is read. `text` is what stands outside <>: it becomes the display name or,
 * without <>, the address; blanks around `@` and `.` are obsolete but allowed (4.4). */
typedef struct {
    AddressVisit visit;
    gpointer     data;
    GString     *phrase;    /* outside <>, quotes taken off: the name */
    GString     *text;      /* the same as written: the address where no <> comes */
    GString     *angle;
    GString     *after;     /* what follows the > */
    GString     *comment;
    gboolean     has_angle;
    gboolean     in_angle;
    gboolean     has_at;    /* `text` has an @ that is no part of a quoted string */
    gsize        group;     /* so much of `phrase` is the name of a group, its colon included, and has an @ in it */
    gboolean     routed;
} Reader;

static char *
decode_name(const GString *phrase)
{
    return phrase->len > 0 ? decode_phrase(phrase->str) : NULL;
}

char *
address_shown_host(const char *text)
{
    char *name = name_normalise(text);

    for (const char *c = name; c && *c; c++) {
        if (!g_ascii_isalnum(*c) && *c != '-' && *c != '_' && *c != '.') {
            g_free(name);
            return NULL;
        }
    }
    return name;
}

char *
address_host(const char *text)
{
    return text && redaction_in(text) ? NULL : address_shown_host(text);
}

/* The `@` that parts local part and domain: the only one outside quotes, behind a local part that
 * is not empty, and with no blank outside quotes. */
static const char *
only_at(const char *address)
{
    const char *at = NULL;
    gboolean quoted = FALSE;

    for (const char *c = address; *c; c++) {
        if (*c == '\\' && quoted && c[1])
            c++;
        else if (*c == '"')
            quoted = !quoted;
        else if (!quoted && (g_ascii_isspace(*c) || (*c == '@' && at)))
            return NULL;
        else if (!quoted && *c == '@')
            at = c;
    }
    return at == address || quoted ? NULL : at;
}

char *
address_domain(const char *address)
{
    const char *at = address ? only_at(address) : NULL;

    if (!at || redaction_in(address))
        return NULL;
    /* What is hidden in a part is hidden in the whole, where that is not too long to be looked at. */
    return strlen(address) > REDACTION_MAX ? address_host(at + 1) : address_shown_host(at + 1);
}

/* ---- in running text ---- */

static gboolean
is_local(gunichar c)
{
    return c > 0x7F || g_ascii_isalnum((char)c) || strchr("!#$%&'*+-/=?^_`{|}~.", (int)c);
}

static gboolean
is_host(gunichar c)
{
    return c > 0x7F ? g_unichar_isalnum(c) : g_ascii_isalnum((char)c) || c == '-' || c == '.';
}

char *
address_around(const char *text, const char *at)
{
    const char *start = at, *end = at + 1;

    while (start > text && is_local(g_utf8_get_char(g_utf8_prev_char(start))))
        start = g_utf8_prev_char(start);
    while (*end && is_host(g_utf8_get_char(end)))
        end = g_utf8_next_char(end);
    while (end > at + 1 && (end[-1] == '.' || end[-1] == '-'))
        end--;
    if (start == at || !memchr(at, '.', (gsize)(end - at)))
        return NULL;
    return g_strndup(start, (gsize)(end - start));
}

/* obs-route = *"," "@" domain *("," ["@" domain]) ":". What is none may hide another address: it stays where it is. */
const char *
address_without_route(const char *path)
{
    const char *at = path;

    while (*at == '@' || *at == ',' || g_ascii_isspace(*at)) {
        at++;
        if (at[-1] == '@')
            at += strcspn(at, *at == '[' ? "]@,<\"" : ":@,<\"");
        at += *at == ']';
    }
    return at > path && *at == ':' ? at + 1 + strspn(at + 1, " \t") : path;
}

static void
emit(const Reader *reader, const char *address, char *name)
{
    Mailbox *mailbox = record_new(&mailbox_type);

    mailbox->address = *address ? g_strdup(address) : NULL;
    mailbox->domain = address_domain(mailbox->address);
    mailbox->name = name;
    reader->visit(mailbox, reader->data);
}

static void
emit_angle(Reader *reader)
{
    const char *address = address_without_route(reader->angle->str);
    const gboolean other = strchr(reader->after->str, '@') != NULL;

    reader->routed = reader->routed || address != reader->angle->str;
    if (!other && reader->after->len > 0) {
        g_string_append_printf(reader->phrase, "%s%s", reader->phrase->len ? " " : "",
                               reader->after->str);
    }
    char *name = decode_name(reader->phrase->len ? reader->phrase : reader->comment);
    if (*address || name)
        emit(reader, address, name);
    if (other)
        emit(reader, reader->after->str, NULL);
}

static void
emit_bare(Reader *reader)
{
    const GString *name = reader->group > 0 ? g_string_truncate(reader->phrase, reader->group - 1) : reader->comment;

    emit(reader, reader->text->str, decode_name(name));
}

static void
flush(Reader *reader)
{
    if (reader->has_angle)
        emit_angle(reader);
    else if (reader->text->len > 0)
        emit_bare(reader);
    g_string_truncate(reader->phrase, 0);
    g_string_truncate(reader->text, 0);
    g_string_truncate(reader->angle, 0);
    g_string_truncate(reader->after, 0);
    g_string_truncate(reader->comment, 0);
    reader->has_angle = reader->in_angle = reader->has_at = FALSE;
    reader->group = 0;
}

static gboolean
joins(char c)
{
    return c == '@' || c == '.';
}

/* As written, but for blanks around `@` and `.`. */
static void
append_address(GString *to, const LexToken *token)
{
    const gboolean bound = to->len == 0 || joins(to->str[to->len - 1]) || joins(*token->start);

    if (!token->glued && !bound)
        g_string_append_c(to, ' ');
    g_string_append_len(to, token->start, token->end - token->start);
}

static void
append_phrase(GString *to, const LexToken *token)
{
    g_autofree char *plain = lex_text(token);

    if ((!token->glued || token->kind == LEX_COMMENT) && to->len > 0)
        g_string_append_c(to, ' ');
    g_string_append(to, plain);
}

static void
open_angle(Reader *reader)
{
    if (reader->in_angle && reader->angle->len == 0)
        return;                             /* "<<a@b>>" */
    if (reader->has_angle)
        flush(reader);
    reader->has_angle = reader->in_angle = TRUE;
}

/* A group's name is nobody's address. What looks like one in it, in quotes, is told as the name of the first member: it may be all
 * that a mail program shows. */
static void
leave_group_name(Reader *reader)
{
    if (reader->group > 0 || strchr(reader->phrase->str, '@'))
        reader->group = g_string_append_c(reader->phrase, ':')->len;
    else
        g_string_truncate(reader->phrase, 0);
    g_string_truncate(reader->text, 0);
}

/* TRUE when the character had a meaning here, FALSE when it is text. */
static gboolean
read_special(Reader *reader, const LexToken *token)
{
    switch (*token->start) {
    case '<':
        open_angle(reader);
        return TRUE;
    case '>':
        if (!reader->has_angle)
            return FALSE;
        reader->in_angle = FALSE;
        return TRUE;
    case ',':
        if (reader->in_angle && *reader->angle->str == '@')
            return FALSE;                   /* a route */
        flush(reader);
        return TRUE;
    case ';':
        flush(reader);                      /* a group's end, or a list as Outlook writes it */
        return TRUE;
    case ':':
        if (reader->has_angle || reader->has_at)
            return FALSE;
        leave_group_name(reader);
        return TRUE;
    default:
        return FALSE;
    }
}

static void
read_token(Reader *reader, const LexToken *token)
{
    if (token->kind == LEX_COMMENT) {
        if (!reader->in_angle)
            append_phrase(reader->comment, token);
        else if (token->unclosed && token->glued)       /* "<ann@example(.com>": nobody knows where the address ends */
            append_address(reader->angle, token);
        /* "Ann <ann@example.com> (<eve@example.net>": what never ends is text to many. */
        if (token->unclosed && memchr(token->start, '@', (gsize)(token->end - token->start)))
            append_phrase(reader->phrase, token);
    } else if (token->kind == LEX_CHAR && read_special(reader, token)) {
        return;
    } else if (reader->in_angle) {
        append_address(reader->angle, token);
    } else if (reader->has_angle) {
        append_address(reader->after, token);
    } else {
        append_address(reader->text, token);
        append_phrase(reader->phrase, token);
        reader->has_at = reader->has_at || (token->kind == LEX_CHAR && *token->start == '@');
    }
}

/* Letters, digits and what else an address is mostly made of: nothing that the lexer knows. */
static gsize
plain_length(const char *text)
{
    gsize length = 0;

    while (g_ascii_isalnum(text[length]) || (text[length] && strchr("._+-", text[length])))
        length++;
    return length;
}

/* "Ann Baker <ann@example.com>" and nothing else, as most fields are: what the lexer would make of it. FALSE: it is not
 * that plain. */
static gboolean
read_plain(const Reader *reader, const char *value)
{
    const char *angle = strchr(value, '<');
    const gsize local = angle ? plain_length(angle + 1) : 0;
    const char *at = local > 0 ? angle + 1 + local : NULL;
    const gsize domain = at && *at == '@' ? plain_length(at + 1) : 0;

    if (domain == 0 || !g_str_equal(at + 1 + domain, ">"))
        return FALSE;
    g_autofree char *name = g_strndup(value, (gsize)(angle - value));   /* room for it */
    g_autofree char *address = g_strndup(angle + 1, local + 1 + domain);
    gsize length = 0;
    for (; value < angle; value++) {
        if (g_ascii_isalnum(*value))
            name[length++] = *value;
        else if (*value != ' ')
            return FALSE;
        else if (length > 0 && name[length - 1] != ' ')
            name[length++] = ' ';
    }
    length -= length > 0 && name[length - 1] == ' ' ? 1 : 0;
    name[length] = '\0';
    emit(reader, address, length > 0 ? decode_phrase(name) : NULL);
    return TRUE;
}

gboolean
address_each(const char *value, AddressVisit visit, gpointer data)
{
    Reader reader = { .visit = visit, .data = data };
    GString **buffers[] = { &reader.phrase, &reader.text, &reader.angle, &reader.after,
                            &reader.comment };
    Lexer lexer;

    if (read_plain(&reader, value))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(buffers); i++)
        *buffers[i] = g_string_new(NULL);
    lexer_init(&lexer, value, "<>,;:@\"");      /* "Ann"Baker is two words (RFC 5322, 3.2.5) */
    for (LexToken t = lexer_next(&lexer); t.kind != LEX_END; t = lexer_next(&lexer))
        read_token(&reader, &t);
    flush(&reader);
    for (gsize i = 0; i < G_N_ELEMENTS(buffers); i++)
        g_string_free(*buffers[i], TRUE);
    return reader.routed;
}

static void
keep_first(Mailbox *mailbox, gpointer data)
{
    Mailbox **first = data;

    if (!*first && mailbox->address)
        *first = mailbox;
    else
        record_free(&mailbox_type, mailbox);
}

Mailbox *
address_first(const char *value)
{
    Mailbox *first = NULL;

    address_each(value, keep_first, &first);
    return first;
}
