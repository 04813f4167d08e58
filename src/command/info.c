/* info.c: `info`: versions, engines, paths, and what confinement this kernel gives.
 * SPDX-License-Identifier: MIT */
#include "command/command.h"

#include <glib.h>

#include <idn2.h>
#include <ldns/ldns.h>
#include <libpsl.h>
#include <openssl/crypto.h>

#include "base/disk.h"
#include "base/place.h"
#include "base/text.h"
#include "base/translate.h"
#include "message/gmime-load.h"
#include "peers/peers.h"
#include "process/confine.h"
#include "report/paper.h"

/* One row; `value` is taken over and may hold strange bytes (paths come from the environment). */
static void
add(GString *out, const char *name, char *value)
{
    g_autofree char *given = value, *visible = text_visible(given, -1);

    const guint columns = paper_columns(name);
    g_string_append_printf(out, "%s%*s%s\n", name, (int)(columns < 17 ? 17 - columns : 1), "",
                           visible);
}

static char *
with_presence(char *path)
{
    g_autofree char *given = path;
    const gboolean there = disk_exists(given);

    return g_strconcat(given, there ? "" : _(" (not there)"), NULL);
}

static char *
or_none(char *path)
{
    return path ? path : g_strdup(_("not found"));
}

static void
add_libraries(GString *out)
{
    const GMimeLibrary *mime = gmime();

    add(out, _("libraries"),
        g_strdup_printf("GLib %u.%u.%u, GMime %u.%u.%u, %s, ldns %s,", glib_major_version,
                        glib_minor_version, glib_micro_version, *mime->major,
                        *mime->minor, *mime->micro, OpenSSL_version(OPENSSL_VERSION),
                        ldns_version()));
    add(out, "",
        g_strdup_printf("libidn2 %s, libpsl %s", idn2_check_version(NULL), psl_get_version()));
}

static void
add_engines(GString *out, const Session *session)
{
    const LiveOptions options = session_live_options(session->options, session->config);
    g_autofree char *live = live_describe(&options);

    add(out, _("engines"),
        g_strdup(_("SPF RFC 7208, DKIM RFC 6376/8301/8463, DMARC RFC 9989 and RFC 7489: own")));
    add(out, "", g_strdup("ARC RFC 8617"));
    add(out, _("DNS"), g_strdup_printf(_("snapshot files; live: %s"), live));
    add(out, _("public suffixes"), g_strdup(psl_source(session->psl)));
    add(out, _("second opinions"), peers_describe());
}

static void
add_places(GString *out, const Session *session)
{
    char *trusted = g_strjoinv(", ", session->trusted);
    char *data = place_shipped_table("");

    add(out, _("configuration"), with_presence(g_strdup(session->config->path)));
    add(out, _("state"), with_presence(place_state("")));
    add(out, _("cache"), with_presence(place_cache("")));
    add(out, _("rules"), data ? data : g_strdup(_("those built in; their files are not found")));
    add(out, _("themes"), or_none(place_data("themes")));
    add(out, _("samples"), or_none(place_data("samples")));
    add(out, _("trusted hosts"), *trusted ? trusted : (g_free(trusted), g_strdup(_("none"))));
}

int
command_info(const Session *session)
{
    g_autoptr(GString) out = g_string_new("fromscope " VERSION "\n");
    g_autofree char *confinement = confine_describe();

    add_engines(out, session);
    add_libraries(out);
    add_places(out, session);
    add(out, _("confinement"), g_strdup_printf(_("of workers and second opinions: %s"), confinement));
    return standard_write(out) ? EXIT_PASS : EXIT_TROUBLE;
}
