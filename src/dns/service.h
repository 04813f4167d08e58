/* service.h: one process asks live DNS for everybody, and can do nothing else.
 * SPDX-License-Identifier: MIT
 *
 * This is the end of whoever started it. Clients are numbers: processes that check messages,
 * one after the other, and ask one question at a time (dns/remote.h); their questions go
 * through here without being looked into. Questions of several are asked at the same time, one
 * that is under way is joined, and answers are remembered for the whole run.
 *
 * Behind a pool of workers: dns/service-pool.h. In the process itself: resolver_live(). */
#pragma once

#include "dns/live.h"

typedef struct Service Service;

/* What a confined process calls it that has it started by its parent (base/inside.h). */
#define SERVICE_CHILD "dns"

/* The answer for a client (transfer none), perhaps before service_forward() returns. */
typedef void (*ServiceReply)(guint client, GBytes *answer, gpointer data);

/* No process is there before the first question. `options` is copied. (transfer full) */
Service *service_new(const LiveOptions *options, ServiceReply reply, gpointer data);
/* Ends the process. */
void     service_free(Service *service);

/* Never waits. Each question is answered once: after --dns-timeout and a little more at the
 * latest, whatever becomes of the process. One that dies costs the messages that wait for it
 * their answers; the next message gets another. */
void     service_forward(Service *service, guint client, GBytes *question);
/* It is gone, or wants no answer any more. */
void     service_forget(Service *service, guint client);

/* Readable where service_turn() has something to do; the same for the whole life of the Service. */
int      service_fd(const Service *service);
void     service_turn(Service *service);

/* For tests: the process that asks now, or 0. */
int      service_pid(const Service *service);
