"""Era years: Japanese counts years by reigns; "returned in Heisei 22" means in 2010.

Only where the bare era year stands as a date. Not beside the western year ("Reiwa 2 (2020)"), in the number of a law, or
where the text is about eras.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.detectors.calendar import MONTH, YEAR
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

# The year before an era's first, and how many years it has.
ERAS = {"Meiji": (1867, 45), "Taisho": (1911, 15), "Taishō": (1911, 15), "Showa": (1925, 64), "Shōwa": (1925, 64),
        "Heisei": (1988, 31), "Reiwa": (2018, 20)}  # fmt: skip
NAME = "|".join(ERAS)
FIND = lazy(
    rf"(?:\b(?P<before>[A-Za-z]+|\d{{1,2}},?) )?\b(?:(?P<era>{NAME}),? (?P<year>\d{{1,2}}|first year|gannen|1st year)(?:th|st|nd|rd)?(?: year)?"
    rf"|(?P<long>the (?P<year2>\d{{1,2}})(?:th|st|nd|rd) year of (?:the )?(?P<era2>{NAME})(?: era| period)?)"
    rf"|(?P<turned>(?:year )?(?P<year3>\d{{1,2}}) of (?:the )?(?P<era3>{NAME})(?: era| period)?))(?![\w-]|[.,:/]\d| ?%)"
)
TEMPORAL = lazy(
    r"(?:in|since|until|till|from|by|to|during|around|before|after|early|late|mid|about|between|year|and|fiscal)$",
    re.IGNORECASE,
)
NUMBER_OF = lazy(r"\b(?:No\.? ?\d+|Act|Law|Ordinance|Order|Notification|Regulation)(?: of)?$")


def find(document: Document) -> Iterator[Finding]:
    """Yield the era years that stand as dates."""
    prose = document.prose
    if not any(era in prose for era in ERAS):
        return
    about = re.search(rf"\b(?:{NAME}) (?:era|period|emperor|restoration)|\bera name|\bgengo\b", prose, re.IGNORECASE)
    for match in FIND.finditer(prose):
        number = document.block_at(match.start())
        era = match["era"] or match["era2"] or match["era3"]
        written = match["year"] or match["year2"] or match["year3"]
        count = int(written) if written.isdigit() else 1
        begun, length = ERAS[era]
        before = match["before"] or ""
        if number < 0 or not 1 <= count <= length:
            continue
        start = match.start("era") if match["era"] else match.start("long") if match["long"] else match.start("turned")
        text = prose[document.blocks[number].start : start].rstrip()
        if not (TEMPORAL.search(before) or re.search(rf"(?:{MONTH})(?: \d{{1,2}},?)?(?: of)?$", text)):
            continue
        if re.search(rf"{YEAR} ?[(（,/]? ?$", text) or re.match(
            rf" ?[(（/,=] ?(?:the year )?{YEAR}", prose[match.end() : match.end() + 16]
        ):
            continue
        if NUMBER_OF.search(text) or OPEN.search(text):
            continue
        year = begun + count
        first, last = document.source(start, match.end())
        edits = document.edits(start, match.end(), str(year))
        level = Safety.unsafe if about else Safety.safe
        why = f"{era} {count} is a year of the Japanese calendar; English readers count {year}."
        evidence = (Evidence(f"{era} 1 was {begun + 1}"),)
        yield Finding("dates/era", "date", first, last, why, () if edits is None else (Fix(edits, level),), evidence)


OPEN = lazy(r"\bof (?:a|the) ?$")
