/* receivers.h: a message by the rules of its receivers.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"
#include "message/message.h"
#include "receivers/rules.h"

/* Fills report->receivers; the checks and the log of DNS stand in the Report by then. `rules`
 * NULL: nothing happens. `message` is NULL where there is none yet. */
void receivers_judge(const ReceiverRules *rules, const Message *message, Report *report);
