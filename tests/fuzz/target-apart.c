/* target-apart.c: --isolate: who scans a mailbox and who looks at one of its messages was taken over. Each message that was found
 * has a process of its own, which is given its bytes and no others, and something is said of it, whatever that process says.
 * SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch/batch-own.h"
#include "fuzz.h"

enum { FILE_BYTES = 300000, UNPACKED_BYTES = 5000, NAMES = 3, QUEUE_MAX = 6, STEPS_MAX = 200, PLACES_MAX = 4, JOBS_MAX = 500 };

typedef struct {
    Batch   batch;
    GQueue  jobs;           /* PoolJob: given, and not ended */
    GArray *places[NAMES];  /* ScanPlace: what was said of each file by its scan; NULL: nothing that could be used */
    GBytes *facts[NAMES];
    gsize   sizes[NAMES];   /* of the file where they stand: what it was unpacked into, or itself */
    guint   wanted, parts;  /* messages that were found; processes that got one */
    guint   given;
    gint64  part;           /* of the job that says something now: which message it has; -1: it is none of a mailbox */
    guint   told;           /* … of it */
    gsize   seen;
} Run;

static guint8
byte_at(guint64 at)
{
    return (guint8)(at * 7 + at / 256);
}

static const char *
mailbox(void)
{
    static const char *path;

    if (path)
        return path;
    g_autofree char *bytes = g_malloc(FILE_BYTES);
    for (gsize i = 0; i < FILE_BYTES; i++)
        bytes[i] = (char)byte_at(i);
    path = fuzz_file((FuzzPart){ bytes, FILE_BYTES });
    return path;
}

/* ---- what comes of it ---- */

static void
see_piece(const void *bytes, gsize length, gpointer data)
{
    Run *run = data;

    run->told++;
    run->seen += length > 0 ? ((const guint8 *)bytes)[length - 1] : 0;
}

static void
see_lost(SourceInfo *source, const PoolLoss *loss, gpointer data)
{
    Run *run = data;

    FUZZ_REQUIRE(source->path && loss->how <= POOL_LOST_EXIT);
    FUZZ_REQUIRE(run->part < 0 ? source->index >= 1 : source->index == run->part + 1);
    record_free(&source_info_type, source);
    run->told++;
}

static void
see_fault(const GError *error, gpointer data)
{
    FUZZ_REQUIRE(error->message);
    ((Run *)data)->told++;
}

static void
see_progress(double done, gpointer data)
{
    (void)data;
    FUZZ_REQUIRE(done == -1 || (done >= 0 && done <= 1));
}

/* ---- jobs ---- */

static gboolean
is_in_file(const ScanPlace *place, guint64 length, gsize size)
{
    return length == 0 ? place->start <= G_MAXINT64 : place->start <= size && length <= size - place->start;
}

static void
check_bytes(const ScanPlace *place, guint64 length, const guint8 *bytes)
{
    for (guint64 i = 0; i < length; i += 1 + i / 64)
        FUZZ_REQUIRE(bytes[i] == byte_at(place->start + i));
    if (length > 0)
        FUZZ_REQUIRE(bytes[length - 1] == byte_at(place->start + length - 1));
}

/* A copy in a file of its own, of just that length. */
static void
check_copy(const ScanPlace *place, guint64 length, int fd)
{
    g_autofree guint8 *bytes = g_malloc(length + 1);
    struct stat info;

    FUZZ_REQUIRE(fstat(fd, &info) == 0 && info.st_nlink == 0);
    FUZZ_REQUIRE(pread(fd, bytes, length + 1, 0) == (gssize)length);
    check_bytes(place, length, bytes);
}

static void
check_part(Run *run, const Own *own, const PoolJob *job, const Task *task)
{
    const guint ordinal = own->ordinal - 1;
    const TaskFile *file = &task->files[0];
    const gsize size = ordinal < NAMES ? run->sizes[ordinal] : 0;

    FUZZ_REQUIRE(task->n_files == 1 && ordinal < NAMES && run->places[ordinal]);
    FUZZ_REQUIRE(task->from >= 0 && task->from < run->places[ordinal]->len && task->count == run->places[ordinal]->len);
    const ScanPlace *place = &g_array_index(run->places[ordinal], ScanPlace, task->from);
    const guint64 length = place->length & ~SCAN_UNQUOTED;
    FUZZ_REQUIRE(task->facts == g_bytes_get_size(run->facts[ordinal]));
    FUZZ_REQUIRE(job->n_bytes == task->facts + (file->inside ? file->length : 0) && job->n_bytes <= POOL_BYTES_MAX);
    FUZZ_REQUIRE(task->facts == 0 || memcmp(job->bytes, g_bytes_get_data(run->facts[ordinal], NULL), task->facts) == 0);
    if (file->inside) {
        FUZZ_REQUIRE(is_in_file(place, length, size) && file->length == length && file->at == task->facts);
        check_bytes(place, length, (const guint8 *)job->bytes + file->at);
    } else if (file->fd >= 0 && job->fds[file->fd] >= 0) {
        FUZZ_REQUIRE(is_in_file(place, length, size));
        check_copy(place, length, job->fds[file->fd]);
    } else {
        FUZZ_REQUIRE(!is_in_file(place, length, size));
    }
    FUZZ_REQUIRE(job->n_fds <= 2);
    run->parts++;
}

static gboolean
next(Run *run)
{
    PoolJob *job = g_new0(PoolJob, 1);
    PoolNext what = POOL_JOB;

    while (what == POOL_JOB && !job->own)
        what = apart_next(&run->batch, job);
    if (!job->own) {
        g_free(job);
        return what != POOL_END;
    }
    Own *own = job->own;
    g_autoptr(Task) task = task_read(own->wire->data, own->wire->len);
    FUZZ_REQUIRE(task && task->kind == own->kind && ++run->given < JOBS_MAX);
    if (own->kind == TASK_PART)
        check_part(run, own, job, task);
    g_queue_push_tail(&run->jobs, job);
    return TRUE;
}

/* Whose turn it is. */
static const PoolJob *
first_job(Run *run)
{
    const PoolJob *job = g_queue_peek_head(&run->jobs);
    const Own *own = job->own;
    g_autoptr(Task) task = task_read(own->wire->data, own->wire->len);

    run->part = own->kind == TASK_PART ? task->from : -1;
    return job;
}

/* Whatever its process said or left unsaid. */
static void
end_first(Run *run)
{
    const TaskKind kind = ((const Own *)first_job(run)->own)->kind;
    PoolJob *job = g_queue_pop_head(&run->jobs);
    const gboolean scan = kind == TASK_SCAN;

    back_ended(job, &run->batch);
    FUZZ_REQUIRE(kind == TASK_PART ? run->told == 1 : scan ? run->told == 0 : run->told >= 1);
    run->told = 0;
    for (guint i = 0; i < job->n_fds; i++)
        if (job->fds[i] >= 0)
            close(job->fds[i]);
    g_bytes_unref(job->task);
    g_free(job);
}

/* ---- processes ---- */

static void
say(Run *run, guint kind, const void *bytes, gsize length)
{
    const PieceHead head = { 0, kind, 0, (guint32)length * 1000 };
    g_autoptr(GByteArray) piece = g_byte_array_new();

    g_byte_array_append(piece, (const guint8 *)&head, sizeof head);
    if (length > 0)
        g_byte_array_append(piece, bytes, (guint)length);
    back_piece(first_job(run), 0, piece->data, piece->len, &run->batch);
    end_first(run);
}

/* How much there is to find. Who is given a second file writes into it what it has unpacked. */
static gsize
size_for(const PoolJob *job, const Own *own)
{
    g_autoptr(Task) task = task_read(own->wire->data, own->wire->len);
    const int fd = task->files[0].beside_fd >= 0 ? job->fds[task->files[0].beside_fd] : -1;
    guint8 bytes[UNPACKED_BYTES];

    for (gsize i = 0; i < sizeof bytes; i++)
        bytes[i] = byte_at(i);
    if (fd >= 0)
        FUZZ_REQUIRE(pwrite(fd, bytes, sizeof bytes, 0) == sizeof bytes);
    return fd >= 0 ? UNPACKED_BYTES : FILE_BYTES;
}

static void
remember(Run *run, const guint8 *facts, gsize n_facts, const GArray *places)
{
    const PoolJob *job = g_queue_peek_head(&run->jobs);
    const Own *own = job->own;
    const guint file = own->ordinal - 1;

    if (own->kind != TASK_SCAN || !own->scanned || file >= NAMES)
        return;
    FUZZ_REQUIRE(!run->places[file]);
    run->places[file] = g_array_new(FALSE, FALSE, sizeof(ScanPlace));
    g_array_append_vals(run->places[file], places->data, places->len);
    run->facts[file] = g_bytes_new(facts, n_facts);
    run->sizes[file] = size_for(job, own);
    run->wanted += places->len;
}

/* Places, each by three bytes, behind facts that are those bytes. */
static void
say_box(Run *run, const guint8 *at, gsize length, gboolean odd_length)
{
    static const guint64 far[] = { G_MAXUINT64, SCAN_UNQUOTED, G_MAXINT64, FILE_BYTES, FILE_BYTES + 1 };
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(ScanPlace));
    g_autoptr(GByteArray) said = g_byte_array_new();

    for (gsize i = 0; i + 3 <= length && places->len < PLACES_MAX; i += 3) {
        const guint how = at[i + 2];
        const ScanPlace place = { how % 8 == 7 ? far[at[i] % G_N_ELEMENTS(far)] : (guint64)at[i] << (how % 8 + 4),
                                  how / 8 % 8 == 7 ? far[at[i + 1] % G_N_ELEMENTS(far)] : (guint64)at[i + 1] << (how / 8 % 8 + 4) };
        g_array_append_val(places, place);
    }
    const ScanHead head = { (guint32)length, places->len };
    g_byte_array_append(said, (const guint8 *)&head, sizeof head);
    g_byte_array_append(said, at, (guint)length);
    if (places->len > 0)
        g_byte_array_append(said, (const guint8 *)places->data, (guint)(places->len * sizeof(ScanPlace)));
    if (odd_length)
        g_byte_array_append(said, (const guint8 *)far, length % 2 ? 1 : sizeof(ScanPlace));
    else
        remember(run, at, length, places);
    say(run, PIECE_BOX, said->data, said->len);
}

static void
die(Run *run, guint how)
{
    const PoolLoss loss = { .how = (PoolHow)(how % 4), .place = how / 8, .given_up = how & 4 };

    back_lost(first_job(run), 0, &loss, &run->batch);
    end_first(run);
}

/* Of a scan any piece but a box in order, which is say_box()'s. */
static guint
kind_of(Run *run, guint kind)
{
    const PoolJob *job = g_queue_peek_head(&run->jobs);

    return ((const Own *)job->own)->kind == TASK_SCAN && kind % 10 == PIECE_BOX ? PIECE_SINGLE : kind % 10;
}

static const guint8 *
step(Run *run, const guint8 *at, const guint8 *end)
{
    const gsize length = MIN((gsize)(end - at) - 2, at[1] % 16u);

    if (at[0] % 8 < 2 || run->jobs.length == 0) {
        if (run->jobs.length < QUEUE_MAX)
            next(run);
        return at + 2;
    }
    switch (at[0] % 8) {
    case 2:
    case 3:
        say_box(run, at + 2, length, length > 0 && at[1] >= 0xC0);
        return at + 2 + length;
    case 4:
        say(run, kind_of(run, at[0] / 8), at + 2, length);
        return at + 2 + length;
    case 5:
        die(run, at[1]);
        break;
    case 6:
        end_first(run);
        break;
    default:
        back_piece(g_queue_peek_head(&run->jobs), 0, at, 2, &run->batch);   /* no piece at all */
        end_first(run);
    }
    return at + 2;
}

/* All others do their work. */
static void
finish(Run *run)
{
    while (next(run) || run->jobs.length > 0) {
        if (run->jobs.length == 0)
            continue;
        const PoolJob *job = g_queue_peek_head(&run->jobs);
        say(run, ((const Own *)job->own)->kind == TASK_SCAN ? PIECE_SINGLE : PIECE_MESSAGE, "x", 1);
    }
    FUZZ_REQUIRE(run->parts == run->wanted && run->batch.outstanding == 0);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static const BatchClass class = { .piece = see_piece, .lost = see_lost, .fault = see_fault, .progress = see_progress };
    static guint8 bytes[POOL_BYTES_MAX];
    char *files[] = { (char *)mailbox(), (char *)"/nonexistent/box", (char *)mailbox(), NULL };
    const BatchSources sources = { .files = files, .workers = 1, .isolate = TRUE };
    Run run = { .batch = { .class = &class, .sources = &sources, .bytes = bytes, .n_names = NAMES, .several = TRUE } };
    const guint8 *at = data;

    run.batch.data = &run;
    run.batch.names = names_new(files, NULL, '\n', NULL);
    run.batch.apart = apart_new(1);
    for (guint i = 0; i < STEPS_MAX && (gsize)(at - data) + 2 <= size; i++)
        at = step(&run, at, data + size);
    finish(&run);
    apart_free(run.batch.apart);
    names_free(run.batch.names);
    for (guint i = 0; i < NAMES; i++) {
        g_clear_pointer(&run.places[i], g_array_unref);
        g_clear_pointer(&run.facts[i], g_bytes_unref);
    }
    return 0;
}
