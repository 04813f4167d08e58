/* mask.h: what is personal, replaced: local parts of addresses, names of people, subjects.
 * SPDX-License-Identifier: MIT
 *
 * First it learns what is personal, then it masks: `u1@example.jp` for an address (the same local
 * part has the same mask, so that one can still follow it), `Name 1` for a name. Domains stay,
 * since the report is about them. A local part is found by its `@` wherever it stands; a bare one,
 * a name or a word of a subject only where it was learned. */
#pragma once

#include "facts/report.h"

/* What stands for what is hidden as a whole. */
#define MASK_REDACTED "[redacted]"

typedef struct Mask Mask;

Mask *mask_new(void);
void  mask_free(Mask *mask);

/* Learns. NULL and "" are nothing. */
void  mask_learn_address(Mask *mask, const char *address);
void  mask_learn_name(Mask *mask, const char *name);
void  mask_learn_subject(Mask *mask, const char *subject);
/* A name that stays as it is, although a label of it may be a local part. */
void  mask_learn_domain(Mask *mask, const char *domain);
void  mask_learn_report(Mask *mask, const Report *report);

/* `text` with everything personal masked. Takes time in proportion to the text. (transfer full) */
char *mask_text(Mask *mask, const char *text);
/* The same letter by letter, where it stands: no byte moves. */
void  mask_cover(Mask *mask, char *text);
/* The Report, masked where it stands. */
void  mask_report(Mask *mask, Report *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mask, mask_free)
