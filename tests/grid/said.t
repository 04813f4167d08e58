#!/usr/bin/python3
"""What DMARC tells people: findings about records, why the RFCs differ, several authors, IDN. Prints TAP.

Each case: From:, the receiving host's results, the zone, and what must hold of the JSON.
SPDX-License-Identifier: MIT"""
import json
import os
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("FROMSCOPE", os.path.join(ROOT, "build", "fromscope"))
LIST = ["com", "net", "example", "jp", "brand", "hosting.example", "b.c.d.e.f.g.example.com"]
NONE = "spf=none"
count = failed = 0


def ask(author, words, zone, more=(), fields=b"", complete=True):
    """The JSON of one message. Names are relative to the root; `zone` maps a name to texts or a status."""
    lines = [";! snapshot 1"] + ([";! complete ."] if complete else [])
    for name, said in zone.items():
        lines += [f'{name}. 300 IN TXT "{text}"' for text in said] if isinstance(said, list) else [f";! {said} {name}."]
    header = f"Authentication-Results: mx.test; {words}\r\n".encode() + fields
    for value in author if isinstance(author, list) else [author]:
        header += b"From: " + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("m.eml", header + b"\r\n"), ("z", "\n".join(lines).encode() + b"\n"),
                           ("list", ("// ===BEGIN ICANN DOMAINS===\n" + "\n".join(LIST) + "\n").encode())):
            with open(os.path.join(folder, name), "wb") as out:
                out.write(text)
        done = subprocess.run([PROGRAM, "report", "--format", "json", "--dns", "z", "--psl", "list", "--trust", "mx.test",
                               *more, "m.eml"], cwd=folder, capture_output=True, timeout=60)
    return json.loads(done.stdout) if done.returncode == 0 else {"error": done.stderr.decode(errors="replace")}


def same(what, want, got):
    global count, failed
    count += 1
    if want == got:
        print(f"ok {count} - {what}")
        return
    failed += 1
    print(f"not ok {count} - {what}\n#   want {want}\n#   got  {got}")


def record_findings(report):
    return [(f["id"], "TXT _dmarc.a.com (z)" in (f["evidence"] or "")) for f in report["findings"] if f["id"].startswith(("dmarc-", "psd-"))]


def findings():
    cases = [
        ("a clean record", {"_dmarc.a.com": ["v=DMARC1; p=reject; rua=mailto:d@a.com"]}, []),
        ("two records", {"_dmarc.a.com": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, ["dmarc-several-records"]),
        ("a bad mode", {"_dmarc.a.com": ["v=DMARC1; p=reject; adkim=x"]}, ["dmarc-record-syntax"]),
        ("a stray word", {"_dmarc.a.com": ["v=DMARC1; p=reject; hello"]}, ["dmarc-record-syntax"]),
        ("a tag in capitals", {"_dmarc.a.com": ["v=DMARC1; p=reject; ASPF=s"]}, ["dmarc-record-syntax"]),
        ("a pct that is none", {"_dmarc.a.com": ["v=DMARC1; p=reject; pct=150"]}, ["dmarc-record-syntax", "dmarc-tag-ignored"]),
        ("pct, rf and ri", {"_dmarc.a.com": ["v=DMARC1; p=reject; pct=5; rf=afrf; ri=3600"]}, ["dmarc-tag-ignored"] * 3),
        ("a tag twice", {"_dmarc.a.com": ["v=DMARC1; p=reject; p=none"]}, ["dmarc-duplicate-tag"]),
        ("a policy that ends in a NUL", {"_dmarc.a.com": [r"v=DMARC1; p=reject\000; rua=mailto:d@a.com"]}, ["dmarc-record-syntax", "dmarc-policy-invalid"]),
        ("a version that ends in a NUL", {"_dmarc.a.com": [r"v=DMARC1\000; p=reject"]}, []),
        ("a policy that does not exist", {"_dmarc.a.com": ["v=DMARC1; p=block; rua=mailto:d@a.com"]}, ["dmarc-policy-invalid"]),
        ("the same without rua", {"_dmarc.a.com": ["v=DMARC1; p=reject; sp=block"]}, ["dmarc-policy-unusable"]),
        ("no policy", {"_dmarc.a.com": ["v=DMARC1; rua=mailto:d@a.com"]}, ["dmarc-p-absent"]),
        ("no policy, no rua", {"_dmarc.a.com": ["v=DMARC1; aspf=s"]}, ["dmarc-p-missing"]),
        ("psd=n", {"_dmarc.a.com": ["v=DMARC1; p=reject; psd=n"]}, ["psd-walk"]),
    ]
    for what, zone, want in cases:
        got = ask("x@a.com", NONE, zone)
        same(f"{what}: findings, with the DNS answer", [(i, True) for i in want], record_findings(got))
    got = ask("x@a.com", "spf=pass smtp.mailfrom=b.com", {"_dmarc.a.com": ["v=DMARC1; p=reject"],
                                                         "_dmarc.b.com": ["v=DMARC1; p=x; pct=1; sp=y"]})
    same("of another organization's record nothing is said", [], record_findings(got))


def existence():
    zone = {"_dmarc.a.com": ["v=DMARC1; p=none; sp=none; np=reject"], "_dmarc.g.a.com": "nxdomain", "_dmarc.com": "nodata"}
    for status, want in (("nxdomain", ("reject", "np", [])), ("nodata", ("none", "sp", [])),
                         ("servfail", (None, None, ["dmarc-existence-unknown"])),
                         ("timeout", (None, None, ["dmarc-existence-unknown"])), (None, (None, None, ["dmarc-existence-unknown"]))):
        got = ask("x@g.a.com", NONE, {**zone, **({"g.a.com": status} if status else {})}, complete=False)
        walk = got["dmarc"]["rfc9989"]
        same(f"np where the name is {status}", ("fail",) + want,
             (walk["result"], walk["policy"], walk["policy_tag"], [i for i, _ in record_findings(got)]))


LONG = "m.a.b.c.d.e.f.g.example.com"


def differences():
    dkim = "spf=none; dkim=pass header.d="
    cases = [
        ("DNS left one of them open", "n.a.com", dkim + "a.com", {"_dmarc.a.com": ["v=DMARC1; p=reject"], "_dmarc.com": "servfail"}),
        ("only RFC 7489 asks", "a.b.x.com", dkim + "y.net", {"_dmarc.b.x.com": ["v=DMARC1; p=reject; psd=n"], "_dmarc.x.com": "servfail"}),
        ("not the same one", "a.b.x.com", dkim + "x.com", {"_dmarc.a.b.x.com": "timeout"}),
        ("Only the tree walk", "s.brand", dkim + "o.net", {"_dmarc.brand": ["v=DMARC1; p=reject"]}),
        ("Only RFC 7489 finds", LONG, dkim + "o.net", {"_dmarc." + LONG[2:]: ["v=DMARC1; p=reject"]}),
        ("find different records", "a.b.x.com", dkim + "x.com", {"_dmarc.b.x.com": ["v=DMARC1; p=none; psd=n"], "_dmarc.x.com": ["v=DMARC1; p=reject; adkim=s"]}),
        ("by the records in DNS (brand", "s.brand", dkim + "o.brand", {"_dmarc.s.brand": ["v=DMARC1; p=none"], "_dmarc.brand": ["v=DMARC1; p=none"]}),
        ("by the public suffix list (a.com", "n.a.com", dkim + "a.com", {"_dmarc.n.a.com": ["v=DMARC1; p=reject"]}),
        ("the search ends there", "n.a.com", dkim + "o.net", {"_dmarc.n.a.com": ["v=DMARC1; p=none", "v=DMARC1; p=reject"], "_dmarc.a.com": ["v=DMARC1; p=reject"]}),
        ("goes by np= in the record", "g.a.com", NONE, {"_dmarc.a.com": ["v=DMARC1; p=none; np=reject"], "g.a.com": "nxdomain"}),
        ("policy that does not exist", "a.com", dkim + "a.com", {"_dmarc.a.com": ["v=DMARC1; p=reject; np=x"]}),
        ("whether it does is not known", "g.a.com", NONE, {"_dmarc.a.com": ["v=DMARC1; p=none; np=reject"], "g.a.com": "servfail"}),
        ("in test (t=y)", "a.com", NONE, {"_dmarc.a.com": ["v=DMARC1; p=reject; t=y"]}),
        ("goes by pct=", "a.com", NONE, {"_dmarc.a.com": ["v=DMARC1; p=reject; pct=0"]}),
    ]
    for words, author, claims, zone in cases:
        got = ask("x@" + author, claims, zone)["dmarc"]
        if words == "not the same one":     # one RFC meets trouble, the other a gap of the snapshot
            got = ask("x@" + author, "spf=none; dkim=pass header.d=x.com; dkim=fail header.d=" + author,
                      {"_dmarc.a.b.x.com": "nodata", "_dmarc.b.x.com": "servfail"}, complete=False)["dmarc"]
        same(f"why: {words}", (True, True), (got["differ"], words in (got["why"] or "")))
    got = ask("x@a.com", NONE, {"_dmarc.a.com": ["v=DMARC1; p=reject"]})["dmarc"]
    same("why: nothing where they agree", (False, None), (got["differ"], got["why"]))


def authors():
    zone = {"_dmarc.a.com": ["v=DMARC1; p=none"], "_dmarc.b.com": ["v=DMARC1; p=quarantine; pct=30"],
            "_dmarc.c.com": ["v=DMARC1; p=reject; t=y"]}
    dkim = "spf=none; dkim=pass header.d=a.com"

    def brief(report, column="rfc9989"):
        said = report["dmarc"][column]
        return [said["result"], said["applied"]] + [[p["domain"], p["result"], p["applied"], p["applied_sampled"]]
                                                    for p in said["per_domain"]]
    got = ask("x@a.com, y@b.com", dkim, zone)
    same("two authors: the one that fails governs", ["fail", "quarantine", ["a.com", "pass", "none", None],
                                                     ["b.com", "fail", "quarantine", None]], brief(got))
    same("… by RFC 7489, with pct", ["fail", "quarantine", ["a.com", "pass", "none", None],
                                     ["b.com", "fail", "quarantine", "none"]], brief(got, "rfc7489"))
    same("strictest by RFC 7489, which does not know t", ["fail", "reject"],
         brief(ask("x@b.com, y@c.com", dkim, zone), "rfc7489")[:2])
    same("an author without a record: no pass", "none", ask("x@a.com, y@d.com", dkim, zone)["dmarc"]["rfc9989"]["result"])
    same("one domain twice is one author", ["pass", "none"], brief(ask("x@a.com, y@A.COM", dkim, zone)))
    same("two From fields count both", ["fail", "quarantine"], brief(ask(["x@a.com", "y@b.com"], dkim, zone))[:2])
    many = ask(", ".join(f"x@d{i}.com" for i in range(30)), dkim, {})
    same("30 authors: 10 are looked at, which is said", (10, True),
         (len(many["dmarc"]["rfc9989"]["per_domain"]), any(f["id"] == "from-too-many-domains" for f in many["findings"])))
    for value in ("", "not an address", "<@>", "undisclosed:;", "x@", "@a.com", "x@a..com", "x@[192.0.2.1]"):
        said = ask(value, dkim, zone)["dmarc"]["rfc9989"]
        same(f"From: {value!r} names no domain", ("none", None, []), (said["result"], said["org_domain"], said["queries"]))
    same("no From at all", "none", ask([], dkim, zone)["dmarc"]["rfc9989"]["result"])


def idn():
    zone = {"_dmarc.xn--bcher-kva.example": ["v=DMARC1; p=reject"]}
    for what, author, claim in (("U-label in From, A-label in d=", "x@bücher.example", "xn--bcher-kva.example"),
                                ("A-label in From, U-label in d=", "x@xn--bcher-kva.example", "bücher.example"),
                                ("capitals", "x@BÜCHER.example", "XN--BCHER-KVA.EXAMPLE"),
                                ("decomposed letters", "x@bu\u0308cher.example", "bücher.example"),
                                ("ideographic full stop", "x@bücher\u3002example", "bücher.example")):
        got = ask(author, f"spf=none; dkim=pass header.d={claim}", zone)
        said = got["dmarc"]["rfc9989"]
        same(f"{what}: one name", ("pass", "xn--bcher-kva.example", "xn--bcher-kva.example", "bücher.example"),
             (said["result"], got["from"]["domain"], said["record_domain"], said.get("record_domain_unicode")))
    got = ask("=?utf-8?q?x=40b=C3=BCcher=2Eexample?= <x@evil.com>", "spf=none; dkim=pass header.d=evil.com",
              {"_dmarc.evil.com": ["v=DMARC1; p=none"], **zone})
    same("an encoded word that looks like an address is a name only", ("evil.com", True),
         (got["from"]["domain"], any(f["id"] == "display-name-address" for f in got["findings"])))
    got = ask("x@=?utf-8?q?b=C3=BCcher=2Eexample?=", "spf=none; dkim=pass header.d=xn--bcher-kva.example", zone)
    same("an encoded word inside the address makes no pass", False, got["dmarc"]["rfc9989"]["result"] == "pass")
    got = ask(b"x@b\xfccher.example", "spf=none; dkim=pass header.d=xn--bcher-kva.example", zone)
    same("bytes that are not UTF-8 make no pass", False, got["dmarc"]["rfc9989"]["result"] == "pass")


def null_sender():
    zone = {"_dmarc.a.com": ["v=DMARC1; p=reject"], "mx.a.com": ["v=spf1 ip4:192.0.2.1 -all"]}
    got = ask("MAILER-DAEMON@a.com", "none", zone, ["--mail-from", "", "--helo", "mx.a.com", "--ip", "192.0.2.1"])
    spf = got["dmarc"]["rfc9989"]["identifiers"][0]
    same("null sender: HELO stands in", ("pass", "mx.a.com", True, True),
         (got["dmarc"]["rfc9989"]["result"], spf["domain"], spf["authenticated"], spf["aligned"]))
    got = ask("x@a.com", "none", {**zone, "o.net": ["v=spf1 -all"]},
              ["--mail-from", "x@o.net", "--helo", "mx.a.com", "--ip", "192.0.2.1"])
    same("HELO counts for a null sender only", ("pass", "fail"),
         (got["spf"]["helo"]["result"], got["dmarc"]["rfc9989"]["result"]))


for part in (findings, existence, differences, authors, idn, null_sender):
    part()
print(f"1..{count}")
