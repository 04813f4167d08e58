/* target-record.c: saved records from a process that was taken over.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "survey/group.h"

/* The first byte says what kind of record it shall be. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    const RecordType *const types[] = { &report_type, &source_info_type, &dns_answer_type, &survey_row_type,
                                        &survey_group_type, &report_unreadable_type };

    if (!size)
        return 0;
    const RecordType *type = types[data[0] % G_N_ELEMENTS(types)];
    g_autoptr(GBytes) bytes = g_bytes_new(data + 1, size - 1);
    gpointer record = record_load(type, bytes);
    if (!record)
        return 0;
    g_autoptr(GBytes) saved = record_save(type, record);
    gpointer again = record_load(type, saved);
    FUZZ_REQUIRE(again);
    g_autoptr(GBytes) twice = record_save(type, again);
    FUZZ_REQUIRE(g_bytes_equal(saved, twice));
    gpointer copy = record_copy(type, record);
    record_free(type, copy);
    record_free(type, again);
    record_free(type, record);
    return 0;
}
