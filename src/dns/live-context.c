/* live-context.c: the settings under which libunbound asks.
 * SPDX-License-Identifier: MIT */
#include "dns/live-context.h"

#include <ldns/ldns.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/translate.h"

#define SYSTEM_ANCHOR      "/usr/share/dns/root.key"
#define SYSTEM_RESOLVCONF  "/etc/resolv.conf"
#define FIRST_WAIT_MS      600

/* ---- options ---- */

static gboolean
bad_option(GError **error, const char *option, const char *value, const char *fault)
{
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s %s: %s", option, value, fault);
    return FALSE;
}

static gboolean
is_port(const char *text)
{
    guint64 port = 0;

    return g_ascii_string_to_unsigned(text, 10, 1, 65535, &port, NULL);
}

static gboolean
is_server(const char *text)
{
    const char *at = strchr(text, '@');
    g_autofree char *address = at ? g_strndup(text, (gsize)(at - text)) : g_strdup(text);

    return g_hostname_is_ip_address(address) && (!at || is_port(at + 1));
}

/* A key or the digest of one for the root must be in it, or nothing could ever be validated. */
static gboolean
has_anchor(const char *path)
{
    FILE *file = fopen(path, "re");
    gboolean found = FALSE;
    int line = 0;

    while (file && !found && !feof(file) && line < 1000) {
        ldns_rr *rr = NULL;
        if (ldns_rr_new_frm_fp_l(&rr, file, NULL, NULL, NULL, &line) == LDNS_STATUS_OK && rr) {
            const ldns_rr_type type = ldns_rr_get_type(rr);
            found = (type == LDNS_RR_TYPE_DNSKEY || type == LDNS_RR_TYPE_DS) &&
                    ldns_dname_label_count(ldns_rr_owner(rr)) == 0;
        }
        ldns_rr_free(rr);
        line++;     /* what cannot be read does not count its line */
    }
    if (file)
        fclose(file);
    return found;
}

gboolean
live_options_check(const LiveOptions *options, GError **error)
{
    if (options->server && !is_server(options->server))
        return bad_option(error, "--dns-server", options->server,
                          _("not an IP address, or ADDRESS@PORT"));
    if (options->trust_anchor && !has_anchor(options->trust_anchor)) {
        g_autoptr(GBytes) some = file_head(options->trust_anchor, 1, error);
        if (!some) {
            g_prefix_error(error, "--trust-anchor ");
            return FALSE;
        }
        return bad_option(error, "--trust-anchor", options->trust_anchor,
                          _("no DNSKEY or DS record of the root in it"));
    }
    if (!(options->timeout > 0 && options->timeout <= LIVE_TIMEOUT_MAX)) {     /* NaN, too */
        g_autofree char *seconds = g_strdup_printf("%g", options->timeout);
        return bad_option(error, "--dns-timeout", seconds,
                          _("not more than 0 and at most 120 seconds"));
    }
    return TRUE;
}

guint
live_port(const LiveOptions *options)
{
    const char *at = options->server ? strchr(options->server, '@') : NULL;

    return at ? (guint)g_ascii_strtoull(at + 1, NULL, 10) : 53;
}

const char *
live_anchor(const LiveOptions *options)
{
    if (options->trust_anchor)
        return options->trust_anchor;
    return has_anchor(SYSTEM_ANCHOR) ? SYSTEM_ANCHOR : NULL;
}

/* ---- the context ---- */

/* What the library would answer by itself: names of RFC 6761, 6303 and others. Each may stand in
 * a message, and DNS has an answer for it. The private address ranges go by one option. */
static void
remove_own_zones(const Unbound *unbound, struct ub_ctx *context)
{
    static const char *const zones[] = {
        "localhost.", "127.in-addr.arpa.", "test.", "invalid.", "onion.", "home.arpa.", "local.",
        "resolver.arpa.", "service.arpa.", "empty.as112.arpa.",
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa.",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(zones); i++)
        unbound->ctx_zone_remove(context, zones[i]);
}

/* A forwarder works while we wait, so it is not asked again too soon; each wait is twice the one
 * before. The library must not give up before our own limit: that would look like the server's
 * SERVFAIL. Nor does it need more tries than that, since it spends them on a SERVFAIL, too. */
static guint
tries_for(double seconds)
{
    guint tries = 3;

    while (tries < 10 && FIRST_WAIT_MS / 1000.0 * (double)((1u << tries) - 1) < seconds * 1.25)
        tries++;
    return tries;
}

/* An option that this version of the library does not know changes nothing that we rely on: our own
 * timer and tests hold. */
static void
set_options(const Unbound *unbound, struct ub_ctx *context, double seconds)
{
    static const struct { const char *name, *value; } options[] = {
        { "do-not-query-localhost:", "no" },
        { "unblock-lan-zones:", "yes" },
        { "use-syslog:", "no" },
        { "trust-anchor-signaling:", "no" },
        { "infra-cache-min-rtt:", G_STRINGIFY(FIRST_WAIT_MS) },
        /* A connection that stops in the middle of an answer must not hold up others. */
        { "outgoing-num-tcp:", "100" },
        { "max-reuse-tcp-queries:", "1" },
    };
    g_autofree char *tries = g_strdup_printf("%u", tries_for(seconds));

    unbound->ctx_debugout(context, NULL);   /* it would write across the screen */
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++)
        unbound->ctx_set_option(context, options[i].name, options[i].value);
    unbound->ctx_set_option(context, "outbound-msg-retry:", tries);
}

static gboolean
names_server(const char *path)
{
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return FALSE;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        if (g_str_has_prefix(*line, "nameserver"))
            return TRUE;
    return FALSE;
}

/* resolv.conf(5): without a nameserver there, the one on this machine is asked. */
static int
set_server(const Unbound *unbound, struct ub_ctx *context, const LiveOptions *options)
{
    if (options->server)
        return unbound->ctx_set_fwd(context, options->server);
    if (names_server(SYSTEM_RESOLVCONF))
        return unbound->ctx_resolvconf(context, SYSTEM_RESOLVCONF);
    return unbound->ctx_set_fwd(context, "127.0.0.1");
}

struct ub_ctx *
live_context(const Unbound *unbound, const LiveOptions *options, const char *anchor,
             GError **error)
{
    struct ub_ctx *context = unbound->ctx_create();
    int fault = UB_NOMEM;

    if (context) {
        set_options(unbound, context, options->timeout);
        fault = set_server(unbound, context, options);
    }
    if (fault == 0 && anchor)
        fault = unbound->ctx_add_ta_file(context, anchor);
    if (fault == 0)
        fault = unbound->ctx_async(context, TRUE);
    if (fault == 0) {
        remove_own_zones(unbound, context);     /* from here on the options are locked */
        return context;
    }
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "libunbound: %s", unbound->strerror(fault));
    if (context)
        unbound->ctx_delete(context);
    return NULL;
}
