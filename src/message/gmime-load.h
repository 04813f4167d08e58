/* gmime-load.h: GMime, loaded when the first text needs it.
 * SPDX-License-Identifier: MIT
 *
 * It brings GObject, GIO and GPGME along, more to load than all else together, and a plain message needs nothing of
 * it: so the program is not linked with it. These are the functions that are used, under their names without
 * "g_mime_". */
#pragma once

#include <gmime/gmime.h>

typedef struct {
    __typeof__(g_mime_init) *init;
    __typeof__(g_mime_utils_header_decode_text) *decode_text;
    __typeof__(g_mime_utils_header_decode_phrase) *decode_phrase;
    __typeof__(g_mime_charset_iconv_name) *charset_iconv_name;
    __typeof__(g_mime_content_type_parse) *content_type_parse;
    __typeof__(g_mime_content_type_get_mime_type) *content_type_get_mime_type;
    __typeof__(g_mime_content_type_get_parameter) *content_type_get_parameter;
    __typeof__(g_mime_content_disposition_parse) *content_disposition_parse;
    __typeof__(g_mime_content_disposition_get_disposition) *content_disposition_get_disposition;
    __typeof__(g_mime_content_disposition_get_parameter) *content_disposition_get_parameter;
    __typeof__(g_mime_encoding_init_decode) *encoding_init_decode;
    __typeof__(g_mime_encoding_outlen) *encoding_outlen;
    __typeof__(g_mime_encoding_flush) *encoding_flush;
    const guint *major, *minor, *micro;
    void (*object_unref)(gpointer);     /* GObject's own */
} GMimeLibrary;

/* What a confined worker says that it needs (base/inside.h): asking for GMime then ends it. */
#define GMIME_NEED "gmime"

/* Made ready when it is first asked for; any thread may. Where it is not installed the program ends with a line that
 * says so, as it would have at its start. (transfer none) */
const GMimeLibrary *gmime(void);
