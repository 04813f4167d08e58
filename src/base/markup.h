/* markup.h: the door for a stranger's bytes into HTML and Markdown.
 * SPDX-License-Identifier: MIT
 *
 * Beside text.h, which it asks what a byte looks like. Templates are this program's own, literal
 * markup; what stands for their placeholders is escaped, whatever it is. Nothing else writes
 * variable text into a page, so nothing else has to be trusted. */
#pragma once

#include <glib.h>

/* Nobody reads on in a value longer than this; a stranger may have made it as long as a file. */
#define MARKUP_TEXT_MAX 4000

/* As text of an element, or inside a double-quoted attribute. NULL is nothing. */
void markup_append_html(GString *out, const char *text);
/* `template` with each `$` replaced by the next argument as HTML text. */
void markup_html(GString *out, const char *template, ...);

/* Whether text stands in a cell of a Markdown table, where a pipe ends it even inside of code. */
typedef enum { MARKUP_FLOW, MARKUP_CELL } MarkupPlace;

/* As Markdown that says the same and does nothing: words stay words; whatever a reader of Markdown
 * could take for a link, a mention, a reference, an image, an emoji, emphasis or HTML becomes a
 * code span. */
void markup_append_markdown(GString *out, const char *text, MarkupPlace place);
/* One code span; nothing for an empty text. */
void markup_append_code(GString *out, const char *text, MarkupPlace place);
/* Lines between fences that are longer than any inside; line ends of `text` are kept. */
void markup_append_fence(GString *out, const char *text);
/* `template` with each `$` replaced as by markup_append_markdown() and each `@` by
 * markup_append_code(). A template that begins with a pipe is a row of a table. */
void markup_markdown(GString *out, const char *template, ...);
