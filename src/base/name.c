/* name.c: domain names in one form.
 * SPDX-License-Identifier: MIT */
#include "base/name.h"

#include <idn2.h>
#include <string.h>

#include "base/solid.h"

/* What is no longer than one label may be, sixteen octets at a time: nearly all names are, and an analysis asks for
 * hundreds. */
static char *
lower_short(const char *text, gsize length)
{
    char padded[NAME_MAX_LABEL + 1 + SOLID_BLOCK];
    SolidChunk strange = { 0 };

    memset(padded, 'a', sizeof padded);
    memcpy(padded, text, length);
    for (gsize at = 0; at < length; at += SOLID_BLOCK) {
        const SolidChunk next = solid_load(padded + at + 1);
        SolidChunk here = solid_load(padded + at);
        strange |= (SolidChunk)(here - 0x21 > 0x7E - 0x21) | (SolidChunk)((here == '.') & (next == '.'));
        here |= (SolidChunk)(here - 'A' < 26) & 0x20;
        memcpy(padded + at, &here, sizeof here);
    }
    if (!solid_none(strange) || *text == '.' || text[length - 1] == '.')
        return NULL;
    char *name = memcpy(g_malloc(length + 1), padded, length);
    name[length] = '\0';
    return name;
}

/* Printable ASCII without blanks: DNS itself carries any octet, and SPF records and selectors do use `_`, `/` or
 * `=`, so we refuse no more than this. */
static char *
lower(const char *text)
{
    gsize length = strlen(text);

    length -= length > 0 && text[length - 1] == '.';
    if (length == 0 || length > NAME_MAX_OCTETS)
        return NULL;
    if (length <= NAME_MAX_LABEL)
        return lower_short(text, length);
    char *name = g_malloc(length + 1);
    gsize dot = G_MAXSIZE;      /* where the last one stood: before the first label */
    gboolean good = TRUE;
    for (gsize i = 0; i < length; i++) {
        const guchar c = (guchar)text[i];
        name[i] = (char)(c | ((guchar)(c - 'A') < 26 ? 0x20 : 0));
        if (c == '.') {
            good = good && i - dot > 1 && i - dot <= NAME_MAX_LABEL + 1;
            dot = i;
        } else if (G_UNLIKELY((guchar)(c - 0x21) > 0x7E - 0x21)) {
            good = FALSE;
            break;
        }
    }
    name[length] = '\0';
    if (good && length - dot > 1 && length - dot <= NAME_MAX_LABEL + 1)
        return name;
    g_free(name);
    return NULL;
}

/* U-labels to A-labels; IDNA2008 with the mapping of UTS 46, as browsers and mail programs do. */
static char *
to_ascii(const char *text)
{
    char *ascii = NULL;

    if (!g_utf8_validate(text, -1, NULL) ||
        idn2_to_ascii_8z(text, &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) != IDN2_OK)
        return NULL;
    char *copy = g_strdup(ascii);
    idn2_free(ascii);
    return copy;
}

char *
name_normalise(const char *text)
{
    if (!text || !*text)
        return NULL;
    char *name = lower(text);
    if (name)
        return name;
    for (const char *c = text; *c; c++) {
        if ((guchar)*c >= 0x80) {
            g_autofree char *ascii = to_ascii(text);
            return ascii ? lower(ascii) : NULL;
        }
    }
    return NULL;
}

char *
name_of_signer(const char *text)
{
    char *name = name_normalise(text);

    for (const char *c = name ? name : ""; *c; c++)
        if (!g_ascii_isalnum(*c) && *c != '-' && *c != '_' && *c != '.') {
            g_free(name);
            return NULL;
        }
    return name;
}

gboolean
name_has_unicode(const char *name)
{
    const char *hyphen = strchr(name, '-');

    return hyphen && strstr(name, "xn--");
}

char *
name_to_unicode(const char *name)
{
    char *unicode = NULL;

    if (!name_has_unicode(name) || idn2_to_unicode_8z8z(name, &unicode, 0) != IDN2_OK)
        return g_strdup(name);
    g_autofree char *copy = g_strdup(unicode);
    idn2_free(unicode);
    /* An A-label may be the coding of a text that no name may have (RFC 5891, 4.4); shown as text it would be another
     * name's. */
    g_autofree char *back = name_normalise(copy);
    /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): g_autofree frees it */
    return back && g_str_equal(back, name) ? g_steal_pointer(&copy) : g_strdup(name);
}

char *
name_escaped(const char *name)
{
    GString *text = g_string_new(NULL);

    for (const char *c = name; *c; c++) {
        if (g_ascii_isalnum(*c) || *c == '-' || *c == '_' || *c == '.')
            g_string_append_c(text, *c);
        else
            g_string_append_printf(text, "\\%03u", (guint)(guint8)*c);
    }
    g_string_append_c(text, '.');
    return g_string_free(text, FALSE);
}

guint
name_labels(const char *name)
{
    guint labels = 1;

    for (const char *c = name; *c; c++)
        labels += *c == '.';
    return labels;
}

const char *
name_parent(const char *name)
{
    const char *dot = strchr(name, '.');

    return dot ? dot + 1 : NULL;
}

const char *
name_tail(const char *name, guint labels)
{
    for (guint have = name_labels(name); have > labels; have--)
        name = name_parent(name);
    return name;
}

gboolean
name_is_within(const char *name, const char *ancestor)
{
    const gsize length = strlen(name);
    const gsize tail = strlen(ancestor);

    if (length < tail || strcmp(name + length - tail, ancestor) != 0)
        return FALSE;
    return length == tail || name[length - tail - 1] == '.';
}

gboolean
name_same_top(const char *a, const char *b)
{
    return g_str_equal(name_tail(a, 1), name_tail(b, 1));
}
