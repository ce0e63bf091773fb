"""Quotations: which stretches of a block stand between quotation marks."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from cleaner.text.lazy import lazy

MARK = lazy(r"[“”\"«»„「」『』]")
OPEN = {"“": "”", "«": "»", "„": "“", "「": "」", "『": "』"}


@lru_cache(maxsize=8)
def quotations(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the spans between quotation marks in `text[start:end]`, marks left out; an unclosed one runs to the end."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    closing = ""
    for match in MARK.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if mark in OPEN or mark == '"':
                opened, closing = match.end(), OPEN.get(mark, '"')
        elif mark == closing or (closing == "”" and mark == '"'):
            spans.append((opened, match.start()))
            opened = None
    if opened is not None and closing != '"':
        spans.append((opened, end))
    return tuple(spans)


def quotation(text: str, start: int, end: int, offset: int) -> tuple[int, int] | None:
    """Return the quotation in `text[start:end]` that holds `offset`; None where it stands outside one."""
    spans = quotations(text, start, end)
    at = bisect_right(spans, (offset, len(text))) - 1
    return spans[at] if at >= 0 and offset < spans[at][1] else None
