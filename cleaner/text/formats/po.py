"""gettext PO: the translations of a catalogue in English. Identifiers, comments and placeholders stay."""

from __future__ import annotations

import re

from cleaner.text.document import Document
from cleaner.text.formats.build import Builder

ENTRY = re.compile(r'^msgstr(?:\[\d+\])?[ \t]*((?:"(?:[^"\\\n]|\\.)*"[ \t]*\r?\n?[ \t]*)+)', re.M)
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
HEADER = re.compile(r'^msgid ""[ \t]*\r?\nmsgstr ', re.M)
LANGUAGE = re.compile(r'"Language:[ \t]*([A-Za-z]*)')
# Escapes, placeholders of printf, Python, Qt, ICU and templates, and tags.
PART = re.compile(
    r"(?P<escape>\\(?:x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.))"
    r"|(?P<object>%(?:\([^)\\\"]*\)|\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:hh|h|ll|l|q|j|z|t|L)?[diouxXeEfFgGcrsabp]\b|%%|%n?\d+"
    r"|\$?\{[^{}\\\"]*\})"
    r"|(?P<tag></?[A-Za-z][^<>\"\n]*(?:\\\"[^<>\"\n]*\\\"[^<>\"\n]*)*>)|(?P<entity>&#?\w+;)"
)
ESCAPED = {'"': '"', "\\": "\\", "'": "'"}
QUOTES = str.maketrans({'"': '\\"', "\\": "\\\\"})


def parse(text: str) -> Document:
    """Return the document of a catalogue: a block a translation; nothing where the translations are not English."""
    builder = Builder(text)
    builder.escape = QUOTES
    header = HEADER.search(text)
    entries = list(ENTRY.finditer(text))
    if header is not None and entries:
        language = LANGUAGE.search(text, header.start(), len(text))
        if language is not None and language[1] and not language[1].lower().startswith("en"):
            return builder.document()
    for entry in entries:
        if header is not None and header.start() < entry.start() < header.end():
            continue
        for string in STRING.finditer(text, *entry.span(1)):
            _string(builder, *string.span(1))
        builder.finish("value", None)
    return builder.document()


def _string(builder: Builder, at: int, end: int) -> None:
    """Add the text between one pair of quotation marks."""
    text = builder.text
    for match in PART.finditer(text, at, end):
        builder.words(at, match.start())
        start, at = match.span()
        if match["escape"] is not None:
            char = ESCAPED.get(match.group()[1:])
            if char is None:  # a line break or a tab, which the program counts on
                builder.add(" ", start, at - start, "fixed")
            else:
                builder.add(char, start, at - start)
        elif match["object"] is not None:
            builder.object(start, at)
        elif match["entity"] is not None:
            builder.decoded(start, at)
    builder.words(at, end)
