"""Quotations: which stretches of a block stand between quotation marks."""

from __future__ import annotations

from cleaner.text.lazy import lazy

MARK = lazy(r"[“”\"«»„「」『』]")
OPEN = {"“": "”", "«": "»", "„": "“", "「": "」", "『": "』"}


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
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
    return spans


def quotation(text: str, start: int, end: int, offset: int) -> tuple[int, int] | None:
    """Return the quotation in `text[start:end]` that holds `offset`; None where it stands outside one."""
    for span in quotations(text, start, end):
        if span[0] <= offset < span[1]:
            return span
    return None
