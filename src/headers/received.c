/* received.c: one Received field as a hop, in the dialects of the servers that write them.
 * SPDX-License-Identifier: MIT */
#include "headers/received.h"

#include <string.h>

#include "base/lower.h"
#include "headers/lexer.h"
#include "headers/maildate.h"
#include "headers/received-parts.h"

/* Words and comments beyond these are not looked into: none of ours says more. */
#define COMMENT_MAX 2000
/* A date takes no more octets than this. */
#define DATE_TAIL   100

typedef enum { CLAUSE_NONE, CLAUSE_FROM, CLAUSE_BY, CLAUSE_VIA, CLAUSE_WITH, CLAUSE_ID, CLAUSE_FOR }
    Clause;

typedef struct {
    ReceivedParts *parts;
    Hop           *hop;
    Clause         clause;
    guint          words;       /* of this clause so far */
    char          *tls;         /* the version */
    gboolean       tls_used;    /* though no version is named */
    gboolean       exim;
} Parser;

/* By their last letters, since two of them begin with the same. */
static const struct { const char *word; Clause clause; } keywords[32] = {
    ['m' & 31] = { "from", CLAUSE_FROM }, ['y' & 31] = { "by", CLAUSE_BY }, ['a' & 31] = { "via", CLAUSE_VIA },
    ['h' & 31] = { "with", CLAUSE_WITH }, ['d' & 31] = { "id", CLAUSE_ID }, ['r' & 31] = { "for", CLAUSE_FOR },
};

static Clause
clause_of(const char *word)
{
    const gsize length = strnlen(word, 5);
    const char *keyword = length >= 2 && length <= 4 ? keywords[word[length - 1] & 31].word : NULL;

    return keyword && strlen(keyword) == length && lower_same(word, keyword, length) ? keywords[word[length - 1] & 31].clause
                                                                                    : CLAUSE_NONE;
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
    char version[4] = { c[0] };
    if (minor) {
        version[1] = '.';
        version[2] = c[2];
    }
    return g_strconcat(tls ? "TLSv" : "SSLv", version, NULL);
}

/* Few comments hold anything that read_tls() and read_hand_in() look for, and how it begins: "TLS", "SSL", "authenticated",
 * "account ", "from userid", "by uid ", "/submit". */
static gboolean
may_tell(const char *comment)
{
    static const char *const signs[32][2] = {
        ['a' & 31] = { "aut", "acc" }, ['u' & 31] = { "use", "uid" }, ['/' & 31] = { "/su" },
        ['t' & 31] = { "tls" }, ['s' & 31] = { "ssl" },
    };

    for (const char *c = comment; *c; c++) {
        const char *const *sign = signs[*c & 31];
        for (guint i = 0; i < 2 && sign[i]; i++)
            if ((c[1] | 0x20) == sign[i][1] && (c[2] | 0x20) == sign[i][2])
                return TRUE;
    }
    return FALSE;
}

/* What a comment says of the connection; "TLS" where it names no version (Exchange, Mimecast). */
static void
read_tls(Parser *parser, const char *comment)
{
    gboolean used = FALSE;

    g_auto(GStrv) words = g_strsplit(comment, " ", 12);
    for (guint i = 0; words[i] && !parser->tls; i++) {
        parser->tls = tls_version(words[i]);
        used = used || g_ascii_strcasecmp(words[i], "TLS") == 0;
    }
    parser->tls_used = parser->tls_used || used;
}

static gboolean
contains(const char *lower, const char *const *words)
{
    for (; *words; words++)
        if (strstr(lower, *words))
            return TRUE;
    return FALSE;
}

static gboolean
in_host(char c)
{
    return g_ascii_isalnum(c) || (c && strchr("._-@", c));
}

/* "authenticated" as a word of the server's own, not as the name that a client says or has by reverse DNS:
 * "authenticated.example [192.0.2.1]", "helo=authenticated", "authenticated@pc.example". */
static gboolean
tells_login(const char *lower)
{
    static const char word[] = "authenticated";

    for (const char *at = strstr(lower, word); at; at = strstr(at + 1, word)) {
        const char *start = at, *end = at;
        while (start > lower && in_host(start[-1]))
            start--;
        while (in_host(*end))
            end++;
        const gsize length = (gsize)(end - start);
        if (!memchr(start, '.', length) && !memchr(start, '@', length) && (start == lower || start[-1] != '=') &&
            strncmp(end, " [", 2) != 0)
            return TRUE;
    }
    return FALSE;
}

/* Who handed the message in: somebody who logged in, or a program on the host itself. */
static void
read_hand_in(Parser *parser, const char *comment)
{
    static const char *const logins[] = { "auth: ", "auth=", "auth login", "account ", NULL };
    static const char *const locals[] = { "from userid", "by uid ", "/submit)", "/submit", NULL };
    static const char *const refused[] = { "not authenticated", "unauthenticated", "auth=none",
                                           "auth=fail", NULL };

    g_autofree char *lower = lower_text(comment);

    if ((tells_login(lower) || contains(lower, logins)) && !contains(lower, refused))
        parser->parts->authenticated = TRUE;
    if (contains(lower, locals))
        parser->parts->local = TRUE;
}

static void
read_by_comment(Parser *parser, const char *comment)
{
    g_auto(GStrv) words = g_strsplit(comment, " ", 6);

    for (guint i = 0; words[i] && !parser->parts->by_ip; i++)
        parser->parts->by_ip = received_ip(words[i]);
}

static gboolean
is_helo(const char *comment)
{
    return ((*comment | 0x20) == 'h' || (*comment | 0x20) == 'e') &&
           (g_ascii_strncasecmp(comment, "HELO ", 5) == 0 || g_ascii_strncasecmp(comment, "EHLO ", 5) == 0);
}

static void
read_comment(Parser *parser, char *comment)
{
    const gboolean client = parser->clause == CLAUSE_FROM && !parser->tls && !parser->tls_used;

    parser->words += parser->words == 0 && parser->clause != CLAUSE_NONE;
    if (!is_helo(comment)) {
        /* What a client says is no fact about the connection. */
        parser->exim = parser->exim || strncmp(comment, "Exim ", 5) == 0;
        if (may_tell(comment)) {
            read_tls(parser, comment);
            read_hand_in(parser, comment);
        }
    }
    if (client && !parser->tls && !parser->tls_used)
        received_client_comment(parser->hop, parser->parts, comment);
    else if (parser->clause == CLAUSE_BY)
        read_by_comment(parser, comment);
    else if (parser->clause == CLAUSE_WITH && parser->hop->protocol)
        parser->clause = CLAUSE_NONE;   /* "esmtps (TLS1.3) tls TLS_AES_…": Exim's cipher */
}

/* `with` may have several words ("Microsoft SMTP Server") and come twice ("with ESMTP with
 * STARTTLS", Mimecast): the first names the protocol. */
static void
read_protocol(Parser *parser, const char *word, guint index)
{
    char *before = parser->hop->protocol;

    if (index == 0 && before) {
        parser->clause = CLAUSE_NONE;
        parser->tls_used = parser->tls_used || g_ascii_strcasecmp(word, "STARTTLS") == 0;
    } else if (index == 0) {
        parser->hop->protocol = *word ? g_strdup(word) : NULL;
    } else if (!before || strlen(before) < 200) {
        parser->hop->protocol = g_strconcat(before ? before : "", " ", word, NULL);
        g_free(before);
    }
}

static void
read_by(Parser *parser, const char *word)
{
    parser->hop->by = g_strdup(word);
    if (!parser->parts->by_ip)
        parser->parts->by_ip = received_ip(word);
}

static void
read_word(Parser *parser, const char *word)
{
    const Clause next = clause_of(word);
    Hop *hop = parser->hop;

    /* The word behind a keyword is its value, whatever it looks like; an empty clause has none. */
    if (next != CLAUSE_NONE && (parser->words > 0 || parser->clause == CLAUSE_NONE)) {
        parser->clause = next;
        parser->words = 0;
        return;
    }
    const guint index = parser->words++;
    if (parser->clause == CLAUSE_WITH)
        read_protocol(parser, word, index);
    else if (parser->clause == CLAUSE_FROM && index > 0)
        received_client_word(hop, parser->parts, word);
    else if (index > 0)
        return;
    else if (parser->clause == CLAUSE_FROM && !hop->from)
        received_client_name(hop, word);
    else if (parser->clause == CLAUSE_BY && !hop->by)
        read_by(parser, word);
    else if (parser->clause == CLAUSE_ID && !hop->id)
        hop->id = g_strdup(word);
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

/* "Tue, 1 Sep" or "2026-09-01" at `at`, at the start of a word. */
static gboolean
begins_date(const char *at)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

    for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
        if (strncmp(at, days[i], 3) == 0 && (at[3] == ',' || at[3] == ' '))
            return TRUE;
    return strspn(at, "0123456789") == 4 && at[4] == '-' && g_ascii_isdigit(at[5]);
}

/* A comment that never ends swallows the date: look behind the last semicolon all the same.
 * SendGrid writes no semicolon at all: look at the end. */
static void
rescue_date(Hop *hop, const char *value)
{
    const char *semicolon = strrchr(value, ';');
    const gsize length = strlen(value);
    const char *tail = value + length - MIN(length, DATE_TAIL);

    if (semicolon)
        read_date(hop, semicolon + 1);
    for (const char *at = tail; !hop->date && *at; at++)
        if ((at == value || g_ascii_isspace(at[-1])) && begins_date(at))
            read_date(hop, at);
}

/* FALSE: something in it has no end. */
static gboolean
read_tokens(Parser *parser, const char *value)
{
    char text[COMMENT_MAX + 1];
    Lexer lexer;
    guint dates = 0;
    gboolean closed = TRUE;

    lexer_init(&lexer, value, ";");
    for (LexToken t = lexer_next(&lexer); t.kind != LEX_END; t = lexer_next(&lexer)) {
        closed = closed && !t.unclosed;
        if (lex_is(&t, ';')) {
            if (dates++ < 4)
                read_date(parser->hop, t.end);
        } else if (t.end - t.start > COMMENT_MAX || (dates > 0 && t.kind != LEX_COMMENT)) {
            continue;
        } else {
            lex_text_into(&t, text);
            if (t.kind == LEX_COMMENT)
                read_comment(parser, text);
            else
                read_word(parser, text);
        }
    }
    return closed;
}

static void
begin(Parser *parser, ReceivedParts *parts)
{
    *parts = (ReceivedParts){ 0 };
    *parser = (Parser){ .parts = parts, .hop = record_new(&hop_type) };
}

static Hop *
finish(const Parser *parser)
{
    Hop *hop = parser->hop;

    hop->tls = parser->tls ? parser->tls : parser->tls_used ? g_strdup("TLS") : NULL;
    received_client_done(hop, parser->parts, parser->exim);
    return hop;
}

Hop *
received_parse_parts(const char *value, ReceivedParts *parts)
{
    Parser parser;

    begin(&parser, parts);
    read_tokens(&parser, value);
    if (!parser.hop->date)
        rescue_date(parser.hop, value);
    return finish(&parser);
}

Hop *
received_parse_head(const char *head, ReceivedParts *parts, gboolean *whole)
{
    Parser parser;

    begin(&parser, parts);
    *whole = read_tokens(&parser, head) && !strchr(head, ';') && !parser.hop->id &&
             (parser.words > 0 || parser.clause == CLAUSE_NONE);
    return finish(&parser);
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
