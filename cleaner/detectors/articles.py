"""Articles that the source does not have: "for `users` table", "with Spring framework". Only in a translated page.

Only frames that leave no choice: a preposition or verb, a name or a piece of code, and the one thing it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.findings import Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import OBJECT, Document
from cleaner.text.lazy import lazy

LEAD = (
    r"(?:for|in|of|from|to|with|on|by|via|into|using|use|uses|used|run|runs|call|calls|set|edit|open|through|under|see|add|modify|delete|create|"
    r"execute|import|override|implement|configure|install)"
)
CODED = (
    r"(?:database|table|file|class|method|function|directory|folder|module|plugin|package|component|attribute|property|annotation|interface|container"
    r"|command|script|library|framework|variable|field|parameter|branch|repository|tag|option|callback|event|hook|endpoint|header|key|flag|service)"
)
CODE = lazy(
    rf"(?<=\b)(?P<lead>{LEAD}) (?P<code>{OBJECT}) (?P<noun>{CODED})\b(?! [a-z]{{4,}}s?\b(?<!with)(?<!from)(?<!that)(?<!which)(?<!when)(?<!into))"
)
OPENS = lazy(
    rf"(?:^|(?<=[.!?] ))(?P<lead>)(?P<code>{OBJECT}) (?P<noun>function|method|class|interface|parameter|command|attribute|property) "
    r"(?:can|is|returns|accepts|will|has|must|takes|should|supports|allows|provides|needs|requires|does)\b",
    re.M,
)
NAMED = lazy(
    r"\b(?P<lead>using|use|uses|used|with|through|via|learn|learned|join|joined|on|of|in|by|to) (?P<name>[A-Z][A-Za-z]*[a-z](?: [a-z]+)?|[a-z]+[A-Z]\w+) "
    r"(?P<noun>framework|platform|community|ecosystem|monitoring system|operating system)(?=[.,;:)]|$| (?:to|for|in|and|is|was|are|has|can|will|which|on|as|at|from)\b)"
)
WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "its",
        "our",
        "your",
        "my",
        "their",
        "his",
        "her",
        "each",
        "every",
        "any",
        "some",
        "no",
        "one",
        "another",
    ]
)


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield places where "the" is missing."""
    if language is None:
        return
    prose = document.prose
    if OBJECT in prose:
        for match in (*CODE.finditer(prose), *OPENS.finditer(prose)):
            begin, stop = document.source(*match.span("code"))
            if document.text[begin:stop].startswith("`") and _running(document, match.start()):
                yield _finding(document, match)
    for match in NAMED.finditer(prose):
        words = match["name"].split()
        if words[0].lower() not in WORDS and words[-1] not in WORDS and _running(document, match.start()):
            yield _finding(document, match)


def _running(document: Document, at: int) -> bool:
    number = document.block_at(at)
    return number >= 0 and document.blocks[number].kind in ("paragraph", "item", "quote")


def _finding(document: Document, match: re.Match[str]) -> Finding:
    lead = match.end("lead")
    edits = document.edits(lead, lead, " the" if match["lead"] else "The ", exact=True)
    fixes = (Fix(edits, Safety.safe),) if edits else ()
    why = f"“{match['noun']}” is a countable noun: the article is missing."
    return Finding("grammar/article", "grammar", *document.source(match.start("lead"), match.end("noun")), why, fixes)
