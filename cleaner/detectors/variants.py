"""Variants: one name under two spellings in a page, or with its family name translated as a common word.

"Aresibo" once where the page has Arecibo; "Hand Heung-min" where it has Son Heung-min. Only in a translated page: what
people write in two ways are mostly two names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

WORD = lazy(r"(?<![\w’'-])[A-Z][a-z]{4,}(?![\w-])")
PAIR = lazy(r"(?<![\w’'-])([A-Z][a-z]+) ([A-Z][a-z]+(?:-[A-Za-z]?[a-z]+)?)(?![\w-])")
CAMEL = lazy(r"(?<![\w./@#:_$=~-])[A-Z][a-z]+[A-Z][a-z]+(?![\w/@_=#$-]|[.:(]\w|\()")
ENDINGS = lazy(r"^(?:e?s|n|an|ian|ese|ish|i|ic|er|ers|a|o|y|ie|ia|ly|ed|ing)?$")


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield odd spellings and translated family names, with the form that the page or the facts support."""
    if language is None:
        return
    yield from _surnames(document, known)
    yield from _cases(document)
    yield from _spellings(document, known, hits)


def _surnames(document: Document, known: Knowledge) -> Iterator[Finding]:
    """Yield a common word in front of a given name that elsewhere in the page has a family name in front."""
    prose = document.prose
    literal = set(known.words.get("surname-words", ()))
    common = {*known.words.get("lower-case", ()), *known.words.get("either-case", ()), *literal}
    pairs = list(PAIR.finditer(prose))
    by_given: dict[str, Counter[str]] = {}
    for match in pairs:
        given = match[2]
        if given.lower() not in common:
            by_given.setdefault(given, Counter())[match[1]] += 1
    for match in pairs:
        families = by_given.get(match[2])
        if families is None or len(families) != 2 or match[1].lower() not in literal:
            continue
        right = next(name for name in families if name != match[1])
        if right.lower() in common or families[right] < families[match[1]]:
            continue
        other = next(m for m in pairs if m[1] == right and m[2] == match[2])
        edits = document.edits(*match.span(1), right)
        yield Finding(
            "names/translated-surname",
            "name",
            *document.source(*match.span()),
            f"The family name {right}, translated as a common word.",
            (Fix(edits, Safety.safe),) if edits else (),
            (_span(document, other.start(), other.end(), "the same person"),),
        )


def _cases(document: Document) -> Iterator[Finding]:
    """Yield a name in small letters that the page mostly writes with inner capitals: hertzbeat beside HertzBeat."""
    prose = document.prose
    camel = Counter(CAMEL.findall(prose))
    for right, count in sorted(camel.items()):
        if count < 2:
            continue
        odd = re.compile(
            rf"(?<![\w./@#:_$=~-])(?:{right.lower()}|{right[0] + right[1:].lower()})(?![\w/@_=#$-]|[.:]\w)"
        )
        places = list(odd.finditer(prose))
        if not places or len(places) > count:
            continue
        shown = re.search(rf"(?<!\w){right}(?!\w)", prose)
        evidence = (_span(document, *shown.span(), f"{count} times in this page"),) if shown else ()
        for match in places:
            edits = document.edits(*match.span(), right)
            yield Finding(
                "names/case",
                "case",
                *document.source(*match.span()),
                f"The page writes this name {right}.",
                (Fix(edits, Safety.safe),) if edits else (),
                evidence,
            )


def _spellings(document: Document, known: Knowledge, hits: Hits) -> Iterator[Finding]:
    """Yield a name that differs in one letter from one that the page has more often, or that the facts know."""
    prose = document.prose
    common = {*known.words.get("lower-case", ()), *known.words.get("either-case", ())}
    places: dict[str, list[int]] = {}
    for match in WORD.finditer(prose):
        if match.group().lower() not in common:
            places.setdefault(match.group(), []).append(match.start())
    if len(places) < 2:
        return
    facts = {word for _, _, number in hits.names for word in re.findall(r"[A-Z][a-z]{4,}", known.names[number][0])}
    from rapidfuzz.distance import DamerauLevenshtein

    names = sorted(places)
    for odd in names:
        if odd in facts or len(places[odd]) > 1 or len(odd) < 6:
            continue
        for right in names:
            if right == odd or right[0] != odd[0] or abs(len(right) - len(odd)) > 1 or right in common:
                continue
            if DamerauLevenshtein.distance(odd, right, score_cutoff=1) != 1 or _inflected(odd, right):
                continue
            known_name = right in facts
            if not known_name and len(places[right]) < 2:
                continue
            start = places[odd][0]
            edits = document.edits(start, start + len(odd), right)
            begin, stop = document.source(start, start + len(odd))
            shown = _span(
                document, places[right][0], places[right][0] + len(right), "the spelling of the rest of the page"
            )
            safety = Safety.safe if _same_company(prose, places, odd, right) else Safety.unsafe
            yield Finding(
                "names/spelling",
                "name",
                begin,
                stop,
                f"“{odd}” once, {right} {len(places[right])} times: one name in two spellings.",
                (Fix(edits, safety),) if edits else (),
                (shown,),
            )
            break


def _inflected(a: str, b: str) -> bool:
    """Return True where two words differ by an ending: Russia, Russian; Kim, Kims."""
    short, long = sorted((a, b), key=len)
    return (
        len(short) < len(long)
        and long.startswith(short[:-1])
        and bool(ENDINGS.match(long[len(short) - 1 :]) or long.startswith(short))
    ) or (len(a) == len(b) and a[:-1] == b[:-1])


def _same_company(prose: str, places: dict[str, list[int]], odd: str, right: str) -> bool:
    """Return True where the word behind both, or before both, is the same capitalised or rare one."""

    def around(word: str) -> set[str]:
        found = set()
        for start in places[word]:
            after = re.match(r"(?:[’']s)? (\w{4,})", prose[start + len(word) : start + len(word) + 30])
            before = re.search(r"([A-Z]\w{3,}) $", prose[max(0, start - 30) : start])
            found |= {m[1] for m in (after, before) if m}
        return found

    return bool(around(odd) & around(right))


def _span(document: Document, start: int, end: int, says: str) -> Evidence:
    begin, stop = document.source(start, end)
    return Evidence(says, begin, stop, document.prose[start:end])
