"""Plain text: a block a line, or a block a paragraph where the lines were wrapped to a width."""

from __future__ import annotations

import re

from cleaner.text.document import Block, Document, Run

LINE = re.compile(r"[^\r\n]*[^\r\n\t \u3000][^\r\n]*")
BREAK = re.compile(r"\r\n|\n|\r")
WIDEST = 100  # characters a wrapped line may be long


def parse(text: str) -> Document:
    """Cut plain text into blocks."""
    lines = [match.span() for match in LINE.finditer(text)]
    if not lines:
        return Document(text, text, [])
    groups = _paragraphs(text, lines)
    blocks: list[Block] = []
    wrapped = False
    for n, group in enumerate(groups):
        start, end = lines[group[0]][0], lines[group[-1]][1]
        following = lines[groups[n + 1][0]][0] if n + 1 < len(groups) else None
        previous = lines[groups[n - 1][-1]][1] if n else 0
        wrapped |= len(group) > 1
        content = text[start:end]
        inner = start + len(content) - len(content.lstrip(" \t\u3000"))
        outer = (start, following) if following is not None else (_last_outer(text, previous, start, end))
        blocks.append(Block("paragraph", inner, end, outer))
    for block in blocks:
        while block.end > block.start and text[block.end - 1] in " \t\u3000":
            block.end -= 1
    if not wrapped:
        return Document(text, text, blocks)
    return _unwrap(text, blocks)


def _last_outer(text: str, previous: int, start: int, end: int) -> tuple[int, int]:
    """Return the cut for the last block: the text before it keeps the file's own ending."""
    if previous == 0:
        return start, end
    tail = len(text)
    if end == tail:  # no final newline: none afterwards either
        return previous, tail
    match = BREAK.match(text, previous)
    return (match.end() if match else previous), tail


def _paragraphs(text: str, lines: list[tuple[int, int]]) -> list[list[int]]:
    """Group lines: those of a paragraph that was wrapped to a width come together, every other line stands alone."""
    groups: list[list[int]] = []
    run: list[int] = []
    for n, (start, _) in enumerate(lines):
        if run and not _adjacent(text, lines[run[-1]][1], start):
            groups += _wrapped(text, lines, run)
            run = []
        run.append(n)
    return groups + _wrapped(text, lines, run)


def _adjacent(text: str, end: int, start: int) -> bool:
    match = BREAK.match(text, end)
    return match is not None and match.end() == start


def _wrapped(text: str, lines: list[tuple[int, int]], run: list[int]) -> list[list[int]]:
    """Split a run of adjacent lines: one group where each line was full, so that the next word would not have fitted.

    Lines that all begin with a capital are verse, or lines of their own.
    """
    if len(run) < 2:
        return [run] if run else []
    lengths = [lines[n][1] - lines[n][0] for n in run]
    width = max(lengths)
    if 40 <= width <= WIDEST:
        for k in range(len(run) - 1):
            start, end = lines[run[k + 1]]
            words = text[start:end].split(None, 1)
            indented = text[start] in " \t"
            verse = text[start].isupper() and all(text[lines[n][0]].isupper() for n in run)
            if indented or verse or not words or lengths[k] + 1 + len(words[0]) <= width - 3:
                break
        else:
            return [run]
    return [[n] for n in run]


def _unwrap(text: str, blocks: list[Block]) -> Document:
    """Return a document whose prose has a space for each line break inside a block."""
    prose: list[str] = []
    runs: list[Run] = []
    at = 0
    out: list[Block] = []
    for block in blocks:
        begin = at
        source = block.start
        while source < block.end:
            match = BREAK.search(text, source, block.end)
            stop = match.start() if match else block.end
            prose.append(text[source:stop])
            runs.append(Run(at, stop - source, source, stop - source))
            at += stop - source
            source = stop
            if match:
                prose.append(" ")
                runs.append(Run(at, 1, stop, match.end() - stop))
                at += 1
                source = match.end()
        out.append(Block(block.kind, begin, at, block.outer))
        prose.append("\n")
        at += 1
    return Document(text, "".join(prose), out, runs)
