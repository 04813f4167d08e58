/* words-chart.c: the cells of the chart in words: chart-SPF-DKIM, each by an example that happens
 * every day. In them example.com is the domain in From:, and is shown as that of the message that is open.
 * SPDX-License-Identifier: MIT */
#include "tree/words.h"

#include "base/translate.h"

const TextWords words_chart[] = {
    { "chart-aligned-aligned",
      N_("Example: a server of example.com sends with example.com on the envelope and signs "
         "with d=example.com. If a forward breaks SPF, the signature still stands.") },
    { "chart-aligned-unaligned",
      N_("Example: a server of example.com sends, and only its provider signs, with a name of "
         "its own. SPF alone carries the result: the first forward breaks it. Sign with "
         "d=example.com.") },
    { "chart-aligned-fail",
      N_("Example: a server of example.com sends and signs, but a gateway changed the text "
         "behind the signature, or the key is not in DNS. SPF saves it here, not after a "
         "forward.") },
    { "chart-aligned-none",
      N_("Example: an old server of example.com sends, and nobody signs. It passes until "
         "somebody forwards it. Sign with d=example.com.") },
    { "chart-unaligned-aligned",
      N_("Example: a newsletter service takes the bounces on its own name, and signs with "
         "d=example.com. That is how most services are set up. The signature alone carries the "
         "result.") },
    { "chart-unaligned-unaligned",
      N_("Example: a web form or a service sends and signs with its own name, and writes "
         "example.com in From:. Two checks pass, and DMARC fails: both passed for somebody "
         "else.") },
    { "chart-unaligned-fail",
      N_("Example: a mailing list sends it on with its own envelope and adds a footer, which "
         "breaks the author's signature. The list should leave the text alone, or write its own"
         " name in From:.") },
    { "chart-unaligned-none",
      N_("Example: a web server sends the mail of a form with its own name on the envelope, "
         "unsigned, and example.com in From:.") },
    { "chart-fail-aligned",
      N_("Example: a plain forward. The forwarder's server is not in the SPF record of "
         "example.com, but the text was left as it was, so the signature of example.com still "
         "proves it.") },
    { "chart-fail-unaligned",
      N_("Example: a service sends from a server that the SPF record does not name, and signs "
         "with its own name. Sign with d=example.com.") },
    { "chart-fail-fail",
      N_("Example: a forward that changed the text on the way: SPF fails, and the signature, "
         "too. A forgery with a copied signature looks the same.") },
    { "chart-fail-none",
      N_("Example: a server that the SPF record does not name sends unsigned: one that was "
         "forgotten there, or a forgery.") },
    { "chart-none-aligned",
      N_("Example: the name on the envelope has no SPF record, and the mail is signed with "
         "d=example.com. That is enough for DMARC. Publish an SPF record, too.") },
    { "chart-none-unaligned",
      N_("Example: the name on the envelope has no SPF record, and only a provider signs, with "
         "its own name. Sign with d=example.com.") },
    { "chart-none-fail",
      N_("Example: the name on the envelope has no SPF record, and the signature does not hold:"
         " changed on the way, or its key is not in DNS.") },
    { "chart-none-none",
      N_("Example: a new server, nothing set up yet: no SPF record, no signature. Nothing can "
         "be proved. Begin with both, then publish a DMARC record.") },

    /* ---- what a state is called; its short name, for a heading ---- */
    { "chart-spf-aligned", N_("SPF passed for the domain in From:") },
    { "chart-spf-unaligned", N_("SPF passed for another domain") },
    { "chart-spf-fail", N_("SPF did not pass") },
    { "chart-spf-none", N_("no SPF record") },
    { "chart-dkim-aligned", N_("a signature of the domain in From: is good") },
    { "chart-dkim-unaligned", N_("only a signature of another domain is good") },
    { "chart-dkim-fail", N_("no signature is good") },
    { "chart-dkim-none", N_("not signed") },

    /* ---- what is missing for Gmail's bulk rule ---- */
    { "chart-lacks-spf", N_("SPF must pass") },
    { "chart-lacks-dkim", N_("DKIM must pass") },
    { "chart-lacks-alignment", N_("one of the two must be for the domain in From:") },
    { "chart-lacks-record", N_("a DMARC record (p=none is enough)") },

    /* ---- changes that lead to another cell ---- */
    { "chart-move-own-envelope",
      N_("Put your own domain on the envelope (MAIL FROM), with an SPF record that names the sending host") },
    { "chart-move-own-host",
      N_("Name the sending host in the SPF record, with the domain in From: on the envelope") },
    { "chart-move-new-record",
      N_("Publish an SPF record that names the sending host, with the domain in From: on the envelope") },
    { "chart-move-own-signature",
      N_("Sign with your own domain (d= the domain in From:)") },
    { "chart-move-whole-signature",
      N_("Leave the text as it was signed, and keep the key of your own domain in DNS") },
    { "chart-move-other-envelope",
      N_("A service takes the bounces on its own name") },
    { "chart-move-forward",
      N_("A forward: the next host stands in no SPF record of the domain on the envelope") },
    { "chart-move-relay-envelope",
      N_("A list or a forwarder writes its own name on the envelope (SRS)") },
    { "chart-move-altered",
      N_("The text is changed on the way, by a footer or a gateway") },
    { NULL, NULL }
};
