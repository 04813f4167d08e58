/* task.c: tasks as bytes, from the parent to a worker of the same program.
 * SPDX-License-Identifier: MIT */
#include "batch/task.h"

#include <string.h>

/* The texts of a TaskFile, in the order in which they are written. */
#define TEXTS 6
#define NONE G_MAXUINT32

/* A file as it is written; its texts follow, each ended by NUL. */
typedef struct {
    gint64  base;
    gint32  fd, beside_fd;
    guint32 at, length;
    guint32 missing, inside;
    guint32 texts[TEXTS];   /* their lengths; NONE: it is NULL */
} FileHead;

static void
texts_of(const TaskFile *file, const char *texts[TEXTS])
{
    const char *const all[TEXTS] = { file->name, file->path, file->beside, file->kind, file->fault, file->limit };

    memcpy(texts, all, sizeof all);
}

static void
set_texts(TaskFile *file, const char *const texts[TEXTS])
{
    file->name = texts[0];
    file->path = texts[1];
    file->beside = texts[2];
    file->kind = texts[3];
    file->fault = texts[4];
    file->limit = texts[5];
}

/* ---- the parent ---- */

void
task_begin(GByteArray *wire, const Task *task)
{
    Task head = *task;

    head.files = NULL;
    head.n_files = 0;
    g_byte_array_append(wire, (const guint8 *)&head, sizeof head);
}

Task *
task_head(GByteArray *wire)
{
    return (Task *)(gpointer)wire->data;
}

void
task_add(GByteArray *wire, const TaskFile *file)
{
    FileHead head = { file->base, file->fd, file->beside_fd, file->at, file->length,
                      (guint32)file->missing, (guint32)file->inside, { 0 } };
    const char *texts[TEXTS];

    texts_of(file, texts);
    for (guint i = 0; i < TEXTS; i++)
        head.texts[i] = texts[i] ? (guint32)strlen(texts[i]) : NONE;
    g_byte_array_append(wire, (const guint8 *)&head, sizeof head);
    for (guint i = 0; i < TEXTS; i++)
        if (texts[i])
            g_byte_array_append(wire, (const guint8 *)texts[i], head.texts[i] + 1);
    task_head(wire)->n_files++;
}

TaskFile *
task_file_copy(const TaskFile *file)
{
    TaskFile *copy = g_memdup2(file, sizeof *file);
    const char *texts[TEXTS];

    texts_of(file, texts);
    for (guint i = 0; i < TEXTS; i++)
        texts[i] = g_strdup(texts[i]);
    set_texts(copy, texts);
    return copy;
}

void
task_file_free(TaskFile *file)
{
    const char *texts[TEXTS];

    if (!file)
        return;
    texts_of(file, texts);
    for (guint i = 0; i < TEXTS; i++)
        g_free((char *)texts[i]);
    g_free(file);
}

/* ---- a worker ---- */

typedef struct {
    const char *at;
    gsize       left;
} Reader;

/* NULL: there are not so many. */
static const char *
take(Reader *reader, gsize length)
{
    const char *start = reader->at;

    if (length > reader->left)
        return NULL;
    reader->at += length;
    reader->left -= length;
    return start;
}

static gboolean
read_file(Reader *reader, TaskFile *file)
{
    const char *texts[TEXTS] = { NULL };
    const char *bytes = take(reader, sizeof(FileHead));
    FileHead head;

    if (!bytes)
        return FALSE;
    memcpy(&head, bytes, sizeof head);
    *file = (TaskFile){ .base = head.base, .fd = head.fd, .beside_fd = head.beside_fd, .at = head.at,
                        .length = head.length, .missing = head.missing != 0, .inside = head.inside != 0 };
    for (guint i = 0; i < TEXTS; i++) {
        if (head.texts[i] == NONE)
            continue;
        texts[i] = take(reader, (gsize)head.texts[i] + 1);
        if (!texts[i] || texts[i][head.texts[i]] != '\0')
            return FALSE;
    }
    set_texts(file, texts);
    return TRUE;
}

Task *
task_read(const void *bytes, gsize length)
{
    Reader reader = { bytes, length };
    const char *head = take(&reader, sizeof(Task));

    if (!head)
        return NULL;
    g_autoptr(Task) task = g_memdup2(head, sizeof *task);
    task->files = NULL;
    if (task->n_files > POOL_FDS_MAX)
        return NULL;
    task->files = g_new0(TaskFile, task->n_files);
    for (guint i = 0; i < task->n_files; i++)
        if (!read_file(&reader, &task->files[i]))
            return NULL;
    return g_steal_pointer(&task);
}

void
task_free(Task *task)
{
    if (!task)
        return;
    g_free(task->files);
    g_free(task);
}

/* ---- places ---- */

#define SEVERAL ((guint32)1 << 31)

guint32
task_place(guint file, guint message)
{
    return (guint32)file << 24 | MIN(message, PLACE_OPENING);
}

guint
task_place_file(guint32 place)
{
    return (place & ~SEVERAL) >> 24;
}

guint
task_place_message(guint32 place)
{
    return place & PLACE_OPENING;
}

gboolean
task_is_opening(guint32 place)
{
    return task_place_message(place) == PLACE_OPENING;
}

guint32
task_place_several(guint32 place)
{
    return place | SEVERAL;
}

gboolean
task_is_several(guint32 place)
{
    return (place & SEVERAL) != 0;
}

PoolAgain
task_again(guint32 place)
{
    if (task_is_several(place))
        return POOL_ALWAYS;
    return task_is_opening(place) ? POOL_IF_DIED : POOL_NEVER;
}
