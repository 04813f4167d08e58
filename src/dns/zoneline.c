/* zoneline.c: entries of a zone file, with quotation marks, parentheses and comments.
 * SPDX-License-Identifier: MIT
 *
 * ldns reads entries too, but it cuts `v=DMARC1; p=none` at the semicolon without a word
 * and does not see directives; so the cutting is ours, and ldns gets clean entries. */
#include "dns/zoneline.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/translate.h"

#define FILE_MAX_OCTETS (64u << 20)
#define CHUNK_OCTETS    (1u << 20)

/* Freeing a block so large that it has pages of its own teaches glibc to keep what ldns allocates and frees for every record; else
 * each one gives memory back to the kernel, and reading takes thrice the time. A small file has few records. */
static void
keep_memory(guint size)
{
    g_free(g_malloc(size));
}

/* Up to the end, or a little more than a snapshot may have; `size` is what there should be. Below 0: `errno` says why. */
static gssize
read_all(int fd, guint size, GByteArray *all)
{
    guint length = 0;
    gssize got;

    g_byte_array_set_size(all, size + 1);
    while ((got = disk_read(fd, all->data + length, all->len - length)) > 0 && length <= FILE_MAX_OCTETS) {
        length += (guint)got;
        if (length == all->len)
            g_byte_array_set_size(all, length + CHUNK_OCTETS);
    }
    g_byte_array_set_size(all, length);
    return got;
}

GBytes *
zonelines_load(const char *path, GError **error)
{
    g_autoptr(GByteArray) all = g_byte_array_new();
    DiskFact fact = { 0 };
    const int fd = disk_open(path, &fact, error);

    if (fd < 0)
        return NULL;
    const guint size = fact.kind == DISK_FILE && fact.size < CHUNK_OCTETS ? (guint)fact.size : CHUNK_OCTETS;
    keep_memory(size);
    const int code = read_all(fd, size, all) < 0 ? errno : 0;
    close(fd);
    if (code != 0) {
        disk_fault(path, code, error);
        return NULL;
    }
    if (all->len > FILE_MAX_OCTETS) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    _("%s: larger than %u MiB"), path, FILE_MAX_OCTETS >> 20);
        return NULL;
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&all));
}

void
zonelines_init(ZoneLines *lines, const char *data, gsize length)
{
    memset(lines, 0, sizeof *lines);
    if (length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {  /* editors leave a BOM */
        data += 3;
        length -= 3;
    }
    lines->cursor = data;
    lines->end = data + length;
    lines->next_line = 1;
    lines->text = g_string_new(NULL);
}

void
zonelines_clear(ZoneLines *lines)
{
    g_string_free(lines->text, TRUE);
}

static gboolean
fault(ZoneLines *lines, guint line, GError **error, const char *what)
{
    lines->line = line;
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, what);
    return FALSE;
}

static const char *
line_end(const ZoneLines *lines)
{
    const char *newline = memchr(lines->cursor, '\n', (gsize)(lines->end - lines->cursor));

    return newline ? newline : lines->end;
}

static gboolean
read_directive(ZoneLines *lines, GError **error)
{
    const char *end = line_end(lines);

    lines->directive = TRUE;
    g_string_append_len(lines->text, lines->cursor + 2, end - lines->cursor - 2);
    if (lines->text->len > 0 && lines->text->str[lines->text->len - 1] == '\r')
        g_string_truncate(lines->text, lines->text->len - 1);
    if (memchr(lines->text->str, '\0', lines->text->len))
        return fault(lines, lines->line, error, _("a NUL byte"));
    lines->next_line += end < lines->end;
    lines->cursor = end < lines->end ? end + 1 : end;
    return TRUE;
}

/* A carriage return before the newline belongs to the line end. */
static gboolean
at_line_end(const ZoneLines *lines)
{
    const char *c = lines->cursor;

    return *c == '\n' || (*c == '\r' && (c + 1 == lines->end || c[1] == '\n'));
}

static void
pass_line_end(ZoneLines *lines)
{
    if (*lines->cursor == '\r')
        lines->cursor++;
    if (lines->cursor < lines->end) {
        lines->cursor++;
        lines->next_line++;
    }
}

static void
pass_comment(ZoneLines *lines, gboolean word_before)
{
    const gsize length = lines->text->len;
    const char last = length > 0 ? lines->text->str[length - 1] : ' ';

    lines->behind_word = lines->behind_word || word_before;
    lines->glued = lines->glued || (word_before && last != ' ' && last != '\t');
    lines->cursor = line_end(lines);
    if (lines->cursor[-1] == '\r')      /* at least the semicolon stands before */
        lines->cursor--;
}

/* A quoted string with its marks, or a backslash and what it protects. */
static gboolean
read_quoted(ZoneLines *lines, GError **error)
{
    const char *start = lines->cursor++;

    for (; lines->cursor < lines->end && !at_line_end(lines); lines->cursor++) {
        if (*lines->cursor == '\0')
            break;
        if (*lines->cursor == '"') {
            lines->cursor++;
            g_string_append_len(lines->text, start, lines->cursor - start);
            return TRUE;
        }
        if (*lines->cursor == '\\' && lines->cursor + 1 < lines->end &&
            (lines->cursor++, at_line_end(lines)))
            break;
    }
    return fault(lines, lines->next_line, error, _("a quotation mark that is not closed"));
}

static gboolean
read_character(ZoneLines *lines, GError **error)
{
    if (*lines->cursor == '\0')
        return fault(lines, lines->next_line, error, _("a NUL byte"));
    if (*lines->cursor == '\\') {
        g_string_append_c(lines->text, *lines->cursor++);
        if (lines->cursor == lines->end || at_line_end(lines) || *lines->cursor == '\0')
            return fault(lines, lines->next_line, error, _("a backslash with nothing behind it"));
    }
    g_string_append_c(lines->text, *lines->cursor++);
    return TRUE;
}

static gboolean
read_entry(ZoneLines *lines, GError **error)
{
    guint depth = 0;
    guint opened = 0;
    gboolean word = FALSE;      /* the last thing read was an unquoted word */

    while (lines->cursor < lines->end) {
        const char c = *lines->cursor;

        if (at_line_end(lines)) {
            pass_line_end(lines);
            if (depth == 0)
                return TRUE;
            g_string_append_c(lines->text, ' ');
        } else if (c == ';') {
            pass_comment(lines, word);
        } else if (c == '(' || c == ')') {
            if (c == ')' && depth == 0)
                return fault(lines, lines->next_line, error, _("a parenthesis that was not opened"));
            opened = depth == 0 ? lines->next_line : opened;
            depth = c == '(' ? depth + 1 : depth - 1;
            word = word && c == ')';
            g_string_append_c(lines->text, ' ');
            lines->cursor++;
        } else {
            if (c == '"' ? !read_quoted(lines, error) : !read_character(lines, error))
                return FALSE;
            word = c == ' ' || c == '\t' ? word : c != '"';
        }
    }
    if (depth > 0)
        return fault(lines, opened, error, _("a parenthesis that is not closed"));
    return TRUE;
}

gboolean
zonelines_next(ZoneLines *lines, GError **error)
{
    if (lines->cursor >= lines->end)
        return FALSE;
    g_string_truncate(lines->text, 0);
    lines->line = lines->next_line;
    lines->directive = lines->glued = lines->behind_word = FALSE;
    if (lines->end - lines->cursor >= 2 && lines->cursor[0] == ';' && lines->cursor[1] == '!')
        return read_directive(lines, error);
    return read_entry(lines, error);
}

gsize
zonelines_peek(const ZoneLines *lines)
{
    const char *end = line_end(lines);

    if (end > lines->cursor && end[-1] == '\r')
        end--;
    return (gsize)(end - lines->cursor);
}

void
zonelines_pass(ZoneLines *lines, gsize length)
{
    lines->line = lines->next_line;
    lines->cursor += length;
    if (lines->cursor < lines->end)
        pass_line_end(lines);
}
