"""Random DMARC questions: names, records and identifiers of every shape that the RFCs speak of, and some they do not.

SPDX-License-Identifier: MIT"""
from model import walk_names

# Public suffix lists under which the same names mean different things.
LISTS = [
    ["com", "net", "example", "brand", "uk", "co.uk", "jp"],
    ["com", "net", "example", "hosting.example", "brand", "uk", "co.uk", "shop.co.uk"],
    ["com", "*.example", "!bank.example", "net", "*.uk"],
    ["com", "example.com", "b.example.com", "co.uk"],
    ["invalid"],
    ["*.co.uk", "!shop.co.uk", "*.hosting.example", "hosting.example"],
]
BASES = ["example.com", "shop.co.uk", "alice.hosting.example", "bank.example", "shop.brand", "hosting.example",
         "co.uk", "x.com", "b.example.com", "one.bank.example"]
SUFFIXES = ["com", "brand", "co.uk", "uk", "hosting.example", "localhost", "jp"]
LABELS = ["a", "b", "mail", "news", "x", "xn--bcher-kva", "_spool", "9", "very-long-label-of-a-host"]
POLICIES = ["none", "quarantine", "reject"]
URIS = ["mailto:d@example.com", "mailto:d@example.com!10m", "https://example.com/r", "not-a-uri, mailto:d@example.com",
        "mailto:a@example.com,mailto:b@example.com"]
NO_URIS = ["nobody", "", "example.com/reports", "://x"]


def case_of(rng, text):
    """Literals are compared without regard to case, apart from DMARC1."""
    return "".join(rng.choice((c.upper(), c.lower())) for c in text) if rng.random() < 0.15 else text


def pick(rng, good, bad, chance):
    return rng.choice(bad) if rng.random() < chance else rng.choice(good)


def tags_of(rng):
    tags = []
    if rng.random() < 0.93:
        tags.append(("p", pick(rng, POLICIES, ["block", "", "non", "reject none", "p"], 0.05)))
    for name, chance in (("sp", 0.4), ("np", 0.35)):
        if rng.random() < chance:
            tags.append((name, pick(rng, POLICIES, ["bogus", "", "rejects"], 0.06)))
    if rng.random() < 0.3:
        tags.append(("psd", pick(rng, ["y", "n", "u", "y", "n"], ["x", "yes", ""], 0.1)))
    if rng.random() < 0.25:
        tags.append(("t", pick(rng, ["y", "n"], ["1", "yes", ""], 0.1)))
    if rng.random() < 0.3:
        tags.append(("pct", pick(rng, ["0", "1", "20", "50", "99", "100", "007"],
                                 ["101", "-1", "abc", "", "5 0", "4294967296", "50%", "+5", "0x10"], 0.2)))
    for name in ("aspf", "adkim"):
        if rng.random() < 0.3:
            tags.append((name, pick(rng, ["r", "s"], ["x", "strict", ""], 0.1)))
    if rng.random() < 0.5:
        tags.append(("rua", pick(rng, URIS, NO_URIS, 0.25)))
    if rng.random() < 0.2:
        tags.append(rng.choice([("fo", "1"), ("rf", "afrf"), ("ri", "86400"), ("ruf", "mailto:f@example.com"),
                                ("zz", "anything = else"), ("policy", "reject")]))
    if tags and rng.random() < 0.04:
        tags.append((rng.choice(tags)[0], rng.choice(POLICIES)))
    if rng.random() < 0.2:
        rng.shuffle(tags)
    return tags


def record(rng):
    """One record in some spelling; the spellings that count are counted by the model alone."""
    wide = rng.random() < 0.1
    gap = (lambda: " " * rng.randrange(3)) if wide else (lambda: "")
    parts = [f"{gap() if wide else ' '}{case_of(rng, name)}{gap()}={gap()}{case_of(rng, value)}{gap()}"
             for name, value in tags_of(rng)]
    if rng.random() < 0.04:
        parts.insert(rng.randrange(len(parts) + 1), rng.choice([" ", "", " stray", " p", " ==", " reject"]))
    version = rng.choice([f"v{gap()}={gap()}DMARC1{gap()}", "v=DMARC1"])
    return ";".join([version] + parts) + rng.choice(["", "", ";", "; "])


def other_text(rng):
    """Text at _dmarc that is no DMARC record."""
    return rng.choice(["v=spf1 -all", "v=DMARC2; p=reject", "v=dmarc1; p=reject", "p=reject; v=DMARC1", "v=DMARC1p=reject",
                       "hello", "v=DMARC1 p=reject", "; v=DMARC1; p=reject", "v=DMARC12; p=reject", "v=DMARC1.0; p=none"])


def answer(rng, missing):
    """What DNS says at one name."""
    dice = rng.random()
    if dice < 0.40:
        return [record(rng)]
    if dice < 0.47:
        return [record(rng), record(rng)] + [other_text(rng)] * rng.randrange(2)
    if dice < 0.52:
        return [other_text(rng)]
    if dice < 0.57:
        return [other_text(rng), record(rng)]
    if dice < 0.62:
        return rng.choice(["servfail", "timeout", "bogus"])
    if dice < 0.64 and missing:
        return "missing"
    return rng.choice(["nxdomain", "nodata"])


def author_name(rng):
    dice = rng.random()
    if dice < 0.06:
        return rng.choice(SUFFIXES)
    base = rng.choice(BASES)
    if dice < 0.35:
        return base
    depth = rng.randrange(4, 12) if dice > 0.85 else rng.randrange(1, 4)
    return ".".join([rng.choice(LABELS) for _ in range(depth)] + [base])


def identifier_name(rng, author):
    labels = author.split(".")
    how = rng.choice(["same", "same", "parent", "parent", "child", "sibling", "cousin", "other", "suffix", "random"])
    if how == "parent" and len(labels) > 1:
        return ".".join(labels[rng.randrange(1, len(labels)):])
    if how == "child":
        return rng.choice(LABELS) + "." + author
    if how in ("sibling", "cousin") and len(labels) > 1:
        cut = 1 if how == "sibling" else rng.randrange(1, len(labels))
        return ".".join([rng.choice(LABELS) for _ in range(rng.randrange(1, 3))] + labels[cut:])
    if how == "other":
        return rng.choice(["evil.net", "example.net", "xample.com", "esp.example", "com", "mail.example.com"])
    if how == "suffix":
        return rng.choice(SUFFIXES)
    return author_name(rng) if how == "random" else author


RESULTS = {"spf": ["pass"] * 6 + ["fail", "softfail", "neutral", "none", "permerror", "temperror"],
           "dkim": ["pass"] * 6 + ["fail", "neutral", "policy", "permerror", "temperror"]}


def claims_of(rng, author):
    claims = []
    if rng.random() < 0.7:
        claims.append(("spf", identifier_name(rng, author)))
    for _ in range(rng.choice([0, 0, 1, 1, 1, 2, 3])):
        claims.append(("dkim", identifier_name(rng, author)))
    rng.shuffle(claims)
    # Two signatures of one domain cannot be told apart without a selector.
    return [{"mechanism": m, "domain": d, "result": rng.choice(RESULTS[m])} for m, d in dict.fromkeys(claims)]


def make_case(rng):
    author = author_name(rng)
    claims = claims_of(rng, author)
    complete = rng.random() < 0.5
    names = dict.fromkeys(walk_names(author))
    for claim in claims:
        names.update(dict.fromkeys(walk_names(claim["domain"])))
    # Most names have no record in most zones, else every walk would end at once.
    density = rng.choice([0.15, 0.4, 0.9])
    dns = {"_dmarc." + name: answer(rng, not complete) if rng.random() < density else rng.choice(["nxdomain", "nodata"])
           for name in names}
    if rng.random() < 0.6:      # where a record is most likely to count
        labels = author.split(".")
        dns["_dmarc." + ".".join(labels[-rng.choice([len(labels), 2, 2, 3]):])] = [record(rng)]
    author_exists = rng.choice(["nxdomain", "nxdomain", "nodata", "record", "servfail", "timeout"] +
                               ([] if complete else ["missing"]))
    if author_exists == "nxdomain" and (dns["_dmarc." + author] == "nodata" or isinstance(dns["_dmarc." + author], list)):
        author_exists = "nodata"    # something below it exists
    spf = any(claim["mechanism"] == "spf" for claim in claims)
    return {"author": author, "claims": claims, "dns": dns, "complete": complete, "author_exists": author_exists,
            "default": "nxdomain" if complete else "missing", "trusted": rng.random() < 0.85,
            "says_spf_none": not spf and rng.random() < 0.9,
            "says_dmarc": rng.choice(["pass", "fail", "none", "temperror"]) if rng.random() < 0.2 else None}


def zone(case):
    """The case's DNS as a snapshot; texts of more than 40 octets in two strings."""
    lines = [";! snapshot 1"] + ([";! complete ."] if case["complete"] else [])
    where = dict(case["dns"])
    for name, said in where.items():
        if isinstance(said, list):
            lines += [f"{name}. 300 IN TXT {quoted(text)}" for text in said]
        elif said != "missing":
            lines.append(f";! {said} {name}.")
    author, exists = case["author"], case["author_exists"]
    if exists == "record":
        lines += [f'{author}. 300 IN TXT "v=spf1 -all"', f"{author}. 300 IN A 192.0.2.1", f"{author}. 300 IN MX 0 ."]
    elif exists != "missing":
        lines.append(f";! {exists} {author}.")
    return "\n".join(lines) + "\n"


def quoted(text):
    pieces = [text[:40], text[40:]] if len(text) > 40 else [text]
    return " ".join('"' + piece + '"' for piece in pieces)


def message(case):
    host = "suite.test" if case["trusted"] else "elsewhere.test"
    words = ["spf=none"] if case["says_spf_none"] else []
    for claim in case["claims"]:
        where = "smtp.mailfrom" if claim["mechanism"] == "spf" else "header.d"
        words.append(f"{claim['mechanism']}={claim['result']} {where}={claim['domain']}")
    if case["says_dmarc"]:
        words.append(f"dmarc={case['says_dmarc']} header.from={case['author']}")
    field = f"Authentication-Results: {host}; {'; '.join(words) or 'none'}\r\n"
    return f"{field}From: someone@{case['author']}\r\nSubject: case\r\n\r\n"
