"""Reading dates out of prose: months, days, years and era names, as whole days that can be compared."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from cleaner.text.lazy import lazy

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # their place in the list is their number
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
END = r"(?![\d\w]|[.,:/-]\d)"
# Words that may stand between a preposition and the month or year of one date.
TIME = (
    r"(?:the|early|late|mid|very|first|second|third|fourth|half|beginning|start|middle|end|day|night|eve|morning|afternoon|evening"
    r"|dawn|noon|of|in|on|at|about|around|spring|summer|autumn|fall|winter|year|quarter|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?"
    r"|\d{1,2}(?::\d\d)?|[ap]\.?m\.?)"
)
READ = lazy(
    rf"\b(?:(?P<m1>{MONTH}) (?P<d1>{DAY})(?!\d|[:,]\d\d\b| ?%)(?:,? (?P<y1>{YEAR}){END})?"
    rf"|(?P<d2>{DAY}) (?:of )?(?P<m2>{MONTH})\b(?:,? (?P<y2>{YEAR}){END})?"
    rf"|(?P<m3>{MONTH}),? (?:of )?(?P<y3>{YEAR}){END}"
    rf"|(?P<y4>{YEAR})(?P<s4>[-./])(?P<m4>0?[1-9]|1[0-2])(?P=s4)(?P<d4>3[01]|[12]\d|0?[1-9])(?!\d|[-./]\d)"
    rf"|(?P<d5>3[01]|[12]\d|0[1-9])\.(?P<m5>0[1-9]|1[0-2])\.(?P<y5>{YEAR})(?![\d.])"
    r"|(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Oo]f|[Ff]rom|[Tt]o|[Dd]uring|[Aa]fter|[Bb]efore|[Mm]id|[Ee]arly|[Ll]ate|[Tt]he|[Tt]hroughout)"
    rf"(?: early| late| the| mid)?[ -](?P<y6>{YEAR})(?![\d\w]|[.,:/-]\d|’s|'s))"
)
FRONT_MATTER = lazy(r"(?s)\A﻿?---\r?\n(.*?)\n---")
PUBLISHED = lazy(
    r"(?mi)^(?:date|published|pubdate|publish_date|published_at|created|lastmod|updated)[ \t]*:[ \t]*[\"']?"
    r"(\d{4})-(\d\d)-(\d\d)"
)


class Date(NamedTuple):
    """A date read at prose `[start, end)`; parts that are not said are None. `year` may be missing, never all."""

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None

    def first(self) -> int:
        """The first day that the date can mean, as an ordinal; the year must be known."""
        assert self.year is not None
        return ordinal(self.year, self.month or 1, self.day or 1)

    def last(self) -> int:
        """The last day that the date can mean, as an ordinal; the year must be known."""
        assert self.year is not None
        if self.month and self.day:
            return ordinal(self.year, self.month, self.day)
        month = self.month or 12
        return ordinal(self.year, month, days_in(self.year, month))


def days_in(year: int | None, month: int) -> int:
    """Return how many days a month has; February 29 where the year is not known."""
    if month == 2:
        return 29 if year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def ordinal(year: int, month: int, day: int) -> int:
    """Return the day's number; a day beyond the month's end counts as the last."""
    return date(year, month, min(day, days_in(year, month))).toordinal()


def month_number(name: str) -> int:
    """Return 1 for "January" or "Jan." and so on."""
    return next(n for n, month in enumerate(MONTHS, 1) if month[:3] == name[:3])


def spoken(day: int) -> str:
    """Return the day with this ordinal as English writes it."""
    when = date.fromordinal(day)
    return f"{MONTHS[when.month - 1]} {when.day}, {when.year}"


@lru_cache(maxsize=4)
def dates(prose: str) -> tuple[Date, ...]:
    """Return the dates of a text in order. Bare years count only behind a preposition or an article."""
    return tuple(_date(match) for match in READ.finditer(prose))


def _date(match: re.Match[str]) -> Date:
    part = match.group
    for n in "12345":
        if n != "3" and part(f"d{n}") is None:
            continue
        if n == "3" and part("m3") is None:
            continue
        month = part(f"m{n}")
        day = re.sub(r"\D", "", part(f"d{n}")) if n != "3" else None
        year = part(f"y{n}")
        return Date(
            match.start(),
            match.end(),
            int(year) if year else None,
            int(month) if month.isdigit() else month_number(month),
            int(day) if day else None,
        )
    return Date(match.start("y6"), match.end(), int(part("y6")))


def published(text: str) -> tuple[int, int, int] | None:
    """Return the day that the front matter of a file names, as an ordinal with the span of the date in the text."""
    head = FRONT_MATTER.match(text)
    found = PUBLISHED.search(text, head.start(1), head.end(1)) if head else None
    if not found:
        return None
    year, month, day = (int(found[n]) for n in (1, 2, 3))
    if not (1500 <= year < 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return ordinal(year, month, day), found.start(1), found.end(3)
