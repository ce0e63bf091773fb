"""The timeline of a document: which month a place in it speaks of, read from the dates around it."""

from __future__ import annotations

import re
from collections import Counter

from cleaner.detectors.calendar import MONTHS
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

DATED = lazy(rf"\b({'|'.join(MONTHS)})\b(?: \d{{1,2}})?(?:,)? ((?:19|20)\d\d)\b|\b((?:19|20)\d\d)-(\d\d)-\d\d\b")
YEAR = lazy(r"(?<![\d.,])((?:19|20)\d\d)(?![\d%]|[.,]\d)")


def month_of(document: Document, offset: int) -> int | None:
    """Return the month (year * 12 + month) that the prose at `offset` speaks of; None where no date tells.

    The nearest full date before it in its block counts, else the latest that most of the page's dates agree on.
    """
    prose = document.prose
    number = document.block_at(offset)
    if number >= 0:
        block = document.blocks[number]
        here = list(DATED.finditer(prose, block.start, block.end))
        before = [m for m in here if m.start() < offset] or here
        if before:
            return _month(before[-1])
    everywhere = list(DATED.finditer(prose)) or list(DATED.finditer(document.text[:2000]))
    if everywhere:
        years = Counter(_month(m) // 12 for m in everywhere)
        best = max(years, key=lambda year: (years[year], year))
        return max(month for m in everywhere if (month := _month(m)) // 12 == best)
    years = Counter(int(m[1]) for m in YEAR.finditer(prose))
    if years:
        best = max(years, key=lambda year: (years[year], year))
        return best * 12 + 6
    return None


def _month(match: re.Match[str]) -> int:
    if match[1]:
        return int(match[2]) * 12 + MONTHS.index(match[1]) + 1
    return int(match[3]) * 12 + max(1, min(12, int(match[4])))
