/* parts.c: one walk over the boundary lines of a body.
 * SPDX-License-Identifier: MIT */
#include "message/parts.h"

#include <string.h>

#include "base/hash.h"
#include "message/split.h"

/* RFC 2046, 5.1.1 allows 70; a longer line is text. */
#define BOUNDARY_MAX 500

/* A multipart that is open: its boundary ends all that stands in it. */
typedef struct {
    guint part;
    char *boundary;
    int   hidden;       /* the level that had the same boundary before, or -1 */
} Level;

typedef struct {
    GBytes     *raw;
    const char *bytes;
    gsize       length;
    Parts      *out;
    GArray     *levels;     /* Level, outermost first */
    GHashTable *by_name;    /* boundary -> level + 1 */
    GString    *word;       /* scratch */
    int         current;    /* the part that is read now, -1 between parts */
    gboolean    in_header;
    gboolean    in_field;   /* a continuation line has something to continue */
} Walk;

static void
part_free(gpointer data)
{
    Part *part = data;

    mime_head_free(part->head);
    g_free(part);
}

void
parts_free(Parts *parts)
{
    if (!parts)
        return;
    g_ptr_array_unref(parts->list);
    g_free(parts);
}

static Part *
part_at(const Walk *walk, guint index)
{
    return walk->out->list->pdata[index];
}

/* ---- levels ---- */

static void
clear_level(gpointer data)
{
    g_free(((Level *)data)->boundary);
}

static int
level_named(const Walk *walk, const char *boundary)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(walk->by_name, boundary)) - 1;
}

static void
push_level(Walk *walk, guint index)
{
    Part *part = part_at(walk, index);

    if (!g_str_has_prefix(part->head->type, "multipart/") || !part->head->boundary)
        return;
    if (part->depth >= PARTS_DEPTH_MAX) {
        walk->out->too_deep = TRUE;
        return;
    }
    const Level level = { index, g_strdup(part->head->boundary),
                          level_named(walk, part->head->boundary) };
    g_array_append_val(walk->levels, level);
    g_hash_table_insert(walk->by_name, level.boundary, GUINT_TO_POINTER(walk->levels->len));
}

/* Closes all levels from `from` on; their multiparts end at `end`. */
static void
pop_levels(Walk *walk, guint from, gsize end)
{
    while (walk->levels->len > from) {
        const guint last = walk->levels->len - 1;
        const Level *level = &g_array_index(walk->levels, Level, last);
        part_at(walk, level->part)->body.end = end;
        if (level->hidden >= 0) {
            Level *before = &g_array_index(walk->levels, Level, (guint)level->hidden);
            g_hash_table_replace(walk->by_name, before->boundary,
                                 GINT_TO_POINTER(level->hidden + 1));
        } else {
            g_hash_table_remove(walk->by_name, level->boundary);
        }
        g_array_set_size(walk->levels, last);
    }
}

/* ---- parts ---- */

/* The first field of that name in the part's header, unfolded. (transfer full) */
static char *
field_in(const Walk *walk, const Split *split, gsize start, const char *name)
{
    for (guint i = 0; i < split->fields->len; i++) {
        const Field *field = &g_array_index(split->fields, Field, i);
        if (span_length(field->name) != strlen(name) ||
            g_ascii_strncasecmp(walk->bytes + start + field->name.start, name, strlen(name)) != 0)
            continue;
        char *value =
            g_strndup(walk->bytes + start + field->value.start, span_length(field->value));
        for (char *c = value; *c; c++)
            if (*c == '\n' || *c == '\r')
                *c = ' ';
        return value;
    }
    return NULL;
}

static void
read_head(Walk *walk, Part *part)
{
    const Part *parent = part_at(walk, (guint)part->parent);
    const gboolean digest = g_str_equal(parent->head->type, "multipart/digest");
    Split split;

    split_message(walk->bytes + part->header.start, span_length(part->header), &split);
    g_autofree char *type = field_in(walk, &split, part->header.start, "Content-Type");
    g_autofree char *disposition =
        field_in(walk, &split, part->header.start, "Content-Disposition");
    g_autofree char *encoding = field_in(walk, &split, part->header.start,
                                         "Content-Transfer-Encoding");
    split_clear(&split);
    part->head =
        mime_head_new(type, disposition, encoding, digest ? "message/rfc822" : "text/plain");
}

/* `end`: of the header; the body begins at `body`. */
static void
end_header(Walk *walk, gsize end, gsize body)
{
    Part *part = part_at(walk, (guint)walk->current);

    part->header.end = end;
    part->body = (Span){ body, body };
    read_head(walk, part);
    walk->in_header = FALSE;
    push_level(walk, (guint)walk->current);
}

/* The line end before a boundary belongs to the boundary. */
static gsize
before_line_end(const Walk *walk, gsize start, gsize end)
{
    if (end > start && walk->bytes[end - 1] == '\n')
        end--;
    if (end > start && walk->bytes[end - 1] == '\r')
        end--;
    return end;
}

static void
end_part(Walk *walk, gsize at)
{
    if (walk->current < 0)
        return;
    if (walk->in_header)
        end_header(walk, at, at);
    Part *part = part_at(walk, (guint)walk->current);
    part->body.end = before_line_end(walk, part->body.start, at);
    walk->current = -1;
}

/* FALSE where the list is full. */
static gboolean
begin_part(Walk *walk, guint parent, gsize at)
{
    if (walk->out->list->len >= PARTS_MAX) {
        walk->out->too_many = TRUE;
        return FALSE;
    }
    Part *part = g_new0(Part, 1);
    part->depth = part_at(walk, parent)->depth + 1;
    part->parent = (int)parent;
    part->header = (Span){ at, at };
    walk->current = (int)walk->out->list->len;
    walk->in_header = TRUE;
    walk->in_field = FALSE;
    g_ptr_array_add(walk->out->list, part);
    return TRUE;
}

/* ---- lines ---- */

/* The level whose boundary this line is, -1 for none; `*closing` for "--B--". A longer boundary
 * that begins like another is another. */
static int
boundary_of(Walk *walk, Span line, gboolean *closing)
{
    gsize end = line.end;

    if (walk->levels->len == 0 || span_length(line) < 3 || walk->bytes[line.start] != '-' ||
        walk->bytes[line.start + 1] != '-')
        return -1;
    while (end > line.start + 2 && g_ascii_isspace(walk->bytes[end - 1]))
        end--;
    if (end - line.start > BOUNDARY_MAX + 4)
        return -1;
    g_string_truncate(walk->word, 0);
    g_string_append_len(walk->word, walk->bytes + line.start + 2, (gssize)(end - line.start - 2));
    *closing = FALSE;
    const int level = level_named(walk, walk->word->str);
    if (level >= 0 || !g_str_has_suffix(walk->word->str, "--"))
        return level;
    g_string_truncate(walk->word, walk->word->len - 2);
    *closing = TRUE;
    return level_named(walk, g_strchomp(walk->word->str));
}

static gboolean
is_field(const Walk *walk, Span line)
{
    gsize at = line.start;

    while (at < line.end && walk->bytes[at] > 32 && walk->bytes[at] < 127 && walk->bytes[at] != ':')
        at++;
    return at > line.start && at < line.end && walk->bytes[at] == ':';
}

/* A part without the empty line above its text is read as text from there on. */
static void
header_line(Walk *walk, Span line)
{
    const char first = walk->bytes[line.start];

    if (first == '\n' || (first == '\r' && span_length(line) <= 2)) {
        end_header(walk, line.start, line.end);
        return;
    }
    if ((first == ' ' || first == '\t') && walk->in_field)
        return;
    walk->in_field = is_field(walk, line);
    if (!walk->in_field)
        end_header(walk, line.start, line.start);
}

/* FALSE where the rest is not looked at. */
static gboolean
take_line(Walk *walk, Span line)
{
    gboolean closing = FALSE;
    const int level = boundary_of(walk, line, &closing);

    if (level < 0) {
        if (walk->current >= 0 && walk->in_header)
            header_line(walk, line);
        return TRUE;
    }
    const guint parent = g_array_index(walk->levels, Level, (guint)level).part;
    end_part(walk, line.start);
    pop_levels(walk, (guint)level + (closing ? 0 : 1), line.start);
    return closing || begin_part(walk, parent, line.end);
}

/* The next line that begins with "--", at or behind the start of a line; `end` for none. Few bytes of
 * an attachment are hyphens, so that a large one costs a small part of its hash. */
static gsize
next_rule(const Walk *walk, gsize at, gsize end)
{
    const char *hyphen;

    while (at < end && (hyphen = memchr(walk->bytes + at, '-', end - at))) {
        const gsize found = (gsize)(hyphen - walk->bytes);
        at = found + 1;
        while (at < end && walk->bytes[at] == '-')
            at++;
        if (at - found >= 2 && found > 0 && walk->bytes[found - 1] == '\n')
            return found;
    }
    return end;
}

static void
walk_body(Walk *walk, Span body)
{
    gsize at = body.start;

    while (at < body.end && walk->levels->len > 0) {
        if (walk->current < 0 || !walk->in_header)      /* nearly all lines are text */
            at = next_rule(walk, at, body.end);
        if (at >= body.end)
            break;
        const char *end = memchr(walk->bytes + at, '\n', body.end - at);
        const Span line = { at, end ? (gsize)(end - walk->bytes) + 1 : body.end };
        if (!take_line(walk, line))
            break;
        at = line.end;
    }
    if (walk->current >= 0) {
        const guint last = (guint)walk->current;
        const gboolean full = walk->out->too_many;
        end_part(walk, full ? at : body.end);
        part_at(walk, last)->cut = !full;
        if (!full)      /* no boundary follows that the last line end could belong to */
            part_at(walk, last)->body.end = body.end;
    }
    pop_levels(walk, 0, body.end);
}

static Part *
whole_message(const Message *message)
{
    g_autofree char *type = message_value(message, "Content-Type");
    g_autofree char *disposition = message_value(message, "Content-Disposition");
    g_autofree char *encoding = message_value(message, "Content-Transfer-Encoding");
    Part *part = g_new0(Part, 1);

    part->head = mime_head_new(type, disposition, encoding, "text/plain");
    part->parent = -1;
    part->body = message_body(message);
    return part;
}

Parts *
parts_new(const Message *message)
{
    Parts *parts = g_new0(Parts, 1);
    Walk walk = { .raw = message_raw(message), .out = parts, .current = -1 };

    parts->list = g_ptr_array_new_with_free_func(part_free);
    g_ptr_array_add(parts->list, whole_message(message));
    walk.bytes = g_bytes_get_data(walk.raw, &walk.length);
    walk.levels = g_array_new(FALSE, FALSE, sizeof(Level));
    g_array_set_clear_func(walk.levels, clear_level);
    walk.by_name = g_hash_table_new(hash_text, g_str_equal);
    walk.word = g_string_new(NULL);
    push_level(&walk, 0);
    walk_body(&walk, message_body(message));
    g_string_free(walk.word, TRUE);
    g_hash_table_unref(walk.by_name);
    g_array_unref(walk.levels);
    return parts;
}
