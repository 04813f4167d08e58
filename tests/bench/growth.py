"""How cost grows: CPU time at n, 2n, 4n and 8n, and the exponent that fits best; 1 is linear, 2 quadratic.
SPDX-License-Identifier: MIT"""
import math
import time

import measure

# What there is much of, the smallest n, how often the message is given (one alone would be lost in what a start costs),
# and how a person would name it.
SERIES = (
    ("fields", 100000, 1, "header fields"),
    ("field-bytes", 10000000, 4, "bytes of one header field"),
    ("recipients", 25000, 1, "addresses in Cc:"),
    ("authors", 5000, 5, "addresses in From:"),
    ("received", 2500, 10, "Received fields"),
    ("results", 600, 5, "Authentication-Results"),
    ("signatures", 60, 20, "signatures"),
    ("arc-sets", 6, 40, "ARC sets"),
    ("parts", 12500, 10, "MIME parts side by side"),
    ("depth", 1250, 20, "MIME parts inside each other"),
    ("line-bytes", 12000000, 1, "bytes of one line"),
)
STEPS = (1, 2, 4, 8)
LIMIT = 1.1


def slope(points):
    """Of the straight line through (log n, log cost) with the least squares."""
    logs = [(math.log(n), math.log(max(cost, 1e-4))) for n, cost in points]
    mean_x, mean_y = (sum(axis) / len(logs) for axis in zip(*logs))
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def cheapest(command):
    """Other work on the machine only ever adds, and most to what is short: a second of runs, at least three, at most 15."""
    costs, end = [], time.perf_counter() + 1
    while len(costs) < 3 or (len(costs) < 15 and time.perf_counter() < end):
        costs.append(measure.cpu(command))
    return min(costs)


def exponent(command_for, base, nothing):
    """(exponent, seconds at 8n); `nothing`: what a start costs."""
    points = [(base * step, cheapest(command_for(base * step)) - nothing) for step in STEPS]
    return slope(points), points[-1][1]


def report_of(program, snapshot, *paths):
    return [program, "report", "--format", "json", "--second-opinions", "off", "--dns", snapshot, *paths]
