/* dns-page.c: a DNS answer: what it says, where it came from, what rests on it, its records.
 * SPDX-License-Identifier: MIT */
#include "tui/view/dns-page.h"

#include <string.h>

#include "base/text.h"
#include "base/translate.h"
#include "dns/resolver.h"
#include "tree/words.h"
#include "tui/ui.h"

enum { INDENT = 1, FACT = 11, CHUNK = 2048 };

/* What the status means to somebody who has never read RFC 1035. */
static const char *
status_words(const DnsAnswer *answer)
{
    switch ((DnsStatus)answer->status) {
    case DNS_NOERROR:
        return answer->records->len > 0 ? NULL : _("An answer without a record.");
    case DNS_NODATA:
        return _("The name exists, but it has no record of this type.");
    case DNS_NXDOMAIN:
        return _("There is no such name, and nothing below it.");
    case DNS_SERVFAIL:
        return _("The server could not answer. What rests on it stays open: that is no fail.");
    case DNS_TIMEOUT:
        return _("No answer came in time. What rests on it stays open: that is no fail.");
    case DNS_BOGUS:
        return _("DNSSEC says that the answer is forged or broken. What rests on it stays open.");
    case DNS_NOT_IN_SNAPSHOT:
        return _("The snapshot does not say. What rests on it is not known; d asks live.");
    case DNS_OFFLINE:
        return _("Nobody was asked. What rests on it is not known; d asks live.");
    }
    return NULL;
}

static const char *
dnssec_words(const char *word)
{
    static const char *const words[][2] = {
        { "secure", N_("secure: signed, and the signatures are good") },
        { "insecure", N_("insecure: the zone is not signed") },
        { "bogus", N_("bogus: the signatures do not hold") },
        { "unknown", N_("unknown: it was not validated") },
    };

    for (gsize i = 0; word && i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(word, words[i][0]))
            return translate(words[i][1]);
    return word;
}

static void
add_origin(Page *page, const DnsAnswer *answer)
{
    g_autofree char *source =
        g_strdup_printf("%s%s", answer->source ? answer->source : "-",
                        answer->beside ? _(" (a file that came with the message)") : "");
    g_autofree char *time = g_strdup_printf(_("%.1f ms"), answer->ms);
    g_autofree char *ttl =
        answer->ttl != RECORD_UNSET
            ? g_strdup_printf(_("%ld seconds"), (long)answer->ttl)
            : NULL;

    page_fact(page, FACT, _("source"), ROLE_TEXT, source);
    page_fact(page, FACT, "TTL", ROLE_TEXT, ttl);
    page_fact(page, FACT, "DNSSEC", ROLE_TEXT, dnssec_words(answer->dnssec));
    page_fact(page, FACT, _("time"), ROLE_TEXT, time);
    page_fact(page, FACT, _("note"), ROLE_OTHER, answer->why);
}

/* A page shows the beginning of a giant text only; a record is shown whole, piece by piece. */
static void
add_record(Page *page, const char *text)
{
    gsize length = strlen(text);

    while (length > 0) {
        const gsize cut = text_cut(text, length, CHUNK);
        g_autofree char *piece = g_strndup(text, cut);
        page_text(page, INDENT + 2, ROLE_TEXT, piece);
        text += cut;
        length -= cut;
    }
}

static void
add_used_by(Page *page, const Step *step)
{
    g_autofree char *question = step ? words_question(step) : NULL;

    page_fact(page, FACT, _("used by"), step ? ROLE_TEXT : ROLE_DIM,
              step ? question : _("no step of the tree (another check asked it)"));
    if (step)
        page_text(page, FACT, ROLE_DIM, _("(Enter shows this step in the tree)"));
}

Page *
dns_page(const App *app, const DnsAnswer *answer, const Step *step, guint width)
{
    Page *page = page_new(width, app->mode);

    if (!answer) {
        page_text(page, INDENT, ROLE_TEXT, _("DNS was asked nothing."));
        return page;
    }
    g_autofree char *title = g_strdup_printf("%s %s", answer->type ? answer->type : "?",
                                             answer->name ? answer->name : "?");
    g_autofree char *status = dns_status_text(answer);
    page_text(page, INDENT, ROLE_LABEL, title);
    page_fact(page, FACT, _("answer"), ROLE_LABEL, status);
    for (guint i = 0; i < answer->records->len; i++) {
        const DnsRecord *record = answer->records->pdata[i];
        add_record(page, record->text ? record->text : "?");
    }
    if (status_words(answer))
        page_text(page, FACT, ROLE_TEXT, status_words(answer));
    add_used_by(page, step);
    add_origin(page, answer);
    return page;
}

char *
dns_status_text(const DnsAnswer *answer)
{
    const char *word = dns_status_words[answer->status];

    if (answer->status != DNS_NOERROR)
        return g_strdup_printf("%s %s", dns_is_void(answer) ? "-" : "?", word);
    if (answer->records->len == 1)
        return g_strdup(_("1 record"));
    return g_strdup_printf(_("%u records"), answer->records->len);
}

char *
dns_answer_lines(const DnsAnswer *answer)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < answer->records->len; i++) {
        const DnsRecord *record = answer->records->pdata[i];
        g_string_append_printf(out, "%s%s. ", i > 0 ? "\n" : "", answer->name);
        if (answer->ttl != RECORD_UNSET)
            g_string_append_printf(out, "%" G_GINT64_FORMAT " ", answer->ttl);
        g_string_append_printf(out, "IN %s %s", answer->type, record->text ? record->text : "");
    }
    return g_strdup(out->len > 0 ? out->str : answer->name);
}
