/* gsf.h: libgsf, loaded when the first compound file is opened.
 * SPDX-License-Identifier: MIT
 *
 * A report of a plain message must not pay for it, so the program is not linked with it: these are the functions that
 * reading an Outlook message uses, under their names without "gsf_". */
#pragma once

#include <gio/gio.h>
#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-infile.h>
#include <gsf/gsf-input-memory.h>

typedef struct {
    void          (*init)(void);
    GsfInput     *(*input_memory_new)(guint8 const *, gsf_off_t, gboolean);
    gsf_off_t     (*input_size)(GsfInput *);
    guint8 const *(*input_read)(GsfInput *, size_t, guint8 *);
    GsfInfile    *(*infile_msole_new)(GsfInput *, GError **);
    GsfInput     *(*infile_child_by_name)(GsfInfile *, char const *);
    void          (*object_unref)(gpointer);    /* of GObject, which comes with it */
} Gsf;

/* As GMIME_NEED (message/gmime-load.h). */
#define GSF_NEED "gsf"

/* FALSE and `error` where the library is not there. It stays loaded: its types are registered for good. */
gboolean gsf_load(Gsf *gsf, GError **error);
/* Before a process is confined: all that it takes to read such a file. */
void     gsf_warm(void);
