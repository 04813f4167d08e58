/* libspf2.h: an SPF question put to libspf2, which Exim and others run.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "peers/talk.h"

typedef struct {
    const char *ip;         /* canonical text */
    const char *domain;     /* of MAIL FROM, or of HELO for the null reverse-path */
    const char *local_part; /* NULL: postmaster */
    const char *helo;       /* or NULL */
    Resolver   *resolver;
    const Stop *stop;       /* or NULL */
} LibSpf2Question;

/* Asked, not heard yet: the library loads meanwhile. `question` lives until libspf2_finish(). */
typedef struct LibSpf2 LibSpf2;
LibSpf2 *libspf2_start(const LibSpf2Question *question);

/* CHILD_ANSWERED with `*answer`, or what became of the child. (transfer full) */
ChildEnd libspf2_finish(LibSpf2 *asked, PeerAnswer **answer);

/* For workers that cannot start it themselves. */
extern const ChildJob libspf2_job;

/* The version of the library that is installed, or NULL; loads nothing into this process.
 * (transfer full) */
char    *libspf2_version(void);
