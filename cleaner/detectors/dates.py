"""dates: to be written."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.findings import Finding
from cleaner.packs.load import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield nothing yet."""
    return iter(())
