"""Pronouns: he for a woman, he for a thing, where the source's pronoun has no gender or only a grammatical one.

Only in a translated page, and only where the sentence and the one before leave one person it can stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.detectors.people import MAN, NAME, WOMAN, genders, people_in
from cleaner.detectors.sentences import sentences
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document
from cleaner.text.lazy import lazy
from cleaner.text.quotes import quotations

HE = lazy(r"\b([Hh]e|[Hh]is|[Hh]im|[Hh]imself)\b")
SHE = lazy(r"\b(?:she|her|herself)\b", re.IGNORECASE)
TO_SHE = {"he": "she", "his": "her", "him": "her", "himself": "herself"}
# One woman who is the subject: "a woman in her 60s, who ...", "a young woman travels".
ONE_WOMAN = lazy(
    r"\b(?:[Aa]|[Tt]he|[Oo]ne) (?:\w+ ){0,2}(?:woman|girl|actress|mother|grandmother|spokeswoman)\b(?! and)"
)
WOMAN_SPEAKS = lazy(
    r"\b(?:woman|girl|actress|mother|grandmother|spokeswoman)\b.*\b(?:said|says|told|explained|added)(?: \w+)?\s*$"
)
GENDERED = ("ru", "de", "fr", "es")  # languages whose things are he and she


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield masculine pronouns that can only stand for a woman, or for a thing."""
    if language is None or HE.search(document.prose) is None:
        return
    for number, block in enumerate(document.blocks):
        if block.kind not in ("paragraph", "quote") or HE.search(document.prose, block.start, block.end) is None:
            continue
        quoted = quotations(document.prose, block.start, block.end)
        spans = sentences(document, block)
        for n, (start, end) in enumerate(spans):
            for match in HE.finditer(document.prose, start, end):
                if any(s <= match.start() < e for s, e in quoted):
                    continue
                opening = match.start() == start
                scope = (spans[n - 1][0] if opening and n else start, match.start())
                finding = _judge(document, known, number, match, scope, language, opening=opening)
                if finding is not None:
                    yield finding


def _judge(
    document: Document,
    known: Knowledge,
    number: int,
    match: re.Match[str],
    scope: tuple[int, int],
    language: str,
    *,
    opening: bool,
) -> Finding | None:
    prose, block = document.prose, document.blocks[number]
    before = prose[scope[0] : scope[1]]
    if not before.strip():
        return None
    people = people_in(document, known, *scope)
    table = genders(known)
    strangers = [
        name
        for name in NAME.findall(before)
        if " " in name
        and name not in people
        and name not in table
        and name.split()[0].lower() not in ("the", "in", "on", "at")
    ]
    women = [name for name, gender in people.items() if gender == "f"]
    if "m" in people.values() or MAN.search(before):
        return None
    word = match.group().lower()
    # A man named earlier in the paragraph could be meant, and so could one of whom it already says "he".
    if HE.search(prose, block.start, match.start()) or MAN.search(prose, block.start, match.start()):
        return None
    if women or ONE_WOMAN.search(before):
        if "m" in people_in(document, known, block.start, scope[0]).values() or _person_like(strangers, known):
            return None
        safe = bool(women) or SHE.search(before) is not None or WOMAN_SPEAKS.search(before) is not None
        who = women[0] if women else WOMAN.search(before).group()  # type: ignore[union-attr]
        new = TO_SHE[word]
        says = f"the only person the sentence speaks of, a woman: {who}"
    elif (
        opening
        and word == "he"
        and language in GENDERED
        and re.search(r"\bits\b", before)
        and re.match(r" (?:was|is|has been) \w+(?:ed|en|n) ", prose[match.end() : match.end() + 30])
        and not (people or strangers or _roles(before, known))
    ):
        new, safe, says = "it", True, "the sentence before speaks of a thing and of no person"
    else:
        return None
    if match.group()[0].isupper():
        new = new.capitalize()
    edits = document.edits(*match.span(), new)
    begin, stop = document.source(*match.span())
    shown = document.source(*scope)
    return Finding(
        "grammar/pronoun",
        "grammar",
        begin,
        stop,
        f"“{match.group()}” has nobody it can stand for; the source's pronoun told no gender.",
        (Fix(edits, Safety.safe if safe else Safety.unsafe),) if edits else (),
        (Evidence(says, *shown, before[:60].strip()),),
    )


def _person_like(names: list[str], known: Knowledge) -> bool:
    """Return True where some of the names may be people: not the names of bodies, places and works that the facts know."""
    things = {fact["name"] for fact in known.facts} | {n for fact in known.facts for n in fact.get("also", [])}
    things |= {"World Cup", "World Championships", "Central Bank", "Bank", "Olympic Games", "Grand Prix"}
    return any(
        name not in things
        and not re.search(r"\b(?:Bank|Cup|Games|Court|Committee|Union|League|Center|Stadium)\b", name)
        for name in names
    )


def _roles(text: str, known: Knowledge) -> bool:
    roles = "|".join(known.words.get("role", ["person"]))
    return bool(re.search(rf"\b(?:{roles})s?\b", text, re.IGNORECASE)) or bool(WOMAN.search(text))
