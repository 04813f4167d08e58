/* target-line.c: frames from a worker that was taken over.
 * SPDX-License-Identifier: MIT */
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "process/line.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    const guint8 *bytes = NULL;
    gsize length = 0, total = 0;
    LineState state = LINE_GOT;
    int ends[2];
    guint kind = 0;

    FUZZ_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
    FUZZ_REQUIRE(write(ends[1], data, size) == (gssize)size);
    close(ends[1]);
    LineEnd *end = line_end_new(ends[0]);
    for (gsize i = 0; i <= size + 1 && state == LINE_GOT; i++) {
        state = line_end_read(end, &kind, &bytes, &length);
        if (state == LINE_GOT)
            total += length;
    }
    FUZZ_REQUIRE(state != LINE_GOT && total <= size);
    line_end_free(end);
    return 0;
}
