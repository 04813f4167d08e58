/* dmarc-trial.h: DMARC for a change that is tried: what comes out, without the trees that say why.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/dmarc-eval.h"

/* `about` names the only author, by whom nothing is said; which RFC and the steps are filled in here. The results that
 * report_identifiers() and RFC 9989's verdict ask for take the places of those in the report. DNS is asked what both RFCs would ask. */
void dmarc_trial(const DmarcQuestion *about, DmarcPair *results);
