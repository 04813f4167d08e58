/* target-service.c: frames of a process that was taken over, on the line between those that check and the one that asks DNS.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dns/service-line.h"
#include "fuzz.h"

enum { FRAME_MAX = 64, HEAD_OCTETS = 8 };

/* The frame at `at` by the two numbers before it. FALSE: there is none that is whole. */
static gboolean
model_frame(FuzzPart *at, guint32 *client, FuzzPart *octets)
{
    const guint8 *head = (const guint8 *)at->bytes;

    if (at->length < HEAD_OCTETS)
        return FALSE;
    const guint32 length = (guint32)head[4] << 24 | (guint32)head[5] << 16 | (guint32)head[6] << 8 | head[7];
    if (length > FRAME_MAX || length > at->length - HEAD_OCTETS)
        return FALSE;
    *client = (guint32)head[0] << 24 | (guint32)head[1] << 16 | (guint32)head[2] << 8 | head[3];
    *octets = (FuzzPart){ at->bytes + HEAD_OCTETS, length };
    at->bytes += HEAD_OCTETS + length;
    at->length -= HEAD_OCTETS + length;
    return TRUE;
}

static void
take_all(ServiceLine *line, FuzzPart *model)
{
    guint32 client = 0, wanted = 0;
    FuzzPart octets = { NULL, 0 };
    GBytes *frame;

    while ((frame = service_line_take(line, &client))) {
        FUZZ_REQUIRE(model_frame(model, &wanted, &octets));
        FUZZ_REQUIRE(client == wanted && g_bytes_get_size(frame) == octets.length);
        FUZZ_REQUIRE(octets.length == 0 || memcmp(g_bytes_get_data(frame, NULL), octets.bytes, octets.length) == 0);
        g_bytes_unref(frame);
    }
    FUZZ_REQUIRE(!line->taken && line->in->len <= model->length);
}

/* In pieces, as the first byte says. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    ServiceLine line;
    guint32 client;
    FuzzPart octets;
    int ends[2];

    if (size == 0)
        return 0;
    FuzzPart model = { (const char *)data + 1, size - 1 };
    FUZZ_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
    service_line_open(&line, ends[0], FRAME_MAX);
    for (gsize at = 1; at < size && !line.broken;) {
        const gsize piece = MIN(1 + (gsize)data[0], size - at);
        FUZZ_REQUIRE(write(ends[1], data + at, piece) == (gssize)piece);
        at += piece;
        FUZZ_REQUIRE(service_line_hear(&line));
        take_all(&line, &model);
    }
    /* All that is whole was given out; what is too long broke the line. */
    FUZZ_REQUIRE(!model_frame(&model, &client, &octets));
    if (line.broken)
        FUZZ_REQUIRE(model.length >= HEAD_OCTETS);
    else
        FUZZ_REQUIRE(line.in->len == model.length);
    close(ends[1]);
    FUZZ_REQUIRE(!service_line_hear(&line) && line.broken);
    service_line_close(&line);
    return 0;
}
