/* mapped.c: reads few bytes, maps many.
 * SPDX-License-Identifier: MIT */
#include "base/mapped.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fault.h"

/* Reading so much takes less than mapping it, the faults, and unmapping it. */
#define READ_MAX ((off_t)128 * 1024)

typedef struct {
    void *data;
    gsize length;
} Map;

static void
unmap(gpointer data)
{
    const Map *map = data;

    munmap(map->data, map->length);
    g_free(data);
}

/* A file that shrinks meanwhile is as long as it is then. */
static GBytes *
read_few(int fd, gsize length)
{
    guint8 *data = g_malloc(length + 1);
    gsize done = 0;

    while (done < length) {
        const gssize got = pread(fd, data + done, length - done, (off_t)done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        done += (gsize)got;
    }
    return g_bytes_new_take(data, done);
}

GBytes *
mapped_bytes(int fd, GError **error)
{
    const off_t end = lseek(fd, 0, SEEK_END);

    if (end >= 0 && end <= READ_MAX)
        return read_few(fd, (gsize)end);
    Map map = { MAP_FAILED, (gsize)MAX(end, 0) };
    if (end > 0)
        map.data = mmap(NULL, map.length, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map.data != MAP_FAILED)
        return g_bytes_new_with_free_func(map.data, map.length, unmap, g_memdup2(&map, sizeof map));
    const int number = errno;
    fault_set(error, G_FILE_ERROR, (int)g_file_error_from_errno(number), "%s", g_strerror(number));
    return NULL;
}
