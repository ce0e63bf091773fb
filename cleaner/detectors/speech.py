"""Speech: whether people talk in a text."""

from __future__ import annotations

from cleaner.text.document import Document
from cleaner.text.lazy import lazy

SPEAKER = lazy(r"(?:[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}|[QA]\d?) ?[:.] |[–—] |>> ?[A-Z]")


def dialogue(document: Document) -> bool:
    """Return True for an interview, a play or a transcript: people repeat themselves when they speak."""
    turns = sum(bool(SPEAKER.match(document.prose, b.start, b.end)) for b in document.blocks[:200])
    return turns >= 4 and turns * 5 > len(document.blocks[:200])
