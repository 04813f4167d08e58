/* script-text.c: joining lines into paragraphs, and taking terms out of their braces.
 * SPDX-License-Identifier: MIT */
#include "lesson/script-text.h"

#include <string.h>

#include "base/hash.h"

struct ScriptText {
    GPtrArray *done;
    GString   *open;        /* the paragraph that is being collected; or NULL */
};

static void
free_paragraph(gpointer data)
{
    ScriptParagraph *paragraph = data;

    g_free(paragraph->text);
    g_free(paragraph);
}

GPtrArray *
script_paragraphs_new(void)
{
    return g_ptr_array_new_with_free_func(free_paragraph);
}

ScriptText *
script_text_new(void)
{
    ScriptText *text = g_new0(ScriptText, 1);

    text->done = script_paragraphs_new();
    return text;
}

static void
add(ScriptText *text, char *paragraph, gboolean verbatim)
{
    ScriptParagraph *made = g_new0(ScriptParagraph, 1);

    made->text = paragraph;
    made->verbatim = verbatim;
    g_ptr_array_add(text->done, made);
}

static void
close_paragraph(ScriptText *text)
{
    if (text->open)
        add(text, g_string_free(g_steal_pointer(&text->open), FALSE), FALSE);
}

static gboolean
is_wide(gunichar code)
{
    return g_unichar_iswide(code) && !g_unichar_iszerowidth(code);
}

void
script_join(GString *paragraph, const char *line)
{
    const char *last = g_utf8_find_prev_char(paragraph->str, paragraph->str + paragraph->len);

    if (last && !is_wide(g_utf8_get_char(last)) && !is_wide(g_utf8_get_char(line)))
        g_string_append_c(paragraph, ' ');
    g_string_append(paragraph, line);
}

void
script_text_line(ScriptText *text, const char *line)
{
    g_autofree char *bare = g_strstrip(g_strdup(line));

    if (*bare == '\0') {
        close_paragraph(text);
    } else if (*line == ' ' || *line == '\t') {
        close_paragraph(text);
        char *kept = g_strdup(line);
        g_strchomp(kept);
        add(text, kept, TRUE);
    } else if (text->open) {
        script_join(text->open, bare);
    } else {
        text->open = g_string_new(bare);
    }
}

GPtrArray *
script_text_end(ScriptText *text)
{
    GPtrArray *done = text->done;

    close_paragraph(text);
    g_free(text);
    return done;
}

/* ---- terms ---- */

static void
term_free(ScriptTerm *term)
{
    g_free(term->id);
    g_free(term->shown);
    g_free(term);
}

GPtrArray *
script_terms_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)term_free);
}

/* `seen` holds "id|shown" of those that are there. */
static void
add_term(GPtrArray *terms, GHashTable *seen, const char *id, const char *shown)
{
    if (!g_hash_table_add(seen, g_strconcat(id, "|", shown, NULL)))
        return;
    ScriptTerm *term = g_new0(ScriptTerm, 1);
    term->id = g_strdup(id);
    term->shown = g_strdup(shown);
    g_ptr_array_add(terms, term);
}

/* A brace that is not closed in its paragraph, and one that holds nothing, stand for themselves:
 * SPF's macros are written %{i}. */
char *
script_plain(const char *text, GPtrArray *terms)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);

    for (const char *at = text; *at;) {
        const gsize length =
            *at == '{' && (at == text || at[-1] != '%') ? strcspn(at + 1, "{}") : 0;
        if (length == 0 || at[1 + length] != '}') {
            g_string_append_c(out, *at++);
            continue;
        }
        g_autofree char *inside = g_strndup(at + 1, length);
        char *bar = strchr(inside, '|');
        if (bar)
            *bar = '\0';
        const char *shown = g_strstrip(bar && bar[1] ? bar + 1 : inside);
        if (terms)
            add_term(terms, seen, g_strstrip(inside), shown);
        g_string_append(out, shown);
        at += length + 2;
    }
    return g_string_free(out, FALSE);
}
