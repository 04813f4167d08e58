/* spf-macro.c: macro strings checked and expanded.
 * SPDX-License-Identifier: MIT */
#include "auth/spf-macro.h"

#include <string.h>

#include "base/lower.h"
#include "base/name.h"

/* An explanation is one line for a human; a longer one is an attack on the reader. */
#define EXPLAIN_MAX 8192
/* Octets of macro values that one expansion may handle: what a sender wrote times what a record
 * repeats must stay small. */
#define WORK_MAX    (1u << 20)
/* Only the last 253 octets of a name count, so no more than this is kept. */
#define TAIL_KEPT   512

#define DELIMITERS  ".-+,/_="

/* One "%…" of a macro string, taken apart. */
typedef struct {
    gsize    length;        /* of the whole macro; 0: broken */
    char     letter;        /* lower case; or '%', '_', '-' */
    gboolean escape;        /* the letter was upper case */
    guint    keep;          /* right-hand parts; 0: all */
    gboolean reverse;
    char     delimiters[sizeof DELIMITERS];     /* each once; "." when none was given */
} Macro;

static gboolean
letter_allowed(char letter, SpfMacroWhere where)
{
    return letter && strchr(where == SPF_MACRO_EXPLAIN ? "slodipvhcrt" : "slodipvh", letter);
}

/* transformers = *DIGIT [ "r" ]; a number must not be zero (7.3). */
static gboolean
read_transformers(const char **cursor, const char *end, Macro *macro)
{
    const char *c = *cursor;

    for (; c < end && g_ascii_isdigit(*c); c++)
        if (macro->keep < 1000000)
            macro->keep = macro->keep * 10 + (guint)(*c - '0');
    if (c > *cursor && macro->keep == 0)
        return FALSE;
    if (c < end && (*c == 'r' || *c == 'R')) {
        macro->reverse = TRUE;
        c++;
    }
    *cursor = c;
    return TRUE;
}

static void
add_delimiter(Macro *macro, char delimiter)
{
    const gsize have = strlen(macro->delimiters);

    if (!strchr(macro->delimiters, delimiter))
        macro->delimiters[have] = delimiter;
}

/* Reads the macro that begins with the '%' at `text`. */
static Macro
read_macro(const char *text, const char *end, SpfMacroWhere where)
{
    Macro macro = { 0 };
    const Macro broken = { 0 };
    const char *c = text + 1;

    if (c >= end)
        return broken;
    if (*c == '%' || *c == '_' || *c == '-') {
        macro.letter = *c;
        macro.length = 2;
        return macro;
    }
    if (*c != '{' || c + 1 >= end)
        return broken;
    c++;
    macro.letter = g_ascii_tolower(*c);
    macro.escape = g_ascii_isupper(*c);
    if (!letter_allowed(macro.letter, where))
        return broken;
    c++;
    if (!read_transformers(&c, end, &macro))
        return broken;
    for (; c < end && *c && strchr(DELIMITERS, *c); c++)
        add_delimiter(&macro, *c);
    if (c >= end || *c != '}')
        return broken;
    if (!*macro.delimiters)
        add_delimiter(&macro, '.');
    macro.length = (gsize)(c + 1 - text);
    return macro;
}

/* toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum ) */
static gboolean
is_toplabel(const char *label, gsize length)
{
    gboolean alpha = FALSE, dash = FALSE;

    if (length == 0 || label[0] == '-' || label[length - 1] == '-')
        return FALSE;
    for (gsize i = 0; i < length; i++) {
        if (label[i] == '-')
            dash = TRUE;
        else if (g_ascii_isalpha(label[i]))
            alpha = TRUE;
        else if (!g_ascii_isdigit(label[i]))
            return FALSE;
    }
    return alpha || dash;
}

/* domain-end without macro: "." toplabel [ "." ] at the end of the literal. */
static gboolean
ends_in_toplabel(const char *literal, gsize length)
{
    if (length > 0 && literal[length - 1] == '.')
        length--;
    gsize start = length;
    while (start > 0 && literal[start - 1] != '.')
        start--;
    return start > 0 && is_toplabel(literal + start, length - start);
}

gboolean
spf_macro_valid(const char *text, gsize length, SpfMacroWhere where)
{
    const char *end = text + length;
    const char *literal = text;     /* since the last macro */

    for (const char *c = text; c < end;) {
        if (*c == '%') {
            const Macro macro = read_macro(c, end, where);
            if (!macro.length)
                return FALSE;
            c += macro.length;
            literal = c;
        } else if ((*c > 0x20 && *c < 0x7F) || (*c == ' ' && where == SPF_MACRO_EXPLAIN)) {
            c++;
        } else {
            return FALSE;
        }
    }
    if (where != SPF_MACRO_DOMAIN)
        return TRUE;
    return length > 0 && (literal == end || ends_in_toplabel(literal, (gsize)(end - literal)));
}

static void
append_text(GString *out, const char *text, gsize length, gboolean escape)
{
    for (gsize i = 0; i < length; i++) {
        const char c = text[i];
        /* RFC 3986, 2.3: unreserved characters stay as they are. */
        if (!escape || g_ascii_isalnum(c) || (c && strchr("-._~", c)))
            g_string_append_c(out, c);
        else
            g_string_append_printf(out, "%%%02X", (guchar)c);
    }
}

/* Splits at the delimiters, turns around, keeps the right-hand parts, joins with dots (7.3). */
static void
append_value(GString *out, const char *value, const Macro *macro)
{
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    const gsize length = strlen(value);
    gsize start = 0;

    for (gsize i = 0; i <= length; i++)
        if (i == length || strchr(macro->delimiters, value[i])) {
            g_array_append_val(starts, start);
            start = i + 1;
        }
    g_array_append_val(starts, start);      /* one past the end, and its delimiter */
    const guint parts = starts->len - 1;
    const guint first = macro->keep && macro->keep < parts ? parts - macro->keep : 0;
    for (guint i = first; i < parts; i++) {
        const guint part = macro->reverse ? parts - 1 - i : i;
        const gsize from = g_array_index(starts, gsize, part);
        const gsize to = g_array_index(starts, gsize, part + 1) - 1;
        if (i > first)
            g_string_append_c(out, '.');
        append_text(out, value + from, to - from, macro->escape);
    }
}

static gboolean
is_ascii(const char *text)
{
    for (; *text; text++)
        if ((guchar)*text >= 0x80)
            return FALSE;
    return TRUE;
}

/* The value behind a letter, as a new string. */
static SpfExpansion
macro_value(char letter, const SpfMacroValues *values, char **value)
{
    switch (letter) {
    case 's':
    case 'l':
        /* RFC 8616, 4: a local part beyond ASCII matches nothing. */
        if (!is_ascii(values->local_part))
            return SPF_EXPAND_NOTHING;
        *value = letter == 'l' ? g_strdup(values->local_part)
                               : g_strconcat(values->local_part, "@", values->sender_domain, NULL);
        return SPF_EXPANDED;
    case 'h':
        *value = g_strdup(values->helo);
        return values->helo ? SPF_EXPANDED : SPF_EXPAND_UNKNOWN;
    case 'p':
        return values->validated(values->data, value);
    case 't':
        *value = g_strdup_printf("%" G_GINT64_FORMAT, values->now);
        return SPF_EXPANDED;
    case 'o': *value = g_strdup(values->sender_domain); return SPF_EXPANDED;
    case 'd': *value = g_strdup(values->domain); return SPF_EXPANDED;
    case 'i': *value = g_strdup(values->ip_dotted); return SPF_EXPANDED;
    case 'v': *value = g_strdup(values->family); return SPF_EXPANDED;
    case 'c': *value = g_strdup(values->ip); return SPF_EXPANDED;
    case 'r': *value = g_strdup(values->receiver); return SPF_EXPANDED;
    default: return SPF_EXPAND_NOTHING;
    }
}

static SpfExpansion
expand_macro(const Macro *macro, const SpfMacroValues *values, GString *out, gsize *work)
{
    g_autofree char *value = NULL;

    switch (macro->letter) {
    case '%': g_string_append_c(out, '%'); return SPF_EXPANDED;
    case '_': g_string_append_c(out, ' '); return SPF_EXPANDED;
    case '-': g_string_append(out, "%20"); return SPF_EXPANDED;
    default: break;
    }
    const SpfExpansion known = macro_value(macro->letter, values, &value);
    if (known != SPF_EXPANDED)
        return known;
    *work += strlen(value) + 1;
    if (*work > WORK_MAX)
        return SPF_EXPAND_NOTHING;
    append_value(out, value, macro);
    return SPF_EXPANDED;
}

SpfExpansion
spf_macro_expand(const char *text, SpfMacroWhere where, const SpfMacroValues *values, GString *out)
{
    const char *end = text + strlen(text);
    gsize work = 0;

    for (const char *c = text; c < end;) {
        if (*c == '%') {
            const Macro macro = read_macro(c, end, where);
            if (!macro.length)
                return SPF_EXPAND_NOTHING;
            const SpfExpansion done = expand_macro(&macro, values, out, &work);
            if (done != SPF_EXPANDED)
                return done;
            c += macro.length;
        } else {
            g_string_append_c(out, *c++);
        }
        if (where == SPF_MACRO_EXPLAIN && out->len > EXPLAIN_MAX)
            return SPF_EXPAND_NOTHING;
        if (where == SPF_MACRO_DOMAIN && out->len > (gsize)16 * TAIL_KEPT)
            g_string_erase(out, 0, (gssize)(out->len - TAIL_KEPT));
    }
    return SPF_EXPANDED;
}

/* Labels of 1 to 63 octets that a resolver can be asked for. */
static gboolean
is_askable(const char *name)
{
    gsize label = 0;

    for (const char *c = name;; c++) {
        if (*c == '.' || *c == '\0') {
            if (label == 0 || label > NAME_MAX_LABEL)
                return FALSE;
            label = 0;
            if (!*c)
                return TRUE;
        } else if (*c < 0x20 || *c >= 0x7F) {
            return FALSE;
        } else {
            label++;
        }
    }
}

char *
spf_macro_name(const char *expanded)
{
    gsize length = strlen(expanded);

    if (length > 0 && expanded[length - 1] == '.')
        length--;
    const char *start = expanded;
    while (length > NAME_MAX_OCTETS) {
        const char *dot = memchr(start, '.', length);
        if (!dot)
            return NULL;
        length -= (gsize)(dot + 1 - start);
        start = dot + 1;
    }
    char *name = lower_bytes(start, length);
    if (!is_askable(name))
        g_clear_pointer(&name, g_free);
    return name;
}
