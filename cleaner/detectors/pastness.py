"""What a page itself shows to be past: the dates it tells of in the past tense, its own date, its dateline."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cleaner.detectors.calendar import TIME, Date, dates, published
from cleaner.detectors.sentences import sentence
from cleaner.findings import Evidence
from cleaner.text.document import Document
from cleaner.text.lazy import lazy
from cleaner.text.quotes import quotation

STAMP = lazy(r"\b\d{1,2}:\d\d\b")
LABEL = lazy(
    r"[\W\d]*(?:(?:published|posted|date|source|time|by|author|reporter|text|written|release|released|on|at|editor|from)\b.{0,45})?[\W\d]*$",
    re.I,
)
DATELINE = lazy(r"[\W]*(?:[A-Z][\w.’'-]*,? ){1,6}$")
BYLINE = 90  # characters that a line with the page's date and hour may be long
DATED = "the date of the page"
LONG = 20000  # characters from which a text may be a collection, written at many times
CLAUSES = lazy(r"[;:,—–]|\b(?:that|which|who|when|because|where|while|and)\b")
ADVERB = lazy(
    rf"(?:(?:and|but|also|however|later|then|early|late|meanwhile|only) )?(?:in|on|at|during|around|as early as)(?:[ -]{TIME})*[ -]?$",
    re.I,
)
# A form in -ed behind "the" or a number is an adjective: "the proposed line".
PARTICIPLE = lazy(r"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bits )(?<!\btheir )(?<!\bnewly )\b[a-z]{2,}ed\b(?! to be)(?!-)")
PRESENT = lazy(
    r"\b(?:will|would|shall|may|might|can|could|should|must|is|are|am|has|have|if|does|do|plans?|expects?|aims?|hopes?|going)\b"
)


class Known(NamedTuple):
    """A date that lies behind the writer, and what shows it; `sure` is False where it may be an event's own line."""

    date: Date
    evidence: Evidence
    sure: bool = True

    def day(self) -> int:
        """The day by which the writer wrote at the earliest; a bare year counts from its middle."""
        return self.date.first() if self.date.month else self.date.first() + 181


@lru_cache(maxsize=16)
def words(listed: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a list of words, whole and in any case."""
    return re.compile(
        r"(?<![\w’'])(?:" + "|".join(map(re.escape, sorted(listed, key=len, reverse=True))) + r")(?![\w’'])", re.I
    )


def told(lists: dict[str, list[str]], text: str) -> bool:
    """Return True where a stretch of text tells what happened: a form that is past, and nothing that points ahead."""
    if words(tuple(lists.get("intent_words", ()))).search(text):
        return False
    return bool(words(tuple(lists.get("past_verbs", ()))).search(text) or re.search(r"\b[a-z]{2,}ed\b(?!-)", text))


def known_past(document: Document, lists: dict[str, list[str]]) -> list[Known]:
    """Return the dates that lie behind the writer of a document; some have no year."""
    found: list[Known] = []
    day = published(document.text)
    if day is not None:
        text = document.text[day[1] : day[2]]
        year, month, number = (int(part) for part in text.split("-"))
        found.append(Known(Date(-1, -1, year, month, number), Evidence(DATED, day[1], day[2], text)))
    for place in dates(document.prose):
        number = document.block_at(place.start)
        if number < 0 or document.blocks[number].kind in ("heading", "code"):
            continue
        stamp = _stamp(document, number, place)
        if stamp is not None:
            found.append(Known(place, _evidence(document, place, DATED), stamp))
        elif _behind(document, place, lists):
            found.append(Known(place, _evidence(document, place, "told in the past tense")))
    return found


def _stamp(document: Document, number: int, place: Date) -> bool | None:
    """Return whether the line of a full date at the top surely dates the page; None where it is no such line."""
    block = document.blocks[number]
    prose = document.prose
    if place.year is None or place.day is None or number > 5:
        return None
    if DATELINE.match(prose[block.start : place.start]) and re.match(
        r" ?(?:\([A-Z]|[-–—]+ |/)", prose[place.end : place.end + 4]
    ):
        return True
    if block.end - block.start > BYLINE:
        return None
    rest = prose[block.start : place.start] + prose[place.end : block.end]
    if LABEL.match(rest):
        return True
    return False if STAMP.search(rest) and not re.search(r"[.!?]$", rest) else None


def _behind(document: Document, place: Date, lists: dict[str, list[str]]) -> bool:
    """Return True where the clause that holds a date tells of it in the past."""
    prose = document.prose
    start, end = sentence(document, place.start)
    block = document.blocks[document.block_at(place.start)]
    if quotation(prose, block.start, block.end, place.start):
        return False
    lead = prose[start : place.start]
    if re.search(r"\b(?:since|until|by|from|to|before)\s*$", lead, re.I):
        return False
    clause = CLAUSES.split(lead)[-1].strip(' "“▲*•·(-')
    if len(clause) < 45 and (not clause or ADVERB.match(clause)):
        # An adverb in front of its clause: the first verb that follows tells.
        return _happened(lists, re.split(r"[;:]|\b(?:that|which|who|when|because)\b", prose[place.end : end])[0])
    return " to " not in clause and told(lists, clause)


def _happened(lists: dict[str, list[str]], clause: str) -> bool:
    """Return True where the first verb of a clause is past."""
    first = words(tuple(lists.get("past_verbs", ()))).search(clause)
    regular = PARTICIPLE.search(clause)
    ends = [match.start() for match in (first, regular) if match]
    if not ends:
        return False
    return not PRESENT.search(clause, 0, min(ends))


def _evidence(document: Document, place: Date, says: str) -> Evidence:
    start, end = document.source(place.start, place.end)
    return Evidence(says, start, end, document.prose[place.start : place.end])
