/* lexer.c: tokens of structured fields in linear time.
 * SPDX-License-Identifier: MIT */
#include "headers/lexer.h"

#include <string.h>

#include "base/room.h"

void
lexer_init(Lexer *lexer, const char *text, const char *special)
{
    *lexer = (Lexer){ .text = text, .at = text, .end = text + strlen(text), .special = special };
}

static inline gboolean
is_special(const Lexer *lexer, char c)
{
    /* One or two of them: asked for each byte there is. */
    for (const char *special = lexer->special; *special; special++)
        if (*special == c)
            return TRUE;
    return FALSE;
}

static gboolean
is_closed(const char *quote, const char *end)
{
    for (const char *c = quote + 1; c < end; c++) {
        if (*c == '\\')
            c++;
        else if (*c == '"')
            return TRUE;
    }
    return FALSE;
}

/* Without an end the text up to the next semicolon is taken, and later quotes are plain
 * characters: each byte is looked at twice at most. */
static void
read_quoted(Lexer *lexer, LexToken *token)
{
    for (const char *c = token->start + 1; c < lexer->end; c++) {
        if (*c == '\\' && c + 1 < lexer->end)
            c++;
        else if (*c == '"') {
            token->end = c + 1;
            return;
        }
    }
    const char *semicolon = memchr(token->start, ';', (gsize)(lexer->end - token->start));
    token->end = semicolon ? semicolon : lexer->end;
    token->unclosed = TRUE;
    lexer->no_quotes = TRUE;
}

static const char *
first_of(const char *from, const char *end, const char *set)
{
    while (from < end && !strchr(set, *from))
        from++;
    return from;
}

/* As for quotes: behind an unclosed comment the others end at their first `)` or `;`. */
static void
read_comment(Lexer *lexer, LexToken *token)
{
    gsize depth = 0;

    for (const char *c = token->start; !lexer->no_nesting && c < lexer->end; c++) {
        if (*c == '\\' && c + 1 < lexer->end)
            c++;
        else if (*c == '(')
            depth++;
        else if (*c == ')' && --depth == 0) {
            token->end = c + 1;
            return;
        }
    }
    const char *stop = first_of(token->start, lexer->end, lexer->no_nesting ? ");" : ";");
    token->unclosed = stop == lexer->end || *stop == ';';
    token->end = token->unclosed ? stop : stop + 1;
    lexer->no_nesting = TRUE;
}

/* Letters, digits and what else is special to nobody: none of them ends a word. */
static const char ordinary[256] = {
    ['0' ... '9'] = 1, ['A' ... 'Z'] = 1, ['a' ... 'z'] = 1, ['-'] = 1, ['.'] = 1, ['_'] = 1, ['/'] = 1, ['+'] = 1,
};

static void
read_word(const Lexer *lexer, LexToken *token)
{
    const char *c = token->start + 1;

    while (c < lexer->end &&
           (ordinary[(guchar)*c] || (!g_ascii_isspace(*c) && *c != '(' && !is_special(lexer, *c))))
        c++;
    token->end = c;
}

LexToken
lexer_next(Lexer *lexer)
{
    const char *before = lexer->at;
    LexToken token = { .kind = LEX_END };

    while (lexer->at < lexer->end && g_ascii_isspace(*lexer->at))
        lexer->at++;
    token.start = token.end = lexer->at;
    token.glued = lexer->at == before && !lexer->parted;
    lexer->parted = FALSE;
    if (lexer->at >= lexer->end)
        return token;
    if (*lexer->at == '"' && is_special(lexer, '"') && token.glued && lexer->at > lexer->text && !is_closed(lexer->at, lexer->end))
        lexer->no_quotes = TRUE;    /* inches, and no quoted string that somebody forgot to close */
    if (*lexer->at == '(') {
        token.kind = LEX_COMMENT;
        read_comment(lexer, &token);
        lexer->parted = TRUE;
    } else if (*lexer->at == '"' && !lexer->no_quotes) {
        token.kind = LEX_QUOTED;
        read_quoted(lexer, &token);
    } else if (is_special(lexer, *lexer->at)) {
        token.kind = LEX_CHAR;
        token.end = token.start + 1;
    } else {
        token.kind = LEX_WORD;
        read_word(lexer, &token);
    }
    lexer->at = token.end;
    return token;
}

gboolean
lex_is(const LexToken *token, char c)
{
    return token->kind == LEX_CHAR && *token->start == c;
}

static char *
unquoted(const char *start, const char *end, char *to)
{
    for (const char *c = start; c < end; c++) {
        if (*c == '\\' && c + 1 < end)
            c++;
        *to++ = *c;
    }
    return to;
}

static char *
single_spaced(const char *start, const char *end, char *to)
{
    char *const out = to;

    for (const char *c = start; c < end; c++) {
        if (!g_ascii_isspace(*c))
            *to++ = *c;
        else if (to > out && to[-1] != ' ')
            *to++ = ' ';
    }
    return to > out && to[-1] == ' ' ? to - 1 : to;
}

void
lex_text_into(const LexToken *token, char *to)
{
    const char *last = token->unclosed ? token->end : token->end - 1;

    if (token->kind == LEX_QUOTED)
        to = unquoted(token->start + 1, MAX(last, token->start + 1), to);
    else if (token->kind == LEX_COMMENT)
        to = single_spaced(token->start + 1, MAX(last, token->start + 1), to);
    else
        to = room_put(to, token->start, (gsize)(token->end - token->start));
    *to = '\0';
}

char *
lex_text(const LexToken *token)
{
    char *text = g_malloc((gsize)(token->end - token->start) + 1);

    lex_text_into(token, text);
    return text;
}
