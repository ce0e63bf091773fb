"""Names: bodies under a name that is not theirs, and an office given to the wrong body, by what the facts say.

Two things are certain without the source: a name that exists only in translations ("Russian National Aerospace
Corporation"), and a person at the head of a body that the facts give to somebody else ("Rosneft President Dmitry Rogozin").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from cleaner.detectors.timeline import month_of
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.match import fit
from cleaner.packs.scan import Hits
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

PAST = lazy(r"(?:\b(?:[Ff]ormer|[Ff]ormerly|[Ee]x|[Tt]hen|once|[Aa]cting|[Dd]eputy|[Ff]irst|[Vv]ice)[ -])$")
GENERIC = {"head", "chief", "boss", "leader"}


class Name(NamedTuple):
    """A name of the facts where it stands in the prose: entry number, and role (see facts.index)."""

    start: int
    end: int
    entry: int
    role: str


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield misnomers, offices that belong to another body, and bodies confused in their own subject."""
    if not hits.names:
        return
    names = outermost(hits, known)
    yield from _misnomers(document, known, names)
    done: set[int] = set()
    for finding, place in _offices(document, known, names, language):
        done.add(place)
        yield finding
    yield from _confused(document, known, [n for n in names if n.start not in done], language)


def outermost(hits: Hits, known: Knowledge) -> list[Name]:
    """Return the names in order of place, without those inside a longer one; roles of the same span stay side by side."""
    out: list[Name] = []
    reach = -1
    for start, end, number in sorted(set(hits.names), key=lambda hit: (hit[0], -hit[1], hit[2])):
        if end <= reach and not (out and (out[-1].start, out[-1].end) == (start, end)):
            continue
        _, entry, role = known.names[number]
        out.append(Name(start, end, entry, role))
        reach = max(reach, end)
    return out


# ---- a name that is nobody's ----


def _misnomers(document: Document, known: Knowledge, names: list[Name]) -> Iterator[Finding]:
    for name in names:
        if name.role != "misnamed":
            continue
        fact = known.facts[name.entry]
        number = document.block_at(name.start)
        if number < 0:
            continue
        block = document.blocks[number]
        right = fact["name"]
        article = bool(fact.get("article"))
        before = document.prose[max(block.start, name.start - 12) : name.start]
        if article and not re.search(r"(?:\b(?:[Tt]he|[Aa]n?|its|their|our|[A-Z]\w+[’']s?)|[\"“‘«(/])\s?$", before):
            right = "the " + right
            if not before.strip() or before.rstrip().endswith((".", "!", "?", ":")):
                right = "The " + fact["name"]
        right = _not_twice(document, name, fact, right)
        edits = fit(document, block, name.start, name.end, right, article=article, sentence=False)
        yield _finding(
            document,
            "names/misnamed",
            name.start,
            name.end,
            f"No body of this name exists in English: {fact['is']}, {fact['name']}.",
            (Fix(edits, Safety.safe),) if edits else (),
            (_fact(fact, f"{fact['name']} is the name of this {fact['is']}"),),
        )


def _not_twice(document: Document, name: Name, fact: dict[str, Any], right: str) -> str:
    """Where the sentence already gives the right name in brackets behind the misnomer, keep the longest other name."""
    behind = document.prose[name.end : name.end + len(fact["name"]) + 3]
    if fact["name"] in behind:
        others = sorted((n for n in fact.get("also", []) if len(n) > len(fact["name"])), key=len)
        return others[-1] if others else right
    return right


# ---- an office that belongs to another body ----


@lru_cache(maxsize=8)
def _shapes(offices: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of an office between a body and a person, in front of a body, and behind a person."""
    office = "(?:" + "|".join(re.escape(o) for o in sorted(offices, key=len, reverse=True)) + ")"
    between = re.compile(rf"(?:[’']s)? (?P<office>(?i:{office})),? (?:Mr\.? |Ms\.? )?$")
    of_body = re.compile(rf"(?P<office>(?i:{office})) (?:of|at|for) (?:the )?$")
    return (
        between,
        of_body,
        re.compile(rf", (?:the |who is |now |current )*(?P<office>(?i:{office})) (?:of|at|for) (?:the )?$"),
    )


def _offices(
    document: Document, known: Knowledge, names: list[Name], language: str | None
) -> Iterator[tuple[Finding, int]]:
    """Yield (finding, start of the wrong body's name) for each office that the facts give to another body."""
    people = [n for n in names if n.role.isdigit()]
    beside = [n for n in names if n.role in ("name", "also") and any(abs(n.start - p.start) < 150 for p in people)]
    bodies = [n for n in beside if known.facts[n.entry].get("type", "body") == "body"]
    if not bodies:
        return
    between, of_body, behind = _shapes(tuple(known.words.get("office", ())))
    prose = document.prose
    for person in people:
        served = _served(known, known.facts[person.entry]["people"][int(person.role)]["name"])
        for body in bodies:
            if any(entry == body.entry for entry, _ in served):
                continue
            near = 0 < person.start - body.end < 60 or 0 < body.start - person.end < 60
            if not near or document.block_at(body.start) != document.block_at(person.start):
                continue
            if body.end < person.start:
                gap = prose[body.end : person.start]
                match = between.fullmatch(gap)
                if match is None and re.fullmatch(
                    r",? (?:Mr\.? |Ms\.? )?", gap
                ):  # "the head of Rosneft Dmitry Rogozin"
                    lead = of_body.search(prose, max(0, body.start - 40), body.start)
                    if lead and not PAST.search(prose, max(0, lead.start() - 8), lead.start()):
                        yield from _wrong_body(document, known, body, person, served, lead.span("office"), language)
                    continue
                if match and not PAST.search(prose, max(0, body.start - 8), body.start) and "former" not in gap:
                    span = body.end + match.start("office"), body.end + match.end("office")
                    yield from _wrong_body(document, known, body, person, served, span, language)
            else:
                match = behind.fullmatch(prose[person.end : body.start])
                if match:
                    span = person.end + match.start("office"), person.end + match.end("office")
                    if not PAST.search(prose, max(0, span[0] - 8), span[0]):
                        yield from _wrong_body(document, known, body, person, served, span, language)


def _served(known: Knowledge, person: str) -> list[tuple[int, dict[str, Any]]]:
    """Return (entry number, office) for each office that the facts give to a person."""
    return [(number, known.facts[number]["people"][place]) for number, place in known.people.get(person, ())]


def _wrong_body(
    document: Document,
    known: Knowledge,
    body: Name,
    person: Name,
    served: list[tuple[int, dict[str, Any]]],
    office: tuple[int, int],
    language: str | None,
) -> Iterator[tuple[Finding, int]]:
    """Yield the finding that gives a person his own body and office back, where the facts leave one answer."""
    when = month_of(document, office[0])
    wrong = known.facts[body.entry]
    fitting = [(n, o) for n, o in served if when is None or o["from"] <= when <= o["to"]]
    confusable = [(n, o) for n, o in served if _confusable(known.facts[n], wrong)]
    pool = [pair for pair in fitting if pair in confusable] or (confusable if when is None else fitting)
    entries = {n for n, _ in pool}
    if len(entries) != 1:
        return
    number, held = max(pool, key=lambda pair: pair[1]["from"])
    right = known.facts[number]
    taken = next(
        (
            o["name"]
            for o in wrong["people"]
            if when is not None and o["from"] <= when <= o["to"] and o["name"] != held["name"] and _top(o["office"])
        ),
        None,
    )
    if confusable:
        safety = Safety.safe
    elif taken and _top(held["office"]):
        # Somebody else is known to have headed that body then; people err too, engines do it all the time.
        safety = Safety.safe if language else Safety.unsafe
    else:
        return
    said = document.prose[office[0] : office[1]]
    title = said
    if said.lower() not in GENERIC and said.lower().replace("-", " ") != held["office"].lower().replace("-", " "):
        title = held["office"] if said[:1].isupper() or office[0] > body.start else held["office"].lower()
        if title.isupper() or re.search(r"[A-Z]{2}", held["office"]):
            title = held["office"]
    start, end = sorted((body.start, body.end, *office))[0], sorted((body.start, body.end, *office))[-1]
    old = document.prose[start:end]
    first, second = ((body.start, body.end, right["name"]), (*office, title))
    if office[0] < body.start:
        first, second = (*office, title), (body.start, body.end, right["name"])
    new = first[2] + document.prose[first[1] : second[0]] + second[2]
    # Before an office a body's name takes no article ("Bank of Russia Governor"); behind "of" it takes its own.
    if first[2] != right["name"] and right.get("article") and not document.prose[: body.start].endswith("the "):
        new = new.replace(right["name"], "the " + right["name"], 1)
    drop = (
        not right.get("article")
        and document.prose[max(0, start - 4) : start].lower() == "the "
        and first[2] == right["name"]
    )
    if drop:
        old_start, start = start, start - 4
        new = new[:1].upper() + new[1:] if document.prose[start] == "T" else new
        old = document.prose[start:old_start] + old
    edits = document.edits(start, end, new)
    evidence = [_fact(right, f"{held['name']}: {held['office']} of {right['name']}, {_years(held)}")]
    if taken:
        evidence.append(_fact(wrong, f"at the head of {wrong['name']} then: {taken}"))
    message = f"{held['name']} was {held['office']} of {right['name']}, not of {wrong['name']} ({wrong['is']})."
    yield (
        _finding(
            document, "names/office", start, end, message, (Fix(edits, safety),) if edits else (), tuple(evidence)
        ),
        body.start,
    )


def _confusable(right: dict[str, Any], wrong: dict[str, Any]) -> bool:
    ours = {wrong["name"], *wrong.get("also", [])}
    theirs = {right["name"], *right.get("also", [])}
    return bool(ours & set(right.get("confused_with", [])) or theirs & set(wrong.get("confused_with", [])))


def _top(office: str) -> bool:
    return bool(
        re.search(
            r"(?i)\b(?:president|chair\w*|ceo|chief executive|director|head|governor|administrator|minister|general manager)",
            office,
        )
    ) and not re.search(r"(?i)\b(?:vice|deputy|first)\b", office)


def _years(office: dict[str, Any]) -> str:
    end = (office["to"] - 1) // 12
    return f"{(office['from'] - 1) // 12}–{'' if end > 9000 else end}"


# ---- a body in the wrong subject ----


def _confused(document: Document, known: Knowledge, names: list[Name], language: str | None) -> Iterator[Finding]:
    """Yield names of real bodies where the sentence and the page speak of the body they are confused with."""
    if language is None:
        return
    entries = {n.entry for n in names}
    for wrong in names:
        if wrong.role not in ("name", "also"):
            continue
        for number in known.rivals.get(wrong.entry, ()):
            fact, right = known.facts[wrong.entry], known.facts[number]
            proof = [n for n in names if n.entry == number] if number in entries else []
            if not proof:
                continue
            yield from _by_subject(document, known, wrong, fact, right, proof, names)


def _by_subject(
    document: Document,
    known: Knowledge,
    wrong: Name,
    fact: dict[str, Any],
    right: dict[str, Any],
    proof: list[Name],
    names: list[Name],
) -> Iterator[Finding]:
    number = document.block_at(wrong.start)
    if number < 0:
        return
    block = document.blocks[number]
    low = document.lower
    begin = max(low.rfind(". ", block.start, wrong.start), block.start)
    stop = low.find(". ", wrong.end, block.end)
    sentence = (begin, stop if stop >= 0 else block.end)
    own = _topics(fact, low, block.start, block.end)
    people = [n for n in names if n.entry == wrong.entry and n.role.isdigit() and block.start <= n.start < block.end]
    if own or people or any(sentence[0] <= n.start < sentence[1] for n in proof if n.role in ("name", "also")):
        return
    subject = [w for w in _topics(right, low, *sentence) if w not in fact.get("topics", [])]
    if not subject:
        return
    slip = next((n for n in proof if n.role == "misnamed" or n.role.isdigit()), None)
    safety = Safety.safe if slip and subject else Safety.unsafe if len(subject) > 1 else None
    if safety is None:
        return
    article = bool(right.get("article"))
    new = ("the " if article else "") + right["name"]
    edits = fit(document, block, wrong.start, wrong.end, new, article=article, sentence=False)
    shown = slip or proof[0]
    evidence = (
        _fact(
            right,
            f"{right['name']}: {right['is']}, {fact['name']}: {fact['is']}; the sentence has: {', '.join(subject)}",
        ),
        _span(document, shown.start, shown.end, f"the page speaks of {right['name']}"),
    )
    yield _finding(
        document,
        "names/confused",
        wrong.start,
        wrong.end,
        f"{fact['name']} ({fact['is']}) where the text speaks of {right['name']} ({right['is']}).",
        (Fix(edits, safety),) if edits else (),
        evidence,
    )


def _topics(fact: dict[str, Any], low: str, start: int, end: int) -> list[str]:
    return [
        w for w in fact.get("topics", []) if re.search(rf"(?<!\w){re.escape(w.lower())}(?:e?s)?(?!\w)", low[start:end])
    ]


# ---- shared ----


def _fact(fact: dict[str, Any], says: str) -> Evidence:
    return Evidence(says, source=fact["source"])


def _span(document: Document, start: int, end: int, says: str) -> Evidence:
    begin, stop = document.source(start, end)
    return Evidence(says, begin, stop, document.prose[start:end])


def _finding(
    document: Document,
    rule: str,
    start: int,
    end: int,
    message: str,
    fixes: tuple[Fix, ...],
    evidence: tuple[Evidence, ...],
) -> Finding:
    begin, stop = document.source(start, end)
    return Finding(rule, "name", begin, stop, message, fixes, evidence)
