"""Results fields as receivers write them, made up from a seed: every dialect that STANDARDS speaks of, with what they say.

SPDX-License-Identifier: MIT"""

WORDS = {"spf": ["pass", "fail", "softfail", "neutral", "none", "temperror", "permerror"],
         "dkim": ["pass", "fail", "none", "neutral", "policy", "temperror", "permerror"],
         "dmarc": ["pass", "fail", "none", "temperror", "permerror"], "arc": ["pass", "fail", "none"]}
ODD = {"spf": ["timeout", "unknown", "hardfail"], "dkim": ["timeout", "unknown", "ignore", "softpass", "invalid"],
       "dmarc": ["bestguesspass", "unknown", "tempfail", "permfail"], "arc": ["reject", "unknown", "skipped"]}
NAMES = ["example.com", "news.example.com", "bounce.mail.example.net", "esp.example", "xn--bcher-kva.example",
         "shop.example.co.jp", "a-b.example", "9.example"]
COMMENTS = ["good", "sender IP is 192.0.2.7", "2048-bit key; unprotected", "p=NONE sp=NONE dis=NONE", "a (nested (twice)) one",
            "i=1 spf=pass spfdomain=example.org dkim=fail dmarc=pass fromdomain=example.org", "0 oda=0 ltdi=0 93",
            "signature was verified", "message not signed", "dkim=fail; spf=fail", "it said \\) here", "",
            "mx.example.org: domain of a@example.com designates 192.0.2.7 as permitted sender", "\"quoted\" inside"]


class Result:
    """method=result with properties; `bare` ones have no ptype."""

    def __init__(self, method, word, properties=(), comment=None, reason=None):
        self.method, self.word, self.properties = method, word, list(properties)
        self.comment, self.reason = comment, reason


class Field:
    """One value: how it is written, and what it says."""

    def __init__(self, host, results, version=None, lead="", joint="; ", tail=""):
        self.host, self.results, self.version = host, results, version
        self.lead, self.joint, self.tail = lead, joint, tail
        self.tenant = None

    def truth(self):
        return {"host": self.host, "results": [{"method": r.method.lower(), "result": r.word.lower(),
                                                "properties": {k.lower(): v.strip('"') for k, v in r.properties}}
                                               for r in self.results]}


def word(rng, method, odd=0.1):
    return rng.choice(ODD[method] if rng.random() < odd else WORDS[method])


def address(rng):
    local = rng.choice(["a", "bounces+12-ab=x.y", "list-bounces", "prvs=123=a", "b.c", ""])
    return f"{local}@{rng.choice(NAMES)}" if local else rng.choice(NAMES)


def maybe(rng, chance, value):
    return value if rng.random() < chance else None


def gmail(rng):
    name = rng.choice(NAMES)
    key = rng.choice(["Ab1cD2eF", "\"Ab/+1=cd\"", "\"x=y/z+ab\""])
    results = [Result("dkim", word(rng, "dkim", 0), [("header.i", "@" + rng.choice(NAMES)), ("header.s", "sel"), ("header.b", key)])
               for _ in range(rng.randrange(4))]
    if rng.random() < 0.4:
        results.append(Result("arc", word(rng, "arc", 0), [], rng.choice(COMMENTS[5:7])))
    results.append(Result("spf", word(rng, "spf", 0), [("smtp.mailfrom", address(rng))], COMMENTS[12]))
    results.append(Result("dmarc", word(rng, "dmarc", 0), [("header.from", name)], COMMENTS[3]))
    if rng.random() < 0.2:
        results.append(Result("dara", "pass", [("header.i", "@example.org")]))
    return Field(rng.choice(["mx.google.com", "gmr-mx.google.com"]), results)


def microsoft(rng):
    name = rng.choice(NAMES)
    sender = rng.choice([("smtp.mailfrom", rng.choice(NAMES)), ("smtp.helo", "mail." + name), ("smtp.mailfrom", "")])
    results = [Result("spf", word(rng, "spf"), [sender], "sender IP is 192.0.2.7")]
    for _ in range(rng.choice([1, 1, 1, 2])):
        signed = rng.random() < 0.6
        results.append(Result("dkim", word(rng, "dkim") if signed else "none", [("header.d", rng.choice(NAMES) if signed else "none")],
                              "signature was verified" if signed else "message not signed"))
    results.append(Result("dmarc", word(rng, "dmarc", 0.3), [("action", rng.choice(["none", "oreject", "pct.quarantine", "quarantine"])),
                                                             ("header.from", rng.choice([name, name, name, ""]))]))
    if rng.random() < 0.7:
        results.append(Result("compauth", rng.choice(["pass", "fail", "softpass", "none"]), [], None, rng.choice(["000", "001", "100", "130"])))
    field = Field(None, results, joint=rng.choice([";", "; "]), tail=rng.choice(["", ";"]))
    if rng.random() < 0.3:
        field.tenant = rng.choice(["tenant.example", "lists.example.org"])
    return field


def amazon(rng):
    results = [Result("spf", word(rng, "spf", 0), [("client-ip", "192.0.2.7"), ("envelope-from", address(rng)), ("helo", "mail.example.com")],
                      "spfCheck: domain of example.com designates 192.0.2.7 as permitted sender")]
    results += [Result("dkim", word(rng, "dkim", 0), [("header.i", "@" + rng.choice(NAMES))]) for _ in range(rng.randrange(3))]
    results.append(Result("dmarc", word(rng, "dmarc", 0), [("header.from", rng.choice(NAMES))]))
    field = Field("amazonses.com", results, tail=";")
    field.split_properties = True
    return field


def yahoo(rng):
    status = [("arc_overridden_status", "NOT_OVERRIDDEN")] if rng.random() < 0.5 else []
    results = [Result("dkim", word(rng, "dkim", 0.4), [("header.i", "@" + rng.choice(NAMES)), ("header.s", "s1")] + status)
               for _ in range(rng.randrange(3))] or [Result("dkim", "unknown")]
    results.append(Result("spf", word(rng, "spf"), [("smtp.mailfrom", rng.choice(NAMES))] + status))
    results.append(Result("dmarc", word(rng, "dmarc", 0.3), [("header.from", rng.choice(NAMES))] + status, "p=NONE,sp=QUARANTINE"))
    field = Field("atlas-production.v2-mail-prod1-gq1.omega.yahoo.example", results, tail=";")
    field.glue_comments = True
    return field


def apple(rng):
    return rng.choice([
        lambda: Field("bimi.icloud.com", [Result("bimi", "skipped", [], None, '"insufficient dmarc"')]),
        lambda: Field("dmarc.icloud.com", [Result("dmarc", word(rng, "dmarc", 0), [("header.from", rng.choice(NAMES))])]),
        lambda: Field("arc.icloud.com", [Result("arc", word(rng, "arc", 0))]),
        lambda: Field("spf.icloud.com", [Result("spf", word(rng, "spf", 0), [("smtp.mailfrom", address(rng))], COMMENTS[12])]),
        lambda: Field("dkim-verifier.icloud.com", [Result("dkim", word(rng, "dkim", 0), [("header.d", rng.choice(NAMES)),
                      ("header.i", "@" + rng.choice(NAMES)), ("header.b", "iBgqeTn7")], "1024-bit key")])])()


def milters(rng):
    """OpenDKIM, OpenDMARC, rspamd, Exim, Mimecast, Proofpoint, Fastmail."""
    kinds = [
        lambda: Result("dkim", word(rng, "dkim", 0), [("header.d", rng.choice(NAMES)), ("header.i", "@" + rng.choice(NAMES)),
                       ("header.a", "rsa-sha256"), ("header.s", "2025"), ("header.b", "B9toE/y+")], "2048-bit key; unprotected"),
        lambda: Result("dkim", "fail", [("header.d", rng.choice(NAMES))], '"body hash did not verify"'),
        lambda: Result("dkim", "fail", [("header.d", rng.choice(NAMES))], None, '"signature verification failed"'),
        lambda: Result("dmarc", word(rng, "dmarc"), [("header.from", rng.choice(NAMES))], "p=reject dis=none"),
        lambda: Result("dmarc", word(rng, "dmarc"), [("header.from", rng.choice(NAMES)), ("policy.dmarc", "reject")]),
        lambda: Result("spf", word(rng, "spf"), [("smtp.mailfrom", address(rng)), ("smtp.helo", "mail.example.com")]),
        lambda: Result("arc", word(rng, "arc"), [("smtp.remote-ip", "192.0.2.7")]),
        lambda: Result("arc", "reject", [], '"cv is fail on i=2"'),
        lambda: Result("iprev", rng.choice(["pass", "fail"]), [("policy.iprev", "192.0.2.7")], "mail.example.com"),
        lambda: Result("auth", "pass", [("smtp.auth", "CUSA1"), ("smtp.mailfrom", address(rng))]),
        lambda: Result("dkim-atps", "neutral"),
        lambda: Result("x-tls", "pass", [("smtp.version", "TLSv1.3")]),
    ]
    chosen = [rng.choice(kinds)() for _ in range(rng.randrange(1, 5))]
    return Field(rng.choice(["mx.example.org", "relay.mimecast.com", "ppops.net", "mx1", "srv-7.example.org"]), chosen,
                 version=maybe(rng, 0.15, "1"))


def sealer(rng):
    field = rng.choice([gmail, milters, microsoft])(rng)
    if field.host is None:
        field.host, field.version, field.tenant = "mx.microsoft.com", "1", None
    field.lead = f"i={rng.randrange(1, 51)}; "
    return field


MAKERS = [gmail, microsoft, microsoft, amazon, yahoo, apple, milters, milters, sealer]


def make(rng):
    return rng.choice(MAKERS)(rng)
