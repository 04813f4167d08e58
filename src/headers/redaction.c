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
    return strchr(domain, '*') || is_crossed_out(text, (gsize)(at - text), domain);
}
