/* asker.h: any number of questions to the network at once, by libunbound.
 * SPDX-License-Identifier: MIT
 *
 * For the process that does nothing else (dns/service.h). Everything that needs a file is read
 * by asker_new();
 * from then on there are sockets only. libunbound works in a thread of its own. */
#pragma once

#include "dns/live.h"

typedef struct Asker Asker;

/* What was heard: records are rdata as in a packet (dns/wire.h); without name and type.
 * (transfer full) */
typedef void (*AskerHeard)(DnsAnswer *answer, gpointer data);

/* NULL and `error` where libunbound is not to be had. It lives as long as its process. */
Asker   *asker_new(const LiveOptions *options, GError **error);
/* Readable where asker_turn() has something to do; the probe changes it. */
int      asker_fd(const Asker *asker);
/* Calls back for all that was heard. */
void     asker_turn(Asker *asker);

/* Does DNSSEC come through this server? Where it strips signatures, everything would look
 * forged. To be asked first, and settled before anything else is: TRUE as soon as it is, or
 * once `over` is said. */
gboolean asker_probe(Asker *asker, gboolean over);

/* The number to cancel it by; 0: nobody will call back. */
int      asker_ask(Asker *asker, const char *name, DnsType type, AskerHeard heard, gpointer data);
/* Nobody waits for it any more: no callback follows. */
void     asker_cancel(Asker *asker, int id);
