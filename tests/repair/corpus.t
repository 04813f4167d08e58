#!/usr/bin/python3
"""Thousands of header blocks, damaged as chats, forms and blogs do it, repaired and compared, as TAP.

Exact is a block with the same names in the same order and the same values, white space collapsed. Names that no
dictionary holds are among them (tests/corpus/headers.py); what cannot be told by anybody, such as a lower-case word of
the sender's own behind free text, counts as wrong, so the floors are below 100.
SPDX-License-Identifier: MIT"""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "corpus"))
import damage       # noqa: E402
import headers      # noqa: E402

# What happens to a block, how many of them, and how many of a hundred must come back exact.
CASES = (
    ("one_line", 2000, 98), ("one_line_collapsed", 2000, 98), ("glued", 2000, 80), ("unindented", 2000, 98),
    ("wrapped", 300, 98), ("few_lines", 300, 98), ("rewrapped_quote", 200, 98), ("quoted", 200, 100),
    ("quoted_twice", 200, 100), ("barred", 200, 100), ("numbered", 200, 100), ("numbered_by_tab", 200, 100),
    ("indented", 200, 100), ("fenced", 200, 100), ("doubled", 200, 100), ("spread", 200, 98), ("cr_only", 200, 100),
    ("full_width", 200, 100), ("zero_width", 200, 100), ("json_string", 200, 100), ("c_string", 200, 100),
    ("bold", 200, 100), ("bold_outside", 200, 100), ("italic", 200, 100), ("code_names", 200, 100), ("bold_list", 200, 100),
    ("bold_quoted", 200, 100), ("bold_spread", 200, 98), ("html_bold", 200, 100), ("html_strong", 200, 100),
    ("html_escaped", 200, 100), ("html_breaks", 200, 100), ("html_lines", 200, 100), ("gmail", 200, 100),
    ("gmail_bars", 200, 100), ("gmail_cells", 200, 100), ("gmail_one_line", 200, 97), ("gmail_japanese", 200, 100),
    ("titled", 200, 100), ("asked", 200, 100), ("asked_in_line", 200, 97))


def squeeze(fields, glued):
    """Where line breaks vanished nobody knows whether a blank stood there."""
    return [(name, value.replace(" ", "") if glued else value) for name, value in fields]


def measure(probe, blocks, kind):
    exact, needed = 0, 0
    for fields, raw in blocks:
        want = [(name, " ".join(value.split())) for name, value in fields]
        got, told, _, _ = probe.repair(getattr(damage, kind)(raw))
        needed += told
        exact += squeeze(headers.parse(got), kind == "glued") == squeeze(want, kind == "glued")
    return exact, needed


def main():
    probe = damage.Probe()
    blocks = list(headers.messages("corpus", max(case[1] for case in CASES)))
    print(f"1..{len(CASES)}")
    for number, (kind, count, floor) in enumerate(CASES, 1):
        exact, needed = measure(probe, blocks[:count], kind)
        good = exact * 100 >= floor * count and needed == count
        print(f"{'ok' if good else 'not ok'} {number} - {kind}: {exact} of {count} exact "
              f"({100 * exact / count:.2f} %, at least {floor}), {needed} seen to be damaged")
    return probe.close()


if __name__ == "__main__":
    sys.exit(main())
