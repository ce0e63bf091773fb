"""Dates: torn, impossible, in a foreign calendar or on a wrong weekday."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.detectors import torn
from cleaner.findings import Finding
from cleaner.packs.load import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield what is wrong with the dates of a document."""
    yield from torn.find(document, language)
