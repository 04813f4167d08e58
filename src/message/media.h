/* media.h: what Content-Type and Content-Disposition say: a word, and parameters.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct Media Media;
typedef enum { MEDIA_TYPE, MEDIA_DISPOSITION } MediaField;

/* The unfolded value of such a field. What is written plainly is read here; comments, encoded words, parameters in
 * pieces (RFC 2231) and everything odd is GMime's. NULL where it cannot be read. (transfer full) */
Media      *media_parse(const char *value, MediaField field);
void        media_free(Media *media);

/* "multipart/mixed", "attachment": as written. (transfer none) */
const char *media_word(const Media *media);
/* Decoded; NULL where there is none. (transfer none) */
const char *media_parameter(const Media *media, const char *name);

/* The word of a Content-Type alone, whatever parameters follow; NULL where it is not plain. (transfer full) */
char       *media_plain_type(const char *value);
/* Only what is plain; NULL where it is not. (transfer full) */
Media      *media_parse_plain(const char *value, MediaField field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Media, media_free)
