/* warm.c: loads what earlier workers lacked.
 * SPDX-License-Identifier: MIT */
#include "session/warm.h"

#include "mailbox/gsf.h"
#include "message/charset.h"
#include "message/gmime-load.h"

/* Most messages need none of it, and so a first worker has none. */
void
session_warm(const char *const *needs)
{
    for (; *needs; needs++) {
        if (g_str_equal(*needs, GMIME_NEED)) {
            gmime();
            charset_warm_usual();
        } else if (g_str_equal(*needs, GSF_NEED)) {
            gsf_warm();
        } else {
            charset_warm(*needs);
        }
    }
}
