/* target-address.c: mailboxes of From, Sender and Reply-To.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "headers/address.h"

static void
visit(Mailbox *mailbox, gpointer data)
{
    guint *count = data;

    if (mailbox->domain) {
        FUZZ_REQUIRE(mailbox->address);
        fuzz_check_name(mailbox->domain);
    }
    FUZZ_REQUIRE(mailbox->address || mailbox->name);
    FUZZ_REQUIRE(!mailbox->name || g_utf8_validate(mailbox->name, -1, NULL));
    record_free(&mailbox_type, mailbox);
    (*count)++;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *value = fuzz_string(fuzz_whole(data, size));
    g_autofree char *domain = address_domain(value);
    g_autofree char *host = address_host(value);
    guint count = 0;

    address_each(value, visit, &count);
    Mailbox *first = address_first(value);
    FUZZ_REQUIRE(!first || count);
    if (first)
        record_free(&mailbox_type, first);
    if (domain)
        fuzz_check_name(domain);
    if (host)
        fuzz_check_name(host);
    return 0;
}
