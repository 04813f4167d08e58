/* media.c: the plain form of a Content-* field, and GMime for all others.
 * SPDX-License-Identifier: MIT
 *
 * Most messages have nothing but plain ones, and GMime is long in loading. Both readings agree on what is plain:
 * tests/unit/test-mime.c holds them against each other. */
#include "message/media.h"

#include <string.h>

#include "message/gmime-load.h"

/* A field is short; what stands behind this is no part of it that matters. */
#define VALUE_MAX 8192
#define PARAMETERS_MAX 16

struct Media {
    char       *word;
    char       *names[PARAMETERS_MAX], *values[PARAMETERS_MAX];     /* of the plain form */
    guint       parameters;
    gpointer    object;     /* GMimeContentType or GMimeContentDisposition, or NULL */
    MediaField  field;
};

/* ---- the plain form ---- */

/* RFC 2045, 5.1: a token has none of the tspecials; those that announce an encoding are left to
 * GMime (RFC 2231, 4). */
static gsize
token_length(const char *text)
{
    static const char specials[128] = {
        ['('] = 1, [')'] = 1, ['<'] = 1, ['>'] = 1, ['@'] = 1, [','] = 1, [';'] = 1, [':'] = 1, ['\\'] = 1, ['"'] = 1,
        ['/'] = 1, ['['] = 1, [']'] = 1, ['?'] = 1, ['='] = 1, ['*'] = 1, ['\''] = 1, ['%'] = 1,
    };
    gsize length = 0;

    while ((guchar)text[length] > ' ' && (guchar)text[length] < 127 && !specials[(guchar)text[length]])
        length++;
    return length;
}

static const char *
pass_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

/* Between quotation marks, where nothing needs a meaning looked up. */
static gsize
quoted_length(const char *text)
{
    gsize length = 0;

    while ((guchar)text[length] >= ' ' && (guchar)text[length] < 127 &&
           !strchr("\"\\", text[length]))
        length++;
    return text[length] == '"' ? length : 0;
}

static gboolean
add_parameter(Media *media, char *name, char *value)
{
    const gboolean fits = media->parameters < PARAMETERS_MAX && !strstr(value, "=?") &&
                          !media_parameter(media, name);

    if (!fits) {
        g_free(name);
        g_free(value);
        return FALSE;
    }
    media->names[media->parameters] = name;
    media->values[media->parameters++] = value;
    return TRUE;
}

/* `name=value` or `name="value"`; moves `*at` behind it. */
static gboolean
read_parameter(Media *media, const char **at)
{
    const char *name = *at;
    const gsize length = token_length(name);
    const char *value = name + length + 1;

    if (length == 0 || name[length] != '=')
        return FALSE;
    const gboolean quoted = *value == '"';
    value += quoted;
    const gsize size = quoted ? quoted_length(value) : token_length(value);
    if (size == 0)
        return FALSE;
    *at = value + size + quoted;
    return add_parameter(media, g_strndup(name, length), g_strndup(value, size));
}

static gboolean
read_plain(Media *media, const char *at)
{
    const char *start = at = pass_blanks(at);
    const gsize first = token_length(at);

    at += first;
    if (media->field == MEDIA_TYPE && *at++ != '/')
        return FALSE;
    const gsize second = media->field == MEDIA_TYPE ? token_length(at) : 0;
    if (first == 0 || (media->field == MEDIA_TYPE && second == 0))
        return FALSE;
    at += second;
    media->word = g_strndup(start, (gsize)(at - start));
    for (at = pass_blanks(at); *at == ';'; at = pass_blanks(at)) {
        at = pass_blanks(at + 1);
        if (!read_parameter(media, &at))
            return FALSE;
    }
    return *at == '\0';
}

char *
media_plain_type(const char *value)
{
    const char *start = pass_blanks(value);
    const gsize first = token_length(start);
    const gsize second = first > 0 && start[first] == '/' ? token_length(start + first + 1) : 0;
    const gsize length = first + 1 + second;

    if (second == 0 || length > VALUE_MAX / 2)
        return NULL;
    const char end = *pass_blanks(start + length);
    return end == ';' || end == '\0' ? g_strndup(start, length) : NULL;
}

Media *
media_parse_plain(const char *value, MediaField field)
{
    Media *media = g_new0(Media, 1);

    media->field = field;
    if (read_plain(media, value))
        return media;
    media_free(media);
    return NULL;
}

/* ---- by GMime ---- */

static Media *
parse_by_gmime(const char *value, MediaField field)
{
    const GMimeLibrary *lib = gmime();
    Media *media = g_new0(Media, 1);
    const char *word = NULL;

    media->field = field;
    if (field == MEDIA_TYPE) {
        media->object = lib->content_type_parse(NULL, value);
        if (media->object)
            media->word = lib->content_type_get_mime_type(media->object);
    } else {
        media->object = lib->content_disposition_parse(NULL, value);
        if (media->object)
            word = lib->content_disposition_get_disposition(media->object);
        media->word = g_strdup(word);
    }
    if (media->object)
        return media;
    media_free(media);
    return NULL;
}

Media *
media_parse(const char *value, MediaField field)
{
    /* g_strndup() fills what is shorter with zeros, up to the bound. */
    g_autofree char *bounded = g_strndup(value, strnlen(value, VALUE_MAX));
    Media *media = media_parse_plain(bounded, field);

    return media ? media : parse_by_gmime(bounded, field);
}

/* ---- what it says ---- */

const char *
media_word(const Media *media)
{
    return media->word;
}

const char *
media_parameter(const Media *media, const char *name)
{
    if (media->object)
        return media->field == MEDIA_TYPE
                   ? gmime()->content_type_get_parameter(media->object, name)
                   : gmime()->content_disposition_get_parameter(media->object, name);
    for (guint i = 0; i < media->parameters; i++)
        if (g_ascii_strcasecmp(media->names[i], name) == 0)
            return media->values[i];
    return NULL;
}

void
media_free(Media *media)
{
    if (!media)
        return;
    if (media->object)
        gmime()->object_unref(media->object);
    for (guint i = 0; i < media->parameters; i++) {
        g_free(media->names[i]);
        g_free(media->values[i]);
    }
    g_free(media->word);
    g_free(media);
}
