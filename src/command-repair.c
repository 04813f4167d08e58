/* command-repair.c: `repair`: pasted text in, the message out.
 * SPDX-License-Identifier: MIT
 *
 * What was pasted is a stranger's: a confined worker makes a message of it (batch/batch.h). */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/translate.h"
#include "batch/batch.h"
#include "session-warm.h"
#include "session.h"
#include "tree/words.h"

typedef struct {
    const Session *session;
    int            status;
} Run;

/* What a piece begins with: so much of it is for standard error, the rest is the message. */
typedef struct {
    guint32 told;
    guint32 unreadable;
    guint32 first;          /* of a mailbox, since none was chosen */
} Head;

/* ---- the worker ---- */

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
append_repairs(GString *out, const Origin *origin)
{
    if (origin->repairs->len == 0)
        g_string_append(out, _("nothing to repair\n"));
    for (guint i = 0; i < origin->repairs->len; i++) {
        const Repair *repair = origin->repairs->pdata[i];
        g_autofree char *words = words_repair(repair), *text = text_visible(words, -1);
        g_string_append_printf(out, "%s: %" G_GINT64_FORMAT ": %s\n", repair->id, repair->count, text);
    }
}

static guint
message(const BatchPlace *place, GString *out, gpointer data)
{
    const Run *run = data;
    const gsize start = out->len;
    /* Of a mailbox it is said which message that is. */
    Head head = { 0, !place->message, place->mailbox && run->session->options->index < 1 };

    g_string_append_len(out, (const char *)&head, sizeof head);
    if (!place->message)
        g_string_append(out, place->error->message);
    else
        append_repairs(out, message_origin(place->message));
    head.told = (guint32)(out->len - start - sizeof head);
    if (place->message)
        append_lf(out, message_raw(place->message));
    else
        record_free(&source_info_type, place->source);
    memcpy(out->str + start, &head, sizeof head);
    return 0;
}

static void
prepare(const char *const *needs, gpointer data)
{
    (void)data;
    session_warm(needs);
}

/* ---- the parent ---- */

static void
warn(Run *run, const char *text)
{
    session_warn(text);
    run->status = EXIT_TROUBLE;
}

static void
piece(const void *bytes, gsize length, gpointer data)
{
    Run *run = data;
    const char *behind = (const char *)bytes + sizeof(Head);
    Head head;

    if (length < sizeof head)
        return;
    memcpy(&head, bytes, sizeof head);
    const gsize told = MIN(head.told, length - sizeof head);
    g_autofree char *text = g_strndup(behind, told);
    if (head.first)
        session_warn(_("a mailbox: this is its first message; --index N takes another"));
    if (head.unreadable)
        warn(run, text);
    else {
        g_autoptr(GString) shown = g_string_new(NULL);
        text_append_terminal(shown, text, strlen(text), FALSE);
        fputs(shown->str, stderr);
    }
    if (!session_write_foreign(behind + told, length - sizeof head - told))
        run->status = EXIT_TROUBLE;
}

static void
lost(SourceInfo *source, const PoolLoss *loss, gpointer data)
{
    g_autofree char *how = pool_loss_text(loss);
    g_autofree char *text = session_died_text(source, how, loss->whole);

    warn(data, text);
}

static void
fault(const GError *error, gpointer data)
{
    warn(data, error->message);
}

int
command_repair(const Session *session)
{
    static const BatchClass class = { .prepare = prepare, .message = message, .piece = piece, .lost = lost,
                                      .fault = fault };
    char dash[] = "-", *standard_input[] = { dash, NULL };
    char **files = session->options->files;
    char *first[] = { *files, NULL };
    const BatchSources sources = { .files = *files ? first : standard_input,
                                   .index = (guint)MAX(session->options->index, 1), .workers = 1 };
    Run run = { session, EXIT_PASS };

    if (batch_run(&class, &sources, NULL, &run) == POOL_FAILED)
        warn(&run, _("no process can be started"));
    return run.status;
}
