/* personal.h: what of a message's header is personal, for who masks a report about it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/mask.h"
#include "message/message.h"

/* Names, addresses and subjects of the header fields that hold such. */
void     personal_learn(Mask *mask, const Message *message);
gboolean personal_is_address_field(const Message *message, const Field *field);
