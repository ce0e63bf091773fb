"""Quantities: numbers with their words of magnitude and what they count, read out of prose; and written again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from cleaner.packs.knowledge import Knowledge
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

SCALES = {
    "": Decimal(1),
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
QUANTITY = lazy(
    r"(?<![\w.,/-])(?P<cur>(?:US|HK|A|C|NT)?[$€£¥₩₽] ?)?(?P<num>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[ -](?P<scale>thousand|million|billion|trillion)\b)?(?![\d%]|,\d| ?percent)(?P<rest>(?:[ -][A-Za-z][A-Za-z’'-]*){0,4})"
)


class Quantity(NamedTuple):
    """A number with its magnitude and the words behind it. `[start, end)` covers number and magnitude."""

    start: int
    end: int
    value: Decimal
    digits: str
    scale: str
    unit: frozenset[str]
    money: str


def scaled(value: Decimal) -> str:
    """Return a value as English writes it: 72.2 billion, 360,000."""
    for word in ("trillion", "billion", "million"):
        if value >= SCALES[word]:
            return f"{plain(value / SCALES[word])} {word}"
    return f"{value.normalize():,f}"


def plain(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def quantities(document: Document, known: Knowledge, spans: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """Return the large quantities of a document, those with a word of magnitude or above ten thousand."""
    found: list[Quantity] = []
    stops = set(known.words.get("quantity_stops", ()))
    people = set(known.words.get("person_nouns", ()))
    money = {form.lower(): word for word in known.words.get("currencies", ()) for form in (word, word + "s")}
    for match in QUANTITY.finditer(document.prose):
        scale = match["scale"] or ""
        number = Decimal(match["num"].replace(",", ""))
        value = number * SCALES[scale]
        start, end = match.start("num"), match.end("scale") if scale else match.end("num")
        if value < 10000 or (not scale and "," not in match["num"] and number < 100000) or document.block_at(start) < 0:
            continue
        begin, stop = document.source(start, end)
        if any(a < stop and begin < b for a, b in spans):
            continue
        currency = (match["cur"] or "").strip()
        unit: set[str] = set()
        if not currency:
            for word in match["rest"].replace("-", " ").lower().split():
                if word in money:
                    currency = money[word]
                    break
                if word in stops:
                    break
                unit.add("people" if word in people else word)
        digits = match["num"].replace(",", "").replace(".", "").strip("0")
        found.append(
            Quantity(start, end, value, digits, scale, frozenset(unit), currency.replace("$", "dollar").lstrip("US"))
        )
    return found


def same_thing(
    document: Document, value: Decimal, span: tuple[int, int], noun: str
) -> tuple[Decimal, tuple[int, int]] | None:
    """Return what the page elsewhere gives for a quantity of `noun`, where it is `value` rounded, or that over 10 or 100.

    With the digits of `value`: 52.4 billion beside "5.2 billion kilometers" is 5.24 billion.
    """
    for match in QUANTITY.finditer(document.prose):
        if (match.start() < span[1] and span[0] < match.end("num")) or not match["scale"]:
            continue
        if (
            noun.rstrip("s") not in match["rest"].replace("-", " ").lower().split()
            and noun not in match["rest"].split()
        ):
            continue
        other = Decimal(match["num"].replace(",", "")) * SCALES[match["scale"]]
        for power in (0, 1, 2):
            shrunk = value / 10**power
            if rounds(shrunk, other, match["num"]):
                return shrunk, (match.start(), match.end("scale"))
    return None


def rounds(exact: Decimal, given: Decimal, written: str) -> bool:
    """Return True where `given`, with the digits as written, may be `exact` rounded or cut off."""
    digits = len(written.replace(",", "").replace(".", "").strip("0")) or 1
    if exact <= 0 or given <= 0:
        return False
    step = Decimal(10) ** (exact.adjusted() - digits + 1)
    return abs(exact - given) < step and exact.adjusted() == given.adjusted()
