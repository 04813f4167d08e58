/* list.c: `survey --list`: what is in mailboxes, a line for each message, without a look at any body.
 * SPDX-License-Identifier: MIT
 *
 * A confined worker looks through the mailboxes and makes the lines (batch/batch.h); this process opens files and writes. It
 * writes while the mailbox is still looked through, so that whoever reads need not wait. */
#include "command/list.h"

#include <string.h>

#include "base/instant.h"
#include "base/room.h"
#include "base/text.h"
#include "base/translate.h"
#include "command/run.h"
#include "facts/mask.h"
#include "headers/address.h"
#include "headers/maildate-plain.h"
#include "headers/maildate.h"
#include "headers/script.h"

/* So much is written at once. */
#define BLOCK 65536

typedef struct {
    CommandRun base;        /* it is stopped when nobody reads on */
    Mask      *mask;        /* in the worker: --redact; or NULL */
    GString   *out;         /* in the parent: not written yet */
} List;

/* ---- columns ---- */

/* Tabs and line ends are control characters: they become visible, and no value is two columns. */
static void
append_column(GString *out, const char *value)
{
    const char *at = value ? value : "";

    room_append_c(out, '\t');
    while (*at >= ' ' && *at < 127)
        at++;
    if (value)
        room_append(out, value, (gsize)(at - value));
    if (*at)
        text_append_visible(out, at, -1);
}

/* As RFC 3339 has it, of one zone, so that lines sort by it; what cannot be read stands as it is. */
static void
append_date(GString *out, const char *date)
{
    char text[INSTANT_SIZE];
    g_autofree char *local = NULL;
    gint64 seconds;

    if (date && (maildate_plain(date, &seconds) || maildate_parse(date, &seconds, &local)) &&
        instant_put(seconds, text))
        append_column(out, text);
    else
        append_column(out, date);
}

/* From: as it is masked: names and addresses, without the quotes, escapes and comments that a name
 * could hide in. */
typedef struct {
    Mask    *mask;
    GString *plain;
} Senders;

static void
learn(Mailbox *mailbox, gpointer data)
{
    Senders *senders = data;
    const char *address = mailbox->address ? mailbox->address : "";

    mask_learn_address(senders->mask, mailbox->address);
    mask_learn_name(senders->mask, mailbox->name);
    if (senders->plain->len > 0)
        g_string_append(senders->plain, ", ");
    if (mailbox->name && *mailbox->name)
        g_string_append_printf(senders->plain, "%s <%s>", mailbox->name, address);
    else
        g_string_append(senders->plain, address);
    record_free(&mailbox_type, mailbox);
}

/* ---- the worker: one message ---- */

static void
append_masked(const List *list, const StoreLine *line, GString *out)
{
    g_autoptr(GString) plain = g_string_new(NULL);
    Senders senders = { list->mask, plain };

    if (line->from)
        address_each(line->from, learn, &senders);
    g_autofree char *masked = line->from ? mask_text(list->mask, plain->str) : NULL;
    g_autofree char *from = masked ? script_guarded(masked) : NULL;
    append_column(out, from);
    append_column(out, line->subject ? MASK_REDACTED : NULL);
}

static void
append_line(const List *list, const BatchLine *place, const StoreLine *line, GString *out)
{
    room_took(out, room_put_int(room_make(out, ROOM_INT), place->number));
    append_date(out, line->date);
    if (list->mask) {
        append_masked(list, line, out);
    } else {
        g_autofree char *guarded = line->from && !g_str_is_ascii(line->from) ? script_guarded(line->from) : NULL;
        append_column(out, guarded ? guarded : line->from);
        append_column(out, line->subject);
    }
    g_string_append_c(out, '\n');
}

/* What a piece begins with: so much of it is a fault. */
typedef guint32 Head;

static void
append_fault(const BatchLine *place, const char *fault, GString *out)
{
    if (g_str_has_prefix(fault, place->path))
        g_string_append(out, fault);
    else
        g_string_append_printf(out, _("%s, message %u: %s"), place->path, (guint)place->number, fault);
}

static void
line(const BatchLine *place, GString *out, gpointer data)
{
    const List *list = data;
    StoreLine none = { .fault = place->error ? place->error->message : NULL };
    g_autoptr(StoreLine) read = place->store ? store_line(place->store, place->index) : NULL;
    const StoreLine *shown = read ? read : &none;
    const gsize start = out->len;
    Head head = 0;

    g_string_append_len(out, (const char *)&head, sizeof head);
    if (shown->fault)
        append_fault(place, shown->fault, out);
    head = (Head)(out->len - start - sizeof head);
    memcpy(out->str + start, &head, sizeof head);
    append_line(list, place, shown, out);
}

static void
prepare(const char *const *needs, gpointer data)
{
    List *list = data;

    command_run_prepare(needs, data);
    list->mask = list->base.session->options->redact ? mask_new() : NULL;
}

/* ---- the parent: what came of it ---- */

static void
write_lines(gpointer data)
{
    List *list = data;

    if (!stop_wished(list->base.stop) && list->out->len > 0 && !standard_write(list->out)) {
        command_run_status(&list->base, EXIT_TROUBLE);
        stop_wish(list->base.stop);
    }
    g_string_truncate(list->out, 0);
}

static void
piece(const void *bytes, gsize length, gpointer data)
{
    List *list = data;
    const char *behind = (const char *)bytes + sizeof(Head);
    Head head;

    if (length < sizeof head)
        return;
    memcpy(&head, bytes, sizeof head);
    const gsize fault = MIN(head, length - sizeof head);
    if (fault > 0)
        command_run_warn_piece(&list->base, behind, fault);
    g_string_append_len(list->out, behind + fault, (gssize)(length - sizeof head - fault));
    if (list->out->len >= BLOCK)
        write_lines(list);
}

/* Its line is there, and empty. */
static void
lost(SourceInfo *source, const PoolLoss *loss, gpointer data)
{
    List *list = data;

    g_string_append_printf(list->out, "%u\t\t\t\n", (guint)source->index);
    command_run_lost(source, loss, data);
}

int
command_list(const Session *session)
{
    static const BatchClass class = { .prepare = prepare, .line = line, .piece = piece, .lost = lost,
                                      .fault = command_run_fault, .idle = write_lines };
    g_autoptr(GString) out = g_string_sized_new(BLOCK + 4096);
    g_autoptr(Stop) stop = stop_new();
    List list = { .base = { .session = session, .stop = stop, .status = EXIT_PASS }, .out = out };
    BatchSources sources = command_run_sources(&list.base);

    sources.workers = 1;
    sources.beside = FALSE;
    standard_widen();
    command_run_batch(&list.base, &class, &sources);
    write_lines(&list);
    return list.base.status;
}
