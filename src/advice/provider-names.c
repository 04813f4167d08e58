/* provider-names.c: looks through a table of sending services for names.
 * SPDX-License-Identifier: MIT */
#include "advice/provider-names.h"

#include <string.h>

#include "base/name.h"

typedef struct {
    const char *at;
    gsize       length;
} Piece;

struct ProviderNames {
    ProviderTable table;
    GArray       *all;      /* ProviderName: those of `table`; NULL: they are somebody else's */
};

const char *const provider_keys[] = {
    "name", "console", "console.ja", "spf", "label", "region", "source", "date",
    "envelope", "signs", "hosts", "dkim", "mail-from", "effects", NULL,
};

static Piece
trim(const char *start, const char *end)
{
    while (start < end && (guchar)*start <= ' ' && g_ascii_isspace(*start))
        start++;
    while (end > start && (guchar)end[-1] <= ' ' && g_ascii_isspace(end[-1]))
        end--;
    return (Piece){ start, (gsize)(end - start) };
}

static gboolean
is(Piece piece, const char *word)
{
    return *piece.at == *word && strncmp(piece.at, word, piece.length) == 0 && word[piece.length] == '\0';
}

static gboolean
is_key(Piece key)
{
    for (const char *const *known = provider_keys; *known; known++)
        if (is(key, *known))
            return TRUE;
    return FALSE;
}

/* As it is compared: what name_normalise() would change, or refuse, is not for us. */
static gboolean
is_plain_name(Piece name)
{
    gsize label = 0;

    for (gsize i = 0; i < name.length; i++) {
        const char c = name.at[i];
        const gboolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        if (c == '.' ? label == 0 : !plain)
            return FALSE;
        label = c == '.' ? 0 : label + 1;
        if (label > NAME_MAX_LABEL)
            return FALSE;
    }
    return label > 0 && name.length <= NAME_MAX_OCTETS;
}

static gboolean
take_names(ProviderNames *names, Piece list)
{
    const char *const end = list.at + list.length;

    for (const char *at = list.at; at <= end;) {
        const char *comma = memchr(at, ',', (gsize)(end - at));
        const Piece name = trim(at, comma ? comma : end);
        if (name.length > 0 && !is_plain_name(name))
            return FALSE;
        const ProviderName found = { (guint32)(name.at - names->table.text), (guint32)name.length };
        if (name.length > 0)
            g_array_append_val(names->all, found);
        at = comma ? comma + 1 : end + 1;
    }
    return TRUE;
}

static gboolean
take_line(ProviderNames *names, Piece line, gboolean *in_section)
{
    const char *const end = line.at + line.length;

    if (line.length == 0 || *line.at == '#' || *line.at == ';')
        return TRUE;
    if (*line.at == '[') {
        *in_section = line.length > 2 && end[-1] == ']' && trim(line.at + 1, end - 1).length > 0;
        return *in_section;
    }
    const char *equals = memchr(line.at, '=', line.length);
    const Piece key = equals ? trim(line.at, equals) : line;
    if (!*in_section || !equals || key.length == 0 || !is_key(key))
        return FALSE;
    return !(is(key, "envelope") || is(key, "signs") || is(key, "hosts")) ||
           take_names(names, trim(equals + 1, end));
}

ProviderNames *
provider_names_new(const char *text, gsize length)
{
    const char *const end = text + length;
    gboolean in_section = FALSE, good = memchr(text, '\0', length) == NULL;
    ProviderNames *names = g_new0(ProviderNames, 1);

    names->table = (ProviderTable){ .text = text, .length = length };
    names->all = g_array_sized_new(FALSE, FALSE, sizeof(ProviderName), 128);
    for (const char *line = text; good && line < end;) {
        const char *newline = memchr(line, '\n', (gsize)(end - line));
        good = take_line(names, trim(line, newline ? newline : end), &in_section);
        line = newline ? newline + 1 : end;
    }
    names->table.names = (const ProviderName *)(const void *)names->all->data;
    names->table.count = names->all->len;
    if (good)
        return names;
    provider_names_free(names);
    return NULL;
}

ProviderNames *
provider_names_of(const ProviderTable *table)
{
    ProviderNames *names = g_new0(ProviderNames, 1);

    names->table = *table;
    return names;
}

ProviderTable
provider_names_table(const ProviderNames *names)
{
    return names->table;
}

void
provider_names_free(ProviderNames *names)
{
    if (!names)
        return;
    if (names->all)
        g_array_unref(names->all);
    g_free(names);
}

/* Few of them are as long as labels of this name: of the others the text, which is scattered, is not touched. */
gboolean
provider_names_have(const ProviderNames *names, const char *name)
{
    const gsize length = strlen(name);

    for (guint i = 0; i < names->table.count; i++) {
        const ProviderName *known = &names->table.names[i];
        if (known->length > length)
            continue;
        const char *tail = name + length - known->length;
        if ((tail == name || tail[-1] == '.') && memcmp(tail, names->table.text + known->at, known->length) == 0)
            return TRUE;
    }
    return FALSE;
}
