/* gsf.c: finds libgsf's functions at run time.
 * SPDX-License-Identifier: MIT */
#include "mailbox/gsf.h"

#include <dlfcn.h>
#include <string.h>

#include "base/fault.h"
#include "base/inside.h"
#include "base/translate.h"

#define LIBRARY "libgsf-1.so.114"

static const struct {
    const char *name;
    gsize       offset;
} symbols[] = {
    { "gsf_init", G_STRUCT_OFFSET(Gsf, init) },
    { "gsf_input_memory_new", G_STRUCT_OFFSET(Gsf, input_memory_new) },
    { "gsf_input_size", G_STRUCT_OFFSET(Gsf, input_size) },
    { "gsf_input_read", G_STRUCT_OFFSET(Gsf, input_read) },
    { "gsf_infile_msole_new", G_STRUCT_OFFSET(Gsf, infile_msole_new) },
    { "gsf_infile_child_by_name", G_STRUCT_OFFSET(Gsf, infile_child_by_name) },
    { "g_object_unref", G_STRUCT_OFFSET(Gsf, object_unref) },
};

gboolean
gsf_load(Gsf *gsf, GError **error)
{
    inside_need(GSF_NEED);      /* a library that is loaded is only found again */
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

    if (!library)
        return fault_set(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                         _("an Outlook message, which needs libgsf: %s"), dlerror());
    for (gsize i = 0; i < G_N_ELEMENTS(symbols); i++) {
        void *symbol = dlsym(library, symbols[i].name);
        if (!symbol)
            return fault_set(error, G_FILE_ERROR, G_FILE_ERROR_NOSYS, _("%s: lacks %s"), LIBRARY,
                             symbols[i].name);
        memcpy((char *)gsf + symbols[i].offset, &symbol, sizeof symbol);
    }
    gsf->init();
    return TRUE;
}

void
gsf_warm(void)
{
    Gsf gsf;

    (void)gsf_load(&gsf, NULL);
}
