/* notice.h: the answer of a mail server in a text that people copied.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Where a reply with its enhanced code begins ("550 5.7.26 ", "550-5.7.26": RFC 2034, 4); NULL for none. A number alone may be
 * anything, both together are a server's. (points into `text`) */
const char *notice_reply(const char *text, gsize length);
