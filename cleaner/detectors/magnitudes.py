"""Magnitudes: one quantity given twice, a power of ten apart. 亿 is 100 million and 万 ten thousand; engines slip.

"72.2 billion yuan" in the headline and "722 billion yuan" in the text, both of the revenue: one is wrong, and the rest of
the page says which. Not for two quantities that happen to share their digits, tenfold rises, or parts of 10 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import log10

from cleaner.detectors.quantities import SCALES, Quantity, plain, quantities, rounds, scaled
from cleaner.detectors.sentences import sentence
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

RULE = "numbers/magnitude"
MYRIADS = ("zh", "ja", "ko")  # languages that count in ten thousands
SHARE = lazy(r"(?P<n>\d{1,2}(?:\.\d+)?) ?(?:%|percent\b)")
RATIO = lazy(
    r"\b(?:(?:ten|hundred|thousand)-?fold|(?:ten|10|100|1,000) times|times (?:as|more|higher|larger|the)|a tenth|one[- ]tenth|per (?:person|capita|share|day)"
    r"|each|daily|respectively)\b|(?<![\d.])(?:10|1|0\.1|100|900) ?(?:%|percent)",
    re.IGNORECASE,
)
DEFINITE = lazy(
    r"\b(?:the|these|those|this|of its|of their)\s+(?:about |some |total |entire |nearly |roughly |combined |more than )?$",
    re.IGNORECASE,
)
WORD = lazy(r"[a-z][a-z’'-]{3,}")


def find(
    document: Document, known: Knowledge, language: str | None, spans: Sequence[tuple[int, int]] = ()
) -> Iterator[Finding]:
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
    shared = _context(known, prose, first, one) & _context(known, prose, second, other)
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
            if third.value == item.value or (len(third.digits) > 1 and rounds(item.value, third.value, written)):
                votes[item] += 2
                shown[item].append(_at(document, third, "the same quantity once more"))
        share = _share(document, item, found)
        if share:
            votes[item] += 3
            shown[item].append(share)
    others = [
        q.value
        for q in found
        if q not in (large, small)
        and q.value not in (large.value, small.value)
        and q.money == one.money
        and (q.money or q.unit & one.unit)
    ]
    if len(others) >= 2:
        middle = _median([log10(v) for v in others])
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
        shown[small].append(
            Evidence(f"{'万, ten thousand,' if apart % 2 == 0 else '亿, a hundred million,'} was read as {large.scale}")
        )
    if "people" in large.unit and large.value > 8 * 10**9:
        votes[small] += 5
    right, wrong = (small, large) if votes[small] >= votes[large] else (large, small)
    lead = votes[right] - votes[wrong]
    level = Safety.safe if lead >= 2 else Safety.unsafe if lead >= 1 else Safety.manual
    new = scaled(right.value) if wrong.scale or right.scale else f"{right.value:,f}"
    if wrong.scale and right.value / SCALES[wrong.scale] >= 1:
        new = f"{plain(right.value / SCALES[wrong.scale])} {wrong.scale}"
    edits = document.edits(wrong.start, wrong.end, new) if level else None
    start, end = document.source(wrong.start, wrong.end)
    why = f"The same quantity stands in the text as {prose[right.start : right.end]}: a word of magnitude was misread."
    evidence = (_at(document, right, "the same quantity"), *shown[right][:3])
    return Finding(RULE, "number", start, end, why, () if edits is None else (Fix(edits, level),), evidence)


def _at(document: Document, item: Quantity, says: str) -> Evidence:
    start, end = document.source(item.start, item.end)
    return Evidence(says, start, end, document.prose[item.start : item.end])


def _context(known: Knowledge, prose: str, span: tuple[int, int], item: Quantity) -> set[str]:
    """Return the longer words of the sentence near a quantity, without its own unit."""
    stops = set(known.words.get("quantity_stops", ()))
    near = prose[max(span[0], item.start - 70) : min(span[1], item.end + 40)].lower()
    return set(WORD.findall(near)) - stops - item.unit - {item.money, item.money + "s"}


def _share(document: Document, item: Quantity, found: list[Quantity]) -> Evidence | None:
    """Return a part of the page that with its share gives this whole: 39.8 billion, 55.1 % of the total."""
    for part in found:
        if part.money != item.money or part.value >= item.value or not (part.money or part.unit & item.unit):
            continue
        end = sentence(document, part.start)[1]
        for match in SHARE.finditer(document.prose, part.end, end):
            if not re.search(
                r"\b(?:account|percent of|% of|share|total|proportion)",
                document.prose[part.end : min(end, match.end() + 24)],
            ):
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
            (
                q
                for q in found
                if document.block_at(q.start) == block and q.value < item.value and q.scale and "people" in q.unit
            ),
            None,
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
        yield Finding(
            RULE,
            "number",
            start,
            end,
            why,
            fixes,
            () if town is None else (_at(document, town, "no more people than these"),),
        )


def _median(values: list[float]) -> float:
    # The module `statistics` costs more to import than all else here.
    order, half = sorted(values), len(values) // 2
    return order[half] if len(order) % 2 else (order[half - 1] + order[half]) / 2
