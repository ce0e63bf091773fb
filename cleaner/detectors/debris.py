"""Debris: lines of the page that are not the article's, where only the whole page shows it.

Lines known by their wording are rules (rules/scraping). Here are bylines by an account's handle, the page's time stamp,
rows of share buttons in a list, and advertisements: lines that share no word with the article and sell something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits
from cleaner.text.document import Block, Document
from cleaner.text.edits import Edit
from cleaner.text.lazy import lazy

EDGE = 6  # blocks from either end that count as the edge of the page
LONGEST = 220  # characters; a longer line is a paragraph
STOP = lazy(r"[.!?。！？…:;][\"”’')\]）】]*$")
BYLINE = lazy(
    r"(?:(?:[Pp]osted|[Ww]ritten|[Pp]ublished|[Uu]ploaded|[Ss]ubmitted|[Ee]dited)? ?[Bb]y|Author|Writer|Poster"
    r"|Editor|User|Text) ?[:：]? ?(?P<who>\S+(?: \S+){0,3}?)(?P<rest>(?:,? (?:on|in|at|[|·•/-]|\d)[^.!?]*)?)"
)
HANDLE = lazy(
    r"[A-Za-z]*(?:_[A-Za-z0-9]|\d)[A-Za-z0-9_]*|[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{4,}|[a-z]*[b-df-hj-np-tv-xz]{5,}[a-z]*"
)
MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DATE = lazy(
    r"\b(?:\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?\.?|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|"
    rf"{MONTHS} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)? {MONTHS},? (?:19|20)\d\d)"
)
TIME = lazy(r"\b[0-2]?\d[:：][0-5]\d(?:[:：][0-5]\d)?\b")
MAIL = lazy(r"(?:date|sent|from|to|cc|subject|re|when|where)\b *:", re.IGNORECASE)
MARK = lazy(r"^[▶►▷▼▽↓☞👉👇📢🔥★☆■◆◇●※【]|(?:>>+|＞＞+|»|→|↓|👇|！)$")
PRICE = lazy(
    r"\d ?% off|(?:only|just|as low as) (?:\$|€|£|¥|RMB|USD)? ?\d|\d ?(?:yuan|won|yen|rubles?|dollars?) (?:off|only|each|coupon|discount)",
    re.IGNORECASE,
)
WORD = lazy(r"[^\W\d_]{4,}")
ENDING = lazy(r"(?:ing|ed|es|s)$")


def find(document: Document, known: Knowledge, hits: Hits, language: str | None) -> Iterator[Finding]:
    """Yield the lines that do not belong to the article, with their removal."""
    blocks = document.blocks
    if len(blocks) < 2:
        return
    lines = [n for n, block in enumerate(blocks) if n and _loose(document, block)]
    if lines:
        body = [n for n, block in enumerate(blocks) if block.end - block.start > 80 and not _loose(document, block)]
        yield from _bylines(document, known, lines)
        if len(body) >= 2:
            yield from _stamps(document, lines)
            yield from _buttons(document, known, lines, body)
            yield from _adverts(document, known, lines, body)


def _loose(document: Document, block: Block) -> bool:
    """Return True for a short line without the end of a sentence."""
    length = block.end - block.start
    return 1 < length < LONGEST and not STOP.search(document.prose, max(block.start, block.end - 4), block.end)


def _edge(document: Document, number: int) -> bool:
    return number < EDGE or number >= len(document.blocks) - EDGE


def _finding(
    document: Document,
    rule: str,
    kind: str,
    number: int,
    message: str,
    safety: Safety,
    *evidence: Evidence,
    edits: tuple[Edit, ...] | None = None,
) -> Finding:
    block = document.blocks[number]
    edits = edits or document.removal(number)
    fixes = () if edits is None else (Fix(edits, safety),)
    return Finding(f"debris/{rule}", kind, *document.source(block.start, block.end), message, fixes, evidence)


# ---- bylines of accounts ----


def _bylines(document: Document, known: Knowledge, lines: list[int]) -> Iterator[Finding]:
    """Yield bylines that name an account of the site's software, not a person: "By wb_77 wb_77", "Posted by admin"."""
    accounts = frozenset(known.words.get("account", ()))
    for number in lines:
        block = document.blocks[number]
        if not _edge(document, number) or block.kind in ("item", "cell", "value", "heading"):
            continue
        match = BYLINE.fullmatch(document.prose, block.start, block.end)
        if match is None:
            continue
        words = match["who"].split()
        half = len(words) // 2
        doubled = len(words) % 2 == 0 and [w.lower() for w in words[:half]] == [w.lower() for w in words[half:]]
        odd = any(HANDLE.fullmatch(w) or w.lower() in accounts for w in words)
        small = all(w == w.lower() for w in words)
        if (odd and (doubled or len(words) == 1)) or (doubled and any(w == w.lower() for w in words)):
            safety = Safety.safe
        elif doubled or (small and len(words) == 1 and not match["rest"]):
            safety = Safety.unsafe
        else:
            continue
        yield _finding(document, "handle", "byline", number, "A byline that names an account, not a person.", safety)


# ---- time stamps ----


def _stamps(document: Document, lines: list[int]) -> Iterator[Finding]:
    """Yield the line with the page's date, time and section; silent where such lines are many (a log, a programme)."""
    found: list[tuple[int, bool]] = []
    for number in lines:
        block = document.blocks[number]
        text = document.content(block)
        if not (len(text) < 140 and TIME.search(text) and DATE.search(text)) or MAIL.match(text) or text[0] in "#%;":
            continue
        rest = TIME.sub(" ", DATE.sub(" ", text))
        words = re.findall(r"[^\W\d_]+", rest)
        if len(words) > 14:
            continue
        # A line of prose about a time has small words; a stamp has names, labels and numbers.
        small = sum(w.islower() and w not in ("by", "in", "on", "at", "of", "and", "the", "am", "pm") for w in words)
        found.append((number, small <= 1))
    if len(found) > 3:
        return
    for number, sure in found:
        if _edge(document, number) and document.blocks[number].kind in ("paragraph", "quote", "caption"):
            safety = Safety.safe if sure and number < EDGE else Safety.unsafe
            yield _finding(
                document, "stamp", "boilerplate", number, "The page's time stamp, not part of the text.", safety
            )


# ---- buttons ----


def _buttons(document: Document, known: Knowledge, lines: list[int], body: list[int]) -> Iterator[Finding]:
    """Yield runs of three lines or more that each hold the name of a network or a button."""
    names = frozenset(known.words.get("share-site", ())) | frozenset(known.words.get("page-action", ()))
    run: list[int] = []
    for number in [*lines, -1]:
        here = number >= 0 and document.content(document.blocks[number]).strip(" ·|•-") in names
        if here and (not run or number == run[-1] + 1):
            run.append(number)
            continue
        first = run[0] if run else 0
        # A list that the text announces, or that the text goes on around, is the text's own.
        announced = first > 0 and document.content(document.blocks[first - 1]).rstrip().endswith(":")
        if len(run) >= 3 and not announced and (first > body[-1] or run[-1] < body[0]):
            for line, edits in zip(run, _cuts(document, run), strict=True):
                message = "A row of buttons for sharing."
                yield _finding(document, "buttons", "boilerplate", line, message, Safety.safe, edits=edits)
        run = [number] if here else []


def _cuts(document: Document, run: list[int]) -> Iterator[tuple[Edit, ...] | None]:
    """Yield the removals of neighbours. The last block of a document takes a line break before it: so do they all, then."""
    last = document.blocks[run[-1]]
    back = max(0, document.source(last.start, last.end)[0] - last.outer[0]) if last.outer else 0
    for number in run:
        edits = document.removal(number)
        if edits and number != run[-1]:
            edits = (Edit(edits[0].start - back, edits[0].end - back, ""),)
        yield edits


# ---- advertisements ----


@lru_cache(maxsize=4)
def _finder(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + r")(?!\w)")


def _stems(text: str, everyday: frozenset[str]) -> set[str]:
    return {ENDING.sub("", word) for word in WORD.findall(text) if word not in everyday}


def _adverts(document: Document, known: Knowledge, lines: list[int], body: list[int]) -> Iterator[Finding]:
    """Yield lines that sell something and share no word of weight with the article."""
    if len(lines) > 3 + len(document.blocks) // 3 or not known.words.get("promo"):
        return  # a list or a form, not an article
    promo, calls = _finder(tuple(known.words["promo"])), _finder(tuple(known.words.get("call-to-action", ())))
    everyday = frozenset(known.words.get("everyday", ()))
    article: set[str] = set()
    for number in lines:
        block = document.blocks[number]
        low = document.lower[block.start : block.end]
        if block.kind not in ("paragraph", "quote") or low.count(" ") < 4 or low[0] in '"“':
            continue
        sold = set(promo.findall(low))
        if not sold:
            continue
        if not article:
            for n in [0, *body]:
                article |= _stems(document.lower[document.blocks[n].start : document.blocks[n].end], everyday)
        own = _stems(low, everyday)
        shared = own & article
        text = document.content(block)
        score = (
            min(3, len(sold)) + bool(calls.match(low.lstrip("▶►▷▼▽↓☞👉👇📢🔥★☆■◆◇●※【[ "))) + bool(MARK.search(text))
        )
        score += bool(PRICE.search(text)) + (number < body[0])
        score += 2 if not shared else len(shared) == 1 and len(own) >= 5
        if len(own) < 3 or score < 4:
            continue
        sure = not shared and score >= 5 and len(sold) + bool(PRICE.search(text)) >= 2
        evidence = Evidence("no word of weight in common with the article; it sells: " + ", ".join(sorted(sold)))
        message = "An advertisement between the lines of the article."
        safety = Safety.safe if sure else Safety.unsafe
        yield _finding(document, "advert", "boilerplate", number, message, safety, evidence)
