/* psl.h: the public suffix list, for RFC 7489's organizational domains (libpsl).
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct Psl Psl;

/* `path` NULL: the system's list, else libpsl's own. NULL and `error` where a named file is no list. (transfer full) */
Psl        *psl_open(const char *path, GError **error);
void        psl_close(Psl *psl);
const char *psl_source(const Psl *psl);
/* From now on answers are kept: for whoever asks for many messages, in one thread. */
void        psl_keep(Psl *psl);

/* RFC 7489, 3.2: the longest public suffix and one label more; a name that is itself a suffix stays as it
 * is and aligns with nothing but itself. (transfer full) */
char       *psl_org_domain(const Psl *psl, const char *domain);
/* The suffix that matched, or "*" where only the default rule did. (transfer full) */
char       *psl_rule(const Psl *psl, const char *domain);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Psl, psl_close)
