/* cover.h: a message's bytes with everything personal covered letter by letter, so that every
 * offset stays.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/mask.h"
#include "message/message.h"

/* Of address fields only domains are left, of trace fields all but local parts and what `mask` has
 * learned, of the body and of fields that nobody knows only their form. (transfer full) */
GBytes *cover_message(Mask *mask, const Message *message);
/* Text of which no more is known: only its form is left. (transfer full) */
GBytes *cover_all(GBytes *bytes);
