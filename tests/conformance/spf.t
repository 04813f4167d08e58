#!/usr/bin/python3
"""The openspf test suite for RFC 7208 (203 cases) against our evaluator, as TAP.

The suite is read from $CONFORMANCE_DIR, not copied here.
SPDX-License-Identifier: MIT
"""
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SUITE = os.path.join(os.environ.get('CONFORMANCE_DIR', os.path.join(ROOT, '../shared/conformance')),
                     'spf-rfc7208-tests.yml')
TYPES = ('A', 'AAAA', 'MX', 'PTR', 'TXT')


def octets(value):
    # The suite's strings stand for octets: "\x96" is one.
    return str(value).encode('latin-1')


def records_of(entries):
    """{type: [records]}, and whether unlisted types time out."""
    found, timeout = {}, False
    for entry in entries:
        if entry == 'TIMEOUT':
            timeout = True
            continue
        for rrtype, value in entry.items():
            found.setdefault(rrtype, []).append(value)
    # SPF entries are served as TXT too, unless TXT is listed (NONE: listed, but empty).
    if 'TXT' not in found and 'SPF' in found:
        found['TXT'] = found['SPF']
    found['TXT'] = [value for value in found.get('TXT', []) if value != 'NONE']
    return found, timeout


def decode(rrtype, value):
    if rrtype == 'TXT':
        return b''.join(octets(v) for v in (value if isinstance(value, list) else [value]))
    if rrtype == 'MX':
        return (int(value[0]), octets(value[1]))
    return value if rrtype in ('A', 'AAAA') else octets(value)


def follow(zone, name):
    """The name at the end of a chain of CNAMEs; None when it runs in a circle."""
    seen = set()
    while 'CNAME' in zone.get(name, ({}, False))[0]:
        if name in seen:
            return None
        seen.add(name)
        name = str(zone[name][0]['CNAME'][0]).lower().rstrip('.')
    return name


def zone_lines(zonedata):
    zone = {str(name).lower(): records_of(entries) for name, entries in zonedata.items()}
    for name in zone:
        target = follow(zone, name)
        if target is None:
            yield answer(octets(name), '*', 'servfail')
            continue
        found, timeout = zone.get(target, ({}, False))
        for rrtype in TYPES:
            if found.get(rrtype):
                records = [decode(rrtype, value) for value in found[rrtype]]
                yield answer(octets(name), rrtype, 'noerror', records)
        yield answer(octets(name), '*', 'timeout' if timeout else 'nodata')


def question(case):
    helo = str(case['helo'])
    local, _, domain = str(case['mailfrom']).rpartition('@')
    if not case['mailfrom']:
        local, domain = 'postmaster', helo
    return ask(str(case['host']), octets(domain), octets(local), octets(helo))


def load():
    with open(SUITE, encoding='utf-8') as suite:
        for scenario in yaml.safe_load_all(suite):
            lines = ['clear'] + list(zone_lines(scenario['zonedata']))
            for name, case in scenario['tests'].items():
                yield scenario['description'], name, case, lines + [question(case)]


def fault(case, verdict):
    """What is wrong with the verdict, or None."""
    allowed = case['result'] if isinstance(case['result'], list) else [case['result']]
    if verdict.result not in allowed:
        return 'result %s (%s), not %s' % (verdict.result, verdict.reason, ' or '.join(allowed))
    if 'explanation' not in case or verdict.result != 'fail':
        return None
    # DEFAULT: the receiver's own words, which is to say that the record gave none.
    wanted = None if case['explanation'] == 'DEFAULT' else case['explanation']
    if verdict.explanation != wanted:
        return 'explanation %r, not %r' % (verdict.explanation, wanted)
    return None


def main():
    cases = list(load())
    verdicts = run([line for case in cases for line in case[3]])
    failed = len(cases) != len(verdicts)
    print('1..%d' % len(cases))
    for number, (case, verdict) in enumerate(zip(cases, verdicts), 1):
        scenario, name, wanted, _ = case
        wrong = fault(wanted, verdict)
        failed = failed or wrong is not None
        print('%s %d - %s: %s' % ('not ok' if wrong else 'ok', number, scenario, name))
        if wrong:
            print('# ' + wrong)
    return 1 if failed else 0


if __name__ == '__main__':
    if not os.path.exists(SUITE):
        print('1..0 # SKIP no suite at %s' % SUITE)
        sys.exit(0)
    import yaml
    sys.path.insert(0, os.path.join(ROOT, 'tests', 'probe'))
    from spf_probe import answer, ask, run
    sys.exit(main())
