/* lexer.h: words, quoted strings and nested comments of a structured header field
 * (RFC 5322, 3.2), read in one pass whatever is broken in it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef enum { LEX_END, LEX_WORD, LEX_QUOTED, LEX_COMMENT, LEX_CHAR } LexKind;

typedef struct {
    LexKind     kind;
    const char *start;      /* quotes and parentheses included */
    const char *end;
    gboolean    glued;      /* neither white space nor a comment before it: a comment parts words, too (RFC 5322, 3.2.2) */
    gboolean    unclosed;   /* quoted, comment: its end is missing */
} LexToken;

/* Copied freely: a copy is a place to come back to. */
typedef struct {
    const char *text;
    const char *at;
    const char *end;
    const char *special;    /* characters that end a word and stand alone; a " among them begins a quoted string within it, too */
    gboolean    no_quotes;  /* after an unclosed one: the rest is read without */
    gboolean    no_nesting;
    gboolean    parted;     /* the last token was a comment */
} Lexer;

void     lexer_init(Lexer *lexer, const char *text, const char *special);
LexToken lexer_next(Lexer *lexer);
gboolean lex_is(const LexToken *token, char c);
/* As written; a quoted string without quotes and quoted-pairs, a comment without its parentheses
 * and with single blanks. (transfer full) */
char    *lex_text(const LexToken *token);
/* The same, where there is room for all of the token and a NUL. */
void     lex_text_into(const LexToken *token, char *to);
