/* span.h: a byte range of the opened source.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct {
    gsize start;    /* first byte */
    gsize end;      /* one past the last byte; start == end is an empty span */
} Span;

/* The bytes of `span` inside `bytes` (borrowed); the span must lie inside. */
static inline const char *
span_in(GBytes *bytes, Span span)
{
    return (const char *)g_bytes_get_data(bytes, NULL) + span.start;
}

static inline gsize
span_length(Span span)
{
    return span.end - span.start;
}
