"""Duplicates: a headline, paragraph or sentence that stands twice.

Texts that repeat on purpose stay: verse and lists (short lines), refrains (three times and more), dialogues, quotations,
legal texts. Exact repeats are found by hash; only neighbours that begin or end alike are compared by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cleaner.detectors.speech import dialogue
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import OBJECT, Block, Document
from cleaner.text.lazy import lazy

STOP = lazy(r"[.!?。！？][\"”’')\]]*$")
SENTENCE = lazy(r"(?<=[.!?])[\"”’')]* +(?=[\"“‘(]?[A-Z0-9])|(?<=[.!?])(?=[A-Z][a-z]+ [a-z])")
SUFFIX = lazy(r"\s*(?:[-_|–—·•]|\||\s-\s)\s*[\w][\w .,&!’'-]{1,40}$")
QUOTE = lazy('["“”]')
MARKS = ' \t▲△▼▽▶►◆■●★☆#*[]【】()（）"“”'
PROSE = ("paragraph", "quote", "heading", "caption")
PIECE = lazy(r"[.!?][\"”’)]*\s+|\n")
MANY = 8  # headings: a work of reference, which says the same in its sections
ENUMERATED = lazy(r"\(?[a-z0-9]{1,3}[.)]\s")
LEGAL = lazy(
    r"\b(?:hereby|herein|hereof|thereof|hereunder|notwithstanding|licensee|licensor|pursuant|aforesaid|warranty|copyright holders?|sublicense|liability)\b"
)


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield what stands twice, the later copy to go."""
    pieces = [piece for piece in PIECE.split(document.lower) if len(piece) >= 20]
    twice = len(set(pieces)) < len(pieces) or (bool(pieces) and document.lower.count(pieces[0]) > 1)
    if not twice and language is None:
        return  # nothing stands twice; near-duplicates are looked for in translated pages only
    if len(document.blocks) < 2 and document.prose.count(". ") < 2:
        return
    body = [b for b in document.blocks if b.end - b.start > 80 and STOP.search(document.prose, b.end - 4, b.end)]
    if len(body) < 2 or sum(b.end - b.start for b in body) * 2 < len(document.prose.strip()) or dialogue(document):
        return  # verse, a list or a play: its repeats are its form
    gone: set[int] = set()
    translated = language is not None
    found = [*_blocks(document, gone, translated), *_sentences(document, gone, translated)]
    if found and len(LEGAL.findall(document.lower)) < 3:
        yield from found


def _say(document: Document, start: int, end: int, says: str) -> Evidence:
    return Evidence(says, *document.source(start, end), document.prose[start : min(end, start + 60)])


# ---- headlines and paragraphs ----


def _key(document: Document, block: Block) -> str:
    return " ".join(document.lower[block.start : block.end].strip(MARKS).split())


def _blocks(document: Document, gone: set[int], translated: bool) -> Iterator[Finding]:
    """Yield blocks that say what an earlier one said; `gone` collects them."""
    blocks = document.blocks
    places: dict[str, list[int]] = {}
    for n, block in enumerate(blocks):
        if block.kind in PROSE and block.end - block.start >= 20:
            places.setdefault(_key(document, block), []).append(n)
    head = next((n for n, b in enumerate(blocks) if b.kind == "heading"), 0)
    if blocks[head].kind not in PROSE:
        return
    title = _key(document, blocks[head])
    titled = head < 4 and 20 <= len(title) <= 200 and title.count(" ") >= 3 and not title.endswith((".", ":", ";", ","))
    repeated = {text: group for text, group in places.items() if len(group) > 1}
    headings = sum(b.kind == "heading" for b in blocks)
    reference = headings >= MANY
    for text, group in repeated.items():
        first = blocks[group[0]]
        headline = titled and text == title
        long = len(text) >= 80 and text.count(" ") >= 10
        quoted = document.prose[first.start] in "\"“‘'«"
        if not headline and (not long or OBJECT in text or len(group) > 2):
            continue
        sure = (headline and len(group) <= 4) or (
            (translated or (headings < 3 and SENTENCE.search(document.prose, first.start, first.end) is not None))
            and len(group) == 2
            and not quoted
            and len(repeated) <= 3
            and not reference
        )
        what = "The headline" if headline else "The paragraph"
        for n in group[1:]:
            gone.add(n)
            rule = "headline" if headline else "paragraph"
            yield _removal(document, n, first, rule, what, _level(sure, reference and not headline))
    if titled:
        yield from _headline_again(document, head, title, gone)


def _headline_again(document: Document, head: int, title: str, gone: set[int]) -> Iterator[Finding]:
    """Yield lines that are the headline with the site's name behind it, or nearly the headline."""
    first = document.blocks[head]
    for n, block in enumerate(document.blocks):
        size = block.end - block.start
        if n <= head or n in gone or block.kind not in PROSE or not 0.8 * len(title) < size < len(title) + 45:
            continue
        if STOP.search(document.prose, block.end - 3, block.end) and title[-1] not in "!?":
            continue
        text = _key(document, block)
        tailed = text.startswith(title) and SUFFIX.fullmatch(text, len(title))
        headed = title.startswith(text) and SUFFIX.fullmatch(title, len(text))
        if tailed or headed:
            gone.add(n)
            yield _removal(document, n, first, "headline", "The headline", Safety.safe)
        elif len(text) >= 30 and set(text.split()[:3]) & set(title.split()[:4]):
            from rapidfuzz import fuzz

            if fuzz.ratio(text, title) >= 88:
                gone.add(n)
                yield _removal(document, n, first, "headline-alike", "Nearly the headline", Safety.unsafe)


def _level(sure: bool, reference: bool) -> Safety:
    """Return how far a removal may go; in a work of reference it is only shown."""
    return Safety.manual if reference else Safety.safe if sure else Safety.unsafe


def _removal(document: Document, n: int, first: Block, rule: str, what: str, safety: Safety) -> Finding:
    block = document.blocks[n]
    edits = document.removal(n)
    fixes = () if edits is None else (Fix(edits, safety),)
    span = document.source(block.start, block.end)
    evidence = (_say(document, first.start, first.end, "it stands here already"),)
    return Finding(f"duplicates/{rule}", "duplicate", *span, f"{what} stands here again.", fixes, evidence)


# ---- sentences ----


def _split(document: Document, block: Block) -> list[tuple[int, int]]:
    """Return the sentences of a block; one that stands in a quotation, or holds half of one, is left out."""
    cuts = [block.start, *(m.end() for m in SENTENCE.finditer(document.prose, block.start, block.end)), block.end]
    if not QUOTE.search(document.prose, block.start, block.end):
        return list(pairwise(cuts))
    spans: list[tuple[int, int]] = []
    inside = False
    for start, end in pairwise(cuts):
        text = document.prose[start:end]
        opens, closes = text.count("“"), text.count("”")
        straight = text.count('"')
        if not inside and opens == closes and straight % 2 == 0:
            spans.append((start, end))
        if opens != closes:
            inside = opens > closes
        elif straight % 2:
            inside = not inside
    return spans


def _sentences(document: Document, gone: set[int], translated: bool) -> Iterator[Finding]:
    """Yield sentences that stand twice, word for word, and neighbours that are almost the same."""
    places: dict[str, list[tuple[int, int, int, int]]] = {}
    order = 0
    last: tuple[int, int, str, int] | None = None
    alike: list[Finding] = []
    for n, block in enumerate(document.blocks):
        if n in gone or block.kind not in ("paragraph", "quote") or block.end - block.start < 40:
            continue
        for start, end in _split(document, block):
            order += 1
            text = document.lower[start:end].strip()
            if (
                OBJECT in text
                or ENUMERATED.match(text)
                or len(text) < 40
                or text.count(" ") < 6
                or text[-1] not in ".!?"
            ):
                continue
            places.setdefault(text, []).append((order, n, start, end))
            if last and last[3] == order - 1 and last[2] != text and _alike(last[2], text):
                edits = document.edits(*_with_blank(document, start, end, block), "")
                fixes = () if edits is None else (Fix(edits, Safety.manual),)  # or a parallel, meant so
                span = document.source(start, end)
                evidence = (_say(document, last[0], last[1], "the sentence before"),)
                message = "It says again what the sentence before says."
                alike.append(Finding("duplicates/sentence-alike", "duplicate", *span, message, fixes, evidence))
            last = (start, end, text, order)
    repeated = {text: group for text, group in places.items() if len(group) > 1}
    reference = sum(b.kind == "heading" for b in document.blocks) >= MANY
    for text, group in repeated.items():
        if len(group) > 2:
            continue
        for k, (order, n, start, end) in enumerate(group[1:], 1):
            beside = order == group[k - 1][0] + 1
            if len(text) < (45 if beside else 60):
                continue
            sure = translated and len(repeated) <= 3 and (beside or len(text) >= 70) and not (reference and not beside)
            yield _sentence(document, n, start, end, group[0], _level(sure, reference and not beside))
    yield from alike


def _alike(a: str, b: str) -> bool:
    """Return True for two sentences that begin and end alike, and hardly differ between."""
    if len(a) < 60 or not 0.7 < len(a) / len(b) < 1.4:
        return False
    if a[:12] != b[:12] and a[-12:] != b[-12:]:
        return False
    if re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(a, b) >= 90


def _with_blank(document: Document, start: int, end: int, block: Block) -> tuple[int, int]:
    """Return the span of a sentence without blanks at its ends, and with the one blank that goes with it."""
    while end > start and document.prose[end - 1] == " ":
        end -= 1
    if start > block.start:
        while document.prose[start - 1] == " ":
            start -= 1
    elif end < block.end:
        while document.prose[end] == " ":
            end += 1
    return start, end


def _sentence(
    document: Document, n: int, start: int, end: int, first: tuple[int, int, int, int], safety: Safety
) -> Finding:
    block = document.blocks[n]
    begin, stop = _with_blank(document, start, end, block)
    whole = (begin, stop) == (block.start, block.end)
    edits = document.removal(n) if whole else document.edits(begin, stop, "")
    fixes = () if edits is None else (Fix(edits, safety),)
    evidence = (_say(document, first[2], first[3], "it stands here already"),)
    span = document.source(begin, stop)
    return Finding("duplicates/sentence", "duplicate", *span, "The sentence stands here again.", fixes, evidence)
