/* doer-scan.c: a worker that finds out what a file is, and where messages stand in it; it looks at none of them.
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mapped.h"
#include "batch/doer-own.h"
#include "mailbox/folder.h"

/* Where the messages stand, and what is known of all of them. */
static void
append_places(Store *store, GString *out)
{
    g_autoptr(GBytes) facts = store_facts(store);
    gsize length = 0;
    const char *data = g_bytes_get_data(facts, &length);
    const ScanHead head = { (guint32)length, store_count(store) };

    g_string_append_len(out, (const char *)&head, sizeof head);
    g_string_append_len(out, data, (gssize)length);
    for (guint i = 0; i < head.count; i++) {
        gboolean unquoted;
        const Span span = store_span(store, i, &unquoted);
        const ScanPlace place = { span.start, span_length(span) | (unquoted ? SCAN_UNQUOTED : 0) };
        g_string_append_len(out, (const char *)&place, sizeof place);
    }
}

/* FALSE: it could not be written. */
static gboolean
write_out(Work *work, int fd, GBytes *bytes)
{
    gsize left = 0;
    const char *at = g_bytes_get_data(bytes, &left);

    while (left > 0) {
        const gssize wrote = write(fd, at, MIN(left, (gsize)1 << 20));
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return FALSE;
        at += wrote;
        left -= (gsize)wrote;
        pool_alive(work->line);
    }
    return TRUE;
}

/* What it is; no message of a mailbox is looked at. A file of one message, and one that cannot be read, is another's affair. */
static PieceKind
scan(Work *work, const TaskFile *file, GString *out)
{
    g_autoptr(GBytes) bytes = doer_bytes(work, file, NULL);
    g_autoptr(Store) store = bytes ? store_mailbox(bytes, file->path) : NULL;

    if (!store)
        return PIECE_SINGLE;
    GBytes *box = store_box(store);
    const gboolean packed = g_bytes_get_data(box, NULL) != g_bytes_get_data(bytes, NULL);
    const int fd = file->beside_fd >= 0 ? work->job->fds[file->beside_fd] : -1;
    if (packed && fd < 0)
        return PIECE_PACKED;
    if (packed && !write_out(work, fd, box))
        return PIECE_NO_MAIL;
    doer_has_message(work, store, G_MAXUINT);
    append_places(store, out);
    return PIECE_BOX;
}

void
doer_scan(Work *work)
{
    const TaskFile *file = &work->task->files[0];
    g_autoptr(GString) out = doer_begin_piece();

    if (work->job->first > 0)
        return;
    pool_begin(work->line, work->piece, task_place(0, PLACE_OPENING));
    const PieceHead head = { 0, scan(work, file, out), 0, 0 };
    doer_say(work, out, &head);
}

/* What a file of a folder is, by its first bytes; a mailbox is counted. */
static void
judge(Work *work, guint number)
{
    const TaskFile *task = &work->task->files[number];
    guint8 *bytes = g_malloc(FOLDER_HEAD);
    const gssize got = pread(work->job->fds[task->fd], bytes, FOLDER_HEAD, 0);
    g_autoptr(GBytes) head = g_bytes_new_take(bytes, (gsize)MAX(got, 0));
    g_autoptr(GString) out = doer_begin_piece();
    FolderFile file = { task->path, FALSE, FALSE };
    PieceHead piece = { number, PIECE_MAIL, 0, 1 };

    if (!folder_judge(&file, head))
        piece.kind = PIECE_NO_MAIL;
    g_autoptr(GBytes) all = file.mbox ? mapped_bytes(work->job->fds[task->fd], NULL) : NULL;
    g_autoptr(Store) store = all ? store_from_bytes(all, task->path, NULL) : NULL;
    if (store && store_is_mailbox(store)) {
        doer_has_message(work, store, G_MAXUINT);
        piece.kind = PIECE_MBOX;
        piece.progress = store_count(store);
    }
    doer_say(work, out, &piece);
}

void
doer_judge(Work *work)
{
    for (guint i = work->job->first; i < work->task->n_files; i++) {
        pool_begin(work->line, i, task_place(i, PLACE_OPENING));
        judge(work, i);
    }
}
