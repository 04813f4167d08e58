/* service-cache.h: answers that were given in this run, to be given again.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

typedef struct ServiceCache ServiceCache;

ServiceCache *service_cache_new(void);
void          service_cache_free(ServiceCache *cache);
/* `now` is monotonic, in microseconds. What was trouble is asked again after a while: one bad
 * moment of a server must not hold for the rest of a long run. */
void          service_cache_put(ServiceCache *cache, const char *key, GBytes *answer,
                                gboolean trouble, gint64 now);
/* NULL: not known. (transfer full) */
GBytes       *service_cache_get(const ServiceCache *cache, const char *key, gint64 now);
