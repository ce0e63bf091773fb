"""Numbers: words of magnitude set side by side, decimal commas, lost digits, and the quantities that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from cleaner.detectors import magnitudes
from cleaner.detectors.quantities import SCALES, same_thing, scaled
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import OBJECT, Document
from cleaner.text.lazy import lazy

COMMA = lazy(r",\d\d?(?!\d)")
COMPOUND = lazy(
    r"(?<![\w.,-])(?P<a>\d{1,4}(?:\.\d+)?) (?P<x>trillion|billion|million|thousand) (?P<b>\d{1,3}(?:,\d{3})?(?:\.\d+)?)"
    r"(?: (?P<y>billion|million|thousand|hundred))?(?= (?P<noun>[A-Za-z%]+)|[.,;)])"
)
# Broken by a blank: an increase of 35. 8%; 20, 000 people
SPLIT_HERE = lazy(r"\d[.,] \d")
SPLIT = lazy(
    r"(?<![\w.,:/-])(?P<lead>(?:of|by|to|at|about|nearly|over|than|reached|from|and|around|only|up|down) )(?P<a>\d{1,3})"
    r"(?:\. (?P<b>\d{1,2})(?P<sign> ?%| percent| million| billion| trillion)(?P<after>[,;).]| (?:yuan|year-on-year|compared|from|over|yen|won|rubles)|$)?"
    r"|, (?P<zeros>000(?:, ?000)*)\b(?![.,]?\d))"
)
# 1.5亿 as "1.5 hundred million", 12万 as "12 ten thousand" or "12w people"
LITERAL = lazy(
    r"(?<![\w.,$€£-])(?P<n>\d{1,4}(?:\.\d+)?) (?P<word>hundred million|ten thousand|hundred billion|ten million|million million|thousand million)"
    r"(?: (?P<m>\d{1,4}) (?P<small>ten thousand|thousand|million))?(?![\w-])"
)
MYRIAD_OF = lazy(
    r"(?<![\w.,])(?P<n>\d{1,4}(?:\.\d+)?) ?w(?= (?:yuan|people|users|fans|followers|views|copies|RMB|downloads|likes|subscribers)\b)"
)
W_HERE = lazy(r"[0-9] ?w ")
VALUES = {"hundred million": 10**8, "ten thousand": 10**4, "hundred billion": 10**11, "ten million": 10**7, "million million": 10**12,
          "thousand million": 10**9, "thousand": 10**3, "million": 10**6}  # fmt: skip
HECTO = lazy(r"(?<![\w.,])(?P<n>\d[\d.,]*) hundred (?:pa|pascals?)\b", re.IGNORECASE)
MYRIAD = lazy(r"(?<![\w.,])(?P<n>\d{1,4}(?:\.\d)?) ?[wW]\+")
READERS = lazy(
    r"\b(?:read|reads|reading|readings|views?|viewed|likes?|followers?|fans|visits?|clicks?|comments?|downloads?|sold|sales)\b",
    re.IGNORECASE,
)
LOST = lazy(
    r"\b(?:the|a|its|his|her|their) (?:th|st|nd|rd) (?=(?:day|time|year|anniversary|century|place|round|floor|month|week|consecutive|session"
    r"|edition|birthday|grade|straight|minute|congress|generation|person|member|win|goal|match|game|season|stage|national|world)\b)"
    r"|\b(?:was|is|were|are|reached|totall?ed|exceeded|stood at|rose to|fell to) , (?=an? |up |down |of which|with )"
    r"|\b(?:by|about|of|only|than|to|up|down|nearly|around) %(?=[ .,;)]|$)"
)
PERCENT = lazy(r"\d ?%")
SPEED = lazy(
    r"\b(?P<what>speeds?|winds?|gusts?) of (?:up to |about |around |more than |over |nearly |some |almost )?(?P<n>\d[\d,.]*\d|\d)[ -]"
    r"(?P<unit>kilomet(?:er|re)s?|km|met(?:er|re)s?|miles?)\b(?! ?(?:per\b|an?\b|/|each\b|every\b|in\b|the\b|(?:an )?hour|ph\b|p\.))"
)
RATE = lazy(r"\b(?:kilomet(?:er|re)s?|km|met(?:er|re)s?|miles?)(?: ?(?:per|an|a|/) ?(?P<per>hour|second|h|s)\b)")


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield what is wrong with the numbers of a document."""
    # Plain substrings first: clean prose leaves here without a pattern having run over it.
    prose = document.prose
    if "illion" in prose:
        compounds = list(_compounds(document, language))
        yield from compounds
        yield from magnitudes.find(document, known, language, [(f.start, f.end) for f in compounds])
        yield from _literal(document)
    elif " ten thousand" in prose:
        yield from _literal(document)
    if W_HERE.search(prose):
        for match in MYRIAD_OF.finditer(prose):
            new = scaled(Decimal(match["n"]) * 10000)
            yield _fixed(document, match.span(), new, "w is 万, ten thousand.", Safety.safe, "myriad")
    if COMMA.search(prose):
        yield from _commas(document, known)
    if SPLIT_HERE.search(prose):
        yield from _split(document)
    if " hundred " in prose:
        for match in HECTO.finditer(prose):
            why = "百帕 is one unit, the hectopascal (hPa), not so many hundred pascals."
            yield _fixed(document, match.span(), f"{match['n']} hectopascals", why, Safety.safe, "unit")
    if "w+" in prose or "W+" in prose:
        for match in MYRIAD.finditer(prose):
            yield from _myriad(document, match)
    if any(sign in prose for sign in (" %", " , ", " th ", " st ", " nd ", " rd ")):
        for match in LOST.finditer(prose):
            if match.group().endswith("%") and not PERCENT.search(prose):
                continue
            yield _fixed(
                document, match.span(), None, "A number was lost here; only the source has it.", Safety.manual, "lost"
            )
    if any(f"{word} of " in prose for word in ("speed", "speeds", "wind", "winds", "gusts")):
        yield from _speeds(document, language)


def _fixed(
    document: Document,
    span: tuple[int, int],
    new: str | None,
    why: str,
    level: Safety,
    name: str,
    evidence: tuple[Evidence, ...] = (),
) -> Finding:
    edits = None if new is None else document.edits(*span, new, exact=True)
    start, end = document.source(*span)
    return Finding(
        f"numbers/{name}", "number", start, end, why, () if edits is None else (Fix(edits, level),), evidence
    )


def _compounds(document: Document, language: str | None) -> Iterator[Finding]:
    """Yield magnitudes set side by side, as 2兆7000億 is: "2 trillion 700 billion yen" -> "2.7 trillion yen"."""
    for match in COMPOUND.finditer(document.prose):
        big, small = SCALES[match["x"]], SCALES[match["y"]] if match["y"] else 1
        second = Decimal(match["b"].replace(",", "")) * small
        if second >= big or (small == 1 and second < 1000) or (match["y"] == "hundred" and match["x"] != "thousand"):
            continue
        value = Decimal(match["a"]) * big + second
        level, evidence = Safety.safe if match["y"] else Safety.unsafe, []
        same = same_thing(document, value, match.span(), match["noun"] or "")
        if same is not None:
            right, where = same
            begin, stop = document.source(*where)
            if right != value:
                evidence.append(
                    Evidence("the same quantity, elsewhere in the text", begin, stop, document.prose[slice(*where)])
                )
                level = Safety.safe
            value = right
        why = "Two words of magnitude side by side, as the source counts; English writes one."
        yield _fixed(
            document,
            (match.start(), match.end("y") if match["y"] else match.end("b")),
            scaled(value),
            why,
            level,
            "compound",
            tuple(evidence),
        )


def _literal(document: Document) -> Iterator[Finding]:
    """Yield the words of magnitude of the source, word for word: "1.5 hundred million" -> "150 million"."""
    for match in LITERAL.finditer(document.prose):
        value = Decimal(match["n"]) * VALUES[match["word"]]
        if match["m"]:
            value += Decimal(match["m"]) * VALUES[match["small"]]
        level = Safety.unsafe if match["word"] == "thousand million" else Safety.safe
        why = "亿 is a hundred million and 万 ten thousand; English counts in thousands, millions and billions."
        yield _fixed(document, match.span(), scaled(value), why, level, "compound")


@lru_cache(maxsize=4)
def _comma(measures: tuple[str, ...], currencies: tuple[str, ...]) -> re.Pattern[str]:
    units = "|".join(sorted({re.escape(w) for w in (*measures, *currencies)}, key=len, reverse=True))
    return re.compile(
        r"(?<![\w.,\[:/$€£#№’'=\\-])(?<!=\x22)(?P<a>\d{1,3},\d{1,2})(?:(?P<dash>[-–—]| to | and )(?P<b>\d{1,3}[,.]\d{1,2}))?"
        rf"(?=(?:[ -]?(?:%|km\b|mm\b|cm\b|kg\b|°)|[ -](?:{units})s?\b))"
    )


ENGLISH = lazy(r"\b(?:the|of|and|is|was|by|for|with|from|has|at|are|were|than|rose|fell|about)\b", re.IGNORECASE)


def _commas(document: Document, known: Knowledge) -> Iterator[Finding]:
    """Yield decimal commas: one or two digits behind a comma, before a unit, are no thousands."""
    prose = document.prose
    for match in _comma(tuple(known.words.get("measures", ())), tuple(known.words.get("currencies", ()))).finditer(
        prose
    ):
        before = prose[max(0, match.start() - 24) : match.start()]
        if re.search(
            r"\b(?:chapters?|items?|sections?|articles?|figures?|tables?|numbers?|no\.?|nos\.|levels?|steps?|rows?|lines?|groups?|verses?|psalms?) $",
            before,
            re.I,
        ):
            continue
        if OBJECT in match.group():
            continue
        new = match.group().replace(",", ".")
        twins = re.compile(rf"(?<![\d.,]){re.escape(new)}(?!\d)").finditer(prose)
        if any(abs(twin.start() - match.start()) < 300 for twin in twins):
            continue  # the two ways of writing stand side by side: it is about them
        number = document.block_at(match.start())
        if number < 0:
            continue
        block = document.blocks[number]
        # In a line of another language the comma is right.
        level = Safety.safe if ENGLISH.search(prose, block.start, block.end) else Safety.unsafe
        if level < Safety.safe and (block.end - block.start > 60 or not ENGLISH.search(prose)):
            continue
        yield _fixed(
            document,
            match.span(),
            new,
            "A decimal comma of the source; English writes a point.",
            level,
            "decimal-comma",
        )


def _split(document: Document) -> Iterator[Finding]:
    """Yield numbers broken by a blank: "an increase of 35. 8%", "20, 000 people"."""
    for match in SPLIT.finditer(document.prose):
        start = match.end("lead")
        why = "A number broken by a blank."
        if match["zeros"]:
            new = f"{match['a']},{match['zeros'].replace(' ', '')}"
            yield _fixed(document, (start, match.end("zeros")), new, why, Safety.safe, "split")
        else:
            level = Safety.safe if match["after"] is not None else Safety.unsafe
            yield _fixed(document, (start, match.end("b")), f"{match['a']}.{match['b']}", why, level, "split")


def _myriad(document: Document, match: re.Match[str]) -> Iterator[Finding]:
    """Yield "10w+" as a count: w is 万, ten thousand. A lamp of 10 W+ is left alone."""
    prose = document.prose
    block = document.blocks[max(0, document.block_at(match.start()))]
    reader = READERS.search(prose, max(block.start, match.start() - 30), min(block.end, match.end() + 20))
    if not reader:
        return
    begin, stop = document.source(*reader.span())
    evidence = (Evidence("readers are counted", begin, stop, reader.group()),)
    new = f"{int(Decimal(match['n']) * 10000):,}+"
    yield _fixed(document, match.span(), new, "w is 万, ten thousand.", Safety.safe, "myriad", evidence)


def _speeds(document: Document, language: str | None) -> Iterator[Finding]:
    """Yield speeds without their hour or second, where the page gives such a speed in full or the size leaves no doubt."""
    prose = document.prose
    for match in SPEED.finditer(prose):
        size = float(re.sub(r"[,.](?=\d{3})", "", match["n"]).replace(",", "").rstrip("."))
        metres = match["unit"].startswith("me")
        full = next((r for r in RATE.finditer(prose) if r.group()[:2] == match["unit"][:2]), None)
        evidence: tuple[Evidence, ...] = ()
        if full:
            begin, stop = document.source(*full.span())
            evidence = (Evidence("a speed given in full", begin, stop, full.group()),)
        per = "second" if metres else "hour"
        if (full and full["per"][0] != per[0]) or not (5 <= size <= 120 if metres else 30 <= size <= 2000):
            continue
        if match["unit"].startswith("mile") and not full:
            continue  # "at a speed of sixty miles" is old English, and its reader knows
        level = Safety.safe if full or (language and not match["unit"].startswith("mile")) else Safety.unsafe
        span = match.end(), match.end()
        why = f"A speed needs its time: {match['unit']} per {per}."
        found = _fixed(
            document, span, f"/{per[0]}" if match["unit"] == "km" else f" per {per}", why, level, "speed", evidence
        )
        begin, stop = document.source(match.start(), match.end())
        yield Finding(found.rule, found.kind, begin, stop, why, found.fixes, evidence)
