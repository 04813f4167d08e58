/* names.c: looking a field name up.
 * SPDX-License-Identifier: MIT */
#include "repair/names.h"

#include <string.h>

#include "repair/letters.h"

/* Sorted without regard to case. Words that prose uses ("Source:", "Version:") are left out on
 * purpose. */
static const FieldName typed[] = {
    { "Abuse-Reports-To", VALUE_ADDRESS }, { "Apparently-To", VALUE_ADDRESS },
    { "ARC-Authentication-Results", VALUE_RESULTS }, { "ARC-Message-Signature", VALUE_TAGS },
    { "ARC-Seal", VALUE_TAGS }, { "Archived-At", VALUE_LINKS },
    { "Authentication-Results", VALUE_RESULTS },
    { "Authentication-Results-Original", VALUE_RESULTS }, { "Auto-Submitted", VALUE_WORD },
    { "Bcc", VALUE_ADDRESS }, { "Cc", VALUE_ADDRESS }, { "Comments", VALUE_TEXT },
    { "Content-Description", VALUE_TEXT }, { "Content-Disposition", VALUE_WORD },
    { "Content-ID", VALUE_ID }, { "Content-Language", VALUE_WORD },
    { "Content-Length", VALUE_WORD }, { "Content-MD5", VALUE_WORD },
    { "Content-Transfer-Encoding", VALUE_ENCODING, TRUE }, { "Content-Type", VALUE_TYPE, TRUE },
    { "Date", VALUE_DATE, TRUE }, { "Deferred-Delivery", VALUE_DATE },
    { "Delivered-To", VALUE_ADDRESS }, { "Delivery-Attempts", VALUE_WORD },
    { "Delivery-Date", VALUE_DATE }, { "Disposition-Notification-To", VALUE_ADDRESS },
    { "DKIM-Signature", VALUE_TAGS }, { "DKIM-Signature-Warning", VALUE_TAGS },
    { "DKIM2-Signature", VALUE_TAGS }, { "DomainKey-Signature", VALUE_TAGS },
    { "Envelope-From", VALUE_ADDRESS }, { "Envelope-To", VALUE_ADDRESS },
    { "Errors-To", VALUE_ADDRESS }, { "Expires", VALUE_DATE }, { "Expiry-Date", VALUE_DATE },
    { "Feedback-ID", VALUE_WORD }, { "Followup-To", VALUE_ADDRESS },
    { "From", VALUE_ADDRESS, TRUE }, { "Illegal-Object", VALUE_TEXT },
    { "Importance", VALUE_WORD, TRUE }, { "In-Reply-To", VALUE_ID },
    { "Injection-Date", VALUE_DATE }, { "Keywords", VALUE_TEXT }, { "Lines", VALUE_WORD },
    { "List-Abuse", VALUE_LINKS }, { "List-Archive", VALUE_LINKS }, { "List-Help", VALUE_LINKS },
    { "List-Id", VALUE_LINKS }, { "List-Owner", VALUE_LINKS }, { "List-Post", VALUE_LINKS },
    { "List-Software", VALUE_LINKS }, { "List-Subscribe", VALUE_LINKS },
    { "List-Unsubscribe", VALUE_LINKS }, { "List-Unsubscribe-Post", VALUE_WORD },
    { "List-Url", VALUE_LINKS }, { "Mail-Followup-To", VALUE_ADDRESS },
    { "Mail-Reply-To", VALUE_ADDRESS }, { "Mailing-List", VALUE_LINKS },
    { "Message-ID", VALUE_ID, TRUE }, { "MIME-Version", VALUE_VERSION, TRUE },
    { "Old-Received", VALUE_TRACE }, { "Organisation", VALUE_TEXT },
    { "Organization", VALUE_TEXT }, { "Original-Authentication-Results", VALUE_RESULTS },
    { "Original-DKIM-Signature", VALUE_TAGS }, { "Original-From", VALUE_ADDRESS },
    { "Original-Message-ID", VALUE_ID }, { "Original-Recipient", VALUE_ADDRESS },
    { "Original-Sender", VALUE_ADDRESS }, { "Original-Subject", VALUE_TEXT },
    { "Posted-Date", VALUE_DATE }, { "Precedence", VALUE_WORD }, { "Priority", VALUE_WORD, TRUE },
    { "Received", VALUE_TRACE }, { "Received-SPF", VALUE_RESULTS }, { "References", VALUE_ID },
    { "Reply-By", VALUE_DATE }, { "Reply-To", VALUE_ADDRESS }, { "Resent-Bcc", VALUE_ADDRESS },
    { "Resent-Cc", VALUE_ADDRESS }, { "Resent-Date", VALUE_DATE },
    { "Resent-From", VALUE_ADDRESS }, { "Resent-Message-ID", VALUE_ID },
    { "Resent-Reply-To", VALUE_ADDRESS }, { "Resent-Sender", VALUE_ADDRESS },
    { "Resent-To", VALUE_ADDRESS }, { "Return-Path", VALUE_ADDRESS, TRUE },
    { "Return-Receipt-To", VALUE_ADDRESS }, { "Sender", VALUE_ADDRESS, TRUE },
    { "Sensitivity", VALUE_WORD }, { "SPF-Result", VALUE_RESULTS }, 
    { "Subject", VALUE_TEXT, TRUE }, { "Supersedes", VALUE_ID }, { "Thread-Index", VALUE_WORD },
    { "Thread-Topic", VALUE_TEXT }, { "To", VALUE_ADDRESS }, { "X-Abuse", VALUE_TEXT },
    { "X-Abuse-Info", VALUE_TEXT }, { "X-Abuse-Message", VALUE_TEXT },
    { "X-Abuse-Report", VALUE_TEXT }, { "X-Abuse-Reports-To", VALUE_ADDRESS },
    { "X-Actual-Recipient", VALUE_ADDRESS }, { "X-Amavis-Alert", VALUE_TEXT },
    { "X-Antispam-Report", VALUE_REPORT }, { "X-Apparently-To", VALUE_ADDRESS },
    { "X-ARC-Message-Signature", VALUE_TAGS }, { "X-Arrival-Time", VALUE_DATE },
    { "X-ASG-Orig-Subj", VALUE_TEXT }, { "X-Authenticated-Sender", VALUE_ADDRESS },
    { "X-Authenticated-User", VALUE_ADDRESS }, { "X-Authentication-Results", VALUE_RESULTS },
    { "X-AuthUser", VALUE_ADDRESS }, { "X-Auto-Response-Suppress", VALUE_WORD },
    { "X-Barracuda-Spam-Report", VALUE_REPORT }, { "X-BeenThere", VALUE_ADDRESS },
    { "X-Bounce-Address", VALUE_ADDRESS }, { "X-Campaign-Link", VALUE_LINKS },
    { "X-Comment", VALUE_TEXT }, { "X-Complaints-To", VALUE_ADDRESS },
    { "X-Confirm-Reading-To", VALUE_ADDRESS }, { "X-Content-Transfer-Encoding", VALUE_ENCODING },
    { "X-Content-Type", VALUE_TYPE }, { "X-Date", VALUE_DATE },
    { "X-Delivered-To", VALUE_ADDRESS }, { "X-Delivery-Time", VALUE_DATE },
    { "X-Description", VALUE_TEXT }, { "X-Disclaimer", VALUE_TEXT }, { "X-DKIM", VALUE_RESULTS },
    { "X-DKIM-Authentication-Results", VALUE_RESULTS }, { "X-Dkim-Result", VALUE_RESULTS },
    { "X-DKIM-Results", VALUE_RESULTS }, { "X-DKIM-Signature", VALUE_TAGS },
    { "X-DMARC", VALUE_RESULTS }, { "X-DMARC-Result", VALUE_RESULTS },
    { "X-Envelope-From", VALUE_ADDRESS }, { "X-Envelope-Sender", VALUE_ADDRESS },
    { "X-Envelope-To", VALUE_ADDRESS }, { "X-EOPAttributedMessage", VALUE_WORD },
    { "X-Errors-To", VALUE_ADDRESS }, { "X-Exim-Report", VALUE_REPORT }, { "X-Face", VALUE_TEXT },
    { "X-Forwarded-For", VALUE_ADDRESS }, { "X-Forwarded-To", VALUE_ADDRESS },
    { "X-Get-Message-Sender-Via", VALUE_ADDRESS }, { "X-Gm-Gg", VALUE_WORD },
    { "X-Gm-Phishy", VALUE_WORD }, { "X-Gm-Spam", VALUE_WORD },
    { "X-Google-Authentication-Results", VALUE_RESULTS },
    { "X-Google-DKIM-Signature", VALUE_TAGS }, { "X-Google-DomainKey-Signature", VALUE_TAGS },
    { "X-Google-Original-Message-ID", VALUE_ID }, { "X-Google-Received", VALUE_TRACE },
    { "X-Ham-Report", VALUE_REPORT }, { "X-Ham-Score", VALUE_WORD },
    { "X-HM-Sender", VALUE_ADDRESS }, { "X-IncomingHeaderCount", VALUE_WORD },
    { "X-Injected-Time", VALUE_DATE }, { "X-List-Id", VALUE_LINKS },
    { "X-List-Unsubscribe", VALUE_LINKS }, { "X-Loop", VALUE_ADDRESS },
    { "X-Mail-Authentication-Results", VALUE_RESULTS }, { "X-Mailer-Message-ID", VALUE_ID },
    { "X-MailFrom", VALUE_ADDRESS }, { "X-Mailru-DKIM-Signature", VALUE_TAGS },
    { "X-MDaemon-Deliver-To", VALUE_ADDRESS }, { "X-MDArrival-Date", VALUE_DATE },
    { "X-MDRcpt-To", VALUE_ADDRESS }, { "X-ME-DKIM-Signature", VALUE_TAGS },
    { "X-Message-ID", VALUE_ID }, { "X-MIMETrack-Version", VALUE_VERSION },
    { "X-Mozilla-Status", VALUE_WORD }, { "X-Mozilla-Status2", VALUE_WORD },
    { "X-MS-DKIM-Signature", VALUE_TAGS },
    { "X-MS-Exchange-CrossTenant-OriginalArrivalTime", VALUE_DATE },
    { "X-MS-Exchange-EOPDirect", VALUE_WORD },
    { "X-MS-Exchange-MessageSentRepresentingType", VALUE_ID },
    { "X-MS-Exchange-Organization-BCL", VALUE_WORD },
    { "X-MS-Exchange-Organization-ExpirationStartTime", VALUE_DATE },
    { "X-MS-Exchange-Organization-OriginalArrivalTime", VALUE_DATE },
    { "X-MS-Exchange-Organization-PCL", VALUE_WORD },
    { "X-MS-Exchange-Organization-SCL", VALUE_WORD }, { "X-MS-Has-Attach", VALUE_WORD },
    { "X-MS-PublicTrafficType", VALUE_WORD }, { "X-MS-UserLastLogonTime", VALUE_DATE },
    { "X-MSMail-Priority", VALUE_WORD, TRUE }, { "X-Note", VALUE_TEXT },
    { "X-Notes-Item", VALUE_TEXT }, { "X-Old-Subject", VALUE_TEXT },
    { "X-Organization", VALUE_TEXT }, { "X-Original-Authentication-Results", VALUE_RESULTS },
    { "X-Original-Content-Type", VALUE_TYPE }, { "X-Original-Date", VALUE_DATE },
    { "X-Original-DKIM-Signature", VALUE_TAGS }, { "X-Original-From", VALUE_ADDRESS },
    { "X-Original-Message-ID", VALUE_ID }, { "X-Original-Received", VALUE_TRACE },
    { "X-Original-Sender", VALUE_ADDRESS }, { "X-Original-Subject", VALUE_TEXT },
    { "X-Original-To", VALUE_ADDRESS }, { "X-OriginalArrivalTime", VALUE_DATE },
    { "X-Originating-IP", VALUE_WORD }, { "X-Pm-Origin", VALUE_WORD },
    { "X-Pm-Spamscore", VALUE_WORD }, { "X-Priority", VALUE_WORD, TRUE },
    { "X-Proofpoint-DKIM-Signature", VALUE_TAGS }, { "X-RCPT-To", VALUE_ADDRESS },
    { "X-Received", VALUE_TRACE }, { "X-Received-Date", VALUE_DATE },
    { "X-Received-From", VALUE_ADDRESS }, { "X-Received-SPF", VALUE_RESULTS },
    { "X-Reply-To", VALUE_ADDRESS }, { "X-Report-Abuse", VALUE_TEXT },
    { "X-Report-Abuse-To", VALUE_TEXT }, { "X-Resolved-To", VALUE_ADDRESS },
    { "X-Return-Path", VALUE_ADDRESS }, { "X-Rspamd-Result", VALUE_REPORT },
    { "X-Sasl-Enc", VALUE_ADDRESS }, { "X-Scan-Result", VALUE_REPORT },
    { "X-Sender", VALUE_ADDRESS }, { "X-Sender-Id", VALUE_ADDRESS }, { "X-Sender-IP", VALUE_WORD },
    { "X-Sent-Date", VALUE_DATE }, { "X-SES-DKIM-SIGNATURE", VALUE_TAGS },
    { "X-SES-Message-ID", VALUE_ID }, { "X-SES-Outgoing", VALUE_WORD },
    { "X-SES-Spam-Verdict", VALUE_WORD }, { "X-SES-Virus-Verdict", VALUE_WORD },
    { "X-SID-PRA", VALUE_ADDRESS }, { "X-SID-Result", VALUE_WORD }, { "X-SMTPAPI-ID", VALUE_ID },
    { "X-Spam-Analysis", VALUE_REPORT }, { "X-Spam-Bar", VALUE_WORD },
    { "X-Spam-Details", VALUE_REPORT }, { "X-Spam-Explanation", VALUE_REPORT },
    { "X-Spam-Flag", VALUE_WORD }, { "X-Spam-Info", VALUE_REPORT }, { "X-Spam-Level", VALUE_WORD },
    { "X-Spam-Orig-Report", VALUE_REPORT }, { "X-Spam-Prev-Recipient", VALUE_ADDRESS },
    { "X-Spam-Processed", VALUE_DATE }, { "X-Spam-Pyzor", VALUE_REPORT },
    { "X-Spam-Reason", VALUE_TEXT }, { "X-Spam-Report", VALUE_REPORT },
    { "X-Spam-Score", VALUE_WORD }, { "X-Spam-Symbols", VALUE_REPORT },
    { "X-Spam-Tests", VALUE_REPORT }, { "X-Spam_report", VALUE_REPORT },
    { "X-Spamd-Result", VALUE_REPORT }, { "X-SpamExperts-Report", VALUE_REPORT },
    { "X-SPF", VALUE_RESULTS }, { "X-SPF-Result", VALUE_RESULTS }, { "X-Status", VALUE_WORD },
    { "X-Subject", VALUE_TEXT }, { "X-Thread-Index", VALUE_WORD },
    { "X-Universally-Unique-Identifier", VALUE_ID }, { "X-Virus-Scan-Date", VALUE_DATE },
    { "X-Virus-Status", VALUE_WORD }, { "X-Warning", VALUE_TEXT }, { "X-X-Sender", VALUE_ADDRESS },
    { "X-Yandex-DKIM-Signature", VALUE_TAGS },
};

/* Where the names of each letter begin in both tables, and a bit for each of their lengths (63: or more): most words
 * with a colon behind them are ruled out by these. tests/unit/test-repair-needed.c finds a wrong row. */
static const struct {
    guint16 typed, list;
    guint64 lengths;
} initials[] = {
    { 0, 0, 0x8469FF00 }, { 9, 14, 0x6508 }, { 10, 19, 0x71F7D84 }, { 20, 41, 0x16C5BF810 },
    { 30, 60, 0xAB80 }, { 35, 64, 0xB810 }, { 38, 68, 0x1000000 }, { 38, 69, 0x1200 },
    { 38, 71, 0x5FC00 }, { 42, 79, 0x200 }, { 42, 80, 0x100 }, { 43, 80, 0x3377A0 },
    { 55, 86, 0x29BF40 }, { 60, 95, 0x20400 }, { 60, 98, 0x4869FFFC0 }, { 70, 126, 0x400ED10 },
    { 73, 133, 0x0 }, { 73, 133, 0x2082FF00 }, { 88, 147, 0x8050CFC0 }, { 93, 166, 0x121A04 },
    { 96, 173, 0x30480 }, { 96, 177, 0x100 }, { 96, 178, 0x10800 },
    { 96, 180, 0xC25FFFFFFFFFFFF0 }, { 260, 1724, 0x0 }, { 260, 1724, 0x0 }, { 260, 1724, 0x0 },
};
#define LENGTH_BIT_MAX 63

static inline int
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : (guchar)c;
}

/* As strcmp() without regard to case, of `length` bytes and a whole string. */
static inline int
compare(const char *name, gsize length, const char *entry)
{
    for (gsize i = 0; i < length; i++)
        if (lower(name[i]) != lower(entry[i]) || !entry[i])
            return lower(name[i]) - lower(entry[i]);
    return entry[length] ? -1 : 0;
}

const FieldName *
names_typed(gsize *count)
{
    *count = G_N_ELEMENTS(typed);
    return typed;
}

/* Where a name stands among the rows [low, high) of a sorted table whose rows begin with their names; `high` where it does not. */
static inline gsize
find_row(const char *name, gsize length, gconstpointer table, gsize row_size, gsize low, gsize high)
{
    const gsize none = high;

    while (low < high) {
        const gsize middle = (low + high) / 2;
        const int order = compare(name, length, *(const char *const *)((const char *)table + middle * row_size));
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return none;
}

gboolean
names_find(const char *name, gsize length, FieldName *found)
{
    const guint letter = length > 0 ? (guint)lower(name[0]) - 'a' : G_MAXUINT;

    if (letter >= G_N_ELEMENTS(initials) - 1 ||
        !(initials[letter].lengths >> MIN(length, LENGTH_BIT_MAX) & 1))
        return FALSE;
    const gsize end = initials[letter + 1].typed, list_end = initials[letter + 1].list;
    const gsize row = find_row(name, length, typed, sizeof *typed, initials[letter].typed, end);
    if (row < end) {
        *found = typed[row];
        return TRUE;
    }
    const gsize listed = find_row(name, length, names_list, sizeof *names_list, initials[letter].list, list_end);
    if (listed < list_end)
        *found = (FieldName){ names_list[listed], VALUE_ANY, FALSE };
    return listed < list_end;
}

/* The longest field name that anybody uses is shorter. */
#define NAME_MAX_LENGTH 100

/* As names_begins_field(), where characters that do not show may stand in the name. */
static gboolean
begins_loosely(const char *at, const char *end)
{
    char name[NAME_MAX_LENGTH];
    gsize length = 0;
    FieldName found;

    while (at < end && length < sizeof name) {
        const gsize odd = letters_invisible(at, end) + letters_blank(at, end);
        if (odd) {
            at += odd;
            continue;
        }
        if (!letters_in_name(*at))
            break;
        name[length++] = *at++;
    }
    while (at < end && (*at == ' ' || letters_blank(at, end)))
        at += *at == ' ' ? 1 : letters_blank(at, end);
    return at < end && (*at == ':' || letters_colon(at, end)) && names_find(name, length, &found);
}

gboolean
names_begins_field(const char *at, const char *end, gboolean loose)
{
    const char *start = at;
    FieldName found;

    if (loose)
        return begins_loosely(at, end);
    while (at < end && at - start < NAME_MAX_LENGTH && letters_in_name(*at))
        at++;
    return at < end && *at == ':' &&
           (at + 1 == end || at[1] == ' ' || at[1] == '\t' || at[1] == '\n' || at[1] == '\r') &&
           names_find(start, (gsize)(at - start), &found);
}
