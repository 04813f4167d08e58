/* received.c: one Received field as a hop, in the dialects of the servers that write them.
 * SPDX-License-Identifier: MIT */
#include "headers/received.h"

#include <string.h>

#include "headers/lexer.h"
#include "headers/maildate.h"
#include "headers/received-parts.h"

/* Comments beyond these are not looked into: none of ours says more. */
#define COMMENT_MAX 2000

typedef enum { CLAUSE_NONE, CLAUSE_FROM, CLAUSE_BY, CLAUSE_VIA, CLAUSE_WITH, CLAUSE_ID, CLAUSE_FOR }
    Clause;

typedef struct {
    ReceivedParts *parts;
    Hop           *hop;
    Clause         clause;
    guint          words;       /* of this clause so far */
    GString       *protocol;
} Parser;

static const struct { const char *word; Clause clause; } keywords[] = {
    { "from", CLAUSE_FROM }, { "by", CLAUSE_BY }, { "via", CLAUSE_VIA },
    { "with", CLAUSE_WITH }, { "id", CLAUSE_ID }, { "for", CLAUSE_FOR },
};

static Clause
clause_of(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(keywords); i++)
        if (g_ascii_strcasecmp(word, keywords[i].word) == 0)
            return keywords[i].clause;
    return CLAUSE_NONE;
}

static void
replace(char **slot, char *text)
{
    g_free(*slot);
    *slot = text;
}

/* "mail.example.com." of Google, "user@host" of old sendmail and qmail: the host's name. */
static char *
host_of(const char *word)
{
    const char *at = strrchr(word, '@');
    char *host = g_strdup(at ? at + 1 : word);
    const gsize length = strlen(host);

    if (length > 1 && host[length - 1] == '.')
        host[length - 1] = '\0';
    return host;
}

/* "[192.0.2.1]", "[192.0.2.1]:4711" (Exim), "user@192.0.2.1" (qmail), "192.0.2.1". */
static char *
ip_of(const char *word)
{
    const char *at = strrchr(word, '@');
    const char *start = at ? at + 1 : word;
    const char *bracket = *start == '[' ? strchr(start, ']') : NULL;
    g_autofree char *bare = bracket ? g_strndup(start, (gsize)(bracket - start) + 1)
                                    : g_strdup(start);

    return ip_canonical(bare);
}

static gboolean
is_unknown(const char *word)
{
    return g_ascii_strcasecmp(word, "unknown") == 0 || g_ascii_strcasecmp(word, "unverified") == 0;
}

/* What `from` is followed by outside comments: a name, as the client said it until a comment
 * tells that it was looked up. */
static void
read_client_name(Parser *parser, const char *word)
{
    g_autofree char *ip = ip_of(word);

    parser->hop->from = g_strdup(word);
    if (ip)
        parser->hop->ip = g_steal_pointer(&ip);
    else if (!is_unknown(word))
        parser->hop->helo = g_strdup(word);
}

static void
helo_stated(Parser *parser, const char *helo)
{
    Hop *hop = parser->hop;
    g_autofree char *ip = hop->from ? ip_of(hop->from) : NULL;

    /* Then the name before the comment is the one that reverse DNS gave (Exim, qmail). */
    if (hop->from && !ip && !is_unknown(hop->from) && !hop->ptr)
        hop->ptr = host_of(hop->from);
    else
        parser->parts->ptr_unknown = TRUE;
    replace(&hop->helo, g_strdup(helo));
}

static void
client_word(Parser *parser, const char *word, guint index)
{
    Hop *hop = parser->hop;
    g_autofree char *ip = ip_of(word);

    if (ip && (!parser->parts->ip_stated || *word == '[')) {
        replace(&hop->ip, g_steal_pointer(&ip));
        parser->parts->ip_stated = TRUE;
    } else if (g_ascii_strncasecmp(word, "helo=", 5) == 0) {
        helo_stated(parser, word + 5);
    } else if (index == 0 && !ip && !hop->ptr && is_unknown(word)) {
        parser->parts->ptr_unknown = TRUE;
    } else if (index == 0 && !ip && !hop->ptr && strchr(word, '.') && !strchr(word, '=')) {
        hop->ptr = host_of(word);       /* "helo (ptr [ip])": Postfix, sendmail, Google */
    }
}

static void
client_comment(Parser *parser, const char *comment)
{
    g_auto(GStrv) words = g_strsplit(comment, " ", 8);

    for (guint i = 0; words[i]; i++) {
        if (i == 0 && words[1] && (g_ascii_strcasecmp(words[0], "HELO") == 0 ||
                                   g_ascii_strcasecmp(words[0], "EHLO") == 0)) {
            helo_stated(parser, words[1]);      /* "(HELO x)": qmail, Yahoo */
            return;
        }
        client_word(parser, words[i], i);
    }
}

/* "TLSv1.3", "TLS1_3", "TLS1.2:ECDHE…", "SSLv3": never "TLS_AES_…", which names a cipher. */
static char *
tls_version(const char *word)
{
    const char *equals = strchr(word, '=');
    const char *text = equals ? equals + 1 : word;
    const gboolean tls = g_ascii_strncasecmp(text, "TLS", 3) == 0;

    if (!tls && g_ascii_strncasecmp(text, "SSL", 3) != 0)
        return NULL;
    const char *c = text + 3;
    c += *c == 'v' || *c == 'V';
    if (!g_ascii_isdigit(*c))
        return NULL;
    const gboolean minor = (c[1] == '.' || c[1] == '_') && g_ascii_isdigit(c[2]);
    const char end = minor ? c[3] : c[1];
    if (end != '\0' && !strchr(",:;/)", end))
        return NULL;
    return minor ? g_strdup_printf("%sv%c.%c", tls ? "TLS" : "SSL", c[0], c[2])
                 : g_strdup_printf("%sv%c", tls ? "TLS" : "SSL", c[0]);
}

static void
read_tls(Parser *parser, const char *comment)
{
    g_auto(GStrv) words = g_strsplit(comment, " ", 12);

    for (guint i = 0; words[i] && !parser->hop->tls; i++)
        parser->hop->tls = tls_version(words[i]);
}

static void
read_comment(Parser *parser, const LexToken *token)
{
    if (token->end - token->start > COMMENT_MAX)
        return;
    g_autofree char *comment = lex_text(token);
    parser->words += parser->words == 0 && parser->clause != CLAUSE_NONE;
    if (g_ascii_strncasecmp(comment, "HELO ", 5) != 0 &&
        g_ascii_strncasecmp(comment, "EHLO ", 5) != 0)
        read_tls(parser, comment);      /* what a client says is no fact about the connection */
    if (parser->clause == CLAUSE_FROM && !parser->hop->tls)
        client_comment(parser, comment);
    else if (parser->clause == CLAUSE_BY && !parser->parts->by_ip)
        parser->parts->by_ip = ip_of(comment);
    else if (parser->clause == CLAUSE_WITH && parser->protocol->len > 0)
        parser->clause = CLAUSE_NONE;   /* "esmtps (TLS1.3) tls TLS_AES_…": Exim's cipher */
}

static void
read_word(Parser *parser, const char *word)
{
    const Clause next = clause_of(word);

    /* The word behind a keyword is its value, whatever it looks like; but `with` may have several
     * ("Microsoft SMTP Server") and an empty clause none. */
    if (next != CLAUSE_NONE && (parser->words > 0 || parser->clause == CLAUSE_NONE)) {
        parser->clause = next;
        parser->words = 0;
        return;
    }
    const guint index = parser->words++;
    if (parser->clause == CLAUSE_WITH && parser->protocol->len < 200)
        g_string_append_printf(parser->protocol, "%s%s", index ? " " : "", word);
    if (index > 0)
        return;
    if (parser->clause == CLAUSE_FROM && !parser->hop->from)
        read_client_name(parser, word);
    else if (parser->clause == CLAUSE_BY && !parser->hop->by)
        parser->hop->by = g_strdup(word);
    else if (parser->clause == CLAUSE_ID && !parser->hop->id)
        parser->hop->id = g_strdup(word);
}

/* The date stands behind the last semicolon outside comments; Go programs and some gateways put
 * more behind it, so the first that can be read counts. */
static void
read_date(Hop *hop, const char *rest)
{
    gint64 seconds;
    char *text = NULL;

    if (!hop->date && maildate_parse(rest, &seconds, &text)) {
        hop->date = text;
        hop->time = seconds;
    }
}

/* A comment that never ends swallows the date: look behind the last semicolon all the same. */
static void
rescue_date(Hop *hop, const char *value)
{
    const char *semicolon = strrchr(value, ';');

    if (semicolon)
        read_date(hop, semicolon + 1);
}

static void
read_tokens(Parser *parser, const char *value)
{
    Lexer lexer;
    guint dates = 0;

    lexer_init(&lexer, value, ";");
    for (LexToken t = lexer_next(&lexer); t.kind != LEX_END; t = lexer_next(&lexer)) {
        if (lex_is(&t, ';')) {
            if (dates++ < 4)
                read_date(parser->hop, t.end);
        } else if (t.kind == LEX_COMMENT) {
            read_comment(parser, &t);
        } else if (dates == 0 && t.end - t.start <= COMMENT_MAX) {
            g_autofree char *word = lex_text(&t);
            read_word(parser, word);
        }
    }
    if (!parser->hop->date)
        rescue_date(parser->hop, value);
}

Hop *
received_parse_parts(const char *value, ReceivedParts *parts)
{
    Parser parser = { .parts = parts, .hop = record_new(&hop_type) };
    Hop *hop = parser.hop;

    *parts = (ReceivedParts){ 0 };
    parser.protocol = g_string_new(NULL);
    read_tokens(&parser, value);
    hop->protocol = g_string_free(parser.protocol, parser.protocol->len == 0);
    /* "from [192.0.2.1]" without a HELO of its own: the literal is what the client said. */
    if (hop->from && !hop->helo && *hop->from == '[')
        hop->helo = g_strdup(hop->from);
    return hop;
}

void
received_parts_clear(ReceivedParts *parts)
{
    g_clear_pointer(&parts->by_ip, g_free);
}

Hop *
received_parse(const char *value)
{
    ReceivedParts parts;
    Hop *hop = received_parse_parts(value, &parts);

    received_parts_clear(&parts);
    return hop;
}
