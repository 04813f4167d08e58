/* unbound.c: finds libunbound's functions at run time.
 * SPDX-License-Identifier: MIT */
#include "dns/unbound.h"

#include <dlfcn.h>
#include <string.h>

#include "base/translate.h"

#define LIBRARY "libunbound.so.8"

static const struct {
    const char *name;
    gsize       offset;
} symbols[] = {
    { "ub_ctx_create", G_STRUCT_OFFSET(Unbound, ctx_create) },
    { "ub_ctx_delete", G_STRUCT_OFFSET(Unbound, ctx_delete) },
    { "ub_ctx_set_option", G_STRUCT_OFFSET(Unbound, ctx_set_option) },
    { "ub_ctx_set_fwd", G_STRUCT_OFFSET(Unbound, ctx_set_fwd) },
    { "ub_ctx_resolvconf", G_STRUCT_OFFSET(Unbound, ctx_resolvconf) },
    { "ub_ctx_add_ta_file", G_STRUCT_OFFSET(Unbound, ctx_add_ta_file) },
    { "ub_ctx_zone_remove", G_STRUCT_OFFSET(Unbound, ctx_zone_remove) },
    { "ub_ctx_debugout", G_STRUCT_OFFSET(Unbound, ctx_debugout) },
    { "ub_ctx_async", G_STRUCT_OFFSET(Unbound, ctx_async) },
    { "ub_fd", G_STRUCT_OFFSET(Unbound, fd) },
    { "ub_process", G_STRUCT_OFFSET(Unbound, process) },
    { "ub_resolve_async", G_STRUCT_OFFSET(Unbound, resolve_async) },
    { "ub_cancel", G_STRUCT_OFFSET(Unbound, cancel) },
    { "ub_resolve_free", G_STRUCT_OFFSET(Unbound, resolve_free) },
    { "ub_strerror", G_STRUCT_OFFSET(Unbound, strerror) },
    { "ub_version", G_STRUCT_OFFSET(Unbound, version) },
};

gboolean
unbound_load(Unbound *unbound, GError **error)
{
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);

    if (!library) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, dlerror());
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(symbols); i++) {
        void *symbol = dlsym(library, symbols[i].name);
        if (!symbol) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOSYS, _("%s: lacks %s"), LIBRARY,
                        symbols[i].name);
            return FALSE;
        }
        memcpy((char *)unbound + symbols[i].offset, &symbol, sizeof symbol);
    }
    return TRUE;
}
