/* record.h: a DMARC record with other tags.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "whatif/edit.h"

gboolean record_is_tag(const char *key);
/* Whether some edit is of a tag of the policy record. */
gboolean record_tags_edited(const Edits *edits);
/* `text` (NULL: there is no record yet) with the tags that the edits say, each where it stood, new
 * ones behind v and p; the rest as it was. NULL where there is no record and no p= makes one.
 * (transfer full) */
char    *record_edit_tags(const char *text, const Edits *edits);
