/* mime.h: what the Content-* fields of a message or a part say, and its encodings undone.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "message/message.h"

typedef enum {
    MIME_IDENTITY,      /* 7bit, 8bit, binary, none, or one that nobody knows */
    MIME_BASE64,
    MIME_QUOTED
} MimeEncoding;

typedef struct {
    char        *type;          /* media type in lower case; never NULL */
    char        *boundary;      /* of a multipart; or NULL */
    char        *charset;       /* as written; or NULL */
    char        *name;          /* of Content-Disposition, else of Content-Type; or NULL */
    char        *report_type;   /* of a multipart/report, in lower case; or NULL */
    gboolean     attachment;    /* Content-Disposition says so */
    MimeEncoding encoding;
} MimeHead;

/* The media type of the Content-Type field in lower case, from the header block alone; "text/plain"
 * where there is none or none that can be read (RFC 2045, 5.2). (transfer full) */
char *mime_type(const Message *message);

/* From the values of the three fields, each unfolded or NULL. `usual` stands where there is no
 * type, or none that can be read. (transfer full) */
MimeHead *mime_head_new(const char *type, const char *disposition, const char *encoding,
                        const char *usual);
void      mime_head_free(MimeHead *head);

/* The encoding undone for at most `most` bytes of `span`; bytes outside the alphabet are passed
 * over (RFC 2045, 6.8). Identity is shared, not copied. (transfer full) */
GBytes   *mime_decode(GBytes *raw, Span span, MimeEncoding encoding, gsize most);
/* Text as UTF-8 with LF line ends, NUL as U+FFFD; of a charset that nobody knows the bytes as they
 * are. (transfer full) */
char     *mime_text(GBytes *decoded, const char *charset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(MimeHead, mime_head_free)
