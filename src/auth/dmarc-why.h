/* dmarc-why.h: where RFC 9989 and RFC 7489 part ways on one message, and for which reason.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* Fills differ, why and why_args. They differ where the result or, for a failing message, what applies differs. */
void dmarc_explain_difference(DmarcPair *pair);
