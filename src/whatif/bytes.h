/* bytes.h: a message whose bytes were altered on the way.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "message/message.h"
#include "whatif/edit.h"

/* A copy of the message in memory with these edits, in their order; path and origin are kept. Edits that do
 * not fit the message are left out; `refused` (may be NULL) gets them (const WhatIf, borrowed from
 * `edits`). NULL where nothing is changed. (transfer full) */
Message  *bytes_edit(const Message *message, const Edits *edits, GPtrArray *refused);
