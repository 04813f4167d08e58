/* redaction.c: the marks that people and tools leave where an address was.
 * SPDX-License-Identifier: MIT */
#include "headers/redaction.h"

#include <string.h>

#include "base/solid.h"

/* Before anybody looks for one of these: what all but "redacted" have in common is a bracket or a hyphen, and blots
 * are no ASCII. Signatures and names have neither, and each of them passes here.
 *
 * "email protected" with any blank between, or none, stands in Cloudflare's links and texts. */
static const char *const phrases[] = {
    "redacted", "protected]", "email-protection", "[removed", "<removed", "(removed",
    "[hidden", "(hidden", "[masked", "(masked", "[deleted", "[anonymi", "[censored", "[private]",
    "[snip", "[email]", "[address]", "[domain]",
};
/* Circles, blocks, bullets and full-width stars. */
static const char *const blots[] = {
    "\u25CF", "\u25CB", "\u25A0", "\u25A1", "\u2588", "\u2593", "\u2592", "\u2591", "\u2022",
    "\u2217", "\uFF0A", "\u00D7\u00D7", "\u4F0F\u5B57",
};

static gboolean
holds_any(const char *text, const char *const *marks, gsize count)
{
    for (gsize i = 0; i < count; i++)
        if (strstr(text, marks[i]))
            return TRUE;
    return FALSE;
}

/* Whatever the case. */
static gboolean
is_all(const char *start, gsize length, char c)
{
    for (gsize i = 0; i < length; i++)
        if (g_ascii_tolower(start[i]) != c)
            return FALSE;
    return length > 0;
}

static gboolean
says_redacted(const char *text)
{
    for (; *text; text++)
        if ((*text | 0x20) == 'r' && g_ascii_strncasecmp(text, "redacted", 8) == 0)
            return TRUE;
    return FALSE;
}

/* What all marks have one of: brackets and hyphens, blots, "red". Sixteen octets at a time: each signature is looked at. */
enum { HAS_PHRASE = 1, HAS_BLOT = 2, HAS_RED = 4 };

/* What was found so far: of each kind, in any of the sixteen places. */
typedef struct {
    SolidChunk phrase, blot, red;
} Hints;

/* Of 16 octets and the two behind them. */
static inline void
look_at(Hints *hints, const char *text)
{
    const SolidChunk here = solid_load(text), next = solid_load(text + 1), third = solid_load(text + 2);

    hints->phrase |= (SolidChunk)((here == '[') | (here == '<') | (here == '(') | (here == ']') | (here == '-'));
    hints->red |= (SolidChunk)(((here | 0x20) == 'r') & ((next | 0x20) == 'e') & ((third | 0x20) == 'd'));
    hints->blot |= here & 0x80;
}

static guint
hints_in(const char *text)
{
    const gsize length = strlen(text);
    char rest[SOLID_BLOCK + 2] = { 0 };
    Hints hints = { { 0 }, { 0 }, { 0 } };
    gsize at = 0;

    for (; length - at > SOLID_BLOCK; at += SOLID_BLOCK)      /* the NUL is the last that is read */
        look_at(&hints, text + at);
    memcpy(rest, text + at, length - at);
    look_at(&hints, rest);
    return (solid_none(hints.phrase) ? 0 : HAS_PHRASE) | (solid_none(hints.blot) ? 0 : HAS_BLOT) |
           (solid_none(hints.red) ? 0 : HAS_RED);
}

static gboolean
holds_mark(const char *text)
{
    const guint hints = hints_in(text);

    if ((hints & HAS_BLOT) && holds_any(text, blots, G_N_ELEMENTS(blots)))
        return TRUE;
    if (!(hints & HAS_PHRASE))
        return (hints & HAS_RED) && says_redacted(text);
    g_autofree char *lower = g_ascii_strdown(text, -1);
    return holds_any(lower, phrases, G_N_ELEMENTS(phrases));
}

/* "xxx", "xxx.xxx", "xxxx.com"; "xxx.com" is somebody's name, unless the local part is blotted
 * as well. */
static gboolean
is_crossed_out(const char *local, gsize local_length, const char *domain)
{
    const gsize length = strcspn(domain, ".>");
    const gboolean local_too = is_all(local, local_length, 'x');

    if (!is_all(domain, length, 'x'))
        return FALSE;
    if (domain[length] != '.')
        return length > 1;
    const char *rest = domain + length + 1;
    return length > 3 || (length > 1 && (local_too || is_all(rest, strcspn(rest, ">"), 'x')));
}

gboolean
redaction_in(const char *text)
{
    if (!text || !*text || strlen(text) > REDACTION_MAX)
        return FALSE;
    const char *at = strrchr(text, '@');
    const char *domain = at ? at + 1 : text;

    if (holds_mark(domain))
        return TRUE;
    if (!at)
        return strlen(text) > 2 && is_all(text, strlen(text), 'x');
    return strchr(domain, '*') || strstr(domain, "...") || is_crossed_out(text, (gsize)(at - text), domain);
}

static const char *
skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

/* Behind "at", "(at)", "(a)" or "[at]" and the blanks around it; NULL where none stands. */
static const char *
behind_sign(const char *at)
{
    static const char *const signs[] = { "at ", "(a)", "(at)", "[at]" };
    const char *sign = skip_blanks(at);

    for (gsize i = sign > at ? 0 : 1; i < G_N_ELEMENTS(signs); i++)     /* a bare word stands apart */
        if (g_ascii_strncasecmp(sign, signs[i], strlen(signs[i])) == 0)
            return skip_blanks(sign + strlen(signs[i]));
    return NULL;
}

/* Behind "mail.example.com" and the blanks that follow; NULL where there is no such name. */
static const char *
behind_name(const char *at)
{
    const char *end = at, *dot = NULL;

    for (; g_ascii_isalnum(*end) || *end == '-' || *end == '.'; end++)
        if (*end == '.')
            dot = end;
    return dot && dot > at && end - dot > 2 ? skip_blanks(end) : NULL;
}

/* "Meet us at example.com" and "Sales at example.com" are names, and no address was there: a bare word counts where the owner's name
 * stands behind it, as Mailman's archive has it. */
gboolean
redaction_of_sign(const char *value)
{
    const char *bracket = strchr(value, '<');
    const char *local = skip_blanks(bracket ? bracket + 1 : value);
    const gsize length = strcspn(local, " \t<>()[],;:\"");
    const char *sign = skip_blanks(local + length);
    const char *domain = length > 0 ? behind_sign(local + length) : NULL;
    const char *end = domain && !strchr(value, '@') ? behind_name(domain) : NULL;

    if (!end || bracket)
        return end && *end == '>';
    return *end == '(' || (*end == '\0' && !g_ascii_isalpha(*sign));
}
