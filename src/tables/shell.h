/* shell.h: text in the quotes of a shell.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* `text` in single quotes, as bash and zsh read it. (transfer full) */
char *shell_quote(const char *text);
/* Likewise for fish, where a backslash counts inside single quotes, too. (transfer full) */
char *shell_quote_fish(const char *text);
