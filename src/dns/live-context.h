/* live-context.h: libunbound set up to ask one server, and nothing from its own knowledge.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "dns/live.h"
#include "dns/unbound.h"

/* Checks what a person typed. FALSE and `error` ("--dns-server X: fault"). */
gboolean live_options_check(const LiveOptions *options, GError **error);
/* The port of the server that is asked. */
guint       live_port(const LiveOptions *options);
/* The trust anchor to use: the one asked for, else the system's, else NULL. (transfer none) */
const char *live_anchor(const LiveOptions *options);

/* `anchor` may be NULL: nothing is validated then. NULL and `error`. */
struct ub_ctx *live_context(const Unbound *unbound, const LiveOptions *options,
                            const char *anchor, GError **error);
