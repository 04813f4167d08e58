/* faults.h: what is known to be wrong in the libraries that give second opinions.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/psl.h"
#include "facts/report.h"
#include "peers/talk.h"

/* Why the library's answer is not ours: the id of a known fault that fits the facts, else
 * "peer-unexplained". */
const char *faults_of_libspf2(const Report *report, const PeerAnswer *answer);
const char *faults_of_opendmarc(const Report *report, const PeerAnswer *answer, const Psl *psl);
