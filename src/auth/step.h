/* step.h: the notes a check takes while it decides; the alignment tree is made of them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "dns/resolver.h"
#include "facts/report.h"

/* A new step under `parent` (NULL: free-standing). `args`, NULL-terminated, are what its words refer to
 * as {0}, {1} …; NULL strings end them. `id` and `rule` are literals: they are not copied. The result is RESULT_UNKNOWN until it is
 * decided. (transfer none with a parent, full without) */
Step *step_add(Step *parent, const char *id, const char *rule, ...) G_GNUC_NULL_TERMINATED;

/* Each returns `step`, so that notes read as a sentence. NULL values are left out. */
Step *step_input(Step *step, const char *name /* a literal, too */, const char *value, Provenance provenance);
Step *step_evidence(Step *step, Evidence *evidence);    /* (transfer full), may be NULL */
Step *step_dns(Step *step, const Resolver *resolver, const DnsAnswer *answer);   /* that it gave */
Step *step_decide(Step *step, Result result, Provenance provenance);
void  step_arg(Step *step, const char *arg);

/* Takes `child` over, which stood alone, as the last one of `parent`; NULL is none. */
void  step_hang(Step *parent, Step *child);

/* The inputs of another. */
void  step_inputs_like(Step *step, const Step *known);
/* A copy of a note for those that come again, without what it rests on. (transfer full) */
Step *step_bare(Step *step);
/* A step like `known`, but for what it rests on and what is under it: none yet. (transfer full) */
Step *step_again(Step *known);
/* What is under another. */
void  step_children_like(Step *step, const Step *known);

/* `step`, which stands somewhere under `root`, for whoever changes it: where other messages' reports hold it, or what stands
 * between it and `root`, these are copied first. Its inputs and evidence may still be theirs. (transfer none) */
Step *step_own(Step *root, const Step *step);
