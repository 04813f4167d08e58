"""A mailbox of many senders, with its DNS, and what `survey` says of it; and the same counted here, from `report`.
SPDX-License-Identifier: MIT"""
import collections
import datetime
import json
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "advice"))
import advicelib                                            # noqa: E402
from advicelib import Mail, PROGRAM, Tap                    # noqa: E402,F401

BEGIN = datetime.datetime(2026, 10, 1, 8, 0, tzinfo=datetime.timezone.utc)
PASSING = {"spf": "v=spf1 ip4:192.0.2.0/24 include:_spf.google.com -all"}
BRAND = "news@brand.example"
DMARC = "v=DMARC1; p=none; rua=mailto:d@brand.example"
AMAZON = "v=spf1 ip4:198.51.100.0/25 -all"


def senders():
    """(messages, arguments of Mail): who sends as brand.example, rightly or not, and some others."""
    own = {"dmarc": DMARC}
    shop = {"dmarc": "v=DMARC1; p=reject", "author": "order@shop.example"}
    return [
        (60, dict(own, ip="192.0.2.10", sign=["brand.example"], **PASSING)),
        (25, dict(own, ip="192.0.2.77", sign=["brand.example"], **PASSING)),
        (30, dict(own, author="Anna <anna@brand.example>", mail_from="anna@brand.example", ip="203.0.113.30",
                  helo="mail-oi1-f1.google.com", name="mail-oi1-f1.google.com", sign=["brand.example"], **PASSING,
                  dns=["_spf.google.com. 300 IN TXT \"v=spf1 ip4:203.0.113.0/24 -all\""])),
        (40, dict(own, mail_from="0100@amazonses.com", ip="198.51.100.5", helo="a1.smtp-out.us-west-2.amazonses.com",
                  name="a1.smtp-out.us-west-2.amazonses.com", sign=["amazonses.com"], spf=AMAZON)),
        (12, dict(own, mail_from="0101@amazonses.com", ip="198.51.100.77", helo="a2.smtp-out.us-west-2.amazonses.com",
                  name="a2.smtp-out.us-west-2.amazonses.com", sign=["amazonses.com", "brand.example"], spf=AMAZON)),
        (22, dict(own, mail_from="b@em1.sendgrid.net", ip="198.51.100.200", sign=["sendgrid.net"],
                  spf="v=spf1 ip4:198.51.100.128/25 -all")),
        (9, dict(own, mail_from="b@mail.shop-hosting.example", ip="203.0.113.200", sign=["shop-hosting.example"],
                 spf="v=spf1 ip4:203.0.113.200 -all")),
        (14, dict(own, mail_from="www-data@web7.hosting.example", ip="203.0.113.210",
                  spf="v=spf1 ip4:203.0.113.210 -all")),
        (10, dict(own, ip="2001:db8:66:1::25")),
        (5, dict(own, ip="198.51.100.66", **PASSING)),
        (3, dict(own, mail_from="", ip="192.0.2.20", helo="mx1.brand.example", sign=["brand.example"])),
        (6, dict(own, author="info@eu.brand.example", mail_from="info@eu.brand.example", ip="192.0.2.30",
                 sign=["eu.brand.example"], spf="v=spf1 ip4:192.0.2.0/24 -all")),
        (8, dict(own, mail_from="list-bounces@lists.example", ip="203.0.113.99", sign=["lists.example", "brand.example"],
                 spf="v=spf1 ip4:203.0.113.99 -all",
                 after=lambda head, body: (head, body + b"-- \r\nlist footer\r\n"))),
        (4, dict(own, mail_from="relay@forward.example", ip="203.0.113.50", sign=["brand.example"],
                 spf="v=spf1 ip4:203.0.113.50 -all")),
        (16, dict(shop, ip="192.0.2.200", sign=["shop.example"], spf="v=spf1 ip4:192.0.2.200 -all")),
        (5, dict(shop, ip="198.51.100.66", spf="v=spf1 ip4:192.0.2.200 -all")),
        (11, dict(author="a@small.example", dmarc=None, ip="203.0.113.3", spf="v=spf1 ip4:203.0.113.3 -all")),
        (2, dict(author="b@nothing.example", dmarc=None, ip="203.0.113.4")),
        (6, dict(author="c@xn--bcher-kva.example", ip="203.0.113.5", sign=["xn--bcher-kva.example"],
                 dmarc="v=DMARC1; p=quarantine")),
        (3, dict(author="A <a@one.example>, B <b@two.example>", mail_from="a@one.example", ip="203.0.113.6", dmarc=None,
                 dns=["_dmarc.one.example. 300 IN TXT \"v=DMARC1; p=reject\""])),
    ]


def dated(raw, when):
    text = when.strftime("%a, %d %b %Y %H:%M:%S +0000").encode()
    return raw.replace(b"Received: from ", b"Received: from ", 1).replace(
        b"\r\n " + advicelib.DATE.encode() + b"\r\n", b"\r\n " + text + b"\r\n", 1)


def mailbox(times=1, seed=7):
    """[(raw message, when)], shuffled, and the zone."""
    messages, lines = [], []
    for number, (count, given) in enumerate(senders()):
        mail = Mail(**given)
        raw = mail.bytes()
        lines += [line for line in mail.zone().splitlines() if not line.startswith(";!")]
        for i in range(count * times):
            when = BEGIN + datetime.timedelta(minutes=211 * i + 17 * number)
            messages.append(dated(raw, when))
    random.Random(seed).shuffle(messages)
    zone = [";! snapshot 1", ";! complete ."] + sorted(set(lines))
    return messages, "\n".join(zone) + "\n"


def mbox_bytes(messages):
    out = []
    for raw in messages:
        text = raw.replace(b"\r\n", b"\n")
        out.append(b"From MAILER-DAEMON Thu Oct  1 08:00:00 2026\n" + re.sub(rb"(?m)^(>*From )", rb">\1", text) + b"\n")
    return b"".join(out)


class Box:
    """A folder for mailboxes, with a zone."""

    def __init__(self, tap):
        self.tap = tap
        self.folder = tempfile.TemporaryDirectory()
        self.zone = None

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, data):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(data.encode() if isinstance(data, str) else data)
        return path

    def environment(self, **more):
        return dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="", NO_COLOR="1", TZ="UTC", **more)

    def run(self, *words, timeout=300, **more):
        dns = ["--dns", self.zone] if self.zone and "--merge" not in words and "--offline" not in words else []
        return subprocess.run([PROGRAM, *words[:1], *dns, *words[1:]], env=self.environment(), capture_output=True,
                              timeout=timeout, cwd=self.folder.name, **more)

    def survey(self, *words, status=0):
        done = self.run("survey", "--format", "json", *words)
        if done.returncode != status:
            raise RuntimeError(f"exit {done.returncode}: {done.stderr[:600]!r}")
        return json.loads(done.stdout)

    def same(self, got, want, name):
        self.tap.ok(got == want, name, f"got {str(got)[:1500]}\n#   want {str(want)[:1500]}" if got != want else "")

    def check(self, good, name, note=""):
        self.tap.ok(bool(good), name, note)


# ---- the same, counted from the reports ----

def network(address):
    if not address:
        return None
    if ":" not in address:
        return ".".join(address.split(".")[:3]) + ".0/24"
    import ipaddress
    return str(ipaddress.ip_network(address + "/48", strict=False))


def state_of(report, mechanism):
    """aligned, unaligned, fail, none; None where it is open."""
    found = [i for i in report["dmarc"]["rfc9989"]["identifiers"] if i["mechanism"] == mechanism]
    if not found:
        found = [i for i in report["dmarc"]["rfc7489"]["identifiers"] if i["mechanism"] == mechanism]
    if any(i["authenticated"] is None or (i["authenticated"] and i["aligned"] is None) for i in found):
        return None
    if any(i["authenticated"] and i["aligned"] for i in found):
        return "aligned"
    if any(i["authenticated"] for i in found):
        return "unaligned"
    if mechanism == "spf":
        return "none" if not found or report["spf"]["mail_from"]["result"] == "none" and (
            report["spf"]["helo"]["result"] == "none" or report["envelope"]["mail_from"]["address"]) else "fail"
    return "fail" if found else "none"


def received(report):
    times = [hop["date"] for hop in report["route"] if hop["date"]]
    when = datetime.datetime.fromisoformat(times[0]) if times else None
    return when.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def key_of(report):
    verdicts = {r["profile"]: r["result"] for r in report["receivers"]}
    return (report["from"]["domain"], report["envelope"]["mail_from"]["domain"],
            tuple(sorted({d["domain"] for d in report["dkim"] if d["result"] == "pass"})),
            network(report["envelope"]["client_ip"]["address"]), report["dmarc"]["rfc9989"]["result"],
            verdicts.get("gmail-bulk", "unknown"), verdicts.get("yahoo-bulk", "unknown"),
            verdicts.get("microsoft-bulk", "unknown"))


def count(reports):
    """What a survey should say, from the objects that `report` printed."""
    whole = {"messages": 0, "unreadable": 0, "unknown": 0, "chart": collections.Counter(), "groups": {}}
    for report in reports:
        if "from" not in report:
            whole["unreadable"] += 1
            continue
        whole["messages"] += 1
        cell = (state_of(report, "spf"), state_of(report, "dkim"))
        if None in cell or report["from"]["domain"] is None:
            whole["unknown"] += 1
        else:
            whole["chart"][cell] += 1
        group = whole["groups"].setdefault(key_of(report), {"count": 0, "dates": [], "places": [],
                                                            "advice": collections.Counter()})
        group["count"] += 1
        group["dates"].append(received(report))
        group["places"].append((received(report), report["source"]["path"], report["source"]["index"]))
        if report["advice"]:
            group["advice"][(report["advice"][0]["pattern"], report["advice"][0]["who"])] += 1
    return whole


def key_of_group(group):
    return (group["author_domain"], group["envelope_domain"], tuple(group["signers"]), group["network"],
            *(group["verdicts"][k] for k in ("dmarc", "gmail-bulk", "yahoo-bulk", "microsoft-bulk")))


def counted(survey):
    """A survey in the form of count(), as far as it says it."""
    return {"messages": survey["messages"], "unreadable": survey["unreadable"], "unknown": survey["unknown"],
            "chart": collections.Counter({(c["spf"], c["dkim"]): c["count"] for c in survey["chart"] if c["count"]}),
            "groups": {key_of_group(g): {"count": g["count"], "first": g["first"], "last": g["last"],
                                         "example": (g["example"]["path"], g["example"]["index"]),
                                         "advice": collections.Counter({(a["pattern"], a["who"]): a["count"]
                                                                        for a in g["advice"]})}
                       for g in survey["groups"]}}


def finish(whole):
    """count() in the form of counted()."""
    for group in whole["groups"].values():
        dates, places = group.pop("dates"), group.pop("places")
        group["first"], group["last"] = min(dates), max(dates)
        newest = [(path, index) for when, path, index in places if when == group["last"]]
        group["example"] = min(newest)
    return whole
