/* unrepaired.h: authors whom a reader sees in a damaged text, and who went with the damage.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "headers/address.h"
#include "message/message.h"

/* A sender may write what looks damaged. Calls `visit` for each address in From: of the text as it stood, and for each that a
 * repair left inside another field; addresses that the message names as it is now are among them. Nothing for a message
 * that was not repaired. */
void unrepaired_each(const Message *message, AddressVisit visit, gpointer data);

/* The address behind "From:" in a line that begins no field: "Sender From: eve@example.net", or a line with which a From field
 * goes on. Mail programs show no author from it, so it is none; but a text may have lost the line's beginning, or gained a
 * blank there. NULL: there is none. (transfer full) */
char *unrepaired_beside(const Message *message, guint *line, Span *where);
