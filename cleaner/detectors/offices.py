"""Offices: a person beside a body that somebody else headed, in the month of which the text speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cleaner.detectors.mentions import Name, known_as
from cleaner.detectors.timeline import month_of
from cleaner.findings import Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

PAST = lazy(r"(?:\b(?:[Ff]ormer|[Ff]ormerly|[Ee]x|[Tt]hen|once|[Aa]cting|[Dd]eputy|[Ff]irst|[Vv]ice)[ -])$")
GENERIC = {"head", "chief", "boss", "leader"}


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


def offices(
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
    evidence = [known_as(right, f"{held['name']}: {held['office']} of {right['name']}, {_years(held)}")]
    if taken:
        evidence.append(known_as(wrong, f"at the head of {wrong['name']} then: {taken}"))
    message = f"{held['name']} was {held['office']} of {right['name']}, not of {wrong['name']} ({wrong['is']})."
    yield (
        Finding(
            "names/office",
            "name",
            *document.source(start, end),
            message,
            (Fix(edits, safety),) if edits else (),
            tuple(evidence),
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
