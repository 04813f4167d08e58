/* opendmarc.h: a DMARC question put to libopendmarc, which many receivers run.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "peers/talk.h"

typedef struct {
    const char      *author;        /* domain of From: */
    const char      *spf_domain;    /* of an SPF pass; NULL where there was none */
    gboolean         spf_helo;      /* … that was about HELO */
    const GPtrArray *dkim_domains;  /* d= of the signatures that passed, in message order */
    const char      *suffixes;      /* the public suffix list as text */
    Resolver        *resolver;
    const Stop      *stop;          /* or NULL */
} OpenDmarcQuestion;

/* Asked, not heard yet: the library loads meanwhile. `question` lives until opendmarc_finish(). */
typedef struct OpenDmarc OpenDmarc;
OpenDmarc *opendmarc_start(const OpenDmarcQuestion *question);

/* CHILD_ANSWERED with `*answer`, or what became of the child. (transfer full) */
ChildEnd opendmarc_finish(OpenDmarc *asked, PeerAnswer **answer);

/* For workers that cannot start it themselves. */
extern const ChildJob opendmarc_job;

/* The version of the library that is installed, or NULL; loads nothing into this process.
 * (transfer full) */
char    *opendmarc_version(void);
