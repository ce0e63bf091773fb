"""Recipes: instructions without articles and link words, and ingredients in capitals in the middle of a sentence.

"Open pot lid put in Ginger, stir-fry once": only on a translated page about cooking, and only reported: people too write
recipes in short, and what is missing is more than an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.findings import Finding
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document
from cleaner.text.lazy import lazy

KITCHEN = lazy(
    r"\b(?:stir-fry|stir fry|wok|simmer|boil(?:ing)?|tablespoons?|teaspoons?|soy sauce|cooking wine|minced|marinated?|scallions?|garlic|ginger|servings?|recipe)\b",
    re.IGNORECASE,
)
BARE = lazy(
    r"\b(?:[Cc]over|[Oo]pen|[Hh]eat|[Ww]ash|[Aa]djust|[Tt]urn on|[Tt]urn off|[Cc]lose|[Ss]ticking|[Ss]tick to|[Rr]emove|[Uu]se|[Ss]erve|[Pp]repare)"
    r" (?:pot lid|wok|pot|pan|lid|stove|plate|bowl|fire|steamer|cutting board)\b(?! (?:is|was))(?:[^.,;]*)"
)
NEED = lazy(r"(?:^|(?<=[,.] )|(?<=time ))need (?:to |constantly )[^.,;]*", re.IGNORECASE)
WAIT = lazy(
    r"\b(?:[Ww]ait|[Uu]ntil visible|[Ww]ait until|put in|Put in|[Aa]dd|putting in) (?:(?:oil|water) boils?|[A-Z][a-z]+ [A-Z][a-z]+[^.,;]*)"
)
CAPITALS = lazy(r"(?<=[a-z] )(?:[A-Z][a-z]+ ){1,3}[A-Z][a-z]+(?=[ .,;)])")


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield what reads as a list of words in the instructions of a recipe."""
    if language is None or len({m.group().lower() for m in KITCHEN.finditer(document.prose)}) < 3:
        return
    prose = document.prose
    for block in document.blocks:
        if block.kind not in ("item", "paragraph") or block.end - block.start < 40:
            continue
        for pattern in (BARE, NEED, WAIT):
            for match in pattern.finditer(prose, block.start, block.end):
                why = "Articles and link words are missing."
                yield Finding("grammar/telegraphic", "grammar", *document.source(*match.span()), why)
        if not document.content(block).rstrip().endswith("."):
            continue
        for match in CAPITALS.finditer(prose, block.start, block.end):
            if all(_common(word) for word in match.group().split()):
                why = "Ordinary words in capitals in the middle of a sentence."
                yield Finding("case/ingredient", "case", *document.source(*match.span()), why)


def _common(word: str) -> bool:
    from lemminflect import getAllLemmas

    return bool(getAllLemmas(word.lower()))
