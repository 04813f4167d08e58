"""Whole headers as receivers leave them, around a message whose truth is known: what the receiver found and what it said.

SPDX-License-Identifier: MIT"""

IP = "192.0.2.1"


class Case:
    """The author, what was reported of SPF and DKIM, and the receiver's DMARC word for it."""

    def __init__(self, rng):
        self.author = rng.choice(["example.com", "news.example.com", "shop.example.co.jp", "bank.example"])
        self.spf = (self.name(rng), rng.choice(["pass"] * 5 + ["fail", "softfail", "none", "neutral", "temperror"]))
        self.dkim = [(self.name(rng), rng.choice(["pass"] * 4 + ["fail", "permerror", "timeout"]))
                     for _ in range(rng.choice([0, 1, 1, 1, 2, 3]))]
        said = [self.spf] + self.dkim
        aligned = any(word == "pass" and organization(name) == organization(self.author) for name, word in said)
        self.verdict = "pass" if aligned else "fail"
        self.dmarc = self.verdict if rng.random() < 0.85 else {"pass": "bestguesspass", "fail": "none"}[self.verdict]
        if rng.random() < 0.03:
            self.dmarc = rng.choice(["temperror", "permerror", "unknown"])
        if self.dmarc not in ("pass", "fail"):
            self.verdict = "unknown"
        self.sender = rng.choice(["", "bounce+1=a@", "a@"]) + self.spf[0]
        self.helo = rng.random() < 0.1      # HELO's name beside it, which must not count

    def name(self, rng):
        parts = self.author.split(".")
        return rng.choice([self.author, self.author, "mail." + self.author, organization(self.author), "em." + organization(self.author),
                           "esp.example", "other.example.net", "xample.com", "amazonses.com", ".".join(parts[-2:]) + ".example"])


def organization(name):
    """Enough of the public suffix list for the names used here."""
    labels = name.split(".")
    return ".".join(labels[-3:] if labels[-2:] == ["co", "jp"] else labels[-2:])


def came_in(by, helo="mail.sender.example"):
    return f"Received: from {helo} ({helo} [{IP}]) by {by}; Sun, 22 Nov 2026 04:00:00 +0000"


def below():
    """What the sender's own servers wrote."""
    return ["Received: from desk.sender.example (desk.sender.example [198.51.100.9]) by mail.sender.example; Sun, 22 Nov 2026 03:59:58 +0000",
            "X-Mailer: example"]


def microsoft(rng, case):
    signed = case.dkim or [("none", "none")]
    parts = [f"spf={case.spf[1]} (sender IP is {IP})\n smtp.mailfrom={case.spf[0]}"]
    parts += [f"dkim={word} (signature was verified)\n header.d={name}" for name, word in signed]
    tail = f"dmarc={case.dmarc} action=none\n header.from={case.author}"
    value = "; ".join(parts) + ";" + tail + rng.choice([";compauth=pass reason=100", ";", ""])
    if rng.random() < 0.3:
        value = value.replace("; dkim", "; tenant.example; dkim", 1)
    inner = ["Received: from A.prod.outlook.com (2603:10b6:303:87::22) by\n B.prod.outlook.com (2603:10b6:510:fe::21) with Microsoft SMTP Server",
             "Received: from C.eop-nam10.prod.protection.outlook.com (2603:10b6:303:87:cafe::3) by\n D.outlook.office365.com (2603:10b6:303:87::22)"]
    spf = f"Received-SPF: {case.spf[1].capitalize()} (protection.outlook.com: domain of {case.spf[0]})\n receiver=protection.outlook.com; client-ip={IP}; helo=mail.sender.example; pr=C"
    border = f"Received: from mail.sender.example ({IP}) by\n E.mail.protection.outlook.com (10.13.154.76) with Microsoft SMTP Server"
    return inner + [f"Authentication-Results: {value}", spf, border] + below() + [f"Return-Path: {case.sender}"]


def google(rng, case):
    parts = [f"dkim={word} header.i=@{name} header.s=s{i} header.b=\"Ab/+1=cd\"" for i, (name, word) in enumerate(case.dkim)]
    parts.append(f"spf={case.spf[1]} (google.com: domain of {case.sender} designates {IP} as permitted sender) smtp.mailfrom={case.sender}")
    parts.append(f"dmarc={case.dmarc} (p=NONE sp=NONE dis=NONE) header.from={case.author}")
    value = "mx.google.com;\n       " + ";\n       ".join(parts)
    head = ["Delivered-To: v@example.org", "Received: by 2002:a05:7300:1 with SMTP id a1csp1; Sun, 22 Nov 2026 04:00:01 +0000",
            "ARC-Authentication-Results: i=1; " + value, f"Return-Path: <{case.sender}>", came_in("mx.google.com"),
            f"Received-SPF: {case.spf[1]} (google.com: domain of {case.sender} designates {IP} as permitted sender) client-ip={IP};"]
    return head + ["Authentication-Results: " + value] + below()


def milter_fields(case, host):
    fields = [f"Authentication-Results: {host}; dmarc={case.dmarc} (p=reject dis=none)\n header.from={case.author}",
              f"Authentication-Results: {host}; spf={case.spf[1]} smtp.mailfrom={case.sender}" + (" smtp.helo=" + case.author if case.helo else ""),
              f"Authentication-Results: {host}; arc=none smtp.remote-ip={IP}"]
    if case.dkim:
        fields.append(f"Authentication-Results: {host}; " + "; ".join(f"dkim={w} (2048-bit key) header.d={n}" for n, w in case.dkim))
    else:
        fields.append(f"Authentication-Results: {host}; dkim=none")
    return fields


def postfix(rng, case):
    fields = milter_fields(case, "mx.example.org")
    rng.shuffle(fields)
    inner = ["Received: from mx.example.org (localhost [127.0.0.1]) by mx.example.org (Postfix)"] if rng.random() < 0.5 else []
    return [f"Return-Path: <{case.sender}>"] + inner + fields + [came_in("mx.example.org")] + below()


def proton(rng, case):
    return [f"Return-Path: <{case.sender}>", came_in("mailin014.protonmail.ch")] + below()[:1] + milter_fields(case, "mailin014.protonmail.ch")


def apple(rng, case):
    spf = f"{case.spf[1]} (spf.icloud.com: domain of {case.sender} designates {IP} as permitted sender)"
    fields = ["Authentication-Results: bimi.icloud.com; bimi=skipped reason=\"insufficient dmarc\"", "Authentication-Results: arc.icloud.com; arc=none",
              f"Authentication-Results: dmarc.icloud.com; dmarc={case.dmarc} header.from={case.author}", "X-DMARC-Info: pass=pass; dmarc-policy=none; s=r0; d=r1"]
    fields += [f"Authentication-Results: dkim-verifier.icloud.com;\n\tdkim={w} (1024-bit key) header.d={n} header.i=@{n} header.b=iBgqeTn7" for n, w in case.dkim]
    fields += [f"Authentication-Results: spf.icloud.com; spf={spf} smtp.mailfrom={case.sender}",
               f"Received-SPF: {spf} receiver=spf.icloud.com; client-ip={IP}; helo=mail.sender.example; envelope-from={case.sender}"]
    return ["Received: from p1-mailgateway (localhost [127.0.0.1]) by p2-mailgateway"] * rng.randrange(2) + \
        [came_in("ci74p00im-1.me.com")] + fields + below()


def amazon(rng, case):
    value = f"amazonses.com; spf={case.spf[1]} (spfCheck: domain of {case.spf[0]}) client-ip={IP}; envelope-from={case.sender}; helo=mail.sender.example; "
    value += "".join(f"dkim={w} header.i=@{n}; " for n, w in case.dkim) + f"dmarc={case.dmarc} header.from={case.author};"
    return [f"Return-Path: <{case.sender}>", came_in("inbound-smtp.us-east-1.amazonaws.com"), "X-SES-Spam-Verdict: PASS",
            f"Received-SPF: {case.spf[1]} (spfCheck: domain of {case.spf[0]}) client-ip={IP}; envelope-from={case.sender}; helo=mail.sender.example;",
            "Authentication-Results: " + value] + below()


def yahoo(rng, case):
    parts = [f"dkim={w} header.i=@{n} header.s=s" for n, w in case.dkim] or ["dkim=unknown"]
    parts += [f"spf={case.spf[1]} smtp.mailfrom={case.spf[0]}", f"dmarc={case.dmarc}(p=NONE,sp=QUARANTINE) header.from={case.author}"]
    host = "atlas-production.v2-mail-prod1-gq1.omega.yahoo.com"
    return [f"Received: from 127.0.0.1\n by {host} with HTTP; Sun, 22 Nov 2026 04:00:01 +0000", f"Return-Path: <{case.sender}>",
            f"X-Originating-Ip: [{IP}]", f"Received-SPF: {case.spf[1]} (domain of {case.spf[0]} designates {IP} as permitted sender)",
            f"Authentication-Results: {host};\n " + ";\n ".join(parts) + ";", f"Received: from {IP} (EHLO mail.sender.example) by 10.1.2.3"] + below()


ALL = {"microsoft": microsoft, "google": google, "postfix": postfix, "proton": proton, "apple": apple, "amazon": amazon, "yahoo": yahoo}


def header(rng, kind, case):
    return ALL[kind](rng, case) + [f"From: A <a@{case.author}>", "Subject: x"]


def forged(kind, case):
    """A stamp in the receiver's own manner, written by the sender."""
    if kind == "microsoft":
        return f"Authentication-Results: spf=pass (sender IP is {IP}) smtp.mailfrom={case.author};dmarc=pass action=none header.from={case.author}"
    host = {"google": "mx.google.com", "postfix": "mx.example.org", "proton": "mailin014.protonmail.ch", "apple": "dmarc.icloud.com",
            "amazon": "amazonses.com", "yahoo": "atlas-production.v2-mail-prod1-gq1.omega.yahoo.com"}[kind]
    return f"Authentication-Results: {host}; spf=pass smtp.mailfrom={case.author}; dmarc=pass header.from={case.author}"
