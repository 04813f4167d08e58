/* body.h: bodies as mail programs and sending services write them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "draw.h"

typedef struct {
    char *type, *encoding; /* of Content-Type, Content-Transfer-Encoding */
    GString *text;         /* CRLF */
} Body;

typedef enum {
    BODY_PLAIN,
    BODY_QUOTED,
    BODY_BASE64,
    BODY_ALTERNATIVE,
    BODY_ATTACHMENT,
    BODY_JIS,
    BODY_UTF8
} BodyKind;

/* About `size` bytes. */
Body body_new(BodyKind kind, Draw *draw, gsize size);
void body_clear(Body *body);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Body, body_clear)

/* Lines of plain words, appended until `out` has `size` bytes. */
void body_add_lines(GString *out, Draw *draw, gsize size);
/* Base64 in lines of 76, likewise. */
void body_add_base64(GString *out, Draw *draw, gsize size);
