#!/usr/bin/python3
"""Kinds and sizes of keys, several signatures on one message, and the findings about what is not signed. Prints TAP.
SPDX-License-Identifier: MIT"""
import base64
import hashlib
import os
import sys

from dkim.crypto import parse_pem_private_key

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import signer       # noqa: E402

HEAD = b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: Plans"
BODY = b"Hello,\r\nthis is a test.\r\n"
SIZES = {512: "key-weak", 1023: "key-weak", 1024: "ok", 1536: "ok", 2048: "ok", 4096: "ok"}
KEYS = {bits: signer.rsa(bits) for bits in SIZES}
KEY, PUBLIC = KEYS[1024]


def der(tag, content):
    size = len(content)
    return bytes([tag]) + (bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")) + content


def public_key(modulus, exponent, indefinite):
    """A key record's p= of these numbers; or with a length that only BER has, which OpenSSL reads all the same."""
    numbers = b"".join(der(2, number.to_bytes(number.bit_length() // 8 + 1, "big")) for number in (modulus, exponent))
    bits = der(3, b"\0" + der(0x30, numbers))
    whole = bytes.fromhex("300d06092a864886f70d0101010500") + bits
    return base64.b64encode(b"\x30\x80" + whole + b"\0\0" if indefinite else der(0x30, whole)).decode()


def nobodys_signature(selector):
    """What fits a key with the exponent 1: the padded hash itself (RFC 8017, 9.2). No private key is needed."""
    signed = signer.sign(KEY, HEAD, BODY, s=selector)
    value = signed[len(b"DKIM-Signature:"):signed.rindex(b"b=") + 2]
    digest = hashlib.sha256(signer.signed_data(HEAD, [b"from", b"to", b"subject"], "relaxed", value)).digest()
    padded = b"\0\1" + b"\xff" * 74 + b"\0" + bytes.fromhex("3031300d060960864801650304020105000420") + digest
    return b"DKIM-Signature:" + value + base64.b64encode(padded) + b"\r\n"


def main():
    modulus = parse_pem_private_key(KEY)["modulus"]
    records = {f"s{bits}": f"v=DKIM1; k=rsa; p={public}" for bits, (_, public) in KEYS.items()}
    records.update({"ed": signer.ED_RECORD, "good": f"v=DKIM1; p={PUBLIC}", "test": f"v=DKIM1; t=y:s; p={PUBLIC}",
                    "edrsa": signer.ED_RECORD.replace("k=ed25519", "k=rsa"),
                    "edlong": "v=DKIM1; k=ed25519; p=" + base64.b64encode(bytes(33)).decode(),
                    "edzero": "v=DKIM1; k=ed25519; p=" + base64.b64encode(bytes(32)).decode()})
    for exponent in (1, 2, 3):
        records[f"e{exponent}"] = "v=DKIM1; p=" + public_key(modulus, exponent, False)
        records[f"ber{exponent}"] = "v=DKIM1; p=" + public_key(modulus, exponent, True)
    records["even"] = "v=DKIM1; p=" + public_key(modulus + 1, 65537, False)
    bench = signer.Bench(signer.zone(records))

    def open_mail(message):
        return bench.report(message, "--at", "2026-11-22T00:00:00Z")

    def expect(name, fields, want, head=HEAD, body=BODY):
        report = open_mail(b"".join(fields) + head + b"\r\n\r\n" + body)
        got = [s["reason"] for s in report["dkim"]]
        bench.check(got == want, name, got)
        return report

    sign = lambda key=KEY, **tags: signer.sign(key, HEAD, BODY, **tags)

    def told(report, wanted):
        return [f["text"] for f in signer.findings(report, wanted)]

    for bits, want in SIZES.items():
        report = expect(f"rsa of {bits} bits", [sign(KEYS[bits][0], s=f"s{bits}")], [want])
        bench.check(report["dkim"][0]["key_bits"] == bits, f"its size is told ({bits})", report["dkim"][0]["key_bits"])
    ed = sign(None)
    report = expect("ed25519", [ed], ["ok"])
    bench.check(report["dkim"][0]["algorithm"] == "ed25519-sha256" and report["dkim"][0]["key_bits"] >= 253,
                "its algorithm and size are told", report["dkim"][0])
    expect("both kinds on one message (RFC 8463, 3)", [ed, sign()], ["ok", "ok"])
    expect("both kinds, the other way round", [sign(), ed], ["ok", "ok"])
    expect("both kinds, one broken", [ed.replace(b"b=", b"b=AA"), sign()], ["signature", "ok"])
    expect("both kinds, body changed", [ed, sign()], ["body-hash", "body-hash"], body=BODY + b"x\r\n")
    expect("both kinds, header changed", [ed, sign()], ["signature", "signature"],
           head=HEAD.replace(b"Plans", b"plans"))
    expect("ed25519, each canonicalization", [sign(None, canon=f"{h}/{b}") for h in ("simple", "relaxed")
                                             for b in ("simple", "relaxed")], ["ok"] * 4)
    expect("ed25519 signature, k=rsa record of it", [sign(None, s="edrsa")], ["key-syntax"])
    expect("ed25519 signature, rsa key", [sign(None, s="good")], ["key-mismatch"])
    expect("rsa signature, ed25519 key", [sign(s="ed")], ["key-mismatch"])
    expect("ed25519 key of 33 octets", [sign(None, s="edlong")], ["key-syntax"])
    expect("ed25519 key of zeros", [sign(None, s="edzero")], ["signature"])
    zeros = sign(None, s="edzero")
    expect("ed25519 key and signature of zeros",
           [zeros[:zeros.rindex(b"b=") + 2] + base64.b64encode(bytes(64)) + b"\r\n"], ["signature"])
    expect("a= in capitals is another algorithm (RFC 6376, 3.2)", [sign(a="RSA-SHA256")], ["algorithm-unknown"])
    expect("rsa-sha1 beside rsa-sha256", [sign(a="rsa-sha1"), sign()], ["algorithm-historic", "ok"])
    for kind in ("e", "ber"):
        expect(f"exponent 1: anybody can sign ({kind})", [nobodys_signature(kind + "1")], ["key-syntax"])
        expect(f"exponent 2 ({kind})", [nobodys_signature(kind + "2")], ["key-syntax"])
        expect(f"exponent 3 is one (RFC 8017, 3.1; {kind})", [nobodys_signature(kind + "3")], ["signature"])
    expect("an even modulus", [sign(s="even")], ["key-syntax"])
    expect("an empty signature", [sign().split(b" b=")[0] + b" b=\r\n"], ["syntax"])
    expect("s= in capitals, d= in capitals", [sign(s="GOOD"), sign(d="Example.COM")], ["ok", "ok"])
    # ---- what is not signed ----
    report = expect("a Subject added above the signed one", [sign()], ["ok"], head=b"Subject: Offer\r\n" + HEAD)
    bench.check(len(told(report, "dkim-added-after-signing")) == 1, "is told", report["findings"])
    report = expect("a From added above the signed one", [sign()], ["ok"], head=b"From: e@example.org\r\n" + HEAD)
    bench.check(len(told(report, "dkim-added-after-signing")) == 1, "is told, too", report["findings"])
    over = "from:from:to:to:subject:subject"
    report = expect("over-signed: nothing to tell", [sign(names=over)], ["ok"])
    bench.check(not told(report, "dkim-added-after-signing"), "and nothing is told")
    expect("over-signed: a From added breaks it", [sign(names=over)], ["signature"],
           head=b"From: e@example.org\r\n" + HEAD)
    report = expect("a field that nobody signed may be there twice", [sign(names="from:to")], ["ok"],
                    head=b"Subject: Offer\r\n" + HEAD)
    bench.check(not told(report, "dkim-added-after-signing"), "and is not told as added")
    report = expect("a broken signature promises nothing", [sign()], ["signature"],
                    head=b"Subject: Offer\r\n" + HEAD.replace(b"bob", b"rob"))
    bench.check(not told(report, "dkim-added-after-signing"), "so nothing is told")
    report = expect("l= shorter than the body", [sign(l="10")], ["ok-unsigned-tail"])
    bench.check("(15 bytes)" in "".join(told(report, "dkim-unsigned-tail")), "the tail is told",
                told(report, "dkim-unsigned-tail"))
    bench.check(report["dkim"][0]["unsigned_tail"] == 15, "and counted", report["dkim"][0]["unsigned_tail"])
    report = expect("l=0 signs nothing of the body", [sign(l="0", bh="47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")],
                    ["ok-unsigned-tail"])
    bench.check(report["dkim"][0]["unsigned_tail"] == len(BODY), "all of it is the tail")
    report = expect("l= as long as the body", [sign(l=str(len(BODY)))], ["ok"])
    bench.check(not told(report, "dkim-unsigned-tail"), "has no tail")
    expect("each with its own l=", [sign(l="3"), sign(l="24"), sign(l="25"), sign(), sign(l="26"),
                                    sign(l="3", canon="simple/simple")],
           ["ok-unsigned-tail", "ok-unsigned-tail", "ok", "ok", "l-exceeds-body", "ok-unsigned-tail"])
    report = expect("a test key with t=s, i= below d=", [sign(s="test", i="a@b.example.com"), sign(s="test")],
                    ["key-mismatch", "ok"])
    bench.check(len(told(report, "dkim-testing")) >= 1, "a test key is told")
    weak = open_mail(sign(KEYS[512][0], s="s512") + HEAD + b"\r\n\r\n" + BODY)
    bench.check(len(told(weak, "dkim-key-weak")) == 1, "a weak key is told")
    # Each name of h= takes the next instance from the bottom (RFC 6376, 5.4.2).
    twice = b"X: one\r\nX: two\r\n" + HEAD
    lower = signer.sign(KEY, twice, BODY, names="from:x")
    expect("the lower of two is signed", [lower], ["ok"], head=twice.replace(b"one", b"changed"))
    expect("so the lower one must not change", [lower], ["signature"], head=twice.replace(b"two", b"changed"))
    bench.done()


main()
