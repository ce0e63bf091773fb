"""Knowledge: all that the packs hold, in plain values, with the anchors by which the scan finds what may apply."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from cleaner.packs.packed import Packed

# Numbers above these, among those that an anchor calls, stand for something else than a pattern rule.
FORMS = 1 << 23
NAMES = 1 << 24
GRAM, LONG_GRAM = 4, 8


@dataclass(slots=True)
class Knowledge:
    """All that was loaded: plain values only, so that the cache can hold it.

    `rules` are the expanded rules (see expand.py). `anchors` are the literals of the one scan, in lower case, each with
    those it calls: a pattern rule by its number, one with literal forms by FORMS + its number, a marker by -1 - its number,
    a name of the facts by NAMES + its number.
    The anchors are sorted; the numbers of anchor n stand in `owners[ends[n - 1] : ends[n]]`. `grams` says where those with the
    same first four characters begin; `short` are the shorter ones. Where many begin alike ("the "), `crowded` names those of
    fewer than eight characters, and `longer` says where those with the same first eight begin.
    `people` says which (fact, place in its `people`) a name stands for; `rivals` which facts are confused with a fact.
    `keep` and `prefer` are the words of glossaries that stay.
    """

    rules: Packed = field(default_factory=lambda: Packed([]))
    facts: Packed = field(default_factory=lambda: Packed([]))
    names: Packed = field(default_factory=lambda: Packed([]))
    anchors: list[str] = field(default_factory=list)
    owners: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("i"))
    grams: dict[str, int] = field(default_factory=dict)
    crowded: dict[str, list[int]] = field(default_factory=dict)
    longer: dict[str, int] = field(default_factory=dict)
    short: list[int] = field(default_factory=list)
    markers: list[tuple[str, dict[str, float]]] = field(default_factory=list)
    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    people: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    rivals: dict[int, list[int]] = field(default_factory=dict)
    keep: list[str] = field(default_factory=list)
    prefer: list[str] = field(default_factory=list)

    def called(self, anchor: int) -> array[int]:
        """Return the numbers of those that an anchor calls."""
        return self.owners[self.ends[anchor - 1] if anchor else 0 : self.ends[anchor]]
