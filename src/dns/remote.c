/* remote.c: questions for another process, and a look at what it says.
 * SPDX-License-Identifier: MIT */
#include "dns/remote.h"

#include "base/text.h"
#include "base/translate.h"
#include "dns/wire.h"

typedef struct {
    RemoteDoor door;
    char      *source;
    guint32    message;     /* the other side counts its time by it */
    int        canceled;    /* atomic */
    GMutex     mutex;       /* of what a person is told */
    char      *question;    /* under way, or NULL */
    gint64     since;
} Remote;

static void
tell(Remote *remote, const char *name, const char *type)
{
    g_autofree char *visible = name ? text_visible(name, -1) : NULL;

    g_mutex_lock(&remote->mutex);
    g_free(remote->question);
    remote->question = name ? g_strdup_printf("%s %s", type, visible) : NULL;
    remote->since = g_get_monotonic_time();
    g_mutex_unlock(&remote->mutex);
}

static char *
remote_waiting(gpointer self)
{
    Remote *remote = self;
    char *text = NULL;

    g_mutex_lock(&remote->mutex);
    if (remote->question)
        text = g_strdup_printf("%s, %d s", remote->question,
                               (int)((g_get_monotonic_time() - remote->since) / G_USEC_PER_SEC));
    g_mutex_unlock(&remote->mutex);
    return text;
}

static void
remote_cancel(gpointer self)
{
    Remote *remote = self;

    g_atomic_int_set(&remote->canceled, TRUE);
    if (remote->door.cancel)
        remote->door.cancel(remote->door.data);
}

static GBytes *
ask(Remote *remote, const char *name, DnsType type)
{
    g_autoptr(GBytes) question = wire_question(remote->message, name, type);

    if (g_atomic_int_get(&remote->canceled))
        return NULL;
    tell(remote, name, dns_type_word(type));
    GBytes *bytes = remote->door.ask(question, remote->door.data);
    tell(remote, NULL, NULL);
    return bytes;
}

static DnsAnswer *
remote_lookup(gpointer self, const char *name, DnsType type)
{
    Remote *remote = self;

    if (!wire_can_ask(name))
        return wire_answer_new(DNS_SERVFAIL, remote->source, NULL);
    g_autoptr(GBytes) bytes = ask(remote, name, type);
    if (g_atomic_int_get(&remote->canceled))
        return wire_answer_new(DNS_OFFLINE, remote->source, "canceled");
    DnsAnswer *answer = bytes ? wire_read_answer(bytes, name, type) : NULL;
    return answer ? answer : wire_answer_new(DNS_OFFLINE, remote->source,
                                             _("the DNS process gave no answer"));
}

static void
remote_start(gpointer self)
{
    ((Remote *)self)->message++;
}

static void
remote_close(gpointer self)
{
    Remote *remote = self;

    if (remote->door.close)
        remote->door.close(remote->door.data);
    g_mutex_clear(&remote->mutex);
    g_free(remote->question);
    g_free(remote->source);
    g_free(remote);
}

static const ResolverClass remote_class = {
    .name = "live",
    .lookup = remote_lookup,
    .close = remote_close,
    .remembers = TRUE,
    .start = remote_start,
    .cancel = remote_cancel,
    .waiting = remote_waiting,
};

Resolver *
resolver_remote(const RemoteDoor *door)
{
    Remote *remote = g_new0(Remote, 1);

    remote->door = *door;
    remote->source = g_strdup(door->source);
    remote->message = 1;
    g_mutex_init(&remote->mutex);
    return resolver_new(&remote_class, remote);
}
