"""Subtitles: SubRip and WebVTT. A sentence that runs over several cues is one block; numbers and times stay."""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner.text.document import Document
from cleaner.text.formats.build import Builder, Piece

TIMING = re.compile(r"^[ \t]*(?:\d+:)?\d?\d:\d\d[.,]\d{1,3}[ \t]*-->[^\r\n]*(?:\r?\n|\Z)", re.M)
BLANK = re.compile(r"^[ \t]*\r?$", re.M)
# Tags and position marks are markup; a dash at the start of a line, or a voice tag, is somebody else speaking.
MARK = re.compile(
    r"(?P<turn><v[ .][^>\n]*>|^[ \t]*[-–—](?=[ \t]?\S))|</?[A-Za-z0-9][^<>\n]*>|\{\\[^{}\n]*\}|(?P<entity>&#?\w+;)",
    re.M,
)
ENDED = re.compile(r"[.!?…。！？♪)\]][\"”’'»)]*\s*\Z")
LONGEST = 12  # cues that one block may take in: a transcript without full stops is no sentence


class Cue(NamedTuple):
    """One cue: where it begins, with its number, where its text stands, and where the next one begins."""

    start: int
    text: int
    end: int
    next: int


def parse(text: str) -> Document:
    """Return the document of a subtitle file."""
    builder = Builder(text)
    reader = _Reader(builder)
    for cue in _cues(text):
        reader.read(cue)
    reader.finish()
    return builder.document()


def _cues(text: str) -> list[Cue]:
    found: list[tuple[int, int]] = []
    for match in TIMING.finditer(text):
        start = match.start()
        above = text.rfind("\n", 0, max(0, start - 1)) + 1
        name = text[above:start].strip()
        if name and (not found or above >= found[-1][1]) and not name.startswith(("WEBVTT", "NOTE")):
            start = above  # the cue's number or name
        found.append((start, match.end()))
    cues = []
    for n, (start, begin) in enumerate(found):
        following = found[n + 1][0] if n + 1 < len(found) else len(text)
        blank = BLANK.search(text, begin, following)
        cues.append(Cue(start, begin, min(blank.start() if blank else following, following), following))
    return cues


class _Reader:
    """Joins cues to sentences."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.pieces: list[Piece] = []
        self.count = 0  # cues in the block
        self.start: int | None = None  # of the block's first cue; None where the block begins inside one
        self.last: Cue | None = None

    def read(self, cue: Cue) -> None:
        """Take in one cue."""
        builder, text = self.builder, self.builder.text
        if self.count == 0:
            self.start = cue.start
        self.count += 1
        at = cue.text
        for match in MARK.finditer(text, cue.text, cue.end):
            builder.words(at, match.start())
            at = match.end()
            if match["turn"] is not None:
                spoken = bool(text[cue.text : match.start()].strip())
                self._take()
                if self.pieces:
                    self._block(None if spoken else self.last)
                    self.start = None if spoken else cue.start
                    self.count = 1
            elif match["entity"] is not None:
                builder.decoded(*match.span())
        builder.words(at, cue.end)
        self._take()
        self.last = cue
        if self.count >= LONGEST or (self.pieces and ENDED.search(self.pieces[-1].prose)):
            self._block(cue)

    def _take(self) -> None:
        """Add the pieces read; between cues stands a blank that has no place in the text, so that no edit takes it."""
        pieces = self.builder.take()
        if pieces and self.pieces:
            self.pieces.append(Piece(" ", pieces[0].source, 0, "gap"))
        self.pieces += pieces

    def _block(self, last: Cue | None) -> None:
        """Make a block; it can be cut where it fills whole cues, up to `last`."""
        outer = None
        if self.start is not None and last is not None:
            outer = (self.start, last.next)
            if last.next == len(self.builder.text):  # the last cue goes with the blank lines before it
                kept = self.builder.text[: self.start].rstrip()
                end = self.builder.text.find("\n", len(kept)) + 1
                outer = (end if kept and end else self.start, last.next)
        self.builder.block(self.pieces, "paragraph", outer)
        self.pieces, self.count, self.start = [], 0, None

    def finish(self) -> None:
        """Make a block of a last sentence that has no end."""
        if self.pieces:
            self._block(self.last)
