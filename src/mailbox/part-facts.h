/* part-facts.h: what is known of a mailbox, for whoever has only one of its messages.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "message/origin.h"

/* `cut`: id of the note where bytes are missing at the end, or NULL; `whole`: how many there were. (transfer full) */
GBytes *part_facts_save(const Origin *origin, const char *cut, gsize whole);
/* Octets that make no sense are a mailbox of which nothing is known. (transfer full) */
Origin *part_facts_load(GBytes *facts, const char **cut, gsize *whole);
