/* form.h: would a web form work that writes its visitors into From:?
 * SPDX-License-Identifier: MIT */
#pragma once

#include "analysis/hypothesis.h"
#include "facts/form.h"

/* Judges the envelope and signatures of `said` for visitors of domains with each policy;
 * `said->from`, where it is given, is one visitor more, the first. The visitors' domains are made
 * up, and so is their DNS; all other questions go to `resolver`. NULL and `error` as
 * hypothesis_read(). (transfer full) */
FormAnswer *form_ask(const Assumptions *said, Resolver *resolver, const AnalysisOptions *options,
                     GError **error);
