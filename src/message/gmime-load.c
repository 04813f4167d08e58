/* gmime-load.c: finds GMime's functions at run time.
 * SPDX-License-Identifier: MIT */
#include "message/gmime-load.h"

#include <dlfcn.h>
#include <string.h>

#include "base/inside.h"

#define LIBRARY "libgmime-3.0.so.0"

#define SYMBOL(name) { "g_mime_" #name, G_STRUCT_OFFSET(GMimeLibrary, name) }

static const struct {
    const char *name;
    gsize       offset;
} symbols[] = {
    SYMBOL(init),
    { "g_mime_utils_header_decode_text", G_STRUCT_OFFSET(GMimeLibrary, decode_text) },
    { "g_mime_utils_header_decode_phrase", G_STRUCT_OFFSET(GMimeLibrary, decode_phrase) },
    SYMBOL(charset_iconv_name),
    SYMBOL(content_type_parse),
    SYMBOL(content_type_get_mime_type),
    SYMBOL(content_type_get_parameter),
    SYMBOL(content_disposition_parse),
    SYMBOL(content_disposition_get_disposition),
    SYMBOL(content_disposition_get_parameter),
    SYMBOL(encoding_init_decode),
    SYMBOL(encoding_outlen),
    SYMBOL(encoding_flush),
    { "gmime_major_version", G_STRUCT_OFFSET(GMimeLibrary, major) },
    { "gmime_minor_version", G_STRUCT_OFFSET(GMimeLibrary, minor) },
    { "gmime_micro_version", G_STRUCT_OFFSET(GMimeLibrary, micro) },
    { "g_object_unref", G_STRUCT_OFFSET(GMimeLibrary, object_unref) },
};

/* A report that says less because a library is missing would be taken for the truth. */
static void
load(GMimeLibrary *gmime)
{
    void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);

    if (!library)
        g_error("fromscope: GMime cannot be loaded: %s", dlerror());
    for (gsize i = 0; i < G_N_ELEMENTS(symbols); i++) {
        void *symbol = dlsym(library, symbols[i].name);
        if (!symbol)
            g_error("fromscope: %s lacks %s", LIBRARY, symbols[i].name);
        memcpy((char *)gmime + symbols[i].offset, &symbol, sizeof symbol);
    }
    gmime->init();
}

const GMimeLibrary *
gmime(void)
{
    static GMimeLibrary library;
    static gsize ready = 0;

    if (!g_atomic_pointer_get(&ready))
        inside_need(GMIME_NEED);    /* it may wait: nobody else shall have to wait for it */
    if (g_once_init_enter(&ready)) {
        load(&library);
        g_once_init_leave(&ready, 1);
    }
    return &library;
}
