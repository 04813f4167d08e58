"""For every pattern a message that needs its advice, and one that almost does.
SPDX-License-Identifier: MIT"""
from advicelib import BODY, Mail, hop, signer

ESP = 'esp.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"'
OWN = "v=spf1 ip4:192.0.2.10 -all"
OTHERS = "v=spf1 ip4:198.51.100.7 -all"
LIST = 'list.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"'
POST = "List-Post: <mailto:talk@list.example>\r\nList-Id: Talk <talk.list.example>\r\n"


LONG_AGO = hop("mx.receiver.example", "192.0.2.1", by="store.receiver.example", date="Mon, 01 Jun 2020 10:00:00 +0000")


def footer(head, body):
    return head, body + b"-- \r\nThe list\r\n"


def textless(head, body):
    return head, b"\r\n"


def nameless(head, body):
    return head.replace(b"From:", b"X-From:"), body


def retagged(head, body):
    return head.replace(b"Subject: Hello", b"Subject: [talk] Hello"), body


def form(**more):
    settings = {"author": "user@visitor.example", "mail_from": "www-data@www.shop.example",
                "to": "support@shop.example", "sign": ["shop.example"],
                "dns": ['www.shop.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"',
                        '_dmarc.shop.example. 300 IN TXT "v=DMARC1; p=reject"']}
    settings.update(more)
    return Mail(**settings)


def form_envelope(**more):
    settings = {"author": "user@visitor.example", "helo": "www.shop.example", "name": "www.shop.example",
                "to": "support@shop.example", "spf": OTHERS,
                "dns": ['_dmarc.shop.example. 300 IN TXT "v=DMARC1; p=reject"']}
    settings.update(more)
    return Mail(**settings)


def half_form(**more):
    settings = {"author": "support@brand.example", "mail_from": "user@visitor.example", "helo": "www.brand.example",
                "name": "www.brand.example", "to": "support@brand.example", "head": "Reply-To: user@visitor.example\r\n",
                "dns": ['visitor.example. 300 IN TXT "v=spf1 ip4:198.51.100.7 -all"', f'brand.example. 300 IN TXT "{OWN}"']}
    settings.update(more)
    return Mail(**settings)


def sisters(envelope, signed):
    """From: is news.group.example; only the group has a record."""
    return Mail(author="a@news.group.example", mail_from=f"b@{envelope}", sign=[signed], dmarc=None,
                spf=OWN, dns=['_dmarc.group.example. 300 IN TXT "v=DMARC1; p=reject"'])


def key(domain, selector, text):
    return f'{selector}._domainkey.{domain}. 300 IN TXT "{text}"'


INCLUDES = " ".join(f"include:s{i}.esp.example" for i in range(11))
MANY = [f's{i}.esp.example. 300 IN TXT "v=spf1 ip4:198.51.100.{i} -all"' for i in range(11)]
WEAK, WEAK_PUBLIC = signer.rsa(768)
SHORT, SHORT_PUBLIC = signer.rsa(1024)
LONG, LONG_PUBLIC = signer.rsa(2048)


def long_key(selector, public):
    text = "v=DKIM1; k=rsa; p=" + public
    parts = " ".join(f'"{text[i:i + 200]}"' for i in range(0, len(text), 200))
    return f"{selector}._domainkey.brand.example. 300 IN TXT {parts}"


# pattern: (needs it, almost needs it)
CASES = {
    "web-form-visitor": (form(), form(to="somebody@elsewhere.example")),
    "web-form-envelope": (form_envelope(), form_envelope(
        below=hop("mail.visitor.example", "198.51.100.7", by="www.shop.example", name="mail.visitor.example"))),
    "web-form-half": (half_form(), half_form(head="Reply-To: else@visitor.example\r\n")),
    "sending-service": (Mail(mail_from="b@esp.example", sign=["esp.example"], dns=[ESP]),
                        Mail(mail_from="b@esp.example", sign=["brand.example"], dns=[ESP])),
    "own-mail-from": (Mail(mail_from="b@esp.example", sign=["esp.example"], dns=[ESP]),
                      Mail(mail_from="b@mcsv.net", sign=["mcsv.net"],
                           dns=['mcsv.net. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"'])),
    "third-party-signature-only": (
        Mail(mail_from="news@other.example", sign=["brand-example.20230601.gappssmtp.com"]),
        Mail(mail_from="news@other.example", sign=["mail.brand.example"])),
    "mailing-list": (Mail(mail_from="b@list.example", sign=["brand.example"], after=footer, head=POST,
                          to="talk@list.example", dns=[LIST, '_dmarc.list.example. 300 IN TXT "v=DMARC1; p=none"']),
                     Mail(mail_from="b@list.example", sign=["brand.example"], head=POST, to="talk@list.example",
                          dns=[LIST])),
    "text-missing": (Mail(mail_from="b@gateway.example", sign=["brand.example"], after=textless),
                     Mail(mail_from="b@gateway.example", sign=["brand.example"], after=footer)),
    "altered-in-transit": (Mail(mail_from="b@gateway.example", sign=["brand.example"], after=footer),
                           Mail(mail_from="b@gateway.example", sign=["other.example"], after=footer)),
    "header-altered": (Mail(mail_from="b@gateway.example", sign=["brand.example"], after=retagged),
                       Mail(mail_from="b@gateway.example", sign=["brand.example"])),
    "forwarder": (Mail(mail_from="SRS0=a=b=brand.example=news@alumni.example", helo="alumni.example",
                       sign=["brand.example"], after=retagged, dns=['alumni.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"']),
                  Mail(mail_from="SRS0=a=b=brand.example=news@alumni.example", helo="alumni.example",
                       dns=['alumni.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"'])),
    "no-author": (Mail(after=nameless), Mail()),
    "key-gone": (Mail(mail_from="b@other.example", sign=[("brand.example", {"s": "lost"})], above=LONG_AGO),
                 Mail(mail_from="b@other.example", sign=[("brand.example", {"s": "lost"})])),
    "dkim-key": (Mail(mail_from="b@other.example", sign=[("brand.example", {"s": "lost"})]),
                 Mail(mail_from="b@other.example", sign=[("other.example", {"s": "lost"})])),
    "key-revoked": (Mail(mail_from="b@other.example", sign=[("brand.example", {"s": "old"})],
                         dns=[key("brand.example", "old", "v=DKIM1; k=ed25519; p=")]),
                    Mail(mail_from="b@other.example", sign=[("brand.example", {"s": "old"}), "brand.example"],
                         dns=[key("brand.example", "old", "v=DKIM1; k=ed25519; p=")])),
    "key-weak": (Mail(mail_from="b@other.example", sign=[("brand.example", {"s": "weak", "key": WEAK})],
                      dns=[long_key("weak", WEAK_PUBLIC)]),
                 Mail(mail_from="b@other.example", sign=[("brand.example", {"s": "short", "key": SHORT})],
                      dns=[long_key("short", SHORT_PUBLIC)])),
    "short-key": (Mail(sign=[("brand.example", {"s": "short", "key": SHORT})], dns=[long_key("short", SHORT_PUBLIC)]),
                  Mail(sign=[("brand.example", {"s": "long", "key": LONG})], dns=[long_key("long", LONG_PUBLIC)])),
    "dkim-expired": (Mail(mail_from="b@other.example", sign=[("brand.example", {"t": 1795000000, "x": 1795100000})]),
                     Mail(mail_from="b@other.example", sign=[("brand.example", {"t": 1795000000, "x": 1895100000})])),
    "spf-lacks-sender": (Mail(spf=OTHERS), Mail(spf=OTHERS, sign=["brand.example"])),
    "spf-missing": (Mail(), Mail(spf=OWN)),
    "spf-two-records": (Mail(dns=[f'brand.example. 300 IN TXT "{OWN}"', f'brand.example. 300 IN TXT "{OTHERS}"']),
                        Mail(dns=[f'brand.example. 300 IN TXT "{OWN}"', 'brand.example. 300 IN TXT "site=1"'])),
    "spf-over-limits": (Mail(spf=f"v=spf1 {INCLUDES} ip4:192.0.2.10 -all", dns=MANY),
                        Mail(spf=f"v=spf1 ip4:192.0.2.10 {INCLUDES} -all", dns=MANY)),
    "spf-crowded": (Mail(spf=f"v=spf1 ip4:192.0.2.10 {INCLUDES} -all", dns=MANY),
                    Mail(spf="v=spf1 ip4:192.0.2.10 include:s1.esp.example -all", dns=MANY)),
    "spf-broken": (Mail(spf="v=spf1 ip4:192.0.2.10 ipv4:198.51.100.1 -all"), Mail(spf=OTHERS)),
    "spf-plus-all": (Mail(spf="v=spf1 ip4:198.51.100.7 +all"), Mail(spf="v=spf1 ip4:192.0.2.10 +all")),
    "null-sender": (Mail(mail_from="", helo="mail.host.example",
                         dns=['mail.host.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"']),
                    Mail(mail_from="", helo="mail.brand.example",
                         dns=['mail.brand.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"'])),
    "sign-yourself": (Mail(spf=OTHERS), Mail(spf=OTHERS, sign=["brand.example"], after=footer)),
    "strict-mode": (Mail(mail_from="b@bounce.brand.example", dmarc="v=DMARC1; p=reject; aspf=s",
                         dns=['bounce.brand.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"']),
                    Mail(mail_from="b@bounce.brand.example", dmarc="v=DMARC1; p=reject; adkim=s",
                         dns=['bounce.brand.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"'])),
    "strict-name": (Mail(mail_from="b@esp.example", sign=["mail.brand.example"], dns=[ESP],
                         dmarc="v=DMARC1; p=reject; adkim=s"),
                    Mail(mail_from="b@esp.example", sign=["mail.brand.example"], dns=[ESP])),
    "psd-border": (Mail(author="a@a.b.brand.example", mail_from="x@esp.example", sign=["brand.example"], dmarc=None,
                        dns=['_dmarc.b.brand.example. 300 IN TXT "v=DMARC1; p=quarantine; psd=n"',
                             '_dmarc.brand.example. 300 IN TXT "v=DMARC1; p=reject"']),
                   Mail(author="a@a.b.brand.example", mail_from="x@esp.example", sign=["brand.example"], dmarc=None,
                        dns=['_dmarc.b.brand.example. 300 IN TXT "v=DMARC1; p=quarantine"',
                             '_dmarc.brand.example. 300 IN TXT "v=DMARC1; p=reject"'])),
    "psd-neighbor": (Mail(author="a@treasury.gov.example", mail_from="x@esp.example", sign=["parks.gov.example"],
                          dns=['_dmarc.gov.example. 300 IN TXT "v=DMARC1; p=none; psd=y"']),
                     Mail(author="a@treasury.gov.example", mail_from="x@esp.example", sign=["parks.gov.example"],
                          dns=['_dmarc.gov.example. 300 IN TXT "v=DMARC1; p=none"'])),
    "no-parent-record": (Mail(author="a@news.brand.example", mail_from="x@esp.example", sign=["brand.example"]),
                         Mail(author="a@news.brand.example", mail_from="x@esp.example", sign=["brand.example"],
                              dns=['_dmarc.brand.example. 300 IN TXT "v=DMARC1; p=none"'])),
    "no-dmarc-record": (Mail(sign=["brand.example"], dmarc=None), Mail(sign=["esp.example"], dmarc=None)),
    "record-broken": (Mail(sign=["brand.example"], dmarc="v=DMARC1; p=rejcet"),
                      Mail(sign=["esp.example"], dmarc="v=DMARC1; p=rejcet")),
    "policy-none": (Mail(sign=["brand.example"], dmarc="v=DMARC1; p=none"), Mail(sign=["brand.example"])),
    "hangs-by-policy": (Mail(mail_from="b@esp.example", dns=[ESP], dmarc="v=DMARC1; p=none"),
                        Mail(mail_from="b@esp.example", dns=[ESP])),
    "hangs-by-nothing": (Mail(mail_from="b@esp.example", dns=[ESP], dmarc=None),
                         Mail(mail_from="b@esp.example", dns=[ESP])),
    "second-leg": (Mail(mail_from="b@esp.example", sign=["brand.example"], dns=[ESP]),
                   Mail(spf=OWN, sign=["brand.example"])),
    "nothing-must-change": (Mail(spf=OWN), Mail(spf=OTHERS)),
    "unsigned-tail": (Mail(sign=[("brand.example", {"l": 20})]), Mail(sign=[("brand.example", {"l": len(BODY)})])),
    "shared-parent": (Mail(author="a@alice.github.io", mail_from="x@esp.example", sign=["mallory.github.io"],
                           dmarc=None, dns=['_dmarc.github.io. 300 IN TXT "v=DMARC1; p=reject"']),
                      Mail(author="a@alice.github.io", mail_from="x@esp.example", sign=["mail.alice.github.io"],
                           dmarc=None, dns=['_dmarc.github.io. 300 IN TXT "v=DMARC1; p=reject"'])),
    "sibling-names": (sisters("shop.group.example", "shop.group.example"),
                      sisters("shop.group.example", "group.example")),
    "older-receivers": (Mail(author="a@alice.github.io", mail_from="x@esp.example", sign=["mallory.github.io"],
                             dns=['_dmarc.github.io. 300 IN TXT "v=DMARC1; p=reject"']),
                        Mail(author="a@brand.example", sign=["brand.example"])),
    "several-authors": (Mail(author="a@brand.example, b@other.example", mail_from="x@brand.example", spf=OWN,
                             dns=['_dmarc.other.example. 300 IN TXT "v=DMARC1; p=reject"',
                                  '_dmarc.brand.example. 300 IN TXT "v=DMARC1; p=reject"'], dmarc=None),
                        Mail(author="a@brand.example, b@brand.example", mail_from="x@brand.example", spf=OWN)),
    "forward-unsigned": (Mail(mail_from="SRS0=a=b=brand.example=news@alumni.example", helo="alumni.example",
                              dns=['alumni.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"']),
                         Mail(mail_from="SRS0=a=b=brand.example=news@alumni.example", helo="alumni.example",
                              sign=["brand.example"], after=footer,
                              dns=['alumni.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"'])),
    "forgery-likely": (Mail(mail_from="x@esp.example", dns=[ESP], head="Reply-To: a@thief.example\r\n"),
                       Mail(mail_from="x@esp.example", dns=[ESP], head="Reply-To: a@brand.example\r\n")),
    "forgery-possible": (Mail(mail_from="x@thief.example"),
                         Mail(mail_from="x@thief.example",
                              dns=['thief.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"'])),
    "lookalike": (Mail(author='"service@bank.example" <news@brand.example>', sign=["brand.example"]),
                  Mail(author='"The Brand" <news@brand.example>', sign=["brand.example"])),
}

# What is told first where several fit.
FIRST = {
    "a forward that nobody signed": ("forward-unsigned", Mail(
        mail_from="SRS0=a=b=brand.example=news@alumni.example", helo="alumni.example", to="news@alumni.example",
        dns=['alumni.example. 300 IN TXT "v=spf1 ip4:192.0.2.10 -all"'])),
    "a stranger who wants the answers": ("forgery-likely", Mail(
        mail_from="x@esp.example", dns=[ESP], head="Reply-To: a@thief.example\r\n")),
    "another key stands in DNS": ("dkim-key", Mail(
        mail_from="b@other.example", sign=[("brand.example", {"s": "swapped", "key": LONG})],
        dns=[long_key("swapped", SHORT_PUBLIC)])),
    "a domain that nobody has": ("forgery-possible", Mail(dmarc=None)),
    "a subdomain that is not there yet": ("spf-missing", Mail(author="a@news.brand.example", dmarc=None, dns=[
        '_dmarc.brand.example. 300 IN TXT "v=DMARC1; p=reject"'])),
    "over a limit, and handed in by a host of one's own": ("spf-over-limits", Mail(
        spf=f"v=spf1 {INCLUDES} ip4:192.0.2.10 -all", dns=MANY, helo="out.elsewhere.example",
        name="out.elsewhere.example", below=hop(
            "desk.brand.example", "198.51.100.7", by="mail.elsewhere.example", name="desk.brand.example"))),
}
