"""HTML: tags, text and entities from tree-sitter, blocks by what HTML itself says of its elements.

The grammar gives the tokens with their places; which element holds which is worked out here, with the end tags that
HTML lets one leave out, so that a fragment or a broken page reads as a browser would read it.
"""

from __future__ import annotations

from cleaner.text.document import Document, Group
from cleaner.text.formats.build import BLANKS, Builder, lines_outer
from cleaner.text.formats.tags import CODE, MUTE, Token, attribute_blocks, names, tokens

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = names(
    "html head body title p div ul ol li dl dt dd table thead tbody tfoot tr td th caption colgroup figure figcaption"
    " blockquote section article header footer main nav aside form fieldset legend address details summary hr center"
    " noscript option select"
    " hgroup search dialog menu dir picture video audio iframe object template base link meta"
) | frozenset(HEADINGS)
CLOSES = {  # an end tag that may be left out: what a new start tag closes, unless the second stands between
    "li": (("li",), ("ul", "ol", "menu", "dir")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "tr": (("tr", "td", "th"), ("table",)),
    "td": (("td", "th"), ("table", "tr")),
    "th": (("td", "th"), ("table", "tr")),
    "option": (("option",), ("select",)),
    "body": (("head",), ()),
}
KINDS = {
    "li": "item", "dt": "item", "dd": "item", "td": "cell", "th": "cell", "figcaption": "caption", "caption": "caption",
    "blockquote": "quote", "title": "value",
}  # fmt: skip
CLIMBS = names("li dd blockquote ul ol dl")  # goes with the one block that is all it holds
CELLS = names("td th title caption")  # never cut, nor what is all they hold
STAYS = CELLS | {"html", "body", "head"}
TEXT = str.maketrans({"&": "&amp;", "<": "&lt;"})
TERMINAL = frozenset(".!?。！？…:;\"”’')）】」»›")


class Element:
    """An open block element: where it began, and what it has held so far."""

    __slots__ = ("block", "children", "first", "inner", "other", "single", "start", "tag")

    def __init__(self, tag: str, start: int, inner: int, first: int) -> None:
        self.tag, self.start, self.inner, self.first = tag, start, inner, first
        self.block: int | None = None  # the one block of its own text
        self.single: int | None = None  # the block of the one element that it holds
        self.children = 0
        self.other = False  # holds a picture or something else that is no text


def parse(text: str) -> Document:
    """Return the document of an HTML page."""
    builder = Builder(text)
    fragment(builder, 0, len(text))
    return builder.document()


def fragment(builder: Builder, start: int, end: int, kind: str = "paragraph") -> None:
    """Add the blocks of the HTML at `[start, end)` of the builder's text."""
    page = _Page(builder, start, end, kind)
    builder.escape = TEXT
    for token in tokens(bytes(builder.shadow[start:end]), start):
        page.read(token)
    page.close_all(end)
    builder.escape = None


class _Page:
    """Reads tokens into blocks. A segment is the text between two tags of block elements."""

    def __init__(self, builder: Builder, start: int, end: int, kind: str) -> None:
        self.builder, self.kind, self.base = builder, kind, start
        self.open = [Element("", start, start, len(builder.blocks))]
        self.begin: int | None = None  # of the segment: its first and last token
        self.end = start
        self.inline: list[str] = []  # inline elements opened in the segment
        self.balanced = True  # and without a picture: only then the segment can be cut
        self.mute: tuple[str, int, int] | None = None  # tag, start and depth of an element whose text is no prose
        self.breaks: tuple[int, int] | None = None  # the <br>s just read
        self.ended_by_break: int | None = None
        self.pending: list[Token] = []  # tags with attributes that are prose, for after the segment

    def read(self, token: Token) -> None:
        """Take in the next token."""
        if self.mute is not None:
            self._muted(token)
            return
        kind, tag = token.type, token.tag
        if kind == "text":
            self._text(token)
        elif kind == "entity":
            self._content(token)
            self.builder.decoded(token.start, token.end)
        elif kind == "raw":
            self._content(token)
            self.builder.object(token.start, token.end)
        elif kind in ("start", "void"):
            self._start(token)
        elif kind == "end":
            if tag in BLOCKS:
                self._close(tag, token.start, token.end)
            elif tag == "br":
                self._break(token)
            else:
                if tag in self.inline:
                    while self.inline.pop() != tag:
                        pass
                else:
                    self.balanced = False
                self._content(token)
        elif kind == "comment":
            self.builder.comments.append((token.start, token.end))
        elif kind == "mute":
            self.open[-1].other = True

    def _text(self, token: Token) -> None:
        start, end = token.start, token.end
        content = self.builder.text[start:end]
        if not content.strip(BLANKS):
            if self.begin is not None:
                self.builder.words(start, end)
            return
        lead = len(content) - len(content.lstrip(BLANKS))
        if lead and self.begin is not None:
            self.builder.words(start, start + lead)
        self._content(Token("text", start + lead, start + len(content.rstrip(BLANKS))))
        self.builder.words(start + lead, end)

    def _content(self, token: Token) -> None:
        """Note that the segment reaches from its first to this token."""
        if self.breaks is not None:
            first, last = self.breaks
            self.breaks = None
            if self.begin is not None:
                self.builder.space(first, last)
        if self.begin is None:
            self.begin = token.start
        self.end = token.end

    def _start(self, token: Token) -> None:
        tag = token.tag
        if tag == "br":
            self._break(token)
            return
        if tag in BLOCKS or (tag in MUTE and tag in ("pre", "xmp", "listing")):
            self._flush(token.start)
            self._implied_ends(tag, token.start)
        if token.node is not None and token.node.named_child_count > 1:
            self.pending.append(token)
        if token.type == "void":
            if tag in BLOCKS:
                self.open[-1].other = True
                self._attributes()
            else:
                self._content(token)
                if tag in ("img", "input", "embed"):
                    self.builder.object(token.start, token.end, "image")
                    self.open[-1].other = True
                    self.balanced = False
            return
        if tag in MUTE or tag in CODE:
            if tag in CODE:
                self._content(token)
            self.mute = (tag, token.start, 1)
            return
        if tag in BLOCKS:
            self.open.append(Element(tag, token.start, token.end, len(self.builder.blocks)))
            self._attributes()
        else:
            self.inline.append(tag)
            self._content(token)

    def _muted(self, token: Token) -> None:
        """Skip what stands in code; inline code leaves an object."""
        assert self.mute is not None
        tag, start, depth = self.mute
        if token.tag == tag and token.type in ("start", "end"):
            depth += 1 if token.type == "start" else -1
        self.mute = (tag, start, depth)
        if depth:
            return
        self.mute = None
        if tag in CODE:
            self.builder.object(start, token.end)
            self.end = token.end
        else:
            self.open[-1].other = True

    def _break(self, token: Token) -> None:
        """Read a <br>: a blank; a new segment where the text before it has ended, or where several stand together."""
        several = self.breaks is not None
        self.breaks = (self.breaks[0] if self.breaks else token.start, token.end)
        if self.begin is None:
            self.breaks = None
            return
        last = self.builder.text[max(self.begin, self.end - 1) : self.end]
        if (several or last in TERMINAL) and not self.inline and self.open[-1].tag not in HEADINGS:
            begin = self.breaks[0]
            self.breaks = None
            self._flush(token.end, broken=begin)

    def _implied_ends(self, tag: str, at: int) -> None:
        """Close the elements whose end tag was left out before `tag`."""
        if self.open[-1].tag == "p":
            self._pop(at, at)
        if tag in HEADINGS and self.open[-1].tag in HEADINGS:
            self._pop(at, at)
        if tag in CLOSES:
            ends, stops = CLOSES[tag]
            for depth in range(len(self.open) - 1, 0, -1):
                if self.open[depth].tag in stops:
                    break
                if self.open[depth].tag in ends:
                    while len(self.open) > depth:
                        self._pop(at, at)

    def _close(self, tag: str, start: int, end: int) -> None:
        self._flush(start)
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                while len(self.open) > depth + 1:
                    self._pop(start, start)
                self._pop(start, end)
                return
        self.open[-1].other = True  # the end of something that began elsewhere

    def close_all(self, end: int) -> None:
        """Finish what is still open at the end of the text."""
        if self.mute is not None:
            self.mute = None
        self._flush(end)
        while len(self.open) > 1:
            self._pop(end, end if self.open[-1].tag in ("p", *CLOSES) else None)

    # ---- segments and elements become blocks ----

    def _flush(self, at: int, broken: int | None = None) -> None:
        """Make a block of the segment, which ends before `at`; `broken` is where the <br> that ends it begins."""
        pieces = self.builder.take()
        if self.breaks is not None and self.begin is not None:
            self.end = self.breaks[1]
        if pieces and self.begin is not None:
            element = self.open[-1]
            kind, level = self._kind()
            outer: tuple[int, int] | None = None
            if self.balanced and not self.inline and element.tag not in CELLS:
                if broken is not None:
                    outer = (self.begin, self._after_blanks(at))
                elif self.ended_by_break is not None:
                    outer = (self.ended_by_break, self.end)
                else:
                    outer = lines_outer(self.builder.text, self.begin, self.end) or (self.begin, self.end)
            block = self.builder.block(pieces, kind, outer, level)
            if block is not None:
                if element.block is None and not element.children:
                    element.block = len(self.builder.blocks) - 1
                else:
                    element.block = None
                element.children += 1
            else:
                element.other = True
        self.ended_by_break = broken
        self.begin, self.inline, self.balanced, self.breaks = None, [], True, None
        self._attributes()

    def _after_blanks(self, at: int) -> int:
        text = self.builder.text
        while at < len(text) and text[at] in BLANKS:
            at += 1
        return at

    def _attributes(self) -> None:
        """Add the blocks of the attributes met in the segment."""
        pending, self.pending = self.pending, []
        for token in pending:
            assert token.node is not None
            attribute_blocks(self.builder, token.node, token.start - token.node.start_byte, token.tag)

    def _kind(self) -> tuple[str, int]:
        """Return the kind of a block here, and the level of a heading."""
        for element in reversed(self.open):
            if element.tag in HEADINGS:
                return "heading", HEADINGS[element.tag]
            if element.tag in KINDS:
                return KINDS[element.tag], 0
        return self.kind, 0

    def _pop(self, start: int, end: int | None) -> None:
        """Close the innermost element, whose end tag is `[start, end)`; None where it never ended."""
        element = self.open.pop()
        parent = self.open[-1]
        parent.children += 1
        parent.single = None
        blocks = self.builder.blocks
        if end is None or element.tag in STAYS or element.other:
            parent.other = parent.other or element.other
            self._stay(element)
            return
        single: int | None = None
        if element.children == 1:
            single = element.block
            if single is None and element.tag in CLIMBS:
                single = element.single
        outer = lines_outer(self.builder.text, element.start, end) or (element.start, end)
        if single is not None and blocks[single].outer is not None:
            blocks[single].outer = outer
            parent.single = single if parent.children == 1 else None
        elif element.tag in CLIMBS and element.children > 1 and len(blocks) > element.first:
            self.builder.groups.append(Group(element.first, len(blocks), outer))

    def _stay(self, element: Element) -> None:
        """A cell or a title cannot be cut; nor can what is all it holds."""
        if element.children == 1 and element.tag in CELLS:
            for number in (element.block, element.single):
                if number is not None:
                    self.builder.blocks[number].outer = None
