/* target-store.c: whatever is opened: what it is, its list, its messages; and each of a mailbox by itself, which is the same.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "mailbox/store.h"

static void
check_line(const StoreLine *one, const StoreLine *other)
{
    FUZZ_REQUIRE(g_strcmp0(one->from, other->from) == 0 && g_strcmp0(one->date, other->date) == 0);
    FUZZ_REQUIRE(g_strcmp0(one->subject, other->subject) == 0);
    FUZZ_REQUIRE((one->fault == NULL) == (other->fault == NULL));
}

/* A message of `box`, and the same from its own bytes. */
static void
check_part(Store *box, guint index, GBytes *facts)
{
    StorePart part = { .index = index, .last = index + 1 == store_count(box) };
    const Span span = store_span(box, index, &part.unquoted);

    FUZZ_REQUIRE(span.start <= span.end && span.end <= g_bytes_get_size(store_box(box)));
    g_autoptr(GBytes) bytes = g_bytes_new((const char *)g_bytes_get_data(store_box(box), NULL) + span.start, span_length(span));
    g_autoptr(Store) apart = store_from_part(bytes, "fuzz", facts, &part);
    g_autoptr(StoreLine) line = store_line(box, index), own = store_line(apart, 0);
    g_autoptr(Message) message = store_message(box, index, NULL), alone = store_message(apart, 0, NULL);
    check_line(line, own);
    FUZZ_REQUIRE((message == NULL) == (alone == NULL));
    if (message)
        FUZZ_REQUIRE(g_bytes_equal(message_raw(message), message_raw(alone)));
}

static void
check_parts(GBytes *bytes)
{
    g_autoptr(Store) box = store_mailbox(bytes, "fuzz");

    if (!box)
        return;
    while (store_scan(box, -1))
        ;
    g_autoptr(GBytes) facts = store_facts(box);
    for (guint i = 0; i < MIN(store_count(box), 8); i++)
        check_part(box, i, facts);
    /* Whoever scanned it was taken over. */
    const StorePart part = { 3, store_count(box) % 2, TRUE };
    g_autoptr(Store) odd = store_from_part(bytes, "fuzz", bytes, &part);
    g_autoptr(Message) message = store_message(odd, 0, NULL);
    FUZZ_REQUIRE(store_count(odd) == 1 && (!message || message_n_fields(message) > 0));
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = size % 2 ? store_from_bytes(bytes, "fuzz", &error)
                                      : store_from_text(bytes, "fuzz", NULL, &error);

    check_parts(bytes);
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
