/* standard.c: every byte that goes to standard output, and every line to standard error.
 * SPDX-License-Identifier: MIT */
#include "base/standard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "base/translate.h"

/* INTERFACE.md: the only place that prints errors. File names are strangers' bytes, too. */
void
standard_warn(const char *text)
{
    g_autofree char *visible = text_visible(text, -1);

    fprintf(stderr, "fromscope: %s\n", visible);
}

void
standard_complain(const GError *error)
{
    g_return_if_fail(error);
    standard_warn(error->message);
}

/* What came of writing to standard output, `errno` as it was left: a full disk is told; `head`, which has seen
 * enough, knows. Returns `good`. */
static gboolean
standard_wrote(gboolean good)
{
    const int reason = errno;

    if (!good && reason != EPIPE)
        fprintf(stderr, _("fromscope: standard output: %s\n"), g_strerror(reason));
    return good;
}

gboolean
standard_print(const char *text)
{
    return standard_wrote(fputs(text, stdout) >= 0 && fflush(stdout) == 0);
}

gboolean
standard_write(const GString *text)
{
    return standard_wrote(fwrite(text->str, 1, text->len, stdout) == text->len && fflush(stdout) == 0);
}

/* After a call that failed: it was interrupted, or now there is room for more. */
static gboolean
may_try_again(void)
{
    if (errno == EAGAIN)
        (void)poll(&(struct pollfd){ .fd = STDOUT_FILENO, .events = POLLOUT }, 1, -1);
    else if (errno != EINTR)
        return FALSE;
    return TRUE;
}

/* Nothing of ours waits in stdio's buffer: standard_write() leaves none there. */
static gboolean
write_all(const char *at, gsize length)
{
    while (length > 0) {
        const gssize wrote = write(STDOUT_FILENO, at, length);
        if (wrote < 0 && may_try_again())
            continue;
        if (wrote <= 0)
            return standard_wrote(FALSE);
        at += wrote;
        length -= (gsize)wrote;
    }
    return TRUE;
}

/* `colors`: of ours, which a terminal may have; nothing else gets through to one but text. */
static gboolean
write_strange(const void *bytes, gsize length, gboolean colors)
{
    if (!isatty(STDOUT_FILENO))
        return write_all(bytes, length);
    g_autoptr(GString) safe = g_string_sized_new(length);
    text_append_terminal(safe, bytes, length, colors);
    return write_all(safe->str, safe->len);
}

gboolean
standard_write_bytes(const void *bytes, gsize length)
{
    return write_strange(bytes, length, TRUE);
}

gboolean
standard_write_foreign(const void *bytes, gsize length)
{
    return write_strange(bytes, length, FALSE);
}

gboolean
standard_writes_parts(void)
{
    return !isatty(STDOUT_FILENO);
}

/* As much as the kernel gives anybody who asks (pipe(7)). */
#define PIPE_BYTES (1 << 20)

void
standard_widen(void)
{
    const int has = fcntl(STDOUT_FILENO, F_GETPIPE_SZ);

    if (has > 0 && has < PIPE_BYTES)
        (void)fcntl(STDOUT_FILENO, F_SETPIPE_SZ, PIPE_BYTES);
}

/* A call takes so many (POSIX; the kernel, too). */
#define PARTS_MAX 1024

gboolean
standard_write_parts(struct iovec *parts, guint n)
{
    while (n > 0) {
        gssize wrote = writev(STDOUT_FILENO, parts, (int)MIN(n, PARTS_MAX));
        if (wrote < 0 && may_try_again())
            continue;
        if (wrote < 0)
            return standard_wrote(FALSE);
        for (; n > 0 && (gsize)wrote >= parts->iov_len; parts++, n--)
            wrote -= (gssize)parts->iov_len;
        if (n > 0)
            *parts = (struct iovec){ (char *)parts->iov_base + wrote, parts->iov_len - (gsize)wrote };
    }
    return TRUE;
}
