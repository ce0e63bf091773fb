"""Mentions: where a text names what the facts know, and what a finding about it says."""

from __future__ import annotations

from typing import Any, NamedTuple

from cleaner.findings import Evidence
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Document


class Name(NamedTuple):
    """A name of the facts where it stands in the prose: entry number, and role (see facts.index)."""

    start: int
    end: int
    entry: int
    role: str


def outermost(hits: Hits, known: Knowledge) -> list[Name]:
    """Return the names in order of place, without those inside a longer one; roles of the same span stay side by side."""
    out: list[Name] = []
    reach = -1
    for start, end, number in sorted(set(hits.names), key=lambda hit: (hit[0], -hit[1], hit[2])):
        if end <= reach and not (out and (out[-1].start, out[-1].end) == (start, end)):
            continue
        _, entry, role = known.names[number]
        out.append(Name(start, end, entry, role))
        reach = max(reach, end)
    return out


def known_as(fact: dict[str, Any], says: str) -> Evidence:
    """Return what a fact proves, with its source."""
    return Evidence(says, source=fact["source"])


def seen(document: Document, start: int, end: int, says: str) -> Evidence:
    """Return what stands at a place of the prose."""
    begin, stop = document.source(start, end)
    return Evidence(says, begin, stop, document.prose[start:end])
