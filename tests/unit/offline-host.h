/* offline-host.h: What tests of screens answer for a host that asks nobody and has nothing to free.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

static inline void
host_nothing(gpointer data)
{
    (void)data;
}

static inline DnsMode
host_offline(gpointer data, const char *path, guint *modes)
{
    (void)data;
    (void)path;
    *modes = 1u << DNS_MODE_OFFLINE;
    return DNS_MODE_OFFLINE;
}
