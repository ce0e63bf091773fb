"""Changes in brief: old and new words of a finding, short and readable, for tables and one-line messages."""

from __future__ import annotations

import re

from cleaner.decisions import span
from cleaner.findings import Finding
from cleaner.text.edits import Edit, apply

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
LONG = 80


def shown(text: str, finding: Finding) -> tuple[str, str | None]:
    """Return (old, new) words of a finding's first fix, with what has no shape shown; new is None without a fix."""
    start, end = span(finding)
    old = text[start:end]
    new = None
    if finding.fixes:
        new = apply(old, [Edit(e.start - start, e.end - start, e.text) for e in finding.fixes[0].edits])
    return visible(old), "(removed)" if new == "" else None if new is None else visible(new)


def visible(text: str, limit: int = LONG) -> str:
    """Return a text on one line: blanks shown where nothing else is, steering characters named, a long middle left out."""
    if not text.strip():
        text = text.replace(" ", "␣").replace("\t", "⇥").replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎")
    text = UNSEEN.sub(lambda match: f"U+{ord(match[0]):04X}", " ".join(text.split()))
    if len(text) <= limit:
        return text
    half = (limit - 3) // 2
    return f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
