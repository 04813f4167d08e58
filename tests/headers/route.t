#!/usr/bin/python3
"""Received fields of all kinds of servers, made from a seed with the truth beside them; then whole ways of
messages, with the hop at which each came in from outside. Prints TAP.

Shapes from the manuals of the servers and from mail in public archives; names and addresses are examples.
SPDX-License-Identifier: MIT"""
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))
PROBE = os.path.join(os.environ.get("BUILD", os.path.join(ROOT, "build")), "tests", "fidelity-probe")
KEYS = ("from", "helo", "ptr", "ip", "by", "protocol", "tls", "id")
ZONES = {"JST": 540, "PDT": -420, "UTC": 0, "CEST": 120, "EST": -300}


class Shapes:
    """Each method gives the text of one field without its date, and what stands in it. None is the default."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def one(self, *of):
        return self.r.choice(of)

    def v4(self):
        return f"{self.one('192.0.2', '198.51.100', '203.0.113')}.{self.r.randrange(1, 255)}"

    def v6(self):
        return f"2001:db8:{self.r.randrange(1, 9999):x}::{self.r.randrange(1, 9999):x}"

    def ip(self):
        return self.v4() if self.r.random() < 0.7 else self.v6()

    def host(self):
        return self.one("mail", "mx1", "out-7", "smtp", "o1.em22", "a8-31.smtp-out") + \
            self.one(".example.com", ".example.jp", ".co.example", ".esp.example", ".mail.example.net")

    def code(self):
        return "".join(self.r.choice("0123456789ABCDEFabcdefGHJK") for _ in range(self.r.randrange(8, 18)))

    def literal(self, ip):
        return f"[IPv6:{ip}]" if ":" in ip and self.r.random() < 0.7 else f"[{ip}]"

    def tls(self):
        return self.one(("1.2", "ECDHE-RSA-AES256-GCM-SHA384"), ("1.3", "TLS_AES_256_GCM_SHA384"),
                        ("1.3", "TLS_AES_128_GCM_SHA256"), ("1.0", "AES256-SHA"), ("1", "DHE-RSA-AES128-SHA"))

    def recipient(self):
        return self.one("", f" for <u{self.r.randrange(99)}@example.org>")

    # ---- the servers ----

    def postfix(self):
        helo, ptr, ip, by, code = self.host(), self.one(self.host(), "unknown"), self.ip(), self.host(), self.code()
        version, cipher = self.tls()
        secure = self.r.random() < 0.7
        login = self.one("", " (Authenticated sender: ann@example.com)")
        extra = self.one("", " key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256")
        peer = self.one("(No client certificate requested)", "(Client did not present a certificate)",
                        '(Client CN "x.example.com", Issuer "R3" (not verified))')
        middle = f" (using TLSv{version} with cipher {cipher} (256/256 bits){extra}) {peer}" if secure else ""
        word = ("ESMTPS" if secure else "ESMTP") + ("A" if login else "")
        return (f"from {helo} ({ptr} {self.literal(ip)}){middle}{login} by {by} (Postfix) with {word} id {code}"
                f"{self.recipient()}",
                dict(zip(KEYS, (helo, helo, None if ptr == "unknown" else ptr, ip, by, word,
                                f"TLSv{version}" if secure else None, code))))

    def postfix_local(self):
        by, code = self.host(), self.code()
        return (f"by {by} (Postfix, from userid {self.r.randrange(2000)}) id {code}",
                dict(by=by, id=code))

    def exim(self):
        helo, ptr, ip, by, code = self.host(), self.host(), self.v4(), self.host(), self.code()
        version, cipher = self.tls()
        port = self.one("", f":{self.r.randrange(1024, 65000)}")
        word = self.one("esmtps", "esmtpsa")
        secure = self.one(f" (TLS{version}) tls {cipher}", f" (TLS{version}:{cipher}:256)")
        tail = f" by {by} with {word} {secure} (Exim 4.96) (envelope-from <b@example.com>) id {code}{self.recipient()}"
        form = self.r.randrange(3)
        if form == 0:
            return (f"from [{ip}]{port} (helo={helo}){tail}",
                    dict(zip(KEYS, (f"[{ip}]{port}", helo, None, ip, by, word, f"TLSv{version}", code))))
        if form == 1:
            return (f"from {ptr} ([{ip}]{port} helo={helo}){tail}",
                    dict(zip(KEYS, (ptr, helo, ptr, ip, by, word, f"TLSv{version}", code))))
        return (f"from {ptr} ([{ip}]{port}){tail}",
                dict(zip(KEYS, (ptr, ptr, ptr, ip, by, word, f"TLSv{version}", code))))

    def exim_local(self):
        by, code = self.host(), self.code()
        return (f"from www-data by {by} with local (Exim 4.94.2) (envelope-from <www-data@{by}>) id {code}",
                {"from": "www-data", "by": by, "protocol": "local", "id": code})

    def sendmail(self):
        helo, ptr, ip, by, code = self.host(), self.host(), self.ip(), self.host(), self.code()
        version, cipher = self.tls()
        forged = self.one("", " (may be forged)")
        return (f"from {helo} ({ptr} {self.literal(ip)}{forged}) by {by} (8.15.2/8.15.2) with ESMTPS id {code} "
                f"(version=TLSv{version} cipher={cipher} bits=256 verify=NO){self.recipient()}",
                dict(zip(KEYS, (helo, helo, ptr, ip, by, "ESMTPS", f"TLSv{version}", code))))

    def sendmail_login(self):
        ip, by, code = self.v4(), self.host(), self.code()
        return (f"from [10.1.2.3] (pc.isp.example [{ip}]) (authenticated bits=0) by {by} (8.14.4/8.14.4) with ESMTP "
                f"id {code}",
                dict(zip(KEYS, ("[10.1.2.3]", "[10.1.2.3]", "pc.isp.example", ip, by, "ESMTP", None, code))))

    def sendmail_submit(self):
        by, code = self.host(), self.code()
        return f"(from root@localhost) by {by} (8.15.2/8.15.2/Submit) id {code}", dict(by=by, id=code)

    def qmail(self):
        helo, ptr, ip, by = self.host(), self.host(), self.v4(), self.host()
        form = self.r.randrange(4)
        if form == 0:
            return f"(qmail {self.r.randrange(99999)} invoked by uid 89)", {}
        if form == 1:
            return f"(qmail {self.r.randrange(99999)} invoked from network)", {}
        if form == 2:
            return (f"from unknown (HELO {helo}) ({self.one('', 'a@')}{ip}) by {by} with SMTP",
                    {"from": "unknown", "helo": helo, "ip": ip, "by": by, "protocol": "SMTP"})
        return (f"from {ptr} (HELO {helo}) (joe@example.com@{ip}) by {by} with ESMTPA",
                {"from": ptr, "helo": helo, "ptr": ptr, "ip": ip, "by": by, "protocol": "ESMTPA"})

    def google(self):
        ptr, ip, code = self.host(), self.ip(), self.code() + ".21"
        version, cipher = self.one(("1_3", "TLS_AES_128_GCM_SHA256"), ("1_2", "ECDHE-ECDSA-AES128-GCM-SHA256"))
        by = self.one("mx.google.com", "gmr-mx.google.com")
        return (f"from {ptr} ({self.one(ptr + '. ', '')}{self.literal(ip).replace('IPv6:', '')}) by {by} with ESMTPS id "
                f"{code}{self.recipient()} (version=TLS{version} cipher={cipher} bits=128/128)",
                {"from": ptr, "helo": ptr, "ip": ip, "by": by, "protocol": "ESMTPS", "id": code,
                 "tls": "TLSv" + version.replace("_", "."), "ptr": ...})

    def google_inner(self):
        by, code = f"2002:a05:{self.r.randrange(1, 65535):x}:b0:{self.r.randrange(1, 65535):x}::1", self.code()
        word = self.one("SMTP", "HTTP")
        return f"by {by} with {word} id {code}{self.recipient()}", {"by": by, "protocol": word, "id": code}

    def google_own(self):
        host, code = f"mail-sor-f{self.r.randrange(9, 99)}.google.com", self.code() + ".31.2026.09.01"
        return (f"from {host} ({host}. [209.85.220.{self.r.randrange(9, 99)}]) by mx.google.com with SMTPS id {code}"
                f"{self.recipient()} (Google Transport Security)",
                {"from": host, "helo": host, "ptr": host, "ip": ..., "by": "mx.google.com", "protocol": "SMTPS",
                 "id": code})

    def gmail_api(self):
        number = self.one("776393159873", "unknown")
        return (f"from {number} named unknown by gmailapi.google.com with HTTPREST",
                {"from": number, "by": "gmailapi.google.com", "protocol": "HTTPREST"})

    def gmail_login(self):
        helo, ip, code = f"[192.168.{self.r.randrange(9)}.7]", self.v4(), self.code()
        return (f"from {helo} (pc.isp.example. [{ip}]) by smtp.gmail.com with ESMTPSA id {code} (version=TLS1_3 "
                "cipher=TLS_AES_128_GCM_SHA256 bits=128/128)",
                {"from": helo, "helo": helo, "ptr": "pc.isp.example", "ip": ip, "by": "smtp.gmail.com",
                 "protocol": "ESMTPSA", "tls": "TLSv1.3", "id": code})

    def microsoft(self):
        names = [f"{self.code()[:6].upper()}.{self.one('namprd19.prod.outlook.com', 'eurprd04.prod.outlook.com')}"
                 for _ in range(2)]
        ips = [f"2603:10{self.one('a6', 'b6')}:{self.r.randrange(1, 999):x}::{self.r.randrange(1, 99):x}" for _ in range(2)]
        via = self.one("", " via Frontend Transport")
        version = self.one("15.20.7452.28", "15.20.9320.9")
        return (f"from {names[0]} ({ips[0]}) by {names[1]} ({ips[1]}) with Microsoft SMTP Server (version=TLS1_2, "
                f"cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id {version}{via}",
                dict(zip(KEYS, (names[0], names[0], None, ips[0], names[1], "Microsoft SMTP Server", "TLSv1.2", version))))

    def microsoft_mapi(self):
        name = f"{self.code()[:6].upper()}.eurprd04.prod.outlook.com"
        return (f"from {name} ([fe80::4d37:ec64:4e90:b16b]) by {name} ([fe80::4d37:ec64:4e90:b16b%7]) with mapi id 15.20.45",
                dict(zip(KEYS, (name, name, None, "fe80::4d37:ec64:4e90:b16b", name, "mapi", None, "15.20.45"))))

    def microsoft_https(self):
        a, b = (f"{self.code()[:6].upper()}.namprd19.prod.outlook.com" for _ in range(2))
        return (f"from {a} (::1) by {b} with HTTPS",
                {"from": a, "helo": a, "ip": "::1", "by": b, "protocol": "HTTPS"})

    def exchange(self):
        a, b = "SRV-EX01.corp.example", "srv-ex02.corp.example"
        ips = (f"192.168.{self.r.randrange(9)}.9", "192.168.1.6")
        version = self.one("15.0.1497.2", "8.1.240.5", "14.3.468.0")
        secure = self.one("", " (TLS)")
        return (f"from {a} ({ips[0]}) by {b} ({ips[1]}) with Microsoft SMTP Server{secure} id {version}",
                dict(zip(KEYS, (a, a, None, ips[0], b, "Microsoft SMTP Server", "TLS" if secure else None, version))))

    def iis(self):
        helo, ip, by = self.host(), self.v4(), self.host()
        return (f"from {helo} ([{ip}]) by {by} with Microsoft SMTPSVC(10.0.14393.4169)",
                {"from": helo, "helo": helo, "ip": ip, "by": by, "protocol": "Microsoft SMTPSVC"})

    def amazon(self):
        helo, ip, code = f"a{self.r.randrange(99)}-{self.r.randrange(99)}.smtp-out.amazonses.com", self.v4(), self.code()
        by = "inbound-smtp.us-east-1.amazonaws.com"
        return (f"from {helo} ({helo} [{ip}]) by {by} with SMTP id {code} for user@example.org",
                dict(zip(KEYS, (helo, helo, helo, ip, by, "SMTP", None, code))))

    def yahoo(self):
        helo, ip = self.host(), self.v4()
        by = f"10.{self.r.randrange(255)}.4.5"
        first = self.one(ip, "127.0.0.1")
        second = f" ({ip})" if first != ip else ""
        return (f"from {first} (EHLO {helo}){second} by {by} with {self.one('SMTP', 'SMTPs')}",
                {"from": first, "helo": helo, "ip": ip, "by": by, "protocol": ...})

    def yahoo_box(self):
        by = "atlas-production.v2-mail-prod1-bf1.omega.yahoo.com"
        return (f"from 127.0.0.1 by {by} pod-id atlas--production-bf1-f5f869c9.bf1.yahoo.com with HTTP",
                {"from": "127.0.0.1", "ip": "127.0.0.1", "by": by, "protocol": "HTTP"})

    def apple(self):
        helo, ip, code = self.host(), self.v4(), self.code()
        by = "p00-icloudmta-smtpin-us-central-1k-60-percent-3"
        return (f"from {helo} ({helo} [{ip}]) by {by} (mailgateway 2412B38) with ESMTPS id {code}{self.recipient()}",
                dict(zip(KEYS, (helo, helo, helo, ip, by, "ESMTPS", None, code))))

    def apple_inner(self):
        a, b, code = "p00-icloudmta-smtpin-7", "p177-mailgateway-smtp-59f8", self.code()
        return (f"from {a} by {b} (mailgateway 2412B38) with SMTP id {code}",
                {"from": a, "helo": a, "by": b, "protocol": "SMTP", "id": code})

    def mimecast(self):
        helo, ip, code = self.host(), self.v4(), "us-mta-379-" + self.code()
        secure = self.one(("with ESMTP with STARTTLS (version=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384)", "TLSv1.3", ""),
                          ("with ESMTP", "TLS", " (Using TLS)"))
        return (f"from {helo} ({helo} [{ip}]){secure[2]} by relay.mimecast.com {secure[0]} id {code}",
                dict(zip(KEYS, (helo, helo, helo, ip, "relay.mimecast.com", "ESMTP", secure[1], code))))

    def proofpoint(self):
        code = self.code()
        return (f"from pps.filterd (m0246630.ppops.net [127.0.0.1]) by mx0b-00069f02.pphosted.example "
                f"(8.18.1.2/8.18.1.2) with ESMTP id {code}",
                dict(zip(KEYS, ("pps.filterd", "pps.filterd", "m0246630.ppops.net", "127.0.0.1",
                                "mx0b-00069f02.pphosted.example", "ESMTP", None, code))))

    def proofpoint_border(self):
        helo, ip, code = self.host(), self.v4(), self.code()
        return (f"from {helo} ({helo} [{ip}]) by mx0b-00069f02.pphosted.example (PPS) with ESMTPS id {code} "
                "(version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NOT)",
                dict(zip(KEYS, (helo, helo, helo, ip, "mx0b-00069f02.pphosted.example", "ESMTPS", "TLSv1.2", code))))

    def mdaemon(self):
        helo, ip, by = self.host(), self.v4(), self.host()
        return (f"from {helo} ([{ip}]) by {by} (MDaemon PRO v21.0.2) with ESMTPS id md50001234567.msg{self.recipient()}",
                {"from": helo, "helo": helo, "ip": ip, "by": by, "protocol": "ESMTPS", "id": "md50001234567.msg"})

    def zimbra(self):
        by, code = "zmail.example.org", self.code()
        return (f"from localhost (localhost [127.0.0.1]) by {by} (Postfix) with ESMTP id {code}",
                dict(zip(KEYS, ("localhost", "localhost", ..., "127.0.0.1", by, "ESMTP", None, code))))

    def amavis(self):
        return ("from mx.example.org ([127.0.0.1]) by localhost (mx.example.org [127.0.0.1]) (amavisd-new, port 10024) "
                "with ESMTP id Kx-1",
                {"from": "mx.example.org", "helo": "mx.example.org", "ip": "127.0.0.1", "by": "localhost",
                 "protocol": "ESMTP", "id": "Kx-1"})

    def haraka(self):
        helo, ip, by, code = self.host(), self.v4(), self.host(), self.code() + ".1"
        return (f"from {helo} ({helo} [{ip}]) by {by} (Haraka/2.8.28) with ESMTPS id {code} envelope-from <a@example.com> "
                "tls TLS_AES_256_GCM_SHA384 (cipher=TLS_AES_256_GCM_SHA384 version=TLSv1.3 verify=NO)",
                dict(zip(KEYS, (helo, helo, helo, ip, by, "ESMTPS", "TLSv1.3", code))))

    def opensmtpd(self):
        helo, ptr, ip, by, code = self.host(), self.host(), self.ip(), self.host(), self.code()
        return (f"from {helo} ({ptr} [{ip}]) by {by} (OpenSMTPD) with ESMTPS id {code} "
                f"(TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO){self.recipient()}",
                dict(zip(KEYS, (helo, helo, ptr, ip, by, "ESMTPS", "TLSv1.3", code))))

    def fastmail(self):
        return ("from mx3.messagingengine.example ([10.202.2.206]) by compute12.internal (LMTPProxy)",
                {"from": "mx3.messagingengine.example", "helo": "mx3.messagingengine.example", "ip": "10.202.2.206",
                 "by": "compute12.internal"})

    def zoho(self):
        helo, ip, code = self.host(), self.v4(), str(self.r.randrange(10**15))
        return (f"from {helo} ({helo} [{ip}]) by mx.zohomail.example with SMTPS id {code}",
                dict(zip(KEYS, (helo, helo, helo, ip, "mx.zohomail.example", "SMTPS", None, code))))

    def gmx(self):
        helo, ip, code = self.host(), self.v4(), "1M-" + self.code()
        return (f"from {helo} ([{ip}]) by mx-ha.gmx.example (mxgmx016 [203.0.113.15]) with ESMTPS (Nemesis) id {code}",
                dict(zip(KEYS, (helo, helo, None, ip, "mx-ha.gmx.example", "ESMTPS", None, code))))

    def yandex(self):
        helo, ip, code = self.host(), self.v6(), self.code()
        return (f"from {helo} ({helo} [{ip}]) by vla1-1.qloud-c.example (nwsmtp/Yandex) with ESMTPS id {code}",
                dict(zip(KEYS, (helo, helo, helo, ip, "vla1-1.qloud-c.example", "ESMTPS", None, code))))

    def courier(self):
        helo, ip, by, code = self.host(), self.v4(), self.host(), "00000000001A2B.6." + self.code()
        return (f"from {helo} ({helo} [::ffff:{ip}]) (AUTH: LOGIN ann@example.com, TLS: TLSv1.3,256bits,TLS_AES_256_GCM) by "
                f"{by} with ESMTPSA id {code}",
                dict(zip(KEYS, (helo, helo, helo, ip, by, "ESMTPSA", "TLSv1.3", code))))

    def communigate(self):
        ip, by, code = self.v4(), self.host(), str(self.r.randrange(10**8))
        return (f"from [{ip}] (account ann@example.com HELO [10.0.0.9]) by {by} (CommuniGate Pro SMTP 6.2.14) with ESMTPSA "
                f"id {code}",
                dict(zip(KEYS, (f"[{ip}]", "[10.0.0.9]", None, ip, by, "ESMTPSA", None, code))))

    def zmailer(self):
        ptr, helo, ip, by, code = self.host(), self.host(), self.v4(), self.host(), "S239784AbhD2IRA"
        return (f'from {ptr} ([{ip}]:{self.r.randrange(1024, 65000)} "EHLO {helo}" rhost-flags-OK-OK-OK-OK) by {by} with '
                f"ESMTP id {code} (ORCPT <rfc822;list@example.org>)",
                dict(zip(KEYS, (ptr, helo, ptr, ip, by, "ESMTP", None, code))))

    def majordomo(self):
        by = self.host()
        return (f"(majordomo@{by}) by {by} via listexpand id S230226AbjCFXMh (ORCPT <rfc822;list@example.org>)",
                {"by": by, "id": "S230226AbjCFXMh"})

    def xen(self):
        return "by outflank-mailman (input) for mailman id 193915", {"by": "outflank-mailman", "id": ...}

    def fetchmail(self):
        ip = self.v4()
        return (f"from pop.example.com [{ip}] by localhost with POP3 (fetchmail-6.3.26) for <ann@localhost> (single-drop)",
                {"from": "pop.example.com", "ip": ip, "by": "localhost", "protocol": "POP3"})

    def dovecot(self):
        by, code = self.host(), self.code()
        return (f"from {by} by {by} with LMTP id {code} (envelope-from <a@example.com>) for <ann@example.org>",
                {"from": by, "helo": by, "by": by, "protocol": "LMTP", "id": code})

    def sendgrid(self):
        ip, code = self.v4(), self.code()
        return (f"from [{ip}] (unknown) by ismtpd0074p1las1.esp.example (SG) with ESMTP id {code}",
                dict(zip(KEYS, (f"[{ip}]", f"[{ip}]", None, ip, "ismtpd0074p1las1.esp.example", "ESMTP", None, code))))

    def sendgrid_filter(self):
        host = "filterdrecv-7485957b4c-n2d6x"
        return f"by {host} with SMTP id {host}-1-6150D229-6E", {"by": host, "protocol": "SMTP", "id": f"{host}-1-6150D229-6E"}

    def cloudflare(self):
        helo, ip, code = self.host(), self.v4(), self.code()
        return (f"from {helo} ({ip}) by cloudflare-email.example (cloudflare) id {code}{self.recipient()}",
                {"from": helo, "helo": helo, "ip": ip, "by": "cloudflare-email.example", "id": code})

    def plain_port(self):
        helo, ip, by = self.host(), self.v4(), self.host()
        return f"from {helo} ({ip}:4711) by {by} with ESMTP", \
            {"from": helo, "helo": helo, "ip": ip, "by": by, "protocol": "ESMTP"}

    def docomo(self):
        by = self.host()
        return (f"from mfsmax.example.jp(localhost [127.0.0.1]) by {by}(Postfix) with SMTP id 9A1B2C",
                dict(zip(KEYS, ("mfsmax.example.jp", "mfsmax.example.jp", ..., "127.0.0.1", by, "SMTP", None, "9A1B2C"))))


def kinds():
    skip = {"one", "v4", "v6", "ip", "host", "code", "literal", "tls", "recipient"}
    return [n for n in dir(Shapes) if not n.startswith("_") and n not in skip]


def dated(r, name, text):
    """The field with a date behind it, and that date as RFC 3339."""
    minutes = r.choice(list(ZONES.values()))
    zone = datetime.timezone(datetime.timedelta(minutes=minutes))
    when = datetime.datetime.fromtimestamp(r.randrange(1500000000, 1795000000), zone)
    iso = when.isoformat(timespec="seconds")
    sign = "-" if minutes < 0 else "+"
    offset = f"{sign}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
    if name == "sendgrid_filter":
        return f"{text} {when:%Y-%m-%d %H:%M:%S}.776992933 {offset} UTC m=+1109186.806272513", iso
    word = when.strftime("%a, ") + r.choice((f"{when.day}", f"{when.day:02}", f"{when.day:2}")) + \
        when.strftime(" %b %Y %H:%M:%S ") + offset
    tail = r.choice(("", "", " (JST)", " (envelope-from <a;b@example.com>)")) if name != "yandex" else \
        " (using TLSv1.3 with cipher ECDHE-RSA-AES128-GCM-SHA256 (128/128 bits)) (Client certificate not present)"
    return f"{text};{r.choice((' ', '  '))}{word}{tail}", iso


def fold(r, text):
    """Some blanks become folds."""
    return "".join(r.choice(("\r\n ", "\r\n\t", " ", " ", " ")) if c == " " else c for c in text)


class Bench:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "case.eml")
        self.zone = os.path.join(self.folder.name, "zone")
        self.count = 0
        with open(self.zone, "w", encoding="ascii") as out:
            out.write(";! snapshot 1\n;! complete .\n")

    def report(self, header, *options):
        with open(self.path, "w", encoding="utf-8", newline="") as out:
            out.write(header + "From: a@example.com\r\n\r\nx\r\n")
        done = subprocess.run([PROGRAM, "report", "--offline", "--second-opinions", "off", "--format", "json", *options,
                               self.path], capture_output=True, timeout=120, check=True)
        return json.loads(done.stdout)

    def chosen(self, header, border):
        self.report(header)
        done = subprocess.run([PROBE, "-", str(border), "1795305600", self.zone, self.path], capture_output=True,
                              timeout=120, check=True)
        return json.loads(done.stdout)

    def check(self, good, name, got=None):
        self.count += 1
        print(f"{'' if good else 'not '}ok {self.count} - {name}")
        if not good:
            print(f"#   got {got}")


def differences(want, hop):
    return {k: (hop[k], want.get(k)) for k in KEYS if want.get(k) is not ... and hop[k] != want.get(k)}


def dialects(bench, each):
    """Some thousand fields; of each server's none may be misread."""
    for name in kinds():
        wrong, header, truths = [], "", []
        shapes = Shapes(f"route {name}")
        for _ in range(each):
            text, truth = getattr(shapes, name)()
            line, iso = dated(shapes.r, name, text)
            if name == "yandex":
                truth["tls"] = "TLSv1.3"
            truths.append((truth, iso, line))
            header += "Received: " + fold(shapes.r, line) + "\r\n"
        for hop, (truth, iso, line) in zip(bench.report(header)["route"], truths):
            bad = differences(truth, hop)
            if hop["date"] != iso:
                bad["date"] = (hop["date"], iso)
            if bad:
                wrong.append((line, bad))
        bench.check(not wrong, f"{name}: {each} fields", (len(wrong), wrong[:2]))


def received(*lines):
    return "".join(f"Received: {line}; Tue, 1 Sep 2026 10:00:{59 - i:02} +0000\r\n" if not line.startswith("!") else
                   line[1:] + "\r\n" for i, line in enumerate(lines))


WAYS = (
    # name, lines (! is another field), border hop from 1, client IP, roles
    ("Microsoft", (
        "from SA3P.namprd19.prod.outlook.com (::1) by MN0P.namprd19.prod.outlook.com with HTTPS",
        "from BN0P.namprd03.prod.outlook.com (2603:10b6:408:e6::28) by SA3P.namprd19.prod.outlook.com"
        " (2603:10b6:806:317::17) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20.1",
        "from BN8N.eop-nam11.prod.protection.outlook.com (2603:10b6:408:e6:cafe::23) by BN0P.outlook.office365.com"
        " (2603:10b6:408:e6::28) with Microsoft SMTP Server id 15.20.1 via Frontend Transport",
        "!Authentication-Results: spf=pass (sender IP is 192.0.2.44) smtp.mailfrom=example.com; dkim=none;dmarc=none",
        "!Received-SPF: Pass (protection.outlook.com: domain of example.com designates 192.0.2.44 as permitted sender)"
        " receiver=protection.outlook.com; client-ip=192.0.2.44; helo=mail.example.com;",
        "from mail.example.com (192.0.2.44) by BN8N.mail.protection.outlook.com (10.13.177.138) with Microsoft SMTP Server"
        " (version=TLS1_2, cipher=X) id 15.20.1 via Frontend Transport",
        "by mail.example.com (Postfix, from userid 0) id 39DEA3F725"),
     4, "192.0.2.44", "delivery internal internal border submission"),
    ("Microsoft to Microsoft over IPv6", (
        "from A1.eurprd04.prod.outlook.com (2603:10a6:803::16) by B1.eurprd04.prod.outlook.com (2603:10a6:800::7) with"
        " Microsoft SMTP Server id 15.20.1",
        "!Authentication-Results: spf=pass (sender IP is 2603:10a6:20b::9) smtp.mailfrom=example.com; dkim=none;dmarc=none",
        "from EUR05-obe.outbound.protection.outlook.com (2603:10a6:20b::9) by DB5E.mail.protection.outlook.com"
        " (2603:10a6:10:2::3) with Microsoft SMTP Server id 15.20.1",
        "from C1.eurprd04.prod.outlook.com (2603:10a6:803:e7::16) by D1.eurprd04.prod.outlook.com (2603:10a6:800:125::7)"
        " with Microsoft SMTP Server id 15.20.2",
        "from [10.156.60.236] (198.51.100.7) by D1.eurprd04.prod.outlook.com (2603:10a6:d10:4a::19) with Microsoft SMTP"
        " Server id 15.20.3"),
     2, "2603:10a6:20b::9", "delivery border internal submission"),
    ("Google", (
        "by 2002:a05:6a00:1::2 with SMTP id x1csp1",
        "!X-Received: by 2002:a17:902:e74e:b0:1e5:11b with SMTP id p14",
        "from mail.example.com (mail.example.com. [192.0.2.45]) by mx.google.com with ESMTPS id d9 for <u@example.org>"
        " (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128)",
        "!Received-SPF: pass (google.com: domain of a@example.com designates 192.0.2.45 as permitted sender)"
        " client-ip=192.0.2.45;",
        "!Authentication-Results: mx.google.com; spf=pass (google.com: domain of a@example.com designates 192.0.2.45 as"
        " permitted sender) smtp.mailfrom=a@example.com",
        "from pc (pc.isp.example [198.51.100.4]) by mail.example.com (Postfix) with ESMTPSA id 4X"),
     2, "192.0.2.45", "delivery border submission"),
    ("Google, forwarded within Google", (
        "by 2002:a05:6a00:1::2 with SMTP id x1csp1",
        "from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41]) by mx.google.com with SMTPS id d9 (Google"
        " Transport Security)",
        "!Received-SPF: pass (google.com: domain of l+caf_=u@example.com designates 209.85.220.41 as permitted sender)"
        " client-ip=209.85.220.41;",
        "!X-Received: by 2002:a17:902:e74e:b0:1e5:11b with SMTP id p14",
        "from mail.example.net (mail.example.net. [192.0.2.46]) by mx.google.com with ESMTPS id e7",
        "!Received-SPF: pass (google.com: domain of b@example.net designates 192.0.2.46 as permitted sender)"
        " client-ip=192.0.2.46;"),
     2, "209.85.220.41", "delivery border submission"),
    ("Gmail to Gmail", (
        "by 2002:a05:6a00:1::2 with SMTP id x1csp1",
        "from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41]) by mx.google.com with SMTPS id d9",
        "from [192.168.1.7] (pc.isp.example. [198.51.100.4]) by smtp.gmail.com with ESMTPSA id a1"),
     2, "209.85.220.41", "delivery border submission"),
    ("Yahoo", (
        "from 127.0.0.1 by atlas-production.v2-mail-prod1-gq1.omega.yahoo.com pod-id atlas--production with HTTP",
        "!X-Originating-Ip: [192.0.2.47]",
        "!Received-SPF: pass (domain of example.com designates 192.0.2.47 as permitted sender)",
        "from 192.0.2.47 (EHLO mail.example.com) by 10.217.151.74 with SMTPs (version=TLS1_2"
        " cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)",
        "from app (unknown [10.0.0.1]) by mail.example.com with HTTP"),
     2, "192.0.2.47", "delivery border submission"),
    ("Apple", (
        "from p00-icloudmta-smtpin-7 by p177-mailgateway-smtp-59f8 (mailgateway 2412B38) with SMTP id 1",
        "from mail.example.com (mail.example.com [192.0.2.48]) by p00-icloudmta-smtpin-7 (mailgateway 2412B38) with ESMTPS"
        " id 2"),
     2, "192.0.2.48", "delivery border"),
    ("Amazon", (
        "from a8-31.smtp-out.amazonses.com (a8-31.smtp-out.amazonses.com [192.0.2.49]) by"
        " inbound-smtp.us-east-1.amazonaws.com with SMTP id q1 for u@example.org",),
     1, "192.0.2.49", "border"),
    ("Postfix with a filter", (
        "from localhost (localhost [127.0.0.1]) by mx.example.org (Postfix) with ESMTP id 3",
        "from mx.example.org ([127.0.0.1]) by localhost (mx.example.org [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id 2",
        "from mail.example.com (mail.example.com [IPv6:2001:db8::50]) by mx.example.org (Postfix) with ESMTPS id 1",
        "from localhost (localhost [127.0.0.1]) by mail.example.com (Postfix) with ESMTP id 0"),
     3, "2001:db8::50", "delivery internal border submission"),
    ("Dovecot, Exim", (
        "from mx.example.org by mx.example.org with LMTP id 9 (envelope-from <a@example.com>) for <u@example.org>",
        "from [192.0.2.51] (helo=mail.example.com) by mx.example.org with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384"
        " (Exim 4.96) (envelope-from <a@example.com>) id 1x",
        "from www-data by mail.example.com with local (Exim 4.94.2) (envelope-from <www-data@mail.example.com>) id 1y"),
     2, "192.0.2.51", "delivery border submission"),
    ("qmail", (
        "(qmail 4711 invoked by uid 89)",
        "from unknown (HELO mail.example.com) (a@192.0.2.52) by mx.example.org with SMTP",
        "(qmail 99 invoked from network)"),
     2, "192.0.2.52", "delivery border submission"),
    ("Exchange behind Proofpoint", (
        "from EX1.corp.local (10.1.1.1) by EX2.corp.local (10.1.1.2) with Microsoft SMTP Server (TLS) id 15.0.1",
        "from mx0b.pphosted.example (192.0.2.53) by EX1.corp.local (10.1.1.1) with Microsoft SMTP Server (TLS) id 15.0.1",
        "from pps.filterd (m02.ppops.example [127.0.0.1]) by mx0b.pphosted.example (8.18.1.2/8.18.1.2) with ESMTP id 4",
        "from mail.example.com (mail.example.com [198.51.100.9]) by mx0b.pphosted.example (PPS) with ESMTPS id 3"),
     2, "192.0.2.53", "delivery border internal submission"),
    ("fetched from a mailbox", (
        "from pop.example.org [203.0.113.77] by localhost with POP3 (fetchmail-6.3.26) for <u@localhost> (single-drop)",
        "from mail.example.com (mail.example.com [192.0.2.54]) by mx.example.org (Postfix) with ESMTPS id 1"),
     2, "192.0.2.54", "delivery border"),
    ("Fastmail", (
        "from phl-mx-07.messagingengine.example ([10.202.2.206]) by compute-12.internal (LMTPProxy)",
        "from mx7.messagingengine.example (localhost [127.0.0.1]) by mailmx.internal (Postfix) with ESMTP id 2",
        "from mail.example.com (mail.example.com [192.0.2.55]) (using TLSv1.3 with cipher X (256/256 bits)) (No client"
        " certificate requested) by mx7.messagingengine.example (Postfix) with ESMTPS id 1"),
     3, "192.0.2.55", "delivery internal border"),
    ("a server that names no client", (
        "from mx.example.org (localhost [127.0.0.1]) by box.example.org with ESMTP id 2",
        "from mail.example.com by mx.example.org with ESMTP id 1",
        "from bank.example (bank.example [198.51.100.66]) by mail.example.com with ESMTP id 0"),
     2, None, "delivery border submission"),
    # Below each of these a stranger has put a field in the receiver's name, with an address of his choice.
    ("our name in a stranger's reverse DNS: sendmail says so", (
        "from mail.example.com (mx.example.org [192.0.2.56] (may be forged)) by mx.example.org (8.18.1/8.18.1) with ESMTP id 2",
        "from bank.example (bank.example [198.51.100.66]) by mx.example.org (Postfix) with ESMTPS id 1"),
     1, "192.0.2.56", "border submission"),
    ("our name in a stranger's reverse DNS: nobody asked whether it leads back", (
        "from mx.example.org (HELO mail.example.com) (192.0.2.57) by mx.example.org with SMTP",
        "from bank.example (bank.example [198.51.100.66]) by mx.example.org (Postfix) with ESMTPS id 1"),
     1, "192.0.2.57", "border submission"),
    ("an address in the name that a client calls itself", (
        "from [192.0.2.58] (helo=a@198.51.100.66) by mx.example.org with esmtp (Exim 4.96) id 2",
        "from bank.example (bank.example [198.51.100.66]) by mx.example.org (Postfix) with ESMTPS id 1"),
     1, "192.0.2.58", "border submission"),
    ("an address in what a client's host calls its user", (
        "from [192.0.2.59] (port=4711 helo=mail.example.com ident=a@198.51.100.66) by mx.example.org with esmtp (Exim 4.96) id 2",
        "from bank.example (bank.example [198.51.100.66]) by mx.example.org (Postfix) with ESMTPS id 1"),
     1, "192.0.2.59", "border submission"),
    ("copy from the Sent folder", (
        "from pc (unknown [192.168.1.7]) by mail.example.org (Postfix) with ESMTPSA id 1",),
     0, None, "submission"),
    ("none", (), 0, None, ""),
)


def ways(bench):
    for name, lines, border, ip, roles in WAYS:
        report = bench.report(received(*lines))
        route, client = report["route"], report["envelope"]["client_ip"]
        got = [i + 1 for i, hop in enumerate(route) if hop["border"]]
        bench.check(got == ([border] if border else []), f"{name}: border", got)
        bench.check(client["address"] == ip, f"{name}: client", client)
        bench.check(" ".join(h["role"] for h in route) == roles, f"{name}: roles", [h["role"] for h in route])
        texts = [f["id"] for f in report["findings"]]
        bench.check("client-ip-differs" not in texts and "client-ip-reported-differs" not in texts,
                    f"{name}: results agree with the route", texts)


GATEWAY = received(
    "from mx.example.org (mx.example.org [203.0.113.1]) by box.example.org (Postfix) with ESMTP id 3",
    "!Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=a@example.com",
    "!Received-SPF: Fail (mx.example.org: x) client-ip=192.0.2.60; helo=gw.example.net; envelope-from=a@example.com",
    "from gw.example.net (gw.example.net [192.0.2.60]) by mx.example.org (Postfix) with ESMTPS id 2",
    "from mail.example.com (mail.example.com [192.0.2.61]) by gw.example.net (Postfix) with ESMTPS id 1",
    "from pc (unknown [10.0.0.1]) by mail.example.com (Postfix) with ESMTPSA id 0")


def chosen_border(bench):
    """A person moves the border: client, HELO and roles go with it, and say on whose word."""
    found = bench.chosen(GATEWAY, 0)
    bench.check(found["envelope"]["client_ip"]["address"] == "192.0.2.60" and
                found["envelope"]["client_ip"]["provenance"] == "reported", "searched: the reported client",
                found["envelope"]["client_ip"])
    for border, ip, helo, roles in (
            (3, "192.0.2.61", "mail.example.com", "delivery internal border submission"),
            (2, "192.0.2.60", "gw.example.net", "delivery border relay submission"),
            (1, "203.0.113.1", "mx.example.org", "border relay relay submission"),
            (4, "10.0.0.1", "pc", "delivery internal internal border"),
            (9, "192.0.2.60", "gw.example.net", "delivery border relay submission")):
        got = bench.chosen(GATEWAY, border)
        client, said = got["envelope"]["client_ip"], got["envelope"]["helo"]
        bench.check(client["address"] == ip and said["value"] == helo, f"border {border}: client and HELO", (client, said))
        bench.check(" ".join(h["role"] for h in got["route"]) == roles, f"border {border}: roles",
                    [h["role"] for h in got["route"]])
        own = border < 9
        bench.check((client["provenance"] == "assumed" and "border, as chosen" in client["evidence"]) == own,
                    f"border {border}: whose word", client)
        bench.check(any(f["id"] == "border-chosen" for f in got["findings"]) == own, f"border {border}: a finding")
    given = bench.chosen(GATEWAY, 3)["spf"]["mail_from"]
    bench.check(given["result"] != "unknown", "SPF is asked about the chosen client", given)


def clocks(bench):
    header = ("Received: by c.example.org; Tue, 1 Sep 2026 10:00:09 +0000\r\n"
              "Received: by b.example.org; Tue, 1 Sep 2026 10:05:00 +0000\r\n"
              "Received: by a.example.org; Tue, 1 Sep 2026 19:00:05 +0900\r\n")
    report = bench.report(header)
    bench.check([h["delay_s"] for h in report["route"]] == [-291, 295, None], "delays, a negative one kept",
                [h["delay_s"] for h in report["route"]])
    told = [f for f in report["findings"] if f["id"] == "received-clock-differs"]
    bench.check(len(told) == 1 and "291" in told[0]["text"] and "c.example.org" in told[0]["text"], "one finding", told)
    good = bench.report(header.replace("10:05:00", "10:00:06"))
    bench.check(not [f for f in good["findings"] if f["id"] == "received-clock-differs"], "none where clocks agree")


def contradictions(bench):
    """The receiver's results and its own Received field name two clients."""
    header = received(
        "!Authentication-Results: spf=pass (sender IP is 192.0.2.70) smtp.mailfrom=example.com; dkim=none;dmarc=none",
        "from gw.example.net (192.0.2.71) by AM1.mail.protection.outlook.com (10.1.2.3) with Microsoft SMTP Server id 15.20")
    report = bench.report(header)
    ids = [f["id"] for f in report["findings"]]
    bench.check("client-ip-reported-differs" in ids, "above the border: a finding", ids)
    below = received("from gw.example.net (gw.example.net [192.0.2.71]) by mx.example.org (Postfix) with ESMTPS id 1",
                     "!Received-SPF: pass (x) client-ip=192.0.2.72; envelope-from=a@example.com")
    report = bench.report(below)
    ids = [f["id"] for f in report["findings"]]
    bench.check("client-ip-differs" in ids and report["envelope"]["client_ip"]["address"] == "192.0.2.71",
                "below it: not used", (ids, report["envelope"]["client_ip"]))


def printed(bench):
    with open(bench.path, "w", encoding="utf-8", newline="") as out:
        out.write(GATEWAY + "From: a@example.com\r\n\r\nx\r\n")
    text = subprocess.run([PROGRAM, "report", "--offline", "--ascii", bench.path], capture_output=True, timeout=60,
                          check=True).stdout.decode()
    lines = text[text.index("\n ROUTE"):].splitlines()[1:9]
    heads = [line.split() for line in lines if line[2:4].strip().isdigit()]
    bench.check([h[0] for h in heads] == ["1", "2", "3", "4"] and "pc" in " ".join(heads[0]) and
                "border" in heads[2] and "box.example.org" in heads[3][-1], "the text report has the route, oldest first", lines)


def main():
    bench = Bench()
    dialects(bench, int(sys.argv[1]) if len(sys.argv) > 1 else 60)
    for group in (ways, chosen_border, clocks, contradictions, printed):
        group(bench)
    print(f"1..{bench.count}")
    bench.folder.cleanup()


main()
