/* ip.h: IP addresses as headers write them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* IPv4 or IPv6 in canonical text, ::ffff: addresses as IPv4; NULL where `text` is neither. Brackets and
 * an "IPv6:" prefix are taken off. (transfer full) */
char    *ip_canonical(const char *text);
char    *ip_canonical_of(const char *text, gsize length);
/* It may give one, by its first letters: most names do not. */
gboolean ip_may_begin(const char *text);
/* Loopback, link-local or private: never the client that SPF asks about. Documentation ranges are public. */
gboolean ip_is_internal(const char *ip);
