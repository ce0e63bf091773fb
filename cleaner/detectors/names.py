"""Names: bodies under a name that is not theirs, and an office given to the wrong body, by what the facts say.

Two things are certain without the source: a name that exists only in translations ("Russian National Aerospace
Corporation"), and a person at the head of a body that the facts give to somebody else ("Rosneft President Dmitry Rogozin").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cleaner.detectors.mentions import Name, known_as, outermost, seen
from cleaner.detectors.offices import offices
from cleaner.findings import Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.match import fit
from cleaner.packs.scan import Hits
from cleaner.text.document import Document


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield misnomers, offices that belong to another body, and bodies confused in their own subject."""
    if not hits.names:
        return
    names = outermost(hits, known)
    yield from _misnomers(document, known, names)
    done: set[int] = set()
    for finding, place in offices(document, known, names, language):
        done.add(place)
        yield finding
    yield from _confused(document, known, [n for n in names if n.start not in done], language)


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
        yield Finding(
            "names/misnamed",
            "name",
            *document.source(name.start, name.end),
            f"No body of this name exists in English: {fact['is']}, {fact['name']}.",
            (Fix(edits, Safety.safe),) if edits else (),
            (known_as(fact, f"{fact['name']} is the name of this {fact['is']}"),),
        )


def _not_twice(document: Document, name: Name, fact: dict[str, Any], right: str) -> str:
    """Where the sentence already gives the right name in brackets behind the misnomer, keep the longest other name."""
    behind = document.prose[name.end : name.end + len(fact["name"]) + 3]
    if fact["name"] in behind:
        others = sorted((n for n in fact.get("also", []) if len(n) > len(fact["name"])), key=len)
        return others[-1] if others else right
    return right


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
        known_as(
            right,
            f"{right['name']}: {right['is']}, {fact['name']}: {fact['is']}; the sentence has: {', '.join(subject)}",
        ),
        seen(document, shown.start, shown.end, f"the page speaks of {right['name']}"),
    )
    yield Finding(
        "names/confused",
        "name",
        *document.source(wrong.start, wrong.end),
        f"{fact['name']} ({fact['is']}) where the text speaks of {right['name']} ({right['is']}).",
        (Fix(edits, safety),) if edits else (),
        evidence,
    )


def _topics(fact: dict[str, Any], low: str, start: int, end: int) -> list[str]:
    return [
        w for w in fact.get("topics", []) if re.search(rf"(?<!\w){re.escape(w.lower())}(?:e?s)?(?!\w)", low[start:end])
    ]
