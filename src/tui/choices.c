/* choices.c: what a person decides about a message: whom to trust, where the border is, where DNS
 * answers come from, which repairs are done. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/ui.h"
#include "tui/view/views.h"

enum { WIDE = 130 };

/* Hosts are named like domains: the case of their letters means nothing. */
static gboolean
is_same_host(gconstpointer a, gconstpointer b)
{
    return g_ascii_strcasecmp(a, b) == 0;
}

static gboolean
is_trusted(const App *app, const char *host)
{
    return host && g_ptr_array_find_with_equal_func(app->trusted, host, is_same_host, NULL);
}

static char *
verdict_of(const Document *doc)
{
    return g_strdup(doc->summary ? doc->summary->verdict : _("UNKNOWN"));
}

/* The analysis again, and the verdict before and after in the status line, behind `what`. */
static void
analyse_again(App *app, const char *what, const char *hint)
{
    g_autofree char *before = verdict_of(app->doc);

    if (!app_analyse(app))
        return;
    if (app_hides(app)) {
        app_status(app, "%s%s", what, hint);
        return;
    }
    const char *after = app->doc->summary->verdict;
    if (g_str_equal(before, after))
        app_status(app, _("%s: still %s%s"), what, after, hint);
    else
        app_status(app, _("%s: %s, was %s%s"), what, after, before, hint);
}

/* Whether the analysis believes a host is its own decision: where a stranger may have put the
 * field, it does not. */
static gboolean
is_believed(const Document *doc, const char *host)
{
    for (guint i = 0; i < doc->report->reported->len; i++) {
        const ReportedHeader *header = doc->report->reported->pdata[i];
        if (header->trusted && header->authserv_id && is_same_host(header->authserv_id, host))
            return TRUE;
    }
    return FALSE;
}

static gboolean
reported_anything(const Document *doc, const char *host)
{
    for (guint i = 0; i < doc->report->reported->len; i++) {
        const ReportedHeader *header = doc->report->reported->pdata[i];
        if (header->authserv_id && is_same_host(header->authserv_id, host))
            return TRUE;
    }
    return FALSE;
}

/* Verdicts of rows are asked for anew, one by one. */
static void
judge_again(App *app, const char *what)
{
    judge_cancel(app->judge);
    mail_list_forget_verdicts(app->doc->list);
    app->doc->serial = app->serial;
    app_status(app, "%s", what);
}

/* `name` may belong to what the analysis replaces. */
void
app_trust_host(App *app, const char *name)
{
    g_autofree char *host = g_strdup(name);
    guint index = 0;
    const gboolean was = g_ptr_array_find_with_equal_func(app->trusted, host, is_same_host, &index);

    if (was)
        g_ptr_array_remove_index(app->trusted, index);
    else
        g_ptr_array_add(app->trusted, g_strdup(host));
    undo_note_trust(app, host);
    app->serial++;
    g_autofree char *what =
        g_strdup_printf(was ? _("%s is not trusted any more") : _("%s trusted"), host);
    g_autofree char *hint =
        was ? g_strdup("")
        : app->width < WIDE
            ? g_strdup_printf(_(".  Keep: --trust %s"), host)
            : g_strdup_printf(
                  _(".  To keep it: --trust %s, or trust = %s in the configuration file"), host,
                  host);
    if (app->doc->list) {
        judge_again(app, what);
        return;
    }
    if (!app->doc->message) {
        app_status(app, "%s", what);
        return;
    }
    analyse_again(app, what, hint);
    if (!was && app->doc->summary && reported_anything(app->doc, host) &&
        !is_believed(app->doc, host))
        app_status(app, _("%s trusted, but this field stands where a stranger could put it"), host);
}

void
app_trust(App *app)
{
    const ReportedHeader *header = results_header(app);

    if (!header) {
        app_status(app, _("No host reported a result here"));
        return;
    }
    if (!header->authserv_id || !*header->authserv_id) {
        app_status(app, _("It gives no name to trust it by: anybody could have written it"));
        return;
    }
    if (header->trusted && !is_trusted(app, header->authserv_id)) {
        app_status(app, _("%s is trusted by the command line or the configuration already"),
                   header->authserv_id);
        return;
    }
    app_trust_host(app, header->authserv_id);
}

void
command_trust(App *app, const char *argument)
{
    if (is_trusted(app, argument))
        app_status(app, _("%s is trusted already; :distrust ends it"), argument);
    else
        app_trust_host(app, argument);
}

void
command_distrust(App *app, const char *argument)
{
    if (is_trusted(app, argument))
        app_trust_host(app, argument);
    else
        app_status(app, _("%s was not trusted on this screen"), argument);
}

void
app_set_border(App *app, guint hop)
{
    Document *doc = app->doc;

    undo_note_border(app, doc->border);
    doc->border = hop;
    g_autofree char *before = verdict_of(doc);
    if (!app_analyse(app))
        return;
    const EnvelopeItem *client = doc->report->envelope->client_ip;
    const char *where =
        doc->border ? _("The border is here") : _("The border is found automatically again");
    if (app_hides(app)) {
        app_status(app, "%s", where);
        return;
    }
    app_status(app, _("%s; client IP %s: %s%s"), where,
               client && client->value ? client->value : _("unknown"), doc->summary->verdict,
               g_str_equal(before, doc->summary->verdict) ? _(" as before") : "");
}

void
app_border(App *app)
{
    const guint hop = route_hop(app);

    if (hop == 0)
        app_status(app, _("There is no Received field here"));
    else
        app_set_border(app, app->doc->border == hop ? 0 : hop);
}

/* The route is shown, and the person says, with the oldest hop first. */
void
command_border(App *app, const char *argument)
{
    const guint count = app->doc->report->route->len;
    guint64 hop = 0;

    if (count == 0)
        app_status(app, _("There is no Received field here"));
    else if (!g_ascii_string_to_unsigned(argument, 10, 0, count, &hop, NULL))
        app_status(app, _("The border is a hop from 1 to %u, or 0: found automatically"), count);
    else
        app_set_border(app, hop > 0 ? count + 1 - (guint)hop : 0);
}

static const char *
mode_words(DnsMode mode)
{
    static const char *const words[DNS_MODES] = { N_("DNS asked live"), N_("DNS from the snapshot"),
                                                 N_("DNS not asked (offline)") };

    return translate(words[mode]);
}

/* In a list it is the rows' verdicts that are asked for anew. */
void
app_set_dns(App *app, int mode)
{
    undo_note_dns(app, app->dns);
    app->dns = mode;
    app->serial++;
    const char *words = mode_words(app_dns_mode(app, app->doc, NULL));
    if (app->doc->list)
        judge_again(app, words);
    else if (app->doc->message)
        analyse_again(app, words, "");
}

static gboolean
has_questions(App *app)
{
    if (!app->doc->message && !app->doc->list)
        app_status(app, _("There is no message to ask about"));
    return app->doc->message || app->doc->list;
}

/* A key that is pressed by mistake tells no stranger that the mail was looked at: where nobody was
 * to be asked, the first press says so. :dns live is no mistake. */
void
app_dns(App *app)
{
    guint modes = 0;
    DnsMode mode = app_dns_mode(app, app->doc, &modes);

    if (!has_questions(app))
        return;
    do
        mode = (DnsMode)((mode + 1) % DNS_MODES);
    while (!(modes & 1u << mode));
    app->dns_told = !app->dns_told && mode == DNS_MODE_LIVE && modes & DNS_MODE_SILENT;
    if (app->dns_told)
        app_status(app, _("Offline, as asked. d again asks DNS: the sender may see it"));
    else
        app_set_dns(app, (int)mode);
}

void
command_dns(App *app, const char *argument)
{
    static const char *const words[DNS_MODES] = { "live", "snapshot", "offline" };
    guint modes = 0;
    int mode = 0;

    app_dns_mode(app, app->doc, &modes);
    if (!has_questions(app))
        return;
    while (mode < DNS_MODES && !g_str_equal(words[mode], argument))
        mode++;
    if (mode == DNS_MODES)
        app_status(app, _("%s is none of live, snapshot, offline"), argument);
    else if (!(modes & 1u << mode))
        app_status(app, _("There is no snapshot: neither beside the message nor by --dns"));
    else
        app_set_dns(app, mode);
}

/* ---- repairs ---- */

static Message *
repaired(const Document *doc, GError **error)
{
    g_autoptr(GPtrArray) undone = g_ptr_array_new();

    for (guint i = 0; i < doc->undone->len; i++)
        g_ptr_array_add(undone, doc->undone->pdata[i]);
    g_ptr_array_add(undone, NULL);
    g_autoptr(Store) store = store_from_text(doc->original, message_path(doc->message),
                                             (const char *const *)undone->pdata, error);
    if (store)
        store_scan(store, -1);
    return store ? store_message(store, MIN(doc->part, store_count(store) - 1), error) : NULL;
}

static void
toggle(GPtrArray *undone, const char *id)
{
    guint index = 0;

    if (g_ptr_array_find_with_equal_func(undone, id, g_str_equal, &index))
        g_ptr_array_remove_index(undone, index);
    else
        g_ptr_array_add(undone, g_strdup(id));
}

static gboolean
is_repair(const Document *doc, const char *id)
{
    return doc->original && repairs_have(doc->repairs, id);
}

/* Without some repairs no message is left: then nothing changes. `name` may belong to what is
 * replaced. */
void
app_toggle_repair(App *app, const char *name)
{
    Document *doc = app->doc;
    g_autoptr(GError) error = NULL;
    g_autofree char *id = g_strdup(name);

    if (!is_repair(doc, id))
        return;
    toggle(doc->undone, id);
    Message *message = repaired(doc, &error);
    if (!message) {
        toggle(doc->undone, id);
        app_status(app, _("Not without this repair: %s"), error->message);
        return;
    }
    undo_note_repair(app, id);
    document_take_message(doc, message);
    analyse_again(app, document_is_undone(doc, id) ? _("Undone") : _("Done again"), "");
}

void
app_undo(App *app)
{
    const Document *doc = app->doc;
    const Repair *repair = doc->current == VIEW_REPAIRS ? repairs_repair(app) : NULL;

    if (repair && doc->original) {
        app_toggle_repair(app, repair->id);
        return;
    }
    if (doc->repairs->len > 0)
        app_repairs(app);
    app_status(app, doc->repairs->len > 0 ? _("Choose the repair to undo")
                                          : _("There is nothing to undo"));
}

/* ---- what the title bar says of it ---- */

static guint
trusted_here(const App *app)
{
    guint count = 0;

    for (guint i = 0; i < app->doc->report->reported->len; i++) {
        const ReportedHeader *header = app->doc->report->reported->pdata[i];
        count += header->trusted && is_trusted(app, header->authserv_id);
    }
    return count;
}

char *
app_choices_text(const App *app)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (!app->doc->summary)
        return NULL;
    if (app->doc->border > 0)
        g_string_append(out, _("your border"));
    if (trusted_here(app) > 0)
        g_string_append_printf(out, _("%syour trust"), out->len > 0 ? ", " : "");
    if (app->doc->undone->len > 0)
        g_string_append_printf(out, _("%s%u undone"), out->len > 0 ? ", " : "",
                               app->doc->undone->len);
    return out->len > 0 ? g_strdup(out->str) : NULL;
}
