/* mask-words.c: which words of a name or a subject are worth hiding by themselves.
 * SPDX-License-Identifier: MIT */
#include "facts/mask-part.h"

#include <stdlib.h>
#include <string.h>

#include "base/lower.h"

/* A shorter one is in every second text. */
#define ASCII_MIN 2
#define OTHER_MIN 2

/* These stand in reports whatever was written: hiding them hides nothing, and makes the report
 * unreadable. In the order of strcmp(): there may be a million words to look up. */
static const char common[][16] = {
    "about", "accepted", "access", "account", "action", "address", "admin", "administrator",
    "aligned", "alignment", "all", "an", "and", "any", "arc", "are", "as", "at", "auth",
    "authenticated", "authentication", "be", "blocked", "body", "bounce", "by", "can", "check",
    "client", "code", "com", "connection", "contact", "content", "dear", "delivered", "delivery",
    "detected", "dkim", "dmarc", "dns", "do", "domain", "email", "envelope", "error", "example",
    "fail", "failed", "failure", "for", "form", "from", "fw", "fwd", "has", "have", "header",
    "hello", "helo", "help", "host", "id", "if", "in", "info", "invalid", "ip", "is", "it", "key",
    "line", "list", "mail", "mailbox", "mailer-daemon", "mailfrom", "mailing", "may", "message",
    "mx", "name", "net", "neutral", "new", "no", "no-reply", "none", "noreply", "not", "of", "on",
    "or", "org", "our", "pass", "permerror", "please", "policy", "postmaster", "quarantine", "re",
    "received", "record", "refused", "reject", "rejected", "relaxed", "relay", "reply", "report",
    "result", "results", "return", "returned", "rfc", "rsa", "selector", "send", "sender",
    "sending", "sent", "server", "service", "sha256", "signature", "signed", "simple", "smtp",
    "softfail", "spam", "spf", "strict", "subject", "support", "temperror", "temporary", "test",
    "text", "the", "this", "time", "to", "undelivered", "unknown", "user", "via", "was", "web",
    "webmaster", "wg", "will", "with", "www", "you", "your"
};

static int
by_text(const void *word, const void *row)
{
    return strcmp(word, row);
}

gboolean
mask_is_common(const char *word)
{
    const gsize length = strlen(word);
    char folded[sizeof common[0]];

    if (strspn(word, "0123456789.,:-/") == length)
        return TRUE;
    if (length >= sizeof folded)
        return FALSE;
    lower_into(folded, word, length + 1);
    return bsearch(folded, common, G_N_ELEMENTS(common), sizeof common[0], by_text) != NULL;
}

/* Letters of one kind: Japanese has no blanks between words, but changes its letters. Its Hiragana
 * are grammar. */
typedef enum { KIND_NONE, KIND_ASCII, KIND_HAN, KIND_KANA, KIND_GRAMMAR, KIND_OTHER } Kind;

static Kind
kind_of(gunichar code)
{
    if (code < 0x80)
        return g_ascii_isalnum((char)code) || code == '_' || code == '.' || code == '-'
                   ? KIND_ASCII : KIND_NONE;
    if (!g_unichar_isalnum(code) && !g_unichar_ismark(code))
        return KIND_NONE;
    switch (g_unichar_get_script(code)) {
    case G_UNICODE_SCRIPT_HAN:
        return KIND_HAN;
    case G_UNICODE_SCRIPT_KATAKANA:
        return KIND_KANA;
    case G_UNICODE_SCRIPT_HIRAGANA:
        return KIND_GRAMMAR;
    default:
        return KIND_OTHER;
    }
}

/* What has the form of a domain name stays, as those do everywhere. */
static gboolean
is_worth(const char *word, Kind kind)
{
    if (kind == KIND_ASCII) {
        const char *dot = strrchr(word, '.');
        return strlen(word) >= ASCII_MIN && !(dot && strlen(dot) > 2);
    }
    return kind != KIND_GRAMMAR && g_utf8_strlen(word, -1) >= OTHER_MIN;
}

void
mask_each_word(const char *text, void (*visit)(const char *word, gpointer data),
               gconstpointer data)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    for (const char *at = valid; *at;) {
        const Kind kind = kind_of(g_utf8_get_char(at));
        const char *end = g_utf8_next_char(at);
        while (*end && kind != KIND_NONE && kind_of(g_utf8_get_char(end)) == kind)
            end = g_utf8_next_char(end);
        g_autofree char *word = g_strndup(at, (gsize)(end - at));
        if (kind == KIND_ASCII)
            g_strdelimit(word + strlen(word) - 1, ".-", '\0');
        if (kind != KIND_NONE && is_worth(word, kind))
            visit(word, (gpointer)data);
        at = end;
    }
}
