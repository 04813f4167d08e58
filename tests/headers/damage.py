"""How a results field is written: by the grammar, or as gateways, folders and forms have left it.

SPDX-License-Identifier: MIT"""
import base64

from dialects import COMMENTS


def shout(rng, text, chance):
    return "".join(rng.choice((c.upper(), c.lower())) for c in text) if rng.random() < chance else text


def blank(rng, style):
    """White space where the grammar wants some: folded, several, with a comment in it."""
    dice = rng.random()
    if dice < style["fold"]:
        return rng.choice(["\n ", "\n\t", " \n  "])
    if dice < style["fold"] + style["comments"]:
        return f" ({rng.choice(COMMENTS[:4])}) "
    return rng.choice([" ", " ", " ", "  "])


def render_result(rng, result, style, field):
    glued = getattr(field, "glue_comments", False)
    split = getattr(field, "split_properties", False)
    gap = (lambda: rng.choice(["", " ", "\n ", " (why) "])) if rng.random() < style["gaps"] else (lambda: "")
    version = "/1" if rng.random() < style["gaps"] / 2 else ""
    out = f"{shout(rng, result.method, style['case'])}{version}{gap()}={gap()}{shout(rng, result.word, style['case'])}"
    if result.comment is not None:
        out += f"{'' if glued else blank(rng, dict(style, comments=0))}({result.comment})"
    if result.reason is not None:
        out += f"{blank(rng, style)}reason={result.reason}"
    for index, (key, value) in enumerate(result.properties):
        if value and style["quote"] and rng.random() < 0.3 and '"' not in value:
            value = f'"{value}"'
        out += f"{';' if split and index else ''}{blank(rng, style)}{shout(rng, key, style['case'])}={value}"
        if value and rng.random() < style["comments"]:
            out += "(" + rng.choice(COMMENTS[:3]) + ")"
    return out


def render(rng, field, style):
    parts = [render_result(rng, result, style, field) for result in field.results]
    text = field.lead
    if field.host is not None:
        text += field.host + (f" {field.version}" if field.version else "") + rng.choice([";", "; ", ";\n\t"])
    for index, part in enumerate(parts):
        if index:
            missing = rng.random() < style["missing"]
            joint = " " if missing else field.joint if rng.random() < 0.8 else rng.choice([";", ";\n ", "; ", " ; "])
            text += joint
            if field.tenant and not missing:
                text += field.tenant + rng.choice([";", "; "])
        text += part
    return text + field.tail + rng.choice(style["tails"])


CLEAN = {"case": 0, "fold": 0.2, "comments": 0, "quote": False, "missing": 0, "gaps": 0, "tails": [""]}
WILD = {"case": 0.3, "fold": 0.3, "comments": 0.15, "quote": True, "missing": 0.15, "gaps": 0.1,
        "tails": ["", "", "", ";", " ;", "\n ", " (unclosed comment", ";;"]}


def encoded(text):
    """The whole value in encoded words, as some gateways hand it on."""
    flat = " ".join(text.split()).encode()
    chunks = [flat[i:i + 45] for i in range(0, len(flat), 45)]
    return "\n ".join("=?utf-8?B?" + base64.b64encode(chunk).decode() + "?=" for chunk in chunks)
