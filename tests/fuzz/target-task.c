/* target-task.c: what the parent hands a worker, read from any bytes, and written again.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "batch/task.h"
#include "fuzz.h"

static gsize
length_of(const char *text)
{
    return text ? strlen(text) : 0;
}

static void
check_same(const Task *a, const Task *b)
{
    FUZZ_REQUIRE(a->kind == b->kind && a->n_files == b->n_files && a->from == b->from && a->count == b->count);
    for (guint i = 0; i < a->n_files; i++) {
        const TaskFile *one = &a->files[i], *other = &b->files[i];
        FUZZ_REQUIRE(g_strcmp0(one->name, other->name) == 0 && g_strcmp0(one->path, other->path) == 0);
        FUZZ_REQUIRE(g_strcmp0(one->kind, other->kind) == 0 && g_strcmp0(one->fault, other->fault) == 0);
        FUZZ_REQUIRE(one->fd == other->fd && one->at == other->at && one->length == other->length);
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree guint8 *bytes = size ? g_memdup2(data, size) : g_malloc(1);
    g_autoptr(Task) task = task_read(bytes, size);
    gsize texts = 0;

    if (!task)
        return 0;
    g_autoptr(GByteArray) wire = g_byte_array_new();
    task_begin(wire, task);
    for (guint i = 0; i < task->n_files; i++) {
        const TaskFile *file = &task->files[i];
        texts += length_of(file->name) + length_of(file->path) + length_of(file->beside) + length_of(file->kind) +
                 length_of(file->fault) + length_of(file->limit);
        task_add(wire, file);
        task_file_free(task_file_copy(file));
    }
    FUZZ_REQUIRE(texts <= size);
    g_autoptr(Task) again = task_read(wire->data, wire->len);
    FUZZ_REQUIRE(again);
    check_same(task, again);
    return 0;
}
