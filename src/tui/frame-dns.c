/* frame-dns.c: where the answers of DNS come from, in words.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tui/frame-part.h"

/* INTERFACE.md, "Snapshot file": a file that came with the message says so. */
static const char *
dns_words(const char *source)
{
    if (!source)
        return NULL;
    if (strstr(source, "beside"))
        return _("DNS from a file beside the message");
    if (g_str_has_prefix(source, "snapshot"))
        return _("DNS from a snapshot file");
    if (g_str_has_prefix(source, "offline"))
        return _("DNS not asked (offline)");
    return g_str_has_prefix(source, "live") ? _("DNS asked live") : source;
}

/* Live is what a row gets that has no file beside it: what the rows so far had is known from their reports. */
static const char *
live_of_rows(const Document *doc)
{
    const guint seen = mail_list_dns(doc->list);

    if (seen == 0)
        return _("DNS asked live for each row seen without a file beside it; d: not");
    if (seen == LIST_DNS_BESIDE)
        return _("DNS from files beside the messages");
    if (seen & LIST_DNS_BESIDE)
        return _("DNS from files beside messages, else asked live; d: not");
    return doc->current == VIEW_CHART || doc->current == VIEW_SURVEY
               ? _("DNS asked live for each message; d: not")
                                      : _("DNS asked live for each row seen; d: not");
}

/* Of a list: where the verdicts of its rows come from. */
static const char *
dns_of_rows(const App *app)
{
    guint modes = 0;

    switch (app_dns_mode(app, app->doc, &modes)) {
    case DNS_MODE_LIVE:
        return live_of_rows(app->doc);
    case DNS_MODE_SNAPSHOT:
        return dns_words(modes & DNS_MODE_BESIDE ? "snapshot-beside" : "snapshot");
    case DNS_MODE_OFFLINE:
    case DNS_MODES:
        break;
    }
    return dns_words("offline");
}

char *
frame_dns_note(const App *app)
{
    if (app->doc->list)
        return g_strdup(dns_of_rows(app));
    return g_strdup(app->doc->summary ? dns_words(app->doc->report->source->dns_source) : NULL);
}
