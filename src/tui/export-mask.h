/* export-mask.h: what has to be masked of a message before its report is handed on, on the screen and with --redact.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/mask.h"
#include "facts/report.h"
#include "message/message.h"

/* Names and addresses that the report names, the author first: he is u1; then those of the message and of messages inside it.
 * `message` may be NULL. (transfer full) */
Mask *export_mask(const Report *report, const Message *message);
