"""Plain text: a block a line, or a block a paragraph where the lines were wrapped to a width."""

from __future__ import annotations

import re
from itertools import pairwise

from cleaner.text import directives
from cleaner.text.document import Block, Document, Run

LINE = re.compile(r"\S(?:[^\r\n]*\S)?")  # a line without the blanks around it
NARROWEST, WIDEST = 40, 100  # characters: how long the longest line of wrapped text is
SLACK = 3  # characters that a full line may stay short of its width

Span = tuple[int, int]


def parse(text: str) -> Document:
    """Cut plain text into blocks."""
    lines = [match.span() for match in LINE.finditer(text)]
    own = {line for line in lines if directives.LINE.fullmatch(text, *line)} if directives.WORD in text else set()
    groups = _groups(text, lines, own)
    blocks: list[Block] = []
    previous = 0
    for n, (start, end) in enumerate(groups):
        at = start if start == 0 or text[start - 1] == "\n" else _line_start(text, start)
        if n + 1 < len(groups):
            following = groups[n + 1][0]
            outer = at, following if text[following - 1] == "\n" else _line_start(text, following)
        else:
            outer = _last(text, previous, at, end)
        if (start, end) not in own:
            blocks.append(Block("paragraph", start, end, outer))
        previous = end
    document = Document(text, text, blocks) if len(blocks) == len(lines) else _unwrap(text, blocks)
    document.comments = sorted(own)
    return document


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _last(text: str, previous: int, start: int, end: int) -> Span:
    """Return the cut for the last block: the text before it keeps the file's own ending."""
    if previous == 0:
        return start, end
    if end == len(text):  # no final newline: none afterwards either
        return previous, end
    match = re.compile(r"[^\S\r\n]*(?:\r\n|\n|\r)").match(text, previous)
    return (match.end() if match else previous), len(text)


def _groups(text: str, lines: list[Span], own: set[Span]) -> list[Span]:
    """Return the blocks: paragraphs that were wrapped to a width as one, every other line alone, as those of `own` are."""
    groups: list[Span] = []
    run: list[Span] = []
    for line in lines:
        if line in own:
            groups += [*_wrapped(text, run), line]
            run = []
            continue
        if run:
            gap = text[run[-1][1] : line[0]]
            if gap != "\n" and gap.count("\n") + gap.count("\r") - gap.count("\r\n") != 1:
                groups += _wrapped(text, run)
                run = []
        run.append(line)
    return groups + _wrapped(text, run)


def _wrapped(text: str, run: list[Span]) -> list[Span]:
    """Return adjacent lines as one block where each was full, so that the next word would not have fitted.

    Lines that all begin with a capital are verse, or lines of their own.
    """
    if len(run) < 2:
        return run
    width = max(end - start for start, end in run)
    if not NARROWEST <= width <= WIDEST or all(text[start].isupper() for start, _ in run):
        return run
    for (start, end), (after, stop) in pairwise(run):
        word = text.find(" ", after, stop)
        length = (stop if word < 0 else word) - after
        if text[after - 1] in " \t" or end - start + 1 + length <= width - SLACK:
            return run
    return [(run[0][0], run[-1][1])]


def _unwrap(text: str, blocks: list[Block]) -> Document:
    """Return a document whose prose has a space for each line break inside a block."""
    prose: list[str] = []
    runs: list[Run] = []
    at = 0
    for block in blocks:
        begin = at
        end = block.start
        for line in LINE.finditer(text, block.start, block.end):
            if line.start() > block.start:
                prose.append(" ")
                runs.append(Run(at, 1, end, line.start() - end))
                at += 1
            prose.append(line.group())
            end = line.end()
            runs.append(Run(at, end - line.start(), line.start(), end - line.start()))
            at += end - line.start()
        block.start, block.end = begin, at
        prose.append("\n")
        at += 1
    return Document(text, "".join(prose), blocks, runs)
