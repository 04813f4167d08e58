/* script-text.h: paragraphs of a lesson or of the glossary: lines joined, terms in braces.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "lesson/script.h"

typedef struct ScriptText ScriptText;

/* Collects lines into paragraphs. (transfer full) */
ScriptText *script_text_new(void);
void        script_text_line(ScriptText *text, const char *line);
/* Frees it and returns what was collected. (transfer full: GPtrArray of ScriptParagraph, with free
 * function) */
GPtrArray  *script_text_end(ScriptText *text);
GPtrArray  *script_paragraphs_new(void);

/* Appends a line to a paragraph: a blank between them, but none beside a wide character, since
 * Japanese writes none. */
void        script_join(GString *paragraph, const char *line);

/* A term in braces: {relay}, {relay|relays}. */
typedef struct {
    char *id;           /* "relay", as it is written before the bar */
    char *shown;        /* "relays" */
} ScriptTerm;

/* `text` without braces; the terms in it are added to `terms` (ScriptTerm, with free function;
 * may be NULL), each once. (transfer full) */
char       *script_plain(const char *text, GPtrArray *terms);
GPtrArray  *script_terms_new(void);
