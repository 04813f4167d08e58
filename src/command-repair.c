/* command-repair.c: `repair`: pasted text in, the message out.
 * SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "base/text.h"
#include "base/translate.h"
#include "mailbox/store.h"
#include "session.h"
#include "tree/words.h"

/* LF lines: whoever needs the wire's form knows how to make it. */
static void
append_lf(GString *out, GBytes *raw)
{
    gsize length = 0;
    const char *bytes = g_bytes_get_data(raw, &length);

    for (gsize i = 0; i < length; i++)
        if (bytes[i] != '\r' || i + 1 >= length || bytes[i + 1] != '\n')
            g_string_append_c(out, bytes[i]);
}

static void
list_repairs(const Origin *origin)
{
    if (origin->repairs->len == 0)
        fprintf(stderr, _("nothing to repair\n"));
    for (guint i = 0; i < origin->repairs->len; i++) {
        const Repair *repair = origin->repairs->pdata[i];
        g_autofree char *words = words_repair(repair), *text = text_visible(words, -1);
        fprintf(stderr, "%s: %" G_GINT64_FORMAT ": %s\n", repair->id, repair->count, text);
    }
}

/* The message that --index names, else the first; of a mailbox it is said which. */
static Message *
choose_message(const Session *session, Store *store, GError **error)
{
    const int wanted = session->options->index;
    const guint index = wanted > 0 ? (guint)wanted - 1 : 0;

    while (index >= store_count(store) && store_scan(store, 100000))
        continue;
    if (index >= store_count(store)) {
        g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, _("%s: there is no message %d: it holds %u"),
                    store_path(store), MAX(wanted, 1), store_count(store));
        return NULL;
    }
    if (store_is_mailbox(store) && wanted < 1)
        session_warn(_("a mailbox: this is its first message; --index N takes another"));
    return store_message(store, index, error);
}

int
command_repair(const Session *session)
{
    char **files = session->options->files;
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = store_open(*files ? *files : "-", &error);
    g_autoptr(Message) message = store ? choose_message(session, store, &error) : NULL;
    g_autoptr(GString) out = g_string_new(NULL);

    if (!message) {
        session_complain(error);
        return EXIT_TROUBLE;
    }
    append_lf(out, message_raw(message));
    list_repairs(message_origin(message));
    return session_write(out) ? EXIT_PASS : EXIT_TROUBLE;
}
