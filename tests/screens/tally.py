"""TAP: what a test asked, counted. SPDX-License-Identifier: MIT"""
_good = []


def check(name, good, *shown):
    """`shown`: what to read where it is not so."""
    _good.append(bool(good))
    print(f"{'' if good else 'not '}ok {len(_good)} - {name}", flush=True)
    if not good:
        print("\n".join(f"#   {line!r}" for line in shown), flush=True)
    return good


def end():
    """The plan; and the exit status of the test."""
    print(f"1..{len(_good)}")
    return 0 if all(_good) else 1
