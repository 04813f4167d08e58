#!/usr/bin/python3
"""Some hundred messages of random make: what is shown as a fix is one, every leg is what its removal shows, and
nobody is told to publish DMARC before something aligned passes. ADVICE_COUNT sets how many, ADVICE_SEED which.
SPDX-License-Identifier: MIT"""
import os
import random
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from advicelib import BODY, Folder, Mail, Tap, hop, ids_of, options_of, verdict  # noqa: E402
from cases import LIST, POST, footer, key, retagged  # noqa: E402

COUNT = int(os.environ.get("ADVICE_COUNT", "250"))
SEED = int(os.environ.get("ADVICE_SEED", "9989"))
AUTHORS = ["news@brand.example", "a@mail.brand.example", "user@visitor.example", "a@alice.github.io"]
ENVELOPES = ["news@brand.example", "b@bounce.brand.example", "b@esp.example", "", "b@list.example",
             "SRS0=a=b=brand.example=x@alumni.example", "0100@eu-west-1.amazonses.com", "x@mallory.github.io"]
SIGNERS = ["brand.example", "mail.brand.example", "esp.example", "brand-example.20230601.gappssmtp.com",
           "mallory.github.io", "amazonses.com", "shop.example"]
HELOS = ["mail.brand.example", "mail.esp.example", "www.shop.example", "a1.smtp-out.amazonses.com", None]
SPF = ["v=spf1 ip4:192.0.2.10 -all", "v=spf1 ip4:192.0.2.0/24 ~all", "v=spf1 ip4:198.51.100.7 -all", "v=spf1 ip4:198.51.100.7 ~all", "v=spf1 +all",
       "v=spf1 include:gone.example ip4:192.0.2.10 -all", "v=spf1 ipv4:192.0.2.10 -all", None, "v=spf1 a mx -all"]
DMARC = ["v=DMARC1; p=reject", "v=DMARC1; p=none", "v=DMARC1; p=quarantine; aspf=s; adkim=s", "v=DMARC1; p=reject; psd=n",
         "v=DMARC1; p=reject; adkim=s; rua=mailto:d@brand.example", "v=DMARC1; p=rejcet", None, None, "v=DMARC1; p=none; psd=y"]
RECIPIENTS = ["reader@receiver.example", "support@shop.example", "talk@list.example", "someone@esp.example"]


def signature(rng):
    domain = rng.choice(SIGNERS)
    tags = rng.choice([{}, {}, {}, {"s": "lost"}, {"s": "old"}, {"t": 1795000000, "x": 1795100000}, {"l": 20}, {"l": len(BODY)}])
    return domain, tags


def mail_of(rng):
    author = rng.choice(AUTHORS)
    envelope = rng.choice(ENVELOPES + [author] * 8)
    domain = envelope.rsplit("@", 1)[-1]
    dns = [key(d, "old", "v=DKIM1; k=ed25519; p=") for d in SIGNERS] + [LIST]
    for name in ("brand.example", "visitor.example", "github.io", "shop.example", "gappssmtp.com"):
        text = rng.choice(DMARC)
        if text:
            dns.append(f'_dmarc.{name}. 300 IN TXT "{text}"')
    if rng.random() < 0.1 and domain:
        dns.append(f'{domain}. 300 IN TXT "v=spf1 ip4:203.0.113.1 -all"')
    dmarc = rng.choice(DMARC) if author.rsplit("@", 1)[-1] not in ("brand.example", "visitor.example") else None
    return Mail(author=author, mail_from=envelope, helo=rng.choice(HELOS), to=rng.choice(RECIPIENTS), dns=dns,
                name=rng.choice([None, "www.shop.example", "mail.brand.example"]),
                sign=[signature(rng) for _ in range(rng.choice([0, 0, 1, 1, 2]))], dmarc=dmarc,
                spf=rng.choice(SPF) if domain and domain != "list.example" else None,
                head=rng.choice(["", "", POST]), after=rng.choice([None] * 5 + [footer, retagged]),
                below=rng.choice(["", "", hop("mail.brand.example", "198.51.100.7", by="mail.forwarder.example")]))


def publishes(item):
    """A DMARC record of somebody's own, where there may be none yet."""
    return item["pattern"] in ("no-dmarc-record", "record-broken")


def faults_of(folder, report):
    """What is wrong with the advice of one report."""
    result = verdict(report)
    aligned = any(i["authenticated"] and i["aligned"] for rfc in ("rfc9989", "rfc7489")
                  for i in report["dmarc"][rfc]["identifiers"])
    tree = ids_of(report["tree"])
    if result in ("pass", "fail", "none") and not report["advice"]:
        yield f"{result} and no advice"
    for item in report["advice"]:
        name = item["pattern"]
        if item["turns"] and item["turns"] not in tree:
            yield f"{name} turns {item['turns']}, which is not in the tree"
        if publishes(item) and not aligned:
            yield f"{name} without anything aligned"
        if re.search(r"\{[0-9#*]|\(\)|  ", item["text"]):
            yield f"{name} says {item['text']!r}"
        if item["edits"] and result != "pass":
            after = verdict(folder.report(None, *options_of(item)))
            if item["proved"] and after != "pass":
                yield f"{name} is proved, and gives {after}"
            if after not in ("pass", "none", "unknown", "temperror"):
                yield f"{name} is shown, and gives {after}"
            if after == "pass" and not item["proved"]:
                yield f"{name} passes, and is not proved"
        for leg in item["legs"]:
            after = verdict(folder.report(None, "--what-if", leg["edit"])) if leg["edit"] else leg["without"]
            if after != leg["without"]:
                yield f"without {leg['edit']} it is {after}, not {leg['without']}"


tap = Tap()
folder = Folder()
rng = random.Random(SEED)
seen, results = {}, {}
for number in range(COUNT):
    report = folder.report(mail_of(rng))
    results[verdict(report)] = results.get(verdict(report), 0) + 1
    for item in report["advice"]:
        seen[item["pattern"]] = seen.get(item["pattern"], 0) + 1
    faults = list(faults_of(folder, report))
    if faults:
        tap.ok(False, f"message {number}", "; ".join(faults))
tap.ok(tap.bad == 0, f"{COUNT} messages: {results}")
tap.ok(len(seen) >= 20, "patterns met: " + ", ".join(f"{k} {v}" for k, v in sorted(seen.items())), len(seen))
tap.end()
