"""Documents: decoded text, its prose, and the blocks the prose stands in.

The prose is one string that holds only what a reader reads: blocks, separated by newlines, without markup. Rules and
detectors look at the prose; its runs say where each stretch stands in the text of the file, so that edits land there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from cleaner.text.directives import Directive
from cleaner.text.edits import Edit, word_edits

OBJECT = "\ufffc"  # stands in the prose for code, URLs and whatever else no rule may read or touch


class Run(NamedTuple):
    """A stretch of prose: `length` characters from `prose` on, standing at `source` of the text.

    A run of unequal lengths (an entity, a soft line break, a code span) maps as a whole; `fixed` runs cannot be edited.
    """

    prose: int
    length: int
    source: int
    source_length: int
    fixed: bool = False


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item, table cell, caption or front-matter value: `[start, end)` of the prose.

    `outer` is the span of the text to cut when the whole block goes, line break and markup included; None where
    the block cannot be cut. `escape` says how the format writes characters that would end the block (str.translate).
    """

    kind: str
    start: int
    end: int
    outer: tuple[int, int] | None
    level: int = 0
    escape: dict[int, str] | None = None


class Group(NamedTuple):
    """Blocks `[first, last)` that are all of a list or a quotation: when all of them are cut, `outer` is cut instead."""

    first: int
    last: int
    outer: tuple[int, int]


@dataclass(slots=True)
class Document:
    """A text, its prose and blocks. `runs` is empty where the prose is the text itself, offset for offset.

    `comments` are the spans of its comments, `directives` those among them that speak to cleaner.
    """

    text: str
    prose: str
    blocks: list[Block]
    runs: list[Run] = field(default_factory=list)
    path: str = "<text>"
    format: str = "plain"
    groups: list[Group] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _lower: str | None = None

    @property
    def lower(self) -> str:
        """The prose in lower case, of the same length (characters whose lower case is longer stay as they are)."""
        if self._lower is None:
            low = self.prose.lower()
            if len(low) != len(self.prose):
                low = "".join(c if len(c.lower()) != 1 else c.lower() for c in self.prose)
            self._lower = low
        return self._lower

    def block_at(self, offset: int) -> int:
        """Return the index of the block that holds prose offset `offset`; -1 where none does."""
        if len(self._starts) != len(self.blocks):
            self._starts = [block.start for block in self.blocks]
        at = bisect_right(self._starts, offset) - 1
        return at if at >= 0 and offset <= self.blocks[at].end else -1

    def content(self, block: Block) -> str:
        """Return the prose of a block."""
        return self.prose[block.start : block.end]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the text that prose `[start, end)` stands at."""
        if not self.runs:
            return start, end
        spans = [span for span, _ in self._spans(start, end)]
        if not spans:
            at = self._point(start)
            return at, at
        return spans[0][0], spans[-1][1]

    def edits(self, start: int, end: int, new: str, *, exact: bool = False) -> tuple[Edit, ...] | None:
        """Return the edits of the text that turn prose `[start, end)` into `new`; None where code or a URL is in the way.

        Reduced to the words that change, unless `exact`.
        """
        old = self.prose[start:end]
        parts = [Edit(start, end, new)] if exact else word_edits(start, old, new)
        if not self.runs:
            return tuple(parts)
        out: list[Edit] = []
        number = self.block_at(start)
        escape = self.blocks[number].escape if number >= 0 else None
        for part in parts:
            if part.start == part.end:
                at = self._point(part.start)
                out.append(Edit(at, at, part.text.translate(escape) if escape else part.text))
                continue
            spans = self._spans(part.start, part.end)
            if any(fixed for _, fixed in spans):
                return None
            pairs = _word_pairs(part, self.prose) if len(spans) > 1 else []
            if pairs:  # markup runs through the words: each takes the place of its own
                for pair in pairs:
                    out += self.edits(pair.start, pair.end, pair.text, exact=True) or ()
                continue
            text = part.text.translate(escape) if escape else part.text
            for (begin, stop), _ in spans:
                out.append(Edit(begin, stop, text))
                text = ""
        return tuple(out)

    def removal(self, index: int) -> tuple[Edit, ...] | None:
        """Return the edit that cuts block `index` whole; None where it cannot be cut."""
        outer = self.blocks[index].outer
        return None if outer is None else (Edit(*outer, ""),)

    def _spans(self, start: int, end: int) -> list[tuple[tuple[int, int], bool]]:
        """Return the spans of the text under prose `[start, end)`, joined where they are contiguous, and if fixed."""
        spans: list[tuple[tuple[int, int], bool]] = []
        at = max(0, bisect_right(self.runs, start, key=lambda run: run.prose) - 1)
        for run in self.runs[at:]:
            if run.prose >= end:
                break
            if run.prose + run.length <= start:
                continue
            if run.length == run.source_length and not run.fixed:
                begin = run.source + max(0, start - run.prose)
                stop = run.source + min(run.length, end - run.prose)
            else:
                begin, stop = run.source, run.source + run.source_length
            if spans and spans[-1][0][1] == begin and spans[-1][1] == run.fixed:
                spans[-1] = ((spans[-1][0][0], stop), run.fixed)
            else:
                spans.append(((begin, stop), run.fixed))
        return spans

    def _point(self, offset: int) -> int:
        """Return where in the text something inserted at prose `offset` goes: behind the run that ends or goes on there."""
        at = bisect_right(self.runs, offset, key=lambda run: run.prose) - 1
        if at < 0:
            return self.runs[0].source if self.runs else offset
        run = self.runs[at]
        # At the first character of a run, stay with the run before, when that one ends exactly here.
        if offset == run.prose and at > 0:
            last = self.runs[at - 1]
            if last.prose + last.length == offset:
                return last.source + last.source_length
        inside = min(offset - run.prose, run.length)
        return run.source + (inside if run.length == run.source_length else (0 if inside == 0 else run.source_length))


def _word_pairs(edit: Edit, prose: str) -> list[Edit]:
    """Return one edit a word, where an edit puts as many words in the place of several; else nothing."""
    old = list(re.finditer(r"\S+", prose[edit.start : edit.end]))
    new = edit.text.split(" ")
    if len(old) < 2 or len(old) != len(new) or not all(new):
        return []
    return [
        Edit(edit.start + match.start(), edit.start + match.end(), word)
        for match, word in zip(old, new, strict=True)
        if match.group() != word
    ]
