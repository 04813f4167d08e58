/* check-route.c: rules about the connection: TLS and reverse DNS, as the border's Received field
 * has them.
 * SPDX-License-Identifier: MIT */
#include "receivers/check.h"

/* Who took the connection; its name stands in evidence. */
static const char *
server_of(const Hop *hop)
{
    return hop->by ? hop->by : "?";
}

/* ---- TLS ---- */

typedef enum { CONNECTION_UNKNOWN, CONNECTION_PLAIN, CONNECTION_TLS } Connection;

/* RFC 3848 and 6531: the S of ESMTPS says TLS; ESMTP without it says that there was none. qmail
 * writes SMTP for every connection, and no id. */
static Connection
connection_of(const Hop *hop)
{
    static const struct { const char *word; Connection connection; } all[] = {
        { "ESMTPS", CONNECTION_TLS },      { "ESMTPSA", CONNECTION_TLS },
        { "LMTPS", CONNECTION_TLS },       { "LMTPSA", CONNECTION_TLS },
        { "UTF8SMTPS", CONNECTION_TLS },   { "UTF8SMTPSA", CONNECTION_TLS },
        { "SMTPS", CONNECTION_TLS },       { "HTTPS", CONNECTION_TLS },
        { "ESMTP", CONNECTION_PLAIN },     { "ESMTPA", CONNECTION_PLAIN },
        { "UTF8SMTP", CONNECTION_PLAIN },  { "UTF8SMTPA", CONNECTION_PLAIN },
        { "SMTP", CONNECTION_PLAIN },
    };

    if (hop->tls)
        return CONNECTION_TLS;
    for (gsize i = 0; hop->protocol && i < G_N_ELEMENTS(all); i++)
        if (g_ascii_strcasecmp(hop->protocol, all[i].word) == 0)
            return g_str_equal(all[i].word, "SMTP") && !hop->id ? CONNECTION_UNKNOWN
                                                                : all[i].connection;
    return CONNECTION_UNKNOWN;
}

static CheckAnswer
no_border(const CheckInput *input)
{
    if (!input->message)
        return check_no_message();
    return check_answer(RESULT_UNKNOWN,
                        input->report->route->len > 0 ? "rule-no-border" : "rule-no-received", NULL,
                        NULL);
}

CheckAnswer
check_tls(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    const Hop *hop = report_border(input->report);

    if (!hop || !input->message)
        return no_border(input);
    switch (connection_of(hop)) {
    case CONNECTION_TLS:
        return check_answer(RESULT_PASS, "rule-tls-used", server_of(hop),
                            hop->tls ? hop->tls : hop->protocol);
    case CONNECTION_PLAIN:
        return check_answer(RESULT_FAIL, "rule-tls-none", server_of(hop), hop->protocol);
    default:
        return check_answer(RESULT_UNKNOWN, "rule-tls-unsaid", server_of(hop), NULL);
    }
}

/* ---- reverse DNS ---- */

/* Postfix, sendmail, Exim and Google write a name only where it leads back to the address;
 * others write what the client said, and no more. */
CheckAnswer
check_ptr(const CheckInput *input, const RuleSpec *rule)
{
    (void)rule;
    const Hop *hop = report_border(input->report);

    if (!hop || !input->message)
        return no_border(input);
    if (hop->no_ptr)
        return check_answer(RESULT_FAIL, "rule-ptr-none", server_of(hop), hop->ip);
    if (hop->ptr && hop->ip)
        return check_answer(RESULT_PASS, "rule-ptr-found", server_of(hop), hop->ptr);
    return check_answer(RESULT_UNKNOWN, "rule-ptr-unsaid", server_of(hop), NULL);
}
