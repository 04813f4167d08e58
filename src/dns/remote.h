/* remote.h: a Resolver that asks another process.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "dns/resolver.h"

/* The way there; what goes through it is dns/wire.h's. */
typedef struct {
    /* Asks and waits: the answer, or NULL where there will be none. (transfer full) */
    GBytes  *(*ask)(GBytes *question, gpointer data);
    /* From any thread: `ask` shall return NULL, now and from now on. May be NULL. */
    void     (*cancel)(gpointer data);
    /* May be NULL. */
    void     (*close)(gpointer data);
    gpointer data;
    const char *source;     /* whom the others ask: live_source() */
} RemoteDoor;

/* Its resolver_source() is "live". `door` is copied. (transfer full) */
Resolver *resolver_remote(const RemoteDoor *door);
