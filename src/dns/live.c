/* live.c: a Resolver that has a process of its own to ask the network.
 * SPDX-License-Identifier: MIT
 *
 * The checks block in here, so the wait ends by itself: with the answer, with the time, or when
 * another thread calls resolver_cancel(). */
#include "dns/live.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/translate.h"
#include "dns/live-context.h"
#include "dns/remote.h"
#include "dns/service.h"

#define SELF 1      /* the only client */

typedef struct {
    Service *service;
    int      wake;          /* readable once canceled */
    GBytes  *answer;
} Live;

static void
take_answer(guint client G_GNUC_UNUSED, GBytes *answer, gpointer data)
{
    Live *live = data;

    g_clear_pointer(&live->answer, g_bytes_unref);
    live->answer = g_bytes_ref(answer);
}

static GBytes *
live_ask(GBytes *question, gpointer data)
{
    Live *live = data;

    service_forward(live->service, SELF, question);
    while (!live->answer) {
        struct pollfd fds[] = { { service_fd(live->service), POLLIN, 0 },
                                { live->wake, POLLIN, 0 } };
        if (poll(fds, G_N_ELEMENTS(fds), -1) < 0 && errno != EINTR)
            break;
        if (fds[1].revents) {
            service_forget(live->service, SELF);
            break;
        }
        service_turn(live->service);
    }
    return g_steal_pointer(&live->answer);
}

static void
live_cancel(gpointer data)
{
    const uint64_t one = 1;

    while (write(((Live *)data)->wake, &one, sizeof one) < 0 && errno == EINTR)
        continue;
}

static void
live_close(gpointer data)
{
    Live *live = data;

    service_free(live->service);
    g_clear_pointer(&live->answer, g_bytes_unref);
    close(live->wake);
    g_free(live);
}

Resolver *
resolver_live(const LiveOptions *options, GError **error)
{
    if (!live_options_check(options, error))
        return NULL;
    Live *live = g_new0(Live, 1);
    live->service = service_new(options, take_answer, live);
    live->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    const RemoteDoor door = { live_ask, live_cancel, live_close, live,
                              live_source(options) };
    return resolver_remote(&door);
}

const char *
live_source(const LiveOptions *options)
{
    return options->server ? options->server : N_("system resolver");
}

char *
live_describe(const LiveOptions *options)
{
    Unbound unbound;
    g_autoptr(GError) error = NULL;
    const char *anchor = live_anchor(options);

    if (!unbound_load(&unbound, &error))
        return g_strdup_printf(_("not to be had: %s"), error->message);
    return g_strdup_printf(_("libunbound %s, trust anchor %s"), unbound.version(),
                           anchor ? anchor : _("none (DNSSEC unknown)"));
}
