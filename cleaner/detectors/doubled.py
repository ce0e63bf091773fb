"""Doubled: a word, or a phrase of saying, that stands twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from operator import eq

from cleaner.detectors.speech import dialogue
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

WORDS = lazy("[a-z]+")
DOUBLED = r"(?<![\w’'-])(WORD)[ \t\xa0]+\1(?![\w’'-])"
TOLD = lazy(r"\b(?:that|reported|sa(?:id|ys))\b", re.I)
PHRASE = lazy(
    r"(?<![\w’'-])(?P<one>(?:\w[\w’'-]*,? ){1,6}(?:said|says|noted|added|reported|believes?|believed|pointed out|stressed|announced)(?: that)?)"
    r" (?P<two>(?P=one))(?![\w’'-])",
    re.I,
)
BEHIND = ".,;:!?)”…’'*_"


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield what stands twice in a row, the second to go; people who talk may repeat themselves."""
    if _doubled(document.lower) and not dialogue(document):
        yield from _words(document, known, language is not None)
    if language is not None:
        yield from _phrases(document)


def _doubled(low: str) -> bool:
    """Return whether a word stands twice in a row, whatever stands between: more than will be found, and fast."""
    words = low.replace("(", " ").replace('"', " ").replace("“", " ").split()
    bare = (word.rstrip(BEHIND) for word in islice(words, 1, None))
    return any(map(eq, words, bare))


# ---- phrases ----


def _phrases(document: Document) -> Iterator[Finding]:
    """Yield phrases of three words and more, one a verb of saying, that stand twice in a row: "He said that he said that"."""
    for match in PHRASE.finditer(document.prose) if TOLD.search(document.prose) else ():
        first, second = match.span("one"), match.span("two")
        number = document.block_at(first[0])
        if number < 0 or document.block_at(second[1] - 1) != number:
            continue
        edits = document.edits(first[1], second[1], "", exact=True)
        fixes = () if edits is None else (Fix(edits, Safety.safe),)
        span = document.source(first[1] + 1, second[1])
        evidence = (Evidence("it stands here already", *document.source(*first), match["one"]),)
        yield Finding("duplicates/phrase", "duplicate", *span, "The phrase stands twice in a row.", fixes, evidence)


# ---- words ----


def _words(document: Document, known: Knowledge, translated: bool) -> Iterator[Finding]:
    """Yield words written twice in a row: "of of", "said said", "Listen Listen"; emphasis and names stay.

    People double a word by a slip: in a page of nobody's translation it is theirs to mend.
    """
    words = WORDS.findall(document.lower)
    if not any(map(eq, words, islice(words, 1, None))):
        return
    twice = {a for a, b in pairwise(words) if a == b}
    never: frozenset[str] | None = None
    often: frozenset[str] = frozenset()
    pattern = re.compile(DOUBLED.replace("WORD", "|".join(sorted(twice, key=len, reverse=True))))
    for match in pattern.finditer(document.lower):
        if never is None:
            never = frozenset(known.words.get("never-doubled", ()))
            often = frozenset(known.words.get("often-doubled", ()))
        start, end = match.span()
        word = match[1]
        if document.lower.startswith(word, end + 1) or document.lower.endswith(word, 0, start - 1):
            continue  # three times is on purpose
        one, two = document.prose[start : start + len(word)], document.prose[end - len(word) : end]
        number = document.block_at(start)
        if word in often or number < 0 or document.blocks[number].kind in ("cell", "value"):
            continue
        if document.prose[start - 1 : start] in ("“", '"', "‘") or document.prose[end : end + 1] in ("”", '"'):
            continue
        if one.islower() and two.islower():
            safety = Safety.safe if word in never else Safety.unsafe
            if word not in never and len(word) < 4:
                continue
        elif one[0].isupper() and two[0].isupper():
            # A name stays; a word that the page writes small elsewhere is no name.
            small = len(re.findall(rf"(?<![\w-]){word}(?![\w-])", document.prose))
            if len(word) < 4 or not small:
                continue
            safety = Safety.safe if small >= 2 else Safety.unsafe
        elif word in never and one[0].isupper() and two.islower() and len(one) > 1 and one[1:].islower():
            safety = Safety.safe
        else:
            continue
        safety = min(safety, Safety.safe if translated else Safety.unsafe)
        edits = document.edits(start + len(word), end, "", exact=True)
        fixes = () if edits is None else (Fix(edits, safety),)
        message = f"'{one}' stands twice."
        yield Finding("duplicates/word", "duplicate", *document.source(start, end), message, fixes)
