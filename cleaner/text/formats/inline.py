"""Inline Markdown: emphasis, links, code, entities and HTML tags inside one paragraph, by tree-sitter."""

from __future__ import annotations

import re

import tree_sitter_markdown
from tree_sitter import Language, Node, Parser, Tree

from cleaner.text.formats.build import Builder
from cleaner.text.formats.tags import CODE, MUTE, attribute_blocks, tokens

PARSER = Parser(Language(tree_sitter_markdown.inline_language()))

MARKED = re.compile(rb"[*_`<\[\]!\\&$~]|  \r?\n")
OPAQUE = MUTE | CODE
TAG = re.compile(rb"<(/?)([A-Za-z][\w.-]*)")


def label_key(text: str) -> str:
    """Return what a link's label is compared by."""
    return " ".join(text.split()).casefold()


def _all(node: Node, kind: str) -> list[Node]:
    """Return the nodes of one kind below `node`."""
    found: list[Node] = []
    for child in node.named_children:
        found += [child] if child.type == kind else _all(child, kind)
    return found


def _is_math(source: bytes, node: Node) -> bool:
    start, end = node.start_byte, node.end_byte
    if source[start : start + 2] == b"$$":
        return True
    inside = source[start + 1 : end - 1]
    return inside == inside.strip() and not source[end : end + 1].isdigit()


class Inline:
    """Reads inline content into pieces. `labels` are those that the file defines."""

    def __init__(self, builder: Builder, labels: set[str]) -> None:
        self.builder = builder
        self.text = builder.text
        self.labels = labels
        self.captions: list[tuple[Node, int]] = []  # image descriptions of the paragraph, for after it
        self.tags: list[tuple[Node, int]] = []
        self.pictures: list[tuple[int, int]] = []  # of the paragraph: what cuts it would cut them

    def read(self, start: int, end: int) -> None:
        """Add the pieces of inline content at `[start, end)`."""
        shadow = self.builder.shadow
        if not MARKED.search(shadow, start, end):
            self.builder.words(start, end)
            return
        source = bytes(shadow[start:end])
        tree = PARSER.parse(source)
        if b"$" in source:
            source, tree = self._prices(source, tree)
        self._inside(tree.root_node, start)

    def _prices(self, source: bytes, tree: Tree) -> tuple[bytes, Tree]:
        """Read again without the dollar signs that are money: math has no blank inside them and no digit behind."""
        for _ in range(8):
            money = [node for node in _all(tree.root_node, "latex_block") if not _is_math(source, node)]
            if not money:
                break
            for node in money:
                source = source[: node.start_byte] + b"," + source[node.start_byte + 1 :]
            tree = PARSER.parse(source)
        return source, tree

    def _inside(self, node: Node, base: int) -> None:
        """Add the pieces of what stands in `node`, whose offsets count from `base`."""
        at = node.start_byte
        opaque: tuple[str, int] | None = None
        for child in node.named_children:
            start, end = child.start_byte, child.end_byte
            if opaque is not None:
                if child.type == "html_tag" and self._tag(child, base) == ("/" + opaque[0]):
                    self.builder.object(opaque[1] + base, end + base)
                    opaque = None
                at = end
                continue
            if start > at:
                self.builder.words(at + base, start + base)
            at = end
            if child.type == "html_tag":
                name = self._tag(child, base)
                if name in OPAQUE:
                    opaque = (name, start)
                else:
                    self._html(child, name, base)
            else:
                self._span_of(child, base)
        if opaque is not None:
            self.builder.object(opaque[1] + base, node.end_byte + base)
        elif at < node.end_byte:
            self.builder.words(at + base, node.end_byte + base)

    def _tag(self, node: Node, base: int) -> str:
        match = TAG.match(self.builder.shadow, node.start_byte + base, node.end_byte + base)
        return (match[1] + match[2].lower()).decode("ascii") if match else ""

    def _html(self, node: Node, name: str, base: int) -> None:
        start, end = node.start_byte + base, node.end_byte + base
        if not name:
            self.builder.comments.append((start, end))
        elif name == "br":
            self.builder.space(start, end)
        elif name == "img":
            self.builder.object(start, end, "image")
            self.pictures.append((start, end))
            self.tags.append((node, base))
        elif b"=" in self.builder.shadow[start:end]:
            self.tags.append((node, base))

    def _span_of(self, node: Node, base: int) -> None:
        kind, start, end = node.type, node.start_byte + base, node.end_byte + base
        builder = self.builder
        if kind in ("emphasis", "strong_emphasis", "link_text"):
            self._inside(node, base)
        elif kind in ("code_span", "latex_block", "uri_autolink", "email_autolink"):
            builder.object(start, end)
        elif kind in ("entity_reference", "numeric_character_reference"):
            builder.decoded(start, end)
        elif kind == "backslash_escape":
            builder.add(self.text[start + 1 : end], start, end - start)
        elif kind == "hard_line_break":
            builder.space(start, end)
        elif kind in ("inline_link", "shortcut_link", "collapsed_reference_link", "full_reference_link"):
            self._link(node, base)
        elif kind == "image":
            self._image(node, base)
        elif kind == "strikethrough":
            self._strike(node, base)
        elif kind != "emphasis_delimiter":
            builder.words(start, end)

    def _link(self, node: Node, base: int) -> None:
        start, end = node.start_byte + base, node.end_byte + base
        content = next((c for c in node.named_children if c.type == "link_text"), None)
        if node.type == "inline_link":
            if content is not None:
                self._inside(content, base)
            return
        if self.text[start + 1] in "^!" and node.type == "shortcut_link":  # a footnote, a GitHub alert
            return
        label = next((c for c in node.named_children if c.type == "link_label"), content)
        if label is None or content is None:
            self.builder.words(start, end)
            return
        bracket = 1 if label is not content else 0
        known = label_key(self.text[label.start_byte + base + bracket : label.end_byte + base - bracket]) in self.labels
        if known and label is not content:
            self._inside(content, base)
        elif known:  # its text is its label: to change it would break the link
            self.builder.words(content.start_byte + base, content.end_byte + base, "fixed")
        else:
            self.builder.words(start, content.start_byte + base)
            self._inside(content, base)
            self.builder.words(content.end_byte + base, end)

    def _image(self, node: Node, base: int) -> None:
        start, end = node.start_byte + base, node.end_byte + base
        parts = {c.type: c for c in node.named_children}
        content = parts.get("image_description")
        if "link_destination" not in parts and self.text[end - 1] != ")":
            label = parts.get("link_label")
            named = (label.start_byte + 1, label.end_byte - 1) if label else (start + 2 - base, end - 1 - base)
            if label_key(self.text[named[0] + base : named[1] + base]) not in self.labels:
                self.builder.words(start, end)
                return
            if label is None:
                content = None
        self.builder.object(start, end, "image")
        self.pictures.append((start, end))
        if content is not None:
            self.captions.append((content, base))

    def _strike(self, node: Node, base: int) -> None:
        """Read struck-out text; single tildes are those of a range ("5~10") and stand in the text."""
        start, end = node.start_byte + base, node.end_byte + base
        double = self.text[start : start + 2] == "~~" or self.text[max(0, start - 1) : start] == "~"
        if double:
            self._inside(node, base)
            return
        self.builder.words(start, start + 1)
        inner = [c for c in node.named_children if c.type != "emphasis_delimiter"]
        at = start + 1
        for child in inner:
            if child.start_byte + base > at:
                self.builder.words(at, child.start_byte + base)
            self._span_of(child, base)
            at = child.end_byte + base
        self.builder.words(at, end)

    def attached(self) -> None:
        """Add the captions of the pictures and the attributes of the tags just read."""
        captions, self.captions = self.captions, []
        for node, base in captions:
            self._inside(node, base)
            self.builder.finish("caption", None)
        tags, self.tags = self.tags, []
        for node, base in tags:
            start, end = node.start_byte + base, node.end_byte + base
            for token in tokens(bytes(self.builder.shadow[start:end]), start):
                if token.node is not None:
                    attribute_blocks(self.builder, token.node, token.start - token.node.start_byte, token.tag)
