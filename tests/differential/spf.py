#!/usr/bin/python3
"""Random SPF records and questions: our evaluator against pyspf.

  BUILD=build tests/differential/spf.py [COUNT] [SEED] [plain]

"plain" leaves out what is built to reach pyspf's known faults (broken and piled up macros, records that
include themselves, odd modifiers), and so shows the agreement with pyspf as it is on records as people
write them, errors, limits and DNS trouble included.

Prints each difference that JUDGED does not explain by RFC 7208, with what makes it up, then the
agreement and the count of each explained class. SPDX-License-Identifier: MIT
"""
import collections
import ipaddress
import os
import random
import re
import sys

# This file has the name of the module it needs.
sys.path.pop(0)
import spf  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'probe'))
from spf_probe import answer, ask, run  # noqa: E402

NAMES = ['d%d.example.com' % i for i in range(8)]
HOSTS = ['h%d.example.com' % i for i in range(4)] + ['mail.d1.example.com', 'mail.example.net']
MISSING = ['gone%d.example.com' % i for i in range(4)]
IP4 = ['192.0.2.%d' % i for i in range(8)]
IP6 = ['2001:db8::%d' % i for i in range(8)]
LOCALS = ['user', 'strong-bad', 'a.b+c', 'x_y=z']
HELOS = ['h0.example.com', 'mail.d1.example.com', 'localhost', '[192.0.2.1]']
MACROS = ['%{d}', '%{d2}', '%{d1}', '%{i}', '%{ir}.%{v}', '%{l}', '%{l-}', '%{lr-}', '%{l1r+-}', '%{s}',
          '%{o}', '%{o2}', '%{h}', '%{p}', '%{dr}', '%{L}', '%{S}', '%{O}', '%%', '%_', '%-']
BAD_MACROS = ['%', '%{', '%{d', '%(d)', '%{x}', '%{c}', '%{t}', '%{d0}', '%{d-r}', '%{}', '%a']
BAD_TERMS = ['al', 'all:', 'all/8', 'ip4', 'ip4:192.0.2', 'ip4:192.0.2.1/33', 'ip4:192.0.2.1/08', 'ip6:1',
             'ip6:2001:db8::/129', 'a:', 'a:foo', 'a:foo.123', 'a/33', 'a//129', 'a/24/64', 'mx:', 'mx/',
             'ptr/24', 'ptr:', 'exists', 'exists:', 'include', 'include:', '=x', '1x=y',
             'redirect:h0.example.com', 'a:192.0.2.1', '*all', '--all', 'exp:', 'a:h0.example.com,', 'x',
             'a\rmx', 'a\xe9', 'redirect=', 'ip4:192.0.2.1:80', 'a:-x.-com', 'a:h0.example.com..']


PLAIN = 'plain' in sys.argv[1:]
if PLAIN:
    MACROS = ['%{d}', '%{d2}', '%{i}', '%{ir}.%{v}', '%{l}', '%{s}', '%{o}', '%{h}', '%{lr-}']
    BAD_MACROS = ['%{x}', '%a']


class Name(str):
    """A name that equals no other Name; see Corrected."""

    __hash__ = str.__hash__

    def __eq__(self, other):
        return not isinstance(other, Name) and str.__eq__(self, other)


MACRO = re.compile(r'%(?:[%_-]|\{[slodipvhcrt]0*(?:[1-9][0-9]*)?r?[-.+,/_=]*\})', re.I)
ZERO = re.compile(r'%\{[a-z]0+[^0-9]', re.I)


def broken_macro(text):
    return '%' in MACRO.sub('', text) or ZERO.search(text) is not None


class Corrected(spf.query):
    """pyspf with some departures from RFC 7208 put right, each by its section."""

    def expand_domain(self, arg):
        # Including oneself is no error before it is evaluated and crosses 4.6.4's limit.
        return Name(super().expand_domain(arg))

    def note_error(self, *msg):
        # 6: only redirect and exp may not be repeated, not every modifier.
        if 'MUST appear at most once' in msg[0] and not msg[0].startswith('exp='):
            return None
        return super().note_error(*msg)

    def expand(self, s, stripdot=True):
        # 7.1: pyspf lets macros pass that are not closed or not in order, and refuses "%%" at the end.
        if broken_macro(s):
            raise spf.PermError('broken macro', s)
        checked, spf.RE_INVALID_MACRO = spf.RE_INVALID_MACRO, re.compile(r'$.')
        try:
            text = super().expand(s, stripdot)
        finally:
            spf.RE_INVALID_MACRO = checked
        # 7.3: labels are dropped until 253 octets are left, not only one.
        while stripdot and len(text) > 253 and '.' in text:
            text = text.partition('.')[2]
        return text

    def validate_mechanism(self, mech):
        # 5.2: pyspf finds a bare include by comparing names, which Name prevents.
        if mech.lstrip('+-~?').lower() == 'include':
            raise spf.PermError('include without domain', mech)
        return super().validate_mechanism(mech)

    def dns_mx(self, domainname):
        # 5.4: the first host that matches decides; those behind it are not asked for.
        names = sorted(self.dns(domainname, 'MX'))
        if len(names) > 10:
            raise spf.PermError('More than 10 MX records returned')
        return (ip for name in names for ip in self.dns_a(name[1], self.A))

    def cidrmatch(self, ipaddrs, n):
        return any(super(Corrected, self).cidrmatch([ip], n) for ip in ipaddrs)

    def validated_ptrs(self):
        # 5.5: an error of the reverse lookup is no match, one of a single name skips it.
        try:
            names = self.dns_ptr(self.i)[:10]
        except spf.TempError:
            return []
        return [name for name in names if self.leads_back(name)]

    p_voids = 0

    def getp(self):
        before = self.void_lookups
        try:
            return super().getp()
        finally:
            self.p_voids += self.void_lookups - before

    def leads_back(self, name):
        try:
            return self.cidrmatch(self.dns_a(name, self.A), self.cidrmax)
        except spf.TempError:
            return False


def texts(case):
    return [text for (_, rrtype), found in case.zone.items()
            if rrtype == 'TXT' and not isinstance(found, str) for text in found]


def has_text(case, part):
    return any(part in text for text in texts(case))


# What is left after Corrected, in words; ours is a Verdict, detail pyspf's text.
JUDGED = [
    ('6: names of modifiers ignore case, so Exp= beside exp= stands twice',
     lambda case, ours, detail: ours.reason == 'syntax' and ours.fault.lower().startswith('exp=')
     and has_text(case, 'Exp=')),
    ('4.6.4: a redirect that is not followed costs nothing; peer counts it when it reads it',
     lambda case, ours, detail: 'Too many DNS lookups' in detail and ours.lookups <= 10
     and has_text(case, 'redirect=')),
    ('7: %{p} is looked up when its term is evaluated; peer does it when it reads the record',
     lambda case, ours, detail: 'Void lookup limit' in detail and 'cost voids' in detail),
    ('4.6.4, 6.2: what an explanation asks DNS is not counted; peer counts what its %{p} asks',
     lambda case, ours, detail: ours.explanation is not None and 'cost voids' in detail),
    ('4.8: a ptr whose target is no name asks nothing; peer asks, and counts the void answer',
     lambda case, ours, detail: 'Void lookup limit' in detail
     and any(part in text for text in texts(case)
             for part in ('ptr:a..', 'ptr:' + 'x' * 64, 'PTR:A..', 'PTR:' + 'X' * 64))),
    ('6: Exp= is exp=; peer takes it for an unknown modifier',
     lambda case, ours, detail: ours.result == 'fail' and has_text(case, 'Exp=')),
    ('7.3: only names are cut at 253 octets; peer cuts explanations too',
     lambda case, ours, detail: ours.explanation is not None and len(ours.explanation) > 253),
]


class Case:
    """A zone with one question."""

    def __init__(self, rng):
        self.rng = rng
        self.zone = {}          # (name, type) -> records, or 'servfail' / 'timeout'
        six = rng.random() < 0.3
        self.ip = rng.choice(IP6 if six else IP4)
        if not six and rng.random() < 0.05:
            self.ip = '::ffff:' + self.ip
        self.helo = rng.choice(HELOS)
        self.local = rng.choice(LOCALS)
        self.domain = NAMES[0]
        for name in NAMES:
            self.add_texts(name)
        for name in NAMES + HOSTS:
            self.add_hosts(name)
        self.add_reverse()
        for name in MISSING:
            if rng.random() < 0.15:
                self.zone[name, 'TXT'] = ['just text']
        self.zone['exp.example.com', 'TXT'] = [self.explanation()]

    def explanation(self):
        rng = self.rng
        words = ['Not you', '%{i}', '%{c}', '%{r}', '%{p}', '%{s} %{h}', '%{L}', '%{d2}', '%%%-%_']
        text = ' '.join(rng.choice(words) for _ in range(rng.randint(0, 4)))
        return text + rng.choice(BAD_MACROS) if rng.random() < 0.15 else text

    def add_texts(self, name):
        rng, texts = self.rng, []
        if name != NAMES[0] and rng.random() < 0.03:
            self.zone[name, 'TXT'] = rng.choice(['servfail', 'timeout'])
            return
        self.below = NAMES[NAMES.index(name) + 1:]
        if name == NAMES[0] or rng.random() < 0.9:
            texts.append(self.record())
        if rng.random() < 0.1:
            texts.append(rng.choice(['hello', 'v=spf10 all', 'v=spf1all', ' v=spf1 all', '\xe9', 'v=spf1']))
        rng.shuffle(texts)
        if texts:
            self.zone[name, 'TXT'] = texts

    def add_hosts(self, name):
        rng = self.rng
        for rrtype, pool in (('A', IP4), ('AAAA', IP6)):
            if rng.random() < 0.8:
                self.zone[name, rrtype] = rng.sample(pool, rng.randint(1, 3))
            elif rng.random() < 0.15:
                self.zone[name, rrtype] = 'servfail'
        if rng.random() < 0.5:
            count = 11 if rng.random() < 0.05 else rng.randint(1, 3)
            self.zone[name, 'MX'] = [(p, rng.choice(HOSTS + MISSING[:1])) for p in range(count)]

    def add_reverse(self):
        rng = self.rng
        if rng.random() < 0.1:
            return
        ip = ipaddress.ip_address(self.ip)
        name = (getattr(ip, 'ipv4_mapped', None) or ip).reverse_pointer
        count = 11 if rng.random() < 0.05 else rng.randint(1, 3)
        self.zone[name, 'PTR'] = [rng.choice(HOSTS + NAMES) for _ in range(count)]
        if rng.random() < 0.03:
            self.zone[name, 'PTR'] = 'timeout'

    def target(self):
        rng = self.rng
        draw = rng.random()
        if draw < 0.45:
            return rng.choice(HOSTS + NAMES)
        if draw < 0.55:
            return rng.choice(MISSING)
        if draw < 0.58:
            return rng.choice(['a..example.com', 'x' * 64 + '.example.com', 'h0.example.com.',
                               'H0.Example.COM'])
        if draw < 0.61:
            return rng.choice(BAD_MACROS) + '.example.com'
        macro = rng.choice(MACROS)
        if PLAIN:
            return macro + '.example.com'
        return rng.choice([macro, macro + '.example.com', 'h0.' + macro, macro * 2 + '.example.com',
                           '.'.join([macro] * 12) + '.example.com'])

    def record_target(self):
        rng = self.rng
        if PLAIN:
            return rng.choice(self.below or MISSING[:1])
        if rng.random() < 0.85:
            return rng.choice(NAMES[1:])
        return rng.choice([self.target(), 'd%{l1}.example.com', 'd1.%{d2}', '%{d}', rng.choice(MISSING)])

    def cidr(self):
        rng = self.rng
        four = '/%d' % rng.choice([0, 8, 24, 29, 30, 31, 32])
        six = '//%d' % rng.choice([0, 32, 64, 125, 127, 128])
        return rng.choice(['', '', '', four, six, four + six])

    def mechanism(self):
        rng = self.rng
        kind = rng.choice(['ip4', 'ip4', 'ip6', 'a', 'a', 'mx', 'mx', 'ptr', 'exists', 'include', 'include',
                           'include', 'all'])
        if kind == 'all' and rng.random() < 0.7:
            kind = 'include'
        if kind == 'ip4':
            text = 'ip4:' + rng.choice(IP4) + rng.choice(['', '', '/0', '/24', '/30', '/31', '/32'])
        elif kind == 'ip6':
            text = 'ip6:' + rng.choice(IP6 + ['::192.0.2.1', '::'])
            text += rng.choice(['', '', '/0', '/64', '/126', '/128'])
        elif kind in ('a', 'mx'):
            text = kind + rng.choice(['', ':' + self.target()]) + self.cidr()
        elif kind == 'ptr':
            text = 'ptr' + rng.choice(['', ':' + self.target(), ':example.com', ':d1.example.com'])
        elif kind == 'exists':
            text = 'exists:' + self.target()
        elif kind == 'include':
            text = 'include:' + self.record_target()
        else:
            text = 'all'
        if rng.random() < 0.05:
            text = text.upper() if '%' not in text else text
        return rng.choice(['', '', '+', '-', '~', '?']) + text

    def record(self):
        rng = self.rng
        terms = [self.mechanism() for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 3, 4, 5, 12]))]
        if rng.random() < 0.04:
            terms.append(rng.choice(BAD_TERMS))
        if rng.random() < 0.2:
            terms.append('redirect=' + self.record_target())
        elif rng.random() < 0.7:
            terms.append(rng.choice(['-all', '-all', '~all', '?all', 'all']))
        if rng.random() < 0.25:
            terms.append('exp=' + rng.choice(['exp.example.com', self.target()]))
        if PLAIN and rng.random() < 0.04:
            terms.append(rng.choice(['x=y', 'default=pass', 'foo=%{d}']))
        elif not PLAIN and rng.random() < 0.06:
            terms.append(rng.choice(['x=y', 'default=pass', 'foo=%{d}', 'foo=%{x}', 'foo=',
                                     'x=1 x=2', 'exp=exp.example.com', 'redirect=d1.example.com',
                                     'Exp=exp.example.com']))
        if rng.random() < 0.2:
            rng.shuffle(terms)
        blank = '  ' if rng.random() < 0.05 else ' '
        end = ' ' if rng.random() < 0.05 else ''
        return blank.join([rng.choice(['v=spf1'] * 9 + ['V=SPF1'])] + terms) + end

    # ---- the same zone for both sides ----

    def lines(self):
        yield 'clear'
        names = collections.defaultdict(set)
        for (name, rrtype), value in self.zone.items():
            names[name].add(rrtype)
            if isinstance(value, str):
                yield answer(name, rrtype, value)
            else:
                octets = [v.encode('latin-1') for v in value] if rrtype == 'TXT' else value
                yield answer(name, rrtype, 'noerror', octets)
        yield ask(self.ip, self.domain, self.local, self.helo)

    def lookup(self, name, rrtype, *_):
        value = self.zone.get((name.lower().rstrip('.'), rrtype), [])
        if isinstance(value, str):
            raise spf.TempError('DNS ' + value)
        if rrtype == 'TXT':
            value = [[v.encode('latin-1')] for v in value]
        return [((name, rrtype), v) for v in value]

    def ask_pyspf(self, peer):
        """(result, explanation or None, the text that came with it)"""
        spf.DNSLookup = self.lookup
        query = peer(i=self.ip, s='%s@%s' % (self.local, self.domain), h=self.helo, receiver='unknown')
        query.t = '1000000000'
        query.d = Name(query.d)
        try:
            result, _, text = query.check()
        except Exception as trouble:    # a crash of the peer is an answer of its own
            return 'crash', None, type(trouble).__name__
        told = text if result == 'fail' and text != spf.EXPLANATIONS['fail'] else None
        return result, told or None, text + (' (%{p} cost voids)' if getattr(query, 'p_voids', 0) else '')

    def show(self):
        for (name, rrtype), value in self.zone.items():
            if rrtype in ('TXT', 'PTR') or isinstance(value, str):
                print('    %s %s %s' % (name, rrtype, value))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(1 << 32)
    rng = random.Random(seed)
    cases = [Case(rng) for _ in range(count)]
    verdicts = run([line for case in cases for line in case.lines()])
    results, classes, raw, unexplained = collections.Counter(), collections.Counter(), 0, 0
    for case, ours in zip(cases, verdicts):
        wanted = (ours.result, ours.explanation or None)
        results[ours.result] += 1
        if case.ask_pyspf(spf.query)[:2] == wanted:
            raw += 1
        result, told, detail = case.ask_pyspf(Corrected)
        if (result, told) == wanted:
            continue
        judged = [name for name, holds in JUDGED if holds(case, ours, detail)]
        classes[judged[0] if judged else 'not judged'] += 1
        if not judged:
            unexplained += 1
            print('ours %s (%s, %s) %r  pyspf %s %r %s' % (
                ours.result, ours.reason, ours.fault or ours.matched or ours.crossed, ours.explanation,
                result, told, detail))
            print('  %s %s@%s helo %s' % (case.ip, case.local, case.domain, case.helo))
            case.show()
    agree = count - sum(classes.values())
    print('results: %s' % dict(results))
    for name, times in classes.most_common():
        print('%5d  %s' % (times, name))
    print('seed %d, %d questions: pyspf as it is agrees on %.2f %%, corrected on %.2f %%, %d not explained'
          % (seed, count, 100.0 * raw / count, 100.0 * agree / count, unexplained))
    return 1 if unexplained else 0


if __name__ == '__main__':
    sys.exit(main())
