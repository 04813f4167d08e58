/* text.h: the one door through which bytes of a stranger reach a reader.
 * SPDX-License-Identifier: MIT
 *
 * Everything that a message or a DNS answer says passes text_next() before it
 * is printed: text_visible() for terminals, text reports, Markdown and HTML,
 * text_append_json() for JSON. Nothing else may decide what a byte looks like. */
#pragma once

#include <glib.h>

typedef enum {
    TEXT_PLAIN,     /* a printable character */
    TEXT_CONTROL,   /* C0, DEL, C1 */
    TEXT_FORMAT,    /* bidi controls, zero-width characters, tags, line separators */
    TEXT_INVALID    /* a byte that is not part of valid UTF-8 */
} TextClass;

/* Reads one character at `*cursor` (< end), advances past it and says what it
 * is. For TEXT_INVALID one byte is consumed and `*code` is that byte. */
TextClass text_next(const char **cursor, const char *end, gunichar *code);

/* `length` bytes (-1: up to NUL) as printable UTF-8: control characters and bytes that
 * are not UTF-8 become `\xHH`, format characters `<U+HHHH>`. (transfer full) */
char *text_visible(const char *bytes, gssize length);
void  text_append_visible(GString *out, const char *bytes, gssize length);

/* How many of `length` bytes are a beginning of at most `most` that ends between two characters: what is cut there shows no
 * half of one. In what is not UTF-8 it may end anywhere. */
gsize text_cut(const char *bytes, gsize length, gsize most);
/* For a terminal, of text that a confined process, which may have been taken over, says is fit to be shown: line ends and tabs
 * stay, with `styles` colors do (ECMA-48, 8.3.117), and all else becomes visible as above. */
void  text_append_terminal(GString *out, const char *bytes, gsize length, gboolean styles);

/* Appends a JSON string, quotes included. Bytes that are not UTF-8 stand as
 * `\xHH`, control and format characters as JSON `\uXXXX`. NULL gives null. */
void  text_append_json(GString *out, const char *bytes, gssize length);
