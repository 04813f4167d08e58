/* overlay.h: a Resolver that answers some questions as told and passes all others on.
 * SPDX-License-Identifier: MIT
 *
 * For what is assumed: the domain of a visitor that does not exist, a record somebody thinks of
 * publishing. What is given replaces the answer to its own name and type, nothing else. */
#pragma once

#include "dns/resolver.h"

typedef struct Overlay Overlay;

/* `source` stands in the answers that the overlay gives. */
Overlay *overlay_new(const char *source);
void     overlay_free(Overlay *overlay);

/* A line as in a zone file: "example.com. 300 IN TXT \"v=spf1 -all\"". Several of one name and type
 * make one answer; a CNAME is followed, out of the overlay too. FALSE and `error` where it cannot
 * be read. */
gboolean overlay_add(Overlay *overlay, const char *line, GError **error);
/* A TXT record of any text. `name` is normalised. */
void     overlay_add_txt(Overlay *overlay, const char *name, const char *text);
/* What is said of `name`, normalised, for one type; 0: for every type that has no record here. */
void     overlay_add_status(Overlay *overlay, const char *name, DnsType type, DnsStatus status);

/* `overlay` is taken over; `below` is borrowed, gets the questions that the overlay does not
 * answer, and names the source of the whole. Its time limit begins when the caller starts its log,
 * not with each message here: several runs over one overlay share it. (transfer full) */
Resolver *resolver_overlay(Overlay *overlay, Resolver *below);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Overlay, overlay_free)
