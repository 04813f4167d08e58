/* received-spf.c: Received-SPF (RFC 7208, 9.1), and the sentence that comments hold.
 * SPDX-License-Identifier: MIT */
#include "headers/authres.h"

#include <string.h>

#include "headers/authres-parts.h"
#include "headers/authres-words.h"
#include "headers/ip.h"
#include "headers/lexer.h"

#define PAIRS_MAX   100
#define COMMENT_MAX 4000

static const struct { const char *key, *property; } names[] = {
    { "client-ip", "smtp.client-ip" },
    { "envelope-from", "smtp.mailfrom" },
    { "helo", "smtp.helo" },
};

static const char *
property_name(const char *key)
{
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_equal(key, names[i].key))
            return names[i].property;
    return key;
}

static char *
read_value(Lexer *lexer, ReportedHeader *header)
{
    Lexer ahead = *lexer;

    ahead.special = ";";
    const LexToken token = lexer_next(&ahead);
    if (token.kind == LEX_END || token.kind == LEX_CHAR || token.kind == LEX_COMMENT) {
        authres_deviation(header, "empty-property");
        return g_strdup("");
    }
    if (token.unclosed)
        authres_deviation(header, "unclosed-quote");
    lexer->at = token.end;
    lexer->no_quotes = ahead.no_quotes;
    return lex_text(&token);
}

static void
add_pair(ReportedHeader *header, ReportedResult *result, Lexer *lexer, const char *word)
{
    g_autofree char *key = g_ascii_strdown(word, -1);
    g_autofree char *value = read_value(lexer, header);

    if (result->properties->len < PAIRS_MAX)
        pairs_add(result->properties, property_name(key), value);
    else
        authres_deviation(header, "too-many-properties");
}

static void
set_result(ReportedHeader *header, ReportedResult *result, const char *word)
{
    if (*result->result) {
        authres_deviation(header, "stray-text");
        return;
    }
    g_free(result->result);
    result->result = g_ascii_strdown(word, -1);
    if (!authres_is_registered_result("spf", result->result) ||
        g_str_equal(result->result, "policy"))
        authres_deviation(header, "unregistered-result");
}

static void
read_tokens(ReportedHeader *header, ReportedResult *result, const char *value)
{
    Lexer lexer;

    lexer_init(&lexer, value, ";=");
    for (LexToken t = lexer_next(&lexer); t.kind != LEX_END; t = lexer_next(&lexer)) {
        if (t.unclosed)
            authres_deviation(header,
                              t.kind == LEX_COMMENT ? "unclosed-comment" : "unclosed-quote");
        if (t.kind == LEX_COMMENT && !result->comment && t.end - t.start <= COMMENT_MAX)
            result->comment = lex_text(&t);
        if (t.kind != LEX_WORD)
            continue;
        g_autofree char *word = lex_text(&t);
        Lexer ahead = lexer;
        const LexToken next = lexer_next(&ahead);
        if (lex_is(&next, '=')) {
            lexer = ahead;
            add_pair(header, result, &lexer, word);
        } else {
            set_result(header, result, word);
        }
    }
}

ReportedHeader *
authres_parse_received_spf(const char *value)
{
    ReportedHeader *header = record_new(&reported_header_type);
    ReportedResult *result = record_new(&reported_result_type);

    header->header = g_strdup("Received-SPF");
    header->raw = g_strdup(value);
    result->method = g_strdup("spf");
    result->result = g_strdup("");
    g_ptr_array_add(header->results, result);
    read_tokens(header, result, value);
    if (!*result->result)
        authres_deviation(header, "empty-result");
    const char *receiver = pairs_get(result->properties, "receiver");
    /* A policy daemon of Postfix that is to hide its host writes "receiver=<UNKNOWN>": that is nobody's name. */
    if (receiver && *receiver && *receiver != '<')
        header->authserv_id = g_strdup(receiver);
    return header;
}

/* ---- the sentence in a comment: who was checked, and from where ---- */

/* The word behind `lead` in `text`, up to a blank. (transfer full) */
static char *
word_behind(const char *text, const char *lead)
{
    const char *at = strstr(text, lead);

    if (!at)
        return NULL;
    at += strlen(lead);
    return g_strndup(at, strcspn(at, " )"));
}

/* The word before `trail`. (transfer full) */
static char *
word_before(const char *text, const char *trail)
{
    const char *end = strstr(text, trail);
    const char *start = end;

    while (start && start > text && start[-1] != ' ')
        start--;
    return start != end ? g_strndup(start, (gsize)(end - start)) : NULL;
}

char *
authres_comment_ip(const char *comment)
{
    static const char *const leads[] = { "sender IP is ", "sender ip is ", " designates ",
                                         " designate ",   " use of ",      "client-ip=",
                                         "sender IP " };

    for (gsize i = 0; comment && i < G_N_ELEMENTS(leads); i++) {
        g_autofree char *word = word_behind(comment, leads[i]);
        char *ip = word ? ip_canonical(word) : NULL;
        if (ip)
            return ip;
    }
    g_autofree char *word = comment ? word_before(comment, " is neither permitted") : NULL;
    return word ? ip_canonical(word) : NULL;
}

/* "domain of transitioning A", which Yahoo writes without the blank. (transfer full) */
static char *
without_transition(const char *comment)
{
    static const char lead[] = "domain of transitioning";
    const char *at = strstr(comment, lead);

    if (!at)
        return NULL;
    at += strlen(lead);
    at += *at == ' ';
    return g_strndup(at, strcspn(at, " )"));
}

static gboolean
may_be_sender(const char *word)
{
    g_autofree char *ip = word ? ip_canonical(word) : NULL;

    return word && *word && strchr(word, '.') && !ip;
}

char *
authres_comment_sender(const char *comment)
{
    if (!comment)
        return NULL;
    char *words[] = { without_transition(comment), word_behind(comment, "domain of "),
                      word_before(comment, " does not designate permitted sender hosts"),
                      word_behind(comment, "lookup of ") };
    char *found = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (words[i] && g_str_has_suffix(words[i], ":"))
            words[i][strlen(words[i]) - 1] = '\0';
        if (!found && may_be_sender(words[i]))
            found = g_steal_pointer(&words[i]);
        g_free(words[i]);
    }
    return found;
}
