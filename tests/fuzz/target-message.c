/* target-message.c: bytes into header fields and body.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"
#include "mailbox/line.h"
#include "message/message.h"

static void
check_field(const Message *message, const Field *field, gsize *last)
{
    g_autofree char *name = field_name(message, field);
    g_autofree char *raw = field_raw_value(message, field);
    g_autofree char *value = field_value(message, field);

    FUZZ_REQUIRE(field->all.start >= *last && field->all.start == field->name.start);
    FUZZ_REQUIRE(field->name.end > field->name.start && field->name.end < field->value.start);
    FUZZ_REQUIRE(field->value.end >= field->value.start && field->value.end <= field->all.end);
    FUZZ_REQUIRE(!strpbrk(value, "\r\n") || !strpbrk(value, "\n"));
    FUZZ_REQUIRE(field->line == message_line_at(message, field->all.start));
    FUZZ_REQUIRE(message_find(message, name, 0) >= 0);
    *last = field->all.end;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(fuzz_whole(data, size));
    g_autoptr(Message) message = message_from_bytes(bytes, "fuzz", NULL);
    gsize last = 0;

    if (!message)
        return 0;
    for (guint i = 0; i < message_n_fields(message); i++)
        check_field(message, message_field(message, i), &last);
    const Span body = message_body(message);
    FUZZ_REQUIRE(body.start >= last && body.end >= body.start && body.end <= size);
    for (guint i = 0; i < message_n_faults(message); i++)
        FUZZ_REQUIRE(message_fault(message, i)->span.end <= size);
    return 0;
}
