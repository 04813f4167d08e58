/* mail.c: one message of a corpus, as it lies in the mailbox of its receiver.
 * SPDX-License-Identifier: MIT
 *
 * It is written as mail travels: the author's fields and body, signatures of author and service,
 * hops, perhaps a list that changes the message and seals it, and the receiver's own fields on top.
 */
#include "mail.h"

#include <string.h>

#include "body.h"
#include "dates.h"
#include "draw.h"
#include "sign.h"
#include "words.h"
#include "world.h"

/* 2024-09-02T00:00:00Z; messages come a minute apart. */
enum { FIRST_TIME = 1725235200, STEP = 60 };
#define SIGNED_FIELDS "from:to:subject:date:message-id:mime-version:content-type"

typedef enum { DIRECT, SERVICE, THREE, FOREIGN, LISTED, BARE, FORGED } Way;

typedef struct {
    Keys *keys;
    Draw draw;
    Way way;
    guint author, service;
    char *domain;    /* of From: */
    GPtrArray *head; /* fields, the topmost first */
    Body body;
    GString *results; /* what the receiver says of the signatures */
    gboolean spf_aligned, dkim_aligned;
    Mail *mail;
} Draft;

/* ---- fields ---- */

/* (transfer full) for `field` */
static void
on_top(Draft *d, char *field)
{
    g_ptr_array_insert(d->head, 0, field);
}

static void
add_received(Draft *d, const char *from, const char *ip, const char *by, const char *protocol,
             gint64 time)
{
    g_autofree char *id = draw_token(&d->draw, 12), *date = date_of_field(time);

    on_top(d,
           g_strdup_printf("Received: from %s (%s [%s%s])\r\n\tby %s with %s id %s\r\n\tfor "
                           "<bob@example.net>; %s\r\n",
                           from, from, strchr(ip, ':') ? "IPv6:" : "", ip, by, protocol, id, date));
}

static char *
subject_text(Draft *d, gboolean japanese)
{
    if (japanese) {
        const char *text = words_japanese(&d->draw);
        g_autofree char *encoded = g_base64_encode((const guchar *)text, MIN(strlen(text), 45));
        return g_strdup_printf("=?UTF-8?B?%s?=", encoded);
    }
    GString *text = g_string_new(NULL);
    words_english(text, &d->draw, 3 + draw_below(&d->draw, 6));
    return g_string_free(text, FALSE);
}

static BodyKind
draw_body(Draft *d, MailMix mix)
{
    const guint lot = draw_below(&d->draw, 100);

    if (mix != MAIL_MIXED || lot < 25)
        return BODY_PLAIN;
    return lot < 60   ? BODY_ALTERNATIVE
           : lot < 70 ? BODY_QUOTED
           : lot < 80 ? BODY_BASE64
           : lot < 88 ? BODY_ATTACHMENT
           : lot < 94 ? BODY_JIS
                      : BODY_UTF8;
}

/* What the author's program wrote. */
static void
write_message(Draft *d, MailMix mix, gsize size)
{
    const BodyKind kind = draw_body(d, mix);
    g_autofree char *subject = subject_text(d, kind == BODY_JIS || kind == BODY_UTF8);
    g_autofree char *date = date_of_field(d->mail->time - 40), *id = draw_token(&d->draw, 20);
    const char *name = words_name(&d->draw);
    const gboolean bulk = d->way == SERVICE || d->way == THREE || d->way == FOREIGN;

    d->body = body_new(kind, &d->draw, size);
    g_ptr_array_add(
        d->head, g_strdup_printf("From: %s <%s@%s>\r\n", name, bulk ? "news" : "ann", d->domain));
    g_ptr_array_add(d->head, g_strdup("To: Bob Example <bob@example.net>\r\n"));
    g_ptr_array_add(d->head, g_strdup_printf("Subject: %s\r\n", subject));
    g_ptr_array_add(d->head, g_strdup_printf("Date: %s\r\n", date));
    g_ptr_array_add(d->head, g_strdup_printf("Message-ID: <%s@%s>\r\n", id, d->domain));
    g_ptr_array_add(d->head, g_strdup("MIME-Version: 1.0\r\n"));
    g_ptr_array_add(d->head, g_strdup_printf("Content-Type: %s\r\n", d->body.type));
    g_ptr_array_add(d->head,
                    g_strdup_printf("Content-Transfer-Encoding: %s\r\n", d->body.encoding));
    if (!bulk)
        return;
    g_autofree char *token = draw_token(&d->draw, 16);
    g_ptr_array_add(
        d->head,
        g_strdup_printf("List-Unsubscribe: <https://www.%s/u/%s>,\r\n <mailto:u-%s@%s>\r\n",
                        d->domain, token, token, d->domain));
    g_ptr_array_add(d->head, g_strdup("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    g_ptr_array_add(d->head, g_strdup_printf("Feedback-ID: %u:%s:news\r\n", d->author, d->domain));
}

/* ---- signatures ---- */

static gsize
head_size(GPtrArray *head)
{
    gsize size = 0;

    for (guint i = 0; i < head->len; i++)
        size += strlen(head->pdata[i]);
    return size;
}

static Signer
signer_of(Draft *d, WorldWho who, const char *domain, const char *fields)
{
    return (Signer){.domain = domain,
                    .selector = world_selector(who),
                    .key = world_key(d->keys, who),
                    .fields = fields,
                    .time = d->mail->time - 30};
}

/* `breaks`: somebody on the way will change what it covers. */
static void
add_signature(Draft *d, WorldWho who, const char *fields, gboolean breaks)
{
    g_autofree char *domain = world_domain(who);
    Signer signer = signer_of(d, who, domain, fields);
    const guint lot = draw_below(&d->draw, 100);

    signer.simple_header = lot < 5;
    signer.simple_body = lot < 15;
    on_top(d, sign_dkim(&signer, d->head, d->body.text));
    g_string_append_printf(d->results, ";\r\n\tdkim=%s header.d=%s header.s=%s",
                           breaks ? "fail" : "pass", domain, signer.selector);
    const gboolean strict = who.number % 10 == 9 && !g_str_equal(domain, d->domain);
    d->dkim_aligned |= who.role == WORLD_AUTHOR && !breaks && !strict;
    d->mail->signatures++;
    d->mail->hashed += 800;
}

/* ---- the way of a message ---- */

static void
set_envelope(Draft *d, WorldWho sender, guint which, char *mail_from, const char *result)
{
    g_autofree char *domain = world_domain(sender);

    d->mail->ip = world_address(sender, which);
    d->mail->helo = g_strconcat("out.", domain, NULL);
    d->mail->mail_from = mail_from;
    g_string_append_printf(d->results, ";\r\n\tspf=%s smtp.mailfrom=%s", result,
                           strrchr(mail_from, '@') + 1);
}

static void
from_own_host(Draft *d)
{
    const WorldWho who = {WORLD_AUTHOR, d->author};
    const gboolean spf = world_has_spf(d->author);
    g_autofree char *own = world_domain(who), *host = g_strconcat("out.", own, NULL);

    add_received(d, "desk.example.org", "203.0.113.200", host, "ESMTPSA", d->mail->time - 35);
    set_envelope(d, who, 0, g_strconcat("ann@", own, NULL), spf ? "pass" : "none");
    d->spf_aligned = spf;
}

static void
from_service(Draft *d)
{
    const gboolean own_bounces = d->way != FOREIGN && draw_chance(&d->draw, 50);
    g_autofree char *token = draw_token(&d->draw, 14),
                    *domain = world_domain((WorldWho){WORLD_AUTHOR, d->author});

    for (guint hops = draw_below(&d->draw, 4); hops > 0; hops--) {
        g_autofree char *from = g_strdup_printf("node%u.mailer%u.example", hops, d->service);
        g_autofree char *by = g_strdup_printf("relay%u.mailer%u.example", hops, d->service);
        add_received(d, from, "198.51.100.250", by, "ESMTPS", d->mail->time - 20);
    }
    char *mail_from = own_bounces
                          ? g_strdup_printf("b-%s@news.%s", token, domain)
                          : g_strdup_printf("b-%s@bounce.mailer%u.example", token, d->service);
    set_envelope(d, (WorldWho){WORLD_SERVICE, d->service}, draw_below(&d->draw, 40), mail_from,
                 "pass");
    d->spf_aligned = own_bounces;
}

/* An ARC set over the message as it is now, on top (RFC 8617, 5.1). `sets`: all fields so far, in
 * order. */
static void
seal(Draft *d, guint instance, WorldWho who, GPtrArray *sets)
{
    g_autofree char *domain = world_domain(who),
                    *own = world_domain((WorldWho){WORLD_AUTHOR, d->author});
    const Signer signer =
        signer_of(d, who, domain, "from:to:subject:date:message-id:dkim-signature");

    g_ptr_array_add(
        sets,
        g_strdup_printf("ARC-Authentication-Results: i=%u; mx.%s;\r\n\tdkim=%s header.d=%s;\r\n\t"
                        "spf=%s smtp.mailfrom=%s\r\n",
                        instance, domain, instance == 1 ? "pass" : "fail", own,
                        instance == 1 ? "pass" : "fail", own));
    g_ptr_array_add(sets, sign_arc_message(&signer, instance, d->head, d->body.text));
    g_ptr_array_add(sets, sign_arc_seal(&signer, instance, instance == 1 ? "none" : "pass", sets));
    for (guint i = sets->len - 3; i < sets->len; i++)
        on_top(d, g_strdup(sets->pdata[i]));
    d->mail->signatures += 2;
    d->mail->hashed += 800 + head_size(sets);
}

static void
replace_subject(Draft *d, guint list)
{
    for (guint i = 0; i < d->head->len; i++) {
        const char *field = d->head->pdata[i];
        if (!g_str_has_prefix(field, "Subject: "))
            continue;
        char *changed = g_strdup_printf("Subject: [lists%u] %s", list, field + strlen("Subject: "));
        g_free(d->head->pdata[i]);
        d->head->pdata[i] = changed;
    }
}

/* Lists add a tag and a footer, and sign themselves; forwarders pass on as it is. Both seal, and so
 * do those behind. */
static void
by_list(Draft *d, gboolean changes)
{
    const guint lot = draw_below(&d->draw, 10), first = draw_below(&d->draw, WORLD_LISTS),
                count = lot < 7   ? 1
                        : lot < 9 ? 2
                                  : 3;
    const WorldWho list = {WORLD_LIST, first};
    g_autofree char *domain = world_domain(list);
    g_autoptr(GPtrArray) sets = g_ptr_array_new_with_free_func(g_free);

    if (changes) {
        replace_subject(d, first);
        g_string_append_printf(d->body.text, "_______________\r\nTo leave the list: %s\r\n",
                               domain);
    }
    for (guint i = 1; i <= count; i++) {
        const WorldWho who = {WORLD_LIST, (first + count - i) % WORLD_LISTS};
        g_autofree char *sealer = world_domain(who), *by = g_strconcat("mx.", sealer, NULL);
        add_received(d, "out.example.org", "203.0.113.90", by, "ESMTPS", d->mail->time - 25 + i);
        seal(d, i, who, sets);
    }
    if (changes)
        add_signature(d, list, "from:to:subject:date:message-id:list-id", FALSE);
    const gboolean spf = world_has_spf(d->author);
    g_autofree char *author = world_domain((WorldWho){WORLD_AUTHOR, d->author});
    char *mail_from =
        changes ? g_strconcat("list-bounces@", domain, NULL) : g_strconcat("ann@", author, NULL);
    set_envelope(d, list, 0, mail_from,
                 changes         ? "pass"
                 : !spf          ? "none"
                 : d->author % 3 ? "fail"
                                 : "softfail");
}

static void
travel(Draft *d)
{
    const WorldWho author = {WORLD_AUTHOR, d->author}, service = {WORLD_SERVICE, d->service};
    const gboolean changes = d->way == LISTED && draw_chance(&d->draw, 60);

    if (d->way != BARE && d->way != FOREIGN && d->way != FORGED)
        add_signature(d, author, SIGNED_FIELDS, changes);
    if (d->way == FOREIGN || d->way == SERVICE || d->way == THREE)
        add_signature(d, service, SIGNED_FIELDS ":list-unsubscribe:feedback-id", FALSE);
    if (d->way == THREE)
        add_signature(d, (WorldWho){WORLD_SERVICE, (d->service + 1) % WORLD_SERVICES},
                      "from:to:subject:date", FALSE);
    if (d->way == LISTED) {
        by_list(d, changes);
    } else if (d->way == DIRECT || d->way == BARE) {
        from_own_host(d);
    } else if (d->way == FORGED) {
        g_autofree char *domain = world_domain(author);
        const gboolean spf = world_has_spf(d->author);
        set_envelope(d, (WorldWho){WORLD_LIST, 98}, 0, g_strconcat("info@", domain, NULL),
                     !spf            ? "none"
                     : d->author % 3 ? "fail"
                                     : "softfail");
    } else {
        from_service(d);
    }
}

/* What the receiver's host writes above it all. */
static void
receive(Draft *d)
{
    const char *dmarc = !world_policy(d->author)            ? "none"
                        : d->dkim_aligned || d->spf_aligned ? "pass"
                                                            : "fail";

    add_received(d, d->mail->helo, d->mail->ip, "mx.example.net", "ESMTPS", d->mail->time);
    on_top(d, g_strdup_printf(
                  "Authentication-Results: mx.example.net%s;\r\n\tdmarc=%s header.from=%s\r\n",
                  d->results->str, dmarc, d->domain));
    if (draw_chance(&d->draw, 20)) {
        add_received(d, "mx.example.net", "192.0.2.250", "store.example.net", "LMTP",
                     d->mail->time + 1);
        on_top(d,
               g_strdup_printf(
                   "Authentication-Results: store.example.net%s;\r\n\tdmarc=%s header.from=%s\r\n",
                   d->results->str, dmarc, d->domain));
    }
    on_top(d, g_strdup_printf("Return-Path: <%s>\r\n", d->mail->mail_from));
}

static Way
draw_way(Draft *d, MailMix mix)
{
    const guint lot = draw_below(&d->draw, 100);

    if (mix != MAIL_MIXED || lot < 46)
        return DIRECT;
    return lot < 70   ? SERVICE
           : lot < 74 ? THREE
           : lot < 82 ? FOREIGN
           : lot < 92 ? LISTED
           : lot < 97 ? BARE
                      : FORGED;
}

Mail
mail_new(Keys *keys, MailMix mix, guint64 seed, guint number, gsize size)
{
    Mail mail = {.bytes = g_string_sized_new(size + 1024),
                 .time = FIRST_TIME + (gint64)STEP * number};
    Draft d = {
        .keys = keys, .draw = draw_new(seed, number), .mail = &mail, .results = g_string_new(NULL)};

    d.head = g_ptr_array_new_with_free_func(g_free);
    d.way = draw_way(&d, mix);
    d.author = mix == MAIL_PLAIN   ? number % 10
               : mix == MAIL_TURNS ? number % WORLD_AUTHORS
                                   : draw_skewed(&d.draw, WORLD_AUTHORS);
    d.service = world_service_of(d.author);
    g_autofree char *domain = world_domain((WorldWho){WORLD_AUTHOR, d.author});
    d.domain =
        g_strconcat(mix == MAIL_MIXED && draw_chance(&d.draw, 8) ? "news." : "", domain, NULL);
    /* What fields take of a message, on an average. */
    write_message(&d, mix, size - MIN(size * 2 / 3, mix == MAIL_MIXED ? 2310 : 1620));
    travel(&d);
    receive(&d);
    for (guint i = 0; i < d.head->len; i++)
        g_string_append(mail.bytes, d.head->pdata[i]);
    g_string_append(mail.bytes, "\r\n");
    g_string_append_len(mail.bytes, d.body.text->str, (gssize)d.body.text->len);
    mail.hashed += mail.signatures ? d.body.text->len : 0;
    g_ptr_array_unref(d.head);
    g_string_free(d.results, TRUE);
    g_free(d.domain);
    body_clear(&d.body);
    return mail;
}

void
mail_clear(Mail *mail)
{
    g_string_free(mail->bytes, TRUE);
    g_free(mail->ip);
    g_free(mail->helo);
    g_free(mail->mail_from);
}
