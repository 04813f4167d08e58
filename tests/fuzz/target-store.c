/* target-store.c: whatever is opened: what it is, its list, its messages.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "mailbox/store.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = size % 2 ? store_from_bytes(bytes, "fuzz", &error)
                                      : store_from_text(bytes, "fuzz", NULL, &error);

    FUZZ_REQUIRE((store == NULL) == (error != NULL));
    if (!store)
        return 0;
    while (store_scan(store, -1))
        ;
    FUZZ_REQUIRE(store_is_complete(store) && store_count(store) >= 1);
    for (guint i = 0; i < MIN(store_count(store), 20); i++) {
        g_autoptr(StoreLine) line = store_line(store, i);
        g_autoptr(Message) message = store_message(store, i, NULL);
        FUZZ_REQUIRE(line);
        if (!message)
            continue;
        FUZZ_REQUIRE(message_n_fields(message) > 0);
    }
    return 0;
}
