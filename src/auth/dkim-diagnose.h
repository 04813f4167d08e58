/* dkim-diagnose.h: what likely happened to a signed message, told as a step and a finding.
 * SPDX-License-Identifier: MIT
 *
 * Called where a hash did not fit. Nothing here touches a verdict. */
#pragma once

#include "auth/body-hash.h"
#include "auth/effort.h"
#include "auth/key-fetch.h"
#include "auth/step.h"

/* Each adds a step "dkim-diagnosis" below `step` and, where the cause is known, a finding ("dkim-body-cause",
 * "dkim-header-cause"). */
void dkim_diagnose_body(const Message *message, const DkimSig *sig, const BodyHashes *bodies,
                        Effort *effort, Step *step, Report *report);
void dkim_diagnose_header(const Message *message, const DkimSig *sig, guint own,
                          const FieldIndex *fields, const KeyFetch *key, Effort *effort, Step *step,
                          Report *report);
