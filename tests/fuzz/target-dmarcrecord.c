/* target-dmarcrecord.c: DMARC policy records.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-record.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = size ? g_memdup2(data, size) : g_strdup("");
    g_autoptr(DmarcRecord) record = dmarc_record_parse(text, size);

    if (!record)
        return 0;
    FUZZ_REQUIRE(record->pct >= 0 && record->pct <= 100);
    FUZZ_REQUIRE(record->psd == 'y' || record->psd == 'n' || record->psd == 'u');
    FUZZ_REQUIRE(size > 7 && record->text && record->faults && record->historic);
    return 0;
}
