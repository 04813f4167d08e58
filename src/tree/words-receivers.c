/* words-receivers.c: receivers' rules, and what a mail program shows, in words.
 * SPDX-License-Identifier: MIT
 *
 * "rule.NAME" is what the check NAME asks for, "do.NAME" what to do about it; "rule-…" say what
 * was seen, "shown-…" what stands in a mail program. In the order of their ids. */
#include "tree/words.h"

#include "base/translate.h"
#include "tree/words-index.h"

const TextWords words_receivers[] = {
    { "clash.arc", N_("Elsewhere this code means that the ARC chain is broken. Go by the text "
                      "of the answer.") },
    { "clash.null-mx", N_("Elsewhere this code means that the sender's domain takes no mail "
                          "(null MX). Go by the text of the answer.") },
    { "clash.requiretls", N_("Elsewhere this code means that the next host lacks REQUIRETLS. "
                             "Go by the text of the answer.") },
    { "do.alignment", N_("Sign with the domain in From:, or send with a MAIL FROM of that "
                         "domain.") },
    { "do.arc", N_("Whoever forwards should seal with ARC, and check the chain before.") },
    { "do.dkim", N_("Let whoever sends sign with DKIM, and publish the key.") },
    { "do.dkim-key", N_("Make a longer key under a new selector, publish it, then sign with it.") },
    { "do.dmarc", N_("See the view Advice: what would make DMARC pass.") },
    { "do.dmarc-quarantine", N_("See the view Advice: what would make DMARC pass.") },
    { "do.dmarc-record", N_("Publish a DMARC record with p=none, once SPF or DKIM passes for "
                            "the name in From:.") },
    { "do.dmarc-reject", N_("See the view Advice: what would make DMARC pass.") },
    { "do.domain-exists", N_("Register the domain, or correct its spelling.") },
    { "do.elsewhere", N_("Look at the receiver's own tools for senders.") },
    { "do.encoded-words", N_("Encode names and Subject only; addresses and Message-ID never.") },
    { "do.format", N_("Correct the program that writes the header.") },
    { "do.idn", N_("Use names that keep to one script.") },
    { "do.message-id", N_("Let the program that writes the mail add a Message-ID: "
                          "<unique@your.domain>.") },
    { "do.one-click", N_("Add both fields as RFC 8058, 8.1 shows them, and name both in h= of "
                         "the signature.") },
    { "do.own-domain", N_("Send with a domain of your own in From:; put the other address in "
                          "Reply-To:.") },
    { "do.ptr", N_("Let the owner of the IP address give it a name, and let that name lead "
                   "back to the address.") },
    { "do.single-from", N_("Put one address in From:; further authors belong into the text.") },
    { "do.spf", N_("Let the SPF record of the MAIL FROM domain name the server that sends.") },
    { "do.spf-or-dkim", N_("Publish SPF for the server that sends, and sign with DKIM.") },
    { "do.tls", N_("Turn TLS on in the server that sends (opportunistic TLS will do).") },
    { "do.unsubscribe", N_("Add List-Unsubscribe with an https address.") },
    { "effect.advice", N_("recommended, not required") },
    { "effect.reject", N_("such mail may be refused") },
    { "effect.spam", N_("such mail may land in spam") },
    { "effect.support", N_("the receiver will not help when mail is held up; by itself this is "
                           "no reason to refuse it") },
    { "how-added", N_("a word was added by a hyphen, which may be the same owner") },
    { "how-confusable", N_("other letters that read the same") },
    { "how-subdomain", N_("the whole name stands in front of another one") },
    { "how-typo", N_("one letter differs") },
    { "mark-question", N_("a question mark in place of the photo") },
    { "mark-question-maybe", N_("perhaps a question mark in place of the photo") },
    { "rule-aligned", N_("{0} vouches for {1}.") },
    { "rule-alignment-open", N_("It is not known whether {0} vouches for {1}.") },
    { "rule-arc-failed", N_("The chain is broken.") },
    { "rule-arc-none", N_("There is no ARC chain; mail that nobody forwarded needs none.") },
    { "rule-arc-open", N_("The chain cannot be judged here.") },
    { "rule-arc-passed", N_("The chain is whole.") },
    { "rule-discussion-list", N_("A list where members write to each other (List-Post).") },
    { "rule-dkim-failed", N_("The signature of {1} does not count: {#0}.") },
    { "rule-dkim-failed-reported", N_("A trusted host says that the signature of {0} did not "
                                      "pass.") },
    { "rule-dkim-key-gone", N_("The key of {0} is gone from DNS by now, so its signature "
                               "cannot be judged.") },
    { "rule-dkim-none", N_("There is no DKIM signature.") },
    { "rule-dkim-not-here", N_("The signature of {0} is not in this copy.") },
    { "rule-dkim-passed", N_("The signature of {0} is good.") },
    { "rule-dkim-passed-reported", N_("A trusted host says that the signature of {0} passed.") },
    { "rule-dkim-unknown", N_("The signature of {1} cannot be judged here: {#0}.") },
    { "rule-dmarc-failed", N_("DMARC fails for {0}.") },
    { "rule-dmarc-none", N_("DMARC does not apply: {0} has no record that can be used.") },
    { "rule-dmarc-open", N_("DMARC for {0} is not known here ({1}).") },
    { "rule-dmarc-passed", N_("DMARC passes for {0}.") },
    { "rule-domain-exists", N_("DNS knows {0} and {1}.") },
    { "rule-domain-missing", N_("DNS does not know {0}.") },
    { "rule-domain-open", N_("The answers at hand do not tell whether {0} exists.") },
    { "rule-elsewhere", N_("No single message shows this.") },
    { "rule-encoded-address", N_("An address in {0} holds an encoded word (=?…?=).") },
    { "rule-encoded-word", N_("{0} holds an encoded word (=?…?=).") },
    { "rule-field-missing", N_("{0} is missing.") },
    { "rule-field-repeated", N_("{0} stands there more than once.") },
    { "rule-format", N_("Each field stands as often as it may.") },
    { "rule-from-missing", N_("There is no From:.") },
    { "rule-from-one", N_("{0} alone.") },
    { "rule-from-redacted", N_("The address in From: was made unreadable.") },
    { "rule-from-repeated", N_("There are several From: fields.") },
    { "rule-from-several", N_("From: holds {0} addresses.") },
    { "rule-from-unreadable", N_("From: holds no address that can be read.") },
    { "rule-idn", N_("The names in other scripts keep to one each.") },
    { "rule-idn-mixed", N_("{0} ({1}) mixes scripts within a name.") },
    { "rule-idn-none", N_("No name has letters beyond ASCII.") },
    { "rule-instead", N_("Not needed: {0} passes, and one of the two is enough.") },
    { "rule-instead-open", N_("Not decided: if {0} passes, this is not needed.") },
    { "rule-key-long", N_("The key of {0} has {1} bits.") },
    { "rule-key-none", N_("There is no valid signature whose key could be measured.") },
    { "rule-key-short", N_("The key of {0} has {1} bits; {2} or more are asked for.") },
    { "rule-key-unknown", N_("The key of {0} is no RSA key of a known length.") },
    { "rule-line-broken", N_("Line {0} is no header field.") },
    { "rule-line-long", N_("Line {0} is longer than 998 bytes.") },
    { "rule-message-id", N_("{0}") },
    { "rule-message-id-invalid", N_("{0} is no Message-ID as RFC 5322, 3.6.4 has it.") },
    { "rule-message-id-none", N_("There is no Message-ID.") },
    { "rule-message-id-redacted", N_("The Message-ID was made unreadable.") },
    { "rule-message-id-repeated", N_("There are several Message-ID fields.") },
    { "rule-neither", N_("Neither SPF nor DKIM passes.") },
    { "rule-no-author", N_("From: does not name exactly one domain.") },
    { "rule-no-border", N_("It is not clear which Received field is the border's. Set the "
                           "border in the view Route.") },
    { "rule-no-encoded-word", N_("There is none where none may be.") },
    { "rule-no-marketing", N_("There is no List-Unsubscribe. Only marketing mail needs it; if "
                              "this is marketing mail, it is missing.") },
    { "rule-no-message", N_("There is no message yet; this is decided when it is sent.") },
    { "rule-no-received", N_("There is no Received field: this is not the copy that arrived.") },
    { "rule-not-own-domain", N_("From: is {0}, no domain of the receiver's own.") },
    { "rule-one-click", N_("Both fields are there, and {0} signed them.") },
    { "rule-one-click-http", N_("The address in List-Unsubscribe is http, not https.") },
    { "rule-one-click-no-https", N_("List-Unsubscribe holds no https address.") },
    { "rule-one-click-no-post", N_("List-Unsubscribe-Post is missing.") },
    { "rule-one-click-only-post", N_("List-Unsubscribe-Post is there, but List-Unsubscribe is "
                                     "missing.") },
    { "rule-one-click-open", N_("Both fields are there, but the signature of {0}, which covers "
                                "them, cannot be judged here.") },
    { "rule-one-click-post-value", N_("List-Unsubscribe-Post must read "
                                      "List-Unsubscribe=One-Click.") },
    { "rule-one-click-repeated", N_("List-Unsubscribe or List-Unsubscribe-Post stands there "
                                    "more than once.") },
    { "rule-one-click-several", N_("List-Unsubscribe holds more than one web address; one is "
                                   "allowed.") },
    { "rule-one-click-unsigned", N_("No valid signature covers both List-Unsubscribe and "
                                    "List-Unsubscribe-Post (h=).") },
    { "rule-own-domain-borrowed", N_("From: says {0}, but nothing shows that it comes from "
                                     "there.") },
    { "rule-own-domain-open", N_("It is not known whether {0} itself sent this mail.") },
    { "rule-own-domain-proved", N_("{0} itself vouches for this mail.") },
    { "rule-partial", N_("{0} is not among these lines, but they are only a part of the header.") },
    { "rule-policy-asks", N_("DMARC fails, and {0} asks for {1}.") },
    { "rule-policy-no-record", N_("{0} has no DMARC policy.") },
    { "rule-policy-other", N_("The policy of {0} is {1}.") },
    { "rule-ptr-found", N_("{0} wrote the name {1}.") },
    { "rule-ptr-none", N_("{0} found no name for {1} that leads back to it.") },
    { "rule-ptr-unsaid", N_("{0} does not write what reverse DNS said.") },
    { "rule-record-found", N_("{0} publishes one; policy: {1}.") },
    { "rule-record-none", N_("There is none for {0}.") },
    { "rule-record-open", N_("DNS does not tell here whether there is one for {0}.") },
    { "rule-record-unusable", N_("The record for {0} cannot be used.") },
    { "rule-sender-missing", N_("From: names several authors, so Sender: is needed.") },
    { "rule-spf-dns", N_("DNS gave no answer about {0}.") },
    { "rule-spf-failed", N_("SPF for {0} says {1}.") },
    { "rule-spf-failed-reported", N_("A trusted host says of SPF for {0}: {1}.") },
    { "rule-spf-missing", N_("SPF cannot be known here: {#0}") },
    { "rule-spf-none", N_("{0} has no SPF record.") },
    { "rule-spf-passed", N_("SPF passes for {0}.") },
    { "rule-spf-passed-reported", N_("A trusted host says that SPF passed for {0}.") },
    { "rule-spf-unknown", N_("SPF cannot be known here.") },
    { "rule-tls-none", N_("{0} wrote {1}, without the S that stands for TLS.") },
    { "rule-tls-unsaid", N_("{0} does not write whether TLS was used.") },
    { "rule-tls-used", N_("{0} wrote: {1}.") },
    { "rule-unaligned", N_("Nothing that passes vouches for {0}.") },
    { "rule-unaligned-forwarded", N_("Nothing that passes vouches for {0}. The mail looks "
                                     "forwarded or sent on by a list: a receiver may ask "
                                     "less of such mail.") },
    { "rule-unsubscribe", N_("List-Unsubscribe names an address.") },
    { "rule-unsubscribe-empty", N_("List-Unsubscribe names no address that can be used.") },
    { "rule.alignment", N_("SPF or DKIM for the domain in From") },
    { "rule.arc", N_("ARC of forwarded mail") },
    { "rule.authenticated", N_("SPF or DKIM") },
    { "rule.consistent-from", N_("the same From: each time") },
    { "rule.dkim", N_("DKIM") },
    { "rule.dkim-key", N_("length of the DKIM key") },
    { "rule.dkim-key-long", N_("recommended length of the DKIM key") },
    { "rule.dmarc", N_("DMARC") },
    { "rule.dmarc-quarantine", N_("DMARC policy \"quarantine\"") },
    { "rule.dmarc-record", N_("a DMARC record") },
    { "rule.dmarc-reject", N_("DMARC policy \"reject\"") },
    { "rule.domain-exists", N_("domains that exist") },
    { "rule.elsewhere", N_("something that no single mail shows") },
    { "rule.encoded-words", N_("encoded words") },
    { "rule.format", N_("form of the header (RFC 5322)") },
    { "rule.idn", N_("scripts in names") },
    { "rule.message-id", N_("Message-ID") },
    { "rule.one-click", N_("one-click unsubscribe (RFC 8058)") },
    { "rule.opt-in", N_("recipients who subscribed") },
    { "rule.own-domain", N_("From: in the receiver's own domain") },
    { "rule.ptr", N_("reverse DNS (PTR)") },
    { "rule.single-from", N_("one address in From") },
    { "rule.spam-rate", N_("rate of mail reported as spam") },
    { "rule.spf", N_("SPF") },
    { "rule.spf-or-dkim", N_("SPF or DKIM") },
    { "rule.tls", N_("TLS") },
    { "rule.unsubscribe", N_("List-Unsubscribe") },
    { "shown-address", N_("{0} <{1}>") },
    { "shown-address-via", N_("{0} <{1}> via {2}") },
    { "shown-name", N_("{0}") },
    { "shown-name-via", N_("{0} via {1}") },
    { "shown-on-behalf", N_("{0} on behalf of {1}") },
    { "shown-why-as-written", N_("From: as it was written.") },
    { "shown-why-mail-from", N_("MAIL FROM is of {0}, From: of {1}.") },
    { "shown-why-mail-from-maybe", N_("MAIL FROM is of {0}, From: of {1}. A signature of "
                                      "From:'s own domain passes, so perhaps without "
                                      "\"via\".") },
    { "shown-why-name-only", N_("Only the name is shown; the address, {0}, must be asked for.") },
    { "shown-why-open", N_("Whether \"via\" stands there is not known: so is what vouches for "
                           "{0}.") },
    { "shown-why-proved", N_("No \"via\": {0} passes, and vouches for {1}.") },
    { "shown-why-question", N_("Neither SPF nor DKIM passes.") },
    { "shown-why-question-open", N_("It is not known whether SPF or DKIM passes.") },
    { "shown-why-sender", N_("Sender: is {0}, From: is {1}.") },
    { "shown-why-signer", N_("The signature is of {0}, From: of {1}.") },
    { "shown-why-trick", N_("Only the name is shown, and the name holds another address, {0}. "
                            "Really sent as {1}.") },
    { "shown-why-via", N_("What passes is {0}, and nothing vouches for {1}.") },
    { "where-brand", N_("a name that is often imitated") },
    { "where-from", N_("in From:") },
    { "where-mail-from", N_("in MAIL FROM") },
    { "where-name", N_("in the name shown") },
    { "where-reply-to", N_("in Reply-To:") },
    { "where-sender", N_("in Sender:") },
    { "where-signature", N_("in a signature") },
    { "where-to", N_("a recipient's") },
    { NULL, NULL }
};

static const WordsIndex *
texts(void)
{
    static WordsIndex *index;

    if (g_once_init_enter(&index)) {
        WordsIndex *made = words_index_new(G_N_ELEMENTS(words_receivers));
        for (const TextWords *words = words_receivers; words->id; words++)
            words_index_add(made, words->id, words->text);
        g_once_init_leave(&index, made);
    }
    return index;
}

static const char *
text_of(const char *id)
{
    return words_index_find(texts(), id);
}

static void
append_filled(GString *out, const char *id, const GPtrArray *args)
{
    const char *text = text_of(id);

    if (text) {
        words_append(out, text, args);
        return;
    }
    g_autofree char *other = words_text(id, args);
    g_string_append(out, other);
}

static char *
filled(const char *id, const GPtrArray *args)
{
    GString *out = g_string_new(NULL);

    append_filled(out, id, args);
    return g_string_free(out, FALSE);
}

/* "rule.", "do.", "effect." and the rest of the id, which take no arguments. */
static char *
plain(const char *prefix, const char *id)
{
    g_autofree char *whole = g_strconcat(prefix, id, NULL);
    const char *text = text_of(whole);

    return g_strdup(text ? translate(text) : id);
}

static const char *
check_of(const ReceiverRule *rule)
{
    return rule->check ? rule->check : rule->id;
}

/* A rule of a user's own has the title of the file, or that of its check. */
char *
words_rule_title(const ReceiverRule *rule)
{
    g_autofree char *own = g_strconcat("rule.", rule->id, NULL);

    if (rule->title)
        return g_strdup(rule->title);
    return plain("rule.", text_of(own) ? rule->id : check_of(rule));
}

void
words_append_rule_evidence(GString *out, const ReceiverRule *rule)
{
    char *const *args = rule->args;
    gpointer list[G_N_ELEMENTS(rule->args)] = { NULL };
    GPtrArray borrowed = { list, 0 };

    if (!rule->reason)
        return;
    while (borrowed.len < G_N_ELEMENTS(list) && args[borrowed.len]) {
        list[borrowed.len] = args[borrowed.len];
        borrowed.len++;
    }
    append_filled(out, rule->reason, &borrowed);
}

char *
words_rule_evidence(const ReceiverRule *rule)
{
    GString *out = g_string_new(NULL);

    words_append_rule_evidence(out, rule);
    return g_string_free(out, FALSE);
}

char *
words_rule_effect(const ReceiverRule *rule)
{
    return plain("effect.", effect_words[rule->effect]);
}

char *
words_rule_remedy(const ReceiverRule *rule)
{
    return plain("do.", check_of(rule));
}

char *
words_rule_clash(const ReceiverRule *rule)
{
    return rule->clash ? plain("clash.", rule->clash) : NULL;
}

void
words_append_shown_line(GString *out, const Shown *shown)
{
    append_filled(out, shown->form, shown->line_args);
}

void
words_append_shown_why(GString *out, const Shown *shown)
{
    append_filled(out, shown->reason, shown->why_args);
}

char *
words_shown_line(const Shown *shown)
{
    return filled(shown->form, shown->line_args);
}

char *
words_shown_why(const Shown *shown)
{
    return filled(shown->reason, shown->why_args);
}

char *
words_shown_mark(const Shown *shown)
{
    return shown->mark ? filled(shown->mark, shown->line_args) : NULL;
}

const char *
words_rule_result(Result result)
{
    return result == RESULT_SKIPPED ? _("not applicable") : words_result(result);
}
