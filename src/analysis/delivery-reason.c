/* delivery-reason.c: the table of what servers say, and of their codes.
 * SPDX-License-Identifier: MIT */
#include "analysis/delivery-reason.h"

#include <string.h>

/* A diagnostic is a few lines. */
#define TEXT_MAX 4000

/* ---- by text ---- */

typedef struct {
    const char *needles;    /* each must occur, "&" between; up to four letters: as a word */
    const char *id;
    ReasonKind  kind;
} TextRow;

/* In this order: what names two things stands above what names one. */
static const TextRow texts[] = {
    { "required authentication level", "delivery-microsoft-bulk", REASON_AUTH },
    { "hard fail policy&spf", "delivery-spf", REASON_SPF },
    { "rate limited&spf&pass", "delivery-spf-bulk", REASON_SPF },
    { "rate limited&dkim&pass", "delivery-dkim-bulk", REASON_AUTH },
    { "sender is unauthenticated", "delivery-unauthenticated", REASON_AUTH },
    { "dmarc&no record", "delivery-dmarc-missing", REASON_AUTH },
    { "dmarc record&missing", "delivery-dmarc-missing", REASON_AUTH },
    { "not have a dmarc", "delivery-dmarc-missing", REASON_AUTH },
    { "without a dmarc", "delivery-dmarc-missing", REASON_AUTH },
    { "from: header&aligned", "delivery-alignment", REASON_DMARC },
    { "dmarc", "delivery-dmarc", REASON_DMARC },
    { "spf&dkim", "delivery-unauthenticated", REASON_AUTH },
    { "spf&permerror", "delivery-spf-error", REASON_SPF },
    { "spf&permanent error", "delivery-spf-error", REASON_SPF },
    { "spf&too many", "delivery-spf-error", REASON_SPF },
    { "spf&temperror", "delivery-spf-error", REASON_SPF },
    { "spf&temporary", "delivery-spf-error", REASON_SPF },
    { "spf&suspicious", "delivery-spf-suspicious", REASON_SPF },
    { "spf", "delivery-spf", REASON_SPF },
    { "openspf", "delivery-spf", REASON_SPF },
    { "sender policy framework", "delivery-spf", REASON_SPF },
    { "not allowed to send mail from", "delivery-spf", REASON_SPF },
    { "not permitted to send mail for", "delivery-spf", REASON_SPF },
    { "not a permitted sender", "delivery-spf", REASON_SPF },
    { "dkim", "delivery-dkim", REASON_AUTH },

    { "greylist", "delivery-greylist", REASON_WAIT },
    { "graylist", "delivery-greylist", REASON_WAIT },
    { "grey list", "delivery-greylist", REASON_WAIT },
    { "grey-list", "delivery-greylist", REASON_WAIT },

    { "reverse dns", "delivery-ptr", REASON_SERVER },
    { "reverse-dns", "delivery-ptr", REASON_SERVER },
    { "reverse hostname", "delivery-ptr", REASON_SERVER },
    { "cannot find your hostname", "delivery-ptr", REASON_SERVER },
    { "cannot find your reverse", "delivery-ptr", REASON_SERVER },
    { "rdns", "delivery-ptr", REASON_SERVER },
    { "ptr", "delivery-ptr", REASON_SERVER },

    { "block list", "delivery-blocklist", REASON_SERVER },
    { "blocklist", "delivery-blocklist", REASON_SERVER },
    { "black list", "delivery-blocklist", REASON_SERVER },
    { "blacklist", "delivery-blocklist", REASON_SERVER },
    { "spamhaus", "delivery-blocklist", REASON_SERVER },
    { "spamcop", "delivery-blocklist", REASON_SERVER },
    { "dnsbl", "delivery-blocklist", REASON_SERVER },
    { "rbl", "delivery-blocklist", REASON_SERVER },
    { "blocked using", "delivery-blocklist", REASON_SERVER },
    { "banned sending ip", "delivery-blocklist", REASON_SERVER },
    { "reputation", "delivery-blocklist", REASON_SERVER },

    { "rate limit", "delivery-rate", REASON_SERVER },
    { "unusual rate", "delivery-rate", REASON_SERVER },
    { "too many messages", "delivery-rate", REASON_SERVER },
    { "too many connections", "delivery-rate", REASON_SERVER },
    { "throttl", "delivery-rate", REASON_SERVER },
    { "sending limit", "delivery-rate", REASON_SERVER },

    { "relay access denied", "delivery-relay", REASON_OTHER },
    { "relaying denied", "delivery-relay", REASON_OTHER },
    { "relay denied", "delivery-relay", REASON_OTHER },
    { "relaying not", "delivery-relay", REASON_OTHER },
    { "unable to relay", "delivery-relay", REASON_OTHER },
    { "permitted to relay", "delivery-relay", REASON_OTHER },

    { "mailbox full", "delivery-mailbox-full", REASON_MAILBOX },
    { "mailbox is full", "delivery-mailbox-full", REASON_MAILBOX },
    { "inbox is full", "delivery-mailbox-full", REASON_MAILBOX },
    { "over quota", "delivery-mailbox-full", REASON_MAILBOX },
    { "overquota", "delivery-mailbox-full", REASON_MAILBOX },
    { "quota exceeded", "delivery-mailbox-full", REASON_MAILBOX },
    { "exceeded&quota", "delivery-mailbox-full", REASON_MAILBOX },
    { "out of storage", "delivery-mailbox-full", REASON_MAILBOX },
    { "exceeded storage", "delivery-mailbox-full", REASON_MAILBOX },

    { "account&disabled", "delivery-mailbox-disabled", REASON_MAILBOX },
    { "mailbox&disabled", "delivery-mailbox-disabled", REASON_MAILBOX },
    { "account&inactive", "delivery-mailbox-disabled", REASON_MAILBOX },
    { "account&suspended", "delivery-mailbox-disabled", REASON_MAILBOX },

    { "domain of sender", "delivery-sender-domain", REASON_OTHER },
    { "sender address&domain not found", "delivery-sender-domain", REASON_OTHER },
    { "sender domain&not exist", "delivery-sender-domain", REASON_OTHER },
    { "bad outbound sender", "delivery-sender-barred", REASON_SERVER },
    { "host or domain name not found", "delivery-domain-unknown", REASON_ADDRESS },
    { "host not found", "delivery-domain-unknown", REASON_ADDRESS },
    { "host unknown", "delivery-domain-unknown", REASON_ADDRESS },
    { "domain not found", "delivery-domain-unknown", REASON_ADDRESS },
    { "domain does not exist", "delivery-domain-unknown", REASON_ADDRESS },
    { "no such domain", "delivery-domain-unknown", REASON_ADDRESS },
    { "couldn't find any host", "delivery-domain-unknown", REASON_ADDRESS },
    { "null mx", "delivery-null-mx", REASON_ADDRESS },

    { "user unknown", "delivery-user-unknown", REASON_ADDRESS },
    { "unknown user", "delivery-user-unknown", REASON_ADDRESS },
    { "unknown recipient", "delivery-user-unknown", REASON_ADDRESS },
    { "recipient unknown", "delivery-user-unknown", REASON_ADDRESS },
    { "unknown local", "delivery-user-unknown", REASON_ADDRESS },
    { "unknown address", "delivery-user-unknown", REASON_ADDRESS },
    { "no such user", "delivery-user-unknown", REASON_ADDRESS },
    { "no such recipient", "delivery-user-unknown", REASON_ADDRESS },
    { "no such address", "delivery-user-unknown", REASON_ADDRESS },
    { "no such mailbox", "delivery-user-unknown", REASON_ADDRESS },
    { "no mailbox here", "delivery-user-unknown", REASON_ADDRESS },
    { "mailbox not found", "delivery-user-unknown", REASON_ADDRESS },
    { "recipient not found", "delivery-user-unknown", REASON_ADDRESS },
    { "address not found", "delivery-user-unknown", REASON_ADDRESS },
    { "invalid recipient", "delivery-user-unknown", REASON_ADDRESS },
    { "recipientnotfound", "delivery-user-unknown", REASON_ADDRESS },
    { "does not exist", "delivery-user-unknown", REASON_ADDRESS },
    { "doesn't exist", "delivery-user-unknown", REASON_ADDRESS },
    { "doesn't have a", "delivery-user-unknown", REASON_ADDRESS },
    { "unrouteable address", "delivery-user-unknown", REASON_ADDRESS },
    { "recipient address rejected: access denied", "delivery-user-unknown", REASON_ADDRESS },
    { "user doesn't", "delivery-user-unknown", REASON_ADDRESS },

    { "message&too large", "delivery-too-large", REASON_CONTENT },
    { "message size exceeds", "delivery-too-large", REASON_CONTENT },
    { "size limit", "delivery-too-large", REASON_CONTENT },
    { "message too big", "delivery-too-large", REASON_CONTENT },
    { "must issue a starttls", "delivery-tls", REASON_SERVER },
    { "without tls", "delivery-tls", REASON_SERVER },
    { "encryption required", "delivery-tls", REASON_SERVER },
    { "authentication required", "delivery-login", REASON_OTHER },
    { "authentication is required", "delivery-login", REASON_OTHER },
    { "client was not authenticated", "delivery-login", REASON_OTHER },
    { "virus", "delivery-virus", REASON_CONTENT },
    { "malware", "delivery-virus", REASON_CONTENT },
    { "spam", "delivery-spam", REASON_CONTENT },
    { "unsolicited", "delivery-spam", REASON_CONTENT },
    { "junk mail", "delivery-spam", REASON_CONTENT },
    { "too many hops", "delivery-loop", REASON_ROUTE },
    { "mail loop", "delivery-loop", REASON_ROUTE },
    { "loops back", "delivery-loop", REASON_ROUTE },
    { "hop count exceeded", "delivery-loop", REASON_ROUTE },
    { "connection timed out", "delivery-unreachable", REASON_ROUTE },
    { "connection refused", "delivery-unreachable", REASON_ROUTE },
    { "no route to host", "delivery-unreachable", REASON_ROUTE },
    { "network is unreachable", "delivery-unreachable", REASON_ROUTE },
    { "lost connection", "delivery-unreachable", REASON_ROUTE },
    { "retry timeout exceeded", "delivery-unreachable", REASON_ROUTE },
    { "rfc 5322", "delivery-format", REASON_CONTENT },
    { "rfc5322", "delivery-format", REASON_CONTENT },
    { "not rfc", "delivery-format", REASON_CONTENT },
    { "mailbox unavailable", "delivery-mailbox-unavailable", REASON_ADDRESS },
    { "policy", "delivery-policy", REASON_OTHER },
};

/* ---- by code ---- */

typedef struct {
    const char *code;       /* "7.26": subject and detail */
    const char *id;
    ReasonKind  kind;
} CodeRow;

/* Gmail's own meanings (STANDARDS: support page 3726730); 7.27, 7.29 and 7.30 mean other things
 * elsewhere. */
static const CodeRow google_codes[] = {
    { "7.23", "delivery-ptr", REASON_SERVER },
    { "7.24", "delivery-spf-suspicious", REASON_SPF },
    { "7.25", "delivery-ptr", REASON_SERVER },
    { "7.26", "delivery-unauthenticated", REASON_AUTH },
    { "7.27", "delivery-spf-bulk", REASON_SPF },
    { "7.28", "delivery-rate", REASON_SERVER },
    { "7.29", "delivery-tls", REASON_SERVER },
    { "7.30", "delivery-dkim-bulk", REASON_AUTH },
    { "7.31", "delivery-dmarc-missing", REASON_AUTH },
    { "7.32", "delivery-alignment", REASON_DMARC },
    { "7.40", "delivery-dmarc-missing", REASON_AUTH },
    { NULL, NULL, REASON_OTHER }
};

static const CodeRow yahoo_codes[] = {
    { "7.9", "delivery-yahoo-policy", REASON_OTHER },
    { NULL, NULL, REASON_OTHER }
};

static const CodeRow microsoft_codes[] = {
    { "1.8", "delivery-sender-barred", REASON_SERVER },
    { "4.1", "delivery-user-unknown", REASON_ADDRESS },
    { "1.10", "delivery-user-unknown", REASON_ADDRESS },
    { "7.57", "delivery-login", REASON_OTHER },
    { "7.60", "delivery-send-as", REASON_OTHER },
    { "7.64", "delivery-relay", REASON_OTHER },
    { NULL, NULL, REASON_OTHER }
};

/* Details of three digits from 500 on are Microsoft's alone. */
static const CodeRow large_codes[] = {
    { "7.509", "delivery-dmarc", REASON_DMARC },
    { "7.515", "delivery-microsoft-bulk", REASON_AUTH },
    { "7.511", "delivery-blocklist", REASON_SERVER },
    { "7.606", "delivery-blocklist", REASON_SERVER },
    { "7.708", "delivery-rate", REASON_SERVER },
    { NULL, NULL, REASON_OTHER }
};

/* RFC 3463, 7372, 7505 and the registry of enhanced codes. */
static const CodeRow registered_codes[] = {
    { "1.1", "delivery-user-unknown", REASON_ADDRESS },
    { "1.2", "delivery-domain-unknown", REASON_ADDRESS },
    { "1.3", "delivery-address-syntax", REASON_ADDRESS },
    { "1.6", "delivery-mailbox-disabled", REASON_MAILBOX },
    { "1.7", "delivery-sender-domain", REASON_OTHER },
    { "1.8", "delivery-sender-domain", REASON_OTHER },
    { "1.10", "delivery-null-mx", REASON_ADDRESS },
    { "2.1", "delivery-mailbox-disabled", REASON_MAILBOX },
    { "2.2", "delivery-mailbox-full", REASON_MAILBOX },
    { "2.3", "delivery-too-large", REASON_CONTENT },
    { "3.4", "delivery-too-large", REASON_CONTENT },
    { "4.1", "delivery-unreachable", REASON_ROUTE },
    { "4.2", "delivery-unreachable", REASON_ROUTE },
    { "4.4", "delivery-domain-unknown", REASON_ADDRESS },
    { "4.6", "delivery-loop", REASON_ROUTE },
    { "4.7", "delivery-unreachable", REASON_ROUTE },
    { "7.1", "delivery-policy", REASON_OTHER },
    { "7.8", "delivery-login", REASON_OTHER },
    { "7.10", "delivery-tls", REASON_SERVER },
    { "7.20", "delivery-dkim", REASON_AUTH },
    { "7.21", "delivery-dkim-unacceptable", REASON_AUTH },
    { "7.22", "delivery-dkim-author", REASON_AUTH },
    { "7.23", "delivery-spf", REASON_SPF },
    { "7.24", "delivery-spf-error", REASON_SPF },
    { "7.25", "delivery-ptr", REASON_SERVER },
    { "7.26", "delivery-several-checks", REASON_AUTH },
    { "7.27", "delivery-null-mx", REASON_ADDRESS },
    { "7.28", "delivery-rate", REASON_SERVER },
    { "7.29", "delivery-arc", REASON_AUTH },
    { "7.30", "delivery-requiretls", REASON_SERVER },
    { NULL, NULL, REASON_OTHER }
};

/* RFC 5321, 4.2.3: where there is nothing but the reply's number. */
static const CodeRow replies[] = {
    { "421", "delivery-reply-unavailable", REASON_WAIT },
    { "450", "delivery-reply-busy", REASON_WAIT },
    { "451", "delivery-reply-busy", REASON_WAIT },
    { "452", "delivery-reply-storage", REASON_WAIT },
    { "530", "delivery-login", REASON_OTHER },
    { "550", "delivery-reply-550", REASON_OTHER },
    { "551", "delivery-user-unknown", REASON_ADDRESS },
    { "552", "delivery-reply-storage", REASON_OTHER },
    { "553", "delivery-reply-553", REASON_OTHER },
    { "554", "delivery-reply-554", REASON_OTHER },
    { NULL, NULL, REASON_OTHER }
};

/* ---- looking up ---- */

/* The codes of a reply of several lines are taken out ("550-5.7.26 blocked 550 5.7.26 because"), so
 * that sentences that run over them are whole. (transfer full) */
static char *
plain_words(const char *diagnostic)
{
    g_autofree char *bounded = g_strndup(diagnostic ? diagnostic : "", TEXT_MAX);
    g_autofree char *lower = g_ascii_strdown(bounded, -1);
    g_auto(GStrv) words = g_strsplit_set(lower, " \t\r\n", -1);
    g_autoptr(GString) out = g_string_new(" ");

    for (char **word = words; *word; word++) {
        const gboolean number = strlen(*word) >= 3 && (**word == '4' || **word == '5') &&
                                strspn(*word, "0123456789.-#") == strlen(*word);
        if (**word && !number)
            g_string_append_printf(out, "%s ", *word);
    }
    return g_strdup(out->str);
}

static gboolean
has_word(const char *text, const char *word, gsize length)
{
    for (const char *at = text; (at = strstr(at, word)); at++)
        if ((at == text || !g_ascii_isalnum(at[-1])) && !g_ascii_isalnum(at[length]))
            return TRUE;
    return FALSE;
}

static gboolean
has_all(const char *text, const char *needles)
{
    g_auto(GStrv) all = g_strsplit(needles, "&", -1);

    for (char **needle = all; *needle; needle++) {
        const gsize length = strlen(*needle);
        if (length <= 4 ? !has_word(text, *needle, length) : !strstr(text, *needle))
            return FALSE;
    }
    return TRUE;
}

static const TextRow *
row_of_text(const char *text)
{
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (has_all(text, texts[i].needles))
            return &texts[i];
    return NULL;
}

static const CodeRow *
row_of_code(const CodeRow *table, const char *code)
{
    for (; table->code; table++)
        if (g_str_equal(table->code, code))
            return table;
    return NULL;
}

static gboolean
speaks(const char *text, const char *hosts, const char *const *names)
{
    for (; *names; names++)
        if (strstr(text, *names) || strstr(hosts, *names))
            return TRUE;
    return FALSE;
}

/* The detail's own meaning at the provider that the text or the host names; else the registered
 * one. */
static const CodeRow *
row_of_status(const char *status, const char *text, const char *hosts)
{
    static const char *const google[] = { "gsmtp", "google", "gmail", NULL };
    static const char *const microsoft[] = { "outlook.com", "prod.outlook", "exchangelabs",
                                             "microsoft", "hotmail", NULL };
    static const char *const yahoo[] = { "yahoo", NULL };
    const char *code = status && strlen(status) > 2 ? status + 2 : "";
    const CodeRow *row = row_of_code(large_codes, code);

    if (!row && speaks(text, hosts, google))
        row = row_of_code(google_codes, code);
    else if (!row && speaks(text, hosts, microsoft))
        row = row_of_code(microsoft_codes, code);
    else if (!row && speaks(text, hosts, yahoo))
        row = row_of_code(yahoo_codes, code);
    return row ? row : row_of_code(registered_codes, code);
}

/* The number of the reply at the start of the diagnostic; NULL for none. (transfer full) */
static char *
reply_number(const char *diagnostic)
{
    if (!diagnostic || (*diagnostic != '4' && *diagnostic != '5') ||
        !g_ascii_isdigit(diagnostic[1]) || !g_ascii_isdigit(diagnostic[2]) ||
        g_ascii_isalnum(diagnostic[3]) || diagnostic[3] == '.')
        return NULL;
    return g_strndup(diagnostic, 3);
}

static Reason
class_of(const char *status, const char *reply)
{
    const char first = status ? *status : reply ? *reply : '\0';

    if (first == '2')
        return (Reason){ "delivery-success", REASON_OTHER };
    if (first == '4')
        return (Reason){ "delivery-temporary", REASON_OTHER };
    return (Reason){ first == '5' ? "delivery-permanent" : NULL, REASON_OTHER };
}

Reason
reason_of(const char *diagnostic, const char *status, const char *hosts)
{
    g_autofree char *text = plain_words(diagnostic);
    g_autofree char *names = g_ascii_strdown(hosts ? hosts : "", -1);
    g_autofree char *reply = reply_number(diagnostic);
    const TextRow *said = row_of_text(text);
    const CodeRow *row = NULL;

    /* "policy" is what a code may say better. */
    if (said && !g_str_equal(said->id, "delivery-policy"))
        return (Reason){ said->id, said->kind };
    row = row_of_status(status, text, names);
    if (row && !(said && g_str_equal(row->id, "delivery-policy")))
        return (Reason){ row->id, row->kind };
    if (said)
        return (Reason){ said->id, said->kind };
    if (!row && !status && reply)
        row = row_of_code(replies, reply);
    return row ? (Reason){ row->id, row->kind } : class_of(status, reply);
}

Reason
reason_of_feedback(const char *type)
{
    static const struct { const char *type; Reason reason; } all[] = {
        { "abuse", { "delivery-feedback-abuse", REASON_OTHER } },
        { "auth-failure", { "delivery-feedback-auth", REASON_AUTH } },
        { "fraud", { "delivery-feedback-fraud", REASON_OTHER } },
        { "virus", { "delivery-feedback-virus", REASON_OTHER } },
        { "not-spam", { "delivery-feedback-not-spam", REASON_OTHER } },
    };

    for (gsize i = 0; type && i < G_N_ELEMENTS(all); i++)
        if (g_str_equal(type, all[i].type))
            return all[i].reason;
    return (Reason){ "delivery-feedback", REASON_OTHER };
}
