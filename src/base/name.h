/* name.h: domain names as this program keeps them: lower-case A-labels, no
 * trailing dot, at most 253 octets of labels of at most 63 (RFC 1035, 2.3.4).
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#define NAME_MAX_OCTETS 253
#define NAME_MAX_LABEL  63

/* Brings what a header, record or person wrote (U-labels, capitals, a trailing
 * dot) into that form; RFC 8616, 3. NULL when it cannot be a domain name: empty labels,
 * too long, blanks, control characters or an IDN that IDNA refuses. (transfer full) */
char    *name_normalise(const char *text);
/* The same of a name that can be a domain's that signs mail: letters, digits, hyphens and underscores. What DNS could
 * carry beyond that, RFC 6376, 3.5, does not allow. (transfer full) */
char    *name_of_signer(const char *text);

/* Whether there is a label that name_to_unicode() could change. */
gboolean name_has_unicode(const char *name);
/* For the eye: A-labels as U-labels where IDNA accepts them. (transfer full) */
char    *name_to_unicode(const char *name);

/* An absolute name as zone files and libunbound take it: any octet but the usual ones as \DDD (RFC 1035,
 * 5.1), so that `*`, `;` or a quotation mark means itself. (transfer full) */
char    *name_escaped(const char *name);

/* The rest mirrors the labels of normalised names; nothing is copied. */
guint       name_labels(const char *name);
/* Without its leftmost label; NULL for a single label. (points into `name`) */
const char *name_parent(const char *name);
/* The rightmost `labels` labels. (points into `name`) */
const char *name_tail(const char *name, guint labels);
/* `name` is `ancestor` or lies below it. */
gboolean    name_is_within(const char *name, const char *ancestor);
/* Both end in the same top-level label. */
gboolean    name_same_top(const char *a, const char *b);
