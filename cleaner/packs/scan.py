"""The one scan: every anchor of every rule, marker and fact name, found in one pass over the lower-case prose."""

from __future__ import annotations

from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

from cleaner.packs.load import Knowledge
from cleaner.text.document import Document


@dataclass(slots=True)
class Hits:
    """What the scan met, as prose spans: anchors by rule, marker numbers, and fact names in order of place."""

    rules: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    markers: dict[int, int] = field(default_factory=dict)
    names: list[tuple[int, int, int]] = field(default_factory=list)


class Scanner:
    """The automaton over all anchors of a Knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        owners: dict[str, list[tuple[str, int]]] = {}
        for anchor, number in knowledge.anchors:
            owner = ("rule", number) if number >= 0 else ("marker", -1 - number)
            owners.setdefault(anchor, []).append(owner)
        for number, (name, _, _) in enumerate(knowledge.names):
            owners.setdefault(name.lower(), []).append(("name", number))
        self.owners = list(owners.values())
        self.names = knowledge.names
        self.automaton = AhoCorasick(list(owners)) if owners else None

    def scan(self, document: Document) -> Hits:
        """Return the anchors that occur in a document."""
        hits = Hits()
        if self.automaton is None:
            return hits
        prose = document.prose
        for which, start, end in self.automaton.find_matches_as_indexes(document.lower, overlapping=True):
            for kind, number in self.owners[which]:
                if kind == "rule":
                    hits.rules.setdefault(number, []).append((start, end))
                elif whole_words(prose, start, end):
                    if kind == "marker":
                        hits.markers[number] = hits.markers.get(number, 0) + 1
                    elif prose[start:end] == self.names[number][0]:
                        hits.names.append((start, end, number))
        return hits


def whole_words(text: str, start: int, end: int) -> bool:
    """Return True where `[start, end)` neither begins nor ends inside a word."""
    return not (start > 0 and text[start - 1].isalnum() and text[start].isalnum()) and not (
        end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    )
