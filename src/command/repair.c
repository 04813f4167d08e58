/* repair.c: `repair`: pasted text in, the message out.
 * SPDX-License-Identifier: MIT
 *
 * What was pasted is a stranger's: a confined worker makes a message of it (batch/batch.h). */
#include "command/command.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/translate.h"
#include "command/run.h"
#include "tree/words.h"

/* What a piece begins with: so much of it is for standard error, the rest is the message. */
typedef struct {
    guint32 told;
    guint32 unreadable;
    guint32 first;          /* of a mailbox, since none was chosen */
} Head;

/* ---- the worker ---- */

/* LF lines: whoever needs the wire's form knows how to make it. A line that ends in a CR of its own keeps its CRLF: with
 * LF alone that CR would be read as part of the line's end, and be lost. */
static void
append_lf(GString *out, GBytes *raw)
{
    gsize length = 0;
    const char *bytes = g_bytes_get_data(raw, &length);

    for (gsize i = 0; i < length; i++)
        if (bytes[i] != '\r' || i + 1 >= length || bytes[i + 1] != '\n' || (i > 0 && bytes[i - 1] == '\r'))
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
    const CommandRun *run = data;
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

/* ---- the parent ---- */

static void
piece(const void *bytes, gsize length, gpointer data)
{
    CommandRun *run = data;
    const char *behind = (const char *)bytes + sizeof(Head);
    Head head;

    if (length < sizeof head)
        return;
    memcpy(&head, bytes, sizeof head);
    const gsize told = MIN(head.told, length - sizeof head);
    g_autofree char *text = g_strndup(behind, told);
    if (head.first)
        standard_warn(_("a mailbox: this is its first message; --index N takes another"));
    if (head.unreadable)
        command_run_warn(run, text);
    else {
        g_autoptr(GString) shown = g_string_new(NULL);
        text_append_terminal(shown, text, strlen(text), FALSE);
        fputs(shown->str, stderr);
    }
    if (!standard_write_foreign(behind + told, length - sizeof head - told))
        command_run_status(run, EXIT_TROUBLE);
}

int
command_repair(const Session *session)
{
    static const BatchClass class = { .prepare = command_run_prepare, .message = message, .piece = piece,
                                      .lost = command_run_lost, .fault = command_run_fault };
    char dash[] = "-", *standard_input[] = { dash, NULL };
    char **files = session->options->files;
    char *first[] = { *files, NULL };
    const BatchSources sources = { .files = *files ? first : standard_input,
                                   .index = (guint)MAX(session->options->index, 1), .workers = 1 };
    CommandRun run = { .session = session, .status = EXIT_PASS };

    command_run_batch(&run, &class, &sources);
    return run.status;
}
