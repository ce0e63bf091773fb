"""reStructuredText by tree-sitter: paragraphs, titles, items, admonitions. Roles, literals and tables are left alone.

The grammar does not read what a directive holds; the directives that hold prose are read by a second pass of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import tree_sitter_rst
from tree_sitter import Language, Node, Parser

from cleaner.text.document import Document
from cleaner.text.formats.build import BLANKS, Builder, lines_outer

PARSER = Parser(Language(tree_sitter_rst.language()))

ADMONITIONS = frozenset(
    ("admonition", "attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning", "seealso")
)
TITLED = frozenset(("rubric", "topic", "sidebar", "centered", "admonition"))
PROSE = ADMONITIONS | {"topic", "sidebar", "epigraph", "highlights", "pull-quote", "compound", "container", "only"}
PROSE |= {"figure", "versionadded", "versionchanged", "deprecated", "impl-detail", "tab", "dropdown", "card"}
FIELDS = re.compile(r"(?:param|parameter|arg|argument|keyword|key|return|returns|raises|raise|yields?|var|ivar|cvar)\b")
TABLE = re.compile(r"[ \t]*(?:\+[-=+]{3,}|={2,}[ \t]+=)")
ESCAPE = re.compile(r"\\(\s|.)")
TITLE = re.compile(r"`(?P<text>[^`<]*[^`<\s])\s*<[^<>`]*>`")
MARKS = {"emphasis": 1, "strong": 2}
# Single words in backticks, or with a role, are names of code and pages.
OBJECTS = frozenset(("literal", "substitution_reference", "standalone_hyperlink", "inline_target", "role"))


def parse(text: str) -> Document:
    """Return the document of a reStructuredText file."""
    builder = Builder(text)
    try:
        _Reader(builder, [0], [0]).walk(PARSER.parse(bytes(builder.shadow)).root_node)
    except RecursionError:
        return Document(text, "", [])
    return builder.document()


def _fields_of(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the names and bodies of the fields below `node`."""
    for field in node.named_children:
        parts = {child.type: child for child in field.named_children}
        if "field_name" in parts and "field_body" in parts:
            yield parts["field_name"], parts["field_body"]


class _Reader:
    """Walks the tree of the text, or of a part of it without its indentation: line n begins at `places[n]` there."""

    def __init__(self, builder: Builder, starts: list[int], places: list[int]) -> None:
        self.builder = builder
        self.text = builder.text
        self.starts, self.places = starts, places

    def span(self, node: Node) -> tuple[int, int]:
        """Return where a node stands in the text."""
        start, end = self._at(node.start_byte), node.end_byte
        return start, (self._at(end - 1) + 1 if end > node.start_byte else start)

    def _at(self, offset: int) -> int:
        line = bisect_right(self.starts, offset) - 1
        return self.places[line] + offset - self.starts[line]

    def walk(self, node: Node, kind: str = "paragraph", outer: tuple[int, int] | None = None) -> None:
        """Add the blocks below `node`; `outer` is the cut for the one paragraph that it holds."""
        for child in node.named_children:
            what = child.type
            if what == "paragraph":
                self._paragraph(child, kind, outer)
            elif what == "section":
                self._section(child)
            elif what == "block_quote":
                self._again(*self.span(child), "quote" if kind == "paragraph" else kind)
            elif what in ("bullet_list", "enumerated_list"):
                self._list(child)
            elif what == "definition_list":
                self._definitions(child)
            elif what == "field_list":
                self._fields(child)
            elif what == "directive":
                self._directive(child)
            elif what == "line_block":
                self._lines(child)
            elif what == "comment":
                self.builder.comments.append(self.span(child))
            elif what in ("body", "footnote", "citation", "document", "definition"):
                self.walk(child, kind, outer)

    def _paragraph(self, node: Node, kind: str, outer: tuple[int, int] | None) -> None:
        start, end = self.span(node)
        if TABLE.match(self.text, start, end):
            return
        literal = next((c for c in node.named_children if c.type in ("literal_block", "doctest_block")), None)
        if literal is not None:
            end = self.span(literal)[0]
            marks = self.text[start:end].rstrip()
            end = start + len(marks) - (1 if marks.endswith("::") else 0)
        self._inline(node, start, end)
        whole = kind == "paragraph" and outer is None and literal is None
        self.builder.finish(kind, lines_outer(self.text, start, end) if whole else outer if literal is None else None)

    def _section(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "title":
                start, end = self.span(child)
                self._inline(child, start, end)
                alone = node.named_child_count == 1
                outer = lines_outer(self.text, *self.span(node)) if alone else None
                self.builder.finish("heading", outer, 1)

    def _list(self, node: Node) -> None:
        for item in node.named_children:
            content = [c for body in item.named_children if body.type == "body" for c in body.named_children]
            single = len(content) == 1 and content[0].type == "paragraph"
            start, end = self.span(item)
            outer = lines_outer(self.text, start, start + len(self.text[start:end].rstrip(BLANKS))) if single else None
            self.walk(item, "item", outer)

    def _definitions(self, node: Node) -> None:
        for item in node.named_children:
            for child in item.named_children:
                if child.type == "term":
                    self._inline(child, *self.span(child))
                    self.builder.finish("item", None)
                elif child.type == "definition":
                    self.walk(child, "item")

    def _fields(self, node: Node) -> None:
        for name, body in _fields_of(node):
            if FIELDS.match(self.text, *self.span(name)):
                self.walk(body, "item")

    def _lines(self, node: Node) -> None:
        for line in node.named_children:
            start, end = self.span(line)
            self._inline(line, start + (self.text[start] == "|"), end)
            self.builder.finish("paragraph", None)

    def _directive(self, node: Node) -> None:
        name, body = "", None
        for child in node.named_children:
            if child.type == "type":
                name = self.text[slice(*self.span(child))].lower()
            elif child.type == "body":
                body = child
        if body is None:
            return
        for part in body.named_children:
            start, end = self.span(part)
            if part.type == "options" and name in ("image", "figure"):
                self._alt(part)
            elif part.type == "arguments" and name in TITLED | ADMONITIONS:
                self._directive_body(start, end, "heading" if name in TITLED else "paragraph")
            elif part.type == "content" and name in PROSE:
                self._directive_body(start, end, "caption" if name == "figure" else "paragraph")

    def _alt(self, node: Node) -> None:
        for name, body in _fields_of(node):
            if self.text[slice(*self.span(name))] == "alt":
                self.builder.words(*self.span(body))
                self.builder.finish("caption", None)

    def _directive_body(self, start: int, end: int, kind: str) -> None:
        first = len(self.builder.blocks)
        self._again(start, end, kind)
        blocks = self.builder.blocks[first:]
        if len(blocks) == 1 or kind != "paragraph":
            for block in blocks:
                block.outer = None  # a directive is not left empty

    def _again(self, start: int, end: int, kind: str) -> None:
        """Read `[start, end)` by itself, without its indentation: the grammar reads no lists in what is indented."""
        begin = self.text.rfind("\n", 0, start) + 1
        indent = start - begin
        lines = (b" " * indent + bytes(self.builder.shadow[start:end])).split(b"\n")
        starts, places, source = [], [], bytearray()
        at = begin
        for line in lines:
            gone = min(indent, len(line) - len(line.lstrip(b" \t")))
            starts.append(len(source))
            places.append(at + gone)
            source += line[gone:] + b"\n"
            at += len(line) + 1
        _Reader(self.builder, starts, places).walk(PARSER.parse(bytes(source)).root_node, kind)

    # ---- inline markup ----

    def _inline(self, node: Node, start: int, end: int) -> None:
        at = start
        for child in node.named_children:
            first, last = self.span(child)
            if first >= end:
                break
            if last <= first:
                continue
            self._words(at, first)
            at = last
            self._span(child.type, first, last)
        self._words(at, end)

    def _span(self, kind: str, start: int, end: int) -> None:
        builder, text = self.builder, self.text
        if kind in MARKS:
            self._words(start + MARKS[kind], end - MARKS[kind])
        elif kind in ("interpreted_text", "reference"):
            titled = TITLE.search(text, start, end)
            if titled:
                self._words(*titled.span("text"))
            elif kind == "interpreted_text" or text[start] not in "`" or "`" not in text[start + 1 : end]:
                if kind == "reference" and text[start:end].endswith("_") and "://" not in text[start:end]:
                    builder.words(start, end - len(text[start:end]) + len(text[start:end].rstrip("_")), "fixed")
                else:
                    builder.object(start, end)
            else:  # its text is its label: to change it would break the link
                builder.words(start + 1, text.rindex("`", start, end), "fixed")
        elif kind in ("footnote_reference", "citation_reference"):
            return
        elif kind in OBJECTS or kind.endswith(("_target", "hyperlink")):
            builder.object(start, end)
        else:
            builder.words(start, end)

    def _words(self, start: int, end: int) -> None:
        """Add text; a backslash escapes the character behind it, and takes a blank away."""
        for match in ESCAPE.finditer(self.text, start, end):
            self.builder.words(start, match.start())
            if not match[1].isspace():
                self.builder.add(match[1], match.start(), 2)
            start = match.end()
        if start < end:
            self.builder.words(start, end)
