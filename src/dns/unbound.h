/* unbound.h: libunbound, loaded when the first live question is asked.
 * SPDX-License-Identifier: MIT
 *
 * A report with a snapshot must not pay for it, so the program is not linked with it: these
 * are the functions that live DNS uses, under their names in <unbound.h> without "ub_". */
#pragma once

#include <glib.h>
#include <unbound.h>

typedef struct {
    struct ub_ctx *(*ctx_create)(void);
    void        (*ctx_delete)(struct ub_ctx *);
    int         (*ctx_set_option)(struct ub_ctx *, const char *, const char *);
    int         (*ctx_set_fwd)(struct ub_ctx *, const char *);
    int         (*ctx_resolvconf)(struct ub_ctx *, const char *);
    int         (*ctx_add_ta_file)(struct ub_ctx *, const char *);
    int         (*ctx_zone_remove)(struct ub_ctx *, const char *);
    int         (*ctx_debugout)(struct ub_ctx *, void *);
    int         (*ctx_async)(struct ub_ctx *, int);
    int         (*fd)(struct ub_ctx *);
    int         (*process)(struct ub_ctx *);
    int         (*resolve_async)(struct ub_ctx *, const char *, int, int, void *, ub_callback_type,
                                 int *);
    int         (*cancel)(struct ub_ctx *, int);
    void        (*resolve_free)(struct ub_result *);
    const char *(*strerror)(int);
    const char *(*version)(void);
} Unbound;

/* FALSE and `error` where the library is not there. It stays loaded: threads may still end. */
gboolean unbound_load(Unbound *unbound, GError **error);
