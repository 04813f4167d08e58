/* authres-parse.c: one Authentication-Results value, whatever its dialect (RFC 8601, 2.2).
 * SPDX-License-Identifier: MIT
 *
 * The grammar is read as a stream of words, comments and pairs; every departure from it is noted
 * by an id and reading goes on. */
#include "headers/authres.h"

#include <string.h>

#include "base/lower.h"
#include "base/solid.h"
#include "headers/address.h"
#include "headers/authres-parts.h"
#include "headers/authres-words.h"
#include "headers/lexer.h"
#include "message/decode.h"

/* No host has that much to say; beyond, the value is a flood and only its raw text is kept. */
#define RESULTS_MAX    500
#define PROPERTIES_MAX 100
#define COMMENT_MAX    4000

typedef struct {
    ReportedHeader *header;
    ReportedResult *result;     /* that comments and properties belong to; NULL before the first */
    Lexer           lexer;
    GString        *word;       /* words since the last pair, joined around `.` and `/` */
    guint           segment;    /* from 0, which holds the authserv-id */
    gboolean        paired;     /* this segment had a pair */
    gboolean        version;    /* the id's version was seen */
    gboolean        none;
    GPtrArray      *ahead;      /* Pair: properties at the beginning of a segment, until it is known whose they are; or NULL */
    gboolean        leading;    /* the segment began with properties */
} Parser;

gboolean
authres_has_deviation(const ReportedHeader *header, const char *id)
{
    for (guint i = 0; i < header->deviations->len; i++)
        if (g_str_equal(header->deviations->pdata[i], id))
            return TRUE;
    return FALSE;
}

void
authres_deviation(ReportedHeader *header, const char *id)
{
    if (!authres_has_deviation(header, id))
        g_ptr_array_add(header->deviations, g_strdup(id));
}

static gboolean
is_number(const char *word)
{
    return *word && strspn(word, "0123456789") == strlen(word);
}

/* A word that no `=` follows: the id, its version, `none`, or something that belongs nowhere. */
static void
lone_word(Parser *parser, const char *word)
{
    ReportedHeader *header = parser->header;

    if (parser->segment == 0 && !parser->paired && !header->authserv_id) {
        header->authserv_id = g_strdup(word);
    } else if (parser->segment == 0 && !parser->paired && !parser->version && is_number(word)) {
        parser->version = TRUE;
        if (!g_str_equal(word, "1"))
            authres_deviation(header, "unknown-version");
    } else if (g_ascii_strcasecmp(word, "none") == 0 && header->results->len == 0) {
        parser->none = TRUE;
    } else {
        /* Microsoft once wrote the recipient's domain between two results. */
        authres_deviation(header, strchr(word, '.') ? "bare-domain" : "stray-text");
    }
}

static void
flush_word(Parser *parser)
{
    if (parser->word->len > 0)
        lone_word(parser, parser->word->str);
    g_string_truncate(parser->word, 0);
}

/* CFWS may stand around the `.` of a property and the `/` of a version (RFC 8601, B.7), and not in the host's name. */
static gboolean
continues(const Parser *parser, const LexToken *token)
{
    const GString *word = parser->word;

    if (word->len == 0)
        return FALSE;
    if (parser->segment == 0 && !parser->header->authserv_id)
        return token->glued;
    const char last = word->str[word->len - 1];
    const char first = *token->start;
    const gboolean separated = last == '/' || first == '/' || first == '.' ||
                               (last == '.' && memchr(word->str, '.', word->len - 1) == NULL);
    return token->glued || separated;
}

static void
add_word(Parser *parser, const LexToken *token)
{
    g_autofree char *text = lex_text(token);

    if (!continues(parser, token))
        flush_word(parser);
    g_string_append(parser->word, text);
}

static void
add_comment(Parser *parser, const LexToken *token)
{
    if (token->unclosed)
        authres_deviation(parser->header, "unclosed-comment");
    if (!parser->result || token->end - token->start > COMMENT_MAX)
        return;
    g_autofree char *text = lex_text(token);
    const char *old = parser->result->comment;
    if (old && strlen(old) > COMMENT_MAX)
        return;
    char *joined = old ? g_strconcat(old, " ", text, NULL) : g_strdup(text);
    g_free(parser->result->comment);
    parser->result->comment = joined;
}

static gboolean
is_key(const char *start, gsize length)
{
    g_autofree char *key = lower_bytes(start, length);

    key[strcspn(key, "/")] = '\0';
    return authres_is_property(key) || authres_is_method(key) || authres_is_bare_property(key);
}

/* Whether what follows a blank after `=` is the next pair already: "header.from= spf=pass",
 * "header.from= spf = pass". `rest` stands behind the token. */
static gboolean
is_next_pair(const LexToken *token, Lexer rest)
{
    const gsize length = (gsize)(token->end - token->start);
    const char *equals = memchr(token->start, '=', length);

    if (equals)
        return equals - token->start <= 40 && is_key(token->start, (gsize)(equals - token->start));
    if (length > 40)
        return FALSE;
    LexToken next = lexer_next(&rest);
    if (next.kind == LEX_COMMENT && !next.unclosed)
        next = lexer_next(&rest);
    return next.kind == LEX_WORD && *next.start == '=' && is_key(token->start, length);
}

/* token / quoted-string / local@domain; `=` stands inside base64 and VERP addresses.
 * (transfer full) */
static char *
read_value(Parser *parser)
{
    Lexer ahead = parser->lexer;
    LexToken token;

    ahead.special = ";";
    for (token = lexer_next(&ahead); token.kind == LEX_COMMENT; token = lexer_next(&ahead)) {
        add_comment(parser, &token);
        parser->lexer.at = ahead.at;
        parser->lexer.no_nesting = ahead.no_nesting;
    }
    const gboolean empty = token.kind == LEX_END || token.kind == LEX_CHAR ||
                           (!token.glued && is_next_pair(&token, ahead));
    if (empty)
        return g_strdup("");
    parser->lexer.at = ahead.at;
    parser->lexer.no_quotes = ahead.no_quotes;
    if (token.unclosed)
        authres_deviation(parser->header, "unclosed-quote");
    LexToken rest = lexer_next(&ahead);
    if (token.kind != LEX_QUOTED || rest.kind != LEX_WORD || !rest.glued)
        return lex_text(&token);
    parser->lexer.at = ahead.at;        /* "john doe"@example.com */
    return g_strndup(token.start, (gsize)(rest.end - token.start));
}

static void
add_property(Parser *parser, const char *key, const char *value)
{
    ReportedHeader *header = parser->header;

    if (!strchr(key, '.'))
        authres_deviation(header, "property-without-ptype");
    else if (!authres_is_property(key))
        authres_deviation(header, "unknown-ptype");
    if (!parser->paired && parser->result)
        authres_deviation(header, "property-segment");
    if (!*value)
        authres_deviation(header, "empty-property");
    parser->leading = parser->leading || (!parser->paired && (g_str_has_prefix(key, "header.") || g_str_has_prefix(key, "smtp.")));
    if (parser->leading && !parser->ahead)
        parser->ahead = g_ptr_array_new();
    if (parser->leading && parser->ahead->len < PROPERTIES_MAX)
        pairs_add(parser->ahead, key, value);
    else if (!parser->result)
        authres_deviation(header, "property-without-result");
    else if (parser->result->properties->len >= PROPERTIES_MAX)
        authres_deviation(header, "too-many-properties");
    else
        pairs_add(parser->result->properties, key, value);
}

/* Yahoo once wrote "header.i=@example.com header.s=s1 dkim=pass (ok)", results without a semicolon between them: there a property
 * is the next result's. All others write it behind its own. */
static void
settle_ahead(Parser *parser)
{
    if (!parser->ahead)
        return;
    if (parser->ahead->len > 0 && !parser->result)
        authres_deviation(parser->header, "property-without-result");
    while (parser->ahead->len > 0) {
        Pair *pair = g_ptr_array_steal_index(parser->ahead, 0);
        if (parser->result && parser->result->properties->len < PROPERTIES_MAX)
            g_ptr_array_add(parser->result->properties, pair);
        else
            record_free(&pair_type, pair);
    }
}

static gboolean
owns_ahead(const Parser *parser, const char *method)
{
    const char *type = g_str_equal(method, "dkim") ? "header." : g_str_equal(method, "spf") ? "smtp." : NULL;

    return type && parser->ahead && parser->ahead->len > 0 && g_str_has_prefix(((const Pair *)parser->ahead->pdata[0])->name, type);
}

/* "dkim=dkim_pass", "dmarc=success(p=REJECT)": what Yahoo wrote in 2020. (transfer none) */
static const char *
standard_verdict(const char *method, const char *verdict)
{
    static const struct { const char *method, *verdict, *standard; } words[] = {
        { "dkim", "dkim_pass", "pass" }, { "dkim", "dkim_fail", "fail" }, { "dmarc", "success", "pass" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(verdict, words[i].verdict) && g_str_equal(method, words[i].method))
            return words[i].standard;
    return verdict;
}

static void
add_result(Parser *parser, const char *method, const char *value)
{
    ReportedHeader *header = parser->header;
    g_autofree char *verdict = lower_text(value);

    if (parser->paired || (parser->segment == 0 && header->authserv_id))
        authres_deviation(header, "missing-semicolon");
    if (!authres_is_registered_method(method))
        authres_deviation(header, "unregistered-method");
    if (!*value)
        authres_deviation(header, "empty-result");
    else if (!authres_is_registered_result(method, verdict))
        authres_deviation(header, "unregistered-result");
    if (header->results->len >= RESULTS_MAX) {
        authres_deviation(header, "too-many-results");
        return;
    }
    if (!owns_ahead(parser, method))
        settle_ahead(parser);
    parser->result = record_new(&reported_result_type);
    parser->result->method = g_strdup(method);
    parser->result->result = g_strdup(standard_verdict(method, verdict));
    g_ptr_array_add(header->results, parser->result);
    settle_ahead(parser);
}

/* A known method always opens a result at the start of a segment; later in it only with a verdict
 * as its value, since the semicolon is missing then. Other names do where they look like one. */
static gboolean
opens_result(const Parser *parser, const char *key, const char *value)
{
    if (strchr(key, '.'))
        return FALSE;
    const gboolean method = authres_is_method(key);     /* none is a bare property as well */
    if (!method && (parser->paired || authres_is_bare_property(key)))
        return FALSE;
    if (!parser->paired && (method || !parser->result))
        return TRUE;
    g_autofree char *verdict = lower_text(value);
    return authres_is_result(verdict);
}

/* "i=1" in front of everything is ARC's instance (RFC 8617, 4.1.1). */
static gboolean
is_instance(const Parser *parser, const char *key, const char *value)
{
    return parser->segment == 0 && !parser->header->authserv_id && !parser->paired &&
           parser->header->instance == RECORD_UNSET && g_str_equal(key, "i") &&
           is_number(value) && strlen(value) <= 4;
}

static void
split_version(Parser *parser, char *key)
{
    char *slash = strchr(key, '/');

    if (!slash)
        return;
    if (!g_str_equal(slash + 1, "1"))
        authres_deviation(parser->header, "unknown-version");
    *slash = '\0';
}

/* Yahoo's words of the same time. (transfer full: key) */
static char *
standard_key(char *key)
{
    const char *standard = g_str_equal(key, "spfresult") ? "spf" : g_str_equal(key, "spfdomain") ? "smtp.mailfrom" : NULL;

    if (!standard)
        return key;
    g_free(key);
    return g_strdup(standard);
}

static void
add_pair(Parser *parser)
{
    g_autofree char *key = lower_text(parser->word->str);

    g_string_truncate(parser->word, 0);
    g_autofree char *value = read_value(parser);
    if (!*key) {
        authres_deviation(parser->header, "stray-text");
        return;
    }
    if (is_instance(parser, key, value)) {
        parser->header->instance = g_ascii_strtoll(value, NULL, 10);
        return;
    }
    split_version(parser, key);
    key = standard_key(key);
    if (parser->segment == 0 && !parser->header->authserv_id)
        authres_deviation(parser->header, "no-authserv-id");
    if (g_str_equal(key, "reason") && parser->result && !parser->result->reason)
        parser->result->reason = g_strdup(value);
    else if (opens_result(parser, key, value))
        add_result(parser, key, value);
    else
        add_property(parser, key, value);
    parser->paired = TRUE;
}

static void
end_segment(Parser *parser, const LexToken *semicolon)
{
    const gboolean wordless = parser->word->len == 0;

    flush_word(parser);
    settle_ahead(parser);
    parser->leading = FALSE;
    Lexer ahead = parser->lexer;
    const LexToken next = lexer_next(&ahead);
    if (next.kind == LEX_END)
        authres_deviation(parser->header, "trailing-semicolon");
    else if (next.glued && semicolon->end == next.start && lex_is(&next, ';'))
        authres_deviation(parser->header, "empty-segment");
    const gboolean opening = parser->segment == 0 && !parser->paired && wordless &&
                             !parser->header->authserv_id &&
                             parser->header->instance != RECORD_UNSET;
    if (!opening)               /* else the id comes only now: "i=1; mx.example.com 1; …" */
        parser->segment++;
    parser->paired = FALSE;
}

/* Outlook shows, and some gateways write, the whole value as encoded words. */
static char *
readable(ReportedHeader *header, const char *value)
{
    while (g_ascii_isspace(*value))
        value++;
    if (!g_str_has_prefix(value, "=?") || !strstr(value, "?="))
        return g_strdup(value);
    authres_deviation(header, "encoded-words");
    return decode_text(value);
}

static void
finish(Parser *parser)
{
    ReportedHeader *header = parser->header;

    flush_word(parser);
    settle_ahead(parser);
    if (header->results->len == 0 && header->authserv_id && parser->segment == 0 &&
        g_ascii_strcasecmp(header->authserv_id, "none") == 0) {
        g_clear_pointer(&header->authserv_id, g_free);
        parser->none = TRUE;
    }
    if (!header->authserv_id)
        authres_deviation(header, "no-authserv-id");
    if (header->results->len == 0 && !parser->none)
        authres_deviation(header, "no-results");
}

static gboolean
has_control(const char *text)
{
    const char *end = text + strlen(text);

    for (const char *stop; text < end; text = stop) {
        stop = text + MIN((gsize)(end - text), SOLID_BLOCK);
        if (stop - text == SOLID_BLOCK && printable_block(text))
            continue;
        for (; text < stop; text++)
            if (((guchar)*text < 0x20 && !g_ascii_isspace(*text)) || *text == 0x7F)
                return TRUE;
    }
    return FALSE;
}

ReportedHeader *
authres_parse(const char *name, const char *value)
{
    ReportedHeader *header = record_new(&reported_header_type);
    Parser parser = { .header = header, .word = g_string_new(NULL) };
    g_autofree char *text = readable(header, value);

    header->header = g_strdup(name);
    header->raw = g_strdup(value);
    if (has_control(text))
        authres_deviation(header, "control-character");
    lexer_init(&parser.lexer, text, ";=");
    for (LexToken t = lexer_next(&parser.lexer); t.kind != LEX_END; t = lexer_next(&parser.lexer)) {
        if (lex_is(&t, ';'))
            end_segment(&parser, &t);
        else if (lex_is(&t, '='))
            add_pair(&parser);
        else if (t.kind == LEX_COMMENT)
            add_comment(&parser, &t);
        else
            add_word(&parser, &t);
    }
    finish(&parser);
    g_string_free(parser.word, TRUE);
    g_clear_pointer(&parser.ahead, g_ptr_array_unref);
    return header;
}
