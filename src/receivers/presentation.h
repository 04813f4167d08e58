/* presentation.h: what a reader's mail program shows of the sender.
 * SPDX-License-Identifier: MIT
 *
 * People judge by that one line. What each program does stands in a file of data
 * (doc/receivers.md), with its source and whether it is documented or inferred. */
#pragma once

#include "dns/resolver.h"
#include "facts/report.h"

typedef struct {
    GPtrArray *all;     /* Program, in the order of the file */
    gboolean   baked;   /* they stand in the program */
} Programs;

/* Reads the first of the files (NULL-terminated, may be missing) that has no fault; `faults`
 * (char *) gets those of the others, with file and line. Never fails. (transfer full) */
Programs *programs_load(const char *const *paths, GPtrArray *faults);
void      programs_free(Programs *programs);

/* Fills report->shown. `programs` NULL: nothing happens. */
void      presentation_tell(const Programs *programs, Report *report);
/* The same, made once for the messages of a sender; `resolver` keeps it (presentation-kept.c). */
void      presentation_tell_kept(const Programs *programs, Resolver *resolver, Report *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Programs, programs_free)
