"""A second reading of RFC 9989 and RFC 7489, written from their rules alone: the yardstick of the DMARC grid.

It shares nothing with the program. A case is a dict: author, dns (name to texts or a status), psl, claims,
trusted; model(case) says what both RFCs make of it, in the words of the program's JSON.
SPDX-License-Identifier: MIT"""

LEVELS = ["none", "quarantine", "reject"]
TEMPORARY = ("servfail", "timeout", "bogus")
# Three-valued facts: True, False, "temp" (DNS trouble then and now) and "open" (this program cannot know).


class Stuck(Exception):
    """A question of DNS stayed open; `how` is temp or open."""

    def __init__(self, how):
        super().__init__(how)
        self.how = how


# ---- records (RFC 9989, 4.7 and 4.8; RFC 7489, 6.3) ----

def tag_list(text):
    """Pairs of tag and value in order; a part without "=" is a syntax error and stands as (None, part).
    Names of tags are compared to the letter (RFC 6376, 3.2, which both RFCs follow)."""
    pairs = []
    for part in text.split(";"):
        if not part.strip(" \t"):
            continue
        name, equals, value = part.partition("=")
        pairs.append((name.strip(" \t"), value.strip(" \t")) if equals else (None, part))
    return pairs


def is_dmarc(text):
    first = text.split(";")[0]
    name, equals, value = first.partition("=")
    return bool(equals) and name.strip(" \t") == "v" \
        and value.strip(" \t") == "DMARC1"


def valid_uri(text):
    scheme, colon, rest = text.partition(":")
    return bool(colon) and scheme[:1].isalpha() and bool(rest) and " " not in text and \
        all(c.isalnum() or c in "+-." for c in scheme)


class Record:
    """What one record says, syntax errors replaced by defaults."""

    def __init__(self, text):
        pairs = tag_list(text)
        names = [name for name, _ in pairs if name]
        tags = dict(reversed(pairs))
        self.text = text
        self.repeated = len(set(names)) < len(names)
        self.policy = {name: tags[name].lower() for name in ("p", "sp", "np") if name in tags}
        self.mode = {"spf": "s" if tags.get("aspf", "").lower() == "s" else "r",
                     "dkim": "s" if tags.get("adkim", "").lower() == "s" else "r"}
        psd = tags.get("psd", "").lower()
        self.psd = psd if psd in ("y", "n") else "u"
        self.testing = tags.get("t", "").lower() == "y"
        pct = tags.get("pct", "")
        self.pct = int(pct) if pct.isascii() and pct.isdigit() and int(pct) <= 100 else 100
        uris = [uri.strip(" \t").partition("!")[0] for uri in tags.get("rua", "").split(",")]
        self.reports = any(valid_uri(uri) for uri in uris)

    def valid(self, *names):
        """p is there and none of these tags holds a policy that does not exist."""
        return "p" in self.policy and all(self.policy[n] in LEVELS for n in names if n in self.policy)


# ---- DNS ----

def records_at(case, domain, asked):
    """All DMARC records at that name, or Stuck."""
    name = "_dmarc." + domain
    if name not in asked:
        asked.append(name)
    answer = case["dns"].get(name, case["default"])
    if answer in TEMPORARY:
        raise Stuck("temp")
    if answer == "missing":
        raise Stuck("open")
    if answer in ("nxdomain", "nodata"):
        return []
    return [Record(text) for text in answer if is_dmarc(text)]


def one_record(case, domain, asked):
    """The tree walk's step: several are none (RFC 9989, 4.10). A list with a repeated tag is no valid
    record (RFC 6376, 3.2), so it is passed over, too."""
    found = records_at(case, domain, asked)
    return found[0] if len(found) == 1 and not found[0].repeated else None


def exists(case):
    """RFC 9989, 3.2.13: True, False or None where nobody knows."""
    answer = case["author_exists"]
    return {"nxdomain": False, "nodata": True, "record": True}.get(answer)


# ---- RFC 9989, 4.10 ----

def walk_names(domain):
    labels = domain.split(".")
    names = [domain]
    rest = labels[-7:] if len(labels) >= 8 else labels[1:]
    while rest:
        names.append(".".join(rest))
        rest = rest[1:]
    return names


class Walk:
    def __init__(self, case, start, asked):
        self.start, self.hits, self.stuck = start, [], None
        for name in walk_names(start):
            try:
                record = one_record(case, name, asked)
            except Stuck as stuck:
                self.stuck = stuck.how
                return
            if record:
                self.hits.append((name, record))
                if record.psd != "u":
                    return

    def at(self, name):
        return next((record for where, record in self.hits if where == name), None)

    def suffix(self):
        return next(((n, r) for n, r in self.hits if r.psd == "y" and n != self.start), None)

    def org(self):
        """4.10.2"""
        if self.stuck:
            return None
        for name, record in self.hits:
            if record.psd == "n":
                return name
            if record.psd == "y" and name != self.start:
                return ".".join(self.start.split(".")[-len(name.split(".")) - 1:])
        return self.hits[-1][0] if self.hits else self.start


# ---- the policy ----

def one_less(policy):
    return LEVELS[max(0, LEVELS.index(policy) - 1)]


class Finding:
    """What discovery came to: state is found, none, temp or open."""

    def __init__(self, state, org, domain=None, record=None):
        self.state, self.org, self.domain, self.record = state, org, domain, record
        self.tag = self.policy = self.applied = self.sampled = None
        self.walk_stuck = None


def discover_9989(case, asked):
    author = case["author"]
    walk = Walk(case, author, asked)
    org = walk.org()
    place = author if walk.at(author) else None
    if not place and walk.stuck:
        return Finding(walk.stuck, None)
    if not place and walk.at(org):
        place = org
    if not place and walk.suffix():
        place = walk.suffix()[0]
    if not place:
        return Finding("none", org)
    found = Finding("found", org, place, walk.at(place))
    found.walk_stuck = walk.stuck
    judge_policy(found, author, ("p", "sp", "np"), lambda: exists(case))
    if found.policy:
        found.applied = one_less(found.policy) if found.record.testing else found.policy
    return found


def suffix_org(case, domain):
    """RFC 7489, 3.2, by the algorithm of publicsuffix.org. A name that is a suffix stands for itself."""
    labels = domain.split(".")
    best = 1
    for rule in case["psl"]:
        parts = rule.lstrip("!").split(".")
        tail = labels[-len(parts):]
        if len(tail) == len(parts) and all(p in ("*", label) for p, label in zip(parts, tail)):
            if rule.startswith("!"):
                best = len(parts) - 1
                break
            best = max(best, len(parts))
    return ".".join(labels[-best - 1:])


def discover_7489(case, asked):
    """6.6.3"""
    author, org = case["author"], suffix_org(case, case["author"])
    try:
        place, found = author, records_at(case, author, asked)
        if not found and org != author:
            place, found = org, records_at(case, org, asked)
    except Stuck as stuck:
        return Finding(stuck.how, org)
    if len(found) != 1:
        return Finding("none", org)
    if found[0].repeated:       # not empty, so step 3 is over; not valid, so step 6 ends it
        return Finding("none", org, place, found[0])
    result = Finding("found", org, place, found[0])
    judge_policy(result, author, ("p", "sp"), lambda: True)
    if result.policy:
        pct, less = result.record.pct, one_less(result.policy)
        result.applied = less if pct == 0 else result.policy
        if pct < 100:
            result.sampled = less
    return result


def judge_policy(found, author, tags, author_exists):
    """RFC 9989, 4.10.1; RFC 7489, 6.6.3, 6: which tag governs, and what a bad one does."""
    record = found.record
    if not record.valid(*tags):
        if not record.reports:
            found.state = "none"
        else:
            found.tag, found.policy, found.applied = "forced", "none", "none"
        return
    if found.domain == author:
        tag = "p"
    else:
        below = "sp" if "sp" in record.policy else "p"
        tag = below
        if "np" in tags and "np" in record.policy and record.policy["np"] != record.policy[below]:
            known = author_exists()
            tag = None if known is None else below if known else "np"
    found.tag = tag
    found.policy = record.policy[tag] if tag else None
    found.applied = found.policy


# ---- alignment and the verdict ----

def aligned_9989(case, found, claim, asked):
    author, domain = case["author"], claim["domain"]
    if found.state != "found":
        return without_dns(author, domain), found.org if author == domain else None
    if found.record.mode[claim["mechanism"]] == "s":
        return author == domain, None
    walk = Walk(case, domain, asked)
    org = walk.org()
    if author == domain:
        return True, org
    if author.split(".")[-1] != domain.split(".")[-1]:
        return False, org
    if found.org is None or org is None:
        hows = [how for how in (found.walk_stuck, walk.stuck) if how]
        return "temp" if "temp" in hows else "open", org
    return found.org == org, org


def without_dns(author, domain):
    if author == domain:
        return True
    return False if author.split(".")[-1] != domain.split(".")[-1] else "open"


def aligned_7489(case, found, claim, _asked):
    author, domain = case["author"], claim["domain"]
    org = suffix_org(case, domain)
    if found.state == "found" and found.record.mode[claim["mechanism"]] == "s":
        return author == domain, None
    return author == domain or found.org == org, org


def authenticated(case, claim):
    if claim["mechanism"] == "spf" and "." not in claim["domain"]:
        return False    # RFC 7208, 4.3: a single label is not checked, so SPF says none, whoever reports otherwise
    if not case["trusted"]:
        return "open"
    return {"pass": True, "temperror": "temp"}.get(claim["result"], False)


def by_trusted(said, pairs, envelope_open):
    """Nobody knows the policy; a trusted host's own verdict counts unless what we know speaks against it."""
    possible = envelope_open or any(False not in pair for pair in pairs)
    if said == "pass" and possible or said == "fail" and (True, True) not in pairs or said == "none":
        return said
    return "unknown"


def verdict(found, pairs, envelope_open, said):
    """RFC 9989, 5.3.5 and 5.3.6. Pairs are (authenticated, aligned); `said` is a trusted host's word."""
    if found.state == "open" and said:
        return by_trusted(said, pairs, envelope_open)
    if found.state != "found":
        return {"none": "none", "temp": "temperror", "open": "unknown"}[found.state]
    if (True, True) in pairs:
        return "pass"
    open_pairs = [pair for pair in pairs if False not in pair]
    if envelope_open or any("open" in pair for pair in open_pairs):
        return "unknown"
    return "temperror" if open_pairs else "fail"


def claimed(case, found, claims, aligned):
    """INTERFACE.md: what follows if the receiving host's own words hold. Its dmarc=pass or fail implies a record;
    a host that speaks of no check claims nothing, but for its own dmarc=fail."""
    implied = case["says_dmarc"] in ("pass", "fail")
    if not implied and (found.state != "found" or not (claims or case["says_spf_none"] or case["says_dmarc"])):
        return "unknown"
    if not claims and not case["says_spf_none"]:
        return "fail" if case["says_dmarc"] == "fail" else "unknown"
    word = [a for claim, a in zip(claims, aligned) if claim["result"] == "pass"]
    if True in word or not any(a in ("open", "temp") for a in word):
        return "pass" if True in word else "fail"
    # Where nobody here knows the record, the host's own verdict is all there is to go by.
    return case["says_dmarc"] if implied and found.state == "open" else "unknown"


def tri(value):
    return value if isinstance(value, bool) else None


def column(case, discover, align):
    asked = []
    found = discover(case, asked)
    ordered = sorted(case["claims"], key=lambda claim: claim["mechanism"] != "spf")
    facts = [align(case, found, claim, asked) for claim in ordered]
    aligned = [fact[0] for fact in facts]
    pairs = [(authenticated(case, claim), a) for claim, a in zip(ordered, aligned)]
    read = found.record if found.state == "found" else None
    identifiers = [{"mechanism": claim["mechanism"], "domain": claim["domain"], "reported": claim["result"],
                    "authenticated": tri(pair[0]), "aligned": tri(pair[1]),
                    "mode": read.mode[claim["mechanism"]] if read else "r (assumed)", "org_domain": fact[1]}
                   for claim, pair, fact in zip(ordered, pairs, facts)]
    return {"result": verdict(found, pairs, case["envelope_open"],
                              case["says_dmarc"] if case["trusted"] else None), "claimed": claimed(case, found, ordered, aligned),
            "policy": found.policy, "policy_tag": found.tag, "applied": found.applied,
            "applied_sampled": found.sampled, "record_domain": found.domain, "org_domain": found.org,
            "record": found.record.text if found.record else None,
            "identifiers": identifiers, "queries": asked}


def model(case):
    return {"rfc9989": column(case, discover_9989, aligned_9989),
            "rfc7489": column(case, discover_7489, aligned_7489)}
