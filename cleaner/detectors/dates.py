"""Dates: torn, in a foreign calendar or clock, impossible, on a wrong weekday, or relative to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cleaner.detectors import clock, eras, torn
from cleaner.detectors.calendar import DAYS, MONTH, MONTHS, YEAR, dates, days_in, month_number, published, spoken
from cleaner.findings import Evidence, Finding
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

# Days that no month has; the year decides on February 29.
LATE = lazy(
    rf"\b(?:(?P<m1>{MONTH}) (?P<d1>29|3\d)(?:st|nd|rd|th)?(?![\d:%]|,\d{{3}}\b(?!\d))(?:,? (?P<y1>{YEAR})(?!\d))?"
    rf"|(?P<d2>29|3\d)(?:st|nd|rd|th)? (?:of )?(?P<m2>{MONTH})\b(?:,? (?P<y2>{YEAR})(?!\d))?)"
)
# Begins with a literal, so that the search skips from "day" to "day"; which one it is stands before the match.
WEEKDAY = lazy(
    rf"day(?:,| \(|, the)? (?:(?P<m1>{MONTH}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m2>{MONTH}))"
    rf",? (?P<year>{YEAR})(?!\d)"
)
SHORT = ("Feb", "Apr", "June", "Jun.", "Sep", "Nov")  # months without a 31st
ANCHORLESS = lazy(r"(?:Recently|A few days ago|Not long ago|The other day), (?!.{0,60}\b(?:has|have|is|are)\b)")


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield what is wrong with the dates of a document."""
    prose = document.prose
    yield from torn.find(document, language)
    yield from clock.find(document, language is not None)
    yield from eras.find(document)
    if any(f" {day}" in prose for day in ("29", "30", "31", "32", "33")) and any(month in prose for month in SHORT):
        yield from _impossible(document)
    if "day" in prose:
        yield from _weekdays(document)
    if language is not None:
        yield from _anchorless(document)


def _report(
    document: Document, span: tuple[int, int], why: str, name: str, evidence: tuple[Evidence, ...] = ()
) -> Finding:
    start, end = document.source(*span)
    return Finding(f"dates/{name}", "date", start, end, why, (), evidence)


def _impossible(document: Document) -> Iterator[Finding]:
    """Yield days that their month does not have; the right one only the source can tell."""
    for match in LATE.finditer(document.prose):
        month, day = month_number(match["m1"] or match["m2"]), int(match["d1"] or match["d2"])
        year = int(match["y1"] or match["y2"]) if match["y1"] or match["y2"] else None
        last = days_in(year, month)
        if document.prose[match.start() - 1 : match.start()] in ("'", '"', "“", "‘"):
            continue
        if day > last and not (day > 31 and match["m1"] is None):
            of = f"{MONTHS[month - 1]} {year}" if month == 2 and year else MONTHS[month - 1]
            yield _report(document, match.span(), f"{of} has {last} days.", "impossible")


def _weekdays(document: Document) -> Iterator[Finding]:
    """Yield dates that fell on another day of the week. Before 1900 calendars differed from country to country."""
    for match in WEEKDAY.finditer(document.prose):
        month, day, year = month_number(match["m1"] or match["m2"]), int(match["d1"] or match["d2"]), int(match["year"])
        if year < 1900 or not 1 <= day <= days_in(year, month):
            continue
        right = DAYS[date(year, month, day).weekday()]
        named = next((d for d in DAYS if document.prose.endswith(d, 0, match.start() + 3)), right)
        if right != named:
            said = f"{spoken(date(year, month, day).toordinal())} was a {right}, not a {named}."
            yield _report(document, (match.end() - len(match.group()) + 3 - len(named), match.end()), said, "weekday")


def _anchorless(document: Document) -> Iterator[Finding]:
    """Yield the first "Recently," of a translated page that has no date at all: a reader cannot know when."""
    for block in document.blocks[:4]:
        match = ANCHORLESS.match(document.prose, block.start, block.end)
        if match:
            if (
                not dates(document.prose)
                and published(document.text) is None
                and not re.search(rf"\b{YEAR}\b", document.prose)
            ):
                yield _report(
                    document,
                    (match.start(), match.end() - 1),
                    "A relative date in a page that has no date of its own.",
                    "relative",
                )
            return
