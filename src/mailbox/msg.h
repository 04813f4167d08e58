/* msg.h: the header of a message that Outlook saved (.msg).
 * SPDX-License-Identifier: MIT
 *
 * Such a file holds properties, not the message that was sent: the body was rewritten, so that no hash can be made of
 * it, and the header is there only where the message came from outside. */
#pragma once

#include "message/origin.h"

/* The transport headers; where there are none, fields made of what the properties say of sender, subject and time. The
 * origin's fidelity says which. NULL and `error`, without the name. (transfer full) */
GBytes *msg_header(GBytes *bytes, Origin *origin, GError **error);
