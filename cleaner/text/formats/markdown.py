"""Markdown: CommonMark and GFM by tree-sitter's two grammars, front matter, HTML inside, and what site builders add.

The block grammar finds paragraphs, items and cells; the inline grammar reads each one that has any markup in it. What
neither knows (templates, `:::` containers, `!!!` admonitions) is rewritten in the shadow before they look at it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import tree_sitter_markdown
from tree_sitter import Language, Node, Parser

from cleaner.text.document import Document, Group
from cleaner.text.formats import frontmatter, html
from cleaner.text.formats.build import BLANKS, Builder, Piece, lines_outer
from cleaner.text.formats.inline import Inline, label_key

BLOCKS = Parser(Language(tree_sitter_markdown.language()))

DIRECTIVE = re.compile(
    rb"^(?P<fence>[ \t]*(?::::+|%%%|\{!).*)$"  # containers of Docusaurus, VitePress, Pandoc
    rb"|^[ \t]*(?P<mark>!!!|\?\?\?\+?|===\+?!?)[ \t]+[\w -]*(?:\"(?P<title>[^\"\n]*)\")?[ \t]*$"  # MkDocs
    rb"|^(?P<define>:)(?=[ \t]{1,3}\S)"  # a definition list
    rb"|^(?P<module>(?:import|export)[ \t][^\n]*(?:[\"']|=|\{|function)[^\n]*)$",  # MDX
    re.M,
)
SITE = re.compile(rb":::|!!!|\?\?\?|===|^:[ \t]|^import |^export |^%%%|\{!", re.M)
STARRED = re.compile(r"(?<=\*)[^\x00-\x7f]|[^\x00-\x7f](?=\*)")
NOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
CONTENTS = re.compile(r"\[\[?_?TOC_?\]\]?", re.I)
CLOSING = re.compile(rb"(?:^|[ \t])#+[ \t]*$")
QUOTED_BLANK = re.compile(r"[ \t]*>[ \t>]*\r?(?:\n|\Z)")
BULLETS = "●▲▼■◆★※▶►•○◎☆△▽□◇→↑↓"


class Leaf(NamedTuple):
    """A block with inline content, its kind and what goes with it; an `html` leaf is a piece of raw HTML."""

    node: Node
    kind: str
    level: int = 0
    outer: tuple[int, int] | None = None
    alone: bool = True  # may be cut by its lines


class Inside(NamedTuple):
    """Where the walk stands: the kind of paragraphs here, and the item or quotation that holds just this one."""

    kind: str = "paragraph"
    quote: Node | None = None
    item: Node | None = None


def parse(text: str) -> Document:
    """Return the document of a Markdown file."""
    builder = Builder(text)
    end = frontmatter.read(builder)
    if end:
        builder.blank(0, end)
    if not text.isascii():
        # CommonMark does not let **“these marks”**后 be strong, for punctuation stands inside and a letter outside; its
        # writer meant it to be.
        for match in STARRED.finditer(text):
            builder.shadow[match.start()] = ord("x")
    _directives(builder)
    reader = _Reader(builder)
    try:
        reader.walk(BLOCKS.parse(bytes(builder.shadow)).root_node, Inside())
    except RecursionError:  # thousands of quotation marks in a row: no text that one reads
        return Document(text, "", [])
    reader.finish()
    return builder.document()


def _directives(builder: Builder) -> None:
    """Rewrite lines that only site builders know to what has the same blocks in CommonMark."""
    shadow = builder.shadow
    if not SITE.search(shadow):
        return
    for match in DIRECTIVE.finditer(bytes(shadow)):
        start, end = match.span()
        if match["define"] is not None:
            shadow[start:end] = b"-"
        elif match["mark"] is None:
            builder.blank(start, end)
        else:
            _admonition(builder, match)


def _admonition(builder: Builder, match: re.Match[bytes]) -> None:
    """Make `!!! note "Title"` an item with a heading, so that the indented lines below are its paragraphs."""
    start, end = match.start("mark"), match.end()
    if end - start < 8 or (match["mark"].startswith(b"=") and match["title"] is None):
        return
    opening = b"-   # "
    builder.shadow[start:end] = opening + b" " * (end - start - len(opening))
    if match["title"] is not None:
        builder.shadow[slice(*match.span("title"))] = match["title"]
        if match.start("title") < start + len(opening):
            builder.shadow[start:end] = opening + b"x" * (end - start - len(opening))
    builder.admonitions.add(start)


class _Reader:
    """Walks the block tree, then reads the leaves in order."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.text = builder.text
        self.leaves: list[Leaf] = []
        self.labels: set[str] = set()
        self.spans: list[tuple[int, int, tuple[int, int]]] = []  # first and last leaf of a list or quotation, its cut
        self.inline = Inline(builder, self.labels)

    # ---- the block tree ----

    def walk(self, node: Node, inside: Inside) -> None:
        """Collect the leaves below `node`."""
        for child in node.named_children:
            kind = child.type
            if kind == "paragraph":
                self.leaves.append(self._paragraph(child, node, inside))
            elif kind == "section":
                self.walk(child, inside)
            elif kind in ("atx_heading", "setext_heading"):
                holder = child if kind == "atx_heading" else child.named_children[0]
                inline = next((c for c in holder.named_children if c.type == "inline"), None)
                if inline is not None:
                    outer = self._lines(child, inside)
                    self.leaves.append(Leaf(inline, "heading", self._level(child), outer))
            elif kind == "list":
                self._list(child, inside)
            elif kind == "block_quote":
                self._quote(child, inside)
            elif kind == "pipe_table":
                for row in child.named_children:
                    self.leaves += [Leaf(c, "cell") for c in row.named_children if c.type == "pipe_table_cell"]
            elif kind == "html_block":
                self.leaves.append(Leaf(child, "html", 0, None))
            elif kind in ("fenced_code_block", "indented_code_block"):
                self._code(child)
            elif kind == "link_reference_definition":
                name = next((c for c in child.named_children if c.type == "link_label"), None)
                if name is not None:
                    self.labels.add(label_key(self.text[name.start_byte + 1 : name.end_byte - 1]))

    def _code(self, node: Node) -> None:
        """Forget the comments of templates that stand in code: they show how it is done."""
        comments = self.builder.comments
        comments[:] = [span for span in comments if not node.start_byte <= span[0] < node.end_byte]

    def _level(self, heading: Node) -> int:
        marks = [c.type for c in heading.named_children if c.type.startswith(("atx_h", "setext_h"))]
        return int(marks[0].split("_h")[1][0]) if marks else 1

    def _end(self, node: Node) -> int:
        """Return where the content of a block ends, without the line break and what its containers add."""
        end = node.end_byte
        while end > node.start_byte and self.text[end - 1] in BLANKS + ">":
            end -= 1
        return end

    def _lines(self, node: Node, inside: Inside) -> tuple[int, int] | None:
        if inside.quote is not None:
            return self._quoted(node, inside.quote)
        return lines_outer(self.text, node.start_byte, self._inline_end(node))

    def _inline_end(self, node: Node) -> int:
        for child in node.named_children:
            if child.type == "inline":
                return child.end_byte
            if child.type == "setext_h1_underline" or child.type == "setext_h2_underline":
                return child.end_byte
        return len(self.text[: node.end_byte].rstrip(BLANKS))

    def _paragraph(self, node: Node, parent: Node, inside: Inside) -> Leaf:
        inline = next((c for c in node.named_children if c.type == "inline"), node)
        if inside.item is not None and parent.id == inside.item.id:
            content = [c for c in parent.named_children if "marker" not in c.type and c.type != "block_continuation"]
            if content[0].id == node.id:
                outer = self._item(parent) if len(content) == 1 and inside.quote is None else None
                return Leaf(inline, "item", 0, outer, alone=False)
        return Leaf(inline, inside.kind, 0, self._lines(node, inside))

    def _item(self, item: Node) -> tuple[int, int] | None:
        """Return the cut for an item: its lines; with the list where it is the only one."""
        return lines_outer(self.text, item.start_byte, max(self._end(item), item.start_byte + 1))

    def _list(self, node: Node, inside: Inside) -> None:
        first = len(self.leaves)
        for item in node.named_children:
            if item.type != "list_item":
                continue
            if item.start_byte + self._indent(item) in self.builder.admonitions:
                self.walk(item, Inside("paragraph", inside.quote))
            else:
                self.walk(item, Inside("item", inside.quote, item))
        self._span(node, first, inside, sum(item.type == "list_item" for item in node.named_children))

    def _indent(self, node: Node) -> int:
        text, at = self.text, node.start_byte
        while at < len(text) and text[at] in " \t":
            at += 1
        return at - node.start_byte

    def _quote(self, node: Node, inside: Inside) -> None:
        first = len(self.leaves)
        content = [c for c in node.named_children if c.type not in ("block_quote_marker", "block_continuation")]
        self.walk(node, Inside("quote", node))
        if len(content) == 1 and content[0].type == "paragraph" and len(self.leaves) == first + 1:
            outer = None if inside.quote is not None else lines_outer(self.text, node.start_byte, self._end(node))
            self.leaves[-1] = self.leaves[-1]._replace(outer=outer, alone=False)
        else:
            self._span(node, first, inside, len(content))

    def _span(self, node: Node, first: int, inside: Inside, count: int) -> None:
        """Note a container of `count` blocks that may all be cut, and nothing else."""
        if len(self.leaves) == first + count > first + 1 and inside.quote is None:
            outer = lines_outer(self.text, node.start_byte, self._end(node))
            if outer is not None:
                self.spans.append((first, len(self.leaves), outer))

    def _quoted(self, node: Node, quote: Node) -> tuple[int, int] | None:
        """Return the cut for one paragraph of several in a quotation: its lines, and the empty ones beside it."""
        text = self.text
        first = text.rfind("\n", 0, node.start_byte) + 1
        end = self._inline_end(node)
        last = text.find("\n", end) + 1
        if text[first : node.start_byte].strip(" \t>") or not last or text[end:last].strip(BLANKS):
            return None
        match = QUOTED_BLANK.match(text, last)
        if match and match.end() <= quote.end_byte:
            return first, match.end()
        before = text.rfind("\n", 0, max(0, first - 1)) + 1
        if first > quote.start_byte and before > quote.start_byte and QUOTED_BLANK.fullmatch(text, before, first):
            return before, last
        return None

    # ---- the leaves ----

    def finish(self) -> None:
        """Make the blocks of the leaves, in order."""
        builder = self.builder
        places: list[int] = []
        for leaf in self.leaves:
            places.append(len(builder.blocks))
            node = leaf.node
            if leaf.kind == "html":
                for continuation in node.named_children:
                    if continuation.start_byte < continuation.end_byte and continuation.type == "block_continuation":
                        builder.blank(continuation.start_byte, continuation.end_byte)
                html.fragment(builder, node.start_byte, node.end_byte)
                continue
            start, end = node.start_byte, node.end_byte
            if leaf.kind == "heading":
                closing = CLOSING.search(builder.shadow, start, end)
                end = closing.start() if closing else end
            for continuation in node.named_children:
                if continuation.type == "block_continuation" and continuation.start_byte < continuation.end_byte:
                    builder.blank(continuation.start_byte, continuation.end_byte)
            if "[" in self.text[start : start + 2]:
                if CONTENTS.fullmatch(self.text[start:end].strip()):
                    continue
                note = NOTE.match(self.text, start, end)
                start = note.end() if note else start
            if not builder.shadow[start:end].strip():
                continue  # a directive, blanked
            self.inline.read(start, end)
            pieces = builder.take()
            if leaf.kind in ("paragraph", "item", "quote"):
                self._paragraphs(leaf, pieces, start, end)
            else:
                builder.block(pieces, leaf.kind, None if self.inline.pictures else leaf.outer, leaf.level)
            self.inline.pictures = []
            self.inline.attached()
        places.append(len(builder.blocks))
        for first, last, outer in self.spans:
            if places[last] - places[first] == last - first:
                builder.groups.append(Group(places[first], places[last], outer))

    def _paragraphs(self, leaf: Leaf, pieces: list[Piece], start: int, end: int) -> None:
        """Make the block of a paragraph; lines that begin with a bullet stand each for itself."""
        text = self.text
        breaks = [n for n, p in enumerate(pieces) if p.kind == "break" and "\n" in text[p.source : p.source + p.length]]
        cuts = [n for n in breaks if n + 1 < len(pieces) and pieces[n + 1].prose[0] in BULLETS]
        if not cuts and not self.inline.pictures:
            self.builder.block(pieces, leaf.kind, leaf.outer, leaf.level)
            return
        at = 0
        for n in [*cuts, len(pieces)]:
            part = pieces[at:n]
            at = n + 1
            if part:
                outer = self._part(part, start, end) if leaf.alone else None
                self.builder.block(part, leaf.kind, outer, leaf.level)

    def _part(self, pieces: list[Piece], start: int, end: int) -> tuple[int, int] | None:
        """Return the lines of part of the paragraph at `[start, end)`; None where a picture stands on them."""
        text = self.text
        first = text.rfind("\n", 0, pieces[0].source) + 1
        last = text.find("\n", pieces[-1].source + pieces[-1].length) + 1
        if last == 0 or any(a < last and b > first for a, b in self.inline.pictures):
            return None
        return first, last
