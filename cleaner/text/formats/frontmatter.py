"""Front matter: the prose values of YAML and TOML at the head of a Markdown file, each with its exact place.

YAML libraries give the place of a value but not of the characters in it, and front matter is a few keys; so this reads
the scalars that titles are written in, and leaves alone whatever it does not know for certain.
"""

from __future__ import annotations

import re

from cleaner.text.formats.build import BLANKS, Builder

PROSE = frozenset(
    (
        "title",
        "subtitle",
        "description",
        "summary",
        "excerpt",
        "headline",
        "subheading",
        "tagline",
        "abstract",
        "linktitle",
    )
)
FENCE = re.compile(r"(---|\+\+\+)[ \t]*\r?\n")
YAML_KEY = re.compile(r"([ \t]*(?:-[ \t]+)*)(?:([A-Za-z_][\w.-]*)|\"[^\"\n]*\"|'[^'\n]*')[ \t]*:(?=[ \t\r\n]|\Z)[ \t]*")
TOML_KEY = re.compile(r"[ \t]*([A-Za-z_][\w-]*)[ \t]*=[ \t]*")
BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?[+-]?[ \t]*(?:#[^\n]*)?\r?\n")
JSON_END = re.compile(r"^\}[ \t]*\r?$", re.M)
ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r?\n[ \t]*|[^\r\n])|`[^`\r\n]+`")
QUOTE_PAIR = re.compile(r"''|`[^`\r\n]+`")
CODE = re.compile(r"`[^`\r\n]+`")
SIMPLE = dict(zip('nter_NLP/"\\ ', '\n\t\x1b\r\u00a0\u0085\u2028\u2029/"\\ ', strict=True))
DOUBLE = str.maketrans({'"': '\\"', "\\": "\\\\"})
SINGLE = str.maketrans({"'": "''"})
REST = re.compile(r"[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")
NO_TEXT = re.compile(r"(?:true|false|null|yes|no|on|off|~)\Z", re.I)
PLAIN = re.compile(r"(?![\[\]{}&*!%@`#,|>\"']|[-?:][ \t])[^\r\n]+")


def read(builder: Builder) -> int:
    """Add the blocks of the front matter's prose; return where it ends, 0 without one."""
    text = builder.text
    match = FENCE.match(text)
    if match is None:
        if text.startswith("{\n") or text.startswith("{\r\n"):  # Hugo's JSON: skipped
            end = JSON_END.search(text)
            return end.end() if end else 0
        return 0
    close = re.compile(rf"^(?:{re.escape(match[1])}{'|[.]{3}' if match[1] == '---' else ''})[ \t]*\r?(?:\n|\Z)", re.M)
    end = close.search(text, match.end())
    if end is None:
        return 0
    (_yaml if match[1] == "---" else _toml)(builder, match.end(), end.start())
    return end.end()


def _line_end(text: str, at: int, end: int) -> int:
    found = text.find("\n", at, end)
    return end if found < 0 else found + 1


def _yaml(builder: Builder, at: int, end: int) -> None:
    text = builder.text
    while at < end:
        match = YAML_KEY.match(text, at, end)
        if match is None:
            at = _line_end(text, at, end)
            continue
        indent = len(match[1])
        wanted = (match[2] or "").lower() in PROSE
        value = match.end()
        scalar = BLOCK_SCALAR.match(text, value, end)
        if scalar:
            stop = _indented(text, scalar.end(), end, indent)
            if wanted:
                _paragraphs(builder, scalar.end(), stop)
            at = stop
        elif value < end and text[value] in "\"'":
            at = _quoted(builder, value, end, text[value], wanted)
        else:
            at = _plain(builder, value, end, indent, wanted)


def _indented(text: str, at: int, end: int, indent: int) -> int:
    """Return where the lines that are indented deeper than `indent`, or blank, end."""
    while at < end:
        stop = _line_end(text, at, end)
        line = text[at:stop]
        if line.strip() and len(line) - len(line.lstrip(" \t")) <= indent:
            break
        at = stop
    return at


def _paragraphs(builder: Builder, start: int, end: int) -> None:
    """Add the paragraphs of a block scalar."""
    for match in re.finditer(r"[^\r\n]*\S[^\r\n]*(?:\r?\n[^\r\n]*\S[^\r\n]*)*", builder.text[start:end]):
        _words(builder, start + match.start(), start + match.end())
        builder.finish("value", None)


def _words(builder: Builder, start: int, end: int) -> None:
    """Add text without escapes; code in backticks is no prose."""
    for match in CODE.finditer(builder.text, start, end):
        builder.words(start, match.start())
        builder.object(*match.span())
        start = match.end()
    builder.words(start, end)


def _plain(builder: Builder, start: int, end: int, indent: int, wanted: bool) -> int:
    """Read a value without quotation marks, over several lines where they are indented deeper than its key."""
    text = builder.text
    stop = _line_end(text, start, end)
    match = PLAIN.match(text, start, end)
    if match is None or not wanted:
        return stop
    after = _indented(text, stop, end, indent)
    value = text[start:after].rstrip(BLANKS)
    comment = re.search(r"[ \t]#", value)
    if comment:
        value = value[: comment.start()].rstrip(BLANKS)
    if re.search(r":(?:[ \t\r\n]|\Z)", value) or NO_TEXT.match(value) or not re.search(r"[^\W\d_]", value):
        return stop  # no scalar, or no text
    _words(builder, start, start + len(value))
    builder.finish("value", None)
    return after


def _quoted(builder: Builder, start: int, end: int, quote: str, wanted: bool) -> int:
    """Read a value in quotation marks; without one that closes it, only its line is passed over."""
    text = builder.text
    body = r'"((?:[^"\\]|\\.)*)"' if quote == '"' else r"'((?:[^']|'')*)'"
    match = re.compile(body, re.S).match(text, start, end)
    if match is None or not REST.match(text, match.end(), end):
        return _line_end(text, start, end)
    if wanted:
        _escaped(builder, match.start(1), match.end(1), ESCAPE if quote == '"' else QUOTE_PAIR)
        builder.escape = DOUBLE if quote == '"' else SINGLE
        builder.finish("value", None)
        builder.escape = None
    return _line_end(text, match.end(), end)


def _escaped(builder: Builder, start: int, end: int, escapes: re.Pattern[str]) -> None:
    """Add the text of a quoted value; what `escapes` matches stands for another character, or is code."""
    for match in escapes.finditer(builder.text, start, end):
        builder.words(start, match.start())
        raw = match.group()
        if raw[0] == "`":
            builder.object(*match.span())
        elif raw == "''":
            builder.add("'", match.start(), 2)
        elif raw[1] in "xuU" and len(raw) > 2:
            code = int(raw[2:], 16)
            builder.add(chr(code) if code < 0x110000 else "\ufffd", match.start(), len(raw))
        elif raw[1] in "\r\n":
            pass  # an escaped line break is nothing
        else:
            char = SIMPLE.get(raw[1], "\ufffd")
            if char in BLANKS:
                builder.add(" ", match.start(), len(raw))
            else:
                builder.add(char, match.start(), len(raw))
        start = match.end()
    builder.words(start, end)


def _toml(builder: Builder, at: int, end: int) -> None:
    text = builder.text
    while at < end:
        match = TOML_KEY.match(text, at, end)
        value = match.end() if match else at
        if match is None or value >= end or text[value] not in "\"'":
            at = _line_end(text, at, end)
            continue
        quote = text[value]
        wide = text.startswith(quote * 3, value)
        if wide:
            inside = r"(?:[^\\]|\\.)*?" if quote == '"' else r".*?"
            body = f"{quote * 3}({inside}){quote * 3}"
        else:
            body = r'"((?:[^"\\\n]|\\.)*)"' if quote == '"' else r"'([^'\n]*)'"
        found = re.compile(body, re.S).match(text, value, end)
        if found is None or not REST.match(text, found.end(), end):
            at = _line_end(text, at, end)
            continue
        if match[1].lower() in PROSE:
            if quote == '"':
                _escaped(builder, found.start(1), found.end(1), ESCAPE)
                builder.escape = DOUBLE
            else:
                _words(builder, found.start(1), found.end(1))
            builder.finish("value", None)
            builder.escape = None
        at = _line_end(text, found.end(), end)
