/* dkim-check.h: one signature on its way through the check, for the files that judge its parts.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/body-hash.h"
#include "auth/dkim.h"
#include "auth/effort.h"
#include "auth/fidelity.h"
#include "auth/key-fetch.h"

/* What all signatures of a message share. */
typedef struct {
    const Message   *message;
    Resolver        *resolver;
    const DkimTimes *times;
    Report          *report;
    FieldIndex      *fields;
    BodyHashes      *bodies;
    Effort           effort;
} DkimCommon;

/* One signature on its way through the check. */
typedef struct {
    DkimCommon    *common;
    guint          index;       /* of its field */
    const DkimSig *sig;
    DkimResult    *result;
    Step          *step;
    KeyFetch       key;
    Grade          grade;       /* of what it covers */
} DkimCheck;

/* dkim-hash.c: each notes its step and fills its word of the result. */

/* The outcome of body-hash.h, or "unknown" where a copy may be to blame. */
const char *dkim_check_body(DkimCheck *check);
/* Whether the signature fits the header; FALSE as well where nobody can tell. */
gboolean    dkim_check_header(DkimCheck *check);
