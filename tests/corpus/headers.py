"""Header blocks as mail programs write them, made up from a seed: the corpus that repair is tried on.

messages(seed, count) yields (fields, raw): `fields` is a list of (name, value) with the value unfolded
(RFC 5322, 2.2.3) and trimmed, `raw` the same block folded, with LF line ends and without the empty line
behind it. Names, hosts and addresses are invented; half of the names that no standard knows are made of
syllables, so that no dictionary can hold them, as in real mail.
SPDX-License-Identifier: MIT"""
import base64
import random
import re

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PEOPLE = ("Hanako Yamada", "Mika Sato", "Jean-Luc Moreau", "Ana Souza", "Support Team", "Billing", "J. Doe",
          "Oliver Brandt", "Example News", "noreply", "Priya Nair", "Account Security")
HOSTS = ("example.com", "example.jp", "example.net", "mail.esp.example", "brand.example", "shop.example",
         "corp.example.org", "lists.example.org", "bank.example", "news.example.net")
WORDS = ("your", "order", "invoice", "account", "winter", "update", "the", "of", "team", "please", "confirm",
         "delivery", "notice", "meeting", "minutes", "report", "password", "offer", "free", "new", "a",
         "from", "to", "with", "id", "by", "for", "date", "subject", "received", "café", "100%", "—", "🎁")
SYLLABLES = ("bra", "ko", "mi", "tel", "vor", "zan", "quu", "lip", "dor", "sem", "ta", "nex", "ri", "gol", "fu")


class Maker:
    """One message: a list of (name, folded value)."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.out = []
        self.now = self.r.randrange(0, 10**8)

    # ---- pieces ----

    def one(self, *of):
        return self.r.choice(of)

    def maybe(self, chance):
        return self.r.random() < chance

    def hexa(self, size):
        return "".join(self.r.choice("0123456789abcdef") for _ in range(size))

    def b64(self, size):
        return base64.b64encode(bytes(self.r.randrange(256) for _ in range(size * 3 // 4))).decode()

    def ip(self):
        return f"{self.one('192.0.2', '198.51.100', '203.0.113')}.{self.r.randrange(1, 255)}"

    def ip6(self):
        return f"2001:db8:{self.hexa(3)}:{self.hexa(2)}::{self.hexa(4)}"

    def host(self):
        return self.one("mail", "mx1", "out-7", "smtp", "o1.em2203", "vps4921", "relay03") + "." + self.domain()

    def domain(self):
        return self.one(*HOSTS)

    def local(self):
        return self.one("info", "user", "news", "bounce+123", "mika.sato", "no-reply", "b1x", "support", "hr") + \
            self.one("", "", "", str(self.r.randrange(99)))

    def address(self):
        return f"{self.local()}@{self.domain()}"

    def mailbox(self):
        name = self.one(*PEOPLE)
        form = self.r.randrange(9)
        if form == 0:
            return self.address()
        if form == 1:
            return f"<{self.address()}>"
        if form == 2:
            return f'"{name}" <{self.address()}>'
        if form == 3:
            return f'"{name.split()[0]}: {self.one("Sales, Inc.", "re: your order", "To: all", "Desk")}" <{self.address()}>'
        if form == 4:
            return f"=?UTF-8?B?{self.b64(16)}?= <{self.address()}>"
        if form == 5:
            return f"{name} ({self.one('via: the web', 'Tokyo', 'Subject: matters')}) <{self.address()}>"
        if form == 6:
            return f"{name}<{self.address()}>"
        return f"{name} <{self.address()}>"

    def date(self, comment=0.4):
        self.now += self.r.randrange(1, 40)
        t = self.now
        day = self.one(f"{t // 86400 % 28 + 1}", f"{t // 86400 % 28 + 1:02}", f"{t // 86400 % 28 + 1:2}")
        zone = self.one("+0000", "+0900", "-0700", "+0200", "-0400")
        text = (f"{self.one(*DAYS)}, {day} {self.one(*MONTHS)} 20{t % 7 + 20} "
                f"{t // 3600 % 24:02}:{t // 60 % 60:02}:{t % 60:02} {zone}")
        return text + (self.one(" (UTC)", " (PDT)", " (JST)", " (CEST)") if self.maybe(comment) else "")

    def msgid(self):
        return f"<{self.hexa(8)}.{self.hexa(12)}@{self.host()}>"

    def text(self, low=2, high=9):
        return " ".join(self.one(*WORDS) for _ in range(self.r.randrange(low, high)))

    # ---- writing ----

    def add(self, name, value, gap=" "):
        self.out.append((name, gap + value))

    def fold(self, text, width=76, indent=None, first=0):
        """Breaks at blanks only, as MTAs do; `indent` takes the blank's place."""
        indent = indent or self.one(" ", "\t", "        ")
        lines, line = [], ""
        for word in text.split(" "):
            if line and len(line) + len(word) + 1 > width - first:
                lines.append(line)
                line, first = word, 0
            else:
                line = line + " " + word if line else word
        return ("\n" + indent).join(lines + [line])

    def received_postfix(self):
        client = self.host()
        tls = self.one("", f" (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\n"
                           "\t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)\n"
                           "\t(No client certificate requested)")
        self.add("Received", f"from {client} ({self.one(client, 'unknown', 'localhost')} [{self.ip()}]){tls}\n"
                 f"\tby {self.host()} (Postfix) with {self.one('ESMTP', 'ESMTPS', 'SMTP')} id {self.hexa(10).upper()}\n"
                 f"\tfor <{self.address()}>; {self.date()}")

    def received_local(self):
        self.add("Received", self.one(
            f"by {self.host()} (Postfix, from userid {self.r.randrange(1000)})\n\tid {self.hexa(10).upper()}; {self.date()}",
            f"(qmail {self.r.randrange(99999)} invoked by uid {self.r.randrange(999)}); {self.date(0)}",
            f"(qmail {self.r.randrange(99999)} invoked from network); {self.date(0)}",
            f"from root by {self.host()} with local (Exim 4.96)\n\t(envelope-from <{self.address()}>)\n"
            f"\tid 1{self.hexa(5)}-{self.hexa(6)}-2x; {self.date()}",
            f"(from www@localhost)\n\tby {self.host()} (8.15.2/8.15.2/Submit) id {self.hexa(14)};\n\t{self.date()}"))

    def received_exim(self):
        self.add("Received", f"from [{self.ip()}] (port={self.r.randrange(1024, 65535)} helo={self.host()})\n"
                 f"\tby {self.host()} with esmtpsa  (TLS1.3) tls TLS_AES_256_GCM_SHA384\n\t(Exim 4.95)\n"
                 f"\t(envelope-from <{self.address()}>)\n\tid 1{self.hexa(5)}-0{self.hexa(5)}-Bq\n"
                 f"\tfor {self.address()};\n\t{self.date()}")

    def received_sendmail(self):
        host = self.host()
        self.add("Received", f"from {host} ({host} [{self.ip()}] (may be forged))\n"
                 f"\tby {self.host()} (8.17.1/8.17.1) with ESMTPS id {self.hexa(14)}\n"
                 f"\t(version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NOT)\n"
                 f"\tfor <{self.address()}>; {self.date()}")

    def received_google(self):
        if self.maybe(0.4):
            self.add("Received", f"by {self.ip6()} with SMTP id {self.hexa(10)}csp{self.r.randrange(10**6)};\n"
                     f"        {self.date()}")
        self.add("X-Google-Smtp-Source", self.b64(60))
        self.add("X-Received", f"by {self.ip6()} with SMTP id {self.hexa(10)}-{self.hexa(20)}mr{self.r.randrange(10**6)}"
                 f".{self.r.randrange(50)}.1690989777275;\n        {self.date()}")
        self.add("Received", f"from {self.host()} ({self.host()}. [{self.ip()}])\n        by mx.google.example with ESMTPS id "
                 f"{self.hexa(12)}\n        for <{self.address()}>\n"
                 f"        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\n        {self.date()}")

    def received_microsoft(self):
        pod = f"{self.hexa(3).upper()}PR{self.r.randrange(99):02}MB{self.r.randrange(9999):04}"
        by = f"{pod}.namprd19.prod.outlook.example"
        self.add("Received", self.fold(
            self.one(f"from {self.host()} ({self.ip6()})", f"from {self.host()} ({self.ip()})") +
            f" by {by} ({self.ip6()}) with Microsoft SMTP Server (version=TLS1_2, "
            f"cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.{self.r.randrange(9999)}.{self.r.randrange(60)}"
            f"{self.one('', ' via Frontend Transport')}; {self.date(0)}", 76, " ", 10))

    def received_ses(self):
        self.add("Received", f"from {self.host()} ({self.host()} [{self.ip()}]) by "
                 f"inbound-smtp.eu-west-1.amazonaws.example with SMTP id {self.hexa(32)} for {self.address()}; {self.date()}")

    def dkim(self, name="DKIM-Signature", instance=None, h=None):
        names = h or self.one(
            "From:To:Subject:Date:Message-ID:MIME-Version:Content-Type", "from:to:subject:date:message-id",
            "Date:From:Reply-To:To:Message-ID:Subject:MIME-Version:Content-Type:\n\t Content-Transfer-Encoding:"
            "X-Report-Abuse:Feedback-ID",
            "mime-version:date:subject:to:from:message-id:from:to:cc:subject\n         :date:message-id:reply-to",
            "From: To: Subject: Date: List-Unsubscribe", "Subject:To:Message-ID:\n\tDate:From:Content-Type:\n\tMIME-Version")
        i = f"i={instance}; " if instance else ""
        size = self.one(172, 344, 344, 88)
        b = "\n\t ".join(re.findall(".{1,70}", self.b64(size)))
        sep = self.one("; ", ";\n\t", "; ", ";")
        tags = [f"{i}{self.one('v=1; ', '') if instance else 'v=1; '}a={self.one('rsa-sha256', 'ed25519-sha256', 'rsa-sha1')}",
                f"c={self.one('relaxed/relaxed', 'relaxed/simple', 'simple/simple', 'relaxed')}", f"d={self.domain()}",
                f"s={self.one('s1', 'selector1', '20230601', 'k2', self.hexa(32))}"]
        if self.maybe(0.5):
            tags.append(f"t=17{self.r.randrange(10**8):08}")
        if self.maybe(0.2):
            tags.append(f"i=@{self.domain()}")
        tail = [f"h={names}", f"bh={self.b64(44)[:43]}=", f"b={b}"]
        if self.maybe(0.15):
            self.r.shuffle(tail)
        text = sep.join(tags) + ";\n\t" + ";\n\t".join(tail)
        if self.maybe(0.06):
            text += f";\n\tz=From:{self.local()}=40{self.domain()}|To:{self.address()}|\n\t Subject:=20{self.one(*WORDS)}|Date:Mon"
        self.add(name, text + self.one("", "", ";"))

    def arc(self, instance):
        self.add("ARC-Seal", f"i={instance}; a=rsa-sha256; t=17{self.r.randrange(10**8):08}; cv={self.one('none', 'pass')};\n"
                 f"        d={self.domain()}; s=arc-20240605;\n        b=" +
                 "\n         ".join(re.findall(".{1,66}", self.b64(344))))
        self.dkim("ARC-Message-Signature", instance)
        self.add("ARC-Authentication-Results", f"i={instance}; " + self.results())

    def results(self):
        d, ip = self.domain(), self.ip()
        form = self.r.randrange(7)
        if form == 0:
            return (f"spf={self.one('pass', 'fail', 'none', 'temperror')} (sender IP is {ip})\n smtp.mailfrom={d}; "
                    f"dkim=pass (signature was verified)\n header.d={d};dmarc=pass action=none\n header.from={d};"
                    f"compauth=pass\n reason=100")
        if form == 1:
            return (f"mx.google.example;\n       dkim=pass header.i=@{d} header.s=s1 header.b={self.hexa(8)};\n"
                    f"       spf=pass (google.example: domain of {self.address()} designates {ip} as permitted sender)"
                    f" smtp.mailfrom={self.address()};\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from={d}")
        if form == 2:
            return (f"{self.host()};\n\tdkim=pass (2048-bit key; unprotected) header.d={d} header.i=@{d} header.a=rsa-sha256"
                    f" header.s=k1 header.b=\"{self.b64(8)}\";\n\tdkim-atps=neutral")
        if form == 3:
            return (f"atlas-production.v2-mail-prod1-gq1.omega.yahoo.example;\n dkim=unknown;\n spf=pass smtp.mailfrom={d};\n"
                    f" dmarc=pass(p=NONE,sp=QUARANTINE) header.from={d};")
        if form == 4:
            return f"spf.icloud.example; spf=pass (spf.icloud.example: domain of {self.address()}\n designates {ip} as permitted sender) smtp.mailfrom={self.address()}"
        if form == 5:
            return f"amazonses.example;\n spf=pass (spfCheck: domain of {d} designates {ip} as permitted sender) client-ip={ip}; envelope-from={self.address()}; helo={self.host()};\n dkim=pass header.i=@{d};\n dmarc=none header.from={d};"
        return f"relay.example.net;\n\tdkim=fail (\"body hash did not verify\") header.d={d};\n\tarc=reject (\"cv is fail on i=2\");\n\tdmarc=pass (policy=none) header.from={d}"

    def received_spf(self):
        d, ip = self.domain(), self.ip()
        self.add("Received-SPF", self.one(
            f"Pass (protection.outlook.example: domain of {d} designates\n {ip} as permitted sender)"
            f" receiver=protection.outlook.example;\n client-ip={ip}; helo={self.host()}; pr=C",
            f"pass (google.example: domain of {self.address()} designates {ip} as permitted sender) client-ip={ip};",
            f"None (mailfrom) identity=mailfrom; client-ip={ip}; helo={self.host()}; envelope-from={self.address()}; receiver=<UNKNOWN>",
            f"TempError (protection.outlook.example: error in processing during\n lookup of {d}: DNS Timeout)",
            f"softfail (spfCheck: transitioning domain of {d} does not designate {ip} as permitted sender)"
            f" client-ip={ip}; envelope-from={self.address()}; helo={self.host()};"))

    # ---- dialects ----

    def microsoft_tail(self):
        uid = f"{self.hexa(8)}-{self.hexa(4)}-{self.hexa(4)}-{self.hexa(4)}-{self.hexa(12)}"
        when = f"{self.r.randrange(1, 28):02} Aug 2023 15:22:{self.r.randrange(60):02}.7302\n (UTC)"
        add = self.add
        add("X-IncomingHeaderCount", str(self.r.randrange(9, 40)))
        add("Return-Path", self.one(self.address(), f"<{self.address()}>", "<>"))
        add("X-MS-Exchange-Organization-ExpirationStartTime", when)
        add("X-MS-Exchange-Organization-ExpirationStartTimeReason", "OriginalSubmit")
        add("X-MS-Exchange-Organization-ExpirationInterval", "1:00:00:00.0000000")
        add("X-MS-Exchange-Organization-Network-Message-Id", uid, "\n ")
        add("X-EOPAttributedMessage", "0")
        add("X-EOPTenantAttributedMessage", f"{uid}:0")
        add("X-MS-Exchange-Organization-MessageDirectionality", "Incoming")
        add("X-MS-PublicTrafficType", "Email")
        add("X-MS-TrafficTypeDiagnostic", "DB8EUR05FT024:EE_|CO6PR19MB5385:EE_|MN0PR19MB6312:EE_", "\n ")
        add("X-MS-Exchange-Organization-AuthAs", "Anonymous")
        add("X-MS-UserLastLogonTime", "8/2/2023 3:07:27 PM")
        add("X-MS-Office365-Filtering-Correlation-Id", uid)
        add("X-Sender-IP", self.ip())
        add("X-SID-PRA", self.address().upper())
        add("X-SID-Result", self.one("PASS", "NONE"))
        add("X-MS-Exchange-Organization-SCL", str(self.r.randrange(-1, 9)))
        add("X-Microsoft-Antispam", f"BCL:{self.r.randrange(9)};")
        add("X-Forefront-Antispam-Report", f"CIP:{self.ip()};CTRY:US;LANG:en;SCL:5;SRV:;IPV:NLI;SFV:SPM;H:{self.host()};\n"
            f"\tPTR:{self.host()};CAT:SPM;SFS:(13230040)(366016);DIR:INB;", "\n\t")
        add("X-MS-Exchange-CrossTenant-OriginalArrivalTime", when)
        add("X-MS-Exchange-CrossTenant-AuthAs", "Anonymous")
        add("X-MS-Exchange-CrossTenant-FromEntityHeader", "Internet")
        add("X-MS-Exchange-Transport-EndToEndLatency", "00:00:08.4436770")
        add("X-Microsoft-Antispam-Mailbox-Delivery",
            "abwl:0;wl:0;pcwl:0;kl:0;ucf:0;jmr:0;ex:0;auth:1;dest:I;ENG:(5062000305)(920221119095)(90000117);", "\n\t")
        if self.maybe(0.5):
            add("X-Message-Info", self.b64(160), "\n\t")
        add("X-Message-Delivery", self.b64(44))
        lines = self.r.randrange(2, 60)
        add("X-Microsoft-Antispam-Message-Info",
            "\n ".join(f"=?utf-8?B?{self.b64(60)}?=" for _ in range(lines)), "\n\t")

    def spam_tail(self):
        form = self.r.randrange(5)
        if form == 0:
            self.add("X-Spam-Status", "No, score=-1.9 required=5.0 tests=BAYES_00,DKIM_SIGNED,\n\tDKIM_VALID,HTML_MESSAGE,"
                     "SPF_PASS autolearn=ham\n\tautolearn_force=no version=3.4.6")
            self.add("X-Spam-Level", self.one("", "***", "*"))
            self.add("X-Spam-Checker-Version", f"SpamAssassin 3.4.6 (2021-04-09) on\n\t{self.host()}")
        elif form == 1:
            self.add("X-Spam-Report", "\n\t*  0.0 HTML_MESSAGE BODY: HTML included in message\n"
                     "\t*  1.6 DATE_IN_PAST_03_06 Date: is 3 to 6 hours before Received: date\n"
                     "\t*  0.1 TO_MALFORMED To: has a malformed address\n\t*  0.2 URI_X URI: a link")
        elif form == 2:
            self.add("X-Spamd-Result", "default: False [4.71 / 25.00]; RBL_X(2.00)[192.0.2.9:from];\n AUTH_NA(1.00)[];"
                     " ASN(0.00)[asn:64500,\n ipnet:192.0.2.0/24, country:CL]; MIME_TRACE(0.00)[0:~];")
            self.add("X-Rspamd-Server", "mx-22.example.net")
        elif form == 3:
            self.add("X-AntiAbuse", "This header was added to track abuse, please include it with any abuse report")
            self.add("X-AntiAbuse", f"Primary Hostname - {self.host()}")
            self.add("X-AntiAbuse", "Originator/Caller UID/GID - [47 12] / [47 12]")
            self.add("X-Get-Message-Sender-Via", f"{self.host()}: authenticated_id: {self.address()}")
            self.add("X-Authenticated-Sender", f"{self.host()}: {self.address()}")
            self.add("X-Source", "")
            self.add("X-Source-Args", self.one("", f"/usr/sbin/proxyexec -q -d -s /home/x/.socket {self.r.randrange(9)}"))
            self.add("X-Source-Dir", "")
        else:
            self.add("X-Proofpoint-Virus-Version", "vendor=baseguard\n engine=ICAP:2.0.272,Aquarius:18.0.1039,Hydra:6.0.680,"
                     "FMLib:17.12.80.40\n definitions=2024-09-13_02,2024-09-02_01")
            self.add("X-Mimecast-Spam-Score", "0")
            self.add("X-Barracuda-Connect", f"{self.host()}[{self.ip()}]")
            self.add("X-Barracuda-Start-Time", "1690989777")

    def unknown_name(self):
        words = ["".join(self.one(*SYLLABLES) for _ in range(self.r.randrange(1, 3))) for _ in range(self.r.randrange(1, 4))]
        words = [self.one(w.capitalize(), w.capitalize(), w.upper()) for w in words]
        kind = self.r.random()
        if kind < 0.86 or len(words) < 2:
            return self.one("X-", "X-", "X-", "x-") + "-".join(words)
        if kind < 0.95:
            return "-".join(w.capitalize() for w in words)
        return self.one("_", "-").join(w.lower() for w in words)

    def odd(self):
        """A name that nobody knows."""
        value = self.one(str(self.r.randrange(10**6)), self.hexa(32), self.b64(40), self.text(1, 4), self.address(),
                         f"{self.hexa(8)};{self.hexa(4)}", f"<{self.hexa(12)}>", "yes", f"{self.hexa(6)} ({self.text(1, 3)})",
                         f"{self.host()}:{self.r.randrange(9999)}", f"https://{self.domain()}/{self.hexa(6)}?x={self.hexa(3)}")
        if self.maybe(0.15):
            self.add(self.unknown_name(), self.b64(180).replace("=", "") + "\n\t" + self.b64(40), self.one(" ", "\n\t"))
        else:
            self.add(self.unknown_name(), value, self.one(" ", " ", " ", "\n "))

    def esp(self):
        form = self.r.randrange(6)
        if form == 0:
            self.add("X-SG-EID", "\n ".join(re.findall(".{1,72}", self.b64(180))), "\n ")
            self.add("X-SG-ID", self.b64(60))
            self.add("X-Entity-ID", self.b64(24))
        elif form == 1:
            self.add("X-Mailgun-Sid", f"WyI{self.hexa(20)}==")
            self.add("X-Mailgun-Sending-Ip", self.ip())
            self.add("X-Mailgun-Variables", f'{{"id": "{self.hexa(6)}", "Subject": "x: y"}}')
        elif form == 2:
            self.add("X-MC-User", self.hexa(24))
            self.add("X-Campaign", f"mailchimp{self.hexa(24)}.{self.hexa(10)}")
            self.add("X-campaignid", f"mailchimp{self.hexa(24)}.{self.hexa(10)}")
            self.add("X-Report-Abuse", f"Please report abuse for this campaign here: https://{self.domain()}/abuse?u={self.hexa(10)}")
            self.add("X-Accounttype", "ff")
        elif form == 3:
            self.add("X-CSA-Complaints", f"csa-complaints@{self.domain()}")
            self.add("X-Mailer", f"Mailer {self.r.randrange(9)}.1 ({self.text(1, 3)})")
            self.add("X-Job", self.hexa(8))
        elif form == 4:
            self.add("X-PHP-Originating-Script", f"{self.r.randrange(999)}:mailer.php")
            self.add("X-Mailer", "PHPMailer 6.6.0 (https://mailer.example/PHPMailer)")
        else:
            self.add("X-Mandrill-User", f"md_{self.r.randrange(10**7)}")
            self.add("Feedback-ID", f"{self.r.randrange(99)}:{self.hexa(6)}:campaign:esp")
        if self.maybe(0.6):
            self.add("List-Unsubscribe", self.one(
                f"<mailto:leave+{self.hexa(4)}@{self.domain()}?subject=unsubscribe>", f"<https://{self.domain()}/u/{self.hexa(40)}>",
                f"<mailto:u@{self.domain()}?subject=Subject: leave&body=To: x>,\n <https://{self.domain()}/u?{self.hexa(9)}>"))
            self.add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")

    def list_fields(self):
        name = self.one("devel", "announce", "users")
        self.add("Precedence", self.one("list", "bulk"))
        self.add("List-Id", f"{self.text(1, 3)} <{name}.lists.example.org>")
        self.add("List-Post", f"<mailto:{name}@lists.example.org>")
        self.add("List-Help", f"<mailto:{name}-request@lists.example.org?subject=help>")
        self.add("Errors-To", f"{name}-bounces@lists.example.org")
        self.add("X-BeenThere", f"{name}@lists.example.org")
        self.add("X-Mailman-Version", "2.1.39")
        self.add("Mail-Followup-To", f"{name}@lists.example.org")

    def core(self):
        r = self.r
        subject = self.one("", "", "Re: ", "Fw: ", "RE: Fwd: ", "Click here: ", "[devel] ", "Urgent: Re: ", "Your Order Status: ",
                           "Reminder: ") + self.text(0, 8)
        if self.maybe(0.25):
            subject = "\n ".join(f"=?utf-8?{self.one('B', 'b')}?{self.b64(44)}?=" for _ in range(r.randrange(1, 4)))
        elif self.maybe(0.06):
            subject += self.one(' 24" monitor', " :-) see you", " it's here", " (draft", " Note: call")
        parts = [("From", self.mailbox()), ("To", ", ".join(self.mailbox() for _ in range(self.one(1, 1, 1, 2, 4)))),
                 ("Subject", subject), ("Date", self.date()), (self.one("Message-ID", "Message-Id"), self.msgid()),
                 (self.one("MIME-Version", "Mime-Version"), self.one("1.0", "1.0", "1.0 (Mac OS X Mail 16.0 \\(3696\\))"))]
        boundary = self.one("----=_Part_", "b1_", "=_", "_000_") + self.hexa(16)
        parts.append(("Content-Type", self.one(
            "text/html; charset=UTF-8", "text/plain; charset=\"utf-8\"", "text/plain; charset=us-ascii; format=flowed",
            f"multipart/alternative;\n\tboundary=\"{boundary}\"", f"multipart/mixed; boundary={boundary}")))
        if self.maybe(0.7):
            parts.append(("Content-Transfer-Encoding", self.one("7bit", "8bit", "base64", "quoted-printable")))
        if self.maybe(0.3):
            parts.append(("Reply-To", self.mailbox()))
        if self.maybe(0.12):
            parts.append(("Sender", self.mailbox()))
        if self.maybe(0.12):
            parts.append(("Cc", ",\n ".join(self.mailbox() for _ in range(self.one(1, 3)))))
        if self.maybe(0.2):
            parts += [("In-Reply-To", self.msgid()), ("References", "\n ".join(self.msgid() for _ in range(self.one(1, 2, 5))))]
        if self.maybe(0.1):
            parts += [("Thread-Topic", self.text(1, 6)), ("Thread-Index", self.b64(32)), ("Accept-Language", "en-US, ja-JP"),
                      ("Content-Language", "en-US")]
        if self.maybe(0.15):
            parts += [("X-Priority", self.one("3", "1 (Highest)")), ("Importance", self.one("high", "Normal"))]
        if self.maybe(0.05):
            parts.append(("Organization", self.text(1, 4)))
        if self.maybe(0.5):
            r.shuffle(parts)
        for name, value in parts:
            self.add(name, value)
        if self.maybe(0.05):
            self.out.append(("X-Tight", self.hexa(8)))

    # ---- whole blocks ----

    def microsoft(self):
        for _ in range(self.r.randrange(2, 4)):
            self.received_microsoft()
        self.add("Authentication-Results", self.results())
        self.received_spf()
        self.received_microsoft()
        self.add("X-IncomingTopHeaderMarker", f"OriginalChecksum:{self.hexa(64).upper()};UpperCasedChecksum:"
                 f"{self.hexa(64).upper()};SizeAsReceived:2705;Count:15", "\n ")
        self.origin()
        self.microsoft_tail()
        if self.maybe(0.8):
            self.add("MIME-Version", "1.0")

    def gmail(self):
        self.add("Delivered-To", self.address())
        self.received_google()
        if self.maybe(0.6):
            self.arc(1)
        self.add("Return-Path", f"<{self.address()}>")
        self.received_spf()
        self.add("Authentication-Results", self.results())
        self.origin()

    def ses(self):
        self.add("Return-Path", f"<{self.address()}>")
        self.received_ses()
        self.add("X-SES-Spam-Verdict", self.one("PASS", "GRAY"))
        self.add("X-SES-Virus-Verdict", "PASS")
        self.received_spf()
        self.add("Authentication-Results", self.results())
        self.add("X-SES-RECEIPT", self.b64(480))
        self.dkim("X-SES-DKIM-SIGNATURE", h="From:To:Cc:Bcc:Subject:Date:Message-ID:MIME-Version:Content-Type:X-SES-RECEIPT")
        self.origin()
        self.add("X-SES-Outgoing", f"2026.09.07-{self.ip()}")

    def yahoo(self):
        self.add("X-Apparently-To", f"{self.address()}; {self.date()}")
        self.add("Return-Path", f"<{self.address()}>")
        self.add("X-Originating-Ip", f"[{self.ip()}]")
        self.received_spf()
        self.add("Authentication-Results", self.results())
        self.add("X-YMailISG", "\n ".join(self.b64(72).replace("+", ".") for _ in range(self.r.randrange(3, 12))))
        self.received_postfix()
        self.origin()

    def icloud(self):
        for _ in range(3):
            self.add("Authentication-Results", self.results())
        self.add("X-DMARC-Info", f"pass=pass; dmarc-policy=reject; s=r0; d=r1; pdomain={self.domain()}")
        self.add("X-DMARC-Policy", f"v=DMARC1; p=reject; rua=mailto:dmarc@{self.domain()}; fo=1")
        self.add("X-ARC-Info", "none")
        self.received_postfix()
        self.origin()

    def exchange(self):
        for _ in range(2):
            self.add("Received", self.fold(f"from {self.host()} ([{self.ip()}]) by {self.host()} ([{self.ip()}]) with mapi id "
                                           f"14.03.0{self.r.randrange(999)}.000; {self.date(0)}", 70, "\n "[1:], 10))
        self.add("X-MS-Has-Attach", self.one("", "yes"))
        self.add("X-MS-TNEF-Correlator", "")
        self.origin()

    def plain(self):
        self.add("Return-Path", f"<{self.address()}>")
        self.add(self.one("Delivered-To", "X-Original-To"), self.address())
        for _ in range(self.r.randrange(1, 4)):
            self.one(self.received_postfix, self.received_exim, self.received_sendmail)()
        if self.maybe(0.5):
            self.add("Authentication-Results", self.results())
        self.origin()
        self.spam_tail()

    def origin(self):
        """What the sender's side wrote."""
        for _ in range(self.one(0, 1, 1, 2)):
            self.dkim()
        if self.maybe(0.15):
            self.dkim("X-Google-DKIM-Signature", h="mime-version:date:subject:to:from:message-id:x-gm-message-state\n         :from")
            self.add("X-Gm-Message-State", self.b64(60) + "\n\t" + self.b64(40))
        self.one(self.received_postfix, self.received_exim, self.received_local, self.received_sendmail)()
        self.core()
        if self.maybe(0.5):
            self.esp()
        if self.maybe(0.15):
            self.list_fields()
        for _ in range(self.one(0, 0, 1, 2, 4)):
            self.odd()

    def block(self):
        weights = ((self.microsoft, 30), (self.gmail, 18), (self.ses, 10), (self.yahoo, 8), (self.icloud, 6),
                   (self.exchange, 6), (self.plain, 22))
        self.r.choices([w[0] for w in weights], [w[1] for w in weights])[0]()
        raw = "".join(f"{name}:{value.rstrip()}\n" for name, value in self.out)
        fields = [(name, re.sub(r"\n(?=[ \t])", "", value).strip()) for name, value in self.out]
        return fields, raw


def messages(seed, count):
    for number in range(count):
        yield Maker(f"{seed}-{number}").block()


def parse(raw):
    """The block as (name, value): RFC 5322's unfolding, white space collapsed; stops at the empty line."""
    fields = []
    for line in raw.replace("\r\n", "\n").split("\n"):
        if not line:
            break
        if line[0] in " \t" and fields:
            fields[-1][1] += " " + line
        else:
            name, colon, value = line.partition(":")
            fields.append([name if colon else None, value if colon else line])
    return [(name, " ".join(value.split())) for name, value in fields]


if __name__ == "__main__":
    import sys
    for made, text in messages(sys.argv[1] if len(sys.argv) > 1 else "1", int(sys.argv[2]) if len(sys.argv) > 2 else 3):
        sys.stdout.write(text + "\n")
