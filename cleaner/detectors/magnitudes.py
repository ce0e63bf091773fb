"""Magnitudes: one quantity given twice, a power of ten apart. 亿 is 100 million and 万 ten thousand; engines slip.

"72.2 billion yuan" in the headline and "722 billion yuan" in the text, both of the revenue: one is wrong, and the rest of
the page says which. Not for two quantities that happen to share their digits, tenfold rises, or parts of 10 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import log10
from statistics import median
from typing import NamedTuple

from cleaner.detectors.sentences import sentence
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.load import Knowledge
from cleaner.text.document import Document

RULE = "numbers/magnitude"
SCALES = {
    "hundred": Decimal(100), "thousand": Decimal(1000), "million": Decimal(10**6), "billion": Decimal(10**9), "trillion": Decimal(10**12),
    "": Decimal(1),
}  # fmt: skip
MYRIADS = ("zh", "ja", "ko")  # languages that count in ten thousands
QUANTITY = re.compile(
    r"(?<![\w.,/-])(?P<cur>(?:US|HK|A|C|NT)?[$€£¥₩₽] ?)?(?P<num>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[ -](?P<scale>thousand|million|billion|trillion)\b)?(?![\d%]|,\d| ?percent)(?P<rest>(?:[ -][A-Za-z][A-Za-z’'-]*){0,4})"
)
SHARE = re.compile(r"(?P<n>\d{1,2}(?:\.\d+)?) ?(?:%|percent\b)")
RATIO = re.compile(
    r"\b(?:(?:ten|hundred|thousand)-?fold|(?:ten|10|100|1,000) times|times (?:as|more|higher|larger|the)|a tenth|one[- ]tenth|per (?:person|capita|share|day)"
    r"|each|daily|respectively)\b|(?<![\d.])(?:10|1|0\.1|100|900) ?(?:%|percent)",
    re.IGNORECASE,
)
DEFINITE = re.compile(r"\b(?:the|these|those|this|of its|of their)\s+(?:about |some |total |entire |nearly |roughly |combined |more than )?$", re.IGNORECASE)
FUNCTION = frozenset(
    ["a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "if", "in", "into", "is", "it", "its", "of", "on", "or", "over", "per", "than", "that", "the", "their", "to", "up", "was", "were", "which", "who", "will", "with", "worldwide", "more", "about", "each", "this", "last", "year", "years", "month", "day", "days", "more", "during", "after", "before", "since"]
)
EVERYDAY = frozenset(["total", "about", "more", "than", "this", "that", "with", "from", "have", "been", "will", "their", "which", "million", "billion", "said", "year", "also", "other", "only", "most", "over"])
WORD = re.compile(r"[a-z][a-z’'-]{3,}")


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
            return f"{_plain(value / SCALES[word])} {word}"
    return f"{value.normalize():,f}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def quantities(document: Document, known: Knowledge, spans: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """Return the large quantities of a document, those with a word of magnitude or above ten thousand."""
    found: list[Quantity] = []
    people = set(known.words.get("person_nouns", ()))
    money = {form.lower(): word for word in known.words.get("currencies", ()) for form in (word, word + "s")}
    for match in QUANTITY.finditer(document.prose):
        scale = match["scale"] or ""
        number = Decimal(match["num"].replace(",", ""))
        value = number * SCALES[scale]
        start, end = match.start(), match.end("scale") if scale else match.end("num")
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
                if word in FUNCTION:
                    break
                unit.add("people" if word in people else word)
        digits = match["num"].replace(",", "").replace(".", "").strip("0")
        found.append(Quantity(start, end, value, digits, scale, frozenset(unit), currency.replace("$", "dollar").lstrip("US")))
    return found


def same_thing(document: Document, value: Decimal, span: tuple[int, int], noun: str) -> tuple[Decimal, tuple[int, int]] | None:
    """Return what the page elsewhere gives for a quantity of `noun`, where it is `value` rounded, or that over 10 or 100.

    With the digits of `value`: 52.4 billion beside "5.2 billion kilometers" is 5.24 billion.
    """
    for match in QUANTITY.finditer(document.prose):
        if (match.start() < span[1] and span[0] < match.end("num")) or not match["scale"]:
            continue
        if noun.rstrip("s") not in match["rest"].replace("-", " ").lower().split() and noun not in match["rest"].split():
            continue
        other = Decimal(match["num"].replace(",", "")) * SCALES[match["scale"]]
        for power in (0, 1, 2):
            shrunk = value / 10**power
            if _rounds(shrunk, other, match["num"]):
                return shrunk, (match.start(), match.end("scale"))
    return None


def _rounds(exact: Decimal, given: Decimal, written: str) -> bool:
    """Return True where `given`, with the digits as written, may be `exact` rounded or cut off."""
    digits = len(written.replace(",", "").replace(".", "").strip("0")) or 1
    if exact <= 0 or given <= 0:
        return False
    step = Decimal(10) ** (exact.adjusted() - digits + 1)
    return abs(exact - given) < step and exact.adjusted() == given.adjusted()


def find(document: Document, known: Knowledge, language: str | None, spans: Sequence[tuple[int, int]] = ()) -> Iterator[Finding]:
    """Yield quantities that the page gives in two magnitudes. `spans` of the text are somebody else's."""
    found = quantities(document, known, spans)
    judged: set[Quantity] = set()
    for n, one in enumerate(found):
        for other in found[n + 1 :]:
            if one in judged or other in judged or not _slip(one, other):
                continue
            finding = _judge(document, known, one, other, found, language)
            if finding is not None:
                judged |= {one, other}
                yield finding
    yield from _myriads(document, known, found, language)


def _slip(one: Quantity, other: Quantity) -> bool:
    """Return True where two quantities have the same digits and unit, and are 10, 100, 1000 or 10000 apart."""
    if one.digits != other.digits or len(one.digits) < 2 or one.value == other.value:
        return False
    if one.money != other.money or not (one.money or one.unit & other.unit):
        return False
    return abs(one.value.adjusted() - other.value.adjusted()) in (1, 2, 3, 4) and (one.scale or other.scale) != ""


def _judge(
    document: Document, known: Knowledge, one: Quantity, other: Quantity, found: list[Quantity], language: str | None
) -> Finding | None:
    """Weigh the two against each other; None where they need not be the same thing."""
    prose = document.prose
    first, second = sentence(document, one.start), sentence(document, other.start)
    if first == second or any(RATIO.search(prose, *span) for span in (first, second)):
        return None
    near = document.block_at(one.start) == document.block_at(other.start) and second[0] - first[1] < 3
    definite = bool(DEFINITE.search(prose, max(second[0], other.start - 30), other.start))
    shared = _context(prose, first, one) & _context(prose, second, other)
    strong = len(one.digits)
    if not (strong >= 4 or (strong == 3 and (shared or definite)) or (strong == 2 and near and definite)):
        return None
    large, small = (one, other) if one.value > other.value else (other, one)
    votes: dict[Quantity, float] = {large: 0, small: 0}
    shown: dict[Quantity, list[Evidence]] = {large: [], small: []}
    for item in (large, small):
        for third in found:
            if third in (large, small) or third.money != item.money or not (item.money or third.unit & item.unit):
                continue
            written = prose[third.start : third.end].split(" ")[0]
            if third.value == item.value or (len(third.digits) > 1 and _rounds(item.value, third.value, written)):
                votes[item] += 2
                shown[item].append(_at(document, third, "the same quantity once more"))
        share = _share(document, item, found)
        if share:
            votes[item] += 3
            shown[item].append(share)
    others = [q.value for q in found if q not in (large, small) and q.value not in (large.value, small.value) and q.money == one.money and (q.money or q.unit & one.unit)]
    if len(others) >= 2:
        middle = median(log10(v) for v in others)
        nearer = min((large, small), key=lambda q: abs(log10(q.value) - middle))
        if abs(abs(log10(large.value) - middle) - abs(log10(small.value) - middle)) > 0.3:
            votes[nearer] += 1
            shown[nearer].append(Evidence("of the size of the page's other amounts"))
    apart = large.value.adjusted() - small.value.adjusted()
    if (apart, large.scale) in ((1, "billion"), (1, "trillion"), (2, "million"), (4, "billion"), (4, "million")):
        votes[small] += 2 if language in MYRIADS else 1
        if near and definite and strong >= 3:
            votes[small] += 1
            shown[small].append(_at(document, other, "taken up again in the next sentence"))
        shown[small].append(Evidence(f"{'万, ten thousand,' if apart % 2 == 0 else '亿, a hundred million,'} was read as {large.scale}"))
    if "people" in large.unit and large.value > 8 * 10**9:
        votes[small] += 5
    right, wrong = (small, large) if votes[small] >= votes[large] else (large, small)
    lead = votes[right] - votes[wrong]
    level = Safety.safe if lead >= 2 else Safety.unsafe if lead >= 1 else Safety.manual
    new = scaled(right.value) if wrong.scale or right.scale else f"{right.value:,f}"
    if wrong.scale and right.value / SCALES[wrong.scale] >= 1:
        new = f"{_plain(right.value / SCALES[wrong.scale])} {wrong.scale}"
    edits = document.edits(wrong.start, wrong.end, new) if level else None
    start, end = document.source(wrong.start, wrong.end)
    why = f"The same quantity stands in the text as {prose[right.start : right.end]}: a word of magnitude was misread."
    evidence = (_at(document, right, "the same quantity"), *shown[right][:3])
    return Finding(RULE, "number", start, end, why, () if edits is None else (Fix(edits, level),), evidence)


def _at(document: Document, item: Quantity, says: str) -> Evidence:
    start, end = document.source(item.start, item.end)
    return Evidence(says, start, end, document.prose[item.start : item.end])


def _context(prose: str, span: tuple[int, int], item: Quantity) -> set[str]:
    """Return the longer words of the sentence near a quantity, without its own unit."""
    near = prose[max(span[0], item.start - 70) : min(span[1], item.end + 40)].lower()
    return set(WORD.findall(near)) - EVERYDAY - item.unit - {item.money, item.money + "s"}


def _share(document: Document, item: Quantity, found: list[Quantity]) -> Evidence | None:
    """Return a part of the page that with its share gives this whole: 39.8 billion, 55.1 % of the total."""
    for part in found:
        if part.money != item.money or part.value >= item.value or not (part.money or part.unit & item.unit):
            continue
        end = sentence(document, part.start)[1]
        for match in SHARE.finditer(document.prose, part.end, end):
            if not re.search(r"\b(?:account|percent of|% of|share|total|proportion)", document.prose[part.end : min(end, match.end() + 24)]):
                continue
            if "." in match["n"] and abs(part.value / item.value * 100 - Decimal(match["n"])) < Decimal("0.3"):
                begin, stop = document.source(part.start, match.end())
                return Evidence("its part and share agree", begin, stop, document.prose[part.start : match.end()])
    return None


def _myriads(document: Document, known: Knowledge, found: list[Quantity], language: str | None) -> Iterator[Finding]:
    """Yield "1,025 million samples", which is 1025万, beside a population that is smaller."""
    for item in found:
        if item.scale != "million" or item.money or item.value < 10**9 or not item.unit:
            continue
        block = document.block_at(item.start)
        town = next(
            (q for q in found if document.block_at(q.start) == block and q.value < item.value and q.scale and "people" in q.unit), None
        )
        if town is None and language not in MYRIADS:
            continue
        right = item.value / 100
        start, end = document.source(item.start, item.end)
        why = "Thousands of millions: 万 is ten thousand, and was read as a million."
        fixes: tuple[Fix, ...] = ()
        if town is not None and town.value / 100 < right <= town.value * 3:
            edits = document.edits(item.start, item.end, scaled(right))
            fixes = () if edits is None else (Fix(edits, Safety.unsafe),)
        yield Finding(RULE, "number", start, end, why, fixes, () if town is None else (_at(document, town, "no more people than these"),))
