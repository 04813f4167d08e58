#!/usr/bin/python3
"""A hunt for wrong passes: random assumptions, judged by the program and by a small model of its own that knows
nothing but the text of the RFCs. Prints TAP, one line a batch.

COUNT says how many (400), SEED which. The model: RFC 9989, 4.10 (walk, organization), 4.10.1 (record), 5.3;
RFC 7489, 3.2 with a list in which every top-level name is a suffix. SPDX-License-Identifier: MIT"""
import os
import random
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from checklib import Tap, one

COUNT = int(os.environ.get("COUNT", "400"))
SEED = int(os.environ.get("SEED", "20261122"))
BATCH = 50

NAMES = ["test", "a.test", "b.a.test", "c.b.a.test", "d.a.test", "e.test", "x.e.test", "b.a.other", "a.other",
         "long.n.m.l.k.j.i.h.g.a.test", "k.j.i.h.g.a.test"]
WORDS = ["pass", "pass", "fail", "none", "neutral", "temperror", "permerror"]
RECORDS = [None, None, "v=DMARC1; p=reject", "v=DMARC1; p=none; sp=reject", "v=DMARC1; p=quarantine; np=reject",
           "v=DMARC1; p=reject; aspf=s", "v=DMARC1; p=reject; adkim=s", "v=DMARC1; p=reject; psd=y",
           "v=DMARC1; p=quarantine; psd=n", "v=DMARC1; p=reject; sp=none; np=quarantine; t=y",
           "v=spf1 -all", "SERVFAIL", "UNKNOWN"]


SPF_RECORDS = [None, "v=spf1 ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 ~all", "v=spf1 ip4:192.0.2.1",
               "v=spf1 ip4:192.0.2.300 -all", "SERVFAIL"]


# ---- the model ----

def spf_result(text, ip):
    if text is None:
        return "none"
    if text == "SERVFAIL":
        return "temperror"
    if "300" in text:
        return "permerror"
    if f"ip4:{ip} " in text + " ":
        return "pass"
    return {"-all": "fail", "~all": "softfail"}.get(text.split()[-1], "neutral")


def tags(text):
    return dict(part.strip().split("=", 1) for part in text.split(";") if part.strip())


def look(world, name):
    """A record's tags, None, or the word for why there is no answer."""
    text = world.get(name)
    if text in ("SERVFAIL", "UNKNOWN"):
        return text
    return tags(text) if text and text.startswith("v=DMARC1") else None


def targets(domain):
    labels = domain.split(".")
    names = [domain]
    labels = labels[-7:] if len(labels) > 8 else labels[1:]
    while labels:
        names.append(".".join(labels))
        labels = labels[1:]
    return names


def walk(world, domain):
    """(records found, longest first; the trouble that stopped it, or None)"""
    found = []
    for name in targets(domain):
        record = look(world, name)
        if isinstance(record, str):
            return found, record
        if record is not None:
            found.append((name, record))
            if record.get("psd", "u") != "u":
                break
    return found, None


def organization(world, domain):
    found, trouble = walk(world, domain)
    if trouble:
        return None, trouble
    for name, record in found:
        if record.get("psd") == "n":
            return name, None
        if record.get("psd") == "y" and name != domain:
            return ".".join(domain.split(".")[-(len(name.split(".")) + 1):]), None
    return (found[-1][0] if found else domain), None


def record_9989(world, author):
    found, trouble = walk(world, author)
    for name, record in found:
        if name == author:
            return name, record, None
    if trouble:
        return None, None, trouble
    organ = organization(world, author)[0]
    for name, record in found:
        if name == organ or record.get("psd") == "y":
            return name, record, None
    return None, None, None


def suffix_org(domain):
    return ".".join(domain.split(".")[-2:])


def record_7489(world, author):
    for name in dict.fromkeys([author, suffix_org(author)]):
        record = look(world, name)
        if isinstance(record, str):
            return None, None, record
        if record is not None:
            return name, record, None
    return None, None, None


def aligned(world, domain, author, strict, legacy):
    """True, False, or the trouble that leaves it open."""
    if domain == author or strict:
        return domain == author
    if legacy:
        return suffix_org(domain) == suffix_org(author)
    own, own_trouble = organization(world, domain)
    organ, trouble = organization(world, author)
    if own and organ:
        return own == organ
    if domain.split(".")[-1] != author.split(".")[-1]:
        return False
    # One organization that DNS withholds is enough: no other answer could settle it, so a receiver has a temperror.
    return "SERVFAIL" if "SERVFAIL" in (own_trouble, trouble) else "UNKNOWN"


def judge(world, author, spf, dkim, legacy):
    name, record, trouble = (record_7489 if legacy else record_9989)(world, author)
    if trouble:
        return "temperror" if trouble == "SERVFAIL" else "unknown"
    if not record:
        return "none"
    open_ones = []
    for domain, word, tag in [(*spf, "aspf")] + [(*d, "adkim") for d in dkim]:
        alignment = aligned(world, domain, author, record.get(tag) == "s", legacy)
        if alignment is False or word not in ("pass", "temperror"):
            continue
        if alignment is True and word == "pass":
            return "pass"
        open_ones.append(alignment)
    if not open_ones:
        return "fail"
    return "unknown" if "UNKNOWN" in open_ones else "temperror"


def policy(record, name, author, exists, legacy):
    if name == author:
        return record["p"]
    if not legacy and not exists and "np" in record:
        return record["np"]
    return record.get("sp", record["p"])


# ---- the comparison ----

def zone(world, senders):
    lines = [";! snapshot 1", ";! complete test.", ";! complete other."]
    for name, text in world.items():
        if text == "SERVFAIL":
            lines.append(f";! servfail _dmarc.{name}. TXT")
        elif text and text != "UNKNOWN":
            lines.append(f'_dmarc.{name}. 300 IN TXT "{text}"')
    unknown = [n for n, t in world.items() if t == "UNKNOWN"]
    if unknown:     # `complete` would answer for them: say each name that is known instead
        lines = [line for line in lines if "complete" not in line]
        known = {t for n in NAMES for t in targets(n)} - set(unknown)
        lines += [f";! nxdomain _dmarc.{n}. TXT" for n in known if not world.get(n)]
    for name, text in senders.items():
        if text == "SERVFAIL":
            lines.append(f";! servfail {name}. TXT")
        else:
            lines.append(f'{name}. 300 IN TXT "{text}"' if text else f";! nodata {name}. TXT")
    return "\n".join(lines) + "\n"


def compare(rng, folder):
    world = {name: rng.choice(RECORDS) for name in NAMES}
    author = rng.choice(NAMES[1:])
    spf = (rng.choice(NAMES[1:]), rng.choice(WORDS + ["softfail"]))
    dkim = [(rng.choice(NAMES[1:]), rng.choice(WORDS + ["policy"])) for _ in range(rng.randint(0, 3))]
    exists = rng.random() < 0.5
    senders = {name: rng.choice(SPF_RECORDS) for name in NAMES}
    ip = rng.choice(["192.0.2.1", "192.0.2.1", "192.0.2.2"])
    evaluated = rng.random() < 0.5
    if evaluated:
        spf = (spf[0], spf_result(senders[spf[0]], ip))
    path = os.path.join(folder, "world.zone")
    with open(path, "w") as out:
        out.write(zone(world, senders))
    options = ["--from", f"who@{author}", "--mail-from", f"b@{spf[0]}", *(["--ip", ip] if evaluated else ["--spf", spf[1]]),
               "--second-opinions", "off", "--dns", path, "--psl", os.path.join(folder, "list.dat"), "--author-exists", "yes" if exists else "no"]
    for domain, word in dkim:
        options += ["--dkim", domain if word == "pass" and rng.random() < 0.5 else f"{domain}:{word}"]
    report = one(*options)
    got = report["dmarc"]
    faults, wants = [], []
    if report["spf"]["mail_from"]["result"] != spf[1]:
        faults.append(f"spf: want {spf[1]}, got {report['spf']['mail_from']['result']}")
    for rfc, legacy in (("rfc9989", False), ("rfc7489", True)):
        want = judge(world, author, spf, dkim, legacy)
        wants.append(want)
        if got[rfc]["result"] != want:
            faults.append(f"{rfc}: want {want}, got {got[rfc]['result']}")
        name, record, _ = (record_7489 if legacy else record_9989)(world, author)
        asked = policy(record, name, author, exists, legacy) if record else None
        if got[rfc]["policy"] != asked:
            faults.append(f"{rfc} policy: want {asked}, got {got[rfc]['policy']}")
        if got[rfc]["basis"] != "assumed":
            faults.append(f"{rfc} basis: {got[rfc]['basis']}")
    return [f"{fault} for {' '.join(options)} in {world}, {senders}" for fault in faults], wants


tap = Tap()
rng = random.Random(SEED)
counts = {}
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "list.dat"), "w") as out:
        out.write("// ===BEGIN ICANN DOMAINS===\ntest\nother\n")
    for start in range(0, COUNT, BATCH):
        faults = []
        for _ in range(min(BATCH, COUNT - start)):
            found, wants = compare(rng, folder)
            faults += found
            for want in wants:
                counts[want] = counts.get(want, 0) + 1
        tap.ok(not faults, f"random assumptions from {start + 1} on (seed {SEED})", "\n#   ".join(faults[:5]))
# A model that always said one thing would agree with a program that does.
tap.ok(all(counts.get(word, 0) >= COUNT // 50 for word in ("pass", "fail", "none", "temperror", "unknown")),
       f"every outcome came up: {dict(sorted(counts.items()))}")
tap.end()
