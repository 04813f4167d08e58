/* reply.h: a server's reply of several lines, read as one sentence.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* "550-5.7.1 No mail 550 5.7.1 from there": "550 5.7.1 No mail from there". Each line of a reply has its code again (RFC
 * 5321, 4.2.1), and in front of its text the enhanced one (RFC 2034, 4); a bounce has joined these lines. What is
 * no such reply is as it was. (transfer full) */
char *reply_in_one(const char *reply);
