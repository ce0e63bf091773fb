"""The house's words: what its glossary keeps as it is, no rule touches; what it prefers, no other rule changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from cleaner.findings import Finding
from cleaner.ignores import touches
from cleaner.packs.glossary import PREFER
from cleaner.packs.knowledge import Knowledge
from cleaner.text.document import Document
from cleaner.text.edits import collide


def respect(document: Document, known: Knowledge, found: Sequence[Finding]) -> list[Finding]:
    """Return the findings that leave the house's words alone."""
    if not found or not (known.keep or known.prefer):
        return list(found)
    kept = list(_places(document, tuple(known.keep)))
    wanted = list(_places(document, tuple(known.prefer)))
    ours = [edit for f in found if f.rule == PREFER for fix in f.fixes[:1] for edit in fix.edits]
    out: list[Finding] = []
    for finding in found:
        if any(touches(finding, start, end) for start, end in kept):
            continue
        if finding.rule != PREFER:
            edits = [edit for fix in finding.fixes[:1] for edit in fix.edits]
            # Cutting a line that holds a preferred word is no change of the word.
            if any(e.text and e.start < end and start < e.end for e in edits for start, end in wanted):
                continue
            if any(collide(a, b) and a.text for a in edits for b in ours):
                continue
        out.append(finding)
    return out


@lru_cache(maxsize=8)
def _finder(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of some words; one with a capital stands as it is written, another in any case."""
    parts = [
        rf"(?<!\w){re.escape(word)}(?!\w)" if word != word.lower() else rf"(?i:(?<!\w){re.escape(word)}(?!\w))"
        for word in sorted(words, key=len, reverse=True)
    ]
    return re.compile("|".join(parts))


def _places(document: Document, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield where words of the house stand in the text."""
    if words:
        for match in _finder(words).finditer(document.prose):
            yield document.source(*match.span())
