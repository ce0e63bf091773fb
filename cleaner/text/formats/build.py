"""What the parsers share: a shadow of the text that they can read byte for byte, and a builder of prose and runs.

tree-sitter counts bytes of UTF-8. The shadow has one ASCII byte for each code point, so that its offsets are the text's
own: a comma for punctuation, signs and blanks, a letter for everything else (emphasis asks whether a letter stands beside it).
Templates (Liquid, Jinja, Hugo shortcodes, MDX expressions, PHP) are letters in the shadow, too: no grammar knows them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from html import unescape
from typing import NamedTuple

from cleaner.text.document import OBJECT, Block, Document, Group, Run

# Up to the end of a template, not beyond a blank line: an opening pair of braces in the middle of a manual's sentence
# has no end.
INSIDE = rb"(?:(?!\r?\n[ \t]*\r?\n).){0,2000}?"
TEMPLATE = re.compile(
    rb"(?P<code>^[ \t]*\{%-?[ \t]*(?P<pair>highlight|comment|raw|verbatim|mermaid|math)\b.*?"
    rb"\{%-?[ \t]*end(?P=pair)[ \t]*-?%\}"
    rb"|^[ \t]*\{\{[<%][ \t]*(?P<hugo>highlight|mermaid|math|katex|chart|gist|code[\w-]*)\b.*?"
    rb"\{\{[<%][ \t]*/[ \t]*(?P=hugo)[ \t]*[>%]\}\})"
    rb"|(?P<gap>\{#[ \t]" + INSIDE + rb"#\}|\{\{!--" + INSIDE + rb"--\}\}"
    rb"|\{\{/\*" + INSIDE + rb"\*/\}\}|\{/\*" + INSIDE + rb"\*/\}"
    rb"|\{:?[ \t]*[#.][\w-]+(?:[ \t]+[^{}\n]*)?\}|\{:[^{}\n]*\})"
    rb"|\{\{" + INSIDE + rb"\}\}+|\{%" + INSIDE + rb"%\}"
    rb"|<%" + INSIDE + rb"%>|<\?" + INSIDE + rb"\?>|<!\[CDATA\[" + INSIDE + rb"\]\]>"
    rb"|(?<![\w$\\{])\{[^\s{}][^{}\n]*\}",
    re.S | re.M,
)
# What is no prose inside a text: URLs, addresses, packages (org/name@1.0, @org/name), :emoji:. A break of the line with the blanks around it is one blank.
SPECIAL = re.compile(
    rb"(?P<line>[ \t]*[\r\n][ \t\r\n]*)"
    rb"|(?:https?|ftp|file|git|ssh)://[^\s<>\"'`|\\^{}\[\]]*[^\s<>\"'`|\\^{}\[\](){}.,;:!?*_~]"
    rb"|\bmailto:[^\s<>\"'`]+\w|\bwww\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[^\s<>\"'`|]*[\w/])?"
    rb"|(?<![\w/@])@?[A-Za-z][\w.-]*/[\w./-]*[\w-]@[\w.^~*-]*\w|(?<![\w/@])@[a-z][\w-]*/[\w.-]*\w"  # packages
    rb"|\b[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b"
    rb"|(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])"
)
HINT = re.compile(rb"@|://|www\.|mailto:|:[a-z]")
LINE = re.compile(rb"(?P<line>[ \t]*[\r\n][ \t\r\n]*)")
BLANKS = " \t\r\n"
BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)*(?:[ \t]*\Z)?")


class _Letters(dict[int, str]):
    """What stands in the shadow for a character that is not ASCII, looked up once each."""

    def __missing__(self, code: int) -> str:
        sign = self[code] = "," if unicodedata.category(chr(code))[0] in "PSZ" else "x"
        return sign


LETTERS = _Letters()


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return error.object[error.start : error.end].translate(LETTERS), error.end


codecs.register_error("cleaner.shadow", _stand_in)


class Piece(NamedTuple):
    """A part of a block's prose and where it stands.

    `kind`: "" and "break" (a line break) may be edited, "fixed" may not, an "image" goes at the edges of a block, and a
    "gap" stands in the prose only.
    """

    prose: str
    source: int
    length: int
    kind: str = ""


class Span(NamedTuple):
    """A template in the text; `gap` leaves nothing in the prose, as a comment does."""

    start: int
    end: int
    gap: bool


class Builder:
    """Collects the blocks of one text. `shadow` may be blanked where something was read already."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.shadow = bytearray(text.encode("ascii", "cleaner.shadow").replace(b"\0", b"x"))
        self.templates: list[Span] = []
        self.blocks: list[Block] = []
        self.groups: list[Group] = []
        self.escape: dict[int, str] | None = None  # of the blocks to come
        self.comments: list[tuple[int, int]] = []
        self.admonitions: set[int] = set()  # where a line was rewritten to begin an item
        self._prose: list[str] = []
        self._runs: list[Run] = []
        self._at = 0
        self._pieces: list[Piece] = []
        if "{" in text or "<%" in text or "<?" in text or "<![" in text:
            self._find_templates()

    def _find_templates(self) -> None:
        for match in TEMPLATE.finditer(self.shadow):
            gap = match["gap"] is not None or match["pair"] == b"comment"
            if gap:
                self.comments.append(match.span())
            self.hide(match.start(), match.end(), gap=gap)

    def hide(self, start: int, end: int, *, gap: bool = False) -> None:
        """Make `[start, end)`, which comes after what was hidden before, letters that no parser reads anything into."""
        self.templates.append(Span(start, end, gap))
        self.shadow[start:end] = (b" " if gap else b"x") * (end - start)

    def blank(self, start: int, end: int) -> None:
        """Make `[start, end)` of the shadow blanks, line breaks kept."""
        self.shadow[start:end] = re.sub(rb"[^\r\n]", b" ", bytes(self.shadow[start:end]))

    # ---- the pieces of a block ----

    def add(self, prose: str, source: int, length: int, kind: str = "") -> None:
        """Add a piece; blanks that follow a blank stay out of the prose."""
        pieces = self._pieces
        if pieces and prose[0] in BLANKS and pieces[-1].prose[-1] in BLANKS:
            if kind or len(prose) != length:
                return
            kept = prose.lstrip(BLANKS)
            if not kept:
                return
            source += len(prose) - len(kept)
            prose, length = kept, len(kept)
        if pieces:
            last = pieces[-1]
            joins = last.source + last.length == source and last.kind == kind == ""
            if joins and len(prose) == length and len(last.prose) == last.length:
                pieces[-1] = Piece(last.prose + prose, last.source, last.length + length)
                return
        pieces.append(Piece(prose, source, length, kind))

    def object(self, start: int, end: int, kind: str = "fixed") -> None:
        """Add something that is no prose but has its place in the sentence."""
        if start < end:
            self.add(OBJECT, start, end - start, kind)

    def space(self, start: int, end: int) -> None:
        """Add a blank for `[start, end)`, a break of the line."""
        self.add(" ", start, end - start, "break")

    def decoded(self, start: int, end: int) -> None:
        """Add an entity, decoded; as it stands where there is no such entity."""
        raw = self.text[start:end]
        char = unescape(raw)
        if char == raw:
            self.add(raw, start, end - start)
        elif char in ("\n", "\r", "\t", " "):
            self.add(" ", start, end - start, "fixed")
        elif char:
            self.add(char, start, end - start)

    def words(self, start: int, end: int, kind: str = "") -> None:
        """Add text as it stands, with its URLs and templates as objects and its line breaks as blanks."""
        if self.templates:
            at = max(0, bisect_right(self.templates, (start,)) - 1)
            for span in self.templates[at:]:
                if span.start >= end:
                    break
                if span.end > start:
                    if span.start > start:
                        self._plain(start, span.start, kind)
                    if not span.gap:
                        self.object(max(start, span.start), min(end, span.end))
                    start = min(end, span.end)
        if start < end:
            self._plain(start, end, kind)

    def _plain(self, start: int, end: int, kind: str) -> None:
        special = SPECIAL if HINT.search(self.shadow, start, end) else LINE
        for match in special.finditer(self.shadow, start, end):
            if match.start() > start:
                self.add(self.text[start : match.start()], start, match.start() - start, kind)
            if match["line"] is not None:
                self.space(match.start(), match.end())
            else:
                self.object(match.start(), match.end())
            start = match.end()
        if start < end:
            self.add(self.text[start:end], start, end - start, kind)

    # ---- blocks ----

    def take(self) -> list[Piece]:
        """Return the pieces so far, without blanks and images at the edges, and begin anew."""
        pieces, self._pieces = self._pieces, []
        while pieces and (pieces[-1].kind == "image" or not pieces[-1].prose.strip(BLANKS)):
            pieces.pop()
        first = 0
        while first < len(pieces) and (pieces[first].kind == "image" or not pieces[first].prose.strip(BLANKS)):
            first += 1
        pieces = pieces[first:]
        if pieces:
            for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
                piece = pieces[end]
                kept = strip(piece.prose, BLANKS)
                if len(kept) < len(piece.prose) and len(piece.prose) == piece.length:
                    shift = len(piece.prose) - len(kept) if end == 0 else 0
                    pieces[end] = Piece(kept, piece.source + shift, len(kept), piece.kind)
        return pieces

    def finish(self, kind: str, outer: tuple[int, int] | None, level: int = 0) -> Block | None:
        """Make a block of the pieces so far; None where there is nothing to read in them."""
        return self.block(self.take(), kind, outer, level)

    def block(self, pieces: list[Piece], kind: str, outer: tuple[int, int] | None, level: int = 0) -> Block | None:
        """Append a block made of `pieces`; None where there is nothing to read in them."""
        if not any(piece.prose != OBJECT and piece.prose.strip(BLANKS) for piece in pieces):
            return None
        begin = self._at
        for piece in pieces:
            if piece.kind != "gap":
                fixed = piece.kind in ("fixed", "image")
                self._runs.append(Run(self._at, len(piece.prose), piece.source, piece.length, fixed))
            self._prose.append(piece.prose)
            self._at += len(piece.prose)
        block = Block(kind, begin, self._at, outer, level, self.escape)
        self.blocks.append(block)
        self._prose.append("\n")
        self._at += 1
        return block

    def document(self) -> Document:
        """Return the document built."""
        return Document(
            self.text, "".join(self._prose), self.blocks, self._runs, groups=self.groups, comments=self.comments
        )


# ---- what goes with a block that is cut ----


def whole_lines(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the lines that `[start, end)` fills, the last break included; None where anything else stands on them."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end) + 1 or len(text)
    if text[first:start].strip(" \t") or text[end:last].strip(BLANKS):
        return None
    return first, last


def lines_outer(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the cut for what fills whole lines: with blank lines, so that no two stand together afterwards.

    None where anything else stands on the lines.
    """
    lines = whole_lines(text, start, end)
    if lines is None:
        return None
    first, last = lines
    match = BLANK_LINES.match(text, last)
    after = match.end() if match else last
    if after == len(text):
        if first == 0:
            return start, end
        kept = len(text[:first].rstrip(BLANKS))
        if kept == 0:
            return start, end
        if not text.endswith("\n"):
            return kept, len(text)
        return text.find("\n", kept) + 1, len(text)
    before = text.rfind("\n", 0, max(0, first - 1)) + 1
    if after > last and (first == 0 or not text[before:first].strip()):
        return first, after
    return first, last
