"""Titles: an office that the facts give under another name, and a body's name with its capitals lost.

"World Health Organization President Tedros Adhanom" leads a body that has a Director-General. Only of public bodies, and
only in a translation: a company's president is often its chairman too, and people say "NASA director" in speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleaner.detectors.mentions import Name, outermost
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

PUBLIC = lazy(
    r"\b(?:agency|organi[sz]ation|federation|body|fund|court|council|association|commission|central bank|museum|regulator|union|watchdog)\b"
)
# Offices with a name of their own, and the plain words that engines put in their place.
OWN = {
    "director general": ("president", "chairman", "chairwoman", "secretary", "minister", "governor", "chief executive"),
    "secretary general": (
        "president",
        "chairman",
        "chairwoman",
        "director",
        "minister",
        "governor",
        "director general",
    ),
    "managing director": ("president", "chairman", "chairwoman", "secretary", "minister", "governor"),
    "administrator": ("president", "chairman", "chairwoman", "secretary", "minister", "governor", "director general"),
    "governor": ("president", "chairman", "chairwoman", "secretary", "minister", "dean"),
    "president": ("secretary", "minister", "governor", "director", "director general"),
}
BEFORE = lazy(r"(?:\b(?:[Ff]ormer|[Ff]ormerly|[Ee]x|[Tt]hen|once|[Aa]cting|[Dd]eputy|[Ff]irst|[Vv]ice)[ -])$")
WORDS = 3  # a name of fewer words may be two common words: "a Moscow exchange student"


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield wrong titles of the right people, and names that lost their capitals; in translations only."""
    if language is None:
        return
    yield from _capitals(document, known, hits, language)
    if not any(known.names[number][2].isdigit() for _, _, number in hits.names):
        return
    names = outermost(hits, known)
    bodies = {n.end: n for n in names if n.role in ("name", "also")}
    for person in names:
        if person.role.isdigit():
            yield from _title(document, known, bodies, person, language)


@lru_cache(maxsize=1)
def _between() -> re.Pattern[str]:
    said = sorted({word for words in OWN.values() for word in words}, key=len, reverse=True)
    return re.compile(
        rf"(?P<gap>(?:[’']s)? )(?P<said>(?i:{'|'.join(w.replace(' ', '[ -]') for w in said)})) (?:Mr\.? |Ms\.? )?$"
    )


def _title(
    document: Document, known: Knowledge, bodies: dict[int, Name], person: Name, language: str
) -> Iterator[Finding]:
    """Yield the title between a body and the person who leads it, where it is not the title of the office."""
    prose = document.prose
    match = _between().search(prose, max(0, person.start - 30), person.start)
    body = bodies.get(match.start()) if match else None
    if match is None or body is None or BEFORE.search(prose, max(0, body.start - 8), body.start):
        return
    fact = known.facts[body.entry]
    name = known.facts[person.entry]["people"][int(person.role)]["name"]
    held = [p for p in fact["people"] if p["name"] == name]
    if len(held) != 1 or not PUBLIC.search(fact["is"]):
        return  # several offices: any of them may be meant
    office = held[0]["office"]
    said = match["said"]
    if _plain(said) not in OWN.get(_plain(office), ()):
        return
    title = office if said[0].isupper() else office.lower()
    edits = document.edits(*match.span("said"), title)
    evidence = (
        Evidence(f"{name}: {office} of {fact['name']}", source=fact["source"]),
        Evidence(f"the page is translated from {language}"),
    )
    yield Finding(
        "names/title",
        "name",
        *document.source(body.start, person.end),
        f"The head of {fact['name']} is its {office}.",
        (Fix(edits, Safety.safe),) if edits else (),
        evidence,
    )


def _plain(office: str) -> str:
    return office.lower().replace("-", " ")


def _capitals(document: Document, known: Knowledge, hits: Hits, language: str) -> Iterator[Finding]:
    """Yield names of bodies whose later words lost their capitals: "the People's bank of China"."""
    for start, end, number in hits.miscased:
        name, entry, _ = known.names[number]
        fact = known.facts[entry]
        text = document.prose[start:end]
        if fact.get("type", "body") not in ("body", "event") or len(name.split()) < WORDS or not _lost(text, name):
            continue
        place = document.block_at(start)
        if place < 0 or any(s < end and start < e for s, e, _ in hits.names):
            continue
        edits = document.edits(start, end, name)
        yield Finding(
            "names/capitals",
            "case",
            *document.source(start, end),
            f"{name} is the name of a {fact['is']}.",
            (Fix(edits, Safety.safe),) if edits else (),
            (
                Evidence(f"{name}: {fact['is']}", source=fact["source"]),
                Evidence(f"the page is translated from {language}"),
            ),
        )


def _lost(text: str, name: str) -> bool:
    """Return True where a text is a name but for capitals that it has lost; its first stands."""
    return text[0] == name[0] and all(
        a == b or (a.islower() and b == a.upper()) for a, b in zip(text, name, strict=True)
    )
