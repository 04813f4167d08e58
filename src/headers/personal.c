/* personal.c: learns names, addresses and subjects from header fields.
 * SPDX-License-Identifier: MIT */
#include "headers/personal.h"

#include <string.h>

#include "headers/address.h"

/* A message of 200,000 fields is no letter; its fields are the attacker's own. */
#define FIELDS_MAX 2000

static const char *const address_fields[] = {"From",
                                             "Sender",
                                             "Reply-To",
                                             "To",
                                             "Cc",
                                             "Bcc",
                                             "Delivered-To",
                                             "X-Original-To",
                                             "Envelope-To",
                                             "X-Envelope-To",
                                             "X-Forwarded-To",
                                             "X-Forwarded-For",
                                             "Return-Path",
                                             "Resent-From",
                                             "Resent-To",
                                             "Resent-Cc",
                                             "Resent-Sender",
                                             "Errors-To",
                                             "Disposition-Notification-To",
                                             "Mail-Reply-To",
                                             "Mail-Followup-To",
                                             "X-Failed-Recipients",
                                             "Original-Recipient",
                                             "Final-Recipient",
                                             "X-Google-Original-From",
                                             NULL};
static const char *const subject_fields[] = {"Subject", "Thread-Topic", "Keywords", "Comments",
                                             NULL};

static void
learn_mailbox(Mailbox *mailbox, gpointer data)
{
    mask_learn_address(data, mailbox->address);
    mask_learn_name(data, mailbox->name);
    mask_learn_domain(data, mailbox->domain);
    record_free(&mailbox_type, mailbox);
}

gboolean
personal_is_address_field(const Message *message, const Field *field)
{
    return message_field_is_one_of(message, field, address_fields);
}

void
personal_learn(Mask *mask, const Message *message)
{
    const guint count = MIN(message_n_fields(message), (guint)FIELDS_MAX);

    for (guint i = 0; i < count; i++) {
        const Field *field = message_field(message, i);
        if (message_field_is_one_of(message, field, address_fields)) {
            g_autofree char *value = field_value(message, field);
            address_each(value, learn_mailbox, mask);
        } else if (message_field_is_one_of(message, field, subject_fields)) {
            g_autofree char *value = field_decoded(message, field);
            mask_learn_subject(mask, value);
        }
    }
}
