#!/usr/bin/python3
"""Every option of `check`: what it changes, how its faults are told, and what the JSON holds. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from checklib import ROOT, SNAPSHOT, Tap, call, one, steps

tap = Tap()
DNS = ("--dns", SNAPSHOT)
VISITOR = ("--from", "user@example.jp")
FORM = ("--mail-from", "webmaster@www.example.com", "--ip", "192.0.2.10")


def dmarc(report, rfc="rfc9989"):
    return report["dmarc"][rfc]


def identifiers(report):
    return [(i["mechanism"], i["domain"], i["authenticated"], i["aligned"])
            for i in dmarc(report)["identifiers"]]


# ---- the example of the design ----
example = one(*VISITOR, *FORM, "--dkim", "example.com", *DNS)
tap.same("fail", dmarc(example)["result"], "a visitor's From fails by RFC 9989")
tap.same("fail", dmarc(example, "rfc7489")["result"], "… and by RFC 7489")
tap.same([("spf", "www.example.com", True, False), ("dkim", "example.com", True, False)],
         identifiers(example), "both pass, neither is aligned")
tap.same(("check", None), (example["source"]["kind"], example["source"]["path"]), "kind and path")
tap.same(["assumed"] * 2, [dmarc(example, rfc)["basis"] for rfc in ("rfc9989", "rfc7489")], "basis")
tap.same("reject", dmarc(example)["applied"], "the visitor's policy")
tap.same("sending-service", example["advice"][0]["pattern"], "the advice of a message")
tap.same("recomputed", example["spf"]["mail_from"]["provenance"], "SPF was evaluated")
tap.same("v=spf1 ip4:192.0.2.10 -all", example["spf"]["mail_from"]["record"], "… by its record")
tap.same([("assumed", "--mail-from"), ("assumed", "--ip")],
         [(example["envelope"][k]["provenance"], example["envelope"][k]["evidence"])
          for k in ("mail_from", "client_ip")], "the envelope is assumed, by its options")
signature = example["dkim"][0]
tap.same(("example.com", "pass", "assumed", "assumed", False),
         (signature["domain"], signature["result"], signature["reason"], signature["provenance"],
          signature["author_signature"]), "the signature is assumed")
author = steps(example["tree"], "author")[0]
tap.same(("--from", "assumed", "From: user@example.jp"),
         (author["evidence"], author["provenance"], author["title"]), "the author's step")
tap.same("assumed", example["tree"]["provenance"], "the root is assumed")
tap.same("assumed", example["tree_7489"]["provenance"], "… by RFC 7489, too")
tap.same(1, len(steps(example["tree"], "dkim-assumed")), "a step for the assumed signature")
tap.same(1, len(steps(example["tree"], "spf-check")), "a step for the evaluated SPF")

tap.same(("no", "recomputed"), (lambda s: (s["result"], s["provenance"]))(steps(example["tree"], "spf-vouches")[0]),
         "SPF's branch was computed")
tap.same(("no", "assumed"), (lambda s: (s["result"], s["provenance"]))(steps(example["tree"], "dkim-vouches")[0]),
         "DKIM's branch is assumed")

# ---- other engines are asked, as about a message ----
tap.same([("libspf2", "pass", True), ("OpenDMARC", "fail", True)],
         [(said["engine"], said["result"], said["agrees"]) for said in example["second_opinions"]], "second opinions")

# ---- keys in the order of the contract ----
ORDER = ("format source from sender reply_to envelope route delivery_status reported spf dkim arc dmarc "
         "second_opinions receivers findings advice dns what_if tree").split()
tap.same(ORDER, [key for key in example if key in ORDER], "top-level keys stand in the contract's order")
tap.same(["path", "index", "kind", "bytes", "fidelity", "repairs", "inside"],
         list(example["source"])[:7], "keys of source")
DMARC = ("result claimed policy applied applied_sampled record record_domain org_domain identifiers "
         "queries basis per_domain psl").split()
tap.same(DMARC, list(dmarc(example))[:len(DMARC)], "keys of a DMARC result")
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "m.eml")
    with open(path, "w") as out:
        out.write("From: a@example.jp\r\n\r\n")
    status, text, _ = call("--format", "json", *DNS, path, command="report")
    message = json.loads(text)
tap.same(list(message), list(example), "the same top-level keys as of a message")
for key in ("source", "envelope", "spf", "dmarc", "arc", "tree"):
    tap.same(list(message[key]), list(example[key]), f"the same keys in {key}")

# ---- --from ----
tap.same(("example.jp", "user@example.jp", "A User"),
         (lambda f: (f["domain"], f["addresses"][0]["address"], f["addresses"][0]["name"]))(
             one("--from", "A User <user@example.jp>", *DNS)["from"]), "an address with its name")
bare = one("--from", "Example.JP.", "--dkim", "mail.example.jp", *DNS)
tap.same(("example.jp", None), (bare["from"]["domain"], bare["from"]["addresses"][0]["address"]),
         "a bare domain")
tap.same("pass", dmarc(bare)["result"], "a bare domain is judged")
tap.same("From: example.jp", steps(bare["tree"], "author")[0]["title"], "… and named in the tree")
tap.same(("xn--bcher-kva.example", "bücher.example"),
         (lambda f: (f["domain"], f["domain_unicode"]))(one("--from", "a@bücher.example", "--offline")["from"]),
         "an international domain")

# ---- the envelope ----
no_ip = one(*VISITOR, "--mail-from", "a@example.jp", *DNS)
tap.same(("unknown", "no-ip"), (no_ip["spf"]["mail_from"]["result"], no_ip["spf"]["mail_from"]["reason"]),
         "without --ip SPF is unknown")
tap.same("unknown", dmarc(no_ip)["result"], "… and so is DMARC")
tap.same("assumed", dmarc(no_ip)["basis"], "… its basis is still what was assumed")
text = call(*VISITOR, "--mail-from", "a@example.jp", *DNS)[1]
tap.ok("--ip ADDRESS" in text and "client's IP address" in text, "… and the text says how to supply it", text)
good = one(*VISITOR, "--mail-from", "example.jp", "--ip", "198.51.100.25", *DNS)
tap.same(("pass", "example.jp", "pass"), (good["spf"]["mail_from"]["result"], good["spf"]["mail_from"]["domain"],
                                          dmarc(good)["result"]), "--mail-from as a bare domain")
tap.same(None, good["envelope"]["mail_from"]["address"], "… has no address")
tap.same("fail", one(*VISITOR, "--mail-from", "a@example.jp", "--ip", "203.0.113.9", *DNS)
         ["spf"]["mail_from"]["result"], "another server fails")
null = one(*VISITOR, "--mail-from", "<>", "--helo", "www.example.com", "--ip", "192.0.2.10", *DNS)
tap.same(("pass", "www.example.com", "pass"),
         (null["spf"]["mail_from"]["result"], null["spf"]["mail_from"]["domain"], null["spf"]["helo"]["result"]),
         "the null sender is judged by HELO")
tap.same(1, len(steps(null["tree"], "spf-identity-null")), "… and says so in the tree")
lost = one(*VISITOR, "--mail-from", "<>", "--ip", "192.0.2.10", *DNS)
tap.same(("unknown", "no-domain"), (lost["spf"]["mail_from"]["result"], lost["spf"]["mail_from"]["reason"]),
         "a null sender without --helo is unknown")
tap.ok("--helo NAME" in call(*VISITOR, "--mail-from", "<>", "--ip", "192.0.2.10", *DNS)[1],
       "… and the text asks for --helo")
nothing = one(*VISITOR, *DNS)
tap.same("unknown", dmarc(nothing)["result"], "nothing but --from: unknown")

# ---- --spf ----
for word in "none neutral fail softfail permerror".split():
    got = one(*VISITOR, "--mail-from", "a@example.jp", "--spf", word, *DNS)
    tap.same((word, "assumed", "assumed", "fail"),
             (got["spf"]["mail_from"]["result"], got["spf"]["mail_from"]["reason"],
              got["spf"]["mail_from"]["provenance"], dmarc(got)["result"]), f"--spf {word}")
passed = one(*VISITOR, "--mail-from", "a@example.jp", "--ip", "203.0.113.9", "--spf", "pass", *DNS)
tap.same("pass", dmarc(passed)["result"], "--spf pass skips the evaluation")
tap.same([], [a["name"] for a in passed["dns"] if a["name"] == "example.jp"], "… nothing is asked for it")
tap.same(1, len(steps(passed["tree"], "spf-assumed")), "… and the tree says that it is assumed")
temporary = one(*VISITOR, "--mail-from", "a@example.jp", "--spf", "temperror", *DNS)
tap.same("temperror", dmarc(temporary)["result"], "--spf temperror is no fail")
tap.same("fail", dmarc(one(*VISITOR, "--spf", "none", *DNS))["result"], "--spf none needs no --mail-from")
tap.same("fail", dmarc(one(*VISITOR, "--mail-from", "a@example.com", "--spf", "temperror", *DNS))["result"],
         "a temperror of another name cannot help")
tap.same("pass", dmarc(one(*VISITOR, "--mail-from", "<>", "--helo", "mx.example.jp", "--spf", "pass", *DNS))["result"],
         "--spf pass of the null sender counts for HELO's name")

# ---- --dkim ----
SPF_NONE = ("--spf", "none")
for word, want in (("pass", "pass"), ("fail", "fail"), ("none", "fail"), ("policy", "fail"),
                   ("neutral", "fail"), ("permerror", "fail"), ("temperror", "temperror"), ("unknown", "unknown")):
    got = one(*VISITOR, *SPF_NONE, "--dkim", f"mail.example.jp:{word}", *DNS)
    tap.same((word, want), (got["dkim"][0]["result"], dmarc(got)["result"]), f"--dkim DOMAIN:{word}")
several = one(*VISITOR, *SPF_NONE, "--dkim", "example.jp:fail", "--dkim", "example.com", "--dkim", "mx.example.jp",
              *DNS)
tap.same(["example.jp", "example.com", "mx.example.jp"], [d["domain"] for d in several["dkim"]],
         "several signatures, in their order")
tap.same([False, True, True], [i["authenticated"] for i in dmarc(several)["identifiers"][1:]], "… each by itself")
tap.same([True, False, True], [d["author_signature"] for d in several["dkim"]], "… the author's are marked")
tap.same("pass", dmarc(several)["result"], "… one that is aligned is enough")

# ---- --author-exists ----
with tempfile.TemporaryDirectory() as folder:
    zone = os.path.join(folder, "np.zone")
    with open(zone, "w") as out:
        out.write(';! snapshot 1\n_dmarc.example.com. 300 IN TXT "v=DMARC1; p=none; sp=quarantine; np=reject"\n'
                  ';! nxdomain _dmarc.com.\n;! nxdomain _dmarc.ghost.example.com.\n')
    np = ("--from", "a@ghost.example.com", *SPF_NONE, "--dns", zone)
    for options, want in (((), (None, None)), (("--author-exists", "yes"), ("sp", "quarantine")),
                          (("--author-exists", "no"), ("np", "reject"))):
        got = dmarc(one(*np, *options))
        tap.same(want, (got["policy_tag"], got["policy"]), f"np= with {options or 'nothing known'}")
    yes = one(*np, "--author-exists", "yes")
    tap.same([], [a["name"] for a in yes["dns"] if not a["name"].startswith("_dmarc.")], "… DNS is not asked then")
    tap.ok("--author-exists" in steps(yes["tree"], "policy")[0]["evidence"], "… the policy's step names the option")
    with open(zone, encoding="utf-8") as file:
        text = file.read()
    # Any type tells whether the name exists, and a snapshot may hold one of them only.
    for held in ("300 IN A 192.0.2.1", "300 IN MX 10 mx.example.com."):
        with open(zone, "w", encoding="utf-8") as out:
            out.write(f"{text}ghost.example.com. {held}\n")
        tap.same("sp", dmarc(one(*np))["policy_tag"], f"a name that has {held.split()[2]} exists")
    with open(zone, "w", encoding="utf-8") as out:
        out.write(text)
    with open(zone, "a") as out:
        out.write(';! nxdomain ghost.example.com.\n')
    tap.same("sp", dmarc(one(*np, "--author-exists", "yes"))["policy_tag"], "the option wins over DNS")
    tap.same("np", dmarc(one(*np))["policy_tag"], "… which counts without it")

# ---- --psl, --at, --dns, --offline ----
with tempfile.TemporaryDirectory() as folder:
    psl = os.path.join(folder, "list.dat")
    with open(psl, "w") as out:
        out.write("// ===BEGIN ICANN DOMAINS===\nexample.jp\njp\n")
    listed = one("--from", "a@b.example.jp", *SPF_NONE, "--dkim", "c.example.jp", "--psl", psl, *DNS)
    tap.same(("pass", "none"), (dmarc(listed)["result"], dmarc(listed, "rfc7489")["result"]),
             "--psl: under a suffix RFC 7489 finds no record, RFC 9989 does")
offline = one(*VISITOR, *FORM, "--dkim", "example.jp", "--offline")
tap.same(("unknown", "offline"), (dmarc(offline)["result"], offline["dns"][0]["status"]), "--offline")
tap.same(0, call(*VISITOR, "--at", "2026-11-22T00:00:00Z", *DNS)[0], "--at is taken")

# ---- text ----
status, text, err = call(*VISITOR, *FORM, "--dkim", "example.com", *DNS)
tap.ok(status == 0 and not err and "none yet" in text and "basis of the checks: assumed" in text
       and "THE TREE" in text and "signature assumed: pass" in text, "the text says what is assumed", text)
tap.ok("\x1b" not in text, "no color where there is no terminal")
tap.ok(not call(*VISITOR, *FORM, "--ascii", *DNS)[1].encode().strip(bytes(range(128))), "--ascii")

# ---- exit status ----
for options, want in ((("--dkim", "example.jp"), 0), (("--spf", "none"), 1), ((), 4),
                      (("--spf", "none", "--dkim", "example.jp:temperror"), 4)):
    tap.same(want, call(*VISITOR, *options, "--exit-code", *DNS)[0], f"--exit-code {want} with {options}")
    tap.same(0, call(*VISITOR, *options, *DNS)[0], "… 0 without it")
with tempfile.TemporaryDirectory() as folder:
    zone = os.path.join(folder, "empty.zone")
    with open(zone, "w") as out:
        out.write(";! snapshot 1\n;! complete .\n")
    tap.same(3, call(*VISITOR, "--exit-code", "--dns", zone)[0], "--exit-code 3: no record")

# ---- usage ----
FAULTS = (
    ((), "--from"),
    (("--dkim", "example.jp"), "--from"),
    (("--from", ""), "--from"),
    (("--from", "a b"), "--from a b"),
    (("--from", "x..y"), "--from x..y"),
    (("--from", "a@"), "--from a@"),
    (("--from", "@example.jp"), "--from @example.jp"),
    (("--from", "a@b@example.jp"), "--from a@b@example.jp"),
    (("--from", "a@[192.0.2.1]"), "--from a@[192.0.2.1]"),
    (("--from", "a@example.jp, b@example.com"), "--from a@example.jp, b@example.com"),
    ((*VISITOR, "--mail-from", "a b@example.com x"), "--mail-from"),
    ((*VISITOR, "--mail-from", "x..y"), "--mail-from x..y"),
    ((*VISITOR, "--helo", ""), "--helo"),
    ((*VISITOR, "--ip", "192.0.2"), "--ip 192.0.2"),
    ((*VISITOR, "--spf", "passed"), "--spf passed"),
    ((*VISITOR, "--spf", ""), "--spf"),
    ((*VISITOR, "--spf", "yes"), "--spf yes"),
    ((*VISITOR, "--spf", "pass"), "--mail-from"),
    ((*VISITOR, "--spf", "pass", "--mail-from", "<>"), "--helo"),
    ((*VISITOR, "--dkim", "example.jp:good"), "--dkim example.jp:good"),
    ((*VISITOR, "--dkim", "example.jp:"), "--dkim example.jp:"),
    ((*VISITOR, "--dkim", "example.jp:softfail"), "--dkim example.jp:softfail"),
    ((*VISITOR, "--dkim", "example.jp:pass:pass"), "--dkim example.jp:pass:pass"),
    ((*VISITOR, "--dkim", ""), "--dkim"),
    ((*VISITOR, "--dkim", "exa mple.jp"), "--dkim exa mple.jp"),
    ((*VISITOR, "--author-exists", "maybe"), "--author-exists maybe"),
    ((*VISITOR, "mail.eml"), "mail.eml"),
    ((*VISITOR, "--dns", "/no/such/file"), "/no/such/file"),
    ((*VISITOR, "--format", "xml"), "--format xml"),
    ((*VISITOR, "--frm"), "unknown option --frm; the nearest is --from"),
    ((*VISITOR, "-frm.eml"), "unknown option -frm.eml; "),
    (("--form", "--spf", "pass"), "--mail-from"),
)
for options, named in FAULTS:
    status, out, err = call(*options, *(() if "--dns" in options else DNS))
    tap.ok(status == 2 and not out and len(err.splitlines()) == 1 and named in err,
           f"refused: {' '.join(options) or 'no option'}", f"{status} {out[:80]!r} {err!r}")
for name, value in (("--from", "a@b.example"), ("--dkim", "b.example"), ("--spf", "pass"), ("--author-exists", "no"),
                    ("--form", None)):
    extra = (name, value) if value else (name,)
    status, out, err = call(*extra, os.path.join(ROOT, "samples", "webform.eml"), command="report")
    tap.ok(status == 2 and not out and name in err and "check" in err, f"{name} belongs to check", err)
tap.ok(all(f"--{name}" in call("--help")[1] for name in ("from", "dkim", "spf", "author-exists", "form")),
       "--help lists the options")
tap.end()
