"""Products: the page's own name for what it is about, in small letters or torn in two.

"Using fooly you can ..." where the page also writes "based on Fooly"; "Foo Beat", "Class Name" where it also has FooBeat
and `ClassName`. Only in a translated page: engines change the letters of names that they do not know.
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

SMALL = lazy(r"(?<![\w./@#:_$=~’'\"“‘-])[a-z]{4,20}(?![\w/@_=#$’'\"”-]|[.:(]\w|\()")
ALONE = lazy(r"(?<=[a-z,] )([A-Z][a-z]{3,19})(?= [a-z]|[,.;)])(?![.:(]\w)")
OPENS = lazy(
    r"(?:^|(?<=[.!?] ))([A-Z][a-z]{3,19})(?= (?:is|lets|has|can|provides|supports|uses|makes|helps|was|does)\b)", re.M
)
JOINED = lazy(r"(?<![A-Za-z0-9_])(?:[A-Z][a-z]+){2,4}(?![A-Za-z0-9_])")
PARTS = lazy(r"[A-Z][a-z]+")
BEFORE = lazy(r"\b(a|an|each|every|any|this|that|some|many|no|one|another|more|other|which|these|two|new|own)$")


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield the page's names in another form than the page gives them elsewhere."""
    if language is None or document.format == "plain":
        return
    yield from _small(document, known)
    yield from _torn(document)


def _small(document: Document, known: Knowledge) -> Iterator[Finding]:
    prose = document.prose
    capitals = Counter(match[1] for match in ALONE.finditer(prose))
    firsts = Counter(match[1] for match in OPENS.finditer(prose))
    if not capitals:
        return
    common = {
        *known.words.get("lower-case", ()),
        *known.words.get("either-case", ()),
        *known.words.get("small-name", ()),
    }
    places: dict[str, list[int]] = {}
    for match in SMALL.finditer(prose):
        if match.group().capitalize() in capitals:
            places.setdefault(match.group(), []).append(match.start())
    for word, starts in sorted(places.items()):
        right = word.capitalize()
        if (
            word in common
            or len(starts) < 2
            or word.endswith("s")
            or _english(word)
            or re.search(rf"\b{word}s\b", document.lower)
        ):
            continue
        if any(BEFORE.search(prose, max(0, at - 8), at - 1) for at in starts):
            continue  # a common noun
        evidence = capitals[right] + firsts[right]
        shown = next(m for m in ALONE.finditer(prose) if m[1] == right)
        begin, stop = document.source(*shown.span(1))
        says = (Evidence("written with a capital here", begin, stop, right),)
        for at in starts:
            number = document.block_at(at)
            if number < 0:
                continue
            edits = document.edits(at, at + len(word), right)
            safety = Safety.safe if evidence > 1 else Safety.unsafe
            fixes = (Fix(edits, safety),) if edits else ()
            why = f"The page also writes this name {right}."
            yield Finding("names/product-case", "case", *document.source(at, at + len(word)), why, fixes, says)


def _english(word: str) -> bool:
    from lemminflect import getAllLemmas

    return bool(getAllLemmas(word))


def _torn(document: Document) -> Iterator[Finding]:
    """Yield a name in two words that the page, in its code or its text, writes as one: "Class Name"."""
    prose = document.prose
    names = {name for name in JOINED.findall(document.text) if len(name) > 7}
    plain = Counter(JOINED.findall(prose))
    for name in sorted(names):
        parts = PARTS.findall(name)
        pattern = re.compile(r"(?<![\w-])" + " ?".join(parts) + r"(?![\w-])(?! [A-Z])")
        # In two words with a joined part left, or a name that the text itself writes as one.
        found = [
            match
            for match in pattern.finditer(prose)
            if " " in match.group()
            and (plain[name] > 1 or JOINED.search(match.group()) or match.group().count(" ") < len(parts) - 1)
        ]
        for match in found if len(found) < 12 else ():
            number = document.block_at(match.start())
            if number < 0 or document.blocks[number].kind in ("cell", "value"):
                continue
            edits = document.edits(*match.span(), name, exact=True)
            if edits is None:
                continue
            why = f"The page writes this name {name}."
            yield Finding(
                "names/torn-product", "name", *document.source(*match.span()), why, (Fix(edits, Safety.safe),)
            )
