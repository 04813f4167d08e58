/* mask-text.c: what is personal found in texts, and replaced.
 * SPDX-License-Identifier: MIT */
#include "facts/mask.h"

#include <string.h>

#include "facts/mask-part.h"

/* A run of base64 that long is a key or a hash. */
#define BASE64_MIN 40
#define KEY_MAX 24

/* "smtp.mailfrom=taro": names of properties and tags that stand before an address without a blank.
 */
static gsize
key_length(const char *local, gsize length)
{
    static const char *const keys[] = {"i",        "from",      "to",    "for",  "envelope-from",
                                       "mailfrom", "mail-from", "mail",  "rcpt", "sender",
                                       "addr",     "address",   "email", NULL};
    static const char *const types[] = {"smtp.", "header.", "policy.", "body.", NULL};
    const char *equals = memchr(local, '=', MIN(length, KEY_MAX));

    if (!equals)
        return 0;
    g_autofree char *folded = g_ascii_strdown(local, equals - local);
    gboolean known = g_strv_contains(keys, folded);
    for (gsize i = 0; types[i] && !known; i++)
        known = g_str_has_prefix(folded, types[i]);
    return known ? (gsize)(equals - local) + 1 : 0;
}

static gboolean
is_local_char(char c)
{
    return (guchar)c >= 0x80 || g_ascii_isalnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~.", c));
}

/* Where the local part begins that ends at `at`; `least`: no further back. */
static gsize
local_start(const char *text, gsize at, gsize least)
{
    gsize start = at;

    if (at > least + 1 && text[at - 1] == '"') {
        for (start = at - 1; start > least && text[start - 1] != '"';)
            start--;
        return start > least ? start - 1 : at;
    }
    while (start > least && is_local_char(text[start - 1]))
        start--;
    start += key_length(text + start, at - start);
    while (start < at && strchr("'`", text[start])) /* quotes around an address in a sentence */
        start++;
    return start;
}

/* "@", or what stands for it in addresses of the web. */
static gsize
at_length(const char *text)
{
    return *text == '@' ? 1 : *text == '%' && text[1] == '4' && text[2] == '0' ? 3 : 0;
}

/* Every local part, known or not. (transfer full) */
static char *
mask_addresses(Mask *mask, const char *text)
{
    GString *out = g_string_new(NULL);
    gsize done = 0;

    for (gsize i = 0; text[i]; i++) {
        const gsize sign = at_length(text + i);
        const gsize start = sign > 0 ? local_start(text, i, done) : i;
        if (start == i)
            continue;
        g_autofree char *local = g_strndup(text + start, i - start);
        g_autofree char *masked = mask_framed(mask, local);
        g_string_append_len(out, text + done, (gssize)(start - done));
        g_string_append(out, masked);
        done = i;
    }
    g_string_append(out, text + done);
    return g_string_free(out, FALSE);
}

/* ---- learned words in a text ---- */

/* A run of characters that domain names, or keys, are made of. */
typedef struct {
    gsize start, end;
    gsize length;    /* without the dots that end a sentence */
    gboolean domain; /* it has the form of one */
    gboolean stays;  /* it is one of the report's */
} Run;

static gboolean
is_domain(const char *name)
{
    const char *dot = strrchr(name, '.');

    if (!dot || dot == name || strstr(name, ".."))
        return FALSE;
    const gsize length = strlen(dot + 1);
    return length >= 2 && strspn(dot + 1, "abcdefghijklmnopqrstuvwxyz") == length;
}

static gboolean
is_run_char(char c)
{
    return g_ascii_isalnum(c) || c == '.' || c == '-' || c == '_';
}

static Run
run_at(const Mask *mask, const char *text, gsize at)
{
    Run run = {at, at, 0, FALSE, FALSE};

    while (is_run_char(text[run.end]))
        run.end++;
    run.length = run.end - run.start;
    while (run.length > 0 && text[run.start + run.length - 1] == '.')
        run.length--;
    g_autofree char *name = g_ascii_strdown(text + at, (gssize)run.length);
    run.domain = is_domain(name);
    run.stays = g_hash_table_contains(mask->domains, name);
    return run;
}

static gboolean
is_word_byte(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

static gboolean
stands_alone(const char *text, gsize at, gsize length)
{
    const gboolean before = at == 0 || !is_word_byte(text[at - 1]) || !is_word_byte(text[at]);
    const char last = text[at + length - 1], next = text[at + length];

    return before && (!is_word_byte(next) || !is_word_byte(last));
}

/* Domains stay, but for a local part that is written like one, or that a macro put into one, and
 * for a whole name that is written like one or begins so ("taro.yamada (sales)"). */
static gboolean
may_mask(const Mask *mask, const Secret *secret, const Run *run, gsize at)
{
    if (!run->domain || at < run->start || at >= run->end)
        return TRUE;
    if (run->stays)
        return FALSE;
    if (secret->kind == SECRET_NAME)
        return at == run->start && secret->length >= run->length;
    return secret->kind == SECRET_LOCAL && (mask->macros || secret->length == run->length);
}

static const Secret *
find_secret(const Mask *mask, const char *text, gsize at, const Run *run)
{
    const GPtrArray *same =
        text[at] && text[at + 1] ? g_hash_table_lookup(mask->starts, mask_start(text + at)) : NULL;

    for (guint i = 0; same && i < same->len; i++) {
        const Secret *secret = same->pdata[i];
        if (g_ascii_strncasecmp(text + at, secret->text, secret->length) == 0 &&
            stands_alone(text, at, secret->length) && may_mask(mask, secret, run, at))
            return secret;
    }
    return NULL;
}

static gsize
base64_length(const char *text)
{
    gsize length = 0;

    while (g_ascii_isalnum(text[length]) || text[length] == '+' || text[length] == '/' ||
           text[length] == '=')
        length++;
    return length >= BASE64_MIN ? length : 0;
}

/* (transfer full) */
static char *
mask_learned(const Mask *mask, const char *text)
{
    GString *out = g_string_new(NULL);
    Run run = {0, 0, 0, FALSE, FALSE};
    gsize done = 0;

    for (gsize i = 0; text[i];) {
        const gboolean begins = i == 0 || !is_run_char(text[i - 1]);
        if (i >= run.end && is_run_char(text[i]))
            run = run_at(mask, text, i);
        const gsize key = begins ? base64_length(text + i) : 0;
        const Secret *secret = key > 0 ? NULL : find_secret(mask, text, i, &run);
        if (secret) {
            g_string_append_len(out, text + done, (gssize)(i - done));
            g_string_append(out, secret->mask);
            done = i + secret->length;
        }
        i += secret ? secret->length : MAX(key, 1);
    }
    g_string_append(out, text + done);
    return g_string_free(out, FALSE);
}

char *
mask_text(Mask *mask, const char *text)
{
    g_autofree char *addresses = mask_addresses(mask, text);

    return mask_learned(mask, addresses);
}

void
mask_cover(Mask *mask, char *text)
{
    Run run = {0, 0, 0, FALSE, FALSE};

    for (gsize i = 0, done = 0; text[i]; i++) {
        const gsize start = at_length(text + i) > 0 ? local_start(text, i, done) : i;
        memset(text + start, 'x', i - start);
        done = start < i ? i : done;
    }
    for (gsize i = 0; text[i];) {
        if (i >= run.end && is_run_char(text[i]))
            run = run_at(mask, text, i);
        const gboolean begins = i == 0 || !is_run_char(text[i - 1]);
        const gsize key = begins ? base64_length(text + i) : 0;
        const Secret *secret = key > 0 ? NULL : find_secret(mask, text, i, &run);
        if (secret)
            memset(text + i, 'x', secret->length);
        i += secret ? secret->length : MAX(key, 1);
    }
}

char *
mask_domain(Mask *mask, const char *name)
{
    return mask->macros || strchr(name, '@') ? mask_text(mask, name) : NULL;
}
