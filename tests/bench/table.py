"""The table of `make bench`: on the terminal line by line, and in doc/benchmarks.md between two marks.
SPDX-License-Identifier: MIT"""
import json
import os
import re
import time

import measure

BEGIN, END = "<!-- bench: begin; written by `make bench` -->", "<!-- bench: end -->"


def amount(value, unit):
    """A number as people write it: 2.43 ms, 13.3 ms, 2,210/s."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return text + (unit if unit.startswith("/") or not unit else f" {unit}")


class Table:
    """Sections of rows; each section is kept in a file, so that one can be measured again without the others."""

    def __init__(self, path):
        self.path, self.section = path, None
        try:
            with open(path, encoding="utf-8") as kept:
                self.sections = json.load(kept)
        except (OSError, ValueError):
            self.sections = {}

    def begin(self, name, title, rows=True):
        self.section = {"title": title, "rows": [], "notes": [], "when": time.strftime("%Y-%m-%d %H:%M", time.gmtime()),
                        "load": measure.load()}
        self.sections[name] = self.section
        print(f"\n{title}" + (f"\n{'':38} {'ours':>10} {'yardstick':>10} {'ratio':>6} {'wanted':>8} met" if rows else ""), flush=True)

    def end(self):
        self.section["load_end"] = measure.load()
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with open(self.path + ".new", "w", encoding="utf-8") as out:
            json.dump(self.sections, out, indent=1)
        os.rename(self.path + ".new", self.path)

    def row(self, what, ours, unit, theirs=None, ratio=None, most=None, least=None, value=None, their_unit=None):
        """`most` or `least` is held against `value`, or the ratio, or ours."""
        judged = value if value is not None else ratio if ratio is not None else ours
        wanted = f"<= {most:g}" if most is not None else f">= {least:g}" if least is not None else ""
        met = "" if not wanted else "yes" if (judged <= most if most is not None else judged >= least) else "no"
        cells = [what, amount(ours, unit), amount(theirs, their_unit or unit), amount(ratio, ""), wanted, met]
        self.section["rows"].append(cells)
        print(f"{what[:38]:38} {cells[1]:>10} {cells[2]:>10} {cells[3]:>6} {wanted:>8} {met}".rstrip(), flush=True)

    def columns(self, titles, lines):
        """A section with columns of its own."""
        self.section.update({"columns": titles, "rows": lines})
        for line in [titles] + lines:
            print(f"{line[0][:38]:38}" + "".join(f"{cell:>7}" for cell in line[1:]), flush=True)

    def note(self, text):
        """What a row cannot say: a yardstick that is not here, where a peer sees it differently."""
        self.section["notes"].append(text)
        print(f"  ({text})", flush=True)

    def markdown(self, order, versions):
        lines = [BEGIN, "", measure.machine() + ".", "", versions, ""]
        for name in order:
            if name not in self.sections:
                continue
            section = self.sections[name]
            columns = section.get("columns", ["", "ours", "yardstick", "ratio", "wanted", "met"])
            lines += [f"### {section['title']}", "", f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
            lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |" for cells in section["rows"]]
            lines += [""] + [f"- {note}" for note in section["notes"]]
            lines += [f"- Measured {section['when']} UTC at a load of {section['load']:.1f} to {section['load_end']:.1f}.", ""]
        return "\n".join(lines + [END])

    def write(self, path, order, versions):
        with open(path, encoding="utf-8") as document:
            text = document.read()
        new = self.markdown(order, versions)
        text = re.sub(re.escape(BEGIN) + ".*" + re.escape(END), lambda _: new, text, flags=re.S)
        with open(path + ".new", "w", encoding="utf-8") as out:
            out.write(text)
        os.rename(path + ".new", path)
