"""Edit scripts: sorted, disjoint replacements against one text; apply, compose, map offsets, reduce to word differences.

All offsets are Unicode code points, spans half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
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
        self._edits: list[Edit | ScriptEdit] = []

    def free(self, edits: Iterable[Edit | ScriptEdit]) -> bool:
        """True where none of `edits` collides with a claimed one."""
        for edit in edits:
            at = bisect_right(self._starts, edit.end)
            # Claimed edits are disjoint, so only the last few that start at or before the end can reach in.
            for held in self._edits[max(0, at - 2) : at]:
                if collide(edit, held):
                    return False
        return True

    def claim(self, edits: Iterable[Edit | ScriptEdit]) -> None:
        """Hold the spans of `edits`, which must be free."""
        for edit in edits:
            at = bisect_right(self._starts, edit.start)
            self._starts.insert(at, edit.start)
            self._edits.insert(at, edit)


def covering(spans: Iterable[tuple[int, int]]) -> Claims:
    """Return claims over spans, which may overlap."""
    every = sorted(set(spans))
    solid: list[tuple[int, int]] = []
    for start, end in every:
        if start < end:
            if solid and start < solid[-1][1]:
                solid[-1] = (solid[-1][0], max(solid[-1][1], end))
            else:
                solid.append((start, end))
    claims = Claims()
    # An empty span shuts its place from either side: it counts beside the others, unless one of them holds it inside.
    # It goes before one that begins at the same place, so that `free` still finds that one among the last two.
    for start, end in every:
        at = bisect_right(solid, (start, -1)) - 1
        if start == end and not (at >= 0 and solid[at][0] < start < solid[at][1]):
            claims.claim([Edit(start, end, "")])
    claims.claim(Edit(*span, "") for span in solid)
    return claims


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
    """A stretch of an edited text that stands for `[start, end)` of the original: kept where text is None, else new.

    `done` is text of a new piece that later edits have already passed.
    """

    start: int
    end: int
    text: str | None
    rules: tuple[str, ...] = ()
    done: str = ""

    def size(self) -> int:
        return self.end - self.start if self.text is None else len(self.text)


def compose(first: Sequence[ScriptEdit], second: Sequence[ScriptEdit], length: int) -> list[ScriptEdit]:
    """Return one script against the first text, `length` characters long, that does what `first` and then `second` do.

    `second` is written against the text that `first` yields. Edits that collide become one, with the rules of both.
    """
    pieces: list[_Piece] = []
    at = 0
    for edit in first:
        pieces += (_Piece(at, edit.start, None), _Piece(edit.start, edit.end, edit.text, edit.rules))
        at = edit.end
    pieces.append(_Piece(at, length, None))
    out: list[ScriptEdit] = []
    for piece in _splice(pieces, second, length):
        if piece.text is None or (piece.start == piece.end and not piece.done + piece.text):
            continue
        edit = ScriptEdit(piece.start, piece.end, piece.done + piece.text, tuple(dict.fromkeys(piece.rules)))
        if out and collide(out[-1], edit):
            last = out.pop()
            rules = tuple(dict.fromkeys((*last.rules, *edit.rules)))
            edit = ScriptEdit(last.start, edit.end, last.text + edit.text, rules)
        out.append(edit)
    return out


def _splice(pieces: list[_Piece], script: Sequence[ScriptEdit], length: int) -> list[_Piece]:
    """Apply `script`, whose offsets count along `pieces`, to the pieces themselves."""
    out: list[_Piece] = []
    queue = pieces[::-1]
    at = 0
    for edit in script:
        while queue and at + queue[-1].size() <= edit.start:
            at += queue[-1].size()
            out.append(queue.pop())
        begin = end = -1
        done, tail = "", ""
        rules: list[str] = []
        if at < edit.start:
            piece = queue.pop()
            cut = edit.start - at
            at = edit.start
            if piece.text is None:
                out.append(piece._replace(end=piece.start + cut))
                queue.append(piece._replace(start=piece.start + cut))
            else:  # the edit begins inside text that an earlier one wrote: it grows out of that one
                begin, end, rules = piece.start, piece.end, [*piece.rules]
                done, rest = piece.done + piece.text[:cut], piece.text[cut:]
                tail = rest[edit.end - at :]
                at += len(rest) - len(tail)
        while at < edit.end:
            piece = queue.pop()
            taken = min(piece.size(), edit.end - at)
            at += taken
            begin = piece.start if begin < 0 else begin
            end = piece.end
            if piece.text is not None:
                rules += piece.rules
                done += piece.done
                tail = piece.text[taken:]
            elif taken < piece.size():
                end = piece.start + taken
                queue.append(piece._replace(start=end))
        if begin < 0:
            begin = end = queue[-1].start if queue else length
        made = _Piece(begin, end, tail, (*rules, *edit.rules), done + edit.text)
        (queue if tail else out).append(made)
    return out + queue[::-1]


def origin(script: Sequence[ScriptEdit], offset: int, *, end: bool = False) -> int:
    """Return where a span of the edited text that begins at `offset` (ends there, with `end`) stood in the original text.

    It goes by the first character of the span, or by the last: one that an edit wrote stands for what the edit replaced.
    """
    shift = 0
    for edit in script:
        start = edit.start + shift
        stop = start + len(edit.text)
        if offset < start or (offset == start and (end or edit.text)):
            break
        if offset < stop or (end and offset == stop):
            return edit.end if end else edit.start
        shift += len(edit.text) - (edit.end - edit.start)
    return offset - shift


def word_edits(start: int, old: str, new: str) -> list[Edit]:
    """Return the smallest word-level edits that turn `old`, which begins at `start`, into `new`."""
    if old == new:
        return []
    from difflib import SequenceMatcher

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
