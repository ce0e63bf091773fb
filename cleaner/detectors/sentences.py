"""Sentences and lines: where the one that holds an offset begins and ends, and whether one really begins there."""

from __future__ import annotations

import re

from cleaner.detectors.calendar import YEAR
from cleaner.text.document import Block, Document
from cleaner.text.lazy import lazy

STOP = lazy(r"[.!?…][\"”’)\]]*(?=\s+[\"“‘(\[]?[A-Z0-9▲])|[。！？]")
SHORT = lazy(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|No|Vol|Prof|Gen|Col|Lt|Sgt|Rev|vs|ca|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|[ap]\.m|\b[A-Z]\.[A-Z])$"
)
LEAD = " \t\u3000\u00a0\"“‘'([（【«▲▼△↑↓→●·•*—–-"


def sentence(document: Document, offset: int) -> tuple[int, int]:
    """Return the span of the sentence around a prose offset, within its block."""
    block = document.blocks[document.block_at(offset)]
    prose = document.prose
    start, end = block.start, block.end
    for match in STOP.finditer(prose, block.start, block.end):
        if match.group()[0] == "." and SHORT.search(prose, max(block.start, match.start() - 6), match.start()):
            continue
        if match.end() <= offset:
            start = match.end()
        else:
            end = match.end()
            break
    while start < end and prose[start].isspace():
        start += 1
    return start, end


def sentences(document: Document, block: Block) -> list[tuple[int, int]]:
    """Return the spans of a block's sentences, each with the blanks behind it."""
    prose = document.prose
    out: list[tuple[int, int]] = []
    at = block.start
    for match in STOP.finditer(prose, block.start, block.end):
        if match.group()[0] == "." and SHORT.search(prose, max(block.start, match.start() - 6), match.start()):
            continue
        end = match.end()
        while end < block.end and prose[end].isspace():
            end += 1
        out.append((at, end))
        at = end
    if at < block.end:
        out.append((at, block.end))
    return out


def opens(document: Document, block: Block, offset: int) -> bool:
    """Return True where a sentence begins at `offset`: at the block's start, behind a stop, a colon or a caption's mark."""
    before = document.prose[block.start : offset].rstrip(LEAD)
    if before.endswith(".") and SHORT.search(before[-8:-1]):
        return False
    return not before or before[-1] in ".!?…:：。！？" or before.endswith((".”", '."', "]", "】", ")"))


def runs_on(document: Document, block: Block, offset: int) -> bool:
    """Return True where the line before, in a text wrapped by hand, goes on here: "... SQL Server / 2019 In October ..."."""
    number = document.block_at(offset)
    if number < 1 or document.prose[block.start : offset].strip():
        return False
    before = document.blocks[number - 1]
    gap = document.prose[before.end : block.start]
    return (
        gap.count("\n") == 1 and before.end - before.start > 30 and document.prose[before.end - 1] not in '.!?…:"”’)]】'
    )


def chronology(document: Document, block: Block, offset: int) -> bool:
    """Return True where another block too begins with a bare year: a list of years, each with its event."""
    if document.prose[block.start : offset].strip(LEAD):
        return False
    begins = re.compile(rf"\W*{YEAR}(?![\w-])(?! (?:[A-Z]\w+ )?(?:the )?.{{0,60}}, {YEAR})")
    return any(b is not block and begins.match(document.prose, b.start, b.end) for b in document.blocks)
