/* unrepaired.h: authors whom a reader sees in a damaged text, and who went with the damage.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "headers/address.h"
#include "message/message.h"

/* A sender may write what looks damaged. Calls `visit` for each address in From: of the text as it stood, and for each that a
 * repair left inside another field; addresses that the message names as it is now are among them. Nothing for a message
 * that was not repaired. */
void unrepaired_each(const Message *message, AddressVisit visit, gpointer data);
