"""The tokens of HTML, by tree-sitter, and the attributes of its tags that are prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import tree_sitter_html
from tree_sitter import Language, Node, Parser

from cleaner.text.formats.build import Builder

PARSER = Parser(Language(tree_sitter_html.language()))
WRAP = b"<x>"  # a stray end tag is an error at the top of a document, but not inside an element


def names(words: str) -> frozenset[str]:
    return frozenset(words.split())


KNOWN = names(
    "start_tag self_closing_tag end_tag erroneous_end_tag text entity script_element style_element comment doctype"
)
VOID = names("area base br col embed hr img input link meta param source track wbr")
MUTE = names("pre script style textarea svg math template canvas object iframe noembed noframes xmp listing select")
CODE = names("code kbd samp var tt")
ATTRIBUTES = {b"alt", b"title", b"aria-label"}
QUOTED = {'"': str.maketrans({"&": "&amp;", '"': "&quot;"}), "'": str.maketrans({"&": "&amp;", "'": "&#39;"})}
META = re.compile(rb"(?:og:|twitter:|dc\.)?(?:description|title)|og:image:alt|twitter:image:alt", re.I)
LITERAL = re.compile(rb"&(?!#?\w+;)|<(?![A-Za-z/!])")


class Token(NamedTuple):
    """A leaf of the grammar: `type` is start, end, void, text, entity, comment, mute; raw where the grammar gave up."""

    type: str
    start: int
    end: int
    tag: str = ""
    node: Node | None = None


def tokens(shadow: bytes, base: int) -> Iterator[Token]:
    """Yield the tokens of a piece of HTML whose first character is at `base`."""
    source = WRAP + LITERAL.sub(lambda match: b"," * len(match.group()), shadow)
    shift = base - len(WRAP)
    stack = [PARSER.parse(source).root_node]
    at = len(WRAP)
    broken = False  # inside a tag that the grammar could not read

    def unread(start: int, end: int) -> Token:
        """What stands between the grammar's tokens is blanks, text with a ">" in it, or a broken tag."""
        nonlocal broken
        content = source[start:end]
        blank = not content.strip()
        was, broken = broken, broken if blank else (broken or b"<" in content) and b">" not in content
        return Token("raw" if (was or b"<" in content) and not blank else "text", start + shift, end + shift)

    while stack:
        node = stack.pop()
        kind, start, end = node.type, node.start_byte, node.end_byte
        if end <= len(WRAP) or start == end:
            continue
        if kind in ("document", "element") or (kind == "ERROR" and node.child_count):
            stack += reversed(node.children)
            continue
        if start > at:
            yield unread(at, start)
        at = end
        if kind not in KNOWN:
            yield unread(start, end)
            continue
        broken = False
        if kind in ("start_tag", "self_closing_tag"):
            name = _name(node, source)
            yield Token("void" if name in VOID or kind[1] == "e" else "start", start + shift, end + shift, name, node)
        elif kind in ("end_tag", "erroneous_end_tag"):
            yield Token("end", start + shift, end + shift, _name(node, source))
        elif kind in ("script_element", "style_element"):
            yield Token("mute", start + shift, end + shift, kind.split("_")[0])
        else:
            yield Token(kind, start + shift, end + shift)
    if at < len(source):
        yield unread(at, len(source))


def _name(node: Node, source: bytes) -> str:
    for child in node.named_children:
        if child.type.endswith("tag_name"):
            return source[child.start_byte : child.end_byte].decode("ascii").lower()
    return ""


def attributes(node: Node, shift: int) -> dict[bytes, tuple[int, int]]:
    """Return the places of a tag's attribute values by name; `shift` takes the node's offsets to the text's."""
    found: dict[bytes, tuple[int, int]] = {}
    for child in node.named_children:
        if child.type != "attribute":
            continue
        name, value = b"", None
        for part in child.named_children:
            if part.type == "attribute_name":
                name = (part.text or b"").lower()
            elif part.type == "attribute_value":
                value = part
            elif part.type == "quoted_attribute_value" and part.named_children:
                value = part.named_children[0]
        if value is not None:
            found.setdefault(name, (value.start_byte + shift, value.end_byte + shift))
    return found


def attribute_blocks(builder: Builder, node: Node, shift: int, tag: str) -> None:
    """Add the blocks of a tag's attributes that are prose."""
    values = attributes(node, shift)
    if tag == "meta":
        name = values.get(b"name") or values.get(b"property") or values.get(b"itemprop")
        if name and b"content" in values and META.fullmatch(bytes(builder.shadow[slice(*name)])):
            _value(builder, *values[b"content"], "value")
        return
    for attribute, (start, end) in values.items():
        if attribute in ATTRIBUTES:
            _value(builder, start, end, "caption")


def _value(builder: Builder, start: int, end: int, kind: str) -> None:
    """Add a block for an attribute's value."""
    at = start
    for match in re.finditer(rb"&#?\w+;", bytes(builder.shadow[start:end])):
        builder.words(at, start + match.start())
        builder.decoded(start + match.start(), start + match.end())
        at = start + match.end()
    builder.words(at, end)
    before, builder.escape = builder.escape, QUOTED.get(builder.text[start - 1])
    builder.finish(kind, None)
    builder.escape = before
