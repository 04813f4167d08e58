/* received-client.c: who stood on the other side: the `from` clause of a Received field.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/lower.h"
#include "headers/ip.h"
#include "headers/received-parts.h"

/* Words of a comment beyond these are not looked at. */
#define WORDS_MAX 24

static void
replace(char **slot, char *text)
{
    g_free(*slot);
    *slot = text;
}

/* "mail.example.com." of Google, "user@host" of old sendmail and qmail: the host's name. */
static char *
host_of(const char *word)
{
    const char *at = strrchr(word, '@');
    char *host = g_strdup(at ? at + 1 : word);
    const gsize length = strlen(host);

    if (length > 1 && host[length - 1] == '.')
        host[length - 1] = '\0';
    return host;
}

/* How long "192.0.2.1:25" and "[192.0.2.1]:25" are without the port; IPv6 has colons of its own. */
static gsize
length_without_port(const char *text)
{
    const char *bracket = *text == '[' ? strchr(text, ']') : NULL;
    const char *colon = bracket ? NULL : strchr(text, ':');

    if (bracket)
        return (gsize)(bracket - text) + 1;
    if (colon && !strchr(colon + 1, ':') && memchr(text, '.', (gsize)(colon - text)))
        return (gsize)(colon - text);
    return strlen(text);
}

char *
received_ip(const char *word)
{
    const char *at = strrchr(word, '@'), *text = at ? at + 1 : word;

    if (!ip_may_begin(text))
        return NULL;
    gsize length = length_without_port(text);

    if (length > 1 && (text[length - 1] == ',' || text[length - 1] == ';'))
        length--;
    return ip_canonical_of(text, length);
}

static gboolean
is_unknown(const char *word)
{
    static const char *const words[] = { "unknown", "unverified", "unknown.", "may", NULL };

    if ((*word | 0x20) != 'u' && (*word | 0x20) != 'm')
        return FALSE;
    for (gsize i = 0; words[i]; i++)
        if (g_ascii_strcasecmp(word, words[i]) == 0)
            return TRUE;
    return FALSE;
}

/* A name, as the client said it until a comment tells that it was looked up. */
void
received_client_name(Hop *hop, const char *word)
{
    char *ip = received_ip(word);

    hop->from = g_strdup(word);
    if (ip)
        replace(&hop->ip, ip);
    else if (!is_unknown(word))
        replace(&hop->helo, g_strdup(word));
    else
        hop->no_ptr = TRUE;             /* qmail: "from unknown (HELO mail) (192.0.2.1)" */
}

/* What the client said of itself, in words of its own in the comment. */
static void
helo_stated(Hop *hop, ReceivedParts *parts, const char *helo)
{
    g_autofree char *ip = hop->from ? received_ip(hop->from) : NULL;

    /* Then the name before the comment is the one that reverse DNS gave (Exim, qmail). */
    if (hop->from && !ip && !is_unknown(hop->from) && !hop->ptr)
        hop->ptr = host_of(hop->from);
    else
        parts->ptr_unknown = TRUE;
    replace(&hop->helo, g_strdup(helo));
}

static gboolean
is_helo_verb(const char *word)
{
    const char *bare = *word == '"' ? word + 1 : word;

    return strnlen(bare, 5) == 4 && (lower_same(bare, "helo", 4) || lower_same(bare, "ehlo", 4));
}

/* "HELO x" (qmail, Yahoo, CommuniGate), "\"EHLO x\"" (ZMailer). */
static void
helo_verb(Hop *hop, ReceivedParts *parts, const char *next)
{
    g_autofree char *helo = g_strndup(next, strcspn(next, "\""));

    if (!*helo)
        return;
    helo_stated(hop, parts, helo);
    parts->ptr_unchecked = TRUE;        /* tcpserver, which asks for qmail, takes the name as it is */
}

/* Brackets win: what reverse DNS gives before them may look like an address, too. */
static gboolean
take_ip(Hop *hop, ReceivedParts *parts, const char *word)
{
    char *ip = received_ip(word);
    const gboolean bracketed = *word == '[';

    if (!ip)
        return FALSE;
    if (parts->ip_bracketed || (parts->ip_stated && !bracketed)) {
        g_free(ip);
        return TRUE;
    }
    replace(&hop->ip, ip);
    parts->ip_stated = TRUE;
    parts->ip_bracketed = bracketed;
    return TRUE;
}

/* In lower case; most words differ in their first letter. */
static gboolean
begins(const char *word, const char *with)
{
    return (*word | 0x20) == *with && g_ascii_strncasecmp(word, with, strlen(with)) == 0;
}

static void
comment_word(Hop *hop, ReceivedParts *parts, const char *word, guint index)
{
    const gboolean first = index == 0 && !hop->ptr && !parts->ip_stated;

    /* Exim: what the client says of itself may look like "user@192.0.2.1". */
    if (begins(word, "helo="))
        helo_stated(hop, parts, word + 5);
    else if (begins(word, "ident=") || take_ip(hop, parts, word))
        return;
    else if (first && is_unknown(word))
        parts->ptr_unknown = hop->no_ptr = TRUE;
    else if (first && strchr(word, '.') && !strpbrk(word, "=:/\""))
        hop->ptr = host_of(word);       /* "helo (ptr [ip])": Postfix, sendmail, Google */
}

/* "from pop.example.com [192.0.2.1] by localhost with POP3 (fetchmail)". */
void
received_client_word(Hop *hop, ReceivedParts *parts, const char *word)
{
    if (*word == '[')
        take_ip(hop, parts, word);
}

/* Ends the word at the next blank; what stands behind it, NULL for nothing. The last word takes all that is left. */
static char *
cut_word(char *word, guint *cut)
{
    char *blank = *cut < WORDS_MAX ? strchr(word, ' ') : NULL;

    if (!blank)
        return NULL;
    (*cut)++;
    *blank = '\0';
    return blank + 1;
}

void
received_client_comment(Hop *hop, ReceivedParts *parts, char *comment)
{
    guint cut = 1;

    hop->no_ptr = hop->no_ptr || strstr(comment, "may be forged");      /* sendmail */
    for (char *word = *comment ? comment : NULL, *next; word; word = next) {
        const guint index = cut - 1;
        next = cut_word(word, &cut);
        if (next && is_helo_verb(word)) {
            word = next;
            next = cut_word(word, &cut);
            helo_verb(hop, parts, word);
        } else {
            comment_word(hop, parts, word, index);
        }
    }
}

gboolean
received_speaks(const Hop *hop, const char *const *protocols)
{
    for (; hop->protocol && *protocols; protocols++)
        if (((*hop->protocol ^ **protocols) & ~0x20) == 0 &&
            g_ascii_strncasecmp(hop->protocol, *protocols, strlen(*protocols)) == 0)
            return TRUE;
    return FALSE;
}

/* A program or user of the host itself has no HELO, nor has a web client; and who fetches mail
 * from a mailbox is told nothing by it. */
static gboolean
says_no_helo(const Hop *hop)
{
    static const char *const fetched[] = { "POP", "IMAP", NULL };
    static const char *const handed[] = { "local", "HTTP", "mapi", NULL };

    return received_speaks(hop, fetched) || (!hop->ip && received_speaks(hop, handed));
}

void
received_client_done(Hop *hop, ReceivedParts *parts, gboolean exim)
{
    /* "from [192.0.2.1]" without a HELO of its own: the literal is what the client said. */
    if (hop->from && !hop->helo && *hop->from == '[')
        hop->helo = g_strdup(hop->from);
    /* Exim names HELO apart only where reverse DNS gave another name. */
    if (exim && parts->ip_stated && !hop->ptr && !parts->ptr_unknown && hop->from && hop->helo &&
        g_str_equal(hop->from, hop->helo) && *hop->from != '[')
        hop->ptr = host_of(hop->from);
    /* "from [192.0.2.1] (helo=mail)": it looked for a name and found none. */
    hop->no_ptr = hop->no_ptr || (exim && parts->ptr_unknown);
    if (says_no_helo(hop))
        g_clear_pointer(&hop->helo, g_free);
}
