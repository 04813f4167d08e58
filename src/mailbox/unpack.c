/* unpack.c: one layer after the other, each looked at anew.
 * SPDX-License-Identifier: MIT */
#include "mailbox/unpack.h"

#include <string.h>
#include <zlib.h>

#include "base/fault.h"
#include "base/spool.h"
#include "mailbox/utf16.h"
#include "base/translate.h"

#define LAYERS_MAX 4
/* A mailbox of any size may be compressed. What grows more than so many times over is no mail, but made to fill a disk. */
#define UNPACKED_MAX (8ULL * 1024 * 1024 * 1024)
#define HARMLESS (64ULL * 1024 * 1024)
#define RATIO_MAX 200
#define HEAD 65536
#define CHUNK 16384
#define INPUT_MAX ((gsize)1 << 30)

/* ---- gzip ---- */

typedef struct {
    GBytes     *packed;
    gsize       at;
    Spool      *out;
    const char *cut;        /* why it stopped early */
} Gzip;

/* The next bytes of a member; `*written` of them are in `buffer`, whatever the answer is. zlib counts in int. */
static int
inflate_some(Gzip *gzip, z_stream *stream, guint8 *buffer, gsize *written)
{
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(gzip->packed, &length);
    const guint here = (guint)MIN(length - gzip->at, INPUT_MAX);

    stream->next_in = (guint8 *)data + gzip->at;
    stream->avail_in = here;
    stream->next_out = buffer;
    stream->avail_out = CHUNK;
    const int result = inflate(stream, Z_NO_FLUSH);
    gzip->at += here - stream->avail_in;
    *written = CHUNK - stream->avail_out;
    return result;
}

/* One member (RFC 1952, 2.2); several may follow each other. FALSE where no more can be read. */
static gboolean
inflate_member(Gzip *gzip, GError **error)
{
    z_stream stream = { 0 };
    guint8 buffer[CHUNK];
    gsize written;
    int result = inflateInit2(&stream, 16 + MAX_WBITS);

    while (result == Z_OK) {
        result = inflate_some(gzip, &stream, buffer, &written);
        if (!spool_add(gzip->out, buffer, written, error)) {
            gzip->cut = "unpacked-too-large";
            inflateEnd(&stream);
            return FALSE;
        }
    }
    inflateEnd(&stream);
    if (result != Z_STREAM_END)     /* no progress: the end is missing */
        gzip->cut = result == Z_BUF_ERROR ? "gzip-cut" : "gzip-damaged";
    return result == Z_STREAM_END;
}

static gboolean
is_member(const Gzip *gzip)
{
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(gzip->packed, &length);

    return length - gzip->at >= 18 && data[gzip->at] == 0x1F && data[gzip->at + 1] == 0x8B;
}

/* What could be read is shown; only a full disk is an error. */
static GBytes *
gunzip(GBytes *bytes, guint64 limit, const char **cut, GError **error)
{
    g_autoptr(Spool) out = spool_new(limit);
    g_autoptr(GError) fault = NULL;
    Gzip gzip = { .packed = bytes, .out = out };

    while (inflate_member(&gzip, &fault) && is_member(&gzip))
        continue;
    if (fault && spool_size(out) < limit) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return NULL;
    }
    *cut = gzip.cut ? gzip.cut : *cut;
    return spool_finish(out, error);
}

static guint64
unpacked_limit(GBytes *bytes)
{
    return CLAMP((guint64)g_bytes_get_size(bytes) * RATIO_MAX, HARMLESS, UNPACKED_MAX);
}

GBytes *
unpack_head(GBytes *bytes)
{
    const char *cut = NULL;

    return gunzip(bytes, HEAD, &cut, NULL);
}

/* ---- UTF-16 ---- */

static GBytes *
from_utf16(GBytes *bytes, gboolean big, Origin *origin, GError **error)
{
    g_autoptr(Spool) out = spool_new(UNPACKED_MAX);
    char buffer[CHUNK];
    gsize length = 0, filled = 0, at = 0;
    const guint8 *data = g_bytes_get_data(bytes, &length);

    if (length >= 2 && utf16_next(data, length, &at, big) != 0xFEFF)
        at = 0;
    while (at < length) {
        filled += (gsize)g_unichar_to_utf8(utf16_next(data, length, &at, big), buffer + filled);
        if (filled + 8 < CHUNK && at < length)
            continue;
        if (!spool_add(out, buffer, filled, error))
            return NULL;
        filled = 0;
    }
    origin_repair(origin, "utf-16", 1, N_("the text was in UTF-16: written as UTF-8"));
    g_free(origin->fidelity);
    origin->fidelity = g_strdup("reencoded");
    return spool_finish(out, error);
}

/* ---- base64 ---- */

static int
digit_of(guint8 letter)
{
    if (letter >= 'A' && letter <= 'Z')
        return letter - 'A';
    if (letter >= 'a' && letter <= 'z')
        return letter - 'a' + 26;
    if (g_ascii_isdigit(letter))
        return letter - '0' + 52;
    return letter == '+' ? 62 : letter == '/' ? 63 : -1;
}

/* What is no part of the alphabet is passed over, and said. */
static GBytes *
from_base64(GBytes *bytes, Origin *origin, GError **error)
{
    g_autoptr(Spool) out = spool_new(UNPACKED_MAX);
    gsize length = 0, filled = 0;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    guint8 buffer[CHUNK];
    guint bits = 0, have = 0, foreign = 0;

    for (gsize i = 0; i < length; i++) {
        const int digit = digit_of(data[i]);
        if (digit < 0) {
            foreign += data[i] != '=' && !g_ascii_isspace(data[i]);
            continue;
        }
        bits = (bits << 6 | (guint)digit) & 0xFFFFFF;
        have += 6;
        if (have < 8)
            continue;
        have -= 8;
        buffer[filled++] = (guint8)(bits >> have);
        if (filled == CHUNK) {
            if (!spool_add(out, buffer, filled, error))
                return NULL;
            filled = 0;
        }
    }
    if (!spool_add(out, buffer, filled, error))
        return NULL;
    origin_repair(origin, "base64-message", 1, 
                  N_("the whole message was written in base64: decoded"));
    if (foreign > 0) {
        origin_repair(origin, "base64-foreign", foreign, 
                      N_("characters that are no base64 were left out"));
        g_free(origin->fidelity);
        origin->fidelity = g_strdup("reencoded");
    }
    return spool_finish(out, error);
}

/* ---- layers ---- */

static GBytes *
take_off(GBytes *bytes, Kind kind, Origin *origin, const char **cut, GError **error)
{
    if (kind != KIND_GZIP && !origin->original)
        origin->original = g_bytes_ref(bytes);
    switch (kind) {
    case KIND_GZIP:
        return gunzip(bytes, unpacked_limit(bytes), cut, error);
    case KIND_UTF16_LE:
    case KIND_UTF16_BE:
        return from_utf16(bytes, kind == KIND_UTF16_BE, origin, error);
    case KIND_BASE64:
        return from_base64(bytes, origin, error);
    default:
        return g_bytes_ref(bytes);
    }
}

static gboolean
is_layer(Kind kind)
{
    return kind == KIND_GZIP || kind == KIND_UTF16_LE || kind == KIND_UTF16_BE ||
           kind == KIND_BASE64;
}

GBytes *
unpack(GBytes *bytes, Kind *kind, Origin *origin, const char **cut, GError **error)
{
    g_autoptr(GBytes) current = g_bytes_ref(bytes);

    *cut = NULL;
    for (guint layers = 0;; layers++) {
        gsize length = 0;
        const char *data = g_bytes_get_data(current, &length);
        *kind = kind_of(data ? data : "", length);
        if (!is_layer(*kind))
            return g_steal_pointer(&current);
        if (layers == LAYERS_MAX) {
            fault_set(error, G_FILE_ERROR, G_FILE_ERROR_NOSYS,
                      _("packed or encoded more than %d times over"), LAYERS_MAX);
            return NULL;
        }
        GBytes *inner = take_off(current, *kind, origin, cut, error);
        if (!inner)
            return NULL;
        g_bytes_unref(current);
        current = inner;
    }
}
