"""Edit scripts: sorted, disjoint replacements against one text; apply, compose, map offsets, reduce to word differences.

All offsets are Unicode code points, spans half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Edit(NamedTuple):
    """Replace `[start, end)` by `text`; an insertion where start == end."""

    start: int
    end: int
    text: str


class ScriptEdit(NamedTuple):
    """One edit of a script, with the ids of the rules that made it."""

    start: int
    end: int
    text: str
    rules: tuple[str, ...] = ()


def collide(a: Edit | ScriptEdit, b: Edit | ScriptEdit) -> bool:
    """True where the order of a and b would matter: they share a character, or an insertion touches the other."""
    if a.start == a.end or b.start == b.end:
        return a.start <= b.end and b.start <= a.end
    return a.start < b.end and b.start < a.end


class Claims:
    """The spans that accepted edits already hold; asks and claims in logarithmic time."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._edits: list[Edit] = []

    def free(self, edits: Iterable[Edit]) -> bool:
        """True where none of `edits` collides with a claimed one."""
        for edit in edits:
            at = bisect_right(self._starts, edit.end)
            # Claimed edits are disjoint, so only the last few that start at or before the end can reach in.
            for held in self._edits[max(0, at - 2) : at]:
                if collide(edit, held):
                    return False
        return True

    def claim(self, edits: Iterable[Edit]) -> None:
        """Hold the spans of `edits`, which must be free."""
        for edit in edits:
            at = bisect_right(self._starts, edit.start)
            self._starts.insert(at, edit.start)
            self._edits.insert(at, edit)


def apply(text: str, script: Sequence[Edit | ScriptEdit]) -> str:
    """Return `text` with a sorted, disjoint script applied in one splice.

    Raises ValueError where the script is unsorted, overlaps, or leaves the text.
    """
    out: list[str] = []
    at = 0
    for edit in script:
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit.start}-{edit.end} is out of order or outside the text")
        out += (text[at : edit.start], edit.text)
        at = edit.end
    out.append(text[at:])
    return "".join(out)


class _Piece(NamedTuple):
    """A stretch of an edited text: `[start, end)` of the original where text is None, else new text."""

    start: int
    end: int
    text: str | None
    rules: tuple[str, ...] = ()

    def size(self) -> int:
        return self.end - self.start if self.text is None else len(self.text)


def compose(first: Sequence[ScriptEdit], second: Sequence[ScriptEdit], length: int) -> list[ScriptEdit]:
    """Return one script against the first text, `length` characters long, that does what `first` and then `second` do.

    `second` is written against the text that `first` yields. Edits that touch become one, with the rules of both.
    """
    if not second:
        return list(first)
    pieces: list[_Piece] = []
    at = 0
    for edit in first:
        pieces += (_Piece(at, edit.start, None), _Piece(0, 0, edit.text, edit.rules))
        at = edit.end
    pieces.append(_Piece(at, length, None))
    return _script(_splice(pieces, second), length)


def _splice(pieces: list[_Piece], script: Sequence[ScriptEdit]) -> list[_Piece]:
    """Apply `script`, whose offsets count along `pieces`, to the pieces themselves."""
    out: list[_Piece] = []
    queue = pieces[::-1]
    at = 0

    def take(until: int) -> list[_Piece]:
        nonlocal at
        taken: list[_Piece] = []
        while queue and at < until:
            piece = queue.pop()
            if at + piece.size() > until:
                cut = until - at
                if piece.text is None:
                    head, tail = piece._replace(end=piece.start + cut), piece._replace(start=piece.start + cut)
                else:
                    head, tail = piece._replace(text=piece.text[:cut]), piece._replace(text=piece.text[cut:])
                queue.append(tail)
                piece = head
            taken.append(piece)
            at += piece.size()
        return taken

    for edit in script:
        out += take(edit.start)
        gone = take(edit.end)
        rules = [rule for piece in gone for rule in piece.rules]
        out.append(_Piece(0, 0, edit.text, (*rules, *edit.rules)))
    return out + queue[::-1]


def _script(pieces: list[_Piece], length: int) -> list[ScriptEdit]:
    """Return the script against the original that a list of pieces stands for."""
    out: list[ScriptEdit] = []
    at = 0
    text: list[str] = []
    rules: list[str] = []
    for piece in [*pieces, _Piece(length, length, None)]:
        if piece.text is not None:
            text.append(piece.text)
            rules += piece.rules
        elif piece.start < piece.end or piece.start == length:
            if piece.start > at or text or rules:
                if piece.start > at or any(text):
                    out.append(ScriptEdit(at, piece.start, "".join(text), tuple(dict.fromkeys(rules))))
                text, rules = [], []
            at = piece.end
    return out


def origin(script: Sequence[ScriptEdit], offset: int, *, end: bool = False) -> int:
    """Return where `offset` of the edited text stood in the original text.

    An offset inside text that an edit wrote goes to that edit's start, or to its end with `end=True`.
    """
    shift = 0
    for edit in script:
        start = edit.start + shift
        if offset < start or (offset == start and not (end and edit.text)):
            break
        if offset < start + len(edit.text) or (end and offset == start + len(edit.text)):
            return edit.end if end else edit.start
        shift += len(edit.text) - (edit.end - edit.start)
    return offset - shift


def word_edits(start: int, old: str, new: str) -> list[Edit]:
    """Return the smallest word-level edits that turn `old`, which begins at `start`, into `new`."""
    if old == new:
        return []
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    offsets = [start]
    for token in a:
        offsets.append(offsets[-1] + len(token))
    found: list[Edit] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        edit = Edit(offsets[a0], offsets[a1], "".join(b[b0:b1]))
        # A lone space between two changes is no anchor worth a second edit.
        if found and not old[found[-1].end - start : edit.start - start].strip():
            last = found.pop()
            kept = old[last.end - start : edit.start - start]
            edit = Edit(last.start, edit.end, last.text + kept + edit.text)
        found.append(edit)
    return found
