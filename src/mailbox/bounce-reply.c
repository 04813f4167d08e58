/* bounce-reply.c: an SMTP reply in the text of a notice, and who gave it to what.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "mailbox/bounce-parts.h"

/* What may stand before a reply: notices write "said: 550", "<<< 550", "'550", "(reason: 550",
 * "#550". A number inside a sentence is none ("in 450 minutes"). */
static gboolean
may_begin(const char *text, const char *at)
{
    if (at > text && at[-1] != ' ' && at[-1] != '\t' && at[-1] != '\n' &&
        !strchr(":'\"<(>=#;", at[-1]))
        return FALSE;
    while (at > text && (at[-1] == ' ' || at[-1] == '\t'))
        at--;
    return at == text || strchr("\n\r:'\"<(>=#;", at[-1]) != NULL;
}

const char *
reply_find(const char *text, const char *end)
{
    for (const char *at = text; at + 5 < end; at++) {
        if ((*at != '4' && *at != '5') || at[1] < '0' || at[1] > '5' || !g_ascii_isdigit(at[2]))
            continue;
        if ((at[3] == ' ' || at[3] == '-' || at[3] == ':' || at[3] == '#') && may_begin(text, at))
            return at;
    }
    return NULL;
}

/* The end of "5.7.1" at `at`, or NULL. */
static const char *
status_end(const char *at)
{
    if (*at != '2' && *at != '4' && *at != '5')
        return NULL;
    at++;
    for (int part = 0; part < 2; part++) {
        if (*at++ != '.')
            return NULL;
        const gsize digits = strspn(at, "0123456789");
        if (digits < 1 || digits > 3)
            return NULL;
        at += digits;
    }
    return (*at == '.' && g_ascii_isdigit(at[1])) || g_ascii_isalnum(*at) ? NULL : at;
}

char *
reply_status(const char *text)
{
    for (const char *at = text; at && *at; at++) {
        const char *end = status_end(at);
        if (end && (at == text || (!g_ascii_isalnum(at[-1]) && at[-1] != '.')))
            return g_strndup(at, (gsize)(end - at));
    }
    return NULL;
}

const char *
reply_said(const char *text)
{
    static const char *const before[] = { "said", "response", "error from", "returned", "replied" };
    const char *reply = reply_find(text, text + strlen(text));

    for (gsize i = 0; reply && i < G_N_ELEMENTS(before); i++) {
        const char *word = strstr(text, before[i]);
        if (word && word < reply)
            return reply;
    }
    return text;
}

char *
reply_host(const char *text)
{
    static const char *const before[] = { "while talking to ", "host ", "recipient domain by ",
                                          "Remote Server at ", "Receiving server: ", " by ",
                                          "connect to ", "connecting to ", NULL };

    for (gsize i = 0; before[i]; i++) {
        for (const char *at = text; (at = strstr(at, before[i])); ) {
            at += strlen(before[i]);
            const gsize length = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                            "0123456789.-_");
            g_autofree char *host = g_strndup(at, length);
            while (*host && host[strlen(host) - 1] == '.')
                host[strlen(host) - 1] = '\0';
            if (strchr(host, '.'))
                return g_steal_pointer(&host);
        }
    }
    return NULL;
}

const char *
reply_stage(const char *text)
{
    static const struct { const char *words, *stage; } all[] = {
        { "end of data", "end of DATA" },   { "after data", "end of DATA" },
        { "to data", "DATA" },              { ">>> data", "DATA" },
        { "to rcpt to", "RCPT TO" },        { "after rcpt to", "RCPT TO" },
        { ">>> rcpt to", "RCPT TO" },       { "to mail from", "MAIL FROM" },
        { "after mail from", "MAIL FROM" }, { ">>> mail from", "MAIL FROM" },
        { "to helo", "HELO" },              { "to ehlo", "HELO" },
        { "after helo", "HELO" },           { "after ehlo", "HELO" },
    };
    g_autofree char *lower = g_ascii_strdown(text, -1);

    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        if (strstr(lower, all[i].words))
            return all[i].stage;
    return NULL;
}

/* Where the address ends that begins here; NULL for none. */
static const char *
address_end(const char *text, const char *end)
{
    const char *stop = text;

    while (stop < end && !g_ascii_isspace(*stop) && !strchr("<>'\"(),;:[]", *stop))
        stop++;
    const char *at = memchr(text, '@', (gsize)(stop - text));
    if (!at || at == text || !memchr(at, '.', (gsize)(stop - at)) ||
        (stop < end && !g_ascii_isspace(*stop) && !strchr(">'\":(),;]", *stop)))
        return NULL;
    return stop;
}

char *
reply_word(const char *text, const char *end)
{
    const char *stop = address_end(text, end);

    while (stop && stop > text && stop[-1] == '.')
        stop--;
    return stop ? g_strndup(text, (gsize)(stop - text)) : NULL;
}

char *
reply_address(const char *line, const char *end)
{
    while (line < end && strchr(" \t<'\"", *line))
        line++;
    const char *stop = address_end(line, end);
    if (!stop)
        return NULL;
    const char *rest = stop;
    while (rest < end && strchr(">'\": \t\r\n", *rest))
        rest++;
    /* "a@b.example wrote:" is a reply's line. */
    if (rest < end && *stop != '>' && *stop != ':' && *rest != '(' && *rest != '#' &&
        !g_ascii_isdigit(*rest) && g_ascii_strncasecmp(rest, "on ", 3) != 0)
        return NULL;
    return g_strndup(line, (gsize)(stop - line));
}
