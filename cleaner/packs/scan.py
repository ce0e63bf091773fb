"""The one scan: every anchor of every rule, marker and fact name, found in one pass over the lower-case prose.

An automaton finds them in bulk; making it takes longer than one small text is worth, so small texts are looked up by the
first four characters of the anchors until there has been enough of them. Both find the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.packs.knowledge import FORMS, GRAM, LONG_GRAM, NAMES, Knowledge
from cleaner.text.document import Document

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

BULK = 60_000  # characters scanned after which the automaton pays


@dataclass(slots=True)
class Hits:
    """What the scan met, as prose spans: anchors by rule, marker numbers, and fact names in order of place."""

    rules: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    markers: dict[int, int] = field(default_factory=dict)
    names: list[tuple[int, int, int]] = field(default_factory=list)
    miscased: list[tuple[int, int, int]] = field(default_factory=list)  # names but for the case of their letters


class Scanner:
    """The anchors of a Knowledge, ready to be looked for."""

    def __init__(self, known: Knowledge, bulk: int = BULK) -> None:
        self.known = known
        self.left = bulk
        self.automaton: AhoCorasick | None = None

    def scan(self, document: Document) -> Hits:
        """Return the anchors that occur in a document."""
        hits = Hits()
        prose = document.prose
        names, called = self.known.names, self.known.called
        rules = hits.rules
        for which, start, end in self._find(document.lower):
            whole = None
            for number in called(which):
                if 0 <= number < FORMS:
                    rules.setdefault(number, []).append((start, end))
                    continue
                if whole is None:
                    whole = whole_words(prose, start, end)
                if whole:
                    if FORMS <= number < NAMES:
                        rules.setdefault(number - FORMS, []).append((start, end))
                    elif number < 0:
                        hits.markers[-1 - number] = hits.markers.get(-1 - number, 0) + 1
                    elif prose[start].isupper() or not prose[start].isalpha():
                        name, _, role = names[number - NAMES]
                        text = prose[start:end]
                        # A name that exists in translations only may be written in any case.
                        if text == name or (role == "misnamed" and text[0].isupper()):
                            hits.names.append((start, end, number - NAMES))
                        elif role in ("name", "also") and text[0] == name[0] and " " in name:
                            hits.miscased.append((start, end, number - NAMES))
        return hits

    def _find(self, low: str) -> Iterable[tuple[int, int, int]]:
        """Return (anchor number, start, end) of each anchor that occurs, by place for each anchor."""
        self.left -= len(low)
        if self.automaton is None and self.left < 0 and self.known.anchors:
            from ahocorasick_rs import AhoCorasick

            self.automaton = AhoCorasick(self.known.anchors)
        if self.automaton is not None:
            found: list[tuple[int, int, int]] = self.automaton.find_matches_as_indexes(low, overlapping=True)
            return found
        return self._small(low)

    def _small(self, low: str) -> Iterator[tuple[int, int, int]]:
        """Find the anchors without the automaton."""
        anchors, grams = self.known.anchors, self.known.grams
        crowded, longer = self.known.crowded, self.known.longer
        for start in range(len(low) - GRAM + 1):
            gram = low[start : start + GRAM]
            number = grams.get(gram, -1)
            if number < 0:
                continue
            few = crowded.get(gram)
            if few is not None:
                for short in few:
                    if low.startswith(anchors[short], start):
                        yield short, start, start + len(anchors[short])
                gram = low[start : start + LONG_GRAM]
                number = longer.get(gram, -1)
            while 0 <= number < len(anchors) and anchors[number].startswith(gram):
                if low.startswith(anchors[number], start):
                    yield number, start, start + len(anchors[number])
                number += 1
        for number in self.known.short:
            anchor = anchors[number]
            start = low.find(anchor)
            while start >= 0:
                yield number, start, start + len(anchor)
                start = low.find(anchor, start + 1)


def whole_words(text: str, start: int, end: int) -> bool:
    """Return True where `[start, end)` neither begins nor ends inside a word."""
    return not (start > 0 and text[start - 1].isalnum() and text[start].isalnum()) and not (
        end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    )
