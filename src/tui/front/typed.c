/* typed.c: follows keys as the palette and the box do.
 * SPDX-License-Identifier: MIT */
#include "tui/front/typed.h"

#include <string.h>

#include "tui/keys.h"

enum { LINE_MAX_BYTES = 4096, WORD_MAX = 16, CTRL_D = 4, TAB = 9, NEWLINE = 10, RETURN = 13, CTRL_U = 21 };

struct Typed {
    Keeper  *keeper;
    GString *line;      /* since the last key that is no character */
    gboolean lost;      /* it is longer than any name, or not one line */
};

Typed *
typed_new(Keeper *keeper)
{
    Typed *typed = g_new0(Typed, 1);

    typed->keeper = keeper;
    typed->line = g_string_new(NULL);
    return typed;
}

void
typed_free(Typed *typed)
{
    if (!typed)
        return;
    g_string_free(typed->line, TRUE);
    g_free(typed);
}

/* ---- names ---- */

/* "~/" is home, as command_open() has it. (transfer full) */
static char *
at_home(const char *path)
{
    return g_str_has_prefix(path, "~/") ? g_build_filename(g_get_home_dir(), path + 2, NULL) : g_strdup(path);
}

static void
open_named(Keeper *keeper, const char *name)
{
    g_autofree char *path = at_home(name);

    keeper_opens(keeper, path);
}

/* What is there, by that name: as the box takes it (paste_file()). */
static void
open_dropped(Keeper *keeper, const char *text)
{
    g_autofree char *name = g_strstrip(g_strdup(text));
    g_autofree char *other = g_str_has_prefix(name, "file://") ? g_filename_from_uri(name, NULL, NULL)
                                                               : g_shell_unquote(name, NULL);
    const char *const names[] = { name, other };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i] && *names[i] && g_file_test(names[i], G_FILE_TEST_EXISTS))
            keeper_opens(keeper, names[i]);
}

/* ---- lines ---- */

/* The letters that a word ends with: before them stand keys that were pressed before the line began. */
static gboolean
is_begun(const char *word, gsize length, const char *command)
{
    gsize letters = 0;

    while (letters < length && g_ascii_isalpha(word[length - letters - 1]))
        letters++;
    return letters > 0 && strncmp(command, word + length - letters, letters) == 0;
}

/* Behind the first word and the blanks after it; a Tab completes a word. */
static const char *
behind_word(const char *line)
{
    const gsize word = strcspn(line, " \t");

    return line + word + strspn(line + word, " \t");
}

static void
replace_named(Keeper *keeper, const char *rest)
{
    g_autofree char *name = g_strndup(rest, strcspn(rest, " "));

    if (g_str_has_suffix(name, ".csv") || g_str_has_suffix(name, ".json"))
        keeper_replaces(keeper, name);
}

static void
write_named(Keeper *keeper, const char *rest)
{
    if (*rest)
        keeper_writes(keeper, rest);
}

void
typed_line(Keeper *keeper, const char *line)
{
    static const char *const formats[] = { "view", "html", "markdown", "text", "json", "csv", "steps", "letter",
                                           "snapshot", NULL };
    g_autofree char *whole = g_strchomp(g_strdup(line + strspn(line, " ")));
    const gsize length = strcspn(whole, " \t");
    const char *rest = behind_word(whole);
    g_autofree char *word = g_strndup(whole, MIN(length, WORD_MAX));

    if (!*rest)
        return;
    if (g_strv_contains(formats, word))
        write_named(keeper, rest);      /* the answer where --plain asks for a format */
    else if (is_begun(whole, length, "open"))
        open_named(keeper, rest);
    else if (is_begun(whole, length, "lesson"))
        keeper_lesson(keeper, rest);
    else if (is_begun(whole, length, "class"))
        replace_named(keeper, rest);
    else if (is_begun(whole, length, "export"))
        write_named(keeper, behind_word(rest));
}

/* ---- keys ---- */

static void
begin(Typed *typed)
{
    g_string_truncate(typed->line, 0);
    typed->lost = FALSE;
}

static void
add(Typed *typed, const char *text, gsize length)
{
    if (typed->line->len + length > LINE_MAX_BYTES)
        typed->lost = TRUE;
    if (!typed->lost)
        g_string_append_len(typed->line, text, (gssize)length);
}

/* The key that opened the box may stand before. */
static void
take_box(Typed *typed)
{
    open_dropped(typed->keeper, typed->line->str);
    if (typed->line->len > 1)
        open_dropped(typed->keeper, typed->line->str + 1);
}

static void
erase(Typed *typed)
{
    GString *line = typed->line;
    const char *last = g_utf8_find_prev_char(line->str, line->str + line->len);

    g_string_truncate(line, last ? (gsize)(last - line->str) : 0);
}

void
typed_key(Typed *typed, guint code)
{
    char text[8];

    if (code == KEYCODE_BACKSPACE) {
        erase(typed);
    } else if (code == TAB || (code >= ' ' && code < KEYCODE_NONE && code != 0x7F && g_unichar_validate(code))) {
        add(typed, text, (gsize)g_unichar_to_utf8(code, text));
    } else if (code != KEYCODE_RESIZE && code != KEYCODE_NONE) {
        if (!typed->lost && (code == NEWLINE || code == RETURN))
            typed_line(typed->keeper, typed->line->str);
        else if (!typed->lost && code == CTRL_D)
            take_box(typed);
        begin(typed);
    }
}

/* A text of several lines is a message, and no name. */
void
typed_text(Typed *typed, const InputText *text)
{
    gsize length = 0;
    const char *bytes = g_bytes_get_data(text->bytes, &length);
    g_autofree char *line = g_strndup(bytes ? bytes : "", MIN(length, LINE_MAX_BYTES + 1));

    while (length > 0 && length <= LINE_MAX_BYTES && line[length - 1] == '\n')
        line[--length] = '\0';
    if (length > LINE_MAX_BYTES || strlen(line) != length || strchr(line, '\n')) {
        typed->lost = TRUE;
        return;
    }
    if (text->marked)
        open_dropped(typed->keeper, line);
    add(typed, line, length);
}
