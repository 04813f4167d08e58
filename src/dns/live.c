/* live.c: questions to the network, each within what is left of the message's time.
 * SPDX-License-Identifier: MIT
 *
 * The checks block in here, so the wait ends by itself: with the answer, with the time, or
 * when another thread calls resolver_cancel(). libunbound asks in a thread of its own. */
#include "dns/live.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/name.h"
#include "base/text.h"
#include "base/translate.h"
#include "dns/live-context.h"
#include "dns/rrdata.h"

#define TYPE_DNSKEY 48
#define PROBE_PART  3       /* of the time, at most, goes into finding out about DNSSEC */

typedef struct {
    char       *server, *anchor;    /* as in LiveOptions */
    gint64      limit;              /* microseconds for a message */
    gint64      used;
    Unbound     unbound;
    struct ub_ctx *context;         /* NULL until the first question */
    gboolean    validates;
    char       *fault;              /* why nothing can be asked, or NULL */
    int         wake;               /* readable once canceled */
    int         canceled;           /* atomic */
    GMutex      mutex;              /* of what a person is told */
    char       *question;           /* under way, or NULL */
    gint64      since;
    gboolean      asked, heard; /* of this message: anything was asked, anything was heard */
    guint         silent;       /* messages in a row that heard nothing at all */
} Live;

/* One question under way. */
typedef struct {
    gboolean          done;
    struct ub_result *result;       /* NULL: libunbound failed */
} Pending;

/* ---- waiting ---- */

static void
tell(Live *live, const char *name, const char *type)
{
    g_autofree char *visible = name ? text_visible(name, -1) : NULL;

    g_mutex_lock(&live->mutex);
    g_free(live->question);
    live->question = name ? g_strdup_printf("%s %s", type, visible) : NULL;
    live->since = g_get_monotonic_time();
    g_mutex_unlock(&live->mutex);
}

static char *
live_waiting(gpointer self)
{
    Live *live = self;
    char *text = NULL;

    g_mutex_lock(&live->mutex);
    if (live->question)
        text = g_strdup_printf("%s, %d s", live->question,
                               (int)((g_get_monotonic_time() - live->since) / G_USEC_PER_SEC));
    g_mutex_unlock(&live->mutex);
    return text;
}

static void
live_cancel(gpointer self)
{
    Live *live = self;
    const uint64_t one = 1;

    g_atomic_int_set(&live->canceled, TRUE);
    while (write(live->wake, &one, sizeof one) < 0 && errno == EINTR)
        continue;
}

static void
take_result(void *data, int fault, struct ub_result *result)
{
    Pending *pending = data;

    pending->done = TRUE;
    pending->result = fault == 0 ? result : NULL;
}

/* FALSE when time or patience ended before the answer came. */
static gboolean
wait_until(Live *live, gint64 end, Pending *pending)
{
    struct pollfd fds[] = { { live->unbound.fd(live->context), POLLIN, 0 },
                            { live->wake, POLLIN, 0 } };

    while (!pending->done) {
        const gint64 left = end - g_get_monotonic_time();
        if (left <= 0 || g_atomic_int_get(&live->canceled))
            return FALSE;
        if (poll(fds, G_N_ELEMENTS(fds), (int)(left / 1000) + 1) > 0 && fds[0].revents &&
            live->unbound.process(live->context) != 0)
            pending->done = TRUE;
    }
    return TRUE;
}

/* Asks for at most `most` microseconds and counts them. FALSE when it took too long; else
 * `*result` is the answer (transfer full), or NULL where there is none to be had. */
static gboolean
ask(Live *live, const char *name, guint type, gint64 most, struct ub_result **result)
{
    const gint64 start = g_get_monotonic_time();
    Pending pending = { FALSE, NULL };
    int id = 0;

    *result = NULL;
    if (live->unbound.resolve_async(live->context, name, (int)type, LDNS_RR_CLASS_IN, &pending,
                                    take_result, &id) != 0)
        return TRUE;
    const gboolean in_time = wait_until(live, start + most, &pending);
    if (!in_time)
        live->unbound.cancel(live->context, id);    /* `pending` is forgotten there */
    live->used += g_get_monotonic_time() - start;
    *result = pending.result;
    return in_time;
}

/* ---- opening ---- */

static LiveOptions
options_of(const Live *live)
{
    return (LiveOptions){ .server = live->server, .trust_anchor = live->anchor,
                          .timeout = (double)live->limit / G_USEC_PER_SEC };
}

/* Does DNSSEC come through this server? Where it strips signatures, everything would look
 * forged. The root's keys tell: they must be there, signed, and fit the anchor. */
static gboolean
probe(Live *live)
{
    struct ub_result *keys = NULL;

    tell(live, ".", "DNSKEY");
    const gboolean secure = ask(live, ".", TYPE_DNSKEY, live->limit / PROBE_PART, &keys) && keys &&
                            keys->havedata && keys->secure && !keys->bogus;
    live->unbound.resolve_free(keys);
    return secure;
}

static void
open_context(Live *live, const char *anchor)
{
    const LiveOptions options = options_of(live);
    g_autoptr(GError) error = NULL;

    live->context = live_context(&live->unbound, &options, anchor, &error);
    live->validates = anchor != NULL;
    if (!live->context)
        live->fault = g_strdup(error->message);
}

static void
open_library(Live *live)
{
    const LiveOptions options = options_of(live);
    const char *anchor = live_anchor(&options);
    g_autoptr(GError) error = NULL;

    if (!unbound_load(&live->unbound, &error)) {
        live->fault = g_strdup(error->message);
        return;
    }
    open_context(live, anchor);
    if (anchor && live->context && !probe(live)) {
        live->unbound.ctx_delete(live->context);
        open_context(live, NULL);
    }
}

/* ---- answers ---- */

static const char *
dnssec_of(const Live *live, const struct ub_result *result)
{
    if (!live->validates || (result->rcode != LDNS_RCODE_NOERROR &&
                             result->rcode != LDNS_RCODE_NXDOMAIN))
        return "unknown";
    return result->secure ? "secure" : "insecure";
}

/* All of them, or none and FALSE where one does not fit its type. */
static gboolean
take_records(DnsAnswer *answer, const struct ub_result *result, guint type)
{
    for (int i = 0; result->data[i]; i++) {
        DnsRecord *record = rrdata_record_wire(type, result->data[i], (gsize)result->len[i]);
        if (record) {
            g_ptr_array_add(answer->records, record);
            continue;
        }
        for (guint j = 0; j < answer->records->len; j++)
            record_free(&dns_record_type, answer->records->pdata[j]);
        g_ptr_array_set_size(answer->records, 0);
        return FALSE;
    }
    return TRUE;
}

/* Bogus data comes with rcode 0 and records: it is looked at before anything else. */
static DnsStatus
status_of(const struct ub_result *result)
{
    if (result->bogus)
        return DNS_BOGUS;
    if (result->rcode == LDNS_RCODE_NXDOMAIN)
        return DNS_NXDOMAIN;
    if (result->rcode != LDNS_RCODE_NOERROR)
        return DNS_SERVFAIL;
    return result->havedata ? DNS_NOERROR : DNS_NODATA;
}

static void
fill(const Live *live, DnsAnswer *answer, const struct ub_result *result, guint type)
{
    answer->status = (int)status_of(result);
    if (answer->status == DNS_NOERROR && take_records(answer, result, type))
        answer->ttl = result->ttl;
    else if (answer->status == DNS_NOERROR)
        answer->status = DNS_SERVFAIL;
    answer->why = g_strdup(result->why_bogus);
    g_free(answer->dnssec);
    answer->dnssec = g_strdup(result->bogus ? "bogus" : dnssec_of(live, result));
}

/* What is said where nothing was heard. */
static DnsAnswer *
silence(const Live *live)
{
    const gboolean canceled = g_atomic_int_get(&((Live *)live)->canceled);
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->status = live->fault || canceled ? DNS_OFFLINE : DNS_TIMEOUT;
    answer->why = g_strdup(live->fault ? live->fault : canceled ? "canceled" : NULL);
    answer->source = g_strdup(live->server ? live->server : N_("system resolver"));
    answer->dnssec = g_strdup("unknown");
    return answer;
}

/* After several messages to which DNS said nothing at all, it is gone: the rest of a large run must not wait the full
 * time for each, yet still notices when somebody answers again. */
#define SILENT_MESSAGES 3
#define SILENT_LIMIT (G_USEC_PER_SEC / 4)

static gint64
limit_now(const Live *live)
{
    return live->silent >= SILENT_MESSAGES ? MIN(live->limit, SILENT_LIMIT) : live->limit;
}

static DnsAnswer *
live_lookup(gpointer self, const char *name, DnsType type)
{
    Live *live = self;
    g_autofree char *absolute = name_escaped(name);
    struct ub_result *result = NULL;

    if (!live->context && !live->fault && !g_atomic_int_get(&live->canceled))
        open_library(live);
    tell(live, name, dns_type_word(type));
    const gint64 left = limit_now(live) - live->used;
    live->asked = TRUE;
    const gboolean heard = live->context && left > 0 && !g_atomic_int_get(&live->canceled) &&
                           ask(live, absolute, type, left, &result);
    tell(live, NULL, NULL);
    DnsAnswer *answer = silence(live);
    if (heard && result)
        fill(live, answer, result, type);
    else if (heard)
        answer->status = DNS_SERVFAIL;
    if (result)
        live->unbound.resolve_free(result);
    live->heard = live->heard || (heard && answer->status != DNS_SERVFAIL);
    return answer;
}

static void
live_start(gpointer self)
{
    Live *live = self;

    /* libunbound says SERVFAIL, too, where it gave up by itself: that is told from a server's own word by the
     * time it took. */
    if (live->heard)
        live->silent = 0;
    else if (live->asked && live->used > limit_now(live) / 2)
        live->silent++;
    live->asked = live->heard = FALSE;
    live->used = 0;
}

static void
live_close(gpointer self)
{
    Live *live = self;

    if (live->context)
        live->unbound.ctx_delete(live->context);
    close(live->wake);
    g_mutex_clear(&live->mutex);
    g_free(live->question);
    g_free(live->fault);
    g_free(live->server);
    g_free(live->anchor);
    g_free(live);
}

static const ResolverClass live_class = {
    .name = "live",
    .lookup = live_lookup,
    .close = live_close,
    .start = live_start,
    .cancel = live_cancel,
    .waiting = live_waiting,
};

Resolver *
resolver_live(const LiveOptions *options, GError **error)
{
    if (!live_options_check(options, error))
        return NULL;
    Live *live = g_new0(Live, 1);
    live->server = g_strdup(options->server);
    live->anchor = g_strdup(options->trust_anchor);
    live->limit = (gint64)(options->timeout * G_USEC_PER_SEC);
    live->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    g_mutex_init(&live->mutex);
    return resolver_new(&live_class, live);
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
