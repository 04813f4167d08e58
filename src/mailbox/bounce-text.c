/* bounce-text.c: bounces that only people can read: the notice of a mail server in plain text.
 * SPDX-License-Identifier: MIT
 *
 * Anybody may quote such a notice. So it takes two things: a sender that no person is, and words
 * that a server writes. */
#include <string.h>

#include "base/lower.h"
#include "mailbox/bounce-parts.h"

#define DIAGNOSTIC_MAX 2000
/* A notice goes to one person; more is not looked at, so that many addresses in a long To: cost nothing. */
#define TO_MAX 998

/* ---- who sends bounces ---- */

static char *
lower_field(const Message *message, const char *name)
{
    g_autofree char *value = message_value(message, name);

    return value ? lower_text(value) : NULL;
}

/* What all the names below have in them, wherever a line was folded: enough to pass over most senders. */
static gboolean
may_name_a_server(const Message *message, const Field *from)
{
    const char *at = span_in(message_raw(message), from->value), *end = at + span_length(from->value);

    for (; end - at >= 4; at++)
        if ((at[0] | 0x20) == 'm' && (at[1] | 0x20) == 'a')
            return TRUE;
    return FALSE;
}

static gboolean
has_null_path(const Message *message)
{
    const int at = message_find(message, "Return-Path", 0);
    const Field *field = at < 0 ? NULL : message_field(message, (guint)at);

    if (!field || memchr(span_in(message_raw(message), field->value), '@', span_length(field->value)))
        return FALSE;
    g_autofree char *path = field_value(message, field);
    return g_str_equal(path, "<>");
}

/* Somebody pasted the notice without its header: that it is one was seen there. */
static gboolean
is_bare_notice(const Message *message)
{
    return repairs_have(message_origin(message)->repairs, "notice-text");
}

/* RFC 5321, 4.5.5 and RFC 3834, 2: the null reverse-path, mailer-daemon, postmaster,
 * Auto-Submitted. */
gboolean
bounce_is_from_a_server(const Message *message)
{
    static const char *const names[] = { "mailer-daemon", "postmaster@", "mail delivery s",
                                         "mail delivery subsystem", "mail-daemon", "mailerdaemon" };
    const int author = message_find(message, "From", 0);
    const gboolean maybe = author >= 0 && may_name_a_server(message, message_field(message, (guint)author));
    g_autofree char *from = maybe ? lower_field(message, "From") : NULL;
    g_autofree char *automatic = lower_field(message, "Auto-Submitted");

    if (is_bare_notice(message) || message_find(message, "X-Failed-Recipients", 0) >= 0 || has_null_path(message))
        return TRUE;
    for (gsize i = 0; from && i < G_N_ELEMENTS(names); i++)
        if (strstr(from, names[i]))
            return TRUE;
    return automatic && g_str_has_prefix(automatic, "auto-");
}

/* A name that no person writes from; postmaster may be one. */
static gboolean
is_from_a_daemon(const Message *message)
{
    g_autofree char *from = lower_field(message, "From");

    return from && (strstr(from, "mailer-daemon@") || strstr(from, "mail delivery s"));
}

/* ---- which server wrote it ---- */

typedef struct {
    const char *format;
    const char *words;      /* how a line begins, without the rule before it */
} Mark;

static const Mark marks[] = {
    { "exim", "this message was created automatically by mail delivery software" },
    { "exim", "a message that you sent could not be delivered" },
    { "exim", "a message that you sent has not yet been delivered" },
    { "qmail", "hi. this is the " },
    { "qmail", "this is the qmail-send program" },
    { "postfix", "this is the postfix program at host" },
    { "postfix", "this is the mail system at host" },
    { "sendmail", "the following addresses had " },
    { "sendmail", "the following address had " },
    { "sendmail", "transcript of session follows" },
    { "exchange", "diagnostic information for administrators" },
    { "exchange", "your message did not reach some or all of the intended recipients" },
    { "exchange", "delivery has failed to these recipients" },
    { "exchange", "generating server" },
    { "google", "delivery to the following recipient failed" },
    { "google", "delivery to the following recipients failed" },
    { "google", "technical details of permanent failure" },
    { "google", "technical details of temporary failure" },
    { "google", "this is an automatically generated delivery status notification" },
    { "yahoo", "sorry, we were unable to deliver your message to the following address" },
    { "amazon", "an error occurred while trying to deliver the mail to the following recipients" },
};

/* Words that need more than themselves: a reply of a server, a returned message, or a line for the
 * recipient. */
static const char *const loose[] = {
    "could not be delivered", "couldn't be delivered", "cannot be delivered", "undeliverable",
    "undelivered", "delivery failed", "delivery failure", "failed to deliver",
    "failure notice", "returned mail", "unable to deliver", "wasn't delivered", "was not delivered",
    "delivery status notification", "mail delivery failed", "not delivered", "not be delivered",
    "not yet been delivered",
    "delivery problem", "mail error", "message delayed", "user unknown",
    "unknown user", "unable to send", "not deliverable", "can't be delivered", "failed mail",
    "problem delivering", "mail failed", "mailbox unavailable", "delivery incomplete",
};

static const char *
format_of(const char *text)
{
    for (const char *at = text; *at; at = notice_next_line(at)) {
        g_autofree char *line = notice_bare_line(at, notice_next_line(at));
        for (gsize i = 0; *line && i < G_N_ELEMENTS(marks); i++)
            if (g_str_has_prefix(line, marks[i].words))
                return marks[i].format;
    }
    return NULL;
}

static gboolean
speaks_of_failure(const Message *message, const char *text)
{
    g_autofree char *subject = lower_field(message, "Subject");
    g_autofree char *lower = lower_text(text);

    for (gsize i = 0; i < G_N_ELEMENTS(loose); i++)
        if (strstr(lower, loose[i]) || (subject && strstr(subject, loose[i])))
            return TRUE;
    return FALSE;
}

static gboolean
speaks_of_delay(const char *text)
{
    static const char *const words[] = { "warning message only", "has not yet been delivered",
                                         "still being retried", "will keep trying",
                                         "will be retried", "will continue to be tried",
                                         "delivery has been delayed", "transient non-fatal errors",
                                         "delivery temporarily suspended", "has been delayed",
                                         "do not need to resend" };
    g_autofree char *lower = lower_text(text);

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(lower, words[i]))
            return TRUE;
    return FALSE;
}

/* ---- what the notice says ---- */

/* Lines of the reply joined, up to an empty line or what is no part of it any more. */
static char *
join_reply(const char *at, const char *end, const char **stop)
{
    static const char *const ends[] = { "Giving up on", ">>> ", "--", "I'm not going to try" };
    g_autoptr(GString) out = g_string_new(NULL);
    gboolean over = FALSE;

    while (at < end && !over && out->len < DIAGNOSTIC_MAX) {
        const char *line_end = MIN(notice_next_line(at), end);
        g_autofree char *line = g_strstrip(g_strndup(at, (gsize)(line_end - at)));
        const char *text = g_str_has_prefix(line, "<<< ") ? line + 4 : line;
        for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
            over = over || g_str_has_prefix(line, ends[i]);
        over = over || !*line;
        if (!over)
            g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", text);
        at = over ? at : line_end;
    }
    *stop = at;
    return g_strdup(out->str);
}

/* "550 …' ", "550 …)", "550 … ##": what the notice closed around the reply. */
static void
trim_closing(char *reply, char before)
{
    char *in_reply = strstr(reply, " (in reply to ");

    if (in_reply)
        *in_reply = '\0';
    char *close = before == '\''  ? strrchr(reply, '\'')
                  : before == '#' ? strstr(reply, "##")
                                  : NULL;
    if (close)
        *close = '\0';
    g_strchomp(reply);
    const gsize length = strlen(reply);
    if (length > 0 && reply[length - 1] == ')' && !strchr(reply, '('))
        reply[length - 1] = '\0';
}

/* The line that names the recipient, and who it is. NULL for none. */
static const char *
recipient_line(const char *text, const char *end, char **address)
{
    for (const char *at = text; at < end; at = notice_next_line(at)) {
        *address = reply_address(at, MIN(notice_next_line(at), end));
        if (*address)
            return at;
    }
    return NULL;
}

/* Where there is no reply: "<a@b>: Host not found", or the words below the recipient's line. */
static const char *
words_at(const char *recipient, const char *end)
{
    const char *line_end = MIN(notice_next_line(recipient), end);
    const char *close = memchr(recipient, ':', (gsize)(line_end - recipient));

    if (!close)
        return line_end;
    do
        close++;
    while (close < line_end && g_ascii_isspace(*close));
    return close;
}

/* `recipient`: its line, or NULL. */
static void
take_diagnostic(Bounce *bounce, const Notice *notice, const char *recipient, const char *end)
{
    const char *reply = reply_find(recipient ? recipient : notice->text, end);
    const char *at = reply ? reply : recipient ? words_at(recipient, end) : NULL, *stop = NULL;

    if (!at || at >= end)
        return;
    g_autofree char *words = join_reply(at, end, &stop);
    if (!*words)
        return;
    trim_closing(words, at > notice->text ? at[-1] : ' ');
    bounce->diagnostic = g_strndup(words, DIAGNOSTIC_MAX);
    if (!notice->decoded)
        bounce->evidence = (Span){ notice->start + (gsize)(at - notice->text),
                                   notice->start + (gsize)(stop - notice->text) };
}

static char *
reporting_host(const char *text)
{
    static const char *const before[] = { "program at host ", "system at host ", "send program at ",
                                          "enerating server: ", "program at " };

    for (gsize i = 0; i < G_N_ELEMENTS(before); i++) {
        const char *at = strstr(text, before[i]);
        if (!at)
            continue;
        at += strlen(before[i]);
        g_autofree char *host = g_strndup(at, strcspn(at, " \t\r\n,;()[]"));
        while (*host && host[strlen(host) - 1] == '.')
            host[strlen(host) - 1] = '\0';
        if (strchr(host, '.'))
            return g_steal_pointer(&host);
    }
    return NULL;
}

/* All that `bounce` does not have yet, from the notice: text up to `length`. */
static void
read_notice(Bounce *bounce, const Notice *notice, gsize length)
{
    const char *end = notice->text + length;
    g_autofree char *address = NULL;
    const char *at = recipient_line(notice->text, end, &address);

    if (!bounce->recipient)
        bounce->recipient = g_steal_pointer(&address);
    if (!bounce->diagnostic)
        take_diagnostic(bounce, notice, at, end);
    /* Only the neighbourhood of the recipient: a notice may speak of several hosts. */
    g_autofree char *near =
        g_strndup(at ? at : notice->text, (gsize)(end - (at ? at : notice->text)));
    g_autofree char *all = g_strndup(notice->text, length);
    if (!bounce->remote_mta)
        bounce->remote_mta = reply_host(near);
    if (!bounce->stage)
        bounce->stage = g_strdup(reply_stage(near));
    if (!bounce->reporting_mta)
        bounce->reporting_mta = reporting_host(all);
}

void
bounce_add_from_text(Bounce *bounce, const Message *message, const Parts *parts)
{
    Notice notice;

    if (!notice_read(message, parts, &notice))
        return;
    g_autoptr(Bounce) scratch = g_new0(Bounce, 1);
    const gsize length = notice_find_returned(message, parts, &notice, scratch);
    read_notice(bounce, &notice, length);
    notice_clear(&notice);
}

static void
take_failed_recipients(Bounce *bounce, const Message *message)
{
    g_autofree char *value = message_value(message, "X-Failed-Recipients");

    if (!value)
        return;
    g_auto(GStrv) all = g_strsplit(value, ",", -1);
    bounce->recipients = g_strv_length(all);
    if (all[0] && *g_strstrip(all[0]))
        bounce->recipient = g_strdup(all[0]);
}

/* "not accepting mail from a@b", "From: a@b": what stands before an address makes it a sender's. */
static gboolean
is_said_from(const char *text, const char *address)
{
    while (address > text && strchr(" \t\r\n:<'\"", address[-1]))
        address--;
    return address - text >= 4 && g_ascii_strncasecmp(address - 4, "from", 4) == 0;
}

/* A server's own, or that of the sender, to whom the notice itself went (`to`, in small letters; or NULL). */
static gboolean
is_no_recipient(const char *address, const char *to)
{
    g_autofree char *lower = g_ascii_strdown(address, -1);

    return g_str_has_prefix(lower, "postmaster@") || g_str_has_prefix(lower, "mailer-daemon@") || (to && strstr(to, lower));
}

/* "Intended recipient: a@b", "-- a@b": the first address that may be the recipient's. (transfer full) */
static char *
any_address(const char *text, const char *end, const char *to)
{
    for (const char *at = text; at < end; at++) {
        if (at > text && !strchr(" \t\n:<'\"(", at[-1]))
            continue;
        char *address = g_ascii_isalnum(*at) && !is_said_from(text, at) ? reply_word(at, end) : NULL;
        if (address && !is_no_recipient(address, to))
            return address;
        g_free(address);
    }
    return NULL;
}

static gboolean
names_recipient(const char *text)
{
    g_autofree char *address = NULL;

    return recipient_line(text, text + strlen(text), &address) != NULL;
}

/* Loose words need a daemon's name, a reply, a returned message or a recipient beside them. */
static gboolean
is_loosely_one(const Message *message, const Notice *notice, const Bounce *bounce)
{
    return speaks_of_failure(message, notice->text) &&
           (is_from_a_daemon(message) || bounce->decoded || bounce->returned.end > 0 ||
            reply_find(notice->text, notice->text + strlen(notice->text)) ||
            names_recipient(notice->text) ||
            message_find(message, "X-Failed-Recipients", 0) >= 0);
}

/* NULL where the text is none of a bounce. */
static Bounce *
read_plain_text(const Message *message, const Parts *parts, Notice *notice)
{
    Bounce *bounce = g_new0(Bounce, 1);
    const gsize length = notice_find_returned(message, parts, notice, bounce);

    notice->text[length] = '\0';
    const char *format = format_of(notice->text);
    if (!format && !is_bare_notice(message) && !is_loosely_one(message, notice, bounce)) {
        bounce_free(bounce);
        return NULL;
    }
    bounce->format = g_strdup(format ? format : "text");
    take_failed_recipients(bounce, message);
    read_notice(bounce, notice, length);
    g_autofree char *to = bounce->recipient ? NULL : lower_field(message, "To");
    if (to && strlen(to) > TO_MAX)
        to[TO_MAX] = '\0';
    if (!bounce->recipient)
        bounce->recipient = any_address(notice->text, notice->text + length, to);
    bounce->action = g_strdup(speaks_of_delay(notice->text) ? "delayed" : "failed");
    return bounce;
}

Bounce *
bounce_plain_text(const Message *message, const Parts *parts)
{
    Notice notice;

    if (!bounce_is_from_a_server(message) || !notice_read(message, parts, &notice))
        return NULL;
    Bounce *bounce = read_plain_text(message, parts, &notice);
    notice_clear(&notice);
    return bounce;
}
