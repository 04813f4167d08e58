#!/usr/bin/python3
"""Second opinions, through the program: each known fault of libspf2 and OpenDMARC by a message that shows it, what
crashes them, and where they agree. The libraries are the real ones.
SPDX-License-Identifier: MIT"""
import json
import os
import subprocess
import sys
import tempfile

PROGRAM = os.environ["FROMSCOPE"]
SPF, DMARC = "libspf2", "OpenDMARC"


def spf(record, more="", **rest):
    """A message from a@example.com whose SPF record is `record`; DMARC plays no part."""
    zone = f';! snapshot 1\n;! complete .\n$ORIGIN example.com.\n@ IN TXT {quoted(record)}\n{more}\n'
    return dict({"engine": SPF, "from": "a@example.com", "mail_from": "a@example.com", "zone": zone}, **rest)


def dmarc(author, envelope, record="v=DMARC1; p=reject", place=None, more="", **rest):
    """From: a@author; SPF passes for `envelope`, or nothing does; `record` stands at `place`."""
    zone = ";! snapshot 1\n;! complete .\n"
    if envelope:
        zone += f'{envelope}. IN TXT "v=spf1 ip4:192.0.2.0/24 -all"\n'
    for text in [record] if isinstance(record, str) else record:
        zone += f"_dmarc.{place or author}. IN TXT {quoted(text)}\n"
    return dict({"engine": DMARC, "from": f"a@{author}", "mail_from": f"b@{envelope or 'nowhere.example'}",
                 "zone": zone + more + "\n"}, **rest)


def quoted(text):
    """A TXT record's strings hold at most 255 octets each."""
    return " ".join('"' + text[i:i + 200] + '"' for i in range(0, len(text), 200))


def includes(count):
    """A record of `count` includes, each of which asks DNS twice more, none of which matches."""
    return "\n".join(f'i{k} IN TXT "v=spf1 a:h{k}.example.net a:g{k}.example.net ?all"\n'
                     f"h{k}.example.net. IN A 203.0.113.1\ng{k}.example.net. IN A 203.0.113.2"
                     for k in range(count))


SEVENTY = " ".join(f"ip4:198.51.100.{k}" for k in range(70))
# libspf2 goes on where we stop, and asks for names that this snapshot does not have.
PARTIAL = spf("v=spf1 " + " ".join(f"include:i{k}.example.com" for k in range(6)) + " +all", includes(6))
PARTIAL["zone"] = "\n".join(line for line in PARTIAL["zone"].splitlines()
                            if not line.startswith((";! complete", "h5", "g5")))
CASES = [
    # name, message, our result, theirs, why (None: they agree)
    ("spf agrees: pass", spf("v=spf1 ip4:192.0.2.0/24 -all"), "pass", "pass", None),
    ("spf agrees: fail", spf("v=spf1 -all"), "fail", "fail", None),
    ("spf agrees: softfail by include", spf("v=spf1 include:b.example.com ~all",
                                            'b IN TXT "v=spf1 ip4:198.51.100.1 -all"'),
     "softfail", "softfail", None),
    ("spf agrees: mx and a", spf("v=spf1 mx a -all", "@ IN MX 10 m\nm IN A 192.0.2.1\n@ IN A 198.51.100.1"),
     "pass", "pass", None),
    ("spf agrees: ip6", spf("v=spf1 ip6:2001:db8::/32 -all", ip="2001:db8::7"), "pass", "pass", None),
    ("spf agrees: aaaa", spf("v=spf1 a -all", "@ IN AAAA 2001:db8::7", ip="2001:db8::7"), "pass", "pass", None),
    ("spf agrees: ptr", spf("v=spf1 ptr -all",
                            "1.2.0.192.in-addr.arpa. IN PTR m.example.com.\nm IN A 192.0.2.1"), "pass", "pass", None),
    ("spf agrees: macro", spf("v=spf1 exists:%{i}._x.%{d} -all", "192.0.2.1._x IN A 127.0.0.2"), "pass", "pass", None),
    ("spf agrees: no record", spf("unrelated"), "none", "none", None),
    ("spf agrees: two records", spf("v=spf1 -all", '@ IN TXT "v=spf1 +all"'), "permerror", "permerror", None),
    ("spf agrees: trouble is temperror", spf("v=spf1 include:b.example.com +all", ";! servfail b.example.com."),
     "temperror", "temperror", None),
    ("spf agrees: trouble is no mismatch", spf("v=spf1 a:b.example.com +all", ";! servfail b.example.com."),
     "temperror", "temperror", None),
    ("spf agrees: trouble at the record", spf("x", zone=";! snapshot 1\n;! complete .\n"
                                              ";! servfail example.com. TXT\n"), "temperror", "temperror", None),
    ("spf agrees: unknown term", spf("v=spf1 foo:bar -all"), "permerror", "permerror", None),
    ("lookups counted for each include", spf("v=spf1 " + " ".join(f"include:i{k}.example.com" for k in range(6)) +
                                             " +all", includes(6)), "permerror", "pass", "peer-lookup-limit"),
    ("void lookups not counted", spf("v=spf1 a:v1.example.com a:v2.example.com a:v3.example.com +all"),
     "permerror", "pass", "peer-void-limit"),
    ("bad grammar accepted", spf("v=spf1 a:nodot ip4:192.0.2.1 -all", "@ IN A 192.0.2.1"),
     "permerror", "pass", "peer-bad-grammar"),
    ("prefix zero refused", spf("v=spf1 ip4:0.0.0.0/0 -all"), "pass", "permerror", "peer-prefix-zero"),
    ("64 terms", spf(f"v=spf1 {SEVENTY} ip4:192.0.2.1 -all"), "pass", "neutral", "peer-many-terms"),
    ("redirect where it stands", spf("v=spf1 redirect=b.example.com ip4:192.0.2.1 -all",
                                     'b IN TXT "v=spf1 -all"'), "pass", "fail", "peer-redirect-early"),
    ("label count in a macro", spf("v=spf1 exists:%{d2}.x.example.net -all",
                                   "example.com.x.example.net. IN A 127.0.0.2"), "pass", "fail", "peer-macro-cut"),
    ("loopback", spf("v=spf1 -all", ip="127.0.0.1"), "fail", "pass", "peer-loopback"),
    ("blanks in an explanation", spf("v=spf1 exp=why.%{d} -all", 'why IN TXT "no mail from %{i} here, sorry"'),
     "fail", "fail", "peer-exp-blanks"),
    ("no blanks in an explanation", spf("v=spf1 exp=why.%{d} -all", 'why IN TXT "https://example.com/%{i}"'),
     "fail", "fail", None),
    ("eleven names behind mx", spf("v=spf1 mx -all", "\n".join(f"@ IN MX 10 m{k}\nm{k} IN A 192.0.2.{k}"
                                                              for k in range(1, 12))),
     "permerror", "pass", "peer-name-limit"),
    ("eleven names behind an address", spf("v=spf1 ptr -all", "\n".join(
        f"1.2.0.192.in-addr.arpa. IN PTR n{k}.example.net.\nn{k}.example.net. IN A 192.0.2.1" for k in range(11))),
     "fail", "permerror", "peer-ptr-limit"),
    ("trouble with ptr", spf("v=spf1 ptr -all", ";! servfail 1.2.0.192.in-addr.arpa."), "fail", "temperror",
     "peer-ptr-trouble"),
    ("an IPv4 client written as IPv6 is asked as IPv4", spf("v=spf1 ip4:192.0.2.0/24 -all", ip="::ffff:192.0.2.1"),
     "pass", "pass", None),
    ("127 macros and a long literal", spf("v=spf1 exists:" + "%{d}" * 127 + "." + "a." * 2000 + "example.net -all"),
     None, "unknown", "peer-crashed"),
    ("a redirect to itself", spf("v=spf1 redirect=example.com"), "permerror", "permerror", None),
    ("an include of itself", spf("v=spf1 include:example.com -all"), "permerror", "permerror", None),
    ("more than it was told", spf("v=spf1 ip4:192.0.2.1 -all", zone=';! snapshot 1\n'), "unknown", "unknown",
     "peer-own-open"),
    ("it asks for more than the snapshot has", PARTIAL, "permerror", "unknown", "peer-open"),
    ("no client address", spf("v=spf1 -all", ip=None), "unknown", "unknown", "peer-no-question"),

    ("dmarc agrees: the same name", dmarc("example.com", "example.com"), "pass", "pass", None),
    ("dmarc agrees: a stranger", dmarc("example.com", "example.net"), "fail", "fail", None),
    ("dmarc agrees: a stranger, p=none", dmarc("example.com", "example.net", "v=DMARC1; p=none"), "fail", "fail", None),
    ("dmarc agrees: a stranger, p=quarantine", dmarc("example.com", "example.net", "v=DMARC1; p=quarantine"),
     "fail", "fail", None),
    ("dmarc agrees: a subdomain", dmarc("example.com", "mail.example.com"), "pass", "pass", None),
    ("dmarc agrees: a sibling", dmarc("a1.example.com", "b1.example.com", place="example.com"), "pass", "pass", None),
    ("dmarc agrees: under co.uk", dmarc("shop.co.uk", "other.co.uk"), "fail", "fail", None),
    ("dmarc agrees: no record", dmarc("example.com", "example.com", record=[]), "none", "none", None),
    ("dmarc agrees: not DMARC", dmarc("example.com", "example.com", record="p=reject"), "none", "none", None),
    ("dmarc agrees: strict", dmarc("www.example.com", "mail.example.net", "v=DMARC1; p=reject; aspf=s"),
     "fail", "fail", None),
    ("first label of one character", dmarc("x.com", "evil.com"), "fail", "pass", "peer-first-label"),
    ("a public suffix vouches", dmarc("paypal.com", None, dkim=["com"]), "fail", "pass", "peer-public-suffix"),
    ("co.uk vouches", dmarc("shop.co.uk", "co.uk"), "fail", "pass", "peer-public-suffix"),
    ("strict lets a subdomain pass", dmarc("example.com", "mail.example.com", "v=DMARC1; p=reject; aspf=s"),
     "fail", "pass", "peer-strict"),
    ("version at the end", dmarc("example.com", "example.com", "p=reject; v=DMARC1"), "none", "pass",
     "peer-version-anywhere"),
    ("a shortened policy", dmarc("example.com", "example.com", "v=DMARC1; p=rej"), "none", "pass",
     "peer-policy-word"),
    ("the first of two records", dmarc("example.com", "example.com",
                                       ["v=DMARC1; p=reject", "v=DMARC1; p=none"]), "none", "pass",
     "peer-several-records"),
    ("a tag that it cannot read", dmarc("example.com", "example.com", "v=DMARC1; p=reject; pct=200"), "pass",
     "permerror", "peer-record-refused"),
    ("an unknown top-level domain", dmarc("a1.corp.internal", "b1.corp.internal", place="corp.internal"), "pass",
     "none", "peer-unknown-top"),
    ("a wildcard rule", dmarc("one.foo.ck", "two.foo.ck", record="v=DMARC1; p=reject"), "fail", "pass",
     "peer-wildcard-rule"),
    ("good signatures reduced to one", dmarc("sub.example.com", None, place="example.com", dkim=[
        "other.net", "mail.sub.example.com"]), "pass", "pass", None),
    ("DNS trouble", dmarc("example.com", "example.com", record=[], more=";! servfail _dmarc.example.com."),
     "temperror", "temperror", None),
    ("DNS unknown", dmarc("example.com", "example.com", zone=";! snapshot 1\n"), "unknown", "unknown",
     "peer-own-open"),
    ("a result that is not known", dmarc("example.com", "example.net", more=";! servfail example.net.",
                                         record="v=DMARC1; p=none", zone=';! snapshot 1\n;! complete .\n'
                                         '_dmarc.example.com. IN TXT "v=DMARC1; p=none"\n'
                                         ';! servfail example.net.\n'), "fail", "unknown", "peer-inputs-open"),
]


def analyse(folder, case, *options):
    message, zone = os.path.join(folder, "m.eml"), os.path.join(folder, "m.zone")
    head = "".join(f"Authentication-Results: mx.test; dkim=pass header.d={d}\n" for d in case.get("dkim", []))
    with open(message, "w", encoding="utf-8") as file:
        file.write(f"{head}From: {case['from']}\nSubject: x\nDate: Sun, 22 Nov 2026 04:00:00 +0000\n\nx\n")
    with open(zone, "w", encoding="utf-8") as file:
        file.write(case["zone"])
    command = [PROGRAM, "report", "--format", "json", "--dns", zone, "--mail-from", case["mail_from"],
               "--helo", "client.example.org", "--trust", "mx.test", *options, message]
    ip = case.get("ip", "192.0.2.1")
    if ip:
        command[2:2] = ["--ip", ip]
    run = subprocess.run(command, capture_output=True, timeout=60, check=False)
    if run.returncode or run.stderr:
        sys.exit(f"{command}: {run.returncode} {run.stderr!r}")
    return json.loads(run.stdout)


def opinion(report, engine):
    return next(o for o in report["second_opinions"] if o["engine"] == engine)


def judge(report, case, ours, theirs, why):
    """What is wrong with this report, as a list."""
    said = opinion(report, case["engine"])
    own = report["spf"]["mail_from"]["result"] if case["engine"] == SPF else report["dmarc"]["rfc7489"]["result"]
    differs = [f for f in report["findings"] if f["id"] == "second-opinion-differs" and case["engine"] in f["text"]]
    faults = []
    if ours and own != ours:
        faults.append(f"ours is {own}, not {ours}")
    if said["result"] != theirs or said["why"] != why:
        faults.append(f"{said['engine']} says {said['result']} ({said['why']}), not {theirs} ({why})")
    if said["agrees"] != (said["result"] != "unknown" and said["result"] == own):
        faults.append("agrees is wrong")
    if bool(differs) != (theirs != "unknown" and own != theirs):
        faults.append(f"finding: {differs}")
    if differs and (differs[0]["severity"] == "warning") != (theirs == "pass"):
        faults.append(f"severity: {differs}")
    if (why == "peer-crashed") != any(f["id"] == "second-opinion-crashed" for f in report["findings"]):
        faults.append("crash and finding disagree")
    return faults


def nodes(step):
    yield step
    for child in step["children"]:
        yield from nodes(child)


def main():
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name, case, ours, theirs, why in CASES:
            results.append((name, judge(analyse(folder, case), case, ours, theirs, why)))
        case = CASES[0][1]
        on, off = analyse(folder, case), analyse(folder, case, "--second-opinions", "off")
        results.append(("off: no opinions", [] if off["second_opinions"] == [] else ["there are some"]))
        steps = [n["id"] for n in nodes(on["tree"]) if n["id"] == "second-opinion"]
        results.append(("a step for each in the tree", [] if len(steps) == 2 else [str(steps)]))
        asked = [{k: v for k, v in a.items() if k != "ms"} for a in on["dns"]]
        plain = [{k: v for k, v in a.items() if k != "ms"} for a in off["dns"]]
        results.append(("nothing else is asked where they agree", [] if asked == plain else ["dns differs"]))
        case = next(c for n, c, *_ in CASES if n.startswith("lookups"))
        on, off = analyse(folder, case), analyse(folder, case, "--second-opinions", "off")
        results.append(("what only libspf2 asks stands in the log",
                        [] if len(on["dns"]) > len(off["dns"]) else ["nothing more"]))
        partial = analyse(folder, PARTIAL)
        missing = [a["name"] for a in partial["dns"] if a["name"] in ("h5.example.net", "g5.example.net")]
        results.append(("what nobody could answer is not in the log", [str(missing)] if missing else []))
        results.append(("the verdict is the same with and without",
                        [] if all(on[k] == off[k] for k in ("spf", "dmarc", "advice")) else ["it differs"]))
    print(f"1..{len(results)}")
    for number, (name, faults) in enumerate(results, 1):
        print(f"{'not ' if faults else ''}ok {number} - {name}")
        for fault in faults:
            print(f"#   {fault}")


main()
