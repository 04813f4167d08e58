/* wire.h: a question to DNS and its answer as bytes, between a process that checks and the one
 * that asks.
 * SPDX-License-Identifier: MIT
 *
 * The process that asks does not look into records: it hands on their octets, and whoever
 * checks a message reads them. Neither side believes the other. */
#pragma once

#include "dns/resolver.h"

#define WIRE_NAME_MAX   1024        /* octets; libunbound refuses longer ones of itself */
#define WIRE_ANSWER_MAX (1u << 20)  /* a DNS message has 64 KB */
#define WIRE_WHY_MAX    1000

/* `message` counts a client's messages: another number says that another message begins. */
typedef struct {
    guint32 message;
    DnsType type;
    char   *name;
} DnsQuestion;

/* FALSE: DNS has no such name. */
gboolean  wire_can_ask(const char *name);
/* (transfer full) */
GBytes   *wire_question(guint32 message, const char *name, DnsType type);
/* FALSE: that is no question. `question->name` is the caller's to free. */
gboolean  wire_read_question(GBytes *bytes, DnsQuestion *question);
/* The number that it begins with, whatever follows; 0 where there is none. */
guint32   wire_message(GBytes *bytes);

/* An answer without records. (transfer full) */
DnsAnswer *wire_answer_new(DnsStatus status, const char *source, const char *why);
/* Records as rdata: `data` holds the octets of the packet. (transfer full) */
GBytes    *wire_answer(const DnsAnswer *answer);
/* The answer to that question with all that checks want to know of its records. What fits the
 * question in no way is NULL; records that do not fit their type are SERVFAIL. (transfer full) */
DnsAnswer *wire_read_answer(GBytes *bytes, const char *name, DnsType type);
